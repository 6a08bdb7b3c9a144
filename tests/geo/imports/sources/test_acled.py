"""ACLED rows: which column means what."""

from datetime import date

import pytest

from geo.imports.fields.cell_values import Repair
from geo.imports.recognition import KINDS
from tests.geo.imports.published import COLUMNS, mapped, only

ACLED = KINDS["acled"]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("id", "acled-afg10"),
        ("source_id", "AFG10"),
        ("category", "clash"),
        ("subtype", "armed_clash"),
        ("title", "Armed clash: Torkham, Nangarhar"),
        ("summary", "ACLED: “On 11 October 2025, forces of both sides exchanged fire.”"),
        ("date_start", date(2025, 10, 11)),
        ("date_end", date(2025, 10, 11)),
        ("date_precision", "day"),
        ("year", 2025),
        ("place", "Torkham"),
        ("district", "Mohmand Dara"),
        ("province", "Nangarhar"),
        ("province_code", "AF-NAN"),
        ("joined_province_code", "AF-NAN"),
        ("country", "AF"),
        ("side", "AF"),
        ("location_precision", "near"),
        ("uncertainty_km", 5.0),
        ("side_decided", False),
        ("status", "reported"),
        ("border", "Durand Line"),
        ("sources", 2),
        ("source_text", "Pajhwok News; Dawn"),
        ("killed_low", 3),
        ("killed_best", 3),
        ("killed_high", 3),
        ("killed_civilians", None),
        ("location_note", None),
        ("repairs", []),
        ("source_row", 1),
    ],
)
def test_an_event_is_told_in_the_fields_of_an_incident(field, expected):
    assert only(mapped(ACLED))[field] == expected


def test_the_names_in_its_four_columns_are_the_actors():
    assert only(mapped(ACLED))["actors"] == [
        "Military Forces of Afghanistan (2021-)",
        "Border Guards",
        "Police",
        "Military Forces of Pakistan (2024-)",
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({"year": "2025", "iso": "4"}, [], id="both agree"),
        pytest.param({"year": "", "iso": ""}, [], id="neither is given"),
        pytest.param({"year": "2024"}, ["event_date “2025-10-11”, year “2024”"], id="another year"),
        pytest.param({"iso": "586"}, ["country “Afghanistan”, iso “586”"], id="another of the three countries"),
        pytest.param({"iso": "356"}, ["country “Afghanistan”, iso “356”"], id="another country"),
    ],
)
def test_columns_that_contradict_each_other_are_noted(changes, said):
    found = only(mapped(ACLED, changes))
    assert [words.partition(": ")[2] for words in found["repairs"]] == said
    assert (found["date_start"], found["country"]) == (date(2025, 10, 11), "AF")


def test_the_row_as_it_came_stands_beside():
    assert only(mapped(ACLED, {"fatalities": " 3 "}))["raw"]["fatalities"] == " 3 "


@pytest.mark.parametrize(
    ("event", "sub_event", "expected"),
    [
        ("Explosions/Remote violence", "Air/drone strike", ("strike", "air_or_drone_strike")),
        ("explosions/remote violence", "AIR/DRONE STRIKE", ("strike", "air_or_drone_strike")),
        ("Explosions/Remote violence", "Shelling/artillery/missile attack", ("strike", "shelling_or_missile")),
        ("Explosions/Remote violence", "Grenade", ("other", "explosion")),
        ("Battles", "Government regains territory", ("clash", "territory_change")),
        ("Battles", "Something new", ("clash", "armed_clash")),
        ("Violence against civilians", "Attack", ("other", "violence_against_civilians")),
        ("Protests", "Peaceful protest", ("other", "protest")),
        ("Riots", "Mob violence", ("other", "riot")),
        ("Strategic developments", "Agreement", ("other", "strategic_development")),
        ("", "Air/drone strike", ("strike", "air_or_drone_strike")),
        ("Battle-No change of territory", "", ("clash", "armed_clash")),
        ("Riots/Protests", "", ("other", "unclassified")),
    ],
)
def test_kinds_are_those_of_the_published_table(event, sub_event, expected):
    row = only(mapped(ACLED, {"event_type": event, "sub_event_type": sub_event}))
    assert (row["category"], row["subtype"], row["repairs"]) == (*expected, [])


