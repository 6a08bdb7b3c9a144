"""Coordinate reference systems, lengths on the ground, and extents; coordinates are lon, lat unless projected."""

from dataclasses import dataclass
from typing import Any, Final, Protocol, Self

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod, Proj, Transformer

# Coordinate reference systems.

WGS84: Final = "EPSG:4326"
"""Degrees, lon, lat: the CRS of everything that is stored and exchanged (RFC 7946)."""

CONFORMAL: Final = "+proj=lcc +lat_1=27 +lat_2=38 +lat_0=33 +lon_0=69 +datum=WGS84 +units=m +no_defs"
"""Lambert conformal conic for the region, metres; preserves shapes, with lengths within 1.2 % from 23° to 41° N."""

EQUAL_AREA: Final = "+proj=aea +lat_1=27 +lat_2=38 +lat_0=33 +lon_0=69 +datum=WGS84 +units=m +no_defs"
"""Albers equal-area conic for the region, metres; for areas and densities."""


# Ground lengths of lines projected to CONFORMAL, and points on the globe where it does not reach.

Floats = npt.NDArray[np.float64]

GEOD: Final = Geod(ellps="WGS84")
TO_PLANE: Final = Transformer.from_crs(WGS84, CONFORMAL, always_xy=True)

_CENTRAL_MERIDIAN: Final = 69.0
_LATITUDES: Final = np.arange(60.0, 0.0, -0.1)
_POLE_Y_M: Final = float(TO_PLANE.transform(_CENTRAL_MERIDIAN, 90.0)[1])
_POLE_DISTANCE_M: Final = _POLE_Y_M - TO_PLANE.transform(np.full_like(_LATITUDES, _CENTRAL_MERIDIAN), _LATITUDES)[1]
_SCALE: Final = Proj(CONFORMAL).get_factors(np.full_like(_LATITUDES, _CENTRAL_MERIDIAN), _LATITUDES).meridional_scale


def true_length_m(start: Floats, end: Floats) -> Floats:
    """Return the ground lengths of straight projected lines, by Simpson's rule over the projection's scale.

    `start` and `end` are metres in CONFORMAL, shape (n, 2); accurate to 0.1 % for lines of up to 1,500 km.
    """
    shrunk = [1 / _scale(start), 4 / _scale((start + end) / 2), 1 / _scale(end)]
    return np.asarray(np.sqrt(squared(end - start)) * sum(shrunk) / 6, float)


def circles(lon: npt.ArrayLike, lat: npt.ArrayLike, radius_km: npt.ArrayLike, *, corners: int) -> Floats:
    """Return geodesic circles around n places as polygon corners, clockwise from north.

    Places and corners are lon, lat, degrees, WGS84; the result has shape (n, corners, 2).
    """
    places = np.array([lon, lat, radius_km], float)
    lons, lats, radii = np.repeat(places[..., None], corners, axis=2)
    turns = np.tile(np.linspace(0, 360, corners, endpoint=False), (len(lons), 1))
    return np.dstack(GEOD.fwd(lons, lats, turns, 1000 * radii)[:2])


def on_globe(lon: Floats, lat: Floats) -> Floats:
    """Return points given in degrees, WGS84, as points on the unit sphere, shape (n, 3)."""
    turn, rise = np.radians(lon), np.radians(lat)
    return np.column_stack([np.cos(rise) * np.cos(turn), np.cos(rise) * np.sin(turn), np.sin(rise)])


def squared(vectors: Floats) -> Any:
    """Return the squared lengths of vectors, shape (n,)."""
    return np.einsum("ij,ij->i", vectors, vectors)


def _scale(xy: Floats) -> Floats:
    """Return the projection's scale, which depends only on the distance to the pole."""
    return np.interp(np.hypot(xy[:, 0], _POLE_Y_M - xy[:, 1]), _POLE_DISTANCE_M, _SCALE)


# The extent of a map or a figure.


class Extent(Protocol):
    """The area that a map shows, of any shape; `str` gives the box that reproduces it."""

    def contains(self, lon: float, lat: float) -> bool:
        """Tell whether a point lies in it; degrees, WGS84."""

    def holds_each(self, lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Tell which points lie in it, shape (n,); degrees, WGS84."""


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
        """Parse `west,south,east,north`; raises ValueError.

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
        """Tell which points lie in the box or on its edge, shape (n,)."""
        return (self.west <= lon) & (lon <= self.east) & (self.south <= lat) & (lat <= self.north)

    def within(self, other: "BBox") -> "BBox | None":
        """Return the intersection with another box, or None if they do not overlap.

        >>> BBox(0, 0, 2, 2).within(BBox(1, 1, 3, 3)), BBox(0, 0, 1, 1).within(BBox(1, 0, 2, 1))
        (BBox(west=1, south=1, east=2, north=2), None)
        """
        west, south = max(self.west, other.west), max(self.south, other.south)
        east, north = min(self.east, other.east), min(self.north, other.north)
        return BBox(west, south, east, north) if west < east and south < north else None

    def polygon(self) -> shapely.Polygon:
        """Return the box as a polygon, WGS84."""
        return shapely.box(self.west, self.south, self.east, self.north)

    def __str__(self) -> str:
        """Return the box as text that `parse` reads."""
        edges = (float(edge) for edge in (self.west, self.south, self.east, self.north))
        return ",".join(repr(edge).removesuffix(".0") for edge in edges)


REGION = BBox(60.5, 23.5, 77.9, 41.1)
"""All of Afghanistan, Pakistan and Tajikistan."""

GROUND: Final = BBox(40, 8, 96, 54)
"""Extent of the base layers of maps and figures; nothing is drawn beyond it."""
