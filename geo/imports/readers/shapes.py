"""Geometries as points in degrees: those that are points, and small shapes by a point of theirs; why none, per row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyproj
import shapely

from geo.imports.blocks import noted_shape
from geo.incident.errors import UnreadableError
from geo.language.messages import say
from geo.places.plane import WGS84

SMALL_KM: Final = 25
"""Extent up to which a point may stand for a shape: that of a place whose surroundings are meant with it."""
_DECIMALS: Final = 8
"""Kept of degrees that are computed: about a millimetre."""
_GLOBE: Final = pyproj.Geod(ellps="WGS84")
_POLE: Final = 90
_MOST_POSITIONS: Final = 1_000_000
Shapes = npt.NDArray[np.object_]


def to_wgs84(crs: object, name: str) -> pyproj.Transformer | None:
    """Return what turns coordinates into WGS84, longitude first; None where they are, or where nothing is said.

    Raises UnreadableError for an unknown coordinate system.
    """
    if crs is None:
        return None
    try:
        given = pyproj.CRS.from_user_input(crs)
        if given.equals(WGS84, ignore_axis_order=True) or given.to_authority() == ("OGC", "CRS84"):
            return None
        return pyproj.Transformer.from_crs(given, WGS84, always_xy=True)
    except pyproj.exceptions.ProjError as error:
        raise UnreadableError(name, say("read-unknown-crs")) from error


@dataclass(frozen=True, slots=True)
class Placed:
    """Longitude and latitude of rows, not finite where there is none, and what is to say of some of them."""

    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    notes: Mapping[int, str]
    """By number of the row, from 0."""

    def columns(self) -> list[pa.ChunkedArray]:
        """Write them as texts, with the notes as a third."""
        notes = [self.notes.get(at, "") for at in range(len(self.lon))]
        return [texts(self.lon), texts(self.lat), pa.chunked_array([pa.array(notes, pa.string())])]


def placed(
    shapes: Shapes, transformer: pyproj.Transformer | None, *, unread: npt.NDArray[np.bool_], kind: str = ""
) -> Placed:
    """Place shapes; `unread` are those that could not be read and stand as None, `kind` what they were before."""
    for _ in range(2):  # one point may be alone in a collection that is alone in one
        alone = np.isin(shapely.get_type_id(shapes), (4, 7)) & (shapely.get_num_geometries(shapes) == 1)
        shapes = np.where(alone, shapely.get_geometry(shapes, 0), shapes)
    shapes = np.where(shapely.is_empty(shapes), np.array(None, object), shapes)
    lon, lat = shapely.get_x(shapes), shapely.get_y(shapes)
    notes = {int(at): say("geometry-unread") for at in np.flatnonzero(unread)}
    given = np.isfinite(lon) & np.isfinite(lat)
    if transformer is not None:
        lon, lat = (np.round(values, _DECIMALS) for values in transformer.transform(lon, lat))
    for at in np.flatnonzero(given & ~(np.isfinite(lon) & np.isfinite(lat))):
        notes[int(at)] = say("geometry-off-system")
    for at in np.flatnonzero(shapely.get_type_id(shapes) > 0):
        lon[at], lat[at], notes[int(at)] = _standing_for(shapes[at], transformer, kind)
    return Placed(lon, lat, notes)


def _standing_for(shape: Any, transformer: pyproj.Transformer | None, kind: str) -> tuple[float, float, str]:
    """Return a point of a shape if it is small, and what is to say of it."""
    kind = kind or shape.geom_type
    if transformer is not None:
        shape = shapely.transform(shape, transformer.transform, interleaved=False)  # type: ignore[arg-type]  # x and y apart
    west, south, east, north = shapely.bounds(shape)
    if not np.isfinite([west, south, east, north]).all():
        return np.nan, np.nan, say("geometry-off-system")
    on_globe = -_POLE <= south <= north <= _POLE
    km = _GLOBE.inv(west, south, east, north)[2] / 1000 if on_globe else np.inf
    words = {"shape": kind, "km": f"{km:,.0f}" if km >= 1 else f"{km:.1g}"}
    if not km <= SMALL_KM:
        return np.nan, np.nan, say("geometry-large", most=SMALL_KM, **words)
    try:
        point = shapely.point_on_surface(shape)
    except shapely.errors.GEOSException:
        return np.nan, np.nan, say("geometry-unread")
    return (
        round(point.x, _DECIMALS),
        round(point.y, _DECIMALS),
        noted_shape(say("geometry-small", **words), within_km=km),
    )


def texts(values: npt.NDArray[np.float64]) -> pa.ChunkedArray:
    """Write numbers as they are shortest, "" for those that are not finite."""
    return pa.chunked_array([[repr(value) if np.isfinite(value) else "" for value in values.tolist()]], pa.string())


# Geometries as objects of JSON: those of GeoJSON, and of Esri's.

GEOMETRIES: Final = frozenset(
    ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection")
)
_OF_ESRI: Final = {"points": "MultiPoint", "paths": "LineString", "rings": "Polygon"}
_PAIR: Final = 2


def is_geometry(value: object) -> bool:
    """Tell a geometry of GeoJSON from other objects."""
    return (
        isinstance(value, dict)
        and value.get("type") in GEOMETRIES
        and isinstance(value.get("coordinates", value.get("geometries")), list)
    )


def place_of(geometry: object, transformer: pyproj.Transformer | None) -> tuple[str, str, str]:
    """Return longitude and latitude of a geometry, as written where it is a point, and what is to say of it."""
    if not isinstance(geometry, dict) or not geometry:
        return "", "", ""
    if transformer is None and geometry.get("type") == "Point":
        at = geometry.get("coordinates")
        if isinstance(at, list) and len(at) >= _PAIR and isinstance(at[0], str) and isinstance(at[1], str):
            return at[0], at[1], ""
    positions = [*_positions(geometry, 0)]
    if len(positions) == 1 and transformer is None:
        return _text(positions[0][0]), _text(positions[0][1]), ""
    if not positions:
        empty = geometry.get("coordinates", geometry.get("geometries")) == [] or "x" in geometry
        return "", "", "" if empty else say("geometry-unread")
    kind = geometry.get("type") or next((_OF_ESRI[name] for name in _OF_ESRI if name in geometry), "")
    try:
        shape = _shape(geometry, positions)
    except (TypeError, ValueError, LookupError, shapely.errors.ShapelyError):
        return "", "", say("geometry-unread")
    found = placed(np.array([shape], object), transformer, unread=np.zeros(1, bool), kind=str(kind)[:30])
    lon, lat, note = (column[0].as_py() for column in found.columns())
    return lon, lat, note


def _shape(geometry: Mapping[str, Any], positions: list[Any]) -> Any:
    """Return a shape of the same extent: an area by its outer rings, all others by their points."""
    points = [_numbers(position) for position in positions[:_MOST_POSITIONS]]
    if len(points) == 1:
        return shapely.Point(points[0])
    if geometry.get("type") == "Polygon":
        return shapely.Polygon(map(_numbers, geometry["coordinates"][0]))
    if geometry.get("type") == "MultiPolygon":
        return shapely.MultiPolygon([shapely.Polygon(map(_numbers, part[0])) for part in geometry["coordinates"]])
    return shapely.MultiPoint(points)


def _numbers(position: Any) -> tuple[float, float]:
    return float(position[0]), float(position[1])


def _positions(geometry: Mapping[str, Any], depth: int) -> Iterator[Any]:
    """Yield all positions of a geometry."""
    if depth > 4:  # noqa: PLR2004  # collections of collections
        return
    if "x" in geometry and "type" not in geometry:
        position = [geometry["x"], geometry.get("y")]
        if not any(value is None or value == "NaN" for value in position):
            yield position
        return
    for part in geometry.get("geometries") or ():
        if isinstance(part, dict):
            yield from _positions(part, depth + 1)
    for name in ("coordinates", "points", "paths", "rings"):
        yield from _pairs(geometry.get(name), 0)


def _pairs(value: object, depth: int) -> Iterator[list[Any]]:
    if not isinstance(value, list) or depth > 5 or not value:  # noqa: PLR2004  # as deep as a MultiPolygon, and more
        return
    if not isinstance(value[0], list):
        if len(value) >= _PAIR and not isinstance(value[0], dict):
            yield value
        return
    for part in value:
        yield from _pairs(part, depth + 1)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)
