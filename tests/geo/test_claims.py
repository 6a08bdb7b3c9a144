"""Totals from rival claims."""

from dataclasses import dataclass

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.claims import RULE, RULE_SENTENCE, Toll, own_toll, toll, total
from geo.losses import LOSS_OF, Loss
from geo.vocabulary import About, Scope
from tests.conftest import make_claim, make_incident
from tests.geo.strategies import claims as any_claim

KILLED = About.KILLED
SOLDIERS, TALIBAN, CIVILIANS, CHILDREN, PEOPLE = (
    *("Pakistani soldiers", "Taliban forces", "civilians", "children"),
    "people",
)


def said(of=CIVILIANS, value=None, **changes):
    return make_claim(of=of, **({} if value is None else {"value": value}), **changes)


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([said(value=4)], "4"),
        ([said(value=4), said(value=9), said(value=6)], "4–9"),
        ([said(SOLDIERS, 23), said(SOLDIERS, 58)], "23–58"),
        ([said(SOLDIERS, 23), said(TALIBAN, 9)], "32"),
        ([said(SOLDIERS, 23), said(SOLDIERS, 58), said(TALIBAN, low=200), said(TALIBAN, 9)], "32–258 or more"),
        ([said("militants", 4), said(CIVILIANS, 10)], "4–10"),
        ([said(low=200)], "200 or more"),
        ([said(low=5), said(value=9)], "5–9"),
        ([said(low=9), said(value=9)], "9 or more"),
        ([said(high=19)], "0–19"),
        ([said(low=15, high=20)], "15–20"),
        ([said(value=0)], "0"),
        ([said(value=9, stance="unconfirmed")], "None"),
        ([said(value=9, stance="denies")], "None"),
        ([said(value=4), said(value=90, stance="unconfirmed"), said(value=0, stance="denies")], "4"),
        ([said(value=4, stance="acknowledges")], "4"),
        ([said(value=4, about="injured")], "None"),
        ([make_claim(about="event", value=50, of="rockets")], "None"),
        ([said(CHILDREN, 9)], "9"),
        ([said(CIVILIANS, 10), said(CHILDREN, 9)], "10"),
        ([said(CIVILIANS, 5), said(CHILDREN, 9)], "5–9"),
        ([said(SOLDIERS, 20), said(CIVILIANS, 5), said(CHILDREN, 10)], "25–30"),
        ([said(PEOPLE, 30), said(SOLDIERS, 10), said(CIVILIANS, 15)], "25–30"),
        ([said(PEOPLE, 25), said(SOLDIERS, 20), said(CHILDREN, 10)], "20–30"),
        ([said(PEOPLE, 30), said(CHILDREN, 9)], "30"),
        ([], "None"),
    ],
    ids=[
        *(
            "one",
            "rivals-span",
            "rivals-are-not-added",
            "two-sides-add-up",
            "two-sides-with-rivals",
            "same-dead-two-names",
        ),
        *(
            "at-least",
            "at-least-below",
            "at-least-the-highest",
            "up-to",
            "range",
            "nobody-hurt",
            "unconfirmed",
            "denied",
        ),
        *("only-who-asserts", "acknowledged", "injured-are-not-killed", "rockets-are-not-people", "a-part-alone"),
        *("a-part-within", "a-part-above", "a-part-beside-soldiers", "everybody-against-the-sum"),
        *("everybody-below-a-part", "everybody-above-a-part", "nothing"),
    ],
)
def test_the_toll_of_one_incident(claims, expected):
    assert str(toll(claims, KILLED)) == expected


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([said(value=4), said(value=99, scope="group")], ("4", Scope.INCIDENT)),
        ([said(value=99, scope="group")], ("99", Scope.GROUP)),
        ([said(value=99, scope="cumulative")], ("None", Scope.GROUP)),
    ],
    ids=["own", "group", "cumulative"],
)
def test_an_incidents_own_toll_comes_before_that_of_its_group(claims, expected):
    found, scope = own_toll(make_incident(claims=claims), KILLED)
    assert (str(found), scope) == expected


