"""Files from outside in a process of their own: whatever one does there, the program goes on and hears a sentence."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from geo import apart
from geo.apart import Limits, TemporaryFolder, Turns, process
from geo.datasets.folder import DataFolder
from geo.imports.pipeline import prepare_apart
from geo.incident.errors import UnreadableError
from tests.geo import apart_tasks as tasks
from tests.geo.datasets.tables import left_in
from tests.geo.imports.files import acled_file, acled_row

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("readers_apart")]

ROOT = Path(__file__).resolve().parents[2]
SOON_S = 20


@pytest.fixture(autouse=True)
def small(request, monkeypatch):
    """Limits that are soon passed, unless a test asks for the usual ones."""
    if "usual" in request.fixturenames:
        return
    limits = Limits(memory=300_000_000, processor_s=1, whole_s=60, silence_s=1.5, written=30_000_000)
    monkeypatch.setattr(Limits, "of", lambda _: limits)
    monkeypatch.setattr(apart, "_MESSAGE", 100_000)


@pytest.fixture
def usual():
    """Keep the limits as they are."""


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """A folder for what is temporary; empty at the end of every test."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


class LeftError(Exception):
    """Somebody has gone."""


@contextmanager
def at_work(function, **values):
    with process(function, name="file.csv", size=1, **values) as one:
        yield one


@pytest.mark.parametrize(
    ("function", "said"),
    [
        pytest.param(tasks.fill_memory, "more than 0.28 GB of memory", id="memory, bit by bit"),
        pytest.param(tasks.ask_for_too_much, "more than 0.28 GB of memory", id="memory, at once"),
        pytest.param(tasks.compute, "seconds of processor time", id="endless"),
        pytest.param(tasks.fill_disk, "wrote more than", id="one large file"),
        pytest.param(tasks.fill_disk_by_little, "wrote more than", id="many files"),
        pytest.param(tasks.abort, "crashed", id="abort"),
        pytest.param(tasks.violate_memory, "crashed", id="segmentation fault"),
        pytest.param(tasks.nest, "crashed", id="an error that nobody expects"),
        pytest.param(tasks.say_much, "crashed", id="a message without end"),
    ],
)
def test_what_passes_a_limit_or_breaks_ends_in_a_sentence(function, said):
    with at_work(function) as one, pytest.raises(UnreadableError, match=said):
        one.hear()


def test_an_error_that_nobody_expects_is_in_the_log(caplog):
    with at_work(tasks.nest) as one, pytest.raises(UnreadableError):
        one.hear()
    (said,) = (record.getMessage() for record in caplog.records if record.levelname == "WARNING")
    assert said.startswith("reading 'file.csv' failed: 'RecursionError: maximum recursion depth")


def test_one_that_gets_no_further_is_ended():
    with at_work(tasks.sleep) as one:
        assert one.hear() == "asleep"
        with pytest.raises(UnreadableError, match="no progress for 2 seconds"):
            one.hear()


def test_one_that_gets_further_all_the_time_but_to_no_end_is_ended(monkeypatch):
    limits = Limits(memory=300_000_000, processor_s=10, whole_s=0.5, silence_s=5, written=1)
    monkeypatch.setattr(Limits, "of", lambda _: limits)
    with at_work(tasks.compute) as one, pytest.raises(UnreadableError, match="took longer than 0 seconds"):
        one.hear()


def test_a_refusal_is_the_one_raised_there():
    with at_work(tasks.refuse) as one, pytest.raises(UnreadableError) as raised:
        one.hear()
    assert (raised.value.name, raised.value.choices) == ("a.zip: b.csv", ("one", "two"))


def test_what_the_system_refuses_is_no_fault_of_the_file():
    with at_work(tasks.meet_a_full_disk) as one, pytest.raises(OSError, match="No space left") as raised:
        one.hear()
    assert raised.value.errno == 28


def test_it_asks_and_is_answered_and_has_a_folder_of_its_own(place):
    with at_work(tasks.echo, value="é\ud800") as one:
        assert one.hear() == "more?"
        one.answer({"a": [1]})
        value, answer, folder = one.hear()
    assert (value, answer) == ("é\ud800", {"a": [1]})
    assert Path(folder).parent == place
    assert not Path(folder).exists()


def test_it_can_be_left_at_any_moment():
    asleep = []

    def stopped():
        if asleep:
            raise LeftError

    with at_work(tasks.sleep, stopped=stopped) as one:
        asleep.append(one.hear())
        began = time.monotonic()
        with pytest.raises(LeftError):
            one.hear()
    assert time.monotonic() - began < 1
    assert not one.waiting


def test_who_waits_for_others_to_be_read_can_leave(monkeypatch):
    monkeypatch.setattr(apart, "_reading", Turns(1))

    def stopped():
        raise LeftError

    with at_work(tasks.sleep), pytest.raises(LeftError), at_work(tasks.sleep, stopped=stopped):
        raise AssertionError("it did not wait")
    assert apart._reading._free == 1


def test_one_that_was_started_in_advance_does_the_next_task():
    apart.warm(tasks.__name__)
    (spare,) = apart._spares.values()
    apart.warm(tasks.__name__)
    assert [*apart._spares.values()] == [spare]
    with at_work(tasks.echo, value=1) as one:
        assert one is spare
        assert one.hear() == "more?"
    assert apart._spares == {}


