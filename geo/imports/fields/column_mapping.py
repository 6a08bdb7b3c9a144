"""How the rows of a file become incidents: what kind they are, and which column holds what, guessed or confirmed."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pyarrow as pa
from pydantic import TypeAdapter, ValidationError

from geo.datasets.folder import DataFolder, changing, replace_file
from geo.imports.fields.days import ORDER_FIELD, DayOrder, dates_seen
from geo.imports.fields.plain_columns import guess_columns
from geo.imports.file_kind import FileKind, Recognised
from geo.incident.record import Record
from geo.places.gazetteer import NO_PLACES, Gazetteer, NamedPlace

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
    with suppress(OSError, ValidationError):
        return _ALL.validate_json((folder.path / MAPPINGS_FILE).read_bytes())
    return ()


# How the rows of a file become incidents: what kind they are, and which column holds what.

_MOST_ID: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that mapping a block needs beside its rows; small and picklable, so that a worker can be told."""

    kind: FileKind
    dataset: str
    """Id of the dataset, a slug."""
    source_version: str | None
    retrieved_at: datetime
    """When the file was fetched from its publisher; aware."""
    columns: Mapping[str, str]
    """Column of the file by field: the publisher's own column names, or for plain files those of PLAIN_FIELDS."""
    day_first: bool = True
    """Whether 03/04/2025 is 3 April."""
    order: DayOrder | None = None
    """The same where somebody said so; None where it was told from the file."""
    point: tuple[str, str] | None = None
    """Columns of longitude and latitude that the file's geometries make; they are over those of its rows."""
    by_name: bool = False
    """Whether rows without a point are placed by the names that they have."""
    gazetteer: Gazetteer = NO_PLACES
    """Places that are looked up before those that come with the program."""

    @property
    def mapping(self) -> dict[str, str]:
        """Return what is to be remembered for the next file with the same columns."""
        return {**self.columns, **({ORDER_FIELD: self.order.value} if self.order else {})}


def make_plan(  # noqa: PLR0913  # what there is to say of a file
    recognised: Recognised,
    *,
    retrieved_at: datetime,
    sample: pa.Table,
    dataset: str | None = None,
    mapping: Mapping[str, str] | None = None,
    point: tuple[str, str] | None = None,
    by_name: bool = False,
    gazetteer: tuple[NamedPlace, ...] = (),
) -> Plan:
    """Plan the import of a file.

    Parameters
    ----------
    recognised
        What the file was recognised as.
    retrieved_at
        When the file was fetched; aware.
    sample
        Its first rows, which tell whether days or months come first in its dates.
    dataset
        Id, or a name to make one of; the publisher's product if None.
    mapping
        Column of the file by field, over what was recognised or, in a plain file, guessed; may also hold a DayOrder
        under ORDER_FIELD, for dates that could be either.
    point
        Columns of longitude and latitude that the file's geometries make.
    by_name, gazetteer
        Whether rows without a point are placed by name, and what is looked up first.

    """
    guessed = guess_columns(sample) if recognised.kind.plain and mapping is None else recognised.columns
    columns = {**guessed, **(mapping or {})}
    said = columns.pop(ORDER_FIELD, None)
    order = DayOrder(said) if said else None
    return Plan(
        kind=recognised.kind,
        dataset=re.sub(r"[^a-z0-9]+", "-", (dataset or "").lower())[:_MOST_ID].strip("-") or recognised.kind.code,
        source_version=recognised.version,
        retrieved_at=retrieved_at,
        columns=columns,
        day_first=(order or dates_seen(sample, columns, recognised.kind.date_fields).order) is DayOrder.DAY_MONTH,
        order=order,
        point=None if point == (columns.get("latitude"), columns.get("longitude")) else point,
        by_name=by_name,
        gazetteer=Gazetteer(gazetteer),
    )
