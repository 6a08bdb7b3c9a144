"""The folder of imported datasets, on disk or elsewhere, and how a release is put into one on disk.

    <folder>/<dataset id>/dataset.json                    current state; names its release; replaced atomically
    <folder>/<dataset id>/releases/<release>/             part-00000.parquet …, words-00000.parquet …,
                                                          report.json, rejected.csv
    <folder>/links.json                                   which reports of datasets are the same incident

A release is complete before `dataset.json` names it, and the previous one is kept until the next, so readers never lose
their files: after a crash either the old or the new state is in place.
"""

import hashlib
import os
import secrets
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Self

from filelock import FileLock, Timeout
from platformdirs import user_data_path

from geo import PROGRAM_FOLDER
from geo.datasets.dataset import (
    IMPORT_SCHEMA,
    Content,
    Dataset,
    content_of,
    os_reason,
    parse_dataset,
    read_dataset,
    senseless,
)
from geo.datasets.parts import examine, file_fault, rows_in, state_of
from geo.datasets.word_index import index_fault, index_names
from geo.incident.errors import DatasetBusyError, Fault, OutdatedError, UnknownDatasetError
from geo.language.messages import say

DESCRIPTION: Final = "dataset.json"
LINKS_FILE: Final = "links.json"
RELEASES: Final = "releases"


