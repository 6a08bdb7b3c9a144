"""Which column of a plain file holds what, as a user confirmed it: kept for the next file with the same columns."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Final

from pydantic import TypeAdapter, ValidationError

from geo.datasets.folder import DataFolder
from geo.datasets.staging import changing, replace_file
from geo.incident.record import Record

MAPPINGS_FILE: Final = "mappings.json"
"""In the folder of the datasets, beside them."""

_MOST: Final = 200
"""The oldest ones are forgotten."""


class _Kept(Record):
    """A mapping, and the columns of the file it was confirmed for."""

    columns: tuple[str, ...]
    """In alphabetical order: the same columns in another order are the same file."""
    mapping: dict[str, str]
    """Column by field."""


_ALL: Final = TypeAdapter(tuple[_Kept, ...])


def kept_mapping(folder: DataFolder, columns: Iterable[str]) -> dict[str, str] | None:
    """Return the column by field that was confirmed for a file with these columns; None if there was none."""
    wanted = tuple(sorted(columns))
    return next((kept.mapping for kept in _read(folder) if kept.columns == wanted), None)


def keep_mapping(folder: DataFolder, columns: Iterable[str], mapping: Mapping[str, str]) -> None:
    """Remember the column by field of a file with these columns, in the place of what was remembered before.

    Raises DatasetBusyError while somebody else changes the folder for too long.
    """
    new = _Kept(columns=tuple(sorted(columns)), mapping=dict(mapping))
    with changing(folder.path):
        others = [kept for kept in _read(folder) if kept.columns != new.columns]
        content = _ALL.dump_json((*others, new)[-_MOST:], indent=1)
        replace_file(folder.path / MAPPINGS_FILE, content.decode() + "\n")


def _read(folder: DataFolder) -> tuple[_Kept, ...]:
    """Return all, oldest first; none of a file that makes no sense, as a guess is always at hand."""
    with suppress(FileNotFoundError, ValidationError):
        return _ALL.validate_json((folder.path / MAPPINGS_FILE).read_bytes())
    return ()
