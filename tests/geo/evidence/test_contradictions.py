"""Who contradicts whom: which claims are held against each other, which are not, and how far apart they are."""

import math
import sys
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.evidence.contradictions import (
    GapOrder,
    Way,
    between_camps,
    by_claimant,
    camp,
    contradictions,
    pairs,
    widest_gaps,
)
from geo.evidence.denials import denials, matters
from geo.incident.record import Incident
from geo.incident.vocabulary import About, Scope, Stance
from tests.conftest import make_claim, make_incident
from tests.geo.strategies import claims as any_claim

TALIBAN, ARMY, UN = "taliban-government", "pk-ispr", "unama"
NIGHT = "durand-line-clashes-2025-10-11"


def of(incidents, claimants) -> list[tuple[str, str, str]]:
    """Contradictions as (way, one, other)."""
    return [(c.way.value, c.one.by, c.other.by) for c in contradictions(incidents, claimants)]


def one_with(*claims, **changes):
    return [make_incident(claims=claims, **changes)]


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ({"value": 23}, {"value": 58}, False),
        ({"value": 23}, {"value": 23}, True),
        ({"low": 143}, {"value": 408}, True),
        ({"low": 200}, {"value": 9}, False),
        ({"high": 19}, {"value": 25}, False),
        ({"high": 19}, {"value": 0}, True),
        ({"low": 15, "high": 20}, {"low": 20, "high": 30}, True),
        ({"low": 15, "high": 20}, {"low": 21, "high": 30}, False),
        ({"low": 5}, {"low": 500}, True),
        ({"value": None}, {"value": 4}, True),
    ],
    ids=str,
)
def test_figures_contradict_each_other_where_no_number_fits_both(claimants, one, other, agree):
    found = of(one_with(make_claim(by=TALIBAN, **one), make_claim(by=ARMY, **other)), claimants)
    assert bool(found) is not agree


def test_of_rival_figures_the_lower_comes_first(claimants):
    said = one_with(make_claim(by=ARMY, value=58), make_claim(by=TALIBAN, value=23))
    assert of(said, claimants) == [("figures", TALIBAN, ARMY)]


def test_who_gives_two_figures_contradicts_only_whom_neither_fits(claimants):
    early, late = make_claim(by=TALIBAN, value=3), make_claim(by=TALIBAN, value=5)
    assert of(one_with(early, late, make_claim(by=ARMY, value=5)), claimants) == []
    assert of(one_with(early, late, make_claim(by=ARMY, value=9)), claimants) == [("figures", TALIBAN, ARMY)]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"of": "Pakistani soldiers"}, id="other people"),
        pytest.param({"about": "injured"}, id="another loss"),
        pytest.param({"scope": "group"}, id="the whole event"),
        pytest.param({"scope": "cumulative"}, id="a running total"),
        pytest.param({"stance": "unconfirmed"}, id="not vouched for"),
        pytest.param({"by": TALIBAN}, id="the same claimant"),
    ],
)
def test_figures_are_not_held_against_each_other_for(claimants, changes):
    rival = make_claim(**{"by": ARMY, "value": 9} | changes)
    assert of(one_with(make_claim(by=TALIBAN, value=2), rival), claimants) == []


@pytest.mark.parametrize(
    ("changes", "status", "rivals"),
    [
        pytest.param({}, "disputed", True, id="two parties blame"),
        pytest.param({}, "confirmed", False, id="not disputed"),
        pytest.param({"by": "pk-foreign-office", "stance": "acknowledges"}, "disputed", False, id="an own act"),
        pytest.param({"by": UN}, "disputed", False, id="no party"),
        pytest.param({"by": "taliban-defence-ministry"}, "disputed", False, id="one party"),
        pytest.param({"about": "event"}, "disputed", False, id="another matter"),
        pytest.param({"stance": "unconfirmed"}, "disputed", False, id="not vouched for"),
    ],
)
def test_two_parties_that_both_blame_contradict_each_other_where_it_is_disputed(claimants, changes, status, rivals):
    blame = {"about": "attribution", "value": None, "of": None}
    answer = make_claim(**{"by": ARMY} | blame | changes)
    found = of(one_with(make_claim(by=TALIBAN, **blame), answer, status=status), claimants)
    assert found == ([("accounts", TALIBAN, ARMY)] if rivals else [])


