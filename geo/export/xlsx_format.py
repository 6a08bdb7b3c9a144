"""XLSX: sheets for incidents, claims, denials, sources, columns, and about the file; text is never a formula."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Final

import pyarrow as pa
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from geo.export.columns import DENIAL_COLUMNS, MEANINGS, meanings_of
from geo.export.formats import Contents, ExportFormat
from geo.export.manifest import SELECTION, about_lines, export_manifest
from geo.incident.errors import SheetFullError
from geo.language.messages import say
from geo.places.boundaries import Boundaries
from geo.selection import Filters
from geo.table.incident_table import IncidentTable

MOST_ROWS: Final = 1_048_575
"""Largest number of rows in a sheet, below its header."""
_LONGEST_CELL: Final = 32_767
"""Largest number of characters in a cell."""
_LONGEST_LINK: Final = 2_079
_NARROWEST, _WIDEST = 8, 60
"""Limits of a column's width, in characters."""
_MEANINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "incidents": MEANINGS["incidents"],
    "claims": MEANINGS["claims"],
    "denials": meanings_of(DENIAL_COLUMNS),
    "sources": MEANINGS["sources"],
}
"""Meanings by sheet and column."""


def write_workbook(parts: Iterable[Contents], path: Path) -> None:
    """Write the sheets, each with a frozen header; dates as dates.

    Several parts are written row by row, with uniform column widths. Raises SheetFullError once a sheet cannot hold its
    rows.
    """
    coming = iter(parts)
    first = next(coming)
    tables = (_tables(contents) for contents in chain([first], coming))
    with path.open("wb") as file:
        _write_book(file, tables, _MEANINGS, about=first.about, credit=first.manifest["credit"], fitted=first.whole)


def page_workbook(  # noqa: PLR0913  # the parts of a page's file
    tables: Mapping[str, pa.Table],
    meanings: Mapping[str, Mapping[str, str]],
    filters: Filters,
    table: IncidentTable,
    layers: Boundaries,
    *,
    rows: str,
) -> bytes:
    """Write the tables of a page by name, with column meanings and the manifest; `rows` says what the rows are.

    Raises SheetFullError if a table exceeds a sheet.
    """
    made = export_manifest(filters, table, layers, format=FORMAT.ending, rows=rows)
    file = io.BytesIO()
    about = about_lines(filters, table, made)
    _write_book(file, [tables], meanings, about=about, credit=made["credit"], fitted=True)
    return file.getvalue()


def _write_book(  # noqa: PLR0913  # the parts of a workbook
    file: BinaryIO,
    parts: Iterable[Mapping[str, pa.Table]],
    meanings: Mapping[str, Mapping[str, str]],
    *,
    about: Sequence[tuple[str, str]],
    credit: str,
    fitted: bool,
) -> None:
    """Write a workbook; if `fitted`, for a single part, columns get filters and the width they need."""
    options: dict[str, Any] = {"in_memory": fitted, "constant_memory": not fitted, "strings_to_formulas": False}
    if not fitted:
        options["tmpdir"] = str(Path(file.name).parent)
    with xlsxwriter.Workbook(file, options) as book:
        formats = _formats(book)
        written: dict[str, int] = {}
        for part in parts:
            for name, table in part.items():
                sheet = book.get_worksheet_by_name(name) or book.add_worksheet(name)
                written[name] = _write_rows(sheet, table, written.get(name, 0), formats, fitted=fitted)
        lines = [(sheet, *column) for sheet, columns in meanings.items() for column in columns.items()]
        _write_lines(book.add_worksheet("columns"), ("sheet", "column", "meaning"), lines, formats)
        _write_lines(book.add_worksheet("about"), ("about", "this file"), about, formats)
        book.set_properties({"title": dict(about)[SELECTION], "comments": credit})


def _tables(contents: Contents) -> dict[str, pa.Table]:
    """Return the contents of the sheets by name, in the order of _MEANINGS."""
    return {
        "incidents": contents.rows,
        "claims": contents.claims,
        "denials": contents.denials,
        "sources": contents.sources,
    }


def check_sheet(name: str, rows: int) -> None:
    """Raise SheetFullError if a sheet cannot hold `rows` rows; xlsxwriter would silently drop the rest."""
    if rows > MOST_ROWS:
        raise SheetFullError(name, rows, MOST_ROWS)


def _check_count(filters: Filters, table: IncidentTable) -> None:
    """Check all sheets; imported incidents have one claim and one source each."""
    own = table.alone().selected(filters)
    count = table.count(filters)
    check_sheet("incidents", count)
    check_sheet("claims", count - len(own) + sum(len(incident.claims) for incident in own))
    check_sheet("sources", count - len(own) + sum(len(incident.sources) for incident in own))


def _write_rows(sheet: Worksheet, table: pa.Table, after: int, formats: Mapping[str, Format], *, fitted: bool) -> int:
    """Append rows to a sheet, after a header if it is empty; return the number of lines then in it."""
    check_sheet(sheet.name, max(after - 1, 0) + len(table))
    columns = [column.to_pylist() for column in table.columns]
    if after == 0:
        sheet.freeze_panes(1, 1)
        _set_page(sheet, [_WIDTH] * len(columns))
        columns = [[name, *values] for name, values in zip(table.column_names, columns, strict=True)]
    if fitted:
        widths = []
        for at, values in enumerate(columns):
            for row, value in enumerate(values, after):
                _write_cell(sheet, row, at, value, formats)
            longest = max((len(str(value)) for value in values if value is not None), default=0)
            widths.append(min(max(longest + 2, _NARROWEST), _WIDEST))
            sheet.set_column(at, at, widths[-1])
        _set_page(sheet, widths)
        sheet.autofilter(0, 0, table.num_rows, table.num_columns - 1)
    else:
        for row, line in enumerate(zip(*columns, strict=True), after):
            for at, value in enumerate(line):
                _write_cell(sheet, row, at, value, formats)
    return after + len(table) + (after == 0)


_PAGE_CHARACTERS: Final = 220
"""Width of a landscape A4 page in characters that are still legible."""
_A4: Final = 9
_WIDTH: Final = 8.43
"""Default column width, in characters."""


def _set_page(sheet: Worksheet, widths: Iterable[float]) -> None:
    """Let a sheet print on as many pages across as its columns need, repeating the first row and column."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.fit_to_pages(max(1, round(sum(widths) / _PAGE_CHARACTERS)), 0)
    sheet.set_footer("&L&A&C&F&R&P / &N")


def _formats(book: xlsxwriter.Workbook) -> Mapping[str, Format]:
    return {
        "header": book.add_format({"bold": True, "bottom": 1, "valign": "top"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"}),
        "whole": book.add_format({"num_format": "#,##0", "valign": "top"}),
        "text": book.add_format({"valign": "top"}),
        "wrapped": book.add_format({"valign": "top", "text_wrap": True}),
    }


def _write_cell(sheet: Worksheet, row: int, at: int, value: Any, formats: Mapping[str, Format]) -> None:
    if value is None:
        return
    if row == 0:
        sheet.write_string(row, at, value, formats["header"])
    elif isinstance(value, bool):
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
    """Write text; a URL becomes a link unless it is too long or the sheet has too many links."""
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
    widths = [*[22] * (len(header) - 1), 110]
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    sheet.freeze_panes(1, 0)
    _set_page(sheet, widths)


FORMAT: Final = ExportFormat(
    ending="xlsx",
    label="Excel",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    rank=4,
    write=write_workbook,
    most=MOST_ROWS,
    check=_check_count,
    offered=say("download-xlsx-help"),
)
