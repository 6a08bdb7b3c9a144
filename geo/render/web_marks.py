"""The marks of a map in the form sent to the browser: one by one, in groups, or in tiles."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from geo.casualties import Rule
from geo.incident.record import Incident
from geo.incident.vocabulary import Category
from geo.language.messages import capitalised, list_words, range_words, say
from geo.places.boundaries import Boundaries
from geo.sentences import deaths_of, when_of, where
from geo.symbology.marks import AreaMark, Marks, PointMark
from geo.symbology.symbols import symbol_diameter_px
from geo.table.clusters import NEAREST_ZOOM, Badge, Cell, Clusters, Counts, Grid, Ground, Killed, Single, to_units
from geo.table.incident_rows import CURATED

# Marks of single incidents, none more exact than its location is known. Equal selections give equal bytes, so that the
# layer on the map is not replaced needlessly.


def incident_marks(marks: Marks, *, rule: Rule) -> dict[str, Any]:
    """Return marks in the compact form that `static/map/incidents.js` reads; `rule` is the one behind their deaths."""
    return {
        "size": rule.symbol_words,
        "points": [_point(mark, rule) for mark in marks.points],
        "areas": [_area(mark) for mark in marks.areas],
        "nowhere": [incident.id for incident in marks.nowhere],
    }


def member_mark(incident: Incident) -> dict[str, Any]:
    """Return an incident as it is listed under a mark.

    `a` and `b` are its first and last day, `b` only if it is later. `u` is set if the day is not known, so that `a` and
    `b` span the possible days; `i` if the incident is imported; `v` if it lies in several provinces.
    """
    start, end = incident.date_start, incident.date_end
    when = when_of(incident)
    return {
        "id": incident.id,
        "c": incident.category.value,
        "s": incident.status.value,
        "t": incident.title,
        "w": when.words,
        "a": start.isoformat(),
        **({"b": end.isoformat()} if end is not None and end > start else {}),
        **({} if when.day_known else {"u": 1}),
        **({"i": 1} if incident.imported else {}),
        **(
            {"v": say("mark-several-provinces", provinces=list_words(incident.provinces))} if incident.provinces else {}
        ),
    }


def _point(mark: PointMark, rule: Rule) -> dict[str, Any]:
    return {
        **member_mark(mark.incident),
        "at": [mark.lat, mark.lon],
        "p": where(mark.incident),
        "k": f"{deaths_of(mark.killed)} ({rule.name})",
        "d": mark.diameter_px,
        "r": mark.radius_km,
        **({} if mark.heading_deg is None else {"h": mark.heading_deg}),
    }


def _area(mark: AreaMark) -> dict[str, Any]:
    area: dict[str, Any] = {
        "key": mark.key,
        "kind": mark.kind.value,
        "name": mark.name,
        "at": [mark.lat, mark.lon],
        "of": [member_mark(incident) for incident in mark.incidents],
    }
    if mark.radius_km is not None:
        area["r"] = mark.radius_km
    if mark.stretch is not None:
        area["line"] = [[round(y, 3), round(x, 3)] for x, y in mark.stretch.coords]
        area["on"] = mark.border
    return area


# Groups of many incidents in the compact form that `static/map/many.js` reads. The deaths of a group are given by
# dataset, each under the rule: what two datasets report for the same area is never added up.

_PLACES: Final = 5
"""Decimals of coordinates in degrees, about a metre."""


def group_marks(
    clusters: Clusters, *, names: Mapping[str, str], record: Callable[[str], Incident | None]
) -> dict[str, Any]:
    """Return the marks of a selection around a view.

    Parameters
    ----------
    clusters
        The cluster bins, badges and single incidents around the view.
    names
        Names of datasets for their numbers of deaths, by id; empty if there is only one dataset.
    record
        Returns an incident of the curated record by id, None for an imported one; only those of the record have titles
        that somebody wrote.

    """
    return {
        "groups": [
            *(_cell(cell, names) for cell in clusters.cells),
            *(_badge(badge, names) for badge in clusters.badges),
        ],
        "points": [_group_point(single, record(single.id)) for single in clusters.singles],
    }


def listed_marks(group: Cell | Badge, incidents: Sequence[Incident]) -> dict[str, Any]:
    """Return a group with some of its incidents; `total` counts all of them."""
    if isinstance(group, Badge):
        name = say("group-somewhere", area=group.name)
    else:
        name = say("group-one-place" if group.bounds is None else "group-close")
    return {
        "name": name,
        "at": [round(group.lat, _PLACES), round(group.lon, _PLACES)],
        "total": group.count,
        "of": [member_mark(incident) for incident in incidents],
    }


def _group(group: Cell | Badge, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "key": group.key,
        "at": [round(group.lat, _PLACES), round(group.lon, _PLACES)],
        "n": group.count,
        "c": _numbers(group.counts),
        "k": killed_words(group.killed, names),
        **({"i": group.imported} if group.imported else {}),
    }


def _cell(cell: Cell, names: Mapping[str, str]) -> dict[str, Any]:
    box = cell.bounds
    if box is None:
        return _group(cell, names)
    edges = (box.west, box.south, box.east, box.north)
    return {**_group(cell, names), "box": [round(edge, _PLACES) for edge in edges]}


def _badge(badge: Badge, names: Mapping[str, str]) -> dict[str, Any]:
    return {**_group(badge, names), "s": badge.hollow, "kind": badge.kind.value, "name": badge.name}


def _numbers(counts: Counts) -> list[int]:
    """Return the count of every category, in the vocabulary's order."""
    found = dict(counts)
    return [found.get(category, 0) for category in Category]