def test_figures_of_different_incidents_are_no_rivals(claimants):
    apart = [
        make_incident("a-1", claims=[make_claim(by=TALIBAN, value=2)]),
        make_incident("b-1", claims=[make_claim(by=ARMY, value=9)]),
    ]
    assert of(apart, claimants) == []


def test_figures_for_one_event_are_rivals_whichever_incident_holds_them(claimants):
    held_apart = [
        make_incident("a-1", claims=[make_claim(by=TALIBAN, value=2, scope="group")], event_group="a"),
        make_incident("b-1", claims=[make_claim(by=ARMY, value=9, scope="group")], event_group="a"),
    ]
    assert of(held_apart, claimants) == [("figures", TALIBAN, ARMY)]


@pytest.mark.parametrize(
    ("wordings", "rivals"),
    [
        (("Pakistani soldiers", "Frontier Corps soldiers"), True),
        (("civilians", "militants"), True),
        (("children", "journalists"), False),
        (("children", "children"), True),
        (("people", "members of both forces"), False),
    ],
    ids=str,
)
def test_people_are_the_same_by_their_pool_or_else_by_the_very_words(claimants, wordings, rivals):
    one, other = (make_claim(by=by, value=n, of=w) for by, n, w in zip((TALIBAN, ARMY), (2, 9), wordings, strict=True))
    assert bool(of(one_with(one, other), claimants)) is rivals


DENIED = {"value": None, "stance": "denies", "by": ARMY}


@pytest.mark.parametrize(
    ("denial", "said", "contradicted"),
    [
        pytest.param({}, {}, True, id="the dead, a toll"),
        pytest.param({}, {"value": 0}, False, id="the dead, nobody died"),
        pytest.param({}, {"about": "injured"}, False, id="the dead, the injured"),
        pytest.param({}, {"stance": "unconfirmed"}, False, id="the dead, an unconfirmed toll"),
        pytest.param({"scope": "group"}, {}, True, id="the dead of the event, of an incident"),
        pytest.param({"scope": "group"}, {"scope": "cumulative"}, False, id="the dead of the event, a running total"),
        pytest.param({"about": "event", "of": None}, {}, True, id="that it happened, a toll"),
        pytest.param({"about": "event", "of": None}, {"about": "attribution", "value": None}, True, id="…, who did it"),
        pytest.param({"about": "event", "of": None}, {"value": 0}, False, id="that it happened, nobody died"),
        pytest.param({"about": "attribution", "of": None}, {}, False, id="who did it, a toll"),
        pytest.param({}, {"by": "pk-security-officials"}, False, id="the same party says so"),
        pytest.param({}, {"by": "pk-security-officials", "stance": "acknowledges"}, True, id="its own party admits it"),
        pytest.param({}, {"by": "dawn"}, True, id="an independent claimant of the same side"),
        pytest.param({}, {"by": ARMY}, False, id="the same claimant"),
    ],
)
def test_a_denial_contradicts(claimants, denial, said, contradicted):
    found = of(one_with(make_claim(**DENIED | denial), make_claim(**{"by": TALIBAN} | said)), claimants)
    by = said.get("by", TALIBAN)
    assert found == ([("denial", ARMY, by)] if contradicted else [])


def test_a_denial_is_counted_once_for_each_it_contradicts_in_an_incident(claimants):
    denial = make_claim(**DENIED | {"about": "event", "of": None})
    said = [make_claim(by=TALIBAN), make_claim(by=TALIBAN, about="injured"), make_claim(by=UN)]
    assert of(one_with(denial, denial, *said), claimants) == [("denial", ARMY, TALIBAN), ("denial", ARMY, UN)]


def test_a_pair_counts_incidents_and_names_first_who_denies(claimants):
    twice = [
        make_incident("a-1", claims=[make_claim(**DENIED), make_claim(by=TALIBAN, value=2)]),
        make_incident("b-1", claims=[make_claim(by=TALIBAN, value=2), make_claim(by=ARMY, value=9)]),
    ]
    (pair,) = pairs(contradictions(twice, claimants))
    assert pair.claimants == (ARMY, TALIBAN)
    assert (pair.count(Way.DENIAL), pair.count(Way.FIGURES)) == (1, 1)
    assert [incident.id for incident in pair.incidents] == ["a-1", "b-1"]


