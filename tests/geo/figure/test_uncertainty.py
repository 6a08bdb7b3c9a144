"""How roughly places are known: a band along the border that can be seen, and whole or broken rings."""

from functools import cache
from typing import Any

import pytest
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex

from geo.figure.drawing import draw, plan
from geo.figure.options import FigureOptions
from geo.incident.vocabulary import Category
from geo.places.boundaries import Boundaries, boundaries
from geo.places.plane import REGION, BBox
from geo.selection import Filters
from geo.symbology.symbols import LIGHT
from geo.table.incident_table import IncidentTable
from tests.conftest import shipped_table

pytestmark = pytest.mark.slow

_VIEWS = [REGION, BBox(69, 32, 72, 35)]


@cache
def strokes(view: BBox) -> list[LineCollection]:
    """Return the lines of a figure, those below first; drawn once for each view."""
    layers = boundaries()
    drawn = draw(plan(Filters(year=(2025,)), shipped_table(), layers, FigureOptions(view=view)), layers)
    return sorted(drawn.findobj(LineCollection), key=lambda line: line.get_zorder())


def looks(line: Any) -> tuple[float, str, float]:
    """Return width in points, colour and opacity."""
    return float(line.get_linewidth()[0]), to_hex(line.get_edgecolor()[0]), float(line.get_alpha() or 1)


@pytest.mark.parametrize("view", _VIEWS, ids=str)
def test_a_stretch_on_the_map_looks_as_in_the_legend(view: BBox) -> None:
    bands = [looks(line) for line in strokes(view) if looks(line)[1] == Category.CLASH.light.lower()]
    bands = [band for band in bands if band[2] < 0.5]
    assert len(bands) > 1
    assert len(set(bands)) == 1
    assert bands[0][0] >= 2


@pytest.mark.parametrize(("precision", "broken"), [("near", False), ("district", True)])
def test_a_ring_is_broken_round_a_district_and_not_round_a_point(
    table: IncidentTable, layers: Boundaries, precision: str, *, broken: bool
) -> None:
    options = FigureOptions(view=BBox(69, 32, 72, 35), legend=False, inset=False)
    figure = draw(plan(Filters(precision=(precision,)), table, layers, options), layers)
    rings = [line for line in figure.findobj(LineCollection) if looks(line)[2] == pytest.approx(0.6)]
    assert rings
    assert {dashes is not None for line in rings for _, dashes in line.get_linestyle()} == {broken}


@pytest.mark.parametrize("view", _VIEWS, ids=str)
def test_the_casing_of_the_durand_line_does_not_hide_a_stretch(view: BBox) -> None:
    drawn = [looks(line) for line in strokes(view)]
    casing = next(n for n, (_, colour, _) in enumerate(drawn) if colour == LIGHT.line_casing.lower())
    line = next(n for n, (_, colour, _) in enumerate(drawn) if n > casing and colour == LIGHT.cased_line.lower())
    bands = [n for n, (_, colour, alpha) in enumerate(drawn) if colour == Category.CLASH.light.lower() and alpha < 0.5]
    assert [n for n in bands[:-1] if not casing < n < line] == []
