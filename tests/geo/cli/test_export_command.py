"""`export` writes what a CSV cannot say beside it."""

import json
import zipfile

import pytest

import geo.cli.export_command
from geo.citation import NO_ADDRESS
from geo.cli import main
from geo.incident.errors import DataError
from geo.store.incident_store import DATA_FOLDER as DATA


def test_a_csv_has_its_description_beside_it(tmp_path) -> None:
    path = tmp_path / "2025.csv"
    assert main(["export", "--year", "2025", "--rule", "lowest", "-o", str(path)]) == 0
    described = json.loads((tmp_path / "2025.csv-metadata.json").read_text("utf-8"))
    assert described["url"] == "2025.csv"
    assert "Not on this map: " in described["dc:description"]
    assert "Selection: Incidents, 2025" in described["dc:bibliographicCitation"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["2025.csv", "2025.csv-metadata.json", "2025.csvt"]


@pytest.mark.parametrize(
    "output",
    [
        pytest.param("a.geojson", id="another-format"),
        pytest.param("-", id="standard-output"),
    ],
)
def test_nothing_else_has_one(tmp_path, monkeypatch, capsys, output) -> None:
    monkeypatch.chdir(tmp_path)
    assert (
        main(
            [
                "export",
                "--country",
                "TJ",
                "--year",
                "2021",
                "--format",
                "geojson" if output != "-" else "csv",
                "-o",
                output,
            ]
        )
        == 0
    )
    assert not list(tmp_path.glob("*-metadata.json"))
    assert capsys.readouterr().err.count("\n") == (output != "-")


def test_a_zip_holds_the_file_and_how_far_it_has_come_is_told(tmp_path, capsys) -> None:
    path = tmp_path / "tj.csv.zip"
    assert main(["export", "--country", "TJ", "--progress", "-o", str(path)]) == 0
    with zipfile.ZipFile(path) as packed:
        assert packed.namelist() == ["tj.csv", "tj.csv-metadata.json", "tj.csvt"]
        rows = packed.read("tj.csv").count(b"\n") - 1
    begun, done = map(json.loads, capsys.readouterr().out.splitlines())
    assert begun["incidents"] == done["written"] == rows
    assert [file.name for file in tmp_path.iterdir()] == ["tj.csv.zip"]
    assert main(["export", "--progress", "--format", "csv", "-o", "-"]) == 2
    assert "argument --progress: the file goes to standard output" in capsys.readouterr().err


def test_the_description_is_never_written_over_what_is_read(tmp_path, capsys) -> None:
    store = tmp_path / "x.csv-metadata.json"
    for name in ("incidents.geojson", "claimants.json", "event_groups.json"):
        target = store if name == "incidents.geojson" else tmp_path / name
        target.write_bytes((DATA / name).read_bytes())
    assert main(["export", "--store", str(store), "-o", str(tmp_path / "x.csv")]) == 2
    assert "is the input" in capsys.readouterr().err


@pytest.mark.usefixtures("bad_settings")
@pytest.mark.parametrize("name", ["a.csv", "a.csv.zip"])
def test_a_csv_is_written_without_an_address_where_the_settings_make_no_sense(tmp_path, capsys, name) -> None:
    assert main(["export", "--country", "TJ", "-o", str(tmp_path / name)]) == 0
    said = capsys.readouterr().err.splitlines()[0]
    assert said.startswith("warning: data/settings.toml: address: it is not text in quotes; write it as in https://")
    assert said.endswith("; the CSV is cited without an address")
    if name.endswith(".csv"):
        assert NO_ADDRESS in (tmp_path / "a.csv-metadata.json").read_text("utf-8")


@pytest.mark.usefixtures("bad_settings")
def test_other_files_do_not_need_the_settings(tmp_path, capsys) -> None:
    assert main(["export", "--country", "TJ", "-o", str(tmp_path / "a.geojson")]) == 0
    assert "settings" not in capsys.readouterr().err


def test_a_file_stays_as_it_was_where_its_description_cannot_be_made(tmp_path, monkeypatch) -> None:
    def fail(*_: object, **__: object) -> bytes:
        raise DataError("data/settings.toml", [])

    (tmp_path / "a.csv").write_text("mine", "utf-8")
    monkeypatch.setattr(geo.cli.export_command, "cited_metadata", fail)
    assert main(["export", "--country", "TJ", "-o", str(tmp_path / "a.csv")]) == 1
    assert (tmp_path / "a.csv").read_text("utf-8") == "mine"
