"""What lies beside a file: the QGIS project of a GeoPackage, the types of the columns of a CSV."""

import csv
import io
import xml.etree.ElementTree as ET
import zipfile
from datetime import date
from pathlib import Path

import pytest

from geo.cli import main
from geo.export.columns import INCIDENT_SCHEMA
from geo.export.formats import ExportFormat
from geo.export.geopackage_format import SHOWS
from geo.export.writing import FORMATS, export_zip
from geo.places.boundaries import Boundaries
from geo.places.plane import TO_PLANE
from geo.selection import Filters
from geo.store.incident_store import DATA_FOLDER
from geo.table.incident_table import IncidentTable
from tests.geo.export.conftest import EVERYTHING, NOTHING, Written

TYPES = {
    "String": str,
    "Date": date.fromisoformat,
    "Integer": int,
    "Integer64": int,
    "Real": float,
    "Integer(Boolean)": {"true": True, "false": False}.__getitem__,
}


def project_of(written: Written, filters: Filters) -> ET.Element:
    path = written(filters, FORMATS["gpkg"])
    (content,) = FORMATS["gpkg"].files_beside(path, "a & b.gpkg").values()
    return ET.fromstring(content)


@pytest.mark.parametrize("file_format", FORMATS.values(), ids=FORMATS)
def test_a_zip_holds_the_file_and_what_lies_beside_it(
    table: IncidentTable, layers: Boundaries, file_format: ExportFormat
) -> None:
    packed = zipfile.ZipFile(io.BytesIO(export_zip(Filters(country=("TJ",)), table, layers, format=file_format)))
    beside = {"gpkg": ["incidents-tj.qgs"], "csv": ["incidents-tj.csvt"]}
    assert packed.namelist() == [f"incidents-tj.{file_format.ending}", *beside.get(file_format.ending, [])]


@pytest.mark.parametrize(("name", "other"), [("tj.gpkg", "tj.qgs"), ("tj.CSV", "tj.csvt"), ("tj.kml", None)])
def test_the_command_writes_both(tmp_path: Path, name: str, other: str | None) -> None:
    assert main(["export", "--country", "TJ", "-o", str(tmp_path / name)]) == 0
    found = {path.name for path in tmp_path.iterdir()} - {f"{name}-metadata.json"}
    assert found == {name, other} - {None}


def test_what_is_read_is_not_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for store in ("incidents.geojson", "claimants.json", "event_groups.json"):
        (tmp_path / store.replace("incidents.geojson", "x.qgs")).write_bytes((DATA_FOLDER / store).read_bytes())
    assert main(["export", "--store", str(tmp_path / "x.qgs"), "-o", str(tmp_path / "x.gpkg")]) == 2
    assert "is the input" in capsys.readouterr().err


@pytest.mark.parametrize(
    "filters",
    [
        pytest.param(EVERYTHING, id="everything"),
        pytest.param(NOTHING, id="nothing"),
    ],
)
def test_a_project_has_every_layer_in_its_order_and_looks_for_it_beside_itself(
    written: Written, filters: Filters
) -> None:
    root = project_of(written, filters)
    tree = root.findall("layer-tree-group/layer-tree-layer")
    assert [leaf.get("source") for leaf in tree] == [f"./a & b.gpkg|layername={layer}" for layer in SHOWS]
    layers = {layer.findtext("id"): layer for layer in root.iter("maplayer")}
    assert [layers[leaf.get("id")].findtext("datasource") for leaf in tree] == [leaf.get("source") for leaf in tree]
    assert list(SHOWS).index("incidents") < list(SHOWS).index("borders") < list(SHOWS).index("provinces")


def test_a_layer_of_a_project_has_the_style_and_the_words_of_the_file(written: Written) -> None:
    root = project_of(written, EVERYTHING)
    for layer in root.iter("maplayer"):
        name = layer.findtext("id").removeprefix("incident_map_")
        assert layer.findtext("layername")[0].isupper()
        assert (layer.find("renderer-v2") is not None) is (name in SHOWS)
        assert layer.findtext("resourceMetadata/abstract") == SHOWS.get(name)
    incidents = next(layer for layer in root.iter("maplayer") if layer.findtext("id") == "incident_map_incidents")
    aliases = {alias.get("field"): alias.get("name") for alias in incidents.iter("alias")}
    assert (aliases["killed_high"], aliases["border_km"]) == ("People killed, highest", "Distance to the border, km")


def test_a_project_begins_with_all_incidents_in_view(written: Written, table: IncidentTable) -> None:
    view = project_of(written, EVERYTHING).find("ProjectViewSettings/DefaultViewExtent")
    west, south, east, north = (float(view.get(edge)) for edge in ("xmin", "ymin", "xmax", "ymax"))
    placed = [incident for incident in table.incidents if incident.lon is not None]
    x, y = TO_PLANE.transform([i.lon for i in placed], [i.lat for i in placed])
    assert west < min(x) < max(x) < east
    assert south < min(y) < max(y) < north


def test_a_project_says_what_the_map_leaves_out(written: Written) -> None:
    root = project_of(written, EVERYTHING)
    assert "Not on this map" in root.findtext("properties/CopyrightLabel/Label")
    assert "does not recognise the Durand Line" in root.findtext("projectMetadata/abstract")


def test_every_cell_reads_as_the_type_beside_it(written: Written) -> None:
    path = written(EVERYTHING, FORMATS["csv"])
    ((_, types),) = FORMATS["csv"].files_beside(path, "a.csv").items()
    (kinds,) = csv.reader(io.StringIO(types.decode()))
    header, *rows = csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
    assert (len(kinds), header) == (len(header), INCIDENT_SCHEMA.names)
    assert kinds[header.index("id")] == "String"
    for row in rows:
        for kind, cell in zip(kinds, row, strict=True):
            if cell:
                TYPES[kind](cell)


def test_a_csv_begins_with_a_mark_that_it_is_utf_8(written: Written) -> None:
    raw = written(EVERYTHING, FORMATS["csv"]).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfid,")
    assert raw.count(b"\xef\xbb\xbf") == 1
