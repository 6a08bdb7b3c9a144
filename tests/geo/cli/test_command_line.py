"""Help, options, and what is wrong with a command."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields

import pytest

from geo.cli import COMMANDS, command_line, main
from geo.selection import Filters
from geo.store.incident_store import INCIDENTS_FILE
from tests.geo.cli.conftest import ROOT, Capture


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_examples(command: str, printed: Callable[..., str]) -> None:
    text = printed(command, "--help")
    assert f"python -m geo {command}" in text.split("example", 1)[1]


def test_help_lists_every_command(printed: Callable[..., str]) -> None:
    text = printed("--help")
    assert all(f"    {command}" in text for command in COMMANDS)


@pytest.mark.parametrize("command", ["list", "aggregate", "figure", "export"])
def test_every_filter_is_an_option(command: str) -> None:
    parser = command_line([command])._subparsers._group_actions[0].choices[command]  # type: ignore[union-attr,index]
    options = {option for action in parser._actions for option in action.option_strings}
    assert {f"--{field.name}" for field in fields(Filters)} | {"--rule"} <= options


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        ([], "COMMAND"),
        (["fly"], "fly"),
        (["list", "--year", "20x"], "argument --year: '20x' is no year; write it as in 2025"),
        (["list", "--category", "war"], "argument --category: 'war' is none of: crossing, "),
        (["list", "--subtype", "x"], "argument --subtype: 'x' is none of: troop_flight, "),
        (["list", "--status", "sure"], "argument --status: 'sure' is none of: confirmed, disputed, reported"),
        (["list", "--country", "IR"], "argument --country: 'IR' is none of: AF, PK, TJ"),
        (["list", "--precision", "x"], "argument --precision: 'x' is none of: exact, near"),
        (["list", "--province", "AF-XXX"], "argument --province: 'AF-XXX' is none of: AF-"),
        (["list", "--since", "yesterday"], "argument --since: 'yesterday' is no day; write it as in 2025-10-11"),
        (["list", "--since", "2025-02-01", "--until", "2025-01-01"], "argument --until: 2025-01-01 is before"),
        (["list", "--actor", "Afgan Taliban"], "no incident has 'Afgan Taliban'; accepted: Afghan Taliban"),
        (["list", "--group", "goshta"], "argument --group: no incident has 'goshta'; accepted: goshta-fence-dec-2021"),
        (["list", "--dataset", "acled"], "argument --dataset: 'acled' needs --data, the folder or the address"),
        (
            ["list", "--rule", "total"],
            "argument --rule: 'total' is no rule; write one of: range, lowest, highest, own-side",
        ),
        (["list", "--rule", "claimant:unma"], "'unma' is no claimant of the register; did you mean claimant:unama"),
        (["list", "--rule", "claimant:Border Troops"], "did you mean claimant:tj-border-troops?"),
        (["list", "--rule", "claimant:nope"], "of the register; data/claimants.json lists them\n"),
        (["list", "--rule", "claimant:hamid-karzai"], "claimant:hamid-karzai states no figure that counts"),
        (["list", "--format", "xml"], "argument --format: invalid choice: 'xml'"),
        (["list", "--store", "nowhere.geojson"], "python -m geo list: error: there is no file nowhere.geojson"),
        (["list", "--store", str(ROOT)], f"python -m geo list: error: {ROOT} is a folder; name a file in it"),
        (["validate", str(ROOT)], f"{ROOT} is a folder; name a file in it"),
        (
            ["import", "x", "--workers", "0"],
            "argument --workers: '0' is not a possible number of workers; give at least 1",
        ),
        (["import", "x", "--retrieved", "today"], "argument --retrieved: 'today' is no day; write it as in 2025-10-11"),
        (["locate", str(ROOT), "--lon", "x", "--lat", "y", "-o", "-"], f"{ROOT} is a folder; name a file in it"),
        (["aggregate", "--by", "mood"], "argument --by: invalid choice: 'mood' (choose from 'province', 'year',"),
        (["validate", "nowhere.geojson"], "there is no file nowhere.geojson"),
        (["export", "-o", "incidents.doc"], "use one of: csv, geojson, gpkg, xlsx, parquet, kml"),
        (["export", "-o", "nowhere/incidents.csv"], "name a file in a folder that exists"),
        (["export", "-o", str(INCIDENTS_FILE)], "is the input; write to another file"),
        (["figure", "-o", "map.png", "--size", "A5"], "argument --size: 'A5' is none of: a4-landscape"),
        (["figure", "-o", "map.png", "--view", "1,2"], "argument --view: '1,2' is not a box"),
        (["figure", "-o", "map.png", "--view", "1,2,3,4"], "argument --view: '1,2,3,4' is not a box within 40,8,96,54"),
        (["figure", "-o", "map.png", "--dpi", "10"], "argument --dpi: '10' is not a possible resolution"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_command_names_the_option_and_what_is_accepted(capsys: Capture, argv: list[str], says: str) -> None:
    assert main(argv) == 2
    assert says in capsys.readouterr().err


def test_runs_as_a_module() -> None:
    run = subprocess.run([sys.executable, "-m", "geo", "--help"], cwd=ROOT, capture_output=True, check=False)
    assert (run.returncode, run.stderr) == (0, b"")
    assert b"exit codes: 0 done, 1 faults in the data, 2 a mistake in the command" in run.stdout


@pytest.mark.usefixtures("unread")
def test_a_reader_that_has_seen_enough_is_no_fault(capsys: Capture) -> None:
    assert main(["schema"]) == 0
    assert capsys.readouterr().err == ""
