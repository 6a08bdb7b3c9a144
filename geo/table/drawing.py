"""Heaps of incidents as what a map shows of them: discs, single incidents, badges."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from geo.claims import Rule, Toll
from geo.incident import Claimant, Incident
from geo.table.clusters import Badge, Cell, Clusters, Counts, Killed, Single
from geo.table.heap import Heap, merged
from geo.table.heard import killed, told
from geo.table.mercator import CELL_BITS, Ground, box, to_degrees
from geo.table_rows import CURATED
from geo.viewport import BBox
from geo.vocabulary import Category, Country, LocationPrecision, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Heaps:
    """All incidents of a choice on some ground, by how well their places are known; a heap to a cell."""

    points: Sequence[Heap]
    areas: Mapping[LocationPrecision, Sequence[Heap]]
    """Of districts and stretches of border."""
    provinces: Sequence[Heap]
    """Wherever they are; `cell` is the province's position among the layers', -1 for none, and that of its country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawer:
    """What a heap is shown as."""

    ground: Ground
    rule: Rule
    claimants: Mapping[str, Claimant]
    record: Mapping[str, Incident]
    """The record's own incidents by id."""
    added_up: Callable[[Sequence[Incident]], Toll | None]
    """How the record's own are added up."""
    facts: Callable[[Sequence[int]], Mapping[int, Single]]
    """What imported rows say."""

    def draw(self, heaps: Heaps) -> Clusters:
        """Draw the heaps in a stable order."""
        discs = [disc for _, tile in groupby(sorted(heaps.points, key=_tile), key=_tile) for disc in self._merged(tile)]
        alone = [heap for heap in discs if heap.count == 1]
        areas = [(kind, heap) for kind, inside in heaps.areas.items() for heap in sorted(inside, key=_by_cell)]
        facts = self.facts([heap.row for heap in (*alone, *(heap for _, heap in areas)) if heap.row >= 0])
        badges = [self._area(kind, heap, facts) for kind, heap in areas]
        provinces = [self._province(heap) for heap in sorted(heaps.provinces, key=_by_cell)]
        west, east, north, south = self.ground.ends
        covers = box(west, east + 1, north, south + 1)
        return Clusters(
            covers=covers,
            cells=tuple(self._cell(heap) for heap in discs if heap.count > 1),
            singles=tuple(self._single(heap, facts) for heap in alone),
            badges=(*badges, *(badge for badge in provinces if covers.contains(badge.lon, badge.lat))),
        )

    def _merged(self, tile: Iterable[Heap]) -> list[Heap]:
        return merged(tile, self.ground.grid)

    def _cell(self, heap: Heap) -> Cell:
        lon, lat = to_degrees(heap.x, heap.y)
        return Cell(
            key=self._key(heap),
            lon=lon,
            lat=lat,
            count=heap.count,
            counts=_counts(heap),
            killed=self._killed(heap),
            bounds=_bounds(heap),
            ends=heap.ends,
        )

    def _key(self, heap: Heap) -> str:
        return f"{self.ground.grid.zoom}/{heap.cell[0]}/{heap.cell[1]}"

    def _killed(self, heap: Heap) -> tuple[Killed, ...]:
        own = [killed(CURATED, self.added_up([self.record[name] for name in heap.record]))] if heap.record else []
        others = [
            killed(name, told(self.rule, self.claimants[name], low, high) if known else None)
            for name, (low, high, known) in sorted(heap.killed.items())
        ]
        return tuple(each for each in (*own, *others) if each is not None)

    def _single(self, heap: Heap, facts: Mapping[int, Single]) -> Single:
        if not heap.record:
            return facts[heap.row]
        return single_of(self.record[heap.record[0]], next(iter(self._killed(heap)), None))

    def _area(self, kind: LocationPrecision, heap: Heap, facts: Mapping[int, Single]) -> Badge:
        lon, lat = to_degrees(heap.sum_x / heap.count, heap.sum_y / heap.count)
        name = _SEVERAL[kind]
        if _bounds(heap) is None:
            name = _named(self.record[heap.record[0]]) if heap.record else facts[heap.row].place
        return self._badge(kind, heap, name, (lon, lat))

    def _province(self, heap: Heap) -> Badge:
        province, country = heap.cell
        if province < 0:
            lon, lat = to_degrees(heap.sum_x / heap.count, heap.sum_y / heap.count)
            return self._badge(LocationPrecision.PROVINCE, heap, list(Country)[country].label, (lon, lat))
        row = self.ground.layers.provinces.iloc[province]
        lon, lat = round(float(row["label_lon"]), 4), round(float(row["label_lat"]), 4)
        return self._badge(LocationPrecision.PROVINCE, heap, str(row["province"]), (lon, lat), str(row.name))

    def _badge(
        self, kind: LocationPrecision, heap: Heap, name: str, lon_lat: tuple[float, float], code: str | None = None
    ) -> Badge:
        return Badge(
            key=f"{kind}/{code or self._key(heap)}",
            kind=kind,
            name=name,
            lon=lon_lat[0],
            lat=lon_lat[1],
            count=heap.count,
            counts=_counts(heap),
            disputed=sum(self.record[name].status is Status.DISPUTED for name in heap.record),
            killed=self._killed(heap),
            ends=heap.ends,
            province_code=code,
        )


_SEVERAL: Final = {
    LocationPrecision.DISTRICT: "several districts",
    LocationPrecision.BORDER_SEGMENT: "several stretches of the border",
}


def single_of(incident: Incident, deaths: Killed | None) -> Single:
    """Return an incident of the record as it stands alone; it has a place."""
    copied = ("id", "category", "subtype", "status", "date_start", "date_precision", "place", "location_precision")
    return Single(
        **{name: getattr(incident, name) for name in copied},
        dataset=CURATED,
        lon=incident.lon or 0.0,
        lat=incident.lat or 0.0,
        uncertainty_km=incident.uncertainty_km or 0.0,
        killed=deaths,
    )


def _counts(heap: Heap) -> Counts:
    return tuple((category, heap.counts[category]) for category in Category if heap.counts[category])


def _bounds(heap: Heap) -> BBox | None:
    west, east, north, south = heap.ends
    return None if west == east and north == south else box(west, east + 1, north, south + 1)


def _tile(heap: Heap) -> tuple[int, int]:
    return heap.cell[0] >> CELL_BITS, heap.cell[1] >> CELL_BITS


def _by_cell(heap: Heap) -> tuple[int, int]:
    return heap.cell


def _named(incident: Incident) -> str:
    return incident.district or incident.place
