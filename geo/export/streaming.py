"""Files of any number of incidents, written part by part, so that they never stand in memory whole."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from geo.boundaries import Boundaries
from geo.errors import TooManyError
from geo.export.contents import Contents
from geo.export.formats import ExportFormat
from geo.export.geojson import write_geojson
from geo.export.geopackage import write_geopackage
from geo.export.parquet import write_parquet
from geo.export.text import FORMULA_STARTS, to_csv
from geo.export.workbook import check_sheet, write_parts
from geo.filters import Filters
from geo.table import MANY, IncidentTable

_FORMULA: Final = f"^[{''.join(FORMULA_STARTS)}]".replace("-", r"\-")

Told = Callable[[int], None]
"""Who is told how many incidents are written; may raise to stop."""


def write_many(  # noqa: PLR0913  # what there is to say of a file
    filters: Filters,
    table: IncidentTable,
    layers: Boundaries,
    path: Path,
    *,
    format: ExportFormat,  # noqa: A002  # what it is called everywhere
    told: Told | None = None,
) -> None:
    """Write the chosen incidents, however many, to a file that is not there yet.

    Raises TooManyError where the format cannot hold them, and what `told` raises.
    """
    check_count(filters, table, format)
    parts = _telling(Contents.parts(filters, table, layers, format=str(format)), told)
    if format is ExportFormat.GPKG:
        write_geopackage(parts, layers, path)
        return
    with path.open("wb") as file:
        if format is ExportFormat.CSV:
            _write_csv(parts, file)
        elif format is ExportFormat.GEOJSON:
            write_geojson(parts, table.claimants, file)
        elif format is ExportFormat.PARQUET:
            write_parquet(parts, file)
        else:
            write_parts(parts, file)


def _telling(parts: Iterable[Contents], told: Told | None) -> Iterator[Contents]:
    written = 0
    for contents in parts:
        yield contents
        written += len(contents.rows)
        if told is not None:
            told(written)


def check_count(filters: Filters, table: IncidentTable, format: ExportFormat) -> None:  # noqa: A002  # likewise
    """Raise TooManyError where a format cannot hold a choice; of a workbook, every sheet must hold its rows."""
    count = table.count(filters)
    if format is ExportFormat.XLSX:
        own = table.alone().selected(filters)
        each = count - len(own)  # imported incidents have one claim and one source
        check_sheet("incidents", count)
        check_sheet("claims", each + sum(len(incident.claims) for incident in own))
        check_sheet("sources", each + sum(len(incident.sources) for incident in own))
    if format is ExportFormat.KML and count > MANY:
        raise TooManyError(count, MANY, "shown by programs that read KML (write GeoPackage or GeoJSON)")


def _write_csv(parts: Iterable[Contents], file: BinaryIO) -> None:
    """Write the columns of `geo.export.text.to_csv`; what could be a formula gets an apostrophe before it."""
    options = csv.WriteOptions(include_header=False)
    for number, contents in enumerate(parts):
        if number == 0:
            file.write(to_csv(contents))
        else:
            csv.write_csv(_neutral(contents.rows), file, options)


def _neutral(rows: pa.Table) -> pa.Table:
    for at, field in enumerate(rows.schema):
        if pa.types.is_string(field.type):
            texts = rows[field.name]
            harmful = pc.fill_null(pc.match_substring_regex(texts, _FORMULA), fill_value=False)
            mended = pc.if_else(harmful, pc.binary_join_element_wise("'", texts, ""), texts)
            rows = rows.set_column(at, field, mended)
    return rows
