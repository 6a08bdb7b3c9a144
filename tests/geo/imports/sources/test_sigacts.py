"""Significant activity reports: which column means what, and that they are a party's."""

from datetime import date

import pytest

from geo.imports.fields.cell_values import Repair
from geo.imports.readers.opening import open_rows
from geo.imports.recognition import KINDS, recognise
from tests.geo.imports.published import COLUMNS, mapped, only, refused, sheet, text_of
from tests.geo.imports.readers.reading import file_of

SIGACTS = KINDS["sigacts"]
NO_POINT = {"Latitude": "", "Longitude": ""}


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("title", "Direct fire: place not named, Nangarhar"),
        ("summary", "SIGACTS: “Test row.”"),
        ("subtype", "armed_clash"),
        ("date_start", date(2008, 6, 15)),
        ("country", "AF"),
        ("location_precision", "near"),
        ("uncertainty_km", 5.0),
        ("actors", ["Test unit"]),
        ("killed_best", 10),
        ("killed_side_a", 3),
        ("killed_side_b", 4),
        ("killed_civilians", 3),
        ("repairs", []),
    ],
)
def test_a_report_is_told_in_the_fields_of_an_incident(field, expected):
    assert only(mapped(SIGACTS))[field] == expected


@pytest.mark.parametrize(
    ("category", "subtype"),
    [
        ("INDIRECT FIRE", "shelling_or_missile"),
        ("IED Explosion", "explosion"),
        ("Close Air Support", "air_or_drone_strike"),
        ("Murder", "violence_against_civilians"),
    ],
)
def test_categories_are_those_of_the_published_table(category, subtype):
    assert only(mapped(SIGACTS, {"Category": category}))["subtype"] == subtype


def test_a_category_in_no_table_is_unclassified_and_said_so():
    result = mapped(SIGACTS, {"Category": "Key leader meeting"})
    assert only(result)["title"].startswith("Incident:")
    assert result.repairs == {Repair.KIND_UNKNOWN: 1}


def test_a_square_of_the_military_grid_stands_in_for_coordinates():
    row = only(mapped(SIGACTS, {**NO_POINT, "MGRS": "42R TV 51508 32855"}))
    assert (round(row["lat"], 1), round(row["lon"], 1), row["country"]) == (31.0, 66.4, "AF")


@pytest.mark.parametrize(("square", "km"), [("42RTV5133", 5.0), ("42RTV53", 7.07)])
def test_a_coarse_square_is_no_more_exact_than_it_is_written(square, km):
    row = only(mapped(SIGACTS, {**NO_POINT, "MGRS": square}))
    assert round(row["uncertainty_km"], 2) == km


def test_without_a_point_the_regional_command_tells_the_country():
    result = mapped(SIGACTS, {**NO_POINT, "MGRS": "no grid"})
    row = only(result)
    assert (row["country"], row["location_precision"], row["lon"]) == ("AF", "country", None)
    assert list(result.flags) == [
        "no coordinates, and a military grid reference that cannot be read; not drawn",
        "no coordinates: in counts and tables, but on no map",
    ]


def test_without_point_and_command_a_report_lies_nowhere():
    assert refused(mapped(SIGACTS, {**NO_POINT, "MGRS": "", "Region": "UNKNOWN"}))[2].startswith("is missing")


def test_a_report_across_the_border_lies_where_its_point_does():
    assert only(mapped(SIGACTS, {"Latitude": "33.9", "Longitude": "70.1008"}))["country"] == "PK"


def test_figures_of_no_group_are_no_figure():
    change = dict.fromkeys(("FriendlyKIA", "HostNationKIA", "CivilianKIA", "EnemyKIA"), "")
    row = only(mapped(SIGACTS, change))
    assert (row["killed_best"], row["killed_side_a"]) == (None, None)


def test_the_wounded_of_four_groups_are_injured():
    groups = {"FriendlyWIA": "1", "HostNationWIA": "2", "EnemyWIA": "3", "CivilianWIA": "4"}
    row = only(mapped(SIGACTS, groups))
    assert (row["injured_low"], row["injured_high"]) == (10, 10)
    row = only(mapped(SIGACTS, groups | {"EnemyWIA": ""}))
    assert (row["injured_low"], row["injured_high"]) == (7, None)


def test_names_of_later_extracts_are_told():
    header = ("REPORT_KEY", "DATETIME", "TYPE", "CATEGORY", "MGRS", "FRIENDLY_KIA", "HOST_NATION_KIA", "CIVILIAN_KIA")
    names = ("ReportKey", "DateOccurred", "Type", "Category", "MGRS", "FriendlyKIA", "HostNationKIA", "CivilianKIA")
    renamed = {new: COLUMNS[SIGACTS][1].get(old, "") for new, old in zip(header, names, strict=True)}
    row = only(mapped(SIGACTS, {**renamed, "MGRS": "42RTV5150832855"}, columns=header))
    assert (row["date_start"], row["killed_side_a"], row["killed_best"]) == (date(2008, 6, 15), 3, None)


def test_the_war_diary_has_no_header(tmp_path):
    columns, rows = sheet(SIGACTS, {"ReportKey": "0A0A0A0A-0000-0000-0000-000000000000", "Summary": "A test\nrow."}, {})
    found = open_rows(file_of(tmp_path, text_of(columns, rows, header=False).encode(), "afg.csv"))
    assert (found.header, found.headerless, recognise(found).kind) == (columns, True, SIGACTS)
    assert found.sample["Summary"].to_pylist() == ["A test\nrow.", "Test row."]


def test_somebody_elses_counts_by_side_are_not_taken_for_them(tmp_path):
    text = "Date,FriendlyKIA,EnemyKIA,CivilianKIA,Latitude,Longitude\n2008-06-15,1,2,3,34.1,71.0\n"
    found = recognise(open_rows(file_of(tmp_path, text.encode())))
    assert found.kind is KINDS["plain"]
    assert found.notes[0].startswith("its columns are named as in SIGACTS")
