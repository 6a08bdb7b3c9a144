"""The closed vocabularies: values are the codes that are stored, linked to and typed at the command line."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Flag, StrEnum, auto, nonmember
from types import MappingProxyType
from typing import Any, Final, Self, TypeVar

from geo.language.messages import Counts, Words, list_words, require, say


class Vocabulary(StrEnum):
    """Codes that are called by messages, named by the vocabulary and the code.

    Raises ValueError, as soon as the program starts, where the catalogue lacks one.
    """

    def __new__(cls, code: str) -> Self:
        """Make a member that is its code."""
        return _called(cls, code)


_Code = TypeVar("_Code", bound=StrEnum)


def _called(vocabulary: type[_Code], code: str) -> _Code:
    entry = str.__new__(vocabulary, code)
    entry._value_ = code
    require((words.name(code) for words in vars(vocabulary).values() if isinstance(words, Words)), entry)
    return entry


# Who says what about what, and in which kind of source.


class Stance(Vocabulary):
    """What a claimant does with a statement."""

    ASSERTS = "asserts"
    DENIES = "denies"
    ACKNOWLEDGES = "acknowledges"
    UNCONFIRMED = "unconfirmed"

    label = nonmember(Words("stance"))


class About(Vocabulary):
    """What a claim is about."""

    EVENT = "event"
    ATTRIBUTION = "attribution"
    KILLED = "killed"
    INJURED = "injured"
    CROSSED = "crossed"
    CAPTURED = "captured"
    DESTROYED = "destroyed"
    ABANDONED = "abandoned"

    label = nonmember(Words("about"))


class Scope(StrEnum):
    """What a figure covers: this incident, its whole event group, or more than the group (never summed)."""

    INCIDENT = "incident"
    GROUP = "group"
    CUMULATIVE = "cumulative"


class SourceKind(Vocabulary):
    """What kind of source; a mirror is weaker than what it copies."""

    OUTLET = "outlet"
    AGENCY = "agency"
    OFFICIAL = "official"
    AGGREGATOR_OR_MIRROR = "aggregator_or_mirror"
    SEED = "seed"

    label = nonmember(Words("source-kind"))
    listed = nonmember(Words("source-kind", "listed"))
    """In a list of kinds."""


class ClaimantKind(Vocabulary):
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

    label = nonmember(Words("claimant-kind"))


# What kind of incident: categories, and the subtypes within them.


class Trait(Flag):
    """What is particular about a code."""

    NONE = 0
    IMPORTED = auto()
    """Imported datasets need it, and the curated record never uses it."""
    FLOW = auto()
    """People may cross for as long as it lasts: figures of single days are no total, nor add up."""
    UNSPECIFIED = auto()
    """Of its category nothing more is known."""


class Registry(Vocabulary):
    """A vocabulary whose entries say all that the program knows of a code but its words: its look, whether it counts.

    An entry is the code, then its values in the order in which the class names them, then its traits if it has any;
    raises ValueError, as soon as the program starts, where one is missing.
    """

    traits: Trait

    def __new__(cls, code: str, *values: Any) -> Self:
        """Make a member that is its code, with its values."""
        entry = _called(cls, code)
        entry.traits = next((value for value in values if isinstance(value, Trait)), Trait.NONE)
        rest = [value for value in values if not isinstance(value, Trait)]
        for name, value in zip(cls.__annotations__, rest, strict=True):
            setattr(entry, name, value)
        return entry


_UNSPECIFIED: Final = Trait.IMPORTED | Trait.UNSPECIFIED


class Category(Registry):
    """What kind of incident."""

    CROSSING = "crossing", "crossings", "diamond", "#0072B2", "#56B4E9"
    STRIKE = "strike", "strikes", "triangle", "#D55E00", "#FF8C42"
    CLASH = "clash", "clashes", "circle", "#8E3B8A", "#D58AD0"
    OTHER = "other", "others", "square", "#70777D", "#A4ABB1", Trait.IMPORTED
    """Protests, violence against civilians, explosions and what else imported datasets hold; its colour is quiet beside
    the three kinds that the map is about."""

    label = nonmember(Words("category"))
    meaning = nonmember(Words("category", "meaning"))
    incidents = nonmember(Words("category", "many"))
    """Without a number, in a sentence."""
    head = nonmember(Words("category", "head"))
    """Over a column of counts."""
    counted = nonmember(Counts("category"))
    """Called with a number, writes so many incidents."""
    column: str
    """Name of a column of counts, in files."""
    shape: str
    """Name among the outlines of `geo/symbology/symbols.py`."""
    light: str
    """Colour in the light scheme and on paper, hexadecimal."""
    dark: str


class Subtype(Registry):
    """What exactly, within the category."""

    TROOP_FLIGHT = "troop_flight", Category.CROSSING
    REFUGEE_CROSSING = "refugee_crossing", Category.CROSSING
    MASS_RETURN = "mass_return", Category.CROSSING, Trait.FLOW
    CROSSING_CAPTURED = "crossing_captured", Category.CROSSING
    CROSSING_CONTESTED = "crossing_contested", Category.CROSSING, Trait.FLOW
    CROSSING_CLOSED = "crossing_closed", Category.CROSSING, Trait.FLOW
    CROSSING_RESTRICTED = "crossing_restricted", Category.CROSSING, Trait.FLOW
    CROSSING_REOPENED = "crossing_reopened", Category.CROSSING, Trait.FLOW
    AIR_STRIKE = "air_strike", Category.STRIKE
    DRONE_STRIKE = "drone_strike", Category.STRIKE
    ARTILLERY = "artillery", Category.STRIKE
    ROCKET_FIRE = "rocket_fire", Category.STRIKE
    BORDER_CLASH = "border_clash", Category.CLASH
    BORDER_SHOOTING = "border_shooting", Category.CLASH
    MILITANT_ATTACK = "militant_attack", Category.CLASH
    RAID = "raid", Category.CLASH
    INFILTRATION = "infiltration", Category.CLASH
    AIR_OR_DRONE_STRIKE = "air_or_drone_strike", Category.STRIKE, Trait.IMPORTED
    SHELLING_OR_MISSILE = "shelling_or_missile", Category.STRIKE, Trait.IMPORTED
    ARMED_CLASH = "armed_clash", Category.CLASH, Trait.IMPORTED
    TERRITORY_CHANGE = "territory_change", Category.CLASH, Trait.IMPORTED
    UNSPECIFIED_CROSSING = "unspecified_crossing", Category.CROSSING, _UNSPECIFIED
    UNSPECIFIED_STRIKE = "unspecified_strike", Category.STRIKE, _UNSPECIFIED
    UNSPECIFIED_CLASH = "unspecified_clash", Category.CLASH, _UNSPECIFIED
    EXPLOSION = "explosion", Category.OTHER, Trait.IMPORTED
    VIOLENCE_AGAINST_CIVILIANS = "violence_against_civilians", Category.OTHER, Trait.IMPORTED
    PROTEST = "protest", Category.OTHER, Trait.IMPORTED
    RIOT = "riot", Category.OTHER, Trait.IMPORTED
    STRATEGIC_DEVELOPMENT = "strategic_development", Category.OTHER, Trait.IMPORTED
    UNCLASSIFIED = "unclassified", Category.OTHER, Trait.IMPORTED

    label = nonmember(Words("subtype"))
    incidents = nonmember(Words("subtype", "many"))
    """Of several, in a sentence."""
    category: Category

    @property
    def words(self) -> str:
        """Return the code as files of tables spell it, in every language."""
        return self.value.replace("_", " ")

    @property
    def is_flow(self) -> bool:
        """Tell whether people may cross for as long as it lasts: figures of single days are no total, nor add up."""
        return Trait.FLOW in self.traits


# Where and when, and how well either is known.

NOT_KNOWN: Final = "unknown"
"""In a filter by place: those of which that place is not known."""

NEAR_KM: Final = 35
"""Up to so far from a border line an incident counts as one along it. In version 0.1.0 of the record half of the
incidents lie within 0.3 km of one, four of five within 13 km, the last of these at 33 km; the others begin at 44 km,
with strikes on cities."""


class Country(Registry):
    """ISO 3166-1 alpha-2."""

    AF = "AF"
    PK = "PK"
    TJ = "TJ"

    label = nonmember(Words("country"))


class Border(Registry):
    """A border line; the codes are those of the boundary layers. Distance, chainage and side are measured to each."""

    DURAND_LINE = "durand_line", "Durand Line", (Country.AF, Country.PK), Country.AF, "dashed"
    AFGHAN_TAJIK_BORDER = (
        "afghan_tajik_border",
        "Afghan–Tajik border",
        (Country.AF, Country.TJ),
        Country.TJ,
        "plain",
    )

    words = nonmember(Words("border"))
    line: str
    """Its name in tables and files."""
    countries: tuple[Country, Country]
    """On its two sides."""
    left: Country
    """Of these, the one on its left, seen from its south-western end."""
    style: str
    """Name among the line styles of `geo/symbology/symbols.py`."""

    @property
    def label(self) -> str:
        """Name it by its countries, for a choice."""
        first, second = self.countries
        return say("countries-apart", first=first.label, second=second.label)


LINE_NAMES: Final = {border.line: border.words for border in Border}
"""What border lines are called, by their names in tables and files."""


def borders_in_words(last: str = "and") -> str:
    """Name all borders.

    >>> borders_in_words("or")
    'the Durand Line or the Afghan–Tajik border'
    """
    return list_words([say("area-line", line=border.words) for border in Border], last)


class DatePrecision(Registry):
    """How well the time is known; `date_start` and `date_end` span what is possible."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year", Trait.IMPORTED

    label = nonmember(Words("date-precision"))
    meaning = nonmember(Words("date-precision", "meaning"))
    """How the time is known."""
    known = nonmember(Words("date-precision", "known"))
    """The same after “time known”."""


