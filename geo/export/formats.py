"""The file formats of an export: their names, media types and file names."""

import re
from enum import StrEnum
from typing import Final

from geo.filters import Filters
from geo.folding import fold

_LONGEST_STEM: Final = 80


class ExportFormat(StrEnum):
    """A format; the value is the ending of the file's name."""

    CSV = "csv"
    GEOJSON = "geojson"
    GPKG = "gpkg"
    XLSX = "xlsx"
    PARQUET = "parquet"
    KML = "kml"

    @property
    def label(self) -> str:
        """Return the name that people know it by."""
        return {"csv": "CSV", "geojson": "GeoJSON", "gpkg": "GeoPackage", "xlsx": "Excel"}.get(
            self.value, self.value.upper() if self is ExportFormat.KML else "GeoParquet"
        )

    @property
    def media_type(self) -> str:
        """Return the media type as registered with IANA."""
        return {
            "csv": "text/csv",
            "geojson": "application/geo+json",
            "gpkg": "application/geopackage+sqlite3",
            "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "parquet": "application/vnd.apache.parquet",
            "kml": "application/vnd.google-earth.kml+xml",
        }[self.value]


def file_name(filters: Filters, *, format: ExportFormat) -> str:  # noqa: A002  # what it is called everywhere
    """Name a file by what is chosen, in letters that every file system takes.

    >>> file_name(Filters(year=(2025,), province=("AF-KHO",)), format=ExportFormat.GPKG)
    'incidents-2025-af-kho.gpkg'
    """
    values = [value for values in filters.to_query().values() for value in values]
    words = re.sub(r"[^a-z0-9]+", "-", fold("-".join(["incidents", *values]))).strip("-")
    return f"{words[:_LONGEST_STEM].rstrip('-')}.{format}"
