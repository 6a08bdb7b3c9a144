"""The figures at the head of an incident's card: its own, and beside them what is claimed for its whole cluster."""

import html
import re
from collections.abc import Mapping
from typing import Any

import pytest

import ui.parts.card
from geo.casualties import RANGE, own_toll
from geo.evidence.denials import matters
from geo.incident.vocabulary import About, Stance, Status
from geo.sentences import incidents_in
from geo.table.incident_table import IncidentTable
from tests.conftest import make_incident
from ui.event_view import said
from ui.parts.card import card_values, what_is_disputed
from ui.parts.components import render

pytestmark = pytest.mark.slow

PEOPLE = (About.KILLED, About.INJURED, About.CROSSED)


Cards = Mapping[str, Mapping[str, Any]]


def test_a_card_has_the_incidents_own_figures_and_no_others(table: IncidentTable, cards: Cards) -> None:
    for incident in table.incidents:
        held = {about.value: str(own) for about in PEOPLE if (own := own_toll(incident, about, RANGE)) is not None}
        assert {line["about"]: line["toll"] for line in cards[incident.id]["tolls"]} == held, incident.id


def test_what_is_claimed_for_the_whole_cluster_stands_on_the_card_of_each_of_its_incidents(
    table: IncidentTable,
) -> None:
    for incident in table.event_group("clashes-2025-10-14-15"):
        beside = card_values(incident, table)["beside"]["clusters"]
        assert [(claim["toll"], claim["about"]) for claim in beside if claim["about"] == "injured"] == [
            ("422", "injured")
        ]
        assert all(claim["selected"].startswith("This incident is one of its 6") for claim in beside)


def test_an_own_figure_does_not_hide_that_of_the_cluster(table: IncidentTable) -> None:
    values = card_values(table.incident("2024-12-28-paktia-khost-border-clash"), table)
    (own,) = [line["toll"] for line in values["tolls"] if line["about"] == "killed"]
    (whole,) = [claim["toll"] for claim in values["beside"]["clusters"] if claim["about"] == "killed"]
    assert own != whole


def test_single_figures_of_a_flow_are_listed_and_make_no_toll(table: IncidentTable) -> None:
    values = card_values(table.incident("2025-10-31-chaman-mass-return"), table)
    assert "crossed" not in {line["about"] for line in values["tolls"]}
    assert any(flow.startswith("10,700 Afghan returnees: Chaman") for flow in values["beside"]["flows"])


def visible(html: str) -> str:
    """The text of HTML, without its tags."""
    return re.sub(r"<[^>]*>", " ", html)


def test_a_card_names_other_incidents_by_what_they_are(table: IncidentTable, cards: Cards) -> None:
    for id_, values in cards.items():
        html = render("card.html", in_choice=True, **values)
        assert not [other for other in incidents_in(visible(html)) if other in table.names and other != id_], id_


def test_a_note_says_of_which_incident_a_figure_is_a_part(table: IncidentTable) -> None:
    claims = card_values(table.incident("2025-10-11-bahramcha-border-clash"), table)["claims"]
    assert "part of the 58 in the clash of 11–12 October 2025 (Durand Line, several sectors)" in "\n".join(
        claim["note"] for claim in claims
    )


def test_statements_in_panels_name_other_incidents_by_what_they_are(table: IncidentTable) -> None:
    statements = [s for matter in matters(table.incidents) for s in matter.statements]
    notes = [said(statement, table)["note"] for statement in statements]
    assert any("the clash of 11–12 October 2025 (Durand Line, several sectors)" in note for note in notes)
    assert not [id_ for note in notes for id_ in incidents_in(note) if id_ in table.names]


def test_each_denial_on_a_card_says_against_whom_it_stands(table: IncidentTable, cards: Cards) -> None:
    for incident in table.incidents:
        shown = cards[incident.id]["claims"]
        assert [bool(claim["against"]) for claim in shown] == [c.stance is Stance.DENIES for c in incident.claims]


def test_a_card_looks_for_the_opposite_in_the_whole_event(table: IncidentTable) -> None:
    offensive = table.incident("2026-02-26-durand-line-border-clash")
    denied = [claim["against"] for claim in card_values(offensive, table)["claims"] if claim["against"]]
    against = (
        "Contradicts Taliban authorities, defence ministry; "
        "Taliban authorities, government; Taliban authorities, army corps"
    )
    assert against in "\n".join(denied)


def test_a_card_draws_what_stands_against_a_denial(table: IncidentTable) -> None:
    clash = table.incident("2026-02-26-nari-kunar-border-clash")
    html = render("card.html", in_choice=True, **card_values(clash, table))
    assert '<small class="against">Contradicts Taliban authorities, defence ministry.</small>' in html


def test_a_card_whose_status_is_disputed_says_what_is(table: IncidentTable, cards: Cards) -> None:
    disputed = [incident for incident in table.incidents if incident.status is Status.DISPUTED]
    assert all(cards[incident.id]["disputed"] for incident in disputed)
    (said,) = cards["2025-10-14-palucha-khost-artillery"]["disputed"]
    assert said.startswith("The accounts differ, but nobody explicitly denies another’s")


def test_an_incident_that_nobody_contradicts_has_nothing_disputed() -> None:
    found = make_incident(status="reported")
    assert what_is_disputed(found, {}) == []


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.LEAD])
def test_a_card_says_what_its_status_means(table: IncidentTable, status: Status) -> None:
    incident = next(i for i in table.incidents if i.status is status)
    said = render("card.html", in_choice=True, **card_values(incident, table))
    assert f"{status.label}: {status.meaning}." in html.unescape(said)


def test_of_very_many_claims_the_card_draws_the_first_and_says_so(
    table: IncidentTable, cards: Cards, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident = max(table.incidents, key=lambda incident: len(incident.claims))
    assert not cards[incident.id]["claims_listed"]
    monkeypatch.setattr(ui.parts.card, "_MOST_CLAIMS", 5)
    values = card_values(incident, table)
    assert len(values["claims"]) == 5
    said_ = f"The first 5 of {len(incident.claims)} are listed here."
    assert values["claims_listed"].startswith(said_)
    assert said_ in render("card.html", in_choice=True, **values)


@pytest.mark.parametrize(
    ("incident_id", "before", "denied"),
    [
        pytest.param("2023-12-05-torkham-crossing-closed", "Disputed: ", [], id="disputed without a denial"),
        pytest.param(
            "2021-06-27-kaldar-troop-flight",
            "Disputed: ",
            ["Denied, that it happened as claimed: Afghan Republic, provincial officials."],
            id="disputed and denied",
        ),
        pytest.param(
            "2025-10-09-kabul-air-strike",
            "",
            ["Denied, the death of the TTP's chief: Tehrik-i-Taliban Pakistan (TTP)."],
            id="denied, though both sides accept the core of it",
        ),
        pytest.param("2025-10-31-chaman-mass-return", "", [], id="not disputed"),
    ],
)
def test_the_heading_tells_nothing_disputed_as_a_fact(cards: Cards, incident_id, before, denied) -> None:
    card = html.unescape(render("card.html", in_choice=True, **cards[incident_id]))
    head = card[card.index("<h2") : card.index('class="lead"')]
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", head) == [before + cards[incident_id]["incident"].title]
    assert re.findall(r"<p>(.*?)</p>", head) == denied
