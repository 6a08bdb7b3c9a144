"""Boundary layers of `data/boundaries/`, distances to border lines, and the side of a border that a place is on."""

import csv
import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from threading import RLock
from types import MappingProxyType
from typing import Any, Final, Self

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from scipy.spatial import KDTree
from shapely.geometry.base import BaseGeometry

from geo import PROGRAM_FOLDER
from geo.incident.record import Incident
from geo.incident.vocabulary import LINE_NAMES, Border, Country, LocationPrecision
from geo.language.folding import fold
from geo.language.messages import list_words, number_words, say
from geo.places.plane import EQUAL_AREA, GEOD, TO_PLANE, WGS84, Floats, circles, on_globe, squared, true_length_m

# Distance to a border line, and chainage, for many points at once.
# A nearest-neighbour search slows down with distance: from 300 km away, thousands of vertices are almost equally near.
# But the farther the point, the less of the line's detail matters. So the line is kept at several levels of detail: the
# coarsest gives each point's approximate distance, and the level made for that distance gives the answer.

_LEVELS_M: Final = (200.0, 2_000.0, 20_000.0, 100_000.0, 400_000.0)
"""Smallest distance that each level of detail serves; points nearer than the first are measured to the full line."""

_FAR_M: Final = 1_500_000.0
"""Distance beyond which the projection is too distorted; farther points are measured on the globe."""

_MAX_SEGMENT_DEG: Final = 0.02
"""Length to which segments are cut: straight in degrees, as in GeoJSON, on the plane they then curve by centimetres."""

_TOLERANCE_SHARE, _SPACING_SHARE = 1e-3, 0.08
"""Simplification tolerance and vertex spacing of a level, as shares of its distance; they keep distances accurate to
0.2 %."""


@dataclass(frozen=True, slots=True)
class _Level:
    """A border line at one level of detail, projected to CONFORMAL."""

    xy: Floats
    """Metres, shape (n, 2)."""
    chainage_km: Floats
    tree: KDTree
    lost_m: float
    spacing_m: float

    @classmethod
    def of(cls, line: shapely.LineString, distance_m: float) -> Self:
        """Build the level for points at least `distance_m` away; the z coordinate of `line` is chainage in km."""
        lost_m, spacing_m = _TOLERANCE_SHARE * distance_m, _SPACING_SHARE * distance_m
        spaced = shapely.segmentize(shapely.simplify(line, lost_m), spacing_m)
        xyz = shapely.get_coordinates(spaced, include_z=True)
        return cls(xyz[:, :2], xyz[:, 2], KDTree(xyz[:, :2]), lost_m, spacing_m)

    def nearest(self, xy: Floats) -> tuple[Floats, npt.NDArray[np.intp]]:
        """Return the distance to the nearest vertex, in metres, and its index."""
        distance, number = self.tree.query(xy, workers=-1)
        return np.asarray(distance, float), np.asarray(number)

    def at_least_m(self, vertex_m: Floats) -> Floats:
        """Return a lower bound on the distance to the full line, in metres, given that to the nearest vertex."""
        return np.sqrt(np.maximum(vertex_m**2 - (self.spacing_m / 2) ** 2, 0)) - self.lost_m

    def foot(self, xy: Floats, nearest: npt.NDArray[np.intp]) -> tuple[Floats, Floats]:
        """Return the closest point on the segments at each nearest vertex, in metres, and its chainage."""
        before = self.foot_on_segment(xy, np.maximum(nearest - 1, 0))
        after = self.foot_on_segment(xy, np.minimum(nearest, len(self.xy) - 2))
        closer = squared(before[0] - xy) < squared(after[0] - xy)
        return np.where(closer[:, None], before[0], after[0]), np.where(closer, before[1], after[1])

    def foot_on_segment(self, xy: Floats, number: npt.NDArray[np.intp]) -> tuple[Floats, Floats]:
        """Return the closest point on the segment that starts at each vertex, in metres, and its chainage."""
        start, along = self.xy[number], self.xy[number + 1] - self.xy[number]
        share = np.einsum("ij,ij->i", xy - start, along) / np.maximum(squared(along), 1e-12)
        share = np.clip(share, 0, 1)
        chainage = self.chainage_km[number]
        return start + share[:, None] * along, chainage + share * (self.chainage_km[number + 1] - chainage)


