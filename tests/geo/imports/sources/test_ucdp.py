"""UCDP rows: which column means what."""

from datetime import date

import pytest

from geo.imports.fields.cell_values import Repair
from geo.imports.recognition import KINDS
from tests.geo.imports.published import mapped, only

UCDP = KINDS["ucdp-ged"]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("id", "ucdp-ged-5000010"),
        ("subtype", "armed_clash"),
        ("title", "State-based violence: Torkham village, Nangarhar"),
        ("summary", "UCDP: “Government of Pakistan - TTP. Clash reported”"),
        ("date_start", date(2025, 10, 11)),
        ("province_code", "AF-NAN"),
        ("district", "Muhmand Dara district"),
        ("actors", ["Government of Pakistan", "TTP"]),
        ("sources", 2),
        ("source_text", "Pajhwok News;Dawn"),
        ("killed_low", 4),
        ("killed_best", 5),
        ("killed_high", 9),
        ("killed_side_a", 1),
        ("killed_side_b", 2),
        ("killed_civilians", 1),
        ("killed_unknown", 1),
    ],
)
def test_an_event_is_told_in_the_fields_of_an_incident(field, expected):
    assert only(mapped(UCDP))[field] == expected


@pytest.mark.parametrize(
    ("code", "category", "subtype"),
    [
        ("1", "clash", "armed_clash"),
        ("2", "clash", "armed_clash"),
        ("3", "other", "violence_against_civilians"),
        ("4", "other", "unclassified"),
    ],
)
def test_types_of_violence_are_those_of_the_published_table(code, category, subtype):
    row = only(mapped(UCDP, {"type_of_violence": code}))
    assert (row["category"], row["subtype"]) == (category, subtype)


@pytest.mark.parametrize(
    ("code", "precision", "uncertainty_km", "point", "drawn"),
    [
        ("1", "exact", 1.5, True, True),
        ("2", "near", 25.0, True, True),
        ("3", "district", 40.0, True, False),
        ("4", "province", 88.0, True, False),
        ("5", "country", None, False, False),
        ("6", "country", None, False, False),
        ("7", "country", None, False, False),
        ("", "province", 88.0, True, False),
    ],
)
def test_where_prec_is_about_the_place_alone(code, precision, uncertainty_km, point, drawn):
    row = only(mapped(UCDP, {"where_prec": code, "latitude": "34.33333", "longitude": "70.41667"}))
    assert (row["location_precision"], row["uncertainty_km"]) == (precision, uncertainty_km)
    assert (row["lon"] is not None, row["geometry"] is not None) == (point, drawn)
    assert row["date_precision"] == "day"


@pytest.mark.parametrize(
    ("code", "precision"), [("1", "day"), ("2", "week"), ("3", "week"), ("4", "month"), ("5", "year"), ("", "year")]
)
def test_date_prec_is_about_the_time_alone(code, precision):
    row = only(mapped(UCDP, {"date_prec": code, "date_end": "2025-10-20"}))
    assert (row["date_precision"], row["location_precision"]) == (precision, "exact")
    assert (row["date_start"], row["date_end"]) == (date(2025, 10, 11), date(2025, 10, 20))


def test_a_country_without_coordinates_keeps_its_coordinates_in_the_raw_row():
    assert only(mapped(UCDP, {"where_prec": "6"}))["raw"]["latitude"] == "34.1214"


def test_low_above_high_is_kept_as_it_stands_and_flagged():
    result = mapped(UCDP, {"low": "9", "best": "5", "high": "4"})
    row = only(result)
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == (9, 5, 4)
    assert row["summary"].endswith("are not in this order; all three are kept unchanged.")
    assert result.flags == {"low, best and high not in this order": 1}


def test_decimal_whole_numbers_are_one_repair_and_the_id_is_whole():
    result = mapped(UCDP, {"id": "401115.0", "best": "5.0", "where_prec": "1.0"})
    row = only(result)
    assert (row["source_id"], row["killed_best"], row["location_precision"]) == ("401115", 5, "exact")
    assert row["repairs"] == [Repair.WHOLE_NUMBER.words]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"date_start": "2025-10-12", "date_end": "2025-10-11"}, Repair.DATES_EXCHANGED),
        ({"date_end": ""}, Repair.DATE_MISSING),
        ({"date_start": ""}, Repair.DATE_MISSING),
    ],
)
def test_start_and_end_are_put_in_order(change, kind):
    result = mapped(UCDP, change)
    row = only(result)
    assert row["date_start"] <= row["date_end"]
    assert result.repairs == {kind: 1}


def test_sources_that_were_not_counted_are_counted_by_their_names():
    assert only(mapped(UCDP, {"number_of_sources": "-1"}))["sources"] == 2


def test_the_number_of_the_country_stands_in_for_its_name():
    assert only(mapped(UCDP, {"country": "", "country_id": "770", "where_prec": "6"}))["country"] == "PK"
