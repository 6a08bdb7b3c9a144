"""Lengths on the ground of what is computed on the plane of CONFORMAL, and points on the globe where that ends."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
from pyproj import Geod, Proj, Transformer

from geo.crs import CONFORMAL, WGS84

Floats = npt.NDArray[np.float64]

GEOD: Final = Geod(ellps="WGS84")
TO_PLANE: Final = Transformer.from_crs(WGS84, CONFORMAL, always_xy=True)

_CENTRAL_MERIDIAN: Final = 69.0
_LATITUDES: Final = np.arange(60.0, 0.0, -0.1)
_POLE_Y_M: Final = float(TO_PLANE.transform(_CENTRAL_MERIDIAN, 90.0)[1])
_POLE_DISTANCE_M: Final = _POLE_Y_M - TO_PLANE.transform(np.full_like(_LATITUDES, _CENTRAL_MERIDIAN), _LATITUDES)[1]
_SCALE: Final = Proj(CONFORMAL).get_factors(np.full_like(_LATITUDES, _CENTRAL_MERIDIAN), _LATITUDES).meridional_scale


def true_length_m(start: Floats, end: Floats) -> Floats:
    """Return lengths on the ground of straight lines on the plane, by Simpson's rule over the projection's scale.

    `start` and `end` are metres on the plane, shape (n, 2); good to 0.1 % for lines of up to 1,500 km.
    """
    shrunk = [1 / _scale(start), 4 / _scale((start + end) / 2), 1 / _scale(end)]
    return np.asarray(np.sqrt(squared(end - start)) * sum(shrunk) / 6, float)


def on_globe(lon: Floats, lat: Floats) -> Floats:
    """Return points, degrees WGS84, as points of the unit sphere, shape (n, 3)."""
    turn, rise = np.radians(lon), np.radians(lat)
    return np.column_stack([np.cos(rise) * np.cos(turn), np.cos(rise) * np.sin(turn), np.sin(rise)])


def squared(vectors: Floats) -> Any:
    """Return the squared lengths of vectors, shape (n,)."""
    return np.einsum("ij,ij->i", vectors, vectors)


def _scale(xy: Floats) -> Floats:
    """Return the plane's scale; on this projection it depends on the distance to the pole alone."""
    return np.interp(np.hypot(xy[:, 0], _POLE_Y_M - xy[:, 1]), _POLE_DISTANCE_M, _SCALE)
