"""Days as files write them: ISO, day, month and year in any order, spreadsheet numbers, and Hijri calendars."""

import re
from datetime import date, timedelta
from functools import partial
from typing import Final

import pyarrow as pa

from geo.imports.mapping.hijri import hijri_day, hijri_month, is_hijri_year
from geo.imports.mapping.numbers import latin_digits
from geo.imports.mapping.reading import Form, Reading
from geo.imports.mapping.repair import Repair
from geo.wording import MONTHS

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Years that an incident's date may have; all others are taken for mistakes."""

_TIME: Final = re.compile(
    r"(?:T|\s+|,\s*)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?$"
)
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?")
_EXCEL: Final = re.compile(r"([2-5]\d{4})(?:\.\d+)?")
_DAY_NAMED: Final = re.compile(
    r"(?:[^\W\d_]+,\s*)?(\d{1,2})(?:st|nd|rd|th)?[\s.-]+([^\W\d_][^\d,]*?)[\s.,-]+(\d{4}|\d{2})"
)
_NAMED_DAY: Final = re.compile(r"([^\W\d_][^\d,]*?)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_EXCEL_START: Final = date(1899, 12, 30)
_FAULT: Final = "is no date; expected one as in 2025-10-11 or 11 October 2025"


def day_form(*, day_first: bool) -> Form:
    """Say how a column of days is read; `day_first` decides 03/04/2025 where both orders are possible."""
    return Form(kind=pa.date32(), read=partial(read_day, day_first=day_first))


def read_day(text: str, *, day_first: bool = True) -> Reading:
    """Read a day; a time of day after it is left out.

    >>> read_day("31 January 2023").value, read_day("05/10/2025").value, read_day("45000").value
    (datetime.date(2023, 1, 31), datetime.date(2025, 10, 5), datetime.date(2023, 3, 15))
    """
    latin = latin_digits(text)
    plain = _TIME.sub("", latin.strip()).strip()
    try:
        day, repairs = _day(plain, day_first=day_first)
    except (ValueError, OverflowError):
        return Reading(None, fault=_FAULT)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return Reading(None, fault=f"is no day of {FIRST_YEAR} to {LAST_YEAR}")
    return Reading(day, repairs if latin == text else (Repair.DIGITS, *repairs))


def either_order(text: str) -> tuple[int, int] | None:
    """Return the first two numbers of a date that ends with its year, None for others.

    >>> either_order("31/01/2023"), either_order("2023-01-31")
    ((31, 1), None)
    """
    found = _YEAR_LAST.fullmatch(_TIME.sub("", latin_digits(text).strip()).strip())
    return (int(found[1]), int(found[2])) if found else None


def _day(text: str, *, day_first: bool) -> tuple[date, tuple[Repair, ...]]:
    if found := _YEAR_FIRST.fullmatch(text):
        return _dated(*(int(part) for part in found.groups()))
    if found := _YEAR_LAST.fullmatch(text):
        return _year_last(int(found[1]), int(found[2]), found[3], day_first=day_first)
    if found := _DAY_NAMED.fullmatch(text):
        return _named(found[1], found[2], found[3])
    if found := _NAMED_DAY.fullmatch(text):
        return _named(found[2], found[1], found[3])
    if found := _COMPACT.fullmatch(text):
        return _dated(*(int(part) for part in found.groups()))
    if found := _EXCEL.fullmatch(text):
        return _EXCEL_START + timedelta(days=int(found[1])), (Repair.EXCEL_DAY,)
    raise ValueError(_FAULT)


def _dated(year: int, month: int, day: int) -> tuple[date, tuple[Repair, ...]]:
    if is_hijri_year(year):
        return hijri_day(year, month, day), (Repair.HIJRI,)
    return date(year, month, day), ()


def _year_last(first: int, second: int, year: str, *, day_first: bool) -> tuple[date, tuple[Repair, ...]]:
    day, month = (first, second) if day_first else (second, first)
    exchanged = month > 12 >= day  # noqa: PLR2004  # months
    if exchanged:
        day, month = month, day
    whole, short = _whole_year(year)
    read, repairs = _dated(whole, month, day)
    return read, (*short, *((Repair.DAY_MONTH,) if exchanged else ()), *repairs)


def _named(day: str, name: str, year: str) -> tuple[date, tuple[Repair, ...]]:
    whole, short = _whole_year(year)
    month = _month(name)
    if month and not is_hijri_year(whole):
        return date(whole, month, int(day)), short
    calendar, month = hijri_month(name)
    return hijri_day(whole, month, int(day), calendar=calendar), (*short, Repair.HIJRI)


def _month(name: str) -> int | None:
    short = name.casefold().rstrip(".")
    for number, month in enumerate(MONTHS, start=1):
        if short in (month.casefold(), month[:3].casefold()) or (short == "sept" and month == "September"):
            return number
    return None


def _whole_year(year: str) -> tuple[int, tuple[Repair, ...]]:
    if len(year) == 4:  # noqa: PLR2004  # digits
        return int(year), ()
    return int(year) + (1900 if int(year) >= 70 else 2000), (Repair.SHORT_YEAR,)  # noqa: PLR2004  # as spreadsheets do