def member(number, *claims, group="strikes"):
    return make_incident(f"strike-{number}", event_group=group, claims=claims)


NO_FIGURE = make_claim(about="event", value=None, of=None)
GROUP_10 = said(value=10, scope="group")


@pytest.mark.parametrize(
    ("incidents", "expected"),
    [
        ([member(1, said(value=3), group=None), member(2, said(value=4), group=None)], "7"),
        ([member(1, said(value=3)), member(2, said(value=4))], "7"),
        ([member(1, GROUP_10), member(2, NO_FIGURE), member(3, NO_FIGURE)], "10"),
        ([member(1, GROUP_10), member(2, GROUP_10), member(3, GROUP_10)], "10"),
        ([member(1, GROUP_10), member(2, said(value=16, scope="group"))], "10–16"),
        ([member(1, GROUP_10, said(value=4)), member(2, said(value=3))], "10"),
        ([member(1, GROUP_10, said(value=8)), member(2, said(value=9))], "10–17"),
        ([member(1, GROUP_10, said(SOLDIERS, 2)), member(2, said(SOLDIERS, 3))], "15"),
        ([member(1, said(PEOPLE, 22, scope="group"), said(SOLDIERS, 20)), member(2, said(value=15))], "22–35"),
        ([member(1, said(value=500, scope="cumulative")), member(2, said(value=1))], "1"),
        ([member(1, GROUP_10), member(2, said(value=5), group="other")], "15"),
        ([member(1, said(low=10, scope="group")), member(2, said(value=2))], "10 or more"),
        ([member(1, NO_FIGURE)], "None"),
        ([], "None"),
    ],
    ids=[
        *(
            "singles-add-up",
            "members-add-up",
            "group-once",
            "group-told-thrice",
            "group-rivals",
            "members-within-group",
        ),
        *("members-above-group", "members-fill-in-others", "everybody-in-group", "cumulative-never", "two-groups"),
        *("group-at-least", "no-figure", "nothing"),
    ],
)
def test_the_total_of_a_set(incidents, expected):
    assert str(total(incidents, incidents, KILLED).toll) == expected


def test_a_groups_toll_counts_though_another_member_holds_it():
    everything = [member(1, GROUP_10), member(2, NO_FIGURE)]
    assert str(total(everything[1:], everything, KILLED).toll) == "10"


def test_groups_of_which_only_a_part_is_counted_are_named():
    everything = [
        member(1, GROUP_10),
        member(2, NO_FIGURE),
        member(3, said(value=1), group="other"),
        member(4, group="b"),
    ]
    assert total(everything[:1], everything, KILLED).split_groups == ("strikes",)
    assert total(everything, everything, KILLED).split_groups == ()


def test_incidents_without_a_figure_are_counted():
    everything = [
        member(1, NO_FIGURE, group=None),
        member(2, NO_FIGURE, group=None),
        member(3, said(value=1), group=None),
    ]
    assert total(everything, everything, KILLED).incidents_without_figure == 2


def test_the_night_of_11_october_2025(incidents):
    night = [incident for incident in incidents if incident.event_group == "durand-line-clashes-2025-10-11"]
    assert str(total(night, incidents, KILLED).toll) == "32–258 or more"


def test_the_soldiers_of_4_july_2021_are_counted_once(incidents):
    flight = [incident for incident in incidents if incident.event_group == "afghan-troops-to-tajikistan-2021-07-05"]
    assert len(flight) == 6
    assert str(total(flight, incidents, About.CROSSED).toll) == "1,000–1,037"


def test_the_rule_has_a_name_and_a_sentence():
    assert RULE == "lowest–highest claim"
    assert "never added" in RULE_SENTENCE


# Properties: what holds of all claims that may be made.


@dataclass(frozen=True)
class Bounds:
    low: int
    high: float

    @classmethod
    def of(cls, found: Toll | None) -> "Bounds | None":
        return None if found is None else cls(found.low, found.high + 0.5 * found.or_more)


