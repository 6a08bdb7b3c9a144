"""The chosen incidents as a file: CSV, GeoJSON, GeoPackage, XLSX, GeoParquet, KML.

Every format holds the same rows; every one but CSV carries the whole manifest, CSV the rule and the data version. What
a CSV cannot say stands in a description beside it.
"""

from pathlib import Path

from geo.boundaries import Boundaries
from geo.export.contents import Contents
from geo.export.csvw import csv_metadata, metadata_name, zipped
from geo.export.formats import ExportFormat, file_name
from geo.export.geojson import to_geojson
from geo.export.geopackage import to_geopackage
from geo.export.kml import to_kml
from geo.export.parquet import to_parquet
from geo.export.streaming import Told, check_count, write_many
from geo.export.text import to_csv
from geo.export.workbook import to_workbook
from geo.filters import Filters
from geo.table import MANY, IncidentTable

__all__ = [
    "ExportFormat",
    "Told",
    "check_count",
    "csv_metadata",
    "export",
    "export_to",
    "file_name",
    "metadata_name",
    "zipped",
]


def export(filters: Filters, table: IncidentTable, layers: Boundaries, *, format: ExportFormat) -> bytes:  # noqa: A002  # what it is called everywhere
    """Return the chosen incidents as a file of a format; an empty choice gives a file without rows.

    Raises TooManyError for more than MANY; `export_to` writes these.
    """
    contents = Contents.of(filters, table, layers, format=str(format))
    if format is ExportFormat.GPKG:
        return to_geopackage(contents, layers)
    write = {
        ExportFormat.CSV: to_csv,
        ExportFormat.GEOJSON: to_geojson,
        ExportFormat.XLSX: to_workbook,
        ExportFormat.PARQUET: to_parquet,
        ExportFormat.KML: to_kml,
    }
    return write[format](contents)


def export_to(  # noqa: PLR0913  # what there is to say of a file
    path: Path,
    filters: Filters,
    table: IncidentTable,
    layers: Boundaries,
    *,
    format: ExportFormat,  # noqa: A002  # what it is called everywhere
    told: Told | None = None,
) -> None:
    """Write the chosen incidents, however many, to a file that is not there yet, in bounded memory.

    `told` is called as parts are written, and may raise. Raises TooManyError where the format cannot hold them: KML for
    more than MANY, XLSX for more than a sheet holds.
    """
    if table.count(filters) > MANY:
        write_many(filters, table, layers, path, format=format, told=told)
    else:
        path.write_bytes(export(filters, table, layers, format=format))
