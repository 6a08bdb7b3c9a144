"""The map's frame on the sheet: which ground it shows, and where on the paper a place lies."""

from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
import shapely
import shapely.affinity
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from geo.places.plane import CONFORMAL, GEOD, TO_PLANE, WGS84, BBox, Floats, circles

_TO_EARTH: Final = Transformer.from_crs(CONFORMAL, WGS84, always_xy=True)
_BREATHING: Final = 1.04
"""The view asked for does not touch the frame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A rectangle of the sheet filled with ground, projected by CONFORMAL; it contains the view asked for."""

    view: BBox
    box: shapely.Polygon
    """On the sheet, millimetres."""
    centre_m: tuple[float, float]
    """On the plane of CONFORMAL; it lies in the middle of the box."""
    m_per_mm: float

    @classmethod
    def around(cls, view: BBox, box: shapely.Polygon, *, widened: float = 1.0) -> Self:
        """Show a view in a box as large as possible, or smaller by a factor."""
        outline = shapely.transform(shapely.segmentize(view.polygon(), 0.5), to_plane)
        west, south, east, north = outline.bounds
        left, bottom, right, top = box.bounds
        return cls(
            view=view,
            box=box,
            centre_m=((west + east) / 2, (south + north) / 2),
            m_per_mm=max((east - west) / (right - left), (north - south) / (top - bottom)) * widened * _BREATHING,
        )

    def __str__(self) -> str:
        """Write the view asked for; with the paper's size it makes the frame again."""
        return str(self.view)

    def contains(self, lon: float, lat: float) -> bool:
        """Tell whether a place lies on the map."""
        return bool(shapely.covers(self.box, shapely.Point(self.on_sheet(lon, lat))))

    def holds_each(self, lon: Floats, lat: Floats) -> npt.NDArray[np.bool_]:
        """Tell of each place, shape (n,), whether it lies on the map."""
        x, y = self.placed_m(to_plane(np.column_stack([lon, lat]))).T
        left, bottom, right, top = self.box.bounds
        return np.asarray((left <= x) & (x <= right) & (bottom <= y) & (y <= top), bool)

    def on_sheet(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a place lies, millimetres."""
        x, y = self.placed_m(np.asarray([TO_PLANE.transform(lon, lat)], float))[0]
        return float(x), float(y)

    def placed(self, geometry: BaseGeometry) -> BaseGeometry:
        """Put geometry, WGS84, onto the sheet."""
        return shapely.transform(geometry, lambda lon_lat: self.placed_m(to_plane(lon_lat)))

    def placed_m(self, xy: Floats) -> Floats:
        """Put metres on the plane, shape (n, 2), onto the sheet."""
        return (xy - self.centre_m) / self.m_per_mm + self._middle

    def circle(self, lon: float, lat: float, radius_km: float) -> shapely.Polygon:
        """Return all that lies within a distance on the ground, on the sheet."""
        return shapely.Polygon(self.placed_m(to_plane(circles([lon], [lat], [radius_km], corners=72)[0])))

    def shown_m(self, margin_mm: float = 5.0) -> shapely.Polygon:
        """Return the ground of the map and a little around it, metres on the plane."""
        left, bottom, right, top = self.box.bounds
        half_x, half_y = (right - left) / 2 + margin_mm, (top - bottom) / 2 + margin_mm
        (x, y), scale = self.centre_m, self.m_per_mm
        return shapely.box(x - half_x * scale, y - half_y * scale, x + half_x * scale, y + half_y * scale)

    def mm_per_km(self) -> float:
        """Return the true scale at the map's centre, measured on the ellipsoid."""
        x, y = self.centre_m
        half = 20 * self.m_per_mm
        west, east = (_TO_EARTH.transform(x + side, y) for side in (-half, half))
        ground_m = float(GEOD.inv(*west, *east)[2])
        return 40 / (ground_m / 1000)

    def north_deg(self, lon: float, lat: float) -> float:
        """Return the direction of true north on the sheet, degrees clockwise from up."""
        here, there = self.on_sheet(lon, lat), self.on_sheet(lon, lat + 0.1)
        return float(np.degrees(np.arctan2(there[0] - here[0], there[1] - here[1])))

    def earth(self, x: float, y: float) -> tuple[float, float]:
        """Return lon, lat of a point of the sheet."""
        xy = (np.asarray([x, y]) - self._middle) * self.m_per_mm + self.centre_m
        lon, lat = _TO_EARTH.transform(*xy)
        return float(lon), float(lat)

    @property
    def _middle(self) -> tuple[float, float]:
        left, bottom, right, top = self.box.bounds
        return (left + right) / 2, (bottom + top) / 2


def to_plane(lon_lat: Any) -> Floats:
    """Project degrees, shape (n, 2), to metres on the plane of CONFORMAL."""
    return np.column_stack(TO_PLANE.transform(lon_lat[:, 0], lon_lat[:, 1]))
