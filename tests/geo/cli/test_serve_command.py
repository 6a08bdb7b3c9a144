"""`serve`: what it says, and what it starts; `tests/test_package.py` serves."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.cli import main, serve_command
from geo.store.incident_store import INCIDENTS_FILE
from tests.geo.cli.conftest import ROOT, Capture

APP = str(ROOT / "app.py")
USUAL = ["--server.port=8501", "--server.showEmailPrompt=false"]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """What would have been started; the environment is put back."""
    commands: list[list[str]] = []
    monkeypatch.setenv("INCIDENT_MAP_DATA", str(tmp_path / "usual"))
    monkeypatch.setenv("INCIDENT_MAP_STORE", "")
    monkeypatch.setattr(serve_command, "_served", lambda command: commands.append(command) or 0)
    return commands


@pytest.mark.parametrize(
    ("given", "options"),
    [
        pytest.param([], USUAL, id="as it comes"),
        pytest.param(["--port", "8600"], ["--server.port=8600", USUAL[1]], id="port"),
        pytest.param(["--address", "0.0.0.0"], [*USUAL, "--server.address=0.0.0.0"], id="address"),
        pytest.param(["--no-browser"], [*USUAL, "--server.headless=true"], id="no browser"),
        pytest.param(["--", "--server.baseUrlPath", "map"], [*USUAL, "--server.baseUrlPath", "map"], id="Streamlit's"),
    ],
)
def test_options_are_handed_on(started: list[list[str]], given: list[str], options: list[str]) -> None:
    assert main(["serve", *given]) == 0
    assert started == [[sys.executable, "-m", "streamlit", "run", APP, *options]]


def test_it_says_what_is_served_from_where(
    started: list[list[str]], printed: Callable[..., str], tmp_path: Path
) -> None:
    assert printed("serve") == f"Record: {INCIDENTS_FILE}\nImported datasets: {tmp_path / 'usual'}\n"
    assert len(started) == 1


def test_another_record_and_other_datasets_are_served(
    started: list[list[str]], printed: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.geojson").touch()
    monkeypatch.chdir(tmp_path)
    said = printed("serve", "--store", "own.geojson", "--data", "sets")
    assert said == f"Record: {tmp_path / 'own.geojson'}\nImported datasets: {tmp_path / 'sets'}\n"
    assert (os.environ["INCIDENT_MAP_STORE"], os.environ["INCIDENT_MAP_DATA"]) == (
        str(tmp_path / "own.geojson"),
        str(tmp_path / "sets"),
    )
    assert len(started) == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        pytest.param(["--port", "0"], "argument --port: '0' is not a port; give a number from 1 to 65535", id="port"),
        pytest.param(["--port", "x"], "'x' is not a port", id="no number"),
        pytest.param(["--store", "nope"], "argument --store: there is no file nope", id="no file"),
        pytest.param(["--data", str(ROOT / "data")], "argument --data: ", id="in the project"),
    ],
)
def test_what_cannot_be_served_is_refused(
    started: list[list[str]], capsys: Capture, given: list[str], says: str
) -> None:
    assert main(["serve", *given]) == 2
    assert says in capsys.readouterr().err
    assert started == []


def test_the_record_that_came_with_an_installed_program_is_said_to_be_for_reading(
    started: list[list[str]], printed: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve_command, "INSTALLED", True)
    said = printed("serve")
    assert (
        f"{INCIDENTS_FILE}, which came with the program and is read-only; name another with --store FILE or INCIDENT"
        in said
    )
    assert started[0][:2] == [sys.executable, "-P"]