class AnyFolder(ABC):
    """The imported datasets, on disk or in object storage."""

    place: str
    """Its path or URL, in a form that its user recognises."""
    _remedy: str = "dataset-import-again"
    """Message that says how to repair an invalid description."""

    @abstractmethod
    def described(self) -> Mapping[str, Content]:
        """Return the content of each dataset's `dataset.json`, by folder name, sorted."""

    @abstractmethod
    def links(self) -> Content | None:
        """Return the content of the file of links; None if there is none."""

    @abstractmethod
    def parts(self, dataset: Dataset) -> tuple[str, ...]:
        """Return the Parquet parts of a dataset's release in order, as paths or URLs."""

    @abstractmethod
    def beside(self, dataset: Dataset, name: str) -> Callable[[], bytes] | None:
        """Return a function that reads a file beside the parts, such as the report; None if there is no such file."""

    @abstractmethod
    def words(self, dataset: Dataset) -> tuple[str, ...]:
        """Return the word indexes of a dataset, as paths or URLs; empty if any cannot be used."""

    @abstractmethod
    def _change(self, dataset_id: str, **values: Any) -> Dataset:
        """Replace a dataset's description by a changed one, and return it."""

    def _missing(self, dataset: Dataset) -> str:
        """Return why a dataset cannot be read; empty if it can."""
        del dataset
        return ""

    def _unindexed(self, dataset: Dataset) -> str:
        """Return why a dataset must be searched without its index; empty if it need not."""
        del dataset
        return ""

    def warnings(self) -> tuple[Fault, ...]:
        """Return the faults of datasets that are shown nevertheless."""
        said = ((dataset.id, self._unindexed(dataset)) for dataset in self.active())
        return tuple(Fault(where=where, field="", message=message) for where, message in said if message)

    def examine(self) -> None:  # noqa: B027  # object storage would have to be downloaded whole
        """Find damaged files after a query of the datasets has failed.

        Datasets and indexes that need them are left out from then on, and `version` changes.
        """

    @property
    def version(self) -> str:
        """A hexadecimal hash that changes with the datasets, with which of them are shown, and with the links."""
        digest = hashlib.sha256()
        for name, content in (*self.described().items(), (LINKS_FILE, self.links())):
            if content is not None:
                text = content if isinstance(content, bytes) else type(content).__name__.encode()
                digest.update(f"{name}:{len(text)}\0".encode() + text)
        return digest.hexdigest()

    def datasets(self) -> tuple[Dataset, ...]:
        """Return the datasets, shown or not, by id; unreadable ones are among `faults`."""
        return tuple(dataset for dataset in self._read()[0] if dataset.removed_at is None)

    def active(self) -> tuple[Dataset, ...]:
        """Return the datasets that are shown, by id."""
        return tuple(dataset for dataset in self.datasets() if dataset.enabled)

    def removed(self) -> tuple[Dataset, ...]:
        """Return the removed datasets that can still be restored, by id."""
        return tuple(dataset for dataset in self._read()[0] if dataset.removed_at is not None)

    def faults(self) -> tuple[Fault, ...]:
        """Return a fault for each dataset that cannot be read and is therefore left out."""
        return self._read()[1]

    def dataset(self, dataset_id: str) -> Dataset:
        """Return a dataset, removed or not; raises UnknownDatasetError, also if it cannot be read."""
        datasets, faults = self._read()
        found = {dataset.id: dataset for dataset in datasets}
        if dataset_id not in found:
            fault = next((fault for fault in faults if fault.where == dataset_id), None)
            raise UnknownDatasetError(dataset_id, tuple(found), fault=fault)
        return found[dataset_id]

    def set_enabled(self, dataset_id: str, enabled: bool) -> Dataset:  # noqa: FBT001  # the value to set
        """Show or hide a dataset, and return it as changed; raises UnknownDatasetError."""
        return self._change(dataset_id, enabled=enabled)

    def remove(self, dataset_id: str) -> Dataset:
        """Remove a dataset; it can be restored for some days. Raises UnknownDatasetError."""
        return self._change(dataset_id, removed_at=datetime.now(UTC).replace(microsecond=0))

    def restore(self, dataset_id: str) -> Dataset:
        """Restore a removed dataset; raises UnknownDatasetError."""
        return self._change(dataset_id, removed_at=None)

    def _read(self) -> tuple[list[Dataset], tuple[Fault, ...]]:
        found, faults = [], []
        for name, content in self.described().items():
            dataset = parse_dataset(content)
            if dataset is None or dataset.id != name:
                why = senseless(content) or say("damage-other-name", id=repr(dataset.id if dataset else ""))
                wrong = say("dataset-unreadable", file=DESCRIPTION, why=why, repair=say(self._remedy))
            else:
                wrong = "" if dataset.removed_at else self._missing(dataset)
            if dataset is None or wrong:
                faults.append(Fault(where=name, field="", message=wrong))
            else:
                found.append(dataset)
        return found, tuple(faults)

    def _named(self, dataset_id: str) -> Dataset:
        """Return the description of a dataset, even if its files are damaged; raises UnknownDatasetError."""
        found = parse_dataset(self.described().get(dataset_id, b""))
        return found if found and found.id == dataset_id else self.dataset(dataset_id)


# Atomic replacement of files: a crash at any moment leaves the old or the new one.


def replace_file(path: Path, text: str) -> None:
    """Replace a text file atomically and durably, UTF-8."""
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
    """Delete temporary files left beside a file by interrupted writers; the caller must hold the file's lock."""
    for left_over in path.parent.glob(f".{path.name}.*.new"):
        left_over.unlink(missing_ok=True)


def settle_folder(folder: Path) -> None:
    """Flush a folder's entries to disk, so that new and renamed files survive a power cut."""
    if os.name == "posix":  # elsewhere folders cannot be opened, and need not be
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def settle_files(folder: Path) -> None:
    """Flush a folder's files to disk, so that their content survives a power cut."""
    for path in folder.iterdir():
        with path.open("rb") as file:
            if os.name == "posix":
                os.fsync(file.fileno())
    settle_folder(folder)


# Staging: a release is prepared beside the current one, under a lock, and then moved into place or discarded.

UNDO_FOR: Final = timedelta(days=7)
"""Minimum time for which a removed dataset can be restored; the first import after that deletes it."""

