"""Dates of incidents in words, only as precise as they are known; used by every output."""

import calendar
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.incident.vocabulary import DatePrecision
from geo.language.messages import day_words, month_words, period_words, say, span_words

NO_END: Final = say("when-no-end")

_EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class When:
    """The possible days of an incident, and how precisely they are known."""

    start: date
    end: date | None
    """None if no end is on record."""
    precision: DatePrecision

    @property
    def words(self) -> str:
        """The date in words, only as precise as it is known."""
        return when_words(self.start, self.end, self.precision)

    @property
    def day_known(self) -> bool:
        """Whether the exact day is known."""
        return self.precision is DatePrecision.DAY


def month_end(day: date) -> date:
    """Return the last day of the month in which a day lies.

    >>> month_end(date(2024, 2, 1))
    datetime.date(2024, 2, 29)
    """
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def when_words(start: date, end: date | None, precision: DatePrecision | str) -> str:
    """Say when an incident took place, only as precisely as it is known.

    >>> when_words(date(2026, 6, 27), date(2026, 6, 29), "week")
    'within 27–29 June 2026'
    >>> when_words(date(2026, 4, 1), date(2026, 4, 30), "month")
    'April 2026, day not known'
    >>> when_words(date(2026, 7, 1), date(2026, 9, 30), "year")
    'within July–September 2026'
    """
    known = DatePrecision(precision)
    if end is None:
        return say("when-from", day=_BEGAN[known](start), no_end=NO_END)
    if known is DatePrecision.DAY:
        return span_words(start, end)
    if known is DatePrecision.MONTH and (start.year, start.month) == (end.year, end.month):
        return say("when-day-not-known", month=month_words(start))
    if known is DatePrecision.YEAR and start.year == end.year and (start == end or _is_year(start, end)):
        return say("when-month-not-known", year=str(start.year))
    return _within(start, end)


def _is_year(start: date, end: date) -> bool:
    return (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)


_BEGAN: Final[dict[DatePrecision, Callable[[date], str]]] = {
    DatePrecision.DAY: day_words,
    DatePrecision.WEEK: lambda day: say("when-about", day=day_words(day)),
    DatePrecision.MONTH: lambda day: say("when-day-not-known", month=month_words(day)),
    DatePrecision.YEAR: lambda day: say("when-month-not-known", year=str(day.year)),
}
"""Wording of the start of an incident with no recorded end, by precision."""


def _within(start: date, end: date) -> str:
    if start == end:
        return say("when-about", day=day_words(start))
    return say("when-within", days=period_words(start, end))


def span_of_all(whens: Iterable[When], *, open_ended: bool = True) -> str:
    """Say on which days several incidents took place, only as precisely as the first and last day are known.

    If any of them has no recorded end, neither does the span, unless `open_ended` is false, for the period that the
    dates are known to cover. Raises ValueError without any.

    >>> span_of_all([When(date(2026, 6, 27), date(2026, 6, 29), DatePrecision.WEEK)])
    'within 27–29 June 2026'
    """
    every = tuple(whens)
    if len({each.words for each in every}) == 1:
        return every[0].words
    start = min(each.start for each in every)
    begins_known = any(each.start == start and each.day_known for each in every)
    if open_ended and any(each.end is None for each in every):
        first = day_words(start) if begins_known else say("when-about", day=day_words(start))
        return say("when-from", day=first, no_end=NO_END)
    last = max(each.end or each.start for each in every)
    ends_known = any((each.end or each.start) == last and each.day_known for each in every)
    return span_words(start, last) if begins_known and ends_known else _within(start, last)


def when_column(starts: Any, ends: Any, precisions: Any) -> pa.Array:
    """Apply `when_words` to Arrow columns of days and codes, formatting each distinct date once."""
    codes = pa.chunked_array(precisions).combine_chunks().dictionary_encode()
    known = [DatePrecision(code) for code in codes.dictionary.to_pylist()]
    rows = pd.DataFrame({"first": _days(starts), "last": _days(ends), "code": np.asarray(codes.indices)})
    words = [
        when_words(_day(first), None if last == _OPEN else _day(last), known[code])
        for first, last, code in rows.drop_duplicates().itertuples(index=False, name=None)
    ]
    at = rows.groupby(list(rows.columns), sort=False).ngroup()  # numbered by first occurrence, like `words`
    return pa.array(words, pa.string()).take(pa.array(at.to_numpy()))


_OPEN: Final = -(1 << 31)
"""Stands for a missing last day."""


def _days(column: Any) -> npt.NDArray[np.int64]:
    """Return days since 1970, with _OPEN for missing ones."""
    return np.asarray(pc.fill_null(column.cast(pa.int32()), _OPEN), np.int64)


def _day(number: int) -> date:
    return _EPOCH + timedelta(days=number)
