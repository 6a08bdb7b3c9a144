"""Clusters of incidents in a map view: discs with counts, single incidents and badges."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from geo.casualties import Rule, Toll
from geo.incident.dates import When
from geo.incident.record import Claimant, Incident
from geo.incident.vocabulary import AS_POINTS, Category, Country, DatePrecision, LocationPrecision, Status, Subtype
from geo.language.messages import list_words, say
from geo.places.boundaries import Boundaries
from geo.places.plane import BBox, Floats
from geo.selection import Filters
from geo.sentences import when_of
from geo.symbology.symbols import GROUP, HOLLOW
from geo.table.event_index import GRID_BITS, WORLD, ImportedIndex, RecordIndex
from geo.table.incident_rows import CURATED

# The Web Mercator square in integer units, and its tiles and cells, on which clusters are built.

Ends = tuple[int, int, int, int]
"""West, east, north, south in Web Mercator units, inclusive."""

NEAREST_ZOOM: Final = 22
"""Highest zoom level; beyond it a pixel is smaller than one unit."""
_TILE_PX: Final = 256
CELL_BITS: Final = 2
"""How often the side of a tile is halved: 2 gives 16 cells of 64 pixels."""
_FARTHEST_NORTH: Final = 85.0


@dataclass(frozen=True, slots=True)
class Grid:
    """World-aligned grid at an integer zoom level: tiles of 256 pixels, each of 16 cells."""

    zoom: int

    @classmethod
    def at(cls, zoom: float) -> "Grid":
        """Return the grid of the integer level at or below `zoom`, clipped to 0 to 22.

        Rounding down keeps discs far enough apart at fractional zooms.
        """
        return cls(int(np.clip(math.floor(zoom), 0, NEAREST_ZOOM)))

    @property
    def tile_bits(self) -> int:
        """Number of coordinate bits within a tile."""
        return WORLD.bit_length() - 1 - self.zoom

    @property
    def cell_bits(self) -> int:
        """Number of coordinate bits within a cell."""
        return self.tile_bits - CELL_BITS

    @property
    def tile(self) -> int:
        """Width of a tile in units."""
        return 1 << self.tile_bits

    @property
    def px(self) -> float:
        """Width of a pixel in units."""
        return self.tile / _TILE_PX

    def around(self, view: BBox) -> Ends:
        """Return the bounds, in units, of the tiles that a view touches."""
        (west, east), (north, south) = to_units([view.west, view.east], [view.north, view.south])
        first, last = ~(self.tile - 1), self.tile - 1
        ends = (int(west) & first, int(east) | last, int(north) & first, int(south) | last)
        return (max(ends[0], 0), min(ends[1], WORLD - 1), max(ends[2], 0), min(ends[3], WORLD - 1))


@dataclass(frozen=True, slots=True)
class Ground:
    """The part of the world that is drawn."""

    layers: Boundaries
    grid: Grid
    ends: Ends

    def holds(self, x: int, y: int) -> bool:
        """Tell whether a point, in units, lies on it."""
        west, east, north, south = self.ends
        return west <= x <= east and north <= y <= south

    @classmethod
    def around(cls, view: BBox, zoom: float, layers: Boundaries) -> Self:
        """Return the ground of the whole tiles that a view touches at a zoom level."""
        grid = Grid.at(zoom)
        return cls(layers, grid, grid.around(view))

    @classmethod
    def square(cls, grid: Grid, column: int, row: int, across: int, layers: Boundaries) -> Self:
        """Return a square of `across` × `across` tiles from a column and row, cut off at the edge of the world."""
        ends = [min(first * grid.tile, WORLD) for first in (column, column + across, row, row + across)]
        return cls(layers, grid, (ends[0], ends[1] - 1, ends[2], ends[3] - 1))


def to_units(lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Convert WGS84 degrees, shape (n,), to whole grid units of the Web Mercator square.

    Units are counted east and south from the north-western corner.
    """
    lon = np.asarray(lon, float)
    lat = np.clip(np.asarray(lat, float), -_FARTHEST_NORTH, _FARTHEST_NORTH)
    x = np.minimum(np.floor(WORLD * (0.5 + lon / 360)), WORLD - 1)
    y = np.floor(WORLD * (0.5 - np.arcsinh(np.tan(np.radians(lat))) / (2 * np.pi)))
    return x.astype(np.int64), y.astype(np.int64)


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """Return lon, lat (WGS84 degrees) of a point in units."""
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / WORLD))))
    return 360 * (x / WORLD - 0.5), lat


def each_to_degrees(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> tuple[Floats, Floats]:
    """Vectorized `to_degrees`: return lon and lat, each of shape (n,)."""
    return 360 * (x / WORLD - 0.5), np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y / WORLD))))


