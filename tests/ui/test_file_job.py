"""A file of many incidents: written beside the page, and gone without a trace once it is left."""

import io
import zipfile

import pytest

from geo.export import ExportFormat
from geo.filters import Filters
from ui.file_job import FileJob, Shelf

EVERYTHING = Filters()


def finished(job):
    job.wait(60)
    assert not job.running
    return job


@pytest.fixture
def few_are_many(monkeypatch):
    """Have every file written part by part."""
    monkeypatch.setattr("geo.export.MANY", 10)


@pytest.mark.parametrize("file_format", [ExportFormat.CSV, ExportFormat.GEOJSON, ExportFormat.PARQUET], ids=str)
@pytest.mark.usefixtures("few_are_many")
def test_it_is_offered_with_its_size_once_it_is_done(table, file_format) -> None:
    job = finished(FileJob(EVERYTHING, table, file_format))
    content = job.content()
    assert (job.failure, job.size, job.written) == ("", len(content), len(table))
    if job.name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            assert packed.namelist()[0] == f"incidents.{file_format}"
            assert packed.testzip() is None


def test_it_is_of_one_choice_and_one_rule(table) -> None:
    job = finished(FileJob(Filters(country=("TJ",)), table, ExportFormat.CSV))
    assert job.is_of(Filters(country=("TJ",)), table)
    assert not job.is_of(EVERYTHING, table)


@pytest.mark.usefixtures("few_are_many")
def test_one_that_is_left_is_gone(table) -> None:
    running, done = FileJob(EVERYTHING, table, ExportFormat.CSV), finished(FileJob(EVERYTHING, table, ExportFormat.CSV))
    for job in (running, done):
        job.leave()
        finished(job)
        assert not job._path.parent.exists()


def test_a_disk_that_is_full_is_told(table, monkeypatch) -> None:
    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ui.file_job.export_to", full)
    assert finished(FileJob(EVERYTHING, table, ExportFormat.CSV)).failure == (
        "The file cannot be written: No space left on device."
    )


def test_the_shelf_holds_the_last_one(table) -> None:
    shelf = Shelf()
    shelf.make(Filters(country=("TJ",)), table, ExportFormat.CSV)
    first = shelf.job
    shelf.make(EVERYTHING, table, ExportFormat.CSV)
    assert first is not None
    assert not finished(first)._path.parent.exists()
    shelf.clear()
    assert shelf.job is None
