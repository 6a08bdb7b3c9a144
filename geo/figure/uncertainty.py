"""The ground that places are known to lie in: stretches of the border, and circles to scale."""

import shapely

from geo.figure.counted_marks import colour_of
from geo.figure.counts import counts
from geo.figure.frame import Frame
from geo.figure.mark_size import MM_PER_PX
from geo.figure.sheet import Sheet
from geo.marks import Marks


def draw_ground_known(sheet: Sheet, frame: Frame, marks: Marks) -> None:
    """Draw what places are known to lie in: stretches of the border and, where they can be seen, circles to scale."""
    for area in marks.areas:
        colour = colour_of(sheet, counts(area.incidents))
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
