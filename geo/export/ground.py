"""The ground that an incident is known to lie on, as a geometry no more exact than that."""

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from shapely.geometry.base import BaseGeometry

from geo.boundaries import Boundaries
from geo.geodesy import GEOD
from geo.incident import Incident
from geo.marks import border_stretch
from geo.vocabulary import LocationPrecision

_CORNERS: Final = 48
_SIMPLIFIED_DEG: Final = 0.01
"""About 1 km: what is known to a province only needs no finer outline of it."""

_COARSE_DEG: Final = 0.1
"""Where an outline stands in thousands of rows."""


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
        return _outline(layers.provinces.geometry[code], _SIMPLIFIED_DEG)
    return _disc(incident.lon, incident.lat, incident.uncertainty_km or 0.0)


def grounds(rows: pa.Table, layers: Boundaries) -> list[BaseGeometry | None]:
    """Return the same for each imported row, of IMPORT_SCHEMA; provinces with outlines good to 10 km."""
    named = ("location_precision", "lon", "lat", "uncertainty_km", "province_code")
    known, lon, lat, radius_km, code = (rows[name].to_pylist() for name in named)
    found = _points(rows)
    outlines: dict[str, BaseGeometry] = {}
    for at in np.flatnonzero(shapely.is_missing(found)):
        found[at] = _area((known[at], lon[at], lat[at], radius_km[at], code[at]), layers, outlines)
    return list(found)


def discs(lon: Any, lat: Any, radius_km: Any) -> Any:
    """Return the disc around each of n places, WGS84, coordinates to 1e-6°, as an array of polygons, shape (n,)."""
    places = np.array([lon, lat, radius_km], float)
    lons, lats, radii = np.repeat(places[..., None], _CORNERS, axis=2)
    turns = np.broadcast_to(np.linspace(360, 0, _CORNERS, endpoint=False), lons.shape)
    corners = np.dstack(GEOD.fwd(lons, lats, turns, 1000 * radii)[:2]).round(6)
    return _oriented(shapely.polygons(corners))


def _points(rows: pa.Table) -> Any:
    """Return a point for each row that has one, all at once; None for the others."""
    exact = pa.array([LocationPrecision.EXACT.value, LocationPrecision.NEAR.value])
    drawn = pc.and_(
        pc.is_in(rows["location_precision"], exact), pc.and_(pc.is_valid(rows["lon"]), pc.is_valid(rows["lat"]))
    )
    at = np.flatnonzero(drawn.to_numpy(zero_copy_only=False))
    found = np.full(len(rows), None, object)
    found[at] = shapely.points(*(rows[name].take(pa.array(at)).to_numpy() for name in ("lon", "lat")))
    return found


def _area(place: tuple[Any, ...], layers: Boundaries, outlines: dict[str, BaseGeometry]) -> BaseGeometry | None:
    known, lon, lat, radius_km, code = place
    if lon is None or lat is None or known == LocationPrecision.COUNTRY:
        return None
    if known == LocationPrecision.PROVINCE and code in layers.provinces.index:
        if code not in outlines:
            outlines[code] = _outline(layers.provinces.geometry[code], _COARSE_DEG)
        return outlines[code]
    return _disc(lon, lat, radius_km or 0.0)


def _disc(lon: float, lat: float, radius_km: float) -> BaseGeometry:
    disc: BaseGeometry = discs([lon], [lat], [radius_km])[0]
    return disc


def _outline(province: BaseGeometry, simplified_deg: float) -> BaseGeometry:
    outline: BaseGeometry = _oriented(shapely.simplify(province, simplified_deg))
    return outline


def _oriented(polygon: Any) -> Any:
    """Turn outer rings anticlockwise, as RFC 7946 asks, of one polygon or of many."""
    return shapely.orient_polygons(polygon)
