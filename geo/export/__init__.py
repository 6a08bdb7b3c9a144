"""The chosen incidents as a file: CSV, GeoJSON, GeoPackage, XLSX, GeoParquet, KML.

Every format holds the same rows; every one but CSV carries the whole manifest, CSV the rule and the data version.
"""

from geo.boundaries import Boundaries
from geo.export.contents import Contents
from geo.export.formats import ExportFormat, file_name
from geo.export.geojson import to_geojson
from geo.export.geopackage import to_geopackage
from geo.export.kml import to_kml
from geo.export.parquet import to_parquet
from geo.export.text import to_csv
from geo.export.workbook import to_workbook
from geo.filters import Filters
from geo.table import IncidentTable

__all__ = ["ExportFormat", "export", "file_name"]


def export(filters: Filters, table: IncidentTable, layers: Boundaries, *, format: ExportFormat) -> bytes:  # noqa: A002  # what it is called everywhere
    """Return the chosen incidents as a file of a format; an empty choice gives a file without rows."""
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
