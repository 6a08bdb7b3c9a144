"""The report figure: where everything goes on the paper, decided before anything is drawn; then drawn, and written."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from io import BytesIO
from threading import Lock
from typing import Any, Final, Self

import matplotlib as mpl
import pandas as pd
import shapely
from matplotlib.figure import Figure
from shapely.geometry.base import BaseGeometry

from geo import __version__
from geo.aggregate.coverage import coverage, gap_words
from geo.export.manifest import code_of, manifest, to_json
from geo.figure.ground import (
    cased_borders,
    crossing_points,
    draw_cased_borders,
    draw_casings,
    draw_circles,
    draw_ground,
    draw_stretches,
    ground,
    on_sheet,
    plain_borders,
    square_at,
)
from geo.figure.legend import Legend, legend
from geo.figure.names import LineName, Names, line_names
from geo.figure.options import (
    FigureFormat,
    FigureOptions,
    Paper,
)
from geo.figure.panels import (
    STANDING_TITLE,
    Corners,
    Panels,
    ScaleBar,
    Set,
    Words,
    column_left_mm,
    draw_inset,
    draw_note,
    draw_panel,
    draw_scale_bar,
    footer,
    footer_leading_mm,
    inset_mm,
    note_mm,
    nothing_shown,
    scale_bar,
    subtitle,
    title,
)
from geo.figure.paper_marks import PlacedMark, draw_leader, draw_mark, place_many, place_marks
from geo.figure.sheet import Frame, Room, Sheet, with_fonts
from geo.incident.vocabulary import Border
from geo.language.folding import fold
from geo.language.messages import say
from geo.places.boundaries import Boundaries
from geo.places.plane import REGION
from geo.render.left_out import LeftOut
from geo.selection.filters import Filters
from geo.symbology.marks import Marks
from geo.symbology.symbols import LIGHT
from geo.table.incident_table import IncidentTable

_WIDENED: Final = (1.0, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0)
"""How much farther a map may look for legend and inset to find a place without incidents."""

_RULE_MM: Final = 2.6
"""Between the map, the hairline and the footer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The incidents on a map."""

    frame: Frame
    marks: Marks
    """Those that stand in the frame."""
    placed: tuple[PlacedMark, ...]
    scale: float
    """Of the paper."""

    @classmethod
    def of(cls, marks: Marks, frame: Frame, scale: float) -> Self:
        """Put on the map what of some marks it can show."""
        inside = marks.within(frame)
        return cls(frame=frame, marks=inside, placed=place_marks(inside, frame, scale), scale=scale)

    @classmethod
    def of_many(cls, spots: pd.DataFrame, frame: Frame, scale: float) -> Self:
        """Put on the map counts by place, as `IncidentTable.spots` returns them."""
        nothing = Marks(points=(), areas=(), nowhere=())
        return cls(frame=frame, marks=nothing, placed=place_many(spots, frame, scale), scale=scale)

    def outlines(self) -> list[shapely.Polygon]:
        """Return the room that marks take."""
        return [mark.outline() for mark in self.placed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A figure before it is drawn."""

    options: FigureOptions
    scene: Scene
    words: Words
    legend: Legend | None
    scale_bar: ScaleBar
    panels: Panels
    line_names: tuple[LineName, ...]
    manifest: dict[str, Any]

    def covered_mm2(self) -> float:
        """Return how much the panels cover of the marks, and of each other."""
        return self.panels.covered_mm2(self.scene.outlines())


def plan(filters: Filters, table: IncidentTable, layers: Boundaries, options: FigureOptions) -> Plan:
    """Lay out a figure; the map looks a little farther if otherwise a panel would lie over an incident."""
    best: Plan | None = None
    for widened in _WIDENED[: 1 if table.marks(filters) is None else None]:
        tried = _plan(filters, table, layers, options, widened)
        if best is None or tried.covered_mm2() < best.covered_mm2():
            best = tried
        if best.covered_mm2() == 0:
            break
    assert best is not None
    return best


