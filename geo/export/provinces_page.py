"""The provinces page as files: the provinces with their numbers, and the counts by year and by category."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import pyarrow as pa

from geo.aggregate.by_period import by_period, dataset_columns, dataset_of, incidents_by_dataset, pivot
from geo.aggregate.by_province import CATEGORY_COLUMNS, RARE_COLUMNS, by_province, side_by_side, without_province
from geo.casualties.measures import MEASURES
from geo.export.csv_format import table_csv
from geo.export.xlsx_format import page_workbook
from geo.incident.vocabulary import borders_in_words
from geo.places.boundaries import Boundaries
from geo.selection.filters import Filters
from geo.table.incident_table import IncidentTable

_PARTS: Final[Mapping[str, str]] = {
    "low": "{}, lowest figure under toll_rule; empty where nobody gives one; not to be added up",
    "high": "{}, highest figure under toll_rule; not to be added up",
    "or_more": "Whether somebody says “at least” the highest figure",
    "ratio": "Highest over lowest of all claims, whatever the rule; empty without a figure or where it is 0",
    "without": "Incidents in the row without a figure of their own under toll_rule",
    "differ": "Incidents of which the accounts name different people, civilians or militants",
}
"""Of each measure of people, by the last part of the column's name."""
_MEANINGS: Final[Mapping[str, str]] = {
    "province_code": "ISO 3166-2; none for the row of incidents in several provinces, or in one that is not known",
    "province": "Its name",
    "country": "ISO 3166-1 alpha-2",
    "incidents": "Incidents that the filters select, by province as reported; one in several stands in the row of each "
    "and in the row none, so that the column adds up to more than there are",
    "in_several": "Of these, incidents that lie in other provinces too; what is claimed of them stands in the row none",
    **{name: f"Of these, {name}" for name in CATEGORY_COLUMNS},
    **dict.fromkeys(RARE_COLUMNS, "Of these, incidents of other kinds; imported datasets alone have them"),
    "disputed": "Of these, contradicted by a party",
    "disputed_share": "disputed / incidents; empty without incidents",
    **{
        f"{about}_{part}": said.format(measure.words)
        for about, measure in MEASURES.items()
        for part, said in _PARTS.items()
    },
    "crossed_flows": "Single figures of people who crossed in the course of a closure or of returns; never added up",
    "cluster_claims": "What is claimed for whole event clusters; in no figure of the row unless it says so",
    "toll_rule": "The rule under which every figure for people in the row was made",
    "area_km2": "Area, square kilometres",
    "border_km": f"Length of its part of {borders_in_words()}, kilometres",
    "per_10000_km2": "incidents per 10,000 square kilometres",
    "per_100_km_border": "incidents per 100 kilometres of border, near the border or not",
    "first": "Day on which the first incident began, or the first that is possible",
    "first_in_words": "When that was, no more exactly than it is known",
    "last": "Day on which the last incident began, or the first that is possible",
    "last_in_words": "When that was, no more exactly than it is known",
    "data_version": "SHA-256 of the data that the row was made from",
}


def provinces_csv(filters: Filters, table: IncidentTable, layers: Boundaries) -> bytes:
    """Write one row per province, and one for incidents that are in no one province."""
    rows = _provinces(filters, table, layers)
    return table_csv(rows)


def provinces_workbook(filters: Filters, table: IncidentTable, layers: Boundaries) -> bytes:
    """Write the provinces, the counts by year and by category, what the columns mean, and the manifest, as XLSX."""
    counts = by_period(filters, table, period="year")
    names = layers.provinces_in_countries()
    laid_out = {
        "by year": pivot(counts, "province_code", "period", names=names),
        "by category": pivot(counts, "province_code", "category", names=names),
        "year by category": pivot(counts, "period", "category", names=names),
    }
    provinces = _provinces(filters, table, layers)
    tables = {"provinces": provinces} | {name: _arrow(frame) for name, frame in laid_out.items()}
    meanings = {"provinces": {name: _meaning(name) for name in provinces.column_names}}
    return page_workbook(tables, meanings, filters, table, layers, rows="provinces")


def _provinces(filters: Filters, table: IncidentTable, layers: Boundaries) -> pa.Table:
    inside, apart = by_province(filters, table, layers), without_province(filters, table)
    rows = pd.concat([inside, apart])
    beside = incidents_by_dataset(filters, table).reindex(rows.index, fill_value=0)
    rows = rows.join(beside).reset_index()
    days: dict[str, Any] = {name: rows[name].dt.date for name in ("first", "last")}
    rows = rows.assign(**days, toll_rule=table.rule.name, data_version=table.version)
    columns = [name for name in _MEANINGS if name not in RARE_COLUMNS or rows[name].any()]
    after_killed = columns.index("killed_differ") + 1
    columns[after_killed:after_killed] = side_by_side(rows.columns)
    after_incidents = columns.index("incidents") + 1
    columns[after_incidents:after_incidents] = dataset_columns(map(str, beside))
    return pa.Table.from_pandas(rows[columns], preserve_index=False)


def _meaning(column: str) -> str:
    """Say what a column means; those of datasets beside the record have their names in theirs."""
    if column in _MEANINGS:
        return _MEANINGS[column]
    if dataset_columns([column]):
        return f"Of these, incidents from {dataset_of(column)}; curated is the record itself"
    end, dataset = column.removeprefix("killed_").split("_", 1)
    figure = {"low": "lowest", "high": "highest"}[end]
    return (
        f"People killed, {figure} figure that {dataset} gives, under toll_rule; may overlap with killed_{end}, "
        "never to be added to it"
    )


def _arrow(frame: pd.DataFrame) -> pa.Table:
    return pa.Table.from_pandas(frame.reset_index(), preserve_index=False)
