"""What a map of many incidents shows of a view: discs with counts, single incidents, badges."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

from geo.casualties.rules import Rule
from geo.casualties.tolls import Toll
from geo.incident.dates import When
from geo.incident.record import Claimant, Incident
from geo.incident.vocabulary import Category, Country, DatePrecision, LocationPrecision, Status, Subtype
from geo.language.formatting import list_words
from geo.language.messages import say
from geo.places.plane import BBox
from geo.sentences import when_of
from geo.symbology.symbols import HOLLOW
from geo.table.cluster_bins import CELL_BITS, Bin, Bins, Ends, Ground, box, merged, to_degrees
from geo.table.incident_rows import CURATED

# What a map of many incidents shows of a view: discs with counts, single incidents, badges for coarse places.

Counts = tuple[tuple[Category, int], ...]
"""How many of each category, in the vocabulary's order; only what is not zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed:
    """People killed by one dataset's word, under the table's rule; those of two datasets are never added."""

    dataset: str
    low: int
    high: int
    or_more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Incidents too near each other to be drawn one by one: a disc."""

    key: str
    """The same for the same ground and zoom, wherever the view is."""
    lon: float
    lat: float
    """Degrees, WGS84: where the disc goes, so that no two cover each other."""
    count: int
    counts: Counts
    killed: tuple[Killed, ...]
    bounds: BBox | None
    """What to zoom to; None where all are at one spot and zooming opens nothing."""
    ends: Ends
    """Of their places."""
    imported: int = 0
    """How many of them are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """One incident whose place is known exactly or nearly, alone on its ground."""

    id: str
    dataset: str
    category: Category
    subtype: Subtype
    status: Status
    when: When
    place: str
    location_precision: LocationPrecision
    lon: float
    lat: float
    uncertainty_km: float
    killed: Killed | None
    """None where nobody whose claims count gives a figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """Incidents known to a province, a district or a stretch of the border only; never a dot."""

    key: str
    kind: LocationPrecision
    name: str
    lon: float
    lat: float
    count: int
    counts: Counts
    hollow: int
    """How many of them are drawn so; of the record's own only, for an imported row is one publisher's word."""
    killed: tuple[Killed, ...]
    ends: Ends
    """Of the places that they are reported at."""
    province_code: str | None = None
    """For a province: its ISO 3166-2 code."""
    provinces: tuple[str, ...] = ()
    """Of incidents known to several provinces: all of these, by name."""
    imported: int = 0
    """How many of them are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """All that is drawn of a selection on the ground around a view, in a stable order."""

    covers: BBox
    """The ground: whole tiles, so that a little panning shows nothing else."""
    cells: tuple[Cell, ...]
    singles: tuple[Single, ...]
    badges: tuple[Badge, ...]

    @property
    def drawn(self) -> int:
        """How many incidents they stand for."""
        return sum(c.count for c in self.cells) + sum(b.count for b in self.badges) + len(self.singles)


# What a rule makes of a dataset's figures: a dataset is one claimant, its publisher.


def toll_of(rule: Rule, publisher: Claimant, low: int | None, high: int | None) -> Toll | None:
    """Return the figures of one dataset, or a sum of them, under a rule; None where it gives none or does not count."""
    if low is None or high is None or not rule.counts_publisher(publisher):
        return None
    return rule.states(Toll(int(low), int(high)))


def killed(dataset: str, toll: Toll | None) -> Killed | None:
    """Return a toll with the name of the dataset whose it is."""
    return None if toll is None else Killed(dataset=dataset, low=toll.low, high=toll.high, or_more=toll.or_more)


