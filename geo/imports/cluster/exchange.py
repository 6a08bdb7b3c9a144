"""Where workers leave what they make, files found by a pattern, and errors for the person who started an import."""

import glob
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import fsspec
from aiohttp import ClientError
from botocore.exceptions import BotoCoreError
from fsspec.core import OpenFile, url_to_fs

from geo.imports.readers.source import RemoteFile

# Errors of imports on a cluster, each with a sentence for the person who started one.


class ClusterError(RuntimeError):
    """The cluster cannot be used; the message says what is wrong with it and what to do."""


class NoFilesError(ValueError):
    """There is nothing to import where a path, an address or a pattern points to; `pattern` holds it."""

    def __init__(self, pattern: str, reason: str) -> None:
        self.pattern = pattern
        super().__init__(f"{pattern}: {reason}")


# Files found by a path, an address or a pattern, wherever fsspec reads from.

File = Path | RemoteFile

TROUBLE: Final = (OSError, ClientError, BotoCoreError)
"""What reading from elsewhere raises."""
_WILD: Final = frozenset("*[")
"""Signs of a pattern; a question mark belongs to an address."""


def is_address(pattern: str) -> bool:
    """Tell an address, s3://bucket/*.csv, from a path.

    >>> is_address("s3://bucket/*.csv"), is_address("C:/acled.csv")
    (True, False)
    """
    return "://" in pattern


def find_files(pattern: str) -> tuple[File, ...]:
    """Return the files in the order of their paths; folders are not among them.

    Raises NoFilesError where there is none, or where nobody can look.
    """
    found = _elsewhere(pattern) if is_address(pattern) else _on_disk(pattern)
    if not found:
        raise NoFilesError(pattern, "no file is there; ** stands for folders, * for a part of a name")
    return found


def file_name(file: File) -> str:
    """Return a file's own name."""
    return (file.as_posix() if isinstance(file, Path) else file.path).rsplit("/", 1)[-1]


def _on_disk(pattern: str) -> tuple[File, ...]:
    wild = _WILD & set(pattern)
    paths = [Path(name) for name in glob.glob(pattern, recursive=True)] if wild else [Path(pattern)]  # noqa: PTH207  # Path.glob takes no absolute pattern
    return tuple(sorted(path.resolve() for path in paths if path.is_file()))


def _elsewhere(pattern: str) -> tuple[File, ...]:
    try:
        system, path = url_to_fs(pattern)
        if not _WILD & set(path):
            names = [path] if system.isfile(path) else []
        else:
            names = [name for name, about in system.glob(path, detail=True).items() if about["type"] == "file"]
    except ImportError as error:
        raise NoFilesError(pattern, f"{error}") from error
    except ValueError as error:
        known = ", ".join(sorted(fsspec.available_protocols()))
        raise NoFilesError(pattern, f"{error}; an address begins with one of {known}") from error
    except TROUBLE as error:
        raise NoFilesError(pattern, f"nobody can look there: {error}") from error
    if "file" in system.protocol:
        return tuple(sorted(Path(name).resolve() for name in names))
    return tuple(OpenFile(system, name) for name in sorted(names))


# Where workers leave what they make: a folder that all of them see, or a place in object storage.
# What is left there has its whole content from the first moment on, and the same content whoever makes it, so that
# a task may be done twice, and a worker may die at any time.

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A place for files; picklable, so that workers can be told."""

    place: str
    """A folder's path, or an address that fsspec writes to."""

    def address(self, name: str) -> str:
        """Return where a file lies."""
        return f"{self.place}/{name}"

    def leave(self, name: str, make: Callable[[Path], Made]) -> Made:
        """Let a file be made, put it in its place whole, and return what making it returned."""
        if is_address(self.place):
            with tempfile.TemporaryDirectory(prefix="incident-map-") as folder:
                path = Path(folder, name)
                made = make(path)
                system, address = url_to_fs(self.address(name))
                system.put_file(str(path), address)
            return made
        path = Path(self.place, name)
        new = path.with_name(f".{name}.{secrets.token_hex(4)}.new")
        try:
            made = make(new)
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
        return made

    def fetch(self, name: str, to: Path) -> None:
        """Take a file away to a path on this machine; raises ClusterError where it cannot be had."""
        try:
            if is_address(self.place):
                system, address = url_to_fs(self.address(name))
                system.get_file(address, str(to))
            else:
                Path(self.place, name).replace(to)
        except TROUBLE as error:
            raise ClusterError(f"{self.address(name)}, which a worker left, cannot be taken: {error}") from error

    def sees(self, name: str) -> bool:
        """Tell whether a file is there."""
        if is_address(self.place):
            system, address = url_to_fs(self.address(name))
            return bool(system.isfile(address))
        return Path(self.place, name).is_file()


@contextmanager
def exchange_within(folder: Path, address: str | None) -> Iterator[Exchange]:
    """Give a place within a folder, or within that of an address, which is empty, and gone afterwards.

    Raises ClusterError where nothing can be written.
    """
    name = f"exchange-{secrets.token_hex(4)}"
    if address is None:
        place = folder / name
        place.mkdir()
        try:
            yield Exchange(place.as_posix())
        finally:
            shutil.rmtree(place, ignore_errors=True)
        return
    exchange = Exchange(f"{address.rstrip('/')}/{name}")
    try:
        exchange.leave("begun", lambda path: path.write_bytes(b""))
    except (*TROUBLE, ImportError, ValueError) as error:
        raise ClusterError(f"{address}: nothing can be written there: {error}") from error
    try:
        yield exchange
    finally:
        system, path = url_to_fs(exchange.place)
        with suppress(*TROUBLE):  # what is left then is in nobody's way, and its name says what it is
            system.rm(path, recursive=True)
