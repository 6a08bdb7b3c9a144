"""Where the bytes of a table come from, how much they may ask for, and why a file is refused."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Protocol
from xml.parsers import expat

from geo.apart import pulse
from geo.incident.errors import UnreadableError


class NotSplittableError(UnreadableError):
    """A file cannot be read from the middle, so it has no spans: it is packed, UTF-16, or not delimited text."""


# How much a file may ask for: past these it is refused with a sentence, or a row is counted as malformed.
# Whatever it asks for beyond them, the process that reads it has limits of its own: geo/apart.py.

KIB: Final = 1024
MIB: Final = 1024 * KIB

READ_BYTES: Final = 4 * MIB
"""Read at a time."""
HEAD_BYTES: Final = 1 * MIB
"""Looked at to tell encoding, delimiter and header; the header has to end within."""
RECORD_BYTES: Final = 8 * MIB
"""Longest row; a quotation mark still open after so many bytes was never meant to open a value."""
BLOCK_BYTES: Final = 48 * MIB
"""Longest block, so that long rows make smaller blocks; several are in memory at once, as are the rows made of them."""
BATCH_BYTES: Final = 128 * MIB
"""Most text in a column of the rows that are read at once from a file of other types than text."""
BLOCK_CELLS: Final = 16_000_000
"""Most values in a block, so that many columns make smaller blocks."""
COLUMNS: Final = 1_000
"""Most columns; the widest known export has fewer than 100."""
RAW_CHARACTERS: Final = 32_000
"""What is kept of a malformed row: as much as a spreadsheet cell holds."""
MALFORMED_ROWS: Final = 50_000
"""Malformed rows in a block from which on it is given up if hardly any other stands among them."""
MALFORMED_SHARE: Final = 0.95
SAMPLE_ROWS: Final = 1_000
"""Rows in the sample at the head of a file."""
UNPACKED_BYTES: Final = 32 * 1024 * MIB
"""Most that a packed file may unpack to when it is read as it is unpacked."""
UNPACKED_FILE_BYTES: Final = 4 * 1024 * MIB
"""Most that may be unpacked onto the disk, for formats that cannot be read otherwise."""
PACKED_RATIO: Final = 100
"""Most bytes that a packed byte may unpack to, on average; tables stay below 40, bombs start at 1,000."""
PACKED_FREE_BYTES: Final = 64 * MIB
"""Unpacked before the ratio is looked at."""
ARCHIVE_MEMBERS: Final = 10_000
"""Most entries of a zip file."""
FEATURE_CHARACTERS: Final = 16 * MIB
"""Longest feature of a GeoJSON file."""
SHEET_BYTES: Final = 1024 * MIB
"""Largest unpacked size of an XLSX file's parts, taken together."""
SHARED_STRINGS_BYTES: Final = 512 * MIB
"""Largest unpacked table of texts of an XLSX file; it has to be held in memory."""

SHEET_COLUMNS: Final = 16_384
"""Most cells in a row of an XLSX file; no sheet has more columns."""


def rows_per_block(wanted: int, columns: int) -> int:
    """Lower the number of rows in a block for tables of very many columns.

    >>> rows_per_block(100_000, 31), rows_per_block(100_000, 1_000)
    (100000, 16000)
    """
    return max(1, min(wanted, BLOCK_CELLS // max(columns, 1)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a file is to be read; what is None, or names nothing, is detected."""

    tables: tuple[str, ...] = ()
    """Which of several sheets, layers or files inside; several are read as one."""
    header_row: int | None = None
    """Number of the line with the header, from 1; 0 for none."""
    encoding: str | None = None
    """As Python calls it."""
    delimiter: str | None = None


# Where the bytes of a table come from: a file on disk, one that fsspec opens, or what is packed in either.


class RemoteFile(Protocol):
    """A file elsewhere, as `fsspec.open(url)` gives it."""

    path: str

    def open(self) -> BinaryIO:
        """Open the file for reading at its first byte; the stream can seek."""
        ...


class Stream(Protocol):
    """Bytes of a table, from first to last."""

    def read(self, size: int, /) -> bytes:
        """Read up to that many bytes; none at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes of a table, which can be read as often as wanted."""

    name: str
    size: int
    """Of the file as it lies on disk, in bytes."""
    opened: Callable[[], AbstractContextManager[tuple[Stream, Callable[[], int]]]]
    """Begins at the first byte; gives the stream, and what tells how many bytes of the file on disk are read."""
    packed: bool = False


@contextmanager
def open_file(file: Path | RemoteFile) -> Iterator[BinaryIO]:
    """Open a file on disk or elsewhere for reading."""
    with file.open("rb") if isinstance(file, Path) else file.open() as stream:
        yield stream


def file_source(file: Path | RemoteFile, name: str) -> Source:
    """Describe a file that is read as it is."""

    @contextmanager
    def opened() -> Iterator[tuple[Stream, Callable[[], int]]]:
        with open_file(file) as stream:
            yield stream, stream.tell

    with open_file(file) as stream:
        size = stream.seek(0, 2)
    return Source(name, size, opened)


def read_up_to(stream: Stream, size: int) -> bytes:
    """Read that many bytes; fewer only at the end of the stream."""
    parts = []
    while size and (part := stream.read(min(size, READ_BYTES))):
        pulse()
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def chunks(stream: Stream) -> Iterator[bytes]:
    """Yield the bytes of a stream, part by part."""
    while part := stream.read(READ_BYTES):
        pulse()
        yield part


# XML as it comes: no tree of elements, and nothing fetched.

XML_BYTES: Final = 64 * KIB
"""Read at a time."""
DEEPEST: Final = 200
"""Elements that lie within one another."""


class Elements(Protocol):
    """What somebody makes of elements as they come; names are expat's, `NAMESPACE}name`."""

    complete: bool
    """Whether what comes after is of no concern."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        ...

    def text(self, text: str) -> None:
        """Take a part of the text of the element that is open."""
        ...

    def end(self, name: str) -> None:
        """End an element."""
        ...


def parsed(stream: Stream, into: Elements) -> Iterator[None]:
    """Hand on what is read, and yield after each part; raises ExpatError, ValueError or LookupError for damage."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = into.start, into.end
    parser.CharacterDataHandler = into.text
    parser.StartDoctypeDeclHandler = refuse_doctype
    while part := stream.read(XML_BYTES):  # to the end, for only then is the checksum of what is packed looked at
        pulse()
        if not into.complete:
            parser.Parse(part)
            yield
    if not into.complete:
        parser.Parse(b"", True)  # noqa: FBT003  # expat's


def refuse_doctype(*_: object) -> None:
    """Refuse abbreviations, which no such file needs, and which make much of little."""
    raise ValueError("DOCTYPE")
