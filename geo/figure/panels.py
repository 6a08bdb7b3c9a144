"""The text around the map, the layout of the sheet, and the panels in free corners of the map."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import combinations
from typing import Any, Final, Self

import numpy as np
import shapely
import shapely.affinity
from shapely.geometry.base import BaseGeometry

from geo.aggregate.coverage import coverage, gap_words
from geo.casualties import Rule
from geo.export.manifest import DATA_CREDIT
from geo.figure.ground import clipped_to_sheet, ground
from geo.figure.legend import Rows, SetRows
from geo.figure.options import FigureOptions, Paper, chosen_provinces, lies_on
from geo.figure.paper_marks import PlacedMark
from geo.figure.sheet import (
    ELLIPSIS,
    TIGHT,
    Frame,
    Room,
    Sheet,
    TextBlock,
    Type,
    Weight,
    fitted,
    plane_bounds,
    width_mm,
)
from geo.incident.dates import span_of_all
from geo.incident.vocabulary import Border, Country
from geo.language.messages import day_words, list_words, say
from geo.places.boundaries import BOUNDARY_NOTE, Boundaries
from geo.places.plane import REGION, BBox
from geo.render.left_out import LeftOut
from geo.selection import Filters
from geo.symbology.symbols import LineStyle
from geo.table.incident_table import IncidentTable, choice_words

STANDING_TITLE: Final = say("figure-standing-title")

_TITLE_SHARES: Final = (1.0, 0.95, 0.9)
_MOST_TITLE_PT: Final = 20.0
"""Largest title on paper; slides, which are read from a distance, may exceed it."""
_SUBTITLE_PT: Final = (9.0, 8.0, 7.0)
_NOTE_PT: Final = 8.5
_FOOTER_PT: Final = 6.3
_FOOTER_MM: Final = 85.0
"""Approximate width of a footer column at scale 1."""
_COLUMN_GAP_MM: Final = 6.0


def default_title(filters: Filters, table: IncidentTable, layers: Boundaries) -> str:
    """Return the default title: the selection in words, or the standing title if nothing is filtered."""
    return choice_words(filters, table, layers) if filters.active else STANDING_TITLE


def heading(
    filters: Filters, table: IncidentTable, layers: Boundaries, options: FigureOptions
) -> tuple[str, TextBlock, TextBlock]:
    """Return the title as one string, then title and subtitle broken into lines."""
    paper, palette = options.size.paper, options.style.palette
    name = options.title or default_title(filters, table, layers)
    base = paper.title_pt * options.type.factor
    base = base if paper.title_pt > _MOST_TITLE_PT else min(base, _MOST_TITLE_PT)
    inner = paper.width_mm - 2 * paper.margin_mm
    sizes = [base * share for share in _TITLE_SHARES]
    lines, size_pt = fitted(name, Weight.BOLD, sizes, within_mm=inner, lines=2)
    if lines[-1].endswith(ELLIPSIS):
        lines, size_pt = fitted(name, Weight.BOLD, sizes, within_mm=inner, lines=3)
    title = TextBlock(lines=tuple(lines), style=Type(size_pt=size_pt, colour=palette.text, weight=Weight.BOLD))
    sizes = [size * options.scale for size in _SUBTITLE_PT]
    under = options.subtitle or _default_subtitle(filters, table, layers, name)
    lines, size_pt = fitted(under, Weight.REGULAR, sizes, within_mm=inner, lines=2)
    return name, title, TextBlock(lines=tuple(lines), style=Type(size_pt=size_pt, colour=palette.muted))


def _default_subtitle(filters: Filters, table: IncidentTable, layers: Boundaries, title: str) -> str:
    """State the number of incidents and their dates, and the selection unless the title does."""
    count, span = table.count(filters), days_covered(filters, table)
    if not count:
        return STANDING_TITLE
    selection = choice_words(filters, table, layers) if filters.active else STANDING_TITLE
    says_where = bool(filters.border or filters.province or filters.country)
    if title == selection and (says_where or selection == STANDING_TITLE):
        return say("figure-count-span", incidents=count, span=span)
    if title == selection:
        return say("figure-count-borders", incidents=count, span=span)
    return say("figure-selection-count", selection=selection, incidents=count, span=span)


def days_covered(filters: Filters, table: IncidentTable) -> str:
    """Return the dates that a selection spans, in words; empty for no incidents; for many, the span of start dates."""
    began = table.whens(filters)
    return span_of_all(began, open_ended=False) if began else ""


def nothing_shown(filters: Filters, chosen: int, within_mm: float, options: FigureOptions) -> TextBlock:
    """Say why a map has no incidents."""
    if chosen == 1:
        text = say("figure-one-not-on-map")
    elif chosen:
        text = say("figure-none-on-map", incidents=chosen)
    else:
        text = say("figure-no-match" if filters.active else "figure-no-incidents")
    style = Type(size_pt=_NOTE_PT * options.scale, colour=options.style.palette.text, weight=Weight.SEMIBOLD)
    return TextBlock.wrapped(text, style, 0.6 * within_mm)


# The footer: what is shown and left out, what numbers and sizes mean, credits.


def footer_texts(  # noqa: PLR0913, PLR0917  # all inputs of a footer
    made: dict[str, Any],
    filters: Filters,
    layers: Boundaries,
    options: FigureOptions,
    placed: Sequence[PlacedMark],
    rule: Rule,
    *,
    too: int,
    with_key: bool,
    brief: bool,
) -> list[str]:
    """Return the footer's paragraphs.

    `placed` are the marks on the map, `rule` determines tolls and symbol sizes, and `too` is the number of incidents
    that also lie in unselected provinces.
    """
    left, gaps = LeftOut(**made["counts"]), gap_words(filters, layers, coverage())
    last = say("figure-last-incident", when=made["last_incident_in_words"]) if made["last_incident"] else ""
    return [
        *([options.caption] if options.caption else []),
        " ".join(
            [
                *_shown(left, filters),
                *([say("figure-elsewhere-too", incidents=too)] if too else []),
                *([] if brief else _badges(left)),
                *_one_side(filters, layers),
            ]
        ),
        *([gaps] if gaps else []),
        *([made["datasets_in_words"]] if "datasets_in_words" in made else []),
        *size_words(placed, rule, with_key=with_key, brief=brief),
        _credit(made["credit"], options),
        BOUNDARY_NOTE,
        say("figure-made", last=last, day=day_words(made["made"]), code=made["code"]),
    ]


def _credit(credit: str, options: FigureOptions) -> str:
    """Say who made the map, and name its sources."""
    ground = credit.removeprefix(DATA_CREDIT).strip()
    data = options.source or say("figure-data" if options.credit else "figure-map-and-data")
    label, _, _ = say("figure-map", credit="\n").partition("\n")
    written = r"\s*".join(re.escape(part) for part in re.findall(r"\w+|[^\w\s]", label))  # also before a name
    maker = re.sub(rf"(?i)^{written}\s*", "", options.credit or "")
    return " ".join([*([say("figure-map", credit=maker)] if maker else []), data, ground])


def _shown(left: LeftOut, filters: Filters) -> Iterator[str]:
    """Say how many incidents are shown, how many are not, and why."""
    selected = int(bool(filters.active))
    if left.shown == left.chosen:
        if left.shown:
            yield say("figure-shown-all", incidents=left.shown, selected=selected)
    else:
        out = {"placeless": left.without_place, "outside": left.outside_view}
        why = list_words([say(f"figure-left-{name}", incidents=n) for name, n in out.items() if n])
        yield say("figure-shown-some", shown=left.shown, chosen=left.chosen, selected=selected, why=why)
    for by, number in left.place_not_known.items():
        if number:
            yield say(f"figure-may-belong-{by}", incidents=number)


def _badges(left: LeftOut) -> Iterator[str]:
    """Count the incidents in badges by location precision."""
    known = {
        "district": left.known_to_district,
        "province": left.known_to_province,
        "segment": left.known_to_border_segment,
    }
    if parts := [say(f"figure-badge-{name}", incidents=number) for name, number in known.items() if number]:
        yield say("figure-badges", parts=list_words(parts))


def _one_side(filters: Filters, layers: Boundaries) -> Iterator[str]:
    """Warn that a selection by place which touches a border leaves out what happened across it."""
    codes = chosen_provinces(filters, layers)
    countries = set(filters.country) | {Country(str(layers.provinces["country"][code])) for code in codes}
    on_border = [border for border in Border if lies_on(border, filters, layers)]
    across = {country for border in on_border for country in border.countries} - countries
    if across:
        here = [country.label for country in filters.country] or [layers.provinces["province"][code] for code in codes]
        names = [say(f"border-side-{country.value.lower()}") for country in Country if country in across]
        yield say("figure-one-side", places=list_words(here), sides=list_words(names, "or"))


def size_words(placed: Sequence[PlacedMark], rule: Rule, *, with_key: bool, brief: bool) -> Iterator[str]:
    """Explain numbers on marks, and the rule behind symbol sizes and tolls, as far as the map shows any."""
    if any(mark.grouped for mark in placed):
        yield say("figure-too-many")
    sized = any(mark.is_sized for mark in placed)
    if sized or with_key:
        name = ("figure-size-by-highest" if rule.kind.states_a_range else "figure-size") if sized else "figure-tolls"
        sentence = "" if brief else rule.sentence
        yield say(name, rule=rule.name, rule_sentence=sentence).strip()


# Layout of the sheet: heading, map, and legend, key and footer beside or below the map ("the explanation").

_HEAD_GAP_MM, _GAP_MM, _RULE_MM = 1.6, 4.0, 1.8
"""Space below the heading, between map and explanation, and around a hairline."""
_LEAST_BESIDE_MM, _LIKELY_BESIDE, _MOST_BESIDE, _UTMOST_BESIDE = 60.0, 0.44, 0.57, 0.7
"""Least width of an explanation beside the map; then its greatest share of the sheet's width: at first, if its text
needs more, and as a last resort."""
_BELOW: Final = 0.26
"""Estimated share of the sheet's height for an explanation below the map."""
_LEAST_MAP, _UTMOST_MAP = 0.42, 0.36
"""Least share of the height below the heading for the map; the second as a last resort."""
_LEAST_AREA: Final = 0.24
"""Least share of the area below the heading for a map with its explanation beside it; wide ground makes it low."""
_STEP: Final = 1.05
"""Factor by which an explanation beside the map is widened at each step."""
_LOWEST: Final = 0.6
"""Least height of a map in a column, as a share of its width."""
_WIDER, _TALLER = 1.2, 1.5
"""Greatest width and height of a map, as multiples of what its ground needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Legend, key and footer of a map, not yet arranged."""

    rows: tuple[Rows, ...]
    """Legend and key, if any."""
    footer: Sequence[str]
    """Paragraphs of the footer."""
    options: FigureOptions

    def within(self, wide_mm: float) -> "Stack":
        """Arrange it in a width, with the footer in columns of about equal height."""
        scale = self.options.scale
        columns = max(1, round(wide_mm / (_FOOTER_MM * scale)))
        style = Type(size_pt=_FOOTER_PT * scale, colour=self.options.style.palette.muted)
        within = (wide_mm - (columns - 1) * _COLUMN_GAP_MM * scale) / columns
        texts = [" ".join(self.footer)] if self.options.size.paper.brief else self.footer
        found = [TextBlock.wrapped(text, style, within).lines for text in texts]
        lines = [(line, number == 0) for paragraph in found for number, line in enumerate(paragraph)]
        each = -(-len(lines) // columns)
        parts = [lines[at : at + each] for at in range(0, len(lines), each)]
        footer = tuple(
            TextBlock(
                lines=tuple(line for line, _ in part),
                style=style,
                leading=TIGHT,
                begins=tuple(number for number, (_, begins) in enumerate(part) if begins and number),
            )
            for part in parts
        )
        return Stack(rows=tuple(rows.within(wide_mm) for rows in self.rows), footer=footer, scale=scale)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """Legend, key and footer arranged in a width, one below the other."""

    rows: tuple[SetRows, ...]
    footer: tuple[TextBlock, ...]
    scale: float

    @property
    def high_mm(self) -> float:
        """Total height."""
        return sum(rows.high_mm + 2 * _RULE_MM * self.scale for rows in self.rows) + self.footer_mm

    @property
    def footer_mm(self) -> float:
        """Height of the footer."""
        return max(column.high_mm for column in self.footer)

    def draw(self, sheet: Sheet, box: shapely.Polygon, *, ruled: bool) -> None:
        """Draw the rows at the top and the footer at the bottom, with hairlines between.

        If `ruled`, there is a line above the footer even without rows.
        """
        left, bottom, right, top = box.bounds
        y, gap = top, _RULE_MM * self.scale
        for number, rows in enumerate(self.rows):
            sheet.group("legend")
            if number:
                _hairline(sheet, left, right, y + gap)
            rows.draw(sheet, left, y)
            y -= rows.high_mm + 2 * gap
        sheet.group("furniture")
        foot = bottom + self.footer_mm
        if self.rows or ruled:
            _hairline(sheet, left, right, foot + gap * 0.7)
        step = (right - left + _COLUMN_GAP_MM * self.scale) / len(self.footer)
        for number, column in enumerate(self.footer):
            sheet.write(left + number * step, foot, column)


def _hairline(sheet: Sheet, left: float, right: float, y: float) -> None:
    line = shapely.LineString([(left, y), (right, y)])
    sheet.lines(line, colour=sheet.palette.border, width_mm=0.12 * sheet.scale)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Positions of heading, map and explanation on a sheet, millimetres."""

    paper: Paper
    scale: float
    head_mm: float
    aspect: float
    """Ratio of width to height of the ground to be shown."""
    beside: bool
    """Whether the explanation is beside the map, else below it."""
    aside_mm: float
    """Width of the explanation if beside the map, else its height."""

    @classmethod
    def ways(cls, options: FigureOptions, view: BBox, head_mm: float) -> tuple[Self, ...]:
        """Return the possible layouts, that with the larger map first."""
        paper, scale = options.size.paper, options.scale
        west, south, east, north = plane_bounds(view)
        aspect = (east - west) / (north - south)
        wide, high = paper.width_mm - 2 * paper.margin_mm, paper.height_mm - 2 * paper.margin_mm
        high -= head_mm + _HEAD_GAP_MM * scale
        least = _LEAST_BESIDE_MM * scale
        below = cls(paper=paper, scale=scale, head_mm=head_mm, aspect=aspect, beside=False, aside_mm=0.0)
        if not paper.is_wide:
            return (below,)
        spare = wide - _GAP_MM * scale - _WIDER * aspect * high
        beside = replace(below, beside=True, aside_mm=min(max(spare, least), _LIKELY_BESIDE * wide))
        smaller = max(aspect / (wide - least), 1 / high) > max(aspect / wide, 1 / high / (1 - _BELOW))
        return (below, beside) if smaller else (beside, below)

    @property
    def body(self) -> shapely.Polygon:
        """The sheet inside its margins, below the heading."""
        margin, top = self.paper.margin_mm, self.paper.height_mm - self.paper.margin_mm - self.head_mm
        return shapely.box(margin, margin, self.paper.width_mm - margin, top - _HEAD_GAP_MM * self.scale)

    @property
    def map_box(self) -> shapely.Polygon:
        """The map's frame."""
        left, bottom, right, top = self.body.bounds
        gap = _GAP_MM * self.scale
        if self.beside:
            right -= self.aside_mm + gap
        else:
            bottom += self.aside_mm + gap
        return shapely.box(left, max(bottom, top - _TALLER * (right - left) / self.aspect), right, top)

    @property
    def aside(self) -> shapely.Polygon:
        """The box for the explanation."""
        left, bottom, right, top = self.body.bounds
        if self.beside:
            return shapely.box(right - self.aside_mm, bottom, right, top)
        return shapely.box(left, bottom, right, self.map_box.bounds[1] - _GAP_MM * self.scale)

    @property
    def room_mm(self) -> tuple[float, float]:
        """Width and height of `aside`."""
        left, bottom, right, top = self.aside.bounds
        return right - left, top - bottom

    def roomier(self, stack: Callable[[float], Stack], *, utmost: bool) -> Self | None:
        """Return a layout with enough room for the explanation; None if the map would be too small.

        `utmost` allows a smaller map, as a last resort.
        """
        left, bottom, right, top = self.body.bounds
        if self.beside:
            wide, widest = self.aside_mm, _UTMOST_BESIDE if utmost else _MOST_BESIDE
            while (wide := wide * _STEP) <= widest * (right - left):
                if stack(wide).high_mm <= top - bottom:
                    made = replace(self, aside_mm=wide)
                    return made if made.map_box.area >= _LEAST_AREA * self.body.area else None
            return None
        high = stack(right - left).high_mm
        if self.paper.tallest_mm is None:
            least = _UTMOST_MAP if utmost else _LEAST_MAP
            return replace(self, aside_mm=high) if high <= (1 - least) * (top - bottom) else None
        around = self.paper.height_mm - (top - bottom) + _GAP_MM * self.scale
        tall = around + high + (right - left) / self.aspect
        paper = replace(self.paper, height_mm=float(np.clip(tall, self.paper.height_mm, self.paper.tallest_mm)))
        grown = replace(self, paper=paper, aside_mm=high)
        low = grown.map_box.bounds[3] - grown.map_box.bounds[1] < _LOWEST * (right - left)
        return None if low else grown


# Positions of inset, scale bar and note on the map: in free corners, found anew for every map.

_EDGE_MM, _APART_MM = 2.2, 1.2
"""Space between the frame and a panel, and around a panel, on A4."""

_STEPS: Final = 9
"""Positions tried along each edge of the frame."""

_OFF_CORNER, _OFF_FOOT, _ON_MARKS = 0.2, 5.0, 1000.0
"""Costs per square millimetre of a panel: outside a corner, per step above the bottom, and on top of marks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panels:
    """Boxes of the panels on the map, millimetres; None for one that is not drawn."""

    note: shapely.Polygon | None = None
    inset: shapely.Polygon | None = None
    scale_bar: shapely.Polygon | None = None

    def all(self) -> list[shapely.Polygon]:
        """Return the boxes of panels that are drawn."""
        return [panel for field in fields(self) if (panel := getattr(self, field.name)) is not None]

    def covered_mm2(self, marks: Iterable[BaseGeometry]) -> float:
        """Return the area of marks and of other panels that the panels cover."""
        covered = sum(panel.intersection(mark).area for mark in marks for panel in self.all())
        return float(covered + sum(one.intersection(other).area for one, other in combinations(self.all(), 2)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Corners:
    """What panels should not cover: `marks` if at all possible, and `costs` at a cost per square millimetre (key)."""

    box: shapely.Polygon
    marks: Room
    costs: Mapping[float, BaseGeometry]
    scale: float

    def panels(self, sizes_mm: Mapping[str, tuple[float, float] | None]) -> Panels:
        """Place each panel, given as width and height, in the order given; later ones avoid earlier ones."""
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
        """Yield positions along the frame, each with 0 in a corner, 1 elsewhere, and its steps above the bottom."""
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


# Scale bar, north arrow, inset locator, note.

_INSET_MM: Final = (31.0, 27.0)
_INSET_SHARE: Final = 0.25
"""Greatest width of the inset, as a share of the map's shorter side."""
_INSET_OUTLINE_MM: Final = 0.14
_NORTH_MM: Final = 5.0
_BAR_MM: Final = 46.0
_SCALE_PT: Final = 6.3
_ROUND_KM: Final = tuple(step * 10**power for power in range(-1, 4) for step in (1, 2, 5))
_CONTINENT: Final = BBox(42, 11, 94, 52)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleBar:
    """A scale bar of a round length."""

    km: float
    length_mm: float
    scale: float

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height, with the north arrow beside it."""
        return self.length_mm + (self._label_mm + 2 * _NORTH_MM) * self.scale, 7.2 * self.scale

    @property
    def text(self) -> str:
        """Label of the length."""
        return say("pairs-km", km=self.km)

    @property
    def _label_mm(self) -> float:
        return width_mm(self.text, Weight.REGULAR, _SCALE_PT) / 2 + 2


def scale_bar(frame: Frame, scale: float) -> ScaleBar:
    """Return a scale bar that is true at the map's centre."""
    mm_per_km = frame.mm_per_km()
    left, _, right, _ = frame.box.bounds
    longest_mm = min(_BAR_MM * scale, 0.3 * (right - left))
    longest = [km for km in _ROUND_KM if km * mm_per_km <= longest_mm]
    km = max(longest, default=_ROUND_KM[0])
    return ScaleBar(km=km, length_mm=km * mm_per_km, scale=scale)


def draw_scale_bar(sheet: Sheet, panel: shapely.Polygon, bar: ScaleBar, frame: Frame) -> None:
    """Draw the bar with its labels, and an arrow to true north beside it."""
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


def inset_mm(map_box: shapely.Polygon, scale: float) -> tuple[float, float]:
    """Return width and height of the inset."""
    left, bottom, right, top = map_box.bounds
    smaller = min(scale, _INSET_SHARE * min(right - left, top - bottom) / _INSET_MM[0])
    return _INSET_MM[0] * smaller, _INSET_MM[1] * smaller


def draw_inset(
    sheet: Sheet, panel: shapely.Polygon, frame: Frame, layers: Boundaries, lines: Mapping[str, LineStyle]
) -> None:
    """Draw a locator map of the region, or of the continent if the map shows much of the region."""
    near = Frame.around(REGION, panel)
    covered = near.shown_m(0).intersection(frame.shown_m(0)).area / near.shown_m(0).area
    inset = near if covered < 0.35 else Frame.around(_CONTINENT, panel)  # noqa: PLR2004  # else no surroundings
    drawn = ground(layers, inset.m_per_mm)
    sheet.clip_to(panel)
    sheet.shape(panel, fill=sheet.palette.neighbour)
    sheet.lines(
        clipped_to_sheet(inset, drawn.neighbour_outlines),
        colour=sheet.palette.province_limit,
        width_mm=_INSET_OUTLINE_MM * sheet.scale,
    )
    sheet.shape(clipped_to_sheet(inset, drawn.sea), fill=sheet.palette.sea)
    sheet.shape(clipped_to_sheet(inset, drawn.land), fill=sheet.palette.paper)
    for name, style in sorted(lines.items(), key=lambda line: line[1].casing is not None):
        if style.is_border:
            colour = style.of(sheet.palette)
            sheet.lines(
                clipped_to_sheet(inset, drawn.lines[name]), colour=colour, width_mm=style.inset_mm * sheet.scale
            )
    shown = shapely.transform(frame.shown_m(0), inset.to_sheet_mm)
    sheet.shape(shown, fill=sheet.palette.text, alpha=0.1)
    sheet.shape(shown, edge=sheet.palette.text, width_mm=0.35 * sheet.scale, joinstyle="miter")
    sheet.clip_to(None)
    sheet.shape(panel, edge=sheet.palette.paper, width_mm=0.5 * sheet.scale)
    sheet.shape(panel, edge=sheet.palette.border, width_mm=0.2 * sheet.scale)


def draw_note(sheet: Sheet, panel: shapely.Polygon, note: TextBlock) -> None:
    """Draw a sentence in its panel."""
    sheet.shape(panel, fill=sheet.palette.paper, alpha=0.94)
    sheet.shape(panel, edge=sheet.palette.province_limit, width_mm=0.18 * sheet.scale)
    left, _, _, top = panel.bounds
    sheet.write(left + 0.9 * note.style.size_mm, top - 0.4 * note.style.size_mm, note)


def note_mm(note: TextBlock) -> tuple[float, float]:
    """Return width and height of the panel of a note."""
    return note.wide_mm + 1.8 * note.style.size_mm, note.high_mm + 0.8 * note.style.size_mm
