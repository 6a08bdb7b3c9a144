"""Imports on workers: the same rows as on one machine, whatever happens to the workers."""

import csv
import gzip
import os
import shutil
import signal
from datetime import UTC, datetime
from io import StringIO

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.datasets.folder import DataFolder
from geo.datasets.parts import write_part
from geo.imports.distributed_run import WorkersError, check_places, prepare_on
from geo.imports.pipeline import prepare
from geo.imports.report import Cancelled, Stage
from geo.incident.errors import UnreadableError
from tests.geo.datasets.tables import left_in

pytestmark = pytest.mark.slow

FETCHED = datetime(2026, 10, 5, tzinfo=UTC)
BROKEN = '"a","row","of","four"\n'
WHEN = {"seconds", "imported_at", "committed"}
"""What two imports of the same file never have in common."""


def dated(row, day):
    cells = row.split(",")
    return ",".join([cells[0], f'"{day}"', *cells[2:]])


def deadlier(row):
    return row.replace("Synthetic district", "Synthetic other district")


@pytest.fixture(scope="module")
def faulty(lines, tmp_path_factory):
    """A file with rows to reject, at the beginning, in the middle and at the end, and ids that repeat over blocks."""
    header, rows = lines
    bad = [BROKEN, *rows[:500], dated(rows[600], "one day"), *rows[500:], rows[3], deadlier(rows[5]), BROKEN]
    path = tmp_path_factory.mktemp("files") / "faulty.csv"
    path.write_text(header + "".join(bad), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def alone(faulty, tmp_path_factory):
    """The folder and the report of the faulty file imported on one machine."""
    return imported(lambda folder: prepare(faulty, folder, retrieved_at=FETCHED), tmp_path_factory.mktemp("alone"))


def imported(start, path):
    folder = DataFolder(path / "data")
    made = start(folder)
    rejected = made.rejected_file.read_text(encoding="utf-8") if made.rejected_file else ""
    return folder, made.accept(), rejected


def on_workers(client, pattern, path, *, block_rows=150, **asked):
    given = {"block_rows": block_rows, "retrieved_at": FETCHED, **asked}
    return imported(lambda folder: prepare_on(client, str(pattern), folder, **given), path)


def rows_of(folder):
    parts = [pq.read_table(part) for part in folder.files(folder.dataset("acled"))]
    return pa.concat_tables(parts, promote_options="permissive").sort_by("id")


def same(one, other):
    """Compare two imports in blocks of other sizes: a repeated id is named by its column only within a block."""
    (folder, report, rejected), (folder_2, report_2, rejected_2) = one, other
    assert rows_of(folder_2).equals(rows_of(folder))
    counted = WHEN | {"faults", "rejections"}
    assert report_2.model_dump(exclude=counted) == report.model_dump(exclude=counted)
    for reports in (report, report_2):
        assert len(reports.rejections) == reports.rejected == 5
    assert reasons_by_row(rejected_2) == reasons_by_row(rejected)
    return True


def reasons_by_row(rejected):
    return {row["rejected_row"]: (row["rejected_reason"], row["notes"]) for row in csv.DictReader(StringIO(rejected))}


@pytest.fixture(scope="module")
def years(lines, tmp_path_factory):
    """Rows of before 2024 and of since then, two of the former among the latter with other values."""
    header, rows = lines
    old = [row for row in rows if row.split(",")[1] < '"2024']
    new = [row for row in rows if row.split(",")[1] >= '"2024']
    moved = [deadlier(dated(row, "2025-06-01")) for row in old[:2]]
    path = tmp_path_factory.mktemp("years")
    for name, part in (("1.csv", [*old, BROKEN, old[3]]), ("2.csv", [*new, *moved])):
        (path / name).write_text(header + "".join(part), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def one_by_one(years, tmp_path_factory):
    folder = DataFolder(tmp_path_factory.mktemp("one"))
    reports = [prepare(years / name, folder, retrieved_at=FETCHED).accept() for name in ("1.csv", "2.csv")]
    return folder, reports


@pytest.fixture(scope="module")
def on_two(client, faulty, tmp_path_factory):
    """The same of the faulty file imported on the workers, in nine blocks, and what was told on the way."""
    told = []
    return on_workers(client, faulty, tmp_path_factory.mktemp("on-two"), progress=told.append), told


class TestOneFile:
    def test_everything_is_as_on_one_machine(self, on_two, alone):
        made, _ = on_two
        assert same(alone, made)
        assert made[0].dataset("acled").model_dump(exclude={"imported_at", "release"}) == alone[0].dataset(
            "acled"
        ).model_dump(exclude={"imported_at", "release"})

    def test_nothing_else_is_left_in_the_release(self, on_two):
        (folder, _, _), _ = on_two
        names = {path.name for path in folder.release(folder.dataset("acled")).iterdir()}
        parts = {f"part-{number:05d}.parquet" for number in range(9)}
        assert names == {*parts, "words-00000.parquet", "words-00001.parquet", "report.json", "rejected.csv"}

    def test_progress_ends_with_the_whole_file(self, on_two):
        _, told = on_two
        assert [one.stage for one in told[-2:]] == [Stage.COMPARING, Stage.DONE]
        assert told[-1].rows == 1205

    def test_blocks_of_the_same_size_make_the_same_bytes(self, client, faulty, alone, tmp_path):
        folder, report, rejected = on_workers(client, faulty, tmp_path, block_rows=100_000)
        assert report.model_dump(exclude=WHEN) == alone[1].model_dump(exclude=WHEN)
        assert rejected == alone[2]
        parts = [(path.name, path.read_bytes()) for path in folder.files(folder.dataset("acled"))]
        assert parts == [(path.name, path.read_bytes()) for path in alone[0].files(alone[0].dataset("acled"))]

    def test_a_packed_file_is_read_by_one_worker(self, client, faulty, alone, tmp_path):
        packed = tmp_path / "faulty.csv.gz"
        packed.write_bytes(gzip.compress(faulty.read_bytes()))
        assert rows_of(on_workers(client, packed, tmp_path)[0]).equals(rows_of(alone[0]))

    def test_a_block_may_have_no_row_to_keep(self, client, lines, tmp_path):
        header, rows = lines
        path = tmp_path / "half.csv"
        path.write_text(header + rows[0] * 2 + "".join(dated(row, "one day") for row in rows[2:4]), encoding="utf-8")
        _, report, _ = on_workers(client, path, tmp_path, block_rows=2)
        assert (report.accepted + report.repaired, report.rejected) == (1, 3)


class TestTrouble:
    def test_a_worker_that_is_killed_changes_nothing(self, client, faulty, alone, tmp_path):
        killed = []

        def kill(_):
            if not killed:
                killed.append(next(iter(client.run(os.getpid).values())))
                os.kill(killed[0], signal.SIGKILL)

        assert same(alone, on_workers(client, faulty, tmp_path, block_rows=150, progress=kill))
        assert killed

    def test_who_cancels_leaves_nothing(self, client, faulty, tmp_path):
        def cancel(_):
            raise Cancelled

        with pytest.raises(Cancelled):
            on_workers(client, faulty, tmp_path, progress=cancel)
        assert left_in(tmp_path / "data") == []

    def test_a_file_that_breaks_off_is_named(self, client, faulty, tmp_path):
        packed = tmp_path / "broken.csv.gz"
        packed.write_bytes(gzip.compress(faulty.read_bytes() * 3)[:-2000])
        with pytest.raises(UnreadableError, match=r"broken\.csv\.gz.*it ends after"):
            on_workers(client, packed, tmp_path, block_rows=1000)
        assert left_in(tmp_path / "data") == []


class TestPlaces:
    @pytest.fixture
    def part(self, alone):
        return alone[0].files(alone[0].dataset("acled"))[0]

    def test_rows_in_their_provinces_pass(self, client, part):
        check_places(client, [part.as_posix()])

    def test_a_part_that_was_joined_with_something_else_is_refused(self, client, part, tmp_path):
        rows = pq.ParquetFile(part).read().replace_schema_metadata()
        at = rows.schema.get_field_index("joined_province_code")
        wrong = rows.set_column(at, "joined_province_code", pa.repeat("AF-BAM", rows.num_rows))
        write_part(wrong, tmp_path / "part.parquet")
        with pytest.raises(WorkersError, match=r"rows, acled-.* do not lie in the province"):
            check_places(client, [(tmp_path / "part.parquet").as_posix()])


class TestManyFiles:
    def test_rows_are_those_of_one_after_the_other(self, client, years, one_by_one):
        folder, reports = one_by_one
        before = rows_of(folder)
        made = prepare_on(client, str(years / "*.csv"), folder, block_rows=150, retrieved_at=FETCHED)
        assert made.report.difference.empty
        assert made.report.rows == sum(one.rows for one in reports)
        assert "2 rows replaced by one of a later file with the same id" in made.report.notes
        made.accept()
        assert rows_of(folder).equals(before)

    def test_no_file_takes_out_rows_that_another_has(self, client, lines, tmp_path):
        header, rows = lines
        for number in range(3):
            (tmp_path / f"{number}.csv").write_text(header + "".join(rows[number:90:3]), encoding="utf-8")
        folder, report, _ = on_workers(client, tmp_path / "[0-2].csv", tmp_path)
        assert folder.dataset("acled").rows == report.accepted + report.repaired

    def test_files_of_two_kinds_are_refused(self, client, years, tmp_path):
        shutil.copy(years / "1.csv", tmp_path)
        (tmp_path / "3.csv").write_text("day,lat,lon\n2025-01-01,33.3,69.9\n", encoding="utf-8")
        with pytest.raises(UnreadableError, match=r"3\.csv: it is of kind plain, and 1\.csv of kind acled"):
            on_workers(client, tmp_path / "*.csv", tmp_path)


class TestElsewhere:
    def test_files_come_from_object_storage_and_parts_go_over_it(self, client, storage, faulty, alone, tmp_path):
        storage.put_file(str(faulty), "incidents/acled/faulty.csv")
        exchange = "s3://incidents/exchange"
        assert same(alone, on_workers(client, "s3://incidents/acled/*.csv", tmp_path, exchange=exchange))
        assert storage.find("incidents/exchange") == []
