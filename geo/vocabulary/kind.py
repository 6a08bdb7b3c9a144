"""What kind of incident: categories, and the subtypes within them."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


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
