"""Server-made HTML: values are escaped, links open safely."""

import re

import pytest

from geo.incident.vocabulary import Category, Status
from geo.symbology.symbols import LIGHT
from geo.table.incident_table import IncidentTable
from tests.conftest import make_claim, make_incident, make_source
from ui.parts.card import card_values
from ui.parts.components import render, symbol_in

MARKUP = "<img src=x onerror=alert(1)>"


@pytest.fixture
def hostile_card(claimants) -> str:
    claims = [make_claim(by_text=MARKUP, note=MARKUP)]
    sources = [make_source(publisher=MARKUP, title='"><script>alert(1)</script>')]
    incident = make_incident(
        title=MARKUP, summary=MARKUP, place=MARKUP, actors=(MARKUP,), claims=claims, sources=sources
    )
    table = IncidentTable([incident], claimants, version="0")
    return render("card.html", in_choice=True, **card_values(incident, table))


def test_a_card_leads_to_its_event_cluster(table) -> None:
    incident = table.incident("2025-10-11-kunar-border-clash")
    html = render("card.html", in_choice=True, **card_values(incident, table))
    assert 'data-choose="event:durand-line-clashes-2025-10-11"' in html
    assert "Fighting along the Durand Line, 11–12 October 2025" in html


def test_nothing_in_a_card_is_markup_from_data(hostile_card) -> None:
    assert "<img" not in hostile_card
    assert "<script" not in hostile_card
    assert hostile_card.count("&lt;img src=x onerror=alert(1)&gt;") >= 5


def test_links_leave_nothing_behind(hostile_card) -> None:
    links = re.findall(r"<a [^>]+>", hostile_card)
    assert links
    assert all('rel="noopener noreferrer"' in link and 'href="https://' in link for link in links)


@pytest.mark.parametrize(
    ("status", "fill"),
    [
        (Status.CONFIRMED, LIGHT.of(Category.STRIKE)),
        (Status.REPORTED, LIGHT.of(Category.STRIKE)),
        (Status.DISPUTED, "none"),
    ],
)
def test_symbol_is_hollow_when_disputed(status, fill) -> None:
    assert f'fill="{fill}"' in symbol_in(LIGHT, Category.STRIKE, status)
