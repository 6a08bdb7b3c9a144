"""What is listed, and how."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.casualties import RANGE
from geo.cli import main
from geo.selection import Filters
from geo.sentences import when
from geo.store.incident_store import INCIDENTS_FILE
from geo.table.incident_table import IncidentTable
from tests.geo.cli.conftest import Capture, rows_of


@pytest.mark.parametrize(
    ("argv", "filters"),
    [
        ([], Filters()),
        (["--year", "2025", "--year", "2024"], Filters(year=(2024, 2025))),
        (["--year", "2025", "2024"], Filters(year=(2024, 2025))),
        (["--category", "strike", "--status", "disputed"], Filters(category=("strike",), status=("disputed",))),
        (["--since", "2025-10-11", "--until", "2025-10-12"], Filters(since="2025-10-11", until="2025-10-12")),
        (["--province", "AF-KHO", "PK-KP"], Filters(province=("AF-KHO", "PK-KP"))),
        (["--q", "spin boldak"], Filters(q="spin boldak")),
        (["--actor", "afghan taliban"], Filters(actor=("Afghan Taliban",))),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_lists_what_the_filters_choose(
    seen: Callable[..., str], table: IncidentTable, argv: list[str], filters: Filters
) -> None:
    expected = [incident.id for incident in table.selected(filters)]
    assert expected
    assert [row["id"] for row in rows_of(seen("list", *argv, "--format", "csv"))] == expected


def test_json_says_what_was_chosen_and_by_which_rule(seen: Callable[..., str], table: IncidentTable) -> None:
    found = json.loads(seen("list", "--year", "2025", "--format", "json"))
    assert found.keys() == {"incidents", "of", "filters", "rule", "data_version", "rows"}
    assert (found["incidents"], found["of"]) == (len(found["rows"]), len(table))
    assert (found["filters"], found["rule"]["name"]) == ({"year": ["2025"]}, RANGE.name)


def test_the_table_is_aligned_and_names_the_rule(seen: Callable[..., str]) -> None:
    header, rule, *lines = seen("list", "--year", "2025").splitlines()
    at = header.index("incident")
    assert set(rule) == {"-", " "}
    assert all(line[at - 1] == " " and line[at] != " " for line in lines[: lines.index("")])
    assert f"People: {RANGE.name}." in "\n".join(lines)


def test_a_day_that_is_not_known_is_not_printed(seen: Callable[..., str], table: IncidentTable) -> None:
    unsure = [incident for incident in table.incidents if incident.date_precision != "day"]
    lines = seen("list", "--date_precision", "week", "month").splitlines()
    for incident in unsure:
        (line,) = [line for line in lines if line.endswith(f" {incident.id}")]
        assert line.startswith(f"{when(incident)}  ")


def test_an_empty_choice_is_a_header(seen: Callable[..., str]) -> None:
    assert seen("list", "--year", "1990", "--format", "csv").startswith("\ufeffid,dataset,")
    assert seen("list", "--year", "1990").startswith("when")


def test_sound_incidents_of_a_faulty_store_are_listed(
    broken_store: Path, table: IncidentTable, capsys: Capture
) -> None:
    assert main(["list", "--store", str(broken_store), "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["of"] == len(table) - 1
    assert "2021-01-06-mohmand-militant-attack: status: " in err


def test_text_cannot_steer_the_terminal(broken_store: Path, capsys: Capture) -> None:
    document = json.loads(INCIDENTS_FILE.read_text(encoding="utf-8"))
    document["features"][0]["properties"]["title"] = "gone \u202etxt"
    broken_store.write_text(json.dumps(document), encoding="utf-8")
    assert main(["list", "--store", str(broken_store)]) == 0
    assert "gone \ufffdtxt" in capsys.readouterr().out
