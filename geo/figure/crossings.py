"""Crossing points: drawn from a middle scale on, as small squares."""

from typing import Final

import numpy as np
import shapely

from geo.boundaries import Boundaries
from geo.figure.frame import Frame
from geo.figure.room import Room
from geo.figure.sheet import Sheet

CROSSINGS_FROM: Final = 5_000
"""Largest metres of ground per millimetre of A4 at which they are drawn."""

_HALF_MM: Final = 0.62
"""Of a square's side."""


def crossing_points(frame: Frame, layers: Boundaries, room: Room, scale: float) -> dict[str, tuple[float, float]]:
    """Return where crossing points are drawn, by name: none on small scales, none under a mark or a panel."""
    if frame.m_per_mm * scale > CROSSINGS_FROM:
        return {}
    places = {crossing.name: frame.on_sheet(crossing.lon, crossing.lat) for crossing in layers.crossing_points}
    drawn: dict[str, tuple[float, float]] = {}
    for name, at in places.items():
        apart = all(np.hypot(at[0] - x, at[1] - y) > 3 * _HALF_MM * scale for x, y in drawn.values())
        if apart and room.is_free(square_at(at, scale), gap_mm=0.2):
            drawn[name] = at
    return drawn


def square_at(at: tuple[float, float], scale: float) -> shapely.Polygon:
    """Return the square of a crossing point."""
    half = _HALF_MM * scale
    return shapely.box(at[0] - half, at[1] - half, at[0] + half, at[1] + half)


def draw_square(sheet: Sheet, at: tuple[float, float]) -> None:
    """Draw a crossing point."""
    sheet.shape(
        square_at(at, sheet.scale), fill=sheet.palette.paper, edge=sheet.palette.durand_line, width_mm=0.3 * sheet.scale
    )
