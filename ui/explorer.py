"""The map with the card beside it, as one fragment: choosing an incident reruns nothing else."""

import streamlit as st

from geo.filters import Filters
from geo.webmap import incident_marks
from ui.card import incident_card
from ui.event_view import open_asked_event
from ui.map_view import map_view
from ui.overview import overview
from ui.resources import resources
from ui.state import choose_incident, chosen_incident

_MAP_KEY = "incident-map"


@st.fragment
def map_and_card(filters: Filters) -> None:
    """Draw the chosen incidents and, beside them, the open card or the choice in numbers."""
    open_asked_event()
    found = resources()
    incidents = found.table.selected(filters)
    chosen = chosen_incident()
    beside_map, beside_card = st.columns([2, 1], gap="small")
    with beside_map:
        marks = incident_marks(incidents, found.boundaries, rule=found.table.rule)
        marks |= {"selected": chosen, "playback": True}
        map_view(marks, key=_MAP_KEY, label="Map of the chosen incidents", on_choose=choose_incident)
    with beside_card:
        if chosen:
            incident_card(chosen, found.table, in_choice=any(i.id == chosen for i in incidents))
        else:
            overview(incidents, found.table)
