"""Download buttons for the chosen incidents; a file is made when somebody asks for it."""

from functools import partial
from typing import Final

import streamlit as st

from geo.boundaries import boundaries
from geo.export import ExportFormat, export, file_name
from geo.filters import Filters
from geo.table import IncidentTable
from ui.resources import resources

_OFFERED: Final = (ExportFormat.CSV, ExportFormat.GEOJSON, ExportFormat.GPKG, ExportFormat.XLSX)
_HELP: Final = {
    ExportFormat.CSV: "One row per incident; names the rule for every figure and the data version",
    ExportFormat.GEOJSON: "The full record with every claim, and the manifest",
    ExportFormat.GPKG: "Layers with styles for QGIS, claims, sources, provinces and borders, and the manifest",
    ExportFormat.XLSX: "Sheets for incidents, claims, sources, the meaning of columns, and the manifest",
}


def downloads(filters: Filters) -> None:
    """Draw a button for each format; the file holds exactly what the filters choose."""
    table = resources().table
    for beside, file_format in zip(st.columns(len(_OFFERED)), _OFFERED, strict=True):
        beside.download_button(
            file_format.label,
            data=partial(_file, filters, file_format, (table.version, table.rule.code), table),
            file_name=file_name(filters, format=file_format),
            mime=file_format.media_type,
            key=f"download-{file_format}",
            on_click="ignore",
            icon=":material/download:",
            help=_HELP[file_format],
            width="stretch",
        )


@st.cache_data(max_entries=32, show_spinner=False)
def _file(filters: Filters, file_format: ExportFormat, made_of: tuple[str, str], _table: IncidentTable) -> bytes:
    """Write a file, which takes up to half a second; `made_of`, the table's version and rule, is the cache's key."""
    del made_of
    return export(filters, _table, boundaries(), format=file_format)
