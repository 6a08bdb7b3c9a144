"""What one session imports: a file that was dropped, its import beside the page, and how far that has come."""

import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import wraps
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import Any, BinaryIO, Final, ParamSpec

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.typing import UploadedFile

from geo import apart
from geo.apart import TemporaryFolder
from geo.datasets.folder import DataFolder
from geo.datasets.links import Report as LinkedReport
from geo.imports.pipeline import Look, Prepared, look_apart, prepare_apart
from geo.imports.report import Cancelled, Progress, Report, Stage
from geo.incident.errors import DatasetBusyError, UnreadableError
from geo.language.messages import say
from ui.parts.file_job import Job
from ui.roles import may_edit

# A file that was dropped, looked at and imported beside the page, up to the question whether that is accepted.

_READER: Final = prepare_apart.__module__


class LookJob(Job):
    """A look at the head of a file, or why it cannot be read."""

    def __init__(self, path: Path, name: str, reading: "Reading") -> None:
        self.look: Look | None = None
        self.failure = ""
        """A sentence without a full stop; empty where it can be read."""
        self.tables: tuple[str, ...] = ()
        """Names of the tables in it, where it has to be said which."""
        self._path, self._name, self._reading = path, name, reading
        super().__init__("look-job")
        self._thread.start()

    def leave(self) -> None:
        """Stop, and leave nothing behind; returns at once, may be called again."""
        self._left.set()

    def _run(self) -> None:
        try:
            with suppress(Cancelled):
                wanted = asdict(self._reading)
                self.look = look_apart(self._path, name=self._name, stopped=self.check_left, **wanted)
        except UnreadableError as error:
            self.failure, self.tables = error.reason, error.choices
        except OSError as error:
            self.failure = say("read-failed", error=error.strerror or error)


class ImportJob(Job):
    """A file on its way into a dataset, up to the question whether it is accepted.

    Parameters
    ----------
    path
        The file.
    folder
        Where the dataset is kept.
    wanted
        Fields of `geo.imports.pipeline.Wanted`.

    """

    def __init__(self, path: Path, folder: DataFolder, **wanted: Any) -> None:
        self.progress: Progress | None = None
        """How far it has come; None before the first rows are done."""
        self.made: Prepared | None = None
        """What waits to be accepted; None before, where it failed, and once it was left."""
        self.failure: str | None = None
        """Why the file cannot be imported, as a sentence without a full stop."""
        self._path, self._folder, self._wanted = path, folder, wanted
        super().__init__("import-job")
        self._lock = Lock()

    def anew(self, **otherwise: Any) -> "ImportJob":
        """Return the same import, not begun, perhaps with other fields of Wanted."""
        return ImportJob(self._path, self._folder, **(self._wanted | otherwise))

    def start(self) -> None:
        """Begin, and return at once."""
        self._thread.start()

    def leave(self) -> None:
        """Stop, and leave nothing behind; returns at once, may be called again."""
        self._left.set()
        with self._lock:
            if self.made is not None:
                self.made.discard()
                self.made = None

    def accept(self) -> Report:
        """Put the release in its place and return its report.

        Raises DatasetBusyError while somebody else changes the folder for too long, ValueError without a usable row.
        """
        with self._lock:
            if self.made is None:
                raise ValueError(say("import-nothing-to-accept"))
            return self.made.accept()

    def _run(self) -> None:
        try:
            with suppress(Cancelled):
                made = prepare_apart(
                    self._path, self._folder, progress=self._on_progress, stopped=self.check_left, **self._wanted
                )
                with self._lock:
                    if self.left:
                        made.discard()
                    else:
                        self.made = made
        except UnreadableError as error:
            self.failure = error.reason
        except DatasetBusyError as error:
            self.failure = str(error)
        except OSError as error:
            self.failure = say("import-folder-fault", path=self._folder.path, reason=error.strerror or error)

    def _on_progress(self, progress: Progress) -> None:
        self.progress = progress


# What one session imports: a file that was dropped, its import, and what became of it.

