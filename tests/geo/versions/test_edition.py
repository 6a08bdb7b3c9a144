"""Versions are read as far as they can be, and what cannot be is said."""

import hashlib
import json

import pytest

from geo.incident.errors import UnreadableError
from geo.store.incident_store import IncidentStore, dump_incidents
from geo.versions.comparing import compare
from geo.versions.released import StoreFiles, read_apart, read_edition
from tests.conftest import make_incident
from tests.geo.stores import REGISTER, edited, store_of
from tests.geo.versions.editions import edition

MOVEMENT = {
    "from": {"place": "A", "country": "AF"},
    "to": {"place": "B", "country": "PK"},
    "people_low": 5,
    "kind": "troops",
}
MOVED = make_incident("moved", movement=MOVEMENT)


def old_form(**properties) -> bytes:
    """Incidents of which the second, with a movement, is changed."""
    document = json.loads(dump_incidents([make_incident(), MOVED]))
    document["features"][1]["properties"] |= properties
    return json.dumps(document).encode()


def test_the_version_is_the_store_s(contents) -> None:
    store, claimants, groups = (file.read_bytes() for file in IncidentStore().files)
    found = read_edition(store, claimants, groups)
    assert (found.version, found.faults) == (contents.version, ())
    assert found.version == hashlib.sha256(b"\0".join((store, claimants, groups))).hexdigest()


def test_a_movement_in_an_older_form_does_not_cost_the_incident() -> None:
    found = read_edition(old_form(movement={"from": {"place": "A"}, "to": {}}), REGISTER.encode(), b"[]")
    assert [incident.id for incident in found.incidents] == ["2025-01-01-khost-air-strike", "moved"]
    assert (found.without_movement, found.at_fault) == ({"moved"}, frozenset())
    assert {fault.where for fault in found.faults} == {"moved"}


def test_such_a_movement_is_not_called_a_change() -> None:
    old = read_edition(old_form(movement={"from": {"place": "A"}, "to": {}}), REGISTER.encode(), b"[]")
    found = compare(old, edition(make_incident(), MOVED))
    assert (found.changed, found.movement_not_compared) == ((), ("moved",))


def test_other_faults_beside_the_movement_cost_the_incident() -> None:
    found = read_edition(old_form(movement={"from": {}, "to": {}}, status="sure"), REGISTER.encode(), b"[]")
    assert found.at_fault == {"moved"}


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"features": [1, null, {}]}'], ids=repr)
def test_what_is_no_store_is_a_fault_and_nothing_worse(raw) -> None:
    found = read_edition(raw, REGISTER.encode(), b"[]")
    assert found.incidents == ()
    assert found.faults


def test_without_a_register_of_events_groups_are_not_checked() -> None:
    incident = make_incident(event_group="chaman-2025")
    found = read_edition(dump_incidents([incident]).encode(), REGISTER.encode(), None)
    assert found.incidents == (incident,)
    assert [fault.where for fault in found.faults] == ["event_groups.json"]


def test_a_file_alone_takes_the_registers_of_the_version_beside() -> None:
    beside = edition(make_incident(event_group="chaman-2025"))
    alone = read_edition(dump_incidents([make_incident(event_group="old-group")]).encode(), None, None, beside=beside)
    assert alone.faults == ()
    found = compare(alone, beside)
    assert [field.field for field in found.changed[0].fields] == ["event_group"]
    assert found.event_groups == found.claimants == type(found.claimants)()


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(StoreFiles(dump_incidents([make_incident()]).encode(), None, None), id="alone"),
        pytest.param(StoreFiles(dump_incidents([make_incident()]).encode(), REGISTER.encode(), b"[]"), id="registers"),
        pytest.param(StoreFiles(b'{"features": [{}, 1]}', b"[{}]", b"{"), id="faults"),
        pytest.param(StoreFiles(b"\xff", None, None), id="no text"),
        pytest.param(StoreFiles(old_form(movement={"from": {}, "to": {}}), REGISTER.encode(), b"[]"), id="old form"),
    ],
)
def test_one_from_outside_is_read_apart_as_it_would_be_here(files) -> None:
    beside = edition(make_incident(event_group="chaman-2025"))
    assert read_apart(files, name="old.geojson", beside=beside) == read_edition(*files, beside=beside)


def test_one_of_more_incidents_than_can_be_compared_is_refused(monkeypatch) -> None:
    monkeypatch.setattr("geo.versions.released.MOST_COMPARED", 1)
    found = dump_incidents([make_incident(), make_incident("2025-01-02-khost-air-strike")]).encode()
    with pytest.raises(UnreadableError, match=r"it holds 2 incidents; at most 1 can be compared"):
        read_apart(StoreFiles(found, None, None), name="old.geojson", beside=edition(make_incident()))


def test_a_speaker_whom_no_register_knows_is_a_fault() -> None:
    text = dump_incidents([make_incident()]).replace("taliban-government", "somebody")
    found = read_edition(text.encode(), None, None, beside=edition(make_incident()))
    assert found.at_fault == {"2025-01-01-khost-air-strike"}


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda f: f[0]["properties"].update(province="Kost"), id="mistyped-province"),
        pytest.param(lambda f: f[0]["properties"].update(provinces=["Khost", "Kost"]), id="one-of-several"),
        pytest.param(lambda f: f[0]["properties"].update(country="TJ"), id="of-another-country"),
        pytest.param(lambda f: f[0]["properties"].update(event_group=None), id="unused-event-group"),
        pytest.param(lambda f: f[0]["properties"]["claims"][0].update(value=10**30), id="figure-beyond-all"),
    ],
)
def test_it_is_at_fault_as_the_store_is(store, spoil) -> None:
    edited(store_of(store.path.parent, make_incident(event_group="chaman-2025"), MOVED), spoil)
    found, read = read_edition(*(file.read_bytes() for file in store.files)), store.read()
    assert found.faults == read.faults
    assert found.faults
    assert found.incidents == read.incidents
