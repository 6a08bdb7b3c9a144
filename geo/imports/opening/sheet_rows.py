"""The rows of a sheet of an XLSX file, taken from its XML as it is unpacked.

What most cells are, texts and whole numbers, is read here; any other is openpyxl's to understand, so that dates,
results of formulas and errors are what they are there.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from openpyxl.utils import column_index_from_string
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import CELL_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS

from geo.imports.opening.limits import SHEET_COLUMNS
from geo.imports.opening.sheet_texts import Texts, parsed

_ALL_ROWS, _ROW, _CELL, _VALUE = (f"{SHEET_MAIN_NS}}}{name}" for name in ("sheetData", "row", "c", "v"))
"""Names of elements as expat gives them."""


def sheet_rows(sheet: ReadOnlyWorksheet, columns: int) -> Iterator[tuple[int, list[str]]]:
    """Yield number and texts of each row that a sheet has; what stands right of so many columns comes in the last."""
    rows = _SheetRows(sheet, columns)
    with sheet._get_source() as source:  # noqa: SLF001  # openpyxl shows it no other way
        for _ in parsed(source, rows):
            yield from rows.found
            rows.found.clear()


class _SheetRows(Texts):
    def __init__(self, sheet: ReadOnlyWorksheet, columns: int) -> None:
        super().__init__()
        book = sheet.parent
        self.found: list[tuple[int, list[str]]] = []
        self._columns, self._row, self._cells = columns, [""] * columns, 0
        self._cell: Mapping[str, str] = {}
        self._shared = sheet._shared_strings  # noqa: SLF001  # as above
        self._dates = book._date_formats  # noqa: SLF001
        self._parser = WorkSheetParser(
            None,
            self._shared,
            data_only=True,
            epoch=book.epoch,
            date_formats=self._dates,
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001
        )

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == _CELL:
            self._cell = attributes
        elif name == _VALUE:
            self.taken = True
            self.parts.clear()
        elif name == _ROW:
            given = attributes.get("r")
            self._parser.row_counter = self._parser.row_counter + 1 if given is None else int(float(given))
            self._parser.col_counter = self._cells = 0
            self._row = [""] * self._columns
        else:
            super().start(name, attributes)

    def end(self, name: str) -> None:
        if name == _VALUE:
            self.taken = False
        elif name == _CELL:
            self._cells += 1
            text = self._read(self._cell, self.whole())
            if text:
                self._row[min(self._parser.col_counter, self._columns) - 1] = text
        elif name == _ROW:
            self.found.append((self._parser.row_counter, self._row))
        elif name == _ALL_ROWS:
            self.complete = True
        else:
            super().end(name)

    def _read(self, cell: Mapping[str, str], value: str) -> str:
        """Return a cell's text, and count its column."""
        if self._cells > SHEET_COLUMNS:
            raise ValueError(f"row {self._parser.row_counter} has more than {SHEET_COLUMNS:,} cells")
        kind = cell.get("t", "n")
        if not value or kind in {"str", "inlineStr"}:
            text = value
        elif kind == "s":
            text = self._shared[int(value)]
        elif kind == "n" and _is_whole(value) and int(cell.get("s", 0)) not in self._dates:
            text = value
        else:
            element = Element(CELL_TAG, dict(cell))
            SubElement(element, VALUE_TAG).text = value
            return cell_text(self._parser.parse_cell(element)["value"])
        coordinate = cell.get("r")
        column = self._parser.col_counter + 1 if coordinate is None else _column(coordinate.rstrip("0123456789"))
        self._parser.col_counter = column
        return text


_column = lru_cache(2**15)(column_index_from_string)


def _is_whole(value: str) -> bool:
    return value[0] != "0" and value.isascii() and value.isdigit()


def cell_text(value: Any) -> str:
    """Write a cell as text: whole numbers without a point, dates as ISO.

    >>> cell_text(None), cell_text(3.0), cell_text(datetime(2025, 10, 11)), cell_text(True)
    ('', '3', '2025-10-11', 'true')
    """
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date | time) else str(value)
