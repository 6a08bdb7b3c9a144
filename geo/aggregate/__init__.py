"""Incidents and people counted by province and by period, and what was researched."""
