"""Session state and the address bar: the only module that knows their keys.

The frame's widgets are bound to the URL by Streamlit itself, those with names beside their codes through a hidden twin
(`ui/coded.py`). What belongs to one page only is kept in step with the URL from here.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from geo.filters import Filters
from geo.folding import fold
from geo.vocabulary import Linked

FILTER_KEYS: Final = (
    *("year", "since", "until", "category", "province", "country", "status", "q"),
    *("precision", "date_precision", "actor", "group", "dataset", "linked"),
)
"""Filter widgets; key, URL parameter and field of `Filters` are one name."""

MORE_KEYS: Final = ("precision", "date_precision", "actor", "group")
"""Filters that stand behind “More filters”."""

RULE_KEY: Final = "rule"
"""Under which people are counted. It is no filter: resetting these leaves it."""
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
_MORE_KEY: Final = "more-filters-open"
_PAGE_KEY: Final = "page-last-run"
_CHANGED_KEY: Final = "page-just-changed"
_ASKED_KEY: Final = "incident-asked-for"
_ASKED_EVENT_KEY: Final = "event-asked-for"


def current_filters() -> Filters:
    """Return what the filter bar says."""
    values = {key: st.session_state.get(key) for key in FILTER_KEYS}
    return Filters(**{key: value for key, value in values.items() if value})


def reset_filters() -> None:
    """Empty the filter bar; for use as a callback."""
    empty = {"since": None, "until": None, "q": "", "linked": Linked.EACH.value}
    for key in FILTER_KEYS:
        st.session_state[key] = empty.get(key, [])


def more_filters_open() -> bool:
    """Tell whether the less used filters are shown: once one of them is set, for the rest of the session."""
    used = any(st.session_state.get(key) for key in MORE_KEYS) or any(key in st.query_params for key in MORE_KEYS)
    st.session_state[_MORE_KEY] = used or bool(st.session_state.get(_MORE_KEY))
    return bool(st.session_state[_MORE_KEY])


def named_key(key: str) -> str:
    """Return the key of the widget that shows by name what a widget of codes holds."""
    return f"{key}-named"


def take_named(key: str) -> None:
    """Copy what was chosen by name into the widget of codes; its callback."""
    st.session_state[key] = st.session_state[named_key(key)]


def spell_as_known(key: str, known: Sequence[str]) -> None:
    """Take names in the link for those known, whatever their case and accents; before the widget is first drawn."""
    folded = {fold(name): name for name in known}
    given = st.query_params.get_all(key)
    if key not in st.session_state and any(name not in known for name in given):
        st.session_state[key] = [folded[fold(name)] for name in given if fold(name) in folded]


def note_page(url_path: str) -> None:
    """Note which page runs, and whether this is its first run after another page's."""
    before = st.session_state.get(_PAGE_KEY)
    st.session_state[_PAGE_KEY] = url_path
    st.session_state[_CHANGED_KEY] = before is not None and before != url_path


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
    return _choice_widget(PROFILE_KEY, known)


def chosen_event() -> str | None:
    """Return the id of the wider event whose page is open, as the URL has it."""
    return st.query_params.get(EVENT_KEY) or None


def choose_event(group_id: str | None) -> None:
    """Open a wider event, or close it."""
    _set_query(EVENT_KEY, [group_id] if group_id else [])


def event_widget(known: Sequence[str]) -> str:
    """Bring the widget that chooses an event in step with the URL, before it is drawn, and return its key."""
    return _choice_widget(EVENT_KEY, known)


def choose_claimant(claimant_id: str | None) -> None:
    """Restrict the page of claimants to one, or to none."""
    _set_query(CLAIMANT_KEY, [claimant_id] if claimant_id else [])


def claimant_widget(known: Sequence[str]) -> str:
    """Bring the widget that chooses a claimant in step with the URL, before it is drawn, and return its key."""
    return _choice_widget(CLAIMANT_KEY, known)


def chosen_source() -> str | None:
    """Return the key of the source that is open, as the URL has it."""
    _restore(SOURCE_KEY)
    chosen = st.query_params.get(SOURCE_KEY) or None
    st.session_state[_written(SOURCE_KEY)] = chosen
    return chosen


def choose_source(key: str | None) -> None:
    """Open a source, or close it."""
    _set_query(SOURCE_KEY, [key] if key else [])


def choose_publisher(publisher: str) -> None:
    """Restrict the sources to those of a publisher; for use in a callback."""
    _set_query(PUBLISHER_KEY, [publisher])


def _choice_widget(key: str, known: Sequence[str]) -> str:
    _restore(key)
    chosen = st.query_params.get(key)
    st.session_state[_written(key)] = chosen
    st.session_state[f"{key}-choice"] = chosen if chosen in known else None
    return f"{key}-choice"


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


def chosen_rule() -> str | None:
    """Return the code of the rule that the switch in the frame holds; None before it is drawn."""
    code: str | None = st.session_state.get(RULE_KEY)
    return code


def pull_one(key: str, known: Sequence[str]) -> None:
    """Bring a widget that holds one code in step with the URL, before it is drawn; the first code is the default."""
    _restore(key, default=known[0])
    in_url = st.query_params.get(key)
    code = in_url if in_url in known else known[0]
    if code != st.session_state.get(_written(key)) or st.session_state.get(key) not in known:
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


def hold(key: str, value: object) -> str:
    """Let a widget show what is kept elsewhere, before it is drawn, and return its key."""
    st.session_state[key] = value
    return key


def page_of_rows(key: str, of: str, pages: int) -> str:
    """Return the key of the widget that turns a table's pages, set to the first page when `of` is another choice."""
    page, known = f"{key}-page", f"{key}-pages-of"
    if st.session_state.get(known) != of or not 1 <= st.session_state.get(page, 1) <= pages:
        st.session_state[page] = 1
    st.session_state[known] = of
    return page


def set_period(since: date, until: date) -> None:
    """Restrict the filters to a period; for use in a callback."""
    st.session_state["since"], st.session_state["until"] = since, until
    st.session_state["year"] = []
