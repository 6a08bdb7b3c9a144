"""Excel workbooks: XLSX is read row by row while its XML is unpacked, within limits; XLS as a whole."""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache, lru_cache, partial
from itertools import islice
from math import isfinite
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import IO, Any, Final
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

import python_calamine as calamine
from openpyxl.packaging.manifest import Manifest
from openpyxl.packaging.relationship import get_dependents, get_rels_path
from openpyxl.packaging.workbook import WorkbookPackage
from openpyxl.styles.stylesheet import Stylesheet
from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel, from_ISO8601
from openpyxl.xml.constants import (
    ARC_CONTENT_TYPES,
    ARC_STYLE,
    SHARED_STRINGS,
    SHEET_MAIN_NS,
    XLSM,
    XLSX,
    XLTM,
    XLTX,
)
from openpyxl.xml.functions import fromstring

from geo.apart import pulse
from geo.imports.blocks import Rows
from geo.imports.readers.heading import Line
from geo.imports.readers.source import (
    MIB,
    PACKED_FREE_BYTES,
    PACKED_RATIO,
    SHARED_STRINGS_BYTES,
    SHEET_BYTES,
    SHEET_COLUMNS,
    XML_BYTES,
    Asked,
    Source,
    parsed,
)
from geo.imports.readers.spreadsheet import LAST_ROW, About, Merged, Sheet, Single, open_sheets
from geo.incident.errors import UnreadableError
from geo.language.messages import say

# Texts of an XLSX file, taken from its XML while it is unpacked. No element tree is built, since that would take most
# of the time, and millions of empty elements would fill the memory.

_SHARED, _TEXT, _SPOKEN = (f"{SHEET_MAIN_NS}}}{name}" for name in ("si", "t", "rPh"))
"""Element names as from expat. `_SPOKEN` holds the pronunciation of a text, which is not part of it."""


def shared_texts(source: IO[bytes]) -> list[str]:
    """Read the table of shared strings, without formatting."""
    texts = _SharedTexts()
    for _ in parsed(source, texts):
        pass
    return texts.found


class Texts:
    """Collects the text of elements, without formatting and pronunciation."""

    complete = False
    """Whether the rest of the file can be ignored."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.taken, self.spoken = False, False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Handle the start of an element."""
        del attributes
        if name == _TEXT:
            self.taken = not self.spoken
        elif name == _SPOKEN:
            self.spoken = True

    def text(self, text: str) -> None:
        """Handle part of an element's text."""
        if self.taken:
            self.parts.append(text)

    def end(self, name: str) -> None:
        """Handle the end of an element."""
        if name == _TEXT:
            self.taken = False
        elif name == _SPOKEN:
            self.spoken = False

    def whole(self) -> str:
        """Return the collected text, and start over."""
        text = "".join(self.parts)
        self.parts.clear()
        return text


class _SharedTexts(Texts):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def end(self, name: str) -> None:
        super().end(name)
        if name == _SHARED:
            self.found.append(self.whole().replace("x005F_", ""))


# Rows of an XLSX sheet, taken from its XML while it is unpacked. openpyxl decides which numbers are dates; results of
# formulas and errors are taken as stored.

