"""Selection of incidents: one value that is a link, a command line, an SQL condition, a row of widgets and a phrase.

Each field of `Filters` is one entry; nothing else in the program lists the fields.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from difflib import get_close_matches
from enum import Enum, StrEnum, auto
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final, Self

from geo.incident.record import Claimant, Incident, name_of
from geo.incident.vocabulary import (
    NEAR_KM,
    NOT_KNOWN,
    Border,
    Category,
    Country,
    DatePrecision,
    Linked,
    LocationPrecision,
    Status,
    Subtype,
)
from geo.language.folding import fold, keys_of, name_keys, query_words
from geo.language.messages import capitalised, day_words, list_words, say, span_words

LONGEST_TEXT: Final = 200


class Widget(Enum):
    """Kind of widget; the filter bar can draw each."""

    PILLS = auto()
    """Multiple choice of a few codes."""
    LIST = auto()
    """Multiple choice of many codes."""
    ONE = auto()
    """Single choice of a few codes, initially the default."""
    DAY = auto()
    TEXT = auto()


class Place(Enum):
    """Position in the filter bar, in this order; fields of equal position keep their order."""

    FIRST = auto()
    LAST = auto()
    MORE = auto()
    """Behind “More filters”."""


class Known(Enum):
    """Lists of codes that depend on the incidents; the caller supplies their names."""

    YEARS = auto()
    PROVINCES = auto()
    ACTORS = auto()
    EVENTS = auto()
    DATASETS = auto()
    """Only with imported datasets."""
    LINKED = auto()
    """Only with linked reports."""


Names = Mapping[Known, Mapping[str, str]]
"""Names of the codes of such lists; codes without a name are shown as they are."""
Said = Callable[[Any, Names], Iterable[str]]
"""Describes a field's restriction in `Filters` as parts of a phrase; empty if it does not restrict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterField:
    """Definition of a field except its name and type; all entries are in `geo.selection`."""

    read: Callable[[Any], Any]
    """Parses one value; raises ValueError with a sentence on what is accepted."""
    many: bool = True
    """Whether there may be several values, which are alternatives."""
    default: Any = ()
    """Value that does not restrict."""
    condition: str | None = ""
    """SQL condition on the table of incidents, with values bound as `$NAME`; empty to test a column of the field's
    name, None for no condition."""
    of_imported: Callable[[Any], str] | None = None
    """Returns the condition on imported incidents for given values, if it differs."""
    bind: Callable[[Any], Mapping[str, Any]] | None = None
    """Returns the values bound by the condition, if not the field's own."""
    choices: Mapping[str, str] | Known | None = None
    """Codes and their names; None if any value is allowed."""
    spellings: Mapping[str, str] = field(default_factory=dict)
    """Alternative words for codes, accepted in links and on the command line."""
    meanings: Mapping[str, str] = field(default_factory=dict)
    """Explanations of the codes, for tooltips."""
    folded: bool = False
    """Whether case and accents are ignored in comparisons."""
    label: str = ""
    """Label of the widget, and of the field in phrases."""
    widget: Widget | None = None
    """None for a field available only in links to files and on the command line."""
    place: Place = Place.FIRST
    tip: str = ""
    placeholder: str = say("filter-any")
    metavar: str = "CODE"
    """Placeholder for a value in a command's help."""
    help: str = ""
    """Description of a value in a command's help; empty for a list of codes."""
    says: Said | str = ""
    """Function, or words in which {} stands for the names; empty for label and names."""
    said_as: Mapping[str, str] = field(default_factory=dict)
    """Names for these words, in order, if they differ from those of the choices."""

    def __post_init__(self) -> None:
        if self.widget is not None and not self.label:
            raise ValueError("a field with a widget needs a label")

    def names(self, names: Names) -> Mapping[str, str]:
        """Return the names of the field's codes."""
        if isinstance(self.choices, Known):
            return names.get(self.choices, {})
        return self.choices or {}

    def said(self, name: str, filters: Any, names: Names) -> Iterable[str]:
        """Describe how the field called `name` restricts a selection."""
        if not isinstance(self.says, str):
            return self.says(filters, names)
        value = getattr(filters, name)
        if value == self.default:
            return ()
        called = self.said_as or self.names(names)
        codes = [str(each) for each in (value if self.many else (value,))]
        codes = [code for code in self.said_as if code in codes] or codes
        words = self.says or f"{self.label.lower()} {{}}"
        return (words.replace("{}", list_words([called.get(code, code) for code in codes], "or")),)

    def bound(self, name: str, value: Any) -> Mapping[str, Any]:
        """Return the values bound by the field's condition; the first is None if it does not restrict."""
        if self.condition is None:
            return {}
        if self.bind is not None:
            return self.bind(value)
        return {name: ([str(each) for each in value] or None) if self.many else value}

    @property
    def help_words(self) -> str:
        """Description of a value on the command line."""
        spelt = {code: f"{word}/{code}" for word, code in self.spellings.items()}
        named = () if self.choices is None or isinstance(self.choices, Known) else self.choices
        codes = list_words([spelt.get(code, code) for code in named], "or")
        return self.help.replace("{codes}", codes) if self.help else codes


