"""Where points lie: country, province, distance to the border lines, chainage and side."""

import warnings
from collections.abc import Sequence
from functools import cache
from threading import RLock
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy.spatial import KDTree

from geo.incident.vocabulary import Border
from geo.language.messages import say
from geo.places.boundaries import BorderLine, Boundaries, boundaries
from geo.places.plane import CONFORMAL, TO_PLANE, WGS84, Floats

# Country and province, and distance to, chainage along and side of one border line.

NEARBY_KM: Final = 2.0
"""A point up to this far outside all provinces is assigned to the nearest one, and marked as nearby."""

_OUTLINE_SPACING_M: Final = 500.0
_NOWHERE: Final = -1


def locate(
    lon: npt.ArrayLike,
    lat: npt.ArrayLike,
    *,
    uncertainty_km: npt.ArrayLike | None = None,
    index: pd.Index | None = None,
    border: Border = Border.DURAND_LINE,
) -> pd.DataFrame:
    """Locate points: their country and province, and where they lie relative to a border line.

    Parameters
    ----------
    lon, lat
        Degrees, WGS84, shape (n,); a point with a missing or impossible coordinate has no location.
    uncertainty_km
        Radius around each point within which the place lies, shape (n,) or a scalar; 0 if None.
    index
        Index of the result; 0 to n-1 if None.
    border
        The line to measure to.

    Returns
    -------
    DataFrame
        One row per point: `country` (ISO 3166-1 alpha-2), `province_code` (ISO 3166-2), `province`, `nearby` (True
        where the point is up to 2 km outside and was assigned to the nearest province), `border_km` (geodesic distance
        to the line, accurate to 0.2 %), `chainage_km` (of the nearest point on the line, from its south-western end),
        `side` (one of the line's two countries, missing outside them), `side_decided` (False where the line is within
        `uncertainty_km`, missing where there is no side).

    """
    lon, lat = (np.atleast_1d(np.asarray(values, float)) for values in (lon, lat))
    layers = boundaries()
    number, nearby = _province_index().find(lon, lat)
    answer = _describe(number, layers).assign(nearby=nearby)
    border_km, chainage_km = np.full((2, len(lon)), np.nan)
    real = _possible(lon, lat)
    border_km[real], chainage_km[real] = layers.borders[border].measure(lon[real], lat[real])
    has_side = answer["country"].isin(border.countries)
    radius = np.broadcast_to(np.asarray(0.0 if uncertainty_km is None else uncertainty_km, float), lon.shape)
    answer = answer.assign(
        border_km=border_km,
        chainage_km=chainage_km,
        side=answer["country"].where(has_side),
        side_decided=pd.array(border_km > radius, dtype="boolean"),
    )
    answer.loc[~has_side, "side_decided"] = pd.NA
    return answer if index is None else answer.set_index(index)


def locate_province(lon: npt.ArrayLike, lat: npt.ArrayLike) -> pd.DataFrame:
    """Return just `country`, `province_code`, `province` and `nearby` of `locate`, in a fraction of the time."""
    lon, lat = (np.atleast_1d(np.asarray(values, float)) for values in (lon, lat))
    number, nearby = _province_index().find(lon, lat)
    return _describe(number, boundaries()).assign(nearby=nearby)


class _ProvinceIndex:
    """Prepared polygons for points inside provinces, and their outlines for points just outside."""

    def __init__(self, layers: Boundaries) -> None:
        self._polygons = layers.provinces.geometry.to_numpy()
        shapely.prepare(self._polygons)
        self._bounds = shapely.bounds(self._polygons)
        edges, owner = [], []
        for number, polygon in enumerate(layers.provinces.to_crs(CONFORMAL).geometry):
            for ring in shapely.get_parts(polygon.boundary):
                spaced = shapely.get_coordinates(shapely.segmentize(ring, _OUTLINE_SPACING_M))
                edges.append(np.stack([spaced[:-1], spaced[1:]], axis=1))
                owner.append(np.full(len(spaced) - 1, number))
        segments = np.concatenate(edges)
        self._owner = np.concatenate(owner)
        lines: Any = shapely.linestrings(segments)
        self._edges = shapely.STRtree(lines)
        self._edges.query(lines[0])  # builds the tree now, which must not happen in two threads at once
        self._vertices = KDTree(segments[:, 0])

    def find(self, lon: Floats, lat: Floats) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.bool_]]:
        """Return each point's province by row number, -1 for none, and whether it is only nearby."""
        number = np.full(len(lon), _NOWHERE, np.int8)
        for candidate, (west, south, east, north) in enumerate(self._bounds):
            box = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north) & (number == _NOWHERE)
            at = np.flatnonzero(box)
            with _INDEX_LOCK:
                inside = shapely.intersects_xy(self._polygons[candidate], lon[at], lat[at])
            number[at[inside]] = candidate
        outside = np.flatnonzero((number == _NOWHERE) & _possible(lon, lat))
        number[outside] = self._nearest(lon[outside], lat[outside])
        nearby = np.zeros(len(lon), bool)
        nearby[outside] = number[outside] != _NOWHERE
        return number, nearby

    def _nearest(self, lon: Floats, lat: Floats) -> npt.NDArray[np.int8]:
        nearest = np.full(len(lon), _NOWHERE, np.int8)
        xy = np.column_stack(TO_PLANE.transform(lon, lat))
        reach = NEARBY_KM * 1000 * 1.02  # the plane stretches lengths by less than 2 %
        finite = np.flatnonzero(np.isfinite(xy).all(axis=1))
        to_vertex, _ = self._vertices.query(xy[finite], distance_upper_bound=reach + _OUTLINE_SPACING_M, workers=-1)
        close = finite[np.isfinite(to_vertex)]
        if len(close):
            (_, edge), distance = self._edges.query_nearest(
                shapely.points(xy[close]), all_matches=False, return_distance=True
            )
            near = distance <= NEARBY_KM * 1000
            nearest[close[near]] = self._owner[edge[near]]
        return nearest


