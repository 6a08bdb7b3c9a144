"""A difference as sentences."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.casualties import Rule
from geo.incident.vocabulary import About
from geo.versions.comparing import (
    caveats,
    change_lines,
    claim_label,
    compare,
    field_words,
    marked_words,
    register_lines,
    summary_words,
    to_json,
    to_text,
)
from geo.versions.released import FieldChange, IncidentRow
from tests.conftest import make_claim, make_incident, make_source
from tests.geo.versions.editions import edition


def lines(before, after) -> list[str]:
    found = compare(edition(before), edition(after))
    (change,) = found.changed
    return change_lines(change, found.names)


def with_claims(*claims):
    return make_incident(claims=claims, event_group="chaman-2025")


CLAIMANT = {"side": "other", "kind": "media", "independent": True}
PART = make_claim(value=17, by="pk-ispr", of="militants")
PARTIAL = make_claim(value=17, by="pk-ispr", of="militants", scope="cumulative", note="part of the 71")
WHOLE = make_claim(value=71, by="pk-ispr", of="militants")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        pytest.param(
            with_claims(PART, WHOLE),
            with_claims(PARTIAL, WHOLE),
            [
                (
                    "killed 17–71 → 71, because scope of claim 1 (pk-ispr said 17 militants killed, in no total) "
                    "this incident → in no total"
                ),
                "claim 1 (pk-ispr said 17 militants killed, in no total): note none → “part of the 71”",
            ],
            id="scope",
        ),
        pytest.param(
            with_claims(WHOLE),
            with_claims(WHOLE, make_claim(value=80, by="dawn")),
            ["killed 71 → 71–80, because claim 2 added (dawn said 80 civilians killed)"],
            id="claim-added",
        ),
        pytest.param(
            with_claims(WHOLE, make_claim(value=80, by="dawn")),
            with_claims(WHOLE),
            ["killed 71–80 → 71, because claim removed (dawn said 80 civilians killed)"],
            id="claim-removed",
        ),
        pytest.param(
            with_claims(PART),
            with_claims(make_claim(value=17, by="pk-ispr", of="militants", scope="group")),
            [
                (
                    "killed 17 → no figure, because scope of claim 1 (pk-ispr said 17 militants killed, "
                    "whole event cluster) this incident → whole event cluster"
                )
            ],
            id="whole-event",
        ),
        pytest.param(
            with_claims(PART),
            with_claims(make_claim(value=1037, by="pk-ispr", of="militants")),
            ["killed 17 → 1,037, because value of claim 1 (pk-ispr said 1,037 militants killed) 17 → 1,037"],
            id="value",
        ),
        pytest.param(
            with_claims(PART),
            with_claims(make_claim(value=17, by="pk-ispr", of="militants", stance="denies")),
            [
                (
                    "killed 17 → no figure, because stance of claim 1 (pk-ispr denied that 17 militants were killed) "
                    "asserts → denies"
                )
            ],
            id="denied",
        ),
        pytest.param(
            with_claims(PART),
            with_claims(make_claim(value=17, by="pk-ispr", of="militants", stance="acknowledges")),
            ["claim 1 (pk-ispr acknowledged 17 militants killed): stance asserts → acknowledges"],
            id="no-toll-moves",
        ),
        pytest.param(
            make_incident(),
            make_incident(status="confirmed", date_end="2025-01-02"),
            ["when 1 January 2025 → 1–2 January 2025", "status reported → confirmed"],
            id="fields",
        ),
        pytest.param(
            make_incident(date_start="2026-04-01", date_end="2026-04-30", date_precision="month"),
            make_incident(date_start="2026-04-03", date_end="2026-04-05", date_precision="week"),
            ["when April 2026, day not known → within 3–5 April 2026"],
            id="days",
        ),
        pytest.param(
            make_incident(),
            make_incident(provinces=("Khost", "Paktia")),
            ["provinces with “Khost”, “Paktia”"],
            id="provinces",
        ),
        pytest.param(
            make_incident(),
            make_incident(sources=[make_source(kind="aggregator_or_mirror")]),
            ["source 1 (Dawn): kind news outlet → aggregator or mirror"],
            id="source",
        ),
        pytest.param(
            make_incident(),
            make_incident(sources=[make_source(), make_source(url="https://x.org/1", published="2025-01-02")]),
            ["source 2 added (Dawn, 2 January 2025)"],
            id="source-added",
        ),
    ],
)
def test_says_what_changed_and_why(before, after, said) -> None:
    assert lines(before, after) == said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (FieldChange(field="aliases", old=["a", "b"], new=["b", "c"]), "aliases without “a”, with “c”"),
        (FieldChange(field="aliases", old=["a", "b"], new=["b", "a"]), "aliases in another order"),
        (FieldChange(field="movement.to.place", old="A", new=None), "movement, to, place “A” → none"),
        (FieldChange(field="uncertainty_km", old=1.0, new=2.5), "uncertainty km 1 → 2.5"),
        (FieldChange(field="independent", old=False, new=True), "independent no → yes"),
        (FieldChange(field="by_text", old=None, new="He"), "speaker as quoted none → “He”"),
        (
            FieldChange(field="movement", old=None, new={"kind": "troops", "from": {"place": "A", "lon": None}}),
            "movement none → (kind troops, from (place “A”))",
        ),
    ],
    ids=lambda value: value.field if isinstance(value, FieldChange) else "",
)
def test_writes_values_as_people_do(change, said) -> None:
    assert field_words(change) == said


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param({"about": "attribution"}, "Dawn said who did it", id="who-did-it"),
        pytest.param({"about": "event"}, "Dawn said that it happened", id="that-it-happened"),
        pytest.param(
            {"about": "event", "value": 9, "of": "trucks"},
            "Dawn said that it happened (9 trucks)",
            id="event-of-things",
        ),
        pytest.param({"about": "killed", "of": "militants"}, "Dawn said that militants were killed", id="no-figure"),
        pytest.param({"about": "captured", "value": 19, "of": "posts"}, "Dawn said 19 posts captured", id="things"),
        pytest.param(
            {"about": "event", "stance": "denies", "scope": "group"},
            "Dawn denied that it happened as claimed in the whole event cluster",
            id="denied",
        ),
        pytest.param(
            {"about": "attribution", "stance": "unconfirmed"}, "Dawn did not confirm who did it", id="unconfirmed"
        ),
    ],
)
def test_a_claim_is_told_in_words(claimants, fields, said) -> None:
    assert claim_label(make_claim(**({"by": "dawn", "value": None, "of": None} | fields)), claimants) == said


def test_claimants_clusters_and_incidents_are_told_by_name() -> None:
    register = [
        CLAIMANT | {"id": "af-officials", "name": "Local officials"},
        CLAIMANT | {"id": "unama", "name": "UNAMA"},
    ]
    other = make_incident(
        "2025-01-02-wana-raid",
        category="clash",
        subtype="raid",
        place="Wana (town)",
        event_group="b",
        claims=[make_claim(by="unama")],
    )
    old = make_claim(by="af-officials", note="part of the 58 in 2025-01-02-wana-raid")
    new = old.model_copy(update={"by": "unama", "note": "as 2025-01-02-wana-raid, not 2025-01-03-unknown"})
    editions = [
        edition(make_incident(claims=[claim], event_group=group), other, claimants=json.dumps(register))
        for claim, group in ((old, "a"), (new, "b"))
    ]
    found = compare(*editions)
    (change,) = found.changed
    cluster, claim = change_lines(change, found.names)
    assert cluster == "event cluster Firing at Chaman, March 2025 → Firing at Chaman, March 2025"
    assert "speaker Local officials → UNAMA" in claim
    clash = "the clash of 1 January 2025 (Wana, town)"
    assert f"note “part of the 58 in {clash}” → “as {clash}, not 2025-01-03-unknown”" in claim
    assert '"old": "af-officials"' in to_json(found)
    assert '"part of the 58 in 2025-01-02-wana-raid"' in to_json(found)


CANNOT_COUNT = (
    pytest.param({"value": 100, "scope": "group"}, id="whole-cluster"),
    pytest.param({"low": 800, "high": 900, "scope": "cumulative"}, id="running-total"),
    pytest.param({"value": 100, "stance": "unconfirmed"}, id="unconfirmed"),
    pytest.param({"value": 100, "stance": "denies"}, id="denied"),
    pytest.param({"value": None}, id="no-figure"),
)


@pytest.mark.parametrize("fields", CANNOT_COUNT)
def test_no_claim_that_cannot_count_is_named_as_a_cause(fields) -> None:
    counts, cannot = make_claim(value=5, by="unama"), make_claim(**({"by": "dawn"} | fields))
    (toll, *others) = lines(with_claims(make_claim(value=3)), with_claims(make_claim(value=3), counts, cannot))
    assert toll.startswith("killed 3 → 3–5, because claim 2 added (")
    assert "claim 3" not in toll
    assert [line for line in others if line.startswith("claim 3 added")]


def test_a_claim_that_is_not_heard_under_the_rule_is_no_cause() -> None:
    alone, both = (make_claim(value=3, by="unama"),), (make_claim(value=5, by="unama"), make_claim(value=9, by="dawn"))
    before, after = edition(with_claims(*alone)), edition(with_claims(*both))
    rule = Rule.parse("claimant:unama", after.claimants)
    (change,) = compare(before, after, rule=rule).changed
    assert [claim.bears_on for claim in change.claims] == [(About.KILLED,), ()]


def test_fields_told_elsewhere_are_left_out() -> None:
    found = compare(edition(make_incident()), edition(make_incident(title="Another", status="confirmed")))
    assert change_lines(found.changed[0], found.names, without=["title"]) == ["status reported → confirmed"]


def test_what_came_and_went_is_dated_no_better_than_it_is_known() -> None:
    known_to_a_month = make_incident(date_start="2026-04-01", date_end="2026-04-30", date_precision="month")
    nothing = edition()
    (row,) = compare(nothing, edition(known_to_a_month)).added
    (gone,) = compare(edition(known_to_a_month), nothing).removed
    assert row.days == gone.days == "April 2026, day not known"
    assert "1 April" not in to_text(compare(nothing, edition(known_to_a_month)))


def test_a_log_that_does_not_know_how_well_days_are_known_names_the_first() -> None:
    row = {"id": "a", "title": "A", "date_start": "2025-01-01", "category": "strike", "status": "reported"}
    assert IncidentRow.model_validate(row).days == "1 January 2025"


def test_a_summary_counts_what_there_is() -> None:
    found = compare(edition(groups=["a"]), edition(make_incident(), groups=["a", "b", "c"]))
    assert summary_words(found) == "1 incident added, 2 event clusters added."
    assert register_lines(found.event_groups)[0] == "added: Firing at Chaman, March 2025 (b)"


def test_nothing_is_said_to_be_nothing() -> None:
    found = compare(edition(make_incident()), edition(make_incident()))
    assert (summary_words(found), caveats(found)) == ("No differences.", [])


@given(st.text(max_size=80), st.text(max_size=80))
def test_marked_words_hold_both_texts_whole(old, new) -> None:
    pieces = marked_words(old, new)
    assert "".join(text for what, text in pieces if what != "added") == old
    assert "".join(text for what, text in pieces if what != "removed") == new
