"""KML: well-formed whatever the text, and markup in it is never markup in a balloon."""

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pyogrio
import pytest

from geo.export.columns import INCIDENT_SCHEMA
from geo.export.kml_format import xml_id
from geo.export.writing import FORMATS, export
from geo.incident.record import Incident
from geo.incident.vocabulary import Category, to_show
from geo.language.messages import capitalised
from geo.places.boundaries import Boundaries
from geo.selection import Filters
from geo.store.incident_store import StoreContents
from geo.symbology.symbols import LIGHT
from geo.table.incident_table import IncidentTable
from tests.conftest import make_incident
from tests.geo.export.conftest import EVERYTHING, HOSTILE, NOTHING, Written, hostile_incident
from tests.geo.export.readers import KML
from tests.geo.table.parts import imported, imported_row

SCHEMA = Path(__file__).with_name("kml_schema") / "ogckml22.xsd"
XMLLINT = shutil.which("xmllint")


def test_gdal_reads_a_layer_per_category(written: Written, incidents: tuple[Incident, ...]) -> None:
    path = written(EVERYTHING, FORMATS["kml"])
    counts = {layer: pyogrio.read_info(path, layer=layer)["features"] for layer, _ in pyogrio.list_layers(path)}
    assert counts == {
        capitalised(category.incidents): sum(incident.category == category for incident in incidents)
        for category in to_show(Category, ())
    }


def test_a_balloon_shows_markup_as_text(export_of: Callable[..., Path]) -> None:
    root = ET.parse(export_of([hostile_incident(HOSTILE)], FORMATS["kml"])).getroot()
    described = next(root.iter(f"{KML}Placemark")).findtext(f"{KML}description")
    assert "&lt;img src=x onerror=alert(1)&gt;" in described
    assert "<img" not in described
    assert {style.findtext(f"{KML}text") for style in root.iter(f"{KML}BalloonStyle")} == {"$[description]"}


@pytest.mark.parametrize(
    "character",
    [
        pytest.param("\x00", id="NUL"),
        pytest.param("\x1b", id="escape"),
        pytest.param("\ufffe", id="noncharacter"),
    ],
)
def test_characters_that_xml_cannot_hold_are_replaced(export_of: Callable[..., Path], character: str) -> None:
    root = ET.parse(export_of([hostile_incident(f"a{character}b")], FORMATS["kml"])).getroot()
    assert next(root.iter(f"{KML}Placemark")).findtext(f"{KML}name") == "a\ufffdb"


def test_a_category_has_its_colour_in_points_lines_and_grounds(written: Written) -> None:
    root = ET.parse(written(EVERYTHING, FORMATS["kml"])).getroot()
    drawn = {
        style.get("id"): [style.findtext(f"{KML}{part}/{KML}color") for part in ("IconStyle", "LineStyle", "PolyStyle")]
        for style in root.iter(f"{KML}Style")
    }
    assert {style.split("-")[0] for style in drawn} == {*to_show(Category, ())}
    for style, (whole, line, ground) in drawn.items():
        category, _, status = style.partition("-")
        red, green, blue = re.findall("..", LIGHT.of(Category(category)).lower()[1:])
        assert (whole[2:], line, ground[2:]) == (f"{blue}{green}{red}", f"ff{blue}{green}{red}", f"{blue}{green}{red}")
        assert (int(whole[:2], 16) < 128) is bool(status)
        assert int(ground[:2], 16) < 64  # the map shows through
    used = {placemark.findtext(f"{KML}styleUrl") for placemark in root.iter(f"{KML}Placemark")}
    assert used <= {f"#{style}" for style in drawn}


