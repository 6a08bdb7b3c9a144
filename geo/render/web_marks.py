"""The marks of a map as the browser gets them: one by one, in groups, or in tiles."""

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

# The marks of incidents as the browser gets them: every mark no more exact than its place is known.
# Equal choices are equal byte for byte, so that nothing on the map is swapped without need.


def incident_marks(marks: Marks, *, rule: Rule) -> dict[str, Any]:
    """Return marks in the compact form that `static/map/incidents.js` reads; `rule` is what their deaths are by."""
    return {
        "size": rule.symbol_words,
        "points": [_point(mark, rule) for mark in marks.points],
        "areas": [_area(mark) for mark in marks.areas],
        "nowhere": [incident.id for incident in marks.nowhere],
    }


def member_mark(incident: Incident) -> dict[str, Any]:
    """Return what is said of an incident.

    `a` and `b` are its first and last day, one where it has no later day; `u` is there where its day is not known, so
    that these two span what is possible, `i` where it is imported, and `v` where it lies in several provinces.
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


# Groups of many incidents in the compact form that `static/map/many.js` reads.
# Deaths stand in a group by dataset, each under the rule: what two datasets report of the same ground is never added.

_PLACES: Final = 5
"""Decimals of a degree: about a metre."""


def group_marks(
    clusters: Clusters, *, names: Mapping[str, str], record: Callable[[str], Incident | None]
) -> dict[str, Any]:
    """Return what the map draws of a selection around a view.

    Parameters
    ----------
    clusters
        As the table found them.
    names
        What datasets are called beside their numbers of deaths, by id; empty where there is one dataset only.
    record
        Finds an incident of the curated record by its id, None for an imported one: only the record's have titles that
        somebody wrote.

    """
    return {
        "groups": [
            *(_cell(cell, names) for cell in clusters.cells),
            *(_badge(badge, names) for badge in clusters.badges),
        ],
        "points": [_group_point(single, record(single.id)) for single in clusters.singles],
    }


def listed_marks(group: Cell | Badge, incidents: Sequence[Incident]) -> dict[str, Any]:
    """Return the list of a group's incidents, which may be fewer than it stands for."""
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
    """Return a number for every category, in the vocabulary's order."""
    found = dict(counts)
    return [found.get(category, 0) for category in Category]


def killed_words(killed: Sequence[Killed], names: Mapping[str, str]) -> list[str]:
    """Say how many were killed according to each dataset."""
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


# A map of many incidents in square tiles, so that each is found once and any view is put together from them.

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
