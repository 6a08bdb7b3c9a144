"""The closed vocabularies; their values are the codes in stored files, links and command lines."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Flag, StrEnum, auto, nonmember
from types import MappingProxyType
from typing import Any, Final, Self, TypeVar

from geo.language.messages import Counts, Words, list_words, require, say


class Vocabulary(StrEnum):
    """Codes whose words are messages, named by vocabulary and code.

    Raises ValueError at start-up if the catalogue lacks one of the messages.
    """

    def __new__(cls, code: str) -> Self:
        """Create a member whose value is its code."""
        return _called(cls, code)


_Code = TypeVar("_Code", bound=StrEnum)


def _called(vocabulary: type[_Code], code: str) -> _Code:
    entry = str.__new__(vocabulary, code)
    entry._value_ = code
    require((words.name(code) for words in vars(vocabulary).values() if isinstance(words, Words)), entry)
    return entry


# Claims and sources.


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
    """Kind of source; a mirror is weaker than what it copies."""

    OUTLET = "outlet"
    AGENCY = "agency"
    OFFICIAL = "official"
    AGGREGATOR_OR_MIRROR = "aggregator_or_mirror"
    SEED = "seed"

    label = nonmember(Words("source-kind"))
    listed = nonmember(Words("source-kind", "listed"))
    """As an item in a list of kinds."""


class ClaimantKind(Vocabulary):
    """Kind of claimant."""

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


# Kinds of incidents: categories and their subtypes.


class Trait(Flag):
    """Special properties of a code."""

    NONE = 0
    IMPORTED = auto()
    """Used only by imported datasets, never by the curated record."""
    FLOW = auto()
    """People may cross throughout its duration, so figures for single days are not totals and are not added up."""
    UNSPECIFIED = auto()
    """Nothing more specific than the category is known."""


class Registry(Vocabulary):
    """A vocabulary whose entries hold everything the program knows of a code except its words, which are messages.

    An entry is its code, then its values in the order of the class annotations, then any traits. Raises ValueError at
    start-up if a value is missing.
    """

    traits: Trait

    def __new__(cls, code: str, *values: Any) -> Self:
        """Create a member whose value is its code, with its other values as attributes."""
        entry = _called(cls, code)
        entry.traits = next((value for value in values if isinstance(value, Trait)), Trait.NONE)
        rest = [value for value in values if not isinstance(value, Trait)]
        for name, value in zip(cls.__annotations__, rest, strict=True):
            setattr(entry, name, value)
        return entry


_UNSPECIFIED: Final = Trait.IMPORTED | Trait.UNSPECIFIED


class Category(Registry):
    """Kind of incident."""

    CROSSING = "crossing", "crossings", "diamond", "#0072B2", "#56B4E9"
    STRIKE = "strike", "strikes", "triangle", "#D55E00", "#FF8C42"
    CLASH = "clash", "clashes", "circle", "#8E3B8A", "#D58AD0"
    OTHER = "other", "others", "square", "#70777D", "#A4ABB1", Trait.IMPORTED
    """Protests, violence against civilians, explosions and whatever else imported datasets contain; its colour is muted
    beside the three main categories."""

    label = nonmember(Words("category"))
    meaning = nonmember(Words("category", "meaning"))
    incidents = nonmember(Words("category", "many"))
    """Plural within a sentence, without a number."""
    head = nonmember(Words("category", "head"))
    """Heading of a column of counts."""
    counted = nonmember(Counts("category"))
    """Function that writes a number of incidents."""
    column: str
    """Name of the column of counts in files."""
    shape: str
    """Name of the outline in `geo/symbology/symbols.py`."""
    light: str
    """Colour in the light scheme and on paper, hexadecimal."""
    dark: str


class Subtype(Registry):
    """Exact kind, within the category."""

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
    """Plural within a sentence."""
    category: Category

    @property
    def words(self) -> str:
        """The code as spelled in tabular files, in every language."""
        return self.value.replace("_", " ")

    @property
    def is_flow(self) -> bool:
        """Whether people may cross throughout its duration, so that figures for single days are not added up."""
        return Trait.FLOW in self.traits


# Place and time, and their precision.

NOT_KNOWN: Final = "unknown"
"""Value of place filters for incidents whose place is unknown."""

NEAR_KM: Final = 35
"""Distance from a border line up to which an incident counts as along it. In version 0.1.0 of the record, half of the
incidents lie within 0.3 km of a line, four fifths within 13 km, and the farthest that count at 33 km; the others begin
at 44 km, with strikes on cities."""


class Country(Registry):
    """ISO 3166-1 alpha-2."""

    AF = "AF"
    PK = "PK"
    TJ = "TJ"

    label = nonmember(Words("country"))


class Border(Registry):
    """A border line to which distance, chainage and side are measured; codes as in the boundary layers."""

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
    """Name in tables and files."""
    countries: tuple[Country, Country]
    """The countries on its two sides."""
    left: Country
    """The country on its left, seen from its south-western end."""
    style: str
    """Name of its line style in `geo/symbology/symbols.py`."""

    @property
    def label(self) -> str:
        """Its two countries, as the label of an option."""
        first, second = self.countries
        return say("countries-apart", first=first.label, second=second.label)


LINE_NAMES: Final = {border.line: border.words for border in Border}
"""Display names of border lines, by their names in tables and files."""


def borders_in_words(last: str = "and") -> str:
    """Return all borders as a list in words.

    >>> borders_in_words("or")
    'the Durand Line or the Afghan–Tajik border'
    """
    return list_words([say("area-line", line=border.words) for border in Border], last)


class DatePrecision(Registry):
    """How precisely the time is known; `date_start` and `date_end` span what is possible."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year", Trait.IMPORTED

    label = nonmember(Words("date-precision"))
    meaning = nonmember(Words("date-precision", "meaning"))
    """How precisely the time is known, in words."""
    known = nonmember(Words("date-precision", "known"))
    """The same, to follow “time known”."""


