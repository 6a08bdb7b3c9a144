"""Imported datasets in object storage: file access through fsspec, range reads for DuckDB, and their folder."""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import url2pathname

from fsspec import AbstractFileSystem, filesystem
from fsspec.core import split_protocol

from geo.datasets.dataset import Content, Dataset, Part, parse_dataset
from geo.datasets.folder import DESCRIPTION, FOLDER_VARIABLE, LINKS_FILE, RELEASES, AnyFolder, DataFolder
from geo.datasets.links import read_links
from geo.datasets.word_index import index_names
from geo.incident.errors import Fault, StorageError
from geo.language.messages import say

# Files at a URL in object storage, through fsspec; failures are reported in a sentence. Credentials come from the
# environment and from the files of the storage's own tools; none are kept here.

ADDRESS: Final = "://"
_TIMEOUT_S: Final = 30.0
"""Timeout for small requests; reachable storage answers in tenths of a second."""
_PATTERN: Final = frozenset("*?[")
_REMOTE_ERRORS: Final = (
    ("botocore.exceptions", "BotoCoreError"),
    ("botocore.exceptions", "ClientError"),
    ("aiohttp", "ClientError"),
    ("google.auth.exceptions", "GoogleAuthError"),
    ("gcsfs.retry", "HttpError"),
    ("azure.core.exceptions", "AzureError"),
)
"""What remote reads raise besides OSError; only modules in use are loaded."""


class Storage:
    """The files below a URL; raises StorageError for any failure of the storage.

    Raises ValueError for an invalid URL.
    """

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        protocol = split_protocol(self.address)[0]
        if not protocol or "::" in protocol or _PATTERN & set(self.address):
            raise ValueError(say("storage-no-address", address=address))
        with naming_address(self.address):
            self._system = system_of(protocol)
            self._root = self._system._strip_protocol(self.address)  # noqa: SLF001  # fsspec's own caches call it too

    def folders(self) -> list[str]:
        """Return the names of the folders directly below, sorted; empty if there is nothing."""
        return sorted(name for name, about in self._listed("").items() if about["type"] == "directory")

    def sizes(self, folder: str) -> dict[str, int]:
        """Return the sizes in bytes of the files directly in a folder, by name; empty if there is nothing."""
        return {name: about["size"] for name, about in self._listed(folder).items() if about["type"] == "file"}

    def read(self, names: Iterable[str]) -> dict[str, bytes]:
        """Return the contents of files, fetched concurrently, by name; missing files are left out."""
        paths = {self._path(name): name for name in names}
        if not paths:
            return {}
        with naming_address(self.address):
            found = self._ask("cat", list(paths), on_error="return")
        read = {}
        for path, content in found.items():
            if isinstance(content, bytes):
                read[paths[path]] = content
            elif not _absent(content):
                with naming_address(f"{self.address}/{paths[path]}"):
                    raise content
        return read

    def write(self, name: str, content: bytes) -> None:
        """Write a small file; in object storage this is atomic."""
        with naming_address(f"{self.address}/{name}"):
            self._ask("pipe_file", self._path(name), content)

    def put(self, name: str, file: Path) -> None:
        """Upload a file of any size."""
        with naming_address(f"{self.address}/{name}"):
            self._system.put_file(str(file), self._path(name))

    def drop(self, folder: str) -> None:
        """Delete a folder and its contents."""
        with naming_address(f"{self.address}/{folder}"):
            self._system.rm(self._path(folder), recursive=True)

    def _listed(self, folder: str) -> dict[str, Mapping[str, Any]]:
        """List a folder; the file system caches the listing, so that opening its files needs no further request."""
        path = self._path(folder)
        with naming_address(self.address):
            self._system.invalidate_cache(path)
            try:
                found = self._ask("ls", path, detail=True)
            except OSError as error:
                if not _absent(error):
                    raise
                found = []
        return {about["name"].rstrip("/").rsplit("/", 1)[-1]: about for about in found}

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}".rstrip("/")

    def _ask(self, method: str, *values: Any, **options: Any) -> Any:
        patience = {"timeout": _TIMEOUT_S} if self._system.async_impl else {}
        return getattr(self._system, method)(*values, **options, **patience)


