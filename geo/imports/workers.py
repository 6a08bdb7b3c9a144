"""The workers of a cluster: the connection to them, whether they are alike, and where they leave what they make."""

import gc
import glob
import hashlib
import logging
import os
import platform
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, TypeVar

import fsspec
from aiohttp import ClientError
from botocore.exceptions import BotoCoreError
from distributed import Client, LocalCluster
from fsspec.core import OpenFile, url_to_fs

from geo.apart import TemporaryFolder
from geo.imports.readers.source import RemoteFile
from geo.installation import LIBRARY_FOLDER, PROGRAM_FOLDER
from geo.language.messages import LANGUAGE, say

# Errors of imports on a cluster, each with a sentence for the person who started one.


class WorkersError(RuntimeError):
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
        raise NoFilesError(pattern, say("cluster-no-file"))
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
        raise NoFilesError(pattern, say("cluster-no-protocol", error=error, known=known)) from error
    except TROUBLE as error:
        raise NoFilesError(pattern, say("cluster-cannot-look", error=error)) from error
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
            with TemporaryFolder() as folder:
                path = folder / name
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
        """Take a file away to a path on this machine; raises WorkersError where it cannot be had."""
        try:
            if is_address(self.place):
                system, address = url_to_fs(self.address(name))
                system.get_file(address, str(to))
            else:
                Path(self.place, name).replace(to)
        except TROUBLE as error:
            raise WorkersError(say("cluster-part-lost", part=self.address(name), error=error)) from error

    def sees(self, name: str) -> bool:
        """Tell whether a file is there."""
        if is_address(self.place):
            system, address = url_to_fs(self.address(name))
            return bool(system.isfile(address))
        return Path(self.place, name).is_file()


@contextmanager
def exchange_within(folder: Path, address: str | None) -> Iterator[Exchange]:
    """Give a place within a folder, or within that of an address, which is empty, and gone afterwards.

    Raises WorkersError where nothing can be written.
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
        raise WorkersError(say("cluster-cannot-write", address=address, error=error)) from error
    try:
        yield exchange
    finally:
        system, path = url_to_fs(exchange.place)
        with suppress(*TROUBLE):  # what is left then is in nobody's way, and its name says what it is
            system.rm(path, recursive=True)


# Whether workers are alike: another version of a library or of this program could make other rows of a block.

_LIBRARIES: Final = (
    *("cloudpickle", "dask", "dask-geopandas", "distributed", "duckdb", "fsspec", "ftfy"),
    *(
        "geopandas",
        "hijridate",
        "jdatetime",
        "numpy",
        "openpyxl",
        "pandas",
        "pyarrow",
        "pyogrio",
        "pyproj",
        "python-calamine",
        "s3fs",
    ),
    *("shapely",),
)
_CODE: Final = "code"
_LAYERS: Final = "data/boundaries"


@cache
def fingerprint() -> str:
    """Return what two processes have to have in common, a line each: name and version."""
    alike = {
        "Python": ".".join(platform.python_version_tuple()[:2]),
        **{name: version(name) for name in _LIBRARIES},
        _CODE: _digest(LIBRARY_FOLDER, "geo", "*.py", "*.csv", "*.ftl"),
        _LAYERS: _digest(PROGRAM_FOLDER, _LAYERS, "*.geojson"),
        "INCIDENT_MAP_LANGUAGE": LANGUAGE,
    }
    return "\n".join(f"{name} {value}" for name, value in alike.items())


def check_alike(expected: str) -> None:
    """Raise WorkersError if this process differs from the one whose fingerprint is given, naming what differs."""
    own = fingerprint()
    if own != expected:
        pairs = zip(own.splitlines(), expected.splitlines(), strict=False)
        different = "; ".join(_difference(here, there) for here, there in pairs if here != there)
        raise WorkersError(say("cluster-worker-differs", worker=platform.node(), differences=different))


def _difference(here: str, there: str) -> str:
    (name, own), other = here.rsplit(" ", 1), there.rsplit(" ", 1)[1]
    return say("cluster-difference", what=say("cluster-this-code") if name == _CODE else name, here=own, there=other)


def _digest(root: Path, folder: str, *patterns: str) -> str:
    """Return the start of a SHA-256 of files, the same for either kind of line end."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in patterns for path in (root / folder).rglob(pattern)):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:12]


# A connection to a scheduler, or to workers started on this machine.

LOCAL: Final = "local"
_PATIENCE_S: Final = 15
_SEEN: Final = "seen"


@contextmanager
def connected(address: str, *, workers: int | None = None) -> Iterator[Client]:
    """Give a client of the scheduler at an address, or of so many workers on this machine for "local".

    Raises WorkersError where no scheduler answers, or none of its workers comes.
    """
    if address == LOCAL:
        with (
            LocalCluster(
                n_workers=workers or os.cpu_count() or 1,
                threads_per_worker=1,
                dashboard_address="127.0.0.1:0",
                silence_logs=logging.CRITICAL,
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    with _client(address) as client:
        try:
            client.wait_for_workers(workers or 1, timeout=_PATIENCE_S)
        except TimeoutError as error:
            there = len(client.scheduler_info(n_workers=-1)["workers"])
            values = {"address": address, "there": there, "wanted": workers or 1}
            raise WorkersError(say("cluster-few-workers", **values)) from error
        yield client


def check_workers(client: Client, exchange: Exchange) -> None:
    """Raise WorkersError unless all workers have the same code and versions and see the exchange."""
    exchange.leave(_SEEN, lambda path: path.write_bytes(b""))
    try:
        answers = client.run(_looked, exchange, fingerprint(), on_error="return")
    except (ImportError, AttributeError, TypeError) as error:
        raise WorkersError(say("cluster-worker-lacks", error=error)) from error
    for worker, answer in answers.items():
        if isinstance(answer, WorkersError):
            raise answer
        if isinstance(answer, BaseException):
            raise WorkersError(say("cluster-worker-lacks", error=f"{worker}: {answer}")) from answer
        if not answer:
            raise WorkersError(say("cluster-worker-sees-nothing", worker=worker, place=exchange.place))


def _looked(exchange: Exchange, expected: str) -> bool:
    check_alike(expected)
    return exchange.sees(_SEEN)


def _client(address: str) -> Any:
    # A client that found no scheduler stops its loop when it is collected, for which it waits while another one starts.
    gc.collect()
    gc.disable()
    try:
        return Client(address, timeout=_PATIENCE_S)
    except (OSError, ValueError) as error:
        raise WorkersError(say("cluster-no-scheduler", address=address, error=error)) from error
    finally:
        gc.enable()
