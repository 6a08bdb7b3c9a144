"""Imports from a file to a release: every row accounted for, and nothing in between."""

import csv

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.datasets.dataset import Deaths, PeopleSum
from geo.datasets.folder import DataFolder
from geo.imports.pipeline import prepare
from geo.imports.recognition import KINDS
from geo.imports.report import Cancelled, Report, Stage
from geo.incident.errors import OutdatedError, UnreadableError
from geo.incident.vocabulary import About
from geo.table.shown_datasets import imported_sources
from tests.geo.datasets.tables import commit, left_in, make_dataset
from tests.geo.imports.files import acled_file, acled_row, import_file

pytestmark = pytest.mark.slow

BAD = acled_row(9, event_date="one day", fatalities=7)
SWAPPED = acled_row(8, latitude="69.92", longitude="33.34")


@pytest.fixture
def folder(tmp_path):
    return DataFolder(tmp_path / "data")


@pytest.fixture
def file(tmp_path):
    """A file with a sound row, one to repair and one to reject."""
    return acled_file(tmp_path / "acled.csv", acled_row(1), SWAPPED, BAD)


def ids_of(folder, dataset_id="acled"):
    parts = folder.files(folder.dataset(dataset_id))
    return sorted(row for part in parts for row in pq.read_table(part)["source_id"].to_pylist())


def test_rows_of_a_former_unit_are_counted_in_the_report(folder, tmp_path):
    khyber = {"country": "Pakistan", "iso": "586", "latitude": "34.0", "longitude": "71.3"}
    rows = [acled_row(number, admin1=name, **khyber) for number, name in enumerate(("FATA", "KP", "FATA"), 1)]
    (flag,) = import_file(acled_file(tmp_path / "acled.csv", *rows), folder).flags
    assert (flag.rows, "part of Khyber Pakhtunkhwa since 2018, and is counted there" in flag.what) == (2, True)


LATER = 1_200
"""Rows, of which the first thousand are looked at before the others are read."""


@pytest.mark.parametrize("stated", [False, True])
def test_an_order_of_dates_that_later_rows_belie_is_asked_for(folder, tmp_path, *, stated) -> None:
    lines = [f"{1 + n % 12:02}/{1 + n // 12 % 12:02}/2024,33.34,69.92,{n}" for n in range(LATER)]
    file = tmp_path / "dates.csv"
    file.write_text("\n".join(["date,lat,lon,id", *lines, "10/25/2025,33.34,69.92,x"]) + "\n")
    if stated:
        assert import_file(file, folder, corrections={"date_order": "month-day"}).accepted == LATER + 1
    else:
        with pytest.raises(UnreadableError, match="date_order=month-day"):
            import_file(file, folder)
        assert folder.datasets() == ()


class TestReport:
    @pytest.fixture
    def report(self, file, folder):
        return import_file(file, folder)

    def test_every_row_is_accepted_repaired_or_rejected(self, report):
        assert (report.rows, report.accepted, report.repaired, report.rejected) == (3, 1, 1, 1)

    def test_repairs_are_counted_by_kind_with_examples(self, report):
        (repair,) = report.repairs
        assert (repair.kind, repair.rows, repair.examples[0].row) == ("swapped_coordinates", 1, 2)

    def test_rejected_rows_are_named_with_field_text_and_reason(self, report):
        (row,) = report.rejections
        assert (row.row, row.raw) == (3, "one day")
        assert row.field
        assert row.reason

    def test_the_sums_of_both_are_those_of_the_file(self, report):
        assert report.killed == Deaths(low=4, best=4, high=4)
        assert report.killed_rejected == Deaths(low=7, best=7, high=7)

    def test_it_comes_back_from_json(self, report):
        assert Report.model_validate_json(report.to_json()) == report

    def test_it_is_kept_with_the_release(self, report, folder):
        kept = folder.release(folder.dataset("acled")) / "report.json"
        assert Report.model_validate_json(kept.read_bytes()) == report

    def test_the_dataset_is_described(self, report, folder):
        dataset = folder.dataset("acled")
        assert (dataset.rows, dataset.file_rows, dataset.first, dataset.last) == (2, 3, *(dataset.last,) * 2)
        assert (dataset.title, dataset.synthetic, dataset.killed) == ("ACLED", True, report.killed)
        assert "accessed" in dataset.citation


