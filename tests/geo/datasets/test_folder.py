"""The folder of datasets: whole releases or none, what is shown, and what can be undone."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.datasets.dataset import LONGEST_ID, dataset_id
from geo.datasets.folder import FOLDER_VARIABLE, UNDO_FOR, DataFolder
from geo.datasets.links import Link, Report, Verdict, record_decisions
from geo.incident.errors import DatasetBusyError, OutdatedError, UnknownDatasetError
from tests.geo.datasets.tables import commit, left_in, make_dataset, make_row

PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture
def folder(tmp_path):
    return DataFolder(tmp_path / "data")


class TestPlace:
    def test_a_folder_that_is_given_comes_first(self, tmp_path, monkeypatch):
        monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "other"))
        assert DataFolder(tmp_path / "given").path == (tmp_path / "given").resolve()

    def test_then_that_of_the_environment(self, tmp_path, monkeypatch):
        monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "other"))
        assert DataFolder().path == (tmp_path / "other").resolve()

    def test_else_one_outside_of_the_project(self, monkeypatch):
        monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
        assert not DataFolder().path.is_relative_to(PROJECT)

    @pytest.mark.parametrize("inside", [".", "data", "data/../imports"])
    def test_one_within_the_project_is_refused(self, inside):
        with pytest.raises(ValueError, match="outside"):
            DataFolder(PROJECT / inside)

    def test_object_storage_is_refused(self):
        with pytest.raises(ValueError, match="s3://bucket/data is an address"):
            DataFolder("s3://bucket/data")

    def test_nothing_is_made_before_an_import(self, folder):
        assert folder.datasets() == folder.removed() == folder.faults() == ()
        assert not folder.path.exists()


class TestCommit:
    def test_a_release_stands_with_its_parts(self, folder):
        made = commit(folder, make_dataset(), make_row())
        assert folder.datasets() == folder.active() == (made,)
        assert [path.name for path in folder.files(made)] == ["part-00000.parquet"]

    def test_leaving_without_a_commit_leaves_nothing(self, folder):
        with folder.staging("acled") as staging:
            (staging.path / "part-00000.parquet").write_bytes(b"half of a")
        assert left_in(folder.path) == []

    def test_an_error_leaves_what_stood(self, folder):
        made = commit(folder, make_dataset(), make_row())
        before = left_in(folder.path)
        with pytest.raises(RuntimeError), folder.staging("acled"):
            raise RuntimeError
        assert left_in(folder.path) == before
        assert folder.datasets() == (made,)

    def test_a_dataset_is_imported_once_at_a_time(self, folder):
        with folder.staging("acled"), pytest.raises(DatasetBusyError, match="acled"), folder.staging("acled"):
            pass

    def test_one_that_waits_keeps_nobody_from_the_dataset_and_is_not_swept(self, folder):
        with folder.staging("acled") as waiting:
            waiting.rest()
            with folder.staging("acled"):
                assert waiting.path.exists()
            waiting.commit(make_dataset("acled", rows=0))
        assert [dataset.id for dataset in folder.datasets()] == ["acled"]

    @pytest.mark.parametrize(
        "change",
        [
            pytest.param(lambda folder: commit(folder, make_dataset(), make_row()), id="another release"),
            pytest.param(lambda folder: folder.remove("acled"), id="removed"),
        ],
    )
    def test_one_that_waited_while_the_dataset_changed_is_refused(self, folder, change):
        commit(folder, make_dataset(), make_row())
        with folder.staging("acled") as waiting:
            waiting.rest()
            change(folder)
            stands = (folder.path / "acled" / "dataset.json").read_bytes()
            with pytest.raises(OutdatedError, match="acled has changed since this import was prepared"):
                waiting.commit(make_dataset("acled", rows=0))
            with folder.staging("acled"):  # nor is it locked by what was refused
                pass
        assert (folder.path / "acled" / "dataset.json").read_bytes() == stands
        assert not any(name.startswith("acled/staging-") for name in left_in(folder.path))

    def test_one_that_was_hidden_meanwhile_stays_hidden(self, folder):
        commit(folder, make_dataset(), make_row())
        with folder.staging("acled") as waiting:
            waiting.rest()
            folder.set_enabled("acled", False)
            assert not waiting.commit(make_dataset("acled", rows=0)).enabled

    def test_different_datasets_are_imported_at_once(self, folder):
        with folder.staging("acled") as one, folder.staging("gdelt") as other:
            one.commit(make_dataset("acled", rows=0))
            other.commit(make_dataset("gdelt", rows=0))
        assert [dataset.id for dataset in folder.datasets()] == ["acled", "gdelt"]

    def test_another_dataset_cannot_be_committed(self, folder):
        with folder.staging("acled") as staging, pytest.raises(ValueError, match="gdelt"):
            staging.commit(make_dataset("gdelt"))

    def test_who_reads_the_release_before_is_not_left_without_files(self, folder):
        releases = [commit(folder, make_dataset(), make_row()) for _ in range(3)]
        assert [bool(folder.files(release)) for release in releases] == [False, True, True]

    def test_what_a_crash_left_is_swept_by_the_next_import(self, folder):
        made = commit(folder, make_dataset(), make_row())
        for left in ("acled/staging-0badcafe", "acled/releases/0002-0badcafe", "gdelt/staging-0badcafe"):
            (folder.path / left).mkdir(parents=True)
        for half in ("acled/.dataset.json.0badcafe.new", ".links.json.0badcafe.new"):
            (folder.path / half).write_text("half of a")
        with folder.staging("ucdp-ged"):
            pass
        assert left_in(folder.path) == [
            "acled",
            "acled/dataset.json",
            "acled/releases",
            f"acled/releases/{made.release}",
            f"acled/releases/{made.release}/part-00000.parquet",
            f"acled/releases/{made.release}/words-00000.parquet",
        ]

    def test_the_folder_is_not_swept_under_another_import(self, folder):
        with folder.staging("gdelt") as other:
            with folder.staging("acled"):
                pass
            assert other.path.exists()


class TestUndo:
    def test_a_dataset_is_shown_or_not(self, folder):
        commit(folder, make_dataset(), make_row())
        folder.set_enabled("acled", False)
        assert folder.active() == ()
        assert len(folder.datasets()) == 1
        folder.set_enabled("acled", True)
        assert len(folder.active()) == 1

    def test_a_removed_dataset_comes_back_as_it_was(self, folder):
        made = commit(folder, make_dataset(), make_row())
        folder.remove("acled")
        assert folder.datasets() == folder.active() == ()
        assert [dataset.id for dataset in folder.removed()] == ["acled"]
        assert folder.restore("acled") == made
        assert folder.files(made)

    @pytest.mark.parametrize(("ago", "there"), [(UNDO_FOR / 2, True), (UNDO_FOR + timedelta(hours=1), False)])
    def test_one_removed_long_ago_goes_with_the_next_import(self, folder, ago, there):
        commit(folder, make_dataset(removed_at=datetime.now(UTC) - ago), make_row())
        commit(folder, make_dataset("gdelt"), make_row())
        assert (folder.path / "acled").exists() is there

    @pytest.mark.parametrize("name", ["nothing", "../acled", ""])
    def test_an_unknown_dataset_is_named_with_those_there_are(self, folder, name):
        commit(folder, make_dataset(), make_row())
        with pytest.raises(UnknownDatasetError, match="use one of: acled"):
            folder.remove(name)


class TestVersion:
    def test_it_stays_as_long_as_nothing_changes(self, folder):
        commit(folder, make_dataset(), make_row())
        assert folder.version == DataFolder(folder.path).version

    def test_it_changes_with_all_that_matters(self, folder):
        def linked():
            return [Link.of(Report(dataset="acled", id="a"), Report(dataset="curated", id="b"), Verdict.LINKED)]

        steps = [
            lambda: None,
            lambda: commit(folder, make_dataset(), make_row()),
            lambda: commit(folder, make_dataset(), make_row()),
            lambda: folder.set_enabled("acled", False),
            lambda: folder.remove("acled"),
            lambda: record_decisions(folder, linked()),
        ]
        versions = []
        for step in steps:
            step()
            versions.append(folder.version)
        assert len(set(versions)) == len(steps)


@pytest.mark.parametrize("text", ["{", "{}", '{"id": "gdelt"}', ""])
def test_a_dataset_that_cannot_be_read_is_named_and_the_others_stand(folder, text):
    commit(folder, make_dataset(), make_row())
    (folder.path / "gdelt").mkdir()
    (folder.path / "gdelt" / "dataset.json").write_text(text)
    assert [dataset.id for dataset in folder.datasets()] == ["acled"]
    assert [fault.where for fault in folder.faults()] == ["gdelt"]


@pytest.mark.parametrize("reserved", ["curated", "con", "lpt1"])
def test_a_reserved_name_is_no_id(reserved):
    with pytest.raises(ValueError, match="choose another"):
        make_dataset(reserved)


@given(st.text())
def test_any_name_makes_an_id_that_is_no_path(name):
    made = dataset_id(name)
    assert make_dataset(made).id == made
    assert len(made) <= LONGEST_ID
    assert Path(made).name == made
