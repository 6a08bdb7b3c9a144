"""How large the marks are on paper, in the web map's pixels."""

from dataclasses import replace
from typing import Final

import numpy as np

from geo.figure.placed_mark import PlacedMark
from geo.symbols import SHAPES

MM_PER_PX: Final = 0.2
"""The web map's pixels on A4."""

CASING_PX: Final = 1.4
"""Pale edge around a symbol."""

ARROW_PX: Final = 20.0
"""From the middle of a symbol to the tip of its arrow."""


def disc_radius_px(incidents: int) -> float:
    """Return the radius of a disc that stands for several incidents, as on the web map."""
    return float(min(9.5 + 1.4 * np.sqrt(incidents), 20)) + 2.5


def sized(mark: PlacedMark, px: float) -> PlacedMark:
    """Give a mark the radius that it is drawn with; `px` is a pixel of the web map, millimetres."""
    if mark.is_badge:
        radius = 16.0 if mark.count > 1 else 14.5
    elif mark.grouped or len(mark.points) > 1:
        radius = disc_radius_px(mark.count) + 0.5
    else:
        alone = mark.points[0]
        reach = max(float(np.hypot(*corner)) for corner in SHAPES[alone.incident.category])
        radius = reach * (0.5 * alone.diameter_px + CASING_PX)
        if alone.heading_deg is not None:
            radius = max(radius, ARROW_PX)
    return replace(mark, radius=radius * px)