class TestNothingInBetween:
    def test_a_dry_run_reports_the_same_and_leaves_nothing(self, file, folder):
        dry = import_file(file, folder, dry_run=True)
        assert left_in(folder.path) == []
        wet = import_file(file, folder)
        different = {"imported_at", "seconds", "committed"}
        assert dry.model_dump(exclude=different) == wet.model_dump(exclude=different)

    @pytest.mark.parametrize("stage", Stage)
    def test_cancelling_leaves_what_stood(self, file, folder, tmp_path, stage):
        import_file(acled_file(tmp_path / "first.csv", acled_row(1)), folder)
        before, version = left_in(folder.path), folder.version

        def told(progress):
            if progress.stage is stage:
                raise Cancelled

        with pytest.raises(Cancelled):
            import_file(file, folder, progress=told)
        assert (left_in(folder.path), folder.version) == (before, version)
        assert import_file(file, folder).committed

    def test_an_import_that_is_not_accepted_leaves_what_stood(self, file, folder):
        made = prepare(file, folder)
        made.discard()
        assert not made.report.committed
        assert left_in(folder.path) == []

    def test_a_file_without_a_usable_row_changes_nothing(self, folder, tmp_path, file):
        import_file(file, folder)
        before = folder.version
        report = import_file(acled_file(tmp_path / "bad.csv", BAD), folder)
        assert (report.committed, report.rejected) == (False, 1)
        assert folder.version == before

    def test_who_waits_for_a_decision_keeps_nobody_out_and_is_refused_then(self, file, folder):
        made = prepare(file, folder)
        assert import_file(file, folder).committed
        with pytest.raises(OutdatedError):
            made.accept()
        made.discard()
        made.discard()
        assert import_file(file, folder).committed

    def test_a_file_cut_off_in_the_middle_leaves_nothing(self, folder, tmp_path):
        path = tmp_path / "broken.csv"
        path.write_bytes(b"\0\1\2" * 1000)
        with pytest.raises(UnreadableError):
            import_file(path, folder)
        assert left_in(folder.path) == []


class TestProgress:
    def test_it_ends_with_all_rows_and_bytes(self, file, folder):
        told = []
        import_file(file, folder, progress=told.append)
        assert [progress.stage for progress in told] == list(Stage)
        assert (told[-1].rows, told[-1].bytes_done, told[-1].fraction) == (3, file.stat().st_size, 1.0)


class TestNewerFile:
    def test_rows_are_put_in_by_id(self, folder, tmp_path):
        import_file(acled_file(tmp_path / "a.csv", acled_row(1), acled_row(2)), folder)
        newer = acled_row(2, fatalities=5), acled_row(3, event_date="2025-11-01")
        report = import_file(acled_file(tmp_path / "b.csv", *newer), folder)
        found = report.difference
        assert (found.new, found.changed, found.gone, found.kept) == (1, 1, 1, 0)
        assert found.old_killed.best == 4
        assert found.new_killed.best == 7
        assert ids_of(folder) == ["AFG2", "AFG3"]

    def test_a_file_of_another_month_leaves_the_others_alone(self, folder, tmp_path):
        for month in ("09", "10", "11"):
            import_file(acled_file(tmp_path / "m.csv", acled_row(month, event_date=f"2025-{month}-11")), folder)
        assert ids_of(folder) == ["AFG09", "AFG10", "AFG11"]
        assert folder.dataset("acled").rows == 3

    def test_what_was_not_shown_is_not_shown(self, file, folder):
        import_file(file, folder)
        folder.set_enabled("acled", False)
        import_file(file, folder)
        assert folder.active() == ()

    def test_a_removed_dataset_begins_anew(self, file, folder, tmp_path):
        import_file(file, folder)
        folder.remove("acled")
        report = import_file(acled_file(tmp_path / "b.csv", acled_row(3)), folder)
        assert report.difference is None
        assert ids_of(folder) == ["AFG3"]

    def test_a_dataset_of_another_kind_is_not_touched(self, file, folder):
        commit(folder, make_dataset("mine", kind="plain", rows=0))
        with pytest.raises(UnreadableError, match="kind plain"):
            import_file(file, folder, dataset="Mine")


