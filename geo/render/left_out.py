"""Counts of what a map or chart leaves out, and the line that states them under each of them and in exports."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from geo.incident.record import Incident
from geo.incident.vocabulary import NEAR_KM, NOT_KNOWN, LocationPrecision
from geo.language.messages import say
from geo.places.plane import Extent
from geo.selection import Filters
from geo.table.incident_table import IncidentTable, tally


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceNotKnown:
    """Incidents that a single filter leaves out because their place is not known well enough."""

    by: str
    """The filter, a field of `Filters`."""
    incidents: int
    filters: Filters
    """The filters that select exactly these incidents."""

    @property
    def words(self) -> str:
        """Number of incidents, and what is not known of them, in words."""
        return say(f"left-out-by-{self.by}", incidents=self.incidents, km=NEAR_KM)


def place_not_known(filters: Filters, table: IncidentTable) -> tuple[PlaceNotKnown, ...]:
    """Count, by filter, the incidents left out because their place is not known; filters with none are omitted."""
    found = (PlaceNotKnown(by=by, incidents=table.count(those), filters=those) for by, those in _unknown(filters))
    return tuple(each for each in found if each.incidents)


def _unknown(filters: Filters) -> Iterator[tuple[str, Filters]]:
    if filters.province and NOT_KNOWN not in filters.province:
        yield "province", replace(filters, province=(NOT_KNOWN,))
    if filters.border and NOT_KNOWN not in filters.border:
        yield "border", replace(filters, border=(NOT_KNOWN,))
    coarsest = max(known.coarseness for known in filters.precision or LocationPrecision)
    coarser = tuple(known for known in LocationPrecision if known.coarseness > coarsest)
    if coarser:
        yield "precision", replace(filters, precision=coarser)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """How many incidents a map shows, and why it does not show the others.

    `shown`, `filtered_out`, `without_place`, `outside_view` and `elsewhere` add up to `total`.
    """

    total: int
    shown: int
    filtered_out: int
    without_place: int
    outside_view: int
    known_to_district: int
    """Of those shown, drawn as badges rather than points; the same applies to the next two."""
    known_to_province: int
    known_to_border_segment: int
    elsewhere: int = 0
    """Incidents outside the one province that the map is about."""
    place_not_known: Mapping[str, int] = field(default_factory=dict)
    """Of those filtered out, how many only because their place is not known, by filter."""

    @property
    def chosen(self) -> int:
        """Number of incidents that the filters leave."""
        return self.total - self.filtered_out

    def sentences(self) -> str:
        """Say how many are shown, which are not and why, and how many are shown as badges."""
        out = [say("left-out-without-place", incidents=self.without_place)] if self.without_place else []
        if self.filtered_out:
            out.append(self._filtered_out())
        if self.outside_view:
            out.append(say("left-out-outside-view", incidents=self.outside_view))
        if self.elsewhere:
            out.append(say("left-out-elsewhere", incidents=self.elsewhere))
        badges = [
            *([say("left-out-district", incidents=self.known_to_district)] if self.known_to_district else []),
            *([say("left-out-province", incidents=self.known_to_province)] if self.known_to_province else []),
            *(
                [say("left-out-segment", incidents=self.known_to_border_segment)]
                if self.known_to_border_segment
                else []
            ),
        ]
        said = [say("left-out", shown=self.shown, total=self.total)]
        said += [say("left-out-of-map", left_out=", ".join(out))] if out else []
        said += [say("left-out-badges", badges=", ".join(badges))] if badges else []
        return " ".join(said)

    def _filtered_out(self) -> str:
        out = say("left-out-filtered", incidents=self.filtered_out)
        because = [say(f"left-out-because-{by}", incidents=n, km=NEAR_KM) for by, n in self.place_not_known.items()]
        return f"{out} ({', '.join(because)})" if because else out


def left_out(
    filters: Filters,
    table: IncidentTable,
    *,
    view: Extent | None = None,
    province_code: str | None = None,
) -> LeftOut:
    """Count what a map of a selection shows and leaves out.

    `view` is the map's extent, None for unlimited; `province_code` restricts the map to one reported province.
    """
    chosen, whole = table.count(filters), table.whole(filters)
    inside = filters if province_code is None else filters.in_province(province_code)
    placed, without_place = _placed(inside, table)
    seen = placed if view is None else _seen(inside, table, view)
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
        place_not_known={each.by: each.incidents for each in place_not_known(filters, table)},
    )


def left_out_of_one(incident: Incident) -> LeftOut:
    """Return the counts for a map of a single incident."""
    known = Counter({incident.location_precision: 1})
    nowhere = known[LocationPrecision.COUNTRY]
    return LeftOut(
        total=1,
        shown=1 - nowhere,
        filtered_out=0,
        without_place=nowhere,
        outside_view=0,
        known_to_district=known[LocationPrecision.DISTRICT],
        known_to_province=known[LocationPrecision.PROVINCE],
        known_to_border_segment=known[LocationPrecision.BORDER_SEGMENT],
    )


def _placed(filters: Filters | None, table: IncidentTable) -> tuple[Counter[str], int]:
    """Count the incidents that have a place, by location precision, and those without."""
    if filters is None:
        return Counter(), 0
    counts = tally(table.facets(filters), "location_precision")
    return counts, counts.pop(LocationPrecision.COUNTRY, 0)


def _seen(filters: Filters | None, table: IncidentTable, view: Extent) -> Counter[str]:
    """Count the incidents in a view by location precision; for many, locations are rounded to 80 m."""
    if filters is None:
        return Counter()
    spots = table.spots(filters)
    return tally(
        spots[view.holds_each(spots["lon"].to_numpy(float), spots["lat"].to_numpy(float))], "location_precision"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutOfChart:
    """How many incidents a chart over time shows, and why it does not show the others.

    `shown`, `filtered_out` and `elsewhere` add up to `total`.
    """

    total: int
    shown: int
    filtered_out: int
    elsewhere: int
    """Incidents outside the province that the chart is about."""
    over_the_end: int
    """Of those shown, known only to a week or month that extends past the end of their bar's period."""

    def sentences(self) -> str:
        """Say how many are shown, which are not, and how many may be in the wrong bar."""
        out = [say("left-out-filtered", incidents=self.filtered_out)] if self.filtered_out else []
        if self.elsewhere:
            out.append(say("left-out-elsewhere", incidents=self.elsewhere))
        shown = say("left-out-in-chart", shown=self.shown, total=self.total)
        over = f" {say('left-out-over-the-end', incidents=self.over_the_end)}" if self.over_the_end else ""
        return f"{shown}{over}" + (f" {say('left-out-of-chart', left_out=', '.join(out))}" if out else "")


def left_out_of_chart(
    filters: Filters, table: IncidentTable, *, period: str, province_code: str | None = None
) -> LeftOutOfChart:
    """Count what a chart by `period` (year, quarter or month) shows and leaves out.

    `province_code` restricts the chart to one reported province.
    """
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
