"""Denials: each on record stands once, with what it denies, and who says the opposite, or that nobody does."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.evidence.contradictions import Way, contradictions
from geo.evidence.denials import Answer, against_words, denials, denied_words, includes, reported_denials, same_party
from geo.incident.losses import LOSS_OF
from geo.incident.vocabulary import About, Scope, Stance
from tests.conftest import make_claim, make_incident
from tests.geo.strategies import claims as any_claim
from tests.geo.strategies import fitting
from tests.geo.strategies import incidents as any_incident

TALIBAN, ARMY, SOURCES, UN = "taliban-government", "pk-ispr", "pk-security-officials", "unama"
DENIED = {"value": None, "stance": "denies", "by": ARMY}
EVENT, BLAME = {"about": "event", "of": None, "value": None}, {"about": "attribution", "of": None, "value": None}
POSTS = {"about": "captured", "of": "Pakistani posts"}
GROUP, RUNNING = {"scope": "group"}, {"scope": "cumulative"}


def only_denial(claimants, *incidents):
    """The one denial of the first incident, looked for among all of them."""
    (found,) = denials(incidents[:1], claimants, everything=incidents)
    return found


def answered(claimants, denial, said, **changes):
    claims = [make_claim(**DENIED | denial), make_claim(**{"by": TALIBAN} | said)]
    return only_denial(claimants, make_incident(claims=claims, **changes)).answer.value


@pytest.mark.parametrize(
    ("denial", "said", "answer"),
    [
        pytest.param(EVENT, {}, "opposite", id="that it happened, the dead"),
        pytest.param(EVENT, GROUP, "opposite", id="that it happened, the dead of the whole event"),
        pytest.param(EVENT, {"stance": "acknowledges"}, "opposite", id="that it happened, own dead of another party"),
        pytest.param(EVENT, BLAME, "opposite", id="that it happened, who did it"),
        pytest.param(EVENT, BLAME | {"stance": "acknowledges"}, "opposite", id="that it happened, an own act"),
        pytest.param(EVENT, EVENT | {"stance": "unconfirmed"}, "nobody", id="that it happened, not vouched for"),
        pytest.param(EVENT, {"value": 0}, "nobody", id="that it happened, nobody died"),
        pytest.param(EVENT, RUNNING, "nobody", id="that it happened, a running total"),
        pytest.param(
            EVENT | {"value": 18, "of": "aircraft"}, EVENT | {"value": 18, "of": "aircraft"}, "opposite", id="18, 18"
        ),
        pytest.param(
            EVENT | {"value": 18, "of": "aircraft"}, EVENT | {"value": 2, "of": "aircraft"}, "nobody", id="18, 2"
        ),
        pytest.param(EVENT | {"value": 18, "of": "aircraft"}, {}, "nobody", id="18 aircraft, the dead"),
        pytest.param(BLAME, BLAME, "opposite", id="who did it, another blames"),
        pytest.param(BLAME, BLAME | {"by": UN}, "opposite", id="who did it, an independent claimant blames"),
        pytest.param(
            BLAME, BLAME | {"by": "ttp", "stance": "acknowledges"}, "nobody", id="who did it, a third owns up"
        ),
        pytest.param(
            BLAME, BLAME | {"by": SOURCES, "stance": "acknowledges"}, "own_side", id="who did it, its own side"
        ),
        pytest.param(BLAME, {}, "nobody", id="who did it, the dead"),
        pytest.param({}, {}, "opposite", id="the dead"),
        pytest.param({}, {"value": 0}, "nobody", id="the dead, none"),
        pytest.param({}, {"about": "injured"}, "nobody", id="the dead, the injured"),
        pytest.param({}, {"of": "militants"}, "nobody", id="civilians, militants"),
        pytest.param({}, {"of": "women and children"}, "opposite", id="civilians, women and children"),
        pytest.param({}, {"of": "people"}, "nobody", id="civilians, everybody"),
        pytest.param({}, GROUP, "opposite", id="the dead, of the whole event only"),
        pytest.param({}, RUNNING, "running", id="the dead, in a running total"),
        pytest.param(GROUP, RUNNING, "running", id="the dead of the whole event, in a running total"),
        pytest.param(RUNNING, RUNNING, "opposite", id="the dead of all fronts"),
        pytest.param(RUNNING, {}, "opposite", id="the dead of all fronts, of one incident"),
        pytest.param({"value": 0}, {}, "opposite", id="denied by none"),
        pytest.param({"value": 9}, {"value": 9}, "opposite", id="nine, nine"),
        pytest.param({"value": 9}, {"value": 4}, "nobody", id="nine, four"),
        pytest.param({"low": 9}, {"low": 12}, "opposite", id="at least nine, at least twelve"),
        pytest.param({"high": 9}, {"value": 12}, "nobody", id="up to nine, twelve"),
        pytest.param({"by": SOURCES}, {"by": ARMY}, "nobody", id="its own party asserts"),
        pytest.param(
            {"by": SOURCES}, {"by": ARMY, "stance": "acknowledges"}, "own_side", id="its own party acknowledges"
        ),
        pytest.param({}, {"by": ARMY, "stance": "acknowledges"}, "nobody", id="the same claimant"),
        pytest.param({}, {"by": "dawn"}, "opposite", id="an independent claimant of its side"),
        pytest.param(POSTS, POSTS, "opposite", id="posts, posts"),
        pytest.param(POSTS, POSTS | {"of": "Afghan posts"}, "nobody", id="posts, others' posts"),
        pytest.param(POSTS | {"of": None}, POSTS, "opposite", id="any capture, posts"),
        pytest.param(
            POSTS | {"of": None}, POSTS | {"of": "soldiers (taken prisoner)"}, "nobody", id="any capture, prisoners"
        ),
    ],
)
def test_what_is_the_opposite_of_a_denial(claimants, denial, said, answer):
    if "low" in denial or "high" in denial:
        denial = {"value": None} | denial
    assert answered(claimants, denial, said) == answer


@pytest.mark.parametrize(
    ("denial", "said", "changes", "answer"),
    [
        pytest.param(GROUP, {}, {}, "opposite", id="the dead of the whole event"),
        pytest.param(GROUP, {}, {"event_group": "b"}, "nobody", id="another event"),
        pytest.param({}, {}, {}, "nobody", id="other dead, of another incident"),
        pytest.param({}, GROUP, {}, "opposite", id="the dead, in the whole event"),
        pytest.param(BLAME, BLAME, {}, "beside", id="who did it"),
        pytest.param(BLAME, BLAME | {"stance": "acknowledges", "by": SOURCES}, {}, "nobody", id="another act is owned"),
        pytest.param(BLAME, BLAME | GROUP, {}, "opposite", id="who did all of it"),
        pytest.param(BLAME, BLAME, {"date_start": "2025-01-02", "date_end": "2025-01-02"}, "nobody", id="another day"),
        pytest.param(
            BLAME, BLAME, {"category": "clash", "subtype": "border_clash"}, "nobody", id="a clash, not a strike"
        ),
        pytest.param(EVENT, EVENT, {}, "beside", id="that it happened"),
        pytest.param(EVENT, {}, {}, "nobody", id="that it happened, dead of another"),
        pytest.param(EVENT, GROUP, {}, "nobody", id="that it happened, dead of the whole event held by another"),
        pytest.param(EVENT | GROUP, {}, {}, "opposite", id="that any of it happened, dead of one"),
    ],
)
def test_what_other_incidents_of_the_event_cluster_say(claimants, denial, said, changes, answer):
    denied = make_incident("a-1", claims=[make_claim(**DENIED | denial)], event_group="a")
    beside = make_incident("b-1", claims=[make_claim(**{"by": TALIBAN} | said)], **{"event_group": "a"} | changes)
    assert only_denial(claimants, denied, beside).answer.value == answer


def test_what_is_said_of_the_incident_itself_comes_before_what_is_said_beside_it(claimants):
    blamed = make_incident("a-1", claims=[make_claim(**DENIED | BLAME), make_claim(**BLAME)], event_group="a")
    beside = make_incident("b-1", claims=[make_claim(**BLAME | {"by": UN})], event_group="a")
    found = only_denial(claimants, blamed, beside)
    assert ([s.by for s in found.opposite], found.beside) == ([TALIBAN], ())


def test_a_pointer_to_a_figure_given_elsewhere_is_left_out(claimants):
    denied = make_incident("a-1", claims=[make_claim(**DENIED | GROUP), make_claim(value=19, **GROUP)], event_group="a")
    pointing = make_incident("b-1", claims=[make_claim(value=None, **GROUP)], event_group="a")
    assert [s.claim.value for s in only_denial(claimants, denied, pointing).opposite] == [19]


@pytest.mark.parametrize("of", sorted(LOSS_OF))
def test_a_denial_includes_the_very_people_whom_it_names(of):
    assert includes(of, of, ground="AF")


@pytest.mark.parametrize(
    ("denied", "said", "ground", "inside"),
    [
        ("civilians", "patients and staff", "AF", True),
        ("civilians", "civilians in Afghanistan", "PK", True),
        ("civilians", "TTP members", "AF", False),
        ("civilians", "bodies seen by reporters", "AF", False),
        ("civilians", "a journalist and an Afghan officer", "AF", False),
        ("TTP members", "militants", "AF", True),
        ("Afghan civilians", "civilians", "AF", True),
        ("Afghan civilians", "civilians", "PK", False),
        ("people on the Afghan side", "civilians", "AF", True),
        ("people on the Afghan side", "Taliban forces", "PK", True),
        ("people on the Afghan side", "people", "AF", True),
        ("people on the Afghan side", "people", "PK", False),
        ("people on the Afghan side", "militants", "AF", False),
        ("people", "members of both forces", "TJ", True),
        ("Taliban forces", "people", "AF", False),
        ("Pakistani soldiers", "Frontier Corps soldiers", "PK", True),
        ("Pakistani soldiers", "Taliban forces", "PK", False),
        ("children", "civilians", "AF", False),
    ],
)
def test_whom_a_denial_includes(denied, said, ground, inside):
    assert includes(denied, said, ground=ground) is inside


CLUSTERED = st.lists(
    any_incident(event_group="a") | any_incident(event_group="b") | any_incident(event_group=None),
    max_size=5,
    unique_by=lambda incident: incident.id,
)


def keys_of(incidents):
    """Where each denial stands: incident and number among its claims."""
    return [
        (incident.id, number)
        for incident in incidents
        for number, claim in enumerate(incident.claims, 1)
        if claim.stance is Stance.DENIES
    ]


@given(CLUSTERED)
def test_each_denial_of_any_record_stands_exactly_once(claimants, record):
    assert [found.key for found in denials(record, claimants, everything=record)] == keys_of(record)


@given(CLUSTERED)
def test_a_denial_never_contradicts_its_own_party_or_a_denial(claimants, record):
    for found in denials(record, claimants, everything=record):
        for said in (*found.opposite, *found.beside, *found.running):
            assert said.claim.stance in (Stance.ASSERTS, Stance.ACKNOWLEDGES)
            assert said.by != found.statement.by
            assert not same_party(claimants[found.statement.by], claimants[said.by])
        for said in found.own_side:
            assert same_party(claimants[found.statement.by], claimants[said.by])
            assert (said.by != found.statement.by, said.claim.stance) == (True, Stance.ACKNOWLEDGES)


@given(CLUSTERED, st.lists(any_claim(stance=Stance.ASSERTS), min_size=1, max_size=3), st.sampled_from(["a", "b", None]))
def test_a_further_incident_answers_no_denial_of_another_cluster(claimants, record, said, group):
    further = make_incident("further", claims=fitting(said, group), event_group=group)
    before = denials(record, claimants, everything=record)
    after = denials(record, claimants, everything=[*record, further])
    elsewhere = [
        (one, other)
        for one, other in zip(before, after, strict=True)
        if group is None or one.statement.incident.event_group != group
    ]
    assert all(one == other for one, other in elsewhere)


@given(CLUSTERED)
def test_where_another_party_says_the_opposite_the_two_are_a_pair(claimants, record):
    met = {(c.one.by, c.other.by) for c in contradictions(record, claimants) if c.way is Way.DENIAL}
    found = denials(record, claimants, everything=record)
    assert met == {(d.statement.by, s.by) for d in found for s in (*d.opposite, *d.own_side)}


def test_each_denial_on_record_stands_exactly_once(incidents, claimants):
    found = [denial.key for denial in denials(incidents, claimants, everything=incidents)]
    assert found == keys_of(incidents)
    assert len(set(found)) == len(found) > 0


def test_a_part_of_the_record_is_answered_as_the_whole_is(incidents, claimants):
    everything = {d.key: d for d in denials(incidents, claimants, everything=incidents)}
    for incident in incidents:
        for found in denials([incident], claimants, everything=incidents):
            assert found == everything[found.key]


@pytest.mark.parametrize(
    ("denied", "opposite", "own_side"),
    [
        pytest.param(
            ("2026-02-26-durand-line-border-clash", "pk-prime-ministers-office", About.KILLED, "Pakistani soldiers"),
            {
                ("taliban-defence-ministry", 55),
                ("taliban-government", 55),
                ("taliban-government", 40),
                ("taliban-army-and-border-forces", 10),
            },
            {("pk-ispr", 12), ("pk-information-ministry", 2)},
            id="any soldier killed in the whole event",
        ),
        pytest.param(
            ("2026-02-26-durand-line-border-clash", "pk-prime-ministers-office", About.CAPTURED, "Pakistani posts"),
            {
                ("taliban-government", 19),
                ("taliban-army-and-border-forces", 13),
                *(("taliban-defence-ministry", number) for number in (19, 5, 2)),
            },
            set(),
            id="any post lost in the whole event",
        ),
        pytest.param(
            (
                "2026-02-26-durand-line-border-clash",
                "pk-prime-ministers-office",
                About.CAPTURED,
                "Pakistani soldiers (taken prisoner)",
            ),
            {("taliban-government", 0)},
            set(),
            id="any soldier taken in the whole event",
        ),
        pytest.param(
            ("2021-07-14-spin-boldak-captured", "pk-government", About.ATTRIBUTION, None),
            {("af-republic-government", 0)},
            set(),
            id="who did it",
        ),
        pytest.param(
            ("2023-09-06-kalash-chitral-militant-attack", "pk-security-officials", About.CAPTURED, None),
            {("ttp", 2)},
            set(),
            id="any territory taken, which prisoners are not",
        ),
        pytest.param(
            ("2021-08-15-bokhtar-aircraft-flight", "tj-foreign-ministry", About.EVENT, "aircraft"),
            {("af-republic-government", 18), ("tolonews", 18)},
            set(),
            id="18 aircraft",
        ),
    ],
)
def test_denials_of_the_record_by_hand(incidents, claimants, denied, opposite, own_side):
    (found,) = (
        d
        for d in denials(incidents, claimants, everything=incidents)
        if (d.statement.incident.id, d.statement.by, d.statement.claim.about, d.statement.claim.of) == denied
    )
    assert {(s.by, s.most_named) for s in found.opposite} == opposite
    assert {(s.by, s.most_named) for s in found.own_side} == own_side


def test_the_denial_of_losses_meets_only_a_running_total(incidents, claimants):
    """Pakistan's 133 are of all fronts: they may hold those of the strikes that Kabul denies, or none of them."""
    kabul = [one for one in incidents if one.id == "2026-02-27-kabul-air-strike"]
    (found,) = (d for d in denials(kabul, claimants, everything=incidents) if d.statement.claim.about is About.KILLED)
    assert found.answer is Answer.RUNNING
    assert {s.claim.scope for s in found.running} == {Scope.CUMULATIVE}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (EVENT, "that it happened as claimed"),
        (EVENT | {"value": 18, "of": "aircraft"}, "the account of 18 aircraft"),
        (EVENT | {"of": "the death of the TTP's chief"}, "the death of the TTP's chief"),
        (BLAME, "what is said about who did it"),
        ({}, "that any civilians were killed"),
        ({"value": 0, "about": "injured"}, "that any civilians were injured"),
        ({"value": 1_037, "of": "Afghan soldiers"}, "that 1,037 Afghan soldiers were killed"),
        ({"about": "crossed", "of": None}, "that anybody crossed"),
        ({"about": "crossed", "of": "Afghan soldiers"}, "that Afghan soldiers crossed"),
        (POSTS, "the capture of Pakistani posts"),
        ({"about": "destroyed", "of": None}, "any destruction"),
        ({"about": "abandoned", "of": None} | GROUP, "any abandonment in the whole event cluster"),
        (RUNNING, "that any civilians were killed over a longer time"),
    ],
    ids=str,
)
def test_what_is_denied_in_words(changes, words):
    assert denied_words(make_claim(**DENIED | changes)) == words