def test_an_unknown_kind_is_unclassified_and_said_so():
    result = mapped(ACLED, {"event_type": "Parade"})
    assert only(result)["subtype"] == "unclassified"
    assert result.repairs == {Repair.KIND_UNKNOWN: 1}


@pytest.mark.parametrize(
    ("code", "precision", "uncertainty_km", "drawn"),
    [("1", "near", 5.0, True), ("2", "near", 25.0, True), ("3", "province", 88.0, False)],
)
def test_geo_precision_is_about_the_place_alone(code, precision, uncertainty_km, drawn):
    row = only(mapped(ACLED, {"geo_precision": code, "latitude": "34.33333", "longitude": "70.41667"}))
    assert (row["location_precision"], row["uncertainty_km"]) == (precision, uncertainty_km)
    assert (row["date_precision"], row["geometry"] is not None) == ("day", drawn)


@pytest.mark.parametrize(
    ("code", "precision", "start", "end"),
    [
        ("1", "day", date(2025, 10, 11), date(2025, 10, 11)),
        ("2", "week", date(2025, 10, 8), date(2025, 10, 14)),
        ("3", "month", date(2025, 10, 1), date(2025, 10, 31)),
    ],
)
def test_time_precision_is_about_the_time_alone(code, precision, start, end):
    row = only(mapped(ACLED, {"time_precision": code}))
    assert (row["date_precision"], row["date_start"], row["date_end"]) == (precision, start, end)
    assert (row["location_precision"], row["uncertainty_km"]) == ("near", 5.0)


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [("2025-01-02", date(2025, 1, 1), date(2025, 1, 5)), ("2025-12-30", date(2025, 12, 27), date(2025, 12, 31))],
)
def test_a_week_stays_within_the_year_that_the_file_counts_it_in(day, start, end):
    row = only(mapped(ACLED, {"time_precision": "2", "event_date": day}))
    assert (row["date_start"], row["date_end"]) == (start, end)


@pytest.mark.parametrize("code", ["", "9", "near", "-1"])
def test_a_precision_code_that_is_none_is_the_least_precise(code):
    result = mapped(ACLED, {"geo_precision": code, "time_precision": code})
    row = only(result)
    assert (row["location_precision"], row["date_precision"]) == ("province", "month")
    assert result.repairs == {Repair.PRECISION_MISSING: 1}


def test_missing_deaths_are_not_none_killed():
    assert only(mapped(ACLED, {"fatalities": ""}))["killed_best"] is None


@pytest.mark.parametrize("text", ["dozens", "-3", "1.5", "99999999999999999999"])
def test_deaths_that_are_no_number_leave_the_row_without_a_figure(text):
    result = mapped(ACLED, {"fatalities": text})
    assert [only(result)[name] for name in ("killed_low", "killed_best", "killed_high")] == [None] * 3
    assert result.repairs == {Repair.NO_FIGURE: 1}


def test_without_its_id_a_row_gets_one_of_its_content():
    first, second = (only(mapped(ACLED, {"event_id_cnty": ""}))["id"] for _ in range(2))
    assert first == second
    assert first.startswith("acled-row-")


def test_its_codes_of_precision_are_read_where_it_has_no_ids():
    columns = tuple(name for name in COLUMNS[ACLED][0] if name != "event_id_cnty")
    row = only(mapped(ACLED, {"geo_precision": "3", "time_precision": "2"}, columns=columns))
    assert (row["location_precision"], row["date_precision"]) == ("province", "week")
    assert row["id"].startswith("acled-row-")


def test_the_letters_of_a_country_stand_in_for_its_name_and_number():
    columns = (*COLUMNS[ACLED][0], "iso3")
    change = {"country": "", "iso": "", "iso3": "PAK", "latitude": "", "longitude": ""}
    assert only(mapped(ACLED, change, columns=columns))["country"] == "PK"
