"""What an incident's claims contradict each other about."""

import pytest

from geo.evidence.denials import disputed_points
from geo.sentences import speaker
from tests.conftest import make_claim, make_incident


def denial(about, by="pk-ispr"):
    return make_claim(by=by, stance="denies", about=about, value=None, of="civilians")


@pytest.fixture(scope="module")
def names(claimants):
    return {by: claimants[by].name for by in ("taliban-government", "pk-ispr", "unama")}


@pytest.mark.parametrize(
    ("claims", "points"),
    [
        pytest.param([make_claim()], [], id="one-voice"),
        pytest.param([make_claim(value=4), make_claim(by="unama", value=4)], [], id="agreement"),
        pytest.param(
            [make_claim(value=4), make_claim(by="unama", value=9)],
            ["People outside the state forces killed: 4 by {taliban-government}; 9 by {unama}."],
            id="rivals",
        ),
        pytest.param(
            [make_claim(value=4), make_claim(by="unama", value=9), make_claim(by="pk-ispr", value=9, of="militants")],
            ["People outside the state forces killed: 4 by {taliban-government}; 9 by {unama} and {pk-ispr}."],
            id="rivals-by-two-names",
        ),
        pytest.param(
            [make_claim(value=4), make_claim(by="unama", value=9, of="Pakistani soldiers")], [], id="different-people"
        ),
        pytest.param([make_claim(value=4), make_claim(by="unama", value=9, scope="group")], [], id="different-scope"),
        pytest.param(
            [make_claim(value=4, scope="cumulative"), make_claim(by="unama", value=9, scope="cumulative")],
            [],
            id="cumulative",
        ),
        pytest.param([denial("attribution")], ["Denied, who did it: {pk-ispr}."], id="who-did-it"),
        pytest.param(
            [denial("event"), denial("event"), denial("event", "unama")],
            ["Denied, that it happened as claimed: {pk-ispr} and {unama}."],
            id="each-denier-once",
        ),
        pytest.param(
            [denial("event").model_copy(update={"of": "the death of a chief"}), denial("event", "unama")],
            ["Denied, the death of a chief: {pk-ispr}.", "Denied, that it happened as claimed: {unama}."],
            id="an-event-by-its-name",
        ),
        pytest.param([make_claim(value=4), denial("killed")], ["Denied, the dead: {pk-ispr}."], id="a-denied-toll"),
    ],
)
def test_what_is_disputed(claimants, names, claims, points):
    found = disputed_points(make_incident(claims=claims), claimants)
    assert found == [_filled(point, names) for point in points]


def _filled(point, names):
    for by, name in names.items():
        point = point.replace(f"{{{by}}}", name)
    return point


def test_a_speaker_is_named_as_registered_or_by_id(claimants):
    assert speaker(make_claim(by="pk-ispr"), claimants) == claimants["pk-ispr"].name
    assert speaker(make_claim(by="nobody"), claimants) == "nobody"


def test_every_denial_of_the_record_is_told(incidents, claimants):
    for incident in incidents:
        told = " ".join(disputed_points(incident, claimants))
        deniers = [speaker(claim, claimants) for claim in incident.claims if claim.stance == "denies"]
        assert [name for name in deniers if name not in told] == [], incident.id
