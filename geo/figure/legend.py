"""The legend, with only what is on the map, and the key to numbered incidents."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.casualties import Rule, own_toll
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
    symbol_of,
)
from geo.figure.sheet import CAP_HEIGHT, TIGHT, Frame, Room, Sheet, TextBlock, Type, Weight
from geo.incident.record import Incident
from geo.incident.vocabulary import MEASURES, Border, Category
from geo.language.messages import capitalised, list_words, say
from geo.places.plane import Floats
from geo.sentences import when
from geo.symbology.marks import Marks
from geo.symbology.symbols import CROSSED, HOLLOW, HOLLOW_WORDS, LineStyle, Palette, symbol_diameter_px

At = tuple[float, float]
Icon = Callable[[Sheet, At], None]

_SIZE_PT: Final = 6.6
_ICON_MM: Final = 8.6
_ROW_MM: Final = 4.0
_ROWS_APART_MM, _COLUMNS_APART_MM = 0.9, 4.0
_LEAST_COLUMN_MM: Final = 34.0
_DEATHS_SHOWN: Final = 100
"""Deaths for the larger of the two symbols that explain size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A symbol and its meaning."""

    icon: Icon
    text: str
    head: str = ""
    """Written before the text, in heavier type."""
    at_first_line: bool = False
    """Whether the symbol is aligned with the first line instead of the middle."""
    high_mm: float = _ROW_MM


@dataclass(frozen=True, slots=True, kw_only=True)
class _SetRow:
    icon: Icon
    lines: tuple[tuple[str, Type], ...]
    high_mm: float
    at_first_line: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRows:
    """Rows in columns of equal width."""

    columns: tuple[tuple[_SetRow, ...], ...]
    column_mm: float
    scale: float

    @property
    def high_mm(self) -> float:
        """Height of the tallest column."""
        return max(_high(column, self.scale) for column in self.columns)

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draw the rows from their top left corner."""
        for number, column in enumerate(self.columns):
            y = top
            for row in column:
                self._draw_row(sheet, row, left + number * (self.column_mm + _COLUMNS_APART_MM * self.scale), y)
                y -= row.high_mm + _ROWS_APART_MM * self.scale

    def _draw_row(self, sheet: Sheet, row: _SetRow, left: float, top: float) -> None:
        style = row.lines[0][1]
        leading = TIGHT * style.size_mm
        middle = top - row.high_mm / 2
        first = middle + (len(row.lines) - 1) / 2 * leading - CAP_HEIGHT / 2 * style.size_mm
        at = first + CAP_HEIGHT / 2 * style.size_mm if row.at_first_line else middle
        row.icon(sheet, (left + _ICON_MM / 2 * self.scale, at))
        for number, (line, each) in enumerate(row.lines):
            sheet.text((left + (_ICON_MM + 1.2) * self.scale, first - number * leading), line, each)


