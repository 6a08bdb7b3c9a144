"""Marks on paper, as on the web map: symbols of single incidents, discs of several, badges for areas.

Marks that would overlap at the map's scale are joined into one with a count.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely
import shapely.affinity
import shapely.ops
from scipy.spatial import KDTree
from shapely.geometry.base import BaseGeometry

from geo.figure.sheet import CAP_HEIGHT, MM_PER_PT, Frame, Room, Sheet, Type, Weight, spiral, to_plane
from geo.incident.record import Incident
from geo.incident.vocabulary import AS_POINTS, Category
from geo.language.messages import number_words, say
from geo.symbology.marks import AreaMark, Marks, PointMark
from geo.symbology.symbols import (
    ARROW,
    BADGE,
    CASING_PX,
    DISC,
    HOLLOW,
    IMPORTED_PX,
    NUMBER_PX,
    SHAPES,
    STROKE,
    symbol_diameter_px,
)

Counts = tuple[tuple[Category, int], ...]
"""Number of incidents by category, in the vocabulary's order, without zeros."""


def added(*parts: Counts) -> Counts:
    """Add up counts."""
    found: Counter[Category] = Counter()
    for part in parts:
        found.update(dict(part))
    return tuple((category, found[category]) for category in Category if found[category])


def counts(incidents: Sequence[Incident]) -> Counts:
    """Count incidents by category."""
    found = Counter(incident.category for incident in incidents)
    return tuple((category, found[category]) for category in Category if found[category])


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedMark:
    """A symbol, a disc or a badge on the sheet, millimetres."""

    x: float
    y: float
    radius: float
    at: tuple[float, float]
    """The location it stands for; a leader points there if the mark was moved."""
    points: tuple[PointMark, ...] = ()
    areas: tuple[AreaMark, ...] = ()
    """A mark has points or areas, never both."""
    grouped: Counts = ()
    """Counts in place of points and areas, where there are too many incidents for records."""
    of_area: bool = False
    """Whether the grouped incidents are known to areas only."""
    hollow: int = 0
    """Number of grouped incidents that are drawn hollow."""
    grouped_imported: int = 0
    """Number of grouped incidents that are imported."""

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """The incidents of its points or areas."""
        return tuple(mark.incident for mark in self.points) + tuple(i for area in self.areas for i in area.incidents)

    @property
    def counts(self) -> Counts:
        """Number of incidents by category."""
        return added(counts(self.incidents), self.grouped)

    @property
    def count(self) -> int:
        """Number of incidents."""
        return len(self.incidents) + sum(number for _, number in self.grouped)

    @property
    def is_hollow(self) -> bool:
        """Whether all its incidents are drawn hollow."""
        return self.hollow + sum(incident.status in HOLLOW for incident in self.incidents) == self.count

    @property
    def imported(self) -> float:
        """Share of its incidents that are imported, 0 to 1."""
        return (self.grouped_imported + sum(incident.imported for incident in self.incidents)) / self.count

    @property
    def is_badge(self) -> bool:
        """Whether its incidents are known to an area only."""
        return self.of_area or bool(self.areas)

    @property
    def is_symbol(self) -> bool:
        """Whether it is the symbol of a single incident."""
        return len(self.points) == 1 and not self.grouped

    @property
    def is_sized(self) -> bool:
        """Whether its size shows a number of deaths."""
        return self.is_symbol and self.points[0].diameter_px > symbol_diameter_px(None)

    @property
    def has_shape(self) -> bool:
        """Whether it shows a category's shape: as a symbol, or in the badge of a single incident."""
        return self.is_symbol or (self.is_badge and self.count == 1)

    @property
    def is_moved(self) -> bool:
        """Whether it needs a leader to its location."""
        return float(np.hypot(self.x - self.at[0], self.y - self.at[1])) > 0.75 * self.radius

    def outline(self) -> shapely.Polygon:
        """Return the circle that it covers."""
        return shapely.Point(self.x, self.y).buffer(self.radius, 12)

    def leader(self) -> shapely.LineString:
        """Return the line to its location; empty if the mark was not moved."""
        return shapely.LineString([self.at, (self.x, self.y)]) if self.is_moved else shapely.LineString()


# Sizes.

MM_PER_PX: Final = 0.2
"""Size on paper of a pixel of the web map, at scale 1."""

SMALLEST_PX: Final = 11.0
"""Size of the number in a badge, the smallest type of a figure."""


