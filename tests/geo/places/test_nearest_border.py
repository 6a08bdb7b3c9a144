"""Points are measured from the border that is nearer, and from no other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.incident.vocabulary import Border
from geo.places.boundaries import boundaries
from geo.places.locating import locate_from_nearest_border, side_decided

POINTS = st.lists(st.tuples(st.floats(58, 80), st.floats(22, 43)), min_size=1, max_size=8)


@given(POINTS)
def test_no_other_border_is_nearer(points):
    lon, lat = np.array(points).T
    layers = boundaries()
    placed = locate_from_nearest_border(lon, lat, layers)
    both = [line.measure(lon, lat) for line in layers.borders.values()]
    at_tajik = both[1][0] < both[0][0]
    assert placed["border"].tolist() == [
        Border.AFGHAN_TAJIK_BORDER.line if tajik else Border.DURAND_LINE.line for tajik in at_tajik
    ]
    for column, of in (("border_km", 0), ("chainage_km", 1)):
        expected = np.where(at_tajik, both[1][of], both[0][of])
        assert placed[column].to_numpy() == pytest.approx(expected)


def test_a_missing_point_is_measured_from_nothing():
    placed = locate_from_nearest_border([np.nan, 71.0], [34.0, 34.0], boundaries())
    assert placed["border"].isna().tolist() == [True, False]
    assert placed["border_km"].isna().tolist() == [True, False]


@pytest.mark.parametrize(("radius", "decided"), [(1.0, True), (500.0, False)])
def test_the_side_is_decided_where_the_border_is_farther_than_the_radius(radius, decided):
    placed = locate_from_nearest_border([70.4], [34.4], boundaries())
    assert side_decided(placed, [radius]).tolist() == [decided]
