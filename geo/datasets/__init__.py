"""Imported datasets: their contents, the folder that holds them, and links between their reports."""
