"""Find a table's header among its first lines, name the columns, and recognise rows of totals."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from geo.imports.blocks import ROW, Block, Malformed
from geo.imports.recognition import column_names, is_hashtag_row
from geo.incident.errors import UnreadableError
from geo.language.messages import say

# Headers as people write them: below a title or comments, in two lines, as HXL hashtags, or missing.

HEAD_LINES: Final = 60
"""Number of non-blank lines in which the header is searched for."""
LINES_ABOVE: Final = 12
"""Number of lines shown to the user who is asked which one is the header."""
_SHOWN_COLUMNS: Final = 60
_SHOWN_CHARACTERS: Final = 200
Line = tuple[int, tuple[str, ...]]
"""Number of a non-blank line in the file, from 1, and its values."""

_NUMBER: Final = re.compile(r"[-+−]?\d[\d.,  '’]*%?")
_DECIMAL: Final = re.compile(r"[-+−]?\d{1,3}[.,]\d{2,}")
_DAY: Final = re.compile(
    r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}[- ][^\W\d]{3,12}\.?[- ,]+\d{2,4}"
    r"|[^\W\d]{3,12}\.? \d{1,2},? \d{4})([ T].*)?"
)
_UNGROUPED: Final = frozenset(
    (
        *("date", "day", "year", "month", "time", "country", "province", "district", "place", "location", "latitude"),
        *("longitude", "lat", "lon", "lng", "long", "source", "sources", "notes", "remarks", "comment", "comments"),
        *("id", "title", "description", "url", "link"),
    )
)
"""Column names that never belong to a group named to their left."""
_COORDINATES: Final = frozenset(("latitude", "longitude", "lat", "lon", "lng", "long"))
"""Column names that do not take on a group's name even if it is directly above them."""
_TITLE_COLUMNS: Final = 2
"""Last column that the only value of a title may be in."""
_FULL: Final = 3
"""Usual number of values per line from which a line with hardly any is taken for a title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The header found in the first lines."""

    row: int
    """Number of the header's line, the upper one of two; 0 if there is none."""
    lines: int
    """Number of non-blank lines above the data."""
    header: tuple[str, ...]
    headerless: bool
    notes: tuple[str, ...]


def heading_of(
    lines: Sequence[Line], name: str, *, wanted: int | None = None, data_columns: int | None = None
) -> Heading:
    """Find the header, or use line number `wanted`; 0 means that the table has none.

    `data_columns` is the number of columns, if known. Raises UnreadableError if the wanted line is blank or not among
    those given.
    """
    values = [tuple(value.strip() for value in line) for _, line in lines]
    numbers = [number for number, _ in lines]
    at, headerless = _place(values) if wanted is None else _wanted(numbers, values, wanted, name)
    notes: list[str] = []
    if headerless:
        width = data_columns or max(map(_width, values[at:]))
        made = tuple(say("column-without-name", number=str(number)) for number in range(1, width + 1))
        return Heading(row=0, lines=at, header=made, headerless=True, notes=(say("note-headerless"),))
    if wanted is None and at:
        notes.append(say("note-header-line", row=numbers[at], count=numbers[at] - 1))
    end, names = at + 1, values[at]
    if is_hashtag_row(names):
        if wanted is None and _named_below(values[at + 1 :]):
            end, names = at + 2, values[at + 1]
            notes.append(say("note-hashtags-above"))
        else:
            notes.append(say("note-hashtags-alone"))
    elif _two_lines(values[at:]):
        end, names = at + 2, _joined(values[at], values[at + 1])
        notes.append(say("note-two-header-lines"))
    if end < len(values) and is_hashtag_row(values[end]):
        end += 1
        notes.append(say("note-hashtags-skipped"))
    names = names[: max(_width(names), data_columns or 0)]
    header, changed = column_names([*names, *[""] * ((data_columns or 0) - len(names))])
    return Heading(row=numbers[at], lines=end, header=header, headerless=False, notes=(*notes, *changed))


def shown_lines(lines: Sequence[Line]) -> tuple[tuple[str, ...], ...]:
    """Return the first lines for display, blank ones as empty tuples.

    >>> shown_lines([(1, ("a", "", "")), (3, ("b", "c", ""))])
    (('a', ''), (), ('b', 'c'))
    """
    by_number = dict(lines)
    last = min(max(by_number, default=0), LINES_ABOVE)
    shown = [by_number.get(number, ()) for number in range(1, last + 1)]
    width = min(max(map(_width, shown), default=0), _SHOWN_COLUMNS)
    return tuple(tuple(value[:_SHOWN_CHARACTERS] for value in line[:width]) for line in shown)


