"""Download buttons for the selected incidents; files are made on request."""

import shlex
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import streamlit as st

from geo import COMMAND
from geo.casualties import RANGE
from geo.citation import Settings, cited_metadata, usable_settings
from geo.export import csv_format
from geo.export.csv_format import metadata_name
from geo.export.formats import ExportFormat, file_name
from geo.export.writing import FORMATS, check_count, export, export_zip
from geo.incident.errors import TooManyError
from geo.language.messages import say
from geo.places.boundaries import boundaries
from geo.selection import Filters
from geo.table.incident_table import MANY, IncidentTable
from ui.parts.components import plain, save_button
from ui.parts.file_job import ZIP_TYPE, FileJob, made_of, session_file
from ui.resources import Resources, data_folder, resources, sources
from ui.roles import may_edit, readable
from ui.standalone import map_file

# Files of many incidents: prepared on request while progress is shown, then offered with their size.

MOST_INCIDENTS: Final = 2_000_000
"""Largest number of incidents in a download; some 200 MB, which the browser receives in one piece."""
_EVERY_S: Final = 0.5
_KEY: Final = "file-of-many"
_OFFERED_OF_MANY: Final = tuple(ending for ending, each in FORMATS.items() if each.most is None or each.most > MANY)
_MB: Final = 1_000_000


@st.fragment
def downloads_of_many(filters: Filters) -> None:
    """Draw the choice of a format, and the file prepared of these incidents or its progress."""
    table = resources().table
    total = table.count(filters)
    if total > MOST_INCIDENTS:
        _command(filters, table, total)
        return
    file = session_file()
    if file.job is not None and not file.job.is_of(filters, table):
        file.clear()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        ending = st.selectbox(
            say("download-format"),
            _OFFERED_OF_MANY,
            format_func=_named,
            key=f"{_KEY}-format",
            width=190,
        )
        chosen = FORMATS[ending]
        why_not = _why_not(filters, table, chosen)
        st.button(
            say("download-make"),
            key=f"{_KEY}-make",
            icon=":material/draft:",
            on_click=file.make,
            args=(filters, table, chosen),
            kwargs=sources(),
            disabled=bool(why_not) or bool(file.job and file.job.running),
        )
        if file.job is not None and not file.job.running:
            _offer(file.job)
    if file.job is not None and file.job.running:
        _progress()
    made = say("download-made", incidents=total)
    st.caption(why_not or say("download-excel", made=made))


def _named(ending: str) -> str:
    label = FORMATS[ending].label
    return say("download-zipped", format=label) if FORMATS[ending].shrinks else label


@st.fragment(run_every=_EVERY_S)
def _progress() -> None:
    """Draw the progress of the file with a cancel button; rerun the page once it is done."""
    file = session_file()
    job = file.job
    if job is None or not job.running:
        st.rerun()
    place = job.place
    said = say("download-waiting", place=place) if place else progress_words(job.written, job.total, job.seconds)
    st.progress(min(1.0, job.written / max(job.total, 1)), text=said)
    st.button(say("cancel"), key=f"{_KEY}-cancel", on_click=file.clear, icon=":material/close:")


def progress_words(written: int, total: int, seconds: float) -> str:
    """Describe the progress of a file, and the seconds since it was begun.

    >>> progress_words(200_000, 1_000_000, 7.4)
    '200,000 of 1,000,000 incidents written, 7 s'
    """
    if written >= total:
        return say("download-finishing", total=total, seconds=round(seconds))
    return say("download-written", written=written, total=total, seconds=round(seconds))


def _offer(job: FileJob) -> None:
    if job.failure:
        st.error(plain(readable(job.failure)))
        return
    label = say(
        "download-save", format=_named(job.file_format.ending), incidents=job.total, mb=max(1, round(job.size / _MB))
    )
    save_button(label, job.content, job.name, job.media_type, key=f"{_KEY}-save", type="primary")


def _why_not(filters: Filters, table: IncidentTable, file_format: ExportFormat) -> str:
    """Return why a format cannot hold a selection; empty if it can."""
    try:
        check_count(filters, table, file_format)
    except TooManyError as error:
        why_not = str(error)
        return f"{why_not[0].upper()}{why_not[1:]}."
    return ""


