"""Along which border line an incident counts: by the place, as well as it is known, or by who crossed."""

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.datasets.dataset import ROW_SCHEMA
from geo.incident.vocabulary import NEAR_KM, NOT_KNOWN, Border
from geo.selection import Filters
from geo.table.event_index import NEAR_BORDER
from geo.table.incident_table import IncidentTable
from tests.conftest import make_incident, without_place

DURAND, TAJIK = Border


def near(**row) -> str | None:
    """What the query says of a row of the table."""
    part = pa.Table.from_pylist([dict.fromkeys(ROW_SCHEMA.names) | row], ROW_SCHEMA)
    connection = duckdb.connect()
    connection.register("part", part)
    return connection.execute(f"SELECT {NEAR_BORDER} FROM part").fetchall()[0][0]


@pytest.mark.parametrize(
    ("border", "border_km", "uncertainty_km", "precision", "code"),
    [
        pytest.param(DURAND.line, 0.0, 1.0, "exact", DURAND, id="on-it"),
        pytest.param(TAJIK.line, 35.0, 1.0, "near", TAJIK, id="the-last-kilometre"),
        pytest.param(DURAND.line, 35.1, 0.05, "exact", None, id="beyond"),
        pytest.param(DURAND.line, 45.0, 6.0, "near", None, id="beyond-for-certain"),
        pytest.param(DURAND.line, 45.0, 10.0, "district", NOT_KNOWN, id="perhaps-within"),
        pytest.param(DURAND.line, 45.0, None, "exact", None, id="no-radius"),
        pytest.param(DURAND.line, 21.0, 60.0, "province", DURAND, id="province-by-its-best-point"),
        pytest.param(DURAND.line, 47.0, 110.0, "province", NOT_KNOWN, id="wide-province"),
        pytest.param(None, None, None, "country", NOT_KNOWN, id="no-place"),
        pytest.param(DURAND.line, 5.0, 300.0, "country", NOT_KNOWN, id="middle-of-a-country"),
    ],
)
def test_the_nearer_line_counts_within_a_distance(border, border_km, uncertainty_km, precision, code):
    row = {"border": border, "border_km": border_km, "uncertainty_km": uncertainty_km, "location_precision": precision}
    assert near(**row) == code


@given(st.sampled_from(Border), st.floats(0, 500), st.floats(0.1, 300), st.sampled_from(["exact", "province"]))
def test_each_place_is_along_one_line_or_none_or_not_known(border, border_km, uncertainty_km, precision):
    code = near(border=border.line, border_km=border_km, uncertainty_km=uncertainty_km, location_precision=precision)
    assert code in (border, None, NOT_KNOWN)
    assert (code == border) is (border_km <= NEAR_KM)
    assert (code is None) is (border_km - uncertainty_km > NEAR_KM)


FLIGHT = {
    "from": {"place": "Kunar", "country": "AF"},
    "to": {"place": "Arundu", "country": "PK"},
    "people_low": 46,
    "kind": "troops",
}
WITHIN = {"from": {"place": "Kunar", "country": "AF"}, "to": {"place": "Kabul", "country": "AF"}}
KABUL = {"lon": 69.17, "lat": 34.53, "province": "Kabul", "district": None}


@pytest.mark.parametrize(
    ("incident", "code"),
    [
        pytest.param(without_place(), NOT_KNOWN, id="no-place"),
        pytest.param(without_place(movement=FLIGHT), DURAND, id="crossed-somewhere"),
        pytest.param(without_place(movement=FLIGHT | WITHIN), NOT_KNOWN, id="moved-within-a-country"),
        pytest.param(make_incident(**KABUL, uncertainty_km=90, movement=FLIGHT), DURAND, id="place-does-not-tell"),
        pytest.param(make_incident(**KABUL, uncertainty_km=5, movement=FLIGHT), None, id="place-is-far-off"),
        pytest.param(make_incident(lon=71.5068, lat=37.5166, country="TJ"), TAJIK, id="khorugh"),
    ],
)
def test_where_the_place_does_not_tell_the_line_that_people_crossed_does(claimants, incident, code):
    table = IncidentTable([incident], claimants, version="v")
    found = [each for each in (*Border, NOT_KNOWN) if table.count(Filters(border=(each,)))]
    assert found == ([] if code is None else [code])


def test_clashes_along_the_tajik_border_lie_on_both_banks(table):
    clashes = table.selected(Filters(border=(TAJIK,), category=("clash",)))
    assert {clash.country for clash in clashes} == {"AF", "TJ"}
    assert {"2022-05-14-sher-khan-bandar-border-clash", "2025-12-23-kavo-militant-attack"} <= {c.id for c in clashes}
    assert len(clashes) > table.count(Filters(country=("TJ",), category=("clash",)))


def test_every_incident_of_the_record_is_along_one_line_or_far_off_or_not_known(table):
    each = {code: set(table.select(Filters(border=(code,))).index) for code in (*Border, NOT_KNOWN)}
    rows = table.select(Filters())
    assert sum(map(len, each.values())) == len(set().union(*each.values()))
    beyond = rows[~rows.index.isin(set().union(*each.values()))]
    assert (beyond["border_km"] > NEAR_KM).all()
    for border in Border:
        inside = rows.loc[sorted(each[border])]
        assert (inside["border"].dropna() == border.line).all()
