"""What the user or the machine does is told in a sentence, with the path as given; a fault of the program is logged."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import geo.cli.schema_command
import geo.datasets.folder
from geo.cli import main
from geo.cli.shared import CommandError, output_file, write_output
from geo.datasets.folder import DataFolder
from tests.geo.cli.conftest import Capture
from tests.geo.datasets.tables import commit, make_dataset, make_row

FULL = OSError(28, "No space left on device")


class WriterError(ValueError):
    """What a library says of a disk that is full."""


def of_a_library(_: Path) -> None:
    try:
        raise FULL
    except OSError as error:
        raise WriterError("seek of closed file") from error


def of_another(new: Path) -> None:
    shutil.rmtree(new.parent)
    raise WriterError("no such table")


def of_arrow(_: Path) -> None:
    raise OSError("Error writing bytes to file. Detail: [errno 28] No space left on device")


@pytest.mark.parametrize(
    ("fail", "why"),
    [
        pytest.param(of_a_library, "No space left on device", id="told-by-its-cause"),
        pytest.param(of_arrow, "No space left on device", id="told-in-its-words"),
        pytest.param(of_another, "No such file or directory", id="found-by-a-try"),
    ],
)
def test_what_the_disk_refuses_is_told_whatever_the_writer_says(tmp_path, fail, why) -> None:
    path = tmp_path / "out.xlsx"
    path.write_text("before")
    with (
        pytest.raises(CommandError, match=rf"argument -o: {path} cannot be written: {why}$"),
        output_file(str(path), "xlsx") as new,
    ):
        fail(new)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("out.xlsx", "before")]


@pytest.mark.parametrize("name", ["out.xlsx", "other.csv"])
def test_what_a_command_that_was_killed_left_beside_its_file_goes_with_the_next(tmp_path, name) -> None:
    left = tmp_path / "incident-map-killed"
    left.mkdir()
    for file in (".lock", "new.xlsx"):
        (left / file).write_bytes(b"")
    write_output(str(tmp_path / name), b"whole")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [(name, b"whole")]


def test_a_fault_of_the_program_is_none_of_the_disk(tmp_path) -> None:
    with pytest.raises(WriterError), output_file(str(tmp_path / "out.csv"), "csv"):
        raise WriterError


def test_a_folder_that_nobody_may_write_to_is_told(tmp_path, capsys: Capture, monkeypatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system", "/elsewhere/tmp1")

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    assert main(["synth", "10", "-o", str(tmp_path / "s.csv")]) == 2
    assert capsys.readouterr().err == (
        f"python -m geo synth: error: argument -o: {tmp_path / 's.csv'} cannot be written: Read-only file system\n"
    )


def test_a_folder_of_datasets_is_named_as_it_was_given(tmp_path, capsys: Capture, monkeypatch) -> None:
    commit(DataFolder(tmp_path), make_dataset(), make_row())

    def refuse(path: Path, _: str) -> None:
        raise OSError(30, "Read-only file system", str(path.with_name(".dataset.json.1.new")))

    monkeypatch.setattr(geo.datasets.folder, "replace_file", refuse)
    given = os.path.relpath(tmp_path)
    assert main(["datasets", "disable", "acled", "--data", given]) == 2
    said = f"python -m geo datasets: error: argument --data: {given} cannot be written: Read-only file system\n"
    assert capsys.readouterr().err == said


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        pytest.param(FULL, 2, "python -m geo schema: error: standard output: No space left on device\n", id="full"),
        pytest.param(KeyboardInterrupt(), 2, "interrupted; nothing unfinished is kept\n", id="interrupted"),
        pytest.param(
            BrokenPipeError(),
            2,
            "the rest is not shown: the program reading standard output was closed\n",
            id="reader-gone",
        ),
    ],
)
def test_what_the_machine_does_is_a_sentence(capsys: Capture, monkeypatch, error, code, said) -> None:
    def fail(_: object) -> None:
        raise error

    monkeypatch.setattr("geo.cli._leave_output", lambda: None)
    monkeypatch.setattr(geo.cli.schema_command, "run", fail)
    assert main(["schema"]) == code
    assert capsys.readouterr() == ("", said)


def test_a_fault_of_the_program_is_a_sentence_that_names_the_file_with_its_trace(
    tmp_path, capsys: Capture, monkeypatch
) -> None:
    def fail(_: object) -> None:
        raise KeyError("\ud800")

    monkeypatch.setattr("platformdirs.user_log_path", lambda *_, **__: tmp_path / "log")
    monkeypatch.setattr(geo.cli.schema_command, "run", fail)
    assert main(["schema"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("python -m geo schema: error: the program failed (KeyError: ")
    log = Path(line.rpartition(" ")[2])
    assert log.parent == tmp_path / "log"
    assert "incident_map: python -m geo schema\nTraceback (most recent call last)" in log.read_text("utf-8")


_INTERRUPTED_AS_IT_LOADS = """
import os, signal, sys
class Interrupts:
    def find_spec(self, name, *_):
        if name == "geo.cli":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupts())
import geo.__main__
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
def test_nothing_of_a_trace_is_on_a_screen_where_the_program_is_interrupted_as_it_loads() -> None:
    done = subprocess.run([sys.executable, "-c", _INTERRUPTED_AS_IT_LOADS], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"interrupted\n")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_nothing_of_a_trace_is_on_a_screen_whose_output_is_full() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([sys.executable, "-m", "geo", "schema"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr.decode()) == (
        2,
        "python -m geo schema: error: standard output: No space left on device\n",
    )
