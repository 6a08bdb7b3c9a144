"""Imported datasets: what stands in them, the folder they are kept in, and links between their reports."""