GATE = {"about": "crossed", "of": "Afghan returnees"}
WHOLE, RUNNING = {"scope": "group"}, {"scope": "cumulative"}


def held_apart(part, whole, *, days=("2025-10-31", "2025-10-31"), **changes):
    """A figure for one incident, and another claimant's for more, held by another incident of its event cluster."""
    return [
        make_incident(name, date_start=day, date_end=day, claims=[claim], event_group="a", **changes)
        for name, day, claim in zip(("a-1", "b-1"), days, (part, whole), strict=True)
    ]


@pytest.mark.parametrize(
    ("part", "whole", "contradicted"),
    [
        pytest.param({"value": 40}, WHOLE | {"value": 12}, True, id="more in a part than in the whole"),
        pytest.param({"value": 12}, WHOLE | {"value": 40}, False, id="fewer in a part than in the whole"),
        pytest.param({"value": 40}, WHOLE | {"value": 40}, False, id="all dead in one place"),
        pytest.param({"value": 40}, WHOLE | {"low": 12}, False, id="at least so many in the whole"),
        pytest.param({"low": 40}, WHOLE | {"high": 12}, True, id="at least in a part, up to in the whole"),
        pytest.param({"value": 40}, RUNNING | {"value": 12}, False, id="a running total of other days"),
        pytest.param({"value": 40, "of": "children"}, WHOLE | {"value": 12}, False, id="of other people"),
        pytest.param({"value": 40, "about": "injured"}, WHOLE | {"value": 12}, False, id="of another loss"),
        pytest.param({"value": 40, "stance": "unconfirmed"}, WHOLE | {"value": 12}, False, id="not vouched for"),
        pytest.param({"value": 40, "by": ARMY}, WHOLE | {"value": 12}, False, id="by the same claimant"),
        pytest.param(GATE | {"value": 10_700}, WHOLE | GATE | {"value": 10_700}, True, id="one gate, and all"),
        pytest.param(GATE | {"value": 10_700}, RUNNING | GATE | {"value": 10_700}, True, id="one gate, and two"),
        pytest.param(GATE | {"value": 10_700}, RUNNING | GATE | {"value": 10_701}, False, id="more by two gates"),
        pytest.param(GATE | {"value": 7_935}, WHOLE | GATE | {"value": 10_700}, False, id="fewer by one gate"),
    ],
)
def test_a_part_contradicts_a_whole_that_leaves_it_no_room(claimants, part, whole, contradicted):
    found = of(held_apart(make_claim(**part), make_claim(**{"by": ARMY} | whole)), claimants)
    assert found == ([("part", ARMY, TALIBAN)] if contradicted else [])


def test_the_same_number_on_another_day_is_no_contradiction(claimants):
    one, other = make_claim(**GATE, value=9), make_claim(**GATE, value=9, by=ARMY, scope="group")
    assert of(held_apart(one, other, days=("2025-10-31", "2025-11-01")), claimants) == []


def test_who_gives_a_part_that_fits_is_not_contradicted_for_an_earlier_one(claimants):
    early, late = make_claim(value=40), make_claim(value=9)
    whole = make_claim(by=ARMY, value=12, scope="group")
    assert of([make_incident(claims=[early, late, whole], event_group="a")], claimants) == []


CLAIMS = st.lists(any_claim(), min_size=1, max_size=7)


@given(CLAIMS)
def test_no_claimant_contradicts_itself(claimants, said):
    assert all(one != other for _, one, other in of(one_with(*said), claimants))


@given(CLAIMS, st.randoms())
def test_order_of_claims_changes_neither_pairs_nor_gaps(claimants, said, random):
    def found(claims):
        incidents = one_with(*claims)
        met = {(c.way, c.claimants) for c in contradictions(incidents, claimants)}
        return met, {(g.matter.whom, g.matter.about, g.ratio, g.difference) for g in widest_gaps(incidents)}

    shuffled = random.sample(said, len(said))
    assert found(said) == found(shuffled)


