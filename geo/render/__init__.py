"""The web map: its marks, its scripts and styles, and counts of what maps and charts leave out."""
