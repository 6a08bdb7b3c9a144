"""HTML tables, which some programs save as `.xls`: parsed as a stream, with nothing run or fetched."""

import codecs
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from geo.apart import pulse
from geo.imports.blocks import Rows
from geo.imports.readers.dialect import encoding_asked, encoding_of
from geo.imports.readers.heading import Line
from geo.imports.readers.source import (
    COLUMNS,
    DEEPEST,
    FEATURE_CHARACTERS,
    MIB,
    XML_BYTES,
    Asked,
    Source,
    Stream,
    read_up_to,
)
from geo.imports.readers.spreadsheet import LAST_ROW, About, Merged, Sheet, Single, open_sheets
from geo.incident.errors import UnreadableError
from geo.language.messages import say

_TABLES: Final = 100
_FEWEST: Final = 2
"""Minimum number of rows and of columns in a table of data; smaller ones are page layout."""
_CELLS: Final = frozenset(("td", "th"))
_UNSEEN: Final = frozenset(("script", "style"))


@dataclass(slots=True)
class _Table:
    """A table that is being read."""

    number: int
    """Number of the table in the file, from 1."""
    rows: int = 0
    columns: int = 0
    """Width of its widest row."""
    values: list[str] | None = None
    """Values of the open row."""
    at: int = 0
    """Last occupied column of the open row, from 1."""
    cell: list[str] | None = None
    """Texts of the open cell."""
    spans: tuple[int, int] = (1, 1)
    """Number of rows and columns that the open cell spans."""
    below: dict[int, int] = field(default_factory=dict)
    """Last row of cells that span several rows, by column, from 1."""
    merged: Merged = field(default_factory=Merged)


class _Reading(HTMLParser):
    """Collects the rows of tables; a nested table is a table of its own."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[_Table, int, list[str]]] = []
        """Table, row number and values of each completed row."""
        self._name, self._open, self._size, self._unseen = name, list[_Table](), 0, False
        self._tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen = True
        if tag == "table":
            if len(self._open) >= DEEPEST:
                raise UnreadableError(self._name, say("read-too-deep", at=str(self.getpos()[0])))
            self._tables += 1
            self._open.append(_Table(self._tables))
        if not self._open:
            return
        table = self._open[-1]
        if tag == "tr":
            self._end_row(table)
            table.rows, table.values, table.at = table.rows + 1, [], 0
        elif tag in _CELLS and table.values is not None:
            self._end_cell(table)
            given = dict(attrs)
            table.cell = []
            table.spans = _times(given.get("rowspan"), LAST_ROW), _times(given.get("colspan"), COLUMNS)
        elif tag in {"br", "p", "div"} and table.cell:
            table.cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = False
        if not self._open:
            return
        if tag in _CELLS:
            self._end_cell(self._open[-1])
        elif tag in {"tr", "table"}:
            self._end_row(self._open[-1])
            if tag == "table":
                self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._open or self._unseen or (cell := self._open[-1].cell) is None:
            return
        self._size += len(data)
        if self._size > FEATURE_CHARACTERS:
            raise UnreadableError(self._name, say("read-large-rows", mb=FEATURE_CHARACTERS // 2**20))
        cell.append(data)

    def _end_cell(self, table: _Table) -> None:
        if table.cell is None or table.values is None:
            return
        values, (down, right) = table.values, table.spans
        while table.below.get(table.at + 1, 0) >= table.rows:
            table.at += 1
        begin, table.at = table.at + 1, table.at + right
        lines = (" ".join(line.split()) for line in "".join(table.cell).split("\n"))
        if text := "\n".join(filter(None, lines)):
            if begin > COLUMNS or table.rows > LAST_ROW:
                raise UnreadableError(self._name, say("read-wide-sheet", sheet=str(table.number), most=COLUMNS))
            values += [*[""] * (begin - 1 - len(values)), text]
        if down > 1:
            table.below |= dict.fromkeys(range(begin, min(table.at, COLUMNS) + 1), table.rows + down - 1)
        table.merged.add(table.rows, begin, table.rows + down - 1, table.at)
        table.cell = None

    def _end_row(self, table: _Table) -> None:
        self._end_cell(table)
        if table.values is not None and any(table.values):
            self.found.append((table, table.rows, table.values))
            table.columns = max(table.columns, len(table.values))
        table.values, self._size = None, 0


def open_web_tables(path: Path, source: Source, asked: Asked) -> Rows:
    """Open the only table of a web page, or those asked for; raises as `open_sheets` does, and if there is none."""
    del path
    encoding = _encoding(source, asked)
    tables: dict[int, _Table] = {}
    counts: dict[int, int] = {}
    with source.opened() as (stream, _):
        for table, _, _ in _rows(stream, source.name, encoding):
            tables[table.number] = table
            counts[table.number] = counts.get(table.number, 0) + 1
    found = [one for at, one in tables.items() if counts[at] >= _FEWEST and one.columns >= _FEWEST][:_TABLES]
    if not found:
        raise UnreadableError(source.name, say("read-other", what=say("read-other-web_page")))
    sheets = [_sheet(source, encoding, table, counts[table.number]) for table in found]
    return open_sheets(source, sheets, asked).encoded(encoding)


def _encoding(source: Source, asked: Asked) -> str:
    with source.opened() as (stream, _):
        head = read_up_to(stream, XML_BYTES)
    found = encoding_of(head) if asked.encoding is None else encoding_asked(asked.encoding, head, source.name)
    return found.name


def _rows(stream: Stream, name: str, encoding: str) -> Iterator[tuple[_Table, int, list[str]]]:
    """Yield the non-blank rows of all tables as they are completed."""
    reading, decoder = _Reading(name), codecs.getincrementaldecoder(encoding)("replace")
    ended = False
    while not ended:
        pulse()
        part = stream.read(XML_BYTES)
        ended = not part
        try:
            reading.feed(decoder.decode(part, final=ended))
        except AssertionError as error:  # from html.parser, for declarations that no page has
            raise UnreadableError(name, say("read-other", what=say("read-other-web_page"))) from error
        if len(reading.rawdata) > MIB:  # an unclosed tag or comment would be scanned again with each chunk
            raise UnreadableError(name, say("read-large-rows", mb=1))
        if ended:
            reading.close()
        yield from reading.found
        reading.found.clear()


def _sheet(source: Source, encoding: str, table: _Table, rows: int) -> Sheet:
    @contextmanager
    def lines(
        columns: int,
        across: bool,  # noqa: FBT001
        single: Single,
    ) -> Iterator[tuple[Iterator[Line], Callable[[], int]]]:
        with source.opened() as (stream, consumed):

            def found() -> Iterator[Line]:
                for other, number, row in _rows(stream, source.name, encoding):
                    if other.number != table.number:
                        continue
                    beyond = next((value for value in row[columns:] if value), "")
                    values = [*row[:columns], *[""] * (columns - len(row)), beyond]
                    yield number, tuple(other.merged.filled(number, values, across=across, single=single))

            yield found(), consumed

    return Sheet(
        title=say("table-by-number", number=str(table.number)),
        hidden=False,
        lines=lines,
        count=lambda: rows - 1,
        about=lambda: About(merged=table.merged.down),
    )


def _times(text: str | None, limit: int) -> int:
    """Parse the number of rows or columns that a cell spans, from 1 to `limit`.

    >>> _times(None, 9), _times("3", 9), _times("99", 9), _times("all", 9)
    (1, 3, 9, 1)
    """
    plain = (text or "").strip()
    return max(1, min(int(plain), limit)) if plain.isascii() and plain.isdigit() and len(plain) < 10 else 1  # noqa: PLR2004
