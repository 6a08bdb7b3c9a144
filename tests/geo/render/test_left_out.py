"""What a map leaves out, counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.aggregate.by_period import Period, by_period
from geo.aggregate.by_province import counted_once
from geo.incident.vocabulary import NEAR_KM
from geo.places.plane import BBox
from geo.render.left_out import LeftOut, LeftOutOfChart, left_out, left_out_of_chart, place_not_known
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from tests.conftest import make_incident, without_place
from tests.geo.strategies import FILTERS

VIEWS = st.none() | st.builds(
    lambda west, south, width, height: BBox(west, south, west + width, south + height),
    *(st.floats(60, 75), st.floats(24, 38), st.floats(0.1, 10), st.floats(0.1, 10)),
)


@given(FILTERS, VIEWS)
def test_the_counts_add_up_to_the_total(table, filters, view):
    counts = left_out(filters, table, view=view)
    assert counts.shown + counts.filtered_out + counts.without_place + counts.outside_view == counts.total == len(table)
    assert counts.chosen == table.count(filters)
    badges = counts.known_to_district + counts.known_to_province + counts.known_to_border_segment
    assert 0 <= badges <= counts.shown


PROVINCE = st.none() | st.sampled_from(["AF-KHO", "AF-KNR", "PK-KP", "AF-ZAB"])


@given(FILTERS, VIEWS, PROVINCE)
def test_the_counts_of_a_map_of_one_province_add_up_too(table, filters, view, province):
    counts = left_out(filters, table, view=view, province_code=province)
    out = counts.filtered_out + counts.without_place + counts.outside_view + counts.elsewhere
    assert counts.shown + out == len(table)
    rows = table.select(filters)
    inside = (
        rows if province is None else rows[rows["province_codes"].map(lambda codes: province in codes).astype(bool)]
    )
    assert counts.elsewhere == len(rows) - len(inside)
    assert counts.without_place == int(inside["lon"].isna().sum())


@given(FILTERS, st.sampled_from(Period), PROVINCE)
def test_the_counts_of_a_chart_are_those_of_its_bars(table, filters, period, province):
    counts = left_out_of_chart(filters, table, period=period.value, province_code=province)
    assert counts.shown + counts.filtered_out + counts.elsewhere == counts.total == len(table)
    bars = by_period(filters, table, period=period)
    here = counted_once(bars) if province is None else bars[bars["province_code"] == province]
    assert counts.shown == here["incidents"].sum()
    assert 0 <= counts.over_the_end <= counts.shown


@pytest.mark.parametrize(
    ("days", "precision", "period", "over"),
    [
        pytest.param(("2025-01-28", "2025-02-03"), "week", "month", 1, id="over-a-month"),
        pytest.param(("2025-01-28", "2025-02-03"), "week", "quarter", 0, id="inside-a-quarter"),
        pytest.param(("2024-12-28", "2025-01-03"), "week", "year", 1, id="over-a-year"),
        pytest.param(("2025-01-28", "2025-02-03"), "day", "month", 0, id="a-long-one"),
        pytest.param(("2025-01-01", "2025-01-31"), "month", "month", 0, id="whole-month"),
        pytest.param(("2025-01-28", None), "week", "month", 0, id="no-end"),
    ],
)
def test_an_incident_that_may_belong_to_the_next_bar_is_counted(claimants, days, precision, period, over):
    made = make_incident(date_start=days[0], date_end=days[1], date_precision=precision)
    table = IncidentTable([made], claimants, version="v")
    assert left_out_of_chart(Filters(), table, period=period).over_the_end == over


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param(
            {},
            "4 of 1,007 incidents in this chart, each in the time it began. Not in it: 1,003 filtered out.",
            id="plain",
        ),
        pytest.param(
            {"over_the_end": 2, "elsewhere": 3, "filtered_out": 1000},
            "4 of 1,007 incidents in this chart, each in the time it began. 2 of them may belong to the next bar: "
            "their day is not known. Not in it: 1,000 filtered out, 3 not in this province.",
            id="all-parts",
        ),
        pytest.param(
            {"total": 4, "filtered_out": 0}, "4 of 4 incidents in this chart, each in the time it began.", id="nothing"
        ),
    ],
)
def test_the_line_of_a_chart_says_what_is_missing(changes, said):
    counts = {"total": 1007, "shown": 4, "filtered_out": 1003, "elsewhere": 0, "over_the_end": 0} | changes
    assert LeftOutOfChart(**counts).sentences() == said


def test_each_reason_is_counted(claimants):
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
    counts = left_out(Filters(year=(2025,)), table, view=BBox(69, 32, 72, 35))
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


@pytest.mark.parametrize(
    ("outside_view", "said"),
    [
        pytest.param(0, "", id="all-ground"),
        pytest.param(5, ", 5 outside the view", id="a-view"),
    ],
)
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
        "not points: 1 known only to the district, 2 known only to the province."
    )


def test_the_line_says_what_is_filtered_out_for_want_of_a_place():
    counts = LeftOut(
        total=1007,
        shown=4,
        filtered_out=1003,
        without_place=0,
        outside_view=0,
        known_to_district=0,
        known_to_province=0,
        known_to_border_segment=0,
        place_not_known={"province": 2, "border": 1000},
    )
    assert (
        "1,003 filtered out (2 of them only because their province is not known, 1,000 of them only because it is "
        f"not known whether they lie within {NEAR_KM} km of a border line)." in counts.sentences()
    )


def test_the_line_of_a_map_without_an_incident_names_no_badges():
    nothing = dict.fromkeys(("shown", "without_place", "outside_view"), 0)
    badges = dict.fromkeys(("known_to_district", "known_to_province", "known_to_border_segment"), 0)
    counts = LeftOut(total=7, filtered_out=7, **nothing, **badges)
    assert counts.sentences() == "0 of 7 incidents shown. Not on this map: 7 filtered out."


KHOST = {"province": "AF-KHO"}
UNKNOWN = {
    "province": "2 more incidents in this selection have no known province",
    "border": (
        "2 more incidents in this selection have no place known well enough to tell whether they lie within "
        f"{NEAR_KM} km of a border line"
    ),
}


@pytest.mark.parametrize(
    ("given", "said", "asked"),
    [
        pytest.param({}, [], [], id="no-filter"),
        pytest.param({"category": "strike"}, [], [], id="no-place"),
        pytest.param(KHOST, [UNKNOWN["province"]], [{"province": ["unknown"]}], id="province"),
        pytest.param({"province": ("AF-KHO", "unknown")}, [], [], id="asked-for"),
        pytest.param(KHOST | {"category": "clash"}, [], [], id="another-filter-leaves-them-out"),
        pytest.param(
            KHOST | {"q": "nowhere"},
            ["1 more incident in this selection has no known province"],
            [{"province": ["unknown"], "q": ["nowhere"]}],
            id="one",
        ),
        pytest.param({"border": "durand_line"}, [UNKNOWN["border"]], [{"border": ["unknown"]}], id="border"),
        pytest.param(
            {"precision": "exact"},
            ["4 more incidents in this selection have places known less precisely"],
            [{"precision": ["border_segment", "country", "district", "near", "province"]}],
            id="precision",
        ),
        pytest.param(
            {"precision": ("exact", "province")},
            ["1 more incident in this selection has a place known less precisely"],
            [{"precision": ["country"]}],
            id="coarser-than-the-coarsest",
        ),
        pytest.param({"precision": "country"}, [], [], id="nothing-is-coarser"),
    ],
)
def test_what_is_left_out_for_want_of_a_known_place_is_counted_and_can_be_asked_for(claimants, given, said, asked):
    made = [
        make_incident("one"),
        make_incident("two", province=None),
        without_place(id="nowhere"),
        make_incident("wide", location_precision="province", lon=68.9, lat=32.7, uncertainty_km=200),
    ]
    table = IncidentTable(made, claimants, version="v")
    found = place_not_known(Filters(**given), table)
    assert [each.words for each in found] == said
    assert [each.filters.to_query() for each in found] == asked
    assert [table.count(each.filters) for each in found] == [each.incidents for each in found]


@given(FILTERS)
def test_what_is_left_out_for_want_of_a_place_is_filtered_out_and_nothing_of_it_is_chosen(table, filters):
    chosen = {incident.id for incident in table.selected(filters)}
    counts = left_out(filters, table)
    found = place_not_known(filters, table)
    assert counts.place_not_known == {each.by: each.incidents for each in found}
    for each in found:
        those = {incident.id for incident in table.selected(each.filters)}
        assert len(those) == each.incidents <= counts.filtered_out
        assert not those & chosen
        assert each.filters.without(each.by) == filters.without(each.by)


def test_the_whole_record_is_on_the_map_but_for_what_has_no_place(table):
    counts = left_out(Filters(), table)
    assert (counts.total, counts.shown, counts.without_place, counts.filtered_out) == (300, 299, 1, 0)
