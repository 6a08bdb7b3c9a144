"""Sheets of spreadsheets of any format: choose them, find the header, fill in merged cells, read row by row."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import Final

from geo.imports.blocks import Block, Rows
from geo.imports.readers.heading import HEAD_LINES, Line, heading_of, shown_lines
from geo.imports.readers.source import COLUMNS, Asked, Source
from geo.imports.readers.together import named_rows, together
from geo.imports.readers.typed import Unread, blocks_of_rows, rows_of_blocks
from geo.incident.errors import UnreadableError
from geo.language.messages import list_words, say

# Merged cells: the value is stored once and applies to all rows of the range.

_MERGED: Final = 200_000
"""Largest number of merged ranges kept; no sheet made by people has as many."""
_NUMBER: Final = re.compile(r"[-+−]?\d+(?:[.,]\d+)?")
_WORD: Final = re.compile(r"[^\W\d_]+")
_CAPITAL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_FOR_EACH: Final = frozenset(
    (
        *("date", "day", "month", "year", "week", "time", "datetime", "id", "ids", "code", "pcode", "latitude"),
        *("longitude", "lat", "lon", "lng", "long", "x", "y", "coordinates", "easting", "northing", "tag", "monat"),
        *("jahr", "jour", "mois", "année", "datum", "дата", "день", "месяц", "год", "широта", "долгота", "код"),
        *("сана", "рӯз", "моҳ", "сол", "تاریخ", "روز", "ماه", "سال", "نېټه", "ورځ", "میاشت", "کال", "کود"),
    )
)
"""Words in names of columns whose numbers are not counts, so that a merged number applies to each of its rows."""
_NUMBERED: Final = frozenset(("no", "nr", "number", "ref", "reference", "serial", "s", "case", "event", "incident"))
"""Words that make up the names of columns that number the rows."""
_LOOKED_THROUGH: Final = 20_000
"""Number of rows searched for the columns with merged numbers."""
LAST_ROW: Final = 1_048_576
"""Largest number of rows in a sheet; a file that claims more was crafted to keep readers busy."""


def for_each(name: str) -> bool:
    """Return whether a merged number in a column of this name applies to each of its rows, which a count does not.

    >>> [for_each(name) for name in ("Year", "eventId", "POINT_X", "S. No.", "Killed", "Number of wounded")]
    [True, True, True, True, False, False]
    """
    words = {word.lower() for word in _WORD.findall(_CAPITAL.sub(" ", name))}
    return bool(words & _FOR_EACH) or words <= _NUMBERED


_OF_DAYS: Final = frozenset(("date", "dates", "datetime", "datum", "дата", "сана", "تاریخ", "نېټه", "fecha"))
_DAY_NUMBER: Final = re.compile(r"[2-5]\d{4}(?:\.\d+)?")
"""Day numbers from 1958 to 2068, counted from 1904."""


def is_of_days(name: str) -> bool:
    """Return whether a column of this name holds dates.

    >>> [is_of_days(name) for name in ("eventDate", "date_start", "Killed")]
    [True, True, False]
    """
    return not _OF_DAYS.isdisjoint(word.lower() for word in _WORD.findall(_CAPITAL.sub(" ", name)))


@dataclass(frozen=True, slots=True)
class Single:
    """Columns in which a merged number counts once, for the first row, and is not repeated in those below."""

    columns: frozenset[int] = frozenset()
    """Numbers of the columns, from 1."""
    met: dict[int, int] = field(default_factory=dict)
    """Number of such merged numbers encountered, by column."""


@dataclass(slots=True)
class Merged:
    """Merged ranges of a sheet, added as they are encountered or all in advance."""

    waiting: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict)
    """First column, last column and last row of ranges by first row, numbered from 1."""
    ranges: int = 0
    _held: dict[int, tuple[int, str]] = field(default_factory=dict)

    def add(self, row: int, column: int, last_row: int, last_column: int) -> None:
        """Add a range, given by its first and last cell."""
        if self.ranges < _MERGED and column <= COLUMNS and (last_row > row or last_column > column):
            self.ranges += 1
            self.waiting.setdefault(row, []).append((column, last_column, last_row))

    @property
    def down(self) -> int:
        """Number of ranges that span several rows."""
        return sum(last > row for row, ranges in self.waiting.items() for _, _, last in ranges)

    def filled(self, number: int, values: list[str], *, across: bool, single: Single) -> list[str]:
        """Fill in a row's values from ranges that reach down to it and, with `across`, along it."""
        width = len(values) - 1
        for column, (last, value) in [*self._held.items()]:
            if number > last:
                del self._held[column]
            elif column <= width and not values[column - 1]:
                values[column - 1] = value
        for column, last_column, last_row in self.waiting.get(number, ()):
            if column > width or not values[column - 1]:
                continue
            value = values[column - 1]
            if last_row > number and column in single.columns and _NUMBER.fullmatch(value):
                single.met[column] = single.met.get(column, 0) + 1
            elif last_row > number:
                self._held[column] = (last_row, value)
            for other in range(column + 1, min(last_column, width) + 1) if across else ():
                values[other - 1] = values[other - 1] or value
        return values

    def anew(self) -> "Merged":
        """Return a copy with the same ranges, for reading again from the first row."""
        return Merged(self.waiting, self.ranges)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Properties of a sheet's cells that are reported in notes."""

    merged: int = 0
    """Number of merged ranges that span several rows."""
    without_result: int = 0
    """Number of cells with a formula but no stored result."""
    hidden_rows: int = 0
    first_day: date | None = None
    """Day 0 of the workbook; None if it is the usual one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet of a workbook."""

    title: str
    hidden: bool
    lines: Callable[[int, bool, Single], AbstractContextManager[tuple[Iterator[Line], Callable[[], int]]]]
    """Called with a number of columns, whether to fill merged cells across, and a Single. Returns the non-blank lines,
    merged cells filled in, with one more column for any value further right, and a function that counts bytes read."""
    count: Callable[[], int]
    """Returns the approximate number of rows."""
    about: Callable[[], About]


