"""Counts, codes, coordinates and days as files write them: ISO, any order, spreadsheet numbers, and Hijri calendars."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, StrEnum
from functools import partial
from types import MappingProxyType
from typing import Final, Self

import jdatetime
import pyarrow as pa
import pyarrow.compute as pc
from hijridate import Hijri

from geo.imports.fields.cell_values import Form, Reading, Repair
from geo.language.folding import fold, keys_of
from geo.language.messages import say

_LARGEST: Final = 10**8
"""More people than any incident could concern."""
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:[, \u00a0\u2009\u202f'’٬]\d{3})+")
_WHOLE: Final = re.compile(r"(\d+)(?:[.,]0{1,2}|\.0{4,})")
"""Three zeros may be thousands."""
_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?", re.IGNORECASE)
_COMMA: Final = re.compile(r"[+-]?\d{1,3},\d+")
_COMPASS: Final = re.compile(r"[NSEW]")
_ANGLE: Final = re.compile(
    r"(?P<degrees>\d{1,3}(?:[.,]\d+)?)(?:\s*(?:°|º|deg|d|\s)\s*(?:(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*['′’m]?\s*"
    r"(?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|”|''|s)?)?)?)?"
)


def count(text: str) -> Reading:
    """Read a number of people or a code.

    >>> count("1,234").value, count("10.0").value, count("a dozen").fault
    (1234, 10, 'is no whole number from 0 on')
    """
    plain, repairs = _digits(text)
    if plain.isdecimal():
        value = int(plain) if len(plain) < 19 else _LARGEST  # noqa: PLR2004  # digits of an int64
    elif whole := _WHOLE.fullmatch(plain):
        value, repairs = int(whole[1][:19]), (*repairs, Repair.WHOLE_NUMBER)
    elif _THOUSANDS.fullmatch(plain):
        value, repairs = int(re.sub(r"\D", "", plain)[:19]), (*repairs, Repair.THOUSANDS)
    else:
        return Reading(None, fault=say("reject-no-count"))
    if value >= _LARGEST:
        return Reading(None, fault=say("reject-too-many-people"))
    return Reading(value, repairs)


def code(text: str) -> Reading:
    """Read a precision code; what is no number is no code, and no fault."""
    read = count(text)
    return Reading(None) if read.fault else read


def degrees(text: str) -> Reading:
    r"""Read a coordinate, degrees; south and west are negative.

    >>> degrees("34,33").value, degrees("70°30'00\"E").value, degrees("N 34.5").value
    (34.33, 70.5, 34.5)
    """
    plain, repairs = _digits(text)
    if _NUMBER.fullmatch(plain):
        value = float(plain)
    elif _COMMA.fullmatch(plain):
        value, repairs = float(plain.replace(",", ".")), (*repairs, Repair.DECIMAL_COMMA)
    else:
        value, repairs = _angle(plain), (*repairs, Repair.DEGREES)
    if not math.isfinite(value):
        return Reading(None, fault=say("reject-no-coordinate"))
    return Reading(value, repairs)


def kilometres(text: str) -> Reading:
    """Read a radius, kilometres."""
    read = degrees(text)
    if read.value is None or not 0 < read.value <= 2000:  # noqa: PLR2004  # as in the record
        return Reading(None, fault=say("reject-no-radius"))
    return read


def identifier(text: str) -> Reading:
    """Read an id; one that a spreadsheet turned into a decimal number is made whole again."""
    whole = _WHOLE.fullmatch(text)
    return Reading(whole[1], (Repair.WHOLE_NUMBER,)) if whole else Reading(text)


COUNT: Final = Form(kind=pa.int64(), read=count, usual=r"^[0-9]{1,8}$")
CODE: Final = Form(kind=pa.int64(), read=code, usual=r"^[0-9]{1,8}$")
DEGREES: Final = Form(kind=pa.float64(), read=degrees, usual=r"^-?[0-9]{1,3}(\.[0-9]{1,17})?$")
KILOMETRES: Final = Form(kind=pa.float64(), read=kilometres)
IDENTIFIER: Final = Form(kind=pa.string(), read=identifier, usual=r"^([^.,]*|.*[^0.,])$")


def latin_digits(text: str) -> str:
    """Write the digits of all scripts as 0 to 9.

    >>> latin_digits("۱۴۰۲")
    '1402'
    """
    return text if text.isascii() else "".join(str(int(c)) if c.isdecimal() else c for c in text)


def _digits(text: str) -> tuple[str, tuple[Repair, ...]]:
    """Write a number as Python does, and say whether its digits were of another script."""
    plain = text.strip().replace("\u2212", "-")
    if plain.isascii():
        return plain, ()
    latin = latin_digits(plain)
    return latin.replace("٫", "."), (Repair.DIGITS,) if latin != plain else ()


def _angle(text: str) -> float:
    letters = _COMPASS.findall(text)
    bare = _COMPASS.sub("", text, count=1).strip() if letters else text
    sign = -1.0 if bare.startswith("-") or (letters and letters[0] in "SW") else 1.0
    parts = _ANGLE.fullmatch(bare.lstrip("+-").strip())
    if len(letters) > 1 or not parts:
        return math.nan
    whole, minutes, seconds = (float((part or "0").replace(",", ".")) for part in parts.group(1, 2, 3))
    return sign * (whole + minutes / 60 + seconds / 3600) if max(minutes, seconds) < 60 else math.nan  # noqa: PLR2004


# Days of the Hijri calendars: the solar one of Afghanistan and Iran, and the lunar one as Umm al-Qura counts it.

_FIRST, _LAST_SOLAR, _LAST_LUNAR = 1343, 1408, 1500
"""Solar years up to 1408 (2029), lunar years from 1409 (1988): the span of incidents leaves no doubt between them."""


class Calendar(Enum):
    """Which Hijri calendar."""

    SOLAR = "solar"
    LUNAR = "lunar"


_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"),
    "December",
)
_HIJRI_MONTHS: Final = (
    (
        Calendar.SOLAR,
        (
            "Hamal;Farvardin;حمل;وری;فروردین",
            "Sawr;Saur;Thawr;Ordibehesht;ثور;غویی;اردیبهشت",
            "Jawza;Khordad;جوزا;غبرګولی;خرداد",
            "Saratan;Tir;سرطان;چنګاښ;تیر",
            "Asad;Mordad;اسد;زمری;مرداد",
            "Sunbula;Sonbola;Shahrivar;سنبله;وږی;شهریور",
            "Mizan;Mehr;میزان;تله;مهر",
            "Aqrab;Aban;عقرب;لړم;آبان",
            "Qaws;Qaus;Azar;قوس;لیندۍ;آذر",
            "Jadi;Jadee;Dey;جدی;مرغومی;دی",
            "Dalw;Dalwa;Bahman;دلو;سلواغه;بهمن",
            "Hut;Hoot;Esfand;حوت;کب;اسفند",
        ),
    ),
    (
        Calendar.LUNAR,
        (
            "Muharram;محرم",
            "Safar;صفر",
            "Rabi al-Awwal;Rabi I;Rabi ul Awal;ربیع الاول",
            "Rabi al-Thani;Rabi II;Rabi us Sani;ربیع الثانی",
            "Jumada al-Ula;Jumada I;Jumada al-Awwal;Jamadi ul Awal;جمادی الاول",
            "Jumada al-Akhira;Jumada II;Jumada al-Thani;Jamadi us Sani;جمادی الثانی",
            "Rajab;رجب",
            "Shaban;Sha'ban;شعبان",
            "Ramadan;Ramazan;رمضان",
            "Shawwal;شوال",
            "Dhu al-Qadah;Zul Qadah;Zilqad;ذی القعده;ذوالقعده",
            "Dhu al-Hijjah;Zul Hijjah;Zilhaj;ذی الحجه;ذوالحجه",
        ),
    ),
)


def is_hijri_year(year: int) -> bool:
    """Tell whether a year is one of a Hijri calendar."""
    return _FIRST <= year <= _LAST_LUNAR


def hijri_day(year: int, month: int, day: int, *, calendar: Calendar | None = None) -> date:
    """Return the Gregorian day; raises ValueError or OverflowError where there is no such day.

    A lunar day may be off by one, where the month was begun by sight of the moon. Without a calendar the year decides.

    >>> hijri_day(1402, 1, 12), hijri_day(1444, 9, 3)
    (datetime.date(2023, 4, 1), datetime.date(2023, 3, 25))
    """
    if calendar is None:
        calendar = Calendar.SOLAR if year <= _LAST_SOLAR else Calendar.LUNAR
    if calendar is Calendar.LUNAR:
        lunar = Hijri(year, month, day).to_gregorian()
        return date(lunar.year, lunar.month, lunar.day)
    solar = jdatetime.date(year, month, day).togregorian()
    return date(solar.year, solar.month, solar.day)


def hijri_month(name: str) -> tuple[Calendar, int]:
    """Return the calendar and number of a month by its name; raises ValueError for no month."""
    found = _BY_NAME.get(fold(name)) or _BY_NAME.get(" ".join(keys_of(name)))
    if found is None:
        raise ValueError(name)
    return found


def _by_name() -> Mapping[str, tuple[Calendar, int]]:
    names = {}
    for calendar, months in _HIJRI_MONTHS:
        for number, spellings in enumerate(months, start=1):
            for spelling in spellings.split(";"):
                names[fold(spelling)] = (calendar, number)
                if keys := " ".join(keys_of(spelling)):
                    names.setdefault(keys, (calendar, number))
    return MappingProxyType(names)


_BY_NAME: Final = _by_name()


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
        return Reading(None, fault=say("reject-no-date"))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return Reading(None, fault=say("reject-year", first=str(FIRST_YEAR), last=str(LAST_YEAR)))
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
    raise ValueError(text)


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
    for number, month in enumerate(_MONTHS, start=1):
        if short in (month.casefold(), month[:3].casefold()) or (short == "sept" and month == "September"):
            return number
    return None


def _whole_year(year: str) -> tuple[int, tuple[Repair, ...]]:
    if len(year) == 4:  # noqa: PLR2004  # digits
        return int(year), ()
    return int(year) + (1900 if int(year) >= 70 else 2000), (Repair.SHORT_YEAR,)  # noqa: PLR2004  # as spreadsheets do


# Which comes first in 03/04/2025, day or month: told from a file's other dates, or said by whoever imports it.

ORDER_FIELD: Final = "date_order"
"""Stands among the fields of a mapping; what it holds is no column but a DayOrder."""
_MONTH_NAMES: Final = 12


class DayOrder(StrEnum):
    """What a date begins with that ends with its year."""

    DAY_MONTH = "day-month"
    MONTH_DAY = "month-day"

    @property
    def words(self) -> str:
        """Say the order."""
        return say(f"date-order-{self.name.lower()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatesSeen:
    """What a file's first rows tell of the order; each an example of dates, "" where there is none."""

    either: str
    """Could be read in both orders."""
    day_first: int
    """How many distinct dates can only begin with the day."""
    month_first: int
    """Likewise with the month."""

    @classmethod
    def of(cls, dates: Iterable[str | None]) -> Self:
        """Look through dates."""
        pairs = {text: pair for text in dates if text and (pair := either_order(text))}
        return cls(
            either=next((text for text, pair in pairs.items() if max(pair) <= _MONTH_NAMES and pair[0] != pair[1]), ""),
            day_first=sum(first > _MONTH_NAMES >= second for first, second in pairs.values()),
            month_first=sum(second > _MONTH_NAMES >= first for first, second in pairs.values()),
        )

    @property
    def order(self) -> DayOrder:
        """Return the order of most dates that can be read in one only; the day is first unless more of them cannot.

        >>> DatesSeen.of(["03/25/2023", "03/04/2023"]).order, DatesSeen.of(["03/04/2023"]).order
        (<DayOrder.MONTH_DAY: 'month-day'>, <DayOrder.DAY_MONTH: 'day-month'>)
        """
        return DayOrder.DAY_MONTH if self.day_first >= self.month_first else DayOrder.MONTH_DAY

    @property
    def undecided(self) -> bool:
        """Tell whether there are dates that could be either, and none, or as many of both, that tell which."""
        return bool(self.either) and self.day_first == self.month_first


def dates_seen(sample: pa.Table, columns: Mapping[str, str], fields: Iterable[str]) -> DatesSeen:
    """Look through the dates of a file's first rows, in these fields; `columns` by field."""
    named = [columns[field] for field in fields if columns.get(field) in sample.column_names]
    return DatesSeen.of(text for name in named for text in pc.unique(sample[name]).to_pylist())
