"""Incidents added up for `aggregate`: one row per province, year, month or category, people under the rule."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, Final

import pandas as pd

from geo.aggregate import TOLLS, by_province, toll_row, without_province
from geo.aggregate.tolls import TOLL_TYPES
from geo.boundaries import Boundaries
from geo.filters import Filters
from geo.incident import Incident
from geo.table import IncidentTable
from geo.vocabulary import Category, Status

Row = dict[str, Any]


class By(StrEnum):
    """What incidents are added up by."""

    PROVINCE = "province"
    YEAR = "year"
    MONTH = "month"
    CATEGORY = "category"


_COUNTS: Final = {"crossings": Category.CROSSING, "strikes": Category.STRIKE, "clashes": Category.CLASH}
_PEOPLE: Final = tuple(f"{about}_{part}" for about in TOLLS for part in TOLL_TYPES)


def added_up(filters: Filters, table: IncidentTable, layers: Boundaries, *, by: By) -> list[Row]:
    """Return the rows: what they are of, `incidents`, by category, `disputed`, people killed, injured and who crossed.

    Each of the 46 provinces has a row, and so have incidents in no one province; years and months without incidents
    have one between the first and the last that have. `_low` and `_high` are None where nobody states a figure;
    `_split` counts event groups that lie partly in another row, so that rows must not be added up; `_ratio` is the
    highest over the lowest of all claims.
    """
    if by is By.PROVINCE:
        return _by_province(filters, table, layers)
    chosen = table.selected(filters)
    key = _KEYS[by]
    groups: dict[str, list[Incident]] = {name: [] for name in _names(chosen, by)}
    for incident in chosen:
        groups[key(incident)].append(incident)
    rows = [{by.value: name} | summed(inside, table) for name, inside in groups.items()]
    return [
        {name: value for name, value in row.items() if by is not By.CATEGORY or name not in _COUNTS} for row in rows
    ]


def _by_province(filters: Filters, table: IncidentTable, layers: Boundaries) -> list[Row]:
    frame = pd.concat([by_province(filters, table, layers), without_province(filters, table, layers)])
    named = ["province_code", "province", "country", "incidents", *_COUNTS, "disputed", *_PEOPLE]
    plain = frame.reset_index()[named].assign(toll_rule=table.rule.name).astype(object)
    return plain.where(plain.notna(), None).to_dict("records")  # type: ignore[return-value]  # keys are column names


def summed(incidents: Sequence[Incident], table: IncidentTable) -> Row:
    """Add up a set of incidents, people under the table's rule."""
    row: Row = {"incidents": len(incidents)}
    for name, category in _COUNTS.items():
        row[name] = sum(incident.category is category for incident in incidents)
    row["disputed"] = sum(incident.status is Status.DISPUTED for incident in incidents)
    return row | toll_row(incidents, table) | {"toll_rule": table.rule.name}


_KEYS: Final[dict[By, Callable[[Incident], str]]] = {
    By.YEAR: lambda incident: f"{incident.date_start:%Y}",
    By.MONTH: lambda incident: f"{incident.date_start:%Y-%m}",
    By.CATEGORY: lambda incident: incident.category.value,
}


def _names(chosen: Sequence[Incident], by: By) -> list[str]:
    """Return what the rows are of, without gaps."""
    if by is By.CATEGORY:
        return [category.value for category in Category]
    days = [incident.date_start for incident in chosen]
    if not days:
        return []
    periods = pd.period_range(min(days), max(days), freq="Y" if by is By.YEAR else "M")
    return [str(period) for period in periods]
