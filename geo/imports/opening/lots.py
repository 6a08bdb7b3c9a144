"""Delimited bytes cut into lots of so many rows, one lot for a block."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from geo.imports.opening.limits import BLOCK_BYTES, RAW_CHARACTERS, RECORD_BYTES
from geo.imports.opening.records import TOO_LONG, first_line_end, record_ends


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole records of a file, one after the other, blank lines among them."""

    data: bytes
    ends: npt.NDArray[np.int64]
    """Index after each record's line end."""
    broken: dict[int, str]
    """Number of the record in the piece, from 0 → why it cannot be read."""
    length: int
    """Bytes of the file that the piece stands for: those of `data`, more where a row was cut short as too long."""

    def part(self, begin: int, end: int) -> "Piece":
        """Give some of the records."""
        if end - begin == len(self.ends):
            return self
        at = int(self.ends[begin - 1]) if begin else 0
        stop = int(self.ends[end - 1]) if end else 0
        broken = {number - begin: why for number, why in self.broken.items() if begin <= number < end}
        length = self.length - at if end == len(self.ends) else max(stop - at, 0)
        return Piece(self.data[at:stop], self.ends[begin:end] - at, broken, length)


@dataclass(slots=True)
class Lot:
    """Consecutive rows of a file."""

    first_row: int
    start: int
    """Byte of the file at which the lot begins."""
    rows: int = 0
    size: int = 0
    """Bytes of the rows."""
    length: int = 0
    """Bytes of the file, blank lines and dropped ends of too long rows counted in."""
    pieces: list[Piece] = field(default_factory=list)

    def add(self, piece: Piece, rows: int, size: int) -> None:
        """Take a piece in, with the number and size of its rows."""
        self.rows += rows
        self.size += size
        self.length += piece.length
        if rows:
            self.pieces.append(piece)


def cut_into_pieces(chunks: Iterable[bytes], delimiter: str, *, quoted: bool) -> Iterator[Piece]:
    """Yield the records of a stream, chunk by chunk."""
    splitter = _Splitter(delimiter, quoted)
    for chunk in chunks:
        yield from splitter.feed(chunk, final=False)
    yield from splitter.feed(b"", final=True)


@dataclass(slots=True)
class _Splitter:
    delimiter: str
    quoted: bool
    rest: bytes = b""
    dropped: int = 0
    """Bytes gone by of a row that is too long and has not ended; `rest` is how it begins."""

    def feed(self, chunk: bytes, *, final: bool) -> Iterator[Piece]:
        if self.dropped:
            end = first_line_end(chunk)
            if end < 0 and not final:
                self.dropped += len(chunk)
                return
            end = len(chunk) if end < 0 else end
            begin = self.rest + b"\n"
            yield Piece(begin, np.array([len(begin)]), {0: TOO_LONG}, self.dropped + end)
            chunk, self.rest, self.dropped = chunk[end:], b"", 0
        data = self.rest + chunk if self.rest else chunk
        if not data:
            return
        unended = int(final and data[-1] not in b"\r\n")
        data += b"\n" * unended
        found = record_ends(data, self.delimiter, quoted=self.quoted, final=final)
        stop = int(found.ends[-1]) if len(found.ends) else 0
        if stop:
            yield Piece(data if stop == len(data) else data[:stop], found.ends, found.broken, stop - unended)
        self.rest = data[stop:]
        if len(self.rest) > RECORD_BYTES + 1:
            self.rest, self.dropped = self.rest[:RAW_CHARACTERS], len(self.rest)


def cut_into_lots(pieces: Iterable[Piece], *, rows: int, first_row: int = 1, start: int = 0) -> Iterator[Lot]:
    """Gather records into lots of so many rows, fewer in the last and where they pass BLOCK_BYTES."""
    lot = Lot(first_row, start)
    for piece in pieces:
        lengths = np.diff(piece.ends, prepend=0)
        counted = np.flatnonzero(lengths > 1)
        sizes = np.append(0, np.cumsum(lengths[counted]))
        begin = done = 0
        while begin < len(piece.ends):
            fitting = int(np.searchsorted(sizes, sizes[done] + BLOCK_BYTES - lot.size, side="right")) - 1 - done
            taken = min(rows - lot.rows, max(fitting, 0 if lot.rows else 1), len(counted) - done)
            all_taken = done + taken == len(counted)
            end = len(piece.ends) if all_taken else int(counted[done + taken]) if taken else begin
            lot.add(piece.part(begin, end), taken, int(sizes[done + taken] - sizes[done]))
            begin, done = end, done + taken
            if not all_taken or lot.rows == rows:
                yield lot
                lot = Lot(lot.first_row + lot.rows, lot.start + lot.length)
    if lot.rows:
        yield lot
