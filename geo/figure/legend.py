"""The legend: only what is on the map, with the same symbols."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import shapely

from geo.figure.ground import draw_band, draw_ring, draw_square, ring_shows
from geo.figure.paper_marks import (
    MM_PER_PX,
    Counts,
    PlacedMark,
    Symbol,
    counts,
    draw_arrow,
    draw_badge,
    draw_disc,
    draw_share,
    draw_symbol,
)
from geo.figure.sheet import LEADING, MM_PER_PT, Frame, Sheet, Type, Weight, width_mm, wrap
from geo.incident.vocabulary import Border, Category
from geo.language.formatting import capitalised
from geo.language.messages import say
from geo.symbology.marks import Marks
from geo.symbology.symbols import CROSSED, HOLLOW_WORDS, LINES, LineStyle, symbol_diameter_px

At = tuple[float, float]
Icon = Callable[[Sheet, At], None]

_SIZE_PT: Final = 6.6
_ICON_MM, _TEXT_MM, _PAD_MM, _ROW_MM = 8.4, 38.0, 2.0, 4.7
_DEATHS_SHOWN: Final = 100
"""The larger of the two sizes that the legend explains."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendRow:
    """A symbol with what it means."""

    icon: Icon
    text: str
    high_mm: float = _ROW_MM


@dataclass(frozen=True, slots=True, kw_only=True)
class Legend:
    """Rows, set for a scale of type."""

    rows: tuple[tuple[LegendRow, tuple[str, ...]], ...]
    scale: float

    @property
    def size_mm(self) -> tuple[float, float]:
        """Return width and height of the panel."""
        widest = max(width_mm(line, Weight.REGULAR, self._size_pt) for _, lines in self.rows for line in lines)
        return widest + (_ICON_MM + 2.4 * _PAD_MM) * self.scale, sum(self._heights()) + 1.4 * _PAD_MM * self.scale

    def draw(self, sheet: Sheet, panel: shapely.Polygon) -> None:
        """Draw the rows into a panel of the legend's size."""
        left, _, _, top = panel.bounds
        y = top - 0.7 * _PAD_MM * self.scale
        leading = self._size_pt * MM_PER_PT * LEADING
        for (row, lines), high in zip(self.rows, self._heights(), strict=True):
            y -= high
            middle = y + high / 2
            row.icon(sheet, (left + (_PAD_MM + _ICON_MM / 2) * self.scale, middle))
            first = middle + (len(lines) - 1) / 2 * leading - 0.26 * self._size_pt * MM_PER_PT
            for number, line in enumerate(lines):
                at = (left + (1.4 * _PAD_MM + _ICON_MM) * self.scale, first - number * leading)
                sheet.text(at, line, Type(size_pt=self._size_pt, colour=sheet.palette.text))

    @property
    def _size_pt(self) -> float:
        return _SIZE_PT * self.scale

    def _heights(self) -> list[float]:
        leading = self._size_pt * MM_PER_PT * LEADING
        return [max(row.high_mm * self.scale, len(lines) * leading + 1.0 * self.scale) for row, lines in self.rows]


def legend(  # noqa: PLR0913  # the map, and what else to explain by name
    marks: Marks,
    placed: Sequence[PlacedMark],
    frame: Frame,
    scale: float,
    *,
    sizes: str,
    crossings: bool,
    borders: Collection[Border],
) -> Legend | None:
    """Make the legend of a map; None where nothing needs explaining.

    Parameters
    ----------
    marks, placed
        The incidents on the map.
    frame
        The map.
    scale
        Of the paper.
    sizes
        What the size of a symbol stands for.
    crossings
        Whether crossing points are on the map.
    borders
        Those to be explained, for want of room for their names.

    """
    rows = [*_symbols(placed, sizes), *_groups(placed), *_known(marks, placed, frame, scale)]
    rows += [LegendRow(icon=draw_square, text=say("legend-crossing-point"))] * crossings
    rows += [LegendRow(icon=partial(_border_line_icon, border=border), text=border.words) for border in borders]
    broken = [(row, tuple(wrap(row.text, Weight.REGULAR, _SIZE_PT * scale, _TEXT_MM * scale))) for row in rows]
    return Legend(rows=tuple(broken), scale=scale) if broken else None


def _symbols(placed: Sequence[PlacedMark], sizes: str) -> Iterator[LegendRow]:
    present = {category for mark in placed for category, _ in mark.counts}
    shaped = {category for mark in placed if mark.has_shape for category, _ in mark.counts}
    for category in Category:
        if category in present:
            icon = _kind(category, shaped=category in shaped, hollow=False)
            yield LegendRow(icon=icon, text=capitalised(category.label))
    hollow = [mark for mark in placed if mark.is_hollow and (mark.is_symbol or mark.is_badge)]
    if hollow:
        mark = max(hollow, key=lambda mark: mark.has_shape)
        icon = _kind(mark.counts[0][0], shaped=mark.has_shape, hollow=True)
        yield LegendRow(icon=icon, text=say("legend-hollow", statuses=HOLLOW_WORDS))
    if any(mark.is_sized for mark in placed):
        larger = symbol_diameter_px(_DEATHS_SHOWN)
        yield LegendRow(icon=partial(_size_icon, diameter_px=symbol_diameter_px(None)), text=say("legend-no-deaths"))
        text = say("legend-deaths", number=_DEATHS_SHOWN, sizes=sizes)
        yield LegendRow(icon=partial(_size_icon, diameter_px=larger), text=text, high_mm=5.4)


