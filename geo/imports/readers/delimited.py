"""Delimited text: split into rows, and read in blocks from the beginning, or one block from the middle."""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pc
from pyarrow import compute

from geo.imports.blocks import BLOCK_ROWS, ROW, Block, Layout, Malformed, Repaired, Rows, Span
from geo.imports.readers.dialect import (
    TOO_LONG,
    UTF_8,
    Dialect,
    Encoding,
    decoded,
    dialect_of,
    encoding_asked,
    encoding_of,
    escapes_undone,
    first_line_end,
    recoded,
    record_ends,
    repair,
)
from geo.imports.readers.heading import without_totals
from geo.imports.readers.source import (
    BLOCK_BYTES,
    HEAD_BYTES,
    MALFORMED_ROWS,
    MALFORMED_SHARE,
    RAW_CHARACTERS,
    READ_BYTES,
    RECORD_BYTES,
    SAMPLE_ROWS,
    Asked,
    NotSplittableError,
    RemoteFile,
    Source,
    chunks,
    open_file,
    read_up_to,
    rows_per_block,
)
from geo.incident.errors import UnreadableError
from geo.language.messages import say

# Splitting delimited bytes into lots of rows, one lot per block.


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive whole records of a file, including blank lines."""

    data: bytes
    ends: npt.NDArray[np.int64]
    """Index after each record's line end."""
    broken: dict[int, str]
    """Why a record cannot be read, by its number in the piece, from 0."""
    length: int
    """Number of bytes of the file that the piece covers: more than `data` if a row was truncated as too long."""

    def part(self, begin: int, end: int) -> "Piece":
        """Return the records from `begin` up to but not including `end`."""
        if end - begin == len(self.ends):
            return self
        at = int(self.ends[begin - 1]) if begin else 0
        stop = int(self.ends[end - 1]) if end else 0
        broken = {number - begin: why for number, why in self.broken.items() if begin <= number < end}
        length = self.length - at if end == len(self.ends) else max(stop - at, 0)
        return Piece(self.data[at:stop], self.ends[begin:end] - at, broken, length)


@dataclass(slots=True)
class Lot:
    """Consecutive rows of a file, to be read as one block."""

    first_row: int
    start: int
    """Offset in the file at which the lot begins, in bytes."""
    rows: int = 0
    size: int = 0
    """Size of the rows in bytes."""
    length: int = 0
    """Number of bytes of the file, including blank lines and the dropped ends of rows that are too long."""
    pieces: list[Piece] = field(default_factory=list)

    def add(self, piece: Piece, rows: int, size: int) -> None:
        """Add a piece, given the number and size of its rows."""
        self.rows += rows
        self.size += size
        self.length += piece.length
        if rows:
            self.pieces.append(piece)


def cut_into_pieces(chunks: Iterable[bytes], delimiter: str, *, quoted: bool, escaped: bool = False) -> Iterator[Piece]:
    """Yield the records of a stream, chunk by chunk; marks escaped with a backslash (`escaped`) come out doubled."""
    splitter = _Splitter(delimiter, quoted, escaped)
    for chunk in chunks:
        yield from splitter.feed(chunk, final=False)
    yield from splitter.feed(b"", final=True)


@dataclass(slots=True)
class _Splitter:
    delimiter: str
    quoted: bool
    escaped: bool = False
    rest: bytes = b""
    dropped: int = 0
    """Bytes skipped so far of a row that is too long and has not ended; `rest` is its beginning."""

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
        data = escapes_undone(data) if self.escaped else data
        found = record_ends(data, self.delimiter, quoted=self.quoted, final=final)
        stop = int(found.ends[-1]) if len(found.ends) else 0
        if stop:
            yield Piece(data if stop == len(data) else data[:stop], found.ends, found.broken, stop - unended)
        self.rest = data[stop:]
        if len(self.rest) > RECORD_BYTES + 1:
            self.rest, self.dropped = self.rest[:RAW_CHARACTERS], len(self.rest)


def cut_into_lots(pieces: Iterable[Piece], *, rows: int, first_row: int = 1, start: int = 0) -> Iterator[Lot]:
    """Group records into lots of `rows` rows, fewer in the last lot and where they would exceed BLOCK_BYTES."""
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


# Reading a lot of rows into a block: every row ends up in its table or among its malformed ones.

_REPLACED = "\ufffd".encode()
_MARK = "\ufeff".encode()
"""Prepended to what Arrow reads: it drops one byte order mark, which otherwise might belong to the first value."""


