"""Which comes first in 03/04/2025, day or month: told from a file's other dates, or said by whoever imports it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

import pyarrow as pa
import pyarrow.compute as pc

from geo.imports.mapping.days import either_order

ORDER_FIELD: Final = "date_order"
"""Stands among the fields of a mapping; what it holds is no column but a DayOrder."""
_DATE_FIELDS: Final = ("event_date", "date_start", "date_end", "SQLDATE")
_MONTHS: Final = 12


class DayOrder(StrEnum):
    """What a date begins with that ends with its year."""

    DAY_MONTH = "day-month"
    MONTH_DAY = "month-day"

    @property
    def words(self) -> str:
        """Say the order."""
        first, second = self.value.split("-")
        return f"the {first} before the {second}"


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
            either=next((text for text, pair in pairs.items() if max(pair) <= _MONTHS and pair[0] != pair[1]), ""),
            day_first=sum(first > _MONTHS >= second for first, second in pairs.values()),
            month_first=sum(second > _MONTHS >= first for first, second in pairs.values()),
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


def dates_seen(sample: pa.Table, columns: Mapping[str, str]) -> DatesSeen:
    """Look through the dates of a file's first rows; `columns` by field."""
    named = [columns[field] for field in _DATE_FIELDS if columns.get(field) in sample.column_names]
    return DatesSeen.of(text for name in named for text in pc.unique(sample[name]).to_pylist())
