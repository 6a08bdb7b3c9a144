"""The provinces page as files: the provinces with their numbers, and the counts by year and by category."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import pyarrow as pa

from geo.aggregate import by_period, by_province, pivot, side_by_side, without_province
from geo.boundaries import Boundaries
from geo.export.about import about_lines, export_manifest
from geo.export.formats import ExportFormat
from geo.export.text import csv_text
from geo.export.workbook import write_book
from geo.filters import Filters
from geo.table import IncidentTable

_MEANINGS: Final[Mapping[str, str]] = {
    "province_code": "ISO 3166-2; none for incidents in several provinces, or in one that is not known",
    "province": "Its name",
    "country": "ISO 3166-1 alpha-2",
    "incidents": "Incidents that the filters choose, by the province that the record reports",
    "crossings": "Of these, crossings",
    "strikes": "Of these, strikes",
    "clashes": "Of these, clashes",
    "others": "Of these, incidents of other kinds; imported datasets alone have them",
    "disputed": "Of these, contradicted by a party",
    "disputed_share": "disputed / incidents; empty without incidents",
    **{
        f"{about}_{end}": meaning
        for about in ("killed", "injured", "crossed")
        for end, meaning in (
            ("low", f"People {about}, lowest figure under toll_rule; empty where nobody gives one; not to be added up"),
            ("high", f"People {about}, highest figure under toll_rule; not to be added up"),
            ("or_more", "Whether somebody says “at least” the highest figure"),
            ("ratio", "Highest over lowest of all claims, whatever the rule; empty without a figure or where it is 0"),
            ("split", "Wider events whose whole toll is counted though only a part of them is in the row"),
        )
    },
    "toll_rule": "The rule under which every figure for people in the row was made",
    "area_km2": "Area, square kilometres",
    "border_km": "Length of its part of the Durand Line and the Afghan–Tajik border, kilometres",
    "per_10000_km2": "incidents per 10,000 square kilometres",
    "per_100_km_border": "incidents per 100 kilometres of border, near the border or not",
    "first": "Day on which the first incident began",
    "last": "Day on which the last incident began",
    "data_version": "SHA-256 of the data that the row was made from",
}


def provinces_csv(filters: Filters, table: IncidentTable, layers: Boundaries) -> bytes:
    """Write one row per province, and one for incidents that are in no one province."""
    rows = _provinces(filters, table, layers)
    return csv_text(rows.column_names, (row.values() for row in rows.to_pylist())).encode()


def provinces_workbook(filters: Filters, table: IncidentTable, layers: Boundaries) -> bytes:
    """Write the provinces, the counts by year and by category, what the columns mean, and the manifest, as XLSX."""
    counts = by_period(filters, table, period="year")
    names = layers.provinces_in_countries()
    laid_out = {
        "by year": pivot(counts, "province_code", "period", names=names),
        "by category": pivot(counts, "province_code", "category", names=names),
        "year by category": pivot(counts, "period", "category", names=names),
    }
    made = export_manifest(filters, table, layers, format=str(ExportFormat.XLSX), rows="provinces")
    provinces = _provinces(filters, table, layers)
    return write_book(
        {"provinces": provinces} | {name: _arrow(frame) for name, frame in laid_out.items()},
        meanings={"provinces": {name: _meaning(name) for name in provinces.column_names}},
        about=about_lines(filters, table, layers, made),
        credit=made["credit"],
    )


def _provinces(filters: Filters, table: IncidentTable, layers: Boundaries) -> pa.Table:
    inside, apart = by_province(filters, table, layers), without_province(filters, table, layers)
    rows = pd.concat([inside, apart]).reset_index()
    days: dict[str, Any] = {name: rows[name].dt.date for name in ("first", "last")}
    rows = rows.assign(**days, toll_rule=table.rule.name, data_version=table.version)
    columns = [name for name in _MEANINGS if name != "others" or rows["others"].any()]
    after_killed = columns.index("killed_split") + 1
    columns[after_killed:after_killed] = side_by_side(rows.columns)
    return pa.Table.from_pandas(rows[columns], preserve_index=False)


def _meaning(column: str) -> str:
    """Say what a column means; those of datasets beside the record have their names in theirs."""
    if column in _MEANINGS:
        return _MEANINGS[column]
    end, dataset = column.removeprefix("killed_").split("_", 1)
    figure = {"low": "lowest", "high": "highest"}[end]
    return (
        f"People killed, {figure} figure that {dataset} gives, under toll_rule; about the same people as killed_{end}"
    )


def _arrow(frame: pd.DataFrame) -> pa.Table:
    return pa.Table.from_pandas(frame.reset_index(), preserve_index=False)
