"""Files are written whole, in the format of their ending, and never over what is read."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.cli import main
from geo.cli.shared import write_output
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from tests.geo.cli.conftest import Capture
from tests.geo.export.readers import SIGNATURES

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("ending", SIGNATURES)
def test_export_writes_the_format_of_the_ending(
    tmp_path: Path, table: IncidentTable, capsys: Capture, ending: str
) -> None:
    path = tmp_path / f"out.{ending.upper()}"
    assert main(["export", "--year", "2025", "-o", str(path)]) == 0
    assert path.read_bytes().startswith(SIGNATURES[ending])
    assert f"{table.count(Filters(year=(2025,)))} of {len(table)} incidents" in capsys.readouterr().err


@pytest.mark.parametrize(("ending", "signature"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_figure_writes_the_format_of_the_ending(tmp_path: Path, ending: str, signature: bytes) -> None:
    path = tmp_path / f"map.{ending}"
    look = ["--size", "column", "--dpi", "150", "--title", "Khost"]
    argv = ["figure", "--province", "AF-KHO", *look, "-o", str(path)]
    assert main(argv) == 0
    assert path.read_bytes().startswith(signature)


def test_export_to_standard_output_is_the_same_bytes(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "out.csv"
    assert main(["export", "--country", "TJ", "-o", str(path)]) == 0
    capsysbinary.readouterr()
    assert main(["export", "--country", "TJ", "--format", "csv", "-o", "-"]) == 0
    assert capsysbinary.readouterr().out == path.read_bytes()


def test_a_failed_write_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.csv"
    path.write_text("before")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(ValueError, match="No space left on device"):
        write_output(str(path), b"after")
    assert [file.name for file in tmp_path.iterdir()] == ["out.csv"]
    assert path.read_text() == "before"


def test_schema_is_json(printed: Callable[..., str]) -> None:
    assert json.loads(printed("schema"))["$schema"].startswith("https://json-schema.org/")
