"""Which months, borders and provinces were researched, to tell few incidents from little research."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Final, Self

import pandas as pd
from pydantic import model_validator

from geo import PROGRAM_FOLDER
from geo.aggregate.by_province import border_parts
from geo.evidence.reliability import delays, outlets, sources_per_incident
from geo.incident.record import Day, Incident, Record, Text
from geo.incident.vocabulary import NEAR_KM, NOT_KNOWN, Border, Country
from geo.language.messages import day_words, list_words, month_words, period_words, say
from geo.places.boundaries import Boundaries
from geo.selection import Filters
from geo.symbology.time_lanes import Step, step_end
from geo.table.incident_rows import CURATED
from geo.table.incident_table import IncidentTable

# Which months were researched, to tell a quiet month from one that nobody looked at.

COVERAGE_FILE: Final = PROGRAM_FOLDER / "data" / "coverage.json"

Ground = tuple[Country, Border]
"""One side of a border line."""

GROUNDS: Final[frozenset[Ground]] = frozenset((country, border) for border in Border for country in border.countries)
"""All ground the record covers."""


class MonthState(StrEnum):
    """What the number of incidents in a month means."""

    RECORDED = say("coverage-on-record")
    QUIET = say("coverage-quiet")
    THIN = say("coverage-thin-gaps")
    PART = say("coverage-selected")
    """Nothing was found on its selected days; says nothing about the others."""
    OUTSIDE = say("coverage-not-researched")


class ThinPeriod(Record):
    """A period for which the record is known to be thin on some ground."""

    since: Day
    until: Day
    countries: tuple[Country, ...] = ()
    """Countries affected; all if empty."""
    borders: tuple[Border, ...] = ()
    """Border lines affected; all if empty."""
    reason: Text

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        if self.until < self.since:
            raise ValueError(f"until {self.until} precedes since {self.since}")
        if not self.grounds:
            raise ValueError("names no country and no border, or a country that does not lie at the border")
        return self

    @property
    def grounds(self) -> frozenset[Ground]:
        """Ground on which the record is thin."""
        if not self.countries and not self.borders:
            return frozenset()
        return frozenset(
            (country, border)
            for country, border in GROUNDS
            if country in (self.countries or Country) and border in (self.borders or Border)
        )

    @property
    def days(self) -> str:
        """The period in words."""
        return period_words(self.since, self.until)

    @property
    def words(self) -> str:
        """The period and the reason."""
        return f"{self.days}: {self.reason}"

    @property
    def where(self) -> str:
        """Names of the countries and borders affected; empty if all of them are."""
        if self.grounds == GROUNDS:
            return ""
        borders = [say("area-line", line=border.words) for border in self.borders]
        return list_words([country.label for country in self.countries] + borders)

    def concerns(self, grounds: Collection[Ground], first: date, last: date) -> bool:
        """Tell whether it affects any of some ground between two days, inclusive."""
        return self.since <= last and first <= self.until and not self.grounds.isdisjoint(grounds)


class Coverage(Record):
    """What the record covers and where it is thin, as in `data/coverage.json`."""

    first_day: Day
    last_day: Day
    """Last day that was researched."""
    worked_on: Day
    """Day the record was last worked on."""
    thin: tuple[ThinPeriod, ...]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.first_day <= self.last_day <= self.worked_on:
            raise ValueError("first_day, last_day and worked_on do not follow each other")
        return self

    def thin_on(self, grounds: Collection[Ground], first: date, last: date) -> tuple[ThinPeriod, ...]:
        """Return the thin periods that affect some ground between two days, inclusive."""
        return tuple(period for period in self.thin if period.concerns(grounds, first, last))


@cache
def coverage() -> Coverage:
    """Read the file; raises pydantic.ValidationError listing all faults."""
    return Coverage.model_validate(json.loads(COVERAGE_FILE.read_text("utf-8")))


def end_words(known: Coverage) -> str:
    """Say in one sentence up to when the record was researched, and whether its last months are thin."""
    thin = [period for period in known.thin if period.until == known.last_day and period.grounds == GROUNDS]
    since = min((period.since for period in thin), default=None)
    few = say("coverage-few", month=month_words(since)) if since else ""
    return say(
        "coverage-record-ends", last_day=day_words(known.last_day), worked_on=day_words(known.worked_on), few=few
    )


def gap_words(filters: Filters, layers: Boundaries, known: Coverage) -> str:
    """Say in one sentence which selected days were not researched, or only thinly; empty if none.

    If neither ground nor days are selected, gaps on parts of the ground are left out for brevity.
    """
    spans = [(date(year, 1, 1), date(year, 12, 31)) for year in filters.year] or [(date.min, date.max)]
    spans = [(max(a, filters.since or a), min(b, filters.until or b)) for a, b in spans]
    spans = [(first, last) for first, last in spans if first <= last]
    if filters.dataset and CURATED not in filters.dataset:
        return ""
    gaps = []
    if any(date.min < first < known.first_day for first, _ in spans):
        gaps.append(say("coverage-gap-before", day=day_words(known.first_day)))
    if any(last > known.last_day for _, last in spans):
        gaps.append(say("coverage-gap-after", day=day_words(known.last_day)))
    thin = _thin_words(filters, grounds_of(filters, layers), spans, known)
    if thin:
        gaps.append(say("coverage-gap-thin", periods=list_words(thin)))
    return say("coverage-gaps", gaps="; ".join(gaps)) if gaps else ""


def _thin_words(
    filters: Filters, grounds: frozenset[Ground], spans: Sequence[tuple[date, date]], known: Coverage
) -> list[str]:
    """Name the thin periods, omitting those contained in another on the selected ground."""
    found = [period for period in known.thin if any(period.concerns(grounds, *span) for span in spans)]
    if not {"year", "since", "until", "country", "province", "border"} & set(filters.active):
        found = [period for period in found if period.grounds >= grounds]
    return [
        period.days if period.grounds >= grounds else say("coverage-gap-where", where=period.where, days=period.days)
        for period in found
        if not any(
            other is not period
            and other.since <= period.since <= period.until <= other.until
            and other.grounds >= period.grounds & grounds
            for other in found
        )
    ]


def grounds_of(filters: Filters, layers: Boundaries) -> frozenset[Ground]:
    """Return the ground that a selection covers: by its countries, borders, and provinces' parts of borders.

    Selecting unknown places counts as selecting anywhere.
    """
    inside = frozenset(ground for code in filters.province for ground in grounds_in(code, layers))
    anywhere = not filters.province or NOT_KNOWN in filters.province
    lines = Border if not filters.border or NOT_KNOWN in filters.border else filters.border
    return frozenset(
        (country, border)
        for country, border in (GROUNDS if anywhere else inside)
        if country in (filters.country or Country) and border in lines
    )


def grounds_in(code: str, layers: Boundaries) -> frozenset[Ground]:
    """Return the ground of a province (ISO 3166-2); all lines of its country if it touches none."""
    lines = border_parts(layers).get(code, {})
    return frozenset(
        (country, border) for country, border in GROUNDS if country.value == code[:2] and (not lines or border in lines)
    )


def chosen_months(filters: Filters, known: Coverage) -> Iterator[tuple[date, bool]]:
    """Yield the selected months within the years covered, and whether each is selected as a whole."""
    for month in pd.date_range(date(known.first_day.year, 1, 1), date(known.last_day.year, 12, 1), freq="MS"):
        first, last = month.date(), step_end(month.date(), Step.MONTH)
        since, until = filters.since or first, filters.until or last
        if (not filters.year or first.year in filters.year) and since <= last and until >= first and since <= until:
            yield first, since <= first and last <= until


def month_states(counts: pd.DataFrame, filters: Filters, known: Coverage, layers: Boundaries) -> pd.DataFrame:
    """Say what the number of incidents means for each month of a selection.

    Parameters
    ----------
    counts
        As returned by `IncidentTable.months` for the selection: columns month, category, incidents.
    filters
        The selection. A month is thin if all the selected ground is; if only part of it is, just the reason is given.
    known
        What the record covers.
    layers
        Boundaries with provinces and borders.

    Returns
    -------
    DataFrame
        One row per month, oldest first, by its first day; columns `incidents`, `state` (a MonthState), `reason`.

    """
    sums: Mapping[Any, Any] = counts.groupby("month")["incidents"].sum().to_dict() if len(counts) else {}
    grounds, months, rows = grounds_of(filters, layers), [], []
    for month, whole in chosen_months(filters, known):
        incidents = int(sums.get(pd.Timestamp(month), 0))
        state, reason = _state(month, incidents, known, grounds)
        months.append(month)
        rows.append((incidents, (MonthState.PART if state is MonthState.QUIET and not whole else state).value, reason))
    index = pd.DatetimeIndex(months, name="month")
    return pd.DataFrame(rows, index=index, columns=["incidents", "state", "reason"])


def _state(first: date, incidents: int, known: Coverage, grounds: frozenset[Ground]) -> tuple[MonthState, str]:
    last = step_end(first, Step.MONTH)
    if last < known.first_day or first > known.last_day:
        return MonthState.OUTSIDE, say("coverage-outside-days")
    thin = known.thin_on(grounds, first, last)
    reason = "; ".join(period.reason for period in thin)
    if grounds and grounds <= frozenset().union(*(period.grounds for period in thin)):
        return MonthState.THIN, reason
    return (MonthState.RECORDED if incidents else MonthState.QUIET), reason


# How much was found, and in how many sources, by border or province and year, so that a reader can judge whether a rise
# in incidents reflects more research.


class GroundKind(StrEnum):
    """What incidents are grouped by."""

    BORDER = "border"
    PROVINCE = "province"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundYear:
    """What the record holds for some ground in one year, within the selection."""

    kind: GroundKind
    code: str
    """Code of the border, or ISO 3166-2 code; NOT_KNOWN for incidents along neither line or in no known province."""
    name: str
    year: int
    incidents: int
    source_entries: int
    outlets: int
    """Number of outlets that published them; an agency's text counts for the outlet that carries it."""
    single_source: int
    """Number of incidents that rest on a single publication."""
    months_found: int
    """Number of months in which any of them began."""
    months: int
    """Number of selected months of the year that the record covers."""
    median_delay_days: float | None
    """Median days from an incident's first day to its first dated report; None without known days or dated reports."""
    gaps: tuple[ThinPeriod, ...]
    """Periods for which the record is known to be thin there."""

    @property
    def sources_per_incident(self) -> float | None:
        """Source entries per incident; None without incidents."""
        return self.source_entries / self.incidents if self.incidents else None

    @property
    def single_share(self) -> float | None:
        """Share of incidents with a single publication, 0 to 1; None without incidents."""
        return self.single_source / self.incidents if self.incidents else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    kind: GroundKind
    code: str
    name: str
    grounds: frozenset[Ground]


