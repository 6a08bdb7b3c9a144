"""Dates as files write them, and their precision: any order and language, spreadsheets, epochs, Hijri years."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum, StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final, Self

import jdatetime
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from babel import Locale
from hijridate import Hijri

from geo.imports.fields.cell_values import Form, Ledger, Reading, Repair, by_text, read_column
from geo.imports.fields.counts import latin_digits
from geo.incident.vocabulary import Country, DatePrecision
from geo.language.folding import FILE_LANGUAGES, fold, keys_of
from geo.language.messages import say

# Names of months and of the days of the week in the languages of files.

_MORE_MONTHS: Final = {
    "sept": 9,
    "маи": 5,
    "می": 5,
    "مه": 5,
    "نومبر": 11,
    "دسامبر": 12,
}
"""Spellings that CLDR lacks."""


@cache
def _months() -> Mapping[str, int]:
    """Return the Gregorian months by full and abbreviated name, leaving out names shared by two."""
    found: dict[str, set[int]] = {name: {month} for name, month in _MORE_MONTHS.items()}
    for language in FILE_LANGUAGES:
        months = Locale.parse(language).months
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[use][width].items():
                    spelling = _name(name)
                    if not spelling.isdecimal():
                        found.setdefault(spelling, set()).add(number)
                        if language == "tg":  # with its ending before another word: октябри соли 2025
                            found.setdefault(f"{spelling}и", set()).add(number)
    return MappingProxyType({name: min(numbers) for name, numbers in found.items() if len(numbers) == 1})


@cache
def _weekdays() -> Mapping[str, frozenset[int]]:
    """Return the days of the week, Monday as 0, by full and abbreviated name; a name may mean several."""
    found: dict[str, set[int]] = {}
    for language in FILE_LANGUAGES:
        for use in Locale.parse(language).days.values():
            for width in ("wide", "abbreviated"):
                for number, name in use[width].items():
                    found.setdefault(_name(name), set()).add(number)
    return MappingProxyType({name: frozenset(days) for name, days in found.items() if name not in _months()})


_QUARTER_WORDS: Final = tuple(
    "quarter quartal trimestre trim kwartaal kwartal квартал квартала кв чорак ربع ربعه çeyrek".split()  # noqa: SIM905
)
_QUARTERS: Final = (
    ("1", "1st", "i", "first", "1er", "1o", "premier", "primer", "primo", "erstes", "первый"),
    ("2", "2nd", "ii", "second", "2e", "2o", "deuxième", "segundo", "secondo", "zweites", "второй"),
    ("3", "3rd", "iii", "third", "3e", "3er", "3o", "troisième", "tercer", "terzo", "drittes", "третий"),
    ("4", "4th", "iv", "fourth", "4e", "4o", "quatrième", "cuarto", "quarto", "viertes", "четвертый"),
)
"""Ordinals of quarters, by number from 1."""


@cache
def _quarters() -> Mapping[str, int]:
    """Return the quarters of a year by full and abbreviated name; the year comes before or after."""
    found: dict[str, int] = {}
    for number, counted in enumerate(_QUARTERS, start=1):
        found |= {_name(f"{one} {word}"): number for one in counted for word in _QUARTER_WORDS}
        found |= {_name(f"{word} {one}"): number for one in counted for word in _QUARTER_WORDS}
    for language in FILE_LANGUAGES:
        quarters = Locale.parse(language).quarters["format"]
        for width in ("wide", "abbreviated"):
            for joiner in ("", " "):  # which Persian keyboards lack
                for number, name in quarters[width].items():
                    found[_name(latin_digits(name.replace("\u200c", joiner)))] = number
    return MappingProxyType(found)


def _name(text: str) -> str:
    """Normalise a name, so that case, accents and the characters between its words do not matter.

    >>> _name("Dhu al-Hijjah"), _name("Okt.")
    ('dhu al hijjah', 'okt')
    """
    return " ".join(re.sub(r"[\W_]+", " ", fold(text)).split())


# Days of the Hijri calendars: the solar one of Afghanistan and Iran, and the lunar Umm al-Qura calendar.

_FIRST, _LAST_SOLAR, _LAST_LUNAR = 1343, 1408, 1500
"""Years up to 1408 (2029) are solar, later ones (from 1988) lunar: for dates of incidents, these do not overlap."""


class Calendar(Enum):
    """A Hijri calendar."""

    SOLAR = "solar"
    LUNAR = "lunar"


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
    """Return the Gregorian day; raises ValueError or OverflowError if there is no such day.

    A lunar day may be off by one where months begin at a sighting of the moon. Without a calendar, the year decides.

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
    """Return the calendar and number of a month by its name; raises ValueError if no month has it."""
    found = _BY_NAME.get(_name(name)) or _BY_NAME.get(" ".join(keys_of(name)))
    if found is None:
        raise ValueError(name)
    return found


def _by_name() -> Mapping[str, tuple[Calendar, int]]:
    names = {}
    for calendar, months in _HIJRI_MONTHS:
        for number, spellings in enumerate(months, start=1):
            for spelling in spellings.split(";"):
                names[_name(spelling)] = (calendar, number)
                if keys := " ".join(keys_of(spelling)):
                    names.setdefault(keys, (calendar, number))
    return MappingProxyType(names)


_BY_NAME: Final = _by_name()


