"""How far apart claims are."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.casualties import Toll, dispute_ratio
from geo.incident.vocabulary import About
from tests.conftest import LOWEST, make_claim, make_incident

COUNT = st.integers(0, 5000)


@pytest.mark.parametrize(
    ("toll", "ratio"),
    [
        pytest.param(Toll(23, 58), 58 / 23, id="rivals"),
        pytest.param(Toll(4, 4), 1, id="agreed"),
        pytest.param(Toll(9, 9, or_more=True), 1, id="at-least"),
        pytest.param(Toll(0, 0), 1, id="nobody"),
        pytest.param(Toll(0, 4), math.inf, id="nobody-against-somebody"),
        pytest.param(None, None, id="no-figure"),
    ],
)
def test_highest_over_lowest(toll, ratio):
    assert dispute_ratio(toll) == ratio


@given(COUNT, COUNT, COUNT)
def test_a_wider_span_is_no_smaller_a_ratio(low, high, other):
    toll = Toll(min(low, high), max(low, high))
    assert dispute_ratio(toll.rival(Toll(other, other))) >= dispute_ratio(toll) >= 1


def test_a_tables_ratio_is_of_all_claims_whatever_its_rule(table):
    incident = make_incident(claims=[make_claim(value=4), make_claim(by="pk-ispr", value=9)])
    assert table.under(LOWEST).dispute_ratio([incident], About.KILLED) == 9 / 4


def test_the_night_of_11_october_2025(table):
    night = table.event_group("durand-line-clashes-2025-10-11")
    assert table.dispute_ratio(night, About.KILLED) == 258 / 21
