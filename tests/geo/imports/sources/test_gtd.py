"""GTD rows: which column means what."""

from datetime import date

import pytest

from geo.imports.fields.cell_values import Repair
from geo.imports.recognition import KINDS
from tests.geo.imports.published import COLUMNS, mapped, only

GTD = KINDS["gtd"]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("id", "gtd-202006150000"),
        ("title", "Armed assault: Torkham, Nangarhar"),
        ("summary", "GTD: “Test row.”"),
        ("category", "clash"),
        ("subtype", "armed_clash"),
        ("date_start", date(2020, 6, 15)),
        ("date_precision", "day"),
        ("country", "AF"),
        ("province_code", "AF-NAN"),
        ("place", "Torkham"),
        ("location_precision", "near"),
        ("uncertainty_km", 5.0),
        ("actors", ["Test group"]),
        ("sources", 2),
        ("source_text", "Test paper, 15 June 2020.; Test agency, 16 June 2020."),
        ("killed_low", 3),
        ("killed_best", 3),
        ("killed_high", 3),
        ("killed_side_a", None),
        ("repairs", []),
    ],
)
def test_an_event_is_told_in_the_fields_of_an_incident(field, expected):
    assert only(mapped(GTD))[field] == expected


@pytest.mark.parametrize(
    ("change", "subtype", "words"),
    [
        pytest.param(
            {"targtype1_txt": "Private Citizens & Property"}, "violence_against_civilians", "Armed", id="civilians"
        ),
        pytest.param({"targtype1_txt": "Unknown", "targtype1": "20"}, "unclassified", "Armed", id="target unknown"),
        pytest.param({"targtype1_txt": "", "targtype1": "3"}, "armed_clash", "Armed", id="target by its code"),
        pytest.param({"attacktype1_txt": "", "attacktype1": "3"}, "explosion", "Bombing", id="attack by its code"),
        pytest.param({"attacktype1_txt": "3", "attacktype1": ""}, "explosion", "Bombing", id="its code as words"),
        pytest.param({"attacktype1_txt": "BOMBING/EXPLOSION"}, "explosion", "Bombing", id="capitals"),
        pytest.param(
            {"attacktype1_txt": "Bombing/Explosion", "weapsubtype1": "11"},
            "shelling_or_missile",
            "Rocket",
            id="projectiles",
        ),
        pytest.param(
            {"attacktype1_txt": "Assassination", "weaptype1": "6"}, "explosion", "Assassination", id="explosives"
        ),
        pytest.param({"attacktype1_txt": "Unknown"}, "unclassified", "Attack", id="attack unknown"),
    ],
)
def test_kinds_are_those_of_the_published_tables(change, subtype, words):
    row = only(mapped(GTD, change))
    assert (row["subtype"], row["repairs"]) == (subtype, [])
    assert row["title"].startswith(words)


def test_an_attack_in_no_table_is_unclassified_and_said_so():
    result = mapped(GTD, {"attacktype1_txt": "Parade"})
    assert only(result)["subtype"] == "unclassified"
    assert result.repairs == {Repair.KIND_UNKNOWN: 1}


@pytest.mark.parametrize(
    ("month", "day", "start", "end", "precision"),
    [
        pytest.param("6", "0", date(2020, 6, 1), date(2020, 6, 30), "month", id="no day"),
        pytest.param("0", "0", date(2020, 1, 1), date(2020, 12, 31), "year", id="no month"),
        pytest.param("", "", date(2020, 1, 1), date(2020, 12, 31), "year", id="nothing"),
    ],
)
def test_a_day_or_month_of_0_is_not_known(month, day, start, end, precision):
    row = only(mapped(GTD, {"imonth": month, "iday": day}))
    assert (row["date_start"], row["date_end"], row["date_precision"]) == (start, end, precision)


@pytest.mark.parametrize(
    ("change", "precision", "uncertainty_km", "drawn"),
    [
        ({"specificity": "1", "vicinity": "1"}, "near", 25.0, True),
        ({"specificity": "2"}, "district", 40.0, False),
        ({"specificity": "3", "vicinity": "1"}, "district", 40.0, False),
        ({"specificity": "4"}, "province", 88.0, False),
        ({"specificity": "5", "latitude": "", "longitude": ""}, "country", None, False),
        ({"specificity": ""}, "province", 88.0, False),
    ],
)
def test_specificity_tells_how_well_the_place_is_known(change, precision, uncertainty_km, drawn):
    row = only(mapped(GTD, {"latitude": "34.33333", "longitude": "70.41667", **change}))
    assert (row["location_precision"], row["uncertainty_km"]) == (precision, uncertainty_km)
    assert (row["geometry"] is not None) is drawn


@pytest.mark.parametrize(("code", "country"), [("4", "AF"), ("153", "PK"), ("202", "TJ")])
def test_the_number_of_the_country_stands_in_for_its_name(code, country):
    change = {"country_txt": "", "country": code, "latitude": "", "longitude": "", "provstate": "Unknown"}
    row = only(mapped(GTD, change))
    assert (row["country"], row["province"]) == (country, None)


@pytest.mark.parametrize(("nwound", "injured"), [("7", 7), ("0", 0), ("", None), ("-99", None), ("2.5", None)])
def test_the_wounded_are_injured(nwound, injured):
    row = only(mapped(GTD, {"nwound": nwound}))
    assert (row["injured_low"], row["injured_high"]) == (injured, injured)


@pytest.mark.parametrize("nkill", ["", "-99", "Unknown"])
def test_deaths_that_are_not_known_are_none_and_keep_no_row_out(nkill):
    assert only(mapped(GTD, {"nkill": nkill}))["killed_best"] is None


def test_what_gtd_doubts_and_what_may_be_a_share_is_counted():
    assert list(mapped(GTD, {"doubtterr": "1"}, {"doubtterr": "-9", "multiple": "1"}, {}).flags.values()) == [1, 1]


def test_unknown_groups_are_nobody():
    assert only(mapped(GTD, {"gname": "Unknown", "gname2": "Another test group"}))["actors"] == ["Another test group"]


def test_a_file_of_few_columns_is_read():
    columns = ("eventid", "iyear", "imonth", "iday", "country_txt", "latitude", "longitude", "attacktype1_txt", "nkill")
    row = only(mapped(GTD, {}, columns=columns))
    assert (row["subtype"], row["location_precision"], row["killed_best"]) == ("unclassified", "province", 3)


def test_all_its_columns_are_different():
    columns = COLUMNS[GTD][0]
    assert len(set(columns)) == len(columns) == 135
