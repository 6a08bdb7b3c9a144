"""Countries and provinces by the names that files give them."""

import pytest

from geo.imports.fields.countries import OUTSIDE, country_named
from geo.imports.fields.place_columns import former_unit, province_named
from geo.imports.fields.published_tables import table
from geo.places.boundaries import boundaries


@pytest.mark.parametrize(
    ("name", "country", "code"),
    [
        ("Nangarhar", "AF", "AF-NAN"),
        ("Nangahar province", "AF", "AF-NAN"),
        ("NANGARHAR PROVINCE", "AF", "AF-NAN"),
        ("Hilmand", None, "AF-HEL"),
        ("Sar-e-Pul", "AF", "AF-SAR"),
        ("Khyber Pakhtunkhwa", "PK", "PK-KP"),
        ("Khyber Pakhtoonkhwa", "PK", "PK-KP"),
        ("KP", "PK", "PK-KP"),
        ("NWFP", "PK", "PK-KP"),
        ("FATA", "PK", "PK-KP"),
        ("Federally Administered Tribal Areas", "PK", "PK-KP"),
        ("Islamabad Capital territory", "PK", "PK-IS"),
        ("Badakhshan", "AF", "AF-BDS"),
        ("Badakhshan", "TJ", "TJ-GB"),
        ("Badakhshan", None, None),
        ("Leninobod region", "TJ", "TJ-SU"),
        ("ننگرهار", "AF", "AF-NAN"),
        ("Nangarhar", "PK", None),
        ("Khorasan", "AF", None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_provinces_are_known_by_their_usual_spellings(name, country, code):
    assert province_named(name, country) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Afghanistan", "AF"),
        ("AFGHANISTAN", "AF"),
        ("Afganistan", "AF"),
        ("AFG", "AF"),
        ("Islamic Republic of Pakistan", "PK"),
        ("Tadjikistan", "TJ"),
        ("Таджикистан", "TJ"),
        ("Iran", OUTSIDE),
        ("Turkmenistan", OUTSIDE),
        ("Uzbekistan", OUTSIDE),
        ("India", OUTSIDE),
        (None, None),
    ],
)
def test_countries_are_known_by_name(name, code):
    assert country_named(name) == code


def test_every_province_is_known_by_its_own_name():
    provinces = boundaries().provinces
    assert [province_named(row.province, row.country) for row in provinces.itertuples()] == list(provinces.index)


def test_every_spelling_of_the_table_is_that_of_its_province():
    for line in table("province_names"):
        code = line["province_code"]
        assert {province_named(name, code[:2]) for name in line["names"].split(";")} == {code}


@pytest.mark.parametrize(
    ("name", "former"),
    [
        pytest.param("FATA", True, id="short"),
        pytest.param("Federally Administered Tribal Areas", True, id="whole"),
        pytest.param("federally administered TRIBAL AREAS region", True, id="with a word for the unit"),
        pytest.param("NWFP", False, id="the former name of a province"),
        pytest.param("Federally Administered Northern Areas", False, id="another territory"),
        pytest.param("Nowhere", False, id="unknown"),
        pytest.param("", False, id="empty"),
        pytest.param(None, False, id="none"),
    ],
)
def test_names_of_former_units_are_told_from_others(name, former):
    assert (former_unit(name) is not None) is former


def test_every_former_unit_counts_as_the_province_that_it_names():
    provinces = boundaries().provinces["province"]
    for line in table("former_units"):
        names = line["names"].split(";")
        code = line["province_code"]
        assert {province_named(name, code[:2]) for name in names} == {code}
        assert {former_unit(name) for name in names} == {line["meaning"]}
        assert f"part of {provinces[code]} since" in line["meaning"]
