"""Marks, symbols and maps for the browser."""
