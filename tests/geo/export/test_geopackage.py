"""GeoPackage: layers by how well a place is known, and styles for QGIS."""

import sqlite3
import xml.etree.ElementTree as ET

import pyogrio
import pytest

from geo.export import ExportFormat
from geo.export.qgis_style import styles
from geo.incident import Incident
from geo.symbols import LIGHT
from geo.vocabulary import Category, LocationPrecision
from tests.geo.export.conftest import EVERYTHING, NOTHING, Written

LAYERS = {
    "incidents": "Point",
    "incidents_in_area": "MultiPolygon",
    "incidents_on_stretch": "LineString",
    "incidents_without_place": None,
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


@pytest.mark.parametrize("filters", [EVERYTHING, NOTHING], ids=["everything", "nothing"])
def test_layers(written: Written, filters: object) -> None:
    path = written(filters, ExportFormat.GPKG)  # type: ignore[arg-type]
    assert dict(pyogrio.list_layers(path)) == LAYERS
    assert pyogrio.list_layers(path)[0][0] == "incidents"


@pytest.mark.parametrize("layer", PRECISIONS)
def test_incidents_stand_in_the_layer_of_their_precision(
    written: Written, incidents: tuple[Incident, ...], layer: str
) -> None:
    rows = pyogrio.read_dataframe(written(EVERYTHING, ExportFormat.GPKG), layer=layer)
    expected = {incident.id for incident in incidents if incident.location_precision in PRECISIONS[layer]}
    assert set(rows["id"]) == expected


@pytest.mark.parametrize(
    ("layer", "rows"), [("incidents", 0), ("claims", 0), ("provinces", 46), ("borders", 2), ("crossing_points", 30)]
)
def test_an_empty_choice_keeps_the_ground(written: Written, layer: str, rows: int) -> None:
    assert pyogrio.read_info(written(NOTHING, ExportFormat.GPKG), layer=layer)["features"] == rows


def test_the_manifest_is_in_the_metadata_too(written: Written) -> None:
    info = pyogrio.read_info(written(EVERYTHING, ExportFormat.GPKG), layer="incidents")
    path = written(EVERYTHING, ExportFormat.GPKG)
    with sqlite3.connect(path) as connection:
        (table,) = connection.execute("SELECT this_file FROM manifest WHERE about='Manifest'").fetchone()
    assert info["dataset_metadata"]["manifest"] == table


def test_each_drawn_layer_has_a_default_style(written: Written) -> None:
    with sqlite3.connect(written(EVERYTHING, ExportFormat.GPKG)) as connection:
        found = connection.execute(
            "SELECT f_table_name, f_geometry_column, styleQML FROM layer_styles WHERE useAsDefault"
        ).fetchall()
        geometry = dict(connection.execute("SELECT table_name, column_name FROM gpkg_geometry_columns"))
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert {name: column for name, column, _ in found} == geometry
    assert {name: qml for name, _, qml in found} == styles()


@pytest.mark.parametrize(
    ("category", "shape"), [("crossing", "diamond"), ("strike", "equilateral_triangle"), ("clash", "circle")]
)
@pytest.mark.parametrize("disputed", [False, True], ids=["filled", "hollow"])
def test_a_symbol_has_the_shape_and_the_colours_of_the_map(category: str, shape: str, disputed: bool) -> None:  # noqa: FBT001
    renderer = ET.fromstring(styles()["incidents"]).find("renderer-v2")
    value = f"{category} disputed" if disputed else category
    number = renderer.find(f"categories/category[@value='{value}']").get("symbol")
    options = {
        option.get("name"): option.get("value")
        for option in renderer.findall(f"symbols/symbol[@name='{number}']/layer/Option/Option")
    }
    colour = ",".join(str(int(LIGHT.of(Category(category))[at : at + 2], 16)) for at in (1, 3, 5)) + ",255"
    assert options["name"] == shape
    assert options["outline_color" if disputed else "color"] == colour
    assert options["color" if disputed else "outline_color"] == "255,255,255,255"
    assert options["angle"] == ("180" if category == "strike" else "0")


def test_every_kind_in_the_data_has_a_symbol(incidents: tuple[Incident, ...]) -> None:
    for layer in ("incidents", "incidents_in_area", "incidents_on_stretch"):
        categories = ET.fromstring(styles()[layer]).findall("renderer-v2/categories/category")
        values = {category.get("value") for category in categories}
        assert {f"{i.category}{' disputed' if i.status == 'disputed' else ''}" for i in incidents} <= values