_INDEX_LOCK: Final = RLock()
"""Querying a prepared polygon from two threads at once occasionally crashes the process."""


def make_ready() -> None:
    """Read the boundaries and build the indexes, before threads query them."""
    _province_index()


def _province_index() -> _ProvinceIndex:
    with _INDEX_LOCK:
        return _only_province_index()


@cache
def _only_province_index() -> _ProvinceIndex:
    return _ProvinceIndex(boundaries())


def _possible(lon: Floats, lat: Floats) -> npt.NDArray[np.bool_]:
    return np.isfinite(lon) & np.isfinite(lat) & (np.abs(lon) <= 180) & (np.abs(lat) <= 90)  # noqa: PLR2004  # degrees


def _describe(number: npt.NDArray[np.int8], layers: Boundaries) -> pd.DataFrame:
    provinces = layers.provinces
    country, countries = pd.factorize(provinces["country"])
    in_country = np.append(country, _NOWHERE)[number]  # -1 selects the appended last entry
    return pd.DataFrame(
        {
            "country": pd.Categorical.from_codes(in_country, categories=countries),
            "province_code": pd.Categorical.from_codes(number, categories=provinces.index),
            "province": pd.Categorical.from_codes(number, categories=provinces["province"]),
        }
    )


# Location relative to the nearest border.

_PLANE_ERROR: Final = 1.1
"""Upper bound on the error of distances, as a factor; a line whose box is farther off need not be measured."""


def locate_from_nearest_border(lon: npt.ArrayLike, lat: npt.ArrayLike, layers: Boundaries) -> pd.DataFrame:
    """Locate points, and measure each to the nearest border.

    Parameters
    ----------
    lon, lat
        Degrees, WGS84, shape (n,); a point with a missing coordinate has no location.
    layers
        The boundaries.

    Returns
    -------
    DataFrame
        One row per point: `border` (the name of one of Border), `border_km`, `chainage_km`, `side` (the country
        it lies in), `joined_province_code`, and `nearby` as in `locate`.

    """
    lon, lat = (np.asarray(values, float) for values in (lon, lat))
    first, *others = layers.borders
    place = locate(lon, lat, border=first)
    border_km, chainage_km = place["border_km"].to_numpy(copy=True), place["chainage_km"].to_numpy(copy=True)
    real = np.isfinite(border_km)
    nearest = np.full(len(lon), first.line, object)
    for border in others:
        line = layers.borders[border]
        near = np.flatnonzero(real)[_may_be_nearer(lon[real], lat[real], border_km[real], line)]
        to_line_km, along_km = line.measure(lon[near], lat[near])
        nearer = to_line_km < border_km[near]
        at = near[nearer]
        nearest[at], border_km[at], chainage_km[at] = border.line, to_line_km[nearer], along_km[nearer]
    return pd.DataFrame(
        {
            "border": pd.Series(nearest).where(real),
            "border_km": border_km,
            "chainage_km": chainage_km,
            "side": place["country"].astype(object),
            "joined_province_code": place["province_code"].astype(object),
            "nearby": place["nearby"],
        }
    )


def side_decided(placed: pd.DataFrame, uncertainty_km: npt.ArrayLike) -> pd.Series:
    """Tell where the border is farther away than `uncertainty_km`, shape (n,); missing where there is no side."""
    return (placed["border_km"] > np.asarray(uncertainty_km, float)).where(placed["side"].notna())


