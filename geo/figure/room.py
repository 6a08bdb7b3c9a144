"""The room on the sheet that is taken, so that nothing is put over anything else."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geodesy import Floats


class Room:
    """Shapes on the sheet, millimetres, that later ones must keep off.

    Parameters
    ----------
    within
        Nothing may stick out of it.
    gap_mm
        Least distance between two shapes.

    """

    def __init__(self, within: shapely.Polygon, *, gap_mm: float) -> None:
        self.within = within
        self._gap_mm = gap_mm
        self._taken: list[BaseGeometry] = []

    def take(self, *shapes: BaseGeometry) -> None:
        """Mark room as taken."""
        self._taken += [shape for shape in shapes if not shape.is_empty]

    def is_free(self, shape: BaseGeometry, *, gap_mm: float | None = None) -> bool:
        """Tell whether a shape lies inside and keeps off everything."""
        return self.first_free([shape], gap_mm=gap_mm) is not None

    def first_free(
        self, shapes: Any, *, gap_mm: float | None = None, avoiding: BaseGeometry | None = None
    ) -> int | None:
        """Return the number of the first shape that is free, None if none is; better one that avoids some lines."""
        free = self.free(shapes, gap_mm=gap_mm)
        if avoiding is not None:
            better = free & ~shapely.intersects(avoiding, np.asarray(shapes, object))
            free = better if better.any() else free
        return int(np.argmax(free)) if free.any() else None

    def free(self, shapes: Any, *, gap_mm: float | None = None) -> npt.NDArray[np.bool_]:
        """Tell of each shape whether it lies inside and keeps off everything."""
        candidates = np.asarray(shapes, object)
        fits = shapely.covers(self.within, candidates)
        if self._taken and len(candidates):
            gap = self._gap_mm if gap_mm is None else gap_mm
            hit = shapely.STRtree(self._taken).query(candidates, predicate="dwithin", distance=gap)[0]
            fits[np.unique(hit)] = False
        return np.asarray(fits, bool)

    def overlap(self, shape: BaseGeometry) -> float:
        """Return how much of a shape is taken, square millimetres."""
        return sum(shape.intersection(other).area for other in self._taken if shape.intersects(other))


def spiral(step_mm: float, farthest_mm: float) -> Floats:
    """Return offsets from near to far, twelve directions each, the first of none; shape (n, 2)."""
    away, turn = np.meshgrid(np.arange(1, int(farthest_mm / step_mm) + 1), np.arange(12) * np.pi / 6, indexing="ij")
    around = np.column_stack([(away * np.cos(turn)).ravel(), (away * np.sin(turn)).ravel()])
    return np.concatenate([[(0.0, 0.0)], step_mm * around])