def _high(column: Sequence[_SetRow], scale: float) -> float:
    return sum(row.high_mm for row in column) + (len(column) - 1) * _ROWS_APART_MM * scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows of a legend or key, not yet arranged in columns."""

    rows: tuple[Row, ...]
    scale: float
    palette: Palette

    def within(self, wide_mm: float) -> SetRows:
        """Arrange the rows in the number of columns that gives the least height."""
        fit = int((wide_mm + _COLUMNS_APART_MM * self.scale) // ((_LEAST_COLUMN_MM + _COLUMNS_APART_MM) * self.scale))
        tried = (self._in(columns, wide_mm) for columns in range(1, max(1, min(fit, len(self.rows))) + 1))
        return min(tried, key=lambda rows: rows.high_mm)

    def _in(self, columns: int, wide_mm: float) -> SetRows:
        column_mm = (wide_mm - (columns - 1) * _COLUMNS_APART_MM * self.scale) / columns
        rows = [self._set(row, column_mm) for row in self.rows]
        highest = max([row.high_mm for row in rows] + [_high(rows, self.scale) / columns])
        while len(filled := self._filled(rows, highest)) > columns:
            highest += 0.5
        return SetRows(columns=filled, column_mm=column_mm, scale=self.scale)

    def _set(self, row: Row, column_mm: float) -> _SetRow:
        within = column_mm - (_ICON_MM + 1.2) * self.scale
        styles = Type(size_pt=_SIZE_PT * self.scale, colour=self.palette.text, weight=Weight.SEMIBOLD), self.type
        words = [
            TextBlock.wrapped(text, style, within)
            for text, style in zip((row.head, row.text), styles, strict=True)
            if text
        ]
        lines = tuple((line, each.style) for each in words for line in each.lines)
        high = max(row.high_mm * self.scale, len(lines) * TIGHT * self.type.size_mm)
        return _SetRow(icon=row.icon, lines=lines, high_mm=high, at_first_line=row.at_first_line)

    @property
    def type(self) -> Type:
        """Type of the text."""
        return Type(size_pt=_SIZE_PT * self.scale, colour=self.palette.text)

    def _filled(self, rows: Sequence[_SetRow], highest: float) -> tuple[tuple[_SetRow, ...], ...]:
        columns: list[list[_SetRow]] = [[]]
        for row in rows:
            if columns[-1] and _high([*columns[-1], row], self.scale) > highest + 0.01:
                columns.append([])
            columns[-1].append(row)
        return tuple(tuple(column) for column in columns)


# The key: where there are few incidents, each is numbered and described.

MOST_NUMBERED: Final = 12
"""Largest number of incidents that are numbered."""
_NUMBER_PT: Final = 7.2
_NUMBER_GAPS_MM: Final = (0.55, 1.5, 3.5, 6.0, 9.0, 13.0)
"""Distances of a number from its mark, tried in this order."""


def numbers(placed: Sequence[PlacedMark]) -> dict[str, int]:
    """Return a number for each incident on a map, by id, in order of date; empty if there are too many to number."""
    incidents = sorted(
        {i.id: i for mark in placed for i in mark.incidents}.values(), key=lambda i: (i.date_start, i.id)
    )
    few = len(incidents) <= MOST_NUMBERED and not any(mark.grouped for mark in placed)
    return {incident.id: number for number, incident in enumerate(incidents, 1)} if few else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberLabel:
    """The numbers of a mark's incidents, placed beside it."""

    text: str
    at: At
    """Start of the baseline, millimetres."""
    style: Type
    box: shapely.Polygon
    leader: shapely.LineString
    """Line to the mark; empty if the label is next to it."""

    def draw(self, sheet: Sheet) -> None:
        """Write the numbers and the leader."""
        sheet.lines(self.leader, colour=sheet.palette.muted, width_mm=0.2 * sheet.scale)
        sheet.text(self.at, self.text, self.style)


def number_labels(  # noqa: PLR0913  # marks and layout
    placed: Sequence[PlacedMark],
    numbered: Mapping[str, int],
    room: Room,
    scale: float,
    palette: Palette,
    *,
    avoiding: BaseGeometry,
) -> tuple[NumberLabel, ...]:
    """Place the numbers of each mark, in free room if there is any, and take that room."""
    style = Type(size_pt=_NUMBER_PT * scale, colour=palette.text, weight=Weight.BOLD)
    found = []
    for mark in placed:
        text = _runs(sorted(numbered[i.id] for i in mark.incidents if i.id in numbered))
        if not text:
            continue
        wide, high = style.width_mm(text), CAP_HEIGHT * style.size_mm
        spots = np.concatenate([_around(mark, wide, high, gap * scale) for gap in _NUMBER_GAPS_MM])
        boxes = shapely.box(spots[:, 0], spots[:, 1] - 0.3, spots[:, 0] + wide, spots[:, 1] + high + 0.3)
        free = room.first_free(boxes, gap_mm=0.3 * scale, avoiding=avoiding)
        at = spots[free or 0]
        box = boxes[free or 0]
        far = shapely.distance(box, shapely.Point(mark.x, mark.y)) > mark.radius + 2 * _NUMBER_GAPS_MM[0] * scale
        leader = shapely.shortest_line(mark.outline(), box) if far else shapely.LineString()
        room.take(box, leader)
        found.append(NumberLabel(text=text, at=(float(at[0]), float(at[1])), style=style, box=box, leader=leader))
    return tuple(found)


