"""The imported datasets shown beside the record, and what mixing several datasets in a selection means, in words."""

import hashlib
import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Final, TypeVar

from geo.casualties import Rule
from geo.datasets.dataset import Dataset
from geo.datasets.folder import AnyFolder
from geo.datasets.links import Verdict, read_links
from geo.imports.recognition import claimant, may_be_passed_on
from geo.incident.dates import month_end
from geo.incident.record import Claimant
from geo.incident.vocabulary import About, Category, Country, DatePrecision, to_show
from geo.language.messages import list_words, month_words, say
from geo.selection import Filters

# Dataset files, and links between reports.

_IDENTIFYING: Final = 3
"""Trailing parts of a path that identify a part: dataset, release and file; where the folder lies does not matter."""

Links = Iterable[tuple[str, str]]
"""Pairs of ids of incidents that an analyst found to be the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedSource:
    """The parts of a dataset's release; equal values hold the same rows."""

    id: str
    """Id of the dataset, and of the claimant of its figures."""
    files: tuple[str, ...]
    """Parquet parts in order, at least one, with the columns of `geo.datasets.dataset.IMPORT_SCHEMA`: paths, or URLs
    that fsspec reads."""
    claimant: Claimant
    rows: int
    title: str = ""
    """Display name; the id is used if empty."""
    words: tuple[str, ...] = ()
    """Word indexes, as written by `geo.datasets.word_index`; without them a search reads all texts."""
    leads: bool = False
    """Whether its rows are leads, which are in no count or total unless asked for."""
    credit: str = ""
    """Citation to show wherever the dataset is shown, with the day of access."""
    passed_on: bool = False
    """Whether its single incidents may be passed on to anyone; False where nobody has said so."""
    people: tuple[About, ...] = ()
    """Measures of people other than killed of which any of its rows has a figure."""


def dataset_rules(datasets: Iterable[ImportedSource], register: Mapping[str, Claimant]) -> tuple[Rule, ...]:
    """Return the rules that count the figures of one dataset alone; leads have none."""
    return tuple(Rule.of_claimant(source.id, register) for source in datasets if not source.leads)


def spare_reports(links: Links, datasets: Sequence[str], record: Container[str]) -> frozenset[str]:
    """Return the imported reports left out where linked reports count once.

    Links are transitive. Of each linked group the record's incidents stay, or else the report of the first dataset.

    Parameters
    ----------
    links
        Pairs of report ids; unknown reports cause no other to be left out.
    datasets
        Ids of the shown datasets, in order.
    record
        Ids of the record's incidents.

    Examples
    --------
    >>> links = [("acled-2", "ucdp-1"), ("ucdp-1", "ucdp-9"), ("khost", "acled-3"), ("gone-1", "acled-4")]
    >>> sorted(spare_reports(links, ["acled", "ucdp"], {"khost"}))
    ['acled-3', 'ucdp-1', 'ucdp-9']

    """
    joined: dict[str, set[str]] = {}
    for one, other in links:
        together = joined.get(one, {one}) | joined.get(other, {other})
        joined |= dict.fromkeys(together, together)
    spare: set[str] = set()
    for together in {id(group): group for group in joined.values()}.values():
        there = {report: -1 for report in together if report in record}
        there |= {report: rank for report in together if (rank := _rank(report, datasets)) is not None}
        _, *others = sorted(there, key=lambda report: (there[report], report)) or [""]
        spare |= {report for report in others if there[report] >= 0}
    return frozenset(spare)


def _rank(report: str, datasets: Sequence[str]) -> int | None:
    """Return the position of a report's dataset (the longest id that prefixes the report's); None if not shown."""
    of = [dataset for dataset in datasets if report.startswith(f"{dataset}-")]
    return datasets.index(max(of, key=len)) if of else None


def version_of(version: str, datasets: Sequence[ImportedSource], spare: Collection[str]) -> str:
    """Return a hexadecimal SHA-256 that changes with the record, the releases and the reports left out as linked."""
    digest = hashlib.sha256(version.encode())
    for name in (*(name for source in datasets for name in source.files), *sorted(spare)):
        digest.update(b"\0" + "/".join(re.split(r"[\\/]", name)[-_IDENTIFYING:]).encode())
    return digest.hexdigest()


