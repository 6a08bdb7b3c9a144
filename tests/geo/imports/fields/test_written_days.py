"""Days, months, years and spans in every way to write them: they are read back, or not at all."""

from datetime import UTC, date, datetime, timedelta, timezone

import jdatetime
import pyarrow as pa
import pytest
from babel.dates import format_date
from hijridate import Gregorian
from hypothesis import given
from hypothesis import strategies as st

from geo.imports.fields.cell_values import Ledger, Repair
from geo.imports.fields.days import (
    CLOCKS,
    Dates,
    DatesSeen,
    DayOrder,
    dates_of_parts,
    from_to,
    read_dates,
    read_dates_column,
)
from geo.incident.vocabulary import DatePrecision

DAYS = st.dates(date(1990, 1, 1), date(2029, 12, 31))
LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "fa", "fa_AF", "ps", "ur", "tg", "ar", "tr", "uz"]
FORMS = ["d MMMM y", "d MMM y", "d-MMM-y", "EEEE d MMMM y", "y MMMM d", "MMMM d, y", "d. MMMM y", "full", "long"]
NUMBERS = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%Y%m%d",
    "%Y年%m月%d日",
    "%d-%m-%Y 23:59",
    "%Y-%m-%dT00:00:00.000",
]
SOLAR = ["حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت"]
PASHTO = ["وری", "غویی", "غبرګولی", "چنګاښ", "زمری", "وږی", "تله", "لړم", "لیندۍ", "مرغومی", "سلواغه", "کب"]
DIGITS = ["0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९"]


def days_of(text, **options):
    """First and last day and how well they are known; or why not."""
    read = read_dates(text, **options)
    return read.fault or (read.value.first, read.value.last, read.value.precision.value)


def one(day):
    return (day, day, "day")


def between(first, last, precision):
    return (date.fromisoformat(first), date.fromisoformat(last), precision)


MARCH_WEEK = between("2025-03-03", "2025-03-09", "week")
MARCH_NIGHT = between("2025-03-03", "2025-03-04", "day")
MARCH_DAYS = between("2025-03-03", "2025-03-05", "week")


@st.composite
def written(draw, day):
    """A day in words or numbers of some language, calendar and script."""
    solar, lunar = jdatetime.date.fromgregorian(date=day), Gregorian(day.year, day.month, day.day).to_hijri()
    months = draw(st.sampled_from([SOLAR, PASHTO]))
    text = draw(
        st.sampled_from([day.strftime(form) for form in NUMBERS])
        | st.builds(
            lambda form, language: format_date(day, form, locale=language),
            st.sampled_from(FORMS),
            st.sampled_from(LANGUAGES),
        )
        | st.sampled_from(
            [f"{solar.year}/{solar.month}/{solar.day}", f"{solar.day} {months[solar.month - 1]} {solar.year}"]
        )
        | st.just(f"{lunar.year}-{lunar.month:02}-{lunar.day:02}")
    )
    return text.translate(str.maketrans(DIGITS[0], draw(st.sampled_from(DIGITS))))


@given(st.data(), DAYS)
def test_a_day_is_read_back_from_any_form(data, day):
    assert days_of(data.draw(written(day))) == one(day)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_is_read_back_in_every_language(language):
    for month in range(1, 13):
        day = date(2025, month, 17)
        for form in FORMS:
            assert days_of(format_date(day, form, locale=language)) == one(day)
        last = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        for form in ("MMMM y", "LLLL y", "MMM y"):
            assert days_of(format_date(day, form, locale=language)) == (day.replace(day=1), last, "month")


@given(DAYS, st.integers(1, 40), st.sampled_from([" - ", "–", " to ", " bis ", " تا ", "/", " до "]))
def test_a_span_is_read_back(first, days, between_days):
    last = first + timedelta(days=days)
    ends = (first.isoformat(), last.isoformat()) if between_days == "/" else (f"{first:%d.%m.%Y}", f"{last:%d.%m.%Y}")
    assert days_of(between_days.join(ends))[:2] == (first, last)


