"""The log of versions: what is entered is what is read."""

import json

import pytest

from geo.incident.errors import DataError
from geo.versions.comparing import compare
from geo.versions.released import LOG_FILE, Version, dump_log, entered, read_log
from tests.conftest import make_incident
from tests.geo.versions.editions import edition


def version(name, before="before", **changes) -> Version:
    difference = compare(edition(make_incident()), edition(make_incident(**changes)))
    return Version(version=name, date="2026-01-02", before=before, difference=difference)


def test_a_log_comes_back_and_is_written_alike(tmp_path) -> None:
    log = (version("2", title="Two"), version("1", title="One"))
    path = tmp_path / "log.json"
    path.write_text(dump_log(log), encoding="utf-8")
    assert read_log(path) == log
    assert dump_log(read_log(path)) == path.read_text("utf-8")


def test_a_new_version_stands_first_and_a_known_one_in_its_place() -> None:
    log = entered(entered((), version("1")), version("2"))
    assert [entry.version for entry in log] == ["2", "1"]
    again = version("1", before="again")
    assert entered(log, again) == (log[0], again)


def test_no_log_holds_no_version(tmp_path) -> None:
    assert read_log(tmp_path / "none.json") == ()


@pytest.mark.parametrize("text", ["", "{", "[1]", '[{"version": "1"}]'])
def test_what_is_no_log_is_said(tmp_path, text) -> None:
    path = tmp_path / "log.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"log\.json"):
        read_log(path)


def test_the_shipped_log_is_sound_and_in_its_own_form() -> None:
    log = read_log()
    assert log
    assert dump_log(log) == LOG_FILE.read_text("utf-8")
    assert len({entry.version for entry in log}) == len(log)


def test_the_shipped_log_names_incidents_that_the_record_holds(incidents) -> None:
    newest = json.loads(LOG_FILE.read_text("utf-8"))[0]["difference"]
    named = {row["id"] for part in ("added", "changed") for row in newest.get(part, [])}
    assert named <= {incident.id for incident in incidents}


def test_a_folder_in_its_place_is_told(tmp_path):
    (tmp_path / "CHANGELOG.json").mkdir()
    with pytest.raises(DataError, match=r"CHANGELOG.json: cannot be read: .*; restore it as it came with the program"):
        read_log(tmp_path / "CHANGELOG.json")
