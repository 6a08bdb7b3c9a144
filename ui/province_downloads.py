"""What the page of provinces shows, as files."""

from collections.abc import Callable

import streamlit as st

from geo.boundaries import Boundaries
from geo.export.formats import ExportFormat, file_name
from geo.export.provinces import provinces_csv, provinces_workbook
from geo.filters import Filters
from geo.table import IncidentTable


def province_downloads(filters: Filters, table: IncidentTable, layers: Boundaries) -> None:
    """Draw the buttons; a file is made only when it is asked for."""
    st.markdown("## Downloads")
    csv, excel, _ = st.columns([1, 1, 2])
    with csv:
        _button("Provinces as CSV", ExportFormat.CSV, filters, lambda: provinces_csv(filters, table, layers))
    with excel:
        _button("All tables as Excel", ExportFormat.XLSX, filters, lambda: provinces_workbook(filters, table, layers))
    st.caption("Every file says which incidents were chosen, under which rule the tolls stand, and from which data.")


def _button(label: str, kind: ExportFormat, filters: Filters, write: Callable[[], bytes]) -> None:
    st.download_button(
        label,
        write,
        file_name=file_name(filters, format=kind).replace("incidents", "provinces", 1),
        mime=kind.media_type,
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )
