"""Numbers, dates and lists in words."""

from datetime import date

import pytest

from geo.language.messages import (
    date_settings,
    day_words,
    list_words,
    month_words,
    period_words,
    range_words,
    span_words,
)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        pytest.param("2025-10-11", "2025-10-11", "11 October 2025", id="day"),
        pytest.param("2025-10-11", "2025-10-12", "11–12 October 2025", id="month"),
        pytest.param("2025-09-30", "2025-10-02", "30 September – 2 October 2025", id="year"),
        pytest.param("2025-12-31", "2026-01-01", "31 December 2025 – 1 January 2026", id="new-year"),
        pytest.param("2024-10-11", "2025-10-11", "11 October 2024 – 11 October 2025", id="same-month-of-two-years"),
    ],
)
def test_a_span_of_days_repeats_nothing(start, end, words):
    assert span_words(date.fromisoformat(start), date.fromisoformat(end)) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        pytest.param("1900-02-01", "1900-02-28", "February 1900", id="month"),
        pytest.param("2025-09-01", "2025-11-30", "September–November 2025", id="months"),
        pytest.param("2025-12-01", "2026-01-31", "December 2025 – January 2026", id="new-year"),
        pytest.param("2025-01-01", "2025-12-31", "2025", id="year"),
        pytest.param("2024-01-01", "2025-12-31", "January 2024 – December 2025", id="years"),
        pytest.param("2025-10-11", "2025-10-17", "11–17 October 2025", id="days"),
        pytest.param("2025-10-01", "2025-10-30", "1–30 October 2025", id="without-the-last-day"),
        pytest.param("2025-10-02", "2025-10-31", "2–31 October 2025", id="without-the-first-day"),
    ],
)
def test_whole_months_and_years_go_by_their_names(first, last, words):
    assert period_words(date.fromisoformat(first), date.fromisoformat(last)) == words


def test_a_month():
    assert month_words(date(2026, 4, 17)) == "April 2026"


def test_a_browser_is_told_how_to_write_dates():
    settings = date_settings()
    assert settings["patterns"]["days"] == "{first_day}–{day} {month} {year}"
    assert (settings["months"][9], settings["short_months"][9]) == ("October", "Oct")


def test_a_day():
    assert day_words(date(2021, 7, 4)) == "4 July 2021"


@pytest.mark.parametrize(
    ("words", "last", "sentence"),
    [
        pytest.param([], "and", "", id="none"),
        pytest.param(["Khost"], "and", "Khost", id="one"),
        pytest.param(["Khost", "Kunar"], "or", "Khost or Kunar", id="two"),
        pytest.param(["Khost", "Kunar", "Paktika"], "and", "Khost, Kunar and Paktika", id="three"),
    ],
)
def test_a_list(words, last, sentence):
    assert list_words(words, last) == sentence


@pytest.mark.parametrize(
    ("low", "high", "or_more", "words"),
    [
        (9, 9, False, "9"),
        (9, 9, True, "9 or more"),
        (32, 258, True, "32–258 or more"),
        (1000, 1037, False, "1,000–1,037"),
        (18, 17, False, "17–18"),
    ],
)
def test_a_range(low, high, or_more, words):
    assert range_words(low, high, or_more=or_more) == words