PATIENCE_S: Final = 2.0
"""For which the page waits for a look at a file, before it says that it does and how to leave."""
_LONGEST_NAME: Final = 120
Pairing = tuple[LinkedReport, LinkedReport]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a file is to be read, where that is not detected; fields of `geo.imports.pipeline.Wanted`."""

    tables: tuple[str, ...] = ()
    header_row: int | None = None
    encoding: str | None = None


@dataclass(slots=True)
class Upload:
    """A file that was dropped, copied under a name of our own."""

    folder: TemporaryFolder
    path: Path
    name: str
    """What its owner calls it: to be shown, never a path."""
    size: int
    """In bytes."""
    number: int
    """Of the files of this session, for the keys of widgets that are about this one."""
    gazetteer: Path | None = None
    """Places of its owner's own, beside it."""
    reading: Reading = field(default_factory=Reading)
    _looks: dict[Reading, LookJob] = field(default_factory=dict)

    def look(self) -> LookJob:
        """Look at the head of the file, once for each way to read it; returns when that is done, or takes longer."""
        if self.reading not in self._looks:
            self._looks[self.reading] = LookJob(self.path, self.name, self.reading)
            self._looks[self.reading].wait(PATIENCE_S)
        return self._looks[self.reading]

    def key(self, name: str) -> str:
        """Return the key of a widget that is about this file as it is read now."""
        reading = "-".join(map(str, (*self.reading.tables, self.reading.header_row, self.reading.encoding)))
        return f"data-{name}-{self.number}-{reading}"

    def clear(self) -> None:
        """Leave nothing behind."""
        for job in self._looks.values():
            job.leave()
        self.folder.cleanup()


@dataclass(slots=True)
class ImportSession:
    """The file a session works on; only that session's script touches it."""

    upload: Upload | None = None
    job: ImportJob | None = None
    done: Report | None = None
    """Of the last import that was accepted, while it is shown."""
    trouble: str | None = None
    """Why what was asked for last could not be done, to be shown once."""
    looks: bool = False
    """Whether possible duplicates were asked for, which takes a while for large datasets."""
    focus: str | None = None
    """Key of the button that gets the keyboard once it is drawn, where the one that had it is gone."""
    skipped: list[Pairing] = field(default_factory=list)
    """Pairs of reports that were put off, and those decided, latest last."""
    decided: list[Pairing] = field(default_factory=list)
    marked: Pairing | None = None
    """A decision that can be undone."""
    uploads: int = 0
    """How many files were dropped, so that each place for a file is a new one."""

    def take(self, name: str, content: BinaryIO, *, size: int) -> None:
        """Copy a dropped file to where it can be read from, in the place of the one before."""
        self.clear()
        self.done = None
        folder = TemporaryFolder()
        path = folder.path / "upload"
        with path.open("wb") as copy:
            shutil.copyfileobj(content, copy)
        self.uploads += 1
        self.upload = Upload(folder=folder, path=path, name=shown_name(name), size=size, number=self.uploads)

    def check(self, folder: DataFolder, **wanted: Any) -> None:
        """Begin to import the file, up to the question whether that is accepted."""
        if self.upload is not None:
            reading = asdict(self.upload.reading)
            self._begin(ImportJob(self.upload.path, folder, name=self.upload.name, **reading, **wanted))

    def accept(self) -> None:
        """Put what was checked in its place; raises DatasetBusyError as of `ImportJob.accept`."""
        if self.job is not None:
            self.done = self.job.accept()
            self.job = None
            self.clear()

    def check_again(self, **otherwise: Any) -> None:
        """Begin the import that waits once more: its dataset has changed meanwhile, or something else is wanted."""
        if self.job is not None:
            self._begin(self.job.anew(**otherwise))

    def _begin(self, job: ImportJob) -> None:
        self.leave_job()
        self.job = job
        job.start()

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
            self.upload.clear()
        self.upload, self.done = None, done

    def close(self) -> None:
        """Leave nothing behind; the session is over."""
        self.done = None
        self.clear()


def make_ready() -> None:
    """Start the process that reads the next file in advance: it takes seconds to load what it needs."""
    apart.warm(_READER)


