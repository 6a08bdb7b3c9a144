"""What may stand in a record, and what may not."""

import re

import pytest
from hypothesis import given
from pydantic import ValidationError

from geo.incident import Claimant, Incident, Movement
from tests.conftest import make_claim, make_incident, make_source, without_place
from tests.geo.strategies import incidents as any_incident

END = {"place": "Kunar", "country": "AF"}
NOT_VALID = [
    ("id", "Khost Strike", "should match pattern"),
    ("title", "x" * 81, "at most 80 characters"),
    ("title", "   ", "at least 1 character"),
    ("summary", "x" * 401, "at most 400 characters"),
    ("category", "bombing", "'crossing', 'strike', 'clash' or 'other'"),
    ("subtype", "border_clash", "belongs to category clash, not to strike"),
    ("date_start", "2025-13-01", "month value is outside"),
    ("date_start", "1 January 2025", "expected a day as in 2025-10-11"),
    ("date_start", "2025-01-01T00:00:00", "expected a day as in 2025-10-11"),
    ("date_start", 1735689600, "expected a day as in 2025-10-11"),
    ("date_end", "2024-12-31", "2024-12-31 precedes date_start 2025-01-01"),
    ("country", "IR", "'AF', 'PK' or 'TJ'"),
    ("lon", 181, "less than or equal to 180"),
    ("lon", "69.9", "valid number"),
    ("lon", True, "valid number"),
    ("lat", float("nan"), "finite number"),
    ("lat", None, "go together: give all or none"),
    ("uncertainty_km", None, "go together: give all or none"),
    ("uncertainty_km", 0, "greater than 0"),
    ("location_precision", "country", "is country exactly when there are no coordinates"),
    ("claims", (), "at least 1 item"),
    ("sources", (), "at least 1 item"),
    ("event_group", "Two Words", "should match pattern"),
    ("colour", "red", "Extra inputs are not permitted"),
]


@pytest.mark.parametrize(
    ("field", "value", "message"), NOT_VALID, ids=[f"{n}-{row[0]}" for n, row in enumerate(NOT_VALID)]
)
def test_an_invalid_incident_cannot_exist(field, value, message):
    with pytest.raises(ValidationError, match=re.escape(message)):
        make_incident(**{field: value}) if field not in ("claims", "sources") else Incident.model_validate(
            dict(make_incident()) | {field: value}
        )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"of": "soldiers of nobody"}, "is nobody a toll can be of"),
        ({"of": None}, "is nobody a toll can be of"),
        ({"source": 1}, "the last source is number 0"),
    ],
    ids=["unknown-people", "no-people", "no-such-source"],
)
def test_a_claim_must_fit_its_incident(changes, message):
    with pytest.raises(ValidationError, match=message):
        make_incident(claims=[make_claim(**changes)])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"value": 3, "low": 2}, "value and low/high stand together"),
        ({"low": 5, "high": 4}, "low 5 is above high 4"),
        ({"value": -1}, "greater than or equal to 0"),
        ({"value": 4.0}, "valid integer"),
        ({"value": "4"}, "valid integer"),
        ({"by": ""}, "should match pattern"),
    ],
    ids=["two-figures", "upside-down", "negative", "float", "text", "nobody"],
)
def test_an_invalid_claim_cannot_exist(changes, message):
    with pytest.raises(ValidationError, match=message):
        make_claim(**changes)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "www.dawn.com", "https://dawn", "https://a.b/c d", "ftp://a.b/c"]
)
def test_a_source_links_to_the_web_or_nowhere(url):
    with pytest.raises(ValidationError, match="pattern"):
        make_source(url=url)


@pytest.mark.parametrize("part", [{"lon": 70.0}, {"lon": 70.0, "lat": 33.0}, {"uncertainty_km": 3.0}])
def test_an_end_of_a_movement_has_a_whole_point_or_none(part):
    movement = {"from": END | part, "to": END, "people_low": 3, "kind": "troops"}
    with pytest.raises(ValidationError, match="give all three or none"):
        Movement.model_validate(movement)


def test_a_claimant_says_plainly_whether_it_is_independent():
    with pytest.raises(ValidationError, match="valid boolean"):
        Claimant.model_validate({"id": "dawn", "name": "Dawn", "side": "PK", "kind": "media", "independent": "yes"})


@pytest.mark.parametrize("incident", [make_incident(), without_place()], ids=["placed", "nowhere"])
def test_an_incident_cannot_be_changed(incident):
    with pytest.raises(ValidationError, match="frozen"):
        incident.title = "something else"


@given(any_incident())
def test_a_feature_holds_the_whole_incident(incident):
    assert Incident.from_feature(incident.to_feature()) == incident


def test_a_feature_is_geojson():
    feature = make_incident().to_feature()
    assert (feature["type"], feature["id"]) == ("Feature", "2025-01-01-khost-air-strike")
    assert feature["geometry"] == {"type": "Point", "coordinates": [69.92, 33.34]}
    assert not {"id", "lon", "lat"} & feature["properties"].keys()


def test_a_movement_is_written_from_and_to():
    movement = {"from": END, "to": END | {"country": "PK"}, "people_low": 35, "kind": "troops"}
    written = make_incident(category="crossing", subtype="troop_flight", movement=movement).to_feature()
    assert written["properties"]["movement"]["from"]["place"] == "Kunar"
    assert written["properties"]["movement"]["to"]["country"] == "PK"
