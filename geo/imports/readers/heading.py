"""Where the header of a table stands among its first lines, what the columns are called, and which rows are totals."""

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

# The header of a table as people make them: under a title or comments, of two lines, of HXL hashtags, or none.

HEAD_LINES: Final = 60
"""Lines with anything in them among which the header is looked for."""
LINES_ABOVE: Final = 12
"""Lines that are shown to whoever is asked which one is the header."""
_SHOWN_COLUMNS: Final = 60
_SHOWN_CHARACTERS: Final = 200
Line = tuple[int, tuple[str, ...]]
"""Number of a line in the file, from 1, and its values; blank lines are left out."""

_NUMBER: Final = re.compile(r"[-+−]?\d[\d.,  '’]*%?")
_DECIMAL: Final = re.compile(r"[-+−]?\d{1,3}[.,]\d{2,}")
_DAY: Final = re.compile(
    r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}[- ][^\W\d]{3,12}\.?[- ,]+\d{2,4}"
    r"|[^\W\d]{3,12}\.? \d{1,2},? \d{4})([ T].*)?"
)
_ALONE: Final = frozenset(
    (
        *("date", "day", "year", "month", "time", "country", "province", "district", "place", "location", "latitude"),
        *("longitude", "lat", "lon", "lng", "long", "source", "sources", "notes", "remarks", "comment", "comments"),
        *("id", "title", "description", "url", "link"),
    )
)
"""Names that stand for themselves, so that the name of a group left of them does not reach them."""
_COORDINATES: Final = frozenset(("latitude", "longitude", "lat", "lon", "lng", "long"))
"""Likewise, even where a name stands above them."""
_TITLED: Final = 2
"""Columns in the first of which a title stands."""
_FULL: Final = 3
"""Columns from which on a line with hardly any values is a title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What was found in the first lines."""

    row: int
    """Number of the line with the header, the upper one where there are two; 0 where there is none."""
    lines: int
    """How many of the lines that are not blank stand above the data."""
    header: tuple[str, ...]
    headerless: bool
    notes: tuple[str, ...]


def heading_of(
    lines: Sequence[Line], name: str, *, wanted: int | None = None, data_columns: int | None = None
) -> Heading:
    """Find the header, or take the line that is wanted; 0 stands for a table without one.

    `data_columns` is how many columns there are, if that is known. Raises UnreadableError where nothing stands in the
    line wanted.
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
    """Return the first lines as they stand, blank ones as nothing, to be shown.

    >>> shown_lines([(1, ("a", "", "")), (3, ("b", "c", ""))])
    (('a', ''), (), ('b', 'c'))
    """
    by_number = dict(lines)
    last = min(max(by_number, default=0), LINES_ABOVE)
    shown = [by_number.get(number, ()) for number in range(1, last + 1)]
    width = min(max(map(_width, shown), default=0), _SHOWN_COLUMNS)
    return tuple(tuple(value[:_SHOWN_CHARACTERS] for value in line[:width]) for line in shown)


def is_data(value: str) -> bool:
    """Tell whether a text is a number or a day, as values are and names of columns hardly.

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
    """Return the number of the line with the header, among those given, and whether there is none."""
    first = next((at for at, line in enumerate(values) if not _is_comment(line)), 0)
    counts = sorted((_distinct(line) for line in values[first:]), reverse=True)
    usual = counts[1] if len(counts) > 1 else 0
    at = first
    titled = usual >= _FULL and _distinct(values[first]) < max(2, usual / 2)
    if titled or (usual == _FULL - 1 and _distinct(values[first]) == 1 and _width(values[first]) == 1):
        at = _after_title(values, first, usual)
    return at, _holds_values(values[at])


