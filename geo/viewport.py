"""A stretch of ground to look at: the extent of a map or a figure."""

from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np
import numpy.typing as npt
import shapely


class Extent(Protocol):
    """Ground that a map shows, of whatever shape; as text, the box that makes it again."""

    def contains(self, lon: float, lat: float) -> bool:
        """Tell whether a point lies on it; degrees, WGS84."""

    def holds_each(self, lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Tell the same of many points, shape (n,)."""


@dataclass(frozen=True, slots=True)
class BBox:
    """A box in degrees, WGS84, edges inclusive; it may not cross the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        if not (-180 <= self.west < self.east <= 180 and -90 <= self.south < self.north <= 90):  # noqa: PLR2004  # degrees
            raise ValueError(f"{self} is no box: expected west < east within ±180 and south < north within ±90")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `west,south,east,north`; raises ValueError.

        >>> BBox.parse("69,32,72,35")
        BBox(west=69.0, south=32.0, east=72.0, north=35.0)
        """
        parts = text.split(",")
        if len(parts) != 4:  # noqa: PLR2004  # the four edges
            raise ValueError(f"{text!r} is no box; write west,south,east,north in degrees, as in 69,32,72,35")
        return cls(*(float(part) for part in parts))

    def contains(self, lon: float, lat: float) -> bool:
        """Tell whether a point lies in the box or on its edge."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north

    def holds_each(self, lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Tell of each point, shape (n,), whether it lies in the box or on its edge."""
        return (self.west <= lon) & (lon <= self.east) & (self.south <= lat) & (lat <= self.north)

    def polygon(self) -> shapely.Polygon:
        """Return the box as a polygon, WGS84."""
        return shapely.box(self.west, self.south, self.east, self.north)

    def __str__(self) -> str:
        """Write the box as `parse` reads it."""
        edges = (float(edge) for edge in (self.west, self.south, self.east, self.north))
        return ",".join(repr(edge).removesuffix(".0") for edge in edges)


REGION = BBox(60.5, 23.5, 77.9, 41.1)
"""Afghanistan, Pakistan and Tajikistan whole."""
