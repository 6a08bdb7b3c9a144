"""Styles for QGIS: those of the map, for every layer that is drawn."""

import re
import sqlite3
import xml.etree.ElementTree as ET
from pathlib import Path

import pyogrio
import pytest

from geo.export.geopackage_format import SHOWS, rgba, styles
from geo.export.writing import FORMATS
from geo.incident.record import Incident
from geo.incident.vocabulary import Category
from geo.symbology.symbols import LIGHT
from tests.geo.export.conftest import EVERYTHING, Written

ROOT = Path(__file__).resolve().parents[3]


def test_each_drawn_layer_has_a_default_style(written: Written) -> None:
    with sqlite3.connect(written(EVERYTHING, FORMATS["gpkg"])) as connection:
        found = connection.execute(
            "SELECT f_table_name, f_geometry_column, styleQML FROM layer_styles WHERE useAsDefault"
        ).fetchall()
        geometry = dict(connection.execute("SELECT table_name, column_name FROM gpkg_geometry_columns"))
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert {name: column for name, column, _ in found} == geometry
    assert {name: qml for name, _, qml in found} == styles()


def test_a_style_says_what_it_shows_and_is_as_old_as_the_file(written: Written) -> None:
    with sqlite3.connect(written(EVERYTHING, FORMATS["gpkg"])) as connection:
        found = connection.execute("SELECT f_table_name, description, update_time FROM layer_styles").fetchall()
        (written_at,) = connection.execute("SELECT max(last_change) FROM gpkg_contents").fetchone()
    assert {name: text for name, text, _ in found} == SHOWS
    assert {time for _, _, time in found} == {written_at}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", written_at)


@pytest.mark.parametrize("layer", SHOWS)
def test_a_style_names_columns_that_the_layer_has(written: Written, layer: str) -> None:
    qml = ET.fromstring(styles()[layer])
    told_by = qml.find("renderer-v2").get("attr")
    expressions = [option.get("value") for option in qml.iter("Option") if option.get("name") == "expression"]
    named = {text.get("fieldName") for text in qml.iter("text-style")}
    for expression in (*expressions, told_by or ""):
        named |= set(re.findall(r"[a-z_]{3,}", re.sub("'[^']*'", "", expression)))
    assert named
    assert named <= {*pyogrio.read_info(written(EVERYTHING, FORMATS["gpkg"]), layer=layer)["fields"]}


def test_an_area_is_labelled_with_its_number_over_its_middle() -> None:
    qml = ET.fromstring(styles()["incidents_in_area"])
    settings = qml.find("labeling/settings")
    assert qml.get("labelsEnabled") == "1"
    assert settings.find("text-style").get("fieldName") == "in_area"
    assert settings.find("placement").get("centroidWhole") == "1"


def test_a_circle_is_a_thin_line_in_the_colour_of_its_category() -> None:
    renderer = ET.fromstring(styles()["uncertainty"]).find("renderer-v2")
    for category in renderer.findall("categories/category"):
        layer = renderer.find(f"symbols/symbol[@name='{category.get('symbol')}']/layer")
        options = {option.get("name"): option.get("value") for option in layer.findall("Option/Option")}
        assert options["outline_color"] == rgba(LIGHT.of(Category(category.get("value"))))
        assert options["outline_style"] == "solid"
        assert options["color"].endswith(",0")


@pytest.mark.parametrize(
    ("category", "shape"), [("crossing", "diamond"), ("strike", "equilateral_triangle"), ("clash", "circle")]
)
@pytest.mark.parametrize(
    "disputed",
    [
        pytest.param(False, id="filled"),
        pytest.param(True, id="hollow"),
    ],
)
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


@pytest.mark.parametrize("layer", ["incidents", "incidents_in_area", "incidents_on_stretch"])
@pytest.mark.parametrize("status", ["", " disputed"])
def test_an_imported_incident_has_the_same_symbol_with_a_dark_line_around(layer: str, status: str) -> None:
    renderer = ET.fromstring(styles(imported=True)[layer]).find("renderer-v2")
    own, imported = (
        [
            {option.get("name"): option.get("value") for option in found.findall("Option/Option")}
            for found in renderer.findall(f"symbols/symbol[@name='{number}']/layer")
        ]
        for kind in (f"strike{status}", f"strike{status} imported")
        for number in [renderer.find(f"categories/category[@value='{kind}']").get("symbol")]
    )
    line, same = imported
    assert [same] == own
    assert rgba(LIGHT.text) in line.values()
    (width,) = (name for name in line if name in ("outline_width", "line_width"))
    assert float(line[width]) == pytest.approx(float(same[width]) + 2 * 1.3 * 25.4 / 96, abs=0.001)
    assert "imported" not in ET.tostring(ET.fromstring(styles()[layer]).find("renderer-v2/categories"), "unicode")


def test_every_kind_in_the_data_has_a_symbol(incidents: tuple[Incident, ...]) -> None:
    for layer in ("incidents", "incidents_in_area", "incidents_on_stretch"):
        categories = ET.fromstring(styles()[layer]).findall("renderer-v2/categories/category")
        values = {category.get("value") for category in categories}
        assert {f"{i.category}{' disputed' if i.status == 'disputed' else ''}" for i in incidents} <= values


def test_every_category_in_the_data_has_a_circle(incidents: tuple[Incident, ...]) -> None:
    categories = ET.fromstring(styles()["uncertainty"]).findall("renderer-v2/categories/category")
    assert {incident.category.value for incident in incidents} <= {category.get("value") for category in categories}


@pytest.mark.parametrize("layer", SHOWS)
def test_a_file_that_qgis_opens_looks_as_the_layers_do(layer: str) -> None:
    file = (ROOT / "geo" / "export" / "qgis_styles" / f"{layer}.qml").read_text(encoding="utf-8")
    sample = {(element.tag, *_without(element, "fill", "for", "symbol")) for element in ET.fromstring(file).iter()}
    filled = {(element.tag, *_without(element, "symbol")) for element in ET.fromstring(styles()[layer]).iter()}
    numbered = {each for each in sample if each[0] == "symbol"}  # numbers are those of the layer's own list
    assert sample - numbered <= filled
    assert not [name for element in ET.fromstring(styles()[layer]).iter() for name in element.attrib if name == "fill"]


def _without(element: ET.Element, *names: str) -> list[tuple[str, str]]:
    return sorted((name, value) for name, value in element.attrib.items() if name not in names)
