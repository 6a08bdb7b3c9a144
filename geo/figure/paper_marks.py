"""Marks on paper, as on the web map: one incident, a disc of several, a badge of what is known to an area only."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import shapely
import shapely.affinity
from shapely.geometry.base import BaseGeometry

from geo.figure.lettering import MM_PER_PT, Type, Weight
from geo.figure.map_frame import Frame
from geo.figure.sheet import Sheet
from geo.incident.record import Incident
from geo.incident.vocabulary import Category
from geo.symbology.marks import AreaMark, PointMark
from geo.symbology.symbols import ARROW, BADGE, CASING_PX, DISC, HOLLOW, NUMBER_PX, SHAPES, STROKE, symbol_diameter_px

# How many incidents of each category a mark on paper stands for.

Counts = tuple[tuple[Category, int], ...]
"""Incidents by category, in the vocabulary's order; only what is not zero."""


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


# A mark on the sheet: where it is, which place it stands for, and for how many incidents.


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
    hollow: int = 0
    """How many of these are drawn hollow."""

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
    def is_hollow(self) -> bool:
        """Tell whether all it stands for is drawn hollow."""
        return self.hollow + sum(incident.status in HOLLOW for incident in self.incidents) == self.count

    @property
    def is_badge(self) -> bool:
        """Tell whether it stands for what is known to an area only."""
        return self.of_area or bool(self.areas)

    @property
    def is_symbol(self) -> bool:
        """Tell whether it is one incident's own symbol."""
        return len(self.points) == 1 and not self.grouped

    @property
    def is_sized(self) -> bool:
        """Tell whether it is larger for its deaths."""
        return self.is_symbol and self.points[0].diameter_px > symbol_diameter_px(None)

    @property
    def has_shape(self) -> bool:
        """Tell whether the shape of a category is drawn: alone, or as the one incident of a badge."""
        return self.is_symbol or (self.is_badge and self.count == 1)

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


# How large the marks are on paper, in the web map's pixels.

MM_PER_PX: Final = 0.2
"""The web map's pixels on A4."""


def sized(mark: PlacedMark, px: float) -> PlacedMark:
    """Give a mark the radius that it is drawn with; `px` is a pixel of the web map, millimetres."""
    if mark.is_badge:
        radius = 16.0 if mark.count > 1 else 14.5
    elif mark.grouped or len(mark.points) > 1:
        radius = DISC.radius(mark.count) + 0.5
    else:
        alone = mark.points[0]
        radius = SHAPES[alone.incident.category].reach * (0.5 * alone.diameter_px + CASING_PX)
        if alone.heading_deg is not None:
            radius = max(radius, ARROW.reach)
    return replace(mark, radius=radius * px)


# An incident's own symbol: a shape by category, filled or hollow by status, with an arrow where people crossed.


@dataclass(frozen=True, slots=True)
class Symbol:
    """What decides how an incident's own symbol looks."""

    category: Category
    hollow: bool
    diameter_px: float
    """Of a circle of the same area, in the web map's pixels."""


def symbol_of(incident: Incident, diameter_px: float) -> Symbol:
    """Return an incident's symbol."""
    return Symbol(incident.category, incident.status in HOLLOW, diameter_px)


def draw_symbol(sheet: Sheet, at: tuple[float, float], symbol: Symbol, *, casing: bool = True) -> None:
    """Draw a category's shape, filled or hollow."""
    category, px, radius = symbol.category, MM_PER_PX * sheet.scale, symbol.diameter_px / 2
    stroke = STROKE.of(radius)
    colour = sheet.palette.of(category)
    if casing:
        sheet.shape(_outline(category, (radius + CASING_PX) * px, at), fill=sheet.palette.casing)
    if symbol.hollow:
        hollow = _outline(category, (radius - stroke / 2) * px, at)
        sheet.shape(hollow, fill=sheet.palette.paper, edge=colour, width_mm=stroke * px)
    else:
        sheet.shape(_outline(category, radius * px, at), fill=colour)


def draw_arrow(sheet: Sheet, at: tuple[float, float], heading_deg: float, colour: str) -> None:
    """Draw the direction people crossed in, degrees clockwise from up."""
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


# Marks with a number: discs of several incidents, and badges of what is known to an area only.

_CAP_HEIGHT: Final = 0.714
"""Of Noto Sans, in the type's size."""


def draw_disc(sheet: Sheet, at: tuple[float, float], found: Counts) -> None:
    """Draw what stands for several incidents: a disc with a ring by category and their number."""
    number = sum(n for _, n in found)
    px, radius = MM_PER_PX * sheet.scale, DISC.radius(number)
    sheet.shape(shapely.Point(at).buffer((radius + 0.5) * px, 24), fill=sheet.palette.casing)
    sheet.shape(shapely.Point(at).buffer(radius * px, 24), fill=sheet.palette.paper)
    before = 0.0
    inner, outer = (radius - (DISC.edge + half) for half in (DISC.ring / 2, -DISC.ring / 2))
    for category, n in found:
        until = before + n / number
        sheet.shape(_arc(at, inner * px, outer * px, before, until), fill=sheet.palette.of(category))
        before = until
    _number(sheet, at, short(number, whole_below=10_000), NUMBER_PX[radius > DISC.paper_large])


