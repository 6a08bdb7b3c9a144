"""Marks with a number: discs of several incidents, and badges of what is known to an area only."""

from typing import Final

import numpy as np
import shapely

from geo.figure.counts import Counts
from geo.figure.incident_symbol import Symbol, draw_symbol
from geo.figure.lettering import MM_PER_PT, Type, Weight
from geo.figure.mark_size import MM_PER_PX, disc_radius_px
from geo.figure.sheet import Sheet
from geo.vocabulary import Category, Status

_CAP_HEIGHT: Final = 0.714
"""Of Noto Sans, in the type's size."""


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


def draw_badge(sheet: Sheet, at: tuple[float, float], found: Counts, *, disputed: bool) -> None:
    """Draw what is known to an area only: a badge with a broken edge, never a dot; one incident with its symbol.

    Its symbol, or the bar by kind under the number, is hollow where all of them are `disputed`.
    """
    px = MM_PER_PX * sheet.scale
    number = sum(n for _, n in found)
    several = number > 1
    half_wide, half_high = (13 if several else 11) * px, 11 * px
    frame = shapely.box(at[0] - half_wide + px, at[1] - half_high + px, at[0] + half_wide - px, at[1] + half_high - px)
    frame = frame.buffer(px * 3, join_style="round").buffer(-px * 2)
    sheet.shape(frame.buffer(1.2 * px), fill=sheet.palette.casing)
    sheet.shape(frame, fill=sheet.palette.paper)
    sheet.lines(frame.exterior, colour=colour_of(sheet, found), width_mm=1.5 * px, dash_mm=(3.2 * px, 2.2 * px))
    if not several:
        status = Status.DISPUTED if disputed else Status.REPORTED
        draw_symbol(sheet, at, Symbol(found[0][0], status, 11), casing=False)
        return
    _number(sheet, (at[0], at[1] + 1.6 * px), short(number, whole_below=1_000), 11)
    left, length = at[0] - 8 * px, 16 * px
    for category, n in found:
        share = n / number * length
        part = shapely.box(left, at[1] - 8.2 * px, left + share, at[1] - 5.2 * px)
        draw_share(sheet, part, category, disputed=disputed)
        left += share


def draw_share(sheet: Sheet, part: shapely.Polygon, category: Category, *, disputed: bool) -> None:
    """Draw a category's part of the bar of a badge, hollow if disputed."""
    colour, px = sheet.palette.of(category), MM_PER_PX * sheet.scale
    if disputed:
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
