"""GeoJSON: the store's record and what is computed from it."""

import json
from itertools import pairwise
from typing import Any

import pytest

from geo.export.writing import FORMATS
from geo.store.incident_store import INCIDENTS_FILE
from geo.table.incident_table import IncidentTable
from tests.geo.export.conftest import EVERYTHING, Written


@pytest.fixture(scope="module")
def features(written: Written) -> dict[str, dict[str, Any]]:
    document = json.loads(written(EVERYTHING, FORMATS["geojson"]).read_text(encoding="utf-8"))
    return {feature["id"]: feature for feature in document["features"]}


@pytest.fixture(scope="module")
def stored() -> dict[str, dict[str, Any]]:
    features = json.loads(INCIDENTS_FILE.read_text(encoding="utf-8"))["features"]
    return {feature["id"]: feature for feature in features}


def test_properties_are_those_of_the_store(features: dict[str, Any], stored: dict[str, Any]) -> None:
    without = {
        incident_id: {name: value for name, value in feature["properties"].items() if name != "computed"}
        for incident_id, feature in features.items()
    }
    assert without == {incident_id: feature["properties"] for incident_id, feature in stored.items()}


def test_the_stored_point_is_kept(features: dict[str, Any], stored: dict[str, Any]) -> None:
    points = {
        incident_id: feature["geometry"] and feature["geometry"]["coordinates"]
        for incident_id, feature in stored.items()
    }
    assert {i: feature["properties"]["computed"]["best_point"] for i, feature in features.items()} == points


def test_computed_says_where_an_incident_lies(features: dict[str, Any], table: IncidentTable) -> None:
    row = table.select(EVERYTHING).loc["2021-01-06-mohmand-militant-attack"]
    computed = features["2021-01-06-mohmand-militant-attack"]["properties"]["computed"]
    assert (computed["province_code"], computed["side"], computed["border"]) == ("PK-KP", "PK", "Durand Line")
    assert computed["border_km"] == pytest.approx(row["border_km"], abs=0.001)
    assert computed["chainage_km"] == pytest.approx(row["chainage_km"], abs=0.001)


def test_outer_rings_run_anticlockwise(features: dict[str, Any]) -> None:
    shapes = [f["geometry"] for f in features.values() if f["geometry"] and f["geometry"]["type"] == "Polygon"]
    assert shapes
    assert all(_doubled_area(shape["coordinates"][0]) > 0 for shape in shapes)


def _doubled_area(ring: list[list[float]]) -> float:
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring))
