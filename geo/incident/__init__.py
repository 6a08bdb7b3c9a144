"""The incident record: one RFC 7946 Feature per incident, and what may stand in it.

Field names are the wire format. Everything is frozen; an invalid record cannot exist.
"""

from geo.incident.claim import Claim, Claimant, Source
from geo.incident.fields import Count, Day, Record, Slug, Text
from geo.incident.movement import Movement, Whereabouts
from geo.incident.record import Incident

__all__ = [
    "Claim",
    "Claimant",
    "Count",
    "Day",
    "Incident",
    "Movement",
    "Record",
    "Slug",
    "Source",
    "Text",
    "Whereabouts",
]