def _plan(filters: Filters, table: IncidentTable, layers: Boundaries, options: FigureOptions, widened: float) -> Plan:
    paper = options.size.paper
    heading, under = title(options), subtitle(filters, table, layers, paper)
    view, foot_lines = options.view or REGION, 0
    seen_in, gaps = _scenes(filters, table, paper.scale), gap_words(filters, layers, coverage())
    while True:
        frame = Frame.around(view, _map_box(paper, heading, under, foot_lines), widened=widened)
        made = manifest(filters, table, layers, view=frame, **options.recorded())
        scene = seen_in(frame)
        left = LeftOut(**made["counts"])
        foot = footer(made, (left.sentences(), gaps), paper, scene.placed, table.rule)
        if (needed := max(len(column.lines) for column in foot)) <= foot_lines:
            break
        foot_lines = needed
    note = None if scene.placed else nothing_shown(filters, left.chosen, paper)
    words = Words(title=heading, subtitle=under, footer=foot, note=note, sizes=table.rule.symbol_words)
    return Plan(options=options, scene=scene, words=words, manifest=made, **_furnished(options, layers, scene, words))


def _scenes(filters: Filters, table: IncidentTable, scale: float) -> Callable[[Frame], Scene]:
    """Return what places the marks in a frame; they are the same for each that is tried."""
    marks = table.marks(filters)
    if marks is None:
        spots = table.spots(filters)
        return lambda frame: Scene.of_many(spots, frame, scale)
    return lambda frame: Scene.of(marks, frame, scale)


def _furnished(options: FigureOptions, layers: Boundaries, scene: Scene, words: Words) -> dict[str, Any]:
    """Find room for the names of borders, then for the panels, the largest first."""
    frame, scale = scene.frame, scene.scale
    borders = cased_borders(frame, layers)
    room = Room(frame.box, gap_mm=0.5 * scale)
    room.take(*scene.outlines())
    crossings = crossing_points(frame, layers, room, scale)
    names = _line_names(borders, layers, scene, [square_at(at, scale) for at in crossings.values()])
    room.take(*(name.box() for name in names))
    explained, bar = None, scale_bar(frame, scale)
    if options.legend:
        named = {name.border for name in names}
        lines = [border for border, line in borders.items() if border not in named and not line.is_empty]
        explained = legend(
            scene.marks, scene.placed, frame, scale, sizes=words.sizes, crossings=bool(crossings), borders=lines
        )
    sizes_mm: dict[str, tuple[float, float] | None] = {
        "note": note_mm(words.note) if words.note else None,
        "legend": explained.size_mm if explained else None,
        "scale_bar": bar.size_mm,
        "inset": inset_mm(scale) if options.inset else None,
    }
    costs = {
        1.0: on_sheet(frame, ground(layers, frame.m_per_mm).land),
        6.0: shapely.GeometryCollection([*borders.values()]).buffer(1.5 * scale),
    }
    panels = Corners(box=frame.box, marks=room, costs=costs, scale=scale).panels(sizes_mm)
    return {"legend": explained, "scale_bar": bar, "panels": panels, "line_names": names}


def _line_names(
    borders: Mapping[Border, BaseGeometry], layers: Boundaries, scene: Scene, crossings: Sequence[BaseGeometry]
) -> tuple[LineName, ...]:
    room = Room(scene.frame.box.buffer(-1.2), gap_mm=0.6 * scene.scale)
    room.take(*borders.values(), *crossings, *scene.outlines(), *(mark.leader() for mark in scene.placed))
    avoiding = plain_borders(scene.frame, layers)
    named = (line_names(border, line, room, scene.scale, avoiding=avoiding) for border, line in borders.items())
    return tuple(name for names in named for name in names)