def sized(mark: PlacedMark, px: float) -> PlacedMark:
    """Return the mark with the radius it is drawn with; `px` is the size of a web map pixel in millimetres."""
    if mark.is_badge:
        radius = 16.0 if mark.count > 1 else 14.5
    elif mark.grouped or len(mark.points) > 1:
        radius = DISC.radius(mark.count) + 0.5 + IMPORTED_PX * (mark.imported > 0)
    else:
        alone = mark.points[0]
        around = CASING_PX + IMPORTED_PX * alone.incident.imported
        radius = SHAPES[alone.incident.category].reach * (0.5 * alone.diameter_px + around)
        if alone.heading_deg is not None:
            radius = max(radius, ARROW.reach)
    return replace(mark, radius=radius * px)


# Symbols of single incidents: a shape by category, filled or hollow by status, with an arrow for crossings.


@dataclass(frozen=True, slots=True)
class Symbol:
    """What determines the look of an incident's symbol."""

    category: Category
    hollow: bool
    diameter_px: float
    """Diameter of a circle of the same area, in pixels of the web map."""
    imported: bool = False


def symbol_of(incident: Incident, diameter_px: float) -> Symbol:
    """Return an incident's symbol."""
    return Symbol(incident.category, incident.status in HOLLOW, diameter_px, incident.imported)


def draw_symbol(sheet: Sheet, at: tuple[float, float], symbol: Symbol, *, casing: bool = True) -> None:
    """Draw a category's shape, filled or hollow."""
    category, px, radius = symbol.category, MM_PER_PX * sheet.scale, symbol.diameter_px / 2
    stroke = STROKE.of(radius)
    colour = sheet.palette.of(category)
    if symbol.imported:
        sheet.shape(_outline(category, (radius + CASING_PX + IMPORTED_PX) * px, at), fill=sheet.palette.text)
    if casing:
        sheet.shape(_outline(category, (radius + CASING_PX) * px, at), fill=sheet.palette.casing)
    if symbol.hollow:
        hollow = _outline(category, (radius - stroke / 2) * px, at)
        sheet.shape(hollow, fill=sheet.palette.paper, edge=colour, width_mm=stroke * px)
    else:
        sheet.shape(_outline(category, radius * px, at), fill=colour)


def draw_arrow(sheet: Sheet, at: tuple[float, float], heading_deg: float, colour: str) -> None:
    """Draw an arrow in the direction of a crossing, in degrees clockwise from up."""
    px = MM_PER_PX * sheet.scale
    shaft = _turned(shapely.LineString(ARROW.shaft), heading_deg, px, at)
    head = _turned(shapely.Polygon(ARROW.head), heading_deg, px, at)
    sheet.lines(shaft, colour=sheet.palette.casing, width_mm=ARROW.shaft_casing * px)
    sheet.shape(head.buffer(ARROW.head_casing * px), fill=sheet.palette.casing)
    sheet.lines(shaft, colour=colour, width_mm=ARROW.width * px)
    sheet.shape(head, fill=colour)


def _turned(shape: BaseGeometry, heading_deg: float, px: float, at: tuple[float, float]) -> Any:
    turned = shapely.affinity.rotate(shape, -heading_deg, origin=(0, 0))
    return shapely.transform(turned, lambda corners: corners * px + at)


def _outline(category: Category, radius: float, at: tuple[float, float]) -> shapely.Polygon:
    return shapely.Polygon([(at[0] + x * radius, at[1] - y * radius) for x, y in SHAPES[category].corners])


# Marks with a number: discs of several incidents, and badges of incidents known to an area only.


def draw_disc(
    sheet: Sheet, at: tuple[float, float], found: Counts, *, counted: bool = True, imported: float = 0
) -> None:
    """Draw a disc for several incidents, with a ring divided by category and, if `counted`, their number.

    A thin arc around it shows the share that is `imported`.
    """
    number = sum(n for _, n in found)
    px, radius = MM_PER_PX * sheet.scale, DISC.radius(number)
    if imported:
        line = _arc(at, radius * px, (radius + 0.5 + IMPORTED_PX) * px, 0, imported)
        sheet.shape(line, fill=sheet.palette.text)
    sheet.shape(shapely.Point(at).buffer((radius + 0.5) * px, 24), fill=sheet.palette.casing)
    sheet.shape(shapely.Point(at).buffer(radius * px, 24), fill=sheet.palette.paper)
    before = 0.0
    inner, outer = (radius - (DISC.edge + half) for half in (DISC.ring / 2, -DISC.ring / 2))
    for category, n in found:
        until = before + n / number
        sheet.shape(_arc(at, inner * px, outer * px, before, until), fill=sheet.palette.of(category))
        before = until
    if counted:
        _number(sheet, at, short(number, whole_below=10_000), NUMBER_PX[radius > DISC.paper_large])


