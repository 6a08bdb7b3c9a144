"""A release in the making, and files put in their place whole: a crash leaves what was there, or what was to come."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Self

from filelock import FileLock, Timeout

from geo.datasets.any_folder import DESCRIPTION, RELEASES
from geo.datasets.dataset import Dataset, read_dataset
from geo.incident.errors import DatasetBusyError

# Files put in their place whole: a crash at any moment leaves what was there, or what was to be.


def replace_file(path: Path, text: str) -> None:
    """Put a complete text file in the place of the old one, UTF-8, and see that it stays there."""
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        with new.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    settle_folder(path.parent)


def clear_half_written(path: Path) -> None:
    """Clear away what others that were stopped have left beside a file; whoever calls it holds the file's lock."""
    for left_over in path.parent.glob(f".{path.name}.*.new"):
        left_over.unlink(missing_ok=True)


def settle_folder(folder: Path) -> None:
    """Make names that were added to, or moved within, a folder outlast a power cut."""
    if os.name == "posix":  # elsewhere a folder cannot be opened, and needs no such care
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def settle_files(folder: Path) -> None:
    """Make the content of a folder's files outlast a power cut."""
    for path in folder.iterdir():
        with path.open("rb") as file:
            if os.name == "posix":
                os.fsync(file.fileno())
    settle_folder(folder)


# A release in the making: beside what stands, under a lock, and either put in its place whole or gone.

UNDO_FOR: Final = timedelta(days=7)
"""How long a removed dataset can be restored at least; the first import after that deletes it."""

_STAGED: Final = "staging-"
_LOCKS: Final = ".locks"
_WHOLE: Final = "_"
"""Name of the lock under which what stands is changed; no dataset can have it."""
_PATIENCE_S: Final = 10.0


class Staging:
    """Room for the parts of a release that is not there yet; made by `DataFolder.staging`."""

    def __init__(self, folder: Path, dataset_id: str, lock: FileLock) -> None:
        self._folder, self._id, self._lock = folder, dataset_id, lock
        self.path = folder / dataset_id / f"{_STAGED}{secrets.token_hex(4)}"
        """Where parts, report and rejected rows are written."""
        self.path.mkdir(parents=True)

    def commit(self, dataset: Dataset) -> Dataset:
        """Put the release in its place and return the dataset with its names; the one before stays readable.

        Raises ValueError for another dataset's description, or once the staging is over.
        """
        if dataset.id != self._id or not self._lock.is_locked:
            raise ValueError(f"{dataset.id!r} cannot be committed here; stage it first")
        own = self._folder / self._id
        settle_files(self.path)
        with changing(self._folder):
            before = read_dataset(own / DESCRIPTION)
            name = f"{_number(before) + 1:04d}-{secrets.token_hex(4)}"
            made = dataset.model_copy(update={"release": name, "previous": before and (before.release or None)})
            (own / RELEASES).mkdir(exist_ok=True)
            self.path.rename(own / RELEASES / name)
            settle_folder(own / RELEASES)
            replace_file(own / DESCRIPTION, made.model_dump_json(indent=1) + "\n")
            settle_folder(self._folder)
        _purge(self._folder, self._id)
        self.close()
        return made

    def __enter__(self) -> Self:
        """Stay until the end of the context."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave."""
        self.close()

    def close(self) -> None:
        """Leave; what was not committed is gone. May be called again."""
        if self._lock.is_locked:
            shutil.rmtree(self.path, ignore_errors=True)
            _drop_if_empty(self._folder / self._id)
            self._lock.release()


def stage(folder: Path, dataset_id: str) -> Staging:
    """Begin a release, and clear away what imports that were broken off have left.

    Raises DatasetBusyError while the dataset is being imported by somebody else.
    """
    (folder / _LOCKS).mkdir(parents=True, exist_ok=True)
    lock = _lock(folder, dataset_id)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise DatasetBusyError(dataset_id) from error
    sweep(folder, held=dataset_id)
    return Staging(folder, dataset_id, lock)


@contextmanager
def changing(folder: Path) -> Iterator[None]:
    """Hold what stands in the folder still; raises DatasetBusyError if somebody else does so for too long."""
    (folder / _LOCKS).mkdir(parents=True, exist_ok=True)
    try:
        with _lock(folder, _WHOLE).acquire(timeout=_PATIENCE_S):
            yield
    except Timeout as error:
        raise DatasetBusyError(str(folder)) from error


def sweep(folder: Path, *, held: str) -> None:
    """Delete what imports that were broken off have left; `held` is the dataset whose lock the caller has."""
    for own in [path for path in folder.iterdir() if path.is_dir() and path.name != _LOCKS]:
        lock = _lock(folder, own.name)
        with suppress(Timeout):  # being imported just now
            if own.name != held:
                lock.acquire(timeout=0)
            for left in own.glob(f"{_STAGED}*"):
                shutil.rmtree(left, ignore_errors=True)
            _drop_releases(own)
            _drop_if_empty(own)
            lock.release()


def _purge(folder: Path, dataset_id: str) -> None:
    """Delete releases that nobody reads any more, and datasets removed long ago."""
    _drop_releases(folder / dataset_id)
    for description in folder.glob(f"*/{DESCRIPTION}"):
        with changing(folder):
            found = read_dataset(description)
            if found and found.removed_at and datetime.now(UTC) - found.removed_at > UNDO_FOR:
                description.unlink()
                shutil.rmtree(description.parent, ignore_errors=True)


def _drop_releases(own: Path) -> None:
    """Delete the releases that a dataset's description does not name; all of them without a description."""
    found = read_dataset(own / DESCRIPTION)
    if found is None and (own / DESCRIPTION).exists():
        return  # it cannot be read, so nobody knows what it names
    kept = {found.release, found.previous} if found else set()
    for release in (own / RELEASES).glob("*"):
        if release.name not in kept:
            shutil.rmtree(release, ignore_errors=True)  # a file that is open on Windows goes next time


def _drop_if_empty(own: Path) -> None:
    for path in (own / RELEASES, own):
        with suppress(OSError):  # not empty, or not there
            path.rmdir()


def _lock(folder: Path, name: str) -> FileLock:
    return FileLock(folder / _LOCKS / f"{name}.lock", thread_local=False)


def _number(before: Dataset | None) -> int:
    return int(before.release.split("-")[0]) if before and before.release else 0
