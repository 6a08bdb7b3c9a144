"""What is open on a page, and what only one page asks, as the address bar holds it."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from ui.state.address import restore, set_query, written
from ui.state.choice import RULE_KEY

INCIDENT_KEY: Final = "incident"
PROFILE_KEY: Final = "profile"
EVENT_KEY: Final = "event"
CLAIMANT_KEY: Final = "claimant"
SPEAKER_KEYS: Final = (CLAIMANT_KEY, "side", "kind", "gaps")
"""Who is meant on the page of claimants, and by what gaps are ranked."""
SOURCE_KEY: Final = "source"
SOURCE_KIND_KEY: Final = "source-kind"
PUBLISHER_KEY: Final = "publisher"
VERSION_KEY: Final = "version"
SOURCE_KEYS: Final = (SOURCE_KEY, SOURCE_KIND_KEY, PUBLISHER_KEY, VERSION_KEY)
"""Which source is open, which are listed, and of which version the changes are shown."""
VIEW_KEYS: Final = (
    *(RULE_KEY, INCIDENT_KEY, PROFILE_KEY, EVENT_KEY, *SPEAKER_KEYS, *SOURCE_KEYS),
    *("measure", "scheme", "classes", "limits", "lock", "timeline", "lanes"),
)
"""What a link holds beside the filters: what is open, and how provinces are shown."""


def chosen_incident() -> str | None:
    """Return the id of the incident whose card is open, as the URL has it."""
    return st.query_params.get(INCIDENT_KEY) or None


def choose_incident(incident_id: str | None) -> None:
    """Open an incident's card, or close it."""
    if incident_id != chosen_incident():
        set_query(INCIDENT_KEY, [incident_id] if incident_id else [])


def chosen_profile() -> str | None:
    """Return the code of the province whose profile is open, as the URL has it."""
    return st.query_params.get(PROFILE_KEY) or None


def choose_profile(code: str | None) -> None:
    """Open a province's profile, or close it."""
    if code != chosen_profile():
        set_query(PROFILE_KEY, [code] if code else [])


def profile_widget(known: Sequence[str]) -> str:
    """Bring the widget that chooses a profile in step with the URL, before it is drawn, and return its key."""
    return _choice_widget(PROFILE_KEY, known)


def chosen_event() -> str | None:
    """Return the id of the wider event whose page is open, as the URL has it."""
    return st.query_params.get(EVENT_KEY) or None


def choose_event(group_id: str | None) -> None:
    """Open a wider event, or close it."""
    set_query(EVENT_KEY, [group_id] if group_id else [])


def event_widget(known: Sequence[str]) -> str:
    """Bring the widget that chooses an event in step with the URL, before it is drawn, and return its key."""
    return _choice_widget(EVENT_KEY, known)


def choose_claimant(claimant_id: str | None) -> None:
    """Restrict the page of claimants to one, or to none."""
    set_query(CLAIMANT_KEY, [claimant_id] if claimant_id else [])


def claimant_widget(known: Sequence[str]) -> str:
    """Bring the widget that chooses a claimant in step with the URL, before it is drawn, and return its key."""
    return _choice_widget(CLAIMANT_KEY, known)


def chosen_source() -> str | None:
    """Return the key of the source that is open, as the URL has it."""
    restore(SOURCE_KEY)
    chosen = st.query_params.get(SOURCE_KEY) or None
    st.session_state[written(SOURCE_KEY)] = chosen
    return chosen


def choose_source(key: str | None) -> None:
    """Open a source, or close it."""
    set_query(SOURCE_KEY, [key] if key else [])


def choose_publisher(publisher: str) -> None:
    """Restrict the sources to those of a publisher; for use in a callback."""
    set_query(PUBLISHER_KEY, [publisher])


def _choice_widget(key: str, known: Sequence[str]) -> str:
    restore(key)
    chosen = st.query_params.get(key)
    st.session_state[written(key)] = chosen
    st.session_state[f"{key}-choice"] = chosen if chosen in known else None
    return f"{key}-choice"
