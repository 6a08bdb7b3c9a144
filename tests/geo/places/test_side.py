"""On which side a place may lie, and how likely."""

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st

from geo.export.columns import incident_table
from geo.incident.vocabulary import Country
from geo.places.boundaries import border_words, decides, side_share, side_shares, sides
from geo.places.locating import locate, locate_province
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from tests.conftest import make_incident, without_place


def by_country(lon, lat, radius_km):
    return dict(zip(Country, side_shares(lon, lat, radius_km), strict=True))


NEAR_THE_LINE = st.tuples(st.floats(61, 74), st.floats(29, 38), st.floats(0.5, 60))


@given(NEAR_THE_LINE)
def test_shares_are_shares(place):
    shares = side_shares(*place)
    assert all(0 <= share <= 1 + 1e-9 for share in shares)
    assert sum(shares) <= 1 + 1e-6


@given(st.floats(0, 1), st.floats(1, 40))
def test_shares_of_a_disc_on_the_line_add_up(layers, along, radius_km):
    middle = layers.borders["durand_line"].point_at(layers.borders["durand_line"].length_km * (0.1 + 0.7 * along))[0]
    shares = by_country(*middle, radius_km)
    assert sum(shares.values()) == pytest.approx(1, abs=1e-4)
    assert 0 < shares["AF"] < 1


@given(NEAR_THE_LINE)
def test_a_side_that_is_decided_is_certain(place):
    lon, lat, radius_km = place
    found = locate([lon], [lat], uncertainty_km=radius_km * 1.01).iloc[0]
    if found["side_decided"] is not pd.NA and found["side_decided"]:
        other = {"AF": "PK", "PK": "AF"}[found["side"]]
        assert by_country(lon, lat, radius_km)[other] == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("lon", "lat", "radius_km"),
    [
        pytest.param(71.0937, 34.1220, 1.5, id="torkham"),
        pytest.param(71.5463, 35.3093, 12, id="arundu"),
        pytest.param(66.4113, 30.9475, 7, id="chaman"),
        pytest.param(69.9, 33.4, 40, id="khost"),
        pytest.param(71.55, 37.6, 20, id="khorog"),
    ],
)
def test_the_area_agrees_with_counting_points(lon, lat, radius_km):
    rng = np.random.default_rng(1)
    away, turn = radius_km * np.sqrt(rng.random(40_000)), rng.random(40_000) * 2 * np.pi
    north, east = away * np.cos(turn) / 110.9, away * np.sin(turn) / (111.3 * np.cos(np.radians(lat)))
    counted = locate_province(lon + east, lat + north)["country"].value_counts(normalize=True)
    shares = by_country(lon, lat, radius_km)
    assert shares == pytest.approx({country: counted.get(country, 0) for country in shares}, abs=0.015)


@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(0, 2000, exclude_min=True))
@example(0.0, 0.0, 1e-223)
@example(0.0, 90.0, 2000.0)
def test_any_place_on_earth_has_shares_or_none(lon, lat, radius_km):
    shares = side_shares(lon, lat, radius_km)
    assert np.isnan(shares).all() or (0 <= sum(shares) <= 1 + 1e-6)


@pytest.mark.parametrize(
    "place", [pytest.param((np.nan, 34.0, 1.0), id="coordinate"), pytest.param((71.0, 34.0, np.nan), id="radius")]
)
def test_a_missing_place_has_no_shares(place):
    assert np.isnan(side_shares(*place)).tolist() == [True] * len(Country)


TORKHAM = {"lon": 71.0937, "lat": 34.1220, "uncertainty_km": 1.5, "country": "PK"}


@pytest.mark.parametrize(
    ("changes", "countries"),
    [
        pytest.param({}, [Country.AF], id="far-from-it"),
        pytest.param(TORKHAM, [Country.PK, Country.AF], id="on-it"),
        pytest.param({"location_precision": "province", "uncertainty_km": 200}, [Country.AF], id="province"),
        pytest.param({"location_precision": "province", "uncertainty_km": 200, "province": None}, [], id="no-province"),
        pytest.param(
            {"location_precision": "province", "uncertainty_km": 200, "provinces": ("Khost", "Paktia")},
            [Country.AF],
            id="provinces",
        ),
        pytest.param(
            {"location_precision": "province", "uncertainty_km": 200, "provinces": ("Khost", "Khyber Pakhtunkhwa")},
            [],
            id="over-the-line",
        ),
        pytest.param({"location_precision": "border_segment", "uncertainty_km": 20}, [], id="stretch"),
        pytest.param({"lon": 0.0, "lat": 0.0}, [], id="other-country"),
    ],
)
def test_sides_of_an_incident_likeliest_first(changes, countries):
    assert list(sides(make_incident(**changes))) == countries


def test_an_incident_without_a_place_has_no_side():
    assert sides(without_place()) == {}


@pytest.mark.parametrize(
    ("changes", "border_km", "words"),
    [
        pytest.param(
            {}, 21.4, "21 km from the Durand Line, give or take 5 km, on the side of Afghanistan", id="decided"
        ),
        pytest.param(
            TORKHAM,
            0.12,
            "0.1 km from the Durand Line, give or take 1.5 km, so it may lie on either side: ",
            id="undecided",
        ),
        pytest.param(
            {"location_precision": "border_segment", "uncertainty_km": 20},
            0.0,
            "known only to a stretch of the Durand Line, so neither its distance nor its side can be given",
            id="stretch",
        ),
        pytest.param(
            {"location_precision": "province", "uncertainty_km": 90},
            30.0,
            "too coarse for a distance to the Durand Line, on the side of Afghanistan",
            id="province",
        ),
        pytest.param(
            {"location_precision": "province", "uncertainty_km": 90, "province": None},
            30.0,
            "too coarse for a distance to the Durand Line; which side it lies on is not known",
            id="no-province",
        ),
        pytest.param(
            {"lon": 0.0, "lat": 0.0},
            7000.0,
            "7,000 km from the Durand Line, give or take 5 km; which side it lies on is not",
            id="far-off",
        ),
    ],
)
def test_the_words_say_no_more_than_is_known(changes, border_km, words):
    assert border_words(make_incident(**changes), "Durand Line", border_km).startswith(words)


