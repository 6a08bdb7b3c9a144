"""What stands beside a place: its own incidents' claims, whatever is claimed of others or of a whole event cluster."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.aggregate.by_province import by_province, without_province
from geo.casualties import RANGE, added, own_toll
from geo.incident.record import Claim, Incident
from geo.incident.vocabulary import About, Scope
from geo.places.boundaries import boundaries
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from tests.conftest import make_claim, make_incident, shipped
from tests.geo.strategies import claims as any_claim
from tests.geo.strategies import fitting

pytestmark = pytest.mark.slow

PROVINCES = {"AF-KHO": "Khost", "AF-KNR": "Kunar", "AF-PKA": "Paktika"}
CLAIMANTS = shipped().claimants
CLAIMS = st.lists(any_claim(about=About.KILLED), max_size=4)
MADE_UP = st.lists(
    st.tuples(st.sampled_from(sorted(PROVINCES)), st.sampled_from([None, "night", "day"]), CLAIMS),
    min_size=1,
    max_size=5,
)


def incident(number: int, code: str, cluster: str | None, claims: list[Claim]) -> Incident:
    said = [make_claim(about="event", value=None, of=None), *fitting(claims, cluster)]
    return make_incident(
        f"incident-{number}", province=PROVINCES[code], district=None, event_group=cluster, claims=said
    )


def table_of(told: list[tuple[str, str | None, list[Claim]]]) -> IncidentTable:
    found = [incident(number, *each) for number, each in enumerate(told)]
    return IncidentTable(found, CLAIMANTS, version="0" * 64)


@given(MADE_UP)
def test_a_headline_is_what_the_selected_incidents_own_claims_give(told):
    """Of each province on its own, wherever it holds no event cluster as a whole; every incident is in one row."""
    table = table_of(told)
    rows, apart = by_province(Filters(), table, boundaries()), without_province(Filters(), table)
    for code in PROVINCES:
        here = table.curated(Filters(province=(code,)))
        total = table.total(here, About.KILLED)
        if not any(cluster.counted for cluster in total.clusters):
            assert total.toll == added(own_toll(each, About.KILLED, RANGE) for each in here)
        row = rows.loc[code]
        assert (None if row.isna()["killed_high"] else row["killed_high"]) == (total.toll and total.toll.high)
    assert rows["incidents"].sum() + apart["incidents"].sum() == len(told)
    silent = sum(own_toll(each, About.KILLED, RANGE) is None for each in table.incidents)
    assert rows["killed_without"].sum() + apart["killed_without"].fillna(0).sum() == silent


@given(MADE_UP, st.sampled_from(sorted(PROVINCES)), any_claim(about=About.KILLED), st.sampled_from([None, "night"]))
def test_a_provinces_shade_never_moves_by_a_claim_about_another(told, elsewhere, claim, cluster):
    """Nor by one about a cluster that does not lie in it as a whole."""
    before, after = table_of(told), table_of([*told, (elsewhere, cluster, [claim])])
    one, other = (by_province(Filters(), table, boundaries()) for table in (before, after))
    for code in set(PROVINCES) - {elsewhere}:
        whole_here = {
            each.cluster
            for each in before.total(before.curated(Filters(province=(code,))), About.KILLED).clusters
            if each.counted
        }
        if cluster not in whole_here:
            assert one.loc[code, ["killed_low", "killed_high"]].equals(other.loc[code, ["killed_low", "killed_high"]])


@given(st.lists(CLAIMS, min_size=1, max_size=3), st.booleans())
def test_both_figures_of_a_cluster_count_each_claim_once(owns, part):
    """The total is of claims about incidents, what stands beside it of claims about the whole; none is in both."""
    table = table_of([("AF-KHO", "night", own) for own in owns] + ([("AF-KNR", "night", [])] if part else []))
    here = table.curated(Filters(province=("AF-KHO",)))
    total = table.total(here, About.KILLED)
    whole = [claim for each in here for claim in each.claims if claim.scope is Scope.GROUP]
    beside = make_incident(
        claims=[claim.model_copy(update={"scope": Scope.INCIDENT}) for claim in whole]
        or [make_claim(about="event", value=None, of=None)]
    )
    assert [each.toll for each in total.clusters] == [
        toll for toll in [own_toll(beside, About.KILLED, RANGE)] if toll is not None
    ]
    assert all(each.counted is not part for each in total.clusters)
