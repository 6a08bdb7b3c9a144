"""Files found by a path, an address or a pattern, wherever fsspec reads from."""

import glob
from pathlib import Path
from typing import Final

import fsspec
from aiohttp import ClientError
from botocore.exceptions import BotoCoreError
from fsspec.core import OpenFile, url_to_fs

from geo.imports.cluster.errors import NoFilesError
from geo.imports.opening.source import RemoteFile

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