def read_lot(lot: Lot, layout: Layout, *, bytes_read: int) -> Block:
    """Read a lot into a block; raises UnreadableError if too many of its rows are malformed."""
    broken = {
        lot.first_row + at: Malformed(row=lot.first_row + at, raw_text=shortened(raw, layout.encoding), reason=why)
        for at, raw, why in _records(lot, broken_only=True)
    }
    good = _good_bytes(lot)
    if layout.encoding != UTF_8:
        good = _MARK + decoded(good[len(_MARK) :], layout.encoding)
    repaired: tuple[Repaired, ...] = ()
    if b"\0" in good or not _is_utf8(good) or (layout.encoding != UTF_8 and _REPLACED in good):
        good, repaired = _repair_rows(lot, layout)
    rows = np.arange(lot.first_row, lot.first_row + lot.rows)
    rows = np.delete(rows, [row - lot.first_row for row in broken])
    table, ragged = _parsed(good, layout, rows)
    if layout.escaped:
        columns = [compute.replace_substring(column, r"\\", "\\") for column in table.columns]
        table = pa.table(columns, names=table.column_names)
    malformed = tuple(sorted([*broken.values(), *ragged], key=lambda one: one.row))
    _check_share(malformed, lot, layout.name)
    rows = rows[~np.isin(rows, [one.row for one in ragged])]
    if len(rows) != table.num_rows:
        raise UnreadableError(layout.name, say("read-rows-run-together", row=lot.first_row))
    block = Block(
        first_row=lot.first_row,
        table=table.append_column(ROW, pa.array(rows, pa.int64())),
        malformed=malformed,
        repaired=tuple(one for one in repaired if one.row not in {other.row for other in ragged}),
        bytes_read=bytes_read,
    )
    return without_totals(block)


def _check_share(malformed: tuple[Malformed, ...], lot: Lot, name: str) -> None:
    if len(malformed) > max(MALFORMED_ROWS, MALFORMED_SHARE * lot.rows):
        first = {"example": malformed[0].row, "reason": malformed[0].reason}
        raise UnreadableError(name, say("read-rows-do-not-fit", row=lot.first_row, **first))


def shortened(raw: bytes, encoding: str) -> str:
    """Return a malformed row as text, without its line end, truncated to RAW_CHARACTERS."""
    text, _ = repair(raw[: 4 * RAW_CHARACTERS], encoding)
    return text.decode().rstrip("\r\n")[:RAW_CHARACTERS]


def empty_table(header: tuple[str, ...]) -> pa.Table:
    """Return a block's table without rows."""
    fields = [*((name, pa.string()) for name in header), (ROW, pa.int64())]
    return pa.schema(fields).empty_table()


def _good_bytes(lot: Lot) -> bytes:
    """Join the rows that are not broken, after a byte order mark."""
    parts: list[bytes | memoryview] = [_MARK]
    for piece in lot.pieces:
        at = 0
        for number in sorted(piece.broken):
            parts.append(memoryview(piece.data)[at : piece.ends[number - 1] if number else 0])
            at = int(piece.ends[number])
        parts.append(memoryview(piece.data)[at:])
    return b"".join(parts)


def _records(lot: Lot, *, broken_only: bool = False) -> Iterator[tuple[int, bytes, str]]:
    """Yield each row's number in the lot, its bytes, and why it is broken, or ""."""
    before = 0
    for piece in lot.pieces:
        starts = np.append(0, piece.ends[:-1])
        counted = np.flatnonzero(piece.ends - starts > 1)
        wanted = np.isin(counted, [*piece.broken]) if broken_only else np.ones(len(counted), bool)
        for at in np.flatnonzero(wanted).tolist():
            number = int(counted[at])
            yield before + at, piece.data[starts[number] : piece.ends[number]], piece.broken.get(number, "")
        before += len(counted)


def _is_utf8(data: bytes) -> bool:
    offsets = pa.py_buffer(struct.pack("=qq", 0, len(data)))
    text = pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, pa.py_buffer(data)])
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _repair_rows(lot: Lot, layout: Layout) -> tuple[bytes, tuple[Repaired, ...]]:
    """Decode each row separately, so that invalid bytes in one do not affect the others."""
    rows, repaired = [_MARK], []
    for at, raw, why in _records(lot):
        if not why:
            text, note = repair(raw, layout.encoding)
            rows.append(text)
            if note:
                repaired.append(Repaired(row=lot.first_row + at, note=note))
    return b"".join(rows), tuple(repaired)


def _parsed(data: bytes, layout: Layout, rows: npt.NDArray[np.int64]) -> tuple[pa.Table, list[Malformed]]:
    """Parse whole rows that follow a byte order mark; rows with a wrong number of values are returned separately."""
    ragged: list[Malformed] = []

    def refuse(row: pc.InvalidRow) -> str:
        reason = say("reject-values", count=row.actual_columns, expected=row.expected_columns)
        ragged.append(Malformed(row=int(rows[row.number - 1]), raw_text=row.text[:RAW_CHARACTERS], reason=reason))
        return "skip"

    if not len(rows):
        return empty_table(layout.header).drop_columns(ROW), ragged
    table = pc.read_csv(
        pa.BufferReader(data),
        pc.ReadOptions(use_threads=False, block_size=len(data), column_names=layout.header),
        pc.ParseOptions(
            delimiter=layout.delimiter,
            quote_char='"' if layout.quoted else False,
            newlines_in_values=True,
            invalid_row_handler=refuse,
        ),
        pc.ConvertOptions(check_utf8=False, column_types=dict.fromkeys(layout.header, pa.string())),
    )
    return table, ragged


# Opening delimited text, and reading it in blocks from the beginning, or one block from the middle.


