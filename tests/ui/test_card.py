"""The figures at the head of an incident's card: its own, and its wider event's where it holds one for the whole."""

import pytest

from geo.claims import toll
from geo.table import IncidentTable
from geo.vocabulary import About, Scope
from ui.card import card_values

PEOPLE = (About.KILLED, About.INJURED, About.CROSSED)


@pytest.mark.parametrize("scope", [Scope.INCIDENT, Scope.GROUP], ids=["own", "whole-event"])
def test_a_figure_stands_on_the_card_of_whoever_holds_it(table: IncidentTable, scope: Scope) -> None:
    for incident in table.incidents:
        held = [
            about.value
            for about in PEOPLE
            if toll((claim for claim in incident.claims if claim.scope is scope), about) is not None
        ]
        lines = card_values(incident, table)["tolls"]
        assert [line["about"] for line in lines if line["whole"] is (scope is Scope.GROUP)] == held, incident.id


def test_the_whole_event_is_what_its_page_says(table: IncidentTable) -> None:
    seen = 0
    for incident in table.incidents:
        for line in card_values(incident, table)["tolls"]:
            if line["whole"]:
                event = table.event_group(incident.event_group or "")
                assert line["toll"] == str(table.total(event, About(line["about"])).toll)
                seen += 1
    assert seen


def test_an_own_figure_does_not_hide_that_of_the_event(table: IncidentTable) -> None:
    incident = table.incident("2024-12-28-paktia-khost-border-clash")
    killed = [line for line in card_values(incident, table)["tolls"] if line["about"] == "killed"]
    assert [line["whole"] for line in killed] == [False, True]
    assert killed[0]["toll"] != killed[1]["toll"]