def _runs(numbers: Sequence[int]) -> str:
    """List numbers, with runs of three or more as ranges.

    >>> _runs([1, 3, 4, 7, 8, 9])
    '1, 3, 4, 7–9'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    several, comma = 2, say("list-comma")
    return comma.join(f"{r[0]}–{r[-1]}" if len(r) > several else comma.join(map(str, r)) for r in runs)


def _around(mark: PlacedMark, wide: float, high: float, gap: float) -> Floats:
    """Return starts of a text at a distance from a mark: right, left, above, below, then diagonally; shape (8, 2)."""
    off, aslant = mark.radius + gap, (mark.radius + gap) * 0.75
    right, left, middle = mark.x + off, mark.x - off - wide, mark.x - wide / 2
    level, above, below = mark.y - high / 2, mark.y + off, mark.y - off - high
    return np.array(
        [
            (right, level),
            (left, level),
            (middle, above),
            (middle, below),
            (mark.x + aslant, mark.y + aslant),
            (mark.x + aslant, mark.y - aslant - high),
            (mark.x - aslant - wide, mark.y + aslant),
            (mark.x - aslant - wide, mark.y - aslant - high),
        ]
    )


class KeyLength(Enum):
    """How much the key says about each incident; the shorter forms are for papers with little room."""

    FULL = auto()
    SHORT = auto()
    SHORTEST = auto()
    """Omits the category, which the legend explains by symbol, and keeps the place only up to its first comma."""


def key(  # noqa: PLR0913  # incidents and layout
    placed: Sequence[PlacedMark],
    numbered: Mapping[str, int],
    rule: Rule,
    scale: float,
    palette: Palette,
    *,
    length: KeyLength,
) -> Rows | None:
    """Describe each numbered incident: date, place, subtype, tolls, and status if drawn hollow; None for none.

    Shorter lengths say less.
    """
    incidents = {numbered[i.id]: i for mark in placed for i in mark.incidents if i.id in numbered}
    rows = [_key_row(number, incident, rule, length) for number, incident in sorted(incidents.items())]
    return Rows(rows=tuple(rows), scale=scale, palette=palette) if rows else None


def _key_row(number: int, incident: Incident, rule: Rule, length: KeyLength) -> Row:
    brief, shortest = length is not KeyLength.FULL, length is KeyLength.SHORTEST
    tolls = [(about, toll) for about in MEASURES if (toll := own_toll(incident, about, rule)) is not None]
    said = [
        *([] if shortest else [incident.category.label if brief else incident.subtype.label]),
        *([say(f"key-toll-{about}", people=toll) for about, toll in tolls[: 1 if brief else None]]),
        *([] if brief or tolls else [say("key-no-toll")]),
        *([incident.status.label] if incident.status in HOLLOW and not brief else []),
    ]
    where = incident.place.split(",")[0] if shortest else incident.place
    if not brief and 0 < len(incident.lies_in) <= 2 and not all(name in where for name in incident.lies_in):  # noqa: PLR2004  # with more provinces, the place is enough
        where = say("key-place", place=where, provinces=list_words(incident.lies_in))
    head = say("key-when-where", when=when(incident), where=where)
    icon = partial(_number_icon, number=number, symbol=symbol_of(incident, 11))
    if brief:
        return Row(icon=icon, text=say("list-semicolon").join([head, *said]), at_first_line=True, high_mm=0.0)
    return Row(icon=icon, head=head, text=say("list-semicolon").join(said), at_first_line=True, high_mm=0.0)


def _number_icon(sheet: Sheet, at: At, *, number: int, symbol: Symbol) -> None:
    """Draw the number of an incident and its symbol."""
    style = Type(size_pt=_SIZE_PT * sheet.scale, colour=sheet.palette.text, weight=Weight.BOLD)
    y = at[1] - CAP_HEIGHT / 2 * style.size_mm
    sheet.text((at[0] - 0.6 * sheet.scale, y), str(number), style, ha="right")
    draw_symbol(sheet, (at[0] + 2.2 * sheet.scale, at[1]), symbol)


def legend(  # noqa: PLR0913  # all options are keyword-only
    marks: Marks,
    placed: Sequence[PlacedMark],
    frame: Frame,
    scale: float,
    palette: Palette,
    *,
    sizes: str,
    crossings: bool,
    borders: Collection[Border],
    lines: Mapping[str, LineStyle],
    numbered: bool,
    kinds: bool,
    hollow: bool,
) -> Rows | None:
    """Make the legend of a map; None if nothing needs explaining.

    Parameters
    ----------
    marks, placed
        The incidents on the map.
    frame
        The frame of the map.
    scale
        Scale of type and symbols.
    palette
        Colours of the map.
    sizes
        What the size of a symbol stands for, in words.
    crossings
        Whether crossing points are on the map.
    borders
        Borders to explain because their names did not fit on the map.
    lines
        Line styles by name, keyed like LINES.
    numbered
        Whether numbers on marks refer to the key rather than count incidents.
    kinds
        Whether to explain the shapes and colours of categories; a key that names them makes this unnecessary.
    hollow
        Whether to explain hollow symbols; a full key states the status itself.

    """
    rows = [
        *(_kinds(placed) if kinds else ()),
        *(_hollow(placed) if hollow else ()),
        *_imported(placed),
        *_sizes(placed, sizes),
        *_groups(placed, numbered=numbered),
        *_known(marks, placed, frame, scale, lines),
    ]
    rows += [Row(icon=draw_square, text=say("legend-crossing-point"))] * crossings
    rows += [Row(icon=partial(_border_line_icon, border=lines[border]), text=border.words) for border in borders]
    return Rows(rows=tuple(rows), scale=scale, palette=palette) if rows else None


def _kinds(placed: Sequence[PlacedMark]) -> Iterator[Row]:
    present = {category for mark in placed for category, _ in mark.counts}
    shaped = {category for mark in placed if mark.has_shape for category, _ in mark.counts}
    for category in Category:
        if category in present:
            icon = _kind(category, shaped=category in shaped, hollow=False)
            yield Row(icon=icon, text=capitalised(category.label))


def _hollow(placed: Sequence[PlacedMark]) -> Iterator[Row]:
    hollow = [mark for mark in placed if mark.is_hollow and (mark.is_symbol or mark.is_badge)]
    if hollow:
        mark = max(hollow, key=lambda mark: mark.has_shape)
        icon = _kind(mark.counts[0][0], shaped=mark.has_shape, hollow=True)
        yield Row(icon=icon, text=say("legend-hollow", statuses=HOLLOW_WORDS))


def _imported(placed: Sequence[PlacedMark]) -> Iterator[Row]:
    imported = next((mark for mark in placed if mark.imported), None)
    if imported is not None:
        icon = partial(_shape_icon, category=imported.counts[0][0], hollow=False, imported=True)
        yield Row(icon=icon, text=say("legend-imported"))


def _sizes(placed: Sequence[PlacedMark], sizes: str) -> Iterator[Row]:
    if any(mark.is_sized for mark in placed):
        yield Row(icon=_size_icon, text=say("legend-sizes", number=_DEATHS_SHOWN, sizes=sizes), high_mm=7.2)


def _kind(category: Category, *, shaped: bool, hollow: bool) -> Icon:
    """Return a category's shape, or its colour in rings and bars if its shape is not on the map."""
    if shaped:
        return partial(_shape_icon, category=category, hollow=hollow)
    return partial(_share_icon, category=category, hollow=hollow)