# The imported datasets of a folder, as the table takes them.


def imported_sources(folder: AnyFolder) -> tuple[ImportedSource, ...]:
    """Return the datasets that are switched on and not empty, by id."""
    return tuple(_source(folder, dataset) for dataset in folder.active() if dataset.rows)


def _source(folder: AnyFolder, dataset: Dataset) -> ImportedSource:
    files = folder.parts(dataset)
    return ImportedSource(
        id=dataset.id,
        files=files,
        words=folder.words(dataset),
        claimant=claimant(dataset),
        rows=dataset.rows,
        title=dataset.title,
        leads=dataset.leads,
        credit=dataset.citation or f"{dataset.title}, {dataset.file_name}",
        passed_on=may_be_passed_on(dataset),
        people=tuple(people.about for people in dataset.people),
    )


def linked_pairs(folder: AnyFolder) -> tuple[tuple[str, str], ...]:
    """Return the pairs of incident ids linked as one incident; raises DataError."""
    return tuple((link.a.id, link.b.id) for link in read_links(folder) if link.verdict is Verdict.LINKED)


# What a selection mixes: how many incidents come from each dataset, and where the datasets themselves differ. Datasets
# were collected for different years, provinces and kinds of events, so a count over several of them says as much about
# that as about what happened; it is never shown without this.

_MONTHS_A_YEAR: Final = 12
_MONTH: Final = timedelta(days=31)
"""Datasets date the same incident differently by less than this."""
_Value = TypeVar("_Value")

Days = tuple[date, date]
"""First and last day, inclusive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What a dataset holds, regardless of the selection; inferred from its incidents, since no file states it."""

    id: str
    title: str
    days: Days
    """Days on which its first and last incidents began."""
    provinces: frozenset[str]
    """ISO 3166-2 codes of the provinces in which it has incidents."""
    categories: frozenset[Category]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """The incidents of a selection that come from one dataset."""

    incidents: int = 0
    days: Days | None = None
    """First and last day on which they may have begun; None without incidents."""
    categories: frozenset[Category] = frozenset()
    """Categories of these incidents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One dataset's part in a selection."""

    id: str
    title: str
    held: Days
    """The dataset's own period in whole months, regardless of the selection."""
    months: frozenset[int]
    """Months of its period that the selection covers, counted since the year 0."""
    provinces: frozenset[str]
    """Provinces covered by the selection in which the dataset has incidents; ISO 3166-2."""
    categories: frozenset[Category]
    """Categories covered by the selection that the dataset has."""
    selected: Selected
    at_any_time: Selected
    """What would be selected from it without a restriction on dates."""

    @property
    def incidents(self) -> int:
        """Number of its incidents in the selection."""
        return self.selected.incidents


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """The datasets of a selection, in order, including those with no incidents in it."""

    parts: tuple[Part, ...]
    period: Days | None = None
    """The period common to all datasets, within the selection; None if they share no month."""
    linked: int = 0
    """Number of pairs of selected reports that an analyst linked as one incident."""

    @property
    def mixed(self) -> bool:
        """Whether incidents of several datasets are counted together."""
        return len(self.parts) > 1

    @property
    def same_period(self) -> bool:
        """Whether all datasets cover the same months, among those the selection covers."""
        return len({part.months for part in self.parts}) <= 1

    @property
    def provinces(self) -> tuple[str, ...]:
        """Provinces, among those the selection covers, in which every dataset has incidents."""
        return tuple(sorted(_common(part.provinces for part in self.parts)))

    @property
    def same_provinces(self) -> bool:
        """Whether all datasets have incidents in the same provinces."""
        return len({part.provinces for part in self.parts}) <= 1

    @property
    def present(self) -> tuple[Part, ...]:
        """The datasets with incidents in the selection."""
        return tuple(part for part in self.parts if part.incidents)

    @property
    def apart_in_time(self) -> bool:
        """Whether the incidents of any two datasets began more than a month apart."""
        spans = [part.selected.days for part in self.present if part.selected.days]
        return all(max(one[0], other[0]) - min(one[1], other[1]) > _MONTH for one, other in combinations(spans, 2))


