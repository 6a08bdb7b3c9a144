"""Everything that is wrong with a file is said, and the exit code tells."""

import json
from collections.abc import Callable
from pathlib import Path

from geo.cli import main
from geo.table import IncidentTable
from tests.geo.cli.conftest import Capture


def test_the_shipped_store_is_sound(printed: Callable[..., str], table: IncidentTable) -> None:
    assert f"{len(table)} sound incidents" in printed("validate")


def test_names_incident_field_and_reason_of_every_fault(broken_store: Path, capsys: Capture) -> None:
    assert main(["validate", str(broken_store)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("2021-01-06-mohmand-militant-attack: date_start: ")
    assert lines[1].startswith("2021-01-06-mohmand-militant-attack: status: ")
    assert lines[-1].endswith("2 faults")


def test_json(broken_store: Path, capsys: Capture) -> None:
    assert main(["validate", str(broken_store), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found.keys() == {"file", "valid", "incidents", "claims", "version", "faults"}
    assert (found["valid"], [fault["field"] for fault in found["faults"]]) == (False, ["date_start", "status"])


def test_a_file_that_is_no_json_is_the_data_s_fault(broken_store: Path, capsys: Capture) -> None:
    broken_store.write_text("{", encoding="utf-8")
    assert main(["validate", str(broken_store)]) == 1
    assert "is not JSON" in capsys.readouterr().out