@given(CLAIMS)
def test_every_contradiction_in_figures_of_people_is_a_gap(claimants, said):
    incidents = one_with(*said)
    people = (About.KILLED, About.INJURED, About.CROSSED)
    rival = {c.matter for c in contradictions(incidents, claimants) if c.way is Way.FIGURES}
    assert {m for m in rival if m.about in people} <= {gap.matter for gap in widest_gaps(incidents)}


@given(CLAIMS)
def test_a_gap_lies_between_two_claimants_and_is_one(said):
    for gap in widest_gaps(one_with(*said)):
        assert gap.lowest.by != gap.highest.by
        assert gap.difference > 0
        assert gap.ratio > 1
        assert {gap.lowest.claim.stance, gap.highest.claim.stance} <= {Stance.ASSERTS, Stance.ACKNOWLEDGES}


@given(st.lists(any_claim(), min_size=2, max_size=6), any_claim())
def test_a_further_claim_narrows_no_gap(said, further):
    def ratios(claims):
        return {(g.matter.about, g.matter.whom, g.matter.scope): g.ratio for g in widest_gaps(one_with(*claims))}

    before, after = ratios(said), ratios([*said, further])
    assert all(after[key] >= ratio for key, ratio in before.items())


def test_gaps_are_ranked_by_ratio_or_by_difference():
    low_ratio, high_ratio = (
        make_incident(name, claims=[make_claim(by=TALIBAN, value=low), make_claim(by=ARMY, value=high)])
        for name, low, high in (("a-1", 100, 300), ("b-1", 2, 20))
    )
    ranked = {
        order: [gap.matter.subject for gap in widest_gaps([low_ratio, high_ratio], order=order)] for order in GapOrder
    }
    assert ranked == {GapOrder.RATIO: ["b-1", "a-1"], GapOrder.DIFFERENCE: ["a-1", "b-1"]}


def test_none_against_some_is_the_widest_ratio():
    (gap,) = widest_gaps(one_with(make_claim(by=TALIBAN, value=0), make_claim(by=ARMY, value=3)))
    assert (gap.ratio, gap.difference) == (math.inf, 3)


def test_things_have_no_gap():
    posts = {"about": "captured", "of": "Pakistani posts"}
    assert widest_gaps(one_with(make_claim(by=TALIBAN, value=25, **posts), make_claim(by=ARMY, value=2, **posts))) == ()


def test_nobody_is_left_out_of_the_table_of_claimants(incidents, claimants):
    speakers = by_claimant(incidents, claimants)
    assert set(speakers.index) == {claim.by for incident in incidents for claim in incident.claims}
    assert speakers["figures"].sum() == sum(
        claim.stance in ("asserts", "acknowledges") and (claim.value, claim.low, claim.high) != (None, None, None)
        for incident in incidents
        for claim in incident.claims
    )


def test_a_claimant_counts_once_in_each_incident_and_stance(claimants):
    said = one_with(
        make_claim(by=ARMY, value=2),
        make_claim(by=ARMY, about="injured", value=None),
        make_claim(by=ARMY, about="event", value=None, of=None, stance="denies"),
        make_claim(by=TALIBAN, value=9),
    )
    row = by_claimant(said, claimants).loc[ARMY]
    counted = ("incidents", "asserts", "acknowledges", "denies", "unconfirmed", "figures", "contradicted")
    assert tuple(row[list(counted)]) == (1, 1, 0, 1, 0, 1, 1)


def test_nobody_speaks_of_no_incident(claimants):
    assert by_claimant([], claimants).empty
    assert between_camps([], claimants).empty


@pytest.mark.parametrize(
    ("claimant", "name"),
    [
        (TALIBAN, "Afghan officials and forces"),
        (ARMY, "Pakistani officials and forces"),
        ("dawn", "Pakistani media and witnesses"),
        (UN, "UN, foreign states, media and others"),
        ("ttp", "TTP"),
        ("unattributed-report", "Claimants of unknown standing"),
    ],
)
def test_a_camp_is_read_from_the_register(claimants, claimant, name):
    assert camp(claimants[claimant]) == name


