"""Who says what about what, and in which kind of source."""

from enum import StrEnum


class Stance(StrEnum):
    """What a claimant does with a statement."""

    ASSERTS = "asserts"
    DENIES = "denies"
    ACKNOWLEDGES = "acknowledges"
    UNCONFIRMED = "unconfirmed"


class About(StrEnum):
    """What a claim is about."""

    EVENT = "event"
    ATTRIBUTION = "attribution"
    KILLED = "killed"
    INJURED = "injured"
    CROSSED = "crossed"
    CAPTURED = "captured"
    DESTROYED = "destroyed"
    ABANDONED = "abandoned"


class Scope(StrEnum):
    """What a figure covers: this incident, its whole event group, or more than the group (never summed)."""

    INCIDENT = "incident"
    GROUP = "group"
    CUMULATIVE = "cumulative"


class SourceKind(StrEnum):
    """What kind of source; a mirror is weaker than what it copies."""

    OUTLET = "outlet"
    AGENCY = "agency"
    OFFICIAL = "official"
    AGGREGATOR_OR_MIRROR = "aggregator_or_mirror"
    SEED = "seed"


class ClaimantKind(StrEnum):
    """Who speaks."""

    GOVERNMENT = "government"
    LOCAL_OFFICIAL = "local_official"
    MILITARY = "military"
    ARMED_GROUP = "armed_group"
    MEDICAL = "medical"
    MEDIA = "media"
    NGO = "ngo"
    RESIDENT = "resident"
    UN = "un"
    FOREIGN_GOVERNMENT = "foreign_government"

    @property
    def words(self) -> str:
        """Return the code as words, for text."""
        return {"ngo": "NGO", "un": "UN"}.get(self.value, self.value.replace("_", " "))