def _may_be_nearer(lon: Floats, lat: Floats, other_km: Floats, line: BorderLine) -> npt.NDArray[np.bool_]:
    """Tell which points may be closer to a line than to another, judged by the line's bounding box; shape (n,)."""
    x, y = TO_PLANE.transform(lon, lat)
    west, south, east, north = _box_m(line)
    off_x = np.maximum(np.maximum(west - x, x - east), 0)
    off_y = np.maximum(np.maximum(south - y, y - north), 0)
    return np.asarray(~(np.hypot(off_x, off_y) / 1000 > other_km * _PLANE_ERROR), bool)


def _box_m(border: BorderLine) -> tuple[float, float, float, float]:
    lon, lat = np.asarray(border.line.coords)[:, :2].T
    x, y = TO_PLANE.transform(lon, lat)
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


# Points in a DataFrame or GeoDataFrame.


def coordinates_of(points: pd.DataFrame, *, lon: str = "lon", lat: str = "lat") -> tuple[Floats, Floats]:
    """Return longitude and latitude of a frame's points, degrees, WGS84, shape (n,); NaN where a row has none.

    Parameters
    ----------
    points
        A GeoDataFrame of points with a CRS, or a DataFrame with columns of degrees, WGS84.
    lon, lat
        Names of these columns.

    Raises
    ------
    TypeError
        `points` is not a DataFrame.
    ValueError
        A column is missing or not numeric; the geometry is not all points, or has no CRS.

    """
    if not isinstance(points, pd.DataFrame):
        raise TypeError(f"points are a GeoDataFrame, or a DataFrame with degrees, not a {type(points).__name__}")
    if isinstance(points, gpd.GeoDataFrame) and points.active_geometry_name is not None:
        return _of_geometry(points.geometry)
    missing = [name for name in (lon, lat) if name not in points]
    if missing:
        has = ", ".join(map(str, points.columns))
        raise ValueError(f"the points have no column {missing[0]!r}; name those of degrees by lon= and lat=, of: {has}")
    read = []
    for name in (lon, lat):
        try:
            read.append(pd.to_numeric(points[name]).to_numpy(float, na_value=np.nan))
        except (ValueError, TypeError) as error:
            raise ValueError(f"the column {name!r} is no column of degrees: {error}") from error
    return read[0], read[1]


def _of_geometry(shapes: gpd.GeoSeries) -> tuple[Floats, Floats]:
    others: Sequence[str] = sorted(set(shapes.geom_type.dropna()) - {"Point"})
    if others:
        raise ValueError(f"the geometry has {others[0]}s; only points lie in one place: take .representative_point()")
    if shapes.crs is None:
        raise ValueError("the points name no coordinate system; give them one with set_crs, EPSG:4326 for degrees")
    degrees = shapes.to_crs(WGS84)
    return degrees.x.to_numpy(float), degrees.y.to_numpy(float)


_LOCATED: Final = ("country", "province_code", "province", "nearby", "border", "border_km", "chainage_km")


def located(points: pd.DataFrame, *, lon: str = "lon", lat: str = "lat") -> pd.DataFrame:
    """Return a frame of points with the province and the nearest border of each.

    Parameters and errors are those of `coordinates_of`; a result column that already exists raises ValueError, too.
    Warns of points that lie in the three countries only with longitude and latitude exchanged.

    Returns
    -------
    DataFrame
        The same rows, index and type, with `country` (ISO 3166-1 alpha-2), `province_code` (ISO 3166-2), `province`,
        all missing outside the three countries, `nearby` (the point lies up to 2 km outside and was assigned to the
        nearest province), `border` (the name of the nearest), `border_km` (geodesic distance, accurate to 0.2 %) and
        `chainage_km` (of the nearest point on the line, from its south-western end).

    """
    at = coordinates_of(points, lon=lon, lat=lat)
    taken = [name for name in _LOCATED if name in points]
    if taken:
        raise ValueError(f"the points have a column {taken[0]!r} already; rename or drop it")
    _warn_of_exchanged(*at)
    found = locate_province(*at).join(locate_from_nearest_border(*at, boundaries()).drop(columns="nearby"))
    return points.join(found[list(_LOCATED)].set_index(points.index))


def _warn_of_exchanged(lon: Floats, lat: Floats) -> None:
    inside, exchanged = (locate_province(*at)["country"].notna() for at in ((lon, lat), (lat, lon)))
    count = int((exchanged & ~inside).sum())
    if count:
        warnings.warn(
            say("points-exchanged", points=len(lon), count=count),
            stacklevel=3,
        )
