"""Everything that is wrong with a file is said, and the exit code tells."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.cli import main
from geo.store.incident_store import INCIDENTS_FILE, IncidentStore
from geo.table.incident_table import IncidentTable
from tests.geo.cli.conftest import Capture


def test_the_shipped_store_is_sound(printed: Callable[..., str], table: IncidentTable) -> None:
    assert f"{len(table)} valid incidents" in printed("validate")


def test_names_incident_field_and_reason_of_every_fault(broken_store: Path, capsys: Capture) -> None:
    assert main(["validate", str(broken_store)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("2021-01-06-mohmand-militant-attack: date_start: ")
    assert lines[1].startswith("2021-01-06-mohmand-militant-attack: status: ")
    assert ", 2 faults" in lines[-1]


def test_json(broken_store: Path, capsys: Capture) -> None:
    assert main(["validate", str(broken_store), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found.keys() == {"file", "valid", "incidents", "claims", "version", "faults", "warnings"}
    assert (found["valid"], [fault["field"] for fault in found["faults"]]) == (False, ["date_start", "status"])


def test_a_file_that_is_no_json_is_the_data_s_fault(broken_store: Path, capsys: Capture) -> None:
    broken_store.write_text("{", encoding="utf-8")
    assert main(["validate", str(broken_store)]) == 1
    assert "is not JSON" in capsys.readouterr().out


@pytest.fixture
def reported(tmp_path: Path) -> Path:
    """A copy of the store in which a newspaper denies twice: once by itself, once what it only reports."""
    for file in IncidentStore().files:
        (tmp_path / file.name).write_bytes(file.read_bytes())
    path = tmp_path / INCIDENTS_FILE.name
    document = json.loads(path.read_text("utf-8"))
    claim = {"by": "dawn", "stance": "denies", "about": "event", "scope": "incident", "source": 0}
    own = claim | {"note": "its own finding: no crater at the place"}
    document["features"] = document["features"][:1]
    document["features"][0]["properties"]["claims"] += [claim, own]
    path.write_text(json.dumps(document), "utf-8")
    return path


def test_a_newspaper_that_reports_a_denial_is_a_warning(reported: Path, capsys: Capture) -> None:
    main(["validate", str(reported)])
    warnings = [line for line in capsys.readouterr().out.splitlines() if line.startswith("warning: ")]
    number = len(IncidentStore().read().incidents[0].claims)
    assert len(warnings) == 1
    assert (
        f"2021-01-06-mohmand-militant-attack: claims[{number}].by: Dawn is a media outlet: name whoever" in warnings[0]
    )


def test_warnings_are_told_as_json_and_make_nothing_invalid(capsys: Capture) -> None:
    assert main(["validate", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["valid"] is True
    assert all(warning.keys() == {"where", "field", "message"} for warning in found["warnings"])