def test_camps_meet_in_as_many_incidents_seen_from_either(incidents, claimants):
    counts = between_camps(contradictions(incidents, claimants), claimants)
    assert counts.equals(counts.T)
    assert list(counts.index) == list(counts.columns)


def test_the_night_of_october_by_hand(incidents, claimants):
    """Each side counts more of the other's dead than the other acknowledges: 23 and 58, 9 and more than 200.

    At Bahramcha 12 soldiers died by one account and 15 by another. Local sources count 11 dead fighters at Spin Boldak
    alone, where the Taliban have nine of the whole cluster. A Pakistani official calls the 58 exaggerated, which denies
    that number.
    """
    night = [incident for incident in incidents if incident.event_group == NIGHT]
    dead = {
        (c.matter.whom, c.one.by, c.one.least_named, c.other.by, c.other.most_named)
        for c in contradictions(night, claimants)
        if c.matter.about is About.KILLED
    }
    assert dead == {
        ("Pakistani forces", ARMY, 23, TALIBAN, 58),
        ("Pakistani forces", "pk-officials", 58, TALIBAN, 58),
        ("Pakistani forces", "unattributed-report", 12, "taliban-helmand", 15),
        ("Afghan forces", TALIBAN, 9, ARMY, 200),
        ("Afghan forces", TALIBAN, 9, "local-sources-afghan-side", 11),
    }
    assert [(gap.matter.whom, gap.difference) for gap in widest_gaps(night) if gap.matter.about is About.KILLED] == [
        ("Afghan forces", 191),
        ("Pakistani forces", 46),
        ("Pakistani forces", 3),
    ]


def test_the_claim_for_one_place_is_not_held_against_that_for_the_night(incidents):
    night = [incident for incident in incidents if incident.event_group == NIGHT]
    soldiers = [m for m in matters(night) if m.about is About.KILLED and m.whom == "Pakistani forces"]
    said = {(m.scope, tuple(s.least_named for s in m.statements if s.says_so)) for m in soldiers}
    assert said == {
        (Scope.GROUP, (58, 23, 12)),
        (Scope.INCIDENT, (15, 12)),
    }


def test_the_strikes_of_november_are_denied_one_by_one(incidents, claimants):
    strikes = [incident for incident in incidents if incident.date_start == date(2025, 11, 24)]
    denied = {
        c.other.incident.id
        for c in contradictions(strikes, claimants)
        if c.way is Way.DENIAL and c.claimants == (ARMY, TALIBAN)
    }
    assert denied == {
        "2025-11-24-barmal-drone-strike",
        "2025-11-24-gurbuz-khost-air-strike",
        "2025-11-24-kunar-air-strike",
    }


def test_the_flight_at_arundu_is_denied_by_the_forces_that_fled(incidents, claimants):
    arundu = [incident for incident in incidents if incident.id == "2021-07-25-arundu-troop-flight"]
    deniers = ("af-republic-forces", "af-republic-defence-ministry")
    they_came = (ARMY, "pk-interior-ministry", "pk-security-officials")
    assert sorted(of(arundu, claimants)) == sorted(("denial", by, other) for by in deniers for other in they_came)


def _calls(work: Callable[[], object]) -> int:
    """Count the Python functions that work calls."""
    made = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal made
        made += event == "call"

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return made


@pytest.mark.parametrize(
    "find",
    [
        pytest.param(contradictions, id="contradictions"),
        pytest.param(lambda found, _: widest_gaps(found), id="gaps"),
        pytest.param(by_claimant, id="speakers"),
        pytest.param(lambda found, claimants: denials(found, claimants, everything=found), id="denials"),
    ],
)
def test_twice_the_claims_of_an_incident_are_twice_the_work(claimants, find):
    def of_many(number: int) -> list[Incident]:
        stances = [Stance.ASSERTS, Stance.DENIES, Stance.ACKNOWLEDGES]
        said = [
            make_claim(by=[TALIBAN, ARMY, UN][at % 3], stance=stances[at // 3 % 3], value=1 + at % 7 + 10 * (at % 3))
            for at in range(number)
        ]
        return one_with(*said)

    few, many = of_many(300), of_many(600)
    assert _calls(lambda: find(many, claimants)) < 2.5 * _calls(lambda: find(few, claimants))