def several(read: Callable[[Any], Any], **entry: Any) -> Any:
    """Define a field of `Filters` with several alternative values; `entry` as in FilterField."""
    return field(default=(), metadata={"filter": FilterField(read=read, **entry)})


def coded(vocabulary: type[StrEnum], more: Mapping[str, str] = MappingProxyType({}), **entry: Any) -> Any:
    """Define such a field for the codes of a vocabulary and some more, with the vocabulary's labels and meanings."""
    names = {code.value: getattr(code, "label", code.value) for code in vocabulary} | dict(more)
    meanings = {code.value: code.meaning for code in vocabulary if hasattr(code, "meaning")}
    usual = {"widget": Widget.PILLS, "choices": names, "meanings": meanings}
    read, spellings = one_of(vocabulary, *more), entry.get("spellings", {})
    return several(lambda value: read(spellings.get(value, value)), **(usual | entry))


def single(read: Callable[[Any], Any], *, default: Any = None, **entry: Any) -> Any:
    """Define a field of `Filters` with a single value."""
    entries = FilterField(read=read, many=False, default=default, **entry)
    return field(default=default, metadata={"filter": entries})


# Parsing of values.


def one_of(vocabulary: type[StrEnum], *more: str) -> Callable[[Any], Any]:
    """Return a parser for the codes of a vocabulary and some more."""
    accepted = (*vocabulary, *more)

    def read(value: Any) -> Any:
        if value not in accepted:
            raise ValueError(f"{value!r} is none of: {', '.join(accepted)}")
        return value if value in more else vocabulary(value)

    return read


def read_year(value: Any) -> int:
    """Parse a four-digit year."""
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) == len("2025")):
        raise ValueError(f"{text!r} is no year; write it as in 2025")
    return int(text)


def read_day(value: str | date) -> date:
    """Parse an ISO 8601 date."""
    try:
        if isinstance(value, datetime):  # drop the time of day, as in pandas timestamps
            return value.date()
        return value if isinstance(value, date) else date.fromisoformat(value)
    except (ValueError, TypeError):
        raise ValueError(f"{value!r} is no day; write it as in 2025-10-11") from None


def read_text(value: Any) -> str:
    """Parse text: on one line, and cut to LONGEST_TEXT."""
    sound = str(value).replace("\0", " ").encode("utf-8", "replace").decode()
    return " ".join(sound.split())[:LONGEST_TEXT].rstrip()


# The fields, and their value object.

NO_LEADS: Final = " AND ".join(f"status <> '{status}'" for status in Status if not status.counts)

# Parsing and binding of single fields.

_PROVINCE_CODE: Final = re.compile(r"[A-Z]{2}-[A-Z]{2,3}")


def _province(code: str) -> str:
    if code != NOT_KNOWN and not _PROVINCE_CODE.fullmatch(code):
        raise ValueError(f"{code!r} is no ISO 3166-2 code; write it as in AF-KHO, or {NOT_KNOWN}")
    return code


def _of_provinces(codes: Sequence[str]) -> str:
    """Test the single code, which is fast for millions of rows; only the record's incidents have several."""
    known = "list_contains($province, province_code)"
    return f"({known} OR province_code IS NULL)" if NOT_KNOWN in codes else known


def _words_and_keys(q: str) -> dict[str, Any]:
    words = query_words(q)
    return {
        "words": [word for word, _ in words] or None,
        "keys": [" ".join(keys) for _, keys in words] or None,
    }


# Wording of fields; where several belong together, the first one describes them all.


def _subject(filters: "Filters", _: Names) -> Iterable[str]:
    """Describe nothing, since the phrase begins with it."""
    del filters
    return ()


