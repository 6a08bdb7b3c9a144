"""CSV: one row per incident, header first, UTF-8; no cell is a formula to a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from geo.export.contents import Contents

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With one of these first, spreadsheets take a cell for a formula (OWASP, CSV injection)."""


def to_csv(contents: Contents) -> bytes:
    """Write one row per incident, with the columns of INCIDENT_SCHEMA."""
    return csv_text(contents.rows.column_names, (row.values() for row in contents.rows.to_pylist())).encode()


def csv_text(header: Sequence[str], rows: Iterable[Iterable[Any]]) -> str:
    """Write a table as CSV; what is missing is empty."""
    return delimited([header, *([csv_cell(value) for value in row] for row in rows)])


def delimited(rows: Iterable[Iterable[str]], *, delimiter: str = ",", newline: str = "\n") -> str:
    r"""Write cells as they are, quoted where they must be (RFC 4180), every row ended by `newline`.

    >>> delimited([["a", "b, c"], ["d;e", "f"]])
    'a,"b, c"\nd;e,f\n'
    """
    lines = _Lines()
    csv.writer(lines, delimiter=delimiter, lineterminator=_QUOTED_BREAKS).writerows(rows)
    return "".join(line.removesuffix(_QUOTED_BREAKS) + newline for line in lines.written)


_QUOTED_BREAKS: Final = "\r\n"
"""The writer quotes what its own line ending consists of, and a cell may hold either character."""


class _Lines:
    """What the writer takes for a file."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def write(self, line: str) -> None:
        self.written.append(line)


def csv_cell(value: Any) -> str:
    """Write a value; text that a spreadsheet would take for a formula gets an apostrophe before it.

    >>> csv_cell("=1+1"), csv_cell(-1), csv_cell(True), csv_cell(None)
    ("'=1+1", '-1', 'true', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float, date)):
        return str(value)
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
