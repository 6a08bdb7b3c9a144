"""Jobs beside the page, and one of them: a file of many incidents, written by a process of its own for the session."""

import json
import os
import subprocess
import tempfile
import time
import weakref
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Event, Thread
from typing import IO, Any, Final

import psutil
import streamlit as st

from geo import COMMAND
from geo.apart import TemporaryFolder, Turns, python, resident, size_of
from geo.export.formats import ExportFormat, file_name
from geo.imports.report import Cancelled
from geo.language.messages import say
from geo.selection import Filters
from geo.store.incident_store import INCIDENTS_FILE
from geo.table.incident_table import IncidentTable

# A file of many incidents written by a process of its own, so that no page waits for it; started, watched and ended.

_WINDOWS: Final = os.name == "nt"
_NO_MEMORY: Final = -9
"""What a process ends with that the kernel has stopped, which it does for want of memory."""


class FileProcess:
    """`python -m geo export` at work, with the words of its command line after `export`."""

    def __init__(self, words: list[str]) -> None:
        self._said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # read, and closed, at the end
        self._process = python(
            ["-m", "geo", "export", *(words if _WINDOWS else map(_as_utf8, words))],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._said,
        )

    def messages(self) -> Iterator[Mapping[str, Any]]:
        """Yield what it says of how far it has come, as it says it."""
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                if line.startswith(b"{"):
                    yield json.loads(line)

    @property
    def memory(self) -> int:
        """Tell how many bytes it holds in memory; 0 where it has ended."""
        try:
            return resident(self._process.pid)
        except psutil.Error:
            return 0

    def end(self) -> None:
        """End it at once, wherever it is; nothing happens where it has ended."""
        self._process.kill()

    def failure(self) -> str:
        """Wait until it has ended and say why it could not write the file; empty if it has."""
        code = self._process.wait()
        with self._said as said:
            said.seek(0)
            return failure_words(code, said.read().decode("utf-8", "replace")) if code else ""


def failure_words(code: int, said: str) -> str:
    r"""Say why a file was not written, by the process's exit code and what it said on standard error.

    >>> failure_words(2, "a fault told before\nargument -o: /tmp/x.csv cannot be written: No space left on device\n")
    'The file cannot be written: No space left on device.'
    >>> failure_words(-9, "")
    'The file cannot be written: there is not enough memory on the server. Choose fewer incidents, or CSV.'
    """
    if code == _NO_MEMORY or "MemoryError" in said:
        return say("file-no-memory")
    last = (said.strip().splitlines() or [say("file-process-ended", code=code)])[-1]
    last = last.removeprefix(say("cli-fault", program=COMMAND, command="export", why=""))
    reason = last.rpartition(": ")[2] if last.startswith("argument -o: ") else last
    return say("file-failed", reason=reason.rstrip("."))


def export_arguments(filters: Filters, rule: str, store: Path, folder: str | None, file: Path) -> list[str]:
    """Return the command-line arguments that export a selection under a rule; no value can be taken for an option.

    >>> export_arguments(Filters(year=(2024, 2025)), "lowest", Path("incidents.geojson"), None, Path("a.csv"))[:2]
    ['--year=2024', '--year=2025']
    """
    words = [f"--{name}={value}" for name, values in filters.to_query().items() for value in values]
    words += [f"--rule={rule}", f"--store={store}", "--progress", f"--output={file}"]
    return words if folder is None else [*words, f"--data={folder}"]


def _as_utf8(word: str) -> bytes:
    """Encode a word as the process reads it, regardless of the server's locale."""
    return word.encode("utf-8", "surrogateescape")


# A file of many incidents in the making: by a process of its own, in a folder that goes with the session.

ZIP_TYPE: Final = "application/zip"


