"""How to cite what is shown: the sources as files, and the choice itself as text to copy."""

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st

from geo.citation import CitationFormat, cite, source_reference, view_reference
from geo.citation.table import sources_csv
from geo.export.formats import ExportFormat, file_name
from geo.filters import Filters
from geo.sources import CitedSource
from ui.filter_bar import link_to_view
from ui.resources import Resources

_FILES: Final = (CitationFormat.BIBTEX, CitationFormat.RIS, CitationFormat.CSL_JSON)


def source_downloads(sources: Sequence[CitedSource], filters: Filters, version: str) -> None:
    """Draw a button for each format; the file holds the sources that are shown."""
    st.markdown("## These sources as files")
    name = file_name(filters, format=ExportFormat.CSV).replace("incidents", "sources", 1).removesuffix("csv")
    for beside, file_format in zip(st.columns(len(_FILES) + 1), (*_FILES, None), strict=True):
        beside.download_button(
            file_format.label if file_format else "CSV",
            data=partial(_file, sources, file_format, version),
            file_name=name + (file_format or "csv"),
            mime=file_format.media_type if file_format else ExportFormat.CSV.media_type,
            key=f"sources-{file_format or 'csv'}",
            on_click="ignore",
            icon=":material/download:",
            disabled=not sources,
            width="stretch",
        )


def cite_view(filters: Filters, found: Resources) -> None:
    """Draw the citation of the choice in a format to copy or to save."""
    st.markdown("## Cite this view")
    chosen = st.segmented_control(
        "Format",
        list(CitationFormat),
        format_func=lambda file_format: file_format.label,
        default=CitationFormat.TEXT,
        required=True,
        key="cite-format",
        persist_state="session",
    )
    file_format = CitationFormat(chosen)
    reference = view_reference(filters, found.table, found.boundaries, link=link_to_view(filters))
    text = cite([reference], format=file_format)
    st.code(text, language=None, wrap_lines=True)
    st.download_button(
        f"Save as {file_format.label}",
        text.encode,
        file_name=f"{reference.key}.{file_format}",
        mime=file_format.media_type,
        key="cite-save",
        on_click="ignore",
        icon=":material/download:",
    )
    st.caption(
        "Names the choice, the rule for people, today as the day of access, and the versions of program, data and "
        "boundaries. Name the claimant with a single number, too, and cite its source."
    )


def _file(sources: Sequence[CitedSource], file_format: CitationFormat | None, version: str) -> bytes:
    if file_format is None:
        return sources_csv(sources, version=version).encode()
    return cite(map(source_reference, sources), format=file_format).encode()
