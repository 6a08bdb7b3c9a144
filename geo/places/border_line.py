"""Distance to a border line and place along it, for many points at once.

A nearest-neighbour search slows down with distance: to a point 300 km off, thousands of vertices are almost equally
near. But the farther the point, the less of the line's detail matters. So the line is kept at several levels of
detail; the coarsest tells each point roughly how far it is, and the level made for that distance gives the answer.
"""

import math
from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
import shapely
from scipy.spatial import KDTree
from shapely.geometry.base import BaseGeometry

from geo.places.plane import GEOD, TO_PLANE, Floats, on_globe, squared, true_length_m

_LEVELS_M: Final = (200.0, 2_000.0, 20_000.0, 100_000.0, 400_000.0)
"""Each level serves points from here to the next; nearer than the first, the whole line is searched exactly."""

_FAR_M: Final = 1_500_000.0
"""From here on the plane leads astray; what lies so far off is measured on the globe."""

_BEND_DEG: Final = 0.02
"""A segment is straight in degrees, as in GeoJSON, and so bent on the plane; cut this short, by centimetres only."""

_SIMPLIFIED, _SPACED = 1e-3, 0.08
"""Of a level's distance: how much of the line's detail it loses, and how far apart its vertices are. Together they
keep distances good to 0.2 %."""


@dataclass(frozen=True, slots=True)
class _Level:
    """The line at one level of detail, on the plane of CONFORMAL."""

    xy: Floats
    """Metres, shape (n, 2)."""
    chainage_km: Floats
    tree: KDTree
    lost_m: float
    spacing_m: float

    @classmethod
    def of(cls, line: shapely.LineString, distance_m: float) -> Self:
        """Make the level that serves points from a distance on; `line` carries chainage as its third coordinate."""
        lost_m, spacing_m = _SIMPLIFIED * distance_m, _SPACED * distance_m
        spaced = shapely.segmentize(shapely.simplify(line, lost_m), spacing_m)
        xyz = shapely.get_coordinates(spaced, include_z=True)
        return cls(xyz[:, :2], xyz[:, 2], KDTree(xyz[:, :2]), lost_m, spacing_m)

    def nearest(self, xy: Floats) -> tuple[Floats, npt.NDArray[np.intp]]:
        """Return the distance of the nearest vertex, metres, and its number."""
        distance, number = self.tree.query(xy, workers=-1)
        return np.asarray(distance, float), np.asarray(number)

    def at_least_m(self, vertex_m: Floats) -> Floats:
        """Bound the distance to the line from below, given that to the nearest vertex."""
        return np.sqrt(np.maximum(vertex_m**2 - (self.spacing_m / 2) ** 2, 0)) - self.lost_m

    def foot(self, xy: Floats, nearest: npt.NDArray[np.intp]) -> tuple[Floats, Floats]:
        """Return the foot of each point on the segments at its nearest vertex, metres, and its chainage."""
        before = self.foot_on_segment(xy, np.maximum(nearest - 1, 0))
        after = self.foot_on_segment(xy, np.minimum(nearest, len(self.xy) - 2))
        closer = squared(before[0] - xy) < squared(after[0] - xy)
        return np.where(closer[:, None], before[0], after[0]), np.where(closer, before[1], after[1])

    def foot_on_segment(self, xy: Floats, number: npt.NDArray[np.intp]) -> tuple[Floats, Floats]:
        """Return the nearest point of the segment after a vertex, metres, and its chainage."""
        start, along = self.xy[number], self.xy[number + 1] - self.xy[number]
        share = np.einsum("ij,ij->i", xy - start, along) / np.maximum(squared(along), 1e-12)
        share = np.clip(share, 0, 1)
        chainage = self.chainage_km[number]
        return start + share[:, None] * along, chainage + share * (self.chainage_km[number + 1] - chainage)


