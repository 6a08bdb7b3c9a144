"""Where points lie."""

from concurrent.futures import ThreadPoolExecutor

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geo.places import locating
from geo.places.locating import NEARBY_KM, locate, locate_province

pytestmark = pytest.mark.slow

GEOD = Geod(ellps="WGS84")
NORTH, EAST, SOUTH, WEST = 0, 90, 180, 270
GATES = {
    "Torkham": (71.0937, 34.1220, {"AF": WEST, "PK": EAST}),
    "Friendship Gate": (66.4113, 30.9475, {"AF": WEST, "PK": EAST}),
    "Arundu": (71.5463, 35.3093, {"AF": WEST, "PK": EAST}),
    "Ghulam Khan": (70.0245, 33.1436, {"AF": NORTH, "PK": SOUTH}),
    "Angoor Adda": (69.2734, 32.5181, {"AF": WEST, "PK": EAST}),
}


def beside(lon, lat, bearing_deg, metres):
    return GEOD.fwd(lon, lat, bearing_deg, metres)[:2]


@pytest.mark.parametrize("metres", [300, 600, 1500])
@pytest.mark.parametrize("gate", GATES)
@pytest.mark.parametrize("country", ["AF", "PK"])
def test_a_gate_has_each_country_on_its_side(gate, country, metres):
    lon, lat, sides = GATES[gate]
    found = locate(*([value] for value in beside(lon, lat, sides[country], metres))).iloc[0]
    assert (found["country"], found["side"], found["nearby"]) == (country, country, False)
    assert found["border_km"] <= metres / 1000 + 0.2


CITIES = [
    ("Kabul", 69.18, 34.53, "AF-KAB"),
    ("Kandahar", 65.71, 31.61, "AF-KAN"),
    ("Herat", 62.20, 34.35, "AF-HER"),
    ("Mazar-i-Sharif", 67.11, 36.71, "AF-BAL"),
    ("Jalalabad", 70.45, 34.43, "AF-NAN"),
    ("Khost", 69.92, 33.34, "AF-KHO"),
    ("Gardez", 69.23, 33.60, "AF-PIA"),
    ("Sharana", 68.78, 33.18, "AF-PKA"),
    ("Bazarak", 69.52, 35.31, "AF-PAN"),
    ("Charikar", 69.17, 35.01, "AF-PAR"),
    ("Nili", 66.13, 33.72, "AF-DAY"),
    ("Tarinkot", 65.87, 32.63, "AF-URU"),
    ("Asadabad", 71.15, 34.87, "AF-KNR"),
    ("Faizabad", 70.58, 37.12, "AF-BDS"),
    ("Peshawar", 71.58, 34.01, "PK-KP"),
    ("Miranshah", 70.07, 33.00, "PK-KP"),
    ("Quetta", 67.01, 30.19, "PK-BA"),
    ("Lahore", 74.35, 31.55, "PK-PB"),
    ("Karachi", 67.01, 24.86, "PK-SD"),
    ("Islamabad", 73.05, 33.69, "PK-IS"),
    ("Gilgit", 74.31, 35.92, "PK-GB"),
    ("Muzaffarabad", 73.47, 34.37, "PK-JK"),
    ("Dushanbe", 68.78, 38.56, "TJ-DU"),
    ("Khujand", 69.62, 40.28, "TJ-SU"),
    ("Bokhtar", 68.78, 37.84, "TJ-KT"),
    ("Khorog", 71.55, 37.49, "TJ-GB"),
    ("Hisor", 68.55, 38.52, "TJ-RA"),
]


@pytest.mark.parametrize(("lon", "lat", "code"), [pytest.param(*at, id=name) for name, *at in CITIES])
def test_a_city_is_in_its_province(lon, lat, code):
    found = locate([lon], [lat]).iloc[0]
    assert (found["province_code"], found["country"], found["nearby"]) == (code, code[:2], False)


@pytest.fixture(scope="module")
def ground(layers):
    """All provinces together."""
    return layers.provinces.union_all()


@pytest.mark.parametrize(("km", "nearby"), [(0.5, True), (1.5, True), (2.5, False), (30, False)])
@pytest.mark.parametrize("place", ["Gwadar coast", "Iranian border", "Uzbek river"])
def test_a_point_just_outside_goes_to_the_nearest_province(layers, ground, place, km, nearby):
    bearing, code = {
        "Gwadar coast": (SOUTH, "PK-BA"),
        "Iranian border": (WEST, "AF-HER"),
        "Uzbek river": (NORTH, "AF-BAL"),
    }[place]
    lon, lat = _out_of(ground, layers.provinces.geometry[code], bearing, km)
    found = locate([lon], [lat]).iloc[0]
    assert found["nearby"] == nearby
    assert found["province_code"] == code if nearby else pd.isna(found["province_code"])


