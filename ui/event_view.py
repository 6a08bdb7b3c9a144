"""The page of one wider event: how much of it is chosen, its map and days, what its claims say together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from geo.boundaries import BOUNDARY_NOTE
from geo.event_groups import EventGroup, event_names
from geo.figure import around_incidents
from geo.filters import Filters
from geo.incident import Incident
from geo.left_out import left_out
from geo.table import IncidentTable
from geo.webmap import incident_marks
from geo.wording import count_words
from ui.downloads import downloads
from ui.event_days import days_panel
from ui.event_evidence import event_evidence
from ui.event_list import event_days, of_all
from ui.map_view import map_view
from ui.plain_text import plain
from ui.resources import Resources
from ui.state import (
    EVENT_KEY,
    ask_for_event_on_map,
    ask_for_map,
    asked_for_event,
    choose_event,
    chosen_event,
    event_widget,
    reset_filters,
)

_EVENTS_PAGE: Final = "pages/evidence/events.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEvent:
    """The wider event whose page is open."""

    group: EventGroup
    members: tuple[Incident, ...]
    """All its incidents."""
    chosen: tuple[Incident, ...]
    """Those that the filters leave, oldest first."""
    filters: Filters
    """The choice, restricted to the event."""


def event_choice(table: IncidentTable) -> None:
    """Draw the list of events as a widget that can be searched, and the ways to the next, the one before and back."""
    names = event_names(table.event_groups)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        key = event_widget(list(names))
        st.selectbox(
            "Wider event",
            list(names),
            format_func=names.__getitem__,
            index=None,
            key=key,
            placeholder="Choose an event",
            width=460,
            on_change=lambda: choose_event(st.session_state[key]),
        )
        ids = list(names)[::-1]
        opened = chosen_event()
        if opened in ids:
            at = ids.index(opened)
            _step("Earlier event", ":material/chevron_left:", ids[at - 1] if at else None)
            _step("Later event", ":material/chevron_right:", ids[at + 1] if at + 1 < len(ids) else None)
            st.button("All events", key="event-all", on_click=choose_event, args=(None,))
            st.button(
                "On the map page",
                key="event-on-map",
                icon=":material/map:",
                help="Sets the filter “Wider event” and opens the map, where every incident has its card",
                on_click=ask_for_event_on_map,
                args=(opened,),
            )


def opened_event(filters: Filters, table: IncidentTable) -> OpenEvent | None:
    """Return the event whose page is open; None without one, said if the link names one that does not exist."""
    group_id = chosen_event()
    if group_id is None:
        return None
    group = table.event_groups.get(group_id)
    if group is None:
        st.warning(f"There is no wider event with the id “{plain(group_id)}”; choose one from the list.")
        return None
    inside = replace(filters, group=(group_id,))
    return OpenEvent(group=group, members=table.event_group(group_id), chosen=table.selected(inside), filters=inside)


def open_asked_event() -> None:
    """Go to the page of wider events if one was chosen elsewhere in the last run."""
    asked = asked_for_event()
    if asked is not None:
        st.switch_page(_EVENTS_PAGE, query_params={EVENT_KEY: asked})


def event_page(event: OpenEvent, found: Resources) -> None:
    """Draw an event: its head, its map beside its days, its evidence, its files."""
    _head(event)
    if not event.chosen:
        return
    beside_map, beside_days = st.columns([2, 1], gap="small")
    with beside_map:
        map_view(
            incident_marks(event.chosen, found.boundaries, rule=found.table.rule) | {"selected": None},
            key=f"event-map-{event.group.id}",
            label=f"Map of the wider event: {event.group.name}",
            on_choose=ask_for_map,
            view=around_incidents(event.members, found.boundaries),
        )
    with beside_days:
        days_panel(event.chosen, found.table.rule)
    st.caption(f"{left_out(event.filters, found.table, found.boundaries).sentences()} {BOUNDARY_NOTE}")
    event_evidence(event.chosen, found.table, split=len(event.chosen) < len(event.members))
    st.markdown("## The incidents of this event as files")
    downloads(event.filters, found.table)


def _head(event: OpenEvent) -> None:
    group, chosen, everything = event.group, len(event.chosen), len(event.members)
    st.markdown(f"## {plain(group.name)}")
    st.markdown(f"**{event_days(group)}** · {of_all(chosen, everything)} · {_sources(event.chosen)}")
    st.markdown(plain(group.summary))
    if chosen < everything:
        out = _left_out(chosen, everything)
        st.info(f"{out} Reset the filters to see the whole event.")
        st.button("Show the whole event", key="event-whole", icon=":material/restart_alt:", on_click=reset_filters)


def _left_out(chosen: int, everything: int) -> str:
    if not chosen:
        return f"The filters leave none of the {count_words(everything, 'incident')} of this event."
    return (
        f"The filters split this event: {chosen:,} of its {everything:,} incidents are chosen. What follows is told by "
        "these alone; a toll for the whole event still covers the others too."
    )


def _sources(incidents: Sequence[Incident]) -> str:
    sources = {(s.publisher, s.url or s.title) for incident in incidents for s in incident.sources}
    publishers = {publisher for publisher, _ in sources}
    if not sources:
        return "no source"
    return f"{count_words(len(sources), 'source')} from {count_words(len(publishers), 'publisher')}"


def _step(label: str, icon: str, group_id: str | None) -> None:
    st.button(label, key=label, icon=icon, on_click=choose_event, args=(group_id,), disabled=group_id is None)
