"""A lot of delimited rows read into a block: every row is in its table or among its malformed ones."""

import struct
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pc

from geo.imports.block import ROW, Block, Layout, Malformed, Mended
from geo.imports.errors import UnreadableError
from geo.imports.opening.encoding import UTF_8, decoded, mend
from geo.imports.opening.limits import MALFORMED_ROWS, MALFORMED_SHARE, RAW_CHARACTERS
from geo.imports.opening.lots import Lot
from geo.wording import count_words

_REPLACED = "\ufffd".encode()
_MARK = "\ufeff".encode()
"""Put before what Arrow reads: it drops one byte order mark, which might be the first value's own."""


def read_lot(lot: Lot, layout: Layout, *, bytes_read: int) -> Block:
    """Read a lot of a file's rows."""
    broken = {
        lot.first_row + at: Malformed(row=lot.first_row + at, raw_text=shortened(raw, layout.encoding), reason=why)
        for at, raw, why in _records(lot, broken_only=True)
    }
    good = _good_bytes(lot)
    if layout.encoding != UTF_8:
        good = _MARK + decoded(good[len(_MARK) :], layout.encoding)
    mended: tuple[Mended, ...] = ()
    if b"\0" in good or not _is_utf8(good) or (layout.encoding != UTF_8 and _REPLACED in good):
        good, mended = _mend_rows(lot, layout)
    rows = np.arange(lot.first_row, lot.first_row + lot.rows)
    rows = np.delete(rows, [row - lot.first_row for row in broken])
    table, ragged = _parsed(good, layout, rows)
    malformed = tuple(sorted([*broken.values(), *ragged], key=lambda one: one.row))
    _check_share(malformed, lot, layout.name)
    rows = rows[~np.isin(rows, [one.row for one in ragged])]
    if len(rows) != table.num_rows:
        reason = f"the rows from {lot.first_row:,} on cannot be told apart; save it as CSV (UTF-8) again"
        raise UnreadableError(layout.name, reason)
    return Block(
        first_row=lot.first_row,
        table=table.append_column(ROW, pa.array(rows, pa.int64())),
        malformed=malformed,
        mended=tuple(one for one in mended if one.row not in {other.row for other in ragged}),
        bytes_read=bytes_read,
    )


def _check_share(malformed: tuple[Malformed, ...], lot: Lot, name: str) -> None:
    if len(malformed) > max(MALFORMED_ROWS, MALFORMED_SHARE * lot.rows):
        first = f"row {malformed[0].row:,}: {malformed[0].reason}"
        raise UnreadableError(name, f"hardly a row from {lot.first_row:,} on fits the header; {first}")


def shortened(raw: bytes, encoding: str) -> str:
    """Give a malformed row as text, without its line end, as much of it as is kept."""
    text, _ = mend(raw[: 4 * RAW_CHARACTERS], encoding)
    return text.decode().rstrip("\r\n")[:RAW_CHARACTERS]


def empty_table(header: tuple[str, ...]) -> pa.Table:
    """Make a block's table without rows."""
    fields = [*((name, pa.string()) for name in header), (ROW, pa.int64())]
    return pa.schema(fields).empty_table()


def _good_bytes(lot: Lot) -> bytes:
    """Join the rows that are not broken, behind a byte order mark."""
    parts: list[bytes | memoryview] = [_MARK]
    for piece in lot.pieces:
        at = 0
        for number in sorted(piece.broken):
            parts.append(memoryview(piece.data)[at : piece.ends[number - 1] if number else 0])
            at = int(piece.ends[number])
        parts.append(memoryview(piece.data)[at:])
    return b"".join(parts)


def _records(lot: Lot, *, broken_only: bool = False) -> Iterator[tuple[int, bytes, str]]:
    """Yield (number in the lot, bytes, why broken or "") of the rows."""
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


def _mend_rows(lot: Lot, layout: Layout) -> tuple[bytes, tuple[Mended, ...]]:
    """Make text of each row by itself, so that one with foreign bytes does not touch the others."""
    rows, mended = [_MARK], []
    for at, raw, why in _records(lot):
        if not why:
            text, note = mend(raw, layout.encoding)
            rows.append(text)
            if note:
                mended.append(Mended(row=lot.first_row + at, note=note))
    return b"".join(rows), tuple(mended)


def _parsed(data: bytes, layout: Layout, rows: npt.NDArray[np.int64]) -> tuple[pa.Table, list[Malformed]]:
    """Parse whole rows with the numbers given, behind a byte order mark; ragged ones come back apart."""
    ragged: list[Malformed] = []

    def refuse(row: pc.InvalidRow) -> str:
        reason = f"{count_words(row.actual_columns, 'value')} where the header has {row.expected_columns:,}"
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
