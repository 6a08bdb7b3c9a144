"""The ground that places are known to lie in: stretches of the border, and circles to scale."""

from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from geo.figure.counted_marks import colour_of
from geo.figure.counts import Counts, counts
from geo.figure.frame import Frame
from geo.figure.mark_size import MM_PER_PX
from geo.figure.sheet import Sheet
from geo.marks import Marks

_BAND_MM: Final = 2.2
"""Width of the band along a stretch of the border, on A4: wider than the pale casing of the Durand Line."""


def draw_circles(sheet: Sheet, frame: Frame, marks: Marks) -> None:
    """Draw circles to scale that places are known to lie in, where they can be seen."""
    for area in marks.areas:
        if area.radius_km is not None and ring_shows(frame, area.radius_km, 12, sheet.scale):
            colour = colour_of(sheet, counts(area.incidents))
            draw_ring(sheet, frame.circle(area.lon, area.lat, area.radius_km), colour, broken=True)
    for point in marks.points:
        if ring_shows(frame, point.radius_km, point.diameter_px / 2, sheet.scale):
            colour = sheet.palette.of(point.incident.category)
            draw_ring(sheet, frame.circle(point.lon, point.lat, point.radius_km), colour, broken=False)


def draw_stretches(sheet: Sheet, frame: Frame, marks: Marks) -> None:
    """Draw the stretches of the border that places are known to lie on."""
    for area in marks.areas:
        if area.stretch is not None:
            draw_band(sheet, frame.placed(area.stretch), counts(area.incidents))


def draw_band(sheet: Sheet, line: BaseGeometry, found: Counts) -> None:
    """Draw a stretch of the border, on the map as in the legend."""
    sheet.lines(line, colour=colour_of(sheet, found), width_mm=_BAND_MM * sheet.scale, alpha=0.35)


def ring_shows(frame: Frame, radius_km: float, symbol_px: float, scale: float) -> bool:
    """Tell whether a circle of uncertainty is larger than the symbol in it."""
    return radius_km * 1000 / frame.m_per_mm > 1.15 * symbol_px * MM_PER_PX * scale


def draw_ring(sheet: Sheet, ring: shapely.Polygon, colour: str, *, broken: bool) -> None:
    """Draw a circle of uncertainty; `broken` for an area rather than a point."""
    line = 0.22 * sheet.scale
    sheet.shape(ring, fill=colour, alpha=0.1)
    sheet.lines(ring.exterior, colour=colour, width_mm=line, dash_mm=(1.2, 0.9) if broken else (), alpha=0.6)
