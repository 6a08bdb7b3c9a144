"""Countries and provinces by the names that files give them."""

from collections import defaultdict

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from geo.imports.fields.countries import LANGUAGES, OUTSIDE, country_named
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


OURS = ("AF", "PK", "TJ")


def _upper(name):
    return name.upper() if name.upper().casefold() == name.casefold() else name  # İ and ı are of Turkish alone


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_a_country_is_one_of_ours_or_another(language):
    wrong = defaultdict(list)
    for code, name in Locale.parse(language).territories.items():
        if code.isalpha():
            expected = code if code in OURS else OUTSIDE
            for written in (name, _upper(name), f" {name} ", f"\u200f{name}\u200f"):
                if country_named(written) != expected:
                    wrong[written].append(country_named(written))
    assert not wrong


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("Af-Pak", None, id="two of them, short"),
        pytest.param("AfPak border", None, id="two of them, in one word"),
        pytest.param("US-Pak", None, id="one beside another, short"),
        pytest.param("Afghanistan-Pakistan", None, id="two of them"),
        pytest.param("Iran/Pakistan border", None, id="one and another"),
        pytest.param("Punjab, India", OUTSIDE, id="a province of two countries"),
        pytest.param("Punjab", None, id="a province alone"),
        pytest.param("Kurdistan", None, id="a name of the same end"),
        pytest.param("Kazakhstan", OUTSIDE, id="another country of the same end"),
        pytest.param("Pakstan", "PK", id="misspelt"),
        pytest.param("Tajkistan", "TJ", id="misspelt, another"),
        pytest.param("PK", "PK", id="code of two letters"),
        pytest.param("afg", "AF", id="code of three"),
        pytest.param("762", "TJ", id="number"),
        pytest.param("AF;PK", None, id="two codes"),
        pytest.param("Unknown", None, id="unknown"),
        pytest.param(200 * "Pakistan ", None, id="more than a name"),
    ],
)
def test_a_name_is_of_one_country_or_of_none(name, code):
    assert country_named(name) == code


WORDS = st.sampled_from(
    ["Pakistan", "Afghan", "Iran", "border", "and", "AF", "-", "/", "(", "Republic of", "پاکستان", "ﷺ", "4"]
)


@given(
    st.text(max_size=60) | st.lists(WORDS, max_size=6).map(" ".join) | st.sampled_from([50_000 * "a ", 20_000 * "ﷺ"])
)
def test_no_text_breaks_the_names(text):
    assert country_named(text) in {None, OUTSIDE, *OURS}
    assert province_named(text, None) is None or province_named(text, None)[:2] in OURS
