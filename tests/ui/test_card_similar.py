"""What a card says of incidents near in place and days: each of them, and how it differs from the open one."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from geo.datasets.folder import DataFolder
from geo.evidence.similar import on_other_days, similar_to
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from geo.table.shown_datasets import imported_sources
from ui.parts.card import card_values
from ui.parts.components import render

pytestmark = pytest.mark.slow

SECTION = "<h3>Close in place and time</h3>"


def drawn(incident_id: str, table: IncidentTable) -> str:
    """The section on a card."""
    return section(card_values(table.incident(incident_id), table))


def section(values: Mapping[str, Any]) -> str:
    """The section as text with the ids of its buttons."""
    html = render("card.html", in_choice=True, **values)
    near = html.split(SECTION)[1].split("<h3>Sources</h3>")[0]
    return " ".join(re.sub(r'<button class="row" data-choose="([^"]*)">|<[^>]+>', r" \1 ", near).split())


def test_every_card_lists_what_is_near_and_never_itself(
    table: IncidentTable, cards: Mapping[str, Mapping[str, Any]]
) -> None:
    for incident in table.incidents:
        said = section(cards[incident.id])
        near = [pair.beside(incident.id).id for pair in similar_to(incident, table.incidents)]
        assert all(f" {other} " in said for other in near)
        assert f" {incident.id} " not in said
        assert bool(near) or "No other incident on record" in said or "too coarsely" in said


def test_two_nights_at_one_gate_are_told_apart(table: IncidentTable) -> None:
    said = drawn("2025-03-03-torkham-border-clash", table)
    assert "May or may not be the same: read what differs" in said
    assert "Renewed firing at Torkham; three journalists hurt" in said
    assert "Days: this one 2–3 March 2025, the other 5 March 2025; 2 days apart." in said
    assert "Both are in the event cluster" in said


@pytest.mark.parametrize("open_id", ["2022-04-16-spera-khost-air-strike", "2024-03-18-spera-khost-air-strike"])
def test_the_strikes_on_spera_stand_on_each_others_cards_with_their_days(table: IncidentTable, open_id: str) -> None:
    incident = table.incident(open_id)
    said = drawn(open_id, table)
    assert "More than three days from this one, so not the same incident." in said
    spera = [pair.beside(open_id) for pair in on_other_days(incident, table.incidents)]
    named = [other for other in spera if other.district == "Spera" and other.category == "strike"]
    assert len(named) >= 2
    assert sum(f" {other.id} " in said for other in named) >= 2


def test_what_is_of_another_kind_is_listed_apart(table: IncidentTable) -> None:
    said = drawn("2023-09-06-torkham-border-clash", table)
    assert "Of another kind" in said.split("2023-09-06-torkham-crossing-closed")[0]
    assert "Kind: this one border clash, the other crossing closed." in said


def test_an_imported_incident_is_not_held_against_the_record(contents, many_datasets) -> None:
    table = IncidentTable.of(contents, imported_sources(DataFolder(many_datasets)))
    imported = table.newest(Filters(dataset=("acled",)), limit=1)[0]
    assert card_values(imported, table)["similar"] is None
    assert SECTION not in render("card.html", in_choice=True, **card_values(imported, table))
