"""What a CSV cannot say stands in a description beside it, as CSVW has it."""

import csv
import io
import json
import zipfile
from datetime import date

import pytest

from geo.export.csv_format import csv_metadata, metadata_name
from geo.export.formats import zipped
from geo.export.writing import FORMATS, export
from geo.render.left_out import left_out
from geo.selection import Filters
from geo.table.incident_table import IncidentTable, choice_words
from tests.geo.table.parts import imported, imported_row

FILTERS = Filters(year=(2025,), category=("strike",))
READ = {
    "string": str,
    "integer": int,
    "double": float,
    "date": date.fromisoformat,
    "boolean": {"true": True, "false": False}.__getitem__,
}


@pytest.fixture(scope="module")
def described(table, layers):
    return json.loads(csv_metadata(FILTERS, table, layers, name="a.csv", citation="Cite it so."))


@pytest.fixture(scope="module")
def header_and_rows(table, layers):
    written = export(FILTERS, table, layers, format=FORMATS["csv"])
    header, *rows = csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""))
    return header, rows


def test_it_is_found_by_its_name_and_names_its_file(described) -> None:
    assert metadata_name("a.csv") == "a.csv-metadata.json"
    assert described["url"] == "a.csv"
    assert described["@context"][0] == "http://www.w3.org/ns/csvw"


def test_it_says_what_the_choice_is_and_what_a_map_leaves_out(described, table, layers) -> None:
    assert described["dc:title"] == choice_words(FILTERS, table, layers)
    assert described["dc:description"].startswith(left_out(FILTERS, table).sentences())
    assert described["dc:bibliographicCitation"] == "Cite it so."


def test_it_holds_the_manifest(described, table) -> None:
    manifest = next(note["this file"] for note in described["notes"] if note["about"] == "Manifest")
    assert manifest["filters"] == FILTERS.to_query()
    assert manifest["counts"]["total"] == len(table)
    assert manifest["data_version"] == table.version


def test_its_columns_are_those_of_the_file_in_order(described, header_and_rows) -> None:
    header, _ = header_and_rows
    assert [column["name"] for column in described["tableSchema"]["columns"]] == header
    assert all(column["dc:description"] for column in described["tableSchema"]["columns"])


def test_every_cell_reads_as_its_column_s_type(described, header_and_rows) -> None:
    _, rows = header_and_rows
    for at, column in enumerate(described["tableSchema"]["columns"]):
        kind = column["datatype"]
        read = READ[kind["base"] if isinstance(kind, dict) else kind]
        for row in rows:
            if row[at]:
                read(row[at])


def test_its_key_is_unique(described, header_and_rows) -> None:
    header, rows = header_and_rows
    keys = [row[header.index(described["tableSchema"]["primaryKey"])] for row in rows]
    assert len(set(keys)) == len(keys) > 0


@pytest.mark.parametrize(
    ("dataset", "licensed"),
    [
        pytest.param((), False, id="both"),
        pytest.param(("curated",), True, id="record-only"),
    ],
)
def test_a_licence_is_named_where_it_is_that_of_everything(contents, layers, tmp_path, dataset, licensed) -> None:
    both = IncidentTable.of(contents, [imported(tmp_path, [imported_row(1)])])
    made = json.loads(csv_metadata(Filters(dataset=dataset), both, layers, name="a.csv"))
    assert ("dc:license" in made) is licensed
    assert ("ACLED" in made["dc:rights"]) is not licensed


@pytest.mark.parametrize(
    "as_path",
    [
        pytest.param(False, id="bytes"),
        pytest.param(True, id="path"),
    ],
)
def test_a_zip_holds_both_by_name(tmp_path, as_path) -> None:
    (tmp_path / "made").write_bytes(b"id\n1\n")
    zipped(
        tmp_path / "z",
        tmp_path / "made" if as_path else b"id\n1\n",
        name="a.csv",
        beside={metadata_name("a.csv"): b"{}"},
    )
    with zipfile.ZipFile(tmp_path / "z") as packed:
        assert {name: packed.read(name) for name in packed.namelist()} == {
            "a.csv": b"id\n1\n",
            "a.csv-metadata.json": b"{}",
        }
