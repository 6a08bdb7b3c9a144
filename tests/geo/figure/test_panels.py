"""Panels find empty corners."""

import pytest
import shapely

from geo.figure.options import FigureOptions
from geo.figure.panels import Corners, Panels, _credit
from geo.figure.sheet import Room, spiral
from geo.places.plane import GROUND

pytestmark = pytest.mark.slow

_BOX = shapely.box(0, 0, 200, 100)
_CORNERS = {
    "lower left": shapely.box(0, 0, 60, 45),
    "lower right": shapely.box(140, 0, 200, 45),
    "upper left": shapely.box(0, 55, 60, 100),
    "upper right": shapely.box(140, 55, 200, 100),
}


def corners(*marks: shapely.Polygon, costs: dict[float, shapely.Polygon] | None = None) -> Corners:
    room = Room(_BOX, gap_mm=0)
    room.take(*marks)
    return Corners(box=_BOX, marks=room, costs=costs or {}, scale=1.0)


@pytest.mark.parametrize("empty", _CORNERS)
def test_an_inset_goes_to_the_corner_without_incidents(empty: str) -> None:
    marks = [corner for name, corner in _CORNERS.items() if name != empty]
    panels = corners(*marks).panels({"inset": (40, 30)})
    assert panels.inset is not None
    assert _CORNERS[empty].covers(panels.inset)


def test_an_inset_leaves_the_land_to_the_map() -> None:
    land = shapely.union_all([_CORNERS["lower left"], _CORNERS["upper left"], _CORNERS["upper right"]])
    panels = corners(costs={1.0: land}).panels({"inset": (40, 30)})
    assert panels.inset is not None
    assert panels.inset.intersection(land).area == 0


def test_a_scale_bar_stays_at_the_foot_even_on_land() -> None:
    foot = shapely.box(0, 0, 200, 45)
    panels = corners(costs={1.0: foot}).panels({"scale_bar": (40, 8)})
    assert panels.scale_bar is not None
    assert panels.scale_bar.bounds[1] < 5


def test_panels_do_not_cover_each_other() -> None:
    panels = corners().panels({"note": (50, 50), "scale_bar": (50, 8), "inset": (40, 30)})
    assert (len(panels.all()), panels.covered_mm2([])) == (3, 0)


def test_what_is_covered_is_counted() -> None:
    panels = Panels(note=shapely.box(0, 0, 10, 10), inset=shapely.box(5, 0, 15, 10))
    assert panels.covered_mm2([shapely.box(0, 0, 2, 2)]) == 4 + 50


@pytest.mark.parametrize(
    ("shape", "free"),
    [
        pytest.param(shapely.box(20, 20, 30, 30), False, id="on it"),
        pytest.param(shapely.box(26.5, 20, 36, 30), False, id="nearer than the gap"),
        pytest.param(shapely.box(28, 20, 38, 30), True, id="beside it"),
        pytest.param(shapely.box(195, 20, 205, 30), False, id="sticks out"),
    ],
)
def test_room_is_free_or_taken(shape: shapely.Polygon, *, free: bool) -> None:
    room = Room(_BOX, gap_mm=2)
    room.take(shapely.box(15, 15, 25, 25))
    assert room.is_free(shape) is free


@pytest.mark.parametrize(
    ("line", "first"),
    [
        pytest.param(shapely.LineString([(5, 0), (5, 100)]), 1, id="the second does not cross it"),
        pytest.param(shapely.LineString([(0, 50), (200, 50)]), 0, id="none crosses it"),
    ],
)
def test_a_shape_that_crosses_no_line_is_better(line: shapely.LineString, first: int) -> None:
    shapes = [shapely.box(0, 0, 10, 10), shapely.box(20, 0, 30, 10)]
    assert Room(_BOX, gap_mm=1).first_free(shapes, avoiding=line) == first


def test_a_spiral_goes_outwards() -> None:
    away = (spiral(2.0, 9.0) ** 2).sum(axis=1) ** 0.5
    assert (away[0], round(away[-1], 6), len(away)) == (0, 8, 1 + 4 * 12)
    assert (away[1:] >= away[:-1] - 1e-9).all()


@pytest.mark.parametrize("credit", ["The Daily", "Map: The Daily", "map : The Daily"])
def test_a_maker_is_named_once(credit: str) -> None:
    assert _credit("", FigureOptions(view=GROUND, credit=credit)).startswith("Map: The Daily. ")