class BorderLine:
    """A border as a single line, starting at its south-western end.

    Parameters
    ----------
    line
        LineString, WGS84, lon, lat, starting where chainage is 0.

    """

    def __init__(self, line: shapely.LineString) -> None:
        lon, lat = shapely.get_coordinates(shapely.segmentize(line, _MAX_SEGMENT_DEG)).T
        steps_m = GEOD.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])[2]
        chainage = np.concatenate([[0.0], np.cumsum(steps_m)]) / 1000
        self.line = line
        self.length_km = float(chainage[-1])
        self._chainage = chainage
        self._lon_lat = np.column_stack([lon, lat])
        plane = np.column_stack(TO_PLANE.transform(lon, lat))
        segments: Any = shapely.linestrings(np.stack([plane[:-1], plane[1:]], axis=1))
        self._segments = shapely.STRtree(segments)
        self._segments.query(segments[0])  # builds the tree now, which must not happen in two threads at once
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
            Shape (n,). Distances are geodesic, accurate to 0.1 %; chainage runs from 0 at the south-western end.

        """
        lon, lat = np.asarray(lon, float), np.asarray(lat, float)
        xy = np.column_stack(TO_PLANE.transform(lon, lat))
        off_plane = ~np.isfinite(xy).all(axis=1)  # a pole, which the projection cannot show
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
        """Return the geodesic length of a part of the line, WGS84."""
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


# The layers.

BOUNDARIES_FOLDER: Final = PROGRAM_FOLDER / "data" / "boundaries"

BOUNDARY_NOTE: Final = say("boundary-note")
"""Printed under every map and in every export."""

BOUNDARY_CREDIT: Final = say("boundary-credit")


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossingPoint:
    """A place where people cross one of the two borders, official or not."""

    name: str
    other_names: tuple[str, ...]
    countries: tuple[Country, Country]
    lon: float
    lat: float
    status_note: str
    uncertainty_km: float
    basis: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Boundaries:
    """The layers drawn beneath incidents and used to locate them; WGS84.

    Instances compare by identity, so that they can be cache keys.
    """

    provinces: gpd.GeoDataFrame
    """34 Afghan, 7 Pakistani and 5 Tajik units, indexed by `province_code` (ISO 3166-2), as a valid coverage; columns
    province, country, area_km2, label_lon, label_lat, geometry."""
    neighbours: gpd.GeoDataFrame
    """Surrounding countries, simplified to about 1 km; columns country (ISO 3166-1 alpha-3), geometry."""
    borders: Mapping[Border, BorderLine]
    """One line per entry of Border, in the order of Border."""
    crossing_points: tuple[CrossingPoint, ...]
    towns: gpd.GeoDataFrame
    """Columns name, country, rank (1, shown first, to 4), geonameid, geometry."""
    place_names: tuple[tuple[str, ...], ...]
    """One tuple per place: its name and other spellings, in any script, for searching."""
    version: str
    """SHA-256 of the layers, hexadecimal."""

    def province_named(self, province: str, country: Country) -> str | None:
        """Return the code of a country's province by name, or None if it has no such province."""
        return _codes(self).get((province, country.value))

    def province_anywhere(self, province: str, country: Country) -> str | None:
        """Return the code of a province by name, preferring one in `country`; None if no country has one."""
        codes = (self.province_named(province, at) for at in (country, *Country))
        return next(filter(None, codes), None)

    def provinces_of(self, incident: Incident) -> tuple[str, ...]:
        """Return the codes of all provinces that an incident is reported in; empty if none is known."""
        if incident.provinces:
            codes = [self.province_anywhere(name, incident.country) for name in incident.provinces]
        else:
            codes = [incident.province and self.province_named(incident.province, incident.country)]
        return tuple(code for code in codes if code)

    def provinces_in_countries(self) -> dict[str, str]:
        """Return province names with their country, such as “Khost, AF”, by code."""
        written = self.provinces["province"] + ", " + self.provinces["country"]
        return {str(code): str(words) for code, words in written.items()}


