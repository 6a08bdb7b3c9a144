"""A file of many incidents in the making: by a process of its own, in a folder that goes with the session."""

import tempfile
import time
import weakref
from pathlib import Path
from threading import Event, Thread
from typing import Any, Final

import streamlit as st

from geo.export import ExportFormat, file_name
from geo.filters import Filters
from geo.store import INCIDENTS_FILE
from geo.table import IncidentTable
from ui.file_process import FileProcess, export_words

_PACKED: Final = (ExportFormat.CSV, ExportFormat.GEOJSON, ExportFormat.GPKG)
"""Formats that a zip makes a fraction of."""
ZIP_TYPE: Final = "application/zip"
_CHANGED: Final = "The incidents have changed since this page was drawn. Reload it, and make the file again."


class FileJob:
    """The file of a choice, written to disk so that it never stands in memory before somebody saves it.

    Parameters
    ----------
    filters, table, file_format
        What is written, under the table's rule.
    store, folder
        Where the process that writes it finds the same incidents: the store's file, and the folder of imported datasets
        if there is one. A file of other incidents than the table's is never offered.

    """

    def __init__(
        self,
        filters: Filters,
        table: IncidentTable,
        file_format: ExportFormat,
        *,
        store: Path = INCIDENTS_FILE,
        folder: str | None = None,
    ) -> None:
        self.file_format = file_format
        self.total = table.count(filters)
        self.written = 0
        """Incidents that are in the file."""
        self.size = 0
        """Of the file as it is saved, in bytes; 0 until it is done."""
        self.failure = ""
        """Why it cannot be written, as a sentence; empty if it can."""
        self._filters = filters
        self._made_of = made_of(filters, table)
        self._folder = tempfile.TemporaryDirectory(prefix="incident-map-", ignore_cleanup_errors=True)
        self._began = time.monotonic()
        self._left = Event()
        words = export_words(filters, table.rule.code, store, folder, self._path)
        self._process = FileProcess(words)
        weakref.finalize(self, self._process.end)  # when the server ends, before the folder goes
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
        """End the process and leave nothing behind; returns at once."""
        self._left.set()
        self._process.end()
        if not self.running:
            self._folder.cleanup()

    def wait(self, seconds: float) -> None:
        """Wait until it is done, but no longer."""
        self._thread.join(seconds)

    @property
    def _path(self) -> Path:
        return Path(self._folder.name, self.name)

    def _run(self) -> None:
        changed = False
        for said in self._process.told():
            self.written = said.get("written", self.written)
            if said.get("data_version", self._made_of[1]) != self._made_of[1]:
                changed = True
                self._process.end()
        failure = self._process.failure()
        if self._left.is_set():
            self._folder.cleanup()
        elif changed:
            self.failure = _CHANGED
        elif failure:
            self.failure = failure
        else:
            self.written, self.size = self.total, self._path.stat().st_size


def made_of(filters: Filters, table: IncidentTable) -> tuple[Filters, str, str]:
    """Return what a file is made of: the choice, the data version and the rule."""
    return filters, table.version, table.rule.code


class Shelf:
    """The one file of many incidents that a session has made or is making."""

    def __init__(self) -> None:
        self.job: FileJob | None = None

    def make(self, filters: Filters, table: IncidentTable, file_format: ExportFormat, **where: Any) -> None:
        """Begin a file in the place of the one before; `where` its incidents are, as FileJob takes it."""
        self.clear()
        self.job = FileJob(filters, table, file_format, **where)

    def clear(self) -> None:
        """Leave nothing behind."""
        if self.job is not None:
            self.job.leave()
        self.job = None


@st.cache_resource(scope="session", show_spinner=False, on_release=Shelf.clear)
def shelf() -> Shelf:
    """Return the session's file; it is cleared when the browser goes."""
    return Shelf()
