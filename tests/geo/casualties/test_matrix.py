"""Who gives which figure for whose loss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.casualties import MATRIX_ABOUT, Column, Rule, matrix, total
from geo.incident.vocabulary import About, Stance
from tests.conftest import make_claim, make_incident
from tests.geo.strategies import claims as any_claim

KILLED, INJURED, CAPTURED = About.KILLED, About.INJURED, About.CAPTURED
OURS, THEIRS = "Pakistani forces", "Afghan forces"
CIVILIANS = "Afghan people outside the state forces"


@pytest.fixture
def night(incidents, claimants):
    inside = [incident for incident in incidents if incident.event_group == "durand-line-clashes-2025-10-11"]
    return matrix(inside, claimants)


@pytest.mark.parametrize(
    ("by", "about", "whose", "toll", "stances"),
    [
        ("taliban-government", KILLED, OURS, "58", [Stance.ASSERTS]),
        ("taliban-government", KILLED, THEIRS, "9", [Stance.ACKNOWLEDGES]),
        ("taliban-government", INJURED, OURS, "30", [Stance.ASSERTS]),
        ("taliban-government", CAPTURED, "Pakistani posts", "25", [Stance.ASSERTS]),
        ("pk-ispr", KILLED, OURS, "23", [Stance.ACKNOWLEDGES]),
        ("pk-ispr", KILLED, THEIRS, "200 or more", [Stance.ASSERTS]),
        ("pk-ispr", CAPTURED, "Afghan positions", "21", [Stance.ASSERTS]),
        ("taliban-helmand", KILLED, OURS, "15", [Stance.ASSERTS]),
    ],
)
def test_the_night_of_11_october_2025(night, by, about, whose, toll, stances):  # noqa: PLR0913, PLR0917  # a row
    cell = night.cell(by, about, whose)
    assert (str(cell.toll), list(cell.stances)) == (toll, stances)
    assert all(said.source.publisher for said in cell.said)


@pytest.mark.parametrize(
    ("by", "about", "whose"), [("pk-ispr", INJURED, THEIRS), ("unama", KILLED, OURS), ("nobody", KILLED, OURS)]
)
def test_who_says_nothing_has_no_cell(night, by, about, whose):
    assert night.cell(by, about, whose) is None


def test_columns_go_by_what_is_claimed_then_forces_before_things(night):
    assert [(column.about, column.whose) for column in night.columns] == [
        (KILLED, OURS),
        (KILLED, THEIRS),
        (KILLED, CIVILIANS),
        (INJURED, OURS),
        (INJURED, THEIRS),
        (INJURED, CIVILIANS),
        (CAPTURED, "Afghan positions"),
        (CAPTURED, "Pakistani posts"),
    ]
    assert night.whose == (OURS, THEIRS, CIVILIANS, "Afghan positions", "Pakistani posts")


@pytest.mark.parametrize(
    ("claims", "toll"),
    [
        pytest.param([make_claim(value=4), make_claim(value=9)], "4–9", id="his-own-rivals"),
        pytest.param([make_claim(value=4), make_claim(value=90, scope="cumulative")], "4", id="running-total"),
        pytest.param([make_claim(value=4), make_claim(value=90, stance="unconfirmed")], "4", id="unconfirmed"),
        pytest.param([make_claim(value=0, stance="denies")], "None", id="denial"),
        pytest.param([make_claim(value=None)], "None", id="without-figure"),
        pytest.param([make_claim(value=4), make_claim(value=9, scope="group")], "9", id="part-and-whole"),
    ],
)
def test_a_cells_toll(claimants, claims, toll):
    (row,) = matrix([make_incident(claims=claims, event_group="war")], claimants).rows
    (cell,) = row.cells.values()
    assert str(cell.toll) == toll
    assert [said.claim for said in cell.said] == claims


def test_over_incidents_a_claimants_figures_add_up(claimants):
    of = "people outside the state forces"
    incidents = [
        make_incident("a", event_group="war", claims=[make_claim(value=4)]),
        make_incident("b", event_group="war", claims=[make_claim(value=3)]),
        make_incident("c", claims=[make_claim(value=2)]),
    ]
    assert str(matrix(incidents, claimants).cell("taliban-government", KILLED, of).toll) == "9"


def test_who_is_not_in_the_register_is_refused(claimants):
    with pytest.raises(KeyError, match="nobody"):
        matrix([make_incident(claims=[make_claim(by="nobody")])], claimants)


@given(st.lists(st.lists(any_claim(), min_size=1, max_size=4), max_size=3))
def test_no_claim_is_lost(claimants, told):
    incidents = [make_incident(f"i{n}", claims=claims) for n, claims in enumerate(told)]
    found = matrix(incidents, claimants)
    inside = [said for row in found.rows for cell in row.cells.values() for said in cell.said]
    assert len(inside) + len(found.elsewhere) == sum(map(len, told))
    assert all(said.claim.about not in MATRIX_ABOUT for said in found.elsewhere)


@given(st.lists(any_claim(about=KILLED, of="civilians"), min_size=1, max_size=5))
def test_a_cell_agrees_with_the_total_by_its_claimants_word(claimants, claims):
    incident = make_incident(claims=claims, event_group="war")
    for row in matrix([incident], claimants).rows:
        rule = Rule.parse(f"claimant:{row.claimant.id}", claimants)
        cell = row.cells[Column(KILLED, "people outside the state forces")]
        assert cell.toll == total([incident], [incident], KILLED, rule).toll
