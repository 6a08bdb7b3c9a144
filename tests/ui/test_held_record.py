"""The record while its files are edited: what was valid last stays until something valid stands there again."""

import pytest

from geo.store.incident_store import IncidentStore
from tests.conftest import make_incident
from tests.geo.stores import edited, store_of
from ui.resources import Standing

ONE = make_incident("2025-01-01-khost-air-strike")
TWO = make_incident("2025-02-02-kunar-raid")


@pytest.fixture
def small(tmp_path) -> IncidentStore:
    return store_of(tmp_path / "small", ONE)


def half(store) -> None:
    store.path.write_bytes(store.path.read_bytes()[:-40])


@pytest.mark.parametrize(
    ("spoil", "where", "field", "why"),
    [
        pytest.param(lambda s: s.path.unlink(), "incidents.geojson", "", "cannot be read: is missing", id="gone"),
        pytest.param(lambda s: (s.path.unlink(), s.path.mkdir()), "incidents.geojson", "", "directory", id="folder"),
        pytest.param(lambda s: s.path.write_bytes(b""), "line 1, column 1", "", "is not JSON", id="empty"),
        pytest.param(half, "line ", "", "is not JSON", id="half-written"),
        pytest.param(lambda s: s.files[1].unlink(), "claimants.json", "", "cannot be read: is missing", id="register"),
        pytest.param(
            lambda s: edited(s, lambda features: features[0]["properties"].update(category="war")),
            ONE.id,
            "category",
            "input should be",
            id="invalid",
        ),
    ],
)
def test_the_last_valid_record_stays_and_the_fault_is_named(small, spoil, where, field, why) -> None:
    standing = Standing(small)
    good = standing.look().contents
    spoil(small)
    held = standing.look().held
    assert standing.contents is good
    assert (held.faults[0].where[: len(where)], held.faults[0].field) == (where, field)
    assert why in held.faults[0].message


def test_it_changes_over_to_what_is_valid_and_to_nothing_else(small) -> None:
    standing = Standing(small)
    standing.look()
    half(small)
    since = standing.look().held.since
    edited(store_of(small.path.parent, ONE), lambda features: features[0]["properties"].update(title=""))
    assert standing.look().held.since == since
    assert standing.contents.incidents == (ONE,)
    store_of(small.path.parent, ONE, TWO)
    assert (standing.look().held, standing.contents.incidents) == (None, (ONE, TWO))


def test_who_reads_the_files_itself_gets_the_record_that_is_shown(small) -> None:
    standing = Standing(small)
    assert standing.look().path() == small.path
    half(small)
    copy = IncidentStore(standing.look().path())
    assert copy.path != small.path
    assert copy.read().version == standing.contents.version


def test_at_the_start_what_is_sound_of_it_is_shown(small) -> None:
    store_of(small.path.parent, ONE, TWO)
    edited(small, lambda features: features[0]["properties"].update(title=""))
    standing = Standing(small).look()
    assert (standing.held, standing.contents.incidents, len(standing.contents.faults)) == (None, (TWO,), 1)
