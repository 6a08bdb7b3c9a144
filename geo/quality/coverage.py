"""Which months were researched, so that a quiet month and one that nobody looked at are told apart."""

import json
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Self

import pandas as pd
from pydantic import Field, model_validator

from geo.incident import Day, Record, Text
from geo.vocabulary import Country

COVERAGE_FILE: Final = Path(__file__).resolve().parents[2] / "data" / "coverage.json"


class MonthState(StrEnum):
    """What a month without, or with, incidents means."""

    RECORDED = "incidents on record"
    QUIET = "quiet: nothing found"
    THIN = "thin: gaps are known"
    OUTSIDE = "not researched"


class ThinPeriod(Record):
    """Days for which the record is known to be thin."""

    since: Day
    until: Day
    countries: Annotated[tuple[Country, ...], Field(min_length=1)]
    reason: Text

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until < self.since:
            raise ValueError(f"until {self.until} precedes since {self.since}")
        return self

    def concerns(self, countries: tuple[Country, ...]) -> bool:
        """Tell whether it is about one of some countries; none chosen is all of them."""
        return not countries or bool(set(countries) & set(self.countries))


class Coverage(Record):
    """What the record covers, and where it is thin: `data/coverage.json`."""

    first_day: Day
    last_day: Day
    """Nothing after it was looked for."""
    thin: tuple[ThinPeriod, ...]


@cache
def coverage(path: Path = COVERAGE_FILE) -> Coverage:
    """Read the file; raises pydantic.ValidationError with every fault."""
    return Coverage.model_validate(json.loads(path.read_text("utf-8")))


def month_states(counts: pd.DataFrame, known: Coverage, *, countries: tuple[Country, ...] = ()) -> pd.DataFrame:
    """Say of every month what its number of incidents means.

    Parameters
    ----------
    counts
        As `IncidentTable.months` returns them: columns month, category, incidents.
    known
        What the record covers.
    countries
        Countries that are looked at, all if empty: a month that was thin for others is not thin for them.

    Returns
    -------
    DataFrame
        One row per month of the years that the record covers, oldest first, by its first day;
        columns `incidents`, `state` (a MonthState), `reason`.

    """
    sums: Mapping[Any, Any] = counts.groupby("month")["incidents"].sum().to_dict() if len(counts) else {}
    span = pd.date_range(date(known.first_day.year, 1, 1), date(known.last_day.year, 12, 1), freq="MS")
    rows = []
    for month in span:
        incidents = int(sums.get(month, 0))
        state, reason = _state(month.date(), incidents, known, countries)
        rows.append((incidents, state.value, reason))
    return pd.DataFrame(rows, index=span.rename("month"), columns=["incidents", "state", "reason"])


def _state(first: date, incidents: int, known: Coverage, countries: tuple[Country, ...]) -> tuple[MonthState, str]:
    last = (pd.Timestamp(first) + pd.offsets.MonthEnd(0)).date()
    if last < known.first_day or first > known.last_day:
        return MonthState.OUTSIDE, "outside the days that the record covers"
    reasons = [p.reason for p in known.thin if p.since <= last and first <= p.until and p.concerns(countries)]
    if reasons:
        return MonthState.THIN, "; ".join(reasons)
    return (MonthState.RECORDED if incidents else MonthState.QUIET), ""
