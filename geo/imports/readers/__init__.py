"""File formats, each read as a table of texts."""