class DrawnAs(StrEnum):
    """What a map may show of a place that is known so well."""

    POINT = "point"
    """With its radius."""
    CIRCLE = "circle"
    """An area with a badge, as the two below."""
    PROVINCE = "province"
    STRETCH = "stretch"
    NOTHING = "nothing"


class LocationPrecision(Registry):
    """How well the place is known; it decides what may be drawn."""

    EXACT = "exact", DrawnAs.POINT, 0, 1.5
    NEAR = "near", DrawnAs.POINT, 1, 5.0
    DISTRICT = "district", DrawnAs.CIRCLE, 2, 40.0
    PROVINCE = "province", DrawnAs.PROVINCE, 3, None
    BORDER_SEGMENT = "border_segment", DrawnAs.STRETCH, 2, 40.0
    COUNTRY = "country", DrawnAs.NOTHING, 4, None

    label = nonmember(Words("location-precision"))
    """For a choice."""
    meaning = nonmember(Words("location-precision", "meaning"))
    """How the place is known, for text after “place”."""
    drawn_as: DrawnAs
    coarseness: int
    """0 for the finest."""
    usual_km: float | None
    """Radius where a file names the precision and none; None where nothing is usual."""


AS_POINTS: Final = tuple(known for known in LocationPrecision if known.drawn_as is DrawnAs.POINT)
"""How well a place is known that is drawn as a point."""


