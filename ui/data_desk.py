"""What one session has on its desk: a file that was dropped, its import, and what became of it."""

import re
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.typing import UploadedFile

from geo.datasets import DataFolder
from geo.datasets.links import Report as LinkedReport
from geo.imports.block import Rows
from geo.imports.errors import SeveralTablesError, UnreadableError
from geo.imports.opening import open_rows
from geo.imports.recognise import Recognised, recognise
from geo.imports.rejected import restored
from geo.imports.report import Report
from ui.data_job import ImportJob

_LONGEST_NAME: Final = 120
Pairing = tuple[LinkedReport, LinkedReport]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file whose head was read, or why it cannot be."""

    rows: Rows | None = None
    recognised: Recognised | None = None
    failure: str = ""
    """A sentence without a full stop; empty where it can be read."""
    tables: tuple[str, ...] = ()
    """Names of the tables in it, where one has to be chosen."""


@dataclass(slots=True)
class Upload:
    """A file that was dropped, copied under a name of our own."""

    folder: "tempfile.TemporaryDirectory[str]"
    path: Path
    name: str
    """What its owner calls it: to be shown, never a path."""
    size: int
    """In bytes."""
    number: int
    """Of the files of this session, for the keys of widgets that are about this one."""
    table: str | None = None
    """Which of several tables in it."""
    _opened: dict[str | None, Opened] = field(default_factory=dict)

    def opened(self) -> Opened:
        """Read the head of the file, once for each table in it."""
        if self.table not in self._opened:
            self._opened[self.table] = _opened(self.path, self.name, self.table)
        return self._opened[self.table]


@dataclass(slots=True)
class Desk:
    """The file a session works on; only that session's script touches it."""

    upload: Upload | None = None
    job: ImportJob | None = None
    done: Report | None = None
    """Of the last import that was accepted, while it is shown."""
    trouble: str | None = None
    """Why what was asked for last could not be done, to be told once."""
    looks: bool = False
    """Whether possible duplicates were asked for, which takes a while for large datasets."""
    skipped: list[Pairing] = field(default_factory=list)
    """Pairs of reports that were put off, and those decided, latest last."""
    decided: list[Pairing] = field(default_factory=list)
    uploads: int = 0
    """How many files were dropped, so that each place for a file is a new one."""

    def take(self, name: str, content: BinaryIO, *, size: int) -> None:
        """Copy a dropped file to where it can be read from, in the place of the one before."""
        self.clear()
        self.done = None
        folder = tempfile.TemporaryDirectory(prefix="incident-map-", ignore_cleanup_errors=True)
        path = Path(folder.name, "upload")
        with path.open("wb") as copy:
            shutil.copyfileobj(content, copy)
        self.uploads += 1
        self.upload = Upload(folder=folder, path=path, name=shown_name(name), size=size, number=self.uploads)

    def check(self, folder: DataFolder, **wanted: Any) -> None:
        """Begin to import the file, up to the question whether that is accepted."""
        if self.upload is not None:
            self.leave_job()
            self.job = ImportJob(self.upload.path, folder, name=self.upload.name, table=self.upload.table, **wanted)
            self.job.start()

    def accept(self) -> None:
        """Put what was checked in its place; raises DatasetBusyError as of `ImportJob.accept`."""
        if self.job is not None:
            self.done = self.job.accept()
            self.job = None
            self.clear()

    def leave_job(self) -> None:
        """Go back to the file; an import of it leaves nothing behind."""
        if self.job is not None:
            self.job.leave()
        self.job, self.done = None, None

    def clear(self) -> None:
        """Put the file away; what was accepted stays shown."""
        done = self.done
        self.leave_job()
        if self.upload is not None:
            self.upload.folder.cleanup()
        self.upload, self.done = None, done

    def close(self) -> None:
        """Leave nothing behind; the session is over."""
        self.done = None
        self.clear()


def desk() -> Desk:
    """Return the session's desk; it is cleared when the browser goes."""
    return _of_session()


@st.cache_resource(scope="session", show_spinner=False, on_release=Desk.close)
def _of_session() -> Desk:
    return Desk()


def take_upload(key: str) -> None:
    """Take what was dropped into a place for files; its callback."""
    given = st.session_state[key]
    if isinstance(given, UploadedFile):  # one that was let go of below may be told of once more
        desk().take(given.name, given, size=given.size)
        _forget(given.file_id)


def shown_name(name: str) -> str:
    r"""Return the last part of a file's name, on one line and not too long.

    >>> shown_name("../../etc/passwd"), shown_name("C:\\data\\kunar.csv"), shown_name("\n")
    ('passwd', 'kunar.csv', 'file')
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    printable = re.sub(r"\s+", " ", "".join(c if c.isprintable() else " " for c in last)).strip()
    return printable[-_LONGEST_NAME:] or "file"


def _opened(path: Path, name: str, table: str | None) -> Opened:
    try:
        rows = restored(open_rows(path, name=name, table=table))
    except SeveralTablesError as error:
        return Opened(failure=error.reason, tables=error.choices)
    except UnreadableError as error:
        return Opened(failure=error.reason)
    return Opened(rows=rows, recognised=recognise(rows))


def _forget(file_id: str) -> None:
    """Let go of an upload that is on disk by now: else the server holds it in memory until the tab is closed."""
    context = get_script_run_ctx()
    forget = context and getattr(context.uploaded_file_mgr, "remove_file", None)
    if context and forget:
        forget(context.session_id, file_id)
