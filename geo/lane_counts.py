"""Incidents in time where they are many: counted in lanes, by step and category, however many there are."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from geo.boundaries import Boundaries
from geo.filters import Filters
from geo.table import IncidentTable
from geo.timeline import NO_PROVINCE_LANE, LaneBy, Step, chosen_days, step_end, step_for
from geo.vocabulary import Category, Country


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """How many incidents of a lane began from one day to another, both inclusive."""

    lane: int
    first: date
    last: date
    counts: tuple[int, ...]
    """In the order of the categories."""

    @property
    def total(self) -> int:
        """Count all of them."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneCounts:
    """Lanes with what is in them."""

    lanes: tuple[tuple[str, int], ...]
    """Name and number of incidents: categories in their own order, provinces by how many, those without one last."""
    bins: tuple[Bin, ...]
    """By lane and time; only what is not zero."""
    days: tuple[date, date]
    """The chosen period, or where none is chosen from the first to the last day on which an incident began."""
    step: Step

    @property
    def most(self) -> int:
        """Return the number in the highest bin."""
        return max(each.total for each in self.bins)


def lane_counts(filters: Filters, table: IncidentTable, layers: Boundaries, by: LaneBy) -> LaneCounts:
    """Count the incidents of a choice, of which there is one at least, in lanes by the day they began."""
    facets = table.facets(filters)
    days = chosen_days(_day(facets["first"].min()), _day(facets["last"].max()), filters)
    step = step_for(*days)
    found = table.steps(filters, step, by)
    found = found.assign(lane=found["lane"].map(_names(layers, by)).fillna(NO_PROVINCE_LANE))
    totals = Counter({str(name): int(n) for name, n in found.groupby("lane")["incidents"].sum().items()})
    names = _in_order(totals, by)
    return LaneCounts(
        lanes=tuple((name, totals[name]) for name in names),
        bins=tuple(_bins(found, names, step)),
        days=days,
        step=step,
    )


def _names(layers: Boundaries, by: LaneBy) -> dict[str, str]:
    if by is LaneBy.CATEGORY:
        return {category.value: category.value for category in Category}
    provinces = layers.provinces.itertuples()
    return {str(row.Index): f"{row.province}, {Country(row.country).label}" for row in provinces}


def _in_order(totals: Counter[str], by: LaneBy) -> list[str]:
    if by is LaneBy.CATEGORY:
        return [category.value for category in Category if category.value in totals]
    return sorted(totals, key=lambda name: (name == NO_PROVINCE_LANE, -totals[name], name))


def _bins(found: pd.DataFrame, names: list[str], step: Step) -> list[Bin]:
    counted: dict[tuple[int, date], Counter[str]] = {}
    rows: Any = found.itertuples()
    for row in rows:
        of = counted.setdefault((names.index(str(row.lane)), _day(row.first)), Counter())
        of[str(row.category)] += int(row.incidents)
    return [
        Bin(lane=lane, first=first, last=step_end(first, step), counts=tuple(by_category[c] for c in Category))
        for (lane, first), by_category in sorted(counted.items(), key=lambda item: item[0])
    ]


def _day(found: object) -> date:
    return pd.Timestamp(str(found)).date()
