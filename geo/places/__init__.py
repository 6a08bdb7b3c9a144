"""Boundaries, border lines, and where places lie."""
