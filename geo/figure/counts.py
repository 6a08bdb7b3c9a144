"""How many incidents of each category a mark on paper stands for."""

from collections import Counter
from collections.abc import Sequence

from geo.incident import Incident
from geo.vocabulary import Category

Counts = tuple[tuple[Category, int], ...]
"""Incidents by category, in the vocabulary's order; only what is not zero."""


def added(*parts: Counts) -> Counts:
    """Add counts up."""
    found: Counter[Category] = Counter()
    for part in parts:
        found.update(dict(part))
    return tuple((category, found[category]) for category in Category if found[category])


def counts(incidents: Sequence[Incident]) -> Counts:
    """Count incidents by category, in the vocabulary's order."""
    found = Counter(incident.category for incident in incidents)
    return tuple((category, found[category]) for category in Category if found[category])
