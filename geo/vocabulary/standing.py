"""How far an incident is accepted, and how often it counts."""

from enum import StrEnum


class Status(StrEnum):
    """Whether the core of the incident is accepted; says nothing about tolls."""

    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    REPORTED = "reported"
    LEAD = "lead"
    """Of imported datasets only: found by a machine in the news; no incident until somebody has read it, and never part
    of a count or a total."""

    @property
    def words(self) -> str:
        """Say what the status means."""
        return {
            "confirmed": "accepted by both sides, or by independent voices beside one side",
            "disputed": "contradicted by a party: that it happened, who did it, or its toll",
            "reported": "told by one side or one outlet only",
            "lead": "found by a machine in the news, read by nobody yet; in no count and no total",
        }[self.value]


class Linked(StrEnum):
    """How reports of different datasets count that an analyst has linked as being of one incident."""

    EACH = "each"
    ONCE = "once"
    """The record's stays, or else that of the dataset that comes first; the others are left out."""
