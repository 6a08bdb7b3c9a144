"""The import of one session: the uploaded file, background jobs that look at it and import it, and their progress."""

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
from geo.imports.readers.source import Asked
from geo.imports.report import Cancelled, Progress, Report, Stage
from geo.incident.errors import DatasetBusyError, UnreadableError
from geo.language.messages import say
from ui.parts.file_job import Job
from ui.roles import may_edit

# Background jobs: look at an uploaded file, and prepare its import for acceptance.

_READER: Final = prepare_apart.__module__


class LookJob(Job):
    """Looks at the head of a file."""

    def __init__(self, path: Path, name: str, reading: Asked) -> None:
        self.look: Look | None = None
        self.failure = ""
        """Why the file cannot be read, as a sentence without a full stop; empty if it can."""
        self.tables: tuple[str, ...] = ()
        """Names of the tables in the file, if the user has to choose among them."""
        self._path, self._name, self._reading = path, name, reading
        super().__init__("look-job")
        self._thread.start()

    def leave(self) -> None:
        """Cancel the job; returns at once, and may be called again."""
        self._left.set()

    def _run(self) -> None:
        try:
            with suppress(Cancelled):
                self.look = look_apart(self._path, self._reading, name=self._name, stopped=self.check_left)
        except UnreadableError as error:
            self.failure, self.tables = error.reason, error.choices
        except OSError as error:
            self.failure = say("read-failed", error=error.strerror or error)


class ImportJob(Job):
    """The preparation of an import, up to its acceptance.

    Parameters
    ----------
    path
        The file to import.
    folder
        The folder of datasets.
    wanted
        Fields of `geo.imports.pipeline.Wanted`.

    """

    def __init__(self, path: Path, folder: DataFolder, **wanted: Any) -> None:
        self.progress: Progress | None = None
        """Latest progress; None until the first rows are done."""
        self.made: Prepared | None = None
        """The prepared import; None until it is ready, after a failure, and once cancelled."""
        self.failure: str | None = None
        """Why the file cannot be imported, as a sentence without a full stop; None if there was no failure."""
        self._path, self._folder, self._wanted = path, folder, wanted
        super().__init__("import-job")
        self._lock = Lock()

    def anew(self, **otherwise: Any) -> "ImportJob":
        """Return a new job for the same import, not started, with some fields of Wanted replaced."""
        return ImportJob(self._path, self._folder, **(self._wanted | otherwise))

    def start(self) -> None:
        """Start the job; returns at once."""
        self._thread.start()

    def leave(self) -> None:
        """Cancel the job and discard what it prepared; returns at once, and may be called again."""
        self._left.set()
        with self._lock:
            if self.made is not None:
                self.made.discard()
                self.made = None

    def accept(self) -> Report:
        """Put the release in place and return its report.

        Raises DatasetBusyError if somebody else keeps the folder locked for too long, OutdatedError if the dataset has
        changed since, ValueError if there is nothing to accept or no usable row.
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


# The session's state.

PATIENCE_S: Final = 2.0
"""How long the page waits for a look at a file before it shows progress and a cancel button."""
_LONGEST_NAME: Final = 120
Pairing = tuple[LinkedReport, LinkedReport]


@dataclass(slots=True)
class Upload:
    """An uploaded file, copied to a temporary folder under a fixed name."""

    folder: TemporaryFolder
    path: Path
    name: str
    """The user's name of the file, for display; never used as a path."""
    size: int
    """Size in bytes."""
    number: int
    """Number of the upload within the session, part of its widgets' keys."""
    gazetteer: Path | None = None
    """A file of places uploaded with it."""
    reading: Asked = Asked()
    """The user's settings for reading it, in place of detection."""
    _looks: dict[Asked, LookJob] = field(default_factory=dict)

    def look(self) -> LookJob:
        """Look at the head of the file, once per `reading`; waits at most PATIENCE_S on the first call."""
        if self.reading not in self._looks:
            self._looks[self.reading] = LookJob(self.path, self.name, self.reading)
            self._looks[self.reading].wait(PATIENCE_S)
        return self._looks[self.reading]

    def key(self, name: str) -> str:
        """Return the key of a widget for this file with its current `reading`."""
        reading = "-".join(map(str, (*self.reading.tables, self.reading.header_row, self.reading.encoding)))
        return f"data-{name}-{self.number}-{reading}"

    def clear(self) -> None:
        """Cancel all looks and delete the file."""
        for job in self._looks.values():
            job.leave()
        self.folder.cleanup()


