"""XLSX: sheets for incidents, claims, sources, the meaning of columns, and about the file; text is never a formula."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, BinaryIO, Final

import pyarrow as pa
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from geo.errors import SheetFullError
from geo.export.columns import MEANINGS
from geo.export.contents import Contents

MOST_ROWS: Final = 1_048_575
"""Rows that a sheet can hold below its header."""
_LONGEST_CELL: Final = 32_767
"""Characters that a cell can hold."""
_LONGEST_LINK: Final = 2_079
_NARROWEST, _WIDEST = 8, 60
"""Of a column, in characters."""


def to_workbook(contents: Contents) -> bytes:
    """Write the sheets, each with its header frozen; dates are dates."""
    return write_book(
        {"incidents": contents.rows, "claims": contents.claims, "sources": contents.sources},
        meanings=MEANINGS,
        about=contents.about,
        credit=contents.manifest["credit"],
    )


def write_book(
    tables: Mapping[str, pa.Table],
    *,
    meanings: Mapping[str, Mapping[str, str]],
    about: Sequence[tuple[str, str]],
    credit: str,
) -> bytes:
    """Write one sheet per table, by name, then what their columns mean and the lines about the file.

    Raises SheetFullError where a table has more rows than a sheet.
    """
    for name, table in tables.items():
        check_sheet(name, len(table))
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        formats = _formats(book)
        for name, table in tables.items():
            _write_table(book.add_worksheet(name), table, formats)
        lines = [(sheet, *column) for sheet, columns in meanings.items() for column in columns.items()]
        _write_lines(book.add_worksheet("columns"), ("sheet", "column", "meaning"), lines, formats)
        _write_lines(book.add_worksheet("about"), ("about", "this file"), about, formats)
        book.set_properties({"title": dict(about)["Choice"], "comments": credit})
    return file.getvalue()


def write_parts(parts: Iterable[Contents], file: BinaryIO) -> None:
    """Write the sheets of `to_workbook` of several parts of a choice, row by row, with columns of one width.

    Raises SheetFullError as soon as one of them cannot hold its rows.
    """
    with xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False}) as book:
        formats = _formats(book)
        sheets = {name: book.add_worksheet(name) for name in MEANINGS}
        written = dict.fromkeys(sheets, 0)
        contents = None
        for contents in parts:  # the last one is told about
            for name, table in zip(sheets, (contents.rows, contents.claims, contents.sources), strict=True):
                written[name] = _write_rows(sheets[name], table, written[name], formats)
        assert contents is not None
        lines = [(sheet, *column) for sheet, columns in MEANINGS.items() for column in columns.items()]
        _write_lines(book.add_worksheet("columns"), ("sheet", "column", "meaning"), lines, formats)
        _write_lines(book.add_worksheet("about"), ("about", "this file"), contents.about, formats)
        book.set_properties({"title": dict(contents.about)["Choice"], "comments": contents.manifest["credit"]})


def check_sheet(name: str, rows: int) -> None:
    """Raise SheetFullError where a sheet cannot hold so many rows; xlsxwriter would leave out the rest silently."""
    if rows > MOST_ROWS:
        raise SheetFullError(name, rows, MOST_ROWS)


def _write_rows(sheet: Worksheet, table: pa.Table, after: int, formats: Mapping[str, Format]) -> int:
    """Write rows below those that stand there, and the header above the first; return how many lines there are."""
    check_sheet(sheet.name, max(after - 1, 0) + len(table))
    if after == 0:
        sheet.freeze_panes(1, 1)
        for at, name in enumerate(table.column_names):
            sheet.write_string(0, at, name, formats["header"])
        after = 1
    for row, values in enumerate(zip(*(column.to_pylist() for column in table.columns), strict=True), after):
        for at, value in enumerate(values):
            _write_cell(sheet, row, at, value, formats)
    return after + len(table)


def _formats(book: xlsxwriter.Workbook) -> Mapping[str, Format]:
    return {
        "header": book.add_format({"bold": True, "bottom": 1, "valign": "top"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"}),
        "whole": book.add_format({"num_format": "#,##0", "valign": "top"}),
        "text": book.add_format({"valign": "top"}),
        "wrapped": book.add_format({"valign": "top", "text_wrap": True}),
    }


def _write_table(sheet: Worksheet, table: pa.Table, formats: Mapping[str, Format]) -> None:
    for at, name in enumerate(table.column_names):
        values = table[name].to_pylist()
        sheet.write_string(0, at, name, formats["header"])
        for row, value in enumerate(values, 1):
            _write_cell(sheet, row, at, value, formats)
        longest = max((len(str(value)) for value in (name, *values) if value is not None), default=0)
        sheet.set_column(at, at, min(max(longest + 2, _NARROWEST), _WIDEST))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, table.num_rows, table.num_columns - 1)


def _write_cell(sheet: Worksheet, row: int, at: int, value: Any, formats: Mapping[str, Format]) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, at, value, formats["text"])
    elif isinstance(value, int):
        sheet.write_number(row, at, value, formats["whole"])
    elif isinstance(value, float):
        sheet.write_number(row, at, value, formats["text"])
    elif isinstance(value, date):
        sheet.write_datetime(row, at, value, formats["date"])
    else:
        _write_text(sheet, row, at, str(value), formats["text"])


def _write_text(sheet: Worksheet, row: int, at: int, text: str, style: Format) -> None:
    """Write text, an address as a link unless it is too long or there are more than a sheet can hold."""
    is_address = text.startswith(("http://", "https://")) and " " not in text and len(text) <= _LONGEST_LINK
    if not is_address or sheet.write_url(row, at, text, style) != 0:
        shown = text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 1]}…"
        sheet.write_string(row, at, shown, style)


def _write_lines(
    sheet: Worksheet, header: tuple[str, ...], lines: Sequence[tuple[str, ...]], formats: Mapping[str, Format]
) -> None:
    for at, name in enumerate(header):
        sheet.write_string(0, at, name, formats["header"])
    for row, line in enumerate(lines, 1):
        for at, text in enumerate(line):
            _write_text(sheet, row, at, text, formats["wrapped"])
    sheet.set_column(0, len(header) - 2, 22)
    sheet.set_column(len(header) - 1, len(header) - 1, 110)
    sheet.freeze_panes(1, 0)
