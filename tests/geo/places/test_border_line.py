"""Distance to a border and place along it."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geo.places.boundaries import BorderLine

pytestmark = pytest.mark.slow

GEOD = Geod(ellps="WGS84")
STRAIGHT = BorderLine(shapely.LineString([(66, 30), (66.5, 30.5), (67, 31)]))
GAP_KM = 0.12


@pytest.fixture(scope="module")
def durand_line(layers):
    return layers.borders["durand_line"]


@pytest.fixture(scope="module")
def dense(durand_line):
    """The line's vertices, and between them points at most 110 m apart: distances to them are brute force."""
    return shapely.get_coordinates(shapely.segmentize(durand_line.line, 0.001))


def brute_km(dense, lon, lat):
    """Distance to the nearest of the dense points, on the ellipsoid."""
    distance = GEOD.inv(np.full(len(dense), lon), np.full(len(dense), lat), dense[:, 0], dense[:, 1])[2]
    return distance.min() / 1000


REGIONS = {
    "at the line": (None, 0.02),
    "near": (None, 0.5),
    "region": ((58, 80), (20, 42)),
    "asia": ((20, 140), (-10, 75)),
    "world": ((-180, 180), (-90, 90)),
}


@pytest.mark.parametrize("region", REGIONS)
def test_distances_are_those_of_brute_force(durand_line, dense, region):
    across, up = REGIONS[region]
    dice = np.random.default_rng(4)
    if across is None:
        lon, lat = (dense[dice.integers(len(dense), size=20)] + dice.normal(0, up, (20, 2))).T
    else:
        lon, lat = dice.uniform(*across, 20), dice.uniform(*up, 20)
    found, _ = durand_line.measure(lon, lat)
    brute = np.array([brute_km(dense, *point) for point in zip(lon, lat, strict=True)])
    least = np.sqrt(brute**2 - np.minimum(brute, GAP_KM / 2) ** 2)  # the true foot may lie between two dense points
    assert (found <= brute * 1.005 + 0.001).all()
    assert (found >= least * 0.995 - 0.001).all()


def test_the_nearest_place_along_the_line_is_as_far_as_the_line(layers):
    dice = np.random.default_rng(5)
    lon, lat = dice.uniform(60, 78, 60), dice.uniform(24, 40, 60)
    distance, chainage = layers.borders["durand_line"].measure(lon, lat)
    back = layers.borders["durand_line"].point_at(chainage)
    there = GEOD.inv(lon, lat, back[:, 0], back[:, 1])[2] / 1000
    assert there == pytest.approx(distance, rel=0.005, abs=0.05)


@pytest.mark.parametrize("km", [-60, -6, -0.6, -0.06, 0.06, 0.6, 6, 60])
def test_the_foot_of_a_point_lies_straight_across_from_it(km):
    """Also where it is nearer to the vertex of another segment than to the ends of its own."""
    at_km = np.linspace(10, STRAIGHT.length_km - 10, 80)
    lon, lat = STRAIGHT.point_at(at_km).T
    ahead = GEOD.inv(lon, lat, *STRAIGHT.point_at(at_km + 0.01).T)[0]
    distance, chainage = STRAIGHT.measure(*GEOD.fwd(lon, lat, ahead + 90, np.full(80, km * 1000))[:2])
    assert distance == pytest.approx(abs(km), rel=0.002)
    assert chainage == pytest.approx(at_km, abs=max(0.0025 * abs(km), 0.002))


@given(st.floats(0, 2761))
def test_a_point_of_the_line_is_on_it_where_it_should_be(durand_line, at_km):
    distance, chainage = durand_line.measure(*durand_line.point_at(at_km).T)
    assert distance[0] == pytest.approx(0, abs=0.001)
    assert chainage[0] == pytest.approx(at_km, abs=0.001)


def test_chainage_begins_at_the_south_western_end(layers):
    for line, start in (
        (layers.borders["durand_line"], (60.87, 29.86)),
        (layers.borders["afghan_tajik_border"], (67.80, 37.19)),
    ):
        first, last = line.point_at([0, line.length_km])
        assert tuple(first) == pytest.approx(start, abs=0.05)
        assert first[0] < last[0]


def test_chainage_grows_along_the_line(layers):
    line = layers.borders["durand_line"]
    _, chainage = line.measure(*shapely.get_coordinates(line.line).T)
    steps = np.diff(chainage)
    assert (steps > -0.001).all()
    assert chainage[0] == pytest.approx(0, abs=0.001)
    assert chainage[-1] == pytest.approx(line.length_km, abs=0.001)


def test_places_along_the_line_come_in_their_order(layers):
    order = ["Bahramcha", "Chaman-Spin Boldak", "Badini", "Angoor Adda", "Ghulam Khan", "Kharlachi", "Torkham", "Nawa"]
    points = [next(p for p in layers.crossing_points if p.name.startswith(name)) for name in order]
    _, chainage = layers.borders["durand_line"].measure([p.lon for p in points], [p.lat for p in points])
    assert list(chainage) == sorted(chainage)


def test_the_length_is_that_of_the_ellipsoid(layers):
    for line in layers.borders.values():
        assert line.length_km == pytest.approx(GEOD.geometry_length(line.line) / 1000, rel=1e-6)
    assert layers.borders["durand_line"].length_km == pytest.approx(2762, abs=1)


@pytest.mark.parametrize(
    ("from_km", "to_km", "length_km"),
    [
        pytest.param(10, 40, 30, id="inside"),
        pytest.param(40, 10, 30, id="turned"),
        pytest.param(-50, 20, 20, id="before-the-start"),
        pytest.param(STRAIGHT.length_km - 5, 9_999, 5, id="past-the-end"),
        pytest.param(-9, 9_999, STRAIGHT.length_km, id="all"),
    ],
)
def test_a_stretch_is_as_long_as_asked_and_ends_with_the_line(from_km, to_km, length_km):
    stretch = STRAIGHT.stretch(from_km, to_km)
    assert STRAIGHT.geodesic_length_km(stretch) == pytest.approx(length_km, rel=0.0015)


@given(st.floats(0, 2761), st.floats(0.5, 200))
def test_a_stretch_lies_on_the_line(durand_line, start_km, length_km):
    stretch = durand_line.stretch(start_km, start_km + length_km)
    distance, _ = durand_line.measure(*shapely.get_coordinates(stretch).T)
    assert distance.max() == pytest.approx(0, abs=0.001)


def test_no_points_have_no_distance(layers):
    distance, chainage = layers.borders["durand_line"].measure([], [])
    assert len(distance) == len(chainage) == 0


def test_points_are_measured_alike_alone_and_among_others(layers):
    dice = np.random.default_rng(6)
    lon, lat = dice.uniform(-180, 180, 300), dice.uniform(-90, 90, 300)
    line = layers.borders["durand_line"]
    together = np.array(line.measure(lon, lat))
    alone = np.array([line.measure([x], [y]) for x, y in zip(lon, lat, strict=True)])[:, :, 0].T
    assert together == pytest.approx(alone, rel=1e-12)
