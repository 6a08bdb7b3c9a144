"""What an incident's fields say, in words."""

import pytest

from geo.claims import RANGE
from geo.describe import actors, deaths, figure, how_known, movement, when, where
from tests.conftest import make_claim, make_incident, without_place

ENDS = {"from": {"place": "Kunar", "country": "AF"}, "to": {"place": "Arundu", "country": "PK"}, "kind": "troops"}


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        ("2025-10-11", "2025-10-11", "day", "11 October 2025"),
        ("2025-10-11", "2025-10-12", "day", "11–12 October 2025"),
        ("2025-10-12", None, "day", "from 12 October 2025, no end on record"),
        ("2021-07-19", "2021-07-25", "week", "within 19–25 July 2021"),
        ("2021-06-30", "2021-06-30", "week", "about 30 June 2021"),
        ("2021-06-01", "2021-06-30", "month", "June 2021, day not known"),
        ("2021-06-15", "2021-07-15", "month", "within 15 June – 15 July 2021"),
        ("2021-06-01", "2022-06-30", "month", "within 1 June 2021 – 30 June 2022"),
    ],
    ids=["day", "night", "no-end", "week", "about", "month", "two-months", "same-month-of-two-years"],
)
def test_when(start, end, precision, words):
    assert when(make_incident(date_start=start, date_end=end, date_precision=precision)) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"place": "Mughalgai", "district": "Gurbuz"}, "Mughalgai, Gurbuz, Khost, Afghanistan"),
        ({"place": "Gurbuz district", "district": "Gurbuz"}, "Gurbuz district, Khost, Afghanistan"),
        ({"place": "Khost", "district": None}, "Khost, Afghanistan"),
        ({"place": "Barikot", "district": None, "province": None}, "Barikot, Afghanistan"),
        (
            {"place": "Afghanistan, sector not stated", "district": None, "province": None},
            "Afghanistan, sector not stated",
        ),
    ],
    ids=["all", "district-in-place", "province-in-place", "no-province", "country-in-place"],
)
def test_where(changes, words):
    assert where(make_incident(**changes)) == words


@pytest.mark.parametrize(
    ("incident", "words"),
    [
        (make_incident(location_precision="exact", uncertainty_km=0.5), "Place known exactly, within about 0.5 km"),
        (make_incident(uncertainty_km=5), "Place known to within some kilometres, within about 5 km"),
        (
            make_incident(location_precision="province", uncertainty_km=60),
            "Place known to the province only, within about 60 km",
        ),
        (
            make_incident(location_precision="border_segment", uncertainty_km=30),
            "Place known to a stretch of the border only, about 60 km of it",
        ),
        (without_place(), "Place not stated"),
    ],
    ids=["exact", "near", "province", "stretch", "nowhere"],
)
def test_how_well_the_place_is_known(incident, words):
    assert how_known(incident) == words


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ([make_claim(value=4)], "4 killed"),
        ([make_claim(low=200)], "200 or more killed"),
        ([make_claim(value=9, scope="group")], "9 killed in the whole event"),
        ([make_claim(value=9, scope="cumulative")], "no figure for deaths"),
        ([make_claim(stance="denies")], "no figure for deaths"),
        ([make_claim(value=0)], "0 killed"),
    ],
    ids=["own", "at-least", "group", "cumulative", "denied", "nobody"],
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
        ({"people_low": 46, "people_high": 46}, "46 troops crossed from Kunar (Afghanistan) to Arundu (Pakistan)."),
        (
            {"people_low": 345, "people_high": 347},
            "345–347 troops crossed from Kunar (Afghanistan) to Arundu (Pakistan).",
        ),
        ({"people_low": 300}, "300 or more troops crossed from Kunar (Afghanistan) to Arundu (Pakistan)."),
    ],
    ids=["exact", "range", "at-least"],
)
def test_a_movement(people, words):
    assert movement(make_incident(movement=ENDS | people)) == words


def test_who_took_part_and_that_nobody_moved():
    incident = make_incident(actors=["Pakistan military", "Afghan Taliban", "TTP"])
    assert actors(incident) == "Pakistan military, Afghan Taliban and TTP"
    assert movement(incident) == ""


def test_every_incident_of_the_record_has_words(incidents):
    for incident in incidents:
        words = [when(incident), where(incident), how_known(incident), deaths(incident, RANGE)]
        assert all(words), incident.id
        assert "None" not in " ".join([*words, movement(incident), actors(incident)]), incident.id
