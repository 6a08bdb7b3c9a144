"""Incidents on paper with the web map's symbols: shape and colour by category, hollow when disputed, area by deaths."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
import shapely.affinity
from shapely.geometry.base import BaseGeometry

from geo.figure.frame import Frame
from geo.figure.grouping import CASING_PX, MM_PER_PX, Counts, PlacedMark, counts, disc_radius_px
from geo.figure.lettering import MM_PER_PT, Type, Weight
from geo.figure.sheet import Sheet
from geo.incident import Incident
from geo.marks import Marks
from geo.symbols import SHAPES
from geo.vocabulary import Category, Status

_CAP_HEIGHT: Final = 0.714
"""Of Noto Sans, in the type's size."""

_ARROW_SHAFT: Final = ((0.0, -19.0), (0.0, 13.0))
_ARROW_HEAD: Final = ((-5.5, 10.0), (0.0, 20.0), (5.5, 10.0))
"""Pixels, pointing up."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """What decides how an incident's own symbol looks."""

    category: Category
    status: Status
    diameter_px: float
    """Of a circle of the same area, in the web map's pixels."""


def symbol_of(incident: Incident, diameter_px: float) -> Symbol:
    """Return an incident's symbol."""
    return Symbol(incident.category, incident.status, diameter_px)


def draw_ground_known(sheet: Sheet, frame: Frame, marks: Marks) -> None:
    """Draw what places are known to lie in: stretches of the border and, where they can be seen, circles to scale."""
    for area in marks.areas:
        colour = _colour(sheet, counts(area.incidents))
        if area.stretch is not None:
            wide = 9 * MM_PER_PX * sheet.scale
            sheet.lines(frame.placed(area.stretch), colour=colour, width_mm=wide, alpha=0.25)
        elif area.radius_km is not None and ring_shows(frame, area.radius_km, 12, sheet.scale):
            draw_ring(sheet, frame.circle(area.lon, area.lat, area.radius_km), colour, broken=True)
    for point in marks.points:
        if ring_shows(frame, point.radius_km, point.diameter_px / 2, sheet.scale):
            colour = sheet.palette.of(point.incident.category)
            draw_ring(sheet, frame.circle(point.lon, point.lat, point.radius_km), colour, broken=False)


def ring_shows(frame: Frame, radius_km: float, symbol_px: float, scale: float) -> bool:
    """Tell whether a circle of uncertainty is larger than the symbol in it."""
    return radius_km * 1000 / frame.m_per_mm > 1.15 * symbol_px * MM_PER_PX * scale


def draw_ring(sheet: Sheet, ring: shapely.Polygon, colour: str, *, broken: bool) -> None:
    """Draw a circle of uncertainty; `broken` for an area rather than a point."""
    line = 0.22 * sheet.scale
    sheet.shape(ring, fill=colour, alpha=0.1)
    sheet.lines(ring.exterior, colour=colour, width_mm=line, dash_mm=(1.2, 0.9) if broken else (), alpha=0.6)


def draw_mark(sheet: Sheet, mark: PlacedMark, frame: Frame) -> None:
    """Draw a symbol, a disc or a badge."""
    if mark.is_badge:
        draw_badge(sheet, (mark.x, mark.y), mark.counts, mark.incidents)
    elif not mark.is_symbol:
        draw_disc(sheet, (mark.x, mark.y), mark.counts)
    else:
        point = mark.points[0]
        if point.heading_deg is not None:
            turned = point.heading_deg + frame.north_deg(point.lon, point.lat)
            draw_arrow(sheet, (mark.x, mark.y), turned, sheet.palette.of(point.incident.category))
        draw_symbol(sheet, (mark.x, mark.y), symbol_of(point.incident, point.diameter_px))


def draw_symbol(sheet: Sheet, at: tuple[float, float], symbol: Symbol, *, casing: bool = True) -> None:
    """Draw a category's shape, hollow if disputed."""
    category, px, radius = symbol.category, MM_PER_PX * sheet.scale, symbol.diameter_px / 2
    stroke = max(2.0, min(3.2, radius / 4))
    colour = sheet.palette.of(category)
    if casing:
        sheet.shape(_outline(category, (radius + CASING_PX) * px, at), fill=sheet.palette.casing)
    if symbol.status is Status.DISPUTED:
        hollow = _outline(category, (radius - stroke / 2) * px, at)
        sheet.shape(hollow, fill=sheet.palette.paper, edge=colour, width_mm=stroke * px)
    else:
        sheet.shape(_outline(category, radius * px, at), fill=colour)


def draw_disc(sheet: Sheet, at: tuple[float, float], found: Counts) -> None:
    """Draw what stands for several incidents: a disc with a ring by category and their number."""
    number = sum(n for _, n in found)
    px, radius = MM_PER_PX * sheet.scale, disc_radius_px(number)
    sheet.shape(shapely.Point(at).buffer((radius + 0.5) * px, 24), fill=sheet.palette.casing)
    sheet.shape(shapely.Point(at).buffer(radius * px, 24), fill=sheet.palette.paper)
    before = 0.0
    for category, n in found:
        until = before + n / number
        sheet.shape(_arc(at, (radius - 4.5) * px, (radius - 0.5) * px, before, until), fill=sheet.palette.of(category))
        before = until
    _number(sheet, at, short(number, whole_below=10_000), 12.5 if radius > 17 else 11.5)  # noqa: PLR2004  # px, as on the web map


