"""Plain files: guessed columns, a mapping that overrules, and what may be missing."""

from datetime import date

import pyarrow as pa
import pytest

from geo.imports.fields.cell_values import Repair
from geo.imports.fields.column_mapping import guess_columns
from geo.imports.fields.days import may_be_half_exchanged
from geo.incident.vocabulary import MEASURES
from tests.geo.imports.published import mapped_plain, only, refused

DAY = "2025-10-11"
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


@pytest.mark.parametrize(
    ("columns", "guessed", "left"),
    [
        pytest.param(
            {"start": DAY, "end": DAY, "Date of the incident": DAY, "_uuid": "x"},
            {"date_start": "Date of the incident"},
            {"date_end"},
            id="survey",
        ),
        pytest.param(
            {"start": DAY, "g1/incident_date": DAY, "g1/country": "afg", "g2/killed": "3"},
            {"date_start": "g1/incident_date", "country": "g1/country", "killed": "g2/killed"},
            set(),
            id="nested-names",
        ),
        pytest.param(
            {"Where: Province": "Khost", "When: Date": DAY}, {"province": "Where: Province"}, set(), id="groups"
        ),
        pytest.param({"date": DAY, "killed_livestock": "50"}, {"date_start": "date"}, {"killed"}, id="livestock"),
        pytest.param({"#date": DAY, "#affected+killed+f": "3"}, {"date_start": "#date"}, {"killed"}, id="women-in-hxl"),
        pytest.param({"#affected+killed": "3"}, {"killed": "#affected+killed"}, set(), id="all-in-hxl"),
        pytest.param({"date": DAY, "x": "1"}, {"date_start": "date"}, {"longitude"}, id="an-x-alone"),
        pytest.param(
            {"date": DAY, "country of origin of perpetrator": "Pakistan"},
            {"date_start": "date"},
            {"country"},
            id="origin",
        ),
    ],
)
def test_a_column_is_guessed_only_for_what_it_holds(columns, guessed, left):
    found = guess_columns(pa.table({name: [value] for name, value in columns.items()}))
    assert guessed.items() <= found.items()
    assert not left & found.keys()


def test_a_day_that_is_none_is_no_other_day():
    days = ["2025-02-30", "2025-02-29", "2025-04-31", "2024-02-29", "2025-04-30", "10:30:25"]
    result = mapped_plain(*({"date": day, "country": "Afghanistan"} for day in days))
    assert [f"{day}" for day in result.rows["date_start"].to_pylist()] == ["2024-02-29", "2025-04-30"]
    assert result.rejected.num_rows == 4


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        pytest.param("Sunday 11 October 2025", True, id="wrong"),
        pytest.param("Saturday 11 October 2025", False, id="right"),
        pytest.param("суббота 11 октября 2025", False, id="in-Russian"),
        pytest.param("11 October 2025", False, id="none"),
    ],
)
def test_a_day_of_the_week_that_is_another_is_noted(name, wrong):
    result = mapped_plain({"date": name, "country": "Afghanistan"})
    assert (Repair.WEEKDAY in result.repairs) is wrong
    assert f"{only(result)['date_start']}" == "2025-10-11"


@pytest.mark.parametrize(
    "text",
    ["2025-10-11 (unconfirmed)", "20251011.0", "/Date(1760140800000)/", "1760140800000000", "1760140800000000000"],
)
def test_what_programs_and_people_write_around_a_day_is_left_out(text):
    assert f"{only(mapped_plain({'date': text, 'country': 'Afghanistan'}))['date_start']}" == "2025-10-11"


@pytest.mark.parametrize(
    ("texts", "suspect"),
    [
        pytest.param(("2025-05-10", "2025-06-10", "13/10/2025", "25/10/2025"), True, id="exchanged"),
        pytest.param(("2025-05-13", "2025-06-10", "13/10/2025", "25/10/2025"), False, id="a-later-day"),
        pytest.param(("2025-05-10", "2025-06-10", "13/10/2025", "05/10/2025"), False, id="an-earlier-text"),
        pytest.param(("2025-05-10", "2025-06-10"), False, id="dates-alone"),
    ],
)
def test_half_exchanged_dates_of_a_spreadsheet_are_told(texts, suspect):
    assert may_be_half_exchanged(pa.chunked_array([texts])) is suspect


@pytest.mark.parametrize(
    ("lat", "lon", "read"),
    [
        pytest.param("333395", "699204", True, id="digits"),
        pytest.param("332022", "695513", False, id="perhaps-minutes-and-seconds"),
        pytest.param("3320.37", "6955.22", False, id="perhaps-minutes"),
    ],
)
def test_no_point_is_put_back_where_minutes_may_stand(lat, lon, read):
    result = mapped_plain({"date": DAY, "country": "Afghanistan", "lat": lat, "lon": lon})
    assert (result.rows.num_rows == 1) is read


def test_a_day_number_of_a_spreadsheet_is_no_number_of_people():
    result = mapped_plain(*({"date": DAY, "country": "Afghanistan", "killed": text} for text in ("45942", "12")))
    assert result.rows["killed_best"].to_pylist() == [None, 12]
    assert result.repairs == {Repair.NO_FIGURE: 1}