def test_one_that_ended_while_it_waited_is_replaced():
    apart.warm(tasks.__name__)
    (spare,) = apart._spares.values()
    spare._child.kill()
    spare._child.wait()
    with at_work(tasks.echo, value=1) as one:
        assert one.hear() == "more?"
    spare.close()


@pytest.mark.usefixtures("usual")
class TestImport:
    def test_it_is_what_this_process_would_have_made(self, tmp_path):
        path = acled_file(tmp_path / "acled.csv", acled_row(1), acled_row(2, event_date="one day"))
        told = []
        folder = DataFolder(tmp_path / "data")
        made = prepare_apart(path, folder, progress=told.append, name="ACLED.csv")
        assert (made.report.accepted, made.report.rejected, made.rejected_file is not None) == (1, 1, True)
        assert (told[-1].fraction, made.accept().committed) == (1.0, True)
        assert folder.dataset("acled").file_name == "ACLED.csv"

    def test_an_import_that_is_cancelled_in_the_middle_leaves_nothing(self, tmp_path):
        def leave(_):
            raise LeftError

        path, folder = acled_file(tmp_path / "acled.csv", acled_row(1)), DataFolder(tmp_path / "data")
        with pytest.raises(LeftError):
            prepare_apart(path, folder, progress=leave)
        assert left_in(folder.path) == []


KILLED = """
import sys, tempfile
from geo.apart import TemporaryFolder, process
from tests.geo import apart_tasks as tasks
mine = TemporaryFolder()
with process(tasks.sleep, name="file.csv", size=1) as one:
    print(one.hear(), one._child.pid, flush=True)
    one.hear()
"""


@pytest.mark.skipif(os.name != "posix", reason="kills processes as POSIX does")
def test_nothing_stays_of_a_program_that_was_killed(place):
    apart.sweep(None)  # which looks once, and not when the folder below is made
    command = [sys.executable, "-c", KILLED]
    environment = os.environ | {"TMPDIR": str(place), "PYTHONPATH": str(ROOT)}
    program = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    with program.stdout as said:
        _, reader = said.readline().split()
    program.kill()
    program.wait()
    until = time.monotonic() + SOON_S
    while Path(f"/proc/{reader}/cmdline").exists() and Path(f"/proc/{reader}/cmdline").read_bytes():
        assert time.monotonic() < until
        time.sleep(0.05)
    ours = TemporaryFolder()
    assert len(list(place.iterdir())) == 3
    apart.sweep.cache_clear()
    apart.sweep()
    assert list(place.iterdir()) == [ours.path]
    ours.cleanup()


def test_what_another_program_is_making_just_now_is_left_alone(place):
    fresh, old = place / "incident-map-fresh", place / "incident-map-old"
    for folder in (fresh, old):
        folder.mkdir()
    os.utime(old, (0, 0))
    apart.sweep.cache_clear()
    apart.sweep()
    assert list(place.iterdir()) == [fresh]
    fresh.rmdir()


def test_beside_an_output_somebody_s_own_folder_of_such_a_name_stays(tmp_path):
    output = tmp_path / "output"
    own, left = output / "incident-map-datasets", output / "incident-map-1234abcd"
    for folder in (own, left):
        folder.mkdir(parents=True)
        os.utime(folder, (0, 0))
    (left / ".lock").touch()
    with TemporaryFolder(output) as made:
        assert set(output.iterdir()) == {own, made}
    assert list(output.iterdir()) == [own]


@pytest.mark.parametrize(
    ("name", "age_s", "stays"),
    [
        pytest.param("incident-map-1234abcd.tmp", 90, False, id="killed before it was locked"),
        pytest.param("incident-map-1234abcd.tmp", 1, True, id="being made just now"),
        pytest.param("incident-map-1234abcd", 90, True, id="somebody's own"),
    ],
)
def test_beside_an_output_an_empty_folder_is_known_by_its_name(tmp_path, name, age_s, stays):
    empty = tmp_path / name
    empty.mkdir()
    os.utime(empty, (time.time() - age_s,) * 2)
    apart.sweep.cache_clear()
    apart.sweep(tmp_path)
    assert empty.exists() is stays


def test_what_is_being_deleted_is_known_by_its_lock_to_the_end(tmp_path, monkeypatch):
    made = TemporaryFolder(tmp_path)
    for name in ("a", "z"):
        (made.path / name).mkdir()
    seen, remove = [], shutil.rmtree

    def watched(path, **more):
        seen.append({each.name for each in made.path.iterdir()})
        remove(path, **more)

    monkeypatch.setattr(shutil, "rmtree", watched)
    made.cleanup()
    assert [".lock" in each for each in seen[:2]] == [True, True]
    assert seen[-1] <= {".lock"}
    assert not made.path.exists()


@pytest.mark.skipif(os.name != "posix", reason="links as POSIX has them")
def test_a_link_where_a_lock_is_expected_is_not_followed(place, tmp_path):
    own = tmp_path / "own.txt"
    own.write_text("precious")
    folder = place / "incident-map-trap"
    folder.mkdir()
    (folder / ".lock").symlink_to(own)
    apart.sweep.cache_clear()
    apart.sweep()
    assert own.read_text() == "precious"
    shutil.rmtree(folder)


@pytest.mark.usefixtures("usual")
def test_limits_grow_with_what_is_read_up_to_two_gigabytes():
    small, large = Limits.of(0), Limits.of(10_000_000_000)
    assert (small.memory, large.memory) == (1_610_612_736, 2_147_483_648)
    assert large.processor_s > 50_000
    assert large.silence_s > small.silence_s == 30
