"""Months that are quiet, thin or not researched."""

from datetime import date

import pandas as pd
import pytest
from pydantic import ValidationError

from geo.filters import Filters
from geo.quality import Coverage, MonthState, coverage, month_states
from geo.vocabulary import Country

KNOWN = Coverage.model_validate(
    {
        "first_day": "2025-02-01",
        "last_day": "2025-10-15",
        "thin": [
            {"since": "2025-05-10", "until": "2025-06-30", "countries": ["TJ"], "reason": "few reports"},
            {"since": "2025-06-01", "until": "2025-06-30", "countries": ["AF", "PK"], "reason": "none read"},
        ],
    }
)
COUNTS = pd.DataFrame(
    {
        "month": pd.to_datetime(["2025-03-01", "2025-03-01", "2025-05-01"]),
        "category": ["clash", "strike", "clash"],
        "incidents": [2, 1, 4],
    }
)


@pytest.mark.parametrize(
    ("month", "countries", "state", "incidents", "reason"),
    [
        ("2025-01-01", (), MonthState.OUTSIDE, 0, "outside the days that the record covers"),
        ("2025-02-01", (), MonthState.QUIET, 0, ""),
        ("2025-03-01", (), MonthState.RECORDED, 3, ""),
        ("2025-05-01", (), MonthState.THIN, 4, "few reports"),
        ("2025-05-01", (Country.PK,), MonthState.RECORDED, 4, ""),
        ("2025-06-01", (), MonthState.THIN, 0, "few reports; none read"),
        ("2025-06-01", (Country.TJ,), MonthState.THIN, 0, "few reports"),
        ("2025-10-01", (), MonthState.QUIET, 0, ""),
        ("2025-11-01", (), MonthState.OUTSIDE, 0, "outside the days that the record covers"),
    ],
)
def test_what_a_month_means(month, countries, state, incidents, reason):
    row = month_states(COUNTS, KNOWN, countries=countries).loc[month]
    assert (row["state"], row["incidents"], row["reason"]) == (state.value, incidents, reason)


def test_months_without_any_incident_are_months_too():
    assert len(month_states(COUNTS.iloc[:0], KNOWN)) == 12


def test_every_incident_stands_in_a_month(table):
    months = month_states(table.months(Filters()), coverage())
    assert months["incidents"].sum() == len(table)
    assert months.loc[months["state"] == MonthState.OUTSIDE.value, "incidents"].sum() == 0


def test_the_file_says_what_the_record_holds(incidents):
    known = coverage()
    assert known.last_day == max(incident.date_start for incident in incidents)
    assert known.first_day <= min(incident.date_start for incident in incidents)
    assert all(known.first_day <= p.since <= p.until <= known.last_day for p in known.thin)


@pytest.mark.parametrize(
    "period",
    [
        {"since": "2025-02-02", "until": "2025-02-01", "countries": ["AF"], "reason": "x"},
        {"since": "2025-02-01", "until": "2025-02-02", "countries": [], "reason": "x"},
        {"since": "2025-02-01", "until": "2025-02-02", "countries": ["IR"], "reason": "x"},
        {"since": "2025-02", "until": "2025-02-02", "countries": ["AF"], "reason": "x"},
    ],
    ids=["backwards", "nowhere", "unknown-country", "no-day"],
)
def test_a_period_that_makes_no_sense_is_refused(period):
    with pytest.raises(ValidationError):
        Coverage.model_validate({"first_day": date(2025, 1, 1), "last_day": date(2025, 3, 1), "thin": [period]})
