"""What the page of claimants shows, as files."""

from collections.abc import Callable

import streamlit as st

from geo.boundaries import Boundaries
from geo.export.evidence import SHEETS, evidence_csv, evidence_workbook
from geo.export.formats import ExportFormat, file_name
from geo.filters import Filters
from geo.table import IncidentTable


def who_downloads(filters: Filters, table: IncidentTable, layers: Boundaries) -> None:
    """Draw the buttons; a file is made only when it is asked for."""
    st.markdown("## Downloads")
    columns = st.columns(len(SHEETS) + 1)
    for name, column in zip(SHEETS, columns, strict=False):
        with column:
            _button(f"{name.capitalize()} as CSV", name, ExportFormat.CSV, filters, _csv(name, filters, table))
    with columns[-1]:
        _button(
            "All tables as Excel",
            "claimants",
            ExportFormat.XLSX,
            filters,
            lambda: evidence_workbook(filters, table, layers),
        )
    st.caption("All that the filters choose, of every claimant, each figure with its speaker and its source.")


def _csv(name: str, filters: Filters, table: IncidentTable) -> Callable[[], bytes]:
    return lambda: evidence_csv(name, filters, table)


def _button(label: str, name: str, kind: ExportFormat, filters: Filters, write: Callable[[], bytes]) -> None:
    st.download_button(
        label,
        write,
        file_name=file_name(filters, format=kind).replace("incidents", name, 1),
        mime=kind.media_type,
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )
