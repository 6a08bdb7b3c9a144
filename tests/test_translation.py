"""A translation is one file: with every message in other letters, nothing that people read is left in English.

The program is run in a process of its own with a catalogue whose letters are Cyrillic, on a record whose texts are
Greek. What is then said in Latin letters is a code, a place or another name, or it is no message yet.
"""

import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from string import ascii_letters
from typing import Any

import pytest
from fluent.syntax import FluentParser, FluentSerializer, ast
from fluent.syntax.visitor import Transformer
from openpyxl import load_workbook
from streamlit.components.v2 import manifest_scanner
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df

import ui.resources
from geo.datasets.folder import FOLDER_VARIABLE
from geo.export.columns import MEANINGS
from geo.export.csv_format import csv_metadata
from geo.export.geopackage_format import SHOWS
from geo.export.page_files import evidence_workbook, provinces_workbook, quality_workbook
from geo.figure.drawing import write_figure
from geo.figure.options import FigureOptions
from geo.incident.record import Claimant
from geo.incident.vocabulary import Category, DatePrecision, LocationPrecision, Status
from geo.language.messages import ENGLISH, LANGUAGE
from geo.places.boundaries import Boundaries, boundaries
from geo.render.web_map import BaseMap, map_words
from geo.selection import Filters
from geo.store.incident_store import INCIDENTS_FILE, IncidentStore, dump_incidents
from geo.table.incident_table import IncidentTable
from geo.versions.released import read_log, read_release, releases
from tests.conftest import make_claim, make_group, make_incident, make_source, without_place
from tests.geo.stores import dump_claimants, dump_event_groups
from tests.pages.conftest import PAGES, elements, run_page

ROOT = Path(__file__).resolve().parents[1]
SHOWN = {page: {} for page in PAGES} | {
    "explore/map, an incident": {"incident": "2025-01-01-a", "status": "disputed", "q": "Ω"},
    "explore/timeline": {"lanes": "province"},
    "explore/provinces, a profile": {"profile": "AF-KHO"},
    "report/figure": {"precision": ["near", "district"], "date_precision": "day"},
    "evidence/who_says_what": {"rule": "claimant:a"},
    "evidence/events, a cluster": {"event": "e-1"},
    "evidence/sources": {"border": "durand_line", "province": "AF-KHO", "country": "AF"},
    "evidence/changes": {"category": "strike"},
}
"""By what they are called here: the page before the comma, and its link."""
SCRIPTS_AND_FILES = ("settings of the map", "figure", "meanings of columns", "description of a CSV")


# In the process of its own: the record, and all that is said of it.


def write_store(folder: Path) -> Path:
    """Write a record without a Latin letter in its texts: an event cluster, and places known in every way."""
    text = {"title": "Ω", "summary": "Ψ", "place": "Φ", "actors": ("Σ",), "location_basis": "Δ", "district": None}
    claims = [
        make_claim(by="a", of="people", note="ν"),
        make_claim(by="b", of="people", value=40),
        make_claim(by="b", about="event", stance="denies", of=None, value=None),
        make_claim(by="c", about="injured", of="people", scope="group", low=3, high=5),
        make_claim(by="c", about="captured", of=None, stance="acknowledges"),
        make_claim(by="c", about="attribution", of=None, value=None, stance="unconfirmed"),
    ]
    kinds = ("outlet", "agency", "official", "aggregator_or_mirror", "seed")
    sources = [make_source(publisher="Π", title="Τ", published="2025-01-03", kind=kind) for kind in kinds]
    much = {**text, "claims": claims, "sources": sources, "event_group": "e-1"}
    little = {**text, "claims": claims[:1], "sources": sources[3:4]}
    month = {"date_start": "2025-03-01", "date_end": "2025-03-31", "date_precision": "month"}
    incidents = (
        make_incident("2025-01-01-a", **much, status="disputed"),
        make_incident("2025-01-02-b", **much, location_precision="district", category="clash", subtype="raid"),
        make_incident("2025-03-01-c", **little, **month, location_precision="province"),
        make_incident("2025-05-01-d", **little, location_precision="border_segment"),
        without_place(id="2025-06-01-e", **{**little, "location_basis": None}),
    )
    register = [
        Claimant(id="a", name="Α", side="AF", kind="government", independent=False),
        Claimant(id="b", name="Β", side="PK", kind="local_official", independent=False),
        Claimant(id="c", name="Γ", side="other", kind="un", independent=True),
    ]
    group = make_group("e-1", name="Κ", summary="Λ", date_start="2025-01-01", date_end="2025-01-02")
    path = folder / INCIDENTS_FILE.name
    path.write_text(dump_incidents(incidents), encoding="utf-8")
    (folder / "claimants.json").write_text(dump_claimants(register), encoding="utf-8")
    (folder / "event_groups.json").write_text(dump_event_groups([group]), encoding="utf-8")
    return path


VOCABULARIES = (Category, Status, DatePrecision, LocationPrecision)
COLUMNS = {name for columns in MEANINGS.values() for name in columns}
NOT_READ = frozenset(
    {"id", "key", "icon", "type", "format", "url", "url_pathname", "page_script_hash", "form_id", "element_id"}
    | {
        "component_name",
        "theme",
        "query_param_key",
        "raw_value",
        "value",
        "page_name",
        "page",
        "language",
        "selection_mode",
    }
    | {"js_content", "css_content", "html_content", "json", "json_args", "spec", "columns"}
)
"""Fields of elements that hold what nobody reads, or what is read otherwise below."""


def strings_in(message: Any) -> Iterator[str]:
    """Yield the texts of a protocol message; the options of a widget that is bound to the link are codes, unseen."""
    bound = bool(getattr(message, "query_param_key", ""))
    for field, value in message.ListFields():
        if field.name in NOT_READ or (bound and field.name not in ("label", "help", "placeholder")):
            continue
        if field.type == field.TYPE_STRING:
            yield from [value] if isinstance(value, str) else list(value)
        elif field.type == field.TYPE_MESSAGE:
            parts = [value] if hasattr(value, "ListFields") else list(value)
            yield from (text for part in parts if hasattr(part, "ListFields") for text in strings_in(part))


def leaves(value: Any, names: frozenset[str] | None = None) -> Iterator[str]:
    """Yield the texts of a JSON value, or those under some keys of it."""
    if isinstance(value, str) and names is None:
        yield value
    elif isinstance(value, Mapping):
        for key, held in value.items():
            yield from leaves(held, None if names is None or key in names else names)
    elif isinstance(value, list):
        for held in value:
            yield from leaves(held, names)


def readable(markup: str) -> str:
    """Return what people read of HTML: its text, and the attributes that name things."""
    named = re.findall(r'(?:aria-label|aria-description|title|alt)="([^"]*)"', markup)
    return html.unescape(" ".join([re.sub(r"<[^>]*>", " ", markup), *named]))


IN_COMPONENTS = frozenset(("label", "tip", "tips", "name", "names", "total", "ends", "months", "short_months"))


def said_by_page(name: str) -> Iterator[str]:
    """Yield what a page says, its tables, panels and charts included."""
    for element in elements(run_page(name.partition(",")[0], **SHOWN[name])._tree):
        proto, kind = getattr(element, "proto", None), getattr(element, "type", "")
        if proto is None:
            continue
        yield from (text for text in strings_in(proto) if not text.startswith("<style>"))
        if kind == "dataframe":
            yield from _of_table(element.value, json.loads(proto.columns or "{}"))
        elif kind == "bidi_component":
            data = json.loads(proto.json or "{}")
            yield from map(readable, leaves(data, frozenset(("html",))))
            yield from leaves(data, IN_COMPONENTS)
        elif kind == "vega_lite_chart":
            yield from leaves(json.loads(proto.spec), frozenset(("title", "domain")))
            data = [convert_arrow_bytes_to_pandas_df(part.data.data) for part in proto.datasets]
            yield from (cell for frame in data for column in frame for cell in frame[column] if isinstance(cell, str))


def _of_table(shown: Any, columns: Mapping[str, Any]) -> Iterator[str]:
    yield from map(str, shown.columns)
    yield from (cell for column in shown for cell in shown[column] if isinstance(cell, str))
    if not columns.get("_index", {}).get("hidden"):
        yield from (label for label in (*shown.index, *shown.index.names) if isinstance(label, str))
    yield from leaves(columns, frozenset(("label", "help")))


def said_by_map() -> Iterator[str]:
    """Yield what the map's scripts are given to say."""
    drawn = BaseMap("/app/static", label="").get_root().render()
    settings = json.loads(re.search(r"IncidentMap\.start\((.*)\);", drawn)[1])
    assert settings["words"] == map_words()
    assert settings["language"] == LANGUAGE == "ru"
    for message in settings["words"].values():
        yield from [message] if isinstance(message, str) else (text for form, text in message.items() if form != "by")
    symbols = settings["symbols"]
    yield from leaves({name: symbols[name] for name in ("precisions", "statuses", "line_names", "hollow_words")})
    yield from (category["label"] for category in symbols["categories"])
    yield from (settings["credit"], *(layer["name"] for layer in settings["online"]))
    yield from leaves(settings["dates"])


def said_by_figure(table: IncidentTable, layers: Boundaries) -> Iterator[str]:
    """Yield the texts of a figure."""
    drawn = write_figure(Filters(), table, layers, FigureOptions(format="svg"))[0].decode()
    yield from map(readable, re.findall(r"<text[^>]*>.*?</text>", drawn, re.DOTALL))


def meanings(table: IncidentTable, layers: Boundaries) -> Iterator[str]:
    """Yield what is said of the columns and layers of files."""
    yield from leaves({name: dict(columns) for name, columns in MEANINGS.items()})
    yield from SHOWS.values()
    for write in (provinces_workbook, evidence_workbook, quality_workbook):
        book = load_workbook(BytesIO(write(Filters(), table, layers)), read_only=True)
        yield from (row[-1] for row in book["columns"].iter_rows(min_row=2, values_only=True))
        yield from (
            str(cell) for row in book["about"].iter_rows(min_row=2, max_row=6, values_only=True) for cell in row
        )


def description(table: IncidentTable, layers: Boundaries) -> Iterator[str]:
    """Yield what lies beside a CSV, the lines of the manifest among it."""
    described = json.loads(csv_metadata(Filters(), table, layers, name="a.csv"))
    assert described["@context"][1] == {"@language": LANGUAGE}
    yield from (described[name] for name in ("dc:title", "dc:description", "dc:rights"))
    yield from (text for note in described["notes"] for text in note.values() if isinstance(text, str))


def main(folder: Path) -> None:
    """Write what is said, by where, as JSON."""
    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
    ui.resources.INCIDENTS_FILE = path = write_store(folder)
    table, layers = IncidentTable.of(IncidentStore(path).read()), boundaries()
    made = (said_by_map(), said_by_figure(table, layers), meanings(table, layers), description(table, layers))
    said = {page: list(said_by_page(page)) for page in SHOWN}
    said |= {name: list(texts) for name, texts in zip(SCRIPTS_AND_FILES, made, strict=True)}
    sys.stdout.write(json.dumps(said))


# In the process of the tests: the catalogue, and what may be left.


class _OtherLetters(Transformer):
    """Writes the words of messages in Cyrillic letters, letter by letter, and leaves the values."""

    _LETTERS = str.maketrans({a: chr((0x410 if a.isupper() else 0x430) + (ord(a) & 31)) for a in ascii_letters})

    def visit_TextElement(self, node: ast.TextElement) -> ast.TextElement:  # noqa: N802  # the library's name
        node.value = node.value.translate(self._LETTERS)
        return node


pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[str]]:
    """Return all that the program says in other letters, by where."""
    folder = tmp_path_factory.mktemp("translated")
    catalogue = _OtherLetters().visit(FluentParser().parse(ENGLISH.read_text("utf-8")))
    (folder / "ru.ftl").write_text(FluentSerializer().serialize(catalogue), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "tests.test_translation", str(folder)],
        cwd=ROOT,
        env=os.environ | {"INCIDENT_MAP_LANGUAGE": str(folder / "ru.ftl"), FOLDER_VARIABLE: "/0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found: dict[str, list[str]] = json.loads(ran.stdout)
    return found


@pytest.fixture(scope="module")
def names(layers: Boundaries) -> list[str]:
    """Return names and texts from data, the longest first."""
    files = [json.loads(path.read_text("utf-8")) for path in (*ROOT.glob("data/*.json"), INCIDENTS_FILE)]
    files += [json.loads(read_release(release).incidents) for release in releases(read_log())]
    found = {text for file in files for text in leaves(file) if not re.fullmatch("[a-z_]+", text)}
    found |= {*layers.provinces["province"], *layers.provinces.index, *layers.towns["name"]}
    found |= {text for point in layers.crossing_points for text in (point.name, point.status_note)}
    return sorted(found, key=len, reverse=True)


FORMATS_AND_LICENCES = "CSV GeoJSON GeoPackage Excel PNG SVG PDF BibTeX RIS CSL-JSON JSON Markdown CC BY None"
OF = ("people", "People")
"""Whose deaths the record's claims are about, in its own words."""
CODES = re.compile(r"\\(?=\W)|\b[0-9a-f]{7,}\b|(?:https?:|None/?\?)\S+|\{\w+\}")
"""Backslashes before signs, versions, addresses, and values of messages."""


@pytest.mark.parametrize("where", [*SHOWN, *SCRIPTS_AND_FILES])
def test_nothing_is_left_in_english(
    said: Mapping[str, list[str]], names: list[str], claimants: Mapping[str, Claimant], where: str
) -> None:
    assert any(re.search("[а-яА-Я]{3}", text) for text in said[where])
    known = {*FORMATS_AND_LICENCES.split(), *OF, *claimants}
    if where == "meanings of columns":  # which name codes and other columns
        known |= {*COLUMNS, *(str(code) for vocabulary in VOCABULARIES for code in vocabulary)}
    assert {text: left for text in said[where] if (left := _left(text, names, known))} == {}


def _left(text: str, names: Iterable[str], known: Collection[str]) -> list[str]:
    """Return the words in Latin letters of a text that are neither data nor known."""
    bare = CODES.sub("", text)
    if re.search("[A-Za-z]{2}", bare):
        for name in names:
            bare = bare.replace(name, " ")
    return [word for word in re.findall(r"[A-Za-z][\w’'-]*[A-Za-z]", bare) if word not in known]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