def is_address(place: object) -> bool:
    """Tell whether a place is a URL (s3://bucket/folder) rather than a path.

    >>> is_address("s3://bucket/folder"), is_address("C:/datasets"), is_address(None)
    (True, False, False)
    """
    return ADDRESS in str(place)


def system_of(protocol: str) -> AbstractFileSystem:
    """Return the shared file system for a protocol; raises ImportError or ValueError."""
    try:
        return filesystem(protocol)
    except ValueError as error:
        raise ValueError(say("storage-no-protocol", error=error)) from error


@contextmanager
def naming_address(place: str) -> Iterator[None]:
    """Raise errors within the context as StorageError with this URL."""
    try:
        yield
    except StorageError:
        raise
    except remote_errors() as error:
        raise StorageError(place, _reason(error)) from error


def storage_error(error: Exception) -> StorageError | None:
    """Return the StorageError behind a DuckDB error; None if it is not about storage."""
    found = re.search(rf"{StorageError.__name__}: (\S+): (.+)", str(error))
    return StorageError(found[1], found[2].strip()) if found else None


def remote_errors() -> tuple[type[BaseException], ...]:
    """Return the exception types of remote reads; called only after one was raised."""
    loaded = [(sys.modules[module], name) for module, name in _REMOTE_ERRORS if module in sys.modules]
    return (OSError, ImportError, *(getattr(module, name) for module, name in loaded))


def _absent(error: object) -> bool:
    """Tell whether a file or folder, rather than its bucket, is missing."""
    return isinstance(error, FileNotFoundError) and "bucket does not exist" not in str(error).lower()


def _reason(error: BaseException) -> str:
    """Return a sentence, without a full stop, on why an operation failed and what to do."""
    said = " ".join(str(error).split()) or type(error).__name__
    match error:
        case ImportError():
            return say("storage-not-installed", error=said)
        case FileNotFoundError() if _absent(error):
            return say("storage-file-missing")
        case FileNotFoundError():
            return say("storage-no-bucket")
        case TimeoutError():
            said = say("storage-within", seconds=round(_TIMEOUT_S))
    if isinstance(error, PermissionError) or "credentials" in said.lower():
        said = say("storage-denied", error=said)
    elif isinstance(error, TimeoutError) or "connect" in said.lower():
        said = say("storage-no-answer", error=said)
    return said


# Parts in object storage as DuckDB reads them: only the ranges it asks for.


def range_readers(files: Iterable[str]) -> list[AbstractFileSystem]:
    """Return a file system for each protocol among some paths."""
    return [Ranges(protocol) for protocol in sorted({split_protocol(name)[0] or "" for name in files} - {""})]


class Ranges(AbstractFileSystem):  # type: ignore[misc]  # fsspec has no types
    """A file system that does not read ahead.

    DuckDB knows from the footer of a part which ranges it needs; the default read-ahead fetched twenty times the bytes.
    Sizes come from the last listing, since parts never change.
    """

    cachable = False

    def __init__(self, protocol: str) -> None:
        super().__init__()
        self.protocol = protocol
        with naming_address(f"{protocol}://"):
            self._system = system_of(protocol)

    def info(self, path: str, **options: Any) -> Any:
        """Return size and type of a file."""
        with naming_address(self._address(path)):
            return self._system.info(path, **options)

    def modified(self, path: str) -> Any:
        """Return when a file was last modified."""
        with naming_address(self._address(path)):
            return self._system.modified(path)

    def ls(self, path: str, detail: bool = True, **options: Any) -> Any:  # noqa: FBT001, FBT002  # fsspec's signature
        """List a folder."""
        with naming_address(self._address(path)):
            return self._system.ls(path, detail=detail, **options)

    def glob(self, path: str, **_: Any) -> list[str]:
        """Return the path unchanged: a check for existence would hide why it cannot be read."""
        return [path]

    def _open(self, path: str, mode: str = "rb", **_: Any) -> Any:
        address = self._address(path)
        with naming_address(address):
            return _Part(self._system.open(path, mode, cache_type="none"), address)

    def _address(self, path: str) -> str:
        return path if "://" in path else f"{self.protocol}://{path.lstrip('/')}"


