"""Plain files: guessed columns, a mapping that overrules, and what may be missing."""

from datetime import date

import pyarrow as pa
import pytest

from geo.imports.fields.cell_values import Repair
from geo.imports.fields.plain_columns import guess_columns
from tests.geo.imports.published import mapped_plain, only, refused

ROW = {"Date": "2025-10-11", "Lat": "34.1214", "Lon": "71.0897", "Country": "Afghanistan"}


@pytest.mark.parametrize(
    ("header", "field", "column"),
    [
        (["EventDate", "x"], "date_start", "EventDate"),
        (["date", "start_date", "END DATE"], "date_start", "start_date"),
        (["date", "start_date", "END DATE"], "date_end", "END DATE"),
        (["X", "Y"], "longitude", "X"),
        (["Latitude (DD)", "lat"], "latitude", "lat"),
        (["تاریخ"], "date_start", "تاریخ"),
        (["Deaths", "killed"], "killed", "killed"),
    ],
)
def test_columns_are_guessed_by_name(header, field, column):
    assert guess_columns(pa.table({name: ["1"] for name in header}))[field] == column


def test_no_column_is_guessed_for_two_fields():
    guessed = guess_columns(pa.table({"location": ["x"], "source": ["y"], "type": ["z"]}))
    assert len(set(guessed.values())) == len(guessed)


def test_a_date_and_a_country_are_enough():
    row = only(mapped_plain({"date": "11/10/2025", "country": "Pakistan"}))
    assert (row["country"], row["location_precision"], row["date_start"]) == ("PK", "country", date(2025, 10, 11))
    assert (row["subtype"], row["title"], row["repairs"]) == ("unclassified", "Incident: Pakistan", [])


def test_a_point_alone_tells_country_and_province():
    row = only(mapped_plain({"date": "2025-10-11", "lat": "34.1214", "lon": "71.0697"}))
    assert (row["country"], row["province_code"], row["place"]) == ("AF", "AF-NAN", "place not named")
    assert (row["location_precision"], row["uncertainty_km"]) == ("near", 5.0)


@pytest.mark.parametrize(
    ("more", "precision", "uncertainty_km"),
    [
        ({"precision": "exact"}, "exact", 1.5),
        ({"precision": "District"}, "district", 40.0),
        ({"precision": "province"}, "province", 149.0),
        ({"radius_km": "2,5"}, "near", 2.5),
        ({"precision": "perhaps"}, "province", 149.0),
    ],
)
def test_precision_and_radius_are_those_of_the_file(more, precision, uncertainty_km):
    row = only(mapped_plain({**ROW, **more}))
    assert (row["location_precision"], row["uncertainty_km"]) == (precision, uncertainty_km)


@pytest.mark.parametrize(
    ("more", "low", "best", "high"),
    [
        ({"killed": "4"}, 4, 4, 4),
        ({"killed": "4", "killed_low": "2", "killed_high": "9"}, 2, 4, 9),
        ({"killed_low": "2"}, 2, None, None),
        ({}, None, None, None),
    ],
)
def test_deaths_are_one_figure_or_a_range(more, low, best, high):
    row = only(mapped_plain({**ROW, **more}))
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == (low, best, high)


@pytest.mark.parametrize(
    ("more", "subtype"),
    [
        ({"subtype": "air_strike"}, "air_strike"),
        ({"category": "Border clash"}, "border_clash"),
        ({"category": "protest"}, "protest"),
        ({"category": "Strike"}, "unspecified_strike"),
        ({"category": "clash", "subtype": "ambush"}, "unspecified_clash"),
    ],
)
def test_kinds_are_those_of_the_vocabulary(more, subtype):
    assert only(mapped_plain({**ROW, **more}))["subtype"] == subtype


def test_a_kind_of_another_vocabulary_is_unclassified_and_said_so():
    result = mapped_plain({**ROW, "type": "skirmish"})
    assert (only(result)["subtype"], result.repairs) == ("unclassified", {Repair.KIND_UNKNOWN: 1})


def test_a_mapping_overrules_what_would_be_guessed():
    mapping = {"date_start": "b", "latitude": "Lat", "longitude": "Lon"}
    row = only(mapped_plain({**ROW, "b": "2024-01-01"}, mapping=mapping))
    assert (row["date_start"], row["side"]) == (date(2024, 1, 1), "AF")


def test_a_title_of_its_own_is_kept():
    assert only(mapped_plain({**ROW, "title": "Shots at the gate"}))["title"] == "Shots at the gate"


def test_without_a_date_a_row_is_rejected_by_the_columns_own_name():
    assert refused(mapped_plain({**ROW, "Date": "soon"}))[0] == "Date"
    assert refused(mapped_plain({**ROW, "Date": ""}))[1:] == ("", "is missing")


@pytest.mark.parametrize(
    ("day", "stated", "precision", "last"),
    [
        pytest.param("2025-10", "1", "month", date(2025, 10, 31), id="a month, said to be a day"),
        pytest.param("2025-10-11", "month", "month", date(2025, 10, 31), id="a day, said to be a month"),
        pytest.param("2025-10-11", "", "day", date(2025, 10, 11), id="a day"),
        pytest.param("2025", "month", "year", date(2025, 12, 31), id="a year, said to be a month"),
    ],
)
def test_a_date_is_known_no_better_than_it_is_written_or_said(day, stated, precision, last):
    row = only(mapped_plain({"date": day, "country": "Pakistan", "time_precision": stated}))
    assert (row["date_precision"], row["date_end"]) == (precision, last)
