"""How many sources incidents rest on, and which outlets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.evidence.reliability import only_weak, outlet_name, outlets, sources_per_incident
from tests.conftest import make_incident, make_source
from tests.geo.strategies import incidents as any_incidents

DAWN = make_source()
MIRROR = make_source(publisher="Mirror", url="https://mirror.example.org/a", kind="aggregator_or_mirror")


@pytest.mark.parametrize(
    ("publisher", "name"),
    [
        ("Dawn", "Dawn"),
        ("Dawn / AFP", "Dawn"),
        ("TRT World / AP", "TRT World"),
        ("AFP via La Gaceta", "La Gaceta"),
        ("Press TV via GlobalSecurity", "GlobalSecurity"),
        ("Al Arabiya (AFP)", "Al Arabiya"),
        ("ARY News (Urdu)", "ARY News"),
        ("Breitbart citing Pajhwok", "Breitbart"),
        ("Reuters, as carried by a Pakistani newspaper", "Reuters"),
        ("RFE/RL", "RFE/RL"),
        ("8am Media (Hasht-e Subh)", "8am Media"),
        (" / x", " / x"),
    ],
)
def test_an_agency_counts_for_the_outlet_that_carries_it(publisher, name):
    assert outlet_name(publisher) == name


@given(st.text(min_size=1, max_size=60).filter(str.strip))
def test_every_publisher_has_an_outlet(publisher):
    assert outlet_name(publisher)


def test_sources_are_counted_once_per_publication_without_gaps():
    made = [
        make_incident("a", sources=[DAWN, DAWN.model_copy(update={"title": "Again"})]),
        make_incident("b", sources=[DAWN, MIRROR, make_source(url="https://example.org/c")]),
    ]
    assert sources_per_incident(made).to_dict() == {1: 1, 2: 0, 3: 1}


def test_the_record_has_as_many_single_sources_as_its_description_says(incidents):
    counts = sources_per_incident(incidents)
    assert counts.sum() == len(incidents)
    assert counts[1] == 36


def test_outlets_come_by_incidents_and_know_what_rests_on_them_alone():
    made = [
        make_incident("a", sources=[DAWN, make_source(publisher="The Dawn / AP", url="https://example.org/2")]),
        make_incident("b", sources=[DAWN, MIRROR]),
    ]
    found = [(outlet.name, outlet.incidents, outlet.alone, outlet.weak) for outlet in outlets(made)]
    assert found == [("Dawn", 2, 1, False), ("Mirror", 1, 0, True)]


@given(st.lists(any_incidents(), max_size=6, unique_by=lambda incident: incident.id))
def test_outlets_cover_every_incident(made):
    found = outlets(made)
    assert bool(found) is bool(made)
    assert all(1 <= outlet.incidents <= len(made) and outlet.alone <= outlet.incidents for outlet in found)
    assert sum(outlet.alone for outlet in found) <= len(made)


@pytest.mark.parametrize(
    ("sources", "weak"),
    [
        pytest.param([MIRROR], True, id="mirror"),
        pytest.param([MIRROR, DAWN], False, id="both"),
        pytest.param([DAWN], False, id="outlet"),
    ],
)
def test_an_incident_on_mirrors_alone_is_found(sources, weak):
    assert bool(only_weak([make_incident(sources=sources)])) is weak


def test_the_record_has_five_incidents_on_mirrors_alone(incidents):
    assert len(only_weak(incidents)) == 5
