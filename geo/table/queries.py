"""Queries of the pages to the event indexes: counts by time and place, tolls, and sorted pages of rows."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate
from typing import Any, Final

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from geo.incident.vocabulary import About, LocationPrecision
from geo.selection import Filters
from geo.symbology.time_lanes import LaneBy
from geo.table.clusters import Ends
from geo.table.event_index import OPEN, EventIndex, ImportedIndex, first_when, last_when
from geo.table.word_search import Refs

# Counts over all indexes.

_LAST_DAY: Final = f"CASE WHEN lasted < {OPEN} THEN date_start + lasted::INTEGER END"
"""Null where no end is recorded."""
COUNT: Final = "SELECT count(*) AS incidents FROM event WHERE {where}"
_MONTH: Final = "(year * 12 + month(date_start))::INTEGER AS number"
_AS_DATE: Final = "make_date((number - 1) // 12, (number - 1) % 12 + 1, 1) AS month"
_OVER_MONTH: Final = f"date_precision <> 'day' AND lasted < {OPEN} AND lasted > last_day(date_start) - date_start"
MONTHS: Final = f"""
SELECT {_AS_DATE}, category::VARCHAR AS category, incidents, over_the_end
FROM (
    SELECT {_MONTH}, category, count(*) AS incidents, count(*) FILTER ({_OVER_MONTH}) AS over_the_end
    FROM event WHERE {{where}} GROUP BY ALL
)
ORDER BY ALL
"""
PROVINCE_MONTHS: Final = f"""
SELECT lies_in::VARCHAR AS province_code, several, {_AS_DATE}, category::VARCHAR AS category, incidents, disputed,
    first, last
FROM (
    SELECT lies_in, several, {_MONTH}, category, count(*) AS incidents,
        count(*) FILTER (status = 'disputed') AS disputed,
        {first_when("lasted")} AS first, {last_when("lasted")} AS last
    FROM {{by_province}} WHERE NOT several OR lies_in IS NULL
        OR (($inside IS NULL OR list_contains($inside, lies_in))
        AND ($around IS NULL OR list_contains($around, left(lies_in::VARCHAR, 2))))
    GROUP BY ALL
)
ORDER BY ALL
"""
FACET: Final = ["dataset", "category", "status", "location_precision", "date_precision"]
FACETS: Final = f"""
SELECT {", ".join(f"{name}::VARCHAR AS {name}" for name in FACET)}, incidents, first, last
FROM (
    SELECT {", ".join(FACET)}, count(*) AS incidents, min(date_start) AS first, max(date_start) AS last
    FROM event WHERE {{where}} GROUP BY ALL
)
ORDER BY ALL
"""
_STEPS: Final = """
SELECT lane::VARCHAR AS lane, category::VARCHAR AS category, date_trunc($step, day)::DATE AS first,
    sum(incidents)::BIGINT AS incidents
FROM (
    SELECT lane, category, day, count(*) AS incidents
    FROM (SELECT {lane} AS lane, category, date_start AS day FROM {rows})
    GROUP BY ALL
)
GROUP BY ALL
ORDER BY ALL
"""
_LANES: Final = {
    LaneBy.CATEGORY: ("category", "event WHERE {where}"),
    LaneBy.PROVINCE: ("lies_in", "{by_province} WHERE NOT several OR lies_in IS NOT NULL"),
}
OVER: Final = f"""
SELECT count(*) AS incidents FROM event WHERE {{where}} AND date_precision <> 'day'
    AND date_trunc($period, date_start) <> date_trunc($period, {_LAST_DAY})