def _years(filters: "Filters", _: Names) -> Iterable[str]:
    years = filters.year
    consecutive = len(years) > 2 and years[-1] - years[0] == len(years) - 1  # noqa: PLR2004  # two are listed
    if years:
        yield f"{years[0]}–{years[-1]}" if consecutive else list_words([str(year) for year in years])


def _since(filters: "Filters", _: Names) -> Iterable[str]:
    """Describe the first day, together with the last if there is one."""
    since, until = filters.since, filters.until
    if since and until and since <= until:
        yield span_words(since, until)
    elif since:
        first = say("phrase-since", day=day_words(since))
        yield list_words([first, say("phrase-until", day=day_words(until))]) if until else first


def _until(filters: "Filters", _: Names) -> Iterable[str]:
    if filters.until and not filters.since:
        yield say("phrase-until", day=day_words(filters.until))


def _provinces(filters: "Filters", names: Names) -> Iterable[str]:
    """Describe provinces, together with countries."""
    called = dict(names.get(Known.PROVINCES, {})) | {NOT_KNOWN: say("phrase-province-not-known")}
    provinces = list_words([called.get(code, code) for code in filters.province], "or")
    countries = list_words([country.label for country in filters.country], "or")
    if provinces and not countries:
        yield say("phrase-in", places=provinces)
    elif not provinces:
        return
    elif {code[:2] for code in filters.province} == set(filters.country) and len(filters.country) == 1:
        yield say("phrase-in-country", provinces=provinces, country=countries)
    else:
        yield say("phrase-both-in", provinces=provinces, countries=countries)


def _countries(filters: "Filters", _: Names) -> Iterable[str]:
    if filters.country and not filters.province:
        yield say("phrase-in", places=list_words([country.label for country in filters.country], "or"))


def _borders(filters: "Filters", _: Names) -> Iterable[str]:
    """Describe border lines, including those of incidents for which that is unknown."""
    lines = [say("phrase-border", border=Border(code).label) for code in filters.border if code != NOT_KNOWN]
    unknown = NOT_KNOWN in filters.border
    if lines:
        yield say("phrase-near-or-unknown" if unknown else "phrase-near", km=NEAR_KM, lines=list_words(lines, "or"))
    elif unknown:
        yield say("phrase-near-unknown", km=NEAR_KM)


def _statuses(filters: "Filters", _: Names) -> Iterable[str]:
    if filters.status:
        lead = say("phrase-leads" if len(filters.status) > 1 else "phrase-leads-only")
        yield list_words([lead if status is Status.LEAD else status.label for status in filters.status], "or")


