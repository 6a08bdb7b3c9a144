"""The legend: only what is on the map, with the same symbols."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import shapely

from geo.figure import legend_icons as icons
from geo.figure.counts import counts
from geo.figure.frame import Frame
from geo.figure.lettering import LEADING, MM_PER_PT, Type, Weight, width_mm, wrap
from geo.figure.placed_mark import PlacedMark
from geo.figure.sheet import Sheet
from geo.figure.uncertainty import ring_shows
from geo.marks import Marks
from geo.symbols import symbol_diameter_px
from geo.vocabulary import Category, Status

Icon = Callable[[Sheet, tuple[float, float]], None]

_SIZE_PT: Final = 6.6
_ICON_MM, _TEXT_MM, _PAD_MM, _ROW_MM = 8.4, 38.0, 2.0, 4.7
_DEATHS_SHOWN: Final = 100
"""The larger of the two sizes that the legend explains."""

_TOO_CLOSE: Final = "Several incidents, too close to draw apart; ring by kind"
_ON_THE_GROUND: Final = {"Crossing point": icons.crossing_point, "Durand Line": icons.durand_line}


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
    marks: Marks, placed: Sequence[PlacedMark], frame: Frame, scale: float, *, sizes: str, lines: Collection[str]
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
    lines
        What else to explain: “Crossing point”, “Durand Line”.

    """
    rows = [*_symbols(placed, sizes), *_groups(placed), *_known(marks, placed, frame, scale)]
    rows += [LegendRow(icon=_ON_THE_GROUND[name], text=name) for name in lines]
    broken = [(row, tuple(wrap(row.text, Weight.REGULAR, _SIZE_PT * scale, _TEXT_MM * scale))) for row in rows]
    return Legend(rows=tuple(broken), scale=scale) if broken else None


def _symbols(placed: Sequence[PlacedMark], sizes: str) -> Iterator[LegendRow]:
    present = {category for mark in placed for category, _ in mark.counts}
    shaped = {category for mark in placed if mark.has_shape for category, _ in mark.counts}
    for category in Category:
        if category in present:
            icon = _kind(category, shaped=category in shaped, disputed=False)
            yield LegendRow(icon=icon, text=category.value.capitalize())
    hollow = [mark for mark in placed if mark.is_disputed and (mark.is_symbol or mark.is_badge)]
    if hollow:
        mark = max(hollow, key=lambda mark: mark.has_shape)
        icon = _kind(mark.counts[0][0], shaped=mark.has_shape, disputed=True)
        yield LegendRow(icon=icon, text="Hollow: disputed")
    if any(mark.is_sized for mark in placed):
        larger = symbol_diameter_px(_DEATHS_SHOWN)
        yield LegendRow(icon=partial(icons.size, diameter_px=symbol_diameter_px(None)), text="No deaths, or no figure")
        text = f"{_DEATHS_SHOWN} {sizes}"
        yield LegendRow(icon=partial(icons.size, diameter_px=larger), text=text, high_mm=5.4)


def _kind(category: Category, *, shaped: bool, disputed: bool) -> Icon:
    """Return a category's shape, or its colour in rings and bars where its shape is not on the map."""
    if shaped:
        return partial(icons.shape, category=category, status=Status.DISPUTED if disputed else Status.REPORTED)
    return partial(icons.share, category=category, disputed=disputed)


def _groups(placed: Sequence[PlacedMark]) -> Iterator[LegendRow]:
    disc = min((mark for mark in placed if not mark.is_badge and not mark.is_symbol), key=_by_count, default=None)
    if disc is not None:
        each = any(mark.grouped for mark in placed)
        text = "How many incidents lie around, k for thousands; ring by kind" if each else _TOO_CLOSE
        yield LegendRow(icon=partial(icons.disc, found=disc.counts), text=text, high_mm=6.6)
    badge = min((mark for mark in placed if mark.is_badge), key=_by_count, default=None)
    if badge is not None:
        many = any(mark.count > 1 for mark in placed if mark.is_badge)
        text = "Known to an area only, not to a point" + ("; number: how many" if many else "")
        icon = partial(icons.badge, found=badge.counts, disputed=badge.is_disputed)
        yield LegendRow(icon=icon, text=text, high_mm=6.0)
    if any(mark.is_moved for mark in placed):
        yield LegendRow(icon=icons.leader, text="Moved aside; the line leads to the place")


def _by_count(mark: PlacedMark) -> int:
    return mark.count


def _known(marks: Marks, placed: Sequence[PlacedMark], frame: Frame, scale: float) -> Iterator[LegendRow]:
    ringed = [p for p in marks.points if ring_shows(frame, p.radius_km, p.diameter_px / 2, scale)]
    if ringed:
        icon = partial(icons.ring, category=ringed[0].incident.category)
        yield LegendRow(icon=icon, text="The place lies within the ring", high_mm=6.0)
    if any(area.radius_km and ring_shows(frame, area.radius_km, 12, scale) for area in marks.areas):
        yield LegendRow(
            icon=partial(icons.ring, category=None), text="The district lies within the broken ring", high_mm=6.0
        )
    stretch = next((area for area in marks.areas if area.stretch is not None), None)
    if stretch is not None:
        icon = partial(icons.stretch, found=counts(stretch.incidents))
        yield LegendRow(icon=icon, text="Known to this stretch of the border")
    if any(mark.is_symbol and mark.points[0].heading_deg is not None for mark in placed):
        yield LegendRow(icon=icons.arrow, text="Direction in which people crossed")
