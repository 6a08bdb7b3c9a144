"""What reading a file yields: its layout, and blocks of rows as texts, with the rows that could not be read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Final, Self

import pyarrow as pa

BLOCK_ROWS: Final = 100_000
"""Data rows in a block, malformed ones counted in; the last block of a file holds fewer."""
ROW: Final = "__row__"
"""Column of a block's table with the number of the row in the file; no column of a file keeps this name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Malformed:
    """A row that is not in the table, because it does not fit the header or cannot be told from the next."""

    row: int
    """Number of the data row in the file, from 1; header, hashtag line and blank lines are not counted."""
    raw_text: str
    """The row as it stands in the file, shortened where it is very long."""
    reason: str
    """What is wrong, as a sentence without a full stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """A row that is in the table, but of which something had to be repaired."""

    row: int
    """Number of the data row in the file, from 1."""
    note: str
    """What was wrong and what was done, as a sentence without a full stop."""
    kind: str = "encoding"
    """What it is about: bytes that are no text, or a `geometry` that is no point."""
    within_km: float = 0.0
    """How far the shape reaches for which a point of it stands."""
    country: str = ""
    """That in which nearly all of an area lies for which no point stands, SEVERAL where there is no such; "" for any
    other shape."""

    @classmethod
    def of_geometry(cls, row: int, noted: str) -> Self:
        """Read what `noted_shape` writes."""
        *said, note = noted.split(_BETWEEN)
        km, country = said or (0, "")
        return cls(row=row, note=note, kind="geometry", within_km=float(km), country=str(country))


_BETWEEN: Final = "\x1f"
SEVERAL: Final = "several"
"""In place of the country of an area that has no country of its own."""


def noted_shape(note: str, *, within_km: float = 0.0, country: str = "") -> str:
    """Write what is to say of a shape, with how far it reaches if a point stands for it, and its country, as a text."""
    return _BETWEEN.join((str(ceil(10 * within_km) / 10), country, note))


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Consecutive data rows of a file."""

    first_row: int
    """Number of the first data row of the block, from 1."""
    table: pa.Table
    """One `string` column per column of the header, in its order, without nulls (a missing value is ""), then `ROW`
    (int64, ascending): the rows that could be read."""
    malformed: tuple[Malformed, ...]
    """The other rows, ascending."""
    repaired: tuple[Repaired, ...] = ()
    """Those rows of the table that were repaired, ascending."""
    bytes_read: int
    """Bytes of the file as it lies on disk that are read when this block is; for the progress."""

    @property
    def rows(self) -> int:
        """Number of data rows, malformed ones counted in."""
        return int(self.table.num_rows) + len(self.malformed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the text of a delimited file is to be read; small and picklable, so that it can be sent to a worker."""

    name: str
    """The file's name, for messages."""
    header: tuple[str, ...]
    encoding: str
    delimiter: str
    quoted: bool
    """Whether quotation marks enclose values; they are ordinary characters in GDELT's files."""
    escaped: bool = False
    """Whether quotation marks within values stand behind a backslash, and are not doubled."""
    start: int
    """Byte at which the data rows begin, after byte order mark, header and hashtags."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where one block of a delimited file lies; spans of a file hold every data row exactly once, in order."""

    first_row: int
    """Number of the first data row, from 1."""
    rows: int
    """Number of data rows, malformed ones counted in."""
    start: int
    """First byte."""
    stop: int
    """Byte after the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands at the head of a file."""

    name: str
    """The file's name, for messages."""
    header: tuple[str, ...]
    """Names of the columns as in the file; unique, and made up only where the file has none."""
    headerless: bool
    """Whether the file has no header and the names are those its publisher documents, or made up where nobody's."""
    notes: tuple[str, ...]
    """What was repaired or assumed for the whole file, as sentences without a full stop."""
    encoding: str
    """Encoding of the text as Python names it; `utf-8` for formats that are not text."""
    delimiter: str
    """Character between values; empty for formats that are not delimited text."""
    bytes_total: int
    """Size of the file as it lies on disk."""
    sample: pa.Table
    """The first rows that could be read (at most 1,000), as a block's table."""
    header_row: int = 1
    """Number of the line in the file, or of the row in the sheet, that was taken for the header, from 1, the upper one
    where it has two; 0 where there is none, as in formats that name their columns elsewhere."""
    lines_above: tuple[tuple[str, ...], ...] = ()
    """The first lines of the file as they stand, at most twelve, for whoever is asked which one is the header."""
    tables: tuple[str, ...] = ()
    """Names of all tables of the file, where this one was taken out of several without being named."""
    layout: Layout | None
    """For delimited text that can be read from the middle, how; None for everything else."""
    point: tuple[str, str] | None = None
    """Columns of the header that hold longitude and latitude, degrees in WGS84, as the geometries of the file say, ""
    where a row has none; they are beside whatever else the rows say of their place. None for a file of texts alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows(Head):
    """An opened file: what stands at its head, and a way to read its rows, as often as wanted."""

    read: Callable[[int], Iterator[Block]] = field(repr=False)
    """Opens the file anew and yields its blocks of so many rows."""

    def noted(self, *notes: str) -> "Rows":
        """Return it with more notes, before its own."""
        return replace(self, notes=(*notes, *self.notes))

    def encoded(self, encoding: str) -> "Rows":
        """Return it with the encoding of its texts."""
        return replace(self, encoding=encoding)

    def headed(self, row: int, lines: tuple[tuple[str, ...], ...], *, headerless: bool) -> "Rows":
        """Return it with where its header stands, and the lines that may be one."""
        return replace(self, header_row=row, lines_above=lines, headerless=headerless)

    def blocks(self, block_rows: int = BLOCK_ROWS) -> Iterator[Block]:
        """Yield the data rows in blocks of exactly `block_rows`, the last one fewer, or the last of each table.

        Only very wide or very long rows make blocks smaller, so that one never holds more than some 50 MB; how a file
        is cut depends on nothing but its bytes. Raises UnreadableError where the file breaks off in the middle.
        """
        return self.read(block_rows)