def mixture_of(
    filters: Filters,
    holdings: Sequence[Holding],
    selected: Mapping[str, Selected],
    at_any_time: Mapping[str, Selected],
    *,
    linked: int = 0,
) -> Mixture:
    """Compare the datasets of a selection.

    `holdings` are those of the datasets that the selection allows; `selected` and `at_any_time` give what it has of
    each, by dataset id.
    """
    parts = tuple(_part(filters, held, selected, at_any_time) for held in holdings)
    return Mixture(parts=parts, period=_period(filters, _common(part.months for part in parts)), linked=linked)


def _part(
    filters: Filters, held: Holding, selected: Mapping[str, Selected], at_any_time: Mapping[str, Selected]
) -> Part:
    first, last = map(month_number, held.days)
    return Part(
        id=held.id,
        title=held.title,
        held=(_first_day(first), month_end(_first_day(last))),
        months=frozenset(month for month in range(first, last + 1) if _has_month(filters, month)),
        provinces=frozenset(code for code in held.provinces if _has_province(filters, code)),
        categories=held.categories & _categories(filters),
        selected=selected.get(held.id, Selected()),
        at_any_time=at_any_time.get(held.id, Selected()),
    )


def last_possible(began: date, known: DatePrecision) -> date:
    """Return the last day on which an incident may have begun, given its first possible day and its date precision.

    >>> last_possible(date(2021, 2, 3), DatePrecision.WEEK), last_possible(date(2021, 2, 3), DatePrecision.MONTH)
    (datetime.date(2021, 2, 9), datetime.date(2021, 2, 28))
    """
    if known is DatePrecision.YEAR:
        return date(began.year, 12, 31)
    if known is DatePrecision.MONTH:
        return month_end(began)
    return began + timedelta(days=6) if known is DatePrecision.WEEK else began


def month_number(day: date) -> int:
    """Count months since the year 0.

    >>> month_number(date(2021, 1, 31)), month_number(date(2020, 12, 1))
    (24252, 24251)
    """
    return day.year * _MONTHS_A_YEAR + day.month - 1


