"""What is given to whoever asks: never single incidents of those whose terms do not let them be passed on."""

import json
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from geo.export.geojson_format import incident_document
from geo.export.manifest import may_be_shown, passed_on
from geo.export.writing import FORMATS, export_to
from geo.imports.recognition import KINDS, may_be_passed_on
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from geo.table.shown_datasets import imported_sources
from tests.geo.datasets.tables import SECRET, make_dataset, mixed_folder


@pytest.fixture(scope="module")
def mixed(contents, tmp_path_factory) -> IncidentTable:
    """The record beside datasets of ACLED, UCDP and a plain file."""
    return IncidentTable.of(contents, imported_sources(mixed_folder(tmp_path_factory.mktemp("mixed") / "datasets")))


@pytest.mark.parametrize(
    ("kind", "synthetic", "passed"),
    [
        pytest.param("acled", False, False, id="terms forbid"),
        pytest.param("acled", True, True, id="made up"),
        pytest.param("ucdp-ged", False, True, id="open licence"),
        pytest.param("gdelt", False, True, id="free for any use"),
        pytest.param("gtd", False, False, id="an agreement forbids"),
        pytest.param("awsd", False, False, id="terms not known"),
        pytest.param("sigacts", False, False, id="no terms"),
        pytest.param("plain", False, False, id="nobody has said"),
        pytest.param("unknown", False, False, id="kind of another version"),
    ],
)
def test_what_may_be_passed_on(kind, synthetic, passed) -> None:
    assert may_be_passed_on(make_dataset(kind=kind, synthetic=synthetic)) is passed


def test_every_publisher_has_said() -> None:
    kept_back = {kind.code for kind in KINDS.values() if kind.publisher and not kind.publisher.lets_pass_on}
    assert kept_back == {"acled", "awsd", "gtd", "sigacts"}


@pytest.mark.parametrize(
    ("filters", "dataset", "given", "withheld"),
    [
        pytest.param({}, ("curated", "ucdp-ged"), 302, {"acled": 3, "own-notes": 1}, id="everything"),
        pytest.param({"dataset": ("acled",)}, ("acled",), 0, {"acled": 3}, id="nothing but theirs"),
        pytest.param({"dataset": ("acled", "ucdp-ged")}, ("ucdp-ged",), 2, {"acled": 3}, id="theirs and others"),
        pytest.param({"dataset": ("curated",)}, ("curated",), 300, None, id="the record"),
        pytest.param({"country": ("TJ",)}, (), 22, None, id="none of theirs selected"),
        pytest.param(
            {"year": (2025,), "actor": ("taliban",)}, ("curated", "ucdp-ged"), 2, {"acled": 3, "own-notes": 1}
        ),
    ],
)
def test_a_selection_without_what_is_withheld(mixed, filters, dataset, given, withheld) -> None:
    found = passed_on(Filters(**filters), mixed)
    assert found.filters.dataset == dataset
    assert found.table.count(found.filters) == given
    assert (found.withheld and dict(found.withheld.incidents)) == withheld


def texts_in(path: Path) -> str:
    """What stands in a file of any format, unpacked."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as packed:
            return "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    if path.suffix == ".parquet":
        return str(pq.read_table(path).drop_columns("geometry").to_pylist())
    return path.read_bytes().decode("utf-8", "replace")


@pytest.mark.slow
@pytest.mark.parametrize("ending", FORMATS)
def test_no_file_holds_what_is_withheld(mixed, layers, tmp_path, ending) -> None:
    filters, kind = Filters(actor=("taliban",)), FORMATS[ending]
    given = passed_on(filters, mixed)
    whole, part = tmp_path / f"whole.{ending}", tmp_path / f"part.{ending}"
    export_to(whole, filters, mixed, layers, format=kind)
    export_to(part, given.filters, given.table, layers, format=kind, withheld=given.withheld)
    assert SECRET in texts_in(whole)
    assert SECRET not in texts_in(part)


def test_a_file_says_what_is_withheld(mixed, layers, tmp_path) -> None:
    given = passed_on(Filters(province=("AF-KHO",)), mixed)
    path = tmp_path / "file.geojson"
    export_to(path, given.filters, given.table, layers, format=FORMATS["geojson"], withheld=given.withheld)
    made = json.loads(path.read_text("utf-8"))["manifest"]
    assert [each["incidents"] for each in made["withheld"]["datasets"]] == [3, 1]
    assert made["withheld"]["in_words"].startswith("4 incidents of ACLED and OWN-NOTES are left out: their terms")
    assert made["counts_in_words"].startswith("20 of 306 incidents shown. Not on this map: ")
    assert "licence" not in made


def test_the_licence_is_that_of_the_record_alone(mixed, layers) -> None:
    record, other = mixed.incident("2021-01-06-mohmand-militant-attack"), mixed.incident("ucdp-ged-afg1")
    assert incident_document(record, mixed, layers)["manifest"]["licence"].endswith("/by/4.0/")
    assert "licence" not in incident_document(other, mixed, layers)["manifest"]


@pytest.mark.parametrize(
    ("dataset", "shown"), [("curated", True), ("ucdp-ged", True), ("acled", False), ("own-notes", False), ("x", False)]
)
def test_single_incidents_that_may_be_shown(mixed, dataset, shown) -> None:
    assert may_be_shown(dataset, mixed) is shown


def test_one_incident_is_as_in_the_file_of_all(table, layers, written) -> None:
    document = json.loads(written(Filters(), FORMATS["geojson"]).read_text("utf-8"))
    alone = [feature for feature in document["features"] if feature["properties"]["event_group"] is None][:5]
    for feature in alone:
        found = json.loads(json.dumps(incident_document(table.incident(feature["id"]), table, layers), default=str))
        manifest = found.pop("manifest")
        assert found == feature
        assert manifest["incident"] == feature["id"]


def test_one_incident_says_whether_a_map_shows_it(table, layers) -> None:
    one_of_each = {incident.location_precision: incident for incident in table.incidents}
    said = {known: incident_document(one, table, layers)["manifest"] for known, one in one_of_each.items()}
    assert {known: made["counts"]["shown"] for known, made in said.items()} == {
        known: int(known != "country") for known in said
    }
    assert said["district"]["counts_in_words"] != said["exact"]["counts_in_words"]