def open_sheets(source: Source, sheets: Sequence[Sheet], asked: Asked) -> Rows:
    """Open the only sheet that holds a table, or those asked for.

    Raises UnreadableError if there are several and none is named (it lists them), or if there is none.
    """
    heads = {sheet.title: _head(sheet) for sheet in sheets}
    least = 2 if asked.header_row is None else 1
    full = [sheet for sheet in sheets if len(heads[sheet.title]) >= least]
    shown = [sheet for sheet in full if not sheet.hidden]
    chosen = _chosen(full, shown or full, asked.tables, source.name)
    opened = [(sheet.title, _opened(source, sheet, heads[sheet.title], asked)) for sheet in chosen]
    rows = together(source.name, opened, column=say("column-of-sheet"))
    notes = []
    if len(sheets) > 1:
        titles = list_words([repr(sheet.title) for sheet in chosen[:10]])
        notes.append(say("note-sheet", sheet=titles, count=len(chosen), sheets=len(sheets)))
    hidden = [repr(sheet.title[:60]) for sheet in full if sheet.hidden and sheet not in chosen]
    if hidden:
        notes.append(say("note-hidden-sheets", count=len(hidden), sheets=list_words(hidden[:10])))
    return rows.noted(*notes)


def _chosen(full: Sequence[Sheet], shown: Sequence[Sheet], wanted: tuple[str, ...], name: str) -> Sequence[Sheet]:
    named = {sheet.title: sheet for sheet in full}
    if wanted and all(title in named for title in wanted):
        return [named[title] for title in dict.fromkeys(wanted)]
    if not wanted and len(shown) == 1:
        return shown
    if not shown:
        raise UnreadableError(name, say("read-no-sheet"))
    titles = [sheet.title for sheet in shown]
    if wanted:
        missing = list_words([repr(title) for title in wanted if title not in named])
        listed = list_words([repr(title) for title in titles[:10]])
        raise UnreadableError(name, say("read-no-such-sheet", count=len(titles), wanted=missing, sheets=listed), titles)
    listed = named_rows([(sheet.title, sheet.count()) for sheet in shown])
    raise UnreadableError(name, say("read-several-sheets", count=len(titles), sheets=listed), titles)


