"""What a map or a chart leaves out, counted, and the line that says so under every one and in every export."""

from collections import Counter
from dataclasses import dataclass

from geo.boundaries import Boundaries
from geo.filters import Filters
from geo.marks import marks_of
from geo.table import MANY, IncidentTable, tally
from geo.viewport import Extent
from geo.vocabulary import LocationPrecision
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
    chosen, whole = table.count(filters), table.whole(filters)
    inside = filters if province_code is None else filters.in_province(province_code)
    placed, without_place = _placed(inside, table)
    seen = placed if view is None else _seen(inside, table, layers, view)
    return LeftOut(
        total=whole,
        shown=sum(seen.values()),
        filtered_out=whole - chosen,
        without_place=without_place,
        outside_view=sum(placed.values()) - sum(seen.values()),
        known_to_district=seen[LocationPrecision.DISTRICT],
        known_to_province=seen[LocationPrecision.PROVINCE],
        known_to_border_segment=seen[LocationPrecision.BORDER_SEGMENT],
        elsewhere=chosen - sum(placed.values()) - without_place,
    )


def _placed(filters: Filters | None, table: IncidentTable) -> tuple[Counter[str], int]:
    """Count the incidents that have a place, by how well it is known, and those without."""
    if filters is None:
        return Counter(), 0
    counts = tally(table.facets(filters), "location_precision")
    return counts, counts.pop(LocationPrecision.COUNTRY, 0)


def _seen(filters: Filters | None, table: IncidentTable, layers: Boundaries, view: Extent) -> Counter[str]:
    """Count what stands in a view, by how well the place is known; of many, places are taken to 80 m."""
    seen: Counter[str] = Counter()
    if filters is None:
        return seen
    if table.count(filters) > MANY:
        spots = table.spots(filters)
        return tally(spots[view.holds_each(spots["lon"].to_numpy(), spots["lat"].to_numpy())], "location_precision")
    marks = marks_of(table.selected(filters), layers, rule=table.rule).within(view)
    seen.update(point.incident.location_precision for point in marks.points)
    seen.update(incident.location_precision for area in marks.areas for incident in area.incidents)
    return seen


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
    chosen, whole = table.count(filters), table.whole(filters)
    inside = filters if province_code is None else filters.in_province(province_code)
    shown = 0 if inside is None else table.count(inside)
    return LeftOutOfChart(
        total=whole,
        shown=shown,
        filtered_out=whole - chosen,
        elsewhere=chosen - shown,
        over_the_end=0 if inside is None else table.reaching_over(inside, period),
    )