"""
LAST: Final = f"SELECT {last_when('lasted')} FROM event WHERE {{where}}"
_ENDS: Final = {"first": "min", "last": "max"}


def added(indexes: Sequence[EventIndex], query: str, filters: Filters, by: Sequence[str], **bound: Any) -> pd.DataFrame:
    """Run a query on each index and sum its counts by `by`; `first` and `last` become the overall extremes."""
    asked = (index.ask(query.replace("{by_province}", index.by_province), filters, **bound) for index in indexes)
    first, *others = [counts.df() for counts in asked]
    if not others:
        return first
    both = pd.concat([part for part in (first, *others) if len(part)] or [first])
    how = {name: _ENDS.get(name, "sum") for name in both.columns if name not in by}
    return both.groupby(list(by), as_index=False, dropna=False).agg(how).sort_values(list(by), ignore_index=True)


def steps(by: LaneBy) -> str:
    """Return the query that counts by lanes of one kind."""
    lane, rows = _LANES[by]
    return _STEPS.replace("{lane}", lane).replace("{rows}", rows)


def each(indexes: Sequence[EventIndex], query: str, filters: Filters, **bound: Any) -> list[Any]:
    """Return the single value that each index answers."""
    return [index.ask(query, filters, **bound).fetchall()[0][0] for index in indexes]


# People, places and rows of one index.

_TOLLS_QUERY: Final = """
SELECT dataset::VARCHAR AS dataset, {written} AS key, incidents, figures, low, high
FROM (
    SELECT dataset, {by} AS key, count(*) AS incidents, count({about}_low) AS figures,
        sum({about}_low)::BIGINT AS low, sum({about}_high)::BIGINT AS high
    FROM event WHERE {where} GROUP BY ALL
)
ORDER BY ALL
"""
_REFS: Final = "SELECT r, date_start, killed_high FROM event WHERE {where} AND {within} ORDER BY "
_SPOT_BITS: Final = 11
_SPOTS: Final = f"""
SELECT location_precision::VARCHAR AS location_precision, category::VARCHAR AS category,
    province_code::VARCHAR AS province_code, * EXCLUDE (location_precision, category, province_code)
FROM (
    SELECT location_precision, category,
        CASE WHEN location_precision = 'province' THEN province_code END AS province_code,
        count(*) AS incidents, avg(x) AS x, avg(y) AS y
    FROM event WHERE {{where}} AND x IS NOT NULL AND location_precision <> 'country'
    GROUP BY x >> {_SPOT_BITS}, y >> {_SPOT_BITS}, 1, 2, 3
)
"""
_ALL: Final = "SELECT r FROM event WHERE {where}"
_AMONG: Final = "SELECT r FROM event WHERE {where} AND r IN (SELECT unnest($refs))"
_AT: Final = """
SELECT r FROM event WHERE {where} AND x BETWEEN $west AND $east AND y BETWEEN $north AND $south
    AND list_contains($known, location_precision::VARCHAR) ORDER BY date_start DESC, r DESC LIMIT $limit