def coverage_by_ground(
    filters: Filters, table: IncidentTable, layers: Boundaries, known: Coverage
) -> tuple[GroundYear, ...]:
    """Return a row for each border and year of a selection of the record, then for each province with incidents.

    Years without finds have a row too. An incident belongs to the border under which the border filter finds it, and to
    each of its selected provinces; those that belong to none have rows of their own.
    """
    incidents = table.curated(filters)
    months: defaultdict[int, list[date]] = defaultdict(list)
    for month, _ in chosen_months(filters, known):
        if known.first_day.replace(day=1) <= month <= known.last_day:
            months[month.year].append(month)
    lines = _lines(filters, table)
    codes = {incident.id: _chosen_provinces(incident, filters, table) for incident in incidents}
    places = _at_borders(incidents, lines) | _in_provinces(incidents, codes, lines, layers)
    rows = (
        _row(place, year, [i for i in inside if i.date_start.year == year], months[year], known)
        for place, inside in places.items()
        for year in months
    )
    return tuple(row for row in rows if row.incidents or row.code != NOT_KNOWN)


def _lines(filters: Filters, table: IncidentTable) -> dict[str, Border]:
    """Return the border that each selected incident lies along, by id; those along none are left out."""
    asked = [border for border in Border if not filters.border or border in filters.border]
    return {incident.id: border for border in asked for incident in table.curated(replace(filters, border=(border,)))}


