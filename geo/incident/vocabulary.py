"""The closed vocabularies: values are the codes that are stored, linked to and typed at the command line."""

from collections.abc import Collection
from enum import Flag, StrEnum, auto
from typing import Any, Final, Self, TypeVar

from geo.language.messages import say
from geo.language.number_words import list_words

# Who says what about what, and in which kind of source.


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


class Registry(StrEnum):
    """A vocabulary whose entries say all that the program knows of a code.

    An entry is the code, then its values in the order in which the class names them, then its traits if it has any;
    raises ValueError, as soon as the program starts, where one is missing.
    """

    traits: Trait

    def __new__(cls, code: str, *values: Any) -> Self:
        """Make a member that is its code, with its values."""
        entry = str.__new__(cls, code)
        entry._value_ = code
        entry.traits = next((value for value in values if isinstance(value, Trait)), Trait.NONE)
        rest = [value for value in values if not isinstance(value, Trait)]
        for name, value in zip(cls.__annotations__, rest, strict=True):
            setattr(entry, name, value)
        return entry


_UNSPECIFIED: Final = Trait.IMPORTED | Trait.UNSPECIFIED


class Category(Registry):
    """What kind of incident."""

    CROSSING = "crossing", "crossings", "crossings", "diamond", "#0072B2", "#56B4E9"
    STRIKE = "strike", "strikes", "strikes", "triangle", "#D55E00", "#FF8C42"
    CLASH = "clash", "clashes", "clashes", "circle", "#8E3B8A", "#D58AD0"
    OTHER = "other", "others", "other incidents", "square", "#70777D", "#A4ABB1", Trait.IMPORTED
    """Protests, violence against civilians, explosions and what else imported datasets hold; its colour is quiet beside
    the three kinds that the map is about."""

    plural: str
    """Beside a number, and as the name of a column of counts."""
    incidents: str
    """Without a number, in a sentence."""
    shape: str
    """Name among the outlines of `geo/symbology/symbols.py`."""
    light: str
    """Colour in the light scheme and on paper, hexadecimal."""
    dark: str


class Subtype(Registry):
    """What exactly, within the category."""

    TROOP_FLIGHT = "troop_flight", Category.CROSSING, "troop flights"
    REFUGEE_CROSSING = "refugee_crossing", Category.CROSSING, "refugee crossings"
    MASS_RETURN = "mass_return", Category.CROSSING, "mass returns", Trait.FLOW
    CROSSING_CAPTURED = "crossing_captured", Category.CROSSING, "crossings captured"
    CROSSING_CONTESTED = "crossing_contested", Category.CROSSING, "crossings contested", Trait.FLOW
    CROSSING_CLOSED = "crossing_closed", Category.CROSSING, "crossings closed", Trait.FLOW
    CROSSING_RESTRICTED = "crossing_restricted", Category.CROSSING, "crossings restricted", Trait.FLOW
    CROSSING_REOPENED = "crossing_reopened", Category.CROSSING, "crossings reopened", Trait.FLOW
    AIR_STRIKE = "air_strike", Category.STRIKE, "air strikes"
    DRONE_STRIKE = "drone_strike", Category.STRIKE, "drone strikes"
    ARTILLERY = "artillery", Category.STRIKE, "artillery fire"
    ROCKET_FIRE = "rocket_fire", Category.STRIKE, "rocket fire"
    BORDER_CLASH = "border_clash", Category.CLASH, "border clashes"
    BORDER_SHOOTING = "border_shooting", Category.CLASH, "border shootings"
    MILITANT_ATTACK = "militant_attack", Category.CLASH, "militant attacks"
    RAID = "raid", Category.CLASH, "raids"
    INFILTRATION = "infiltration", Category.CLASH, "infiltrations"
    AIR_OR_DRONE_STRIKE = "air_or_drone_strike", Category.STRIKE, "air or drone strikes", Trait.IMPORTED
    SHELLING_OR_MISSILE = "shelling_or_missile", Category.STRIKE, "shelling or missiles", Trait.IMPORTED
    ARMED_CLASH = "armed_clash", Category.CLASH, "armed clashes", Trait.IMPORTED
    TERRITORY_CHANGE = "territory_change", Category.CLASH, "changes of territory", Trait.IMPORTED
    UNSPECIFIED_CROSSING = "unspecified_crossing", Category.CROSSING, "unspecified crossings", _UNSPECIFIED
    UNSPECIFIED_STRIKE = "unspecified_strike", Category.STRIKE, "unspecified strikes", _UNSPECIFIED
    UNSPECIFIED_CLASH = "unspecified_clash", Category.CLASH, "unspecified clashes", _UNSPECIFIED
    EXPLOSION = "explosion", Category.OTHER, "explosions", Trait.IMPORTED
    VIOLENCE_AGAINST_CIVILIANS = (
        "violence_against_civilians",
        Category.OTHER,
        "violence against civilians",
        Trait.IMPORTED,
    )
    PROTEST = "protest", Category.OTHER, "protests", Trait.IMPORTED
    RIOT = "riot", Category.OTHER, "riots", Trait.IMPORTED
    STRATEGIC_DEVELOPMENT = "strategic_development", Category.OTHER, "strategic developments", Trait.IMPORTED
    UNCLASSIFIED = "unclassified", Category.OTHER, "unclassified incidents", Trait.IMPORTED

    category: Category
    plural: str

    @property
    def words(self) -> str:
        """Return the code as words, for text."""
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

    AF = "AF", "Afghanistan"
    PK = "PK", "Pakistan"
    TJ = "TJ", "Tajikistan"

    label: str


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

    line: str
    """Its name."""
    countries: tuple[Country, Country]
    """On its two sides."""
    left: Country
    """Of these, the one on its left, seen from its south-western end."""
    style: str
    """Name among the line styles of `geo/symbology/symbols.py`."""

    @property
    def label(self) -> str:
        """Name it by its countries, for a choice."""
        return "–".join(country.label for country in self.countries)