class TestRejectedFile:
    def test_it_can_be_mended_and_imported_again(self, file, folder, tmp_path):
        made = prepare(file, folder)
        rows = list(csv.DictReader(made.rejected_file.read_text("utf-8").splitlines()))
        made.accept()
        repaired = acled_file(tmp_path / "copy.csv")
        with repaired.open("w", encoding="utf-8", newline="") as copy:
            writer = csv.DictWriter(copy, rows[0].keys())
            writer.writeheader()
            writer.writerows(row | {"event_date": "2025-10-12"} for row in rows)
        report = import_file(repaired, folder)
        assert (report.accepted, report.rejected, report.notes) == (1, 0, ())
        assert ids_of(folder) == ["AFG1", "AFG8", "AFG9"]
        assert "rejected_reason" not in folder.dataset("acled").columns

    def test_there_is_none_without_rejected_rows(self, folder, tmp_path):
        made = prepare(acled_file(tmp_path / "a.csv", acled_row(1)), folder)
        assert made.rejected_file is None
        made.discard()


class TestMapping:
    def test_what_was_confirmed_is_suggested_for_the_next_file_with_these_columns(self, file, folder, tmp_path):
        import_file(file, folder, kind=KINDS["plain"], corrections={"summary": "tags", "source": ""})
        import_file(acled_file(tmp_path / "next.csv", acled_row(3, tags="Kept")), folder, kind=KINDS["plain"])
        (part,) = folder.files(folder.dataset("next"))
        (row,) = pq.read_table(part).to_pylist()
        assert "Kept" in row["summary"]
        assert row["source_text"] is None

    def test_what_was_confirmed_is_all_there_is(self, file, folder):
        mapping = {"date_start": "event_date", "country": "country"}
        import_file(file, folder, kind=KINDS["plain"], mapping=mapping)
        (part,) = folder.files(folder.dataset("acled"))
        assert {row["source_text"] for row in pq.read_table(part).to_pylist()} == {None}

    def test_one_that_was_not_accepted_is_not_kept(self, file, folder):
        import_file(file, folder, kind=KINDS["plain"], corrections={"summary": "tags"}, dry_run=True)
        assert left_in(folder.path) == []


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"kind": KINDS["plain"], "mapping": {"feeling": "notes"}}, "no field 'feeling'"),
        ({"kind": KINDS["ucdp-ged"]}, "not a file of kind ucdp-ged, but acled"),
        ({"mapping": {"notes": "no such"}}, "no column 'no such'"),
    ],
)
def test_what_the_file_is_not_is_said(file, folder, wanted, message):
    with pytest.raises(UnreadableError, match=message):
        import_file(file, folder, **wanted)


def test_a_file_can_be_read_as_a_plain_one(file, folder):
    report = import_file(file, folder, kind=KINDS["plain"], dataset="My own")
    assert (report.kind, report.dataset, report.rows) == ("plain", "my-own", 3)


cells = st.sampled_from(["", "2025-10-11", "11.10.2025", "69.92", "33,34", "x", "=1+1", "12", "\x00", "ä\n", "-1"])


@settings(max_examples=settings.default.max_examples // 2)
@given(st.lists(st.dictionaries(st.sampled_from(sorted(acled_row())), cells, max_size=6), max_size=6))
def test_whatever_a_row_holds_it_is_accounted_for(tmp_path_factory, changes):
    place = tmp_path_factory.mktemp("any")
    file = acled_file(place / "any.csv", *(acled_row(number) | change for number, change in enumerate(changes)))
    report = import_file(file, DataFolder(place / "data"), dry_run=True)
    assert report.rows == len(changes)
    assert report.accepted + report.repaired + report.rejected == report.rows


def test_the_injured_and_who_crossed_are_in_the_report_and_the_dataset(folder, tmp_path):
    file = tmp_path / "notes.csv"
    lines = ["id,date,lat,lon,country,wounded,returnees"]
    people = ("5-7,", ",60000000", ",60000000", ",")
    lines += [f"{number},2025-10-11,33.34,69.92,Afghanistan,{each}" for number, each in enumerate(people)]
    file.write_text("\n".join(lines) + "\n")
    report = import_file(file, folder)
    expected = (
        PeopleSum(about=About.INJURED, rows=1, low=5, high=7),
        PeopleSum(about=About.CROSSED, rows=2, low=120_000_000, high=120_000_000),
    )
    assert (report.killed, report.people, report.unused) == (None, expected, ())
    assert folder.dataset("notes").people == expected
    (source,) = imported_sources(folder)
    assert source.people == (About.INJURED, About.CROSSED)