@dataclass(slots=True)
class ImportSession:
    """The state of a session's import; only that session's script uses it."""

    upload: Upload | None = None
    job: ImportJob | None = None
    done: Report | None = None
    """Report of the last accepted import, while it is shown."""
    trouble: str | None = None
    """Why the last action failed, shown once."""
    looks: bool = False
    """Whether the user asked to search for possible duplicates, which takes a while in large datasets."""
    focus: str | None = None
    """Key of the button to focus once it is drawn, in place of one that is gone."""
    skipped: list[Pairing] = field(default_factory=list)
    """Pairs of reports that were postponed, latest last."""
    decided: list[Pairing] = field(default_factory=list)
    """Pairs of reports decided in this session, latest last."""
    marked: Pairing | None = None
    """The decision selected in the list, which can be undone."""
    uploads: int = 0
    """Number of files uploaded, which gives each upload widget a new key."""

    def take(self, name: str, content: BinaryIO, *, size: int) -> None:
        """Copy an uploaded file to a temporary folder, replacing any earlier one."""
        self.clear()
        self.done = None
        folder = TemporaryFolder()
        path = folder.path / "upload"
        with path.open("wb") as copy:
            shutil.copyfileobj(content, copy)
        self.uploads += 1
        self.upload = Upload(folder=folder, path=path, name=shown_name(name), size=size, number=self.uploads)

    def check(self, folder: DataFolder, **wanted: Any) -> None:
        """Begin to prepare the import of the file."""
        if self.upload is not None:
            reading = asdict(self.upload.reading)
            self._begin(ImportJob(self.upload.path, folder, name=self.upload.name, **reading, **wanted))

    def accept(self) -> None:
        """Accept the prepared import; raises as `ImportJob.accept`."""
        if self.job is not None:
            self.done = self.job.accept()
            self.job = None
            self.clear()

    def check_again(self, **otherwise: Any) -> None:
        """Prepare the import again, because its dataset has changed or with other settings."""
        if self.job is not None:
            self._begin(self.job.anew(**otherwise))

    def _begin(self, job: ImportJob) -> None:
        self.leave_job()
        self.job = job
        job.start()

    def leave_job(self) -> None:
        """Cancel the import, but keep the file."""
        if self.job is not None:
            self.job.leave()
        self.job, self.done = None, None

    def clear(self) -> None:
        """Discard the file and its import; the report of the last accepted import stays."""
        done = self.done
        self.leave_job()
        if self.upload is not None:
            self.upload.clear()
        self.upload, self.done = None, done

    def close(self) -> None:
        """Discard everything at the end of the session."""
        self.done = None
        self.clear()


def make_ready() -> None:
    """Start the reader process for the next file in advance, as it takes seconds to load its imports."""
    apart.warm(_READER)


def current_import() -> ImportSession:
    """Return the state of the session's import; it is closed when the browser session ends."""
    return _of_session()


@st.cache_resource(scope="session", show_spinner=False, on_release=ImportSession.close)
def _of_session() -> ImportSession:
    return ImportSession()


_Given = ParamSpec("_Given")


def editors_only(change: Callable[_Given, None]) -> Callable[_Given, None]:
    """Run a callback only for editors; others are shown a refusal.

    Decorate every callback that changes what the server stores: hiding its button from viewers does not stop requests
    made without a browser. Discarding one's own upload is allowed to all.
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
    """Take over the uploaded file; the callback of an upload widget with this key."""
    given = st.session_state[key]
    if isinstance(given, UploadedFile):  # after `_forget`, the widget may report a deleted file
        current_import().take(given.name, given, size=given.size)
        _forget(given.file_id)


def shown_name(name: str) -> str:
    r"""Return the last part of a file's name, on one line and of limited length.

    >>> shown_name("../../etc/passwd"), shown_name("C:\\data\\kunar.csv"), shown_name("\n")
    ('passwd', 'kunar.csv', 'file')
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    printable = re.sub(r"\s+", " ", "".join(c if c.isprintable() else " " for c in last)).strip()
    return printable[-_LONGEST_NAME:] or "file"


def _forget(file_id: str) -> None:
    """Free an upload that is on disk by now, which Streamlit would keep in memory until the tab is closed."""
    context = get_script_run_ctx()
    forget = context and getattr(context.uploaded_file_mgr, "remove_file", None)
    if context and forget:
        forget(context.session_id, file_id)


# Progress of the jobs, polled twice a second without rerunning the page.

_EVERY_S: Final = 0.5
_MINUTE_S: Final = 60


@st.fragment(run_every=_EVERY_S)
def look_progress() -> None:
    """Draw the progress of a look at a file, with a cancel button; rerun the page once it is done."""
    upload = current_import().upload
    if upload is None or not upload.look().running:
        st.rerun()
    st.progress(0.0, text=say("import-first-rows", seconds=round(upload.look().seconds)))
    st.button(say("cancel"), key="data-cancel-look", on_click=current_import().clear, icon=":material/close:")


@st.fragment(run_every=_EVERY_S)
def import_progress() -> None:
    """Draw the progress of an import, with a cancel button; rerun the page once it is done."""
    job = current_import().job
    if job is None or not job.running:
        st.rerun()
    progress = job.progress
    done = progress.fraction if progress and progress.stage is Stage.READING else float(progress is not None)
    words = say("import-cancelling") if job.left else progress_words(progress, job.seconds)
    st.progress(done, text=words)
    st.button(say("cancel"), key="data-cancel", on_click=job.leave, disabled=job.left, icon=":material/close:")


def progress_words(progress: Progress | None, seconds: float) -> str:
    """Describe the progress of an import that was begun `seconds` ago.

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