def is_data(value: str) -> bool:
    """Return whether a text is a number or a date, as values often are and column names hardly ever.

    >>> [is_data(text) for text in ("31.0", "2025-10-11", "11 Oct 2025", "Killed", "")]
    [True, True, True, False, False]
    """
    return bool(_NUMBER.fullmatch(value) or _DAY.fullmatch(value))


def _wanted(numbers: Sequence[int], values: Sequence[tuple[str, ...]], wanted: int, name: str) -> tuple[int, bool]:
    if not wanted:
        return 0, True
    if wanted not in numbers or not any(values[numbers.index(wanted)]):
        raise UnreadableError(name, say("read-no-header-row", row=wanted, last=numbers[-1] if numbers else 0))
    return numbers.index(wanted), False


def _place(values: Sequence[tuple[str, ...]]) -> tuple[int, bool]:
    """Return the index of the header's line, and whether it holds values because there is no header."""
    first = next((at for at, line in enumerate(values) if not _is_comment(line)), 0)
    counts = sorted((_distinct(line) for line in values[first:]), reverse=True)
    usual = counts[1] if len(counts) > 1 else 0
    at = first
    titled = usual >= _FULL and _distinct(values[first]) < max(2, usual / 2)
    if titled or (usual == _FULL - 1 and _distinct(values[first]) == 1 and _width(values[first]) == 1):
        at = _after_title(values, first, usual)
    return at, _holds_values(values[at])


def _after_title(values: Sequence[tuple[str, ...]], first: int, usual: int) -> int:
    """Return the index of the line below a title that names the columns; `first` if there is none."""
    for at in range(first + 1, len(values) - 1):
        line = values[at]
        if _distinct(line) < max(2, usual / 2):
            continue
        if any(map(is_data, line)) and not is_hashtag_row(line):
            return at if _holds_values(line) and at > first + 1 else first
        return at - 1 if at > first and _is_group(values[at - 1], line) and _two_lines(values[at - 1 :]) else at
    return first


def _is_comment(line: tuple[str, ...]) -> bool:
    first = next((value for value in line if value), "")
    if not first.startswith("#") or is_hashtag_row(line):
        return False
    return first[1:2].isspace() or first.startswith("##") or (_distinct(line) == 1 and len(first) > 1)


def _is_group(line: tuple[str, ...], below: tuple[str, ...]) -> bool:
    """Return whether a line names groups of columns; unlike these, a title has no gaps or merged cells."""
    width = _width(line)
    merged = any(value == other for value, other in pairwise(line[:width]))
    gaps = not all(line[:width]) and (sum(map(bool, line)) > 1 or width > _TITLE_COLUMNS)
    return (gaps or merged) and _distinct(line) > bool(line[0]) and width <= max(_width(below), 1)


def _holds_values(line: tuple[str, ...]) -> bool:
    """Return whether a line holds values rather than a header: two or more, among them a date or two decimals."""
    count = sum(map(is_data, line))
    days = sum(bool(_DAY.fullmatch(value)) for value in line)
    return count > 1 and (days > 0 or sum(bool(_DECIMAL.fullmatch(value)) for value in line) > 1)


def _named_below(values: Sequence[tuple[str, ...]]) -> bool:
    """Return whether the line below hashtags is a header rather than values."""
    if len(values) < 2 or any(map(is_data, values[0])):  # noqa: PLR2004  # header and one row
        return False
    return any(any(map(is_data, line)) for line in values[1:])


def _two_lines(values: Sequence[tuple[str, ...]]) -> bool:
    """Return whether the second line subdivides the first: names above data, where the first line has gaps."""
    if len(values) <= 2 or any(map(is_data, (*values[0], *values[1]))) or is_hashtag_row(values[1]):  # noqa: PLR2004
        return False
    above, below = values[0], values[1]
    gaps = [
        at
        for at, value in enumerate(below)
        if value and (at >= len(above) or not above[at] or (at and above[at] == above[at - 1] != value))
    ]
    if not gaps or not any(above):
        return False
    filled = [any(at < len(line) and is_data(line[at]) for line in values[2:]) for at in range(len(below)) if below[at]]
    return sum(filled) * 2 >= len(filled)


def _joined(above: tuple[str, ...], below: tuple[str, ...]) -> tuple[str, ...]:
    names, group = [], ""
    width = max(len(above), len(below))
    filled = any(value and value == other for value, other in pairwise(above))
    for upper, lower in zip(
        (*above, *[""] * (width - len(above))), (*below, *[""] * (width - len(below))), strict=True
    ):
        if upper or not lower or filled or lower.lower() in _UNGROUPED:
            group = upper
        parted = group and lower and group != lower and lower.lower() not in _COORDINATES
        names.append(f"{group}: {lower}" if parted else lower or upper)
    return tuple(names)


