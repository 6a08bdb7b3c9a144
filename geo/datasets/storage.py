"""Files at an address in object storage, read and written by fsspec, and by DuckDB in ranges."""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from fsspec import AbstractFileSystem, filesystem
from fsspec.core import split_protocol

from geo.incident.errors import StorageError

# Files at an address in object storage, read and written by fsspec; what goes wrong there is said in a sentence.
# Who may read and write comes from the environment and the files that the storage's own tools use; nothing of it is
# kept here.

ADDRESS: Final = "://"
_PATIENCE_S: Final = 30.0
"""For an answer to a small question: storage that is there answers in tenths of a second."""
_PATTERN: Final = frozenset("*?[")
_OTHERS: Final = (
    ("botocore.exceptions", "BotoCoreError"),
    ("botocore.exceptions", "ClientError"),
    ("aiohttp", "ClientError"),
    ("google.auth.exceptions", "GoogleAuthError"),
    ("gcsfs.retry", "HttpError"),
    ("azure.core.exceptions", "AzureError"),
)
"""What reading from elsewhere raises beside OSError; only who is in use is loaded."""
_DENIED: Final = (
    "access is denied; check the credentials in the environment (for Amazon’s S3: AWS_PROFILE, or AWS_ACCESS_KEY_ID "
    "and AWS_SECRET_ACCESS_KEY), and what they may do there"
)
_NOBODY: Final = "check the network, and AWS_ENDPOINT_URL where it is not Amazon’s S3"


class Storage:
    """The files below an address; raises StorageError for whatever goes wrong there.

    Raises ValueError for what is no address.
    """

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        protocol = split_protocol(self.address)[0]
        if not protocol or "::" in protocol or _PATTERN & set(self.address):
            raise ValueError(f"{address} is no address of a folder; write it as in s3://bucket/folder")
        with told(self.address):
            self._system = system_of(protocol)
            self._root = self._system._strip_protocol(self.address)  # noqa: SLF001  # as fsspec's own caches ask

    def folders(self) -> list[str]:
        """Return the names of the folders right below, in their order; none where there is nothing."""
        return sorted(name for name, about in self._listed("").items() if about["type"] == "directory")

    def sizes(self, folder: str) -> dict[str, int]:
        """Return the sizes in bytes of the files right in a folder, by name; none where there is nothing."""
        return {name: about["size"] for name, about in self._listed(folder).items() if about["type"] == "file"}

    def read(self, names: Iterable[str]) -> dict[str, bytes]:
        """Return what stands in files, all asked for at once, by name; without those that are not there."""
        paths = {self._path(name): name for name in names}
        if not paths:
            return {}
        with told(self.address):
            found = self._ask("cat", list(paths), on_error="return")
        read = {}
        for path, content in found.items():
            if isinstance(content, bytes):
                read[paths[path]] = content
            elif not _absent(content):
                with told(f"{self.address}/{paths[path]}"):
                    raise content
        return read

    def write(self, name: str, content: bytes) -> None:
        """Put a small file there; in object storage it is there whole, or as it was."""
        with told(f"{self.address}/{name}"):
            self._ask("pipe_file", self._path(name), content)

    def put(self, name: str, file: Path) -> None:
        """Copy a file there, however large."""
        with told(f"{self.address}/{name}"):
            self._system.put_file(str(file), self._path(name))

    def drop(self, folder: str) -> None:
        """Delete a folder with all that is in it."""
        with told(f"{self.address}/{folder}"):
            self._system.rm(self._path(folder), recursive=True)

    def _listed(self, folder: str) -> dict[str, Mapping[str, Any]]:
        """Return what is right in a folder; the system remembers it, so that opening its files asks no more."""
        path = self._path(folder)
        with told(self.address):
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
        patience = {"timeout": _PATIENCE_S} if self._system.async_impl else {}
        return getattr(self._system, method)(*values, **options, **patience)


def is_address(place: object) -> bool:
    """Tell an address, s3://bucket/folder, from a path.

    >>> is_address("s3://bucket/folder"), is_address("C:/datasets"), is_address(None)
    (True, False, False)
    """
    return ADDRESS in str(place)


