"""An import beside the page: what it leaves for the page, and that a cancelled one leaves nothing."""

import threading

import pytest

import ui.datasets.import_session
from geo.datasets.folder import DataFolder
from geo.incident.errors import OutdatedError
from tests.geo.datasets.tables import left_in
from tests.geo.imports.files import acled_file, acled_row
from ui.datasets.import_session import ImportJob

PATIENCE_S = 30


@pytest.fixture
def folder(tmp_path):
    return DataFolder(tmp_path / "data")


@pytest.fixture
def file(tmp_path):
    return acled_file(tmp_path / "upload", *(acled_row(number) for number in range(1, 4)))


def finished(job):
    job.start()
    job.wait(PATIENCE_S)
    assert not job.running
    return job


def test_is_done_up_to_the_question(file, folder):
    job = finished(ImportJob(file, folder, name="acled.csv"))
    assert (job.made.report.rows, job.progress.rows, job.failure) == (3, 3, None)
    assert folder.datasets() == ()
    job.leave()


def test_stands_once_it_is_accepted(file, folder):
    job = finished(ImportJob(file, folder, name="acled.csv"))
    assert job.accept().committed
    assert [dataset.file_name for dataset in folder.datasets()] == ["acled.csv"]


def test_nothing_stays_of_one_that_is_left_before_it_is_accepted(file, folder):
    job = finished(ImportJob(file, folder))
    job.leave()
    assert job.made is None
    assert left_in(folder.path) == []


def test_nothing_stays_of_one_that_is_left_while_it_runs(file, folder, monkeypatch):
    begun, go_on = threading.Event(), threading.Event()
    prepare = ui.datasets.import_session.prepare_apart

    def slow(*args, progress, **wanted):
        def told(how_far):
            begun.set()
            assert go_on.wait(PATIENCE_S)
            progress(how_far)

        return prepare(*args, progress=told, **wanted)

    monkeypatch.setattr(ui.datasets.import_session, "prepare_apart", slow)
    job = ImportJob(file, folder)
    job.start()
    assert begun.wait(PATIENCE_S)
    job.leave()
    go_on.set()
    job.wait(PATIENCE_S)
    assert (job.made, job.failure, job.left) == (None, None, True)
    assert left_in(folder.path) == []


def test_nothing_stays_of_one_that_is_left_just_as_it_is_done(file, folder, monkeypatch):
    prepare = ui.datasets.import_session.prepare_apart

    def left_at_the_end(*args, **wanted):
        made = prepare(*args, **wanted)
        job.leave()
        return made

    monkeypatch.setattr(ui.datasets.import_session, "prepare_apart", left_at_the_end)
    job = ImportJob(file, folder)
    finished(job)
    assert job.made is None
    assert left_in(folder.path) == []


def test_nothing_is_to_accept_once_it_was_left(file, folder):
    job = finished(ImportJob(file, folder))
    job.leave()
    with pytest.raises(ValueError, match="nothing to accept"):
        job.accept()


def test_a_file_that_is_none_is_told(tmp_path, folder):
    (tmp_path / "upload").write_bytes(b"\0\1\2\3")
    job = finished(ImportJob(tmp_path / "upload", folder, name="photo.jpg"))
    assert job.made is None
    assert job.failure


def test_of_two_imports_that_wait_the_second_to_be_accepted_is_made_anew(file, folder):
    first = finished(ImportJob(file, folder))
    second = finished(ImportJob(file, folder))
    first.accept()
    with pytest.raises(OutdatedError):
        second.accept()
    third = finished(second.anew())
    second.leave()
    assert third.accept().committed


def test_an_import_beside_one_at_work_is_told(file, folder):
    with folder.staging("acled"):
        job = finished(ImportJob(file, folder))
    assert "is being imported or changed elsewhere" in job.failure


def test_a_folder_that_cannot_be_written_is_told(file, tmp_path):
    (tmp_path / "data").write_text("a file where a folder should be")
    job = finished(ImportJob(file, DataFolder(tmp_path / "data")))
    assert "cannot be imported into" in job.failure