class _Part:
    """An open part that adds its URL to errors."""

    def __init__(self, file: Any, address: str) -> None:
        self._file, self._address = file, address

    def read(self, size: int = -1) -> Any:
        with naming_address(self._address):
            return self._file.read(size)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


# Imported datasets in object storage, as uploaded by `publish`, with the same layout as on disk. The state is refreshed
# after some seconds, by one listing and one concurrent read of all descriptions. If that fails, the last known state
# remains in use, and `trouble` holds the error.

LOOK_AGAIN_S: Final = 10.0
"""Seconds for which a change there may go unnoticed: a look takes two requests in sequence."""
_RETRY_S: Final = 60.0
"""Seconds to wait after a failure, since unreachable storage would delay every step by seconds."""
_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """State at the last look."""

    described: Mapping[str, bytes]
    links: bytes | None
    releases: Mapping[str, Mapping[str, int]]
    """File sizes in bytes, by name, of each release that is named and not removed."""


class StoredFolder(AnyFolder):
    """The imported datasets at a URL; may be shared between threads.

    Its methods raise StorageError until a first look has succeeded.

    Parameters
    ----------
    address
        URL for fsspec, such as s3://bucket/folder; the bucket must exist, the folder need not.
    look_again_s
        Seconds for which the last known state is used.

    Raises
    ------
    StorageError
        The library for this kind of URL is not installed.
    ValueError
        It is not a URL.

    """

    _remedy = "dataset-publish-again"

    def __init__(self, address: str, *, look_again_s: float = LOOK_AGAIN_S) -> None:
        self.storage = Storage(address)
        self.place = self.storage.address
        self.trouble: StorageError | None = None
        """Why the last look failed; None if it succeeded."""
        self._look_again_s = look_again_s
        self._seen: _Seen | None = None
        self._due = 0.0
        self._lock = Lock()

    def described(self) -> Mapping[str, Content]:
        """Return the content of each dataset's `dataset.json`, by folder name, sorted."""
        return self._now().described

    def links(self) -> Content | None:
        """Return the content of the file of links; None if there is none."""
        return self._now().links

    def parts(self, dataset: Dataset) -> tuple[str, ...]:
        """Return the URLs of the Parquet parts of a dataset's release, in order."""
        names = [part.name for part in dataset.parts] or sorted(self._listed(dataset))
        release = f"{self.place}/{release_of(dataset)}"
        return tuple(f"{release}/{name}" for name in names if _is_part(name))

    def beside(self, dataset: Dataset, name: str) -> Callable[[], bytes] | None:
        """Return a function that reads a file beside the parts, such as the report; None if there is no such file."""
        if name not in self._listed(dataset):
            return None
        path = f"{release_of(dataset)}/{name}"
        return lambda: self.storage.read([path])[path]

    def words(self, dataset: Dataset) -> tuple[str, ...]:
        """Return the URLs of a dataset's word indexes; empty if any is missing or incomplete."""
        indexes = self._indexes(dataset)
        if any(self._lacking(dataset, name) for name in indexes):
            return ()
        return tuple(f"{self.place}/{release_of(dataset)}/{name}" for name in indexes)

    def _indexes(self, dataset: Dataset) -> tuple[str, ...]:
        return index_names(len(self.parts(dataset)))

    def named(self, dataset_id: str) -> Dataset | None:
        """Return the description of a dataset, even if parts are missing; None if there is none."""
        return parse_dataset(self.described().get(dataset_id, b""))

    def _listed(self, dataset: Dataset) -> Mapping[str, int]:
        return self._now().releases.get(release_of(dataset), {})

    def look_again(self) -> None:
        """Refresh the state at the next question."""
        self._due = 0.0

    def _missing(self, dataset: Dataset) -> str:
        """Return which part of a release is missing or incomplete."""
        lacking = (self._lacking(dataset, part.name) for part in dataset.parts if _is_part(part.name))
        wrong = next(filter(None, lacking), "")
        if not wrong and dataset.rows and not any(map(_is_part, self._listed(dataset))):
            return say("dataset-no-part-there", release=release_of(dataset), place=self.place)
        return wrong and say("dataset-incomplete", what=wrong, place=self.place, repair=say(self._remedy))

    def _unindexed(self, dataset: Dataset) -> str:
        wrong = next(filter(None, (self._lacking(dataset, name) for name in self._indexes(dataset))), "")
        return wrong and say("dataset-incomplete-index", what=wrong, place=self.place, repair=say(self._remedy))

    def _lacking(self, dataset: Dataset, name: str) -> str:
        """Return that a file of a release is missing or incomplete; empty if it is neither."""
        sizes, there = {part.name: part.size for part in dataset.parts}, self._listed(dataset)
        path = f"{release_of(dataset)}/{name}"
        if name not in there:
            return say("dataset-file-missing", file=path)
        return say("dataset-file-not-whole", file=path) if sizes.get(name, there[name]) != there[name] else ""

    def _change(self, dataset_id: str, **values: Any) -> Dataset:
        self.look_again()
        changed = self._named(dataset_id).model_copy(update=values)
        self.storage.write(f"{changed.id}/{DESCRIPTION}", description(changed))
        self.look_again()
        return changed

    def _now(self) -> _Seen:
        """Return the state, at most some seconds old; other threads need not wait while one refreshes it."""
        if self._lock.acquire(blocking=self._seen is None):
            try:
                if monotonic() >= self._due:
                    self._look()
            finally:
                self._lock.release()
        if self._seen is None:
            assert self.trouble is not None
            raise StorageError(self.trouble.place, self.trouble.reason)
        return self._seen

    def _look(self) -> None:
        try:
            self._seen = self._look_now()
        except StorageError as error:
            self.trouble, self._due = error, monotonic() + max(self._look_again_s, _RETRY_S)
        else:
            self.trouble, self._due = None, monotonic() + self._look_again_s

    def _look_now(self) -> _Seen:
        names = [name for name in self.storage.folders() if _NAME.fullmatch(name)]
        found = self.storage.read([LINKS_FILE, *(f"{name}/{DESCRIPTION}" for name in names)])
        links = found.pop(LINKS_FILE, None)
        releases = {}
        for dataset in map(parse_dataset, found.values()):
            if dataset is not None and dataset.removed_at is None:
                releases[release_of(dataset)] = self._sizes(dataset)
        described = {path.split("/")[0]: found[path] for path in sorted(found)}
        return _Seen(described=described, links=links, releases=releases)

    def _sizes(self, dataset: Dataset) -> Mapping[str, int]:
        """List a release, except if it was complete before, since releases do not change."""
        release = release_of(dataset)
        before = self._seen.releases.get(release, {}) if self._seen else {}
        whole = before and all(before.get(part.name) == part.size for part in dataset.parts)
        return before if whole else self.storage.sizes(release)

    def warnings(self) -> tuple[Fault, ...]:
        """Return the faults of the datasets shown, and that the state may be outdated if the last look failed."""
        said = super().warnings()
        if self.trouble is None:
            return said
        message = say("storage-as-before", reason=self.trouble.reason)
        return (Fault(where=self.trouble.place, field="", message=message), *said)


