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
from geo.incident.vocabulary import Border, Category
from geo.symbology.symbols import LIGHT, LINES
from tests.geo.export.conftest import EVERYTHING, Written
from tests.geo.export.qgis_samples import FILES, sample


def categorized(qml: str) -> ET.Element:
    """What tells the incidents of a style apart."""
    return ET.fromstring(qml).find(".//renderer-v2[@type='categorizedSymbol']")


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
    expressions = [option.get("value") for option in qml.iter("Option") if option.get("name") == "expression"]
    expressions += [rule.get("filter") for rule in qml.iter("rule")]
    expressions += [element.text for tag in ("mapTip", "previewExpression") for element in qml.iter(tag)]
    labels = list(qml.iter("text-style"))
    expressions += [text.get("fieldName") for text in labels if text.get("isExpression") == "1"]
    named = {text.get("fieldName") for text in labels if text.get("isExpression") == "0"}
    named |= {column for expression in expressions for column in re.findall('"(.*?)"', expression)}
    for renderer in qml.iter("renderer-v2"):  # which QGIS writes without quotation marks
        named |= set(re.findall(r"[a-z_]{3,}", re.sub("'[^']*'", "", renderer.get("attr", ""))))
    assert named or layer == "neighbours"
    assert named <= {*pyogrio.read_info(written(EVERYTHING, FORMATS["gpkg"]), layer=layer)["fields"]}


@pytest.mark.parametrize("layer", ["areas", "stretches"])
def test_a_badge_holds_the_symbol_of_one_incident_and_the_number_of_several(layer: str) -> None:
    qml = ET.fromstring(styles()[layer])
    settings = qml.find("labeling/settings")
    assert qml.get("labelsEnabled") == "1"
    said = settings.find("text-style").get("fieldName")
    assert """"incidents" = 1 AND "category" = 'strike' THEN if("status" IN ('disputed'), '▽', '▼')""" in said
    assert said.endswith('ELSE to_string("incidents") END')
    assert settings.find("text-style/background").get("shapeDraw") == "1"


@pytest.mark.parametrize(
    ("layer", "obstacle"),
    [
        pytest.param("provinces", "0", id="ground is no obstacle"),
        pytest.param("areas", "0", id="nor is an area"),
        pytest.param("incidents", "1", id="a point is"),
    ],
)
def test_labels_keep_off_points_and_not_off_polygons(layer: str, obstacle: str) -> None:
    assert ET.fromstring(styles()[layer]).find("labeling/settings/rendering").get("obstacle") == obstacle


def test_a_border_has_its_line_and_its_name_along_it() -> None:
    qml = ET.fromstring(styles()["borders"])
    assert [each.get("value") for each in qml.iter("category")] == [border.line for border in Border]
    assert qml.find("labeling/settings/placement").get("placement") == "3"  # curved
    for category in qml.iter("category"):
        layers = qml.findall(f".//symbol[@name='{category.get('symbol')}']/layer")
        (border,) = (each for each in Border if each.line == category.get("value"))
        assert len(layers) == (2 if LINES[border].casing else 1)
        colours = [option.get("value") for option in layers[-1].iter("Option") if option.get("name") == "line_color"]
        assert colours == [rgba(LINES[border].of(LIGHT))]


def test_incidents_on_one_spot_stand_around_it_and_very_many_near_ones_are_counted() -> None:
    few, many = (ET.fromstring(styles(many=many)["incidents"]).find("renderer-v2") for many in (False, True))
    assert (few.get("type"), many.get("type")) == ("pointDisplacement", "pointCluster")
    inside = [ET.tostring(each.find("renderer-v2")) for each in (few, many)]
    assert inside[0] == inside[1]
    assert "@cluster_size" in ET.tostring(many, "unicode")


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
    renderer = categorized(styles()["incidents"])
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


@pytest.mark.parametrize("layer", ["incidents", "areas", "stretches"])
@pytest.mark.parametrize("status", ["", " disputed"])
def test_an_imported_incident_has_the_same_symbol_with_a_dark_line_around(layer: str, status: str) -> None:
    renderer = categorized(styles(imported=True)[layer])
    own, imported = (
        [
            {option.get("name"): option.get("value") for option in found.findall("Option/Option")}
            for found in renderer.findall(f"symbols/symbol[@name='{number}']/layer")
        ]
        for kind in (f"strike{status}", f"strike{status} imported")
        for number in [renderer.find(f"categories/category[@value='{kind}']").get("symbol")]
    )
    if layer == "areas":
        assert imported == [own[0] | {"outline_color": rgba(LIGHT.text)}]
        return
    line, same = imported
    assert [same] == own
    assert rgba(LIGHT.text) in line.values()
    (width,) = (name for name in line if name in ("outline_width", "line_width"))
    assert float(line[width]) == pytest.approx(float(same[width]) + 2 * 1.3 * 25.4 / 96, abs=0.001)
    assert "imported" not in ET.tostring(categorized(styles()[layer]).find("categories"), "unicode")


def test_every_kind_in_the_data_has_a_symbol(incidents: tuple[Incident, ...]) -> None:
    for layer in ("incidents", "areas", "stretches"):
        categories = categorized(styles()[layer]).findall("categories/category")
        values = {category.get("value") for category in categories}
        assert {f"{i.category}{' disputed' if i.status == 'disputed' else ''}" for i in incidents} <= values


def test_every_category_in_the_data_has_a_circle(incidents: tuple[Incident, ...]) -> None:
    categories = ET.fromstring(styles()["uncertainty"]).findall("renderer-v2/categories/category")
    assert {incident.category.value for incident in incidents} <= {category.get("value") for category in categories}


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_a_file_that_qgis_opens_looks_as_the_layers_do(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text == sample(text), "run make schema"


@pytest.mark.parametrize("layer", SHOWS)
def test_nothing_is_left_to_fill_in(layer: str) -> None:
    assert not [name for element in ET.fromstring(styles()[layer]).iter() for name in element.attrib if name == "fill"]