# A parsed date: the days that it may mean, and its precision.

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Range of years that an incident's date may have; all others are taken as mistakes."""
_EXCEL_START: Final = date(1899, 12, 30)
_MAX_DAYS: Final = 366
_WEEK, _MONTH = 7, 31
"""Longest spans, in days, that have week and month precision."""
_FEW: Final = 2


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a text may mean."""

    first: date
    last: date
    precision: DatePrecision
    utc_minutes: int | None = None
    """Minutes from midnight at the start of `first` to the time written, in UTC; None if no time has an offset."""
    repairs: tuple[Repair, ...] = ()

    def __str__(self) -> str:
        """Return the days, or the only one."""
        return " – ".join(dict.fromkeys(day.isoformat() for day in (self.first, self.last)))

    @property
    def is_one_day(self) -> bool:
        """Whether it is a single, known day."""
        return self.first == self.last and self.precision is DatePrecision.DAY

    @classmethod
    def of(cls, day: date, *repairs: Repair) -> Self:
        """Return one day."""
        return cls(day, day, DatePrecision.DAY, repairs=repairs)

    @classmethod
    def within(cls, first: date, last: date, *repairs: Repair) -> Self:
        """Return the span between two days, with the precision of its length; raises ValueError if it is impossible."""
        days = (last - first).days + 1
        if not 1 <= days <= _MAX_DAYS:
            raise ValueError(days)
        known = (DatePrecision.DAY, _FEW), (DatePrecision.WEEK, _WEEK), (DatePrecision.MONTH, _MONTH)
        return cls(
            first, last, next((code for code, longest in known if days <= longest), DatePrecision.YEAR), repairs=repairs
        )


_MAX_LENGTH: Final = 120
"""Longest text of a date, in characters, with its day of the week, time and zone."""


class _NoYearError(ValueError):
    """A day without a year."""


def read_dates(text: str, *, day_first: bool = True) -> Reading:
    """Parse a day, a span of days, a month or a year as a Span; a time of day matters only if it has an offset.

    >>> read_dates("31 January 2023").value.first, read_dates("October 2025").value.precision.value
    (datetime.date(2023, 1, 31), 'month')
    >>> read_dates("Night of 11 to 12 October 2025").value.last
    datetime.date(2025, 10, 12)
    """
    if len(text) > _MAX_LENGTH:
        return Reading(None, fault=say("reject-no-date"))
    latin = latin_digits(text)
    try:
        span = _span(_plain(latin), day_first=day_first)
    except _NoYearError:
        return Reading(None, fault=say("reject-no-year"))
    except (ValueError, OverflowError):
        return Reading(None, fault=say("reject-no-date"))
    if fault := _fault_of_years(span):
        return Reading(None, fault=fault)
    repairs = span.repairs if latin == text else (Repair.DIGITS, *span.repairs)
    if span.first == span.last and not _on_weekday(latin, span.first):
        repairs = (*repairs, Repair.WEEKDAY)
    return Reading(span, repairs)


def _fault_of_years(span: Span) -> str:
    """Return what is wrong with the years of a span, or "" if nothing is."""
    if span.first.year >= FIRST_YEAR and span.last.year <= LAST_YEAR:
        return ""
    return say("reject-year", first=str(FIRST_YEAR), last=str(LAST_YEAR))


def _on_weekday(text: str, day: date) -> bool:
    """Tell whether a day falls on the day of the week that a text names in full, if it does."""
    if text.isascii() and not any(letter.isalpha() for letter in text):
        return True
    named = [days for word in _name(text).split() if len(word) > _SHORT_NAME and (days := _weekdays().get(word))]
    return not named or any(day.weekday() in days for days in named)


_SHORT_NAME: Final = 3


# Parts of a text that mean nothing, or only that the date is uncertain.

_DASHES: Final = str.maketrans({**dict.fromkeys("‐‑‒–—―−年月", "-"), "日": " ", "،": ","})
_MARKS: Final = re.compile(r"[\u064b-\u065f\u0670\u0640\u200c-\u200f]")
"""Vowel signs and tatweel of Arabic script, joiners inside words, and direction marks."""
_NIGHT: Final = re.compile(
    r"^(?:(?:in|on|during|the|dans|la|der|en|nella|в)\s+)*(?:overnight|nights?|nuit|nacht|noche|notte|noite|ночь|ночью)\s+"
    r"(?:(?:of|from|between|on|du|de|vom|von|del|dal|с)\s+|(?P<into>zum|auf den|на)\s+)?",
    re.IGNORECASE,
)
"""Some languages name a night by the day after it (`into`)."""
_FROM: Final = re.compile(
    r"^(?:from|between|von|vom|zwischen|du|entre|с|со|az|از|on|on the|am|le)\s+(?=\S)", re.IGNORECASE
)
_ABOUT: Final = re.compile(
    r"^(?:around|about|approximately|approx\.?|circa|ca\.?|c\.|~|≈|um|etwa|vers|около|حدود)\s*", re.IGNORECASE
)
_THIRDS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), first, last)
    for pattern, first, last in (
        (r"^(?:early|beginning of|start of|anfang|début|начало)(?:\s+|-)", 1, 10),
        (r"^(?:mid|middle of|mitte|mi|середина)(?:\s+|-)", 11, 20),
        (r"^(?:late|end of|ende|fin|конец)(?:\s+|-)", 21, 31),
    )
)
_ABOUT_DAYS: Final = 3
_WEEK_WORD: Final = (
    r"(?:(?:in|during|the|la|en|в)\s+)*(?:week|wk|woche|kalenderwoche|semaine|semana|settimana|tydzień|неделя|неделю|неделе|"
    r"тиждень|ҳафтаи?|hafta|الاسبوع|اسبوع)"
)
_WEEK_OF: Final = re.compile(
    rf"^(?:{_WEEK_WORD}\s+(?:(?P<begins>beginning|commencing|starting|from|ab|с|со)|(?P<ends>ending)|"
    r"of|du|de|del|vom|van|od|від|از|من)?|(?P<wc>w/c)|(?P<we>w/e))\s*:?\s*(?:on\s+)?(?=\S)",
    re.IGNORECASE,
)
_WEEK_NUMBER: Final = re.compile(
    rf"(?:{_WEEK_WORD}|kw|w)\.?\s*(?P<week>\d{{1,2}})(?:\s+(?:of|de)\s+|[\s,/.-]+)(?P<year>\d{{4}})|"
    rf"(?P<first>\d{{4}})[\s,/.-]*(?:{_WEEK_WORD}|kw|w)\.?\s*(?P<then>\d{{1,2}})",
    re.IGNORECASE,
)
_BEGIN_WEEKS: Final = frozenset((5, 6, 0))
"""Days on which weeks begin, Monday as 0: Saturday, Sunday or Monday, by country."""


_BESIDE: Final = (
    (re.compile(r"\s*[(\[][^()\[\]\d]*[)\]]\s*$"), ""),  # (unconfirmed)
    (re.compile(r"^\s*(\d{8})\.0+\s*$"), r"\1"),  # a day read as a number
    (re.compile(r"^/Date\((\d{9,13})(?:[+-]\d{4})?\)/$"), r"\1"),
)
"""Patterns of what surrounds a date, and what to replace them by."""


def _plain(text: str) -> str:
    text = _MARKS.sub("", text.translate(_DASHES))
    for marks, kept in _BESIDE:
        text = marks.sub(kept, text)
    return " ".join(text.split()).strip("'\"").strip()


def _span(text: str, *, day_first: bool) -> Span:
    if about := _ABOUT.match(text):
        span = _span(text[about.end() :], day_first=day_first)
        if span.precision is not DatePrecision.DAY:
            return span
        around = timedelta(days=_ABOUT_DAYS)
        return replace(span, first=span.first - around, last=span.last + around, precision=DatePrecision.WEEK)
    for begins, first, last in _THIRDS:
        if found := begins.match(text):
            month = _span(text[found.end() :], day_first=day_first)
            if month.precision is not DatePrecision.MONTH:
                raise ValueError(text)
            end = min(month.first.replace(day=1) + timedelta(days=last - 1), month.last)
            return replace(month, first=month.first + timedelta(days=first - 1), last=end)
    if found := _WEEK_NUMBER.fullmatch(text):
        return _week(int(found["year"] or found["first"]), int(found["week"] or found["then"]))
    if found := _WEEK_OF.match(text):
        return _week_of(found, _span(text[found.end() :], day_first=day_first))
    return _days(text, day_first=day_first)


def _days(text: str, *, day_first: bool) -> Span:
    """Parse a date, a span between two, or a list of several."""
    try:
        return _timed(text, day_first=day_first)
    except ValueError:
        span = _between(text, day_first=day_first) or _several(text, day_first=day_first)
        if span is None:
            raise
        return span


def _week_of(found: re.Match[str], named: Span) -> Span:
    """Return the week that a day begins, ends or lies in, or its days if these are named themselves.

    A Saturday, Sunday or Monday is taken as the first day of its week; other days are in a week from Monday to Sunday.
    """
    if named.first != named.last and (named.last - named.first).days < _WEEK:
        return replace(named, precision=DatePrecision.WEEK)
    if not named.is_one_day:
        raise ValueError(found.string)
    day = named.first
    if found["ends"] or found["we"]:
        first = day - timedelta(days=_WEEK - 1)
    elif found["begins"] or found["wc"] or day.weekday() in _BEGIN_WEEKS:
        first = day
    else:
        first = day - timedelta(days=day.weekday())
    return Span.within(first, first + timedelta(days=_WEEK - 1), *named.repairs)


# A time of day after the date, and its offset from UTC.

_CLOCK: Final = re.compile(
    r"(?P<date>.*?\d.*?)(?:[Tt]|,?\s+|,)(?:at\s+)?(?P<hour>\d{1,2})(?:[:hH.](?P<minute>\d{2}))(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?:hrs?|hours|h|Uhr|local(?: time)?)?\s*"
    r"(?:(?P<utc>Z|UTC|GMT)?\s*(?P<offset>[+-]\d{1,2}(?::?\d{2})?)?)?\s*(?:\([^()]*\))?"
)
_STAMP: Final = re.compile(
    r"(?P<date>\d{8})T(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?:[.,]\d+)?(?P<utc>Z)?(?P<offset>[+-]\d{2}:?(?:\d{2})?)?"
)
_HOURS, _HOUR = 24, 60
_MAX_OFFSET: Final = 14 * _HOUR


def _timed(text: str, *, day_first: bool) -> Span:
    """Parse a date that may be followed by a time of day."""
    if found := _EPOCH.fullmatch(text):
        return _epoch(found[1])
    found = _STAMP.fullmatch(text) or _CLOCK.fullmatch(text)
    if found is None:
        return _dated(text, day_first=day_first)
    hour, minute = int(found["hour"]), int(found["minute"])
    half = ((found.groupdict().get("half") or "")[:1]).lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if _HOUR * hour + minute > _HOUR * _HOURS or minute >= _HOUR:
        raise ValueError(text)
    span = _dated(found["date"].strip().rstrip(","), day_first=day_first)
    written = found["offset"] or ""
    if not (found["utc"] or written) or span.precision is not DatePrecision.DAY:
        return span
    digits = written.lstrip("+-").replace(":", "")
    offset = _HOUR * int(digits[:-2] or 0) + int(digits[-2:]) if len(digits) > _FEW else _HOUR * int(digits or 0)
    if offset > _MAX_OFFSET:
        raise ValueError(text)
    return replace(span, utc_minutes=_HOUR * hour + minute - (-offset if written.startswith("-") else offset))


_EPOCH: Final = re.compile(r"(\d{9}|1\d{9}|1\d{12}|1\d{15}|1\d{18}|[3-9]\d{11}|2[1-9]\d{10})(?:\.\d+)?")
"""Seconds, milliseconds, microseconds or nanoseconds since 1970, up to 2033; twelve digits that begin with 1 or 20 are
year, month, day, hour and minute."""
_IN_MILLISECONDS: Final = 10**11


def _epoch(text: str) -> Span:
    seconds = int(text)
    while seconds >= _IN_MILLISECONDS:
        seconds //= 1000
    moment = datetime.fromtimestamp(seconds, UTC)
    return replace(Span.of(moment.date(), Repair.EPOCH), utc_minutes=_HOUR * moment.hour + moment.minute)


# The date itself: numbers and names, in any order that makes a date.

_TOKEN: Final = re.compile(r"(\d+)(?:(?:st|nd|rd|th|er|ère|º|ª|-?е|-?го)(?![^\W\d_]))?|([^\W\d_]+(?:['’ʼ][^\W\d_]+)*)")
_BETWEEN_TOKENS: Final = re.compile(r"[\s./,;()'’-]*")
_FILLERS: Final = frozenset(
    {"of", "the", "de", "del", "den", "der", "d", "le", "г", "год", "года", "соли", "سال", "م", "ماه", "day", "in"}
)
_SHORT_MONTH: Final = re.compile(r"[^\W\d_]+\.?-\d{2}")
"""A month as spreadsheets write it, such as Oct-25; a day without a year is written differently."""


_MIXED: Final = re.compile(
    r"\d{4}\s*([-./])\s*\d{1,2}\s*(?!\1)[-./]\s*\d{1,2}|\d{1,2}\.?\s*-\s*\d{1,2}\.?(?:\s*[./,]\s*|\s+)(?:\d{4}|\d{2})|"
    r"\d{4}\.[1-9]"
)
"""Ambiguous: 11-12/2025 and 2025-10/11 may be two months, 2025.1 a fraction of a year or October without its 0."""


def _dated(text: str, *, day_first: bool) -> Span:
    """Parse a date without a time of day; raises ValueError if it is none."""
    for form, read in _FORMS:
        if found := form.fullmatch(text):
            return read(found)
    if _MIXED.fullmatch(text):
        raise ValueError(text)
    if (quarter := _quarter_named(text)) is not None:
        return quarter
    return _ordered(_tokens(text), text, day_first=day_first)


def _iso_week(found: re.Match[str]) -> Span:
    if found[3]:
        return Span.of(date.fromisocalendar(*map(int, found.groups())))
    return _week(int(found[1]), int(found[2]))


def _week(year: int, week: int) -> Span:
    """Return a week by its ISO 8601 number."""
    return Span.within(date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, _WEEK))


def _iso_day(found: re.Match[str]) -> Span:
    day = date(int(found[1]), 1, 1) + timedelta(days=int(found[2]) - 1)
    if day.year != int(found[1]):
        raise ValueError(found[0])
    return Span.of(day)


def _quarter_named(text: str) -> Span | None:
    """Parse a quarter of a year given by name; None if a text names none."""
    words = [word for word in _name(_GLUED.sub(r"\1 \2", text)).split() if word not in _FILLERS]
    for year, name in ((words[:1], words[1:]), (words[-1:], words[:-1])):
        if "".join(map(_shape, year)) == "Y" and (at := _quarters().get(" ".join(name))):
            first, last = (_numbers(int(year[0]), month, 0) for month in (3 * at - 2, 3 * at))
            return Span.within(first.first, last.last, *first.repairs)
    return None


_GLUED: Final = re.compile(r"^(\d{4})([^\W\d]\d)$")
"""A quarter such as 2025Q3."""


_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Span]], ...]] = (
    (re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{4}|\d{6})?"), lambda found: _numbers(*map(int, found.groups()))),
    (
        re.compile(r"(2[6-9]\d{3}|[3-5]\d{4})(?:\.\d+)?"),
        lambda found: Span.of(_EXCEL_START + timedelta(days=int(found[1])), Repair.EXCEL_DAY),
    ),
    (re.compile(r"(\d{4})-?W(\d{2})(?:-?([1-7]))?", re.IGNORECASE), _iso_week),
    (re.compile(r"(\d{4})-(\d{3})"), _iso_day),
)
"""Dates written without separators, or with parts other than day, month and year."""


def _tokens(text: str) -> list[str]:
    """Return numbers and names, without days of the week and filler words."""
    found: list[str] = []
    at = 0
    for token in _TOKEN.finditer(text):
        if not _BETWEEN_TOKENS.fullmatch(text, at, token.start()):
            raise ValueError(text)
        if token[1] or not found or found[-1].isdecimal():
            found.append(token[1] or token[2])
        else:
            found[-1] += f" {token[2]}"
        at = token.end()
    if not found or not _BETWEEN_TOKENS.fullmatch(text, at):
        raise ValueError(text)
    return [kept for token in found if (kept := token if token.isdecimal() else _month_name(token))]


def _month_name(text: str) -> str:
    """Remove filler words and days of the week from a name."""
    words = [word for word in _name(text).split() if word not in _FILLERS]
    while words and words[0] in _weekdays():
        words = words[1:]
    return "" if " ".join(words) in _weekdays() else " ".join(words)


_DIGITS_OF_A_YEAR: Final = 4
_DAYS, _MONTHS = 31, 12


_SHAPES: Final[Mapping[str, tuple[int | None, int | None, int]]] = MappingProxyType(
    {
        "Ynn": (2, 1, 0),
        "nWY": (0, 1, 2),
        "nWn": (0, 1, 2),
        "WnY": (1, 0, 2),
        "YWn": (2, 1, 0),
        "YnW": (1, 2, 0),
        "WY": (None, 0, 1),
        "YW": (None, 1, 0),
        "Yn": (None, 1, 0),
        "nY": (None, 0, 1),
        "Y": (None, None, 0),
    }
)
"""Positions of day, month and year by shape: years of four digits (Y), shorter numbers (n) and names (W)."""


def _ordered(tokens: Sequence[str], text: str, *, day_first: bool) -> Span:
    """Make a span of numbers and a name, by how many there are and where the year is."""
    shape = "".join(map(_shape, tokens))
    if shape in {"nnY", "nnn"}:
        return _year_last(int(tokens[0]), int(tokens[1]), tokens[2], day_first=day_first)
    if shape == "Wn" and _SHORT_MONTH.fullmatch(text):
        return _named(None, tokens[0], tokens[1])
    if shape in {"nW", "Wn", "nn"}:
        raise _NoYearError(text)
    if shape not in _SHAPES:
        raise ValueError(text)
    day, month, year = ("" if at is None else tokens[at] for at in _SHAPES[shape])
    if month and not month.isdecimal():
        return _named(day or None, month, year)
    return _numbers(int(year), int(month or 0), int(day or 0))


def _shape(token: str) -> str:
    if not token.isdecimal():
        return "W"
    return "Y" if len(token) == _DIGITS_OF_A_YEAR else "n" if len(token) <= _FEW else "?"


def _numbers(year: int, month: int, day: int) -> Span:
    """Return the day, or all days of the month or year if day or month is 0."""
    if is_hijri_year(year):
        return _hijri(year, month, day, None)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Span.of(date(year, month or 1, day or 1))  # reported later as no year of an incident
    if month and day:
        return Span.of(date(year, month, day))
    if day:
        raise ValueError(day)
    return whole_month(year, month) if month else whole_year(year)


def whole_month(year: int, month: int) -> Span:
    """Return the days of a month."""
    return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]), DatePrecision.MONTH)


def whole_year(year: int) -> Span:
    """Return the days of a year."""
    return Span(date(year, 1, 1), date(year, _MONTHS, _DAYS), DatePrecision.YEAR)


def _hijri(year: int, month: int, day: int, calendar: Calendar | None) -> Span:
    if month and day:
        return Span.of(hijri_day(year, month, day, calendar=calendar), Repair.HIJRI)
    if day:
        raise ValueError(day)
    first = hijri_day(year, month or 1, 1, calendar=calendar)
    following = (year, month + 1) if month and month < _MONTHS else (year + 1, 1)
    last = hijri_day(*following, 1, calendar=_same(calendar, year)) - timedelta(days=1)
    return Span(first, last, DatePrecision.MONTH if month else DatePrecision.YEAR, repairs=(Repair.HIJRI,))


def _same(calendar: Calendar | None, year: int) -> Calendar:
    return calendar or (Calendar.SOLAR if year <= _LAST_SOLAR else Calendar.LUNAR)


def _this_year() -> int:
    """Return the last two digits of the current year."""
    return datetime.now(UTC).year % 100


def _year_last(first: int, second: int, year: str, *, day_first: bool) -> Span:
    if len(year) == _FEW and first <= _this_year() < int(year) <= _DAYS:
        raise ValueError(year)  # 25-10-30 begins with its year, and so may the file's other dates
    day, month = (first, second) if day_first else (second, first)
    exchanged = month > _MONTHS >= day
    if exchanged:
        day, month = month, day
    whole, short = _whole_year(year)
    span = _numbers(whole, month, day)
    return replace(span, repairs=(*short, *((Repair.DAY_MONTH,) if exchanged else ()), *span.repairs))


def _named(day: str | None, name: str, year: str) -> Span:
    whole, short = _whole_year(year)
    month = _months().get(name)
    if month and not is_hijri_year(whole):
        span = _numbers(whole, month, int(day or 0))
    else:
        calendar, month = hijri_month(name)
        if calendar is Calendar.SOLAR and whole > _LAST_SOLAR:
            raise ValueError(year)
        span = _hijri(whole, month, int(day or 0), calendar)
    return replace(span, repairs=(*short, *span.repairs))


def _whole_year(year: str) -> tuple[int, tuple[Repair, ...]]:
    if len(year) == _DIGITS_OF_A_YEAR:
        return int(year), ()
    if len(year) < _FEW:
        raise ValueError(year)
    return int(year) + (1900 if int(year) >= 70 else 2000), (Repair.SHORT_YEAR,)  # noqa: PLR2004  # as spreadsheets do


# Spans of two days; the first may leave out the month or the year.

_CONNECTOR: Final = re.compile(
    r"\s+(?:to|until|till|and|through|bis|und|auf den|au|et|по|до|на|и|تا|و|al|a|y)\s+|\s*[-/]\s*|\s*(?:\.\.+|…)\s*",
    re.IGNORECASE,
)
_NUMBER_ALONE: Final = re.compile(r"\d{3,}(?:\.\d+)?")
_DIGITS_OF_DATES: Final = (4, 8)
"""Lengths of a year, and of a day without separators; numbers of other lengths are not ends of a span."""
_BARE_DAY: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?")
_DAYS_BETWEEN: Final = re.compile(
    r"([^\W\d_]+\.?)\s+(\d{1,2})(?:st|nd|rd|th)?\s*(?:-|/|to|and|bis)\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})",
    re.IGNORECASE,
)


def _between(text: str, *, day_first: bool) -> Span | None:
    """Parse a span from one day to another; None if the text is none."""
    if (night := _NIGHT.match(text)) and night["into"]:
        into = _timed(text[night.end() :], day_first=day_first)
        return Span.within(into.first - timedelta(days=1), into.last, *into.repairs) if into.is_one_day else None
    text = _FROM.sub("", text[night.end() :] if night else text)
    if found := _DAYS_BETWEEN.fullmatch(text):
        text = f"{found[2]} {found[1]} {found[4]} - {found[3]} {found[1]} {found[4]}"
    connectors = list(_CONNECTOR.finditer(text))
    apart = [one for one in connectors if one[0][0].isspace() and one[0][-1].isspace()]
    for connector in apart or connectors:  # hyphens inside dates do not count if one between spaces joins two dates
        first, last = text[: connector.start()].strip(), text[connector.end() :].strip()
        if first and last and (span := _from_to(first, last, day_first=day_first)):
            return span
    try:
        return _timed(text, day_first=day_first)
    except ValueError:
        return None


_LISTED: Final = re.compile(r"\s*[;&|\n]\s*|,\s+(?:and\s+)?|\s+(?:and|und|et|и|و|y)\s+", re.IGNORECASE)


def _several(text: str, *, day_first: bool) -> Span | None:
    """Parse a list of days as the span from the first to the last; None if the text is none."""
    *others, final = _LISTED.split(_FROM.sub("", text))
    with suppress(ValueError):
        end = _timed(final, day_first=day_first)
        days = [end]
        for other in others:
            bare = _BARE_DAY.fullmatch(other)
            one = Span.of(end.first.replace(day=int(bare[1]))) if bare else _first_of(other, end, day_first=day_first)
            days.append(one)
        if others and all(day.is_one_day for day in days):
            first, last = min(day.first for day in days), max(day.last for day in days)
            repairs = dict.fromkeys(repair for day in days for repair in day.repairs)
            return Span.within(first, last, *repairs, Repair.SEVERAL_DATES)
    return None


def _from_to(first: str, last: str, *, day_first: bool) -> Span | None:
    """Parse a span from its two ends; None if they are none."""
    if any(_NUMBER_ALONE.fullmatch(end) and len(end) not in _DIGITS_OF_DATES for end in (first, last)):
        return None
    with suppress(ValueError):
        bare = _BARE_DAY.fullmatch(last)
        if bare and len(first) > _DIGITS_OF_A_YEAR:  # 2025-10-11/12
            begin = _timed(first, day_first=day_first)
            if begin.precision is not DatePrecision.DAY:
                raise ValueError(first)
            return Span.within(begin.first, begin.first.replace(day=int(bare[1])), *begin.repairs)
        end = _timed(last, day_first=day_first)
        bare = _BARE_DAY.fullmatch(first)
        if bare and end.precision is DatePrecision.DAY:
            return Span.within(end.first.replace(day=int(bare[1])), end.last, *end.repairs)
        if not bare and end.first.year >= FIRST_YEAR:
            begin = _first_of(first, end, day_first=day_first)
            if (begin.precision is DatePrecision.YEAR) is not (end.precision is DatePrecision.YEAR):
                raise ValueError(first)
            return Span.within(begin.first, end.last, *dict.fromkeys((*begin.repairs, *end.repairs)))
    return None


def _first_of(text: str, end: Span, *, day_first: bool) -> Span:
    """Parse the first day of a span; without a year, it is in the year of the last day, or up to a month before it."""
    try:
        return _timed(text, day_first=day_first)
    except _NoYearError:
        begin = _timed(f"{text} {end.first.year}", day_first=day_first)
        if begin.first <= end.last:
            return begin
    begin = _timed(f"{text} {end.first.year - 1}", day_first=day_first)
    if (end.last - begin.first).days >= _MONTH:
        raise ValueError(text)
    return begin


# A column of dates, in the local time of each row's country.


@dataclass(frozen=True, slots=True)
class Dates:
    """The first and the last day that each row may mean, and the precision; each of shape (rows,)."""

    start: pa.Array
    """date32."""
    end: pa.Array
    """date32."""
    precision: pa.Array
    """Codes of DatePrecision."""


_READ: Final = pa.struct(
    [("first", pa.date32()), ("last", pa.date32()), ("precision", pa.string()), ("utc_minutes", pa.int32())]
)
_USUAL: Final = r"^(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}([T ]00:00:00(\.0+)?)?$"
CLOCKS: Final[Mapping[str, int]] = MappingProxyType({Country.AF: 270, Country.PK: 300, Country.TJ: 300})
"""Minutes by which local time is ahead of UTC; none of the countries has summer time now."""
_DAY_MINUTES: Final = 1440


def _iso_day_or_none(text: str | None) -> date | None:
    """Parse an ISO date; None for an impossible one, such as 30 February, which `read_dates` reports."""
    with suppress(ValueError, TypeError):
        return date.fromisoformat(text)  # type: ignore[arg-type]  # None is no text
    return None


def read_dates_column(  # noqa: PLR0913  # options of a column
    cells: pa.Array,
    *,
    day_first: bool,
    field: str,
    ledger: Ledger,
    country: pa.Array | Callable[[], pa.Array] | None = None,
    only_days: bool = False,
) -> Dates:
    """Parse a column of dates; those that cannot be read are null, with a fault in the ledger.

    Parameters
    ----------
    cells
        Texts, shape (rows,).
    day_first
        Whether 03/04/2025, where both orders are possible, is 3 April.
    field
        Name of the column in the ledger.
    country
        Codes of the countries whose local time decides the day of a time with an offset, or a function that returns
        them, called only if needed; Kabul time if None or null.
    only_days
        Whether a month or a year alone is a fault.

    """

    def read(text: str) -> Reading:
        found = read_dates(text, day_first=day_first)
        part = only_days and not found.fault and not found.value.is_one_day
        return Reading(None, fault=say("reject-no-day")) if part else found

    usual = pc.fill_null(pc.match_substring_regex(cells, _USUAL), False)  # noqa: FBT003  # the fill value
    texts = pc.utf8_slice_codeunits(pc.if_else(usual, cells, None), 0, 10)
    plain = by_text(texts, _iso_day_or_none, pa.date32())
    rest = pc.if_else(pc.is_valid(plain), None, cells)
    odd = read_column(rest, Form(kind=_READ, read=read), field=field, ledger=ledger)
    first, last, precision, minutes = (pc.struct_field(odd, number) for number in range(4))
    if minutes.null_count < len(minutes):
        shift = _shift(minutes, country() if callable(country) else country, ledger, field)
        first, last = (pc.add(days.cast(pa.int32()), shift).cast(pa.date32()) for days in (first, last))
    day = pc.if_else(pc.is_valid(plain), DatePrecision.DAY.value, None)
    return Dates(pc.coalesce(plain, first), pc.coalesce(plain, last), pc.coalesce(day, precision))


def _shift(minutes: pa.Array, country: pa.Array | None, ledger: Ledger, field: str) -> pa.Array:
    """Return by how many days the local day is ahead of the one written."""
    there = pc.is_valid(minutes)
    clocks = np.full(len(minutes), CLOCKS[Country.AF])
    if country is not None:
        for code, ahead in CLOCKS.items():
            clocks[np.asarray(pc.fill_null(pc.equal(country, code), False))] = ahead  # noqa: FBT003  # the fill value
    days = np.floor_divide(np.asarray(minutes.fill_null(0)) + np.where(np.asarray(there), clocks, 0), _DAY_MINUTES)
    ledger.flag(say("flag-local-day"), int(np.asarray(there).sum()))
    ledger.repair(Repair.LOCAL_DAY, np.flatnonzero(days), f"{field}: {Repair.LOCAL_DAY.words}")
    return pa.array(days, pa.int32())


def from_to(first: Dates, last: Dates, ledger: Ledger) -> Dates:
    """Combine first and last days, with the coarser precision of both.

    A missing day is filled with the other, and days in the wrong order are exchanged.
    """
    start, end = in_order(first.start, last.end, ledger)
    return Dates(start, end, coarser(first.precision, last.precision))


def in_order(start: pa.Array, end: pa.Array, ledger: Ledger) -> tuple[pa.Array, pa.Array]:
    """Return first and last days; missing ones are filled with the other, those in the wrong order exchanged."""
    ledger.repair(Repair.DATE_MISSING, np.flatnonzero(pc.xor(start.is_null(), end.is_null())))
    start, end = pc.coalesce(start, end), pc.coalesce(end, start)
    turned = pc.fill_null(pc.less(end, start), False)  # noqa: FBT003  # the fill value
    ledger.repair(Repair.DATES_EXCHANGED, np.flatnonzero(turned))
    return pc.if_else(turned, end, start), pc.if_else(turned, start, end)


def coarser(one: pa.Array, other: pa.Array) -> pa.Array:
    """Return the coarser of two columns of codes of DatePrecision; if one is null, the other."""
    codes = pa.array([code.value for code in DatePrecision])
    return codes.take(pc.max_element_wise(*(pc.index_in(column, codes) for column in (one, other))))


_NO_MONTH: Final = ("0", "00", "0.0", "99")


def dates_of_parts(year: pa.Array, month: pa.Array, day: pa.Array, *, field: str, ledger: Ledger) -> Dates:
    """Combine three columns of texts into dates; a month or day that is missing, 0 or 99 is not known.

    `field` is the name of the column of years in the ledger.
    """
    parts = [
        pc.fill_null(pc.if_else(pc.is_in(part, value_set=pa.array(_NO_MONTH)), "", part), "") for part in (month, day)
    ]
    texts = pc.binary_join_element_wise(pc.fill_null(year, ""), *parts, _PART)
    given = pc.if_else(pc.is_valid(year), texts, None)
    read = read_column(given, Form(kind=_READ, read=_parts_read), field=field, ledger=ledger)
    return Dates(*(pc.struct_field(read, number) for number in range(3)))


_PART: Final = "\x1f"
_WHOLE_PART: Final = re.compile(r"(\d+)(?:\.0+)?")


def _parts_read(text: str) -> Reading:
    year, month, day = (latin_digits(part).strip() for part in text.split(_PART)[:3])
    try:
        numbers = [int(_WHOLE_PART.fullmatch(part)[1]) if part else 0 for part in (year, day)]  # type: ignore[index]
        found = _WHOLE_PART.fullmatch(month)
        named = int(found[1]) if found else 0
        if month and not found:
            span = _named(str(numbers[1] or "") or None, _name(month), year)
        else:
            span = _numbers(numbers[0], named, numbers[1] if named else 0)
    except (TypeError, ValueError, OverflowError):
        return Reading(None, fault=say("reject-no-date"))
    if fault := _fault_of_years(span):
        return Reading(None, fault=fault)
    return Reading(span, span.repairs)


def either_order(text: str) -> tuple[int, int] | None:
    """Return the first two numbers of a date that ends with its year, else None; of a span, those with the largest one.

    >>> either_order("31/01/2023"), either_order("2023-01-31")
    ((31, 1), None)
    """
    plain = _plain(latin_digits(text))
    clock = _CLOCK.fullmatch(plain)
    found = _YEAR_LAST.fullmatch(clock["date"].strip().rstrip(",") if clock else plain)
    pairs = [found] if found else list(_ENDS.finditer(plain))
    if len(pairs) > _FEW:
        return None
    return max(((int(pair[1]), int(pair[2])) for pair in pairs), key=max, default=None)


_YEAR_LAST: Final = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})\.?")
_SHORT_YEAR: Final = re.compile(r"(\d{2})\s*[-/]\s*(\d{2})\s*[-/]\s*(\d{2})")
"""A date with a two-digit year; in one with points, the year is always last."""
_ENDS: Final = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.]\d{4}\b")
"""The days at the ends of a span."""


# Which comes first in 03/04/2025, day or month: inferred from a file's other dates, or stated by the user.

ORDER_FIELD: Final = "date_order"
"""Key of a mapping whose value is a DayOrder instead of a column."""
_MONTH_NAMES: Final = 12


class DayOrder(StrEnum):
    """The order of day and month in dates that end with their year."""

    DAY_MONTH = "day-month"
    MONTH_DAY = "month-day"

    @property
    def words(self) -> str:
        """The order in words."""
        return say(f"date-order-{self.name.lower()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatesSeen:
    """What a file's first rows show of the order of day and month; examples are "" if there are none."""

    either: str
    """An example of dates that could be read in both orders."""
    day_first: int
    """Number of distinct dates that can only begin with the day."""
    month_first: int
    """Number of distinct dates that can only begin with the month."""
    short_year: str = ""
    """An example of dates that may begin or end with their year, if none of these settles which."""

    @classmethod
    def of(cls, dates: Iterable[str | None]) -> Self:
        """Count and pick examples among dates."""
        pairs = {text: pair for text in dates if text and (pair := either_order(text))}
        ends = {
            text: (int(found[1]), int(found[3])) for text in pairs if (found := _SHORT_YEAR.fullmatch(text.strip()))
        }
        settled = any(first > _this_year() or last > _DAYS for first, last in ends.values())
        return cls(
            short_year="" if settled else next((text for text, (first, last) in ends.items() if first != last), ""),
            either=next((text for text, pair in pairs.items() if max(pair) <= _MONTH_NAMES and pair[0] != pair[1]), ""),
            day_first=sum(first > _MONTH_NAMES >= second for first, second in pairs.values()),
            month_first=sum(second > _MONTH_NAMES >= first for first, second in pairs.values()),
        )

    @property
    def order(self) -> DayOrder:
        """Return the order of most of the dates that can be read in only one; if they tie, the day comes first.

        >>> DatesSeen.of(["03/25/2023", "03/04/2023"]).order, DatesSeen.of(["03/04/2023"]).order
        (<DayOrder.MONTH_DAY: 'month-day'>, <DayOrder.DAY_MONTH: 'day-month'>)
        """
        return DayOrder.DAY_MONTH if self.day_first >= self.month_first else DayOrder.MONTH_DAY

    @property
    def undecided(self) -> bool:
        """Tell whether some dates could be read in both orders, and the others do not favour either."""
        return bool(self.either) and self.day_first == self.month_first


def dates_seen(sample: pa.Table, columns: Mapping[str, str], fields: Iterable[str]) -> DatesSeen:
    """Examine the dates in the given fields of a file's first rows; `columns` maps fields to columns."""
    named = [columns[field] for field in fields if columns.get(field) in sample.column_names]
    return DatesSeen.of(text for name in named for text in pc.unique(sample[name]).to_pylist())


_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_FEWEST: Final = 2


def may_be_half_exchanged(cells: pa.ChunkedArray) -> bool:
    """Tell whether a spreadsheet may have read a column of dates with the month first although the day came first.

    Those that it could read are now dates with day and month exchanged; the others, after the 12th, are still text.
    """
    texts = [text for text in pc.unique(cells).to_pylist() if text]
    days = [int(found[3]) for text in texts if (found := _ISO.fullmatch(text))]
    firsts = [pair[0] for text in texts if (pair := either_order(text))]
    many = len(days) >= _FEWEST and len(firsts) >= _FEWEST
    return many and max(days) <= _MONTH_NAMES < min(firsts)
