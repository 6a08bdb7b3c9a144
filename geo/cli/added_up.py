"""Incidents added up for `aggregate`: one row per province, year, month or category, people under the rule."""

from collections import defaultdict
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final

import pandas as pd

from geo.aggregate import TOLLS, by_province, side_by_side, toll_row, tolls_by, without_province
from geo.aggregate.tolls import TOLL_TYPES
from geo.boundaries import Boundaries
from geo.filters import Filters
from geo.incident import Incident
from geo.table import IncidentTable, TollsBy
from geo.vocabulary import Category, to_show

Row = dict[str, Any]


class By(StrEnum):
    """What incidents are added up by."""

    PROVINCE = "province"
    YEAR = "year"
    MONTH = "month"
    CATEGORY = "category"


_COUNTS: Final = {
    "crossings": Category.CROSSING,
    "strikes": Category.STRIKE,
    "clashes": Category.CLASH,
    "others": Category.OTHER,
}
_PEOPLE: Final = tuple(f"{about}_{part}" for about in TOLLS for part in TOLL_TYPES)


def added_up(filters: Filters, table: IncidentTable, layers: Boundaries, *, by: By) -> list[Row]:
    """Return the rows: what they are of, `incidents`, by category, `disputed`, people killed, injured and who crossed.

    Each of the 46 provinces has a row, and so have incidents in no one province; years and months without incidents
    have one between the first and the last that have. `_low` and `_high` are None where nobody states a figure;
    `_split` counts event groups that lie partly in another row, so that rows must not be added up; `_ratio` is the
    highest over the lowest of all claims. Where a choice has several datasets, the figures are the first one's, and
    `killed_low_` and `killed_high_` with a dataset's name are those of each other.
    """
    if by is By.PROVINCE:
        return _by_province(filters, table, layers)
    counts = table.province_months(filters)
    counts = counts.assign(key=_keys(counts, by))
    groups: dict[str, list[Incident]] = defaultdict(list)
    for incident in table.curated(filters):
        groups[_KEYS[by](incident)].append(incident)
    tolls = tolls_by(filters, table, groups, TollsBy(by.value))
    names = _names(counts, by)
    rows = [
        {by.value: name}
        | _counted(counts[counts["key"] == name])
        | tolls.get(name, toll_row((), table))
        | {"toll_rule": table.rule.name}
        for name in names
    ]
    return _aligned(
        [{name: value for name, value in row.items() if by is not By.CATEGORY or name not in _COUNTS} for row in rows]
    )


def everything(filters: Filters, table: IncidentTable) -> Row:
    """Return the row of the whole choice."""
    own = table.curated(filters)
    tolls = tolls_by(filters, table, {"": own} if own else {}, TollsBy.ALL).get("", toll_row((), table))
    return _counted(table.province_months(filters)) | tolls | {"toll_rule": table.rule.name}


def _by_province(filters: Filters, table: IncidentTable, layers: Boundaries) -> list[Row]:
    frame = pd.concat([by_province(filters, table, layers), without_province(filters, table, layers)])
    beside = side_by_side(frame.columns)
    named = ["province_code", "province", "country", "incidents", *_COUNTS, "disputed", *_PEOPLE, *beside]
    plain = frame.reset_index()[named].assign(toll_rule=table.rule.name).astype(object)
    return plain.where(plain.notna(), None).to_dict("records")  # type: ignore[return-value]  # keys are column names


def _counted(counts: pd.DataFrame) -> Row:
    by_category = counts.groupby("category")["incidents"].sum()
    row: Row = {"incidents": int(counts["incidents"].sum())}
    row |= {name: int(by_category.get(category.value, 0)) for name, category in _COUNTS.items()}
    return row | {"disputed": int(counts["disputed"].sum())}


def _aligned(rows: list[Row]) -> list[Row]:
    """Give each row the columns of all: deaths by datasets that one row may have and another not."""
    beside = sorted({name for row in rows for name in side_by_side(row)})
    return [row | {name: row.get(name) for name in beside} for row in rows]


_KEYS: Final[dict[By, Callable[[Incident], str]]] = {
    By.YEAR: lambda incident: f"{incident.date_start:%Y}",
    By.MONTH: lambda incident: f"{incident.date_start:%Y-%m}",
    By.CATEGORY: lambda incident: incident.category.value,
}


def _keys(counts: pd.DataFrame, by: By) -> pd.Series:
    if by is By.CATEGORY:
        return counts["category"]
    return pd.to_datetime(counts["month"]).dt.strftime("%Y" if by is By.YEAR else "%Y-%m")


def _names(counts: pd.DataFrame, by: By) -> list[str]:
    """Return what the rows are of, without gaps."""
    if by is By.CATEGORY:
        return [category.value for category in to_show(Category, set(counts["category"]))]
    days = pd.to_datetime(counts["month"])
    if not len(days):
        return []
    return [str(period) for period in pd.period_range(days.min(), days.max(), freq="Y" if by is By.YEAR else "M")]
