"""What readers produce: a file's layout, and blocks of its rows as text, with the rows that could not be read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Final, Self

import pyarrow as pa

BLOCK_ROWS: Final = 100_000
"""Data rows per block, including malformed ones; the last block of a file may hold fewer."""
ROW: Final = "__row__"
"""Column of a block's table with the row's number in the file; a file's own column of this name is renamed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Malformed:
    """A row left out of the table because it does not fit the header or cannot be separated from the next one."""

    row: int
    """Number of the data row in the file, from 1, not counting the header, hashtag line and blank lines."""
    raw_text: str
    """The row as written in the file, truncated if very long."""
    reason: str
    """What is wrong, as a sentence without a full stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """A row of the table in which something had to be repaired."""

    row: int
    """Number of the data row in the file, from 1."""
    note: str
    """What was wrong and how it was repaired, as a sentence without a full stop."""
    kind: str = "encoding"
    """What was repaired: `encoding` if bytes were not valid text, `geometry` if a geometry was not a point."""
    within_km: float = 0.0
    """Extent in kilometres of a shape that one of its points represents; 0 otherwise."""
    country: str = ""
    """Country that contains nearly all of an area too large to be represented by a point, OUTSIDE or SEVERAL; "" for
    any other shape."""

    @classmethod
    def of_geometry(cls, row: int, noted: str) -> Self:
        """Parse a note written by `noted_shape`."""
        *said, note = noted.split(_BETWEEN)
        km, country = said or (0, "")
        return cls(row=row, note=note, kind="geometry", within_km=float(km), country=str(country))


_BETWEEN: Final = "\x1f"
SEVERAL: Final = "several"
"""Used in place of a country code for an area that lies in several countries."""


def noted_shape(note: str, *, within_km: float = 0.0, country: str = "") -> str:
    """Encode a note about a shape as text, with its extent if a point represents it, and its country."""
    return _BETWEEN.join((str(ceil(10 * within_km) / 10), country, note))


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Consecutive data rows of a file."""

    first_row: int
    """Number of the first data row of the block, from 1."""
    table: pa.Table
    """The rows that could be read: one `string` column per header column, in order, without nulls (a missing value is
    ""), then `ROW` (int64, ascending)."""
    malformed: tuple[Malformed, ...]
    """The rows that could not be read, in ascending order."""
    repaired: tuple[Repaired, ...] = ()
    """The rows of the table that were repaired, in ascending order."""
    bytes_read: int
    """Bytes of the file on disk read up to the end of this block; used to report progress."""

    @property
    def rows(self) -> int:
        """Number of data rows, including malformed ones."""
        return int(self.table.num_rows) + len(self.malformed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How to read the text of a delimited file; small and picklable, so that it can be sent to a worker."""

    name: str
    """The file's name, for messages."""
    header: tuple[str, ...]
    encoding: str
    delimiter: str
    quoted: bool
    """Whether quotation marks enclose values; they are ordinary characters in GDELT's files."""
    escaped: bool = False
    """Whether quotation marks within values are escaped with a backslash instead of being doubled."""
    start: int
    """Offset of the first data row in bytes, after byte order mark, header and hashtag line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Byte range of one block in a delimited file; a file's spans cover every data row exactly once, in order."""

    first_row: int
    """Number of the first data row, from 1."""
    rows: int
    """Number of data rows, including malformed ones."""
    start: int
    """Offset of the first byte."""
    stop: int
    """Offset of the byte after the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What is known of a file from its beginning."""

    name: str
    """The file's name, for messages."""
    header: tuple[str, ...]
    """Names of the columns as in the file; unique, and generated only if the file has none."""
    headerless: bool
    """Whether the file has no header; column names are then those its publisher documents, or generated if unknown."""
    notes: tuple[str, ...]
    """What was repaired or assumed for the whole file, as sentences without a full stop."""
    encoding: str
    """Encoding of the text, by Python's name for it; `utf-8` for formats that are not text."""
    delimiter: str
    """Character between values; empty for formats that are not delimited text."""
    bytes_total: int
    """Size of the file on disk."""
    sample: pa.Table
    """The first rows that could be read (at most 1,000), laid out like a block's table."""
    header_row: int = 1
    """Number of the header's line in the file, or row in the sheet, from 1 (the upper one of a two-line header); 0 if
    there is none, as in formats that store column names separately."""
    lines_above: tuple[tuple[str, ...], ...] = ()
    """The first lines of the file as written, at most twelve, to show when asking which one is the header."""
    tables: tuple[str, ...] = ()
    """Names of all tables in the file, if this one was picked from several without being named."""
    layout: Layout | None
    """How to read blocks from the middle of the file; None unless it is delimited text that allows this."""
    point: tuple[str, str] | None = None
    """Header columns with longitude and latitude (degrees, WGS84) from the file's geometries, "" for rows without one;
    in addition to any coordinate columns the file has. None for a file without geometries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows(Head):
    """An opened file: what is known from its beginning, and how to read its rows, any number of times."""

    read: Callable[[int], Iterator[Block]] = field(repr=False)
    """Reopens the file and yields its blocks, given the number of rows per block."""

    def noted(self, *notes: str) -> "Rows":
        """Return a copy with these notes before its own."""
        return replace(self, notes=(*notes, *self.notes))

    def encoded(self, encoding: str) -> "Rows":
        """Return a copy with the encoding of its text."""
        return replace(self, encoding=encoding)

    def headed(self, row: int, lines: tuple[tuple[str, ...], ...], *, headerless: bool) -> "Rows":
        """Return a copy with the header's line number, the lines to choose it from, and whether there is none."""
        return replace(self, header_row=row, lines_above=lines, headerless=headerless)

    def blocks(self, block_rows: int = BLOCK_ROWS) -> Iterator[Block]:
        """Yield the data rows in blocks of exactly `block_rows`; the last, or the last of each table, may be smaller.

        Very wide or very long rows also make blocks smaller, so that none exceeds about 50 MB; how a file is divided
        depends only on its bytes. Raises UnreadableError if the file is truncated.
        """
        return self.read(block_rows)
