"""Cells of tables: what they show, what they sort by, and that no text of theirs is markup."""

from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from geo.incident.record import Incident
from geo.sentences import when
from ui.parts import tables
from ui.parts.tables import Cell, links_cell, trend_cell, when_cell

HOSTILE = "<img src=x onerror=alert(1)>"


def test_days_sort_by_the_first_that_is_possible(incidents: tuple[Incident, ...]) -> None:
    ordered = sorted(incidents, key=lambda i: str(when_cell(i.date_start, when(i)).sort))
    assert all(one.date_start <= other.date_start for one, other in pairwise(ordered))
    assert when_cell(date(2025, 1, 1), "about then").shown == "about then"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        pytest.param("Khost", Cell("Khost"), id="text"),
        pytest.param(1037, Cell("1,037", 1037.0), id="number"),
        pytest.param(np.int64(0), Cell("0", 0.0), id="none of them"),
        pytest.param(np.bool_(True), Cell("✓", 1), id="yes"),  # noqa: FBT003  # a value of a frame
        pytest.param(False, Cell("", 0), id="no"),
        *(pytest.param(value, Cell("?", ""), id=str(value)) for value in (None, float("nan"), pd.NA, pd.NaT)),
    ],
)
def test_a_value_is_shown_and_sorts(value: object, cell: Cell) -> None:
    assert tables._cell(value, None, "?") == cell


def test_a_trend_is_as_high_as_the_highest_in_the_table() -> None:
    drawn = trend_cell([0, 2, 4], 8)
    assert (drawn.shown.count("<rect"), drawn.sort) == (2, 6)
    assert 'y="10.0" width="3" height="10.0"' in drawn.shown


def test_text_of_data_is_no_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = {}
    monkeypatch.setattr(tables, "draw_component", lambda _, **given: drawn.update(given["data"]))
    rows = pd.DataFrame({HOSTILE: [HOSTILE], "Link": [links_cell({"open": f'https://x/"{HOSTILE}', "b": None}, "–")]})
    tables.choosable_table(rows, key="t", ids=[HOSTILE], on_choose=print, chosen=None, label=HOSTILE, height=9)
    assert drawn["html"].count("&lt;img src=x onerror=alert(1)&gt;") == 5
    assert "<img" not in drawn["html"]
    assert drawn["html"].count("<a ") == 1
