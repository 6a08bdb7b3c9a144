"""GDELT rows: leads, and nothing that is counted."""

import pytest

from geo.datasets.dataset import Deaths as Sums
from geo.imports.recognition import KINDS
from geo.imports.sources.gdelt import GDELT_1
from tests.geo.imports.published import mapped, only, refused

GDELT = KINDS["gdelt"]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("id", "gdelt-12000000010"),
        ("status", "lead"),
        ("title", "Fight: Torkham, Nangarhar"),
        ("summary", "GDELT gives no further description."),
        ("subtype", "armed_clash"),
        ("location_precision", "near"),
        ("uncertainty_km", 25.0),
        ("actors", ["PAKISTAN", "TALIBAN"]),
        ("source_url", "https://example.org/news/1"),
        ("killed_best", None),
    ],
)
def test_a_lead_is_told_in_the_fields_of_an_incident(field, expected):
    assert only(mapped(GDELT))[field] == expected


def test_leads_add_up_to_nothing():
    assert mapped(GDELT).sums == Sums()


@pytest.mark.parametrize(
    ("code", "subtype"),
    [
        ("195", "air_or_drone_strike"),
        ("1952", "air_or_drone_strike"),
        ("194", "shelling_or_missile"),
        ("193", "armed_clash"),
        ("1831", "explosion"),
        ("180", "violence_against_civilians"),
        ("145", "protest"),
    ],
)
def test_the_longest_beginning_of_the_code_tells_the_kind(code, subtype):
    assert only(mapped(GDELT, {"EventCode": code}))["subtype"] == subtype


def test_talk_makes_no_lead():
    assert refused(mapped(GDELT, {"EventCode": "042"}))[:2] == ("EventCode", "042")


@pytest.mark.parametrize(("kind", "precision"), [("1", "country"), ("4", "near"), ("5", "province"), ("", "country")])
def test_the_type_of_the_place_tells_its_precision(kind, precision):
    assert only(mapped(GDELT, {"ActionGeo_Type": kind}))["location_precision"] == precision


@pytest.mark.parametrize("address", ["javascript:alert(1)", "BBC Monitoring", "", "https://x"])
def test_what_is_no_web_address_is_no_link(address):
    assert only(mapped(GDELT, {"SOURCEURL": address}))["source_url"] is None


def test_other_countries_are_rejected_by_their_code():
    other = {"ActionGeo_CountryCode": "IR", "ActionGeo_Lat": "35.7", "ActionGeo_Long": "51.4"}
    assert refused(mapped(GDELT, other))[:2] == ("ActionGeo_CountryCode", "IR")


def test_version_1_is_a_dataset_of_its_own_with_the_same_fields():
    row = only(mapped(KINDS["gdelt-1"]))
    assert (row["id"], row["title"]) == ("gdelt-1-12000000010", "Fight: Torkham, Nangarhar")
    assert (row["status"], row["location_precision"]) == ("lead", "near")


def test_files_of_before_april_2013_name_no_address():
    row = only(mapped(KINDS["gdelt-1"], {"SQLDATE": "20121011"}, columns=GDELT_1[:-1]))
    assert row["source_url"] is None
