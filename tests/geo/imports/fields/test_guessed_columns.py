"""Which column of a plain file holds what, whatever it is called and wherever it stands."""

import re

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.imports.fields.column_mapping import PLAIN_FIELDS, guess_columns, may_be_missed, plain_words

VALUES = {
    "date_start": "2025-10-11",
    "date_end": "2025-10-12",
    "coordinates": "31.0058, 66.3997",
    "latitude": "31.0058",
    "longitude": "66.3997",
    "country": "Afghanistan",
}
"""What may stand in a column; a figure in all others."""
CASES = [
    str,
    str.upper,
    str.title,
    lambda name: name.replace(" ", "_"),
    lambda name: name.upper().replace(" ", "_"),
    lambda name: f" {name} ",
    lambda name: f"{name}:",
    lambda name: name.replace(" ", "-"),
]


def camel(name):
    return re.sub(r"[^a-z0-9]+([a-z0-9])", lambda found: found[1].upper(), name)


def guessed(columns):
    return guess_columns(pa.table({name: [value] for name, value in columns.items()}))


SETS = [
    {
        "date_start": "incident date",
        "latitude": "latitude",
        "longitude": "longitude",
        "killed": "killed",
        "country": "country",
    },
    {
        "date_start": "event date",
        "coordinates": "gps coordinates",
        "killed": "fatalities",
        "province": "admin1",
        "district": "admin2",
    },
    {
        "year": "year",
        "month": "month",
        "day": "day",
        "country": "country name",
        "killed_civilians": "civilians killed",
        "killed_fighters": "militants killed",
    },
    {
        "date_start": "date start",
        "date_end": "date end",
        "place": "location name",
        "killed": "best",
        "killed_low": "low",
        "killed_high": "high",
    },
    {
        "date_start": "date occurred",
        "latitude": "point y",
        "longitude": "point x",
        "id": "event id",
        "source": "source",
        "url": "source url",
    },
]


@given(st.sampled_from(SETS), st.data(), st.sampled_from([*CASES, camel]))
def test_order_and_case_of_names_do_not_matter(fields, data, write):
    order = data.draw(st.permutations(list(fields)))
    found = guessed({write(fields[field]): VALUES.get(field, "2") for field in order} | {"colour": "red"})
    assert found == {field: write(fields[field]) for field in fields}


@pytest.mark.parametrize("field", PLAIN_FIELDS)
def test_every_name_in_the_list_is_of_its_field(field):
    beside = {
        "killed": {"low": "1"},
        "killed_low": {"best": "1"},
        "killed_high": {"best": "1"},
        "latitude": {"longitude": VALUES["longitude"]},
        "longitude": {"latitude": VALUES["latitude"]},
    }.get(field, {})
    needs_year = {"colour": "red"} if field not in ("month", "day") else {}
    for name in PLAIN_FIELDS[field]:
        owners = [other for other, names in PLAIN_FIELDS.items() if plain_words(name) in map(plain_words, names)]
        found = guessed({name: VALUES.get(field, "2"), **beside, **needs_year})
        assert {other for other, column in found.items() if column == name} <= set(owners)
        if len(owners) == 1:
            assert found.get(field) == name


NAME = st.sampled_from([name for names in PLAIN_FIELDS.values() for name in names]) | st.text(min_size=1, max_size=12)
VALUE = st.sampled_from(
    ["2025-10-11", "31.0058", "66.3997", "Afghanistan", "2", "POINT (66 31)", "", "1/3", "10:30", None]
)


@given(st.dictionaries(NAME, VALUE, min_size=1, max_size=9))
def test_no_column_is_used_twice_and_none_is_made_up(columns):
    found = guessed(columns)
    assert len(set(found.values())) == len(found)
    assert set(found.values()) <= set(columns)
    assert set(found) <= set(PLAIN_FIELDS)


