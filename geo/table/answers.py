"""Answers about imported incidents as the pages ask for them: counts by time and place, tolls, rows in an order."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from geo.filters import Filters
from geo.table.imported import Imported
from geo.table.rows import by_part
from geo.table.source import ImportedSource
from geo.table.stretch import Stretch, stretch_of

_MONTH: Final = "(year * 12 + month(date_start))::INTEGER AS number"
_AS_DATE: Final = "make_date((number - 1) // 12, (number - 1) % 12 + 1, 1) AS month"
_COUNT: Final = "SELECT count(*) FROM lean WHERE {where}"
_MONTHS: Final = f"""
SELECT {_AS_DATE}, category::VARCHAR AS category, incidents
FROM (SELECT {_MONTH}, category, count(*) AS incidents FROM lean WHERE {{where}} GROUP BY ALL)
"""
_PROVINCE_MONTHS: Final = f"""
SELECT province_code::VARCHAR AS province_code, {_AS_DATE}, category::VARCHAR AS category, incidents, disputed, first,
    last
FROM (
    SELECT province_code, {_MONTH}, category, count(*) AS incidents, count(*) FILTER (status = 'disputed') AS disputed,
        min(date_start) AS first, max(date_start) AS last
    FROM lean WHERE {{where}} GROUP BY ALL
)
"""
_TOLLS: Final = """
SELECT dataset::VARCHAR AS dataset, {written} AS key, incidents, figures, low, high
FROM (
    SELECT dataset, {by} AS key, count(*) AS incidents, count(killed_low) AS figures,
        sum(killed_low)::BIGINT AS low, sum(killed_high)::BIGINT AS high
    FROM lean WHERE {where} GROUP BY ALL
)
ORDER BY ALL
"""
_REFS: Final = "SELECT r, date_start, killed_high FROM lean WHERE {where} AND {within} ORDER BY "
_SPOT_BITS: Final = 11
_SPOTS: Final = f"""
SELECT location_precision::VARCHAR AS location_precision, category::VARCHAR AS category,
    province_code::VARCHAR AS province_code, * EXCLUDE (location_precision, category, province_code)
FROM (
    SELECT location_precision, category,
        CASE WHEN location_precision = 'province' THEN province_code END AS province_code,
        count(*) AS incidents, avg(x) AS x, avg(y) AS y
    FROM lean WHERE {{where}} AND x IS NOT NULL AND location_precision <> 'country'
    GROUP BY x >> {_SPOT_BITS}, y >> {_SPOT_BITS}, 1, 2, 3
)
"""
_LAST_DAY: Final = "SELECT max(date_start) FROM lean WHERE {where}"
_ALL_REFS: Final = "SELECT r FROM lean WHERE {where}"
_ACTORS: Final = {
    True: "SELECT DISTINCT unnest(actors) AS actor FROM cast_list",
    False: "SELECT DISTINCT unnest(actors) AS actor FROM part",
}


class TollsBy(StrEnum):
    """What deaths are added up by."""

    ALL = "all"
    PROVINCE = "province"
    YEAR = "year"
    MONTH = "month"
    CATEGORY = "category"


_KEYS: Final[Mapping[TollsBy, tuple[str, str]]] = {
    TollsBy.ALL: ("0", "NULL"),
    TollsBy.PROVINCE: ("province_code", "key::VARCHAR"),
    TollsBy.YEAR: ("year", "key::VARCHAR"),
    TollsBy.MONTH: ("year * 12 + month(date_start) - 1", "printf('%d-%02d', key // 12, key % 12 + 1)"),
    TollsBy.CATEGORY: ("category", "key::VARCHAR"),
}
"""What is grouped by, and how it is written."""


class Sort(StrEnum):
    """In which order rows are paged through; whatever it is, equal ones stay in a stable order."""

    OLDEST = "oldest"
    NEWEST = "newest"
    DEADLIEST = "deadliest"
    """Most people killed first, by the upper figure; those without a figure last."""


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
"""The same as far as few values tell it."""
_DEEP: Final = 5_000
"""Rows that are sorted at once; what comes after more of them is first looked for by counting."""


def count(imported: Imported, filters: Filters) -> int:
    """Count the imported incidents of a choice."""
    return int(imported.ask(_COUNT, filters).fetchall()[0][0])


def months(imported: Imported, filters: Filters) -> pd.DataFrame:
    """Count by month and category: the columns of `IncidentTable.months`, in no order."""
    return imported.ask(_MONTHS, filters).df()


def province_months(imported: Imported, filters: Filters) -> pd.DataFrame:
    """Count by province, month and category: the columns of `IncidentTable.province_months`, in no order."""
    return imported.ask(_PROVINCE_MONTHS, filters).df()


def tolls(imported: Imported, filters: Filters, by: TollsBy) -> pd.DataFrame:
    """Add up deaths by dataset and key, whatever the rule.

    Columns dataset, key (text, missing where an incident has none), incidents, figures (how many of them give one),
    low and high (people, missing where none does).
    """
    grouped, written = _KEYS[by]
    return imported.ask(_TOLLS.replace("{by}", grouped).replace("{written}", written), filters).df()


def last_day(imported: Imported) -> date | None:
    """Return the last day on which an imported incident began, leads apart; None without any."""
    found = imported.ask(_LAST_DAY, Filters()).fetchall()[0][0]
    return found if isinstance(found, date) else None


@lru_cache(maxsize=2)  # a figure asks for the same several times while it looks for room
def spots(imported: Imported, filters: Filters) -> pd.DataFrame:
    """Count imported incidents with a place by where they are, to 80 m.

    Columns x and y (units of the Web Mercator square, their middle), location_precision, category, province_code (for
    those known to a province only) and incidents.
    """
    return imported.ask(_SPOTS, filters).df()


def actors(imported: Imported) -> list[str]:
    """List who takes part, in no order."""
    lean = imported.lean
    return [actor for (actor,) in lean.connection.cursor().execute(_ACTORS[lean.in_memory]).fetchall()]


def page(imported: Imported, filters: Filters, sort: Sort, *, offset: int, limit: int) -> pd.DataFrame:
    """Return the rows of a choice from an offset on, in an order: columns r, date_start, killed_high."""
    stretch = stretch_of(imported, filters, _SORTED_BY[sort], offset, limit) if offset > _DEEP else Stretch(offset)
    query = f"{_REFS.replace('{within}', stretch.condition)}{_ORDERS[sort]} LIMIT $limit OFFSET $offset"
    return imported.ask(query, filters, limit=limit, offset=stretch.offset, **stretch.values).df()


def batches(imported: Imported, filters: Filters) -> Iterator[tuple[ImportedSource, pa.Table]]:
    """Return the rows of a choice part by part, whole, with the dataset they are of; bounded memory at any size."""
    refs = np.sort(np.asarray(imported.ask(_ALL_REFS, filters).fetchnumpy()["r"], np.int64))
    lean = imported.lean
    of_part = [source for source in lean.sources for _ in source.files]
    for part, rows in by_part(lean.connection, lean.files, refs):
        yield of_part[part], rows
