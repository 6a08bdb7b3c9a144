"""Counts by every code and step of time, and the incidents behind a disc, against the same done one by one."""

from collections import Counter
from datetime import date, timedelta
from functools import cache

import pandas as pd
import pytest

from geo.incident.vocabulary import Category, LocationPrecision
from geo.places.plane import REGION, BBox
from geo.selection import Filters
from geo.sentences import when
from geo.symbology.time_lanes import LaneBy, Step, step_end
from geo.table.incident_table import IncidentTable, tally
from tests.conftest import make_incident
from tests.geo.table.parts import imported_row, record_of

pytestmark = pytest.mark.slow

CHOICES = [
    pytest.param(Filters(), id="everything"),
    pytest.param(Filters(year=(2024, 2025)), id="years"),
    pytest.param(Filters(category=(Category.STRIKE,), country=("PK",)), id="strikes in one country"),
    pytest.param(Filters(dataset=("curated",)), id="the record"),
    pytest.param(Filters(q="no such thing"), id="nothing"),
]


@pytest.fixture(scope="session")
def everything(contents, many_rows):
    return (*contents.incidents, *map(record_of, many_rows))


@cache
def chosen_of(everything, table, filters):
    """What a selection has, told by single incidents: those that the table says it holds in a page."""
    ids = set(table.page(filters, limit=10_000).index)
    return [incident for incident in everything if incident.id in ids]


@pytest.mark.parametrize("filters", CHOICES)
def test_facets_count_every_incident_once(many, everything, filters):
    facets = many.facets(filters)
    chosen = chosen_of(everything, many, filters)
    assert facets["incidents"].sum() == many.count(filters) == len(chosen)
    for name in ("category", "status", "location_precision", "date_precision"):
        assert tally(facets, name) == Counter(getattr(incident, name).value for incident in chosen)


@pytest.mark.parametrize("filters", CHOICES[:-1])
def test_facets_tell_the_first_and_the_last_day(many, everything, filters):
    days = [incident.date_start for incident in chosen_of(everything, many, filters)]
    facets = many.facets(filters)
    assert pd.Timestamp(facets["first"].min()).date() == min(days)
    assert pd.Timestamp(facets["last"].max()).date() == max(days)


WEEK = {"date_start": date(2024, 3, 28), "date_end": date(2024, 4, 3), "date_precision": "week"}


def start(day: date, step: Step) -> date:
    return {
        Step.DAY: day,
        Step.WEEK: day - timedelta(days=day.weekday()),
        Step.MONTH: day.replace(day=1),
        Step.YEAR: day.replace(month=1, day=1),
    }[step]


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("filters", CHOICES)
def test_steps_count_by_the_day_incidents_began(many, everything, filters, step):
    found = many.steps(filters, step, LaneBy.CATEGORY)
    counted = Counter((i.category.value, start(i.date_start, step)) for i in chosen_of(everything, many, filters))
    assert {(row.lane, pd.Timestamp(row.first).date()): row.incidents for row in found.itertuples()} == counted
    assert (found["lane"] == found["category"]).all()


def test_steps_by_province_leave_nobody_out(many, layers):
    found = many.steps(Filters(), Step.YEAR, LaneBy.PROVINCE)
    again = sum(len(incident.provinces) - 1 for incident in many.incidents if incident.provinces)
    assert found["incidents"].sum() == len(many) + again  # an incident in several stands in each of their lanes
    assert set(found["lane"].dropna()) <= set(layers.provinces.index)


@pytest.mark.parametrize(
    ("changes", "period", "expected"),
    [
        ({"date_start": date(2024, 3, 28), "date_precision": "day"}, "month", 0),
        (WEEK, "month", 1),
        (WEEK, "year", 0),
        (WEEK | {"date_end": date(2024, 3, 31)}, "month", 0),
        (WEEK | {"date_end": None}, "month", 0),
        ({"date_start": date(2024, 3, 1), "date_end": date(2024, 3, 31), "date_precision": "month"}, "month", 0),
        ({"date_start": date(2024, 3, 1), "date_end": date(2024, 3, 31), "date_precision": "month"}, "quarter", 0),
        ({"date_start": date(2024, 1, 1), "date_end": date(2024, 12, 31), "date_precision": "year"}, "quarter", 1),
        ({"date_start": date(2024, 1, 1), "date_end": date(2024, 12, 31), "date_precision": "year"}, "year", 0),
    ],
)
def test_what_may_belong_to_the_next_bar(beside, changes, period, expected):
    table = beside(imported_row(1, **changes))
    assert table.reaching_over(Filters(dataset=("acled",)), period) == expected
    if period == "month":
        assert table.months(Filters(dataset=("acled",)))["over_the_end"].sum() == expected