def _map_box(paper: Paper, heading: Set, under: Set, foot: int) -> shapely.Polygon:
    """Return the room that title, subtitle and a footer of some lines leave to the map."""
    top = paper.height_mm - paper.margin_mm
    top -= len(heading.lines) * heading.leading_mm + len(under.lines) * under.leading_mm + 1.2 * paper.scale
    bottom = paper.margin_mm + foot * footer_leading_mm(paper) + 2 * _RULE_MM * paper.scale
    return shapely.box(paper.margin_mm, bottom, paper.width_mm - paper.margin_mm, top)


def rule_mm(scale: float) -> float:
    """Return the distance between the map and the hairline, and from there to the footer."""
    return _RULE_MM * scale


# A planned figure, drawn.

_NAME_GAP_MM: Final = 0.6


def draw(plan: Plan, layers: Boundaries) -> Figure:
    """Draw a plan; ground first, then what is known, names, marks, panels, and the words around the map."""
    sheet = Sheet(plan.options.size.paper, LIGHT)
    sheet.clip_to(plan.scene.frame.box)
    draw_ground(sheet, plan.scene.frame, layers)
    draw_circles(sheet, plan.scene.frame, plan.scene.marks)
    draw_casings(sheet, plan.scene.frame, layers)
    draw_stretches(sheet, plan.scene.frame, plan.scene.marks)
    draw_cased_borders(sheet, plan.scene.frame, layers)
    _draw_names(sheet, plan, layers)
    for mark in plan.scene.placed:
        draw_leader(sheet, mark)
    for mark in reversed(plan.scene.placed):
        draw_mark(sheet, mark, plan.scene.frame)
    sheet.clip_to(None)
    sheet.shape(plan.scene.frame.box, edge=sheet.palette.border, width_mm=0.15 * sheet.scale)
    _draw_panels(sheet, plan, layers)
    _draw_words(sheet, plan)
    return sheet.figure


def _draw_names(sheet: Sheet, plan: Plan, layers: Boundaries) -> None:
    frame, borders = plan.scene.frame, cased_borders(plan.scene.frame, layers)
    room = Room(frame.box.buffer(-1.2), gap_mm=_NAME_GAP_MM * sheet.scale)
    room.take(*(mark.outline() for mark in plan.scene.placed), *(mark.leader() for mark in plan.scene.placed))
    room.take(*plan.panels.all())
    crossings = crossing_points(frame, layers, room, sheet.scale)
    room.take(*borders.values(), *(name.box() for name in plan.line_names))
    for name in plan.line_names:
        name.draw(sheet)
    names = Names(sheet=sheet, frame=frame, layers=layers, room=room)
    names.crossing_points(crossings)
    names.countries()
    names.provinces(towns=names.towns())


def _draw_panels(sheet: Sheet, plan: Plan, layers: Boundaries) -> None:
    panels = plan.panels
    if plan.legend is not None and panels.legend is not None:
        draw_panel(sheet, panels.legend)
        plan.legend.draw(sheet, panels.legend)
    if plan.words.note is not None and panels.note is not None:
        draw_note(sheet, panels.note, plan.words.note)
    if panels.inset is not None:
        draw_inset(sheet, panels.inset, plan.scene.frame, layers)
    if panels.scale_bar is not None:
        draw_scale_bar(sheet, panels.scale_bar, plan.scale_bar, plan.scene.frame)


def _draw_words(sheet: Sheet, plan: Plan) -> None:
    paper = sheet.paper
    y = paper.height_mm - paper.margin_mm
    for block in (plan.words.title, plan.words.subtitle):
        for line in block.lines:
            y -= block.leading_mm
            sheet.text((paper.margin_mm, y + 0.3 * block.leading_mm), line, block.style)
    rule = plan.scene.frame.box.bounds[1] - rule_mm(paper.scale)
    hairline = shapely.LineString([(paper.margin_mm, rule), (paper.width_mm - paper.margin_mm, rule)])
    sheet.lines(hairline, colour=sheet.palette.border, width_mm=0.12 * paper.scale)
    leading = footer_leading_mm(paper)
    for number, column in enumerate(plan.words.footer):
        for row, line in enumerate(column.lines):
            baseline = rule - rule_mm(paper.scale) * 0.4 - (row + 0.8) * leading
            sheet.text((column_left_mm(paper, number), baseline), line, column.style)


