"""CSV: header first, and nothing that a spreadsheet would run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.export.columns import INCIDENT_SCHEMA
from geo.export.csv_format import csv_cell, csv_text
from geo.export.writing import FORMATS
from tests.geo.export.conftest import EVERYTHING, NOTHING, Written
from tests.geo.export.readers import raw


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1+1", "'＝1+1"),
        ("1=1", "1=1"),
        (-1, "-1"),
        (-0.5, "-0.5"),
        (False, "false"),
        (None, ""),
    ],
    ids=repr,
)
def test_text_is_never_a_formula_and_numbers_stay_numbers(value: object, cell: str) -> None:
    assert csv_cell(value) == cell


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2), max_size=5))
def test_any_text_comes_back_but_for_the_apostrophe(rows: list[list[str]]) -> None:
    read = raw(csv_text(["a", "b"], rows).encode())
    assert read[1:] == [[csv_cell(cell) for cell in row] for row in rows]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in read[1:] for cell in row)


@pytest.mark.parametrize(
    "filters",
    [
        pytest.param(EVERYTHING, id="everything"),
        pytest.param(NOTHING, id="nothing"),
    ],
)
def test_first_row_is_the_header(written: Written, filters: object) -> None:
    assert raw(written(filters, FORMATS["csv"]).read_bytes())[0] == INCIDENT_SCHEMA.names  # type: ignore[arg-type]
