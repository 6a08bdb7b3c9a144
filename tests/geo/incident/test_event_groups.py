"""The register of event clusters: its rows, the days of their incidents, and what may be wrong with it."""

import json

import pytest
from pydantic import ValidationError

from geo.incident.errors import DataError
from geo.incident.record import event_names
from tests.conftest import make_group, make_incident
from tests.geo.stores import edited, register_groups, store_of


def test_names_are_latest_first():
    groups = [make_group("a", name="Early", date_start="2025-02-01"), make_group("b", name="Late")]
    assert event_names({group.id: group for group in groups}) == {"b": "Late", "a": "Early"}


def test_a_row_is_frozen():
    with pytest.raises(ValidationError, match="frozen"):
        make_group().name = "Other"


def told(store) -> list[str]:
    return [str(fault) for fault in store.read().faults]


def test_an_unknown_group_is_named_and_its_incident_left_out(store):
    contents = edited(store, lambda features: features[0]["properties"].update(event_group="nowhere")).read()
    assert [str(fault) for fault in contents.faults] == [
        "2025-01-01-khost-air-strike: event_group: 'nowhere' is not in event_groups.json"
    ]
    assert [incident.id for incident in contents.incidents] == ["2025-02-02-kunar-raid"]


def test_a_group_without_incidents_is_named(store):
    register_groups(store.path.parent, make_incident(event_group="chaman-2025"))
    assert told(store) == ["event_groups.json: chaman-2025: is not the event cluster of any incident"]


def test_a_group_whose_incident_is_at_fault_is_not_told_too(tmp_path):
    store = store_of(tmp_path, make_incident(event_group="chaman-2025"))
    edited(store, lambda features: features[0]["properties"].update(category="war"))
    assert {fault.field for fault in store.read().faults} == {"category"}


@pytest.mark.parametrize(
    ("register", "fault"),
    [
        pytest.param(None, "event_groups.json: is missing; it belongs beside the incident file", id="missing"),
        pytest.param(b"[", "event_groups.json, line 1, column 2: is not JSON: expecting value", id="broken"),
        pytest.param(b"{}", "event_groups.json, file: is not a list; expected a list of event clusters", id="no-list"),
    ],
)
def test_without_a_register_no_incident_is_lost_and_nothing_written(tmp_path, register, fault):
    store = store_of(tmp_path, make_incident(event_group="chaman-2025"))
    store.path.with_name("event_groups.json").unlink()
    if register is not None:
        store.path.with_name("event_groups.json").write_bytes(register)
    contents = store.read()
    assert ([str(found) for found in contents.faults], len(contents.incidents)) == ([fault], 1)
    with pytest.raises(DataError, match="event_groups"):
        store.update(lambda incidents: incidents)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        pytest.param(
            {"name": "x" * 61},
            "event_groups.json, row 1: name: string should have at most 60 characters",
            id="long-name",
        ),
        pytest.param(
            {"summary": " "},
            "event_groups.json, row 1: summary: string should have at least 1 character",
            id="no-summary",
        ),
        pytest.param(
            {"date_end": "2025-02-28"}, "date_end 2025-02-28 precedes date_start 2025-03-01", id="ends-before-it-starts"
        ),
        pytest.param(
            {"colour": "red"}, "event_groups.json, row 1: colour: extra inputs are not permitted", id="unknown-field"
        ),
    ],
)
def test_a_faulty_row_says_what_is_wrong(store, change, fault):
    row = make_group().model_dump(mode="json") | change
    store.path.with_name("event_groups.json").write_text(json.dumps([row]))
    (found,) = told(store)
    assert fault in found


def test_an_id_used_twice_is_told_and_the_first_row_kept(tmp_path):
    store = store_of(tmp_path, make_incident(event_group="chaman-2025"))
    rows = [make_group().model_dump(mode="json"), make_group(name="Other").model_dump(mode="json")]
    store.path.with_name("event_groups.json").write_text(json.dumps(rows))
    assert told(store) == ["event_groups.json, row 2: id: 'chaman-2025' appears twice"]
    assert store.read().event_groups["chaman-2025"].name == make_group().name
