"""Every entry of a registry reaches every drawer and writer: adding one is adding it to its table, and nothing else."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from geo.casualties import RANGE
from geo.incident.dates import when_words
from geo.incident.vocabulary import (
    IMPORTED_ONLY,
    Border,
    Category,
    DatePrecision,
    DrawnAs,
    LocationPrecision,
    Registry,
    Status,
    Subtype,
)
from geo.render.web_map import Unclassed
from geo.symbology.marks import marks_of
from geo.symbology.symbols import DARK, HOLLOW, LIGHT, LINES, SHAPES, web_symbols
from tests.conftest import make_incident

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = {path.name: path.read_text("utf-8") for path in (ROOT / "static" / "map").glob("*.js")}
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]


# An entry that lacks something, or names what is not there, is an error as soon as the program starts.


def test_an_entry_that_lacks_a_value_cannot_be_made():
    with pytest.raises(ValueError, match="zip"):

        class Incomplete(Registry):
            ONE = "one"

            label: str


@pytest.mark.parametrize("category", Category)
def test_a_category_has_a_shape_and_a_colour_in_both_schemes(category):
    assert len(SHAPES[category].corners) >= 3
    assert {LIGHT.of(category), DARK.of(category)} == {category.light, category.dark}
    assert web_symbols()["shapes"][category]
    assert LIGHT.as_dict()[category] == category.light


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_charts_of_the_app_have_the_colours_of_the_table(scheme):
    assert THEME[scheme]["chartCategoricalColors"] == [getattr(category, scheme) for category in Category]


@pytest.mark.parametrize(("scheme", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_the_app_has_the_paper_and_the_text_of_the_map(scheme, palette):
    assert (THEME[scheme]["backgroundColor"], THEME[scheme]["textColor"]) == (palette.paper, palette.text)


@pytest.mark.parametrize("subtype", Subtype)
def test_a_subtype_belongs_to_a_category_that_the_same_datasets_have(subtype):
    assert subtype in IMPORTED_ONLY or subtype.category not in IMPORTED_ONLY


@pytest.mark.parametrize("status", Status)
def test_a_status_has_a_look_in_the_browser(status):
    assert web_symbols()["hollow"][status] is (status in HOLLOW)


@pytest.mark.parametrize("border", Border)
def test_a_border_has_a_layer_a_style_and_two_countries(layers, border):
    assert layers.borders[border].length_km > 100
    assert border.left in border.countries
    assert hasattr(LIGHT, LINES[border].colour)
    assert web_symbols()["lines"][border]["width"] > 0


@pytest.mark.parametrize("level", ["overview", "detail"])
def test_every_line_that_is_drawn_has_a_style_and_every_style_a_line(level):
    lines = json.loads((ROOT / "static" / "base" / f"{level}-lines.json").read_text("utf-8"))["features"]
    assert {line["properties"]["line"] for line in lines} == set(LINES)


@pytest.mark.parametrize("known", LocationPrecision)
def test_a_location_precision_decides_what_is_drawn(layers, known):
    nowhere = known.drawn_as is DrawnAs.NOTHING
    place = dict.fromkeys(("lon", "lat", "uncertainty_km", "location_basis", "location_confidence")) if nowhere else {}
    marks = marks_of([make_incident(location_precision=known, **place)], layers, rule=RANGE)
    points, areas = len(marks.points), len(marks.areas)
    assert (points, areas) == {DrawnAs.POINT: (1, 0), DrawnAs.NOTHING: (0, 0)}.get(known.drawn_as, (0, 1))
    assert web_symbols()["precisions"][known] == known.label


@pytest.mark.parametrize("known", DatePrecision)
@pytest.mark.parametrize("end", [None, "end"], ids=["open", "ended"])
def test_a_date_precision_has_words_in_every_sentence(known, end):
    first = make_incident().date_start
    assert str(first.year) in when_words(first, end and first, known)
    assert known.known.startswith("to the ")


@pytest.mark.parametrize("why", Unclassed)
def test_a_province_without_a_class_has_a_filling(why):
    patterns = re.findall(r'"(\w+)"', re.search(r"PATTERNS = \[(.*)\]", SCRIPTS["choropleth.js"])[1])
    assert hasattr(LIGHT, why.fill) or why.fill in patterns
    assert all(f'tile("im-{pattern}"' in SCRIPTS["choropleth.js"] for pattern in patterns)


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_scripts_of_the_map_know_no_entry_by_its_name(name):
    codes = {*Category, *Status, *Border} - {Category.CROSSING}  # crossing points are places
    written = set(re.findall(r"[\"'`](\w+)[\"'`]", SCRIPTS[name]))
    assert written & codes == set()
    assert re.findall(r"#[0-9A-Fa-f]{3,6}\b(?=[\"'])", SCRIPTS[name]) == []


# An entry is really added: the vocabularies are loaded with a category, a subtype and a status more.

ADDED = {
    '    OTHER = "other",': '    VIGIL = "vigil", "vigils", "square", "#123456", "#654321"\n',
    "    AIR_OR_DRONE_STRIKE =": '    BORDER_VIGIL = "border_vigil", Category.VIGIL\n',
    "    LEAD = ": '    WITHDRAWN = "withdrawn", Look.HOLLOW, True\n',
}
WORDS = """
category-vigil = vigil
category-vigil-many = vigils
category-vigil-meaning = people stand and wait
category-vigil-head = Vigils
category-vigil-count = { $count ->
    [one] { $count } vigil
   *[other] { $count } vigils
}
subtype-border_vigil = border vigil
subtype-border_vigil-many = border vigils
status-withdrawn = withdrawn
status-withdrawn-meaning = taken back by whoever reported it
"""
SCRIPT = """
import importlib.util, json, sys
from pathlib import Path
path = Path("geo/incident/vocabulary.py")
source = path.read_text("utf-8")
for before, entry in json.loads(sys.argv[1]).items():
    assert source.count(before) == 1, before
    source = source.replace(before, entry + before)