def box(west: float, east: float, north: float, south: float) -> BBox:
    """Return the box, WGS84, between bounds in units."""
    (left, top), (right, bottom) = to_degrees(west, north), to_degrees(east, south)
    return BBox(left, bottom, right, top)


# Bins of the incidents in one cell, and the merging of bins whose discs would overlap.

SINGLE_PX: Final = 20.0


def disc_px(count: int) -> float:
    """Return the diameter in pixels of the disc for `count` incidents; it grows with the order of magnitude.

    >>> disc_px(1), disc_px(10), disc_px(100_000_000)
    (20.0, 37.0, 58.0)
    """
    if count == 1:
        return SINGLE_PX
    return GROUP.diameter(count)


@dataclass(slots=True, eq=False)
class Bin:
    """A growing group of incidents; coordinates in Web Mercator units."""

    cell: tuple[int, int]
    count: int = 0
    sum_x: int = 0
    sum_y: int = 0
    ends: Ends = (1 << 31, -1, 1 << 31, -1)
    counts: Counter[str] = field(default_factory=Counter)
    killed: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    """By imported dataset: sum of low figures, sum of high figures, number of incidents with a figure."""
    record: list[int] = field(default_factory=list)
    """Row numbers of the record's incidents, ascending."""
    row: int = -1
    """Lowest `r` of the imported incidents; -1 without any."""
    x: float = 0.0
    y: float = 0.0
    """Where it is drawn."""

    @property
    def imported(self) -> int:
        """Number of imported incidents."""
        return self.count - len(self.record)

    def take(self, category: str, dataset: str, sums: Sequence[int]) -> None:
        """Add imported incidents of one category and dataset.

        `sums` holds: count, killed low, killed high, number with a figure, sum of x, sum of y, west, east, north,
        south, and the lowest row.
        """
        count, low, high, known, x, y, west, east, north, south, row = sums
        self._grow(count, x, y, (west, east, north, south))
        self.counts[category] += count
        killed = self.killed[dataset]
        killed[0] += low
        killed[1] += high
        killed[2] += known
        self.row = row if self.row < 0 else min(self.row, row)

    def take_own(self, row: int, x: int, y: int, category: str) -> None:
        """Add one of the record's incidents; they must be added in ascending row order."""
        self._grow(1, x, y, (x, x, y, y))
        self.counts[category] += 1
        self.record.append(row)

    def add(self, other: "Bin") -> None:
        """Add another bin's incidents; the place where this one is drawn stays."""
        self._grow(other.count, other.sum_x, other.sum_y, other.ends)
        self.counts.update(other.counts)
        if other.record:
            self.record = sorted([*self.record, *other.record])
        for dataset, figures in other.killed.items():
            self.killed[dataset] = [a + b for a, b in zip(self.killed[dataset], figures, strict=True)]
        self.row = other.row if self.row < 0 else min(self.row, other.row) if other.row >= 0 else self.row

    def _grow(self, count: int, x: int, y: int, ends: Ends) -> None:
        self.count += count
        self.sum_x += x
        self.sum_y += y
        old = self.ends
        self.ends = (min(old[0], ends[0]), max(old[1], ends[1]), min(old[2], ends[2]), max(old[3], ends[3]))

    def put(self, grid: Grid) -> None:
        """Set where it is drawn: at the mean position, moved so that the disc fits inside its tile."""
        self.x, self.y = self.sum_x / self.count, self.sum_y / self.count
        if self.count > 1:
            room = grid.px * disc_px(self.count) / 2
            left, top = (int(value) & ~(grid.tile - 1) for value in (self.x, self.y))
            self.x = min(max(self.x, left + room), left + grid.tile - room)
            self.y = min(max(self.y, top + room), top + grid.tile - room)


def merged(bins: Iterable[Bin], grid: Grid) -> list[Bin]:
    """Merge bins of one tile until no two overlap, larger ones absorbing smaller; the order is stable."""
    left = sorted(bins, key=_largest_first)
    before = len(left) + 1
    while len(left) < before:
        before = len(left)
        for each in left:
            each.put(grid)
        left = _merge_pass(left, grid)
    return left


def _merge_pass(bins: list[Bin], grid: Grid) -> list[Bin]:
    rest, taken = bins, []
    while rest:
        first, *others = rest
        near = [each for each in others if _covers(first, each, grid)]
        rest = [each for each in others if each not in near]
        for each in near:
            first.add(each)
        taken.append(first)
    return sorted(taken, key=_largest_first)


def _largest_first(each: Bin) -> tuple[int, tuple[int, int]]:
    return -each.count, each.cell


