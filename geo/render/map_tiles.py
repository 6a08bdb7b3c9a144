"""A map of many incidents in square tiles, so that each is found once and any view is put together from them."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from geo.incident.record import Incident
from geo.language.messages import say
from geo.places.boundaries import Boundaries
from geo.render.web_marks import group_marks
from geo.table.clusters import NEAREST_ZOOM, Badge, Cell, Clusters, Grid, Ground, to_units

TILE_PX: Final = 512
"""Sides of a tile, pixels: a view of the map is four to nine of them."""
_GRID_TILES: Final = 2
"""How many tiles of the grid that discs are aligned to lie along a side."""
_BLOCK: Final = 4
"""Tiles along the sides of a block, which is found by one question."""


@dataclass(frozen=True, slots=True, order=True)
class Tile:
    """A square of the Web Mercator world, 512 pixels wide at a whole zoom of the map, counted from the north-west."""

    zoom: int
    column: int
    row: int

    @classmethod
    def of(cls, zoom: int, column: int, row: int) -> Self:
        """Return a tile of the world; raises ValueError for one outside it."""
        if not 0 <= zoom <= NEAREST_ZOOM or not all(0 <= number < _across(zoom) for number in (column, row)):
            raise ValueError(say("tile-outside", zoom=max(zoom, 0), last=_across(min(max(zoom, 0), NEAREST_ZOOM)) - 1))
        return cls(zoom, column, row)

    @property
    def block(self) -> "Tile":
        """The first tile of the block that it is found with."""
        return Tile(self.zoom, self.column - self.column % _BLOCK, self.row - self.row % _BLOCK)

    def ground(self, layers: Boundaries) -> Ground:
        """Return the ground of the block that begins here."""
        column, row = self.column * _GRID_TILES, self.row * _GRID_TILES
        return Ground.square(Grid(self.zoom), column, row, _GRID_TILES * _BLOCK, layers)


def _across(zoom: int) -> int:
    """Return how many tiles the world is wide."""
    return max(1, (1 << zoom) // _GRID_TILES)


def tiles_of(
    clusters: Clusters, block: Tile, *, names: Mapping[str, str], record: Callable[[str], Incident | None]
) -> dict[Tile, bytes]:
    """Return what the map draws of each tile of a block that anything is on, as JSON that `static/map/many.js` reads.

    `clusters` are those of the block's ground; the other parameters are those of `group_marks`.
    """
    drawn = group_marks(clusters, names=names, record=record)
    inside: defaultdict[Tile, dict[str, list[Any]]] = defaultdict(lambda: {"groups": [], "points": []})
    for kind in ("groups", "points"):
        for mark in drawn[kind]:
            lat, lon = mark["at"]
            inside[_around(lon, lat, block)][kind].append(mark)
    return {tile: compact_json(marks) for tile, marks in inside.items()}


def _around(lon: float, lat: float, block: Tile) -> Tile:
    """Return the tile of a block that a mark stands on; where it is rounded over the edge, the last one."""
    (x,), (y,) = to_units([lon], [lat])
    side = Grid(block.zoom).tile * _GRID_TILES
    column, row = (
        min(max(int(at) // side, first), first + _BLOCK - 1) for at, first in ((x, block.column), (y, block.row))
    )
    return Tile(block.zoom, column, row)


NOTHING: Final = b'{"groups":[],"points":[]}'
"""Of a tile on which nothing is drawn."""


def compact_json(value: Any) -> bytes:
    """Write JSON; equal values are equal byte for byte."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def group_called(clusters: Clusters, key: str) -> Cell | Badge | None:
    """Return the disc or the badge of a key, None where there is none."""
    groups: tuple[Cell | Badge, ...] = (*clusters.cells, *clusters.badges)
    return next((group for group in groups if group.key == key), None)