def draw_badge(sheet: Sheet, at: tuple[float, float], found: Counts, incidents: Sequence[Incident] = ()) -> None:
    """Draw what is known to an area only: a badge with a broken edge, never a dot; one incident with its symbol."""
    px = MM_PER_PX * sheet.scale
    number = sum(n for _, n in found)
    several = number > 1
    half_wide, half_high = (13 if several else 11) * px, 11 * px
    frame = shapely.box(at[0] - half_wide + px, at[1] - half_high + px, at[0] + half_wide - px, at[1] + half_high - px)
    frame = frame.buffer(px * 3, join_style="round").buffer(-px * 2)
    sheet.shape(frame.buffer(1.2 * px), fill=sheet.palette.casing)
    sheet.shape(frame, fill=sheet.palette.paper)
    sheet.lines(frame.exterior, colour=_colour(sheet, found), width_mm=1.5 * px, dash_mm=(3.2 * px, 2.2 * px))
    if not several:
        alone = symbol_of(incidents[0], 11) if incidents else Symbol(found[0][0], Status.REPORTED, 11)
        draw_symbol(sheet, at, alone, casing=False)
        return
    _number(sheet, (at[0], at[1] + 1.6 * px), short(number, whole_below=1_000), 11)
    left, length = at[0] - 8 * px, 16 * px
    for category, n in found:
        share = n / number * length
        sheet.shape(shapely.box(left, at[1] - 8 * px, left + share, at[1] - 5.4 * px), fill=sheet.palette.of(category))
        left += share


def draw_arrow(sheet: Sheet, at: tuple[float, float], heading_deg: float, colour: str) -> None:
    """Draw the direction people crossed in, degrees clockwise from up."""
    px = MM_PER_PX * sheet.scale
    shaft = _turned(shapely.LineString(_ARROW_SHAFT), heading_deg, px, at)
    head = _turned(shapely.Polygon(_ARROW_HEAD), heading_deg, px, at)
    sheet.lines(shaft, colour=sheet.palette.casing, width_mm=4.4 * px)
    sheet.shape(head.buffer(1.2 * px), fill=sheet.palette.casing)
    sheet.lines(shaft, colour=colour, width_mm=2 * px)
    sheet.shape(head, fill=colour)


def draw_leader(sheet: Sheet, mark: PlacedMark) -> None:
    """Draw the line from a moved mark to its place."""
    if mark.is_moved:
        sheet.lines(mark.leader(), colour=sheet.palette.casing, width_mm=0.5 * sheet.scale, alpha=0.8)
        sheet.lines(mark.leader(), colour=sheet.palette.muted, width_mm=0.2 * sheet.scale)


def short(number: int, *, whole_below: int) -> str:
    """Write a number so that it fits into a mark: in thousands where it is large.

    >>> short(9_999, whole_below=10_000), short(72_046, whole_below=10_000), short(1_174, whole_below=1_000)
    ('9,999', '72k', '1.2k')
    """
    if number < whole_below:
        return f"{number:,}"
    thousands = number / 1000
    return f"{thousands:.1f}k" if thousands < 9.95 else f"{thousands:,.0f}k"  # noqa: PLR2004  # then 10.0 would stand


def _turned(shape: BaseGeometry, heading_deg: float, px: float, at: tuple[float, float]) -> Any:
    turned = shapely.affinity.rotate(shape, -heading_deg, origin=(0, 0))
    return shapely.transform(turned, lambda corners: corners * px + at)


def _number(sheet: Sheet, at: tuple[float, float], number: str, size_px: float) -> None:
    size_mm = size_px * MM_PER_PX * sheet.scale
    style = Type(size_pt=size_mm / MM_PER_PT, colour=sheet.palette.text, weight=Weight.SEMIBOLD)
    sheet.text((at[0], at[1] - size_mm * _CAP_HEIGHT / 2), number, style, ha="center")


def _outline(category: Category, radius: float, at: tuple[float, float]) -> shapely.Polygon:
    return shapely.Polygon([(at[0] + x * radius, at[1] - y * radius) for x, y in SHAPES[category]])


def _arc(at: tuple[float, float], inner: float, outer: float, start: float, end: float) -> shapely.Polygon:
    """Return a part of a ring, from `start` to `end` of a clockwise turn from the top."""
    turns = 2 * np.pi * np.linspace(start, end, max(3, int((end - start) * 72) + 1))
    unit = np.column_stack([np.sin(turns), np.cos(turns)])
    return shapely.Polygon(np.concatenate([unit * outer, unit[::-1] * inner]) + at)


def _colour(sheet: Sheet, found: Counts) -> str:
    return sheet.palette.of(found[0][0]) if len(found) == 1 else sheet.palette.muted