@given(DAYS, st.integers(1, 20), st.sampled_from(["en", "de", "fr", "ru", "fa"]))
def test_a_span_that_leaves_out_what_its_end_says_is_read_back(first, days, language):
    last = first + timedelta(days=days)
    form = "d" if first.month == last.month else "d MMMM"
    text = f"{format_date(first, form, locale=language)} - {format_date(last, 'd MMMM y', locale=language)}"
    assert days_of(text)[:2] == (first, last)


@given(
    st.datetimes(datetime(1990, 1, 2), datetime(2029, 12, 30)),  # noqa: DTZ001  # the offset is drawn
    st.integers(-14 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters))),
    st.sampled_from(sorted(CLOCKS)),
)
def test_a_time_with_an_offset_is_of_the_day_that_the_clocks_show_there(time, offset, country):
    moment = time.replace(tzinfo=offset, microsecond=0)
    there = moment.astimezone(timezone(timedelta(minutes=CLOCKS[country]))).date()
    seconds = str(int(moment.timestamp()))
    texts = [moment.isoformat(), moment.isoformat(sep=" "), moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")]
    texts += [seconds, f"{seconds}000"] if moment.timestamp() >= 10**9 else []
    read = column(*texts, country=country)
    assert read.start.to_pylist() == read.end.to_pylist() == [there] * len(texts)


def column(*texts, country=None, ledger=None, **options):
    given_countries = pa.array([country] * len(texts), pa.string())
    found = {"field": "date", "ledger": ledger or Ledger(len(texts)), "country": given_countries, "day_first": True}
    return read_dates_column(pa.array(texts, pa.string()), **found | options)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("2025-10", between("2025-10-01", "2025-10-31", "month"), id="month"),
        pytest.param("Oct-25", between("2025-10-01", "2025-10-31", "month"), id="month and year of a spreadsheet"),
        pytest.param("2025.0", between("2025-01-01", "2025-12-31", "year"), id="year as a decimal number"),
        pytest.param("2026-W53", between("2026-12-28", "2027-01-03", "week"), id="week over the turn of a year"),
        pytest.param("2020-W53-7", one(date(2021, 1, 3)), id="day of a week that began the year before"),
        pytest.param("2024-366", one(date(2024, 12, 31)), id="day of a leap year"),
        pytest.param("11/12/10/2025", between("2025-10-11", "2025-10-12", "day"), id="two days and a month"),
        pytest.param("11/10-2025", one(date(2025, 10, 11)), id="as in Danish"),
        pytest.param("28 December - 3 January 2025", between("2024-12-28", "2025-01-03", "week"), id="turn of a year"),
        pytest.param("30.9.-2.10.2025", between("2025-09-30", "2025-10-02", "week"), id="over the end of a month"),
        pytest.param("Dec 2024 - Jan 2025", between("2024-12-01", "2025-01-31", "year"), id="two months"),
        pytest.param("around 5 October 2025", between("2025-10-02", "2025-10-08", "week"), id="around a day"),
        pytest.param("202510111030", one(date(2025, 10, 11)), id="to the minute, without marks"),
        pytest.param("2025-10-11 12:00 AM", one(date(2025, 10, 11)), id="midnight"),
        pytest.param("17 جنوری، 2025", one(date(2025, 1, 17)), id="with an Arabic comma"),
        pytest.param("Ramadan 1446", between("2025-03-01", "2025-03-29", "month"), id="lunar month"),
        pytest.param("Q4 1404", between("2025-12-22", "2026-03-20", "year"), id="quarter of a Hijri year"),
        pytest.param("week 10, 2025", MARCH_WEEK, id="week by its number"),
        pytest.param("KW 10/2025", MARCH_WEEK, id="week by its number, German"),
        pytest.param("2025-W10", MARCH_WEEK, id="week as in ISO 8601"),
        pytest.param("week of 3 March 2025", MARCH_WEEK, id="week of a Monday"),
        pytest.param("week of March 5, 2025", MARCH_WEEK, id="week in which a Wednesday lies"),
        pytest.param("week of 1 March 2025", between("2025-03-01", "2025-03-07", "week"), id="week of a Saturday"),
        pytest.param("week beginning 5/3/2025", between("2025-03-05", "2025-03-11", "week"), id="week that begins"),
        pytest.param("w/e 9 March 2025", MARCH_WEEK, id="week that ends"),
        pytest.param("semaine du 3 au 7 mars 2025", between("2025-03-03", "2025-03-07", "week"), id="days of a week"),
        pytest.param("Woche vom 3. März 2025", MARCH_WEEK, id="week of a day, German"),
        pytest.param("неделя с 3 марта 2025", MARCH_WEEK, id="week of a day, Russian"),
        pytest.param("night of 3–4 March 2025", MARCH_NIGHT, id="night"),
        pytest.param("nuit du 3 au 4 mars 2025", MARCH_NIGHT, id="night, French"),
        pytest.param("Nacht vom 3. auf den 4. März 2025", MARCH_NIGHT, id="night, German"),
        pytest.param("Nacht zum 4. März 2025", MARCH_NIGHT, id="night by the day that it leads to"),
        pytest.param("в ночь с 3 на 4 марта 2025", MARCH_NIGHT, id="night, Russian"),
        pytest.param("noche del 3 al 4 de marzo de 2025", MARCH_NIGHT, id="night, Spanish"),
        pytest.param("11-Oct-69", one(date(2069, 10, 11)), id="two digits, the last of this century"),
        pytest.param("11-Oct-70", one(date(1970, 10, 11)), id="two digits, the first of the last one"),
    ],
)
def test_what_is_written_short_is_read_in_full(text, expected):
    assert days_of(text) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_quarter_is_read_back_in_every_language(language):
    for quarter in range(1, 5):
        first = date(2025, 3 * quarter - 2, 1)
        last = date(2025 + quarter // 4, 3 * quarter % 12 + 1, 1) - timedelta(days=1)
        for form in ("QQQQ", "QQQ"):
            name = format_date(first, form, locale=language)
            for text in (f"{name} 2025", f"2025 {name}", f"{name}, 2025", name.replace("\u200c", " ") + " 2025"):
                assert days_of(text) == (first, last, "year"), text


@pytest.mark.parametrize(
    "text",
    [
        *("Q3 2025", "2025-Q3", "2025Q3", "Q3/2025", "q3, 2025", "T3 2025", "2025T3", "3e trimestre 2025"),
        *("3rd quarter 2025", "third quarter of 2025", "troisième trimestre de 2025", "3er trimestre de 2025"),
        *("3. Quartal 2025", "III квартал 2025", "3 кв. 2025 г.", "سه ماهه سوم 2025", "ربع سوم ۲۰۲۵"),
    ],
)
def test_a_quarter_is_read_as_people_write_it(text):
    assert days_of(text) == between("2025-07-01", "2025-09-30", "year")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        pytest.param("3 March 2025, 5 March 2025", MARCH_DAYS, id="commas"),
        pytest.param("2025-03-03; 2025-03-05", MARCH_DAYS, id="semicolons"),
        pytest.param("05/03/2025, 03/03/2025", MARCH_DAYS, id="the later one first"),
        pytest.param("3, 4 and 5 March 2025", MARCH_DAYS, id="days of a month"),
        pytest.param("3 March, 5 March 2025", MARCH_DAYS, id="year at the end"),
        pytest.param("11, 12 and 13 October 2025", between("2025-10-11", "2025-10-13", "week"), id="three"),
        pytest.param("3 & 4 March 2025", MARCH_NIGHT, id="two"),
    ],
)
def test_several_days_are_the_span_that_holds_them_which_is_said(text, days):
    assert (days_of(text), Repair.SEVERAL_DATES in read_dates(text).repairs) == (days, True)


