"""What is said of incidents in several provinces."""

import pytest

from geo.sentences import counted_more_words, shared_words, together, tolls_together
from geo.table.incident_table import IncidentTable
from tests.conftest import make_claim, make_incident


def lying_in(*provinces, id="a", **changes):  # noqa: A002  # the record's own word
    return make_incident(id, province=None, provinces=provinces, **changes)


@pytest.mark.parametrize(
    ("incidents", "words"),
    [
        pytest.param([], "", id="none"),
        pytest.param(
            [lying_in("Paktia", "Khost")],
            "1 incident lies in several provinces (Khost and Paktia): its figures are for all of these.",
            id="one",
        ),
        pytest.param(
            [lying_in("Paktia", "Khost"), lying_in("Khost", "Paktia", id="b"), lying_in("Paktia", "Kunar", id="c")],
            "3 incidents lie in several provinces (2 in Khost and Paktia; 1 in Kunar and Paktia): their figures "
            "are for all of these.",
            id="several",
        ),
    ],
)
def test_incidents_in_several_provinces_are_said_with_these(incidents, words):
    assert shared_words(incidents) == words


def test_the_order_of_the_provinces_makes_no_difference():
    found = together([lying_in("Paktia", "Khost"), lying_in("Khost", "Paktia", id="b")])
    assert {names: len(inside) for names, inside in found.items()} == {"Khost and Paktia": 2}


@pytest.mark.parametrize(
    ("incidents", "words"),
    [
        (0, ""),
        (
            1,
            (
                "1 incident lies in several provinces: it is counted under each of its selected "
                "provinces, and once more under “Several or not known”, where its toll is. So the "
                "column adds up to 1,010, not 1,007."
            ),
        ),
        (
            1000,
            (
                "1,000 incidents lie in several provinces: each is counted under each of its selected "
                "provinces, and once more under “Several or not known”, where its toll is. So the "
                "column adds up to 1,010, not 1,007."
            ),
        ),
    ],
)
def test_a_column_that_adds_up_to_more_says_so(incidents, words):
    assert counted_more_words(incidents, once=1007, counted=1010) == words


def test_tolls_are_those_of_all_provinces_together(claimants):
    made = [
        lying_in("Paktia", "Khost", claims=[make_claim(low=1200), make_claim(about="injured", value=3)]),
        lying_in("Paktia", "Khost", id="b", claims=[make_claim(value=2)]),
        lying_in("Paktia", "Kunar", id="c", claims=[make_claim(about="event", value=None, of=None)]),
    ]
    table = IncidentTable(made, claimants, version="v")
    assert tolls_together(made, table.total) == [
        "Khost and Paktia together: 2 incidents, 1,202 or more killed and 3 injured",
        "Kunar and Paktia together: 1 incident, no figure",
    ]