def current_import() -> ImportSession:
    """Return what the session imports; it is cleared when the browser session ends."""
    return _of_session()


@st.cache_resource(scope="session", show_spinner=False, on_release=ImportSession.close)
def _of_session() -> ImportSession:
    return ImportSession()


_Given = ParamSpec("_Given")


def editors_only(change: Callable[_Given, None]) -> Callable[_Given, None]:
    """Let a callback change something only where an editor has called it; a viewer is shown a refusal.

    It stands over every callback that changes what the server keeps: that a viewer sees no button for it keeps out
    nobody who speaks to the server without a browser. Putting one's own file away is left to all.
    """

    @wraps(change)
    def checked(*args: _Given.args, **options: _Given.kwargs) -> None:
        if may_edit():
            change(*args, **options)
        else:
            current_import().trouble = say("role-refused")

    return checked


@editors_only
def take_upload(key: str) -> None:
    """Take what was dropped into a place for files; its callback."""
    given = st.session_state[key]
    if isinstance(given, UploadedFile):  # one that was let go of below may be told of once more
        current_import().take(given.name, given, size=given.size)
        _forget(given.file_id)


def shown_name(name: str) -> str:
    r"""Return the last part of a file's name, on one line and not too long.

    >>> shown_name("../../etc/passwd"), shown_name("C:\\data\\kunar.csv"), shown_name("\n")
    ('passwd', 'kunar.csv', 'file')
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    printable = re.sub(r"\s+", " ", "".join(c if c.isprintable() else " " for c in last)).strip()
    return printable[-_LONGEST_NAME:] or "file"


def _forget(file_id: str) -> None:
    """Let go of an upload that is on disk by now: else the server holds it in memory until the tab is closed."""
    context = get_script_run_ctx()
    forget = context and getattr(context.uploaded_file_mgr, "remove_file", None)
    if context and forget:
        forget(context.session_id, file_id)


# How far the session's import has come, looked at twice a second without running the page.

_EVERY_S: Final = 0.5
_MINUTE_S: Final = 60


@st.fragment(run_every=_EVERY_S)
def look_progress() -> None:
    """Draw that a file is being looked at, with a way out; runs the page once that is done."""
    upload = current_import().upload
    if upload is None or not upload.look().running:
        st.rerun()
    st.progress(0.0, text=say("import-first-rows", seconds=round(upload.look().seconds)))
    st.button(say("cancel"), key="data-cancel-look", on_click=current_import().clear, icon=":material/close:")


@st.fragment(run_every=_EVERY_S)
def import_progress() -> None:
    """Draw the progress with a way out; runs the page once the import is done."""
    job = current_import().job
    if job is None or not job.running:
        st.rerun()
    progress = job.progress
    done = progress.fraction if progress and progress.stage is Stage.READING else float(progress is not None)
    words = say("import-cancelling") if job.left else progress_words(progress, job.seconds)
    st.progress(done, text=words)
    st.button(say("cancel"), key="data-cancel", on_click=job.leave, disabled=job.left, icon=":material/close:")


def progress_words(progress: Progress | None, seconds: float) -> str:
    """Say how far an import has come that began so many seconds ago.

    >>> progress_words(Progress(stage=Stage.READING, rows=100_000, bytes_done=1, bytes_total=4, seconds_left=95), 30)
    '100,000 rows read · 25 % · about 2 minutes left'
    """
    if progress is None:
        return say("import-first-rows", seconds=round(seconds))
    rows = say("import-rows-read", rows=progress.rows)
    if progress.stage is not Stage.READING:
        return say("import-looking", rows=rows)
    left = progress.seconds_left
    return f"{rows} · {progress.fraction:.0%}".replace("%", " %") + (
        say("import-left", time=_left(left)) if left else ""
    )


def _left(seconds: float) -> str:
    if seconds < _MINUTE_S:
        return say("import-about-seconds", seconds=max(1, round(seconds)))
    return say("import-about-minutes", seconds=round(seconds / _MINUTE_S))
