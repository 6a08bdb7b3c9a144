"""Days of the Hijri calendars: the solar one of Afghanistan and Iran, and the lunar one as Umm al-Qura counts it."""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Final

import jdatetime
from hijridate import Hijri

from geo.folding import fold, keys_of

_FIRST, _LAST_SOLAR, _LAST_LUNAR = 1343, 1408, 1500
"""Solar years up to 1408 (2029), lunar years from 1409 (1988): the span of incidents leaves no doubt between them."""


class Calendar(Enum):
    """Which Hijri calendar."""

    SOLAR = "solar"
    LUNAR = "lunar"


_MONTHS: Final = (
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
        raise ValueError(f"{name!r} is no month")
    return found


def _by_name() -> Mapping[str, tuple[Calendar, int]]:
    names = {}
    for calendar, months in _MONTHS:
        for number, spellings in enumerate(months, start=1):
            for spelling in spellings.split(";"):
                names[fold(spelling)] = (calendar, number)
                if keys := " ".join(keys_of(spelling)):
                    names.setdefault(keys, (calendar, number))
    return MappingProxyType(names)


_BY_NAME: Final = _by_name()
