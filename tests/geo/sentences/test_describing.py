"""What an incident's fields say, in words."""

import pytest

from geo.casualties import RANGE
from geo.sentences import actors, deaths, figure, how_known, movement, when, where
from tests.conftest import make_claim, make_incident, without_place

ENDS = {"from": {"place": "Kunar", "country": "AF"}, "to": {"place": "Arundu", "country": "PK"}, "kind": "troops"}


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        pytest.param("2025-10-11", "2025-10-11", "day", "11 October 2025", id="day"),
        pytest.param("2025-10-11", "2025-10-12", "day", "11–12 October 2025", id="night"),
        pytest.param("2025-10-12", None, "day", "from 12 October 2025, no end on record", id="no-end"),
        pytest.param("2021-07-19", "2021-07-25", "week", "within 19–25 July 2021", id="week"),
        pytest.param("2021-06-30", "2021-06-30", "week", "about 30 June 2021", id="about"),
        pytest.param("2021-06-01", "2021-06-30", "month", "June 2021, day not known", id="month"),
        pytest.param("2021-06-15", "2021-07-15", "month", "within 15 June – 15 July 2021", id="two-months"),
        pytest.param("2021-06-01", "2022-06-30", "month", "within June 2021 – June 2022", id="same-month-of-two-years"),
    ],
)
def test_when(start, end, precision, words):
    assert when(make_incident(date_start=start, date_end=end, date_precision=precision)) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"place": "Mughalgai", "district": "Gurbuz"}, "Mughalgai, Gurbuz, Khost, Afghanistan", id="all"),
        pytest.param(
            {"place": "Gurbuz district", "district": "Gurbuz"},
            "Gurbuz district, Khost, Afghanistan",
            id="district-in-place",
        ),
        pytest.param({"place": "Khost", "district": None}, "Khost, Afghanistan", id="province-in-place"),
        pytest.param(
            {"place": "Barikot", "district": None, "province": None}, "Barikot, Afghanistan", id="no-province"
        ),
        pytest.param(
            {"place": "Two camps", "district": None, "provinces": ("Paktia", "Khost")},
            "Two camps, Paktia and Khost, Afghanistan",
            id="several",
        ),
        pytest.param(
            {"place": "Paktia and Kunar", "district": None, "province": None, "provinces": ("Paktia", "Kunar")},
            "Paktia and Kunar, Afghanistan",
            id="several-in-place",
        ),
        pytest.param(
            {"place": "Afghanistan, sector not stated", "district": None, "province": None},
            "Afghanistan, sector not stated",
            id="country-in-place",
        ),
        pytest.param(
            {"place": "The line", "district": None, "province": None, "provinces": ("Balochistan", "Khost", "Kunar")},
            "The line, Balochistan, Pakistan; Khost and Kunar, Afghanistan",
            id="in-two-countries",
        ),
        pytest.param(
            {"place": "Balochistan and Khost", "district": None, "provinces": ("Balochistan", "Khost")},
            "Balochistan and Khost, Pakistan and Afghanistan",
            id="in-two-countries-in-place",
        ),
    ],
)
def test_where(changes, words):
    assert where(make_incident(**changes)) == words


@pytest.mark.parametrize(
    ("incident", "words"),
    [
        pytest.param(
            "2024-12-28-paktia-khost-border-clash",
            "Dand Patan (Paktia) and Ali Shir (Khost), Afghanistan",
            id="named-in-the-place",
        ),
        pytest.param(
            "2025-10-11-durand-line-border-clash",
            "Durand Line, several sectors, Khyber Pakhtunkhwa and Balochistan, Pakistan; "
            "Kunar, Nangarhar, Khost, Paktia, Kandahar and Helmand, Afghanistan",
            id="in-two-countries",
        ),
        pytest.param(
            "2026-03-01-khost-paktia-border-clash",
            "Durand Line in Paktia and Khost, Paktia, Khost and Nangarhar, Afghanistan",
            id="one-more-than-the-place",
        ),
        pytest.param(
            "2026-03-02-nur-khan-rawalpindi-drone-strike",
            "Nur Khan airbase, Rawalpindi, Punjab, Balochistan and Khyber Pakhtunkhwa, Pakistan",
            id="three-of-pakistan",
        ),
        pytest.param(
            "2026-03-09-paktia-paktika-nuristan-khost-artillery",
            "Paktia, Paktika, Nuristan and Khost, Afghanistan",
            id="all-in-the-place",
        ),
        pytest.param(
            "2026-03-13-paktia-paktika-air-strike",
            "Paktia province, Paktia and Paktika, Afghanistan",
            id="one-in-the-place",
        ),
        pytest.param(
            "2026-06-27-paktia-paktika-kunar-air-strike",
            "Border areas of Paktia, Paktika and Kunar, Afghanistan",
            id="areas-of-three",
        ),
    ],
)
def test_where_in_several_provinces(table, incident, words):
    assert where(table.incident(incident)) == words