def _out_of(everything, province, bearing, km):
    """A point so many kilometres from everything, near a province, on a bearing from its middle."""
    point = province.representative_point()
    lon, lat = point.x, point.y
    ray = shapely.LineString([(lon, lat), GEOD.fwd(lon, lat, bearing, 900_000)[:2]])
    exits = shapely.get_coordinates(shapely.intersection(ray, province.boundary))
    start = exits[np.argmax(np.abs(exits - (lon, lat)).sum(axis=1))]
    for metres in range(0, 200_000, 50):
        at = GEOD.fwd(*start, bearing, metres)[:2]
        near = shapely.ops.nearest_points(everything, shapely.Point(at))[0]
        if not everything.contains(shapely.Point(at)) and GEOD.inv(*at, near.x, near.y)[2] >= km * 1000:
            return at
    raise AssertionError


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        (np.nan, 33.0),
        (70.0, np.nan),
        (np.inf, 33.0),
        (-np.inf, -np.inf),
        (180.5, 33.0),
        (70.0, 90.5),
        (70.0, -90.5),
        (430.0, 33.0),
        (1e300, 1e300),
    ],
)
def test_an_impossible_point_is_nowhere_and_disturbs_no_other(lon, lat):
    found = locate([lon, 69.92], [lat, 33.34])
    assert found.iloc[0].drop("nearby").isna().all()
    assert not found["nearby"].any()
    assert found.iloc[1]["province_code"] == "AF-KHO"


@pytest.mark.parametrize(("lon", "lat"), [(0, 90), (0, -90), (180, 0), (-180, -90), (0, 0), (-111, -33)])
def test_a_point_at_the_end_of_the_world_is_in_no_province_and_has_a_distance(lon, lat):
    found = locate([lon], [lat]).iloc[0]
    assert pd.isna(found["country"])
    assert 4_000 < found["border_km"] < 20_040


def test_no_points_are_no_rows():
    found = locate([], [])
    assert list(found.columns) == [
        *("country", "province_code", "province", "nearby", "border_km", "chainage_km", "side", "side_decided"),
    ]
    assert len(found) == 0


def test_the_answer_stands_on_the_index_it_was_asked_on():
    index = pd.Index(["b", "a"], name="id")
    pd.testing.assert_index_equal(locate([70, 71], [33, 34], index=index).index, index)


@pytest.mark.parametrize(
    ("metres", "uncertainty_km", "decided"),
    [(500, None, True), (500, 0.0, True), (500, 0.2, True), (500, 2.0, False), (9000, 5.0, True), (9000, 30.0, False)],
)
def test_the_side_is_decided_only_where_the_line_is_outside_the_radius(metres, uncertainty_km, decided):
    lon, lat = beside(71.0937, 34.1220, WEST, metres)
    assert bool(locate([lon], [lat], uncertainty_km=uncertainty_km)["side_decided"].iloc[0]) is decided


def test_a_point_in_tajikistan_has_no_side_of_the_durand_line():
    found = locate([71.55], [37.49], uncertainty_km=[1]).iloc[0]
    assert pd.isna(found["side"])
    assert pd.isna(found["side_decided"])


def test_points_fall_where_geopandas_puts_them(layers):
    dice = np.random.default_rng(20)
    lon, lat = dice.uniform(60, 78, 20_000), dice.uniform(23, 41.5, 20_000)
    joined = gpd.sjoin(
        gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326), layers.provinces[["geometry"]], how="left"
    )
    theirs = joined[~joined.index.duplicated()]["province_code"].astype(object)
    found = locate_province(lon, lat)
    ours = found["province_code"].astype(object).where(~found["nearby"])
    pd.testing.assert_series_equal(ours.fillna(""), theirs.fillna(""), check_names=False)


def test_what_is_nearby_is_what_geopandas_finds_within_two_kilometres(layers, ground):
    dice = np.random.default_rng(21)
    outline = shapely.get_coordinates(ground.boundary)
    lon, lat = (outline[dice.integers(len(outline), size=1_000)] + dice.normal(0, 0.02, (1_000, 2))).T
    plane = "+proj=lcc +lat_1=27 +lat_2=38 +lat_0=33 +lon_0=69 +datum=WGS84 +units=m"
    points = gpd.GeoSeries(gpd.points_from_xy(lon, lat), crs=4326)
    away = points.to_crs(plane).distance(layers.provinces.to_crs(plane).union_all()).to_numpy() / 1000
    found = locate_province(lon, lat)
    clear = np.abs(away - NEARBY_KM) > 0.05
    assert ((away > 0) & (away <= NEARBY_KM))[clear].tolist() == found["nearby"].to_numpy()[clear].tolist()


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), max_size=8))
def test_a_point_is_answered_alike_alone_and_among_others(points):
    lon, lat = np.array(points, float).reshape(-1, 2).T
    together = locate(lon, lat)
    for number in range(len(lon)):
        alone = locate(lon[[number]], lat[[number]])
        pd.testing.assert_frame_equal(alone, together.iloc[[number]].reset_index(drop=True))


@given(st.floats(60, 78), st.floats(23, 41.5))
def test_the_quick_answer_is_the_whole_answers_first_part(lon, lat):
    quick = locate_province([lon], [lat])
    pd.testing.assert_frame_equal(quick, locate([lon], [lat])[quick.columns])


def test_two_threads_never_ask_the_prepared_polygons_at_once(monkeypatch):
    asking, most = [], []

    def asked(*given):
        asking.append(None)
        most.append(len(asking))
        found = plain(*given)
        asking.pop()
        return found

    plain = locating.shapely.intersects_xy
    monkeypatch.setattr(locating.shapely, "intersects_xy", asked)
    lon, lat = np.random.default_rng(1).uniform((60, 24), (78, 41), (200_000, 2)).T
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: locating.locate_province(lon, lat)["province_code"].tolist(), range(8)))
    assert all(codes == found[0] for codes in found)
    assert max(most) == 1
