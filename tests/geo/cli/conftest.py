"""What tests of the command line share."""

import csv
import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path

import pytest

from geo.cli import main
from geo.store.incident_store import INCIDENTS_FILE, IncidentStore

ROOT = Path(__file__).resolve().parents[3]
TORKHAM = ("71.0985", "34.1275")

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module", autouse=True)
def _tables(tables_made_once: None) -> None:
    """Share tables."""


@pytest.fixture(scope="module")
def seen() -> Callable[..., str]:
    """`printed`, for tests that only look at what the shipped record or a dataset of the module gives: once for all."""

    @cache
    def run(*argv: str) -> str:
        written = io.BytesIO()
        out = io.TextIOWrapper(written, encoding="utf-8", newline="", write_through=True)
        with redirect_stdout(out):
            assert main(argv) == 0
        return written.getvalue().decode()

    return run


@pytest.fixture
def printed(capsys: Capture) -> Callable[..., str]:
    """Run a command that must succeed and return what it prints."""

    def run(*argv: str) -> str:
        assert main(argv) == 0
        return capsys.readouterr().out

    return run


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A standard output whose reader has gone; what is left in it at the end must be no fault either."""
    if os.name != "posix":
        pytest.skip("pipes break otherwise elsewhere")
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        yield
        pipe.close()
        monkeypatch.undo()


@pytest.fixture
def broken_store(tmp_path: Path) -> Path:
    """A copy of the shipped store whose first incident has two faults."""
    document = json.loads(INCIDENTS_FILE.read_text(encoding="utf-8"))
    document["features"][0]["properties"] |= {"status": "sure", "date_start": "2021-13-01"}
    path = tmp_path / "broken.geojson"
    path.write_text(json.dumps(document), encoding="utf-8")
    for register in IncidentStore().files[1:]:
        (tmp_path / register.name).write_bytes(register.read_bytes())
    return path


@pytest.fixture
def points(tmp_path: Path) -> Callable[[str], Path]:
    """Write a CSV file of points."""

    def write(text: str) -> Path:
        path = tmp_path / "points.csv"
        path.write_text(text, encoding="utf-8", newline="")
        return path

    return write


def rows_of(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))
