"""Whose loss a claim is about."""

import pytest

from geo.losses import LOSS_OF, Loss
from geo.vocabulary import About


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
        ("people", Loss.EVERYBODY),
    ],
)
def test_wordings_belong_to_one_pool(of, loss):
    assert LOSS_OF[of] is loss


def test_every_pool_has_a_wording():
    assert set(LOSS_OF.values()) == set(Loss)


def test_every_wording_is_used_by_the_record(incidents):
    used = {c.of for i in incidents for c in i.claims if c.about in (About.KILLED, About.INJURED)}
    assert used == set(LOSS_OF)
