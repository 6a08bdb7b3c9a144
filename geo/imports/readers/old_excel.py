"""Workbooks of Excel before 2007, read as a whole: a sheet of them has at most 65,536 rows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import python_calamine as calamine

from geo.apart import pulse
from geo.imports.blocks import Rows
from geo.imports.readers.heading import Line
from geo.imports.readers.source import Asked, Source
from geo.imports.readers.spreadsheet import About, Merged, Sheet, Single, open_sheets
from geo.imports.readers.xlsx import cell_text
from geo.incident.errors import UnreadableError
from geo.language.messages import say

_SHEETS: Final = 100
_FAULTS: Final = (calamine.CalamineError, OSError, ValueError, OverflowError)
"""What calamine raises on meeting damage, beside panics, which are told by their name."""
_PANIC: Final = "PanicException"


def open_old_workbook(path: Path, source: Source, asked: Asked) -> Rows:
    """Open the one sheet of a workbook that holds a table, or those named; errors as of `open_sheets`."""
    with _damage_reported(source.name):
        book = calamine.CalamineWorkbook.from_path(str(path))
        about = book.sheets_metadata[:_SHEETS]
    plain = [one for one in about if one.typ == calamine.SheetTypeEnum.WorkSheet]
    sheets = [_sheet(book, source, one.name, hidden=one.visible != calamine.SheetVisibleEnum.Visible) for one in plain]
    return open_sheets(source, sheets, asked)


def _sheet(book: calamine.CalamineWorkbook, source: Source, title: str, *, hidden: bool) -> Sheet:
    @contextmanager
    def lines(
        columns: int,
        across: bool,  # noqa: FBT001
        single: Single,
    ) -> Iterator[tuple[Iterator[Line], Callable[[], int]]]:
        with _damage_reported(source.name):
            sheet = book.get_sheet_by_name(title)
            cells = sheet.to_python(skip_empty_area=False)
            merged = _merged(sheet)
        yield _lines(cells, merged, columns, across=across, single=single), lambda: source.size

    def about() -> About:
        with _damage_reported(source.name):
            return About(merged=_merged(book.get_sheet_by_name(title)).down)

    count = partial(_count, book, source, title)
    return Sheet(title=title, hidden=hidden, lines=lines, count=count, about=about)


def _merged(sheet: calamine.CalamineSheet) -> Merged:
    merged = Merged()
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        merged.add(top + 1, left + 1, bottom + 1, right + 1)
    return merged


def _count(book: calamine.CalamineWorkbook, source: Source, title: str) -> int:
    with _damage_reported(source.name):
        return max(book.get_sheet_by_name(title).height - 1, 0)


def _lines(cells: list[list[Any]], merged: Merged, columns: int, *, across: bool, single: Single) -> Iterator[Line]:
    for number, row in enumerate(cells, start=1):
        if not number % 1_000:
            pulse()
        values = [_text(value) for value in row]
        beyond = next((value for value in values[columns:] if value), "")
        values = [*values[:columns], *[""] * (columns - len(values)), beyond]
        if any(values):
            yield number, tuple(merged.filled(number, values, across=across, single=single))


def _text(value: Any) -> str:
    return str(value) if isinstance(value, timedelta) else cell_text(value)


@contextmanager
def _damage_reported(name: str) -> Iterator[None]:
    try:
        yield
    except UnreadableError:
        raise
    except _FAULTS as error:
        raise UnreadableError(name, say("read-other", what=say("read-other-old_office"))) from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise UnreadableError(name, say("read-other", what=say("read-other-old_office"))) from error