def borders_in_words(last: str = "and") -> str:
    """Name all borders.

    >>> borders_in_words("or")
    'the Durand Line or the Afghan–Tajik border'
    """
    return list_words([say("area-line", line=border.line) for border in Border], last)


class DatePrecision(Registry):
    """How well the time is known; `date_start` and `date_end` span what is possible."""

    DAY = "day", "day known", "to the day"
    WEEK = "week", "week known, day not", "to the week only"
    MONTH = "month", "month known, day not", "to the month only"
    YEAR = "year", "year known, month not", "to the year only", Trait.IMPORTED

    words: str
    """How the time is known."""
    known: str
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

    EXACT = "exact", "exact", "known exactly", DrawnAs.POINT, 0, 1.5
    NEAR = "near", "approximate", "known to within some kilometres", DrawnAs.POINT, 1, 5.0
    DISTRICT = "district", "district", "known to the district only", DrawnAs.CIRCLE, 2, 40.0
    PROVINCE = "province", "province", "known to the province only", DrawnAs.PROVINCE, 3, None
    BORDER_SEGMENT = (
        "border_segment",
        "border segment",
        "known to a stretch of the border only",
        DrawnAs.STRETCH,
        2,
        40.0,
    )
    COUNTRY = "country", "country", "not stated", DrawnAs.NOTHING, 4, None

    label: str
    """For a choice."""
    words: str
    """How the place is known, for text after “place”."""
    drawn_as: DrawnAs
    coarseness: int
    """0 for the finest."""
    usual_km: float | None
    """Radius where a file names the precision and none; None where nothing is usual."""


AS_POINTS: Final = tuple(known for known in LocationPrecision if known.drawn_as is DrawnAs.POINT)
"""How well a place is known that is drawn as a point."""


class Confidence(StrEnum):
    """How far the coordinates themselves can be trusted."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


# How far an incident is accepted, and how often it counts.


class Look(StrEnum):
    """How a symbol is filled in every output; a group is hollow where all that it stands for is."""

    SOLID = "solid"
    HOLLOW = "hollow"


class Status(Registry):
    """Whether the core of the incident is accepted; says nothing about tolls."""

    CONFIRMED = (
        "confirmed",
        Look.SOLID,
        True,
        (
            "both sides, or independent claimants beside one side, accept the core of it; or, where neither side "
            "speaks, independent claimants in several outlets; who was hit or how many may still be contested"
        ),
    )
    DISPUTED = (
        "disputed",
        Look.HOLLOW,
        True,
        (
            "a party contradicts that it happened, or who did it, or gives a toll that cannot be true together "
            "with another’s"
        ),
    )
    REPORTED = "reported", Look.SOLID, True, "one side only, or one outlet only, tells of it"
    LEAD = (
        "lead",
        Look.SOLID,
        False,
        "found by a machine in the news, read by nobody yet; in no count and no total",
        Trait.IMPORTED,
    )
    """No incident until somebody has read it."""

    look: Look
    counts: bool
    """Whether its incidents are in counts and totals when no status is chosen."""
    words: str
    """What it means."""


class Linked(StrEnum):
    """How reports of different datasets count that an analyst has linked as being of one incident."""

    EACH = "each"
    ONCE = "once"
    """The record's stays, or else that of the dataset that comes first; the others are left out."""


# The codes of imported datasets only, and which codes are shown.

_Code = TypeVar("_Code", bound=StrEnum)

IMPORTED_ONLY: Final[frozenset[StrEnum]] = frozenset(
    code for vocabulary in Registry.__subclasses__() for code in vocabulary if Trait.IMPORTED in code.traits
)
"""Codes that imported datasets need and the curated record never uses."""


def codes_in_words(vocabulary: type[StrEnum]) -> str:
    """List the codes that the curated record has.

    >>> codes_in_words(Category)
    'crossing, strike or clash'
    """
    return list_words([code.value for code in to_show(vocabulary, ())], "or")


def to_show(vocabulary: type[_Code], found: Collection[str]) -> tuple[_Code, ...]:
    """Return the codes that a legend, a table or a choice shows: the curated record's, and of the others those found.

    >>> to_show(Category, ("strike",))[-1], to_show(Category, ("strike", "other"))[-1]
    (<Category.CLASH: 'clash'>, <Category.OTHER: 'other'>)
    """
    return tuple(code for code in vocabulary if code not in IMPORTED_ONLY or code in found)
