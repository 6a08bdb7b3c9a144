"""Rows that hold every incident once, and totals that count a whole event once."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from geo.casualties import RANGE
from geo.cli import main
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from tests.conftest import make_claim, make_incident, without_place
from tests.geo.cli.conftest import Capture, rows_of
from tests.geo.stores import store_of


@pytest.mark.parametrize("by", ["province", "year", "month", "category"])
def test_rows_hold_every_chosen_incident_once(seen: Callable[..., str], table: IncidentTable, by: str) -> None:
    rows = rows_of(seen("aggregate", "--by", by, "--country", "AF", "--format", "csv"))
    repeated = sum(int(row["in_several"]) for row in rows if row["province_code"] != "none") if by == "province" else 0
    assert sum(int(row["incidents"]) for row in rows) - repeated == table.count(Filters(country=("AF",)))
    assert {row["toll_rule"] for row in rows} == {RANGE.name}


def test_months_have_no_gaps(seen: Callable[..., str]) -> None:
    rows = rows_of(seen("aggregate", "--by", "month", "--country", "TJ", "--format", "csv"))
    months = [row["month"] for row in rows]
    assert months == [str(month) for month in pd.period_range(months[0], months[-1], freq="M")]


def test_a_claim_for_a_whole_cluster_is_in_no_row_that_has_only_a_part_of_it(seen: Callable[..., str]) -> None:
    found = json.loads(seen("aggregate", "--by", "province", "--year", "2025", "--format", "json"))
    assert sum(row["killed_high"] or 0 for row in found["rows"]) < found["total"]["killed_high"]
    helmand = next(row for row in found["rows"] if row["province_code"] == "AF-HEL")
    assert "for the whole of “Fighting along the Durand Line, 11–12 October 2025”" in helmand["cluster_claims"]
    assert "so it is in no total" in helmand["cluster_claims"]


def test_the_table_lists_what_is_in_no_total(seen: Callable[..., str]) -> None:
    text = seen("aggregate", "--by", "category", "--group", "border-closure-2025-10")
    assert "claimed for an event cluster" not in text
    assert "not added up: 10,700 Afghan returnees" in text


def test_the_table_leaves_out_empty_provinces_and_names_the_rule(seen: Callable[..., str]) -> None:
    text = seen("aggregate", "--by", "province", "--country", "TJ")
    assert [line.split()[0] for line in text.splitlines()[2:] if line[:2] in ("TJ", "AF", "PK")] == [
        "TJ-GB",
        "TJ-KT",
    ]
    assert f"People: {RANGE.name}." in text


@pytest.mark.parametrize("by", ["year", "month", "category", "province"])
def test_an_empty_choice_has_no_incidents(seen: Callable[..., str], by: str) -> None:
    found = json.loads(seen("aggregate", "--by", by, "--year", "1990", "--format", "json"))
    assert found["total"]["incidents"] == sum(row["incidents"] for row in found["rows"]) == 0
    heads, _, *rows = seen("aggregate", "--by", by, "--year", "1990").splitlines()
    assert {"incidents", "disputed", "killed"} <= set(heads.split())
    assert rows[0].split() == ["all", *"00000"]


def test_a_row_without_figures_of_a_dataset_has_the_columns_of_the_others(
    seen: Callable[..., str], many_datasets: Path
) -> None:
    asked = ("aggregate", "--by", "category", "--data", str(many_datasets), "--format")
    found, rows = json.loads(seen(*asked, "json"))["rows"], rows_of(seen(*asked, "csv"))
    assert {row["killed_high_acled"] is None for row in found} == {True, False}
    assert [(row["killed_high_acled"], row["toll_rule"]) for row in rows] == [
        (str(row["killed_high_acled"] or ""), RANGE.name) for row in found
    ]


@pytest.fixture
def several(tmp_path: Path) -> str:
    """The option for a store of one incident in Khost, one in two provinces, and one in none that is known."""
    together = make_incident("b", province=None, provinces=("Paktia", "Kunar"), claims=[make_claim(value=30)])
    return f"--store={store_of(tmp_path / 'store', make_incident('a'), together, without_place(id='c')).path}"


def test_an_incident_in_several_provinces_is_in_each_row_and_once_in_the_total(
    printed: Callable[..., str], several: str
) -> None:
    found = json.loads(printed("aggregate", "--by", "province", several, "--format", "json"))
    rows = {row["province_code"]: row for row in found["rows"] if row["incidents"]}
    counts = {code: (row["incidents"], row["in_several"], row["killed_high"]) for code, row in rows.items()}
    assert counts == {"AF-KHO": (1, 0, 4), "AF-KNR": (1, 1, None), "AF-PIA": (1, 1, None), "none": (2, 1, 34)}
    assert (found["total"]["incidents"], found["total"]["killed_high"]) == (3, 38)


def test_the_table_says_why_its_column_adds_up_to_more(printed: Callable[..., str], several: str) -> None:
    text = printed("aggregate", "--by", "province", several)
    assert "1 incident lies in several provinces: it is counted under each of its selected" in text
    assert "So the column adds up to 5, not 3." in text
    assert re.search(r"AF-PIA +Paktia +1 .*with other provinces only", text)
    assert "several provinces" not in printed("aggregate", "--by", "year", several)


def test_a_choice_of_a_province_says_what_it_shares_and_what_is_not_known(
    printed: Callable[..., str], several: str
) -> None:
    text = printed("list", "--province", "AF-PIA", several)
    assert "AF-PIA; AF-KNR" in text
    assert "1 incident lies in several provinces (Kunar and Paktia): its figures are for all of these." in text
    assert "1 more incident in this selection has no known province: --province unknown" in text
    assert "1 of 3 incidents." in printed("list", "--province", "unknown", several)


def test_long_lines_are_broken_for_a_terminal_and_stay_whole_in_a_file(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    argv = ["aggregate", "--by", "category", "--country", "AF"]
    assert main(argv) == 0
    whole = capsys.readouterr().out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    assert main(argv) == 0
    broken = capsys.readouterr().out
    claims = broken[broken.index("120 of") :]
    assert max(map(len, claims.splitlines())) <= 80
    assert claims.split() == whole[whole.index("120 of") :].split()