_STAGED: Final = "staging-"
_LOCKS: Final = ".locks"
_WHOLE: Final = "_"
"""Name of the lock for changing the current state; no dataset can have this name."""
_PATIENCE_S: Final = 10.0


class Staging:
    """Workspace for the parts of a new release; returned by `DataFolder.staging`."""

    def __init__(self, folder: Path, dataset_id: str, lock: FileLock) -> None:
        self._folder, self._id, self._lock = folder, dataset_id, lock
        self.path = folder / dataset_id / f"{_STAGED}{secrets.token_hex(4)}"
        """Where parts, report and rejected rows are written."""
        self._own = _lock_of(folder, self.path)
        self._own.acquire(timeout=0)  # while it is held, `sweep` leaves the staging alone
        self.path.mkdir(parents=True)
        self._before = _current(folder / dataset_id)

    def rest(self) -> None:
        """Release the lock on the dataset until the commit, which is refused if the dataset has changed by then."""
        self._lock.release()

    def commit(self, dataset: Dataset) -> Dataset:
        """Move the release into place and return the dataset with its release names; the previous one stays readable.

        Raises ValueError for another dataset's description or after the staging is closed, OutdatedError if the dataset
        has changed since it was staged, and DatasetBusyError while somebody else is importing it.
        """
        if dataset.id != self._id or not self._own.is_locked:
            raise ValueError(dataset.id, "cannot be committed here; stage it first")
        settle_files(self.path)
        _acquire(self._lock, self._id)
        try:
            made = self._put_in_place(dataset)
        except BaseException:
            self.rest()
            raise
        _purge(self._folder, self._id)
        self.close()
        return made

    def _put_in_place(self, dataset: Dataset) -> Dataset:
        own = self._folder / self._id
        with changing(self._folder):
            if _current(own) != self._before:
                raise OutdatedError(self._id)
            before = read_dataset(own / DESCRIPTION)
            name = f"{_number(before) + 1:04d}-{secrets.token_hex(4)}"
            made = dataset.model_copy(update={"release": name, "previous": before and (before.release or None)})
            if before is not None and before.removed_at is None:
                made = made.model_copy(update={"enabled": before.enabled})
            (own / RELEASES).mkdir(exist_ok=True)
            self.path.rename(own / RELEASES / name)
            settle_folder(own / RELEASES)
            replace_file(own / DESCRIPTION, made.model_dump_json(indent=1) + "\n")
            settle_folder(self._folder)
        return made

    def __enter__(self) -> Self:
        """Return the staging."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the staging."""
        self.close()

    def close(self) -> None:
        """Discard what was not committed; may be called again."""
        if self._own.is_locked:
            shutil.rmtree(self.path, ignore_errors=True)
            with suppress(DatasetBusyError):  # the lock's holder drops the folder
                _acquire(self._lock, self._id)
                _drop_if_empty(self._folder / self._id)
            self._lock.release()
            _release(self._own)


def stage(folder: Path, dataset_id: str) -> Staging:
    """Begin a release, and clean up after interrupted imports.

    Raises DatasetBusyError while somebody else is importing the dataset.
    """
    (folder / _LOCKS).mkdir(parents=True, exist_ok=True)
    lock = _lock(folder, dataset_id)
    _acquire(lock, dataset_id)
    sweep(folder, held=dataset_id)
    return Staging(folder, dataset_id, lock)


def _acquire(lock: FileLock, dataset_id: str) -> None:
    """Lock a dataset, unless this lock is held already; raises DatasetBusyError."""
    if not lock.is_locked:
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise DatasetBusyError(dataset_id) from error


def _current(own: Path) -> tuple[str, bool] | None:
    """Return the release that a new one follows, and whether it was removed."""
    found = read_dataset(own / DESCRIPTION)
    return None if found is None else (found.release, found.removed_at is not None)


def _lock_of(folder: Path, staging: Path) -> FileLock:
    """Return the lock held by whoever works in a staging or keeps it waiting; no dataset can have its name."""
    return _lock(folder, f"{staging.parent.name}.{staging.name}")