@cache
def _codes(layers: Boundaries) -> Mapping[tuple[str, str], str]:
    """Return province codes by name and country."""
    names = zip(layers.provinces["province"], layers.provinces["country"], strict=True)
    return {name: str(code) for name, code in zip(names, layers.provinces.index, strict=True)}


_READ_LOCK: Final = RLock()
"""The libraries that read layers and set up coordinate systems are not thread-safe."""


def boundaries() -> Boundaries:
    """Read the layers; takes about half a second, and the result is cached."""
    with _READ_LOCK:
        return _read_once()


@cache
def _read_once() -> Boundaries:
    lines = gpd.read_file(BOUNDARIES_FOLDER / "lines.geojson").set_index("line").geometry
    return Boundaries(
        provinces=gpd.read_file(BOUNDARIES_FOLDER / "provinces.geojson").set_index("province_code"),
        neighbours=gpd.read_file(BOUNDARIES_FOLDER / "neighbours.geojson").drop(columns="ground"),
        borders=MappingProxyType({border: BorderLine(lines[border.value]) for border in Border}),
        crossing_points=_read_crossing_points(BOUNDARIES_FOLDER / "crossing_points.csv"),
        towns=gpd.read_file(BOUNDARIES_FOLDER / "towns.geojson"),
        place_names=_read_place_names(BOUNDARIES_FOLDER / "place_names.csv"),
        version=_version(),
    )


def _read_crossing_points(path: Path) -> tuple[CrossingPoint, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            CrossingPoint(
                name=row["name"],
                other_names=tuple(name for name in row["other_names"].split(";") if name),
                countries=(Country(row["country_a"]), Country(row["country_b"])),
                lon=float(row["lon"]),
                lat=float(row["lat"]),
                status_note=row["status_note"],
                uncertainty_km=float(row["uncertainty_km"]),
                basis=row["basis"],
                confidence=row["confidence"],
            )
            for row in csv.DictReader(file)
        )