class Confidence(Vocabulary):
    """How far the coordinates themselves can be trusted."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    label = nonmember(Words("confidence"))


# How far an incident is accepted, and how often it counts.


class Look(StrEnum):
    """How a symbol is filled in every output; a group is hollow where all that it stands for is."""

    SOLID = "solid"
    HOLLOW = "hollow"


class Status(Registry):
    """Whether the core of the incident is accepted; says nothing about tolls."""

    CONFIRMED = "confirmed", Look.SOLID, True
    DISPUTED = "disputed", Look.HOLLOW, True
    REPORTED = "reported", Look.SOLID, True
    LEAD = "lead", Look.SOLID, False, Trait.IMPORTED
    """No incident until somebody has read it."""

    label = nonmember(Words("status"))
    meaning = nonmember(Words("status", "meaning"))
    look: Look
    counts: bool
    """Whether its incidents are in counts and totals when no status is chosen."""


class Linked(StrEnum):
    """How reports of different datasets count that an analyst has linked as being of one incident."""

    EACH = "each"
    ONCE = "once"
    """The record's stays, or else that of the dataset that comes first; the others are left out."""


# The codes of imported datasets only, and which codes are shown.

IMPORTED_ONLY: Final[frozenset[StrEnum]] = frozenset(
    code for vocabulary in Registry.__subclasses__() for code in vocabulary if Trait.IMPORTED in code.traits
)
"""Codes that imported datasets need and the curated record never uses."""


def codes_in_words(vocabulary: type[StrEnum]) -> str:
    """List the codes that the curated record has.

    >>> codes_in_words(DatePrecision)
    'day, week or month'
    """
    return list_words([code.value for code in to_show(vocabulary, ())], "or")


def to_show(vocabulary: type[_Code], found: Collection[str]) -> tuple[_Code, ...]:
    """Return the codes that a legend, a table or a choice shows: the curated record's, and of the others those found.

    >>> Category.OTHER in to_show(Category, ("strike",)), Category.OTHER in to_show(Category, ("strike", "other"))
    (False, True)
    """
    return tuple(code for code in vocabulary if code not in IMPORTED_ONLY or code in found)


# The measures of people: what people are counted for, in tables, files, manifests, sums and on pages.


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleMeasure:
    """What people are counted for. Its columns begin with its code, and with `cluster_` for whole event clusters."""

    about: About
    """Which claims carry it; the code of the measure."""
    losses: bool
    """Whether a claim's `of` names whose loss it is (`geo.incident.losses`); else it is the claim's own words."""
    flows: bool = False
    """Whether people may be counted while something lasts: such figures are listed singly, and never in a total."""

    @property
    def words(self) -> str:
        """Name it before a number; the unit is people."""
        return say("manifest-people", about=self.about)


MEASURES: Final[Mapping[About, PeopleMeasure]] = MappingProxyType(
    {
        measure.about: measure
        for measure in (
            PeopleMeasure(about=About.KILLED, losses=True),
            PeopleMeasure(about=About.INJURED, losses=True),
            PeopleMeasure(about=About.CROSSED, losses=False, flows=True),
        )
    }
)
"""By what their claims are about, in the order in which they stand."""


def is_of_losses(about: About) -> bool:
    """Tell whether claims are about losses of people, each of whom belongs to a pool."""
    return about in MEASURES and MEASURES[about].losses
