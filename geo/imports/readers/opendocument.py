"""OpenDocument spreadsheets, read row by row while their XML is unpacked, within limits."""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Final
from xml.parsers import expat

from geo.imports.blocks import Rows
from geo.imports.readers.excel import cell_text
from geo.imports.readers.heading import Line
from geo.imports.readers.source import (
    DEEPEST,
    MIB,
    PACKED_FREE_BYTES,
    PACKED_RATIO,
    SHEET_BYTES,
    SHEET_COLUMNS,
    Asked,
    Source,
    parsed,
)
from geo.imports.readers.spreadsheet import LAST_ROW, About, Merged, Sheet, Single, open_sheets
from geo.incident.errors import UnreadableError
from geo.language.messages import say

_CONTENT: Final = "content.xml"
_CELLS: Final = frozenset(("table-cell", "covered-table-cell"))
_SHEETS: Final = 100
_FIRST_DAYS: Final = {day.isoformat(): day for day in (date(1904, 1, 1), date(1900, 1, 1))}
"""Dates for day 0 other than the usual one, 30 December 1899."""
_MIDNIGHT: Final = re.compile(r"T00:00:00(\.0+)?$")
_FAULTS: Final = (expat.ExpatError, ValueError, LookupError, EOFError, OSError, NotImplementedError, RuntimeError)


