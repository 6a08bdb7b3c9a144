"""What a view of the map holds, put together by the cells of a grid over the Web Mercator square."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from geo.incident.vocabulary import AS_POINTS, Country, LocationPrecision
from geo.places.boundaries import Boundaries
from geo.places.plane import BBox
from geo.selection.filters import Filters
from geo.symbology.symbols import GROUP
from geo.table.event_index import GRID_BITS, WORLD, ImportedIndex, RecordIndex

# The Web Mercator square in whole units, and the tiles and cells of it that a map's clusters stand in.

Ends = tuple[int, int, int, int]
"""West, east, north, south, units, inclusive."""

NEAREST_ZOOM: Final = 22
"""From here on a pixel is less than a unit."""
_TILE_PX: Final = 256
CELL_BITS: Final = 2
"""A tile's sides are halved so often: into cells of 64 pixels."""
_FARTHEST_NORTH: Final = 85.0

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Grid:
    """Tiles of 256 pixels at a whole zoom level, aligned to the world, each of 16 cells."""

    zoom: int

    @classmethod
    def at(cls, zoom: float) -> "Grid":
        """Return the grid of the whole level at or below a zoom, 0 to 22: between two, discs are far enough apart."""
        return cls(int(np.clip(math.floor(zoom), 0, NEAREST_ZOOM)))

    @property
    def tile_bits(self) -> int:
        """How many bits of a coordinate lie within a tile."""
        return WORLD.bit_length() - 1 - self.zoom

    @property
    def cell_bits(self) -> int:
        """How many bits of a coordinate lie within a cell."""
        return self.tile_bits - CELL_BITS

    @property
    def tile(self) -> int:
        """Width of a tile, units."""
        return 1 << self.tile_bits

    @property
    def px(self) -> float:
        """Width of a pixel, units."""
        return self.tile / _TILE_PX

    def around(self, view: BBox) -> Ends:
        """Return the first and last unit, eastwards and southwards, of the tiles that a view touches."""
        (west, east), (north, south) = to_units([view.west, view.east], [view.north, view.south])
        first, last = ~(self.tile - 1), self.tile - 1
        ends = (int(west) & first, int(east) | last, int(north) & first, int(south) | last)
        return (max(ends[0], 0), min(ends[1], WORLD - 1), max(ends[2], 0), min(ends[3], WORLD - 1))


@dataclass(frozen=True, slots=True)
class Ground:
    """A part of the world that is drawn."""

    layers: Boundaries
    grid: Grid
    ends: Ends

    def holds(self, x: int, y: int) -> bool:
        """Tell whether a place, in units, lies on it."""
        west, east, north, south = self.ends
        return west <= x <= east and north <= y <= south

    @classmethod
    def around(cls, view: BBox, zoom: float, layers: Boundaries) -> Self:
        """Return the whole tiles that a view touches at a zoom level."""
        grid = Grid.at(zoom)
        return cls(layers, grid, grid.around(view))

    @classmethod
    def square(cls, grid: Grid, column: int, row: int, across: int, layers: Boundaries) -> Self:
        """Return so many tiles of a grid, across and down, from a column and a row on, as far as the world goes."""
        ends = [min(first * grid.tile, WORLD) for first in (column, column + across, row, row + across)]
        return cls(layers, grid, (ends[0], ends[1] - 1, ends[2], ends[3] - 1))


def to_units(lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return units east and south of the square's north-western corner; degrees WGS84, shape (n,)."""
    lon = np.asarray(lon, float)
    lat = np.clip(np.asarray(lat, float), -_FARTHEST_NORTH, _FARTHEST_NORTH)
    x = np.minimum(np.floor(WORLD * (0.5 + lon / 360)), WORLD - 1)
    y = np.floor(WORLD * (0.5 - np.arcsinh(np.tan(np.radians(lat))) / (2 * np.pi)))
    return x.astype(np.int64), y.astype(np.int64)


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """Return lon, lat, WGS84, of a place in units."""
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / WORLD))))
    return 360 * (x / WORLD - 0.5), lat


def each_to_degrees(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> tuple[Floats, Floats]:
    """Return the same of many places, shape (n,)."""
    return 360 * (x / WORLD - 0.5), np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y / WORLD))))


def box(west: float, east: float, north: float, south: float) -> BBox:
    """Return the box between units east and south, WGS84."""
    (left, top), (right, bottom) = to_degrees(west, north), to_degrees(east, south)
    return BBox(left, bottom, right, top)


# Incidents of one cell on their way into a disc, and discs that would cover each other put together.

SINGLE_PX: Final = 20.0


