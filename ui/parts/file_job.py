"""Background jobs, and one of them: a file of many incidents, written for a session by a separate process."""

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

# The process that writes the file, so that no page has to wait for it.

_WINDOWS: Final = os.name == "nt"
_NO_MEMORY: Final = -9
"""Return code of a process killed by the kernel, which is taken to mean that memory ran out."""


class FileProcess:
    """A running `python -m geo export`; `words` are the arguments after `export`."""

    def __init__(self, words: list[str]) -> None:
        self._stderr: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # read and closed by `failure`
        self._process = python(
            ["-m", "geo", "export", *(words if _WINDOWS else map(_as_utf8, words))],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
        )

    def messages(self) -> Iterator[Mapping[str, Any]]:
        """Yield its progress messages as they arrive."""
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                if line.startswith(b"{"):
                    yield json.loads(line)

    @property
    def memory(self) -> int:
        """Resident memory in bytes; 0 if it has ended."""
        try:
            return resident(self._process.pid)
        except psutil.Error:
            return 0

    def end(self) -> None:
        """Kill the process; does nothing if it has ended."""
        self._process.kill()

    def failure(self) -> str:
        """Wait until it has ended, and return why it could not write the file; empty if it could."""
        code = self._process.wait()
        with self._stderr as stderr:
            stderr.seek(0)
            return failure_words(code, stderr.read().decode("utf-8", "replace")) if code else ""


def failure_words(code: int, said: str) -> str:
    r"""Say why a file was not written, from the process's exit code and `said`, its standard error.

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
    """Return the command-line arguments that export a selection under a rule; no value can be mistaken for an option.

    >>> export_arguments(Filters(year=(2024, 2025)), "lowest", Path("incidents.geojson"), None, Path("a.csv"))[:2]
    ['--year=2024', '--year=2025']
    """
    words = [f"--{name}={value}" for name, values in filters.to_query().items() for value in values]
    words += [f"--rule={rule}", f"--store={store}", "--progress", f"--output={file}"]
    return words if folder is None else [*words, f"--data={folder}"]


def _as_utf8(word: str) -> bytes:
    """Encode an argument as the process decodes it, regardless of the server's locale."""
    return word.encode("utf-8", "surrogateescape")


# The job: the file is written into a temporary folder that is removed with the session.

ZIP_TYPE: Final = "application/zip"


class Job:
    """Work in a background thread, observed through its attributes; it does not use Streamlit."""

    def __init__(self, name: str) -> None:
        self._began = time.monotonic()
        self._left = Event()
        self._thread = Thread(target=self._run, name=name, daemon=True)

    @property
    def running(self) -> bool:
        """Whether it is at work or, after a cancel, cleaning up."""
        return self._thread.is_alive()

    @property
    def seconds(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self._began

    @property
    def left(self) -> bool:
        """Whether it was cancelled."""
        return self._left.is_set()

    def check_left(self) -> None:
        """Raise Cancelled if it was cancelled."""
        if self.left:
            raise Cancelled

    def wait(self, seconds: float) -> None:
        """Wait until it is done, at most `seconds`."""
        self._thread.join(seconds)

    def _run(self) -> None:
        raise NotImplementedError


_turns: Final = Turns(2)
"""Limits the files being made at once on this server: each takes at least half a gigabyte of memory."""
_GB: Final = 2**30
_MOST_MEMORY: Final = 2 * _GB
_MOST_WRITTEN: Final = 2 * _GB


class FileJob(Job):
    """The file of a selection, written to disk so that it is not in memory until somebody saves it.

    Parameters
    ----------
    filters, table, file_format
        What is written, under the table's rule.
    store, folder
        Where the writing process finds the same incidents: the store's file, and the folder of imported datasets if
        there is one. If their data version differs from the table's, the file is not offered.

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
        """Number of incidents written so far."""
        self.size = 0
        """Size of the finished file in bytes; 0 until it is done."""
        self.failure = ""
        """Why it could not be written, as a sentence; empty if there was no failure."""
        self._filters = filters
        self._made_of = made_of(filters, table)
        self._folder = TemporaryFolder()
        super().__init__("file-job")
        self._words = export_arguments(filters, table.rule.code, store, folder, self._path)
        self._process: FileProcess | None = None
        self._thread.start()

    @property
    def place(self) -> int:
        """Position in the queue of files waiting to be made, from 1; 0 if it is not waiting."""
        return _turns.place(self)

    @property
    def name(self) -> str:
        """Name of the file when saved."""
        name = file_name(self._filters, format=self.file_format)
        return f"{name}.zip" if self.file_format.shrinks else name

    @property
    def media_type(self) -> str:
        """Media type of the file when saved."""
        return ZIP_TYPE if self.file_format.shrinks else self.file_format.media_type

    def is_of(self, filters: Filters, table: IncidentTable) -> bool:
        """Return whether the file is of this selection, data version and rule."""
        return self._made_of == made_of(filters, table)

    def content(self) -> bytes:
        """Read the finished file."""
        return self._path.read_bytes()

    def leave(self) -> None:
        """Cancel the job and remove its files; returns at once."""
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
        weakref.finalize(self, process.end)  # when the server ends, before the folder is removed
        if self.left:  # cancelled while the process was starting
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
        """Return why the process has to be stopped, by its message and use of resources; empty if it may go on."""
        if said.get("data_version", self._made_of[1]) != self._made_of[1]:
            return say("file-changed")
        if size_of(self._folder.path) > _MOST_WRITTEN:
            return say("file-too-large", most=_MOST_WRITTEN // _GB)
        return say("file-no-memory") if process.memory > _MOST_MEMORY else ""


def made_of(filters: Filters, table: IncidentTable) -> tuple[Filters, str, str]:
    """Return what determines a file's content: selection, data version, rule."""
    return filters, table.version, table.rule.code


class SessionFile:
    """The single file of many incidents that a session has made or is making."""

    def __init__(self) -> None:
        self.job: FileJob | None = None

    def make(self, filters: Filters, table: IncidentTable, file_format: ExportFormat, **where: Any) -> None:
        """Begin a new file, replacing any earlier one; `where` is passed on to FileJob."""
        self.clear()
        self.job = FileJob(filters, table, file_format, **where)

    def clear(self) -> None:
        """Cancel the job, if any, and remove its files."""
        if self.job is not None:
            self.job.leave()
        self.job = None


@st.cache_resource(scope="session", show_spinner=False, on_release=SessionFile.clear)
def session_file() -> SessionFile:
    """Return the session's file; it is cleared when the browser session ends."""
    return SessionFile()