def system_of(protocol: str) -> AbstractFileSystem:
    """Return what reads and writes addresses of a kind, always the same one; raises ImportError, ValueError."""
    try:
        return filesystem(protocol)
    except ValueError as error:
        raise ValueError(f"{error}; an address begins with s3://, gs:// or another that fsspec reads") from error


@contextmanager
def told(place: str) -> Iterator[None]:
    """Say in a StorageError what went wrong at an address."""
    try:
        yield
    except StorageError:
        raise
    except _troubles() as error:
        raise StorageError(place, _reason(error)) from error


def storage_error(error: Exception) -> StorageError | None:
    """Return the StorageError that an error of DuckDB tells of; None if it is about something else."""
    found = re.search(rf"{StorageError.__name__}: (\S+): (.+)", str(error))
    return StorageError(found[1], found[2].strip()) if found else None


def _troubles() -> tuple[type[BaseException], ...]:
    """Return what reading from elsewhere raises; asked for only once something was raised."""
    loaded = [(sys.modules[module], name) for module, name in _OTHERS if module in sys.modules]
    return (OSError, ImportError, *(getattr(module, name) for module, name in loaded))


def _absent(error: object) -> bool:
    """Tell a file or folder that is not there from a bucket that is not."""
    return isinstance(error, FileNotFoundError) and "bucket does not exist" not in str(error).lower()


def _reason(error: BaseException) -> str:
    """Say in a sentence without a full stop why something cannot be done there, and what to do."""
    said = " ".join(str(error).split()) or type(error).__name__
    match error:
        case ImportError():
            return f"{said}; for s3:// install it with: pip install -r requirements-cluster.txt"
        case FileNotFoundError() if _absent(error):
            return "this file is missing; publish its dataset again"
        case FileNotFoundError():
            return "there is no such bucket; check its name, and make it first with your storage’s own tools"
        case TimeoutError():
            said = f"within {_PATIENCE_S:.0f} s"
    if isinstance(error, PermissionError) or "credentials" in said.lower():
        said = f"{_DENIED} ({said})"
    elif isinstance(error, TimeoutError) or "connect" in said.lower():
        said = f"nobody answers ({said}); {_NOBODY}"
    return said


# Parts in object storage as DuckDB reads them: the ranges it asks for, and no more.


def range_readers(files: Iterable[str]) -> list[AbstractFileSystem]:
    """Return what reads the addresses among some paths, one for each kind of storage."""
    return [Ranges(protocol) for protocol in sorted({split_protocol(name)[0] or "" for name in files} - {""})]


class Ranges(AbstractFileSystem):  # type: ignore[misc]  # fsspec has no types
    """A system that reads nothing ahead.

    DuckDB knows from the end of a part which ranges hold what it needs. Reading ahead, as systems do by themselves,
    took twenty times the bytes. Sizes are those of the last listing, for a part never changes.
    """

    cachable = False

    def __init__(self, protocol: str) -> None:
        super().__init__()
        self.protocol = protocol
        with told(f"{protocol}://"):
            self._system = system_of(protocol)

    def info(self, path: str, **options: Any) -> Any:
        """Return size and kind of a file."""
        with told(self._address(path)):
            return self._system.info(path, **options)

    def modified(self, path: str) -> Any:
        """Return when a file was written."""
        with told(self._address(path)):
            return self._system.modified(path)

    def ls(self, path: str, detail: bool = True, **options: Any) -> Any:  # noqa: FBT001, FBT002  # fsspec's signature
        """List a folder."""
        with told(self._address(path)):
            return self._system.ls(path, detail=detail, **options)

    def glob(self, path: str, **_: Any) -> list[str]:
        """Return a name as it is: looking whether it is there would hide why it cannot be read."""
        return [path]

    def _open(self, path: str, mode: str = "rb", **_: Any) -> Any:
        address = self._address(path)
        with told(address):
            return _Part(self._system.open(path, mode, cache_type="none"), address)

    def _address(self, path: str) -> str:
        return path if "://" in path else f"{self.protocol}://{path.lstrip('/')}"


class _Part:
    """An open part, whose troubles are told with its address."""

    def __init__(self, file: Any, address: str) -> None:
        self._file, self._address = file, address

    def read(self, size: int = -1) -> Any:
        with told(self._address):
            return self._file.read(size)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)
