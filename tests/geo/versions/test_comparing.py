"""What two versions of a store differ in."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.casualties import Rule
from geo.incident.vocabulary import Category, Status, to_show
from geo.store.incident_store import dump_incidents
from geo.versions.comparing import compare
from geo.versions.released import Difference, FieldChange, Figures, read_edition
from tests.conftest import make_claim, make_incident, make_source
from tests.geo.stores import REGISTER
from tests.geo.strategies import incidents
from tests.geo.versions.editions import edition

SETS = st.lists(incidents(), max_size=4, unique_by=lambda incident: incident.id)
STRIKE = make_incident()
OTHER = make_incident("2025-02-02-kunar-raid", date_start="2025-02-02", date_end=None, category="clash", subtype="raid")


def changed(before, after):
    """The one change between two forms of an incident."""
    (change,) = compare(edition(before), edition(after)).changed
    return change


def test_added_and_removed_incidents_are_named() -> None:
    found = compare(edition(STRIKE), edition(OTHER))
    assert [row.id for row in found.added] == [OTHER.id]
    assert [row.id for row in found.removed] == [STRIKE.id]
    assert found.changed == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": "Another"}, ("title", "Air strike reported near Khost", "Another")),
        ({"date_end": None}, ("date_end", "2025-01-01", None)),
        ({"status": "confirmed"}, ("status", "reported", "confirmed")),
        ({"lon": 70.0}, ("lon", 69.92, 70.0)),
        ({"aliases": ("Khowst",)}, ("aliases", [], ["Khowst"])),
        ({"provinces": ("Khost", "Paktia")}, ("provinces", [], ["Khost", "Paktia"])),
        ({"event_group": "chaman-2025"}, ("event_group", None, "chaman-2025")),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_changed_field_tells_what_it_held_and_holds(changes, expected) -> None:
    field, old, new = expected
    assert changed(STRIKE, make_incident(**changes)).fields == (FieldChange(field=field, old=old, new=new),)


def test_a_field_inside_a_movement_is_named_whole() -> None:
    ends = {"from": {"place": "A", "country": "AF"}, "to": {"place": "B", "country": "PK"}}
    before = make_incident(movement={**ends, "people_low": 5, "kind": "troops"})
    after = make_incident(movement={**ends, "to": {"place": "C", "country": "PK"}, "people_low": 5, "kind": "troops"})
    assert changed(before, after).fields == (FieldChange(field="movement.to.place", old="B", new="C"),)


def test_a_scope_that_changes_changes_the_toll() -> None:
    low, high = make_claim(value=17), make_claim(value=71, by="pk-ispr")
    before = make_incident(claims=[high, low])
    after = make_incident(claims=[high, make_claim(value=17, scope="cumulative")])
    change = changed(before, after)
    assert [(part.number, part.fields) for part in change.claims] == [
        (2, (FieldChange(field="scope", old="incident", new="cumulative"),))
    ]
    (toll,) = change.tolls
    assert (toll.old, toll.new) == (Figures(low=17, high=71), Figures(low=71, high=71))


def test_claims_that_only_moved_are_no_change() -> None:
    claims = [make_claim(value=number, note=f"note {number}") for number in range(4)]
    assert compare(edition(make_incident(claims=claims)), edition(make_incident(claims=claims[::-1]))).empty


def test_sources_that_moved_do_not_change_the_claims_that_name_them() -> None:
    sources = [make_source(url=f"https://x.org/{number}", publisher=f"P{number}") for number in range(3)]
    claims = [make_claim(value=number, source=number) for number in range(3)]
    moved = [claim.model_copy(update={"source": 2 - claim.source}) for claim in claims]
    before = make_incident(sources=sources, claims=claims)
    assert compare(edition(before), edition(make_incident(sources=sources[::-1], claims=moved))).empty


def test_a_source_put_right_is_changed_and_not_its_claims() -> None:
    change = changed(STRIKE, make_incident(sources=[make_source(title="A title", published="2025-01-02")]))
    assert change.claims == ()
    assert [field.field for field in change.sources[0].fields] == ["title", "published"]


def test_a_claim_from_another_source_says_so() -> None:
    sources = [make_source(), make_source(url="https://x.org/1", publisher="The News")]
    before = make_incident(sources=sources, claims=[make_claim(), make_claim(value=9, source=1)])
    after = make_incident(sources=sources, claims=[make_claim(source=1), make_claim(value=9, source=1)])
    assert changed(before, after).claims[0].fields == (FieldChange(field="source", old="Dawn", new="The News"),)


def test_registers_are_compared() -> None:
    renamed = REGISTER.replace('"name": "unama"', '"name": "UN mission"')
    found = compare(edition(STRIKE, groups=["a", "b"]), edition(STRIKE, claimants=renamed, groups=["b", "c"]))
    assert [row.name for row in found.claimants.changed] == ["UN mission"]
    assert [row.id for row in found.event_groups.added] == ["c"]
    assert [row.id for row in found.event_groups.removed] == ["a"]


def test_totals_of_the_whole_record_are_told_under_a_named_rule() -> None:
    found = compare(edition(STRIKE), edition(STRIKE, make_incident("x", claims=[make_claim(value=10)])))
    assert found.rule == "lowest–highest claim"
    assert (found.totals[0].old, found.totals[0].new) == (Figures(low=4, high=4), Figures(low=14, high=14))
    assert {count.name: (count.old, count.new) for count in found.counts}["strike"] == (1, 2)


def test_another_rule_counts_with_each_version_s_own_register() -> None:
    given_claims = [make_claim(value=4), make_claim(value=9, by="dawn")]
    before, after = (
        edition(make_incident(claims=given_claims)),
        edition(
            make_incident(claims=given_claims),
            claimants=REGISTER.replace('"independent": true', '"independent": false'),
        ),
    )
    found = compare(before, after, rule=Rule.parse("independent", before.claimants))
    assert found.totals[0].old is not None
    assert found.totals[0].new is None


def test_what_cannot_be_read_is_named_and_left_out_of_every_number() -> None:
    document = json.loads(dump_incidents([STRIKE, OTHER]))
    document["features"][0]["properties"]["status"] = "sure"
    sound, faulty = edition(STRIKE, OTHER), read_edition(json.dumps(document).encode(), REGISTER.encode(), b"[]")
    for found in (compare(faulty, sound), compare(sound, faulty)):
        assert found.not_compared == (STRIKE.id,)
        assert found.added == found.removed == found.changed == ()
        assert all(count.old == count.new for count in found.counts)


@given(SETS)
def test_a_version_differs_in_nothing_from_itself(given_incidents) -> None:
    assert compare(edition(*given_incidents), edition(*given_incidents)).empty


@given(SETS, st.randoms())
def test_the_order_of_incidents_and_claims_does_not_matter(given_incidents, random) -> None:
    shuffled = []
    for incident in given_incidents:
        claims = list(incident.claims)
        random.shuffle(claims)
        shuffled.append(incident.model_copy(update={"claims": tuple(claims)}))
    random.shuffle(shuffled)
    assert compare(edition(*given_incidents), edition(*shuffled)).empty


@given(SETS, SETS)
def test_a_difference_adds_up_has_a_mirror_and_survives_the_way_through_json(old, new) -> None:
    before, after = edition(*old), edition(*new)
    there, back = compare(before, after), compare(after, before)
    check_counts(there, old)
    check_mirror(there, back)
    assert Difference.model_validate_json(there.model_dump_json(exclude_defaults=True)) == there


def check_counts(found: Difference, old) -> None:
    """Counts follow from what was added and removed."""
    counts = {count.name: (count.old, count.new) for count in found.counts}
    assert counts["incidents"] == (len(old), len(old) + len(found.added) - len(found.removed))
    for name in (*to_show(Category, ()), *to_show(Status, ())):
        moved = sum((row.category == name) + (row.status == name) for row in found.added)
        moved -= sum((row.category == name) + (row.status == name) for row in found.removed)
        for field in (field for change in found.changed for field in change.fields):
            moved += (field.new == name) - (field.old == name) if field.field in ("category", "status") else 0
        assert counts[name][1] == counts[name][0] + moved


@given(st.lists(incidents(id="one"), min_size=2, max_size=2))
def test_parts_added_and_removed_make_up_the_difference_in_number(pair) -> None:
    before, after = pair
    found = compare(edition(before), edition(after))
    for parts, old, new in (
        ([p for c in found.changed for p in c.claims], before.claims, after.claims),
        ([p for c in found.changed for p in c.sources], before.sources, after.sources),
    ):
        assert len(new) == len(old) + sum((p.what == "added") - (p.what == "removed") for p in parts)


def check_mirror(there: Difference, back: Difference) -> None:
    """The other way round is the mirror."""
    assert (there.added, there.removed) == (back.removed, back.added)
    assert {c.id for c in there.changed} == {c.id for c in back.changed}
    mirrored = {c.id: {(f.field, repr(f.new), repr(f.old)) for f in c.fields} for c in back.changed}
    assert {c.id: {(f.field, repr(f.old), repr(f.new)) for f in c.fields} for c in there.changed} == mirrored