module = importlib.util.module_from_spec(importlib.util.spec_from_file_location("geo.incident.vocabulary", path))
sys.modules["geo.incident.vocabulary"] = module
exec(compile(source, str(path), "exec"), module.__dict__)

from geo.aggregate.by_province import by_province
from geo.aggregate.by_province import Measure, Scheme, classify
from geo.casualties import RANGE
from geo.cli.aggregate_command import added_up
from geo.export.page_files import provinces_csv
from geo.export.geopackage_format import styles
from geo.export.writing import FORMATS, export
from geo.figure.drawing import write_figure
from geo.figure.options import FigureOptions
from geo.cli.schema_command import dump_schema
from geo.incident.vocabulary import Category, Status, Subtype
from geo.places.boundaries import boundaries
from geo.places.plane import BBox
from geo.render.web_map import choropleth
from geo.render.web_map import BaseMap
from geo.render.web_marks import group_marks, incident_marks
from geo.selection import Filters, phrase
from geo.store.incident_store import IncidentStore
from geo.symbology.marks import marks_of
from geo.symbology.time_lanes import LaneBy, lanes_of
from geo.table.queries import TollsBy
from geo.table.incident_table import IncidentTable
from tests.conftest import make_incident
from ui.parts.components import symbol_in
from geo.symbology.symbols import DARK, LIGHT

