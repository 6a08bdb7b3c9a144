"""Delimiter, header and notes of a delimited text, told from its first lines."""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc

from geo.imports.errors import UnreadableError
from geo.imports.headers import GDELT, column_names, is_hashtag_row, names_without_header
from geo.imports.opening.encoding import UTF_8, mend
from geo.imports.opening.limits import COLUMNS, HEAD_BYTES, MIB
from geo.imports.opening.records import first_line_end, record_ends

DELIMITERS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
"""What may stand between values, the likeliest first."""
_MARK: Final = "\ufeff".encode()
"""Put before what Arrow reads: it drops one byte order mark, which might be the first value's own."""
_RECORDS: Final = 50
_SEPARATOR_LINE: Final = re.compile(rb'"?sep=([,;\t|])"?\r?\n', re.IGNORECASE)

Records = list[tuple[slice, int]]
"""Place and number of values of the first records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a delimited text is written, and what its columns are called."""

    delimiter: str
    quoted: bool
    header: tuple[str, ...]
    headerless: bool
    start: int
    """Byte of the head at which the data rows begin."""
    notes: tuple[str, ...]


def told_from(head: bytes, name: str, *, complete: bool, delimiter: str | None = None) -> Dialect:
    """Tell a dialect from the first bytes of a text, as UTF-8 without a byte order mark.

    `complete` says that there are no more bytes. Raises UnreadableError where no header is found.
    """
    separator = _SEPARATOR_LINE.match(head)
    skipped = separator.end() if separator else 0
    if separator and delimiter is None:
        delimiter = separator[1].decode()
    text = head[skipped:]
    if complete and text[-1:] not in {b"\n", b"\r"}:
        text += b"\n"
    delimiter = delimiter or _likeliest(text)
    records = _first_records(text, delimiter)
    first, start = _first_line(text, records, name, delimiter)
    known = names_without_header(first) or _gdelt(text, delimiter)
    if known is None:
        header, start, notes = _columns(text, records, first, start, delimiter)
    else:
        header, start = known, 0
        notes = ("no header: the columns are named as their publisher documents them",)
    return Dialect(
        delimiter=delimiter,
        quoted=known != GDELT,
        header=header,
        headerless=known is not None,
        start=min(skipped + start, len(head)),
        notes=notes if delimiter == "," else (f"delimiter {DELIMITERS.get(delimiter, repr(delimiter))}", *notes),
    )


def _columns(
    text: bytes, records: Records, first: tuple[str, ...], start: int, delimiter: str
) -> tuple[tuple[str, ...], int, tuple[str, ...]]:
    """Give the names of the columns, where the data rows begin, and what is unusual about the lines above them."""
    notes = []
    if _with_one_more(text, records, delimiter):
        notes.append("a delimiter at the end of each row")
        first = (*first, "")
    header, changed = column_names(first)
    if end := _end_of_hashtags(text, records, delimiter):
        notes.append("second line with HXL hashtags skipped")
    return header, end or start, (*notes, *changed)


def _gdelt(head: bytes, delimiter: str) -> tuple[str, ...] | None:
    """Look at the first line as GDELT writes it, with quotation marks as ordinary characters."""
    line = head[: max(first_line_end(head), 0)].decode("utf-8", "replace")
    return names_without_header(line.rstrip("\r\n").split("\t")) if delimiter == "\t" else None


def values_of(record: bytes, delimiter: str, columns: int) -> tuple[str, ...]:
    """Read one row of so many values."""
    record = _MARK + mend(record, UTF_8)[0]
    names = [str(number) for number in range(columns)]
    table = pc.read_csv(
        pa.BufferReader(record),
        pc.ReadOptions(use_threads=False, block_size=len(record), column_names=names),
        pc.ParseOptions(delimiter=delimiter, newlines_in_values=True),
        pc.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
    )
    return tuple(column[0].as_py() for column in table.columns)


def _likeliest(text: bytes) -> str:
    """Choose the delimiter by which the header has most values, and most rows as many."""

    def merit(delimiter: str) -> tuple[bool, int]:
        counts = [columns for _, columns in _first_records(text, delimiter)]
        if not counts or counts[0] == 1:
            return False, 0
        alike = counts[1:].count(counts[0])
        return alike >= (len(counts) - 1) / 2, counts[0]

    return max(DELIMITERS, key=merit)


def _first_records(text: bytes, delimiter: str) -> Records:
    """Give the place and the number of values of the first records that can be read."""
    found = record_ends(text, delimiter, quoted=True, final=False)
    starts = np.append(0, found.ends[:-1])
    counted = np.flatnonzero(found.ends - starts > 1)[: _RECORDS + len(found.broken)].tolist()
    places = [slice(int(starts[number]), int(found.ends[number])) for number in counted if number not in found.broken]
    return [(place, _number_of_values(text[place], delimiter)) for place in places[:_RECORDS]]


def _number_of_values(record: bytes, delimiter: str) -> int:
    counted = [1]
    record = _MARK + mend(record, UTF_8)[0]

    def count(row: pc.InvalidRow) -> str:
        counted[0] = row.actual_columns
        return "skip"

    pc.read_csv(
        pa.BufferReader(record),
        pc.ReadOptions(use_threads=False, block_size=len(record), column_names=["0"]),
        pc.ParseOptions(delimiter=delimiter, newlines_in_values=True, invalid_row_handler=count),
        pc.ConvertOptions(column_types={"0": pa.string()}),
    )
    return counted[0]


def _first_line(text: bytes, records: Records, name: str, delimiter: str) -> tuple[tuple[str, ...], int]:
    """Give the values of the first record, and where it ends."""
    if not text.strip(b"\r\n"):
        raise UnreadableError(name, "it has no lines; a table begins with a header and has a line for each event")
    blank = len(text) - len(text.lstrip(b"\r\n"))
    found = bool(records) and records[0][0].start == blank
    place, columns = records[0] if found else (slice(0), _delimiters_in_line(text[blank:]) + 1)
    if columns > COLUMNS:
        raise UnreadableError(name, f"it has {columns:,} columns or more, at most {COLUMNS:,} are read; is it a table?")
    if not found:
        most = f"{HEAD_BYTES // MIB} MB"
        raise UnreadableError(name, f"its first line is no header: a quotation mark is left open, or it passes {most}")
    return values_of(text[place], delimiter, columns), place.stop


def _delimiters_in_line(text: bytes) -> int:
    line = text[: first_line_end(text)] if first_line_end(text) > 0 else text
    return max(line.count(delimiter.encode()) for delimiter in DELIMITERS)


def _with_one_more(text: bytes, records: Records, delimiter: str) -> bool:
    """Tell whether each row ends with a delimiter that the header lacks."""
    (_, columns), *rows = records
    lines = [text[place].rstrip(b"\r\n") for place, _ in rows]
    more = all(count == columns + 1 for _, count in rows)
    return bool(rows) and more and all(line.endswith(delimiter.encode()) for line in lines)


def _end_of_hashtags(text: bytes, records: Records, delimiter: str) -> int:
    """Give the byte after a second line of HXL hashtags, 0 where there is none."""
    if len(records) == 1 or records[1][1] > COLUMNS:
        return 0
    place, columns = records[1]
    return place.stop if is_hashtag_row(values_of(text[place], delimiter, columns)) else 0