def test_what_is_disputed_is_hollow_and_nothing_else(written: Written, incidents: tuple[Incident, ...]) -> None:
    root = ET.parse(written(EVERYTHING, FORMATS["kml"])).getroot()
    unfilled = {
        f"#{style.get('id')}"
        for style in root.iter(f"{KML}Style")
        if style.findtext(f"{KML}PolyStyle/{KML}fill") == "0"
    }
    hollow = {p.get("id") for p in root.iter(f"{KML}Placemark") if p.findtext(f"{KML}styleUrl") in unfilled}
    assert hollow == {xml_id(i.id) for i in incidents if i.status == "disputed"} != set()


def test_imported_incidents_have_a_folder_and_a_dark_edge_of_their_own(
    contents: StoreContents, layers: Boundaries, tmp_path: Path
) -> None:
    row = imported_row(1, category="strike", subtype="air_strike", location_precision="district")
    table = IncidentTable([make_incident()], contents.claimants, version="0" * 64, datasets=[imported(tmp_path, [row])])
    root = ET.fromstring(export(EVERYTHING, table, layers, format=FORMATS["kml"]))
    inside = {
        folder.findtext(f"{KML}name"): [p.findtext(f"{KML}styleUrl") for p in folder.iter(f"{KML}Placemark")]
        for folder in root.iter(f"{KML}Folder")
    }
    assert inside["Strikes"] == ["#strike"]
    assert inside["Strikes, imported"] == ["#strike-imported"]
    edge = root.findtext(f".//{KML}Style[@id='strike-imported']/{KML}LineStyle/{KML}color")
    red, green, blue = re.findall("..", LIGHT.text.lower()[1:])
    assert edge == f"ff{blue}{green}{red}"


def test_an_incident_has_its_days(written: Written) -> None:
    root = ET.parse(written(EVERYTHING, FORMATS["kml"])).getroot()
    first = root.find(f".//{KML}Placemark[@id='incident-2021-02-01-shultan-kunar-artillery']/{KML}TimeSpan")
    assert [first.findtext(f"{KML}{end}") for end in ("begin", "end")] == ["2021-02-01", "2021-02-02"]


def test_only_places_known_exactly_or_nearly_are_points(written: Written, incidents: tuple[Incident, ...]) -> None:
    root = ET.parse(written(EVERYTHING, FORMATS["kml"])).getroot()
    pins = {p.get("id") for p in root.iter(f"{KML}Placemark") if p.find(f"{KML}Point") is not None}
    assert pins == {xml_id(i.id) for i in incidents if i.location_precision in ("exact", "near")}


@pytest.mark.parametrize(
    "filters",
    [
        pytest.param(EVERYTHING, id="everything"),
        pytest.param(NOTHING, id="nothing"),
    ],
)
@pytest.mark.skipif(XMLLINT is None, reason="needs xmllint, of Debian's libxml2-utils")
def test_it_is_valid_by_the_schema_of_ogc(written: Written, filters: Filters) -> None:
    checked = subprocess.run(
        [str(XMLLINT), "--noout", "--nonet", "--schema", SCHEMA, written(filters, FORMATS["kml"])],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stderr.splitlines()[-1].rpartition(" ")[2]) == (0, "validates")


def test_its_columns_have_types_and_every_value_its_column(written: Written) -> None:
    root = ET.parse(written(EVERYTHING, FORMATS["kml"])).getroot()
    types = {field.get("name"): field.get("type") for field in root.iter(f"{KML}SimpleField")}
    assert list(types) == INCIDENT_SCHEMA.names
    assert (types["killed_high"], types["border_km"], types["killed_or_more"], types["title"]) == (
        *("int", "double", "bool", "string"),
    )
    read = {"int": int, "double": float, "bool": {"true": True, "false": False}.__getitem__, "string": str}
    assert [read[types[each.get("name")]](each.text) for each in root.iter(f"{KML}SimpleData")]


def test_gdal_reads_the_types(written: Written) -> None:
    info = pyogrio.read_info(written(EVERYTHING, FORMATS["kml"]), layer="Strikes")
    kinds = dict(zip(info["fields"], info["dtypes"], strict=True))
    assert (kinds["killed_high"], kinds["border_km"]) == ("int32", "float64")
