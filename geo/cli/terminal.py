"""Tables for people at a terminal: aligned, and without control characters that text from data could smuggle in."""

import json
import sys
import unicodedata
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final

_HIDDEN: Final = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Unicode categories: control and formatting characters, surrogates, line separators."""


class TableFormat(StrEnum):
    """How a table is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def printable(text: str) -> str:
    r"""Replace characters that would move the cursor, recolour the terminal or turn the direction of writing.

    >>> printable("Khost\x1b[2J")
    'Khost�[2J'
    """
    return "".join("\ufffd" if unicodedata.category(c) in _HIDDEN else c for c in text)


def cell(value: Any) -> str:
    """Write a value for people: thousands apart, nothing for what is missing.

    >>> cell(1037), cell(0.5), cell(None)
    ('1,037', '0.50', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.2f}" if isinstance(value, float) else printable(str(value))


def aligned(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Lay out a table: numbers to the right, the rest to the left, columns two spaces apart.

    >>> print(aligned(["province", "incidents"], [["Khost", 1037], ["Zabul", 3]]), end="")
    province  incidents
    --------  ---------
    Khost         1,037
    Zabul             3
    """
    right = [any(_is_number(row[at]) for row in rows) for at in range(len(header))]
    written = [list(header), *([cell(value) for value in row] for row in rows)]
    widths = [max(_width(line[at]) for line in written) for at in range(len(header))]
    written.insert(1, ["-" * width for width in widths])
    lines = [
        "  ".join(
            _padded(text, width, right=at_right) for text, width, at_right in zip(line, widths, right, strict=True)
        )
        for line in written
    ]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def write_json(document: Any) -> None:
    """Print a document as JSON, days as ISO 8601."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False, default=_day) + "\n")


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no JSON form")


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _width(text: str) -> int:
    """Count columns: letters of East Asia take two, combining marks none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _padded(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
