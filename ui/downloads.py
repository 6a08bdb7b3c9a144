"""Download buttons for the chosen incidents; a file is made when somebody asks for it."""

import io
from functools import partial
from typing import Final

import streamlit as st

from geo.boundaries import boundaries
from geo.citation.packed import pack
from geo.export import ExportFormat, export, file_name
from geo.filters import Filters
from geo.table import MANY, IncidentTable
from ui.downloads_of_many import downloads_of_many
from ui.file_job import ZIP_TYPE, made_of

_OFFERED: Final = (ExportFormat.CSV, ExportFormat.GEOJSON, ExportFormat.GPKG, ExportFormat.XLSX)
_HELP: Final = {
    ExportFormat.CSV: "One row per incident; zipped with a description of it: the manifest, licence, columns (CSVW)",
    ExportFormat.GEOJSON: "The full record with every claim, and the manifest",
    ExportFormat.GPKG: "Layers with styles for QGIS, claims, sources, provinces and borders, and the manifest",
    ExportFormat.XLSX: "Sheets for incidents, claims, sources, the meaning of columns, and the manifest",
}


def downloads(filters: Filters, table: IncidentTable) -> None:
    """Draw a button for each format; the file holds exactly what the filters choose."""
    if table.count(filters) > MANY:
        downloads_of_many(filters)
        return
    for beside, file_format in zip(st.columns(len(_OFFERED)), _OFFERED, strict=True):
        packed = file_format is ExportFormat.CSV
        name = file_name(filters, format=file_format)
        beside.download_button(
            file_format.label,
            data=partial(_file, file_format, made_of(filters, table), table),
            file_name=f"{name}.zip" if packed else name,
            mime=ZIP_TYPE if packed else file_format.media_type,
            key=f"download-{file_format}",
            on_click="ignore",
            icon=":material/download:",
            help=_HELP[file_format],
            width="stretch",
        )


@st.cache_data(max_entries=32, show_spinner=False)
def _file(file_format: ExportFormat, made_of: tuple[Filters, str, str], _table: IncidentTable) -> bytes:
    """Write a file, which takes up to half a second; `made_of` is the choice, and of what: the cache's key."""
    filters = made_of[0]
    content = export(filters, _table, boundaries(), format=file_format)
    if file_format is not ExportFormat.CSV:
        return content
    packed = io.BytesIO()
    pack(packed, content, filters, _table, name=file_name(filters, format=file_format))
    return packed.getvalue()