def draw_badge(  # noqa: PLR0913  # all but the first three are keyword-only
    sheet: Sheet,
    at: tuple[float, float],
    found: Counts,
    *,
    hollow: bool,
    counted: bool = True,
    imported: float = 0,
) -> None:
    """Draw a badge with a dashed edge for incidents known to an area only; for a single one, with its symbol.

    The symbol, or the bar by category under the number, is drawn `hollow`. A thin line around the badge shows the share
    that is `imported`.
    """
    px = MM_PER_PX * sheet.scale
    number = sum(n for _, n in found)
    several = number > 1
    half_wide, half_high = (13 if several else 11) * px, 11 * px
    frame = shapely.box(at[0] - half_wide + px, at[1] - half_high + px, at[0] + half_wide - px, at[1] + half_high - px)
    frame = frame.buffer(px * 3, join_style="round").buffer(-px * 2)
    if imported:
        edge = shapely.ops.substring(frame.buffer((1.2 + IMPORTED_PX / 2) * px).exterior, 0, imported, normalized=True)
        sheet.lines(edge, colour=sheet.palette.text, width_mm=IMPORTED_PX * px)
    sheet.shape(frame.buffer(1.2 * px), fill=sheet.palette.casing)
    sheet.shape(frame, fill=sheet.palette.paper)
    dash_mm = tuple(length * px for length in BADGE.paper_dash)
    sheet.lines(frame.exterior, colour=colour_of(sheet, found), width_mm=BADGE.paper_edge * px, dash_mm=dash_mm)
    if not several:
        draw_symbol(sheet, at, Symbol(found[0][0], hollow, BADGE.symbol), casing=False)
        return
    left, length, foot = at[0] - 8 * px, 16 * px, at[1] - (8.2 if counted else 1.5) * px
    if counted:
        _number(sheet, (at[0], at[1] + 1.6 * px), short(number, whole_below=1_000), SMALLEST_PX)
    for category, n in found:
        share = n / number * length
        part = shapely.box(left, foot, left + share, foot + 3 * px)
        draw_share(sheet, part, category, hollow=hollow)
        left += share


def draw_share(sheet: Sheet, part: shapely.Polygon, category: Category, *, hollow: bool) -> None:
    """Draw a category's part of a badge's bar, filled or hollow."""
    colour, px = sheet.palette.of(category), MM_PER_PX * sheet.scale
    if hollow:
        sheet.shape(part.buffer(-0.5 * px, join_style="mitre"), fill=sheet.palette.paper, edge=colour, width_mm=px)
    else:
        sheet.shape(part, fill=colour)


def colour_of(sheet: Sheet, found: Counts) -> str:
    """Return the category's colour, or a muted one for several categories."""
    return sheet.palette.of(found[0][0]) if len(found) == 1 else sheet.palette.muted


def short(number: int, *, whole_below: int) -> str:
    """Abbreviate a number to fit into a mark: in thousands from `whole_below` up.

    >>> short(9_999, whole_below=10_000), short(72_046, whole_below=10_000), short(1_174, whole_below=1_000)
    ('9,999', '72k', '1.2k')
    """
    if number < whole_below:
        return say("number", number=number)
    thousands = number / 1000
    decimals = 1 if thousands < 9.95 else 0  # noqa: PLR2004  # above, it would round to 10.0
    return say("number-thousands", number=number_words(thousands, decimals))


def _number(sheet: Sheet, at: tuple[float, float], number: str, size_px: float) -> None:
    size_mm = size_px * MM_PER_PX * sheet.scale
    style = Type(size_pt=size_mm / MM_PER_PT, colour=sheet.palette.text, weight=Weight.SEMIBOLD)
    sheet.text((at[0], at[1] - size_mm * CAP_HEIGHT / 2), number, style, ha="center")


def _arc(at: tuple[float, float], inner: float, outer: float, start: float, end: float) -> shapely.Polygon:
    """Return a sector of a ring; `start` and `end` are fractions of a clockwise turn from the top."""
    turns = 2 * np.pi * np.linspace(start, end, max(3, int((end - start) * 72) + 1))
    unit = np.column_stack([np.sin(turns), np.cos(turns)])
    return shapely.Polygon(np.concatenate([unit * outer, unit[::-1] * inner]) + at)