def test_who_says_the_opposite_in_words(claimants):
    army, taliban = (claimants[by].name for by in (ARMY, TALIBAN))
    denial = make_claim(**DENIED | {"by": SOURCES})
    own, other = make_claim(by=ARMY, stance="acknowledges", value=2), make_claim(by=TALIBAN)
    both, alone, nobody = (
        only_denial(claimants, make_incident(claims=claims))
        for claims in ([denial, other, other, own], [denial, own], [denial])
    )
    assert against_words(both, claimants) == f"Contradicts {taliban}. Its own side acknowledges it: {army}."
    assert against_words(alone, claimants) == (
        f"No other party on record says the opposite. Its own side acknowledges it: {army}."
    )
    assert against_words(nobody, claimants) == "Nobody on record says the opposite."
    beside = replace(both, opposite=(), own_side=(), beside=both.opposite)
    assert against_words(beside, claimants).endswith(
        f"about another in its event cluster, on the same days: {taliban}."
    )


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        pytest.param({"by": "dawn"}, True, id="a newspaper"),
        pytest.param({"by": "dawn", "note": "says that known soldiers deny it"}, True, id="of what others say"),
        pytest.param({"by": "dawn", "note": "the outlet’s own statement"}, False, id="its own statement"),
        pytest.param({"by": "dawn", "stance": "asserts"}, False, id="it asserts"),
        pytest.param({"by": ARMY}, False, id="an army"),
        pytest.param({"by": "taliban-run-media"}, True, id="media of a party"),
    ],
)
def test_media_deny_only_by_themselves(claimants, changes, named):
    incident = make_incident(claims=[make_claim(), make_claim(**DENIED | changes)])
    found = list(reported_denials([incident], claimants))
    assert [(fault.where, fault.field) for fault in found] == ([(incident.id, "claims[1].by")] if named else [])
