"""What stands in a row of the table."""

import pytest

from geo.claims import HIGHEST, LOWEST, RANGE
from geo.datasets.columns import ROW_SCHEMA
from geo.table_rows import CURATED, incident_rows, toll_rows
from tests.conftest import make_claim, make_incident, without_place


def row(layers, incident):
    return incident_rows([incident], {}, layers).to_pylist()[0]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"province_code": "AF-KHO", "joined_province_code": "AF-KHO", "side": "AF", "year": 2025}),
        ({"province": None}, {"province": None, "province_code": None, "joined_province_code": "AF-KHO"}),
        ({"province": "Atlantis"}, {"province": "Atlantis", "province_code": None}),
        ({"lon": 71.5068, "lat": 37.5166, "country": "TJ"}, {"border": "Afghan–Tajik border", "side": "TJ"}),
        ({"uncertainty_km": 5}, {"border": "Durand Line", "side_decided": True}),
        ({"uncertainty_km": 900}, {"side_decided": False}),
        ({"lon": 0.0, "lat": 0.0}, {"side": None, "side_decided": None, "joined_province_code": None}),
        ({"actors": ["Ṭālibān"]}, {"actors": ["Ṭālibān"], "actors_folded": ["taliban"]}),
        ({}, {"dataset": CURATED, "claims": 1, "sources": 1}),
    ],
    ids=[
        *("joined", "no-province", "unknown-province", "tajik-border"),
        *("side-known", "side-open", "far-off", "actors", "counts"),
    ],
)
def test_a_row_holds_what_is_recorded_and_derived(layers, changes, expected):
    found = row(layers, make_incident(**changes))
    assert {name: found[name] for name in expected} == expected


def test_a_row_made_anew_follows_the_register_and_the_incident(layers, claimants):
    speaker = claimants["taliban-government"]
    for name in ("Kabul", "Kandahar"):
        renamed = {speaker.id: speaker.model_copy(update={"name": name})}
        for place in ("Khost city", "Gurbuz"):
            (found,) = incident_rows([make_incident(place=place)], renamed, layers).to_pylist()
            assert name.lower() in found["search"]
            assert place.lower() in found["search"]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (make_claim(low=5, of="people"), {"killed_low": 5, "killed_high": 5, "killed_or_more": True}),
        (make_claim(low=5, high=9), {"killed_low": 5, "killed_high": 9, "killed_or_more": False}),
        (make_claim(scope="group"), {"killed_low": 4, "killed_scope": "group"}),
        (make_claim(about="injured"), {"killed_low": None, "injured_low": 4, "injured_scope": "incident"}),
        (make_claim(about="event", value=None, of=None), {"killed_low": None, "killed_scope": None}),
    ],
    ids=["at-least", "range", "group-toll", "injured", "no-toll"],
)
def test_a_row_of_tolls(claim, expected):
    found = toll_rows([make_incident(claims=[claim])], RANGE).to_pylist()[0]
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(("rule", "killed"), [(RANGE, (4, 9)), (LOWEST, (4, 4)), (HIGHEST, (9, 9))])
def test_a_row_of_tolls_is_made_by_its_rule(rule, killed):
    rival = [make_claim(value=4), make_claim(by="pk-ispr", value=9)]
    found = toll_rows([make_incident(claims=rival)], rule).to_pylist()[0]
    assert (found["killed_low"], found["killed_high"]) == killed


def test_an_incident_without_a_place_has_none_in_its_row(layers):
    found = row(layers, without_place())
    assert {
        name for name in ("lon", "lat", "border", "border_km", "chainage_km", "side") if found[name] is not None
    } == set()


def test_what_is_searched_is_folded(layers):
    found = row(layers, make_incident(place="Chamān’s Gate", claims=[make_claim(note="«Zabihullah»")]))
    assert "chamans gate" in found["search"]
    assert "zabihullah" in found["search"]


def test_rows_keep_the_order_and_the_types(layers, claimants, incidents):
    rows = incident_rows(incidents, claimants, layers)
    assert rows.schema == ROW_SCHEMA
    assert rows["id"].to_pylist() == [incident.id for incident in incidents]


def test_no_incidents_are_no_rows(layers):
    assert incident_rows([], {}, layers).num_rows == 0
