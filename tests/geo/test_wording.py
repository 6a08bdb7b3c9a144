"""Numbers, dates and lists in words."""

from datetime import date

import pytest

from geo.wording import count_words, day_words, list_words, range_words, span_words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2025-10-11", "2025-10-11", "11 October 2025"),
        ("2025-10-11", "2025-10-12", "11–12 October 2025"),
        ("2025-09-30", "2025-10-02", "30 September – 2 October 2025"),
        ("2025-12-31", "2026-01-01", "31 December 2025 – 1 January 2026"),
        ("2024-10-11", "2025-10-11", "11 October 2024 – 11 October 2025"),
    ],
    ids=["day", "month", "year", "new-year", "same-month-of-two-years"],
)
def test_a_span_of_days_repeats_nothing(start, end, words):
    assert span_words(date.fromisoformat(start), date.fromisoformat(end)) == words


def test_a_day():
    assert day_words(date(2021, 7, 4)) == "4 July 2021"


@pytest.mark.parametrize(
    ("words", "last", "sentence"),
    [
        ([], "and", ""),
        (["Khost"], "and", "Khost"),
        (["Khost", "Kunar"], "or", "Khost or Kunar"),
        (["Khost", "Kunar", "Paktika"], "and", "Khost, Kunar and Paktika"),
    ],
    ids=["none", "one", "two", "three"],
)
def test_a_list(words, last, sentence):
    assert list_words(words, last) == sentence


@pytest.mark.parametrize(
    ("count", "words"),
    [
        ((0, "clash", "clashes"), "0 clashes"),
        ((1, "clash", "clashes"), "1 clash"),
        ((1037, "incident"), "1,037 incidents"),
    ],
)
def test_a_count(count, words):
    assert count_words(*count) == words


@pytest.mark.parametrize(
    ("low", "high", "or_more", "words"),
    [
        (9, 9, False, "9"),
        (9, 9, True, "9 or more"),
        (32, 258, True, "32–258 or more"),
        (1000, 1037, False, "1,000–1,037"),
    ],
)
def test_a_range(low, high, or_more, words):
    assert range_words(low, high, or_more=or_more) == words
