"""Totals of sets of incidents: single ones add up, an event cluster counts once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.casualties import RANGE, added, own_toll, total
from geo.incident.losses import LOSS_OF, Loss
from geo.incident.vocabulary import About, Scope
from tests.conftest import HIGHEST, LOWEST, make_claim, make_incident
from tests.geo.casualties.test_toll import CHILDREN, KILLED, PEOPLE, SOLDIERS, said, toll
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
        pytest.param(
            [member(1, said(value=3), group=None), member(2, said(value=4), group=None)], "7", id="singles-add-up"
        ),
        pytest.param([member(1, said(value=3)), member(2, said(value=4))], "7", id="members-add-up"),
        pytest.param([member(1, GROUP_10), member(2, NO_FIGURE), member(3, NO_FIGURE)], "10", id="group-once"),
        pytest.param([member(1, GROUP_10), member(2, GROUP_10), member(3, GROUP_10)], "10", id="group-told-thrice"),
        pytest.param([member(1, GROUP_10), member(2, said(value=16, scope="group"))], "10–16", id="group-rivals"),
        pytest.param([member(1, GROUP_10, said(value=4)), member(2, said(value=3))], "7–10", id="members-within-group"),
        pytest.param([member(1, GROUP_10, said(value=8)), member(2, said(value=9))], "10–17", id="members-above-group"),
        pytest.param(
            [member(1, GROUP_10, said(SOLDIERS, 2)), member(2, said(SOLDIERS, 3))], "15", id="members-fill-in-others"
        ),
        pytest.param(
            [member(1, said(PEOPLE, 22, scope="group"), said(SOLDIERS, 20)), member(2, said(value=15))],
            "22–35",
            id="everybody-in-group",
        ),
        pytest.param(
            [member(1, said(value=500, scope="cumulative")), member(2, said(value=1))], "1", id="cumulative-never"
        ),
        pytest.param([member(1, GROUP_10), member(2, said(value=5), group="other")], "15", id="two-groups"),
        pytest.param(
            [member(1, said(low=10, scope="group")), member(2, said(value=2))], "2–10 or more", id="group-at-least"
        ),
        pytest.param(
            [member(1, GROUP_10, said(AFGHAN_CIVILIANS, 4)), member(2, said(value=3))],
            "7–10",
            id="members-of-one-side-within",
        ),
        pytest.param(
            [member(1, said(CHILDREN, 3, scope="group")), member(2, said(value=9)), member(3, said(value=2))],
            "11",
            id="a-part-of-the-group",
        ),
        pytest.param(
            [member(1, said(SOLDIERS, 1, scope="group"), said(value=4)), member(2, said(AFGHAN_CIVILIANS, 3))],
            "8",
            id="members-of-different-sides",
        ),
        pytest.param([member(1, NO_FIGURE)], "None", id="no-figure"),
        pytest.param([], "None", id="nothing"),
    ],
)
def test_the_total_of_a_set(incidents, expected):
    assert str(total(incidents, incidents, KILLED, RANGE).toll) == expected


def test_a_clusters_toll_is_in_no_total_of_a_part_of_it_whichever_incident_holds_it():
    everything = [member(1, GROUP_10), member(2, said(value=3))]
    for chosen, toll_of_chosen in (([everything[0]], "None"), ([everything[1]], "3")):
        found = total(chosen, everything, KILLED, RANGE)
        assert str(found.toll) == toll_of_chosen
        assert [(str(each.toll), each.selected, each.counted) for each in found.clusters] == [("10", 1, False)]


def test_the_soldiers_of_4_july_2021_are_counted_once(incidents):
    flight = [incident for incident in incidents if incident.event_group == "afghan-troops-to-tajikistan-2021-07-05"]
    assert len(flight) == 6
    assert str(total(flight, incidents, About.CROSSED, RANGE).toll) == "1,000–1,037"


@pytest.mark.parametrize(
    ("own", "shared", "expected"),
    [
        pytest.param([1], [2], ("9", "2 of 2, in no total"), id="one-of-each"),
        pytest.param([], [1, 2], ("None", "2 of 2, in no total"), id="none-of-its-own"),
        pytest.param([1, 2], [], ("10–13", "2 of 2, in the total"), id="all-of-its-own"),
    ],
)
def test_incidents_with_their_toll_elsewhere_are_selected_and_in_no_figure(own, shared, expected):
    everything = [member(1, GROUP_10, said(value=9)), member(2, said(value=4))]
    chosen, others = ([everything[number - 1] for number in numbers] for numbers in (own, shared))
    found = total(chosen, everything, KILLED, RANGE, shared=others)
    (cluster,) = found.clusters
    counted = "the total" if cluster.counted else "no total"
    assert (str(found.toll), f"{cluster.selected} of {len(cluster.incidents)}, in {counted}") == expected


def test_clusters_that_are_claimed_for_as_a_whole_are_named_with_how_many_are_selected():
    everything = [
        member(1, GROUP_10, said(value=16, by="unama", scope="group")),
        member(2, NO_FIGURE),
        member(3, said(value=1), group="other"),
    ]
    of_part, of_all = (total(chosen, everything, KILLED, RANGE).clusters for chosen in (everything[:1], everything))
    assert [(c.cluster, str(c.toll), c.selected, len(c.incidents), c.counted) for c in of_part] == [
        ("strikes", "10–16", 1, 2, False)
    ]
    assert [(c.cluster, c.selected, c.counted) for c in of_all] == [("strikes", 2, True)]
    assert of_all[0].by == ("taliban-government", "unama")


@pytest.mark.parametrize(
    ("claims", "differs"),
    [
        pytest.param([said("militants", 29), said("civilians", 36, by="unama")], True, id="militants-or-civilians"),
        pytest.param([said("militants", 29), said("civilians", 36)], False, id="one-claimant-tells-them-apart"),
        pytest.param([said("militants", 29), said("civilians", 0, by="unama")], False, id="nobody-names-no-one"),
        pytest.param([said("civilians", 28), said("children", 9, by="unama")], False, id="both-civilians"),
        pytest.param([said("militants", 29), said(SOLDIERS, 2, by="unama")], False, id="soldiers-are-others"),
    ],
)
def test_accounts_of_different_people_are_named(claims, differs):
    incident = make_incident(claims=claims)
    assert total([incident], [incident], KILLED, RANGE).differing == ((incident.id,) if differs else ())


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


def outcome(incidents):
    """What is told of a set: its toll, how many have none, and what is claimed for its clusters."""
    found = total(incidents, incidents, KILLED, RANGE)
    return found.toll, found.incidents_without_figure, [(each.toll, set(each.by)) for each in found.clusters]


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
    assert outcome(first) == outcome(other)


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
    assert before.low_unknown or lowest(group(rival)).low <= before.low


@given(st.lists(st.tuples(st.lists(OWN, max_size=2), st.lists(OF_GROUP, max_size=2)), max_size=4), st.randoms())
def test_the_order_of_incidents_makes_no_difference(told, random):
    group = [member(n, NO_FIGURE, *own, *whole) for n, (own, whole) in enumerate(told)]
    shuffled = random.sample(group, len(group))
    assert outcome(shuffled) == outcome(group)


@given(st.lists(st.lists(OWN, max_size=2), min_size=2, max_size=5), st.lists(OF_GROUP, max_size=2), st.data())
def test_a_part_of_a_cluster_adds_up_its_own_claims_alone(owns, of_group, data):
    group = [member(n, NO_FIGURE, *own, *(of_group if n == 0 else [])) for n, own in enumerate(owns)]
    chosen = data.draw(
        st.lists(st.sampled_from(group), unique_by=lambda incident: incident.id, max_size=len(group) - 1)
    )
    found = total(chosen, group, KILLED, RANGE)
    assert found.toll == added(own_toll(incident, KILLED, RANGE) for incident in chosen)
    assert found.incidents_without_figure == sum(own_toll(incident, KILLED, RANGE) is None for incident in chosen)
    assert bool(found.clusters) is (bool(chosen) and toll(of_group, KILLED) is not None)


@given(
    st.lists(st.lists(OWN, max_size=2), min_size=1, max_size=4),
    st.lists(OF_GROUP, max_size=3),
    st.sampled_from(sorted(LOSS_OF)),
)
def test_no_account_of_a_whole_cluster_lies_outside_its_total(owns, of_group, of):
    """All claims are made to be of the same people, so that the whole and the sum are two accounts of them."""
    same = [[claim.model_copy(update={"of": of}) for claim in own] for own in owns]
    whole = [claim.model_copy(update={"of": of}) for claim in of_group]
    group = [member(n, NO_FIGURE, *own, *(whole if n == 0 else [])) for n, own in enumerate(same)]
    accounts = [toll(whole, KILLED), added(own_toll(incident, KILLED, RANGE) for incident in group)]
    found = total(group, group, KILLED, RANGE).toll
    known = [account for account in accounts if account is not None]
    assert (found is None) is (not known)
    stated = [account.low for account in known if not account.low_unknown]
    assert all(account.high <= found.high for account in known)
    assert all(found.low <= low for low in stated)
    assert not known or (found.low, found.high) == (min(stated or [found.low]), max(a.high for a in known))
