"""XLSX sheets, read row by row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from geo.imports.block import Block, Rows
from geo.imports.errors import SeveralTablesError, UnreadableError
from geo.imports.headers import column_names, is_hashtag_row
from geo.imports.opening.blocks import Unread, blocks_of_rows, rows_of_blocks
from geo.imports.opening.limits import COLUMNS
from geo.imports.opening.openpyxl_book import check_sizes, opened, texts_of
from geo.imports.opening.sheet_rows import sheet_rows
from geo.imports.opening.source import Source
from geo.wording import list_words

_SHEETS: Final = 100
_SHOWN: Final = 10
_LAST_ROW: Final = 1_048_576
"""A sheet has no more rows; a file that says otherwise is made to keep a reader busy."""


def open_workbook(path: Path, source: Source, table: str | None) -> Rows:
    """Open the one sheet of a workbook that holds a table, or the one named.

    Raises SeveralTablesError where none is named and there are several; UnreadableError where there is none, or the
    file is damaged or too large.
    """
    check_sizes(path, source.name)
    with opened(path, source.name) as book:
        heads = {sheet.title: _head(sheet, source.name) for sheet in book.worksheets[:_SHEETS]}
        texts = texts_of(book)
    titles = [title for title, head in heads.items() if len(head) > 1]
    title = _chosen(titles, table, source.name)
    first, second = heads[title][:2]
    width = max((number for number, value in enumerate(first, start=1) if value), default=0)
    if width > COLUMNS:
        raise UnreadableError(source.name, f"sheet {title!r} has more than {COLUMNS:,} columns")
    header, notes = column_names(first[:width])
    hashtags = is_hashtag_row(second)
    if hashtags:
        notes = (*notes, "second line with HXL hashtags skipped")
    if len(heads) > 1:
        notes = (f"sheet {title!r} of {len(heads):,}", *notes)
    sheet = _Sheet(path, source, title, header, 2 if hashtags else 1, texts)
    return rows_of_blocks(source, header, notes, sheet.blocks)


@dataclass(frozen=True, slots=True)
class _Sheet:
    path: Path
    source: Source
    title: str
    header: tuple[str, ...]
    skipped: int
    """Lines above the data rows."""
    texts: list[str]
    """What its cells refer to; reading them takes a third of the time that the rows take."""

    def blocks(self, block_rows: int) -> Iterator[Block]:
        with opened(self.path, self.source.name, self.texts) as book:
            sheet = book[self.title]
            lines = max(int(sheet.max_row or 1), 1)
            done = 0

            def rows() -> Iterator[Sequence[str] | Unread]:
                nonlocal done
                for values in islice(_lines(sheet, len(self.header) + 1, self.source.name), self.skipped, None):
                    done += 1
                    yield self._row(values)

            size = self.source.size
            yield from blocks_of_rows(rows(), self.header, block_rows, lambda: min(size, size * done // lines))

    def _row(self, values: Sequence[str]) -> Sequence[str] | Unread:
        columns = len(self.header)
        if any(values[columns:]):
            return Unread("\t".join(values), f"more values than the header's {columns:,}")
        return values[:columns]


def _lines(sheet: ReadOnlyWorksheet, columns: int, name: str) -> Iterator[Sequence[str]]:
    """Yield the lines of a sheet that are not blank, as so many texts, however many rows the sheet says it has."""
    for number, (row, values) in enumerate(sheet_rows(sheet, columns), start=1):
        if max(number, row) > _LAST_ROW:
            raise UnreadableError(name, f"sheet {sheet.title!r} says that it has more than {_LAST_ROW:,} rows")
        if any(values):
            yield values


def _head(sheet: ReadOnlyWorksheet, name: str) -> list[Sequence[str]]:
    return list(islice(_lines(sheet, COLUMNS + 1, name), 2))


def _chosen(titles: Sequence[str], wanted: str | None, name: str) -> str:
    if wanted is not None and wanted in titles:
        return wanted
    if wanted is None and len(titles) == 1:
        return titles[0]
    if not titles:
        raise UnreadableError(name, "no sheet has a header and rows under it")
    shown = list_words([repr(title) for title in titles[:_SHOWN]])
    asked = "and one has to be named" if wanted is None else f"but none is called {wanted!r}"
    raise SeveralTablesError(name, f"it has {len(titles):,} sheets with tables, {asked}: {shown}", titles)
