"""Incidents added up by province and by period, and what was researched."""