def open_delimited(source: Source, asked: Asked) -> Rows:
    """Open delimited text; encoding and the header's line are detected unless given.

    Raises UnreadableError if it has no header, or is truncated within the first rows.
    """
    with source.opened() as (stream, _):
        head = read_up_to(stream, HEAD_BYTES)
    encoding_found, found, layout = _layout_of(head, source.name, asked)
    text_file = _TextFile(source, encoding_found, layout)
    return Rows(
        name=source.name,
        header=found.header,
        headerless=found.headerless,
        notes=(*encoding_found.notes, *found.notes),
        encoding=encoding_found.name,
        delimiter=found.delimiter,
        header_row=found.header_row,
        lines_above=found.lines_above,
        bytes_total=source.size,
        sample=next(
            (block.table for block in text_file.blocks(SAMPLE_ROWS)),
            empty_table(found.header),
        ),
        layout=None if encoding_found.wide or source.packed else layout,
        read=text_file.blocks,
    )


def _pieces(parts: Iterator[bytes], layout: Layout) -> Iterator[Piece]:
    return cut_into_pieces(parts, layout.delimiter, quoted=layout.quoted, escaped=layout.escaped)


def spans(file: Path | RemoteFile, rows: Rows, *, block_rows: int = BLOCK_ROWS) -> tuple[Span, ...]:
    """Find the byte ranges of an opened file's blocks, the same blocks that `rows.blocks(block_rows)` yields.

    Scans the bytes once without parsing values. Raises NotSplittableError if the file is packed, in UTF-16, or not
    delimited text.
    """
    layout = rows.layout
    if layout is None:
        raise NotSplittableError(rows.name, say("read-not-splittable"))
    with open_file(file) as stream:
        pieces = _pieces(_after(chunks(stream), layout.start), layout)
        wanted = rows_per_block(block_rows, len(layout.header))
        return tuple(
            Span(first_row=lot.first_row, rows=lot.rows, start=lot.start, stop=lot.start + lot.length)
            for lot in cut_into_lots(pieces, rows=wanted, start=layout.start)
        )


def read_span(file: Path | RemoteFile, span: Span, layout: Layout) -> Block:
    """Read one block from the middle of a file.

    Raises UnreadableError if the file has changed since the span was found.
    """
    with open_file(file) as stream:
        stream.seek(span.start)
        pieces = _pieces(_limited(stream, span.stop - span.start), layout)
        found = cut_into_lots(pieces, rows=span.rows, first_row=span.first_row, start=span.start)
        lot = next(found, None)
        if lot is None or lot.rows != span.rows or next(found, None) is not None:
            raise UnreadableError(layout.name, say("read-changed"))
    return read_lot(lot, layout, bytes_read=span.stop)


@dataclass(frozen=True, slots=True)
class _TextFile:
    source: Source
    encoding: Encoding
    layout: Layout

    def blocks(self, block_rows: int) -> Iterator[Block]:
        layout = self.layout
        with self.source.opened() as (stream, consumed):
            text = recoded(stream, self.encoding) if self.encoding.wide else chunks(stream)
            pieces = _pieces(_after(text, layout.start), layout)
            for lot in cut_into_lots(pieces, rows=rows_per_block(block_rows, len(layout.header))):
                yield read_lot(lot, layout, bytes_read=consumed())


def _layout_of(head: bytes, name: str, asked: Asked) -> tuple[Encoding, Dialect, Layout]:
    """Detect from the first bytes how to read the text."""
    complete = len(head) < HEAD_BYTES
    encoding_found = _encoding(head, name, asked.encoding, complete=complete)
    text = head[encoding_found.mark :]
    if encoding_found.name != UTF_8:
        text = text.decode(encoding_found.name, "replace").encode("utf-8", "replace")
    found = dialect_of(text, name, complete=complete, header_row=asked.header_row)
    layout = Layout(
        name=name,
        header=found.header,
        encoding=UTF_8 if encoding_found.wide else encoding_found.name,
        delimiter=found.delimiter,
        quoted=found.quoted,
        escaped=found.escaped,
        start=_start(text, found.start, encoding_found),
    )
    return encoding_found, found, layout


def _encoding(head: bytes, name: str, wanted: str | None, *, complete: bool) -> Encoding:
    if wanted is None:
        end = len(head) if complete else max(head.rfind(b"\n"), head.rfind(b"\r"))
        return encoding_of(head[:end] if end > 0 else head)
    return encoding_asked(wanted, head, name)


def _start(text: bytes, start: int, encoding: Encoding) -> int:
    """Convert an offset in the recoded head to one in what is read: the file's bytes, or recoded ones if wide."""
    if encoding.wide:
        return start
    if encoding.name == UTF_8:
        return encoding.mark + start
    return len(text[:start].decode())


def _after(parts: Iterator[bytes], skip: int) -> Iterator[bytes]:
    for part in parts:
        if skip < len(part):
            yield part[skip:]
        skip = max(0, skip - len(part))


def _limited(stream: BinaryIO, size: int) -> Iterator[bytes]:
    while size and (part := stream.read(min(size, READ_BYTES))):
        size -= len(part)
        yield part
