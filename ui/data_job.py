"""An import beside the page: in a thread of its own, told of by what it leaves here, and never touched by Streamlit."""

import time
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from geo.datasets import DataFolder
from geo.errors import DatasetBusyError
from geo.imports.errors import UnreadableError
from geo.imports.prepared import Prepared
from geo.imports.progress import Cancelled, Progress
from geo.imports.report import Report
from geo.imports.run import prepare


class ImportJob:
    """A file on its way into a dataset, up to the question whether it is accepted.

    Parameters
    ----------
    path
        The file.
    folder
        Where the dataset is kept.
    wanted
        Fields of `geo.imports.planned.Wanted`.

    """

    def __init__(self, path: Path, folder: DataFolder, **wanted: Any) -> None:
        self.progress: Progress | None = None
        """How far it has come; None before the first rows are done."""
        self.made: Prepared | None = None
        """What waits to be accepted; None before, where it failed, and once it was left."""
        self.failure: str | None = None
        """Why the file cannot be imported, as a sentence without a full stop."""
        self._path, self._folder, self._wanted = path, folder, wanted
        self._began = time.monotonic()
        self._left, self._lock = Event(), Lock()
        self._thread = Thread(target=self._run, name="import-job", daemon=True)

    def start(self) -> None:
        """Begin, and return at once."""
        self._thread.start()

    @property
    def running(self) -> bool:
        """Tell whether rows are still being read, compared or, after a cancel, cleared away."""
        return self._thread.is_alive()

    @property
    def seconds(self) -> float:
        """Tell how long ago it began."""
        return time.monotonic() - self._began

    @property
    def left(self) -> bool:
        """Tell whether somebody has cancelled it."""
        return self._left.is_set()

    def leave(self) -> None:
        """Stop as soon as the block at work is done, and leave nothing behind; returns at once, may be called again."""
        self._left.set()
        with self._lock:
            if self.made is not None:
                self.made.discard()
                self.made = None

    def wait(self, seconds: float) -> None:
        """Wait until it is done, but no longer."""
        self._thread.join(seconds)

    def accept(self) -> Report:
        """Put the release in its place and return its report.

        Raises DatasetBusyError while somebody else changes the folder for too long, ValueError without a usable row.
        """
        with self._lock:
            if self.made is None:
                raise ValueError("there is nothing to accept")
            return self.made.accept()

    def _run(self) -> None:
        try:
            with suppress(Cancelled):
                made = prepare(self._path, self._folder, progress=self._told, **self._wanted)
                with self._lock:
                    if self.left:
                        made.discard()
                    else:
                        self.made = made
        except UnreadableError as error:
            self.failure = error.reason
        except DatasetBusyError as error:
            self.failure = f"{error}. An import that waits in another tab or window to be accepted holds it, too"
        except OSError as error:
            self.failure = f"it cannot be imported into {self._folder.path}: {error.strerror or error}"

    def _told(self, progress: Progress) -> None:
        if self.left:
            raise Cancelled
        self.progress = progress