def draw_badge(sheet: Sheet, at: tuple[float, float], found: Counts, *, hollow: bool) -> None:
    """Draw what is known to an area only: a badge with a broken edge, never a dot; one incident with its symbol.

    Its symbol, or the bar by kind under the number, is `hollow` where all of them are.
    """
    px = MM_PER_PX * sheet.scale
    number = sum(n for _, n in found)
    several = number > 1
    half_wide, half_high = (13 if several else 11) * px, 11 * px
    frame = shapely.box(at[0] - half_wide + px, at[1] - half_high + px, at[0] + half_wide - px, at[1] + half_high - px)
    frame = frame.buffer(px * 3, join_style="round").buffer(-px * 2)
    sheet.shape(frame.buffer(1.2 * px), fill=sheet.palette.casing)
    sheet.shape(frame, fill=sheet.palette.paper)
    dash_mm = tuple(length * px for length in BADGE.paper_dash)
    sheet.lines(frame.exterior, colour=colour_of(sheet, found), width_mm=BADGE.paper_edge * px, dash_mm=dash_mm)
    if not several:
        draw_symbol(sheet, at, Symbol(found[0][0], hollow, BADGE.symbol), casing=False)
        return
    _number(sheet, (at[0], at[1] + 1.6 * px), short(number, whole_below=1_000), 11)
    left, length = at[0] - 8 * px, 16 * px
    for category, n in found:
        share = n / number * length
        part = shapely.box(left, at[1] - 8.2 * px, left + share, at[1] - 5.2 * px)
        draw_share(sheet, part, category, hollow=hollow)
        left += share


def draw_share(sheet: Sheet, part: shapely.Polygon, category: Category, *, hollow: bool) -> None:
    """Draw a category's part of the bar of a badge, filled or hollow."""
    colour, px = sheet.palette.of(category), MM_PER_PX * sheet.scale
    if hollow:
        sheet.shape(part.buffer(-0.5 * px, join_style="mitre"), fill=sheet.palette.paper, edge=colour, width_mm=px)
    else:
        sheet.shape(part, fill=colour)


def colour_of(sheet: Sheet, found: Counts) -> str:
    """Return the colour of the one category there is, or the muted one of several."""
    return sheet.palette.of(found[0][0]) if len(found) == 1 else sheet.palette.muted


def short(number: int, *, whole_below: int) -> str:
    """Write a number so that it fits into a mark: in thousands where it is large.

    >>> short(9_999, whole_below=10_000), short(72_046, whole_below=10_000), short(1_174, whole_below=1_000)
    ('9,999', '72k', '1.2k')
    """
    if number < whole_below:
        return f"{number:,}"
    thousands = number / 1000
    return f"{thousands:.1f}k" if thousands < 9.95 else f"{thousands:,.0f}k"  # noqa: PLR2004  # then 10.0 would stand


def _number(sheet: Sheet, at: tuple[float, float], number: str, size_px: float) -> None:
    size_mm = size_px * MM_PER_PX * sheet.scale
    style = Type(size_pt=size_mm / MM_PER_PT, colour=sheet.palette.text, weight=Weight.SEMIBOLD)
    sheet.text((at[0], at[1] - size_mm * _CAP_HEIGHT / 2), number, style, ha="center")


def _arc(at: tuple[float, float], inner: float, outer: float, start: float, end: float) -> shapely.Polygon:
    """Return a part of a ring, from `start` to `end` of a clockwise turn from the top."""
    turns = 2 * np.pi * np.linspace(start, end, max(3, int((end - start) * 72) + 1))
    unit = np.column_stack([np.sin(turns), np.cos(turns)])
    return shapely.Polygon(np.concatenate([unit * outer, unit[::-1] * inner]) + at)


# A mark on paper, as on the web map: one incident's symbol, a disc or a badge; and the line to its place.


def draw_mark(sheet: Sheet, mark: PlacedMark, frame: Frame) -> None:
    """Draw a symbol, a disc or a badge."""
    if mark.is_badge:
        draw_badge(sheet, (mark.x, mark.y), mark.counts, hollow=mark.is_hollow)
    elif not mark.is_symbol:
        draw_disc(sheet, (mark.x, mark.y), mark.counts)
    else:
        point = mark.points[0]
        if point.heading_deg is not None:
            turned = point.heading_deg + frame.north_deg(point.lon, point.lat)
            draw_arrow(sheet, (mark.x, mark.y), turned, sheet.palette.of(point.incident.category))
        draw_symbol(sheet, (mark.x, mark.y), symbol_of(point.incident, point.diameter_px))


def draw_leader(sheet: Sheet, mark: PlacedMark) -> None:
    """Draw the line from a moved mark to its place."""
    if mark.is_moved:
        sheet.lines(mark.leader(), colour=sheet.palette.casing, width_mm=0.5 * sheet.scale, alpha=0.8)
        sheet.lines(mark.leader(), colour=sheet.palette.muted, width_mm=0.2 * sheet.scale)
