"""Totals of sets of incidents: single ones add up, a wider event counts once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.claims import HIGHEST, LOWEST, RANGE, toll, total
from geo.losses import LOSS_OF, Loss
from geo.vocabulary import About, Scope
from tests.conftest import make_claim, make_incident
from tests.geo.claims.test_toll import CHILDREN, KILLED, PEOPLE, SOLDIERS, said
from tests.geo.strategies import claims as any_claim

AFGHAN_CIVILIANS = "Afghan civilians"
PART = Loss.PART_OF_OTHERS


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
        ([member(1, GROUP_10, said(AFGHAN_CIVILIANS, 4)), member(2, said(value=3))], "10"),
        ([member(1, said(CHILDREN, 3, scope="group")), member(2, said(value=9)), member(3, said(value=2))], "11"),
        ([member(1, said(SOLDIERS, 1, scope="group"), said(value=4)), member(2, said(AFGHAN_CIVILIANS, 3))], "8"),
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
        *("group-at-least", "members-of-one-side-within", "a-part-of-the-group", "members-of-different-sides"),
        *("no-figure", "nothing"),
    ],
)
def test_the_total_of_a_set(incidents, expected):
    assert str(total(incidents, incidents, KILLED, RANGE).toll) == expected


def test_a_groups_toll_counts_though_another_member_holds_it():
    everything = [member(1, GROUP_10), member(2, NO_FIGURE)]
    assert str(total(everything[1:], everything, KILLED, RANGE).toll) == "10"


def test_the_soldiers_of_4_july_2021_are_counted_once(incidents):
    flight = [incident for incident in incidents if incident.event_group == "afghan-troops-to-tajikistan-2021-07-05"]
    assert len(flight) == 6
    assert str(total(flight, incidents, About.CROSSED, RANGE).toll) == "1,000–1,037"


def test_groups_of_which_only_a_part_is_counted_are_named():
    everything = [
        member(1, GROUP_10),
        member(2, NO_FIGURE),
        member(3, said(value=1), group="other"),
        member(4, group="b"),
    ]
    assert total(everything[:1], everything, KILLED, RANGE).split_groups == ("strikes",)
    assert total(everything, everything, KILLED, RANGE).split_groups == ()


def test_incidents_without_a_figure_are_counted():
    everything = [
        member(1, NO_FIGURE, group=None),
        member(2, NO_FIGURE, group=None),
        member(3, said(value=1), group=None),
    ]
    assert total(everything, everything, KILLED, RANGE).incidents_without_figure == 2


# Properties: what holds of all claims that may be made.

OWN = any_claim(about=KILLED, scope=Scope.INCIDENT)
OF_GROUP = any_claim(about=KILLED, scope=Scope.GROUP)
OWNS = st.lists(st.lists(OWN, max_size=3), min_size=1, max_size=3)


def highest(incidents):
    found = total(incidents, incidents, KILLED, HIGHEST).toll
    return (-1, False) if found is None else (found.high, found.or_more)


def lowest(incidents):
    return total(incidents, incidents, KILLED, LOWEST).toll


@given(st.lists(OWN, max_size=5), st.lists(any_claim(about=KILLED, scope=Scope.CUMULATIVE), min_size=1, max_size=3))
def test_running_totals_never_count(claims, running):
    plain, with_running = (make_incident(claims=[NO_FIGURE, *told]) for told in (claims, [*claims, *running]))
    assert total([plain], [plain], KILLED, RANGE) == total([with_running], [with_running], KILLED, RANGE)


@given(st.lists(st.lists(OWN, max_size=3), min_size=1, max_size=4), st.lists(OF_GROUP, max_size=3), st.integers(0, 3))
def test_it_makes_no_difference_which_member_holds_the_groups_claims(owns, of_group, holder):
    def group(at):
        return [member(n, NO_FIGURE, *own, *(of_group if n == at else [])) for n, own in enumerate(owns)]

    first, other = group(0), group(holder % len(owns))
    assert total(first, first, KILLED, RANGE) == total(other, other, KILLED, RANGE)


@given(st.lists(OF_GROUP, min_size=1, max_size=4), st.integers(1, 5))
def test_a_groups_toll_is_the_same_however_many_members_tell_it(of_group, members):
    group = [member(number, NO_FIGURE, *of_group) for number in range(members)]
    assert total(group, group, KILLED, RANGE).toll == toll(of_group, KILLED)


@given(OWNS, st.lists(OF_GROUP, max_size=3), OF_GROUP)
def test_another_claim_about_the_group_never_lowers_the_highest(owns, of_group, another):
    def group(told):
        return [member(n, NO_FIGURE, *own, *(told if n == 0 else [])) for n, own in enumerate(owns)]

    assert highest(group([*of_group, another])) >= highest(group(of_group))


@given(st.lists(st.lists(OWN, max_size=3), max_size=5))
def test_separate_incidents_add_up(owns):
    singles = [make_incident(f"single-{n}", claims=[NO_FIGURE, *own]) for n, own in enumerate(owns)]
    tolls = [found for own in owns if (found := toll(own, KILLED)) is not None]
    together = total(singles, singles, KILLED, RANGE).toll
    assert (
        (together.low, together.high) == (sum(t.low for t in tolls), sum(t.high for t in tolls))
        if tolls
        else not together
    )


@given(OWNS, st.lists(OF_GROUP, max_size=3), OWN, st.integers(0, 2))
def test_another_claim_about_an_incident_never_lowers_the_highest(owns, of_group, another, at):
    def group(*more):
        at_which = at % len(owns)
        return [
            member(n, NO_FIGURE, *own, *(of_group if n == 0 else []), *(more if n == at_which else []))
            for n, own in enumerate(owns)
        ]

    assert highest(group(another)) >= highest(group())


@given(OWNS, st.lists(OF_GROUP, min_size=1, max_size=3), st.data())
def test_a_rival_claim_about_the_group_never_raises_the_lowest(owns, of_group, data):
    figures = [claim for claim in of_group if toll([claim], KILLED) and LOSS_OF[claim.of] is not PART]

    def group(*more):
        return [member(n, NO_FIGURE, *own, *([*figures, *more] if n == 0 else [])) for n, own in enumerate(owns)]

    before = lowest(group())
    if before is None or not figures:
        return
    of = data.draw(st.sampled_from([claim.of for claim in figures]))
    rival = data.draw(any_claim(about=KILLED, scope=Scope.GROUP, of=of))
    assert lowest(group(rival)).low <= before.low


@given(st.lists(st.tuples(st.lists(OWN, max_size=2), st.lists(OF_GROUP, max_size=2)), max_size=4), st.randoms())
def test_the_order_of_incidents_makes_no_difference(told, random):
    group = [member(n, NO_FIGURE, *own, *whole) for n, (own, whole) in enumerate(told)]
    shuffled = random.sample(group, len(group))
    assert total(shuffled, shuffled, KILLED, RANGE) == total(group, group, KILLED, RANGE)


@given(st.lists(st.lists(OWN, max_size=2), min_size=2, max_size=5), st.lists(OF_GROUP, max_size=2), st.data())
def test_a_choice_that_splits_a_group_says_so_exactly_if_its_toll_was_counted(owns, of_group, data):
    group = [member(n, NO_FIGURE, *own, *(of_group if n == 0 else [])) for n, own in enumerate(owns)]
    chosen = data.draw(st.lists(st.sampled_from(group), unique_by=lambda incident: incident.id))
    found = total(chosen, group, KILLED, RANGE)
    counted = toll(of_group, KILLED) is not None
    assert found.split_groups == (("strikes",) if counted and 0 < len(chosen) < len(group) else ())
