"""What a callback asks of the next run: another page, which it cannot switch to itself."""

from typing import Final

import streamlit as st

_ASKED_KEY: Final = "incident-asked-for"
_ASKED_EVENT_KEY: Final = "event-asked-for"


def ask_for_map(incident_id: str) -> None:
    """Ask that the next run opens an incident on the map page; a callback cannot switch pages itself."""
    st.session_state[_ASKED_KEY] = incident_id


def ask_for_event_on_map(group_id: str) -> None:
    """Restrict the filters to a wider event and ask that the next run opens the map page."""
    st.session_state["group"] = [group_id]
    st.session_state[_ASKED_KEY] = ""


def asked_for_map() -> str | None:
    """Return the incident that a callback asked to open on the map page, once; empty for the map without one."""
    asked: str | None = st.session_state.pop(_ASKED_KEY, None)
    return asked


def ask_for_event(group_id: str) -> None:
    """Ask that the next run opens the page of a wider event."""
    st.session_state[_ASKED_EVENT_KEY] = group_id


def asked_for_event() -> str | None:
    """Return the wider event whose page a callback asked to open, once."""
    asked: str | None = st.session_state.pop(_ASKED_EVENT_KEY, None)
    return asked
