"""The report figure: a map of exactly the current filters and extent, for print, drawn without browser or network."""

import re
from typing import Any, Final

from matplotlib.figure import Figure

from geo.boundaries import Boundaries
from geo.figure.drawing import draw
from geo.figure.extent import around_choice, around_incidents, around_province
from geo.figure.options import HIGHEST_DPI, LOWEST_DPI, FigureFormat, FigureOptions, FigureSize
from geo.figure.plan import plan
from geo.figure.words import STANDING_TITLE
from geo.figure.writing import picture
from geo.filters import Filters
from geo.folding import fold
from geo.manifest import code_of
from geo.table import IncidentTable
from geo.viewport import REGION

_LONGEST_CHOICE: Final = 60

__all__ = [
    "HIGHEST_DPI",
    "LOWEST_DPI",
    "STANDING_TITLE",
    "FigureFormat",
    "FigureOptions",
    "FigureSize",
    "around_choice",
    "around_incidents",
    "around_province",
    "figure",
    "file_name",
    "preview",
    "write_figure",
]


def figure(filters: Filters, table: IncidentTable, layers: Boundaries, **options: Any) -> Figure:
    """Draw the figure of a choice; `options` are the fields of FigureOptions, which may raise ValueError."""
    return draw(plan(filters, table, layers, FigureOptions(**options)), layers)


def write_figure(filters: Filters, table: IncidentTable, layers: Boundaries, **options: Any) -> bytes:
    """Return the figure of a choice as a file; `options` are the fields of FigureOptions.

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
