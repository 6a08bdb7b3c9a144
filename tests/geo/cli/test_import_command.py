"""Importing a file from a shell, and what is done with datasets."""

import csv
import json
from datetime import date

import openpyxl
import pytest

from geo.cli import main
from geo.datasets.folder import DataFolder
from geo.imports.fields.column_mapping import kept_mapping
from tests.geo.cli.conftest import ROOT
from tests.geo.imports.files import acled_file, acled_row

BAD = acled_row(9, event_date="one day")


@pytest.fixture
def place(tmp_path):
    """A folder with a file of a sound row and one to reject."""
    acled_file(tmp_path / "acled.csv", acled_row(1), BAD)
    return tmp_path


@pytest.fixture
def run(place, capsys, monkeypatch):
    """Run a command in the folder, with its data; returns exit code, output and errors."""
    monkeypatch.chdir(place)

    def ran(*argv):
        code = main([*argv, "--data", "data"])
        return code, *capsys.readouterr()

    return ran


def folder(place):
    return DataFolder(place / "data")


class TestImport:
    def test_every_row_is_said(self, run, place):
        code, out, _ = run("import", "acled.csv")
        assert code == 0
        assert "accepted 1, repaired 0, rejected 1" in out
        assert "row 2: " in out
        assert folder(place).dataset("acled").rows == 1

    def test_a_dry_run_writes_the_files_and_nothing_else(self, run, place):
        code, out, _ = run("import", "acled.csv", "--dry-run", "--report", "r.json", "--rejected", "x.csv")
        assert (code, folder(place).datasets()) == (0, ())
        assert "nothing was written" in out
        assert json.loads((place / "r.json").read_text())["committed"] is False
        assert "one day" in (place / "x.csv").read_text()

    def test_a_change_is_shown_and_not_made_unasked(self, run, place):
        run("import", "acled.csv")
        acled_file(place / "newer.csv", acled_row(1, fatalities=5))
        code, out, err = run("import", "newer.csv")
        assert code == 1
        assert "0 new, 1 changed, 0 gone" in out
        assert "killed_best: '2' → '5'" in out
        assert "--yes" in err
        assert folder(place).dataset("acled").killed.best == 2

    def test_a_change_is_made_with_yes(self, run, place):
        run("import", "acled.csv")
        acled_file(place / "newer.csv", acled_row(1, fatalities=5))
        assert run("import", "newer.csv", "--yes")[0] == 0
        assert folder(place).dataset("acled").killed.best == 5

    def test_the_same_file_again_asks_nothing(self, run):
        run("import", "acled.csv")
        assert run("import", "acled.csv")[0] == 0

    def test_a_mapping_and_a_name_are_taken(self, run, place):
        code, _, _ = run("import", "acled.csv", "--from", "plain", "--dataset", "My own", "--map", "place=location")
        assert code == 0
        assert folder(place).dataset("my-own").kind == "plain"

    def test_columns_are_named_that_are_used_and_that_are_not(self, run, place):
        (place / "rows.csv").write_text("date,country,killed,killed women\n2025-10-11,Pakistan,3,1\n", "utf-8")
        _, out, _ = run("import", "rows.csv")
        assert "columns used: 'date' as date_start, 'country' as country, 'killed' as killed" in out
        assert "columns not used, kept with each row: 'killed women'" in out
        assert "it looks like a number of people: 'killed women'" in out

    def test_every_repair_is_listed(self, run, place):
        days = "".join(f"2025-10-{day:02},Pakistan,~{day}\n" for day in range(1, 21))
        (place / "rows.csv").write_text(f"date,country,killed\n{days}2025-10-21,Pakistan,5\n", "utf-8")
        assert run("import", "rows.csv", "--repaired", "repaired.csv")[0] == 0
        with (place / "repaired.csv").open(encoding="utf-8", newline="") as file:
            lines = [*csv.DictReader(file)]
        assert [line["row"] for line in lines] == [str(row) for row in range(1, 21)]
        assert all("killed: “~" in line["repair"] and line["id"].startswith("rows-") for line in lines)
        newer = "date,country,killed\n2025-11-01,Pakistan,~1\n"
        (place / "rows.csv").write_text(newer, "utf-8")
        assert run("import", "rows.csv", "--yes", "--repaired", "repaired.csv")[0] == 0
        assert len((place / "repaired.csv").read_text("utf-8").splitlines()) == 2

    def test_a_file_of_elsewhere_is_not_imported_and_says_so(self, run, place):
        (place / "rows.csv").write_text("date,country\n2025-10-11,Iran\n2025-10-12,Iran\n", "utf-8")
        code, out, err = run("import", "rows.csv")
        assert (code, folder(place).datasets()) == (1, ())
        assert "all 2 rows lie outside Afghanistan, Pakistan and Tajikistan (Iran, 2 rows)" in out
        assert "No row can be imported" in err

    def test_a_file_without_a_date_is_refused_with_its_columns(self, run, place):
        (place / "rows.csv").write_text("country,colour\nPakistan,red\n", "utf-8")
        code, _, err = run("import", "rows.csv")
        assert code == 1
        assert "date_start=COLUMN" in err
        assert "'country' and 'colour'" in err

    def test_places_by_name_are_shown_and_not_taken_unasked(self, run, place):
        (place / "rows.csv").write_text("date,place,country\n2025-10-11,Spin Boldak,Afghanistan\n", "utf-8")
        _, out, _ = run("import", "rows.csv", "--dry-run")
        assert "1 row without coordinates names a known place" in out
        assert "--by-name places them so" in out
        code, out, err = run("import", "rows.csv", "--by-name")
        assert (code, folder(place).datasets()) == (1, ())
        assert "1 row without coordinates was placed by name: Spin Boldak → Spin Boldak, within 5 km" in out
        assert "--yes" in err
        assert run("import", "rows.csv", "--by-name", "--yes")[0] == 0
        assert folder(place).dataset("rows").repaired == 1

    def test_places_of_ones_own_are_looked_up_first(self, run, place):
        (place / "rows.csv").write_text("date,place,country\n2025-10-11,Wesh,Afghanistan\n", "utf-8")
        (place / "own.csv").write_text("name,country,longitude,latitude,radius_km\nWesh,AF,66.3,31.1,3\n", "utf-8")
        code, out, _ = run("import", "rows.csv", "--gazetteer", "own.csv", "--yes")
        assert code == 0
        assert "Wesh → Wesh, within 3 km" in out

    def test_a_faulty_file_of_places_is_refused_with_its_row(self, run, place):
        (place / "own.csv").write_text("name,country,longitude,latitude\nWesh,AF,66.3,north\n", "utf-8")
        code, _, err = run("import", "acled.csv", "--gazetteer", "own.csv")
        assert (code, folder(place).datasets()) == (1, ())
        assert "own.csv" in err
        assert "row 1: latitude is 'north'" in err

    def test_the_order_of_day_and_month_is_said_and_remembered(self, run, place):
        (place / "days.csv").write_text("Day,Country\n03/04/2025,Pakistan\n", "utf-8")
        began = [
            (run("import", "days.csv", "--yes", *more)[1], folder(place).dataset("days").first)
            for more in ([], ["--map", "date_order=month-day"], [])
        ]
        assert [day for _, day in began] == [date(2025, 4, 3), date(2025, 3, 4), date(2025, 3, 4)]
        told = "nothing shows whether dates such as 03/04/2025 begin with the day or the month"
        assert [told in printed for printed, _ in began] == [True, False, False]

    def test_a_guess_is_not_kept_as_confirmed(self, run, place):
        (place / "days.csv").write_text("Day,Country\n2025-10-11,Pakistan\n", "utf-8")
        columns, kept = ("Day", "Country"), []
        for more in ([], ["--map", "place=Country"], []):
            assert run("import", "days.csv", "--yes", *more)[0] == 0
            kept.append(kept_mapping(folder(place), columns))
        confirmed = {"date_start": "Day", "country": "Country", "place": "Country"}
        assert kept == [None, confirmed, confirmed]

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            pytest.param("../../x", ["the dataset is 'x', made from the name '../../x'"], id="path"),
            pytest.param("My own", ["the dataset is 'my-own', made from the name 'My own'"], id="words"),
            pytest.param("my-own", [], id="an id"),
        ],
    )
    def test_another_id_than_the_name_given_is_said(self, run, name, said):
        _, out, _ = run("import", "acled.csv", "--dataset", name, "--dry-run")
        assert [line.strip(" -") for line in out.splitlines() if "the dataset is" in line] == [
            f"{one} that was given" for one in said
        ]

    def test_the_day_of_access_is_cited(self, run, place):
        run("import", "acled.csv", "--retrieved", "2026-01-02")
        assert "accessed 2 January 2026" in folder(place).dataset("acled").citation

    @pytest.mark.parametrize(
        ("argv", "code", "said"),
        [
            pytest.param(["nothing.csv"], 2, "no file nothing.csv", id="missing"),
            pytest.param(["."], 2, "import: error: . is a folder; name a file in it", id="folder"),
            pytest.param(["acled.csv", "--map", "place"], 2, "--map date_start=Day", id="map"),
            pytest.param(["acled.csv", "--from", "gdelt"], 1, "not a file of kind gdelt", id="kind"),
            pytest.param(["acled.csv", "--map", "notes=none"], 1, "no column 'none'", id="column"),
            pytest.param(["acled.csv", "--map", "date_order=dmy"], 1, "it is day-month or month-day", id="order"),
            pytest.param(["acled.csv", "--report", "acled.csv"], 2, "is the input", id="over itself"),
            pytest.param(["bad.csv"], 1, "No row can be imported", id="no usable row"),
            pytest.param(
                ["acled.csv", "--sheet", "x"], 1, "is a single table without a name, and holds none", id="sheet"
            ),
            pytest.param(
                ["one.json", "--header-row", "3"], 1, "has no header line, so not in line 3 either", id="header"
            ),
            pytest.param(["one.json", "--sheet", "x"], 1, "one.json", id="table of JSON"),
            pytest.param(["book.xlsx", "--encoding", "cp1256"], 1, "cannot be read as 'cp1256'", id="encoding"),
            pytest.param(["acled.csv", "--map", "remarks=notes"], 1, "there is no field 'remarks'", id="field"),
            pytest.param(["bytes.csv"], 1, "bytes.csv", id="binary"),
            pytest.param(["two.xlsx"], 1, "name it with --sheet NAME", id="two sheets"),
        ],
    )
    def test_what_is_wrong_is_said(self, run, place, argv, code, said):
        acled_file(place / "bad.csv", BAD)
        (place / "one.json").write_text('[{"date": "2025-10-11", "country": "Pakistan"}]')
        openpyxl.Workbook().save(place / "book.xlsx")
        (place / "bytes.csv").write_bytes(b"\0\1\2" * 1000)
        two = openpyxl.Workbook()
        for sheet in (two.active, two.create_sheet()):
            sheet.append(["date", "country"])
            sheet.append(["2025-10-11", "Pakistan"])
        two.save(place / "two.xlsx")
        found, _, err = run("import", *argv)
        assert (found, said in err) == (code, True)
        assert folder(place).datasets() == ()

    def test_text_from_a_file_does_not_reach_the_terminal_raw(self, run, place):
        acled_file(place / "acled.csv", acled_row(1), acled_row(2, event_date="\x1b[2J"))
        _, out, _ = run("import", "acled.csv")
        assert "\x1b" not in out

    def test_a_folder_within_the_project_is_refused(self, place, capsys, monkeypatch):
        monkeypatch.chdir(place)
        assert main(["import", "acled.csv", "--data", str(ROOT / "data")]) == 2
        assert "outside" in capsys.readouterr().err


