"""Files found by path, address and pattern."""

from pathlib import Path

import fsspec
import pytest

from geo.imports.distributed_run import NoFilesError, file_name, find_files


@pytest.fixture
def place(tmp_path):
    for name in ("b.csv", "a.csv", "c.txt", "sub/d.csv"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("day\n", encoding="utf-8")
    (tmp_path / "e.csv").mkdir()
    return tmp_path


@pytest.fixture
def memory():
    system = fsspec.filesystem("memory")
    for name in ("b.csv", "a.csv", "sub/d.csv"):
        system.pipe_file(f"/found/{name}", b"day\n")
    yield "memory://found"
    system.rm("/found", recursive=True)


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("a.csv", ["a.csv"]),
        ("*.csv", ["a.csv", "b.csv"]),
        ("[b-z].*", ["b.csv", "c.txt"]),
        ("**/*.csv", ["a.csv", "b.csv", "d.csv"]),
    ],
)
def test_files_on_disk_come_in_the_order_of_their_paths(place, pattern, names):
    found = find_files(str(place / pattern))
    assert [file_name(file) for file in found] == names
    assert all(isinstance(file, Path) and file.is_absolute() for file in found)


@pytest.mark.parametrize(
    ("pattern", "names"),
    [("/a.csv", ["a.csv"]), ("/*.csv", ["a.csv", "b.csv"]), ("/**/*.csv", ["a.csv", "b.csv", "d.csv"])],
)
def test_files_elsewhere_likewise(memory, pattern, names):
    found = find_files(memory + pattern)
    assert [file_name(file) for file in found] == names
    with found[0].open() as stream:
        assert stream.read() == b"day\n"


def test_an_address_on_this_machine_is_a_path(place):
    assert find_files((place / "*.txt").as_uri().replace("%2A", "*")) == (place / "c.txt",)


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("/nowhere/*.csv", "no file is there"),
        ("/", "no file is there"),
        ("memory://nowhere/a.csv", "no file is there"),
        ("nothing://bucket/a.csv", "an address begins with one of"),
        ("http://127.0.0.1:9/*.csv", "that address cannot be read"),
    ],
)
def test_nothing_found_is_said(pattern, why):
    with pytest.raises(NoFilesError, match=why):
        find_files(pattern)