def _groups(placed: Sequence[PlacedMark], *, numbered: bool) -> Iterator[Row]:
    disc = min((mark for mark in placed if not mark.is_badge and not mark.is_symbol), key=_by_count, default=None)
    if disc is not None:
        each = any(mark.grouped for mark in placed)
        text = say("legend-how-many") if each else say("legend-several")
        yield Row(icon=partial(draw_disc, found=disc.counts, counted=not numbered), text=text, high_mm=6.6)
    badge = min((mark for mark in placed if mark.is_badge), key=_by_count, default=None)
    if badge is not None:
        many = any(mark.count > 1 for mark in placed if mark.is_badge)
        text = say("legend-area") + (say("legend-number") if many and not numbered else "")
        icon = partial(draw_badge, found=badge.counts, hollow=badge.is_hollow, counted=not numbered)
        yield Row(icon=icon, text=text, high_mm=6.0)
    if any(mark.is_moved for mark in placed):
        yield Row(icon=_leader_icon, text=say("legend-moved"))


def _by_count(mark: PlacedMark) -> int:
    return mark.count


def _known(
    marks: Marks, placed: Sequence[PlacedMark], frame: Frame, scale: float, lines: Mapping[str, LineStyle]
) -> Iterator[Row]:
    ringed = [p for p in marks.points if ring_shows(frame, p.radius_km, p.diameter_px / 2, scale)]
    if ringed:
        icon = partial(_ring_icon, category=ringed[0].incident.category)
        yield Row(icon=icon, text=say("legend-ring"), high_mm=6.0)
    if any(area.radius_km and ring_shows(frame, area.radius_km, 12, scale) for area in marks.areas):
        yield Row(icon=partial(_ring_icon, category=None), text=say("legend-district"), high_mm=6.0)
    stretch = next((area for area in marks.areas if area.border is not None), None)
    if stretch is not None and stretch.border is not None:
        icon = partial(_stretch_icon, found=counts(stretch.incidents), border=lines[stretch.border])
        yield Row(icon=icon, text=say("legend-segment"))
    if any(mark.is_symbol and mark.points[0].heading_deg is not None for mark in placed):
        yield Row(icon=_arrow_icon, text=say("legend-direction"))


