"""The closed vocabularies: values are the codes that are stored, linked to and typed at the command line."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeVar

_Code = TypeVar("_Code", bound=StrEnum)


class Category(StrEnum):
    """What kind of incident."""

    CROSSING = "crossing"
    STRIKE = "strike"
    CLASH = "clash"
    OTHER = "other"
    """Of imported datasets only: protests, violence against civilians, explosions and what else they hold."""


class Subtype(StrEnum):
    """What exactly, within the category."""

    TROOP_FLIGHT = "troop_flight"
    REFUGEE_CROSSING = "refugee_crossing"
    MASS_RETURN = "mass_return"
    CROSSING_CAPTURED = "crossing_captured"
    CROSSING_CONTESTED = "crossing_contested"
    CROSSING_CLOSED = "crossing_closed"
    CROSSING_RESTRICTED = "crossing_restricted"
    CROSSING_REOPENED = "crossing_reopened"
    AIR_STRIKE = "air_strike"
    DRONE_STRIKE = "drone_strike"
    ARTILLERY = "artillery"
    ROCKET_FIRE = "rocket_fire"
    BORDER_CLASH = "border_clash"
    BORDER_SHOOTING = "border_shooting"
    MILITANT_ATTACK = "militant_attack"
    RAID = "raid"
    INFILTRATION = "infiltration"
    AIR_OR_DRONE_STRIKE = "air_or_drone_strike"
    SHELLING_OR_MISSILE = "shelling_or_missile"
    ARMED_CLASH = "armed_clash"
    TERRITORY_CHANGE = "territory_change"
    UNSPECIFIED_CROSSING = "unspecified_crossing"
    UNSPECIFIED_STRIKE = "unspecified_strike"
    UNSPECIFIED_CLASH = "unspecified_clash"
    EXPLOSION = "explosion"
    VIOLENCE_AGAINST_CIVILIANS = "violence_against_civilians"
    PROTEST = "protest"
    RIOT = "riot"
    STRATEGIC_DEVELOPMENT = "strategic_development"
    UNCLASSIFIED = "unclassified"

    @property
    def words(self) -> str:
        """Return the code as words, for text."""
        return self.value.replace("_", " ")


CATEGORY_OF: Final[Mapping[Subtype, Category]] = MappingProxyType(
    dict.fromkeys(list(Subtype)[:8], Category.CROSSING)
    | dict.fromkeys(list(Subtype)[8:12], Category.STRIKE)
    | dict.fromkeys(list(Subtype)[12:17], Category.CLASH)
    | {Subtype.UNSPECIFIED_CROSSING: Category.CROSSING}
    | dict.fromkeys(
        (Subtype.AIR_OR_DRONE_STRIKE, Subtype.SHELLING_OR_MISSILE, Subtype.UNSPECIFIED_STRIKE), Category.STRIKE
    )
    | dict.fromkeys((Subtype.ARMED_CLASH, Subtype.TERRITORY_CHANGE, Subtype.UNSPECIFIED_CLASH), Category.CLASH)
    | dict.fromkeys(list(Subtype)[24:], Category.OTHER)
)
"""The category each subtype belongs to."""


class Country(StrEnum):
    """ISO 3166-1 alpha-2."""

    AF = "AF"
    PK = "PK"
    TJ = "TJ"

    @property
    def label(self) -> str:
        """Return the country's name."""
        return {"AF": "Afghanistan", "PK": "Pakistan", "TJ": "Tajikistan"}[self.value]


class DatePrecision(StrEnum):
    """How well the time is known; `date_start` and `date_end` span what is possible."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    """Of imported datasets only."""

    @property
    def words(self) -> str:
        """Say how the time is known."""
        return {
            "day": "day known",
            "week": "week known, day not",
            "month": "month known, day not",
            "year": "year known, month not",
        }[self.value]


class LocationPrecision(StrEnum):
    """How well the place is known; it decides what may be drawn."""

    EXACT = "exact"
    NEAR = "near"
    DISTRICT = "district"
    PROVINCE = "province"
    BORDER_SEGMENT = "border_segment"
    COUNTRY = "country"

    @property
    def label(self) -> str:
        """Return the code as words, for a choice."""
        return {"border_segment": "stretch of border", "country": "no place"}.get(self.value, self.value)

    @property
    def words(self) -> str:
        """Say how the place is known, for text after “place”."""
        return {
            "exact": "known exactly",
            "near": "known to within some kilometres",
            "district": "known to the district only",
            "province": "known to the province only",
            "border_segment": "known to a stretch of the border only",
            "country": "not stated",
        }[self.value]


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


class Confidence(StrEnum):
    """How far the coordinates themselves can be trusted."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


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


IMPORTED_ONLY: Final[frozenset[StrEnum]] = frozenset(
    {Category.OTHER, DatePrecision.YEAR, Status.LEAD, *list(Subtype)[17:]}
)
"""Codes that imported datasets need and the curated record never uses."""


def to_show(vocabulary: type[_Code], found: Collection[str]) -> tuple[_Code, ...]:
    """Return the codes that a legend, a table or a choice shows: the curated record's, and of the others those found.

    >>> to_show(Category, ("strike",))[-1], to_show(Category, ("strike", "other"))[-1]
    (<Category.CLASH: 'clash'>, <Category.OTHER: 'other'>)
    """
    return tuple(code for code in vocabulary if code not in IMPORTED_ONLY or code in found)
