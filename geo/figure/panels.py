"""What is written around the map, and what stands on it in corners that are empty: legend, inset, scale bar, notes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import combinations
from typing import Any, Final

import numpy as np
import shapely
import shapely.affinity
from shapely.geometry.base import BaseGeometry

from geo.casualties.rules import Rule
from geo.figure.ground import ground, on_sheet
from geo.figure.options import FigureOptions, Paper
from geo.figure.paper_marks import PlacedMark
from geo.figure.sheet import LEADING, MM_PER_PT, Frame, Room, Sheet, Type, Weight, fitted, width_mm, wrap
from geo.incident.dates import span_of_all
from geo.language.formatting import day_words
from geo.language.messages import say
from geo.places.boundaries import BOUNDARY_NOTE, Boundaries
from geo.places.plane import REGION, BBox
from geo.selection.filters import Filters
from geo.symbology.symbols import LIGHT, LINES
from geo.table.incident_table import IncidentTable
from geo.table.selection_in_words import choice_words

STANDING_TITLE: Final = say("figure-standing-title")

_TITLE_PT: Final = (17.0, 15.0, 13.0, 11.0)
_SUBTITLE_PT: Final = (9.5, 8.5, 7.5)
_NOTE_PT: Final = 8.5
_FOOTER_PT: Final = 5.8
_COLUMN_GAP_MM: Final = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """Words broken into lines."""

    lines: tuple[str, ...]
    style: Type

    @property
    def leading_mm(self) -> float:
        """From baseline to baseline."""
        return LEADING * self.style.size_mm


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All that is written around the map, and the sentence on it if there is no incident."""

    title: Set
    subtitle: Set
    footer: tuple[Set, ...]
    """By column."""
    note: Set | None
    sizes: str
    """What the size of a symbol stands for."""


def title(options: FigureOptions) -> Set:
    """Set the title on one or two lines."""
    paper = options.size.paper
    sizes = [size * paper.scale for size in _TITLE_PT]
    text = options.title or STANDING_TITLE
    lines, size_pt = fitted(text, Weight.BOLD, sizes, within_mm=_inner(paper), lines=2)
    return Set(lines=tuple(lines), style=Type(size_pt=size_pt, colour=LIGHT.text, weight=Weight.BOLD))


def span_of(filters: Filters, table: IncidentTable) -> str:
    """Say over which days a selection lies, empty for none; of many, over which days they began."""
    began = table.whens(filters)
    return span_of_all(began, open_ended=False) if began else ""


def subtitle(filters: Filters, table: IncidentTable, layers: Boundaries, paper: Paper) -> Set:
    """Set the selection in words, with the days it spans unless it names days itself."""
    text, span = choice_words(filters, table, layers), span_of(filters, table)
    if span and not {"year", "since", "until"} & set(filters.active):
        text += f", {span}"
    sizes = [size * paper.scale for size in _SUBTITLE_PT]
    lines, size_pt = fitted(text, Weight.REGULAR, sizes, within_mm=_inner(paper), lines=2)
    return Set(lines=tuple(lines), style=Type(size_pt=size_pt, colour=LIGHT.muted))


def nothing_shown(filters: Filters, chosen: int, paper: Paper) -> Set:
    """Say why a map has no incident."""
    if chosen == 1:
        text = say("figure-one-not-on-map")
    elif chosen:
        text = say("figure-none-on-map", incidents=chosen)
    else:
        text = say("figure-no-match" if filters.active else "figure-no-incidents")
    style = Type(size_pt=_NOTE_PT * paper.scale, colour=LIGHT.text, weight=Weight.SEMIBOLD)
    return Set(lines=tuple(wrap(text, style.weight, style.size_pt, 0.6 * _inner(paper))), style=style)