DATE = {"date": "2025-10-11"}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        pytest.param({"Killed/Injured": "1/3"}, {}, id="killed/injured are no point"),
        pytest.param({"ratio": "5, 7"}, {}, id="a pair elsewhere on the globe is no point"),
        pytest.param({"position": "31.0058, 66.3997"}, {"coordinates": "position"}, id="a pair in the region is"),
        pytest.param({"men killed": "1", "women killed": "2"}, {}, id="some of the dead are not the total"),
        pytest.param(
            {"Killed (Civilians)": "1", "Killed (SF)": "2", "Killed (Militants)": "3"},
            {
                "killed_civilians": "Killed (Civilians)",
                "killed_soldiers": "Killed (SF)",
                "killed_fighters": "Killed (Militants)",
            },
            id="groups of the dead, none of which is the total",
        ),
        pytest.param({"deaths_afg": "10", "deaths_pak": "5"}, {}, id="the dead of two sides"),
        pytest.param({"killed_claimed": "58"}, {}, id="the dead that are claimed"),
        pytest.param({"killed or injured": "4"}, {}, id="killed or injured"),
        pytest.param({"Casualties": "4"}, {}, id="casualties"),
        pytest.param({"death penalty": "4"}, {}, id="penalty"),
        pytest.param({"deaths per 100,000": "4"}, {}, id="rate"),
        pytest.param({"killed by": "TTP"}, {}, id="by whom"),
        pytest.param({"low": "34", "high": "40"}, {}, id="low and high of anything"),
        pytest.param({"best": "4"}, {}, id="best of anything"),
        pytest.param(
            {"best": "4", "low": "1", "high": "9"},
            {"killed": "best", "killed_low": "low", "killed_high": "high"},
            id="best, low, high",
        ),
        pytest.param(
            {"killed": "4", "low": "1", "high": "9"},
            {"killed": "killed", "killed_low": "low", "killed_high": "high"},
            id="killed, low, high",
        ),
        pytest.param({"Fatalities (total)": "3"}, {"killed": "Fatalities (total)"}, id="in brackets"),
        pytest.param(
            {"Latitude (WGS84)": "31.0", "Longitude (WGS84)": "66.3"},
            {"latitude": "Latitude (WGS84)", "longitude": "Longitude (WGS84)"},
            id="coordinates with a note",
        ),
        pytest.param({"date of report": "2025-11-01"}, {}, id="date of the report"),
        pytest.param({"date of birth": "1990-01-01"}, {}, id="date of birth"),
        pytest.param({"updated": "2025-11-01", "created_at": "2025-11-01"}, {}, id="dates of the row"),
        pytest.param({"ratio": "34, 69"}, {}, id="two whole numbers"),
        pytest.param({"nationality": "Pakistan"}, {}, id="country of people"),
        pytest.param({"accused": "Pakistan"}, {}, id="country that is accused"),
        pytest.param({"staat": "Pakistan"}, {"country": "staat"}, id="country by its values"),
    ],
)
def test_what_a_name_and_values_do_not_tell_is_not_guessed(columns, expected):
    assert guessed(DATE | columns) == {"date_start": "date"} | expected


@pytest.mark.parametrize(
    ("columns", "start"),
    [
        pytest.param(
            {"start": "2025-11-01T08:00", "end": "2025-11-01T08:30", "incident date": "2025-10-11"},
            "incident date",
            id="survey",
        ),
        pytest.param(
            {"date": "2025-11-01", "date of incident": "2025-10-11"}, "date of incident", id="date and date of incident"
        ),
        pytest.param({"publication date": "2025-11-01", "day": "2025-10-11"}, "day", id="day"),
        pytest.param({"start": "2025-10-11", "end": "2025-10-12"}, "start", id="start alone"),
        pytest.param({"Wann geschehen": "2025-10-11"}, "Wann geschehen", id="by its values"),
    ],
)
def test_of_several_dates_that_of_the_incident_is_taken(columns, start):
    found = guessed(columns)
    assert found["date_start"] == start
    assert ("date_end" in found) is (start == "start")


DAY, LATER = "2025-10-11", "2025-10-12"


