"""Where legend, inset and the like stand on the map: in corners that are empty, found anew for every map."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import combinations
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.figure.room import Room

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
