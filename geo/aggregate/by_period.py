"""Incidents and their tolls by year, quarter or month, counts in lanes, and counts by dataset."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

import pandas as pd

from geo.aggregate.by_province import NO_PROVINCE, counted_once, toll_frame, toll_row, tolls_by
from geo.incident.record import Incident
from geo.incident.vocabulary import Category, Country, to_show
from geo.language.messages import say
from geo.places.boundaries import Boundaries
from geo.selection import Filters
from geo.sentences import NO_PROVINCE_NAME
from geo.symbology.time_lanes import NO_PROVINCE_LANE, LaneBy, Step, chosen_days, step_end, step_for
from geo.table.incident_table import IncidentTable
from geo.table.queries import TollsBy
from geo.table.shown_datasets import each_count

# Counts by dataset, where several datasets are counted together.

_FIRST: Final = "incidents_"


def months_by_dataset(filters: Filters, table: IncidentTable) -> dict[str, pd.DataFrame]:
    """Return `IncidentTable.province_months` of each dataset of a selection, by id; empty for a single dataset."""
    found = table.mixture(filters)
    if not found.mixed:
        return {}
    return {part.id: table.province_months(replace(filters, dataset=(part.id,))) for part in found.parts}


def incidents_by_dataset(filters: Filters, table: IncidentTable) -> pd.DataFrame:
    """Count the incidents of a selection by province and dataset.

    Indexed by province_code, including NO_PROVINCE; only provinces with incidents. Incidents in several provinces are
    counted as in `by_province`. One column `incidents_ID` per dataset, in order; none if the selection has a single
    dataset.
    """
    counted = {
        dataset_column(dataset): months.assign(province_code=months["province_code"].fillna(NO_PROVINCE))
        .groupby("province_code")["incidents"]
        .sum()
        for dataset, months in months_by_dataset(filters, table).items()
    }
    counts = pd.DataFrame(counted).fillna(0).astype(int)
    return counts.rename_axis("province_code")


def dataset_column(dataset: str) -> str:
    """Return the name of the column that counts a dataset's incidents.

    >>> dataset_column("ucdp-ged")
    'incidents_ucdp-ged'
    """
    return f"{_FIRST}{dataset}"


def dataset_of(column: str) -> str:
    """Return the dataset id in a column name made by `dataset_column`.

    >>> dataset_of("incidents_ucdp-ged")
    'ucdp-ged'
    """
    return column.removeprefix(_FIRST)


def dataset_columns(names: Iterable[str]) -> list[str]:
    """Return the column names made by `dataset_column`, in order."""
    return [name for name in names if name.startswith(_FIRST)]


def dataset_counts(counts: pd.DataFrame, titles: Mapping[str, str]) -> dict[str, str]:
    """Describe each row of `incidents_by_dataset` as counts by dataset; `titles` are the datasets', by id.

    >>> rows = pd.DataFrame({"incidents_curated": [3], "incidents_acled": [0]}, index=["AF-KHO"])
    >>> dataset_counts(rows, {"curated": "the record", "acled": "ACLED"})
    {'AF-KHO': 'the record 3, ACLED none'}
    """
    names = [titles[dataset_of(str(column))] for column in counts]
    rows = zip(counts.index, counts.itertuples(index=False), strict=True)
    return {str(code): each_count(zip(names, row, strict=True)) for code, row in rows}


# Incidents by year, quarter or month, and pivot tables of the same counts.

TOTAL: Final = say("pivot-all")
"""Name of the total row and column."""


class Period(StrEnum):
    """Length of the periods that are counted."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"

    @property
    def code(self) -> str:
        """Frequency alias in pandas."""
        return {"year": "Y", "quarter": "Q", "month": "M"}[self.value]


def by_period(filters: Filters, table: IncidentTable, *, period: Period | str) -> pd.DataFrame:
    """Count the incidents of a selection by period, province and category.

    Returns
    -------
    DataFrame
        Columns `period` (pandas Period), `province_code` (NO_PROVINCE where there is no one province), `several`,
        `category`, `incidents` and `disputed`; without zeros, oldest first. An incident belongs to the period in which
        it began. One in several provinces is counted in a row for each and in one for NO_PROVINCE, all marked
        `several`; `counted_once` keeps only the last.

    """
    months = table.province_months(filters)
    periods = pd.DatetimeIndex(months["month"]).to_period(Period(period).code)
    keyed = months.assign(period=periods, province_code=months["province_code"].fillna(NO_PROVINCE))
    named = ["period", "province_code", "several", "category"]
    counts = keyed.groupby(named, as_index=False)[["incidents", "disputed"]].sum()
    return counts.astype({"incidents": int, "disputed": int})