class BorderLine:
    """A border as one line from its south-western end.

    Parameters
    ----------
    line
        LineString, WGS84, lon, lat, starting where chainage is 0.

    """

    def __init__(self, line: shapely.LineString) -> None:
        lon, lat = shapely.get_coordinates(shapely.segmentize(line, _BEND_DEG)).T
        steps_m = GEOD.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])[2]
        chainage = np.concatenate([[0.0], np.cumsum(steps_m)]) / 1000
        self.line = line
        self.length_km = float(chainage[-1])
        self._chainage = chainage
        self._lon_lat = np.column_stack([lon, lat])
        plane = np.column_stack(TO_PLANE.transform(lon, lat))
        segments: Any = shapely.linestrings(np.stack([plane[:-1], plane[1:]], axis=1))
        self._segments = shapely.STRtree(segments)
        self._segments.query(segments[0])  # the first question makes the tree, for one thread only
        self._exact = _Level(plane, chainage, KDTree(plane), 0.0, math.inf)
        with_chainage = shapely.LineString(np.column_stack([plane, chainage]))
        self._levels = [_Level.of(with_chainage, distance) for distance in _LEVELS_M]
        self._milestones = np.linspace(0, self.length_km, math.ceil(self.length_km / 2) + 1)
        self._globe = KDTree(on_globe(*self.point_at(self._milestones).T))

    def measure(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[Floats, Floats]:
        """Return the distance to the line and the chainage of the nearest point on it.

        Parameters
        ----------
        lon, lat
            Degrees, WGS84, shape (n,), finite.

        Returns
        -------
        distance_km, chainage_km
            Shape (n,). Distances are geodesic, good to 0.1 %; chainage runs from 0 at the south-western end.

        """
        lon, lat = np.asarray(lon, float), np.asarray(lat, float)
        xy = np.column_stack(TO_PLANE.transform(lon, lat))
        off_plane = ~np.isfinite(xy).all(axis=1)  # the pole that the projection cannot show
        xy[off_plane] = 0
        foot, chainage = np.empty_like(xy), np.empty(len(xy))
        serves = np.full(len(xy), len(self._levels) - 1)
        for number in range(len(self._levels) - 1, -1, -1):
            level, at = self._levels[number], np.flatnonzero(serves == number)
            vertex_m, vertex = level.nearest(xy[at])
            finer = np.searchsorted(_LEVELS_M, level.at_least_m(vertex_m), side="right") - 1
            serves[at] = np.clip(finer, max(min(number - 1, 1), 0), number)
            stays = serves[at] == number
            foot[at[stays]], chainage[at[stays]] = level.foot(xy[at[stays]], vertex[stays])
        close = np.flatnonzero(squared(foot - xy) < _LEVELS_M[0] ** 2)
        if len(close):
            segment = self._segments.query_nearest(shapely.points(xy[close]), all_matches=False)[1]
            foot[close], chainage[close] = self._exact.foot_on_segment(xy[close], segment)
        distance_m = true_length_m(xy, foot)
        far = np.flatnonzero(off_plane | (distance_m > _FAR_M))
        distance_m[far], chainage[far] = self._measure_far(lon[far], lat[far])
        return distance_m / 1000, chainage

    def _measure_far(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        nearest = self._milestones[self._globe.query(on_globe(lon, lat), workers=-1)[1]]
        foot = self.point_at(nearest)
        return np.asarray(GEOD.inv(lon, lat, foot[:, 0], foot[:, 1])[2], float), nearest

    @staticmethod
    def geodesic_length_km(part: BaseGeometry) -> float:
        """Return the length of a part of the line, WGS84, on the ellipsoid."""
        return float(GEOD.geometry_length(part)) / 1000

    def point_at(self, chainage_km: npt.ArrayLike) -> Floats:
        """Return lon, lat at a chainage, shape (n, 2); clipped to the line's ends."""
        at = np.atleast_1d(np.asarray(chainage_km, float))
        return np.column_stack([np.interp(at, self._chainage, self._lon_lat[:, axis]) for axis in (0, 1)])

    def stretch(self, from_km: float, to_km: float) -> shapely.LineString:
        """Return the part of the line between two chainages, WGS84; clipped to the line's ends."""
        low, high = sorted(np.clip([from_km, to_km], 0, self.length_km))
        inside = self._lon_lat[(self._chainage > low) & (self._chainage < high)]
        return shapely.LineString(np.concatenate([self.point_at(low), inside, self.point_at(high)]))
