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
        incident_id: {name: feature["properties"][name] for name in stored[incident_id]["properties"]}
        for incident_id, feature in features.items()
    }
    assert without == {incident_id: feature["properties"] for incident_id, feature in stored.items()}


def test_the_stored_point_is_kept(features: dict[str, Any], stored: dict[str, Any]) -> None:
    points = {
        incident_id: feature["geometry"]["coordinates"] if feature["geometry"] else [None, None]
        for incident_id, feature in stored.items()
    }
    assert points == {i: [f["properties"][n] for n in ("longitude", "latitude")] for i, f in features.items()}


def test_its_properties_say_where_an_incident_lies_and_what_its_toll_is(
    features: dict[str, Any], table: IncidentTable
) -> None:
    row = table.select(EVERYTHING).loc["2021-01-06-mohmand-militant-attack"]
    own = features["2021-01-06-mohmand-militant-attack"]["properties"]
    assert (own["province_code"], own["side"], own["border"]) == ("PK-KP", "PK", "Durand Line")
    assert own["border_km"] == pytest.approx(row["border_km"], abs=0.001)
    assert own["chainage_km"] == pytest.approx(row["chainage_km"], abs=0.001)
    assert (own["killed_low"], own["killed_high"]) == (row["killed_low"], row["killed_high"])


@pytest.mark.parametrize("name", ["killed_low", "killed_high", "side", "border_km", "toll_rule", "dataset"])
def test_what_one_styles_by_is_a_plain_value(features: dict[str, Any], name: str) -> None:
    kinds = {type(feature["properties"][name]) for feature in features.values()}
    assert kinds <= {int, float, str, type(None)}
    assert kinds != {type(None)}


def test_outer_rings_run_anticlockwise(features: dict[str, Any]) -> None:
    shapes = [f["geometry"] for f in features.values() if f["geometry"] and f["geometry"]["type"] == "Polygon"]
    assert shapes
    assert all(_doubled_area(shape["coordinates"][0]) > 0 for shape in shapes)


def _doubled_area(ring: list[list[float]]) -> float:
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring))