def footer(
    made: dict[str, Any], left_out: Sequence[str], paper: Paper, placed: Sequence[PlacedMark], rule: Rule
) -> tuple[Set, ...]:
    """Set the footer in the paper's columns.

    `left_out` says what is not on the map, `placed` are the marks on it, `rule` is the one that sizes are by.
    """
    versions = {"data_version": made["data_version"][:8], "boundary_version": made["boundary_version"][:8]}
    last = say("figure-last-incident", when=made["last_incident_in_words"]) if made["last_incident"] else ""
    made_of = say("figure-made", **versions, last=last, day=day_words(made["made"]), code=made["code"])
    columns = [
        [*filter(None, left_out), *_datasets(made), *_sizes(placed, rule)],
        [f"{made['credit']} {BOUNDARY_NOTE}", made_of],
    ]
    if paper.footer_columns == 1:
        columns = [columns[0] + columns[1]]
    style = Type(size_pt=_FOOTER_PT * paper.scale, colour=LIGHT.muted)
    wide = column_width_mm(paper)
    broken = [[line for text in column for line in wrap(text, style.weight, style.size_pt, wide)] for column in columns]
    return tuple(Set(lines=tuple(lines), style=style) for lines in broken)


def _datasets(made: dict[str, Any]) -> Iterator[str]:
    """Say how many incidents are from which dataset, and where the datasets differ, if there are several."""
    if "datasets_in_words" in made:
        yield made["datasets_in_words"]


def _sizes(placed: Sequence[PlacedMark], rule: Rule) -> Iterator[str]:
    """Say what number or size of a mark stands for, where one on the map has any."""
    if any(mark.grouped for mark in placed):
        yield say("figure-too-many")
    if any(mark.is_sized for mark in placed):
        name = "figure-size-by-highest" if rule.kind.states_a_range else "figure-size"
        yield say(name, rule=rule.name, rule_sentence=rule.sentence)


def footer_leading_mm(paper: Paper) -> float:
    """Return the distance between two lines of the footer."""
    return LEADING * _FOOTER_PT * paper.scale * MM_PER_PT


def column_width_mm(paper: Paper) -> float:
    """Return how wide a column of the footer is."""
    gaps = (paper.footer_columns - 1) * _COLUMN_GAP_MM * paper.scale
    return (_inner(paper) - gaps) / paper.footer_columns


def column_left_mm(paper: Paper, column: int) -> float:
    """Return where a column of the footer begins."""
    return paper.margin_mm + column * (column_width_mm(paper) + _COLUMN_GAP_MM * paper.scale)


def _inner(paper: Paper) -> float:
    return paper.width_mm - 2 * paper.margin_mm


# Where legend, inset and the like stand on the map: in corners that are empty, found anew for every map.

_EDGE_MM, _APART_MM = 2.2, 1.2
"""From the frame to a panel, and around it, on A4."""

_STEPS: Final = 9
"""Places tried along each edge of the frame."""

