"""What stands in a row of the table."""

import pyarrow as pa
import pytest

from geo.casualties import RANGE
from geo.datasets.dataset import ROW_SCHEMA
from geo.table.incident_rows import CURATED, RECORD_SCHEMA, incident_rows, lists_of, toll_rows
from tests.conftest import HIGHEST, LOWEST, make_claim, make_incident, without_place


def row(layers, incident):
    return incident_rows([incident], {}, layers).to_pylist()[0]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            {}, {"province_code": "AF-KHO", "joined_province_code": "AF-KHO", "side": "AF", "year": 2025}, id="joined"
        ),
        pytest.param(
            {"province": None},
            {"province": None, "province_code": None, "joined_province_code": "AF-KHO"},
            id="no-province",
        ),
        pytest.param({"province": "Atlantis"}, {"province": "Atlantis", "province_code": None}, id="unknown-province"),
        pytest.param(
            {"lon": 71.5068, "lat": 37.5166, "country": "TJ"},
            {"border": "Afghan–Tajik border", "side": "TJ"},
            id="tajik-border",
        ),
        pytest.param({"uncertainty_km": 5}, {"border": "Durand Line", "side_decided": True}, id="side-known"),
        pytest.param({"uncertainty_km": 900}, {"side_decided": False}, id="side-open"),
        pytest.param(
            {"lon": 0.0, "lat": 0.0}, {"side": None, "side_decided": None, "joined_province_code": None}, id="far-off"
        ),
        pytest.param({"actors": ["Ṭālibān"]}, {"actors": ["Ṭālibān"], "actors_folded": ["taliban"]}, id="actors"),
        pytest.param({}, {"dataset": CURATED, "claims": 1, "sources": 1}, id="counts"),
        pytest.param({}, {"province_codes": ["AF-KHO"], "countries": ["AF"], "crossed": None}, id="one-province"),
        pytest.param({"province": None}, {"province_codes": [], "countries": ["AF"]}, id="no-codes"),
        pytest.param(
            {"provinces": ("Khost", "Paktia")},
            {"province_code": "AF-KHO", "province_codes": ["AF-KHO", "AF-PIA"]},
            id="several",
        ),
        pytest.param(
            {"province": None, "provinces": ("Kunar", "Khyber Pakhtunkhwa")},
            {"province_code": None, "province_codes": ["AF-KNR", "PK-KP"], "countries": ["AF", "PK"]},
            id="over-the-line",
        ),
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
        pytest.param(
            make_claim(low=5, of="people"), {"killed_low": 5, "killed_high": 5, "killed_or_more": True}, id="at-least"
        ),
        pytest.param(
            make_claim(low=5, high=9), {"killed_low": 5, "killed_high": 9, "killed_or_more": False}, id="range"
        ),
        pytest.param(make_claim(scope="group"), {"killed_low": None, "cluster_killed_low": 4}, id="group-toll"),
        pytest.param(
            make_claim(about="injured"),
            {"killed_low": None, "injured_low": 4, "cluster_injured_low": None},
            id="injured",
        ),
        pytest.param(
            make_claim(about="event", value=None, of=None),
            {"killed_low": None, "cluster_killed_low": None},
            id="no-toll",
        ),
    ],
)
def test_a_row_of_tolls(claim, expected):
    found = toll_rows([make_incident(claims=[claim], event_group="war")], RANGE).to_pylist()[0]
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
    assert rows.schema == RECORD_SCHEMA
    assert rows.schema.names[: len(ROW_SCHEMA)] == ROW_SCHEMA.names
    assert rows["id"].to_pylist() == [incident.id for incident in incidents]


def test_no_incidents_are_no_rows(layers):
    assert incident_rows([], {}, layers).num_rows == 0


@pytest.mark.parametrize("values", [[], [None], ["a"], ["a", None, "b", None]], ids=str)
def test_one_value_is_a_list_of_one(values):
    found = lists_of(pa.chunked_array([pa.array(values, pa.string())]))
    assert found.to_pylist() == [[] if value is None else [value] for value in values]
