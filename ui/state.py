"""Session state and the address bar: the only module that knows their keys.

Most filter widgets are bound to the URL by Streamlit itself. Two are not: Streamlit would put a widget's labels into
the URL, and provinces and countries need labels that people can read beside codes that links can rely on.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from geo.filters import Filters

BOUND_KEYS: Final = ("year", "since", "until", "category", "status", "precision", "q")
"""Filter widgets bound by Streamlit; key, URL parameter and field of `Filters` are one name."""

CODED_KEYS: Final = ("province", "country")
"""Filter widgets that `pull_coded` and `push_coded` keep in step with the URL."""

INCIDENT_KEY: Final = "incident"
_PAGE_KEY: Final = "page-last-run"


def current_filters() -> Filters:
    """Return what the filter bar says."""
    values = {key: st.session_state.get(key) for key in (*BOUND_KEYS, *CODED_KEYS)}
    return Filters(**{key: value for key, value in values.items() if value})


def reset_filters() -> None:
    """Empty the filter bar; for use as a callback."""
    for key in BOUND_KEYS:
        if key in ("since", "until"):
            st.session_state[key] = None
        else:
            st.session_state[key] = "" if key == "q" else []
    for key in CODED_KEYS:
        st.session_state[key] = []
        push_coded(key)


def pull_coded(key: str, known: Sequence[str], *, page_changed: bool) -> None:
    """Bring a coded widget's state in step with the URL, before the widget is drawn.

    A page switch drops parameters that Streamlit does not bind: then the state is put back into the URL. Otherwise a
    URL that differs from what was last written came from a link or the Back button, and wins.
    """
    in_url = [code for code in st.query_params.get_all(key) if code in known]
    if page_changed and not in_url and st.session_state.get(key):
        push_coded(key)
    elif in_url != st.session_state.get(_written(key), []):
        st.session_state[key] = in_url
        st.session_state[_written(key)] = in_url


def push_coded(key: str) -> None:
    """Write a coded widget's state into the URL; its callback."""
    chosen = list(st.session_state.get(key) or [])
    st.session_state[_written(key)] = chosen
    _set_query(key, chosen)


def page_changed(url_path: str) -> bool:
    """Tell whether this run is the first on a page after another."""
    before = st.session_state.get(_PAGE_KEY)
    st.session_state[_PAGE_KEY] = url_path
    return before is not None and before != url_path


def chosen_incident() -> str | None:
    """Return the id of the incident whose card is open, as the URL has it."""
    return st.query_params.get(INCIDENT_KEY) or None


def choose_incident(incident_id: str | None) -> None:
    """Open an incident's card, or close it."""
    if incident_id != chosen_incident():
        _set_query(INCIDENT_KEY, [incident_id] if incident_id else [])


def _set_query(key: str, values: list[str]) -> None:
    if values:
        st.query_params[key] = values
    elif key in st.query_params:
        del st.query_params[key]


def _written(key: str) -> str:
    return f"{key}-in-url"


def set_period(since: date, until: date) -> None:
    """Restrict the filters to a period; for use in a callback."""
    st.session_state["since"], st.session_state["until"] = since, until
    st.session_state["year"] = []