def _kind(category: Category, *, shaped: bool, hollow: bool) -> Icon:
    """Return a category's shape, or its colour in rings and bars where its shape is not on the map."""
    if shaped:
        return partial(_shape_icon, category=category, hollow=hollow)
    return partial(_share_icon, category=category, hollow=hollow)


def _groups(placed: Sequence[PlacedMark]) -> Iterator[LegendRow]:
    disc = min((mark for mark in placed if not mark.is_badge and not mark.is_symbol), key=_by_count, default=None)
    if disc is not None:
        each = any(mark.grouped for mark in placed)
        text = say("legend-how-many") if each else say("legend-several")
        yield LegendRow(icon=partial(draw_disc, found=disc.counts), text=text, high_mm=6.6)
    badge = min((mark for mark in placed if mark.is_badge), key=_by_count, default=None)
    if badge is not None:
        many = any(mark.count > 1 for mark in placed if mark.is_badge)
        text = say("legend-area") + (say("legend-number") if many else "")
        icon = partial(draw_badge, found=badge.counts, hollow=badge.is_hollow)
        yield LegendRow(icon=icon, text=text, high_mm=6.0)
    if any(mark.is_moved for mark in placed):
        yield LegendRow(icon=_leader_icon, text=say("legend-moved"))


def _by_count(mark: PlacedMark) -> int:
    return mark.count


def _known(marks: Marks, placed: Sequence[PlacedMark], frame: Frame, scale: float) -> Iterator[LegendRow]:
    ringed = [p for p in marks.points if ring_shows(frame, p.radius_km, p.diameter_px / 2, scale)]
    if ringed:
        icon = partial(_ring_icon, category=ringed[0].incident.category)
        yield LegendRow(icon=icon, text=say("legend-ring"), high_mm=6.0)
    if any(area.radius_km and ring_shows(frame, area.radius_km, 12, scale) for area in marks.areas):
        yield LegendRow(icon=partial(_ring_icon, category=None), text=say("legend-district"), high_mm=6.0)
    stretch = next((area for area in marks.areas if area.stretch is not None), None)
    if stretch is not None:
        icon = partial(_stretch_icon, found=counts(stretch.incidents))
        yield LegendRow(icon=icon, text=say("legend-segment"))
    if any(mark.is_symbol and mark.points[0].heading_deg is not None for mark in placed):
        yield LegendRow(icon=_arrow_icon, text=say("legend-direction"))


# The symbols of the legend, each drawn around a point of the sheet.


def _shape_icon(sheet: Sheet, at: At, *, category: Category, hollow: bool) -> None:
    """Draw a category's symbol."""
    draw_symbol(sheet, at, Symbol(category, hollow, 13))


def _share_icon(sheet: Sheet, at: At, *, category: Category, hollow: bool) -> None:
    """Draw the colour of a category that has a part in rings and bars only."""
    x, y = at
    wide, high = 2 * sheet.scale, 0.4 * sheet.scale
    draw_share(sheet, shapely.box(x - wide, y - high, x + wide, y + high), category, hollow=hollow)


def _size_icon(sheet: Sheet, at: At, *, diameter_px: float) -> None:
    """Draw a size without a category."""
    circle = shapely.Point(at).buffer(diameter_px / 2 * MM_PER_PX * sheet.scale, 24)
    sheet.shape(circle, edge=sheet.palette.muted, width_mm=0.3 * sheet.scale)


def _leader_icon(sheet: Sheet, at: At) -> None:
    """Draw a line to a badge that was moved."""
    x, y = at
    half = 3 * sheet.scale
    line = shapely.LineString([(x - half, y), (x + half / 3, y)])
    sheet.lines(line, colour=sheet.palette.muted, width_mm=0.2 * sheet.scale)
    box = shapely.box(x + half / 3, y - half / 3, x + half, y + half / 3)
    sheet.lines(box.exterior, colour=sheet.palette.muted, width_mm=0.25 * sheet.scale, dash_mm=(0.6, 0.4))


def _ring_icon(sheet: Sheet, at: At, *, category: Category | None) -> None:
    """Draw a circle of uncertainty, broken without a category."""
    colour = sheet.palette.muted if category is None else sheet.palette.of(category)
    draw_ring(sheet, shapely.Point(at).buffer(2.4 * sheet.scale, 24), colour, broken=category is None)
    if category is not None:
        draw_symbol(sheet, at, Symbol(category=category, hollow=False, diameter_px=8))


def _stretch_icon(sheet: Sheet, at: At, *, found: Counts) -> None:
    """Draw a stretch of the border that some incidents are known to."""
    bend = np.array([(-3.2, -1.0), (-0.9, 0.3), (1.1, -0.5), (3.2, 1.0)]) * sheet.scale + at
    line = shapely.LineString(bend)
    draw_band(sheet, line, found)
    _draw_border(sheet, line, LINES[next(iter(Border))])


def _border_line_icon(sheet: Sheet, at: At, *, border: Border) -> None:
    """Draw a border."""
    half = 3.4 * sheet.scale
    _draw_border(sheet, shapely.LineString([(at[0] - half, at[1]), (at[0] + half, at[1])]), LINES[border])


def _draw_border(sheet: Sheet, line: shapely.LineString, style: LineStyle) -> None:
    wide = style.legend_mm * sheet.scale
    dash_mm = tuple(wide * times for times in style.legend_dash_widths)
    sheet.lines(line, colour=style.of(sheet.palette), width_mm=wide, dash_mm=dash_mm)


def _arrow_icon(sheet: Sheet, at: At) -> None:
    """Draw a direction."""
    draw_arrow(sheet, at, 90, sheet.palette.of(CROSSED))
