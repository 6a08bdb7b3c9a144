"""Days from event to first report."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.evidence.reliability import delays, first_report
from tests.conftest import make_incident, make_source
from tests.geo.strategies import incidents as any_incidents


def reported(*days, **changes):
    start = date(2025, 1, 1)
    sources = [
        make_source(url=f"https://example.org/{n}", published=None if d is None else start + timedelta(d))
        for n, d in enumerate(days)
    ]
    return make_incident(sources=sources, **changes)


def test_the_earliest_dated_source_counts():
    assert first_report(reported(9, None, 4)) == date(2025, 1, 5)
    assert first_report(reported(None)) is None


def test_what_cannot_be_measured_is_counted_apart():
    found = delays([reported(3, None), reported(None), reported(2, date_precision="week"), reported(0)])
    assert found.days == (0, 3)
    assert (found.undated, found.day_not_known, found.undated_sources, found.sources) == (1, 1, 2, 5)
    assert found.median == 1.5


def test_no_incidents_have_no_median():
    assert delays([]).median is None


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (0, "same day"),
        (1, "1 day"),
        (3, "3 days"),
        (4, "4–7 days"),
        (7, "4–7 days"),
        (8, "8–30 days"),
        (30, "8–30 days"),
        (31, "over 30 days"),
        (-1, "before it began"),
    ],
)
def test_days_fall_into_classes(days, name):
    counts = delays([reported(days)]).distribution()
    assert counts[name] == counts.sum() == 1


def test_reports_before_the_event_stand_only_where_there_are_any():
    assert "before it began" not in delays([reported(0)]).distribution().index


@given(st.lists(any_incidents(), max_size=8))
def test_every_incident_is_measured_or_counted_apart(made):
    found = delays(made)
    assert len(found.days) + found.undated + found.day_not_known == len(made)
    assert found.distribution().sum() == len(found.days)
    assert list(found.days) == sorted(found.days)


def test_three_reports_of_the_record_are_dated_before_their_incident(incidents):
    # a sit-in against a rule to come, an opening announced, and a night that began later in Moscow
    assert [days for days in delays(incidents).days if days < 0] == [-10, -1, -1]
