"""Delimited text: opened from a stream, read in blocks from its beginning, or one block from the middle."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from geo.imports.block import BLOCK_ROWS, Block, Layout, Rows, Span
from geo.imports.errors import NotSplittableError, UnreadableError
from geo.imports.opening import dialect
from geo.imports.opening.encoding import UTF_8, Encoding, named, recoded, told_from
from geo.imports.opening.limits import HEAD_BYTES, READ_BYTES, SAMPLE_ROWS, rows_per_block
from geo.imports.opening.lots import cut_into_lots, cut_into_pieces
from geo.imports.opening.parsing import empty_table, read_lot
from geo.imports.opening.source import RemoteFile, Source, chunks, open_file, read_up_to


def open_delimited(source: Source, *, encoding: str | None = None, delimiter: str | None = None) -> Rows:
    """Open a delimited text; encoding and delimiter are told from it where they are not given.

    Raises UnreadableError where it has no header, or breaks off within the rows that are looked at.
    """
    with source.opened() as (stream, _):
        head = read_up_to(stream, HEAD_BYTES)
    told, found, layout = _told(head, source.name, encoding, delimiter)
    text_file = _TextFile(source, told, layout)
    return Rows(
        name=source.name,
        header=found.header,
        headerless=found.headerless,
        notes=(*told.notes, *found.notes),
        encoding=told.name,
        delimiter=found.delimiter,
        bytes_total=source.size,
        sample=next(
            (block.table for block in text_file.blocks(SAMPLE_ROWS)),
            empty_table(found.header),
        ),
        layout=None if told.wide or source.packed else layout,
        read=text_file.blocks,
    )


def spans(file: Path | RemoteFile, rows: Rows, *, block_rows: int = BLOCK_ROWS) -> tuple[Span, ...]:
    """Find where the blocks of an opened file lie, the same blocks that `rows.blocks(block_rows)` yields.

    Goes through the bytes once without reading the values. Raises NotSplittableError for what is packed, UTF-16, or not
    delimited text.
    """
    layout = rows.layout
    if layout is None:
        raise NotSplittableError(
            rows.name, "it can only be read from its beginning; save it as CSV (UTF-8) and do not pack it"
        )
    with open_file(file) as stream:
        pieces = cut_into_pieces(_after(chunks(stream), layout.start), layout.delimiter, quoted=layout.quoted)
        wanted = rows_per_block(block_rows, len(layout.header))
        return tuple(
            Span(first_row=lot.first_row, rows=lot.rows, start=lot.start, stop=lot.start + lot.length)
            for lot in cut_into_lots(pieces, rows=wanted, start=layout.start)
        )


def read_span(file: Path | RemoteFile, span: Span, layout: Layout) -> Block:
    """Read one block from the middle of a file, by itself.

    Raises UnreadableError where the file is not the one in which the span was found.
    """
    with open_file(file) as stream:
        stream.seek(span.start)
        pieces = cut_into_pieces(_limited(stream, span.stop - span.start), layout.delimiter, quoted=layout.quoted)
        found = cut_into_lots(pieces, rows=span.rows, first_row=span.first_row, start=span.start)
        lot = next(found, None)
        if lot is None or lot.rows != span.rows or next(found, None) is not None:
            raise UnreadableError(layout.name, "it has changed while it was being read; import it again")
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
            pieces = cut_into_pieces(_after(text, layout.start), layout.delimiter, quoted=layout.quoted)
            for lot in cut_into_lots(pieces, rows=rows_per_block(block_rows, len(layout.header))):
                yield read_lot(lot, layout, bytes_read=consumed())


def _told(
    head: bytes, name: str, wanted: str | None, delimiter: str | None
) -> tuple[Encoding, dialect.Dialect, Layout]:
    """Tell from the first bytes how the text is to be read."""
    complete = len(head) < HEAD_BYTES
    told = _encoding(head, name, wanted, complete=complete)
    text = head[told.mark :]
    if told.name != UTF_8:
        text = text.decode(told.name, "replace").encode("utf-8", "replace")
    found = dialect.told_from(text, name, complete=complete, delimiter=delimiter)
    layout = Layout(
        name=name,
        header=found.header,
        encoding=UTF_8 if told.wide else told.name,
        delimiter=found.delimiter,
        quoted=found.quoted,
        start=_start(text, found.start, told),
    )
    return told, found, layout


def _encoding(head: bytes, name: str, wanted: str | None, *, complete: bool) -> Encoding:
    if wanted is None:
        end = len(head) if complete else max(head.rfind(b"\n"), head.rfind(b"\r"))
        return told_from(head[:end] if end > 0 else head)
    try:
        return named(wanted, head)
    except LookupError as error:
        raise UnreadableError(name, f"the encoding {wanted!r} is not known; try utf-8, cp1252 or cp1256") from error


def _start(text: bytes, start: int, encoding: Encoding) -> int:
    """Turn a position in the recoded head into one of what is read: the file's bytes, or recoded ones if wide."""
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
