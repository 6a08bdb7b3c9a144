"""What a map or a chart leaves out, counted, and the line that says so under every one and in every export."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.boundaries import Boundaries
from geo.filters import Filters
from geo.incident import Incident
from geo.marks import marks_of
from geo.table import IncidentTable
from geo.viewport import Extent
from geo.vocabulary import DatePrecision, LocationPrecision
from geo.wording import count_words


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """How many incidents stand on a map, and why the others do not; the counts add up to `total`."""

    total: int
    shown: int
    filtered_out: int
    without_place: int
    outside_view: int
    known_to_district: int
    """Of those shown: drawn as badges, not points; likewise the two below."""
    known_to_province: int
    known_to_border_segment: int
    elsewhere: int = 0
    """Not in the one province that the map is about."""

    @property
    def chosen(self) -> int:
        """How many the filters leave."""
        return self.total - self.filtered_out

    def sentences(self) -> str:
        """Say how many are shown, what is not, and what is shown as a badge only."""
        out = f"{self.without_place:,} without a place, {self.filtered_out:,} filtered out"
        if self.outside_view:
            out += f", {self.outside_view:,} outside the view"
        if self.elsewhere:
            out += f", {self.elsewhere:,} not in this province alone"
        badges = (
            f"{self.known_to_district:,} known to the district only, {self.known_to_province:,} to the province only, "
            f"{self.known_to_border_segment:,} to a stretch of the border only"
        )
        shown = f"{self.shown:,} of {count_words(self.total, 'incident')} shown."
        return f"{shown} Not on this map: {out}. Drawn as badges, not points: {badges}."


def left_out(
    filters: Filters,
    table: IncidentTable,
    layers: Boundaries,
    *,
    view: Extent | None = None,
    province_code: str | None = None,
) -> LeftOut:
    """Count what a map of a choice shows and leaves out.

    `view` is its extent, None for all ground; `province_code` the one reported province that it shows, None for all.
    """
    chosen = table.selected(filters)
    inside = chosen if province_code is None else _in_province(filters, table, province_code)
    marks = marks_of(inside, layers, rule=table.rule)
    seen = marks if view is None else marks.within(view)
    badges = {kind: sum(len(a.incidents) for a in seen.areas if a.kind is kind) for kind in LocationPrecision}
    return LeftOut(
        total=len(table),
        shown=seen.drawn,
        filtered_out=len(table) - len(chosen),
        without_place=len(marks.nowhere),
        outside_view=marks.drawn - seen.drawn,
        known_to_district=badges[LocationPrecision.DISTRICT],
        known_to_province=badges[LocationPrecision.PROVINCE],
        known_to_border_segment=badges[LocationPrecision.BORDER_SEGMENT],
        elsewhere=len(chosen) - len(inside),
    )


_CODES: Final = {"year": "Y", "quarter": "Q", "month": "M"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutOfChart:
    """How many incidents stand in a chart over time, and why the others do not; the counts add up to `total`."""

    total: int
    shown: int
    filtered_out: int
    elsewhere: int
    """Not in the province that the chart is about."""
    over_the_end: int
    """Of those shown: known to a week or month only that reaches over the end of their bar's period."""

    def sentences(self) -> str:
        """Say how many are shown, what is not, and what may stand in the wrong bar."""
        out = f"{self.filtered_out:,} filtered out"
        if self.elsewhere:
            out += f", {self.elsewhere:,} not in this province alone"
        over = f" {self.over_the_end:,} of them may belong to the next bar: their day is not known."
        shown = f"{self.shown:,} of {count_words(self.total, 'incident')} in this chart, each in the time it began."
        return f"{shown}{over if self.over_the_end else ''} Not in it: {out}."


def left_out_of_chart(
    filters: Filters, table: IncidentTable, *, period: str, province_code: str | None = None
) -> LeftOutOfChart:
    """Count what a chart of a choice by year, quarter or month shows, of all ground or of one reported province."""
    chosen = table.selected(filters)
    inside = chosen if province_code is None else _in_province(filters, table, province_code)
    return LeftOutOfChart(
        total=len(table),
        shown=len(inside),
        filtered_out=len(table) - len(chosen),
        elsewhere=len(chosen) - len(inside),
        over_the_end=sum(_reaches_over(incident, _CODES[period]) for incident in inside),
    )


def _in_province(filters: Filters, table: IncidentTable, province_code: str) -> tuple[Incident, ...]:
    rows = table.select(filters)
    return tuple(table.incident(str(found)) for found in rows.index[rows["province_code"] == province_code])


def _reaches_over(incident: Incident, code: str) -> bool:
    if incident.date_precision is DatePrecision.DAY or incident.date_end is None:
        return False
    return bool(pd.Period(incident.date_start, code) != pd.Period(incident.date_end, code))
