"""The boundary layers of `data/boundaries/`, read once; SOURCES.md beside them says where they come from."""

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import RLock
from types import MappingProxyType
from typing import Final

import geopandas as gpd
import shapely

from geo.incident.record import Incident
from geo.incident.vocabulary import Border, Country
from geo.installation import PROGRAM_FOLDER
from geo.language.messages import say
from geo.places.border_line import BorderLine

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
    """Everything that is drawn under incidents and that they are joined to; WGS84.

    One reading is equal to itself only, so that what is derived from it can be kept by it.
    """

    provinces: gpd.GeoDataFrame
    """34 Afghan, 7 Pakistani and 5 Tajik units, indexed by `province_code` (ISO 3166-2), one valid coverage; columns
    province, country, area_km2, label_lon, label_lat, geometry."""
    neighbours: gpd.GeoDataFrame
    """The countries around, simplified to about 1 km; columns country (ISO 3166-1 alpha-3), geometry."""
    borders: Mapping[Border, BorderLine]
    """One for each entry of Border, in its order."""
    crossing_points: tuple[CrossingPoint, ...]
    towns: gpd.GeoDataFrame
    """Columns name, country, rank (1, shown first, to 4), geonameid, geometry."""
    place_names: tuple[tuple[str, ...], ...]
    """Names of places with their other spellings, also in other scripts, for searching."""
    version: str
    """SHA-256 of the layers, hexadecimal."""

    def province_named(self, province: str, country: Country) -> str | None:
        """Return the code of a province of a country, None if it has no such province."""
        return _codes(self).get((province, country.value))

    def province_anywhere(self, province: str, country: Country) -> str | None:
        """Return the code of a province of a country or, where it has none of that name, of another; None for none."""
        codes = (self.province_named(province, at) for at in (country, *Country))
        return next(filter(None, codes), None)

    def provinces_of(self, incident: Incident) -> tuple[str, ...]:
        """Return the codes of all provinces that an incident lies in, as reported; empty where none is known."""
        if incident.provinces:
            codes = [self.province_anywhere(name, incident.country) for name in incident.provinces]
        else:
            codes = [incident.province and self.province_named(incident.province, incident.country)]
        return tuple(code for code in codes if code)

    def provinces_in_countries(self) -> dict[str, str]:
        """Return how provinces are written where countries stand side by side, by code: Khost, AF."""
        written = self.provinces["province"] + ", " + self.provinces["country"]
        return {str(code): str(words) for code, words in written.items()}


@cache
def _codes(layers: Boundaries) -> Mapping[tuple[str, str], str]:
    """Return the codes of provinces by name and country."""
    names = zip(layers.provinces["province"], layers.provinces["country"], strict=True)
    return {name: str(code) for name, code in zip(names, layers.provinces.index, strict=True)}


_ONE_AT_A_TIME: Final = RLock()
"""The libraries that read layers and make their systems of coordinates are not for two threads at once."""


def boundaries(folder: Path = BOUNDARIES_FOLDER) -> Boundaries:
    """Read the layers; takes about half a second, and the result is kept."""
    with _ONE_AT_A_TIME:
        return _read_once(folder)


@cache
def _read_once(folder: Path) -> Boundaries:
    lines = gpd.read_file(folder / "lines.geojson").set_index("line").geometry
    return Boundaries(
        provinces=gpd.read_file(folder / "provinces.geojson").set_index("province_code"),
        neighbours=gpd.read_file(folder / "neighbours.geojson").drop(columns="ground"),
        borders=MappingProxyType({border: BorderLine(lines[border.value]) for border in Border}),
        crossing_points=_read_crossing_points(folder / "crossing_points.csv"),
        towns=gpd.read_file(folder / "towns.geojson"),
        place_names=_read_place_names(folder / "place_names.csv"),
        version=_version(folder),
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


def _version(folder: Path) -> str:
    layers = ("provinces.geojson", "lines.geojson", "neighbours.geojson", "towns.geojson")
    names = (*layers, "crossing_points.csv", "place_names.csv")
    return hashlib.sha256(b"\0".join((folder / name).read_bytes() for name in names)).hexdigest()


def border_length_km(provinces: gpd.GeoDataFrame, line: BorderLine) -> dict[str, float]:
    """Return how many kilometres of a border each province has, geodesic, by province code; others are left out."""
    lengths = {}
    for code, polygon in provinces.geometry.items():
        shared = shapely.intersection(polygon.boundary, line.line)
        if shared.length > 0:
            lengths[str(code)] = line.geodesic_length_km(shared)
    return lengths