def _head(sheet: Sheet) -> list[Line]:
    with sheet.lines(COLUMNS, True, Single()) as (lines, _):  # noqa: FBT003  # across
        return list(islice(lines, HEAD_LINES))


def _opened(source: Source, sheet: Sheet, head: Sequence[Line], asked: Asked) -> Rows:
    wide = [line for _, line in head if any(line[COLUMNS:])]
    if wide and len(wide) > len(head) / 2:
        raise UnreadableError(source.name, say("read-wide-sheet", sheet=repr(sheet.title), most=COLUMNS))
    lines = [(number, line[:COLUMNS]) for number, line in head]
    found = heading_of(lines, source.name, wanted=asked.header_row)
    about = sheet.about()
    read = _Read(source, sheet, found.header, found.lines, about.first_day)
    notes = (*found.notes, *_notes(about, read))
    rows = rows_of_blocks(source, found.header, notes, read.blocks)
    return rows.headed(found.row, shown_lines(lines), headerless=found.headerless)


def _notes(about: About, read: "_Read") -> Iterator[str]:
    met = read.single_numbers() if about.merged else {}
    merged = about.merged - sum(met.values())
    if merged > 0:
        yield say("note-merged", count=merged)
    if met:
        columns = list_words([repr(read.header[column - 1]) for column in sorted(met)[:10]])
        yield say("note-merged-numbers", count=sum(met.values()), columns=columns)
    if about.without_result:
        yield say("note-without-result", count=about.without_result)
    if about.hidden_rows:
        yield say("note-hidden-rows", count=about.hidden_rows)
    if about.first_day:
        yield say("note-first-day", year=str(about.first_day.year))


@dataclass(frozen=True, slots=True)
class _Read:
    source: Source
    sheet: Sheet
    header: tuple[str, ...]
    skipped: int
    """Number of lines above the data rows."""
    first_day: date | None
    """Day 0 for dates stored as plain numbers; None if it is the usual one."""

    def blocks(self, block_rows: int) -> Iterator[Block]:
        with self.sheet.lines(len(self.header), False, self._single()) as (lines, consumed):  # noqa: FBT003  # not across
            days = [at for at, name in enumerate(self.header) if self.first_day and is_of_days(name)]
            rows = (self._row(self._dated(values, days)) for _, values in islice(lines, self.skipped, None))
            yield from blocks_of_rows(rows, self.header, block_rows, consumed)

    def _dated(self, values: Sequence[str], days: Sequence[int]) -> Sequence[str]:
        """Convert numbers in date columns to dates if the workbook's day 0 is not the usual one."""
        if not days or self.first_day is None:
            return values
        new = [*values]
        for at in days:
            if _DAY_NUMBER.fullmatch(new[at]):
                new[at] = (self.first_day + timedelta(days=int(new[at].partition(".")[0]))).isoformat()
        return new

    def single_numbers(self) -> dict[int, int]:
        """Count, by column, the merged numbers among the first rows that are not repeated in the rows they span."""
        single = self._single()
        with self.sheet.lines(len(self.header), False, single) as (lines, _):  # noqa: FBT003  # not across
            for _ in islice(lines, _LOOKED_THROUGH):
                pass
        return single.met

    def _single(self) -> Single:
        return Single(frozenset(at for at, name in enumerate(self.header, start=1) if not for_each(name)))

    def _row(self, values: Sequence[str]) -> Sequence[str] | Unread:
        columns = len(self.header)
        if any(values[columns:]):
            return Unread("\t".join(values), say("reject-more-values", expected=columns))
        return values[:columns]