def _events(filters: "Filters", names: Names) -> Iterable[str]:
    if filters.group:
        called = names.get(Known.EVENTS, {})
        named = [say("quoted", text=called.get(group, group)) for group in filters.group]
        yield say("phrase-of-clusters", count=len(named), clusters=list_words(named, "or"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """A selection of incidents; an empty field does not restrict. Values are sorted, so equal selections are equal."""

    year: tuple[int, ...] = several(
        read_year,
        bind=lambda years: {"year": list(years) or None},
        choices=Known.YEARS,
        label=say("column-year"),
        widget=Widget.PILLS,
        metavar="YEAR",
        help=say("option-year"),
        says=_years,
    )
    since: date | None = single(
        read_day,
        condition="date_start >= $since::DATE",
        label=say("filter-since"),
        widget=Widget.DAY,
        metavar="DAY",
        help=say("option-since"),
        says=_since,
    )
    """First day on which an incident may begin, inclusive."""
    until: date | None = single(
        read_day,
        condition="date_start <= $until::DATE",
        label=say("filter-until"),
        widget=Widget.DAY,
        metavar="DAY",
        help=say("option-until"),
        says=_until,
    )
    """Last day on which an incident may begin, inclusive."""
    category: tuple[Category, ...] = coded(Category, label=say("column-category"), metavar="KIND", says=_subject)
    subtype: tuple[Subtype, ...] = coded(
        Subtype,
        label=say("column-subtype"),
        widget=Widget.LIST,
        place=Place.MORE,
        metavar="KIND",
        help=say("option-subtype", codes="{codes}"),
        says=_subject,
    )
    province: tuple[str, ...] = several(
        _province,
        condition="list_has_any($province, CASE WHEN province_codes = [] THEN ['unknown'] ELSE province_codes END)",
        of_imported=_of_provinces,
        choices=Known.PROVINCES,
        label=say("column-province"),
        widget=Widget.LIST,
        tip=say("filter-province-tip"),
        help=say("option-province", unknown=NOT_KNOWN),
        says=_provinces,
    )
    """ISO 3166-2 codes, or NOT_KNOWN. An incident in several provinces is found under each."""
    country: tuple[Country, ...] = coded(
        Country,
        condition="list_has_any($country, countries)",
        of_imported=lambda _: "list_contains($country, country)",
        label=say("column-country"),
        says=_countries,
    )
    border: tuple[str, ...] = coded(
        Border,
        {NOT_KNOWN: say("filter-not-known")},
        condition="list_contains($border, near_border)",
        label=say("filter-border"),
        tip=say("filter-border-tip", km=NEAR_KM),
        metavar="LINE",
        help=say("option-border", lines=list_words(list(Border), "or"), km=NEAR_KM, unknown=NOT_KNOWN),
        says=_borders,
    )
    """Codes of `Border`, for incidents up to NEAR_KM from their nearer line; or NOT_KNOWN, if a place does not settle
    it."""
    status: tuple[Status, ...] = coded(Status, label=say("column-status"), metavar="STATUS", says=_statuses)
    precision: tuple[LocationPrecision, ...] = coded(
        LocationPrecision,
        condition="list_contains($precision, location_precision)",
        label=say("filter-place-known"),
        place=Place.MORE,
        metavar="PRECISION",
        spellings={"approximate": LocationPrecision.NEAR.value},
        help=say("option-precision", codes="{codes}"),
        says=say("phrase-place", precision="{}"),
        said_as={known.value: known.meaning for known in LocationPrecision},
    )
    """How precisely the place is known."""
    date_precision: tuple[DatePrecision, ...] = coded(
        DatePrecision,
        label=say("filter-day-known"),
        place=Place.MORE,
        metavar="PRECISION",
        help=say("option-date-precision", codes="{codes}"),
        says=say("phrase-time", precision="{}"),
        said_as={known.value: known.known for known in DatePrecision},
    )
    """How precisely the day is known."""
    actor: tuple[str, ...] = several(
        read_text,
        condition="list_has_any($actor, actors_folded)",
        bind=lambda actors: {"actor": [fold(actor) for actor in actors] or None},
        choices=Known.ACTORS,
        folded=True,
        label=say("filter-actor"),
        widget=Widget.LIST,
        place=Place.MORE,
        tip=say("filter-actor-tip"),
        metavar="NAME",
        help=say("option-actor"),
        says=say("phrase-involving", actors="{}"),
    )
    q: str = single(
        read_text,
        default="",
        condition="""len(list_filter($words, lambda word, place: NOT (
        contains(search, word) OR list_has_all(search_keys, string_split($keys[place], ' '))
    ))) = 0""",
        bind=_words_and_keys,
        label=say("filter-text"),
        widget=Widget.TEXT,
        place=Place.LAST,
        tip=say("filter-text-tip"),
        placeholder=say("filter-text-placeholder"),
        metavar="WORDS",
        help=say("option-q"),
        says=say("phrase-mentioning", text="{}"),
    )
    """Words that must all occur in title, summary, place, actors, claims or sources; names in any spelling."""
    group: tuple[str, ...] = several(
        read_text,
        condition="list_contains($group, event_group)",
        choices=Known.EVENTS,
        label=say("filter-cluster"),
        widget=Widget.LIST,
        place=Place.MORE,
        metavar="CLUSTER",
        help=say("option-group"),
        says=_events,
    )
    """Ids of event clusters."""
    dataset: tuple[str, ...] = several(
        read_text,
        choices=Known.DATASETS,
        label=say("column-dataset"),
        widget=Widget.PILLS,
        metavar="NAME",
        help=say("option-dataset"),
        says=say("phrase-from", datasets="{}"),
    )
    linked: Linked = single(
        one_of(Linked),
        default=Linked.EACH,
        condition=None,
        choices=Known.LINKED,
        label=say("filter-linked"),
        widget=Widget.ONE,
        tip=say("filter-linked-tip"),
        metavar="HOW",
        help=say("option-linked"),
        says=say("phrase-linked-once"),
    )
    """Whether reports linked as one incident count each or once."""

    def __new__(cls, **given: Any) -> Self:
        """Reject unknown fields, naming the known ones."""
        unknown = next((name for name in given if name not in FIELDS), None)
        if unknown is not None:
            close = get_close_matches(unknown, FIELDS, n=1, cutoff=0.75)
            if close:
                raise TypeError(say("filter-meant", name=repr(unknown), meant=repr(close[0])))
            raise TypeError(say("filter-unknown", name=repr(unknown), known=", ".join(FIELDS)))
        return object.__new__(cls)

    def __post_init__(self) -> None:
        for name, entry in FIELDS.items():
            given = getattr(self, name)
            if entry.many:
                alone = isinstance(given, str) or not hasattr(given, "__iter__")
                values = {entry.read(value) for value in ((given,) if alone else given)}
                object.__setattr__(self, name, tuple(sorted(values - {""})))
            elif given is not None:
                object.__setattr__(self, name, entry.read(given))

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]]) -> Self:
        """Parse URL parameters, ignoring unknown names and invalid values, as the widgets do."""
        read: dict[str, Any] = {}
        for name, entry in FIELDS.items():
            given = list(query.get(name, ()))
            values = list(_readable(entry.read, given if entry.many else given[-1:]))
            if values:
                read[name] = tuple(values) if entry.many else values[0]
        return cls(**read)

    def to_query(self) -> dict[str, list[str]]:
        """Return URL parameters, omitting fields that do not restrict."""
        query: dict[str, list[str]] = {}
        for name, entry in FIELDS.items():
            value = getattr(self, name)
            if value != entry.default:
                query[name] = [str(part) for part in (value if entry.many else (value,))]
        return query

    def not_taken(self, asked: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
        """Return the values in a link that were ignored, as `name=value`; names of no filter are disregarded.

        >>> Filters(year=(2025,)).not_taken({"year": ["2025", "MMXXV"], "utm_source": ["news"]})
        ('year=MMXXV',)
        """
        query = self.to_query()
        taken = {name: {fold(value) for value in query.get(name, ())} for name in FIELDS}
        return tuple(
            f"{name}={value}"
            for name, values in asked.items()
            if name in FIELDS
            for value in values
            if value.strip() and fold(FIELDS[name].spellings.get(value, value)) not in taken[name]
        )

    @property
    def active(self) -> tuple[str, ...]:
        """Names of the fields that restrict."""
        return tuple(self.to_query())

    def without(self, *names: str) -> "Filters":
        """Return the same selection without restrictions on some fields."""
        return Filters(**{name: getattr(self, name) for name in FIELDS if name not in names})

    def in_province(self, code: str) -> "Filters | None":
        """Return the selection restricted to one province (ISO 3166-2); None if it or its country is excluded."""
        if self.province and code not in self.province:
            return None
        if self.country and code != NOT_KNOWN and code[:2] not in self.country:
            return None
        return replace(self, province=(code,))

    def parameters(self) -> dict[str, Any]:
        """Return the values bound by CONDITIONS; None for fields that do not restrict."""
        bound: dict[str, Any] = {}
        for name, entry in FIELDS.items():
            bound |= entry.bound(name, getattr(self, name))
        return bound

    def conditions(self) -> dict[str, str]:
        """Return the SQL conditions on imported incidents by bound value, only for fields that restrict.

        Leads are excluded unless `status` names them. `linked` has no column; whoever holds the links adds its
        condition.
        """
        bound = self.parameters()
        texts: dict[str, str] = {}
        for name, parameter in _PARAMETERS.items():
            if bound[parameter] is not None:
                other = FIELDS[name].of_imported
                texts[parameter] = other(getattr(self, name)) if other else CONDITIONS[parameter]
        return texts if self.status else texts | {"leads": NO_LEADS}


def _readable(read: Callable[[Any], Any], given: Iterable[str]) -> Iterable[Any]:
    for value in given:
        with suppress(ValueError):
            yield read(value)


FIELDS: Final[Mapping[str, FilterField]] = MappingProxyType(
    {entry.name: entry.metadata["filter"] for entry in fields(Filters)}
)
"""Fields by name; the names are those of links, widgets, command-line options and manifests."""
_PARAMETERS: Final = {
    name: next(iter(bound)) for name, entry in FIELDS.items() if (bound := entry.bound(name, entry.default))
}
"""For each field, the bound value that is None if it does not restrict."""
CONDITIONS: Final[Mapping[str, str]] = MappingProxyType(
    {parameter: FIELDS[name].condition or f"list_contains(${name}, {name})" for name, parameter in _PARAMETERS.items()}
)
"""DuckDB condition on the record for each bound value. The texts are constant: no value or column name is ever
inserted."""


# Wording of a selection.


def phrase(filters: Filters, names: Names) -> str:
    """Describe a selection as a phrase that can stand under a title.

    >>> phrase(Filters(year=(2024, 2025), category=("strike",), country=("AF",), status=("disputed",)), {})
    'Strikes, 2024 and 2025, in Afghanistan, disputed'
    >>> phrase(Filters(country=("TJ",)), {})
    'Incidents in Tajikistan'
    """
    what = _what(filters)
    parts = [*_only(filters), *(part for name, entry in FIELDS.items() for part in entry.said(name, filters, names))]
    if not parts:
        return what
    at_once = parts[0].split(" ", 1)[0] in say("phrase-said-at-once").split()
    return say("phrase-at-once" if at_once else "phrase", what=what, parts=", ".join(parts))


def _what(filters: Filters) -> str:
    named = [kind.incidents for kind in filters.subtype] or [kind.incidents for kind in filters.category]
    if not named:
        return say("column-incidents" if filters.active else "phrase-all")
    return capitalised(list_words(named))


def _only(filters: Filters) -> Iterable[str]:
    """Name the categories if they exclude some of the named subtypes."""
    if filters.category and {kind.category for kind in filters.subtype} - set(filters.category):
        yield say("phrase-only", kinds=list_words([kind.incidents for kind in filters.category]))


# Searchable text of an incident: its words, and its names in all spellings and scripts.

Spellings = tuple[str, ...]
"""All spellings of a place's name."""


@dataclass(frozen=True, slots=True)
class SearchText:
    """What a search looks through."""

    text: str
    """Folded text; words match anywhere in it."""
    keys: tuple[str, ...]
    """Sound keys of the names; words in another spelling match if they sound alike."""


def search_text(incident: Incident, claimants: Mapping[str, Claimant], names: Sequence[Spellings]) -> SearchText:
    """Collect an incident's texts, names, claims with claimants, and sources; `names` lists spellings by place."""
    places = [incident.place, *incident.aliases, incident.district or "", *incident.lies_in]
    parts = [*_described(incident), *places, *_claimed(incident, claimants), *_published(incident)]
    slugs = f"{incident.id} {incident.event_group or ''}"
    keys = name_keys("\n".join([*parts, slugs.title()]))
    spelt = [spelling for spellings in spellings_named(keys, tuple(names)) for spelling in spellings]
    joined = [name for place in (*places, *spelt) for name in _joined(place)]
    return SearchText(
        text=fold("\n".join([*parts, slugs, *spelt])),
        keys=tuple(sorted({*keys, *keys_of(" ".join([*spelt, *joined]))})),
    )


def _described(incident: Incident) -> Iterable[str]:
    yield from (incident.title, incident.summary, *incident.actors)


def _claimed(incident: Incident, claimants: Mapping[str, Claimant]) -> Iterable[str]:
    for claim in incident.claims:
        yield from (name_of(claim.by, claimants), claim.by_text or "", claim.of or "", claim.note or "")


def _published(incident: Incident) -> Iterable[str]:
    for source in incident.sources:
        yield from (source.publisher, source.title or "")


def _joined(place: str) -> Iterable[str]:
    """Join adjacent words of a name, as in Ghulamkhan."""
    return (first + second for first, second in pairwise(re.findall(r"[^\W_]+", place)))


def spellings_named(keys: Sequence[str], names: tuple[Spellings, ...]) -> Iterable[Spellings]:
    """Return the places with a spelling among a text's names, given as sound keys in order."""
    text, phrases = f" {' '.join(keys)} ", _phrases(names)
    numbers = {number for key in set(keys) for phrase, number in phrases.get(key, ()) if phrase in text}
    return (names[number] for number in sorted(numbers))


@lru_cache(maxsize=4)  # the same for all incidents
def _phrases(names: tuple[Spellings, ...]) -> Mapping[str, Sequence[tuple[str, int]]]:
    """Return the sound keys of all places' spellings, with the number of the place, indexed by first key."""
    phrases: dict[str, list[tuple[str, int]]] = {}
    for number, spellings in enumerate(names):
        for keys in {tuple(keys_of(spelling)) for spelling in spellings} - {()}:
            phrases.setdefault(keys[0], []).append((f" {' '.join(keys)} ", number))
    return phrases
