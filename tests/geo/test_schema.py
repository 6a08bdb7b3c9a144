"""The JSON Schema of the incident file."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.canonical import dump_incidents
from geo.schema import dump_schema, incident_schema
from tests.conftest import make_incident
from tests.geo.strategies import incidents as any_incident

COMMITTED = Path(__file__).resolve().parents[2] / "docs" / "incident.schema.json"
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


@pytest.mark.parametrize(
    "spoil",
    [
        lambda f: f.pop("id"),
        lambda f: f.update(id="Two Words"),
        lambda f: f.update(type="Point"),
        lambda f: f.update(bbox=[1, 2, 3, 4]),
        lambda f: f.update(geometry=None),
        lambda f: f["geometry"].update(coordinates=[190, 33]),
        lambda f: f["geometry"].update(coordinates=[70]),
        lambda f: f["geometry"].update(coordinates=["70", "33"]),
        lambda f: f["geometry"].update(type="LineString"),
        lambda f: f["properties"].update(category="war"),
        lambda f: f["properties"].update(subtype="raid"),
        lambda f: f["properties"].update(title="x" * 81),
        lambda f: f["properties"].update(title=" "),
        lambda f: f["properties"].update(colour="red"),
        lambda f: f["properties"].update(lon=70),
        lambda f: f["properties"].update(date_start="1 January 2025"),
        lambda f: f["properties"].update(location_precision="country"),
        lambda f: f["properties"].update(uncertainty_km=None),
        lambda f: f["properties"].update(uncertainty_km=0),
        lambda f: f["properties"].update(claims=[]),
        lambda f: f["properties"].update(movement=MOVEMENT),
        lambda f: f["properties"].update(movement=MOVEMENT | {"to": {"place": "x", "country": "PK", "lon": 70}}),
        lambda f: f["properties"].pop("status"),
        lambda f: f["properties"]["claims"][0].update(low=1),
        lambda f: f["properties"]["claims"][0].update(of="gnomes"),
        lambda f: f["properties"]["claims"][0].pop("of"),
        lambda f: f["properties"]["claims"][0].update(value=-1),
        lambda f: f["properties"]["claims"][0].update(stance="mumbles"),
        lambda f: f["properties"]["sources"][0].update(url="javascript:alert(1)"),
        lambda f: f["properties"]["sources"][0].pop("publisher"),
    ],
    ids=[
        *("no-id", "id", "type", "extra-member", "no-point", "far-point", "half-point", "text-point", "line"),
        *("category", "subtype", "long-title", "blank-title", "extra-field", "lon-as-property", "date"),
        *("placed-nowhere", "no-radius", "zero-radius", "no-claims", "no-destination", "half-destination", "no-status"),
        *("two-figures", "unknown-people", "nobody", "negative", "stance", "script-url", "no-publisher"),
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


def test_fields_are_described():
    assert "lasts" in incident_schema()["$defs"]["Incident"]["properties"]["date_end"]["description"]
