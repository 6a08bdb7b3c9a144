"""A file of many incidents in the making: in a thread of its own, in a folder that goes with the session."""

import tempfile
import time
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import BinaryIO, Final

import streamlit as st

from geo.boundaries import boundaries
from geo.citation import CitationFormat, cite, view_reference
from geo.export import ExportFormat, csv_metadata, export_to, file_name, zipped
from geo.filters import Filters
from geo.table import IncidentTable

_PACKED: Final = (ExportFormat.CSV, ExportFormat.GEOJSON, ExportFormat.GPKG)
"""Formats that a zip makes a fraction of."""
ZIP_TYPE: Final = "application/zip"


class _Left(Exception):  # noqa: N818  # nothing is wrong
    """Somebody has cancelled."""


class FileJob:
    """The file of a choice, written to disk so that it never stands in memory before somebody saves it."""

    def __init__(self, filters: Filters, table: IncidentTable, file_format: ExportFormat) -> None:
        self.file_format = file_format
        self.total = table.count(filters)
        self.written = 0
        """Incidents that are in the file."""
        self.size = 0
        """Of the file as it is saved, in bytes; 0 until it is done."""
        self.failure = ""
        """Why it cannot be written, as a sentence; empty if it can."""
        self._made_of = made_of(filters, table)
        self._filters, self._table = filters, table
        self._folder = tempfile.TemporaryDirectory(prefix="incident-map-", ignore_cleanup_errors=True)
        self._began = time.monotonic()
        self._left = Event()
        self._thread = Thread(target=self._run, name="file-job", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Tell whether it is still being written."""
        return self._thread.is_alive()

    @property
    def seconds(self) -> float:
        """Tell how long ago it began."""
        return time.monotonic() - self._began

    @property
    def name(self) -> str:
        """Return what the file is called when it is saved."""
        name = file_name(self._filters, format=self.file_format)
        return f"{name}.zip" if self.file_format in _PACKED else name

    @property
    def media_type(self) -> str:
        """Return the media type of what is saved."""
        return ZIP_TYPE if self.file_format in _PACKED else self.file_format.media_type

    def is_of(self, filters: Filters, table: IncidentTable) -> bool:
        """Tell whether the file holds what a choice means now."""
        return self._made_of == made_of(filters, table)

    def content(self) -> bytes:
        """Read the file, when somebody saves it."""
        return self._path.read_bytes()

    def leave(self) -> None:
        """Stop at the next part and leave nothing behind; returns at once."""
        self._left.set()
        if not self.running:
            self._folder.cleanup()

    def wait(self, seconds: float) -> None:
        """Wait until it is done, but no longer."""
        self._thread.join(seconds)

    @property
    def _path(self) -> Path:
        return Path(self._folder.name, "file.zip" if self.file_format in _PACKED else f"file.{self.file_format}")

    def _run(self) -> None:
        try:
            with suppress(_Left):
                self._write()
                self.size = self._path.stat().st_size
        except OSError as error:
            self.failure = f"The file cannot be written: {error.strerror or error}."
        finally:
            if self._left.is_set():
                self._folder.cleanup()

    def _write(self) -> None:
        new = Path(self._folder.name, f"file.{self.file_format}")
        export_to(new, self._filters, self._table, boundaries(), format=self.file_format, told=self._told)
        if self.file_format in _PACKED:
            pack(self._path, new, self._filters, self._table, self.file_format)
            new.unlink()

    def _told(self, written: int) -> None:
        self.written = written
        if self._left.is_set():
            raise _Left


def pack(
    file: Path | BinaryIO, contents: Path | bytes, filters: Filters, table: IncidentTable, file_format: ExportFormat
) -> None:
    """Write the zip of an export; beside a CSV it has the description of it."""
    name, described = file_name(filters, format=file_format), None
    if file_format is ExportFormat.CSV:
        citation = cite([view_reference(filters, table, boundaries())], format=CitationFormat.TEXT).strip()
        described = csv_metadata(filters, table, boundaries(), name=name, citation=citation)
    zipped(file, contents, name=name, metadata=described)


def made_of(filters: Filters, table: IncidentTable) -> tuple[Filters, str, str]:
    """Return what a file is made of: the choice, the data version and the rule."""
    return filters, table.version, table.rule.code


class Shelf:
    """The one file of many incidents that a session has made or is making."""

    def __init__(self) -> None:
        self.job: FileJob | None = None

    def make(self, filters: Filters, table: IncidentTable, file_format: ExportFormat) -> None:
        """Begin a file in the place of the one before."""
        self.clear()
        self.job = FileJob(filters, table, file_format)

    def clear(self) -> None:
        """Leave nothing behind."""
        if self.job is not None:
            self.job.leave()
        self.job = None


@st.cache_resource(scope="session", show_spinner=False, on_release=Shelf.clear)
def shelf() -> Shelf:
    """Return the session's file; it is cleared when the browser goes."""
    return Shelf()
