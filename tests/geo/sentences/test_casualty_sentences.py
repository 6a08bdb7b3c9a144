"""What stands beside a toll in words."""

import pytest

from geo.casualties import RANGE, total
from geo.incident.vocabulary import About
from geo.sentences import cluster_claims
from tests.conftest import make_claim, make_incident


def whole(**changes):
    return make_claim(**{"scope": "group"} | changes)


SOLDIERS = {"of": "Pakistani soldiers"}


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        pytest.param([whole(value=9)], "9 civilians killed by taliban-government, for", id="one-kind"),
        pytest.param(
            [whole(value=58, **SOLDIERS), whole(value=23, by="pk-ispr", **SOLDIERS)],
            "23–58 Pakistani soldiers killed by taliban-government and pk-ispr (lowest by pk-ispr, "
            "highest by taliban-government), for",
            id="rivals",
        ),
        pytest.param(
            [whole(value=58, **SOLDIERS), whole(value=23, by="pk-ispr", of="Frontier Corps soldiers")],
            "23–58 Pakistani forces killed by",
            id="one-kind-by-two-words",
        ),
        pytest.param(
            [whole(value=3, **SOLDIERS), whole(value=4, by="pk-ispr", of="militants")],
            "7 killed, all sides together, by taliban-government and pk-ispr, for",
            id="several-kinds",
        ),
        pytest.param(
            [whole(value=9), whole(value=5, by="unama"), whole(value=5, by="dawn")],
            "5–9 civilians killed by taliban-government, unama and dawn (highest by taliban-government), for",
            id="lowest-by-two",
        ),
        pytest.param([whole(value=4, of="people")], "4 people killed by", id="people"),
    ],
)
def test_a_claim_for_a_cluster_says_whose_loss_it_is(claims, said):
    assert told(claims).startswith(said)


@pytest.mark.parametrize(
    ("note", "covers"),
    [
        pytest.param(
            "Khost and Kunar together; no match",
            "According to their notes: unama, “Khost and Kunar together”. ",
            id="part",
        ),
        pytest.param("preliminary count", "", id="no-place"),
        pytest.param("one missing; perhaps at Khost", "", id="place-in-a-remark"),
        pytest.param(None, "", id="no-note"),
    ],
)
def test_a_figure_for_a_part_of_a_cluster_says_so(note, covers):
    assert told([whole(by="unama", note=note)]).endswith(
        f"Khost). {covers}1 of its 2 incidents is selected, so it is in no total."
    )


def told(claims):
    one, other = make_incident("one", event_group="night", claims=claims), make_incident("two", event_group="night")
    found = total([one], [one, other], About.KILLED, RANGE)
    (words,) = cluster_claims(found, About.KILLED, claimants={}, clusters={})
    return words