def _release(lock: FileLock) -> None:
    lock.release()
    with suppress(OSError):
        Path(lock.lock_file).unlink()


@contextmanager
def changing(folder: Path) -> Iterator[None]:
    """Hold the lock on the current state of the folder; raises DatasetBusyError if somebody else holds it too long."""
    (folder / _LOCKS).mkdir(parents=True, exist_ok=True)
    try:
        with _lock(folder, _WHOLE).acquire(timeout=_PATIENCE_S):
            yield
    except Timeout as error:
        raise DatasetBusyError(str(folder)) from error


def sweep(folder: Path, *, held: str = "") -> None:
    """Delete what interrupted imports have left; `held` is the dataset whose lock the caller holds, if any."""
    for own in [path for path in folder.iterdir() if path.is_dir() and path.name != _LOCKS]:
        lock = _lock(folder, own.name)
        with suppress(Timeout):  # being imported
            if own.name != held:
                lock.acquire(timeout=0)
            for left in own.glob(f"{_STAGED}*"):
                with suppress(Timeout):  # waiting to be accepted
                    lock_of_it = _lock_of(folder, left)
                    lock_of_it.acquire(timeout=0)
                    shutil.rmtree(left, ignore_errors=True)
                    _release(lock_of_it)
            _drop_releases(own)
            _drop_if_empty(own)
            lock.release()
    with suppress(Timeout):  # being written
        lock = _lock(folder, _WHOLE)
        lock.acquire(timeout=0)
        for left_over in (*folder.glob(".*.new"), *folder.glob("*/.*.new")):
            left_over.unlink(missing_ok=True)
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
    """Delete the releases not named in a dataset's description; all of them if there is none."""
    found = read_dataset(own / DESCRIPTION)
    if found is None and (own / DESCRIPTION).exists():
        return  # unreadable, so the releases it names are unknown
    kept = {found.release, found.previous} if found else set()
    for release in (own / RELEASES).glob("*"):
        if release.name not in kept:
            shutil.rmtree(release, ignore_errors=True)  # a file that is open on Windows is deleted next time


def _drop_if_empty(own: Path) -> None:
    for path in (own / RELEASES, own):
        with suppress(OSError):  # not empty, or missing
            path.rmdir()


def _lock(folder: Path, name: str) -> FileLock:
    return FileLock(folder / _LOCKS / f"{name}.lock", thread_local=False)


def _number(before: Dataset | None) -> int:
    return int(before.release.split("-")[0]) if before and before.release else 0


# The folder of imported datasets on disk, outside the project.

FOLDER_VARIABLE: Final = "INCIDENT_MAP_DATA"


