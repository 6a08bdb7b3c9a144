"""GeoPackage: layers by how well a place is known, their circles and counts."""

import sqlite3
import warnings
from collections import Counter
from pathlib import Path

import pyogrio
import pytest
import shapely
from pyproj import Geod

from geo.export.formats import Contents
from geo.export.geopackage_format import write_geopackage
from geo.export.writing import FORMATS
from geo.incident.record import Incident
from geo.incident.vocabulary import LocationPrecision
from geo.places.boundaries import Boundaries
from geo.table.incident_table import IncidentTable
from tests.geo.export.conftest import EVERYTHING, NOTHING, Written

LAYERS = {
    "incidents": "Point",
    "incidents_in_area": "MultiPolygon",
    "incidents_on_stretch": "LineString",
    "incidents_without_place": None,
    "uncertainty": "MultiPolygon",
    "provinces": "MultiPolygon",
    "borders": "LineString",
    "crossing_points": "Point",
    "claims": None,
    "sources": None,
    "columns": None,
    "manifest": None,
    "layer_styles": None,
}
PRECISIONS = {
    "incidents": {LocationPrecision.EXACT, LocationPrecision.NEAR},
    "incidents_in_area": {LocationPrecision.DISTRICT, LocationPrecision.PROVINCE},
    "incidents_on_stretch": {LocationPrecision.BORDER_SEGMENT},
    "incidents_without_place": {LocationPrecision.COUNTRY},
}


@pytest.mark.parametrize(
    "filters",
    [
        pytest.param(EVERYTHING, id="everything"),
        pytest.param(NOTHING, id="nothing"),
    ],
)
def test_layers(written: Written, filters: object) -> None:
    path = written(filters, FORMATS["gpkg"])  # type: ignore[arg-type]
    assert dict(pyogrio.list_layers(path)) == LAYERS
    assert pyogrio.list_layers(path)[0][0] == "incidents"


@pytest.mark.parametrize("layer", PRECISIONS)
def test_incidents_stand_in_the_layer_of_their_precision(
    written: Written, incidents: tuple[Incident, ...], layer: str
) -> None:
    rows = pyogrio.read_dataframe(written(EVERYTHING, FORMATS["gpkg"]), layer=layer)
    expected = {incident.id for incident in incidents if incident.location_precision in PRECISIONS[layer]}
    assert set(rows["id"]) == expected


@pytest.mark.parametrize(
    ("layer", "rows"),
    [("incidents", 0), ("uncertainty", 0), ("claims", 0), ("provinces", 46), ("borders", 2), ("crossing_points", 30)],
)
def test_an_empty_choice_keeps_the_ground(written: Written, layer: str, rows: int) -> None:
    assert pyogrio.read_info(written(NOTHING, FORMATS["gpkg"]), layer=layer)["features"] == rows


def test_the_manifest_is_in_the_metadata_too(written: Written) -> None:
    info = pyogrio.read_info(written(EVERYTHING, FORMATS["gpkg"]), layer="incidents")
    path = written(EVERYTHING, FORMATS["gpkg"])
    with sqlite3.connect(path) as connection:
        (table,) = connection.execute("SELECT this_file FROM manifest WHERE about='Manifest'").fetchone()
    assert info["dataset_metadata"]["manifest"] == table


@pytest.mark.parametrize(
    "use_arrow",
    [
        pytest.param(False, id="rows"),
        pytest.param(True, id="Arrow"),
    ],
)
@pytest.mark.parametrize("layer", [*LAYERS])
def test_a_layer_is_read_without_a_warning(written: Written, layer: str, use_arrow: bool) -> None:  # noqa: FBT001
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(pyogrio.read_dataframe(written(EVERYTHING, FORMATS["gpkg"]), layer=layer, use_arrow=use_arrow))


def test_a_place_known_nearly_has_its_circle_and_no_other_has(
    written: Written, incidents: tuple[Incident, ...]
) -> None:
    rings = pyogrio.read_dataframe(written(EVERYTHING, FORMATS["gpkg"]), layer="uncertainty").set_index("id")
    near = {i.id: i for i in incidents if i.location_precision is LocationPrecision.NEAR}
    assert sorted(rings.index) == sorted(near)
    for name, row in rings.iterrows():
        incident = near[str(name)]
        assert (row["title"], row["category"]) == (incident.title, incident.category)
        assert row["uncertainty_km"] == incident.uncertainty_km
        edge = shapely.get_coordinates(shapely.segmentize(row.geometry, 1e-3))  # the middles of the sides too
        radii_m = [Geod(ellps="WGS84").inv(incident.lon, incident.lat, lon, lat)[2] for lon, lat in edge]
        assert radii_m == pytest.approx([1000 * incident.uncertainty_km] * len(radii_m), rel=0.005)


def test_an_area_counts_the_incidents_known_to_it(written: Written) -> None:
    rows = pyogrio.read_dataframe(written(EVERYTHING, FORMATS["gpkg"]), layer="incidents_in_area")
    stacked = Counter(rows.geometry.to_wkb())
    assert list(rows["in_area"]) == [stacked[shape] for shape in rows.geometry.to_wkb()]
    assert rows["in_area"].max() > 1


def test_incidents_of_an_area_are_counted_over_all_parts(
    table: IncidentTable, layers: Boundaries, written: Written, tmp_path: Path
) -> None:
    contents = Contents.of(EVERYTHING, table, layers)
    write_geopackage([contents, contents], tmp_path / "twice.gpkg")
    once, twice = (
        pyogrio.read_dataframe(path, layer="incidents_in_area").groupby("id")["in_area"].max()
        for path in (written(EVERYTHING, FORMATS["gpkg"]), tmp_path / "twice.gpkg")
    )
    assert twice.to_dict() == (2 * once).to_dict()
    near = contents.rows["location_precision"].to_pylist().count(LocationPrecision.NEAR)
    assert pyogrio.read_info(tmp_path / "twice.gpkg", layer="uncertainty")["features"] == 2 * near


def test_the_spatial_index_keeps_its_triggers(written: Written) -> None:
    with sqlite3.connect(written(EVERYTHING, FORMATS["gpkg"])) as connection:
        found = Counter(
            table
            for (table,) in connection.execute("SELECT tbl_name FROM sqlite_master WHERE name LIKE 'rtree%update%'")
            if table in ("incidents_in_area", "incidents")
        )
    assert found["incidents_in_area"] == found["incidents"] > 0


@pytest.mark.parametrize(
    ("layer", "column"), [("incidents", "symbol_px"), ("incidents_in_area", "in_area"), ("uncertainty", None)]
)
def test_columns_of_the_layers_alone_are_explained(written: Written, layer: str, column: str | None) -> None:
    path = written(EVERYTHING, FORMATS["gpkg"])
    explained = pyogrio.read_dataframe(path, layer="columns").query("layer == @layer")["column"]
    assert set(explained) >= ({column} if column else set(pyogrio.read_info(path, layer=layer)["fields"]))
