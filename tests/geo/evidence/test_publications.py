"""Every publication once, with what rests on it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.evidence.reliability import WEAK_KINDS, cited_sources
from geo.incident.vocabulary import SourceKind
from tests.conftest import make_claim, make_incident, make_source
from tests.geo.strategies import incidents

SETS = st.lists(incidents(), max_size=5, unique_by=lambda incident: incident.id)


def test_entries_of_one_publication_are_merged() -> None:
    first = make_incident(sources=[make_source(title="Short", kind="outlet")])
    second = make_incident(
        "2025-02-02-other",
        date_start="2025-02-02",
        date_end=None,
        sources=[make_source(url="https://x.org/1"), make_source(title="Longer title", published="2025-02-03")],
        claims=[make_claim(source=1), make_claim(source=1), make_claim(source=0)],
    )
    merged = next(source for source in cited_sources([second, first]) if "dawn.com" in source.publication)
    assert (merged.title, merged.published, merged.claims) == ("Longer title", date(2025, 2, 3), 3)
    assert merged.incidents == (first.id, second.id)


@pytest.mark.parametrize("kind", SourceKind)
def test_only_what_repeats_others_is_weak(kind) -> None:
    assert cited_sources([make_incident(sources=[make_source(kind=kind)])])[0].weak is (kind in WEAK_KINDS)


def test_a_choice_changes_what_rests_on_a_source_and_not_what_it_is_called(incidents) -> None:
    everything = {source.key: source for source in cited_sources(incidents)}
    chosen = {incident.id for incident in incidents if incident.date_start.year == 2025}
    some = cited_sources(incidents, chosen)
    assert 0 < len(some) < len(everything)
    for source in some:
        whole = everything[source.key]
        assert (source.publisher, source.title, source.url) == (whole.publisher, whole.title, whole.url)
        assert set(source.incidents) == set(whole.incidents) & chosen


def test_every_entry_and_claim_of_the_record_is_counted(incidents) -> None:
    sources = cited_sources(incidents)
    assert {s.publication for s in sources} == {entry.publication for i in incidents for entry in i.sources}
    assert sum(source.claims for source in sources) == sum(len(incident.claims) for incident in incidents)


def test_keys_of_the_record_are_unique(incidents) -> None:
    keys = [source.key for source in cited_sources(incidents)]
    assert len(set(keys)) == len(keys)


@given(SETS, st.randoms())
def test_order_does_not_matter(given_incidents, random) -> None:
    shuffled = list(given_incidents)
    random.shuffle(shuffled)
    assert cited_sources(shuffled) == cited_sources(given_incidents)


@given(SETS)
def test_keys_are_unique_and_plain(given_incidents) -> None:
    keys = [source.key for source in cited_sources(given_incidents)]
    assert len(set(keys)) == len(keys)
    assert all(key.replace("-", "").isalnum() and key.isascii() and key == key.lower() for key in keys)