def open_opendocument(path: Path, source: Source, asked: Asked) -> Rows:
    """Open the only sheet of a spreadsheet that holds a table, or those asked for; raises as `open_sheets` does."""
    with _archive(path, source.name) as archive:
        sizes = sum(member.file_size for member in archive.infolist())
        if sizes > SHEET_BYTES:
            raise UnreadableError(source.name, say("read-workbook-too-large", mb=sizes // MIB))
        if sizes > PACKED_FREE_BYTES and sizes > PACKED_RATIO * path.stat().st_size:
            raise UnreadableError(source.name, say("read-workbook-bomb", times=PACKED_RATIO))
    found: dict[str, _Seen] = {}
    reading = _Reading(columns=0)
    with _content(path, source.name) as content:
        for _ in parsed(content, reading):
            reading.runs.clear()
    for seen in reading.sheets[:_SHEETS]:
        found.setdefault(seen.title, seen)
    return open_sheets(source, [_sheet(path, source, seen) for seen in found.values()], asked)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is known of a sheet after it has been read."""

    title: str
    hidden: bool
    rows: int
    """Number of non-blank rows."""
    merged: Merged
    without_result: int
    hidden_rows: int
    first_day: date | None
    """Day 0 of the spreadsheet; None if it is the usual one."""


def _sheet(path: Path, source: Source, seen: _Seen) -> Sheet:
    @contextmanager
    def lines(
        columns: int,
        across: bool,  # noqa: FBT001
        single: Single,
    ) -> Iterator[tuple[Iterator[Line], Callable[[], int]]]:
        with _content(path, source.name) as content:
            reading = _Reading(columns=columns, wanted=seen.title, across=across, single=single)

            def found() -> Iterator[Line]:
                for _ in parsed(content, reading):
                    for run in reading.runs:
                        yield from reading.lines(*run)
                    reading.runs.clear()
                    if reading.done:
                        return

            whole = max(source.size, 1)
            yield found(), lambda: min(whole, int(whole * content.tell() / max(reading.size, content.tell(), 1)))

    return Sheet(
        title=seen.title,
        hidden=seen.hidden,
        lines=lines,
        count=lambda: max(seen.rows - 1, 0),
        about=lambda: About(
            merged=seen.merged.down,
            without_result=seen.without_result,
            hidden_rows=seen.hidden_rows,
            first_day=seen.first_day,
        ),
    )


@contextmanager
def _archive(path: Path, name: str) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except UnreadableError:
        raise
    except (zipfile.BadZipFile, zlib.error, *_FAULTS) as error:
        raise UnreadableError(name, say("read-damaged-spreadsheet")) from error


@contextmanager
def _content(path: Path, name: str) -> Iterator[IO[bytes]]:
    with _archive(path, name) as archive, archive.open(_CONTENT) as content:
        yield content


@dataclass(slots=True)
class _Reading:
    """Collects the rows of a sheet from its XML elements."""

    columns: int
    wanted: str | None = None
    """Title of the sheet to read; None to only list the sheets."""
    across: bool = False
    single: Single = field(default_factory=Single)
    size: int = 0
    runs: list[tuple[int, int, list[str], Merged]] = field(default_factory=list)
    """First and last number of identical rows, their values, and the merged ranges of their sheet."""
    sheets: list[_Seen] = field(default_factory=list)
    done: bool = False
    complete: bool = False
    _hidden_styles: set[str] = field(default_factory=set)
    _style: str = ""
    _title: str = ""
    _hidden: bool = False
    _inside: bool = False
    _rows: int = 0
    _number: int = 0
    _row: list[str] = field(default_factory=list)
    _row_times: int = 1
    _row_hidden: bool = False
    _hidden_rows: int = 0
    _without_result: int = 0
    _at: int = 0
    _cell: Mapping[str, str] = field(default_factory=dict)
    _parts: list[str] = field(default_factory=list)
    _texts: bool = False
    _note: int = 0
    _depth: int = 0
    _merged: Merged = field(default_factory=Merged)
    _first_day: date | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ValueError(name)
        bare = name.rpartition("}")[2]
        given = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        if self._note or bare == "annotation":
            self._note += 1
        elif bare in _CELLS:
            self._cell = given | {"": bare}
            self._parts.clear()
        elif bare == "table-row":
            self._row, self._at = [], 0
            self._row_times = _times(given.get("number-rows-repeated"), LAST_ROW)
            self._row_hidden = given.get("visibility", "visible") != "visible"
        elif bare == "style":
            self._style = given.get("name", "")
        elif bare == "null-date":
            self._first_day = _FIRST_DAYS.get(given.get("date-value", ""))
        elif bare == "table-properties" and given.get("display") == "false":
            self._hidden_styles.add(self._style)
        elif bare == "table" and not self._inside:
            self._title, self._inside, self._number, self._rows = given.get("name", ""), True, 0, 0
            self._hidden = given.get("style-name", "") in self._hidden_styles
            self._merged, self._hidden_rows, self._without_result = Merged(), 0, 0
        else:
            self._begin_text(bare, given)

    def _begin_text(self, bare: str, given: Mapping[str, str]) -> None:
        if bare == "p":
            if self._parts:
                self._parts.append("\n")
            self._texts = True
        elif bare == "s":
            self._parts.append(" " * _times(given.get("c"), 1_000))
        elif bare in {"tab", "line-break"}:
            self._parts.append("\t" if bare == "tab" else "\n")

    def text(self, text: str) -> None:
        self.size += len(text)
        if self._texts and not self._note:
            self._parts.append(text)

    def end(self, name: str) -> None:
        self._depth -= 1
        bare = name.rpartition("}")[2]
        if self._note:
            self._note -= 1
        elif bare == "p":
            self._texts = False
        elif bare in _CELLS:
            self._end_cell()
        elif bare == "table-row":
            self._end_row()
        elif bare == "table" and self._inside:
            self.sheets.append(
                _Seen(
                    title=self._title,
                    hidden=self._hidden,
                    rows=self._rows,
                    merged=self._merged,
                    without_result=self._without_result,
                    hidden_rows=self._hidden_rows,
                    first_day=self._first_day,
                )
            )
            self._inside, self.done = False, self._title == self.wanted

    def _end_cell(self) -> None:
        cell = self._cell
        times = _times(cell.get("number-columns-repeated"), SHEET_COLUMNS)
        text = "" if cell[""] == "covered-table-cell" else self._value()
        begin, self._at = self._at + 1, self._at + times
        if self._at > SHEET_COLUMNS * 2:
            raise ValueError(self._at)
        if not text:
            self._without_result += "formula" in cell and not cell.get("value-type")
            return
        width = self.columns + 1
        self._row += [""] * (min(self._at, width) - len(self._row))
        for at in range(begin, min(self._at, width) + 1):
            self._row[at - 1] = text
        if begin > width:
            self._row[width - 1] = text
        down, right = (_times(cell.get(f"number-{what}-spanned"), LAST_ROW) for what in ("rows", "columns"))
        if down > 1 or right > 1:
            self._merged.add(self._number + 1, begin, self._number + down, begin + right - 1)

    def _value(self) -> str:
        cell, text = self._cell, "".join(self._parts)
        kind = cell.get("value-type", "")
        if kind in {"float", "percentage", "currency"} and "value" in cell:
            number = cell["value"]
            return number if number.lstrip("-").isdigit() else cell_text(float(number))
        if kind == "date" and "date-value" in cell:
            return _MIDNIGHT.sub("", cell["date-value"]).replace("T", " ")
        if kind == "boolean":
            return cell.get("boolean-value", text)
        return text or cell.get("string-value", "")

    def _end_row(self) -> None:
        first = self._number + 1
        self._number += self._row_times
        if not any(self._row):
            return
        if self._number > LAST_ROW:
            raise ValueError(self._number)
        self._rows += self._row_times
        self._hidden_rows += self._row_times * self._row_hidden
        if self._title != self.wanted:
            return
        self.runs.append((first, self._number, self._row + [""] * (self.columns + 1 - len(self._row)), self._merged))

    def lines(self, first: int, last: int, values: list[str], merged: Merged) -> Iterator[Line]:
        """Yield rows that are identical apart from merged cells."""
        for number in range(first, last + 1):
            yield number, tuple(merged.filled(number, [*values], across=self.across, single=self.single))


def _times(text: str | None, limit: int) -> int:
    """Parse a number of repetitions, from 1 to about `limit`.

    >>> _times(None, 9), _times("3", 9), _times("99", 9)
    (1, 3, 9)
    """
    return 1 if text is None else max(1, min(int(text), limit + 1 if limit > 1_000 else limit))  # noqa: PLR2004