def _width(line: Sequence[str]) -> int:
    return max((number for number, value in enumerate(line, start=1) if value), default=0)


def _distinct(line: Sequence[str]) -> int:
    """Count the values of a line; one repeated in all cells, as when merged, counts once."""
    given = [value for value in line if value]
    return min(len({*given}), 1) if len({*given}) <= 1 else len(given)


# Rows of totals, whose figures would be counted twice.

_TOTALS: Final = (
    *("total", "totals", "grand total", "subtotal", "sub-total", "sum", "total général", "somme", "gesamt"),
    *("gesamtsumme", "insgesamt", "summe", "итого", "всего", "итог", "ҷамъ", "ҳамагӣ", "مجموع", "مجموعه", "المجموع"),
    *("الإجمالي", "جمع", "جمع کل", "ټول", "ټولټال", "کل", "کل تعداد", "toplam", "genel toplam", "razem", "suma"),
    *("celkem", "součet"),
)
_TOTAL: Final = re.compile(
    rf"\s*(?:{'|'.join(map(re.escape, sorted(_TOTALS, key=len, reverse=True)))})(?:[\s:.(]|$)", re.IGNORECASE
)
_LEADING: Final = 3
"""Number of leading columns in which the label of a row of totals may be."""
_LONGEST_LABEL: Final = 60


def _beginnings() -> npt.NDArray[np.bool_]:
    """Mark the pairs of bytes, as 16-bit numbers, with which a row of totals may begin."""
    begins = np.zeros(2**16, np.bool_)
    pairs = {cased.encode()[:2] for word in _TOTALS for cased in (word, word.upper(), word.capitalize())}
    begins[[pair[0] << 8 | pair[1] for pair in pairs]] = True
    begins[[ord(blank) << 8 | byte for blank in " \t\n" for byte in range(256)]] = True
    begins[0xC2A0] = True  # a no-break space
    return begins


_BEGINNINGS: Final = _beginnings()


def without_totals(block: Block) -> Block:
    """Move rows of totals from a block's table to its malformed rows."""
    table = block.table
    names = [name for name in table.column_names if name != ROW]
    rows = {at: [table[name][at].as_py() for name in names] for at in _suspects(table, names[:_LEADING])}
    totals = [at for at, values in rows.items() if _is_total(values)]
    if not totals:
        return block
    reason = say("reject-totals")
    numbers = table[ROW].to_numpy()
    out = tuple(Malformed(row=int(numbers[at]), raw_text="\t".join(rows[at]), reason=reason) for at in totals)
    kept = np.ones(table.num_rows, bool)
    kept[totals] = False
    gone = {one.row for one in out}
    return Block(
        first_row=block.first_row,
        table=table.filter(pa.array(kept)),
        malformed=tuple(sorted([*block.malformed, *out], key=lambda one: one.row)),
        repaired=tuple(one for one in block.repaired if one.row not in gone),
        bytes_read=block.bytes_read,
    )


def _suspects(table: pa.Table, names: Sequence[str]) -> list[int]:
    """Return the rows whose first value is a word for a total; for most rows, only two bytes are examined."""
    at = np.arange(table.num_rows)
    found: list[int] = []
    for name in names:
        column = table[name].combine_chunks()
        column = column if len(at) == table.num_rows else column.take(pa.array(at))
        offsets = np.frombuffer(column.buffers()[1], np.int32)[column.offset : column.offset + len(at) + 1]
        data = np.frombuffer(column.buffers()[2] or b"", np.uint8)
        lengths = np.diff(offsets)
        long = np.flatnonzero(lengths > 1)
        pairs = data[offsets[long]].astype(np.uint16) << 8 | data[offsets[long] + 1]
        likely = long[_BEGINNINGS[pairs]]
        values = column.take(pa.array(likely)).to_pylist()
        found += [int(at[row]) for row, value in zip(likely.tolist(), values, strict=True) if _TOTAL.match(value)]
        at = at[lengths == 0]
        if not len(at):
            break
    return sorted(found)


def _is_total(values: Sequence[str]) -> bool:
    """Return whether a row is one of totals: its first value is a short label, the others are numbers and not dates."""
    label, *others = [value.strip() for value in values if value.strip()]
    days = any(map(_DAY.fullmatch, others))
    return not days and len(values) > 1 and len(label) <= _LONGEST_LABEL and all(map(_NUMBER.fullmatch, others))
