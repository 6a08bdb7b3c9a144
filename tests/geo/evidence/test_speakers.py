"""Whether an incident is told by one side only, by the register of claimants."""

import pytest

from geo.evidence.reliability import Speakers, lone_sides, speaker_counts, speakers_of
from geo.incident.vocabulary import Stance
from tests.conftest import make_claim, make_incident


def told_by(*speakers, **claim):
    return make_incident(claims=[make_claim(by=by, **claim) for by in speakers])


@pytest.mark.parametrize(
    ("speakers", "kind"),
    [
        (["taliban-government"], Speakers.ONE),
        (["taliban-government", "taliban-khost"], Speakers.ONE),
        (["taliban-government", "pk-ispr"], Speakers.SIDES),
        (["taliban-insurgents", "af-republic-government"], Speakers.SIDES),
        (["pk-ispr", "ttp"], Speakers.SIDES),
        (["pk-ispr", "unama"], Speakers.ONE_AND_INDEPENDENT),
        (["pk-ispr", "unama", "taliban-government"], Speakers.SIDES),
        (["unama"], Speakers.INDEPENDENT),
        (["wikipedia"], Speakers.UNKNOWN),
        (["pk-ispr", "wikipedia"], Speakers.ONE),
    ],
    ids=lambda value: value.name.lower() if isinstance(value, Speakers) else "+".join(value),
)
def test_who_speaks(claimants, speakers, kind):
    assert speakers_of(told_by(*speakers), claimants) is kind


def test_what_its_speaker_leaves_unconfirmed_does_not_count(claimants):
    claims = [make_claim(), make_claim(by="pk-ispr", stance=Stance.UNCONFIRMED)]
    assert speakers_of(make_incident(claims=claims), claimants) is Speakers.ONE


def test_a_denial_counts(claimants):
    claims = [make_claim(), make_claim(by="pk-ispr", stance=Stance.DENIES, value=None)]
    assert speakers_of(make_incident(claims=claims), claimants) is Speakers.SIDES


def test_the_mix_adds_up_and_names_the_lone_sides(incidents, claimants):
    mix = speaker_counts(incidents, claimants)
    assert list(mix.index) == [kind.value for kind in Speakers]
    assert mix.sum() == len(incidents)
    sides = lone_sides(incidents, claimants)
    assert sides.sum() == mix[Speakers.ONE.value]
    assert sides.is_monotonic_decreasing


@pytest.mark.parametrize("kind", Speakers, ids=lambda kind: kind.name.lower())
def test_every_kind_is_explained(kind):
    assert kind.words
    assert kind.words != kind.value