"""


class TollsBy(StrEnum):
    """What people are grouped by."""

    ALL = "all"
    PROVINCE = "province"
    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    CATEGORY = "category"


_KEYS: Final[Mapping[TollsBy, tuple[str, str]]] = {
    TollsBy.ALL: ("0", "NULL"),
    TollsBy.PROVINCE: ("province_code", "key::VARCHAR"),
    TollsBy.YEAR: ("year", "key::VARCHAR"),
    TollsBy.QUARTER: ("year * 4 + quarter(date_start) - 1", "printf('%dQ%d', key // 4, key % 4 + 1)"),
    TollsBy.MONTH: ("year * 12 + month(date_start) - 1", "printf('%d-%02d', key // 12, key % 12 + 1)"),
    TollsBy.CATEGORY: ("category", "key::VARCHAR"),
}
"""SQL to group by, and SQL to write the key as text."""


class Sort(StrEnum):
    """Order of the rows of a page; the sort is stable."""

    OLDEST = "oldest"
    NEWEST = "newest"
    DEADLIEST = "deadliest"
    """Most people killed first, by the high figure; rows without a figure last."""


_ORDERS: Final[Mapping[Sort, str]] = {
    Sort.OLDEST: "date_start, r",
    Sort.NEWEST: "date_start DESC, r DESC",
    Sort.DEADLIEST: "killed_high DESC NULLS LAST, date_start DESC, r DESC",
}
_SORTED_BY: Final[Mapping[Sort, tuple[str, ...]]] = {
    Sort.OLDEST: ("date_start ASC",),
    Sort.NEWEST: ("date_start DESC",),
    Sort.DEADLIEST: ("coalesce(killed_high, -1) DESC", "date_start DESC"),
}
"""The leading keys of each order, which have few distinct values."""
_DEEP: Final = 5_000
"""Offset up to which rows are simply sorted; for deeper pages the stretch of rows is first found by counting."""


def tolls(index: ImportedIndex, filters: Filters, by: TollsBy, about: About) -> pd.DataFrame:
    """Add up people of a measure of which the index has figures, by dataset and key, regardless of the rule.

    Columns dataset, key (text, missing where an incident has none), incidents, figures (number of incidents with a
    figure), low and high (people, missing where there is no figure).
    """
    grouped, written = _KEYS[by]
    query = _TOLLS_QUERY.replace("{by}", grouped).replace("{written}", written).replace("{about}", about)
    return index.ask(query, filters).df()


def spots(index: ImportedIndex, filters: Filters) -> pd.DataFrame:
    """Count imported incidents with a place by location, grouped to 80 m.

    Columns x and y (mean position, Web Mercator units), location_precision, category, province_code (only for those
    known to a province) and incidents.
    """
    return index.ask(_SPOTS, filters).df()


def refs(index: EventIndex, filters: Filters) -> Refs:
    """Return the rows of a selection, ascending."""
    return np.sort(_of_rows(index.ask(_ALL, filters)))


def newest(index: EventIndex, filters: Filters, limit: int) -> Refs:
    """Return the rows of a selection that began last, newest first, at most `limit`."""
    return page(index, filters, Sort.NEWEST, offset=0, limit=limit)["r"].to_numpy(np.int64)


def refs_at(index: EventIndex, filters: Filters, ends: Ends, known: Iterable[LocationPrecision], limit: int) -> Refs:
    """Return the rows of a selection within `ends` of the given location precisions, newest first, at most `limit`."""
    west, east, north, south = ends
    kinds = [kind.value for kind in known]
    return _of_rows(index.ask(_AT, filters, west=west, east=east, north=north, south=south, known=kinds, limit=limit))


def among(index: EventIndex, filters: Filters, rows: Iterable[int]) -> set[int]:
    """Return those of the given rows that are in a selection."""
    return set(_of_rows(index.ask(_AMONG, filters, refs=list(rows))).tolist())


def _of_rows(found: duckdb.DuckDBPyConnection) -> Refs:
    return np.asarray(found.fetchnumpy()["r"], np.int64)


def page(index: EventIndex, filters: Filters, sort: Sort, *, offset: int, limit: int) -> pd.DataFrame:
    """Return a page of the rows of a selection in an order: columns r, date_start, killed_high."""
    stretch = stretch_of(index, filters, _SORTED_BY[sort], offset, limit) if offset > _DEEP else Stretch(offset)
    query = f"{_REFS.replace('{within}', stretch.condition)}{_ORDERS[sort]} LIMIT $limit OFFSET $offset"
    return index.ask(query, filters, limit=limit, offset=stretch.offset, **stretch.values).df()


def batches(index: ImportedIndex, filters: Filters) -> Iterator[pa.Table]:
    """Yield the full rows of a selection part by part, in bounded memory at any size."""
    return index.parts.by_part(refs(index, filters))


# Deep pages of a long list: located by counting, so that only the rows around them are sorted.

_COUNTS: Final = "SELECT {key} AS key, count(*) FROM event WHERE {where} AND {within} GROUP BY 1 ORDER BY key {way}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of consecutive rows of a sorted list."""

    offset: int
    """Offset of the page within the run."""
    condition: str = "true"
    """SQL condition that selects the run; `values` holds its parameters."""
    values: Mapping[str, Any] = field(default_factory=dict)


def stretch_of(index: EventIndex, filters: Filters, keys: Sequence[str], offset: int, limit: int) -> Stretch:
    """Return a run of a selection's sorted rows that contains a page.

    Each key is a column or expression, never null, followed by ASC or DESC. Millions of rows have only thousands of
    days, so the rows before the page are just counted.
    """
    stretch = Stretch(offset)
    for number, (key, way) in enumerate(key.rsplit(" ", 1) for key in keys):
        query = _COUNTS.replace("{key}", key).replace("{way}", way).replace("{within}", stretch.condition)
        counts = index.ask(query, filters, **stretch.values).fetchall()
        upto = list(accumulate(rows for _, rows in counts))
        first, last = bisect_right(upto, stretch.offset), bisect_left(upto, stretch.offset + limit)
        values = [value for value, _ in counts[first : last + 1]]
        if not values:
            return Stretch(0, "false")
        stretch = Stretch(
            stretch.offset - (upto[first - 1] if first else 0),
            f"{stretch.condition} AND {key} BETWEEN $low{number} AND $high{number}",
            {**stretch.values, f"low{number}": min(values), f"high{number}": max(values)},  # noqa: PD011  # a field of ours
        )
        if len(values) > 1:
            break
    return stretch
