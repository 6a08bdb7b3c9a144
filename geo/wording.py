"""Numbers, dates and lists as people write them, the same in the app, the figure, the command line and the exports."""

from collections.abc import Sequence
from datetime import date
from typing import Final

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_words(day: date) -> str:
    """Write a day.

    >>> day_words(date(2025, 10, 11))
    '11 October 2025'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def span_words(start: date, end: date) -> str:
    """Write a span of days without repeating month and year.

    >>> span_words(date(2025, 10, 11), date(2025, 10, 12))
    '11–12 October 2025'
    >>> span_words(date(2025, 9, 30), date(2025, 10, 2))
    '30 September – 2 October 2025'
    """
    if start == end:
        return day_words(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day_words(end)}"
    if start.year == end.year:
        return f"{start.day} {MONTHS[start.month - 1]} – {day_words(end)}"
    return f"{day_words(start)} – {day_words(end)}"


def list_words(words: Sequence[str], last: str = "and") -> str:
    """Join words as in a sentence.

    >>> list_words(["Khost", "Kunar", "Paktika"])
    'Khost, Kunar and Paktika'
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def count_words(number: int, singular: str, plural: str | None = None) -> str:
    """Write a number with what is counted.

    >>> count_words(1037, "incident")
    '1,037 incidents'
    """
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def range_words(low: int, high: int, *, or_more: bool = False) -> str:
    """Write a range of figures; `or_more` where somebody says “at least” the highest.

    >>> range_words(32, 258, or_more=True)
    '32–258 or more'
    """
    span = f"{low:,}" if low == high else f"{low:,}–{high:,}"
    return f"{span} or more" if or_more else span