layers, claimants = boundaries(), IncidentStore().read().claimants
made = dict(category="vigil", subtype="border_vigil", status="withdrawn")
incidents = [make_incident(**made), make_incident("2025-01-02-khost-air-strike", location_precision="district", **made)]
table, all_of = IncidentTable(incidents, claimants, version="v"), Filters()
provinces = by_province(all_of, table, layers)
classes = classify([1, 2, 3], scheme=Scheme.EQUAL, classes=3)
found = table.clusters(all_of, BBox(60, 23, 78, 41), 6)
print(json.dumps({
    "web marks": incident_marks(marks_of(incidents, layers, rule=RANGE), rule=RANGE),
    "groups": group_marks(found, names={}, record={i.id: i for i in incidents}.get),
    "base map": BaseMap("/app/static", label="Map").get_root().render(),
    "card": [str(symbol_in(palette, Category("vigil"), Status("withdrawn"))) for palette in (LIGHT, DARK)],
    "lanes": [lane.name for lane in lanes_of(incidents, LaneBy.CATEGORY)],
    "figure": write_figure(all_of, table, layers, FigureOptions(format="svg", key=False))[0].decode(),
    "qgis": styles({"vigil"})["incidents"],
    "files": {
        kind.ending: export(all_of, table, layers, format=kind).decode("utf-8", "replace") for kind in FORMATS.values()
    },
    "provinces": provinces_csv(all_of, table, layers).decode("utf-8-sig"),
    "aggregate": added_up(all_of, table, layers, by=TollsBy.PROVINCE)[0],
    "choropleth": str(choropleth(provinces, Measure.INCIDENTS, classes, rule=RANGE)),
    "words": phrase(Filters(category=("vigil",), status=("withdrawn",)), {}),
    "schema": dump_schema(),
}))
"""


def run_with_added(folder, words):
    """Run the script with the new entries, and messages beside those of the catalogue."""
    file = folder / "en.ftl"
    file.write_text(words, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps(ADDED)],
        cwd=ROOT,
        env=os.environ | {"INCIDENT_MAP_LANGUAGE": str(file)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """What each drawer and writer makes of two incidents of a new kind with a new status."""
    ran = run_with_added(tmp_path_factory.mktemp("words"), WORDS)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout.splitlines()[-1])


def test_an_entry_without_words_is_an_error_when_the_program_starts(tmp_path):
    ran = run_with_added(tmp_path, WORDS.replace("status-withdrawn-meaning", "status-withdrawn-sense"))
    assert "en.ftl lacks status-withdrawn-meaning, which Status withdrawn is called by" in ran.stderr


def settings(base_map):
    return json.loads(re.search(r"IncidentMap\.start\((.*)\);", base_map)[1])


def test_the_web_map_draws_it(outputs):
    marks = outputs["web marks"]
    (area,) = marks["areas"]
    assert [(mark["c"], mark["s"]) for mark in (*marks["points"], *area["of"])] == [("vigil", "withdrawn")] * 2
    symbols, palettes = (settings(outputs["base map"])[name] for name in ("symbols", "palettes"))
    assert (symbols["hollow"]["withdrawn"], symbols["hollow_words"]) == (True, "disputed or withdrawn")
    assert {"code": "vigil", "label": "Vigil", "rare": False} in symbols["categories"]
    assert len(symbols["shapes"]["vigil"]) == 4
    assert (palettes["light"]["vigil"], palettes["dark"]["vigil"]) == ("#123456", "#654321")


def test_groups_count_it_and_badges_are_hollow(outputs):
    (badge,) = outputs["groups"]["groups"]
    at = [each["code"] for each in settings(outputs["base map"])["symbols"]["categories"]].index("vigil")
    assert (badge["c"][at], sum(badge["c"]), badge["s"]) == (1, 1, 1)


def test_the_card_draws_it_hollow_in_both_schemes(outputs):
    assert ['fill="none" stroke="#123456"' in outputs["card"][0], 'stroke="#654321"' in outputs["card"][1]] == [
        True,
        True,
    ]


def test_the_timeline_has_a_lane_for_it(outputs):
    assert outputs["lanes"] == ["vigil"]


def test_the_figure_draws_it_hollow_and_says_so(outputs):
    figure = outputs["figure"]
    assert "stroke: #123456" in figure
    assert [text in figure for text in ("Vigil", "Hollow: disputed or withdrawn")] == [True, True]


def test_qgis_has_a_symbol_of_its_own_for_it(outputs):
    assert [f'value="vigil{status}"' in outputs["qgis"] for status in ("", " disputed", " withdrawn")] == [True] * 3
    assert "if(status = 'withdrawn', ' withdrawn', '')" in outputs["qgis"]


def test_kml_has_a_folder_and_a_style_for_it(outputs):
    kml = outputs["files"]["kml"]
    assert "<name>Vigils</name>" in kml
    assert "#vigil" in kml
    assert "ff563412" in kml


@pytest.mark.parametrize("format", ["csv", "geojson", "gpkg", "parquet"])
def test_every_file_names_it(outputs, format):  # noqa: A002  # what it is called everywhere
    assert all(code in outputs["files"][format] for code in ("vigil", "border_vigil", "withdrawn"))


def test_numbers_by_province_have_a_column_for_it(outputs):
    assert "vigils" in outputs["provinces"].splitlines()[0].split(",")
    assert outputs["aggregate"]["vigils"] in (0, 2)
    assert "2 vigils" in outputs["choropleth"]


def test_a_selection_of_it_is_said_in_words(outputs):
    assert outputs["words"] == "Vigils, withdrawn"


def test_the_schema_allows_it(outputs):
    assert all(f'"{code}"' in outputs["schema"] for code in ("vigil", "border_vigil", "withdrawn"))
