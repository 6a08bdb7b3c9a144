"""The Web Mercator square in whole units, and the tiles and cells of it that a map's clusters stand in."""

import math
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from geo.boundaries import Boundaries
from geo.table.lean import WORLD
from geo.viewport import BBox

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
        """Return the grid of the nearest whole level, 0 to 22."""
        return cls(int(np.clip(round(zoom), 0, NEAREST_ZOOM)))

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
