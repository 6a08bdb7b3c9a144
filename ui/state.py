"""Session state and the address bar: the only module that knows their keys.

Most filter widgets are bound to the URL by Streamlit itself. Some are not: Streamlit would put a widget's labels into
the URL, and provinces, countries and precisions need labels that people can read beside codes that links can rely on.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from geo.filters import Filters

BOUND_KEYS: Final = ("year", "since", "until", "category", "status", "q")
"""Filter widgets bound by Streamlit; key, URL parameter and field of `Filters` are one name."""

CODED_KEYS: Final = ("province", "country", "precision")
"""Filter widgets that `pull_coded` and `push_coded` keep in step with the URL."""

INCIDENT_KEY: Final = "incident"
PROFILE_KEY: Final = "profile"
VIEW_KEYS: Final = (INCIDENT_KEY, PROFILE_KEY, "measure", "scheme", "classes", "limits", "lock", "timeline")
"""What a link holds beside the filters: what is open, and how provinces are shown."""
_PAGE_KEY: Final = "page-last-run"
_CHANGED_KEY: Final = "page-just-changed"
_PROFILE_WIDGET: Final = "profile-choice"
_ASKED_KEY: Final = "incident-asked-for"


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
    st.session_state[_CHANGED_KEY] = changed = before is not None and before != url_path
    return changed


def chosen_incident() -> str | None:
    """Return the id of the incident whose card is open, as the URL has it."""
    return st.query_params.get(INCIDENT_KEY) or None


def choose_incident(incident_id: str | None) -> None:
    """Open an incident's card, or close it."""
    if incident_id != chosen_incident():
        _set_query(INCIDENT_KEY, [incident_id] if incident_id else [])


def chosen_profile() -> str | None:
    """Return the code of the province whose profile is open, as the URL has it."""
    return st.query_params.get(PROFILE_KEY) or None


def choose_profile(code: str | None) -> None:
    """Open a province's profile, or close it."""
    if code != chosen_profile():
        _set_query(PROFILE_KEY, [code] if code else [])


def profile_widget(known: Sequence[str]) -> str:
    """Bring the widget that chooses a profile in step with the URL, before it is drawn, and return its key."""
    _restore(PROFILE_KEY)
    code = chosen_profile()
    st.session_state[_written(PROFILE_KEY)] = code
    st.session_state[_PROFILE_WIDGET] = code if code in known else None
    return _PROFILE_WIDGET


def ask_for_map(incident_id: str) -> None:
    """Ask that the next run opens an incident on the map page; a callback cannot switch pages itself."""
    st.session_state[_ASKED_KEY] = incident_id


def asked_for_map() -> str | None:
    """Return the incident that a callback asked to open on the map page, once."""
    asked: str | None = st.session_state.pop(_ASKED_KEY, None)
    return asked


def pull_one(key: str, known: Sequence[str]) -> None:
    """Bring a widget that holds one code in step with the URL, before it is drawn; the first code is the default."""
    _restore(key, default=known[0])
    in_url = st.query_params.get(key)
    code = in_url if in_url in known else known[0]
    if code != st.session_state.get(_written(key)) or key not in st.session_state:
        st.session_state[key] = st.session_state[_written(key)] = code


def push_one(key: str, default: str) -> None:
    """Write the code that a widget holds into the URL, none for the default; its callback."""
    code = st.session_state[key]
    st.session_state[_written(key)] = code
    _set_query(key, [] if code == default else [code])


def _restore(key: str, *, default: str | None = None) -> None:
    """Put back into the URL what a switch of pages has dropped from it."""
    before = st.session_state.get(_written(key))
    if before not in (None, default) and st.session_state.get(_CHANGED_KEY) and key not in st.query_params:
        _set_query(key, [str(before)])


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