class Job:
    """Work in a thread of its own beside the page, seen by what it leaves in its fields, and never by Streamlit."""

    def __init__(self, name: str) -> None:
        self._began = time.monotonic()
        self._left = Event()
        self._thread = Thread(target=self._run, name=name, daemon=True)

    @property
    def running(self) -> bool:
        """Tell whether it is at work or, after a cancel, cleared away."""
        return self._thread.is_alive()

    @property
    def seconds(self) -> float:
        """Tell how long ago it began."""
        return time.monotonic() - self._began

    @property
    def left(self) -> bool:
        """Tell whether somebody has cancelled it."""
        return self._left.is_set()

    def check_left(self) -> None:
        """Raise Cancelled where somebody has cancelled it."""
        if self.left:
            raise Cancelled

    def wait(self, seconds: float) -> None:
        """Wait until it is done, but no longer."""
        self._thread.join(seconds)

    def _run(self) -> None:
        raise NotImplementedError


_turns: Final = Turns(2)
"""Files in the making on this server: each takes half a gigabyte of memory and more."""
_GB: Final = 2**30
_MOST_MEMORY: Final = 2 * _GB
_MOST_WRITTEN: Final = 2 * _GB


class FileJob(Job):
    """The file of a selection, written to disk so that it never stands in memory before somebody saves it.

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
        self._folder = TemporaryFolder()
        super().__init__("file-job")
        self._words = export_arguments(filters, table.rule.code, store, folder, self._path)
        self._process: FileProcess | None = None
        self._thread.start()

    @property
    def place(self) -> int:
        """Return its place among the files that wait to be made, from 1; 0 where it does not wait."""
        return _turns.place(self)

    @property
    def name(self) -> str:
        """Return what the file is called when it is saved."""
        name = file_name(self._filters, format=self.file_format)
        return f"{name}.zip" if self.file_format.shrinks else name

    @property
    def media_type(self) -> str:
        """Return the media type of what is saved."""
        return ZIP_TYPE if self.file_format.shrinks else self.file_format.media_type

    def is_of(self, filters: Filters, table: IncidentTable) -> bool:
        """Tell whether the file holds what a selection means now."""
        return self._made_of == made_of(filters, table)

    def content(self) -> bytes:
        """Read the file, when somebody saves it."""
        return self._path.read_bytes()

    def leave(self) -> None:
        """End the process and leave nothing behind; returns at once."""
        self._left.set()
        if self._process is not None:
            self._process.end()
        if not self.running:
            self._folder.cleanup()

    @property
    def _path(self) -> Path:
        return self._folder.path / self.name

    def _run(self) -> None:
        try:
            with _turns.turn(self, self.check_left):
                self._began = time.monotonic()
                self._make()
        except Cancelled:
            self._folder.cleanup()
        except OSError as error:
            self.failure = say("file-failed", reason=error.strerror or str(error))

    def _make(self) -> None:
        self._process = process = FileProcess(self._words)
        weakref.finalize(self, process.end)  # when the server ends, before the folder goes
        if self.left:  # while it was started
            process.end()
        stopped = ""
        for said in process.messages():
            self.written = said.get("written", self.written)
            stopped = stopped or self._why_stop(said, process)
            if stopped or self.left:
                process.end()
        failure = process.failure()
        self.check_left()
        self.failure = stopped or failure
        if not self.failure:
            self.written, self.size = self.total, self._path.stat().st_size

    def _why_stop(self, said: Mapping[str, Any], process: FileProcess) -> str:
        """Say why it is not to go on, by what it says and takes; empty if it is."""
        if said.get("data_version", self._made_of[1]) != self._made_of[1]:
            return say("file-changed")
        if size_of(self._folder.path) > _MOST_WRITTEN:
            return say("file-too-large", most=_MOST_WRITTEN // _GB)
        return say("file-no-memory") if process.memory > _MOST_MEMORY else ""


def made_of(filters: Filters, table: IncidentTable) -> tuple[Filters, str, str]:
    """Return what a file is made of: the selection, the data version and the rule."""
    return filters, table.version, table.rule.code


class SessionFile:
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


@st.cache_resource(scope="session", show_spinner=False, on_release=SessionFile.clear)
def session_file() -> SessionFile:
    """Return the session's file; it is cleared when the browser goes."""
    return SessionFile()