@pytest.mark.parametrize("filters", CHOICES)
def test_months_tell_what_may_belong_to_a_later_one(many, everything, filters):
    months = many.months(filters)
    over = Counter(
        (i.date_start.replace(day=1), i.category.value)
        for i in chosen_of(everything, many, filters)
        if i.date_precision != "day" and i.date_end and i.date_end > step_end(i.date_start.replace(day=1), Step.MONTH)
    )
    told = {(row.month.date(), row.category): row.over_the_end for row in months.itertuples() if row.over_the_end}
    assert told == over
    assert months["over_the_end"].sum() == many.reaching_over(filters, "month")


def test_the_incident_that_began_last_says_when(many, everything):
    last = max(incident.date_start for incident in everything)
    assert many.last_began().start == last
    assert many.last_began().words in {when(i) for i in everything if i.date_start == last}


def test_a_single_incident_on_the_map_says_when_as_its_card_does(many, everything):
    said = {incident.id: when(incident) for incident in everything}
    singles = many.clusters(Filters(), BBox(69, 32, 72, 35), 12).singles
    assert singles
    assert {single.id: single.when.words for single in singles} == {single.id: said[single.id] for single in singles}


@pytest.mark.parametrize("filters", CHOICES)
def test_the_newest_come_first_and_no_more_than_asked_for(many, everything, filters):
    newest = many.newest(filters, limit=30)
    days = [incident.date_start for incident in newest]
    assert days == sorted(days, reverse=True)
    every = sorted((i.date_start for i in chosen_of(everything, many, filters)), reverse=True)
    assert days == every[:30]


def test_a_choice_holds_what_it_counts(many, many_rows, incidents):
    strikes = Filters(category=(Category.STRIKE,))
    for known in (many_rows[0]["id"], incidents[0].id, "nobody-knows"):
        assert many.holds(strikes, known) is (known in set(many.page(strikes, limit=10_000).index))
    assert many.holds(Filters(), many_rows[0]["id"])


@pytest.mark.parametrize("zoom", [6, 9, 13])
def test_a_list_has_all_that_a_disc_on_one_spot_or_a_badge_counts(many, zoom):
    clusters = many.clusters(Filters(), BBox(69, 32, 72, 35) if zoom > 6 else REGION, zoom)
    groups = [cell for cell in clusters.cells if cell.bounds is None] + list(clusters.badges)
    assert groups
    for group in groups[::3]:
        listed = many.listed(Filters(), group, limit=10_000)
        assert len({incident.id for incident in listed}) == group.count
        assert Counter(incident.category for incident in listed) == dict(group.counts)


def test_a_badge_lists_what_is_known_to_its_area_only(beside):
    there = {"lon": 70.0, "lat": 33.3, "province": "Khost", "province_code": "AF-KHO"}
    table = beside(
        imported_row(1, **there, location_precision="province"), imported_row(2, **there, location_precision="exact")
    )
    filters = Filters(dataset=("acled",))
    (badge,) = table.clusters(filters, BBox(69, 32, 71, 34), 8).badges
    assert [incident.location_precision for incident in table.listed(filters, badge, limit=9)] == [
        LocationPrecision.PROVINCE
    ]


def test_incidents_of_the_record_alone_are_counted_too(claimants):
    table = IncidentTable([make_incident(date_precision="week", date_end="2025-02-03")], claimants, version="1")
    assert table.reaching_over(Filters(), "month") == 1
    assert tally(table.facets(Filters()), "category") == {"strike": 1}
