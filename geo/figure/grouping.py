"""Marks that would overlap at a map's scale become one with a count; more than a sheet can show come as discs."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import KDTree

from geo.figure.map_frame import Frame, to_plane
from geo.figure.paper_marks import MM_PER_PX, PlacedMark, added, sized
from geo.figure.sheet import Room, spiral
from geo.incident.vocabulary import AS_POINTS, Category
from geo.symbology.marks import AreaMark, Marks, PointMark

# Marks on paper: those that would overlap at a map's scale become one with a count, and none lies over another.
# Points join points and areas join areas, so that what is known to an area only never becomes part of a dot. Discs
# and symbols stay where they are; a badge, which stands for an area anyway, gives way, and a line leads back to its
# place.

_APART_MM: Final = 0.35
_BADGES_JOIN: Final = 0.5
"""Badges can give way, so they join only where they are nearer than half of what keeps discs apart."""

_FARTHEST_MM: Final = 13.0
"""A badge is moved no farther than this, on A4; then it joins the nearest."""


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
        hollow=one.hollow + other.hollow,
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
                nearest,
                areas=nearest.areas + badge.areas,
                grouped=added(nearest.grouped, badge.grouped),
                hollow=nearest.hollow + badge.hollow,
            )
    return placed


# More incidents than a sheet can show one by one, as discs and badges by where they are on it.

_CELL_MM: Final = 8.0
"""What lies in one square of the sheet, on A4, is put together at once."""


def place_many(spots: pd.DataFrame, frame: Frame, scale: float) -> tuple[PlacedMark, ...]:
    """Put counts by place, as `IncidentTable.spots` returns them, on the sheet; what lies off the map is left out."""
    inside = spots[frame.holds_each(spots["lon"].to_numpy(), spots["lat"].to_numpy())]
    x, y = frame.placed_m(to_plane(inside[["lon", "lat"]].to_numpy(float))).T
    cell = _CELL_MM * scale
    weighted = inside.assign(
        x=x * inside["incidents"],
        y=y * inside["incidents"],
        column=np.floor(x / cell),
        line=np.floor(y / cell),
        of_area=~inside["location_precision"].isin([known.value for known in AS_POINTS]),
    )
    marks = [
        _mark(found, MM_PER_PX * scale, of_area=bool(of_area))
        for (of_area, _, _), found in weighted.groupby(["of_area", "column", "line"])
    ]
    points, areas = ([mark for mark in marks if mark.of_area is area] for area in (False, True))
    return placed_apart(points, areas, frame, scale)


def _mark(found: pd.DataFrame, px: float, *, of_area: bool) -> PlacedMark:
    together = found.groupby("category")["incidents"].sum()
    number = found["incidents"].sum()
    x, y = float(found["x"].sum() / number), float(found["y"].sum() / number)
    hollow = int(found["hollow"].sum())
    grouped = tuple((category, int(together[category])) for category in Category if category in together)
    return sized(PlacedMark(x=x, y=y, radius=0.0, at=(x, y), grouped=grouped, of_area=of_area, hollow=hollow), px)
