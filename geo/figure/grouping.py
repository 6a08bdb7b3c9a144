"""Marks on paper: those that would overlap at a map's scale become one with a count, and none lies over another.

Points join points and areas join areas, so that what is known to an area only never becomes part of a dot. Discs and
symbols stay where they are; a badge, which stands for an area anyway, gives way, and a line leads back to its place.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import shapely
from scipy.spatial import KDTree

from geo.figure.frame import Frame
from geo.figure.room import Room, spiral
from geo.incident import Incident
from geo.marks import AreaMark, Marks, PointMark
from geo.symbols import SHAPES
from geo.vocabulary import Category

MM_PER_PX: Final = 0.2
"""The web map's pixels on A4."""

CASING_PX: Final = 1.4
"""Pale edge around a symbol."""

ARROW_PX: Final = 20.0
"""From the middle of a symbol to the tip of its arrow."""

_APART_MM: Final = 0.35
_BADGES_JOIN: Final = 0.5
"""Badges can give way, so they join only where they are nearer than half of what keeps discs apart."""

_FARTHEST_MM: Final = 13.0
"""A badge is moved no farther than this, on A4; then it joins the nearest."""


Counts = tuple[tuple[Category, int], ...]
"""Incidents by category, in the vocabulary's order; only what is not zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedMark:
    """A symbol, a disc or a badge on the sheet, millimetres."""

    x: float
    y: float
    radius: float
    at: tuple[float, float]
    """The place it stands for; a line leads there if the mark was moved."""
    points: tuple[PointMark, ...] = ()
    areas: tuple[AreaMark, ...] = ()
    """Either points or areas, never both."""
    grouped: Counts = ()
    """Of incidents too many to have marks of their own."""
    of_area: bool = False
    """Whether these are known to areas only."""

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """Return all the mark stands for."""
        return tuple(mark.incident for mark in self.points) + tuple(i for area in self.areas for i in area.incidents)

    @property
    def counts(self) -> Counts:
        """Return how many of each category it stands for."""
        return added(counts(self.incidents), self.grouped)

    @property
    def count(self) -> int:
        """Return how many it stands for."""
        return len(self.incidents) + sum(number for _, number in self.grouped)

    @property
    def is_badge(self) -> bool:
        """Tell whether it stands for what is known to an area only."""
        return self.of_area or bool(self.areas)

    @property
    def is_symbol(self) -> bool:
        """Tell whether it is one incident's own symbol."""
        return len(self.points) == 1 and not self.grouped

    @property
    def is_moved(self) -> bool:
        """Tell whether a line must lead to its place."""
        return float(np.hypot(self.x - self.at[0], self.y - self.at[1])) > 0.75 * self.radius

    def outline(self) -> shapely.Polygon:
        """Return the room it takes."""
        return shapely.Point(self.x, self.y).buffer(self.radius, 12)

    def leader(self) -> shapely.LineString:
        """Return the line to its place; empty if the mark stands there."""
        return shapely.LineString([self.at, (self.x, self.y)]) if self.is_moved else shapely.LineString()


def added(*parts: Counts) -> Counts:
    """Add counts up."""
    found: Counter[Category] = Counter()
    for part in parts:
        found.update(dict(part))
    return tuple((category, found[category]) for category in Category if found[category])


def counts(incidents: Sequence[Incident]) -> Counts:
    """Count incidents by category, in the vocabulary's order."""
    found = Counter(incident.category for incident in incidents)
    return tuple((category, found[category]) for category in Category if found[category])


def disc_radius_px(incidents: int) -> float:
    """Return the radius of a disc that stands for several incidents, as on the web map."""
    return float(min(9.5 + 1.4 * np.sqrt(incidents), 20)) + 2.5


def place_marks(marks: Marks, frame: Frame, scale: float) -> tuple[PlacedMark, ...]:
    """Put marks on the sheet; all of them must stand in the frame."""
    px = MM_PER_PX * scale
    points = [_alone(frame, px, points=(mark,)) for mark in marks.points]
    areas = [_alone(frame, px, areas=(mark,)) for mark in marks.areas]
    return placed_apart(points, areas, frame, scale)


def placed_apart(
    points: Sequence[PlacedMark], areas: Sequence[PlacedMark], frame: Frame, scale: float
) -> tuple[PlacedMark, ...]:
    """Join and move marks until none lies over another."""
    px = MM_PER_PX * scale
    fixed = [_inside(mark, frame) for mark in _joined(points, px, share=1.0)]
    return (*fixed, *_given_way(_joined(areas, px, share=_BADGES_JOIN), fixed, frame, scale))