def disc_px(count: int) -> float:
    """Return the diameter of the disc for so many incidents, pixels: it grows with their order of magnitude.

    >>> disc_px(1), disc_px(10), disc_px(100_000_000)
    (20.0, 37.0, 58.0)
    """
    if count == 1:
        return SINGLE_PX
    return GROUP.diameter(count)


@dataclass(slots=True, eq=False)
class Bin:
    """A growing set of incidents; coordinates in units of the Web Mercator square."""

    cell: tuple[int, int]
    count: int = 0
    sum_x: int = 0
    sum_y: int = 0
    ends: Ends = (1 << 31, -1, 1 << 31, -1)
    counts: Counter[str] = field(default_factory=Counter)
    killed: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    """By imported dataset: low, high, and how many of its incidents give a figure."""
    record: list[int] = field(default_factory=list)
    """Rows of the record's own incidents, in their order."""
    row: int = -1
    """`r` of an imported one, the lowest."""
    x: float = 0.0
    y: float = 0.0
    """Where it is drawn."""

    @property
    def imported(self) -> int:
        """How many of them are imported."""
        return self.count - len(self.record)

    def take(self, category: str, dataset: str, sums: Sequence[int]) -> None:
        """Take in imported incidents of one category and dataset.

        `sums` are how many, killed low and high, how many give a figure, x and y added up, west, east, north, south,
        and the lowest row.
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
        """Take in one of the record's own incidents, which come in their order."""
        self._grow(1, x, y, (x, x, y, y))
        self.counts[category] += 1
        self.record.append(row)

    def add(self, other: "Bin") -> None:
        """Take in another's incidents; the place where it is drawn stays."""
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
        """Say where it is drawn: one incident at its place, more at their middle, so far inside the tile as to fit."""
        self.x, self.y = self.sum_x / self.count, self.sum_y / self.count
        if self.count > 1:
            room = grid.px * disc_px(self.count) / 2
            left, top = (int(value) & ~(grid.tile - 1) for value in (self.x, self.y))
            self.x = min(max(self.x, left + room), left + grid.tile - room)
            self.y = min(max(self.y, top + room), top + grid.tile - room)


def merged(bins: Iterable[Bin], grid: Grid) -> list[Bin]:
    """Put bins of one tile together until none covers another, larger ones taking in smaller; in a stable order."""
    left = sorted(bins, key=_weightiest_first)
    before = len(left) + 1
    while len(left) < before:
        before = len(left)
        for each in left:
            each.put(grid)
        left = _once(left, grid)
    return left


def _once(bins: list[Bin], grid: Grid) -> list[Bin]:
    rest, taken = bins, []
    while rest:
        first, *others = rest
        near = [each for each in others if _covers(first, each, grid)]
        rest = [each for each in others if each not in near]
        for each in near:
            first.add(each)
        taken.append(first)
    return sorted(taken, key=_weightiest_first)


def _weightiest_first(each: Bin) -> tuple[int, tuple[int, int]]:
    return -each.count, each.cell


def _covers(one: Bin, other: Bin, grid: Grid) -> bool:
    reach = grid.px * (disc_px(one.count) + disc_px(other.count)) / 2
    return math.hypot(one.x - other.x, one.y - other.y) < reach


# Incidents counted by the cells of a view: row by row, or by small squares that were counted before.

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
    """Count a selection by cells whose coordinates are so many bits long, within ends that are ends of cells.

    Returns column and line of the cell, precision, category, dataset, and what `Bin.take` adds up.
    """
    by_square = bits >= GRID_BITS and index.has_grid_counts(filters)
    moved = GRID_BITS if by_square else 0
    west, east, north, south = (end >> moved for end in ends)
    bound = {"bits": bits - moved, "west": west, "east": east, "north": north, "south": south}
    query, held = (_BY_SQUARE, ("leads",)) if by_square else (_BY_ROW, ())
    return index.ask(query, filters, held=held, **bound).fetchall()


# What a view holds, gathered into bins.

AREAS: Final = (LocationPrecision.DISTRICT, LocationPrecision.BORDER_SEGMENT)
_DRAWN_AS: Final = dict.fromkeys(map(str, AS_POINTS), "exact") | {str(kind): str(kind) for kind in AREAS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bins:
    """All incidents of a selection on some ground, by how well their places are known; a bin to a cell."""

    points: Sequence[Bin]
    areas: Mapping[LocationPrecision, Sequence[Bin]]
    """Of districts and stretches of border."""
    provinces: Sequence[Bin]
    """Wherever they are; `cell` is the province's position among the layers', and that of its country: -1 for none, and
    another below it for each set of several provinces."""


def gather(record: RecordIndex, imported: Iterable[ImportedIndex], filters: Filters, ground: Ground) -> Bins:
    """Gather what a selection has on the ground within the ends."""
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
    """Return the record's own incidents on the ground one by one, with the cell of each."""
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
