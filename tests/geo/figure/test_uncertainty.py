"""A stretch of the border is a band that can be seen, on the map as in the legend."""

from typing import Any

import pytest
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex

from geo.boundaries import Boundaries
from geo.figure import FigureOptions
from geo.figure.drawing import draw
from geo.figure.plan import plan
from geo.filters import Filters
from geo.symbols import LIGHT
from geo.table import IncidentTable
from geo.viewport import REGION, BBox

_VIEWS = [REGION, BBox(69, 32, 72, 35)]


def strokes(table: IncidentTable, layers: Boundaries, view: BBox) -> list[LineCollection]:
    """Return the lines of a figure, those below first."""
    drawn = draw(plan(Filters(year=(2025,)), table, layers, FigureOptions(view=view)), layers)
    return sorted(drawn.findobj(LineCollection), key=lambda line: line.get_zorder())


def looks(line: Any) -> tuple[float, str, float]:
    """Return width in points, colour and opacity."""
    return float(line.get_linewidth()[0]), to_hex(line.get_edgecolor()[0]), float(line.get_alpha() or 1)


@pytest.mark.parametrize("view", _VIEWS, ids=str)
def test_a_stretch_on_the_map_looks_as_in_the_legend(view: BBox, table: IncidentTable, layers: Boundaries) -> None:
    bands = [looks(line) for line in strokes(table, layers, view) if looks(line)[1] == LIGHT.clash.lower()]
    bands = [band for band in bands if band[2] < 0.5]
    assert len(bands) > 1
    assert len(set(bands)) == 1
    assert bands[0][0] >= 2


@pytest.mark.parametrize("view", _VIEWS, ids=str)
def test_the_casing_of_the_durand_line_does_not_hide_a_stretch(
    view: BBox, table: IncidentTable, layers: Boundaries
) -> None:
    drawn = [looks(line) for line in strokes(table, layers, view)]
    casing = next(n for n, (_, colour, _) in enumerate(drawn) if colour == LIGHT.durand_casing.lower())
    line = next(n for n, (_, colour, _) in enumerate(drawn) if n > casing and colour == LIGHT.durand_line.lower())
    bands = [n for n, (_, colour, alpha) in enumerate(drawn) if colour == LIGHT.clash.lower() and alpha < 0.5]
    assert [n for n in bands[:-1] if not casing < n < line] == []
