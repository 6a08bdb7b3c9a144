"""A file of many incidents: written by a process beside the pages, and gone without a trace once it is left."""

import io
import zipfile

import pytest

from geo.apart import Turns
from geo.export.writing import FORMATS
from geo.selection import Filters
from geo.store.incident_store import IncidentStore
from ui.parts import file_job
from ui.parts.file_job import FileJob, SessionFile, export_arguments, failure_words

pytestmark = pytest.mark.slow

EVERYTHING = Filters()
OF_TJ = Filters(country=("TJ",))


def finished(job):
    job.wait(120)
    assert not job.running
    return job


def gone(job):
    return not finished(job)._path.parent.exists()


def test_it_is_offered_with_its_size_once_it_is_done(table) -> None:
    job = finished(FileJob(OF_TJ, table, FORMATS["csv"]))
    content = job.content()
    assert (job.failure, job.size, job.written) == ("", len(content), table.count(OF_TJ))
    assert job.is_of(OF_TJ, table)
    assert not job.is_of(EVERYTHING, table)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.namelist() == ["incidents-tj.csv", "incidents-tj.csv-metadata.json", "incidents-tj.csvt"]
        assert packed.read("incidents-tj.csv").count(b"\n") == job.total + 1
    job.leave()
    assert gone(job)


def test_one_that_is_left_is_ended_and_gone(table) -> None:
    session_file = SessionFile()
    session_file.make(OF_TJ, table, FORMATS["csv"])
    first = session_file.job
    session_file.make(EVERYTHING, table, FORMATS["csv"])
    second = session_file.job
    session_file.clear()
    assert session_file.job is None
    for job in (first, second):
        assert gone(job)
        assert job._process is None or job._process._process.returncode != 0


def test_others_wait_for_their_turn_and_are_told_their_place(table, monkeypatch) -> None:
    monkeypatch.setattr(file_job, "_turns", Turns(0))
    first, second = (FileJob(OF_TJ, table, FORMATS["csv"]) for _ in range(2))
    while not second.place:
        second.wait(0.01)
    assert {first.place, second.place} == {1, 2}
    first.leave()
    assert gone(first)
    assert (second.place, second.running) == (1, True)
    second.leave()
    assert gone(second)
    assert first._process is second._process is None


@pytest.mark.parametrize(
    ("limit", "sentence"),
    [
        pytest.param("_MOST_WRITTEN", "it would be larger than", id="disk"),
        pytest.param("_MOST_MEMORY", "not enough memory", id="memory"),
    ],
)
def test_one_that_outgrows_its_limits_is_ended(table, monkeypatch, limit, sentence) -> None:
    monkeypatch.setattr(file_job, limit, -1)
    job = finished(FileJob(EVERYTHING, table, FORMATS["csv"]))
    assert sentence in job.failure
    job.leave()
    assert gone(job)


def test_one_of_other_incidents_than_the_page_s_is_not_offered(table, tmp_path) -> None:
    for file in IncidentStore().files:
        (tmp_path / file.name).write_bytes(file.read_bytes().replace(b"Khost", b"Khowst"))
    job = finished(FileJob(OF_TJ, table, FORMATS["csv"], store=tmp_path / "incidents.geojson"))
    assert "The incidents have changed" in job.failure
    assert job.size == 0


def test_one_that_fails_says_why(table, tmp_path) -> None:
    job = finished(FileJob(EVERYTHING, table, FORMATS["csv"], store=tmp_path / "none.geojson"))
    assert job.failure == f"The file cannot be written: there is no file {tmp_path / 'none.geojson'}."


@pytest.mark.parametrize(
    ("code", "said", "sentence"),
    [
        pytest.param(
            2,
            "x: 1 fault\nargument -o: /tmp/x.csv.zip cannot be written: No space left on device\n",
            "The file cannot be written: No space left on device.",
            id="full",
        ),
        pytest.param(-9, "", "not enough memory on the server", id="killed"),
        pytest.param(1, "Traceback …\nnumpy._core._exceptions._ArrayMemoryError: …", "not enough memory", id="memory"),
        pytest.param(1, "Traceback …\nKeyError: 'x'\n", "The file cannot be written: KeyError: 'x'.", id="fault"),
        pytest.param(-6, "", "The file cannot be written: its process ended with -6.", id="silent"),
    ],
)
def test_what_goes_wrong_is_told_in_a_sentence(code, said, sentence) -> None:
    assert sentence in failure_words(code, said)


def test_no_value_is_taken_for_an_option(tmp_path) -> None:
    words = export_arguments(Filters(q="-o x", actor=("--zip", "a b")), "lowest", tmp_path, "-d", tmp_path)
    assert words[:3] == ["--actor=--zip", "--actor=a b", "--q=-o x"]
    assert words[-1] == "--data=-d"