class TestDatasets:
    def test_none_is_said(self, run):
        assert "No dataset" in run("datasets")[1]

    def test_they_are_listed_with_their_terms(self, run):
        run("import", "acled.csv")
        _, out, _ = run("datasets")
        assert "acled" in out
        assert "licence: ACLED's terms of use" in out
        assert "accessed" in out

    def test_json_has_what_each_is(self, run):
        run("import", "acled.csv")
        (dataset,) = json.loads(run("datasets", "--format", "json")[1])
        assert (dataset["id"], dataset["rows"], dataset["enabled"]) == ("acled", 1, True)

    def test_they_are_shown_removed_and_restored(self, run, place):
        run("import", "acled.csv")
        said = [run("datasets", action, "acled")[1] for action in ("disable", "enable", "remove", "restore")]
        assert said == ["acled: not shown\n", "acled: shown\n", "acled: removed\n", "acled: shown\n"]
        assert len(folder(place).active()) == 1

    @pytest.mark.parametrize(
        ("argv", "said"),
        [
            (["remove"], "say which dataset"),
            (["remove", "nothing"], "no dataset has the id 'nothing'"),
            (["list", "acled"], "takes no dataset"),
        ],
    )
    def test_what_is_wrong_is_said(self, run, argv, said):
        code, _, err = run("datasets", *argv)
        assert code == 2
        assert said in err

    def test_one_that_cannot_be_read_is_a_fault(self, run, place):
        (place / "data" / "gdelt").mkdir(parents=True)
        (place / "data" / "gdelt" / "dataset.json").write_text("{")
        code, _, err = run("datasets")
        assert code == 1
        assert "gdelt: dataset.json cannot be read" in err


@pytest.mark.usefixtures("unread")
def test_a_reader_that_has_seen_enough_stops_no_import(place):
    assert main(["import", str(place / "acled.csv"), "--data", str(place / "data"), "--yes"]) == 0
    assert folder(place).dataset("acled").rows == 1
