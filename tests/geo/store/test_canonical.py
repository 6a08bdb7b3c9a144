"""The written form of the store."""

import difflib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.incident.record import Incident
from geo.store.incident_store import dump_incidents
from tests.conftest import make_group, make_incident, without_place
from tests.geo.stores import dump_claimants, dump_event_groups
from tests.geo.strategies import incidents as any_incident


def test_the_shipped_store_is_written_as_it_stands(contents):
    assert dump_incidents(contents.incidents).encode() == contents.path.read_bytes()


def test_the_shipped_register_is_written_as_it_stands(contents):
    register = contents.path.with_name("claimants.json").read_bytes()
    assert dump_claimants(contents.claimants.values()).encode() == register


def test_the_shipped_event_groups_are_written_as_they_stand(contents):
    register = contents.path.with_name("event_groups.json").read_bytes()
    assert dump_event_groups(contents.event_groups.values()).encode() == register


def test_event_groups_stand_by_first_day_then_id_and_say_that_there_is_no_end():
    groups = [make_group("b"), make_group("c", date_start="2025-01-01"), make_group("a", date_end=None)]
    written = json.loads(dump_event_groups(groups))
    assert [(row["id"], row["date_end"]) for row in written] == [
        ("c", "2025-03-02"),
        ("a", None),
        ("b", "2025-03-02"),
    ]


@given(st.lists(any_incident(), max_size=4, unique_by=lambda incident: incident.id))
def test_what_is_written_is_read_as_it_was(incidents):
    features = json.loads(dump_incidents(incidents))["features"]
    assert sorted(map(Incident.from_feature, features), key=_id) == sorted(incidents, key=_id)


@given(st.lists(any_incident(), max_size=4, unique_by=lambda incident: incident.id), st.randoms())
def test_the_order_given_makes_no_difference(incidents, random):
    shuffled = random.sample(incidents, len(incidents))
    assert dump_incidents(shuffled) == dump_incidents(incidents)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Air strike claimed near Khost"},
        {"lon": 69.93},
        {"date_end": "2025-01-02"},
        {"status": "disputed"},
        {"place": "Khōst “city” <b>"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_edit_is_a_diff_of_one_line(change):
    others = [make_incident("2024-05-05-a"), make_incident("2026-05-05-z", date_start="2026-05-05", date_end=None)]
    before = dump_incidents([*others, make_incident()])
    after = dump_incidents([*others, make_incident(**change)])
    changed = [line for line in difflib.ndiff(before.split("\n"), after.split("\n")) if line[0] in "+-"]
    assert [line[0] for line in changed] == ["-", "+"]


@pytest.mark.parametrize(
    ("incident", "written"),
    [
        pytest.param(make_incident(lon=70.0, lat=33.5), '"coordinates": [70, 33.5]', id="whole-degrees"),
        pytest.param(make_incident(uncertainty_km=5.0), '"uncertainty_km": 5,', id="whole-radius"),
        pytest.param(without_place(), '"geometry": null', id="no-place"),
        pytest.param(make_incident(date_end=None), '"date_end": null', id="no-end"),
        pytest.param(make_incident(title="Köṭ “quoted” 一"), '"title": "Köṭ “quoted” 一"', id="unicode"),
        pytest.param(
            make_incident(title='"coordinates": [ 1 2 ]'),
            r'"title": "\"coordinates\": [ 1 2 ]"',
            id="title-like-a-point",
        ),
    ],
)
def test_each_value_has_one_form(incident, written):
    assert written in dump_incidents([incident])


@pytest.mark.parametrize("absent", ["aliases", "location_note", "movement", "by_text", "archived_url", "high"])
def test_what_is_null_in_claims_sources_and_options_is_left_out(absent):
    assert f'"{absent}"' not in dump_incidents([make_incident()])


def _id(incident):
    return incident.id


def test_provinces_stand_after_the_first_and_only_where_there_are_several():
    written = json.loads(dump_incidents([make_incident("a"), make_incident("b", provinces=("Khost", "Paktia"))]))
    one, several = (feature["properties"] for feature in written["features"])
    assert "provinces" not in one
    assert several["provinces"] == ["Khost", "Paktia"]
    assert list(several)[list(several).index("province") :][:3] == ["province", "provinces", "country"]
