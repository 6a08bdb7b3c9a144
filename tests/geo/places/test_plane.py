"""Lengths on the ground of what is computed on the plane."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.places.plane import GEOD, TO_PLANE, on_globe, squared, true_length_m

LON, LAT = st.floats(58, 80), st.floats(22, 42)


def on_plane(lon, lat):
    return np.column_stack(TO_PLANE.transform([lon], [lat]))


@given(LON, LAT, LON, LAT)
def test_a_length_on_the_plane_is_that_on_the_ground(lon, lat, other_lon, other_lat):
    found = true_length_m(on_plane(lon, lat), on_plane(other_lon, other_lat))[0]
    assert found == pytest.approx(GEOD.inv(lon, lat, other_lon, other_lat)[2], rel=0.001, abs=0.01)


@pytest.mark.parametrize(
    ("lon", "lat", "point"),
    [(0, 0, (1, 0, 0)), (90, 0, (0, 1, 0)), (0, 90, (0, 0, 1)), (123, -90, (0, 0, -1)), (180, 0, (-1, 0, 0))],
)
def test_the_globe_has_its_axes_where_they_belong(lon, lat, point):
    assert on_globe(np.array([lon]), np.array([lat]))[0] == pytest.approx(point, abs=1e-12)


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_the_globe_has_the_radius_one(lon, lat):
    assert squared(on_globe(np.array([lon]), np.array([lat]))) == pytest.approx(1)