def by_quarter(filters: Filters, table: IncidentTable) -> pd.DataFrame:
    """Count by province (index) and quarter (columns), without gaps over the selection's periods, for sparklines."""
    return _crossed(by_period(filters, table, period=Period.QUARTER), "province_code", "period")


def pivot(counts: pd.DataFrame, rows: str, columns: str, *, names: Mapping[str, str]) -> pd.DataFrame:
    """Lay out counts of `by_period` as a table with totals that count each incident once.

    Parameters
    ----------
    counts
        As `by_period` returns them.
    rows, columns
        `province_code`, `period` or `category`.
    names
        Names of provinces, by code.

    Returns
    -------
    DataFrame
        Number of incidents, with a TOTAL column and row last. Periods and categories without incidents are zero;
        provinces without incidents are left out. Rows of provinces are sorted by number of incidents, largest first.
        Incidents in several provinces are counted under each and under NO_PROVINCE, but only once in TOTAL.

    """
    once = _crossed(counted_once(counts), rows, columns)
    table = _crossed(counts, rows, columns) if "province_code" in (rows, columns) else once
    of_rows = (once if columns == "province_code" else table).sum(axis=1)
    table = table.assign(**{TOTAL: of_rows})
    if rows == "province_code":
        most = of_rows.rename("incidents").to_frame().assign(code=table.index)
        table = table.loc[most.sort_values(["incidents", "code"], ascending=[False, True]).index]
    of_columns = (once if rows == "province_code" else table.drop(columns=TOTAL)).sum()
    last = pd.DataFrame([[*of_columns, once.to_numpy().sum()]], index=[TOTAL], columns=table.columns)
    table = pd.concat([table, last])
    table.index = pd.Index([_written(value, names) for value in table.index], name=rows)
    table.columns = pd.Index([_written(value, names) for value in table.columns], name=columns)
    return table.astype(int)


def _crossed(counts: pd.DataFrame, rows: str, columns: str) -> pd.DataFrame:
    crossed = counts.pivot_table(index=rows, columns=columns, values="incidents", aggfunc="sum", fill_value=0)
    return crossed.reindex(index=_all(crossed.index), columns=_all(crossed.columns), fill_value=0).astype(int)


def _all(values: pd.Index) -> pd.Index:
    """Fill gaps in an index: all periods between the first and last, or all categories shown."""
    if isinstance(values, pd.PeriodIndex) and len(values):
        return pd.period_range(values.min(), values.max(), freq=values.freq)
    return pd.Index([code.value for code in to_show(Category, set(values))]) if values.name == "category" else values


def _written(value: object, names: Mapping[str, str]) -> str:
    text = str(value)
    return NO_PROVINCE_NAME if text == NO_PROVINCE else names.get(text, _CATEGORIES.get(text, text))


_CATEGORIES: Final = {category.value: category.label for category in Category}


# Tolls by year, quarter, month or category, under the table's rule; `by_province` has those by province.

_KEYS: Final[Mapping[TollsBy, Callable[[Incident], str]]] = {
    TollsBy.ALL: lambda incident: "",  # noqa: ARG005  # a single key
    TollsBy.YEAR: lambda incident: f"{incident.date_start:%Y}",
    TollsBy.QUARTER: lambda incident: f"{incident.date_start:%Y}Q{(incident.date_start.month + 2) // 3}",
    TollsBy.MONTH: lambda incident: f"{incident.date_start:%Y-%m}",
    TollsBy.CATEGORY: lambda incident: incident.category.value,
}


def grouped(incidents: Iterable[Incident], by: TollsBy | str) -> dict[str, list[Incident]]:
    """Group incidents by start (as 2025, 2025Q4 or 2025-10) or by category; without empty groups."""
    groups: defaultdict[str, list[Incident]] = defaultdict(list)
    for incident in incidents:
        groups[_KEYS[TollsBy(by)](incident)].append(incident)
    return groups