def killed_words(killed: Sequence[Killed], names: Mapping[str, str]) -> list[str]:
    """Return the number of people killed according to each dataset, in words."""
    return [
        say("killed-of-dataset", dataset=names[one.dataset], killed=_killed(one)) if names else _killed(one)
        for one in killed
    ]


def _killed(killed: Killed) -> str:
    return say("deaths-killed", killed=range_words(killed.low, killed.high, or_more=killed.or_more))


def _group_point(single: Single, recorded: Incident | None) -> dict[str, Any]:
    return {
        "id": single.id,
        "c": single.category.value,
        "s": single.status.value,
        "t": recorded.title if recorded else f"{capitalised(single.subtype.label)}, {single.place}",
        "w": single.when.words,
        "at": [round(single.lat, _PLACES), round(single.lon, _PLACES)],
        "p": single.place,
        "k": say("deaths-no-figure") if single.killed is None else _killed(single.killed),
        "d": symbol_diameter_px(single.killed.high if single.killed else None),
        "r": single.uncertainty_km,
        **({} if single.dataset == CURATED else {"i": 1}),
    }


# A map of many incidents is sent in square tiles: each is computed once, and any view is composed of them.

_GRID_TILES: Final = 2
"""Number of tiles of `Grid` along a side."""
_BLOCK: Final = 4
"""Number of tiles along a side of a block, whose tiles are computed with a single query."""


@dataclass(frozen=True, slots=True, order=True)
class Tile:
    """A Web Mercator tile, 512 pixels wide at an integer zoom level; columns and rows count from the north-west."""

    zoom: int
    column: int
    row: int

    @classmethod
    def of(cls, zoom: int, column: int, row: int) -> Self:
        """Return a tile; raises ValueError if it lies outside the world or the zoom levels."""
        if not 0 <= zoom <= NEAREST_ZOOM or not all(0 <= number < _across(zoom) for number in (column, row)):
            raise ValueError(say("tile-outside", zoom=max(zoom, 0), last=_across(min(max(zoom, 0), NEAREST_ZOOM)) - 1))
        return cls(zoom, column, row)

    @property
    def block(self) -> "Tile":
        """The first (north-western) tile of its block."""
        return Tile(self.zoom, self.column - self.column % _BLOCK, self.row - self.row % _BLOCK)

    def block_ground(self, layers: Boundaries) -> Ground:
        """Return the ground of the block whose first tile this is."""
        column, row = self.column * _GRID_TILES, self.row * _GRID_TILES
        return Ground.square(Grid(self.zoom), column, row, _GRID_TILES * _BLOCK, layers)


def _across(zoom: int) -> int:
    """Return the number of tiles across the world."""
    return max(1, (1 << zoom) // _GRID_TILES)


def tiles_of(
    clusters: Clusters, block: Tile, *, names: Mapping[str, str], record: Callable[[str], Incident | None]
) -> dict[Tile, bytes]:
    """Return the marks of a block by tile, as JSON that `static/map/many.js` reads; empty tiles are omitted.

    `clusters` are those of the block's ground; the other parameters are as for `group_marks`.
    """
    drawn = group_marks(clusters, names=names, record=record)
    inside: defaultdict[Tile, dict[str, list[Any]]] = defaultdict(lambda: {"groups": [], "points": []})
    for kind in ("groups", "points"):
        for mark in drawn[kind]:
            lat, lon = mark["at"]
            inside[_around(lon, lat, block)][kind].append(mark)
    return {tile: compact_json(marks) for tile, marks in inside.items()}


def _around(lon: float, lat: float, block: Tile) -> Tile:
    """Return the tile of a block that contains a mark, clipped to the block, as rounding may move it off the edge."""
    (x,), (y,) = to_units([lon], [lat])
    side = Grid(block.zoom).tile * _GRID_TILES
    column, row = (
        min(max(int(at) // side, first), first + _BLOCK - 1) for at, first in ((x, block.column), (y, block.row))
    )
    return Tile(block.zoom, column, row)


NOTHING: Final = b'{"groups":[],"points":[]}'
"""JSON of an empty tile."""


def compact_json(value: Any) -> bytes:
    """Write JSON without whitespace; equal values give equal bytes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def group_called(clusters: Clusters, key: str) -> Cell | Badge | None:
    """Return the disc or badge with a key, None if there is none."""
    groups: tuple[Cell | Badge, ...] = (*clusters.cells, *clusters.badges)
    return next((group for group in groups if group.key == key), None)
