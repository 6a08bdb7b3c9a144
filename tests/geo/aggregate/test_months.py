"""Months that are quiet, thin or not researched: those of the selection, and no others."""

import json
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from pydantic import ValidationError

from geo.aggregate.coverage import (
    COVERAGE_FILE,
    GROUNDS,
    Coverage,
    MonthState,
    chosen_months,
    coverage,
    end_words,
    gap_words,
    grounds_of,
    month_states,
)
from geo.incident.vocabulary import Border, Country
from geo.places.boundaries import boundaries
from geo.selection import Filters
from geo.symbology.time_lanes import Step, step_end
from geo.table.incident_table import IncidentTable
from geo.versions.released import read_log
from tests.conftest import shipped_table
from tests.geo.strategies import FILTERS

LAYERS = boundaries()

SHIPPED = shipped_table()
DURAND, TAJIK = Border.DURAND_LINE, Border.AFGHAN_TAJIK_BORDER
KNOWN = Coverage.model_validate(
    {
        "first_day": "2025-02-01",
        "last_day": "2025-10-15",
        "worked_on": "2025-12-01",
        "thin": [
            {"since": "2025-05-10", "until": "2025-06-30", "countries": ["TJ"], "reason": "few reports"},
            {"since": "2025-06-01", "until": "2025-06-30", "borders": ["durand_line"], "reason": "none read"},
            {"since": "2025-09-01", "until": "2025-10-15", "countries": ["AF", "PK", "TJ"], "reason": "late"},
        ],
    }
)
COUNTS = pd.DataFrame(
    {
        "month": pd.to_datetime(["2025-03-01", "2025-03-01", "2025-05-01"]),
        "category": ["clash", "strike", "clash"],
        "incidents": [2, 1, 4],
        "over_the_end": [0, 0, 0],
    }
)
TJ, PK, KHOST = Filters(country=(Country.TJ,)), Filters(country=(Country.PK,)), Filters(province=("AF-KHO",))


def states(counts: pd.DataFrame, filters: Filters, known: Coverage = KNOWN) -> pd.DataFrame:
    return month_states(counts, filters, known, LAYERS)


@pytest.mark.parametrize(
    ("month", "filters", "state", "incidents", "reason"),
    [
        pytest.param(
            "2025-01-01", Filters(), MonthState.OUTSIDE, 0, "outside the days that the record covers", id="before"
        ),
        pytest.param("2025-02-01", Filters(), MonthState.QUIET, 0, "", id="nothing"),
        pytest.param("2025-03-01", Filters(), MonthState.RECORDED, 3, "", id="something"),
        pytest.param("2025-05-01", Filters(), MonthState.RECORDED, 4, "few reports", id="thin on some of the ground"),
        pytest.param("2025-05-01", PK, MonthState.RECORDED, 4, "", id="thin elsewhere"),
        pytest.param("2025-05-01", TJ, MonthState.THIN, 4, "few reports", id="thin there"),
        pytest.param(
            "2025-06-01", Filters(), MonthState.QUIET, 0, "few reports; none read", id="thin on all but one bank"
        ),
        pytest.param("2025-06-01", PK, MonthState.THIN, 0, "none read", id="thin along the border"),
        pytest.param("2025-06-01", KHOST, MonthState.THIN, 0, "none read", id="thin where the province lies"),
        pytest.param("2025-06-01", TJ, MonthState.THIN, 0, "few reports", id="thin of the country"),
        pytest.param("2025-09-01", Filters(), MonthState.THIN, 0, "late", id="thin everywhere"),
        pytest.param("2025-10-01", Filters(), MonthState.THIN, 0, "late", id="last month"),
        pytest.param(
            "2025-11-01", Filters(), MonthState.OUTSIDE, 0, "outside the days that the record covers", id="after"
        ),
    ],
)
def test_what_a_month_means(month: str, filters: Filters, state: MonthState, incidents: int, reason: str) -> None:
    row = states(COUNTS, filters).loc[month]
    assert (row["state"], row["incidents"], row["reason"]) == (state.value, incidents, reason)