# A figure as a file with its manifest inside, the same bytes for the same figure on the same day.

SOFTWARE: Final = f"{say('program-name')} {__version__}"

_SETTINGS: Final[Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "incident-map",
    "pdf.fonttype": 42,
    "text.hinting": "no_hinting",
    "font.sans-serif": ["DejaVu Sans"],
}
"""Text stays text in SVG, fonts are embedded in PDF."""

_ONE_AT_A_TIME: Final = Lock()
"""matplotlib's settings are the process's, and read while it writes."""


def picture(figure: Figure, made: Mapping[str, Any], title: str, *, format: FigureFormat, dpi: int) -> bytes:  # noqa: A002  # the word people know
    """Write a figure; `made` is its manifest."""
    file = BytesIO()
    with _ONE_AT_A_TIME, mpl.rc_context(_SETTINGS):
        figure.savefig(file, format=format.value, dpi=dpi, metadata=_metadata(made, title, format))
    return with_fonts(file.getvalue(), figure) if format is FigureFormat.SVG else file.getvalue()


def _metadata(made: Mapping[str, Any], title: str, kind: FigureFormat) -> dict[str, Any]:
    text, day = to_json(dict(made)), made["made"]
    if kind is FigureFormat.PNG:
        return {"Title": title, "Software": SOFTWARE, "Copyright": made["credit"], "Manifest": text}
    if kind is FigureFormat.SVG:
        return {"Title": title, "Creator": SOFTWARE, "Rights": made["credit"], "Date": str(day), "Description": text}
    return {
        "Title": title,
        "Creator": SOFTWARE,
        "Producer": f"{mpl.__name__} {mpl.__version__}",
        "Subject": made["credit"],
        "Keywords": text,
        "CreationDate": datetime.combine(day, time(), UTC),
    }


# The report figure: a map of exactly the current filters and extent, for print, drawn without browser or network.

_LONGEST_CHOICE: Final = 60


def figure(filters: Filters, table: IncidentTable, layers: Boundaries, **options: Any) -> Figure:
    """Draw the figure of a selection; `options` are the fields of FigureOptions, which may raise ValueError."""
    return draw(plan(filters, table, layers, FigureOptions(**options)), layers)


def write_figure(filters: Filters, table: IncidentTable, layers: Boundaries, **options: Any) -> bytes:
    """Return the figure of a selection as a file; `options` are the fields of FigureOptions.

    The manifest is in the file: as text `Manifest` in a PNG, as description in an SVG, as keywords in a PDF.
    """
    asked = FigureOptions(**options)
    planned = plan(filters, table, layers, asked)
    drawn = draw(planned, layers)
    return picture(drawn, planned.manifest, asked.title or STANDING_TITLE, format=asked.format, dpi=asked.dpi)


def file_name(filters: Filters, table: IncidentTable, layers: Boundaries, options: FigureOptions) -> str:
    """Name the file by what it shows, its paper, and the code of its manifest."""
    code = code_of(filters, table, layers, view=options.view or REGION, **options.recorded())
    values = [value for values in filters.to_query().values() for value in values]
    words = re.sub(r"[^a-z0-9]+", "-", fold("-".join(values))).strip("-")[:_LONGEST_CHOICE].rstrip("-")
    return f"incident-map_{words or 'all'}_{options.size}_{code}.{options.format}"


def preview(filters: Filters, table: IncidentTable, layers: Boundaries, *, dpi: int, options: FigureOptions) -> bytes:
    """Return the same figure as a PNG of a lower resolution."""
    planned = plan(filters, table, layers, options)
    title = options.title or STANDING_TITLE
    return picture(draw(planned, layers), planned.manifest, title, format=FigureFormat.PNG, dpi=dpi)
