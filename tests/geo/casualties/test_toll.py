"""The toll of one incident, from rival claims."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo import casualties
from geo.casualties import RANGE, Said, Toll, own_toll, total
from geo.incident.losses import LOSS_OF, Loss
from geo.incident.vocabulary import About, Scope
from tests.conftest import make_claim, make_incident
from tests.geo.strategies import claims as any_claim

KILLED = About.KILLED
SOLDIERS, TALIBAN, CIVILIANS, CHILDREN, PEOPLE = (
    *("Pakistani soldiers", "Taliban forces", "civilians", "children"),
    "people",
)
AFGHANS, AFGHAN_CIVILIANS, PAKISTANI_CIVILIANS, OVER_THERE = (
    *("Afghans", "Afghan civilians", "Pakistani civilians", "people on the Pakistani side"),
)
SOMEWHERE = make_incident()


def toll(claims, about):
    return casualties.toll([Said(claim=claim, incident=SOMEWHERE) for claim in claims], about)


def said(of=CIVILIANS, value=None, **changes):
    return make_claim(of=of, **({} if value is None else {"value": value}), **changes)


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        pytest.param([said(value=4)], "4", id="one"),
        pytest.param([said(value=4), said(value=9), said(value=6)], "4–9", id="rivals-span"),
        pytest.param([said(SOLDIERS, 23), said(SOLDIERS, 58)], "23–58", id="rivals-are-not-added"),
        pytest.param([said(SOLDIERS, 23), said(TALIBAN, 9)], "32", id="two-sides-add-up"),
        pytest.param(
            [said(SOLDIERS, 23), said(SOLDIERS, 58), said(TALIBAN, low=200), said(TALIBAN, 9)],
            "32–258 or more",
            id="two-sides-with-rivals",
        ),
        pytest.param([said("militants", 4), said(CIVILIANS, 10)], "4–10", id="same-dead-two-names"),
        pytest.param([said(low=200)], "200 or more", id="at-least"),
        pytest.param([said(low=5), said(value=9)], "5–9", id="at-least-below"),
        pytest.param([said(low=9), said(value=9)], "9 or more", id="at-least-the-highest"),
        pytest.param([said(high=19)], "up to 19", id="up-to"),
        pytest.param([said(high=19), said(value=4), said(value=9)], "4–19", id="up-to-gives-way"),
        pytest.param([said(low=15, high=20)], "15–20", id="range"),
        pytest.param([said(value=0)], "0", id="nobody-hurt"),
        pytest.param([said(value=9, stance="unconfirmed")], "None", id="unconfirmed"),
        pytest.param([said(value=9, stance="denies")], "None", id="denied"),
        pytest.param(
            [said(value=4), said(value=90, stance="unconfirmed"), said(value=0, stance="denies")],
            "4",
            id="only-who-asserts",
        ),
        pytest.param([said(value=4, stance="acknowledges")], "4", id="acknowledged"),
        pytest.param([said(value=4, about="injured")], "None", id="injured-are-not-killed"),
        pytest.param([make_claim(about="event", value=50, of="rockets")], "None", id="rockets-are-not-people"),
        pytest.param([said(CHILDREN, 9)], "9", id="a-part-alone"),
        pytest.param([said(CIVILIANS, 10), said(CHILDREN, 9)], "10", id="a-part-within"),
        pytest.param([said(CIVILIANS, 5), said(CHILDREN, 9)], "5–9", id="a-part-above"),
        pytest.param(
            [said(SOLDIERS, 20), said(CIVILIANS, 5), said(CHILDREN, 10)], "25–30", id="a-part-beside-soldiers"
        ),
        pytest.param(
            [said(PEOPLE, 30), said(SOLDIERS, 10), said(CIVILIANS, 15)], "25–30", id="everybody-against-the-sum"
        ),
        pytest.param([said(PEOPLE, 25), said(SOLDIERS, 20), said(CHILDREN, 10)], "20–30", id="everybody-below-a-part"),
        pytest.param([said(PEOPLE, 30), said(CHILDREN, 9)], "30", id="everybody-above-a-part"),
        pytest.param([], "None", id="nothing"),
    ],
)
def test_the_toll_of_one_incident(claims, expected):
    assert str(toll(claims, KILLED)) == expected


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        pytest.param([said(value=4), said(value=99, scope="group")], "4", id="own"),
        pytest.param([said(value=99, scope="group")], "None", id="of-its-cluster"),
        pytest.param([said(value=99, scope="cumulative")], "None", id="running-total"),
    ],
)
def test_an_incidents_toll_is_what_is_claimed_of_itself(claims, expected):
    assert str(own_toll(make_incident(claims=claims), KILLED, RANGE)) == expected


@pytest.mark.parametrize(
    ("subtype", "expected"),
    [
        pytest.param("troop_flight", "300", id="those-who-fled-crossed-once"),
        pytest.param("mass_return", "None", id="returns-go-on"),
        pytest.param("crossing_closed", "None", id="a-closure-goes-on"),
    ],
)
def test_a_single_figure_of_a_flow_is_no_toll(subtype, expected):
    crossed = make_claim(about="crossed", value=300, of="Afghan civilians")
    incident = make_incident(category="crossing", subtype=subtype, claims=[crossed])
    assert str(own_toll(incident, About.CROSSED, RANGE)) == expected
    assert bool(total([incident], [incident], About.CROSSED, RANGE).flows) is (expected == "None")


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        pytest.param([said(AFGHANS, 3), said(SOLDIERS, 3)], "6", id="one-side-and-the-others-soldiers"),
        pytest.param(
            [said("civilians on the Afghan side", 4), said("civilians on the Afghan side", 5), said(OVER_THERE, 3)],
            "7–8",
            id="each-side-its-own",
        ),
        pytest.param([said(CIVILIANS, 5), said(OVER_THERE, 3)], "3–5", id="civilians-of-no-stated-side-may-be-these"),
        pytest.param(
            [said(OVER_THERE, 9), said(SOLDIERS, 3), said(PAKISTANI_CIVILIANS, 4)], "7–9", id="a-side-against-its-parts"
        ),
        pytest.param([said(AFGHAN_CIVILIANS, 4), said(PAKISTANI_CIVILIANS, 6)], "10", id="civilians-of-two-sides"),
        pytest.param([said(AFGHAN_CIVILIANS, 4), said("militants", 9)], "4–9", id="civilians-or-militants"),
        pytest.param([said(AFGHANS, 4), said(OVER_THERE, 3), said(PEOPLE, 9)], "7–9", id="everybody-against-two-sides"),
        pytest.param([said(OVER_THERE, 3), said(CHILDREN, 5)], "3–5", id="a-part-of-no-stated-side"),
    ],
)
def test_people_add_up_only_where_nobody_can_be_counted_twice(claims, expected):
    assert str(toll(claims, KILLED)) == expected


@pytest.mark.parametrize(
    ("claims", "lowest"),
    [
        pytest.param([said(low=200)], "200 or more", id="at-least"),
        pytest.param([said(low=5), said(value=9)], "5 or more", id="the-lower-says-at-least"),
        pytest.param([said(low=9), said(value=9)], "9", id="somebody-says-just-that"),
        pytest.param([said(SOLDIERS, 23), said(TALIBAN, low=200)], "223 or more", id="in-a-sum"),
        pytest.param([said(value=3), said(low=9)], "3", id="the-higher-says-at-least"),
    ],
)
def test_the_lowest_says_at_least_where_its_claim_does(claims, lowest):
    assert str(toll(claims, KILLED).lowest()) == lowest


# Properties: what holds of all claims that may be made.

OWN = any_claim(about=KILLED, scope=Scope.INCIDENT)


@given(st.lists(OWN, max_size=6), OWN)
def test_another_claim_never_lowers_the_highest(claims, another):
    before, after = toll(claims, KILLED), toll([*claims, another], KILLED)
    assert before is None or (after.high, after.or_more) >= (before.high, before.or_more)


@given(st.lists(OWN, min_size=1, max_size=6), st.data())
def test_a_rival_claim_never_raises_the_lowest(claims, data):
    before = toll(claims, KILLED)
    assume(before is not None)
    stated = {LOSS_OF[claim.of] for claim in claims if toll([claim], KILLED)}
    if stated != {Loss.PART_OF_OTHERS}:  # a part is no rival of the whole: it counts only until somebody states that
        stated.add(Loss.EVERYBODY)
    of = data.draw(st.sampled_from([words for words, loss in LOSS_OF.items() if loss in stated]))
    rival = data.draw(any_claim(about=KILLED, scope=Scope.INCIDENT, of=of))
    assert before.low_unknown or toll([*claims, rival], KILLED).low <= before.low


@given(st.lists(OWN, max_size=6), st.randoms())
def test_the_order_of_claims_makes_no_difference(claims, random):
    assert toll(random.sample(claims, len(claims)), KILLED) == toll(claims, KILLED)


@given(st.lists(OWN, max_size=5))
def test_what_is_said_twice_counts_once(claims):
    assert toll([*claims, *claims], KILLED) == toll(claims, KILLED)


@given(st.lists(OWN, max_size=6))
def test_the_lowest_is_not_above_the_highest(claims):
    found = toll(claims, KILLED)
    assert found is None or 0 <= found.low <= found.high


@given(st.lists(OWN, min_size=1, max_size=6))
def test_no_toll_is_above_all_figures_together(claims):
    found, figures = toll(claims, KILLED), [toll([claim], KILLED) for claim in claims]
    assert found is None or found.high <= sum(figure.high for figure in figures if figure)


@given(st.lists(st.integers(0, 99).map(lambda n: Toll(n, n)), min_size=1, max_size=5))
def test_rivals_span_from_the_lowest_to_the_highest(tolls):
    spanned = tolls[0]
    for other in tolls[1:]:
        spanned = spanned.rival(other)
    assert (spanned.low, spanned.high) == (min(t.low for t in tolls), max(t.high for t in tolls))