def people_by(filters: Filters, table: IncidentTable, by: TollsBy | str) -> pd.DataFrame:
    """Add up people by year, quarter, month or category, or over the whole selection, under the table's rule.

    For a single claimant's figures, pass `table.under(Rule.of_claimant(claimant, table.claimants))`.

    Returns
    -------
    DataFrame
        Indexed by the keys of `grouped`, in order, without gaps between years, quarters or months; the key for the
        whole selection is "". Columns as returned by `toll_row`, plus those of each dataset after the first, as in
        `tolls_by`. `toll_of_row` writes a row's toll.

    """
    by = TollsBy(by)
    tolls = tolls_by(filters, table, grouped(table.curated(filters), by), by)
    keys = _all_keys(table.months(filters), by)
    empty = toll_row((), table)
    return toll_frame({key: tolls.get(key, empty) for key in keys})


def _all_keys(months: pd.DataFrame, by: TollsBy) -> list[str]:
    if by is TollsBy.ALL:
        return [""]
    if by is TollsBy.CATEGORY:
        return [category.value for category in to_show(Category, set(months["category"]))]
    if months.empty:
        return []
    periods = pd.period_range(months["month"].min(), months["month"].max(), freq=Period(by.value).code)
    return [str(period) for period in periods]


# Large numbers of incidents in time: counted in lanes, by time step and category.


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Number of incidents of a lane that began between two days, inclusive."""

    lane: int
    first: date
    last: date
    counts: tuple[int, ...]
    """By category, in the vocabulary's order."""

    @property
    def total(self) -> int:
        """Total over the categories."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneCounts:
    """Lanes and their counts."""

    lanes: tuple[tuple[str, int], ...]
    """Name and number of incidents: categories in vocabulary order; provinces by count, with no province last."""
    bins: tuple[Bin, ...]
    """By lane and time; without empty bins."""
    incidents: int
    """Number of incidents; one in several provinces is counted once here, but in the lane of each."""
    days: tuple[date, date]
    """The selected period, or without one, the first and last day on which an incident began."""
    step: Step

    @property
    def most(self) -> int:
        """Largest number in a bin."""
        return max(each.total for each in self.bins)


def lane_counts(filters: Filters, table: IncidentTable, layers: Boundaries, by: LaneBy) -> LaneCounts:
    """Count the incidents of a selection, which must not be empty, in lanes by the day they began."""
    facets = table.facets(filters)
    days = chosen_days(_day(facets["first"].min()), _day(facets["last"].max()), filters)
    step = step_for(*days)
    found = table.steps(filters, step, by)
    found = found.assign(lane=found["lane"].map(_names(layers, by)).fillna(NO_PROVINCE_LANE))
    totals = Counter({str(name): int(n) for name, n in found.groupby("lane")["incidents"].sum().items()})
    names = _in_order(totals, by)
    return LaneCounts(
        lanes=tuple((name, totals[name]) for name in names),
        bins=tuple(_bins(found, names, step)),
        incidents=int(facets["incidents"].sum()),
        days=days,
        step=step,
    )


def province_lanes(filters: Filters, layers: Boundaries) -> dict[str, str]:
    """Return the lane names of the provinces that a selection allows, by province name."""
    lanes = _names(layers, LaneBy.PROVINCE)
    meant = [code for code in filters.province if code in lanes] or list(lanes)
    return {str(layers.provinces["province"][code]): lanes[code] for code in meant}


def _names(layers: Boundaries, by: LaneBy) -> dict[str, str]:
    if by is LaneBy.CATEGORY:
        return {category.value: category.label for category in Category}
    provinces = layers.provinces.itertuples()
    return {str(row.Index): f"{row.province}, {Country(row.country).label}" for row in provinces}


def _in_order(totals: Counter[str], by: LaneBy) -> list[str]:
    if by is LaneBy.CATEGORY:
        return [category.label for category in Category if category.label in totals]
    return sorted(totals, key=lambda name: (name == NO_PROVINCE_LANE, -totals[name], name))


def _bins(found: pd.DataFrame, names: list[str], step: Step) -> list[Bin]:
    counted: dict[tuple[int, date], Counter[str]] = {}
    rows: Any = found.itertuples()
    for row in rows:
        of = counted.setdefault((names.index(str(row.lane)), _day(row.first)), Counter())
        of[str(row.category)] += int(row.incidents)
    return [
        Bin(lane=lane, first=first, last=step_end(first, step), counts=tuple(by_category[c] for c in Category))
        for (lane, first), by_category in sorted(counted.items(), key=lambda item: item[0])
    ]


def _day(found: object) -> date:
    return pd.Timestamp(str(found)).date()