OWN = any_claim(about=KILLED, scope=Scope.INCIDENT)
OF_GROUP = any_claim(about=KILLED, scope=Scope.GROUP)


@given(st.lists(OWN, max_size=6), OWN)
def test_another_claim_never_lowers_the_highest(claims, another):
    before, after = toll(claims, KILLED), toll([*claims, another], KILLED)
    assert before is None or after.high >= before.high


@given(st.lists(OWN, min_size=1, max_size=6), st.data())
def test_a_rival_claim_never_raises_the_lowest(claims, data):
    before = toll(claims, KILLED)
    assume(before is not None)
    stated = {LOSS_OF[claim.of] for claim in claims if toll([claim], KILLED)}
    if stated != {Loss.PART_OF_OTHERS}:  # a part is no rival of the whole: it counts only until somebody states that
        stated.add(Loss.EVERYBODY)
    of = data.draw(st.sampled_from([words for words, loss in LOSS_OF.items() if loss in stated]))
    rival = data.draw(any_claim(about=KILLED, scope=Scope.INCIDENT, of=of))
    assert toll([*claims, rival], KILLED).low <= before.low


@given(st.lists(OWN, max_size=6), st.randoms())
def test_the_order_of_claims_makes_no_difference(claims, random):
    assert toll(random.sample(claims, len(claims)), KILLED) == toll(claims, KILLED)


@given(st.lists(OWN, max_size=5))
def test_what_is_said_twice_counts_once(claims):
    assert toll([*claims, *claims], KILLED) == toll(claims, KILLED)


@given(st.lists(OWN, max_size=5), st.lists(any_claim(about=KILLED, scope=Scope.CUMULATIVE), min_size=1, max_size=3))
def test_running_totals_never_count(claims, running):
    plain, with_running = (make_incident(claims=[NO_FIGURE, *told]) for told in (claims, [*claims, *running]))
    assert total([plain], [plain], KILLED) == total([with_running], [with_running], KILLED)


@given(st.lists(st.lists(OWN, max_size=3), min_size=1, max_size=4), st.lists(OF_GROUP, max_size=3), st.integers(0, 3))
def test_it_makes_no_difference_which_member_holds_the_groups_claims(owns, of_group, holder):
    def group(at):
        return [member(n, NO_FIGURE, *own, *(of_group if n == at else [])) for n, own in enumerate(owns)]

    first, other = group(0), group(holder % len(owns))
    assert total(first, first, KILLED) == total(other, other, KILLED)


@given(st.lists(OF_GROUP, min_size=1, max_size=4), st.integers(1, 5))
def test_a_groups_toll_is_the_same_however_many_members_tell_it(of_group, members):
    group = [member(number, NO_FIGURE, *of_group) for number in range(members)]
    assert total(group, group, KILLED).toll == toll(of_group, KILLED)


@given(st.lists(st.lists(OWN, max_size=3), min_size=1, max_size=3), st.lists(OF_GROUP, max_size=3), OF_GROUP)
def test_another_claim_about_the_group_never_lowers_the_highest(owns, of_group, another):
    def highest(told):
        group = [member(n, NO_FIGURE, *own, *(told if n == 0 else [])) for n, own in enumerate(owns)]
        found = Bounds.of(total(group, group, KILLED).toll)
        return -1 if found is None else int(found.high)

    assert highest([*of_group, another]) >= highest(of_group)


@given(st.lists(st.lists(OWN, max_size=3), max_size=5))
def test_separate_incidents_add_up(owns):
    singles = [make_incident(f"single-{n}", claims=[NO_FIGURE, *own]) for n, own in enumerate(owns)]
    tolls = [found for own in owns if (found := toll(own, KILLED)) is not None]
    together = total(singles, singles, KILLED).toll
    assert (
        (together.low, together.high) == (sum(t.low for t in tolls), sum(t.high for t in tolls))
        if tolls
        else not together
    )


@given(st.lists(OWN, max_size=6))
def test_the_lowest_is_not_above_the_highest(claims):
    found = toll(claims, KILLED)
    assert found is None or 0 <= found.low <= found.high
