"""Many incidents as a file: made when somebody asks, with how far it has come, and then offered with its size."""

import shlex
from typing import Final

import streamlit as st

from geo.claims import RANGE
from geo.errors import TooManyError
from geo.export import ExportFormat, check_count, file_name
from geo.filters import Filters
from geo.table import IncidentTable
from geo.wording import count_words
from ui.file_job import FileJob, shelf
from ui.plain_text import plain
from ui.resources import data_folder, resources, sources

MOST: Final = 2_000_000
"""Incidents in a file that the page offers: a browser takes it over in one piece, some 200 MB."""
_EVERY_S: Final = 0.5
_KEY: Final = "file-of-many"
_OFFERED: Final = (
    *(ExportFormat.CSV, ExportFormat.PARQUET, ExportFormat.GPKG, ExportFormat.GEOJSON),
    ExportFormat.XLSX,
)
_MB: Final = 1_000_000


@st.fragment
def downloads_of_many(filters: Filters) -> None:
    """Draw the choice of a format, and the file that was made of these incidents, or how far it has come."""
    table = resources().table
    total = table.count(filters)
    if total > MOST:
        _command(filters, table, total)
        return
    kept = shelf()
    if kept.job is not None and not kept.job.is_of(filters, table):
        kept.clear()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.selectbox("Format", _OFFERED, format_func=lambda f: f.label, key=f"{_KEY}-format", width=190)
        why_not = _why_not(filters, table, chosen)
        st.button(
            "Make the file",
            key=f"{_KEY}-make",
            icon=":material/draft:",
            on_click=kept.make,
            args=(filters, table, chosen),
            kwargs=sources(),
            disabled=bool(why_not) or bool(kept.job and kept.job.running),
        )
        if kept.job is not None and not kept.job.running:
            _offer(kept.job)
    if kept.job is not None and kept.job.running:
        _progress()
    made = f"{count_words(total, 'incident')}: the file is made on the server, then offered here."
    st.caption(why_not or f"{made} Excel takes the longest: minutes for a million.")


@st.fragment(run_every=_EVERY_S)
def _progress() -> None:
    """Draw how far the file has come, with a way out; runs the page once it is done."""
    kept = shelf()
    job = kept.job
    if job is None or not job.running:
        st.rerun()
    st.progress(min(1.0, job.written / max(job.total, 1)), text=progress_words(job.written, job.total, job.seconds))
    st.button("Cancel", key=f"{_KEY}-cancel", on_click=kept.clear, icon=":material/close:")


def progress_words(written: int, total: int, seconds: float) -> str:
    """Say how far a file has come that began so many seconds ago.

    >>> progress_words(200_000, 1_000_000, 7.4)
    '200,000 of 1,000,000 incidents written, 7 s'
    """
    if written >= total:
        return f"{count_words(total, 'incident')} written; finishing the file, {seconds:.0f} s"
    return f"{written:,} of {count_words(total, 'incident')} written, {seconds:.0f} s"


def _offer(job: FileJob) -> None:
    if job.failure:
        st.error(plain(job.failure))
        return
    st.download_button(
        f"Save {job.file_format.label}: {count_words(job.total, 'incident')}, {max(1, round(job.size / _MB)):,} MB",
        data=job.content,
        file_name=job.name,
        mime=job.media_type,
        key=f"{_KEY}-save",
        on_click="ignore",
        icon=":material/download:",
        type="primary",
    )


def _why_not(filters: Filters, table: IncidentTable, file_format: ExportFormat) -> str:
    """Say why a format cannot hold a choice; empty if it can."""
    try:
        check_count(filters, table, file_format)
    except TooManyError as error:
        why_not = str(error)
        return f"{why_not[0].upper()}{why_not[1:]}."
    return ""


def _command(filters: Filters, table: IncidentTable, total: int) -> None:
    folder, _ = data_folder()
    st.markdown(
        f"{count_words(total, 'incident')} are too many for a file that a browser takes over in one piece, at most "
        f"{MOST:,}. Choose fewer, or have the file written where the map runs, in any format but KML:"
    )
    st.code(command(filters, table.rule.code, folder.place if folder else "DIR"), language=None, wrap_lines=True)


def command(filters: Filters, rule: str, folder: str) -> str:
    """Write the command that exports a choice under a rule, with the datasets of a folder.

    >>> command(Filters(year=(2024, 2025)), "lowest", "my data")
    "python -m geo export --data 'my data' --rule lowest --year 2024 2025 -o incidents-2024-2025.csv"
    """
    words = ["--data", folder, *([] if rule == RANGE.code else ["--rule", rule])]
    for name, values in filters.to_query().items():
        words += [f"--{name}", *values]
    return f"python -m geo export {shlex.join([*words, '-o', file_name(filters, format=ExportFormat.CSV)])}"