@given(st.lists(DAYS, min_size=2, max_size=5, unique=True), st.sampled_from(["; ", ", ", " & "]))
def test_several_days_are_read_back_in_any_order(days, between_days):
    text = between_days.join(day.isoformat() for day in days)
    if (max(days) - min(days)).days < 366:  # days of a year
        assert days_of(text)[:2] == (min(days), max(days))
    else:
        assert read_dates(text).fault


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("12-Oct", id="no year"),
        pytest.param("05/06", id="no year, numbers"),
        pytest.param("10-5", id="no year, hyphen"),
        pytest.param("May 68", id="no year: a day that there is not"),
        pytest.param("2025-13", id="no such month"),
        pytest.param("2024-2025", id="two years"),
        pytest.param("2024-25", id="two years, one short"),
        pytest.param("FY2025", id="fiscal year"),
        pytest.param("Spring 2025", id="season"),
        pytest.param("2025.5", id="part of a year"),
        pytest.param("2025.1", id="October without its last digit"),
        pytest.param("2025-00-11", id="day of no month"),
        pytest.param("2025-10/11", id="two months or a day"),
        pytest.param("11-12/2025", id="two months or a day, year last"),
        pytest.param("01–10.2025", id="from month to month"),
        pytest.param("20251", id="year and month without a mark"),
        pytest.param("2025101110", id="to the hour, without marks"),
        pytest.param("1/1/20251", id="five digits"),
        pytest.param("1/1/1", id="year of one digit"),
        pytest.param("99-12-31", id="year first, of two digits"),
        pytest.param("25-10-30", id="year first, or a year to come"),
        pytest.param("2025-10-11 - 2025", id="from a day to a year"),
        pytest.param("19 Mizan 1447", id="solar month, lunar year"),
        pytest.param("1 Ramadan 2025", id="lunar month, Gregorian year"),
        pytest.param("1404-12-30", id="day that the solar year lacks"),
        pytest.param("2025-W53", id="week that the year lacks"),
        pytest.param("2025-366", id="day that the year lacks"),
        pytest.param("2025-02-29", id="29 February"),
        pytest.param("2025-10-11 24:30", id="half an hour after the day's end"),
        pytest.param("2025-10-11T00:00+99:99", id="offset of four days"),
        pytest.param("12-11 October 2025", id="span that ends before it begins"),
        pytest.param("1 Jan 2024 - 31 Dec 2025", id="more than a year"),
        pytest.param("before 2025-10-11", id="bound"),
        pytest.param("3 March 2025, 5 dead", id="list of a day and something else"),
        pytest.param("3 March 2024, 5 March 2025", id="days more than a year apart"),
        pytest.param("October 2025, November 2025", id="list of months"),
        pytest.param("week 54, 2025", id="no such week"),
        pytest.param("week of March 2025", id="week of no day"),
        pytest.param("5th quarter 2025", id="no such quarter"),
        pytest.param("1.5", id="number"),
        pytest.param("-1", id="negative"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_may_mean_several_days_is_none(text):
    assert read_dates(text).fault


HOSTILE = [
    part * (200_000 // len(part))
    for part in ("1", "1 ", "1-", "a-", "۱", "ä", "11 October 2025 - ", "(", "'", "\u200c", "10:10 ", "ﷺ")
] + [
    part * (120 // len(part))
    for part in ("1 ", "1-", "a1", "11 Oct - ", "1.1.1-", "from ", "about ", "~", "1 1:11 ", "((")
]


@given(st.sampled_from(HOSTILE) | st.text(max_size=150) | st.from_regex(r"[\dT/ .:WQ+-]{1,24}", fullmatch=True))
def test_no_text_breaks_the_reader(text):
    read = read_dates(text)
    assert (read.value is None) is bool(read.fault)
    if read.value:
        assert read.value.first <= read.value.last


# Which order a file has, also where it has only spans.


@pytest.mark.parametrize(
    ("texts", "order", "undecided"),
    [
        pytest.param(
            ["10/11/2025 - 10/14/2025"], DayOrder.MONTH_DAY, False, id="span that can only begin with the month"
        ),
        pytest.param(["10/11/2025 - 11/11/2025"], DayOrder.DAY_MONTH, True, id="span that may begin with either"),
        pytest.param(["13.10.2025-14.10.2025"], DayOrder.DAY_MONTH, False, id="span that can only begin with the day"),
        pytest.param(["10/11/2025", "10/25/2025 4:30 PM"], DayOrder.MONTH_DAY, False, id="another date tells"),
        pytest.param(["2025-10-11", "11 October 2025"], DayOrder.DAY_MONTH, False, id="nothing to tell"),
    ],
)
def test_the_order_is_told_from_what_can_only_be_one(texts, order, undecided):
    seen = DatesSeen.of(texts)
    assert (seen.order, seen.undecided) == (order, undecided)


@pytest.mark.parametrize(
    ("texts", "example"),
    [
        pytest.param(["25-10-11", "25-10-12"], "25-10-11", id="either"),
        pytest.param(["11-10-25", "31-10-25"], "", id="a day that is no year tells"),
        pytest.param(["11-10-85", "12-10-85"], "", id="a year that is no day tells"),
        pytest.param(["11-10-11"], "", id="the same either way"),
        pytest.param(["11.10.25"], "", id="with points"),
        pytest.param(["11-10-2025", "2025-10-11", "11-Oct-25"], "", id="years in full, or with a name"),
    ],
)
def test_where_a_year_of_two_digits_stands_is_told_or_asked(texts, example):
    assert DatesSeen.of(texts).short_year == example


# Dates in several columns.


def dates(start, end=None):
    days = [
        pa.array([day and date.fromisoformat(day) for day in column], pa.date32()) for column in (start, end or start)
    ]
    known = pa.array([day and DatePrecision.DAY.value for day in start], pa.string())
    return Dates(*days, known)


def test_first_and_last_days_are_put_together():
    ledger = Ledger(4)
    found = from_to(
        dates(["2025-10-11", None, "2025-10-12", None]), dates(["2025-10-12", "2025-10-11", "2025-10-11", None]), ledger
    )
    assert [str(day) for day in found.start.to_pylist()] == ["2025-10-11", "2025-10-11", "2025-10-11", "None"]
    assert [str(day) for day in found.end.to_pylist()] == ["2025-10-12", "2025-10-11", "2025-10-12", "None"]
    assert ledger.repairs_by_kind() == {Repair.DATE_MISSING: 1, Repair.DATES_EXCHANGED: 1}


def test_two_days_are_known_as_well_as_the_coarser_of_them():
    columns = [column("2025-10-11", "2025-10", "2025-10-11"), column("2025-10", "2025-10-12", "2025-10-12")]
    found = from_to(*columns, Ledger(3))
    assert found.precision.to_pylist() == ["month", "month", "day"]
    assert [str(day) for day in found.end.to_pylist()] == ["2025-10-31", "2025-10-12", "2025-10-12"]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param(("2025", "10", "11"), one(date(2025, 10, 11)), id="day"),
        pytest.param(("2025.0", "10.0", "11.0"), one(date(2025, 10, 11)), id="decimal numbers"),
        pytest.param(("۲۰۲۵", "۱۰", "۱۱"), one(date(2025, 10, 11)), id="Persian digits"),
        pytest.param(("2025", "October", "11"), one(date(2025, 10, 11)), id="name of the month"),
        pytest.param(("2025", "10", "0"), between("2025-10-01", "2025-10-31", "month"), id="no day"),
        pytest.param(("2025", "99", "5"), between("2025-01-01", "2025-12-31", "year"), id="no month"),
        pytest.param(("2025", None, None), between("2025-01-01", "2025-12-31", "year"), id="year alone"),
        pytest.param(("1404", "7", "19"), one(date(2025, 10, 11)), id="solar"),
        pytest.param(("2025", "13", "1"), None, id="no such month"),
        pytest.param(("2025", "2", "30"), None, id="no such day"),
        pytest.param(("25", "10", "11"), None, id="year of two digits"),
        pytest.param(("2025", "spring", None), None, id="season"),
        pytest.param(("2025-26", "10", "11"), None, id="two years"),
        pytest.param((None, "10", "11"), None, id="no year"),
    ],
)
def test_parts_in_three_columns_make_a_date(parts, expected):
    ledger = Ledger(1)
    found = dates_of_parts(*(pa.array([part], pa.string()) for part in parts), field="year", ledger=ledger)
    [read] = zip(found.start.to_pylist(), found.end.to_pylist(), found.precision.to_pylist(), strict=True)
    assert (read if read[0] else None) == expected
    assert ledger.kept.all() == (expected is not None or parts[0] is None)


@given(DAYS, st.sampled_from(DIGITS))
def test_any_day_in_three_columns_is_read_back(day, digits):
    parts = [str(part).translate(str.maketrans(DIGITS[0], digits)) for part in (day.year, day.month, day.day)]
    found = dates_of_parts(*(pa.array([part]) for part in parts), field="year", ledger=Ledger(1))
    assert found.start.to_pylist() == found.end.to_pylist() == [day]
