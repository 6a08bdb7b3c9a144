"""The choice that every page obeys: the filters and the rule, in widgets that Streamlit binds to the address bar."""

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
_MORE_KEY: Final = "more-filters-open"


def current_filters() -> Filters:
    """Return what the filter bar says."""
    values = {key: st.session_state.get(key) for key in FILTER_KEYS}
    return Filters(**{key: value for key, value in values.items() if value})


def chosen_rule() -> str | None:
    """Return the code of the rule that the switch in the frame holds; None before it is drawn."""
    code: str | None = st.session_state.get(RULE_KEY)
    return code


def filter_bar_drawn() -> bool:
    """Tell whether the filter bar stood on the page in this session already; the rule switch is a part of it."""
    return RULE_KEY in st.session_state


def reset_filters() -> None:
    """Empty the filter bar; for use as a callback."""
    empty = {"since": None, "until": None, "q": "", "linked": Linked.EACH.value}
    for key in FILTER_KEYS:
        st.session_state[key] = empty.get(key, [])


def set_period(since: date | None, until: date | None) -> None:
    """Restrict the filters to a period, or to none; for use in a callback."""
    st.session_state["since"], st.session_state["until"] = since, until
    st.session_state["year"] = []


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