def _read_place_names(path: Path) -> tuple[tuple[str, ...], ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple((row["name"], *row["other_names"].split(";")) for row in csv.DictReader(file))


def _version() -> str:
    layers = ("provinces.geojson", "lines.geojson", "neighbours.geojson", "towns.geojson")
    names = (*layers, "crossing_points.csv", "place_names.csv")
    return hashlib.sha256(b"\0".join((BOUNDARIES_FOLDER / name).read_bytes() for name in names)).hexdigest()


def province_code(text: str, layers: Boundaries) -> str | None:
    """Return the code of a province given by code or name, ignoring case and diacritics; None if there is none.

    A name shared by two provinces matches neither.
    """
    asked = fold(text)
    names = layers.provinces["province"].items()
    found = [str(code) for code, name in names if asked in (fold(str(code)), fold(str(name)))]
    return found[0] if len(found) == 1 else None


def border_length_km(provinces: gpd.GeoDataFrame, line: BorderLine) -> dict[str, float]:
    """Return the length of border in each province, geodesic kilometres by code; provinces without any are omitted."""
    lengths = {}
    for code, polygon in provinces.geometry.items():
        shared = shapely.intersection(polygon.boundary, line.line)
        if shared.length > 0:
            lengths[str(code)] = line.geodesic_length_km(shared)
    return lengths


# How likely a place lies in each country when it is only known to within some kilometres.

_CORNERS: Final = 180
"""Corners of the polygon that approximates a disc; it misses 0.02 % of the area."""
_TO_EQUAL_AREA: Final = Transformer.from_crs(WGS84, EQUAL_AREA, always_xy=True)
_MIN_RADIUS_KM: Final = 0.001
"""Smallest radius of a disc; below it the area is too small to divide."""
_SHARE_DECIMALS: Final = 3
"""Decimal places to which a share is rounded before it is shown or compared with 1."""
_SHORT_KM: Final = 10
"""Distances below this are given with one decimal place."""


def sides(incident: Incident) -> dict[Country, float]:
    """Return the probability that an incident lies in each country, likeliest first; empty if it cannot be determined.

    A province lies wholly on one side. A border segment lies on neither.
    """
    if incident.location_precision is LocationPrecision.PROVINCE:
        return {incident.country: 1.0} if _lies_in_provinces_of_one_country(incident) else {}
    if incident.location_precision is LocationPrecision.BORDER_SEGMENT:
        return {}
    if incident.lon is None or incident.lat is None or incident.uncertainty_km is None:
        return {}
    shares = zip(Country, side_shares(incident.lon, incident.lat, incident.uncertainty_km), strict=True)
    return dict(sorted(((country, share) for country, share in shares if share > 0), key=lambda found: -found[1]))


def _lies_in_provinces_of_one_country(incident: Incident) -> bool:
    if not incident.provinces:
        return incident.province is not None
    return {code[:2] for code in boundaries().provinces_of(incident)} == {incident.country.value}


def side_share(incident: Incident, side: str | None) -> float | None:
    """Return the probability that an incident lies on a side, rounded to 0.001; None if it cannot be determined.

    `side` is a code of `Country`, or None.
    """
    share = None if side is None else sides(incident).get(Country(side))
    return None if share is None else round(share, _SHARE_DECIMALS)


def decides(share: float | None) -> bool:
    """Tell whether a share settles the side, which it does if it is shown as 1.

    >>> [decides(share) for share in (1.0, 0.9996, 0.999, None)]
    [True, True, False, False]
    """
    return share is not None and round(share, _SHARE_DECIMALS) == 1


def border_words(incident: Incident, border: str | None, border_km: float | None) -> str:
    """Describe the distance to the nearest border and the side of it, no more precisely than they are known.

    `border_km` is measured from the incident's coordinates. Returns "" if it has no place.
    """
    if border is None or border_km is None:
        return ""
    line = LINE_NAMES.get(border, border)
    if incident.location_precision is LocationPrecision.BORDER_SEGMENT:
        return say("side-segment", line=line)
    if incident.location_precision is LocationPrecision.PROVINCE:
        return say("side-too-coarse", line=line, side=_side_words(incident))
    km = number_words(border_km, 1) if border_km < _SHORT_KM else round(border_km)
    return say("side-distance", km=km, line=line, radius=incident.uncertainty_km, side=_side_words(incident))


def _side_words(incident: Incident) -> str:
    found = sides(incident)
    if not found:
        return say("side-undecided")
    likeliest, share = next(iter(found.items()))
    if decides(share):
        return say("side-likeliest", country=likeliest.label)
    shares = list_words(
        [say("side-share", share=_percent(share), country=country.label) for country, share in found.items()]
    )
    return say("side-not-decided", shares=shares, country=incident.country.label)


def _percent(share: float) -> str:
    percent = round(share * 100)
    if percent < 1 or percent > 99:  # noqa: PLR2004  # per cent
        return say("side-under-1-percent" if percent < 1 else "side-over-99-percent")
    return say("percent", percent=percent)


@lru_cache(maxsize=4096)  # up to 5 ms each, and asked for at every rerun and export
def side_shares(lon: float, lat: float, radius_km: float) -> tuple[float, ...]:
    """Return the probability that a place lies in each country, in the order of `Country`.

    The place lies within `radius_km`, geodesic, of a point in degrees, WGS84, with every spot equally likely. Shares
    are fractions of the disc's area in EQUAL_AREA, from 0 to 1; area in other countries is not counted. All are NaN if
    an argument is NaN or the disc is too far from the region to be projected.
    """
    if not np.isfinite([lon, lat, radius_km]).all():
        return (np.nan,) * len(Country)
    disc = _disc(lon, lat, max(radius_km, _MIN_RADIUS_KM))
    if not (np.isfinite(disc.bounds).all() and disc.is_valid and disc.area > 0):
        return (np.nan,) * len(Country)
    box = disc.bounds
    return tuple(
        float(shapely.intersection(shapely.clip_by_rect(_ground(country), *box), disc).area / disc.area)
        for country in Country
    )


def _disc(lon: float, lat: float, radius_km: float) -> shapely.Polygon:
    corners = circles([lon], [lat], [radius_km], corners=_CORNERS)[0]
    return shapely.Polygon(np.column_stack(_TO_EQUAL_AREA.transform(*corners.T)))


@cache
def _ground(country: Country) -> shapely.Geometry:
    provinces = boundaries().provinces.to_crs(EQUAL_AREA)
    return shapely.coverage_union_all(provinces.geometry[provinces["country"] == country.value].to_numpy())