def _chosen_provinces(incident: Incident, filters: Filters, table: IncidentTable) -> tuple[str, ...]:
    return tuple(c for c in table.provinces_of(incident) if not filters.province or c in filters.province)


def _at_borders(incidents: Sequence[Incident], lines: Mapping[str, Border]) -> dict[_Place, list[Incident]]:
    places: dict[_Place, list[Incident]] = {}
    for border in Border:
        grounds = frozenset(ground for ground in GROUNDS if ground[1] is border)
        place = _Place(kind=GroundKind.BORDER, code=border.value, name=border.words, grounds=grounds)
        places[place] = [incident for incident in incidents if lines.get(incident.id) is border]
    nowhere = [incident for incident in incidents if incident.id not in lines]
    if nowhere:
        places[_nowhere(GroundKind.BORDER, say("coverage-off-border", km=NEAR_KM))] = nowhere
    return places


def _in_provinces(
    incidents: Sequence[Incident], codes: Mapping[str, tuple[str, ...]], lines: Mapping[str, Border], layers: Boundaries
) -> dict[_Place, list[Incident]]:
    inside: defaultdict[str, list[Incident]] = defaultdict(list)
    for incident in incidents:
        for code in codes[incident.id] or (NOT_KNOWN,):
            inside[code].append(incident)
    names = layers.provinces_in_countries()
    places: dict[_Place, list[Incident]] = {}
    for code in sorted(inside.keys() - {NOT_KNOWN}, key=names.__getitem__):
        here = {lines.get(incident.id) for incident in inside[code]}
        grounds = grounds_in(code, layers)
        near = frozenset(ground for ground in grounds if ground[1] in here)
        places[_Place(kind=GroundKind.PROVINCE, code=code, name=names[code], grounds=near or grounds)] = inside[code]
    if NOT_KNOWN in inside:
        places[_nowhere(GroundKind.PROVINCE, say("coverage-no-province"))] = inside[NOT_KNOWN]
    return places


def _nowhere(kind: GroundKind, name: str) -> _Place:
    return _Place(kind=kind, code=NOT_KNOWN, name=name, grounds=GROUNDS)


def _row(place: _Place, year: int, inside: Sequence[Incident], months: Sequence[date], known: Coverage) -> GroundYear:
    sources = sources_per_incident(inside)
    return GroundYear(
        kind=place.kind,
        code=place.code,
        name=place.name,
        year=year,
        incidents=len(inside),
        source_entries=sum(len(incident.sources) for incident in inside),
        outlets=len(outlets(inside)),
        single_source=int(sources.get(1, 0)),
        months_found=len({incident.date_start.month for incident in inside}),
        months=len(months),
        median_delay_days=delays(inside).median,
        gaps=tuple(
            period
            for period in known.thin_on(place.grounds, months[0], step_end(months[-1], Step.MONTH))
            if place.code != NOT_KNOWN or period.grounds == GROUNDS  # the incident may lie elsewhere
        ),
    )