@pytest.mark.parametrize(
    ("filters", "first", "last", "months"),
    [
        pytest.param(Filters(), "2021-01", "2026-12", 72, id="everything"),
        pytest.param(Filters(year=(2023,)), "2023-01", "2023-12", 12, id="a year"),
        pytest.param(Filters(year=(2021, 2024)), "2021-01", "2024-12", 24, id="years with others between"),
        pytest.param(Filters(since="2025-10-11"), "2025-10", "2026-12", 15, id="since"),
        pytest.param(Filters(until="2021-02-01"), "2021-01", "2021-02", 2, id="until"),
        pytest.param(Filters(since="2025-10-11", until="2025-10-12"), "2025-10", "2025-10", 1, id="two days"),
        pytest.param(Filters(year=(2025,), since="2025-11-30"), "2025-11", "2025-12", 2, id="year and since"),
        pytest.param(Filters(since="2025-10-12", until="2025-10-11"), None, None, 0, id="backwards"),
        pytest.param(Filters(since="2027-01-01"), None, None, 0, id="after all"),
    ],
)
def test_the_months_are_those_of_the_choice(filters: Filters, first: str | None, last: str | None, months: int) -> None:
    known = Coverage.model_validate(
        {"first_day": "2021-01-01", "last_day": "2026-06-30", "worked_on": "2026-11-28", "thin": []}
    )
    found = states(SHIPPED.months(filters), filters, known).index.strftime("%Y-%m")
    assert len(found) == months
    assert [min(found, default=None), max(found, default=None)] == [first, last]


@given(FILTERS)
def test_nothing_outside_of_the_choice_is_called_quiet(filters: Filters) -> None:
    months = states(SHIPPED.months(filters), filters, coverage())
    assert months["incidents"].sum() == sum(
        i.date_start.year <= coverage().last_day.year for i in SHIPPED.selected(filters)
    )
    for month, row in months[months["state"] == MonthState.QUIET.value].iterrows():
        days = [
            month.date() + timedelta(n) for n in range((step_end(month.date(), Step.MONTH) - month.date()).days + 1)
        ]
        assert all(not filters.year or day.year in filters.year for day in days)
        assert filters.since is None or filters.since <= days[0]
        assert filters.until is None or days[-1] <= filters.until
        assert row["incidents"] == 0


@pytest.mark.parametrize(
    ("filters", "state"),
    [
        pytest.param(Filters(since="2025-04-02"), MonthState.PART, id="its first day is not selected"),
        pytest.param(Filters(until="2025-04-29"), MonthState.PART, id="its last day is not selected"),
        pytest.param(Filters(since="2025-04-01", until="2025-04-30"), MonthState.QUIET, id="all of it is"),
    ],
)
def test_a_month_selected_in_part_is_not_called_quiet(filters: Filters, state: MonthState) -> None:
    assert states(COUNTS.iloc[:0], filters).loc["2025-04-01", "state"] == state.value


def test_months_without_any_incident_are_months_too() -> None:
    assert len(states(COUNTS.iloc[:0], Filters())) == 12


def test_every_incident_stands_in_a_month(table: IncidentTable) -> None:
    months = states(table.months(Filters()), Filters(), coverage())
    assert months["incidents"].sum() == len(table)
    assert months.loc[months["state"] == MonthState.OUTSIDE.value, "incidents"].sum() == 0


@pytest.mark.parametrize(
    ("filters", "grounds"),
    [
        pytest.param(Filters(), GROUNDS, id="everything"),
        pytest.param(TJ, {(Country.TJ, TAJIK)}, id="a country"),
        pytest.param(
            Filters(country=(Country.AF,)), {(Country.AF, DURAND), (Country.AF, TAJIK)}, id="a country of both"
        ),
        pytest.param(KHOST, {(Country.AF, DURAND)}, id="a province of one"),
        pytest.param(
            Filters(province=("AF-BDS",)), {(Country.AF, DURAND), (Country.AF, TAJIK)}, id="a province of both"
        ),
        pytest.param(
            Filters(province=("AF-KAB",)), {(Country.AF, DURAND), (Country.AF, TAJIK)}, id="of none: its country"
        ),
        pytest.param(
            Filters(province=("AF-KHO", "TJ-GB")), {(Country.AF, DURAND), (Country.TJ, TAJIK)}, id="two provinces"
        ),
        pytest.param(Filters(province=("AF-KHO",), country=(Country.PK,)), set(), id="nowhere"),
        pytest.param(Filters(border=(TAJIK,)), {(Country.AF, TAJIK), (Country.TJ, TAJIK)}, id="both banks of a border"),
        pytest.param(Filters(border=(TAJIK,), country=(Country.AF,)), {(Country.AF, TAJIK)}, id="one bank of a border"),
        pytest.param(Filters(border=("unknown",)), GROUNDS, id="a border that is not known"),
        pytest.param(Filters(province=("AF-KHO", "unknown")), GROUNDS, id="a province that is not known"),
    ],
)
def test_the_ground_of_a_choice(filters: Filters, grounds: set[object]) -> None:
    assert grounds_of(filters, LAYERS) == grounds