@pytest.mark.parametrize(
    ("columns", "span"),
    [
        pytest.param({"Date": DAY, "Until": LATER}, ("Date", "Until"), id="date until"),
        pytest.param({"Incident date": DAY, "End": LATER}, ("Incident date", "End"), id="date, end"),
        pytest.param({"From": DAY, "To": LATER}, ("From", "To"), id="from to"),
        pytest.param({"Since": DAY, "Until": LATER}, ("Since", "Until"), id="since until"),
        pytest.param({"Start": DAY, "End": LATER}, ("Start", "End"), id="start end"),
        pytest.param({"von": DAY, "bis": LATER}, ("von", "bis"), id="German"),
        pytest.param({"Date": DAY, "From": "Khost", "To": "Gardez"}, ("Date", None), id="places"),
        pytest.param({"Date": DAY, "Start": DAY, "End": LATER}, ("Date", None), id="of a survey"),
        pytest.param({"Date": DAY, "End": LATER, "_uuid": "x"}, ("Date", None), id="of a form"),
        pytest.param({"Year": "2025", "From": "Kabul", "To": "Khost"}, (None, None), id="places, and a year"),
    ],
)
def test_an_end_goes_with_the_start_that_there_is(columns, span):
    found = guessed(columns)
    assert (found.get("date_start"), found.get("date_end")) == span


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        pytest.param(
            {"Killed": "1", "Injured": "2"}, {"killed": "Killed", "injured": "Injured"}, id="beside the killed"
        ),
        pytest.param({"KIA": "1", "WIA": "2"}, {"killed": "KIA", "injured": "WIA"}, id="as soldiers write"),
        pytest.param({"No. of people wounded": "2"}, {"injured": "No. of people wounded"}, id="among other words"),
        pytest.param(
            {"injured min": "2", "injured max": "4"},
            {"injured_low": "injured min", "injured_high": "injured max"},
            id="ends",
        ),
        pytest.param({"Blessés": "2"}, {"injured": "Blessés"}, id="French"),
        pytest.param({"Zahl der Verletzten": "2"}, {"injured": "Zahl der Verletzten"}, id="German"),
        pytest.param({"Число раненых": "2"}, {"injured": "Число раненых"}, id="Russian"),
        pytest.param({"Захмиён": "2"}, {"injured": "Захмиён"}, id="Tajik"),
        pytest.param({"تعداد زخمی": "۲"}, {"injured": "تعداد زخمی"}, id="Dari"),
        pytest.param({"مجروحین": "2"}, {"injured": "مجروحین"}, id="Dari, the other word"),
        pytest.param({"ټپیان": "2"}, {"injured": "ټپیان"}, id="Pashto"),
        pytest.param({"Injured civilians": "2"}, {}, id="some of the injured are not the total"),
        pytest.param({"Injured/Killed": "1/3"}, {}, id="injured/killed"),
        pytest.param({"wounded by": "TTP"}, {}, id="by whom"),
        pytest.param({"#affected+injured": "2"}, {"injured": "#affected+injured"}, id="hashtag"),
        pytest.param({"#affected+injured+f": "2"}, {}, id="hashtag of women"),
        pytest.param({"#affected+ind": "2"}, {}, id="hashtag of affected"),
        pytest.param(
            {"#affected+returnees+ind": "2"}, {"crossed": "#affected+returnees+ind"}, id="hashtag of returnees"
        ),
        pytest.param({"#reached+ind": "2"}, {}, id="hashtag of people reached"),
        pytest.param({"Individuals crossing": "200"}, {"crossed": "Individuals crossing"}, id="individuals crossing"),
        pytest.param({"# of persons crossed": "200"}, {"crossed": "# of persons crossed"}, id="persons crossed"),
        pytest.param({"Returnees": "200"}, {"crossed": "Returnees"}, id="returnees"),
        pytest.param({"Total deportees": "200"}, {"crossed": "Total deportees"}, id="deportees"),
        pytest.param({"تعداد عودت‌کنندگان": "200"}, {"crossed": "تعداد عودت‌کنندگان"}, id="returnees in Dari"),
        pytest.param({"راستنېدونکي": "200"}, {"crossed": "راستنېدونکي"}, id="returnees in Pashto"),
        pytest.param({"Rückkehrer": "200"}, {"crossed": "Rückkehrer"}, id="returnees in German"),
        pytest.param({"Individuals": "200"}, {}, id="individuals who may be anything"),
        pytest.param({"Refugees": "200"}, {}, id="refugees who may be anywhere"),
        pytest.param(
            {"Affected": "200", "Displaced": "200", "Families returned": "30"}, {}, id="affected, displaced, families"
        ),
        pytest.param({"Returnees": "200", "Deportees": "20"}, {}, id="two groups"),
        pytest.param(
            {"Returnees": "200", "Deportees": "20", "Total individuals crossed": "220"},
            {"crossed": "Total individuals crossed"},
            id="two groups and their total",
        ),
        pytest.param({"Crossed": "yes"}, {}, id="yes or no"),
        pytest.param({"Crossing": "Torkham"}, {}, id="the name of a crossing"),
    ],
)
def test_the_injured_and_who_crossed_are_guessed_where_a_name_says_so(columns, expected):
    assert guessed(DATE | columns) == {"date_start": "date"} | expected


@pytest.mark.parametrize(
    "people",
    [
        pytest.param("Number of individuals", id="individuals"),
        pytest.param("Refugees", id="refugees"),
        pytest.param("مهاجرین", id="migrants in Dari"),
    ],
)
def test_people_in_a_table_of_crossings_have_crossed(people):
    table = {"Border crossing point": "Spin Boldak", "Flow": "in", people: "1,200", "Families": "200"}
    assert guessed(DATE | table) == {"date_start": "date", "place": "Border crossing point", "crossed": people}


@pytest.mark.parametrize("text", ["2025-001", "2025/12", "2025-10", "1.5", "10-12", "20251011"])
def test_numbers_of_cases_are_no_dates(text):
    assert "date_start" not in guessed({"Ref": text, "country": "Pakistan"})


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("Total killed", "people"),
        ("Zahl der Tote", "people"),
        ("Injured women", "people"),
        ("Deportees", "people"),
        ("Total inflow", "people"),
        ("date of entry", "dates"),
        ("Y_COORD", "places"),
        ("colour", None),
        ("", None),
    ],
)
def test_what_may_be_missed_is_told_by_its_name(name, what):
    assert may_be_missed(name) == what