_ALL_ROWS, _ROW, _CELL, _VALUE = (f"{SHEET_MAIN_NS}}}{name}" for name in ("sheetData", "row", "c", "v"))
"""Element names as from expat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """An opened workbook."""

    archive: zipfile.ZipFile
    sheets: Mapping[str, str]
    """Parts of the archive by title of the sheet, in the order of the sheets."""
    hidden: frozenset[str]
    """Titles of hidden sheets."""
    texts: list[str]
    """The shared strings."""
    epoch: datetime
    """Day 0 of dates."""
    dates: frozenset[int]
    """Numbers of the styles that make a number a date or a duration."""
    lengths: frozenset[int]
    """Those of `dates` that make it a duration."""


def sheet_rows(book: Workbook, sheet: IO[bytes], columns: int) -> Iterator[tuple[int, list[str]]]:
    """Yield number and texts of each row of a sheet; values right of the given columns are put into the last one."""
    rows = _SheetRows(book, columns)
    for _ in parsed(sheet, rows):
        yield from rows.found
        rows.found.clear()


class _SheetRows(Texts):
    def __init__(self, book: Workbook, columns: int) -> None:
        super().__init__()
        self.found: list[tuple[int, list[str]]] = []
        self._columns, self._row, self._cells = columns, [""] * columns, 0
        self._cell: Mapping[str, str] = {}
        self._book = book
        self._number = self._at = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == _CELL:
            self._cell = attributes
        elif name == _VALUE:
            self.taken = True
            self.parts.clear()
        elif name == _ROW:
            given = attributes.get("r")
            self._number = self._number + 1 if given is None else int(float(given))
            self._at = self._cells = 0
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
                self._row[min(self._at, self._columns) - 1] = text
        elif name == _ROW:
            self.found.append((self._number, self._row))
        elif name == _ALL_ROWS:
            self.complete = True
        else:
            super().end(name)

    def _read(self, cell: Mapping[str, str], value: str) -> str:
        """Return a cell's text, and advance the current column."""
        if self._cells > SHEET_COLUMNS:
            raise ValueError(self._number)
        coordinate = cell.get("r")
        self._at = self._at + 1 if coordinate is None else _column(coordinate.rstrip("0123456789"))
        kind = cell.get("t", "n")
        if not value:
            return value
        if kind == "s":
            return self._book.texts[int(value)]
        if kind == "n":
            return self._of_number(value, int(cell.get("s", 0)))
        if kind == "b":
            return cell_text(bool(int(value)))
        return cell_text(from_ISO8601(value)) if kind == "d" else value

    def _of_number(self, value: str, style: int) -> str:
        is_date = style in self._book.dates
        if _is_whole(value) and not is_date:
            return value
        number = float(value) if {*value} & {".", "E", "e"} else int(value)
        if not is_date:
            longer = isinstance(number, float) and isfinite(number) and abs(number) >= _EXACT and len(value) > _DIGITS
            return _all_digits(value) if longer and _digits(value) > _DIGITS else cell_text(number)
        try:
            return cell_text(from_excel(number, self._book.epoch, timedelta=style in self._book.lengths))
        except (OverflowError, ValueError):
            return "#VALUE!"  # what a spreadsheet shows for a date outside its calendar


_column = lru_cache(2**15)(column_index_from_string)


_EXACT: Final = 2.0**53
"""Limit up to which a float represents all whole numbers exactly."""
_DIGITS: Final = 17
"""Number of digits that identify a float; a number with more of them was not written from one."""


def _digits(number: str) -> int:
    return len(Decimal(number).as_tuple().digits)


def _all_digits(number: str) -> str:
    """Write a large number without an exponent, with all its digits.

    >>> _all_digits("1.234567890123457E+17"), _all_digits("-12345678901234567890.0"), _all_digits("1e16")
    ('123456789012345700', '-12345678901234567890', '10000000000000000')
    """
    whole = f"{Decimal(number):f}"
    return whole.rstrip("0").rstrip(".") if "." in whole else whole


def _is_whole(value: str) -> bool:
    return value[0] != "0" and value.isascii() and value.isdigit()


def cell_text(value: Any) -> str:
    """Convert a cell's value to text: whole numbers without a decimal point, dates in ISO format.

    >>> cell_text(None), cell_text(3.0), cell_text(datetime(2025, 10, 11)), cell_text(True)
    ('', '3', '2025-10-11', 'true')
    """
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return _all_digits(repr(value)) if abs(value) >= _EXACT else str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date | time) else str(value)


# Opening a workbook with openpyxl: within limits, and with its many kinds of error raised as one.

