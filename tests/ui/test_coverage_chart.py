"""The chart of months on the page on data quality: its key draws a quiet month as the chart does."""

import pytest

from geo.aggregate.coverage import MonthState, coverage, month_states
from geo.selection import Filters
from ui.quality_view import _months_chart


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({}, id="everything"),
        pytest.param({"country": ["TJ"]}, id="a country"),
    ],
)
def test_the_key_draws_quiet_months_as_the_chart_does(table, layers, query):
    filters = Filters.from_query(query)
    drawn = _months_chart(month_states(table.months(filters), filters, coverage(), layers)).to_dict()
    marks = next(layer for layer in drawn["layer"] if layer["mark"]["type"] == "point")
    shapes = marks["encoding"]["shape"]["scale"]
    key = dict(zip(shapes["domain"], shapes["range"], strict=True))
    assert key.pop(MonthState.QUIET.value) == "circle"
    assert set(key.values()) == {"square"}
    assert marks["mark"]["filled"] is True
    legends = [layer["encoding"]["color"]["legend"] for layer in drawn["layer"] if "color" in layer["encoding"]]
    assert all("symbolType" not in legend for legend in legends)
