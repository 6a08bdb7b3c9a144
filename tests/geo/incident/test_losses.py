"""Whose loss a claim is about."""

import pytest

from geo.incident.losses import LOSS_OF, SINGULAR_OF, Loss, after_figure, own_side, side_of_people
from geo.incident.vocabulary import About


@pytest.mark.parametrize(
    ("of", "loss"),
    [
        ("Frontier Corps soldiers", Loss.PAKISTANI_FORCES),
        ("Taliban forces", Loss.AFGHAN_FORCES),
        ("Taliban and affiliated fighters", Loss.AFGHAN_FORCES),
        ("Taliban fighters", Loss.TALIBAN_FIGHTERS),
        ("Tajik border guards", Loss.TAJIK_FORCES),
        ("civilians", Loss.OTHERS),
        ("militants", Loss.OTHERS),
        ("children", Loss.PART_OF_OTHERS),
        ("Afghan civilians", Loss.AFGHAN_OTHERS),
        ("Pakistani civilians", Loss.PAKISTANI_OTHERS),
        ("Afghans", Loss.AFGHAN_SIDE),
        ("people on the Pakistani side", Loss.PAKISTANI_SIDE),
        ("people", Loss.EVERYBODY),
    ],
)
def test_wordings_belong_to_one_pool(of, loss):
    assert LOSS_OF[of] is loss


def test_every_wording_has_a_singular_of_its_own():
    assert set(SINGULAR_OF) == set(LOSS_OF)
    assert all(one != many for many, one in SINGULAR_OF.items())


@pytest.mark.parametrize(
    ("figure", "of", "words"),
    [
        pytest.param("1", "Pakistani soldiers", "Pakistani soldier", id="one"),
        pytest.param("at least 1", "children", "child", id="at least one"),
        pytest.param("up to 1", "people", "person", id="up to one"),
        pytest.param("21", "children", "children", id="ends in one"),
        pytest.param("0–1", "children", "children", id="range"),
        pytest.param("0", "journalists", "journalists", id="nobody"),
        pytest.param("", "journalists", "journalists", id="no figure"),
        pytest.param("1", "Pakistani posts", "Pakistani posts", id="no wording of people"),
    ],
)
def test_one_person_is_named_in_the_singular(figure, of, words):
    assert after_figure(of, figure) == words


def test_every_pool_has_a_wording():
    assert set(LOSS_OF.values()) == set(Loss)


def test_every_wording_is_used_by_the_record(incidents):
    used = {c.of for i in incidents for c in i.claims if c.about in (About.KILLED, About.INJURED)}
    assert used == set(LOSS_OF)


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        (Loss.PAKISTANI_FORCES, Loss.AFGHAN_FORCES, False),
        (Loss.PAKISTANI_SIDE, Loss.PAKISTANI_FORCES, True),
        (Loss.PAKISTANI_SIDE, Loss.AFGHAN_OTHERS, False),
        (Loss.AFGHAN_SIDE, Loss.PAKISTANI_SIDE, False),
        (Loss.AFGHAN_SIDE, Loss.OTHERS, True),
        (Loss.AFGHAN_OTHERS, Loss.PAKISTANI_OTHERS, False),
        (Loss.AFGHAN_OTHERS, Loss.PART_OF_OTHERS, True),
        (Loss.OTHERS, Loss.TAJIK_FORCES, False),
    ],
)
def test_whether_two_pools_may_hold_one_person(one, other, may):
    assert one.may_hold(other) is other.may_hold(one) is may


@pytest.mark.parametrize("loss", list(Loss))
def test_everybody_holds_each_pool(loss):
    assert Loss.EVERYBODY.may_hold(loss)


@pytest.mark.parametrize("of", sorted(LOSS_OF))
def test_people_without_a_named_side_are_of_the_ground_or_of_none(of):
    sides = {own_side(of, ground) for ground in ("AF", "PK", "TJ")}
    assert sides == {"AF", "PK", "TJ"} or len(sides) == 1


def test_people_who_crossed_are_of_a_side_by_their_name(incidents):
    crossed = {claim.of for incident in incidents for claim in incident.claims if claim.about is About.CROSSED}
    assert {side_of_people(of) for of in crossed if of} == {"AF", "PK"}
    assert side_of_people("people") is None