# Symbols of the legend, each drawn around a point on the sheet.


def _shape_icon(sheet: Sheet, at: At, *, category: Category, hollow: bool, imported: bool = False) -> None:
    """Draw a category's symbol."""
    draw_symbol(sheet, at, Symbol(category, hollow, 13, imported))


def _share_icon(sheet: Sheet, at: At, *, category: Category, hollow: bool) -> None:
    """Draw the colour of a category that appears only in rings and bars."""
    x, y = at
    wide, high = 2 * sheet.scale, 0.4 * sheet.scale
    draw_share(sheet, shapely.box(x - wide, y - high, x + wide, y + high), category, hollow=hollow)


def _size_icon(sheet: Sheet, at: At) -> None:
    """Draw two nested circles with a common base and no category, unlike any mark on a map."""
    large, small = (symbol_diameter_px(n) / 2 * MM_PER_PX * sheet.scale for n in (_DEATHS_SHOWN, None))
    look: dict[str, Any] = {
        "fill": sheet.palette.neighbour,
        "edge": sheet.palette.muted,
        "width_mm": 0.15 * sheet.scale,
    }
    for radius in (large, small):
        sheet.shape(shapely.Point(at[0], at[1] - large + radius).buffer(radius, 24), **look)


def _leader_icon(sheet: Sheet, at: At) -> None:
    """Draw a leader line to a badge that was moved."""
    x, y = at
    half = 3 * sheet.scale
    line = shapely.LineString([(x - half, y), (x + half / 3, y)])
    sheet.lines(line, colour=sheet.palette.muted, width_mm=0.2 * sheet.scale)
    box = shapely.box(x + half / 3, y - half / 3, x + half, y + half / 3)
    sheet.lines(box.exterior, colour=sheet.palette.muted, width_mm=0.25 * sheet.scale, dash_mm=(0.6, 0.4))


def _ring_icon(sheet: Sheet, at: At, *, category: Category | None) -> None:
    """Draw a circle of uncertainty, dashed if it has no category."""
    colour = sheet.palette.muted if category is None else sheet.palette.of(category)
    draw_ring(sheet, shapely.Point(at).buffer(2.4 * sheet.scale, 24), colour, broken=category is None)
    if category is not None:
        draw_symbol(sheet, at, Symbol(category=category, hollow=False, diameter_px=8))


def _stretch_icon(sheet: Sheet, at: At, *, found: Counts, border: LineStyle) -> None:
    """Draw a border segment that incidents are known to lie on."""
    bend = np.array([(-3.2, -1.0), (-0.9, 0.3), (1.1, -0.5), (3.2, 1.0)]) * sheet.scale + at
    line = shapely.LineString(bend)
    draw_band(sheet, line, found)
    _draw_border(sheet, line, border)


def _border_line_icon(sheet: Sheet, at: At, *, border: LineStyle) -> None:
    """Draw a border."""
    half = 3.4 * sheet.scale
    _draw_border(sheet, shapely.LineString([(at[0] - half, at[1]), (at[0] + half, at[1])]), border)


def _draw_border(sheet: Sheet, line: shapely.LineString, style: LineStyle) -> None:
    wide = style.legend_mm * sheet.scale
    dash_mm = tuple(wide * times for times in style.legend_dash_widths)
    sheet.lines(line, colour=style.of(sheet.palette), width_mm=wide, dash_mm=dash_mm)


def _arrow_icon(sheet: Sheet, at: At) -> None:
    """Draw the arrow of a crossing's direction."""
    draw_arrow(sheet, at, 90, sheet.palette.of(CROSSED))
