"""Where a table's bytes come from, the limits on reading them, and reading XML as a stream."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Protocol
from xml.parsers import expat

from geo.apart import pulse
from geo.incident.errors import UnreadableError


class NotSplittableError(UnreadableError):
    """A file cannot be read from the middle: it is packed, in UTF-16, or not delimited text."""


# Limits. A file that exceeds one is refused, or the row is counted as malformed. Independently of these, the process
# that reads the file has limits of its own: geo/apart.py.

KIB: Final = 1024
MIB: Final = 1024 * KIB

READ_BYTES: Final = 4 * MIB
"""Number of bytes read at a time."""
HEAD_BYTES: Final = 1 * MIB
"""Number of leading bytes from which encoding, delimiter and header are detected; the header must end within them."""
RECORD_BYTES: Final = 8 * MIB
"""Longest row; a quotation mark still open after this many bytes is not taken to open a value."""
BLOCK_BYTES: Final = 48 * MIB
"""Largest block, so that long rows make smaller blocks; several are in memory at once, along with the mapped rows."""
BATCH_BYTES: Final = 128 * MIB
"""Largest amount of text in one column of a batch from a format with typed columns."""
BLOCK_CELLS: Final = 16_000_000
"""Largest number of values in a block, so that many columns make smaller blocks."""
COLUMNS: Final = 1_000
"""Largest number of columns; the widest known export has fewer than 100."""
RAW_CHARACTERS: Final = 32_000
"""Length to which a malformed row is truncated: as much as a spreadsheet cell holds."""
MALFORMED_ROWS: Final = 50_000
"""A file is refused if a block has more malformed rows than this, and they exceed MALFORMED_SHARE of its rows."""
MALFORMED_SHARE: Final = 0.95
SAMPLE_ROWS: Final = 1_000
"""Number of rows in the sample from the beginning of a file."""
UNPACKED_BYTES: Final = 32 * 1024 * MIB
"""Largest unpacked size of a file that is read while being unpacked."""
UNPACKED_FILE_BYTES: Final = 4 * 1024 * MIB
"""Largest unpacked size of a file that must be unpacked to disk before reading."""
PACKED_RATIO: Final = 100
"""Largest ratio of unpacked to packed size; tables stay below 40, zip bombs start at 1,000."""
PACKED_FREE_BYTES: Final = 64 * MIB
"""Unpacked size below which the ratio is not checked."""
ARCHIVE_MEMBERS: Final = 10_000
"""Largest number of entries in a zip file."""
FEATURE_CHARACTERS: Final = 16 * MIB
"""Longest feature of a GeoJSON file."""
SHEET_BYTES: Final = 1024 * MIB
"""Largest total unpacked size of an XLSX file's parts."""
SHARED_STRINGS_BYTES: Final = 512 * MIB
"""Largest unpacked table of shared strings in an XLSX file, which has to be held in memory."""

SHEET_COLUMNS: Final = 16_384
"""Largest number of cells in a row of an XLSX file; no sheet has more columns."""


def rows_per_block(wanted: int, columns: int) -> int:
    """Limit the number of rows per block for tables with very many columns.

    >>> rows_per_block(100_000, 31), rows_per_block(100_000, 1_000)
    (100000, 16000)
    """
    return max(1, min(wanted, BLOCK_CELLS // max(columns, 1)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How to read a file; what is None or empty is detected."""

    tables: tuple[str, ...] = ()
    """Which of several sheets, layers or packed files to read; several are read as one table."""
    header_row: int | None = None
    """Number of the header's line, from 1; 0 if there is none."""
    encoding: str | None = None
    """Encoding of the text, by Python's name for it. It also applies to shapefiles, dBASE tables and web pages."""


# Where a table's bytes come from: a file on disk, one opened by fsspec, or one packed in either.


class RemoteFile(Protocol):
    """A remote file, as returned by `fsspec.open(url)`."""

    path: str

    def open(self) -> BinaryIO:
        """Open the file for reading, as a seekable stream at its first byte."""
        ...


class Stream(Protocol):
    """A table's bytes, from first to last."""

    def read(self, size: int, /) -> bytes:
        """Read up to `size` bytes; none at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """A table's bytes, which can be read any number of times."""

    name: str
    size: int
    """Size of the file on disk in bytes."""
    opened: Callable[[], AbstractContextManager[tuple[Stream, Callable[[], int]]]]
    """Opens a stream at the first byte; also returns a function that counts the bytes read from the file on disk."""
    packed: bool = False


@contextmanager
def open_file(file: Path | RemoteFile) -> Iterator[BinaryIO]:
    """Open a local or remote file for reading."""
    with file.open("rb") if isinstance(file, Path) else file.open() as stream:
        yield stream


def file_source(file: Path | RemoteFile, name: str) -> Source:
    """Return the source for a file that is not packed."""

    @contextmanager
    def opened() -> Iterator[tuple[Stream, Callable[[], int]]]:
        with open_file(file) as stream:
            yield stream, stream.tell

    with open_file(file) as stream:
        size = stream.seek(0, 2)
    return Source(name, size, opened)


def read_up_to(stream: Stream, size: int) -> bytes:
    """Read `size` bytes; fewer only at the end of the stream."""
    parts = []
    while size and (part := stream.read(min(size, READ_BYTES))):
        pulse()
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def chunks(stream: Stream) -> Iterator[bytes]:
    """Yield a stream's bytes in chunks of READ_BYTES."""
    while part := stream.read(READ_BYTES):
        pulse()
        yield part


# XML, parsed as a stream: no element tree is built, and nothing is fetched.

XML_BYTES: Final = 64 * KIB
"""Number of bytes read at a time."""
DEEPEST: Final = 200
"""Largest nesting depth of elements."""


class Elements(Protocol):
    """Handler for XML elements; names are as from expat, `NAMESPACE}name`."""

    complete: bool
    """Whether the rest of the file can be ignored."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Handle the start of an element."""
        ...

    def text(self, text: str) -> None:
        """Handle part of the text of the open element."""
        ...

    def end(self, name: str) -> None:
        """Handle the end of an element."""
        ...


def parsed(stream: Stream, into: Elements) -> Iterator[None]:
    """Parse XML into a handler, yielding after each chunk; raises ExpatError, ValueError or LookupError for damage."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = into.start, into.end
    parser.CharacterDataHandler = into.text
    parser.StartDoctypeDeclHandler = refuse_doctype
    while part := stream.read(XML_BYTES):  # read to the end, where the checksum of a packed file is verified
        pulse()
        if not into.complete:
            parser.Parse(part)
            yield
    if not into.complete:
        parser.Parse(b"", True)  # noqa: FBT003  # expat's


def refuse_doctype(*_: object) -> None:
    """Refuse entity definitions, which no such file needs and which can expand to enormous texts."""
    raise ValueError("DOCTYPE")