def draw_mark(sheet: Sheet, mark: PlacedMark, frame: Frame, *, counted: bool) -> None:
    """Draw a symbol, a disc or a badge; `counted` writes the number of incidents on discs and badges."""
    if mark.is_badge:
        look: dict[str, Any] = {"hollow": mark.is_hollow, "counted": counted, "imported": mark.imported}
        draw_badge(sheet, (mark.x, mark.y), mark.counts, **look)
    elif not mark.is_symbol:
        draw_disc(sheet, (mark.x, mark.y), mark.counts, counted=counted, imported=mark.imported)
    else:
        point = mark.points[0]
        if point.heading_deg is not None:
            turned = point.heading_deg + frame.north_deg(point.lon, point.lat)
            draw_arrow(sheet, (mark.x, mark.y), turned, sheet.palette.of(point.incident.category))
        draw_symbol(sheet, (mark.x, mark.y), symbol_of(point.incident, point.diameter_px))


def draw_leader(sheet: Sheet, mark: PlacedMark) -> None:
    """Draw the line from a moved mark to its location."""
    if mark.is_moved:
        sheet.lines(mark.leader(), colour=sheet.palette.casing, width_mm=0.5 * sheet.scale, alpha=0.8)
        sheet.lines(mark.leader(), colour=sheet.palette.muted, width_mm=0.2 * sheet.scale)


# Placement: marks that would overlap at the map's scale are joined into one with a count, so that none overlap. Points
# join only points and areas only areas, so that an incident known to an area only never becomes part of a dot. Discs
# and symbols stay where they are; badges, which stand for an area anyway, are moved, with a leader to their location.

_APART_MM: Final = 0.35
_BADGES_JOIN: Final = 0.5
"""Badges can be moved, so they are joined only when nearer than this share of their radii together."""

_FARTHEST_MM: Final = 13.0
"""Farthest that a badge is moved, on A4; if nothing is free, it joins the nearest badge."""


def place_marks(marks: Marks, frame: Frame, scale: float) -> tuple[PlacedMark, ...]:
    """Place marks on the sheet; all must lie within the frame."""
    px = MM_PER_PX * scale
    points = [_alone(frame, px, points=(mark,)) for mark in marks.points]
    areas = [_alone(frame, px, areas=(mark,)) for mark in marks.areas]
    return placed_apart(points, areas, frame, scale)


def placed_apart(
    points: Sequence[PlacedMark], areas: Sequence[PlacedMark], frame: Frame, scale: float
) -> tuple[PlacedMark, ...]:
    """Join and move marks until none overlap."""
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
    """Join marks that are nearer than a share of the sum of their radii, nearest first, until none are."""
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
        grouped_imported=one.grouped_imported + other.grouped_imported,
    )
    return sized(together, px)


def _inside(mark: PlacedMark, frame: Frame) -> PlacedMark:
    """Move a mark inward if it would extend beyond the frame."""
    left, bottom, right, top = frame.box.buffer(-mark.radius - _APART_MM).bounds
    return replace(mark, x=float(np.clip(mark.x, left, right)), y=float(np.clip(mark.y, bottom, top)))


def _given_way(badges: list[PlacedMark], fixed: Sequence[PlacedMark], frame: Frame, scale: float) -> list[PlacedMark]:
    """Place badges where the sheet is free, those with the most incidents first."""
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
                grouped_imported=nearest.grouped_imported + badge.grouped_imported,
            )
    return placed


# Too many incidents to place one by one: discs and badges made from counts by location.

_CELL_MM: Final = 8.0
"""Side of the squares of the sheet, on A4, within which incidents are grouped first."""


def place_many(spots: pd.DataFrame, frame: Frame, scale: float) -> tuple[PlacedMark, ...]:
    """Place counts by location, as `IncidentTable.spots` returns them; those outside the frame are left out."""
    inside = spots[frame.holds_each(spots["lon"].to_numpy(), spots["lat"].to_numpy())]
    x, y = frame.to_sheet_mm(to_plane(inside[["lon", "lat"]].to_numpy(float))).T
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
    grouped = tuple((category, int(together[category])) for category in Category if category in together)
    mark = PlacedMark(
        x=x,
        y=y,
        radius=0.0,
        at=(x, y),
        grouped=grouped,
        of_area=of_area,
        hollow=int(found["hollow"].sum()),
        grouped_imported=int(found["imported"].sum()),
    )
    return sized(mark, px)
