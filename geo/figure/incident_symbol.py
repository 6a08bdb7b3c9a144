"""An incident's own symbol: a shape by category, hollow when disputed, with an arrow where people crossed."""

from dataclasses import dataclass
from typing import Any, Final

import shapely
import shapely.affinity
from shapely.geometry.base import BaseGeometry

from geo.figure.mark_size import CASING_PX, MM_PER_PX
from geo.figure.sheet import Sheet
from geo.incident import Incident
from geo.symbols import SHAPES
from geo.vocabulary import Category, Status

_ARROW_SHAFT: Final = ((0.0, -19.0), (0.0, 13.0))
_ARROW_HEAD: Final = ((-5.5, 10.0), (0.0, 20.0), (5.5, 10.0))
"""Pixels, pointing up."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """What decides how an incident's own symbol looks."""

    category: Category
    status: Status
    diameter_px: float
    """Of a circle of the same area, in the web map's pixels."""


def symbol_of(incident: Incident, diameter_px: float) -> Symbol:
    """Return an incident's symbol."""
    return Symbol(incident.category, incident.status, diameter_px)


def draw_symbol(sheet: Sheet, at: tuple[float, float], symbol: Symbol, *, casing: bool = True) -> None:
    """Draw a category's shape, hollow if disputed."""
    category, px, radius = symbol.category, MM_PER_PX * sheet.scale, symbol.diameter_px / 2
    stroke = max(2.0, min(3.2, radius / 4))
    colour = sheet.palette.of(category)
    if casing:
        sheet.shape(_outline(category, (radius + CASING_PX) * px, at), fill=sheet.palette.casing)
    if symbol.status is Status.DISPUTED:
        hollow = _outline(category, (radius - stroke / 2) * px, at)
        sheet.shape(hollow, fill=sheet.palette.paper, edge=colour, width_mm=stroke * px)
    else:
        sheet.shape(_outline(category, radius * px, at), fill=colour)


def draw_arrow(sheet: Sheet, at: tuple[float, float], heading_deg: float, colour: str) -> None:
    """Draw the direction people crossed in, degrees clockwise from up."""
    px = MM_PER_PX * sheet.scale
    shaft = _turned(shapely.LineString(_ARROW_SHAFT), heading_deg, px, at)
    head = _turned(shapely.Polygon(_ARROW_HEAD), heading_deg, px, at)
    sheet.lines(shaft, colour=sheet.palette.casing, width_mm=4.4 * px)
    sheet.shape(head.buffer(1.2 * px), fill=sheet.palette.casing)
    sheet.lines(shaft, colour=colour, width_mm=2 * px)
    sheet.shape(head, fill=colour)


def _turned(shape: BaseGeometry, heading_deg: float, px: float, at: tuple[float, float]) -> Any:
    turned = shapely.affinity.rotate(shape, -heading_deg, origin=(0, 0))
    return shapely.transform(turned, lambda corners: corners * px + at)


def _outline(category: Category, radius: float, at: tuple[float, float]) -> shapely.Polygon:
    return shapely.Polygon([(at[0] + x * radius, at[1] - y * radius) for x, y in SHAPES[category]])
