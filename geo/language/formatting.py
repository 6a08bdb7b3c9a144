"""Numbers, dates and lists as people write them, the same in the app, the figure, the command line and the exports."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final

from geo.language.messages import say

_DAY: Final = timedelta(days=1)
_MONTHS: Final = range(1, 13)
_PERIODS: Final = ("day", "days", "days_of_months", "days_of_years", "month", "months", "months_of_years", "year")
"""How days and periods are written: messages by these names, which browser scripts fill in as well."""


def day_words(day: date) -> str:
    """Write a day.

    >>> day_words(date(2025, 10, 11))
    '11 October 2025'
    """
    return _filled("day", day, day)


def span_words(start: date, end: date) -> str:
    """Write a span of days without repeating month and year.

    >>> span_words(date(2025, 10, 11), date(2025, 10, 12))
    '11–12 October 2025'
    >>> span_words(date(2025, 9, 30), date(2025, 10, 2))
    '30 September – 2 October 2025'
    """
    if start == end:
        return day_words(start)
    if start.year != end.year:
        return _filled("days_of_years", start, end)
    return _filled("days" if start.month == end.month else "days_of_months", start, end)


def month_words(day: date) -> str:
    """Write the month that a day is in.

    >>> month_words(date(2026, 4, 17))
    'April 2026'
    """
    return _filled("month", day, day)


def period_words(first: date, last: date) -> str:
    """Write a period; a whole year and whole months go by their names.

    >>> period_words(date(2025, 1, 1), date(2025, 3, 31))
    'January–March 2025'
    >>> period_words(date(2025, 10, 11), date(2025, 10, 17))
    '11–17 October 2025'
    """
    if first.day != 1 or (last + _DAY).day != 1:
        return span_words(first, last)
    if first.year != last.year:
        return _filled("months_of_years", first, last)
    if (first.month, last.month) == (_MONTHS[0], _MONTHS[-1]):
        return _filled("year", first, last)
    return _filled("month" if first.month == last.month else "months", first, last)


def date_settings() -> dict[str, Any]:
    """Return what a browser script needs to write dates as they are written here."""
    values = ("first_day", "first_month", "first_year", "day", "month", "year", "short_month")
    blanks = {value: f"{{{value}}}" for value in values}
    return {
        "patterns": {
            **{pattern: say(f"date-{pattern}", **blanks) for pattern in _PERIODS},
            "until": say("until-day", until="{until}"),
            **{pattern: say(f"date-{pattern}", **blanks) for pattern in ("short_month", "short_day")},
        },
        "months": [say(f"month-{number}") for number in _MONTHS],
        "short_months": [say(f"short-month-{number}") for number in _MONTHS],
    }


@lru_cache(maxsize=1 << 14)
def _filled(pattern: str, first: date, last: date) -> str:
    return say(
        f"date-{pattern}",
        first_day=str(first.day),
        first_month=say(f"month-{first.month}"),
        first_year=str(first.year),
        day=str(last.day),
        month=say(f"month-{last.month}"),
        year=str(last.year),
        short_month=say(f"short-month-{last.month}"),
    )


_SEVERAL: Final = 2


def list_words(words: Sequence[str], last: str = "and") -> str:
    """Join words as in a sentence; the `last` is joined with “and” or “or”.

    >>> list_words(["Khost", "Kunar", "Paktika"])
    'Khost, Kunar and Paktika'
    """
    if len(words) < _SEVERAL:
        return "".join(words)
    return say(f"list-{last}", first=say("list-comma").join(words[:-1]), last=str(words[-1]))


def capitalised(text: str) -> str:
    """Begin a text as a sentence begins.

    >>> capitalised("known to the Tajik side")
    'Known to the Tajik side'
    """
    return text[:1].upper() + text[1:]


def count_words(number: int, singular: str, plural: str | None = None) -> str:
    """Write a number with what is counted.

    >>> count_words(1037, "incident")
    '1,037 incidents'
    """
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def range_words(low: int, high: int, *, or_more: bool = False) -> str:
    """Write a range of figures, the lower first; `or_more` where somebody says “at least” the highest.

    Some rows of imported files, and so their sums, have a low above their high.

    >>> range_words(32, 258, or_more=True), range_words(18, 17)
    ('32–258 or more', '17–18')
    """
    low, high = sorted((low, high))
    span = say("number", number=low) if low == high else say("range", low=low, high=high)
    return say("range-or-more", range=span) if or_more else span