def _after_title(values: Sequence[tuple[str, ...]], first: int, usual: int) -> int:
    """Return the line that names columns under a title; the first itself where none does."""
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
    """Tell a line of names for several columns each from a title, which has no gaps and nothing that is merged."""
    width = _width(line)
    merged = any(value == other for value, other in pairwise(line[:width]))
    gaps = not all(line[:width]) and (sum(map(bool, line)) > 1 or width > _TITLED)
    return (gaps or merged) and _distinct(line) > bool(line[0]) and width <= max(_width(below), 1)


def _holds_values(line: tuple[str, ...]) -> bool:
    """Tell a line of values from a header: a day, or coordinates, among at least two values."""
    told = sum(map(is_data, line))
    days = sum(bool(_DAY.fullmatch(value)) for value in line)
    return told > 1 and (days > 0 or sum(bool(_DECIMAL.fullmatch(value)) for value in line) > 1)


def _named_below(values: Sequence[tuple[str, ...]]) -> bool:
    """Tell whether the line under hashtags is a header, and not values."""
    if len(values) < 2 or any(map(is_data, values[0])):  # noqa: PLR2004  # a header and a row
        return False
    return any(any(map(is_data, line)) for line in values[1:])


def _two_lines(values: Sequence[tuple[str, ...]]) -> bool:
    """Tell whether the second line names parts of what the first names: texts over values, where the first has gaps."""
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
    told = [any(at < len(line) and is_data(line[at]) for line in values[2:]) for at in range(len(below)) if below[at]]
    return sum(told) * 2 >= len(told)


def _joined(above: tuple[str, ...], below: tuple[str, ...]) -> tuple[str, ...]:
    names, group = [], ""
    width = max(len(above), len(below))
    filled = any(value and value == other for value, other in pairwise(above))
    for upper, lower in zip(
        (*above, *[""] * (width - len(above))), (*below, *[""] * (width - len(below))), strict=True
    ):
        if upper or not lower or filled or lower.lower() in _ALONE:
            group = upper
        parted = group and lower and group != lower and lower.lower() not in _COORDINATES
        names.append(f"{group}: {lower}" if parted else lower or upper)
    return tuple(names)


def _width(line: Sequence[str]) -> int:
    return max((number for number, value in enumerate(line, start=1) if value), default=0)


def _distinct(line: Sequence[str]) -> int:
    """Count values; what is merged over several columns counts once."""
    given = [value for value in line if value]
    return min(len({*given}), 1) if len({*given}) <= 1 else len(given)


# Rows that are sums of others, which would be counted twice.

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
"""Columns among which the first with a value may say that a row is one of totals."""
_LONGEST_LABEL: Final = 60


def _beginnings() -> npt.NDArray[np.bool_]:
    """Mark the pairs of bytes, as numbers, with which such a row may begin."""
    begins = np.zeros(2**16, np.bool_)
    pairs = {cased.encode()[:2] for word in _TOTALS for cased in (word, word.upper(), word.capitalize())}
    begins[[pair[0] << 8 | pair[1] for pair in pairs]] = True
    begins[[ord(blank) << 8 | byte for blank in " \t\n" for byte in range(256)]] = True
    begins[0xC2A0] = True  # a no-break space
    return begins


_BEGINNINGS: Final = _beginnings()


def without_totals(block: Block) -> Block:
    """Take rows of totals out of a block, to be counted as rejected with that reason."""
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
    """Return the rows of which the first value is a word for a total; of most only two bytes are looked at."""
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
        told = long[_BEGINNINGS[pairs]]
        values = column.take(pa.array(told)).to_pylist()
        found += [int(at[row]) for row, value in zip(told.tolist(), values, strict=True) if _TOTAL.match(value)]
        at = at[lengths == 0]
        if not len(at):
            break
    return sorted(found)


def _is_total(values: Sequence[str]) -> bool:
    """Tell a row of totals: its first value says so, and the others are numbers, or nothing."""
    label, *others = [value.strip() for value in values if value.strip()]
    days = any(map(_DAY.fullmatch, others))
    return not days and len(values) > 1 and len(label) <= _LONGEST_LABEL and all(map(_NUMBER.fullmatch, others))
