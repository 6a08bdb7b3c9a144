"""The page on data quality as files."""

from functools import partial

import streamlit as st

from geo.export.formats import ExportFormat, file_name
from geo.export.quality import quality_csv, quality_workbook
from geo.filters import Filters
from ui.resources import Resources


def quality_downloads(filters: Filters, found: Resources) -> None:
    """Draw the buttons; a file is made only when it is asked for."""
    st.markdown("## Downloads")
    csv, excel, _ = st.columns([1, 1, 2])
    files = (
        (csv, "Incidents as CSV", ExportFormat.CSV, partial(quality_csv, filters, found.table)),
        (
            excel,
            "All tables as Excel",
            ExportFormat.XLSX,
            partial(quality_workbook, filters, found.table, found.boundaries),
        ),
    )
    for beside, label, kind, write in files:
        beside.download_button(
            label,
            write,
            file_name=file_name(filters, format=kind).replace("incidents", "quality", 1),
            mime=kind.media_type,
            key=f"quality-{kind}",
            icon=":material/download:",
            on_click="ignore",
            width="stretch",
        )
    st.caption(
        "One row per incident with its precision, voices, sources and first report; the workbook holds the rest."
    )
