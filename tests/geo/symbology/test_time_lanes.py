"""Incidents in time: spans, lanes, counts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.incident.vocabulary import Category
from geo.selection import Filters
from geo.symbology.time_lanes import NO_PROVINCE_LANE, Form, LaneBy, Step, extent, lanes_of, span_of, step_end, step_for
from tests.conftest import make_incident
from tests.geo.strategies import incidents as any_incident

MANY = st.lists(any_incident(), min_size=1, max_size=8, unique_by=lambda incident: incident.id)


@pytest.mark.parametrize(
    ("end", "precision", "form", "last"),
    [
        pytest.param("2025-01-01", "day", Form.MOMENT, date(2025, 1, 1), id="a-day"),
        pytest.param("2025-01-02", "day", Form.MOMENT, date(2025, 1, 2), id="a-night"),
        pytest.param("2025-01-03", "day", Form.BAR, date(2025, 1, 3), id="lasted"),
        pytest.param("2025-01-07", "week", Form.MOMENT, date(2025, 1, 7), id="some-day-of-a-week"),
        pytest.param("2025-01-31", "month", Form.MOMENT, date(2025, 1, 31), id="of-a-month"),
        pytest.param(None, "day", Form.OPEN, date(2025, 1, 1), id="no-end-on-record"),
        pytest.param(None, "week", Form.OPEN, date(2025, 1, 1), id="nor-a-known-day"),
    ],
)
def test_a_span_is_what_is_on_record(end, precision, form, last):
    span = span_of(make_incident(date_end=end, date_precision=precision))
    assert (span.first, span.last, span.form) == (date(2025, 1, 1), last, form)


def test_closures_of_the_record_are_bars_or_have_no_end(incidents):
    closed = [i for i in incidents if i.subtype == "crossing_closed" and i.date_end != i.date_start]
    lasted = [i for i in closed if i.date_end and (i.date_end - i.date_start).days > 1]
    assert {span_of(i).form for i in closed if i.date_end is None} == {Form.OPEN}
    assert {span_of(i).form for i in lasted if i.date_precision == "day"} == {Form.BAR}
    assert [i.id for i in lasted if i.date_precision != "day"] == ["2023-04-angur-ada-crossing-closed"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param({}, (date(2025, 3, 1), date(2025, 4, 20)), id="none"),
        pytest.param({"year": (2025,)}, (date(2025, 1, 1), date(2025, 12, 31)), id="year"),
        pytest.param({"since": date(2025, 2, 1)}, (date(2025, 2, 1), date(2025, 4, 20)), id="since"),
        pytest.param({"until": date(2025, 4, 1)}, (date(2025, 3, 1), date(2025, 4, 20)), id="lasted-beyond-until"),
        pytest.param({"until": date(2025, 6, 1)}, (date(2025, 3, 1), date(2025, 6, 1)), id="until"),
        pytest.param(
            {"year": (2025,), "since": date(2020, 1, 1)}, (date(2025, 1, 1), date(2025, 12, 31)), id="year-is-narrower"
        ),
        pytest.param(
            {"year": (2025,), "since": date(2025, 2, 1)}, (date(2025, 2, 1), date(2025, 12, 31)), id="since-is-narrower"
        ),
    ],
)
def test_the_extent_is_the_chosen_period_and_what_lasted_beyond_it(filters, expected):
    lasted = make_incident(date_start="2025-03-01", date_end="2025-04-20")
    assert extent([lasted], Filters(**filters)) == expected


@given(MANY)
def test_the_extent_holds_every_span(incidents):
    first, last = extent(incidents, Filters())
    assert all(first <= span_of(i).first <= span_of(i).last <= last for i in incidents)


@given(MANY, st.sampled_from(LaneBy))
def test_every_incident_is_in_one_lane_or_in_that_of_each_of_its_provinces(incidents, by):
    placed = [incident.id for lane in lanes_of(incidents, by) for incident in lane.incidents]
    times = {i.id: len(i.provinces) or 1 if by is LaneBy.PROVINCE else 1 for i in incidents}
    assert sorted(placed) == sorted(i.id for i in incidents for _ in range(times[i.id]))


def test_lanes_have_the_names_given_and_only_those_of_chosen_provinces():
    made = make_incident(province=None, provinces=("Khost", "Kunar", "Khyber Pakhtunkhwa"))
    names = {"Khost": "Khost, Afghanistan", "Khyber Pakhtunkhwa": "Khyber Pakhtunkhwa, Pakistan"}
    assert [lane.name for lane in lanes_of([made], LaneBy.PROVINCE, names=names)] == list(names.values())


def test_lanes_by_category_stand_in_the_order_of_the_legend(incidents):
    assert [lane.name for lane in lanes_of(incidents, LaneBy.CATEGORY)] == [
        category for category in Category if any(incident.category is category for incident in incidents)
    ]


def test_lanes_by_province_have_most_incidents_first_and_no_province_last(incidents):
    lanes = lanes_of(incidents, LaneBy.PROVINCE)
    sizes = [len(lane.incidents) for lane in lanes[:-1]]
    assert sizes == sorted(sizes, reverse=True)
    assert (lanes[0].name, lanes[-1].name) == ("Khyber Pakhtunkhwa, Pakistan", NO_PROVINCE_LANE)


def test_a_lane_holds_its_incidents_oldest_first(incidents):
    for lane in lanes_of(list(reversed(incidents)), LaneBy.PROVINCE):
        starts = [incident.date_start for incident in lane.incidents]
        assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("days", "step"),
    [(1, Step.DAY), (100, Step.DAY), (101, Step.WEEK), (700, Step.WEEK), (701, Step.MONTH), (3100, Step.YEAR)],
)
def test_counts_are_cut_the_coarser_the_longer_the_time(days, step):
    assert step_for(date(2021, 1, 1), date(2021, 1, 1) + timedelta(days - 1)) is step


@pytest.mark.parametrize(
    ("step", "first", "last"),
    [
        (Step.DAY, date(2024, 2, 29), date(2024, 2, 29)),
        (Step.WEEK, date(2024, 2, 26), date(2024, 3, 3)),
        (Step.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        (Step.YEAR, date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_step_ends_on_its_last_day(step, first, last):
    assert step_end(first, step) == last
