"""A mark on paper, as on the web map: one incident's symbol, a disc or a badge; and the line to its place."""

from geo.figure.counted_marks import draw_badge, draw_disc
from geo.figure.frame import Frame
from geo.figure.incident_symbol import draw_arrow, draw_symbol, symbol_of
from geo.figure.placed_mark import PlacedMark
from geo.figure.sheet import Sheet


def draw_mark(sheet: Sheet, mark: PlacedMark, frame: Frame) -> None:
    """Draw a symbol, a disc or a badge."""
    if mark.is_badge:
        draw_badge(sheet, (mark.x, mark.y), mark.counts, disputed=mark.is_disputed)
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
