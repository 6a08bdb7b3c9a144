"""Incidents counted in lanes, against the lanes that hold them one by one."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from geo.aggregate.by_period import lane_counts, province_lanes
from geo.incident.vocabulary import Category
from geo.selection import Filters
from geo.symbology.time_lanes import LaneBy, Step, lanes_of
from geo.table.incident_table import IncidentTable
from tests.conftest import make_incident

CHOICES = [
    pytest.param(Filters(), id="everything"),
    pytest.param(Filters(year=(2025,)), id="a year"),
    pytest.param(Filters(category=("strike",)), id="strikes"),
    pytest.param(Filters(since=date(2025, 10, 1), until=date(2025, 10, 31)), id="a month"),
    pytest.param(Filters(province=("AF-PIA", "AF-KNR")), id="provinces"),
]


def lanes(filters, table, layers, by):
    return lanes_of(table.selected(filters), by, names=province_lanes(filters, layers))


def test_an_incident_in_several_provinces_is_in_the_lane_of_each_that_is_chosen(claimants, layers):
    made = [make_incident("a", province=None, provinces=("Paktia", "Khost", "Khyber Pakhtunkhwa")), make_incident("b")]
    table = IncidentTable(made, claimants, version="v")
    for filters in (Filters(), Filters(province=("AF-PIA", "PK-KP"))):
        counts = lane_counts(filters, table, layers, LaneBy.PROVINCE)
        found = lanes(filters, table, layers, LaneBy.PROVINCE)
        assert counts.lanes == tuple((lane.name, len(lane.incidents)) for lane in found)
        assert counts.incidents == table.count(filters)
    assert counts.lanes == (("Khyber Pakhtunkhwa, Pakistan", 1), ("Paktia, Afghanistan", 1))


@pytest.mark.parametrize("by", LaneBy)
@pytest.mark.parametrize("filters", CHOICES)
def test_the_lanes_are_those_of_the_single_incidents(table, layers, filters, by):
    found = lanes(filters, table, layers, by)
    assert lane_counts(filters, table, layers, by).lanes == tuple((lane.name, len(lane.incidents)) for lane in found)


@pytest.mark.parametrize("by", LaneBy)
@pytest.mark.parametrize("filters", CHOICES)
def test_bins_of_a_lane_count_each_of_its_incidents_once_and_never_overlap(table, layers, filters, by):
    counts = lane_counts(filters, table, layers, by)
    for number, lane in enumerate(lanes(filters, table, layers, by)):
        own = [found for found in counts.bins if found.lane == number]
        for found in own:
            inside = Counter(i.category for i in lane.incidents if found.first <= i.date_start <= found.last)
            assert found.counts == tuple(inside[category] for category in Category)
        assert sum(found.total for found in own) == len(lane.incidents)
        assert all(before.last < after.first for before, after in pairwise(own))


@pytest.mark.parametrize(
    ("filters", "step"),
    [
        pytest.param(Filters(), Step.MONTH, id="years"),
        pytest.param(Filters(year=(2025,)), Step.WEEK, id="a-year"),
        pytest.param(Filters(since=date(2025, 10, 1), until=date(2025, 10, 31)), Step.DAY, id="a-month"),
    ],
)
def test_counts_are_cut_by_the_length_of_the_time(table, layers, filters, step):
    assert lane_counts(filters, table, layers, LaneBy.CATEGORY).step is step


def test_the_days_are_the_chosen_period(table, layers):
    counts = lane_counts(Filters(year=(2025,)), table, layers, LaneBy.CATEGORY)
    assert counts.days == (date(2025, 1, 1), date(2025, 12, 31))
