"""The symbols of the legend, each drawn around a point of the sheet."""

import numpy as np
import shapely

from geo.figure.counted_marks import draw_badge, draw_disc, draw_share
from geo.figure.counts import Counts
from geo.figure.crossings import draw_square
from geo.figure.incident_symbol import Symbol, draw_arrow, draw_symbol
from geo.figure.mark_size import MM_PER_PX
from geo.figure.sheet import Sheet
from geo.figure.uncertainty import draw_band, draw_ring
from geo.vocabulary import Category, Status

At = tuple[float, float]


def shape(sheet: Sheet, at: At, *, category: Category, status: Status) -> None:
    """Draw a category's symbol."""
    draw_symbol(sheet, at, Symbol(category, status, 13))


def share(sheet: Sheet, at: At, *, category: Category, disputed: bool) -> None:
    """Draw the colour of a category that has a part in rings and bars only."""
    x, y = at
    wide, high = 2 * sheet.scale, 0.4 * sheet.scale
    draw_share(sheet, shapely.box(x - wide, y - high, x + wide, y + high), category, disputed=disputed)


def size(sheet: Sheet, at: At, *, diameter_px: float) -> None:
    """Draw a size without a category."""
    circle = shapely.Point(at).buffer(diameter_px / 2 * MM_PER_PX * sheet.scale, 24)
    sheet.shape(circle, edge=sheet.palette.muted, width_mm=0.3 * sheet.scale)


def disc(sheet: Sheet, at: At, *, found: Counts) -> None:
    """Draw a disc of several incidents."""
    draw_disc(sheet, at, found)


def badge(sheet: Sheet, at: At, *, found: Counts, disputed: bool) -> None:
    """Draw a badge."""
    draw_badge(sheet, at, found, disputed=disputed)


def leader(sheet: Sheet, at: At) -> None:
    """Draw a line to a badge that was moved."""
    x, y = at
    half = 3 * sheet.scale
    line = shapely.LineString([(x - half, y), (x + half / 3, y)])
    sheet.lines(line, colour=sheet.palette.muted, width_mm=0.2 * sheet.scale)
    box = shapely.box(x + half / 3, y - half / 3, x + half, y + half / 3)
    sheet.lines(box.exterior, colour=sheet.palette.muted, width_mm=0.25 * sheet.scale, dash_mm=(0.6, 0.4))


def ring(sheet: Sheet, at: At, *, category: Category | None) -> None:
    """Draw a circle of uncertainty, broken without a category."""
    colour = sheet.palette.muted if category is None else sheet.palette.of(category)
    draw_ring(sheet, shapely.Point(at).buffer(2.4 * sheet.scale, 24), colour, broken=category is None)
    if category is not None:
        draw_symbol(sheet, at, Symbol(category, Status.REPORTED, 8))


def stretch(sheet: Sheet, at: At, *, found: Counts) -> None:
    """Draw a stretch of the border that some incidents are known to."""
    bend = np.array([(-3.2, -1.0), (-0.9, 0.3), (1.1, -0.5), (3.2, 1.0)]) * sheet.scale + at
    line = shapely.LineString(bend)
    draw_band(sheet, line, found)
    _dashed(sheet, line)


def durand_line(sheet: Sheet, at: At) -> None:
    """Draw the Durand Line."""
    half = 3.4 * sheet.scale
    _dashed(sheet, shapely.LineString([(at[0] - half, at[1]), (at[0] + half, at[1])]))


def _dashed(sheet: Sheet, line: shapely.LineString) -> None:
    wide = 0.5 * sheet.scale
    sheet.lines(line, colour=sheet.palette.durand_line, width_mm=wide, dash_mm=(3 * wide, 1.6 * wide))


def arrow(sheet: Sheet, at: At) -> None:
    """Draw a direction."""
    draw_arrow(sheet, at, 90, sheet.palette.crossing)


def crossing_point(sheet: Sheet, at: At) -> None:
    """Draw a crossing point."""
    draw_square(sheet, at)