@pytest.mark.parametrize(
    ("incident", "words"),
    [
        pytest.param(
            make_incident(location_precision="exact", uncertainty_km=0.5),
            "Place known exactly, within about 0.5 km",
            id="exact",
        ),
        pytest.param(
            make_incident(uncertainty_km=5), "Place known to within a few kilometres, within about 5 km", id="near"
        ),
        pytest.param(
            make_incident(location_precision="province", uncertainty_km=60),
            "Place known only to the province, within about 60 km",
            id="province",
        ),
        pytest.param(
            make_incident(location_precision="border_segment", uncertainty_km=30),
            "Place known only to a stretch of the border, about 60 km of it",
            id="stretch",
        ),
        pytest.param(without_place(), "Place not stated", id="nowhere"),
    ],
)
def test_how_well_the_place_is_known(incident, words):
    assert how_known(incident) == words


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        pytest.param([make_claim(value=4)], "4 killed", id="own"),
        pytest.param([make_claim(low=200)], "200 or more killed", id="at-least"),
        pytest.param([make_claim(value=9, scope="group")], "no figure for deaths", id="group"),
        pytest.param([make_claim(value=9, scope="cumulative")], "no figure for deaths", id="cumulative"),
        pytest.param([make_claim(stance="denies")], "no figure for deaths", id="denied"),
        pytest.param([make_claim(value=0)], "0 killed", id="nobody"),
    ],
)
def test_deaths(claims, words):
    assert deaths(make_incident(claims=claims), RANGE) == words


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({"value": 23}, "23"),
        ({"value": 1037}, "1,037"),
        ({"low": 200}, "at least 200"),
        ({"high": 19}, "up to 19"),
        ({"low": 15, "high": 20}, "15–20"),
        ({"value": 0}, "0"),
        ({"value": None}, ""),
    ],
)
def test_a_claims_figure(figures, words):
    assert figure(make_claim(**figures)) == words


@pytest.mark.parametrize(
    ("people", "words"),
    [
        pytest.param(
            {"people_low": 46, "people_high": 46},
            "46 troops crossed from Kunar (Afghanistan) to Arundu (Pakistan).",
            id="exact",
        ),
        pytest.param(
            {"people_low": 345, "people_high": 347},
            "345–347 troops crossed from Kunar (Afghanistan) to Arundu (Pakistan).",
            id="range",
        ),
        pytest.param(
            {"people_low": 300},
            "300 or more troops crossed from Kunar (Afghanistan) to Arundu (Pakistan).",
            id="at-least",
        ),
    ],
)
def test_a_movement(people, words):
    assert movement(make_incident(movement=ENDS | people)) == words


def test_a_disputed_movement_is_told_as_one():
    incident = make_incident(movement=ENDS | {"people_low": 46, "people_high": 46}, status="disputed")
    assert movement(incident) == "Disputed: 46 troops crossed from Kunar (Afghanistan) to Arundu (Pakistan)."


def test_who_took_part_and_that_nobody_moved():
    incident = make_incident(actors=["Pakistan military", "Afghan Taliban", "TTP"])
    assert actors(incident) == "Pakistan military, Afghan Taliban and TTP"
    assert movement(incident) == ""


def test_every_incident_of_the_record_has_words(incidents):
    for incident in incidents:
        words = [when(incident), where(incident), how_known(incident), deaths(incident, RANGE)]
        assert all(words), incident.id
        assert "None" not in " ".join([*words, movement(incident), actors(incident)]), incident.id