def _first_day(month: int) -> date:
    return date(month // _MONTHS_A_YEAR, month % _MONTHS_A_YEAR + 1, 1)


def _has_month(filters: Filters, month: int) -> bool:
    in_years = not filters.year or month // _MONTHS_A_YEAR in filters.year
    since = filters.since is None or month_end(_first_day(month)) >= filters.since
    return in_years and since and (filters.until is None or _first_day(month) <= filters.until)


def _has_province(filters: Filters, code: str) -> bool:
    named = not filters.province or code in filters.province
    return named and (not filters.country or Country(code[:2]) in filters.country)


def _categories(filters: Filters) -> frozenset[Category]:
    kinds = frozenset(filters.category or Category)
    return kinds & {kind.category for kind in filters.subtype} if filters.subtype else kinds


def _period(filters: Filters, months: Iterable[int]) -> Days | None:
    """Return the days spanned by some months, limited to those the selection itself names."""
    common = sorted(months)
    if not common:
        return None
    since, until = _first_day(common[0]), month_end(_first_day(common[-1]))
    since, until = max(since, filters.since or since), min(until, filters.until or until)
    return (since, until) if since <= until else None


def _common(sets: Iterable[frozenset[_Value]]) -> frozenset[_Value]:
    """Return the intersection of some sets."""
    each = list(sets)
    return frozenset.intersection(*each) if each else frozenset()


# The mixture in words: the same under every count over several datasets and in every file.

_TWO: Final = 2


def mixture_words(found: Mixture) -> str:
    """Say how many incidents come from each dataset and how the datasets differ; empty for a single dataset."""
    return " ".join(part for part in (counts_words(found), *differences(found)) if part)


def counts_words(found: Mixture) -> str:
    """Say how many incidents come from each dataset; empty for a single dataset."""
    if not found.mixed:
        return ""
    return say("mixture-counts", counts=each_count((part.title, part.incidents) for part in found.parts))


def each_count(counts: Iterable[tuple[str, int]]) -> str:
    """List names with their counts.

    >>> each_count([("the record", 1037), ("UCDP GED", 0)])
    'the record 1,037, UCDP GED none'
    """
    return ", ".join(
        say("mixture-count", dataset=name, count=number) if number else say("mixture-count-none", dataset=name)
        for name, number in counts
    )


def differences(found: Mixture) -> list[str]:
    """Return sentences on how the datasets differ in period, provinces and kinds of events; empty if they do not."""
    if not found.mixed:
        return []
    return [*_absent(found), *_periods(found), *_provinces(found), *_category_words(found)]


def period_words(days: Days) -> str:
    """Write a period in months.

    >>> from datetime import date
    >>> period_words((date(2021, 1, 1), date(2022, 6, 30))), period_words((date(2021, 1, 1), date(2021, 1, 31)))
    ('January 2021 to June 2022', 'January 2021')
    """
    first, last = map(month_words, days)
    return first if first == last else say("mixture-period", first=first, last=last)


def people_words(found: Mixture) -> str:
    """Say why figures for people of several datasets are not added up; empty if fewer than two have any.

    Only for linked pairs does it say that two reports are about the same people, since an analyst has established it.
    """
    if len(found.present) < _TWO:
        return ""
    spans = [f"{part.title} {period_words(part.selected.days)}" for part in found.present if part.selected.days]
    apart = say("mixture-no-overlap", periods=", ".join(spans))
    why = apart if found.apart_in_time else say("mixture-may-overlap")
    return f"{why} {say('mixture-linked', pairs=found.linked)}" if found.linked else why


def _absent(found: Mixture) -> Iterator[str]:
    for part in found.parts:
        anytime = part.at_any_time
        if part.months and not part.incidents and anytime.incidents and anytime.days:
            yield say(
                "mixture-absent", dataset=part.title, incidents=anytime.incidents, period=period_words(anytime.days)
            )


def _periods(found: Mixture) -> Iterator[str]:
    if found.same_period:
        return
    each = ", ".join(f"{part.title} {period_words(part.held)}" for part in found.parts)
    if found.period is None:
        yield say("mixture-no-common-period", periods=each, all=_all(found))
    else:
        yield say("mixture-common-period", periods=each, all=_all(found), period=period_words(found.period))


def _provinces(found: Mixture) -> Iterator[str]:
    if found.same_provinces:
        return
    anywhere = frozenset[str]().union(*(part.provinces for part in found.parts))
    if len(anywhere) == 1:
        having = [part.title for part in found.parts if part.provinces]
        yield say("mixture-in-this-province", count=len(having), datasets=list_words(having))
        return
    each = ", ".join(say("mixture-count", dataset=part.title, count=len(part.provinces)) for part in found.parts)
    common = say("mixture-provinces", provinces=each, all=_all(found), common=len(found.provinces))
    yield " ".join([common, *_countries(found)])


def _countries(found: Mixture) -> list[str]:
    """Name the countries in which one dataset has nothing although another does."""
    of = {part.id: {Country(code[:2]) for code in part.provinces} for part in found.parts}
    anywhere = set[Country]().union(*of.values())
    return [
        say(
            "mixture-none-in-country",
            dataset=part.title,
            countries=list_words([country.label for country in Country if country in missing], "or"),
        )
        for part in found.parts
        if (missing := anywhere - of[part.id])
    ]


def _category_words(found: Mixture) -> Iterator[str]:
    """Name the datasets behind each selected category that some dataset never has."""
    lone: dict[str, list[str]] = {}
    for category in to_show(Category, list(Category)):
        here = [part.title for part in found.parts if category in part.selected.categories]
        if here and any(category not in part.categories for part in found.parts):
            lone.setdefault(list_words(here), []).append(category.incidents)
    if not lone:
        return
    said = [say("mixture-kind-only", kinds=list_words(kinds), datasets=titles) for titles, kinds in lone.items()]
    yield say("mixture-kinds", kinds="; ".join(said))


def _all(found: Mixture) -> str:
    return say("mixture-both" if len(found.parts) == _TWO else "mixture-all")