def _covers(one: Bin, other: Bin, grid: Grid) -> bool:
    reach = grid.px * (disc_px(one.count) + disc_px(other.count)) / 2
    return math.hypot(one.x - other.x, one.y - other.y) < reach


# Counts by grid cell: from the rows, or from the precomputed grid counts.

_SUMS: Final = """count(*) AS incidents, coalesce(sum(killed_low), 0)::BIGINT, coalesce(sum(killed_high), 0)::BIGINT,
    count(killed_low), sum(x)::BIGINT, sum(y)::BIGINT, min(x), max(x), min(y), max(y), min(r)"""
_SUMS_OF_SUMS: Final = """sum(incidents)::BIGINT, coalesce(sum(low), 0)::BIGINT, coalesce(sum(high), 0)::BIGINT,
    sum(figures)::BIGINT, sum(sum_x)::BIGINT, sum(sum_y)::BIGINT, min(west), max(east), min(north), max(south),
    min(r)"""
_CELLS: Final = """
SELECT * REPLACE (location_precision::VARCHAR AS location_precision, category::VARCHAR AS category,
    dataset::VARCHAR AS dataset)
FROM (
    SELECT x >> $bits, y >> $bits, location_precision, category, dataset, {sums}
    FROM {table}
    WHERE {where} AND x BETWEEN $west AND $east AND y BETWEEN $north AND $south
    GROUP BY ALL
)
"""
_BY_ROW: Final = _CELLS.replace("{table}", "event").replace("{sums}", _SUMS)
_BY_SQUARE: Final = _CELLS.replace("{table}", "grid_count").replace("{sums}", _SUMS_OF_SUMS)
_PROVINCES: Final = f"""
SELECT coalesce(enum_code(province_code), -1)::INTEGER, coalesce(enum_code(country), 0)::INTEGER, 'province',
    category::VARCHAR, dataset::VARCHAR, * EXCLUDE (province_code, country, category, dataset)
FROM (
    SELECT province_code, country, category, dataset, {_SUMS}
    FROM event WHERE {{where}} AND location_precision = 'province' AND x IS NOT NULL
    GROUP BY ALL
)
"""


def cells(index: ImportedIndex, filters: Filters, *, bits: int, ends: Ends) -> list[tuple[Any, ...]]:
    """Count a selection by cells whose coordinates have `bits` bits; `ends` must lie on cell edges.

    Returns column and row of the cell, precision, category, dataset, and the sums that `Bin.take` adds.
    """
    by_square = bits >= GRID_BITS and index.has_grid_counts(filters)
    moved = GRID_BITS if by_square else 0
    west, east, north, south = (end >> moved for end in ends)
    bound = {"bits": bits - moved, "west": west, "east": east, "north": north, "south": south}
    query, held = (_BY_SQUARE, ("leads",)) if by_square else (_BY_ROW, ())
    return index.ask(query, filters, held=held, **bound).fetchall()


# The incidents of a view, gathered into bins.