_OFF_CORNER, _OFF_FOOT, _ON_MARKS = 0.2, 5.0, 1000.0
"""What it costs, per square millimetre, not to stand in a corner, not at the foot, and on something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panels:
    """Rooms on the map, millimetres; None for what is not drawn."""

    note: shapely.Polygon | None = None
    legend: shapely.Polygon | None = None
    inset: shapely.Polygon | None = None
    scale_bar: shapely.Polygon | None = None

    def all(self) -> list[shapely.Polygon]:
        """Return those that are drawn."""
        return [panel for field in fields(self) if (panel := getattr(self, field.name)) is not None]

    def covered_mm2(self, marks: Iterable[BaseGeometry]) -> float:
        """Return how much the panels cover of some marks, and of each other."""
        covered = sum(panel.intersection(mark).area for mark in marks for panel in self.all())
        return float(covered + sum(one.intersection(other).area for one, other in combinations(self.all(), 2)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Corners:
    """What panels keep off: `marks` if at all possible, `costs` by what a square millimetre of each costs."""

    box: shapely.Polygon
    marks: Room
    costs: Mapping[float, BaseGeometry]
    scale: float

    def panels(self, sizes_mm: Mapping[str, tuple[float, float] | None]) -> Panels:
        """Find a place for each panel of a width and height, in the order given, each off those before it."""
        found: dict[str, shapely.Polygon] = {}
        for name, size_mm in sizes_mm.items():
            if size_mm is not None:
                found[name] = self._place(size_mm, at_foot=name == "scale_bar")
                self.marks.take(found[name].buffer(_APART_MM * self.scale, join_style="mitre"))
        return Panels(**found)

    def _place(self, size_mm: tuple[float, float], *, at_foot: bool) -> shapely.Polygon:
        def cost(place: tuple[shapely.Polygon, int, int]) -> float:
            panel, off_corner, off_foot = place
            covered = sum(weight * panel.intersection(ground).area for weight, ground in self.costs.items())
            extra = _OFF_CORNER * off_corner + _OFF_FOOT * off_foot * at_foot
            return round(_ON_MARKS * self.marks.overlap(panel) + covered + extra * panel.area, 3)

        return min(self._places(size_mm), key=cost)[0]

    def _places(self, size_mm: tuple[float, float]) -> Iterator[tuple[shapely.Polygon, int, int]]:
        """Return places along the frame, each with whether it is off a corner and how many steps above the foot."""
        left, bottom, right, top = self.box.buffer(-_EDGE_MM * self.scale, join_style="mitre").bounds
        wide, high = size_mm
        xs, ys = (
            np.linspace(left, max(right - wide, left), _STEPS),
            np.linspace(bottom, max(top - high, bottom), _STEPS),
        )
        for column, x in enumerate(xs):
            for row, y in enumerate(ys):
                off_corner = (column not in (0, _STEPS - 1)) + (row not in (0, _STEPS - 1))
                if off_corner <= 1:
                    yield shapely.box(x, y, x + wide, y + high), off_corner, row


# What stands on the map beside the incidents: panels in empty corners, scale bar, north arrow, inset locator.

_INSET_MM: Final = (31.0, 27.0)
_INSET_OUTLINE_MM: Final = 0.14
_NORTH_MM: Final = 5.0
_BAR_MM: Final = 46.0
_SCALE_PT: Final = 6.4
_ROUND_KM: Final = tuple(step * 10**power for power in range(-1, 4) for step in (1, 2, 5))
_CONTINENT: Final = BBox(42, 11, 94, 52)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleBar:
    """A round length on the ground and on the sheet."""

    km: float
    length_mm: float
    scale: float

    @property
    def size_mm(self) -> tuple[float, float]:
        """Return the room it needs with the north arrow beside it."""
        return self.length_mm + (self._label_mm + 2 * _NORTH_MM) * self.scale, 7.2 * self.scale

    @property
    def text(self) -> str:
        """Return the length in words."""
        return say("pairs-km", km=self.km)

    @property
    def _label_mm(self) -> float:
        return width_mm(self.text, Weight.REGULAR, _SCALE_PT) / 2 + 2


def scale_bar(frame: Frame, scale: float) -> ScaleBar:
    """Return a bar that is true at the map's centre."""
    mm_per_km = frame.mm_per_km()
    left, _, right, _ = frame.box.bounds
    longest_mm = min(_BAR_MM * scale, 0.3 * (right - left))
    longest = [km for km in _ROUND_KM if km * mm_per_km <= longest_mm]
    km = max(longest, default=_ROUND_KM[0])
    return ScaleBar(km=km, length_mm=km * mm_per_km, scale=scale)


def draw_scale_bar(sheet: Sheet, panel: shapely.Polygon, bar: ScaleBar, frame: Frame) -> None:
    """Draw the bar with its length, and the direction of true north beside it."""
    sheet.shape(panel, fill=sheet.palette.paper, alpha=0.6)
    left, bottom, _, _ = panel.bounds
    start, base, scale = left + 1.5 * bar.scale, bottom + 1.6 * bar.scale, bar.scale
    high, half = 1.1 * scale, bar.length_mm / 2
    sheet.shape(shapely.box(start, base, start + half, base + high), fill=sheet.palette.text)
    outline = shapely.box(start, base, start + bar.length_mm, base + high)
    sheet.shape(shapely.box(start + half, base, start + bar.length_mm, base + high), fill=sheet.palette.paper)
    sheet.shape(outline, edge=sheet.palette.text, width_mm=0.2 * scale)
    style, y = Type(size_pt=_SCALE_PT * scale, colour=sheet.palette.text), base + high + 1.2 * scale
    sheet.text((start, y), "0", style)
    sheet.text((start + bar.length_mm, y), bar.text, style, ha="center")
    middle = (
        start + bar.length_mm + (width_mm(bar.text, Weight.REGULAR, _SCALE_PT) / 2 + 4.5) * scale,
        base + 2.6 * scale,
    )
    _draw_north(sheet, middle, frame)


