"""Where everything goes on the paper, decided before anything is drawn."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.export.manifest import manifest
from geo.figure.ground import cased_borders, crossing_points, ground, on_sheet, plain_borders, square_at
from geo.figure.legend import Legend, legend
from geo.figure.names import LineName, line_names
from geo.figure.options import FigureOptions, Paper
from geo.figure.panels import (
    Corners,
    Panels,
    ScaleBar,
    Set,
    Words,
    footer,
    footer_leading_mm,
    inset_mm,
    note_mm,
    nothing_shown,
    scale_bar,
    subtitle,
    title,
)
from geo.figure.paper_marks import PlacedMark, place_many, place_marks
from geo.figure.sheet import Frame, Room
from geo.incident.vocabulary import Border
from geo.places.boundaries import Boundaries
from geo.places.plane import REGION
from geo.render.left_out import LeftOut
from geo.selection.filters import Filters
from geo.symbology.marks import Marks
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
    seen_in = _scenes(filters, table, paper.scale)
    while True:
        frame = Frame.around(view, _map_box(paper, heading, under, foot_lines), widened=widened)
        made = manifest(filters, table, layers, view=frame, **options.recorded())
        scene = seen_in(frame)
        left = LeftOut(**made["counts"])
        foot = footer(made, left, paper, scene.placed, table.rule)
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