def _alone(
    frame: Frame, px: float, *, points: tuple[PointMark, ...] = (), areas: tuple[AreaMark, ...] = ()
) -> PlacedMark:
    lon, lat = next((mark.lon, mark.lat) for mark in points or areas)
    x, y = frame.on_sheet(lon, lat)
    return sized(PlacedMark(x=x, y=y, radius=0.0, at=(x, y), points=points, areas=areas), px)


def sized(mark: PlacedMark, px: float) -> PlacedMark:
    """Give a mark the radius that it is drawn with; `px` is a pixel of the web map, millimetres."""
    if mark.is_badge:
        radius = 16.0 if mark.count > 1 else 14.5
    elif mark.grouped or len(mark.points) > 1:
        radius = disc_radius_px(mark.count) + 0.5
    else:
        alone = mark.points[0]
        reach = max(float(np.hypot(*corner)) for corner in SHAPES[alone.incident.category])
        radius = reach * (0.5 * alone.diameter_px + CASING_PX)
        if alone.heading_deg is not None:
            radius = max(radius, ARROW_PX)
    return replace(mark, radius=radius * px)


def _joined(marks: Sequence[PlacedMark], px: float, *, share: float) -> list[PlacedMark]:
    """Join marks nearer to each other than a share of their radii together, nearest first, until none are."""
    left = list(marks)
    while pairs := _overlapping(left, share):
        used: set[int] = set()
        fresh = []
        for first, second in pairs:
            if not {first, second} & used:
                used |= {first, second}
                fresh.append(_join(left[first], left[second], px))
        left = [mark for number, mark in enumerate(left) if number not in used] + fresh
    return left


def _overlapping(marks: Sequence[PlacedMark], share: float) -> list[tuple[int, int]]:
    if not marks:
        return []
    xy, radius = np.array([(m.x, m.y) for m in marks]), np.array([m.radius for m in marks])
    pairs = KDTree(xy).query_pairs(2 * float(radius.max()) + _APART_MM, output_type="ndarray")
    gap = np.hypot(*(xy[pairs[:, 0]] - xy[pairs[:, 1]]).T) - share * radius[pairs].sum(axis=1) - _APART_MM
    close = gap < 0
    order = np.lexsort((pairs[close, 1], pairs[close, 0], gap[close].round(6)))
    return [(int(first), int(second)) for first, second in pairs[close][order]]


def _join(one: PlacedMark, other: PlacedMark, px: float) -> PlacedMark:
    weights = one.count, other.count
    x, y = (float(np.average(pair, weights=weights)) for pair in ((one.x, other.x), (one.y, other.y)))
    together = PlacedMark(
        x=x,
        y=y,
        radius=0.0,
        at=(x, y),
        points=one.points + other.points,
        areas=one.areas + other.areas,
        grouped=added(one.grouped, other.grouped),
        of_area=one.of_area,
    )
    return sized(together, px)


def _inside(mark: PlacedMark, frame: Frame) -> PlacedMark:
    """Move a mark that would stick out of the frame."""
    left, bottom, right, top = frame.box.buffer(-mark.radius - _APART_MM).bounds
    return replace(mark, x=float(np.clip(mark.x, left, right)), y=float(np.clip(mark.y, bottom, top)))


def _given_way(badges: list[PlacedMark], fixed: Sequence[PlacedMark], frame: Frame, scale: float) -> list[PlacedMark]:
    """Put badges where nothing else is, those that stand for most incidents first."""
    room = Room(frame.box, gap_mm=_APART_MM)
    room.take(*(mark.outline() for mark in fixed))
    placed: list[PlacedMark] = []
    for badge in sorted(badges, key=lambda mark: (-mark.count, mark.at)):
        tried = spiral(1.2 * scale, _FARTHEST_MM * scale) + np.array(badge.at)
        free = room.first_free(shapely.buffer(shapely.points(tried), badge.radius))
        if free is not None:
            placed.append(replace(badge, x=float(tried[free, 0]), y=float(tried[free, 1])))
            room.take(placed[-1].outline())
            continue
        nearest = min(placed, key=lambda mark: np.hypot(mark.x - badge.x, mark.y - badge.y), default=None)
        if nearest is None:
            placed.append(_inside(badge, frame))
        else:
            placed[placed.index(nearest)] = replace(
                nearest, areas=nearest.areas + badge.areas, grouped=added(nearest.grouped, badge.grouped)
            )
    return placed