def _draw_north(sheet: Sheet, at: tuple[float, float], frame: Frame) -> None:
    turn = frame.north_deg(*frame.earth(*at))
    for corners, fill in (
        (((0, 3.0), (1.15, -2.2), (0, -1.2)), sheet.palette.paper),
        (((0, 3.0), (-1.15, -2.2), (0, -1.2)), sheet.palette.text),
    ):
        half = shapely.affinity.rotate(shapely.Polygon(corners), -turn, origin=(0, 0))
        shape = shapely.transform(half, lambda xy: xy * sheet.scale + at)
        sheet.shape(shape, fill=fill, edge=sheet.palette.text, width_mm=0.15 * sheet.scale)
    x, y = at[0] + 2.6 * sheet.scale, at[1] - 0.9 * sheet.scale
    style = Type(size_pt=_SCALE_PT * sheet.scale, colour=sheet.palette.text, weight=Weight.SEMIBOLD)
    sheet.text((x, y), "N", style, ha="center")


def draw_panel(sheet: Sheet, panel: shapely.Polygon) -> None:
    """Draw the paper of a panel."""
    sheet.shape(panel, fill=sheet.palette.paper, alpha=0.94)
    sheet.shape(panel, edge=sheet.palette.province_limit, width_mm=0.18 * sheet.scale)


def inset_mm(scale: float) -> tuple[float, float]:
    """Return width and height of the inset."""
    return _INSET_MM[0] * scale, _INSET_MM[1] * scale


def draw_inset(sheet: Sheet, panel: shapely.Polygon, frame: Frame, layers: Boundaries) -> None:
    """Draw where in the region, or in the continent, the map lies."""
    near = Frame.around(REGION, panel)
    covered = near.shown_m(0).intersection(frame.shown_m(0)).area / near.shown_m(0).area
    inset = near if covered < 0.35 else Frame.around(_CONTINENT, panel)  # noqa: PLR2004  # so that ground around is seen
    drawn = ground(layers, inset.m_per_mm)
    sheet.clip_to(panel)
    sheet.shape(panel, fill=sheet.palette.neighbour)
    sheet.lines(
        on_sheet(inset, drawn.neighbour_outlines),
        colour=sheet.palette.province_limit,
        width_mm=_INSET_OUTLINE_MM * sheet.scale,
    )
    sheet.shape(on_sheet(inset, drawn.sea), fill=sheet.palette.sea)
    sheet.shape(on_sheet(inset, drawn.land), fill=sheet.palette.paper)
    for name, style in sorted(LINES.items(), key=lambda line: line[1].casing is not None):
        if style.is_border:
            colour = style.of(sheet.palette)
            sheet.lines(on_sheet(inset, drawn.lines[name]), colour=colour, width_mm=style.inset_mm * sheet.scale)
    shown = shapely.transform(frame.shown_m(0), inset.placed_m)
    sheet.shape(shown, fill=sheet.palette.text, alpha=0.1)
    sheet.shape(shown, edge=sheet.palette.text, width_mm=0.35 * sheet.scale, joinstyle="miter")
    sheet.clip_to(None)
    sheet.shape(panel, edge=sheet.palette.paper, width_mm=0.5 * sheet.scale)
    sheet.shape(panel, edge=sheet.palette.border, width_mm=0.2 * sheet.scale)


def draw_note(sheet: Sheet, panel: shapely.Polygon, note: Set) -> None:
    """Draw a plain sentence in its panel."""
    draw_panel(sheet, panel)
    left, _, _, top = panel.bounds
    for number, line in enumerate(note.lines):
        sheet.text(
            (left + 0.9 * note.style.size_mm, top - (1.4 + LEADING * number) * note.style.size_mm), line, note.style
        )


def note_mm(note: Set) -> tuple[float, float]:
    """Return width and height of the panel of a note."""
    widest = max(note.style.width_mm(line) for line in note.lines)
    return widest + 1.8 * note.style.size_mm, (LEADING * len(note.lines) + 0.8) * note.style.size_mm
