"""A choice of incidents in words, as it stands under a title, in a citation and in a file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from geo.boundaries import Boundaries
from geo.event_groups import event_names
from geo.filters import Filters
from geo.table import IncidentTable
from geo.table_rows import CURATED
from geo.vocabulary import CATEGORY_OF, Category, DatePrecision, Linked, LocationPrecision, Status, Subtype
from geo.wording import day_words, list_words, span_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the codes in a choice are called; one without a name is said as it is."""

    provinces: Mapping[str, str] = field(default_factory=dict)
    """By ISO 3166-2 code."""
    events: Mapping[str, str] = field(default_factory=dict)
    """Of wider events, by id."""
    datasets: Mapping[str, str] = field(default_factory=dict)


def choice_words(filters: Filters, table: IncidentTable, layers: Boundaries) -> str:
    """Say a choice of a table's incidents as a phrase that can stand under a title."""
    return phrase(filters, names_of(table, layers))


def names_of(table: IncidentTable, layers: Boundaries) -> Names:
    """Return what provinces, wider events and datasets are called."""
    return Names(
        provinces=layers.provinces["province"].to_dict(),
        events=event_names(table.event_groups),
        datasets={source.id: source.title for source in table.datasets if source.title},
    )


def phrase(filters: Filters, names: Names) -> str:
    """Say a choice as a phrase.

    >>> phrase(Filters(year=(2024, 2025), category=("strike",), country=("AF",), status=("disputed",)), Names())
    'Strikes, 2024 and 2025, in Afghanistan, disputed'
    >>> phrase(Filters(country=("TJ",)), Names())
    'Incidents in Tajikistan'
    """
    what = _what(filters)
    parts = [part for say in _PARTS for part in say(filters, names)]
    return f"{what}{_joint(parts[0])}{', '.join(parts)}" if parts else what


def _joint(part: str) -> str:
    """Return what stands before the first thing said of what is chosen: “Incidents in”, but “Incidents, 2025”."""
    return " " if part.split(" ", 1)[0] in _SAID_AT_ONCE else ", "


_SAID_AT_ONCE: Final = frozenset({"both", "from", "in", "involving", "mentioning", "of", "since", "until"})


def _what(filters: Filters) -> str:
    named = [_SUBTYPES[kind] for kind in filters.subtype] or [_CATEGORIES[kind] for kind in filters.category]
    if not named:
        return "Incidents" if filters.active else "All incidents"
    said = list_words(named)
    return said[:1].upper() + said[1:]


def _kinds(filters: Filters, _: Names) -> Iterable[str]:
    """Say which categories are meant where that leaves out some of the subtypes that are named."""
    if filters.category and {CATEGORY_OF[kind] for kind in filters.subtype} - set(filters.category):
        yield f"{list_words([_CATEGORIES[kind] for kind in filters.category])} only"


def _when(filters: Filters, _: Names) -> Iterable[str]:
    if filters.year:
        yield _years(filters.year)
    since, until = filters.since, filters.until
    if since and until and since <= until:
        yield span_words(since, until)
    elif since or until:
        yield " and ".join(
            f"{word} {day_words(day)}" for word, day in (("since", since), ("until", until)) if day is not None
        )


def _years(years: Sequence[int]) -> str:
    consecutive = len(years) > 2 and years[-1] - years[0] == len(years) - 1  # noqa: PLR2004  # two are named singly
    return f"{years[0]}–{years[-1]}" if consecutive else list_words([str(year) for year in years])


def _where(filters: Filters, names: Names) -> Iterable[str]:
    provinces = list_words([names.provinces.get(code, code) for code in filters.province], "or")
    countries = list_words([country.label for country in filters.country], "or")
    if not (provinces and countries):
        yield from (f"in {places}" for places in (provinces, countries) if places)
    elif {code[:2] for code in filters.province} == set(filters.country) and len(filters.country) == 1:
        yield f"in {provinces}, {countries}"
    else:
        yield f"both in {provinces} and in {countries}"


def _how(filters: Filters, _: Names) -> Iterable[str]:
    if filters.status:
        lead = "leads" if len(filters.status) > 1 else "leads only"
        yield list_words([lead if status is Status.LEAD else status.value for status in filters.status], "or")
    if filters.precision:
        known = sorted(filters.precision, key=list(LocationPrecision).index)
        yield f"place {list_words([precision.words for precision in known], 'or')}"
    if filters.date_precision:
        days = sorted(filters.date_precision, key=list(DatePrecision).index)
        yield f"time known {list_words([_DAYS[precision] for precision in days], 'or')}"


def _who(filters: Filters, names: Names) -> Iterable[str]:
    if filters.actor:
        yield f"involving {list_words(filters.actor, 'or')}"
    if filters.q:
        yield f"mentioning “{filters.q}”"
    if filters.group:
        named = [f"“{names.events.get(group, group)}”" for group in filters.group]
        yield f"of the wider event{'s' * (len(named) > 1)} {list_words(named, 'or')}"


def _whence(filters: Filters, names: Names) -> Iterable[str]:
    if filters.dataset:
        called = {CURATED: "the record"} | dict(names.datasets)
        yield f"from {list_words([called.get(dataset, dataset) for dataset in filters.dataset], 'or')}"
    if filters.linked is Linked.ONCE:
        yield "linked reports counted once"


_PARTS: Final[tuple[Callable[[Filters, Names], Iterable[str]], ...]] = (_kinds, _when, _where, _how, _who, _whence)
_DAYS: Final = {
    DatePrecision.DAY: "to the day",
    DatePrecision.WEEK: "to the week only",
    DatePrecision.MONTH: "to the month only",
    DatePrecision.YEAR: "to the year only",
}
_CATEGORIES: Final = {
    Category.CROSSING: "crossings",
    Category.STRIKE: "strikes",
    Category.CLASH: "clashes",
    Category.OTHER: "other incidents",
}
_UNCOUNTED: Final = frozenset(
    {Subtype.ARTILLERY, Subtype.ROCKET_FIRE, Subtype.SHELLING_OR_MISSILE, Subtype.VIOLENCE_AGAINST_CIVILIANS}
)
_SUBTYPES: Final = (
    {kind: f"{kind.words}s" for kind in Subtype}
    | {kind: kind.words for kind in _UNCOUNTED}
    | {
        Subtype.CROSSING_CAPTURED: "crossings captured",
        Subtype.CROSSING_CONTESTED: "crossings contested",
        Subtype.CROSSING_CLOSED: "crossings closed",
        Subtype.CROSSING_RESTRICTED: "crossings restricted",
        Subtype.CROSSING_REOPENED: "crossings reopened",
        Subtype.BORDER_CLASH: "border clashes",
        Subtype.MASS_RETURN: "mass returns",
        Subtype.ARTILLERY: "artillery fire",
        Subtype.SHELLING_OR_MISSILE: "shelling or missiles",
        Subtype.ARMED_CLASH: "armed clashes",
        Subtype.TERRITORY_CHANGE: "changes of territory",
        Subtype.UNSPECIFIED_CLASH: "unspecified clashes",
        Subtype.UNCLASSIFIED: "unclassified incidents",
    }
)
