"""The ground that an incident is known to lie on, as a geometry no more exact than that."""

from typing import Final

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from geo.boundaries import Boundaries
from geo.incident import Incident
from geo.marks import border_stretch
from geo.vocabulary import LocationPrecision

_GEOD: Final = Geod(ellps="WGS84")
_CORNERS: Final = 48
_SIMPLIFIED_DEG: Final = 0.01
"""About 1 km: what is known to a province only needs no finer outline of it."""


def ground(incident: Incident, layers: Boundaries) -> BaseGeometry | None:
    """Return where an incident lies, WGS84, coordinates to 1e-6°.

    A point where the place is known exactly or nearly, else the disc it lies in (district), the province, or the
    stretch of the border; None without a place.
    """
    if incident.lon is None or incident.lat is None:
        return None
    known = incident.location_precision
    if known in (LocationPrecision.EXACT, LocationPrecision.NEAR):
        return shapely.Point(incident.lon, incident.lat)
    if known is LocationPrecision.BORDER_SEGMENT:
        return border_stretch(incident, layers)
    code = incident.province and layers.province_named(incident.province, incident.country)
    if known is LocationPrecision.PROVINCE and code:
        return _oriented(shapely.simplify(layers.provinces.geometry[code], _SIMPLIFIED_DEG))
    return _disc(incident.lon, incident.lat, incident.uncertainty_km or 0.0)


def _disc(lon: float, lat: float, radius_km: float) -> BaseGeometry:
    turns = np.linspace(360, 0, _CORNERS, endpoint=False)
    size = np.ones(_CORNERS)
    lons, lats, _ = _GEOD.fwd(lon * size, lat * size, turns, 1000 * radius_km * size)
    return _oriented(shapely.Polygon(np.column_stack([lons, lats]).round(6)))


def _oriented(polygon: BaseGeometry) -> BaseGeometry:
    """Turn outer rings anticlockwise, as RFC 7946 asks."""
    return shapely.orient_polygons(polygon)
