"""A stretch of ground to look at."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.places.plane import REGION, BBox


def edges(limit):
    """Two different degrees in order."""
    return st.lists(st.floats(-limit, limit), min_size=2, max_size=2, unique=True).map(sorted)


@given(edges(180), edges(90))
def test_what_is_written_is_read_as_it_was(lons, lats):
    box = BBox(lons[0], lats[0], lons[1], lats[1])
    assert BBox.parse(str(box)) == box


def test_a_box_is_written_without_needless_figures():
    assert str(BBox(69, 32.0, 72.5, 35)) == "69,32,72.5,35"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("69,32,72", "no box; write west,south,east,north"),
        ("", "no box; write west,south,east,north"),
        ("69,32,72,north", "could not convert"),
        ("72,32,69,35", "expected west < east"),
        ("69,35,72,32", "south < north"),
        ("69,32,69,35", "expected west < east"),
        ("-181,32,72,35", "within ±180"),
        ("69,32,72,91", "within ±90"),
        ("nan,32,72,35", "expected west < east"),
        ("69,32,inf,35", "within ±180"),
    ],
)
def test_what_is_no_box_is_refused(text, message):
    with pytest.raises(ValueError, match=message):
        BBox.parse(text)


@pytest.mark.parametrize(
    ("lon", "lat", "inside"),
    [
        pytest.param(70, 33, True, id="inside"),
        pytest.param(69, 32, True, id="corner"),
        pytest.param(72, 35, True, id="other-corner"),
        pytest.param(68.999, 33, False, id="west"),
        pytest.param(70, 35.001, False, id="north"),
        pytest.param(math.nan, 33, False, id="no-number"),
    ],
)
def test_edges_belong_to_the_box(lon, lat, inside):
    assert BBox(69, 32, 72, 35).contains(lon, lat) is inside


def test_the_region_holds_the_three_countries_whole(layers):
    west, south, east, north = layers.provinces.total_bounds
    assert REGION.contains(west, south)
    assert REGION.contains(east, north)
    assert REGION.polygon().covers(layers.provinces.union_all())
