"""The map with the card beside it, or the selection in numbers while no incident is open."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.casualties.totals import Total
from geo.incident.vocabulary import About, Category, Status, to_show
from geo.language.messages import say
from geo.language.wording import list_words
from geo.selection.filters import Filters
from geo.table.incident_rows import CURATED
from geo.table.incident_table import MANY, IncidentTable, tally
from geo.table.mixture import Mixture, people_words
from geo.text.casualty_sentences import total_words
from geo.text.province_sentences import shared_words
from ui.events.event_view import open_asked_event
from ui.parts.card import choose_or_close, incident_card, row
from ui.parts.page_map import is_of_many, many_marks, map_view, selection_marks
from ui.parts.panel import panel, symbol
from ui.parts.toll_notes import beside_tolls
from ui.resources import Resources, resources, storage_told
from ui.state import choose_incident, chosen_incident

# What stands beside the map while no incident is open: the selection in numbers, and its latest incidents.

_LATEST: Final = 8


def overview(filters: Filters, found: Resources, *, where: str = say("map-where")) -> None:
    """Draw the numbers of the chosen incidents, a column for each dataset, and the latest of them."""
    table, mixture = found.table, found.table.mixture(filters)
    facets = table.facets(filters)
    by_category, by_status = tally(facets, "category"), tally(facets, "status")
    abouts = (About.KILLED, About.INJURED, *([About.CROSSED] if by_category[Category.CROSSING] else []))
    tolls = {about: table.totals(filters, about) for about in abouts}
    own = {about: totals[CURATED] for about, totals in tolls.items() if CURATED in totals}
    parts = [facets[facets["dataset"] == part.id] for part in mixture.parts] if mixture.mixed else [facets]
    panel(
        "overview.html",
        key="overview",
        where=where,
        on_choose=choose_or_close,
        datasets=[part.title for part in mixture.parts] if mixture.mixed else [],
        all=[f"{part.incidents:,}" for part in mixture.parts],
        categories=[
            (symbol(c, Status.REPORTED), c.value, _counts(parts, "category", c)) for c in to_show(Category, by_category)
        ],
        statuses=[(s.value, _counts(parts, "status", s), s.words) for s in to_show(Status, by_status)],
        tolls=[(about.value, _tolls(totals, mixture)) for about, totals in tolls.items()],
        about_tolls=list_words([about.value for about in abouts]).capitalize(),
        beside=beside_tolls(own, table, incidents=len(table.curated(filters))),
        shared=_shared(filters, table),
        not_added=people_words(mixture),
        rule=table.rule.name,
        rule_sentence=table.rule.sentence,
        latest=[row(incident) for incident in table.newest(filters, limit=_LATEST)],
    )


def _shared(filters: Filters, table: IncidentTable) -> str:
    """Say which incidents lie in other provinces too where provinces are selected, and what that is to the figures."""
    shared = table.shared(filters) if filters.province else ()
    if not shared:
        return ""
    any_figure = any(table.own_toll(incident, about) for incident in shared for about in (About.KILLED, About.INJURED))
    name = "map-shared-counted" if any_figure else "map-shared-not-counted"
    return say(name, sentence=shared_words(shared))


def _counts(parts: Sequence[pd.DataFrame], name: str, code: str) -> list[str]:
    """Count a code in the facets of each dataset."""
    return [f"{tally(facets, name)[code]:,}" for facets in parts]


def _tolls(totals: Mapping[str, Total], mixture: Mixture) -> list[str]:
    """Return a toll for each dataset; one without any of its kind of figure has nothing to say."""
    if not mixture.mixed:
        only = next(iter(totals.values()), None)
        return [total_words(only)]
    return [total_words(totals[part.id]) if part.id in totals else "–" for part in mixture.parts]


# The map with the card beside it, as one fragment: choosing an incident reruns nothing else.

MAP_AND_CARD: Final = "map-and-card"
"""Key of the fragment, for what opens a card from elsewhere on the page."""
_MAP_KEY: Final = "incident-map"


@st.fragment(key=MAP_AND_CARD)
@storage_told()
def map_and_card(filters: Filters) -> None:
    """Draw the chosen incidents and, beside them, the open card or the selection in numbers."""
    open_asked_event()
    found = resources()
    chosen = chosen_incident()
    total = found.table.count(filters)
    beside_map, beside_card = st.columns([2, 1], gap="small")
    with beside_map:
        marks = selection_marks(filters, found, chosen=chosen)
        if is_of_many(marks):
            _map_of_many(marks, filters, total)
        else:
            _map(marks | {"playback": True})
    with beside_card:
        if chosen:
            incident_card(chosen, found.table, in_choice=found.table.holds(filters, chosen))
        else:
            overview(filters, found)


def _map_of_many(marks: dict[str, Any], filters: Filters, total: int) -> None:
    """Draw the map, and have the incidents counted in groups for what it shows."""
    _map(marks)
    st.caption(say("map-of-many", incidents=total, many=MANY))
    many_marks(filters)  # last, for what shows nothing still has a margin


def _map(marks: dict[str, object]) -> None:
    map_view(marks, key=_MAP_KEY, label=say("map-label"), on_choose=choose_incident)
