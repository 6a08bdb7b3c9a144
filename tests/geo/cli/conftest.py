"""What tests of the command line share."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.cli import main
from geo.store.incident_store import INCIDENTS_FILE, IncidentStore

ROOT = Path(__file__).resolve().parents[3]
TORKHAM = ("71.0985", "34.1275")

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def printed(capsys: Capture) -> Callable[..., str]:
    """Run a command that must succeed and return what it prints."""

    def run(*argv: str) -> str:
        assert main(argv) == 0
        return capsys.readouterr().out

    return run


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
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
