"""A planned figure, drawn."""

from typing import Final

import shapely
from matplotlib.figure import Figure

from geo.boundaries import Boundaries
from geo.figure.crossings import crossing_points
from geo.figure.furniture import draw_inset, draw_note, draw_panel, draw_scale_bar
from geo.figure.ground import draw_durand_casing, draw_durand_line, draw_ground, durand_line
from geo.figure.incident_marks import draw_leader, draw_mark
from geo.figure.names import Names
from geo.figure.plan import Plan, rule_mm
from geo.figure.room import Room
from geo.figure.sheet import Sheet
from geo.figure.uncertainty import draw_circles, draw_stretches
from geo.figure.words import column_left_mm, footer_leading_mm
from geo.symbols import LIGHT

_NAME_GAP_MM: Final = 0.6


def draw(plan: Plan, layers: Boundaries) -> Figure:
    """Draw a plan; ground first, then what is known, names, marks, panels, and the words around the map."""
    sheet = Sheet(plan.options.size.paper, LIGHT)
    sheet.clip_to(plan.scene.frame.box)
    draw_ground(sheet, plan.scene.frame, layers)
    draw_circles(sheet, plan.scene.frame, plan.scene.marks)
    draw_durand_casing(sheet, plan.scene.frame, layers)
    draw_stretches(sheet, plan.scene.frame, plan.scene.marks)
    draw_durand_line(sheet, plan.scene.frame, layers)
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
    frame, line = plan.scene.frame, durand_line(plan.scene.frame, layers)
    room = Room(frame.box.buffer(-1.2), gap_mm=_NAME_GAP_MM * sheet.scale)
    room.take(*(mark.outline() for mark in plan.scene.placed), *(mark.leader() for mark in plan.scene.placed))
    room.take(*plan.panels.all())
    crossings = crossing_points(frame, layers, room, sheet.scale)
    room.take(line, *(name.box() for name in plan.line_names))
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
