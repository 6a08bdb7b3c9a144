"""Whether an incident is told by one side only, by the register of claimants."""

import pytest

from geo.evidence.reliability import Voices, lone_sides, voice_mix, voices
from geo.incident.vocabulary import Stance
from tests.conftest import make_claim, make_incident


def told_by(*speakers, **claim):
    return make_incident(claims=[make_claim(by=by, **claim) for by in speakers])


@pytest.mark.parametrize(
    ("speakers", "kind"),
    [
        (["taliban-government"], Voices.ONE),
        (["taliban-government", "taliban-khost"], Voices.ONE),
        (["taliban-government", "pk-ispr"], Voices.SIDES),
        (["taliban-insurgents", "af-republic-government"], Voices.SIDES),
        (["pk-ispr", "ttp"], Voices.SIDES),
        (["pk-ispr", "unama"], Voices.ONE_AND_INDEPENDENT),
        (["pk-ispr", "unama", "taliban-government"], Voices.SIDES),
        (["unama"], Voices.INDEPENDENT),
        (["wikipedia"], Voices.UNKNOWN),
        (["pk-ispr", "wikipedia"], Voices.ONE),
    ],
    ids=lambda value: value.name.lower() if isinstance(value, Voices) else "+".join(value),
)
def test_who_speaks(claimants, speakers, kind):
    assert voices(told_by(*speakers), claimants) is kind


def test_what_its_speaker_leaves_unconfirmed_is_no_voice(claimants):
    claims = [make_claim(), make_claim(by="pk-ispr", stance=Stance.UNCONFIRMED)]
    assert voices(make_incident(claims=claims), claimants) is Voices.ONE


def test_a_denial_is_a_voice(claimants):
    claims = [make_claim(), make_claim(by="pk-ispr", stance=Stance.DENIES, value=None)]
    assert voices(make_incident(claims=claims), claimants) is Voices.SIDES


def test_the_mix_adds_up_and_names_the_lone_sides(incidents, claimants):
    mix = voice_mix(incidents, claimants)
    assert list(mix.index) == [kind.value for kind in Voices]
    assert mix.sum() == len(incidents)
    sides = lone_sides(incidents, claimants)
    assert sides.sum() == mix[Voices.ONE.value]
    assert sides.is_monotonic_decreasing


@pytest.mark.parametrize("kind", Voices, ids=lambda kind: kind.name.lower())
def test_every_kind_is_explained(kind):
    assert kind.words
    assert kind.words != kind.value