@pytest.mark.parametrize(
    ("columns", "ends", "subtype"),
    [
        pytest.param({"Injured": "12"}, {"injured": (12, 12)}, "unclassified", id="injured"),
        pytest.param(
            {"Killed": "3", "Wounded": "5-7"}, {"killed": (3, 3), "injured": (5, 7)}, "unclassified", id="range"
        ),
        pytest.param({"Injured": "at least 20"}, {"injured": (20, None)}, "unclassified", id="bound"),
        pytest.param(
            {"injured min": "1", "Injured": "4", "injured max": "9"}, {"injured": (1, 9)}, "unclassified", id="ends"
        ),
        pytest.param({"Injured": "unknown"}, {}, "unclassified", id="no figure is not 0"),
        pytest.param({"Injured": "0"}, {"injured": (0, 0)}, "unclassified", id="0 is a figure"),
        pytest.param({"Returnees": "4,120"}, {"crossed": (4120, 4120)}, "unspecified_crossing", id="returnees"),
        pytest.param({"Returnees": "45120"}, {"crossed": (45120, 45120)}, "unspecified_crossing", id="many"),
        pytest.param({"Returnees": "up to 90"}, {"crossed": (None, 90)}, "unspecified_crossing", id="upper bound"),
        pytest.param({"Returnees": "0"}, {"crossed": (0, 0)}, "unclassified", id="nobody crossed"),
        pytest.param(
            {"Returnees": "7", "type": "border closure"}, {"crossed": (7, 7)}, "crossing_closed", id="kind of the file"
        ),
    ],
)
def test_people_are_read_by_measure(columns, ends, subtype):
    row = only(mapped_plain({"date": DAY, "country": "Afghanistan", **columns}))
    found = {about.value: (row[f"{about}_low"], row[f"{about}_high"]) for about in MEASURES}
    assert {about: both for about, both in found.items() if both != (None, None)} == ends
    assert (row["subtype"], row["claims"]) == (subtype, max(1, len(ends)))


def test_a_table_of_flow_monitoring_is_one_of_crossings():
    table = {"Country": "Afghanistan", "Border crossing point": "Spin Boldak", "Direction": "Inflow", "Families": "600"}
    result = mapped_plain({"Date": DAY, **table, "Individuals crossing": "4,120", "Female individuals": "1,900"})
    row = only(result)
    assert (row["category"], row["title"]) == ("crossing", "Crossing: Spin Boldak")
    assert (row["crossed_low"], row["crossed_high"], row["killed_best"]) == (4120, 4120, None)


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
    ("columns", "killed"),
    [
        pytest.param({"civilians killed": "2", "soldiers killed": "3"}, (5, 5, 5), id="all parts"),
        pytest.param({"civilians killed": "2", "Killed journalists": "1"}, (2, None, None), id="one is not used"),
        pytest.param({"civilians killed": "2", "Killed journalists": "0"}, (2, 2, 2), id="that one is 0"),
        pytest.param({"civilians killed": "2", "women killed": "1"}, (2, 2, 2), id="a part of a part"),
        pytest.param({"killed": "2", "Killed journalists": "1"}, (2, 2, 2), id="a total"),
        pytest.param({"civilians killed": "2", "killed remarks": "none"}, (2, 2, 2), id="no numbers"),
    ],
)
def test_a_sum_of_parts_is_the_least_where_another_part_is_not_used(columns, killed):
    row = only(mapped_plain({**ROW, **columns}))
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == killed


@pytest.mark.parametrize(
    ("more", "subtype"),
    [
        ({"subtype": "air_strike"}, "air_strike"),
        ({"category": "Border clash"}, "border_clash"),
        ({"category": "protest"}, "protest"),
        ({"category": "Strike"}, "unspecified_strike"),
        ({"category": "clash", "subtype": "ambush"}, "unspecified_clash"),
        ({"type": "Airstrike"}, "air_strike"),
        ({"type": "Border closure"}, "crossing_closed"),
    ],
)
def test_kinds_are_those_of_the_vocabulary(more, subtype):
    assert only(mapped_plain({**ROW, **more}))["subtype"] == subtype


def test_a_kind_of_another_vocabulary_is_unclassified_and_said_so():
    result = mapped_plain({**ROW, "type": "ambush"})
    assert (only(result)["subtype"], result.repairs) == ("unclassified", {Repair.KIND_UNKNOWN: 1})
    assert "“ambush”" in only(result)["summary"]


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


@pytest.mark.parametrize(
    ("more", "where"),
    [
        pytest.param({"province": "Nangarhar"}, ("AF", "AF-NAN"), id="the province says the country, not the point"),
        pytest.param(
            {"province": "Nangarhar", "country": "Pakistan"}, ("PK", "PK-KP"), id="a named country counts first"
        ),
        pytest.param({}, ("PK", "PK-KP"), id="nothing but the point"),
        pytest.param(
            {"province": "Punjab", "Lat": "31.6", "Lon": "74.9"}, None, id="a province of that name elsewhere"
        ),
    ],
)
def test_a_province_names_its_country_where_none_is_named(more, where):
    result = mapped_plain({"Date": "2025-10-11", "Lat": "34.1275", "Lon": "71.0985", **more})
    found = [(row["country"], row["province_code"]) for row in result.rows.to_pylist()]
    assert found == ([where] if where else [])