def test_the_file_says_what_the_record_holds(incidents: tuple) -> None:
    known = coverage()
    assert known.last_day == max(incident.date_start for incident in incidents)
    assert known.first_day <= min(incident.date_start for incident in incidents)
    assert all(known.first_day <= p.since <= p.until <= known.last_day for p in known.thin)
    assert known.worked_on >= max(version.date for version in read_log())
    assert set(json.loads(COVERAGE_FILE.read_text("utf-8"))) == set(Coverage.model_fields)


@pytest.mark.parametrize(
    ("filters", "gaps"),
    [
        pytest.param(
            Filters(),
            "nothing after 15 October 2025 was researched; research is thin for 1 September – 15 October 2025",
            id="all: what is thin everywhere, and the end",
        ),
        pytest.param(
            Filters(year=(2025,), status=("disputed",)),
            "nothing before 1 February 2025 was researched; nothing after 15 October 2025 was researched; "
            "research is thin for Tajikistan (10 May – 30 June 2025), "
            "the Durand Line (June 2025) and 1 September – 15 October 2025",
            id="a year: what is thin in part, too",
        ),
        pytest.param(
            Filters(country=(Country.TJ,), until=date(2025, 7, 31)),
            "research is thin for 10 May – 30 June 2025",
            id="a country: its own days need no name of it",
        ),
        pytest.param(Filters(since=date(2025, 2, 1), until=date(2025, 4, 30)), "", id="days without a gap"),
        pytest.param(Filters(since=date(2025, 7, 1), until=date(2025, 8, 1)), "", id="days between two gaps"),
        pytest.param(
            Filters(since=date(2024, 1, 1), until=date(2025, 3, 1)),
            "nothing before 1 February 2025 was researched",
            id="before the first day",
        ),
        pytest.param(Filters(year=(2024,), since=date(2025, 1, 1)), "", id="no day"),
        pytest.param(Filters(dataset=("acled",)), "", id="an imported dataset alone, of which nothing is known"),
    ],
)
def test_what_was_not_researched_is_said_in_one_line(filters: Filters, gaps: str) -> None:
    assert gap_words(filters, LAYERS, KNOWN) == (gaps and f"Few incidents need not mean calm: {gaps}.")


def test_a_thin_period_within_another_on_the_same_ground_is_not_named() -> None:
    said = gap_words(Filters(country=(Country.TJ,)), LAYERS, coverage())
    assert said.endswith("research is thin for September 2021 – June 2026.")


def test_the_end_is_said_in_one_sentence() -> None:
    assert end_words(KNOWN) == (
        "The record ends on 15 October 2025 because the research does, not because it was calm: it was last edited on "
        "1 December 2025; no later reports were available, and low numbers from September 2025 on mean that "
        "little was found."
    )
    sound = KNOWN.model_copy(update={"thin": KNOWN.thin[:2]})
    assert end_words(sound).endswith("no later reports were available.")


@pytest.mark.parametrize(
    "period",
    [
        pytest.param(
            {"since": "2025-02-02", "until": "2025-02-01", "countries": ["AF"], "reason": "x"}, id="backwards"
        ),
        pytest.param({"since": "2025-02-01", "until": "2025-02-02", "reason": "x"}, id="nowhere"),
        pytest.param(
            {"since": "2025-02-01", "until": "2025-02-02", "countries": ["IR"], "reason": "x"}, id="unknown country"
        ),
        pytest.param(
            {"since": "2025-02-01", "until": "2025-02-02", "borders": ["x"], "reason": "x"}, id="unknown border"
        ),
        pytest.param(
            {
                "since": "2025-02-01",
                "until": "2025-02-02",
                "countries": ["PK"],
                "borders": ["afghan_tajik_border"],
                "reason": "x",
            },
            id="a country that is not there",
        ),
        pytest.param({"since": "2025-02", "until": "2025-02-02", "countries": ["AF"], "reason": "x"}, id="no day"),
    ],
)
def test_a_period_that_makes_no_sense_is_refused(period: dict[str, object]) -> None:
    days = {"first_day": date(2025, 1, 1), "last_day": date(2025, 3, 1), "worked_on": date(2025, 3, 1)}
    with pytest.raises(ValidationError):
        Coverage.model_validate(days | {"thin": [period]})


def test_a_record_worked_on_before_its_last_day_is_refused() -> None:
    with pytest.raises(ValidationError, match="do not follow each other"):
        Coverage.model_validate(
            {"first_day": "2025-01-01", "last_day": "2025-03-01", "worked_on": "2025-02-01", "thin": []}
        )


@given(FILTERS)
def test_months_come_once_and_in_order(filters: Filters) -> None:
    months = [month for month, _ in chosen_months(filters, coverage())]
    assert months == sorted(set(months))
    assert all(month.day == 1 for month in months)
