"""Imported datasets beside the record at the command line, with `--data`."""

import json
import shutil
from datetime import UTC, date, datetime

import pytest

from geo.cli import main
from geo.datasets.dataset import Dataset
from geo.datasets.folder import DataFolder
from geo.datasets.word_index import index_release
from geo.export.writing import FORMATS
from geo.table.incident_table import MANY
from tests.geo.cli.conftest import rows_of
from tests.geo.export.readers import MANIFESTS, READERS
from tests.geo.figure.test_writing import texts_in
from tests.geo.table.parts import imported, imported_row

pytestmark = pytest.mark.slow

JSON = ("--format", "json")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A folder with a dataset of 2,100 incidents near Khost, and with 3 of a year before."""
    folder = DataFolder(tmp_path_factory.mktemp("data"))
    rows = [imported_row(n, search="", search_keys=[], killed_low=1, killed_high=2) for n in range(2_100)]
    rows += [imported_row(n, date_start=date(2023, 1, n - 2_990)) for n in range(2_991, 2_994)]
    source = imported(tmp_path_factory.mktemp("parts"), rows)
    counts = {"rows": len(rows), "accepted": len(rows), "repaired": 0, "rejected": 0}
    cited = {"title": "ACLED", "citation": "ACLED, accessed on 1 January 2026", "file_name": "made.csv"}
    made = Dataset(id="acled", kind="acled", retrieved_at=NOW, imported_at=NOW, **cited, **counts)
    with folder.staging("acled") as staged:
        for number, file in enumerate(source.files):
            shutil.copy(file, staged.path / f"part-{number:05d}.parquet")
        index_release(staged.path)
        staged.commit(made)
    return str(folder.path)


def test_without_the_option_the_record_stands_alone(seen, incidents):
    assert json.loads(seen("list", "--format", "json", "--year", "2023"))["of"] == len(incidents)


def test_imported_incidents_are_listed(seen, data):
    found = json.loads(seen("list", "--data", data, "--dataset", "acled", "--year", "2023", "--format", "json"))
    assert [row["id"] for row in found["rows"]] == ["acled-2991", "acled-2992", "acled-2993"]
    assert found["rows"][0]["claims_in_words"].endswith(": asserts killed 3 (people)")


def test_many_are_listed_as_csv(seen, data):
    assert len(rows_of(seen("list", "--data", data, "--dataset", "acled", "--format", "csv"))) == 2_103


def test_too_many_for_a_table_are_refused_with_advice(capsys, data):
    assert main(("list", "--data", data, "--dataset", "acled")) == 2
    assert "2,103 incidents are selected, and at most 2,000 can be handled one by one" in capsys.readouterr().err


@pytest.mark.parametrize("by", ["province", "year", "month", "category"])
def test_deaths_by_datasets_stand_side_by_side(seen, data, by):
    found = json.loads(seen("aggregate", "--by", by, "--data", data, "--format", "json"))
    alone = json.loads(seen("aggregate", "--by", by, "--format", "json"))
    assert (found["total"]["killed_low_acled"], found["total"]["killed_high_acled"]) == (2_109, 4_209)
    assert found["total"]["killed_low"] == alone["total"]["killed_low"]
    elsewhere = sum(row["in_several"] for row in found["rows"][:-1]) if by == "province" else 0
    assert sum(row["incidents"] for row in found["rows"]) == found["incidents"] + elsewhere
    assert found["incidents"] == alone["incidents"] + 2_103
    assert sum(row.get("killed_low_acled") or 0 for row in found["rows"]) == 2_109


@pytest.mark.parametrize("by", ["province", "year", "month", "category"])
def test_incidents_are_counted_by_dataset(seen, data, by, incidents):
    found = json.loads(seen("aggregate", "--by", by, "--data", data, "--format", "json"))
    columns = ("incidents_curated", "incidents_acled")
    assert [found["total"][column] for column in columns] == [len(incidents), 2_103]
    elsewhere = sum(row["in_several"] for row in found["rows"][:-1]) if by == "province" else 0
    assert [sum(row[column] for row in found["rows"]) for column in columns] == [len(incidents) + elsewhere, 2_103]
    assert all(row["incidents"] == sum(row[column] for column in columns) for row in found["rows"])
    assert found["datasets_in_words"].startswith(f"By dataset: the record {len(incidents)}, ACLED 2,103.")


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("list",), id="list"),
        pytest.param(("aggregate", "--by", "year"), id="aggregate"),
    ],
)
def test_what_is_counted_together_is_said_under_the_table(seen, data, command):
    said = seen(*command, "--data", data, "--year", "2023")
    assert "ACLED 3." in said
    assert "Their periods differ" not in said
    assert "Provinces in which they have incidents:" in said
    assert "Figures of different datasets are not added: they may overlap." in said
    assert "By dataset" not in seen(*command, "--year", "2023")
    assert "By dataset" not in seen(*command, "--data", data, "--dataset", "acled", "--year", "2023")


def test_of_one_dataset_alone_the_deaths_are_its_own(seen, data):
    found = json.loads(seen("aggregate", "--by", "year", "--data", data, "--dataset", "acled", "--format", "json"))
    assert (found["total"]["killed_low"], found["total"]["killed_high"]) == (2_109, 4_209)


def test_a_rule_can_be_a_datasets_word(seen, data):
    found = json.loads(seen("list", "--data", data, "--rule", "claimant:acled", "--year", "2023", "--format", "json"))
    assert {row["killed_low"] for row in found["rows"] if row["dataset"] == "curated"} <= {None}
    assert {row["killed_low"] for row in found["rows"] if row["dataset"] == "acled"} == {3}


@pytest.mark.parametrize(
    "ending", [ending for ending in FORMATS if FORMATS[ending].most is None or FORMATS[ending].most > MANY]
)
def test_many_are_exported_with_every_row_and_their_credit(tmp_path, data, ending, incidents):
    file = tmp_path / f"out.{ending}"
    assert main(("export", "--data", data, "-o", str(file))) == 0
    assert sorted(row["id"] for row in READERS[ending](file)) == sorted(
        [*(i.id for i in incidents), *(f"acled-{n}" for n in [*range(2_100), *range(2_991, 2_994)])]
    )
    assert MANIFESTS[ending] is None or "ACLED, accessed on 1 January 2026." in MANIFESTS[ending](file)["credit"]


def test_kml_of_many_is_refused(tmp_path, capsys, data):
    assert main(("export", "--data", data, "-o", str(tmp_path / "out.kml"))) == 2
    assert "write GeoPackage or GeoJSON" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_of_which_a_sheet_is_too_small_is_refused(tmp_path, capsys, data, monkeypatch, incidents):
    monkeypatch.setattr("geo.export.xlsx_format.MOST_ROWS", 2_800)
    assert main(("export", "--data", data, "-o", str(tmp_path / "out.xlsx"))) == 2
    claims = 2_103 + sum(len(incident.claims) for incident in incidents)
    assert capsys.readouterr().err == (
        f"python -m geo export: error: the sheet 'claims' would have {claims:,} rows, and a workbook's sheet holds at "
        "most 2,800; choose fewer incidents, or write CSV, GeoPackage or Parquet\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_figure_of_many_counts_them_all(tmp_path, data):
    file = tmp_path / "map.svg"
    assert main(("figure", "--data", data, "--dataset", "acled", "-o", str(file))) == 0
    texts = texts_in(file.read_bytes())
    assert "2,103" in texts
    said = " ".join(texts)
    assert "All 2,103 incidents of this selection are shown." in said
    assert "each number counts those around its place" in said


def test_a_folder_that_is_not_there_is_named(tmp_path, capsys) -> None:
    assert main(["list", "--data", str(tmp_path / "nowhere")]) == 2
    assert "there is no folder" in capsys.readouterr().err
