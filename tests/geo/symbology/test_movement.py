"""Which way people crossed."""

import pytest

from geo.symbology.marks import heading_deg
from tests.conftest import make_incident, without_place

NORTH, EAST, SOUTH, WEST = 0, 90, 180, 270
AF, PK, TJ = ({"place": "somewhere", "country": country} for country in ("AF", "PK", "TJ"))


def at(end, lon, lat):
    return end | {"lon": lon, "lat": lat, "uncertainty_km": 1}


def crossing(origin, destination, lon, lat):
    movement = {"from": origin, "to": destination, "people_low": 5, "kind": "troops"}
    return make_incident(category="crossing", subtype="troop_flight", lon=lon, lat=lat, movement=movement)


@pytest.mark.parametrize(
    ("origin", "destination", "point", "heading"),
    [
        pytest.param(at(AF, 71, 36), at(TJ, 71, 37), (71, 37), NORTH, id="points-north"),
        pytest.param(at(AF, 66, 31), at(PK, 67, 31), (67, 31), EAST, id="points-east"),
        pytest.param(at(PK, 67, 31), at(AF, 66, 31), (66, 31), WEST, id="points-west"),
        pytest.param(AF, PK, (71.0937, 34.1220), EAST, id="torkham"),
        pytest.param(PK, AF, (71.0937, 34.1220), WEST, id="torkham-back"),
        pytest.param(AF, PK, (66.4113, 30.9475), EAST, id="chaman"),
        pytest.param(AF, PK, (63.0, 29.45), SOUTH, id="chagai"),
        pytest.param(AF, TJ, (68.5998, 37.1940), NORTH, id="panji-poyon"),
        pytest.param(TJ, AF, (68.5998, 37.1940), SOUTH, id="panji-poyon-back"),
        pytest.param(AF, TJ, (71.5056, 37.5165), EAST, id="khorog"),
        pytest.param(at(AF, 71, 36), at(PK, 71, 36), (71.0937, 34.1220), EAST, id="same-point"),
        pytest.param(at(AF, 71, 36), at(PK, 71, -90), (71.0937, 34.1220), SOUTH, id="the-pole"),
    ],
)
def test_the_heading_is_into_the_country_of_destination(layers, origin, destination, point, heading):
    found = heading_deg(crossing(origin, destination, *point), layers)
    assert abs((found - heading + 180) % 360 - 180) < 60


@pytest.mark.parametrize(
    "incident",
    [
        pytest.param(make_incident(), id="nobody-moved"),
        pytest.param(without_place(movement={"from": AF, "to": PK, "people_low": 35, "kind": "troops"}), id="no-place"),
    ],
)
def test_without_a_movement_or_a_place_there_is_none(layers, incident):
    assert heading_deg(incident, layers) is None


def test_every_placed_movement_of_the_record_has_a_heading(layers, incidents):
    moved = [incident for incident in incidents if incident.movement and incident.lon is not None]
    assert len(moved) > 10
    assert all(0 <= heading_deg(incident, layers) < 360 for incident in moved)