class DataFolder(AnyFolder):
    """The imported datasets of a folder on disk.

    Parameters
    ----------
    path
        The folder, which need not exist; None for INCIDENT_MAP_DATA, or else the user's data folder.

    Raises
    ------
    ValueError
        The folder lies within the project, which is under version control, or is a URL.

    """

    def __init__(self, path: Path | str | None = None) -> None:
        given = path or os.environ.get(FOLDER_VARIABLE)
        if "://" in str(given):
            raise ValueError(say("dataset-folder-is-address", address=given))
        folder = Path(given) if given else user_data_path("incident-map", appauthor=False) / "datasets"
        self.path = folder.expanduser().resolve()
        self.place = str(self.path)
        if self.path.is_relative_to(PROGRAM_FOLDER):
            raise ValueError(say("dataset-folder-in-project", folder=folder, project=PROGRAM_FOLDER))

    def described(self) -> dict[str, Content]:
        """Return the content of each dataset's `dataset.json`, by folder name, sorted.

        Raises OSError if the folder itself cannot be read.
        """
        try:
            names = sorted(path.name for path in self.path.iterdir() if path.name[:1] != "." and path.is_dir())
        except FileNotFoundError:
            return {}
        found = {name: content_of(self.path / name / DESCRIPTION) for name in names}
        return {name: content for name, content in found.items() if not self._begun(name, content)}

    def _begun(self, name: str, content: Content) -> bool:
        """Tell whether a folder has never held a release, rather than lost its description."""
        return isinstance(content, FileNotFoundError) and not any((self.path / name / RELEASES).glob("*"))

    def links(self) -> Content | None:
        """Return the content of the file of links; None if there is none."""
        found = content_of(self.path / LINKS_FILE)
        return None if isinstance(found, FileNotFoundError) else found

    @property
    def version(self) -> str:
        """A hexadecimal hash that changes with the files of the releases, too."""
        digest = hashlib.sha256(super().version.encode())
        for dataset in filter(None, map(parse_dataset, self.described().values())):
            for path in (*self.files(dataset), *self._indexes(dataset)):
                digest.update(f"{path}:{state_of(path)}\0".encode())
        return digest.hexdigest()

    def parts(self, dataset: Dataset) -> tuple[str, ...]:
        """Return the paths of `files`."""
        return tuple(str(file) for file in self.files(dataset))

    def beside(self, dataset: Dataset, name: str) -> Callable[[], bytes] | None:
        """Return a function that reads a file beside the parts, such as the report; None if there is no such file."""
        path = self.release(dataset) / name
        return path.read_bytes if path.exists() else None

    def files(self, dataset: Dataset) -> tuple[Path, ...]:
        """Return the Parquet parts of a dataset's release, in order."""
        return tuple(sorted(self.release(dataset).glob("part-*.parquet")))

    def words(self, dataset: Dataset) -> tuple[str, ...]:
        """Return the paths of a dataset's word indexes; empty if any cannot be used."""
        return () if any(index_fault(self.files(dataset))) else tuple(map(str, self._indexes(dataset)))

    def _indexes(self, dataset: Dataset) -> tuple[Path, ...]:
        return tuple(self.release(dataset) / name for name in index_names(len(self.files(dataset))))

    def _missing(self, dataset: Dataset) -> str:
        """Return which part of a release is damaged, or that rows are missing."""
        repair, release, rows = say("dataset-import-or-remove"), self.release(dataset), 0
        for part in self.files(dataset):
            why = file_fault(part, IMPORT_SCHEMA)
            if why:
                return say("dataset-damaged", file=part.name, why=why, repair=repair)
            rows += rows_in(part)
        if rows == dataset.rows:
            return ""
        try:
            next(release.iterdir(), None)
        except OSError as error:
            return say("dataset-damaged", file=f"{RELEASES}/{release.name}", why=os_reason(error), repair=repair)
        return say("dataset-lacks-rows", rows=rows, all=dataset.rows, repair=repair)

    def _unindexed(self, dataset: Dataset) -> str:
        name, why = index_fault(self.files(dataset))
        return name and say("dataset-without-index", file=name, why=why, repair=say(self._remedy))

    def examine(self) -> None:
        """Read all files of the shown datasets, and remember which are damaged."""
        examine(path for each in self.active() for path in (*self.files(each), *self._indexes(each)))

    def release(self, dataset: Dataset) -> Path:
        """Return the folder of a dataset's release, with its parts, report and rejected rows."""
        return self.path / dataset.id / RELEASES / dataset.release

    def staging(self, dataset_id: str) -> Staging:
        """Return a workspace for a new release, as a context manager; without a commit, nothing remains on exit.

        Raises DatasetBusyError while somebody else is importing the dataset.
        """
        return stage(self.path, dataset_id)

    def _change(self, dataset_id: str, **values: Any) -> Dataset:
        with changing(self.path):
            changed = self._named(dataset_id).model_copy(update=values)
            replace_file(self.path / changed.id / DESCRIPTION, changed.model_dump_json(indent=1) + "\n")
        return changed
