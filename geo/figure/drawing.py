"""The report figure: planned, drawn, and written as a file with its manifest inside."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time
from io import BytesIO
from threading import Lock
from typing import Any, Final

import matplotlib as mpl
import shapely
from matplotlib.figure import Figure

from geo import __version__
from geo.export.manifest import code_of, to_json
from geo.figure.ground import (
    cased_borders,
    crossing_points,
    draw_cased_borders,
    draw_casings,
    draw_circles,
    draw_ground,
    draw_stretches,
)
from geo.figure.layout import Plan, plan, rule_mm
from geo.figure.names import Names
from geo.figure.options import (
    FigureFormat,
    FigureOptions,
)
from geo.figure.panels import (
    STANDING_TITLE,
    column_left_mm,
    draw_inset,
    draw_note,
    draw_panel,
    draw_scale_bar,
    footer_leading_mm,
)
from geo.figure.paper_marks import draw_leader, draw_mark
from geo.figure.sheet import Room, Sheet, with_fonts
from geo.language.folding import fold
from geo.places.boundaries import Boundaries
from geo.places.plane import REGION
from geo.selection.filters import Filters
from geo.symbology.symbols import LIGHT
from geo.table.incident_table import IncidentTable

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

SOFTWARE: Final = f"Incident map {__version__}"

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
        "Producer": f"matplotlib {mpl.__version__}",
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
