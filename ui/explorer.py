"""The map with the card beside it, as one fragment: choosing an incident reruns nothing else."""

from typing import Final

import streamlit as st

from geo.filters import Filters
from geo.table import MANY
from geo.webmap import incident_marks
from geo.wording import count_words
from ui.card import incident_card
from ui.event_view import open_asked_event
from ui.many import base_marks, many_marks
from ui.map_view import map_view
from ui.overview import overview
from ui.resources import Resources, resources
from ui.state import choose_incident, chosen_incident
from ui.storage import storage_told

MAP_AND_CARD: Final = "map-and-card"
"""Key of the fragment, for what opens a card from elsewhere on the page."""
_MAP_KEY: Final = "incident-map"


@st.fragment(key=MAP_AND_CARD)
@storage_told()
def map_and_card(filters: Filters) -> None:
    """Draw the chosen incidents and, beside them, the open card or the choice in numbers."""
    open_asked_event()
    found = resources()
    chosen = chosen_incident()
    total = found.table.count(filters)
    beside_map, beside_card = st.columns([2, 1], gap="small")
    with beside_map:
        if total > MANY:
            _map_of_many(filters, found, chosen, total)
        else:
            _map_of_few(filters, found, chosen)
    with beside_card:
        if chosen:
            incident_card(chosen, found.table, in_choice=found.table.holds(filters, chosen))
        else:
            overview(filters, found)


def _map_of_few(filters: Filters, found: Resources, chosen: str | None) -> None:
    """Send every incident to the browser, where all the rest happens."""
    table = found.table
    marks = found.marks.get(
        (table.rule.code, filters),
        lambda: incident_marks(table.selected(filters), found.boundaries, rule=table.rule),
    )
    _map(marks | {"selected": chosen, "playback": True})


def _map_of_many(filters: Filters, found: Resources, chosen: str | None, total: int) -> None:
    """Draw the map, and have the incidents counted in groups for what it shows."""
    _map(base_marks(chosen, found) | {"selected": chosen})
    st.caption(
        f"{count_words(total, 'incident')}; the map shows them in groups, zoom in to take them apart. "
        f"Up to {MANY:,} it shows each and plays them over time."
    )
    many_marks(filters)  # last, for what shows nothing still has a margin


def _map(marks: dict[str, object]) -> None:
    map_view(marks, key=_MAP_KEY, label="Map of the chosen incidents", on_choose=choose_incident)
