"""What a map leaves out, counted, and the line that says so under every map and in every export."""

from dataclasses import dataclass

from geo.boundaries import Boundaries
from geo.filters import Filters
from geo.marks import marks_of
from geo.table import IncidentTable
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

    @property
    def chosen(self) -> int:
        """How many the filters leave."""
        return self.total - self.filtered_out

    def sentences(self) -> str:
        """Say how many are shown, what is not, and what is shown as a badge only."""
        out = f"{self.without_place:,} without a place, {self.filtered_out:,} filtered out"
        if self.outside_view:
            out += f", {self.outside_view:,} outside the view"
        badges = (
            f"{self.known_to_district:,} known to the district only, {self.known_to_province:,} to the province only, "
            f"{self.known_to_border_segment:,} to a stretch of the border only"
        )
        shown = f"{self.shown:,} of {count_words(self.total, 'incident')} shown."
        return f"{shown} Not on this map: {out}. Drawn as badges, not points: {badges}."


def left_out(filters: Filters, table: IncidentTable, layers: Boundaries, *, view: Extent | None = None) -> LeftOut:
    """Count what a map of a choice shows and leaves out; `view` is its extent, None for all ground."""
    chosen = table.selected(filters)
    marks = marks_of(chosen, layers)
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
    )
