"""Incidents on the Afghanistan–Pakistan–Tajikistan borders: the domain, free of any user interface."""
