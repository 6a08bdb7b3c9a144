"""Rows that hold every incident once, and totals that count a whole event once."""

import json
from collections.abc import Callable

import pandas as pd
import pytest

from geo.claims import RANGE
from geo.filters import Filters
from geo.table import IncidentTable
from tests.geo.cli.conftest import rows_of


@pytest.mark.parametrize("by", ["province", "year", "month", "category"])
def test_rows_hold_every_chosen_incident_once(printed: Callable[..., str], table: IncidentTable, by: str) -> None:
    rows = rows_of(printed("aggregate", "--by", by, "--country", "AF", "--format", "csv"))
    assert sum(int(row["incidents"]) for row in rows) == table.count(Filters(country=("AF",)))
    assert {row["toll_rule"] for row in rows} == {RANGE.name}


def test_months_have_no_gaps(printed: Callable[..., str]) -> None:
    rows = rows_of(printed("aggregate", "--by", "month", "--country", "TJ", "--format", "csv"))
    months = [row["month"] for row in rows]
    assert months == [str(month) for month in pd.period_range(months[0], months[-1], freq="M")]


def test_a_whole_event_counts_once_in_the_total(printed: Callable[..., str]) -> None:
    found = json.loads(printed("aggregate", "--by", "province", "--year", "2025", "--format", "json"))
    assert sum(row["killed_high"] or 0 for row in found["rows"]) > found["total"]["killed_high"]
    assert any(row["killed_split"] for row in found["rows"])


def test_the_table_leaves_out_empty_provinces_and_names_the_rule(printed: Callable[..., str]) -> None:
    text = printed("aggregate", "--by", "province", "--country", "TJ")
    assert [line.split()[0] for line in text.splitlines()[2:] if line[:2] in ("TJ", "AF", "PK")] == [
        "TJ-GB",
        "TJ-KT",
    ]
    assert f"People: {RANGE.name}." in text


@pytest.mark.parametrize("by", ["year", "month", "category", "province"])
def test_an_empty_choice_has_no_incidents(printed: Callable[..., str], by: str) -> None:
    found = json.loads(printed("aggregate", "--by", by, "--year", "1990", "--format", "json"))
    assert found["total"]["incidents"] == sum(row["incidents"] for row in found["rows"]) == 0
