"""Incidents and people by province and by period, and research coverage."""