class DrawnAs(StrEnum):
    """What a map may show of a place, given its precision."""

    POINT = "point"
    """A point with its radius."""
    CIRCLE = "circle"
    """An area with a badge, as are the two below."""
    PROVINCE = "province"
    STRETCH = "stretch"
    NOTHING = "nothing"


class LocationPrecision(Registry):
    """How precisely the place is known, which decides what may be drawn."""

    EXACT = "exact", DrawnAs.POINT, 0, 1.5
    NEAR = "near", DrawnAs.POINT, 1, 5.0
    DISTRICT = "district", DrawnAs.CIRCLE, 2, 40.0
    PROVINCE = "province", DrawnAs.PROVINCE, 3, None
    BORDER_SEGMENT = "border_segment", DrawnAs.STRETCH, 2, 40.0
    COUNTRY = "country", DrawnAs.NOTHING, 4, None

    label = nonmember(Words("location-precision"))
    """As the label of an option."""
    meaning = nonmember(Words("location-precision", "meaning"))
    """How precisely the place is known, to follow “place”."""
    drawn_as: DrawnAs
    coarseness: int
    """0 for the most precise."""
    usual_km: float | None
    """Radius to assume if a file gives the precision but no radius; None if there is no usual one."""


AS_POINTS: Final = tuple(known for known in LocationPrecision if known.drawn_as is DrawnAs.POINT)
"""Location precisions drawn as points."""


class Confidence(Vocabulary):
    """How far the coordinates themselves can be trusted."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    label = nonmember(Words("confidence"))


# Acceptance of incidents, and how linked reports count.


class Look(StrEnum):
    """How symbols are filled in every output; a disc or badge is hollow if all its incidents are."""

    SOLID = "solid"
    HOLLOW = "hollow"


class Status(Registry):
    """Whether the core of the incident is accepted; says nothing about tolls."""

    CONFIRMED = "confirmed", Look.SOLID, True
    DISPUTED = "disputed", Look.HOLLOW, True
    REPORTED = "reported", Look.SOLID, True
    LEAD = "lead", Look.SOLID, False, Trait.IMPORTED
    """Not an incident until somebody has read it."""

    label = nonmember(Words("status"))
    meaning = nonmember(Words("status", "meaning"))
    look: Look
    counts: bool
    """Whether its incidents are in counts and totals when no status is selected."""


class Linked(StrEnum):
    """How reports count that an analyst has linked as one incident."""

    EACH = "each"
    ONCE = "once"
    """Keep the record's, or else that of the first dataset, and leave out the others."""


# Codes used only by imported datasets, and which codes are shown.

IMPORTED_ONLY: Final[frozenset[StrEnum]] = frozenset(
    code for vocabulary in Registry.__subclasses__() for code in vocabulary if Trait.IMPORTED in code.traits
)
"""Codes used only by imported datasets, never by the curated record."""


def codes_in_words(vocabulary: type[StrEnum]) -> str:
    """List the codes used by the curated record.

    >>> codes_in_words(DatePrecision)
    'day, week or month'
    """
    return list_words([code.value for code in to_show(vocabulary, ())], "or")


def to_show(vocabulary: type[_Code], found: Collection[str]) -> tuple[_Code, ...]:
    """Return the codes for a legend, table or choice: the curated record's, and others only if found.

    >>> Category.OTHER in to_show(Category, ("strike",)), Category.OTHER in to_show(Category, ("strike", "other"))
    (False, True)
    """
    return tuple(code for code in vocabulary if code not in IMPORTED_ONLY or code in found)


# Measures of people: what is counted, in tables, files, manifests, totals and pages.


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleMeasure:
    """What people are counted for. Its columns begin with its code, preceded by `cluster_` for whole event clusters."""

    about: About
    """The claims that carry it; also the code of the measure."""
    losses: bool
    """Whether a claim's `of` is a wording in `geo.incident.losses`, rather than free text."""
    flows: bool = False
    """Whether people may be counted during an ongoing process; such figures are listed singly and never totalled."""

    @property
    def words(self) -> str:
        """Its name before a number; the unit is people."""
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
"""By code, in display order."""


def is_of_losses(about: About) -> bool:
    """Tell whether claims are about losses, whose people belong to pools."""
    return about in MEASURES and MEASURES[about].losses