_SHARED_STRINGS: Final = "xl/sharedStrings.xml"
_WORKBOOK: Final = "xl/workbook.xml"
_FAULTS: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    ExpatError,
    LookupError,
    NotImplementedError,
    OSError,
    ParseError,
    RecursionError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


def check_sizes(path: Path, name: str) -> None:
    """Raise UnreadableError for a workbook whose unpacked size is implausible for a table of events."""
    with path.open("rb") as raw, _fault_reported(name), zipfile.ZipFile(raw) as archive:
        sizes = {member.filename: member.file_size for member in archive.infolist()}
    whole = sum(sizes.values())
    if whole > SHEET_BYTES or sizes.get(_SHARED_STRINGS, 0) > SHARED_STRINGS_BYTES:
        raise UnreadableError(name, say("read-workbook-too-large", mb=whole // MIB))
    if whole > PACKED_FREE_BYTES and whole > PACKED_RATIO * path.stat().st_size:
        raise UnreadableError(name, say("read-workbook-bomb", times=PACKED_RATIO))


@contextmanager
def opened(path: Path, name: str, texts: list[str] | None = None) -> Iterator[Workbook]:
    """Open a workbook for reading row by row; raises UnreadableError for damage, also while rows are read.

    `texts` are the shared strings, if already read.
    """
    with path.open("rb") as raw, _fault_reported(name), zipfile.ZipFile(raw) as archive:
        package = Manifest.from_tree(fromstring(archive.read(ARC_CONTENT_TYPES)))
        part = _workbook_part(package)
        described = WorkbookPackage.from_tree(fromstring(archive.read(part)))
        styles = _styles(archive)
        yield Workbook(
            archive=archive,
            sheets=dict(_sheets(archive, part, described)),
            hidden=frozenset(sheet.name for sheet in described.sheets if sheet.state != "visible"),
            texts=_shared(archive, package) if texts is None else texts,
            epoch=CALENDAR_MAC_1904 if described.properties.date1904 else CALENDAR_WINDOWS_1900,
            dates=frozenset(styles.date_formats if styles else ()),
            lengths=frozenset(styles.timedelta_formats if styles else ()),
        )


def _workbook_part(package: Manifest) -> str:
    kinds = (XLTM, XLTX, XLSM, XLSX)
    return next((part.PartName[1:] for part in map(package.find, kinds) if part), _WORKBOOK)


def _sheets(archive: zipfile.ZipFile, part: str, described: WorkbookPackage) -> Iterator[tuple[str, str]]:
    """Yield title and part of each worksheet that the archive contains."""
    related = get_dependents(archive, get_rels_path(part)).to_dict()
    there = {*archive.namelist()}
    for sheet in described.sheets:
        found = related[sheet.id] if sheet.id else None
        if found is not None and found.target in there and "chartsheet" not in found.Type:
            yield sheet.name, found.target


def _styles(archive: zipfile.ZipFile) -> Stylesheet | None:
    return Stylesheet.from_tree(fromstring(archive.read(ARC_STYLE))) if ARC_STYLE in archive.namelist() else None


def _shared(archive: zipfile.ZipFile, package: Manifest) -> list[str]:
    part = package.find(SHARED_STRINGS)
    if part is None:
        return []
    with archive.open(part.PartName[1:]) as source:
        return shared_texts(source)


@contextmanager
def _fault_reported(name: str) -> Iterator[None]:
    """Turn the errors openpyxl raises for damage, which may be almost any, into UnreadableError."""
    try:
        yield
    except UnreadableError:
        raise
    except _FAULTS as error:
        raise UnreadableError(name, say("read-damaged-workbook")) from error


# XLSX sheets, read row by row.

_SHEETS: Final = 100
_MERGE: Final = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]{0,200}?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_ROW_BEGINS: Final = re.compile(rb"<(?:\w+:)?row[ >/]")
_HIDDEN: Final = re.compile(rb"<(?:\w+:)?row\s[^<>]{0,300}?\bhidden=[\"'](?:1|true)[^<>]{0,300}>\s*<(?:\w+:)?c[\s>]")
_WITHOUT_RESULT: Final = re.compile(
    rb"<(?:\w+:)?c((?:\s[^<>]{0,300})?)>\s*<(?:\w+:)?f(?:\s[^<>]{0,300})?(?:/>|>[^<]{0,9000}</(?:\w+:)?f>)\s*"
    rb"(<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
"""Matches a cell with a formula and no or an empty value; an empty one may also be the text result of a formula."""
_STORED_TEXT: Final = b't="str"'
_SOUGHT: Final = {_MERGE: (b"mergeCell",), _HIDDEN: (b"hidden=",), _WITHOUT_RESULT: (b"<f", b":f")}
_OVERLAP: Final = 12_000
"""Number of bytes searched again with the next chunk, for matches that span both."""


def open_workbook(path: Path, source: Source, asked: Asked) -> Rows:
    """Open the only sheet of a workbook that holds a table, or those asked for.

    Raises UnreadableError if there are several and none is named (it lists them), if there is none, or if the file is
    damaged or too large.
    """
    check_sizes(path, source.name)
    with opened(path, source.name) as book:
        titles, texts = [*islice(book.sheets, _SHEETS)], book.texts
        hidden, epoch = book.hidden, book.epoch
    file = _File(path, source, texts, epoch)
    return open_sheets(source, [file.sheet(title, hidden=title in hidden) for title in titles], asked)


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    source: Source
    texts: list[str]
    """The shared strings, kept because reading them takes a third as long as reading the rows."""
    epoch: datetime
    """Day 0 of dates."""

    def sheet(self, title: str, *, hidden: bool) -> Sheet:
        seen = cache(self._seen)
        return Sheet(
            title=title,
            hidden=hidden,
            lines=lambda columns, across, single: self._lines(
                title, seen(title)[0], columns, across=across, single=single
            ),
            count=lambda: self._count(title),
            about=lambda: seen(title)[1],
        )

    def _seen(self, title: str) -> tuple[Merged, About]:
        """Find merged ranges, which come after the rows in the XML, and what else notes report about the cells."""
        merged, without_result, hidden = Merged(), 0, 0
        for what, found in self._found(title, _SOUGHT):
            if what is _MERGE:
                first, top, last, bottom = found.groups()
                merged.add(int(top), _column(first.decode()), int(bottom), _column(last.decode()))
            elif what is _HIDDEN:
                hidden += 1
            else:
                without_result += not (found[2] and _STORED_TEXT in found[1])
        first_day = None if self.epoch == CALENDAR_WINDOWS_1900 else self.epoch.date()
        about = About(merged=merged.down, without_result=without_result, hidden_rows=hidden, first_day=first_day)
        return merged, about

    def _count(self, title: str) -> int:
        return max(sum(1 for _ in self._found(title, {_ROW_BEGINS: (b"row",)})) - 1, 0)

    def _found(
        self, title: str, wanted: Mapping[re.Pattern[bytes], tuple[bytes, ...]]
    ) -> Iterator[tuple[re.Pattern[bytes], re.Match[bytes]]]:
        """Yield matches in a sheet's XML; a pattern is tried only on chunks that contain one of its words."""
        with opened(self.path, self.source.name, self.texts) as book, book.archive.open(book.sheets[title]) as sheet:
            held, before, ends = b"", 0, dict.fromkeys(wanted, 0)
            while part := sheet.read(XML_BYTES):
                pulse()
                dropped = max(len(held) - _OVERLAP, 0)
                before, held = before + dropped, held[dropped:] + part
                for what, words in wanted.items():
                    if any(word in held for word in words):
                        for found in what.finditer(held, max(ends[what] - before, 0)):
                            ends[what] = before + found.end()
                            yield what, found

    @contextmanager
    def _lines(
        self, title: str, merged: Merged, columns: int, *, across: bool, single: Single
    ) -> Iterator[tuple[Iterator[Line], Callable[[], int]]]:
        with opened(self.path, self.source.name, self.texts) as book:
            part, size = book.sheets[title], self.source.size
            whole = max(book.archive.getinfo(part).file_size, 1)
            with book.archive.open(part) as sheet:
                lines = self._numbered(book, title, sheet, merged.anew(), columns, across=across, single=single)
                yield lines, lambda: size * sheet.tell() // whole

    def _numbered(  # noqa: PLR0913  # everything known of a sheet
        self,
        book: Workbook,
        title: str,
        sheet: IO[bytes],
        merged: Merged,
        columns: int,
        *,
        across: bool,
        single: Single,
    ) -> Iterator[Line]:
        """Yield the non-blank lines of a sheet, whatever number of rows it claims to have."""
        for number, (row, values) in enumerate(sheet_rows(book, sheet, columns + 1), start=1):
            if max(number, row) > LAST_ROW:
                raise UnreadableError(self.source.name, say("read-long-sheet", sheet=repr(title), most=LAST_ROW))
            if any(values):
                yield row, tuple(merged.filled(row, values, across=across, single=single) if merged.ranges else values)


# Excel workbooks from before 2007, read as a whole, since their sheets have at most 65,536 rows.

_OLD_FAULTS: Final = (calamine.CalamineError, OSError, ValueError, OverflowError)
"""Errors calamine raises for damage, apart from panics, which are recognised by their name."""
_PANIC: Final = "PanicException"
_BEGINS: Final = re.compile(rb"\x09\x08[\x08\x10]\x00\x00[\x05\x06]\x05\x00")
"""Record at the beginning of the workbook's global settings."""
_DATE_MODE, _ENDS = 0x22, 0x0A
"""Records in the global settings: the date mode, and their end."""
_RECORDS: Final = 1_000


def open_old_workbook(path: Path, source: Source, asked: Asked) -> Rows:
    """Open the only sheet of a workbook that holds a table, or those asked for; raises as `open_sheets` does."""
    with _damage_reported(source.name):
        book = calamine.CalamineWorkbook.from_path(str(path))
        about = book.sheets_metadata[:_SHEETS]
    plain = [one for one in about if one.typ == calamine.SheetTypeEnum.WorkSheet]
    first_day = CALENDAR_MAC_1904.date() if _counts_from_1904(path) else None
    sheets = [
        _sheet(book, source, one.name, hidden=one.visible != calamine.SheetVisibleEnum.Visible, first_day=first_day)
        for one in plain
    ]
    return open_sheets(source, sheets, asked)


def _counts_from_1904(path: Path) -> bool:
    """Return whether a workbook counts days from 1904, which calamine does not tell for numbers not stored as dates."""
    with path.open("rb") as raw, mmap(raw.fileno(), 0, access=ACCESS_READ) as held:
        found = _BEGINS.search(held)
        at = found.start() if found else len(held)
        for _ in range(_RECORDS):
            kind, size = (int.from_bytes(held[at + begin : at + begin + 2], "little") for begin in (0, 2))
            if kind in {_DATE_MODE, _ENDS} or at >= len(held):
                return kind == _DATE_MODE and held[at + 4 : at + 6] == b"\x01\x00"
            at += 4 + size
    return False


def _sheet(
    book: calamine.CalamineWorkbook, source: Source, title: str, *, hidden: bool, first_day: date | None
) -> Sheet:
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
            return About(merged=_merged(book.get_sheet_by_name(title)).down, first_day=first_day)

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
    except _OLD_FAULTS as error:
        raise UnreadableError(name, say("read-other", what=say("read-other-old_office"))) from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise UnreadableError(name, say("read-other", what=say("read-other-old_office"))) from error
