"""AWSD rows: which column means what, and that its figures are of aid workers alone."""

from datetime import date

import pytest

from geo.imports.fields.cell_values import Repair
from geo.imports.recognition import KINDS
from tests.geo.imports.published import COLUMNS, mapped, only

AWSD = KINDS["awsd"]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("id", "awsd-90000"),
        ("title", "Shooting: Torkham, Nangarhar"),
        ("summary", "AWSD: “Test row.”"),
        ("category", "other"),
        ("subtype", "violence_against_civilians"),
        ("date_start", date(2024, 5, 16)),
        ("country", "AF"),
        ("province_code", "AF-NAN"),
        ("district", "Mohmand Dara"),
        ("place", "Torkham"),
        ("location_precision", "near"),
        ("actors", []),
        ("source_text", "Media"),
        ("killed_best", 2),
        ("killed_civilians", None),
        ("repairs", []),
    ],
)
def test_an_incident_is_told_in_the_fields_of_the_record(field, expected):
    assert only(mapped(AWSD))[field] == expected


@pytest.mark.parametrize(
    ("means", "subtype"),
    [
        ("Aerial bombardment", "air_or_drone_strike"),
        ("Aerial bombardment/missile/mortar/RPG/lobbed grenade", "unspecified_strike"),
        ("AB", "unspecified_strike"),
        ("Shelling", "shelling_or_missile"),
        ("Roadside IED", "explosion"),
        ("Vehicle-borne IED (suicide)", "explosion"),
        ("VBIED-S", "explosion"),
        ("Shooting (small arms / light weapons; e.g. pistols, rifles, machine guns)", "violence_against_civilians"),
        ("Rape/sexual assault", "violence_against_civilians"),
        ("Kidnap-killing", "violence_against_civilians"),
        ("Unknown", "unclassified"),
    ],
)
def test_means_of_attack_are_those_of_the_published_table(means, subtype):
    row = only(mapped(AWSD, {"Means of attack": means}))
    assert (row["subtype"], row["repairs"]) == (subtype, [])


def test_means_in_no_table_are_unclassified_and_said_so():
    assert mapped(AWSD, {"Means of attack": "Parade"}).repairs == {Repair.KIND_UNKNOWN: 1}


@pytest.mark.parametrize(
    ("month", "day", "end", "precision"),
    [
        ("5", "", date(2024, 5, 31), "month"),
        ("", "", date(2024, 12, 31), "year"),
        ("May", "16", date(2024, 5, 16), "day"),
    ],
)
def test_a_date_stands_in_three_columns(month, day, end, precision):
    row = only(mapped(AWSD, {"Month": month, "Day": day}))
    assert (row["date_end"], row["date_precision"]) == (end, precision)


@pytest.mark.parametrize(
    ("change", "precision", "place"),
    [
        ({"City": ""}, "district", "Mohmand Dara"),
        ({"City": "Unknown", "District": ""}, "province", "Nangarhar"),
        ({"City": "", "District": "", "Region": ""}, "country", "Afghanistan"),
    ],
)
def test_the_finest_unit_named_tells_how_well_the_place_is_known(change, precision, place):
    row = only(mapped(AWSD, change))
    assert (row["location_precision"], row["place"]) == (precision, place)


def test_the_letters_of_the_country_stand_in_for_its_name():
    change = {"Country": "", "Country Code": "PK", "Latitude": "", "Longitude": ""}
    assert only(mapped(AWSD, change))["country"] == "PK"


@pytest.mark.parametrize(
    ("change", "killed"),
    [
        ({"Total killed": ""}, 2),
        ({"Total killed": "", "Nationals killed": "", "Internationals killed": ""}, None),
        ({"Total killed": "5"}, 5),
    ],
)
def test_a_total_is_taken_before_its_parts(change, killed):
    assert only(mapped(AWSD, change))["killed_best"] == killed
    wounded = {name.replace("killed", "wounded"): number or change.get(name) for name, number in change.items()}
    parts = {"Nationals wounded": "2", "Internationals wounded": "0"} | wounded
    assert only(mapped(AWSD, parts))["injured_high"] == killed


def test_who_attacked_is_named_or_else_described():
    rows = mapped(AWSD, {"Actor type": "Host state"}, {"Actor type": "Host state", "Actor name": "Test army"}).rows
    assert rows["actors"].to_pylist() == [["Host state"], ["Test army"]]


def test_incidents_that_wait_to_be_verified_are_counted():
    assert mapped(AWSD, {"Verified": "Pending"}, {}).flags == {"not yet verified by AWSD": 1}


def test_an_older_file_without_totals_and_codes_is_read():
    dropped = {"Total killed", "Total wounded", "Total kidnapped", "Country Code", "Region", "District", "City"}
    columns = tuple(name for name in COLUMNS[AWSD][0] if name not in dropped)
    row = only(mapped(AWSD, columns=columns))
    assert (row["killed_best"], row["location_precision"]) == (2, "country")