AREAS: Final = (LocationPrecision.DISTRICT, LocationPrecision.BORDER_SEGMENT)
_DRAWN_AS: Final = dict.fromkeys(map(str, AS_POINTS), "exact") | {str(kind): str(kind) for kind in AREAS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bins:
    """All incidents of a selection on some ground by location precision; one bin per cell."""

    points: Sequence[Bin]
    areas: Mapping[LocationPrecision, Sequence[Bin]]
    """District and border-segment bins."""
    provinces: Sequence[Bin]
    """Anywhere, not only on the ground. `cell` is the position of the province in the layer and that of its country: -1
    for no known province, and a number below that for each distinct set of several provinces."""


def gather(record: RecordIndex, imported: Iterable[ImportedIndex], filters: Filters, ground: Ground) -> Bins:
    """Gather the incidents of a selection on the ground into bins."""
    bins: defaultdict[str, dict[tuple[int, int], Bin]] = defaultdict(dict)
    for index in imported:
        by_cell = cells(index, filters, bits=ground.grid.cell_bits, ends=ground.ends)
        drawn = [row for row in by_cell if row[2] in _DRAWN_AS]
        for column, line, precision, category, dataset, *sums in drawn + index.ask_once(_PROVINCES, filters):
            inside = bins[_DRAWN_AS.get(precision, precision)]
            found = inside.get((column, line))
            if found is None:
                found = inside[column, line] = Bin((column, line))
            found.take(category, dataset, sums)
    for row, x, y, category, precision, cell in _of_record(record, filters, ground):
        bins[precision].setdefault(cell, Bin(cell)).take_own(row, x, y, category)
    return Bins(
        points=tuple(bins[LocationPrecision.EXACT].values()),
        areas={kind: tuple(bins[kind].values()) for kind in AREAS},
        provinces=tuple(bins[LocationPrecision.PROVINCE].values()),
    )


_PLACED: Final = """
SELECT r, x, y, category, location_precision, country, province_codes FROM event WHERE {where} AND x IS NOT NULL
ORDER BY r
"""


def _of_record(record: RecordIndex, filters: Filters, ground: Ground) -> Iterator[tuple[Any, ...]]:
    """Yield the record's incidents on the ground, each with its bin key."""
    positions = {code: number for number, code in enumerate(ground.layers.provinces.index)}
    several: dict[tuple[str, ...], int] = {}
    bits = ground.grid.cell_bits
    for *incident, precision, country, codes in record.ask_once(_PLACED, filters):
        _, x, y, _ = incident
        if precision == LocationPrecision.PROVINCE:
            province = positions[codes[0]] if len(codes) == 1 else -1
            if len(codes) > 1:
                province = -2 - several.setdefault(tuple(sorted(codes)), len(several))
            yield *incident, precision, (province, _COUNTRIES[country])
        elif precision in _DRAWN_AS and ground.holds(x, y):
            yield *incident, _DRAWN_AS[precision], (x >> bits, y >> bits)


_COUNTRIES: Final = {country.value: number for number, country in enumerate(Country)}


# What is drawn of a view: discs with counts, single incidents, and badges for imprecise locations.

Counts = tuple[tuple[Category, int], ...]
"""Incidents by category, in the vocabulary's order, without zeros."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed:
    """People killed according to one dataset, under the table's rule; figures of two datasets are never added."""

    dataset: str
    low: int
    high: int
    or_more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A disc: incidents too close together to be drawn individually."""

    key: str
    """Stable for the same ground and zoom, wherever the view is."""
    lon: float
    lat: float
    """Centre of the disc in WGS84 degrees, moved so that no two discs overlap."""
    count: int
    counts: Counts
    killed: tuple[Killed, ...]
    bounds: BBox | None
    """Box to zoom to; None where all incidents share one point, so that zooming would not separate them."""
    ends: Ends
    """Bounds of the incidents' coordinates, in units."""
    imported: int = 0
    """Number of imported incidents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """One incident with an exact or approximate location and no other close to it."""

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
    """None where no claimant whose claims count gives a figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """Incidents known only to a province, district or border segment; never drawn as a dot."""

    key: str
    kind: LocationPrecision
    name: str
    lon: float
    lat: float
    count: int
    counts: Counts
    hollow: int
    """Number drawn hollow; only the record's can be, since an imported row has a single publisher."""
    killed: tuple[Killed, ...]
    ends: Ends
    """Bounds of the coordinates at which they are reported, in units."""
    province_code: str | None = None
    """ISO 3166-2 code of the province, if it stands for one."""
    provinces: tuple[str, ...] = ()
    """Names of all the provinces, for incidents known to lie in several."""
    imported: int = 0
    """Number of imported incidents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """Everything drawn of a selection on the ground around a view, in a stable order."""

    covers: BBox
    """Bounds of the ground: whole tiles, so that panning a little changes nothing."""
    cells: tuple[Cell, ...]
    singles: tuple[Single, ...]
    badges: tuple[Badge, ...]


# A dataset's figures under a counting rule; each dataset is one claimant, its publisher.


def toll_of(rule: Rule, publisher: Claimant, low: int | None, high: int | None) -> Toll | None:
    """Return a dataset's figures, or a sum of them, under a rule; None if it gives none or does not count."""
    if low is None or high is None or not rule.counts_publisher(publisher):
        return None
    return rule.states(Toll(int(low), int(high)))


def killed(dataset: str, toll: Toll | None) -> Killed | None:
    """Return a toll together with the dataset it comes from."""
    return None if toll is None else Killed(dataset=dataset, low=toll.low, high=toll.high, or_more=toll.or_more)


# From bins to discs, single incidents and badges.


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawer:
    """Turns bins into what the map shows."""

    ground: Ground
    rule: Rule
    claimants: Mapping[str, Claimant]
    record: Sequence[Incident]
    """The record's incidents, by row number."""
    added_up: Callable[[Sequence[Incident]], Toll | None]
    """Adds up the deaths of the record's incidents."""
    facts: Callable[[Sequence[int]], Iterable[tuple[Any, ...]]]
    """Details of imported rows, as `ImportedIndex.facts` returns them."""

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
"""Decimal places of a degree: about a metre."""
_SEVERAL: Final = {
    LocationPrecision.DISTRICT: say("group-several-districts"),
    LocationPrecision.BORDER_SEGMENT: say("group-several-stretches"),
}


def single_of(incident: Incident, deaths: Killed | None) -> Single:
    """Return an incident of the record as a single one; it must have coordinates."""
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