def release_of(dataset: Dataset) -> str:
    """Return the path of a dataset's release, relative to the folder of datasets."""
    return f"{dataset.id}/{RELEASES}/{dataset.release}"


def description(dataset: Dataset) -> bytes:
    """Serialize a dataset's description."""
    return (dataset.model_dump_json(indent=1) + "\n").encode()


def _is_part(name: str) -> bool:
    return name.startswith("part-") and name.endswith(".parquet")


# Uploading a dataset: first its complete release, then the description that names it. Storage has no locks, so nothing
# is deleted that may still be written or read: the previously named release stays, and only the one before it is
# deleted.

ProgressCallback = Callable[[Part], None]
"""Called with each file before it is uploaded."""


def publish(
    dataset_id: str, folder: DataFolder, to: StoredFolder, *, progress: ProgressCallback | None = None
) -> Dataset:
    """Upload a dataset, replacing its current release, and return it as stored.

    Files uploaded before are skipped, so an interrupted upload can be resumed.

    Raises
    ------
    StorageError
        The upload failed; the previous state remains.
    UnknownDatasetError
        The folder has no such dataset.
    ValueError
        It was removed, its release is missing, or a dataset of another kind has its name in storage.

    """
    dataset = folder.dataset(dataset_id)
    files = _files(dataset, folder)
    before = _stored_as(dataset, to)
    made = dataset.model_copy(update={"parts": tuple(files), "previous": _previous(dataset, before)})
    _copy(made, files, to, progress)
    to.storage.write(f"{made.id}/{DESCRIPTION}", description(made))
    to.look_again()
    if before is not None and before.previous not in (None, made.release, made.previous):
        to.storage.drop(f"{made.id}/{RELEASES}/{before.previous}")
    return made


