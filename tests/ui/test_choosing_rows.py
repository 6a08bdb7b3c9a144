"""What stands under a table says what works: in Streamlit's grid a click on a cell chooses no row."""

import re
from pathlib import Path

import pytest

from ui.parts.tables import how_to_choose

ROOT = Path(__file__).resolve().parents[2]
ROWS = re.compile(r"^ +choosable_table\(|selection_mode=\"single-row\"", re.MULTILINE)
TABLES = [path for path in sorted((ROOT / "ui").rglob("*.py")) if ROWS.search(path.read_text("utf-8"))]


def test_there_are_tables_with_rows_to_choose():
    assert len(TABLES) >= 6


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_each_table_says_that_a_row_is_ticked(path):
    text = path.read_text("utf-8")
    assert "how_to_choose(" in text
    assert "Click a row" not in text
    assert ", a row to" not in text


def test_mouse_and_keys_are_named():
    assert how_to_choose("open its card") == (
        "Tick a row in the column at its left, or press Shift and Space in it, to open its card."
    )