def test_an_undecided_side_gives_the_shares_and_what_is_reported():
    words = border_words(make_incident(**TORKHAM), "Durand Line", 0.12)
    assert words.endswith("either side: 66 % Pakistan and 34 % Afghanistan; reported in Pakistan")


def test_no_place_no_words():
    assert border_words(without_place(), None, None) == ""


def test_a_share_that_is_nearly_nothing_is_not_nothing(layers):
    bajaur = make_incident(lon=71.4, lat=34.9, uncertainty_km=1, country="PK")
    reach = float(layers.borders["durand_line"].measure([71.4], [34.9])[0][0])
    words = border_words(bajaur.model_copy(update={"uncertainty_km": reach * 1.02}), "Durand Line", reach)
    assert "under 1 % Afghanistan" in words
    assert "over 99 % Pakistan" in words


def test_every_incident_has_words_or_no_place(table):
    for incident in table.incidents:
        place = table.placed(incident.id)
        assert bool(border_words(incident, place.border, place.border_km)) is (incident.lon is not None)


def test_the_ground_of_the_countries_is_whole(layers):
    far_in = layers.provinces.geometry[layers.provinces.index == "AF-GHO"].iloc[0].representative_point()
    assert by_country(*shapely.get_coordinates(far_in)[0], 50)["AF"] == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize(
    ("incident_id", "decided", "probability", "words"),
    [
        pytest.param(
            "2025-07-08-lowi-mamund-infiltration",
            True,
            1.0,
            "give or take 12 km, on the side of Pakistan",
            id="nothing-beyond",
        ),
        pytest.param(
            "2025-11-24-kunar-air-strike",
            True,
            1.0,
            "too coarse for a distance to the Durand Line, on the side of Af",
            id="province",
        ),
        pytest.param(
            "2025-10-14-palucha-khost-artillery",
            False,
            0.482,
            "52 % Pakistan and 48 % Afghanistan; reported in Afghanistan",
            id="district-at-the-line",
        ),
        pytest.param(
            "2025-06-13-salarzai-bajaur-cross-border-fire",
            False,
            0.988,
            "99 % Pakistan and 1 % Afghanistan",
            id="a-little-beyond",
        ),
        pytest.param(
            "2025-10-11-kunar-border-clash", False, None, "neither its distance nor its side can be given", id="stretch"
        ),
    ],
)
def test_card_and_export_say_the_same_of_a_side(incident_id, decided, probability, words, table):
    row = next(row for row in incident_table(Filters(), table).to_pylist() if row["id"] == incident_id)
    assert (row["side_decided"], row["side_probability"]) == (decided, probability)
    place = table.placed(incident_id)
    assert place.side_decided is decided
    assert words in border_words(table.incident(incident_id), place.border, place.border_km)


def test_a_side_is_decided_where_its_probability_is_one_and_nowhere_else(table):
    rows = [row for row in incident_table(Filters(), table).to_pylist() if row["side"] is not None]
    told = [row for row in rows if row["side_probability"] is not None]
    assert [row["id"] for row in told if row["side_decided"] is not (row["side_probability"] == 1)] == []
    untold = [row for row in rows if row["side_probability"] is None]
    assert {(row["location_precision"], row["side_decided"]) for row in untold} == {("border_segment", False)}


@given(
    st.floats(0, 1), st.floats(-25, 25), st.floats(0.5, 30), st.sampled_from(["exact", "near", "district", "province"])
)
def test_export_and_card_decide_as_the_printed_probability_does(layers, along, north_km, radius_km, precision):
    line = layers.borders["durand_line"]
    lon, lat = line.point_at(line.length_km * (0.1 + 0.7 * along))[0]
    lat += north_km / 111
    side = locate([lon], [lat])["country"].iloc[0]
    incident = make_incident(
        lon=lon, lat=lat, uncertainty_km=radius_km, location_precision=precision, country=side, province="Anywhere"
    )
    (row,) = incident_table(Filters(), IncidentTable([incident], {}, version="v")).to_pylist()
    assert row["side_decided"] is (row["side_probability"] == 1)
    words = border_words(incident, row["border"], row["border_km"])
    assert words.endswith(f", on the side of {Country(side).label}") is row["side_decided"]
    assert ("on either side: " in words) is not row["side_decided"]


@pytest.mark.parametrize(
    ("share", "decided"), [(1.0, True), (0.99951, True), (0.9994, False), (0.0, False), (None, False)]
)
def test_a_side_is_decided_by_a_share_that_is_printed_as_one(share, decided):
    assert decides(share) is decided


@pytest.mark.parametrize(
    ("side", "share"),
    [
        pytest.param("AF", 0.337, id="af"),
        pytest.param("PK", 0.663, id="pk"),
        pytest.param("TJ", None, id="tj"),
        pytest.param(None, None, id="none"),
    ],
)
def test_the_share_of_a_side_is_told_to_the_thousandth(side, share):
    assert side_share(make_incident(**TORKHAM), side) == share
