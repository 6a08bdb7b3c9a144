"""The JSON Schema of the incident file."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.cli.schema_command import dump_schema, incident_schema
from geo.store.incident_store import dump_incidents
from tests.conftest import make_claim, make_incident
from tests.geo.strategies import incidents as any_incident

COMMITTED = Path(__file__).resolve().parents[3] / "docs" / "incident.schema.json"
CHECK = jsonschema.Draft202012Validator(incident_schema())


def document(*incidents):
    return json.loads(dump_incidents(incidents))


def test_it_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(incident_schema())


def test_the_committed_file_is_what_is_generated():
    assert COMMITTED.read_text(encoding="utf-8") == dump_schema(), "make schema"


def test_the_shipped_store_is_valid(contents):
    assert [error.message for error in CHECK.iter_errors(json.loads(contents.path.read_bytes()))] == []


@given(st.lists(any_incident(), max_size=3, unique_by=lambda incident: incident.id))
def test_whatever_the_store_writes_is_valid(incidents):
    assert [error.message for error in CHECK.iter_errors(document(*incidents))] == []


MOVEMENT = {"from": {"place": "Kunar", "country": "AF"}, "people_low": 1, "kind": "troops"}
WHOLE_MOVEMENT = MOVEMENT | {"to": {"place": "Chitral", "country": "PK"}}


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda f: f.pop("id"), id="no-id"),
        pytest.param(lambda f: f.update(id="Two Words"), id="id"),
        pytest.param(lambda f: f.update(type="Point"), id="type"),
        pytest.param(lambda f: f.update(bbox=[1, 2, 3, 4]), id="extra-member"),
        pytest.param(lambda f: f.update(geometry=None), id="no-point"),
        pytest.param(lambda f: f["geometry"].update(coordinates=[190, 33]), id="far-point"),
        pytest.param(lambda f: f["geometry"].update(coordinates=[70]), id="half-point"),
        pytest.param(lambda f: f["geometry"].update(coordinates=["70", "33"]), id="text-point"),
        pytest.param(lambda f: f["geometry"].update(type="LineString"), id="line"),
        pytest.param(lambda f: f["properties"].update(category="war"), id="category"),
        pytest.param(lambda f: f["properties"].update(subtype="raid"), id="subtype"),
        pytest.param(lambda f: f["properties"].update(title="x" * 81), id="long-title"),
        pytest.param(lambda f: f["properties"].update(title=" "), id="blank-title"),
        pytest.param(lambda f: f["properties"].update(colour="red"), id="extra-field"),
        pytest.param(lambda f: f["properties"].update(lon=70), id="lon-as-property"),
        pytest.param(lambda f: f["properties"].update(date_start="1 January 2025"), id="date"),
        pytest.param(lambda f: f["properties"].update(location_precision="country"), id="placed-nowhere"),
        pytest.param(lambda f: f["properties"].update(uncertainty_km=None), id="no-radius"),
        pytest.param(lambda f: f["properties"].update(uncertainty_km=0), id="zero-radius"),
        pytest.param(lambda f: f["properties"].update(claims=[]), id="no-claims"),
        pytest.param(lambda f: f["properties"].update(movement=MOVEMENT), id="no-destination"),
        pytest.param(
            lambda f: f["properties"].update(movement=MOVEMENT | {"to": {"place": "x", "country": "PK", "lon": 70}}),
            id="half-destination",
        ),
        pytest.param(lambda f: f["properties"].pop("status"), id="no-status"),
        pytest.param(lambda f: f["properties"]["claims"][0].update(low=1), id="two-figures"),
        pytest.param(lambda f: f["properties"]["claims"][0].update(of="gnomes"), id="unknown-people"),
        pytest.param(lambda f: f["properties"]["claims"][0].pop("of"), id="nobody"),
        pytest.param(lambda f: f["properties"]["claims"][0].update(value=-1), id="negative"),
        pytest.param(lambda f: f["properties"]["claims"][0].update(value=100_000_001), id="beyond-all"),
        pytest.param(
            lambda f: f["properties"].update(movement=WHOLE_MOVEMENT | {"people_high": 10**30}),
            id="movement-beyond-all",
        ),
        pytest.param(lambda f: f["properties"]["claims"][0].update(stance="mumbles"), id="stance"),
        pytest.param(lambda f: f["properties"]["claims"][0].update(scope="group"), id="group-of-no-cluster"),
        pytest.param(lambda f: f["properties"]["sources"][0].update(url="javascript:alert(1)"), id="script-url"),
        pytest.param(lambda f: f["properties"]["sources"][0].pop("publisher"), id="no-publisher"),
    ],
)
def test_what_the_store_refuses_is_not_valid(spoil):
    spoiled = document(make_incident())
    spoil(spoiled["features"][0])
    assert not CHECK.is_valid(spoiled)


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("Incident", "claims"),
        ("Incident", "sources"),
        ("Movement", "from"),
        ("Movement", "to"),
        ("Feature", "geometry"),
    ],
)
def test_it_speaks_of_the_file_and_not_of_our_classes(kind, field):
    described = incident_schema()["$defs"][kind]
    assert field in described["properties"]
    assert not {"origin", "destination", "lat"} & described["properties"].keys()


def test_a_claim_for_a_whole_event_cluster_is_valid_in_one():
    assert CHECK.is_valid(document(make_incident(claims=[make_claim(scope="group")], event_group="chaman-2025")))


def test_fields_are_described():
    assert "ongoing" in incident_schema()["$defs"]["Incident"]["properties"]["date_end"]["description"]


@pytest.mark.parametrize("provinces", [[], ["Khost"], ["Khost", "Khost"], "Khost, Paktia"], ids=str)
def test_several_provinces_are_two_at_least_and_each_once(provinces):
    found = document(make_incident(provinces=("Khost", "Paktia")))
    assert CHECK.is_valid(found)
    found["features"][0]["properties"]["provinces"] = provinces
    assert not CHECK.is_valid(found)
