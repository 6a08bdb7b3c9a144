"""A mark on the sheet: where it is, which place it stands for, and for how many incidents."""

from dataclasses import dataclass

import numpy as np
import shapely

from geo.figure.counts import Counts, added, counts
from geo.incident import Incident
from geo.marks import AreaMark, PointMark
from geo.symbols import symbol_diameter_px
from geo.vocabulary import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedMark:
    """A symbol, a disc or a badge on the sheet, millimetres."""

    x: float
    y: float
    radius: float
    at: tuple[float, float]
    """The place it stands for; a line leads there if the mark was moved."""
    points: tuple[PointMark, ...] = ()
    areas: tuple[AreaMark, ...] = ()
    """Either points or areas, never both."""
    grouped: Counts = ()
    """Of incidents too many to have marks of their own."""
    of_area: bool = False
    """Whether these are known to areas only."""
    in_dispute: int = 0
    """How many of these are disputed."""

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """Return all the mark stands for."""
        return tuple(mark.incident for mark in self.points) + tuple(i for area in self.areas for i in area.incidents)

    @property
    def counts(self) -> Counts:
        """Return how many of each category it stands for."""
        return added(counts(self.incidents), self.grouped)

    @property
    def count(self) -> int:
        """Return how many it stands for."""
        return len(self.incidents) + sum(number for _, number in self.grouped)

    @property
    def is_disputed(self) -> bool:
        """Tell whether all it stands for is disputed."""
        return self.in_dispute + sum(i.status is Status.DISPUTED for i in self.incidents) == self.count

    @property
    def is_badge(self) -> bool:
        """Tell whether it stands for what is known to an area only."""
        return self.of_area or bool(self.areas)

    @property
    def is_symbol(self) -> bool:
        """Tell whether it is one incident's own symbol."""
        return len(self.points) == 1 and not self.grouped

    @property
    def is_sized(self) -> bool:
        """Tell whether it is larger for its deaths."""
        return self.is_symbol and self.points[0].diameter_px > symbol_diameter_px(None)

    @property
    def has_shape(self) -> bool:
        """Tell whether the shape of a category is drawn: alone, or as the one incident of a badge."""
        return self.is_symbol or (self.is_badge and self.count == 1)

    @property
    def is_moved(self) -> bool:
        """Tell whether a line must lead to its place."""
        return float(np.hypot(self.x - self.at[0], self.y - self.at[1])) > 0.75 * self.radius

    def outline(self) -> shapely.Polygon:
        """Return the room it takes."""
        return shapely.Point(self.x, self.y).buffer(self.radius, 12)

    def leader(self) -> shapely.LineString:
        """Return the line to its place; empty if the mark stands there."""
        return shapely.LineString([self.at, (self.x, self.y)]) if self.is_moved else shapely.LineString()