def publish_links(folder: DataFolder, to: StoredFolder) -> int:
    """Upload the decisions about pairs of reports, replacing those there, and return their number.

    Raises DataError if they are invalid, and StorageError.
    """
    links = read_links(folder)
    content = folder.links()
    to.storage.write(LINKS_FILE, content if isinstance(content, bytes) else b"[]\n")
    to.look_again()
    return len(links)


def _files(dataset: Dataset, folder: DataFolder) -> dict[Part, Path]:
    if dataset.removed_at is not None:
        raise ValueError(say("dataset-is-removed", id=dataset.id))
    release = folder.release(dataset)
    paths = sorted(path for path in release.glob("*") if path.is_file())
    return {Part(name=path.name, size=path.stat().st_size): path for path in paths}


def _stored_as(dataset: Dataset, to: StoredFolder) -> Dataset | None:
    """Return the stored dataset of the same name; None if there is none or it cannot be read."""
    to.look_again()
    named = to.named(dataset.id)
    if named is not None and named.kind != dataset.kind:
        values = {"id": dataset.id, "held": named.kind, "kind": dataset.kind}
        raise ValueError(say("dataset-of-other-kind", place=to.place, **values))
    return named


def _previous(dataset: Dataset, before: Dataset | None) -> str | None:
    if before is None:
        return None
    return before.previous if before.release == dataset.release else before.release


def _copy(made: Dataset, files: dict[Part, Path], to: StoredFolder, progress: ProgressCallback | None) -> None:
    """Upload the missing files, and check that all are complete."""
    release = release_of(made)
    there = to.storage.sizes(release)
    for part, path in files.items():
        if there.get(part.name) != part.size:
            if progress is not None:
                progress(part)
            to.storage.put(f"{release}/{part.name}", path)
    there = to.storage.sizes(release)
    lacking = [part.name for part in files if there.get(part.name) != part.size]
    if lacking:
        raise StorageError(f"{to.place}/{release}/{lacking[0]}", say("storage-not-copied"))


# Opening a folder of imported datasets by path or URL.


def place_of_datasets(given: str | None = None) -> str | None:
    """Return the given place, else INCIDENT_MAP_DATA; None for the user's data folder."""
    return given or os.environ.get(FOLDER_VARIABLE) or None


def open_folder(place: str | None = None) -> AnyFolder:
    """Open the datasets of a folder on disk, or at a URL for reading; None for INCIDENT_MAP_DATA or its default.

    Raises ValueError as `DataFolder` and `StoredFolder` do, and StorageError.
    """
    found = place_of_datasets(place)
    if found is None or not is_address(found):
        return DataFolder(found)
    if found.startswith("file://"):
        return DataFolder(url2pathname(urlsplit(found).path))
    return StoredFolder(found)
