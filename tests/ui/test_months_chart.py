"""Counted months as the browser draws them."""

from datetime import date

import pandas as pd
import pytest

from geo.incident.vocabulary import Category
from ui.map_and_months import _columns, _later, _tip


def test_a_month_without_incidents_has_a_column_too() -> None:
    months = pd.to_datetime(["2025-11-01", "2025-11-01", "2026-02-01"])
    counts = pd.DataFrame({"month": months, "category": ["clash", "strike", "strike"], "incidents": [2, 1, 4]})
    assert _columns(counts, ["strike", "clash"]) == [[1, 2], [0, 0], [0, 0], [4, 0]]


@pytest.mark.parametrize(
    ("numbers", "later", "lines"),
    [
        pytest.param([1, 2], 0, ["1 strike", "2 clashes"], id="counts"),
        pytest.param([1000, 0], 1, ["1,000 strikes", "1 may have begun later: day not known"], id="a-day-not-known"),
        pytest.param([0, 0], 0, ["no incidents"], id="nothing"),
    ],
)
def test_a_month_says_what_may_belong_to_a_later_one(numbers, later, lines) -> None:
    assert _tip([Category.STRIKE, Category.CLASH], numbers, later) == lines


@pytest.mark.parametrize(
    ("month", "months", "expected"),
    [
        ("2025-11-01", 0, "2025-11-01"),
        ("2025-11-01", 1, "2025-12-01"),
        ("2025-11-01", 2, "2026-01-01"),
        ("2021-01-01", 66, "2026-07-01"),
    ],
)
def test_months_later(month, months, expected) -> None:
    assert _later(date.fromisoformat(month), months) == date.fromisoformat(expected)
