"""Imported datasets: what stands in a row of them, the folder they are kept in, and links between their reports."""
