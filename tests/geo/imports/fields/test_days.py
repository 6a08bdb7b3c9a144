"""Days as files write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.imports.fields.cell_values import Repair
from geo.imports.fields.days import FIRST_YEAR, LAST_YEAR, Calendar, Span, hijri_day, hijri_month, read_dates

OCTOBER_11 = date(2025, 10, 11)


@pytest.mark.parametrize(
    "text",
    [
        "2025-10-11",
        "2025/10/11",
        "2025-10-11T00:00:00",
        "2025-10-11 00:00:00.000",
        "2025-10-11T23:59:59+04:30",
        "20251011",
        "11 October 2025",
        "11-Oct-2025",
        "11th October, 2025",
        "Saturday, 11 October 2025",
        "October 11, 2025",
        "Oct. 11 2025",
        "11/10/2025",
        "11-10-2025",
        "11.10.2025",
        "11/10/2025 4:30 PM",
    ],
)
def test_usual_forms_need_no_repair(text):
    read = read_dates(text)
    assert (read.value.first, read.value.last, read.repairs) == (OCTOBER_11, OCTOBER_11, ())


@pytest.mark.parametrize(
    ("text", "day", "repairs"),
    [
        ("11-Oct-25", OCTOBER_11, (Repair.SHORT_YEAR,)),
        ("11-Oct-69", date(2069, 10, 11), (Repair.SHORT_YEAR,)),
        ("11-Oct-70", date(1970, 10, 11), (Repair.SHORT_YEAR,)),
        ("10/31/2025", date(2025, 10, 31), (Repair.DAY_MONTH,)),
        ("45941", OCTOBER_11, (Repair.EXCEL_DAY,)),
        ("45941.75", OCTOBER_11, (Repair.EXCEL_DAY,)),
        ("1404-07-19", OCTOBER_11, (Repair.HIJRI,)),
        ("19 Mizan 1404", OCTOBER_11, (Repair.HIJRI,)),
        ("۱۹ میزان ۱۴۰۴", OCTOBER_11, (Repair.DIGITS, Repair.HIJRI)),
        ("19 Mehr 1404", OCTOBER_11, (Repair.HIJRI,)),
        ("19/07/1404", OCTOBER_11, (Repair.HIJRI,)),
        ("1447-04-19", OCTOBER_11, (Repair.HIJRI,)),
        ("3 Ramadan 1444", date(2023, 3, 25), (Repair.HIJRI,)),
        ("3 Ramazan 1444", date(2023, 3, 25), (Repair.HIJRI,)),
    ],
)
def test_other_forms_are_repaired_and_said_so(text, day, repairs):
    read = read_dates(text)
    assert (read.value.first, read.value.last, read.repairs) == (day, day, repairs)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2025-02-30", "31/31/2025", "1402-13-01", "0001-01-01", "3025-10-11", "99999", "11 Vendémiaire 2025"],
)
def test_what_is_no_day_is_a_fault(text):
    assert read_dates(text).fault


def test_the_order_of_day_and_month_is_that_of_the_file():
    assert read_dates("03/04/2025", day_first=True).value == Span.of(date(2025, 4, 3))
    assert read_dates("03/04/2025", day_first=False).value == Span.of(date(2025, 3, 4))


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Hamal", (Calendar.SOLAR, 1)), ("حوت", (Calendar.SOLAR, 12)), ("Muharram", (Calendar.LUNAR, 1))],
)
def test_months_are_known_by_name(name, expected):
    assert hijri_month(name) == expected


def test_a_day_that_its_calendar_lacks_is_none():
    with pytest.raises(ValueError, match="day"):
        hijri_day(1404, 7, 31)


@given(st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"]))
def test_every_day_is_read_as_it_is_written(day, form):
    assert read_dates(day.strftime(form)).value == Span.of(day)


@given(st.text() | st.from_regex(r"[\d/ .:-]{1,14}", fullmatch=True))
def test_no_text_breaks_the_reader(text):
    read = read_dates(text)
    assert (read.value is None) is bool(read.fault)
