"""What a map leaves out, counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.filters import Filters
from geo.left_out import LeftOut, left_out
from geo.table import IncidentTable
from geo.viewport import BBox
from tests.conftest import make_incident, without_place
from tests.geo.strategies import FILTERS

VIEWS = st.none() | st.builds(
    lambda west, south, width, height: BBox(west, south, west + width, south + height),
    *(st.floats(60, 75), st.floats(24, 38), st.floats(0.1, 10), st.floats(0.1, 10)),
)


@given(FILTERS, VIEWS)
def test_the_counts_add_up_to_the_total(table, layers, filters, view):
    counts = left_out(filters, table, layers, view=view)
    assert counts.shown + counts.filtered_out + counts.without_place + counts.outside_view == counts.total == len(table)
    assert counts.chosen == table.count(filters)
    badges = counts.known_to_district + counts.known_to_province + counts.known_to_border_segment
    assert 0 <= badges <= counts.shown


def test_each_reason_is_counted(claimants, layers):
    made = [
        make_incident("point"),
        make_incident("far", lon=62.0, lat=34.0, province="Herat"),
        make_incident("district", location_precision="district"),
        make_incident("province", location_precision="province"),
        make_incident("stretch", location_precision="border_segment", lon=70.02, lat=33.14),
        make_incident("old", date_start="2021-01-01", date_end=None),
        without_place(id="nowhere"),
    ]
    table = IncidentTable(made, claimants, version="v")
    counts = left_out(Filters(year=(2025,)), table, layers, view=BBox(69, 32, 72, 35))
    assert counts == LeftOut(
        total=7,
        shown=4,
        filtered_out=1,
        without_place=1,
        outside_view=1,
        known_to_district=1,
        known_to_province=1,
        known_to_border_segment=1,
    )


@pytest.mark.parametrize(("outside_view", "said"), [(0, ""), (5, ", 5 outside the view")], ids=["all-ground", "a-view"])
def test_the_line_says_what_is_missing(outside_view, said):
    counts = LeftOut(
        total=1007,
        shown=4,
        filtered_out=1002,
        without_place=1,
        outside_view=outside_view,
        known_to_district=1,
        known_to_province=2,
        known_to_border_segment=0,
    )
    assert counts.sentences() == (
        f"4 of 1,007 incidents shown. Not on this map: 1 without a place, 1,002 filtered out{said}. Drawn as badges, "
        "not points: 1 known to the district only, 2 to the province only, 0 to a stretch of the border only."
    )


def test_the_whole_record_is_on_the_map_but_for_what_has_no_place(table, layers):
    counts = left_out(Filters(), table, layers)
    assert (counts.total, counts.shown, counts.without_place, counts.filtered_out) == (232, 231, 1, 0)