# Bins of incidents as what a map shows of them: discs, single incidents, badges.


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawer:
    """What a bin is shown as."""

    ground: Ground
    rule: Rule
    claimants: Mapping[str, Claimant]
    record: Sequence[Incident]
    """The record's own incidents by their rows."""
    added_up: Callable[[Sequence[Incident]], Toll | None]
    """How the record's own are added up."""
    facts: Callable[[Sequence[int]], Iterable[tuple[Any, ...]]]
    """What imported rows say, as `ImportedIndex.facts`."""

    def draw(self, bins: Bins) -> Clusters:
        """Draw the bins in a stable order."""
        discs = [disc for _, tile in groupby(sorted(bins.points, key=_tile), key=_tile) for disc in self._merged(tile)]
        alone = [each for each in discs if each.count == 1]
        areas = [(kind, each) for kind, inside in bins.areas.items() for each in sorted(inside, key=_by_cell)]
        imported = [each.row for each in (*alone, *(each for _, each in areas)) if each.row >= 0]
        facts = {row[0]: self._of_facts(row) for row in self.facts(imported)}
        badges = [self._area(kind, each, facts) for kind, each in areas]
        provinces = [self._province(each) for each in sorted(bins.provinces, key=_by_cell)]
        west, east, north, south = self.ground.ends
        covers = box(west, east + 1, north, south + 1)
        return Clusters(
            covers=covers,
            cells=tuple(self._cell(each) for each in discs if each.count > 1),
            singles=tuple(self._single(each, facts) for each in alone),
            badges=(*badges, *(badge for badge in provinces if covers.contains(badge.lon, badge.lat))),
        )

    def _merged(self, tile: Iterable[Bin]) -> list[Bin]:
        return merged(tile, self.ground.grid)

    def _cell(self, each: Bin) -> Cell:
        lon, lat = to_degrees(each.x, each.y)
        return Cell(
            key=self._key(each),
            lon=lon,
            lat=lat,
            count=each.count,
            counts=_counts(each),
            killed=self._killed(each),
            bounds=_bounds(each),
            ends=each.ends,
            imported=each.imported,
        )

    def _key(self, each: Bin) -> str:
        return f"{self.ground.grid.zoom}/{each.cell[0]}/{each.cell[1]}"

    def _killed(self, each: Bin) -> tuple[Killed, ...]:
        own = [killed(CURATED, self.added_up([self.record[row] for row in each.record]))] if each.record else []
        others = [
            killed(name, toll_of(self.rule, self.claimants[name], low, high) if known else None)
            for name, (low, high, known) in sorted(each.killed.items())
        ]
        return tuple(each for each in (*own, *others) if each is not None)

    def _single(self, each: Bin, facts: Mapping[int, Single]) -> Single:
        if not each.record:
            return facts[each.row]
        return single_of(self.record[each.record[0]], next(iter(self._killed(each)), None))

    def _of_facts(self, row: tuple[Any, ...]) -> Single:
        _, name, dataset, category, subtype, status, began, ended, known, place, precision, x, y, km, low, high = row
        lon, lat = to_degrees(x + 0.5, y + 0.5)
        return Single(
            id=name,
            dataset=dataset,
            category=Category(category),
            subtype=Subtype(subtype),
            status=Status(status),
            when=When(began, ended, DatePrecision(known)),
            place=place,
            location_precision=LocationPrecision(precision),
            lon=round(lon, _DECIMALS),
            lat=round(lat, _DECIMALS),
            uncertainty_km=round(km or 0.0, 3),
            killed=killed(dataset, toll_of(self.rule, self.claimants[dataset], low, high)),
        )

    def _area(self, kind: LocationPrecision, each: Bin, facts: Mapping[int, Single]) -> Badge:
        lon, lat = to_degrees(each.sum_x / each.count, each.sum_y / each.count)
        name = _SEVERAL[kind]
        if _bounds(each) is None:
            name = _named(self.record[each.record[0]]) if each.record else facts[each.row].place
        return self._badge(kind, each, name, (lon, lat))

    def _province(self, each: Bin) -> Badge:
        province, country = each.cell
        if province < 0:
            lon, lat = to_degrees(each.sum_x / each.count, each.sum_y / each.count)
            together = self.record[each.record[0]].provinces if province < -1 else ()
            name = list_words(together) or list(Country)[country].label
            badge = self._badge(LocationPrecision.PROVINCE, each, name, (lon, lat))
            return replace(badge, provinces=together)
        row = self.ground.layers.provinces.iloc[province]
        lon, lat = round(float(row["label_lon"]), 4), round(float(row["label_lat"]), 4)
        return self._badge(LocationPrecision.PROVINCE, each, str(row["province"]), (lon, lat), str(row.name))

    def _badge(
        self, kind: LocationPrecision, each: Bin, name: str, lon_lat: tuple[float, float], code: str | None = None
    ) -> Badge:
        return Badge(
            key=f"{kind}/{code or self._key(each)}",
            kind=kind,
            name=name,
            lon=lon_lat[0],
            lat=lon_lat[1],
            count=each.count,
            counts=_counts(each),
            hollow=sum(self.record[row].status in HOLLOW for row in each.record),
            killed=self._killed(each),
            ends=each.ends,
            province_code=code,
            imported=each.imported,
        )


_DECIMALS: Final = 5
"""Of a degree: about a metre."""
_SEVERAL: Final = {
    LocationPrecision.DISTRICT: say("group-several-districts"),
    LocationPrecision.BORDER_SEGMENT: say("group-several-stretches"),
}


def single_of(incident: Incident, deaths: Killed | None) -> Single:
    """Return an incident of the record as it stands alone; it has a place."""
    copied = ("id", "category", "subtype", "status", "place", "location_precision")
    return Single(
        **{name: getattr(incident, name) for name in copied},
        dataset=CURATED,
        when=when_of(incident),
        lon=incident.lon or 0.0,
        lat=incident.lat or 0.0,
        uncertainty_km=incident.uncertainty_km or 0.0,
        killed=deaths,
    )


def _counts(each: Bin) -> Counts:
    return tuple((category, each.counts[category]) for category in Category if each.counts[category])


def _bounds(each: Bin) -> BBox | None:
    west, east, north, south = each.ends
    return None if west == east and north == south else box(west, east + 1, north, south + 1)


def _tile(each: Bin) -> tuple[int, int]:
    return each.cell[0] >> CELL_BITS, each.cell[1] >> CELL_BITS


def _by_cell(each: Bin) -> tuple[int, int]:
    return each.cell


def _named(incident: Incident) -> str:
    return incident.district or incident.place