def _command(filters: Filters, table: IncidentTable, total: int) -> None:
    folder, _ = data_folder()
    st.markdown(say("download-too-many", incidents=total, most=MOST_INCIDENTS))
    place = folder.place if folder and may_edit() else "DIR"
    st.code(command(filters, table.rule.code, place), language=None, wrap_lines=True)


def command(filters: Filters, rule: str, folder: str) -> str:
    """Return the command line that exports a selection under a rule, with the datasets of a folder.

    >>> command(Filters(year=(2024, 2025)), "lowest", "my data")
    "python -m geo export --data 'my data' --rule lowest --year 2024 2025 -o incidents-2024-2025.csv"
    """
    words = ["--data", folder, *([] if rule == RANGE.code else ["--rule", rule])]
    for name, values in filters.to_query().items():
        words += [f"--{name}", *values]
    output = file_name(filters, format=csv_format.FORMAT)
    return shlex.join([*COMMAND.split(), "export", *words, "-o", output])


# Files of at most MANY incidents: one button for each format.

_OFFERED: Final = tuple(each for each in FORMATS.values() if each.offered)
_NOTES: Final = "notes"


def downloads(filters: Filters, table: IncidentTable) -> None:
    """Draw a download button for each format, one for the notes on the CSV, and one for the map as a file."""
    settings = _settings()
    if table.count(filters) > MANY:
        downloads_of_many(filters)
        return
    made = made_of(filters, table)
    csv_name = file_name(filters, format=csv_format.FORMAT)
    files = [
        (each.ending, each.label, _saved_as(filters, each), ZIP_TYPE if each.packed else each.media_type, each.offered)
        for each in _OFFERED
    ]
    notes = (_NOTES, say("download-notes"), metadata_name(csv_name), "application/json", say("download-notes-help"))
    files.insert(_OFFERED.index(csv_format.FORMAT) + 1, notes)
    for what, label, name, media_type, explained in files:
        file = partial(_file, what, made, settings, table)
        save_button(label, file, name, media_type, key=f"download-{what}", help=explained, width="stretch")
    save_button(
        say("download-map"),
        partial(_map_file, made, resources()),
        csv_name.removesuffix(csv_format.FORMAT.ending) + "html",
        "text/html",
        key="download-map",
        help=say("download-map-help"),
        width="stretch",
    )


def files_button(filters: Filters, table: IncidentTable) -> None:
    """Draw a button that opens the downloads of the selection."""
    with st.popover(say("files"), icon=":material/download:", disabled=not table.count(filters)):
        st.markdown(f"**{say('figure-files')}**")
        downloads(filters, table)


def _settings() -> Settings:
    """Return the operator's settings for citations; if they are invalid, warn and return the defaults."""
    settings, fault = usable_settings()
    if fault is not None:
        st.warning(say("download-no-address", fault=plain(readable(str(fault)))))
    return settings


@st.cache_data(max_entries=32, show_spinner=False)
def _file(what: str, made_of: tuple[Filters, str, str], settings: Settings, _table: IncidentTable) -> bytes:
    """Write a file; cached by `made_of`, as this takes up to half a second."""
    filters = made_of[0]
    if what == _NOTES:
        name = file_name(filters, format=csv_format.FORMAT)
        return cited_metadata(filters, _table, name=name, settings=settings)
    write = export_zip if FORMATS[what].packed else export
    return write(filters, _table, boundaries(), format=FORMATS[what])


def _saved_as(filters: Filters, file_format: ExportFormat) -> str:
    name = file_name(filters, format=file_format)
    return f"{name}.zip" if file_format.packed else name


@st.cache_data(max_entries=8, show_spinner=False)
def _map_file(made_of: tuple[Filters, str, str], _found: Resources) -> bytes:
    """Write the map as one file; cached by `made_of`, as this takes some seconds."""
    return map_file(made_of[0], _found)


# Downloads of single pages.


def page_downloads(
    filters: Filters,
    files: Sequence[tuple[str, str, ExportFormat, Callable[[], bytes]]],
    *,
    columns: int | Sequence[int] = (1, 1, 2),
    note: str,
) -> None:
    """Draw a button for each file: label, name in place of `incidents` in the file name, format, and writer."""
    st.markdown(f"## {say('downloads')}")
    for beside, (label, name, kind, write) in zip(st.columns(columns), files, strict=False):
        called = file_name(filters, format=kind).replace("incidents", name, 1)
        with beside:
            save_button(label, write, called, kind.media_type, width="stretch")
    st.caption(note)
