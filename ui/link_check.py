"""What a link asks for and nothing here has: widgets leave it out without a word, so it is said once."""

import streamlit as st

from geo.folding import fold
from ui.plain_text import plain
from ui.state import FILTER_KEYS, RULE_KEY, chosen_rule, current_filters, filter_bar_drawn


def asked_by_link() -> dict[str, list[str]]:
    """Return what the link chooses, by parameter; nothing once the filter bar has been drawn in this session."""
    if filter_bar_drawn():
        return {}
    return {key: st.query_params.get_all(key) for key in (*FILTER_KEYS, RULE_KEY) if key in st.query_params}


def tell_ignored(asked: dict[str, list[str]]) -> None:
    """Name what of a link the filter bar did not take, after it has been drawn."""
    taken = {**current_filters().to_query(), RULE_KEY: [chosen_rule() or ""]}
    known = {key: {fold(value) for value in values} for key, values in taken.items()}
    ignored = [
        f"{key}={value}"
        for key, values in asked.items()
        for value in values
        if value.strip() and fold(value) not in known.get(key, ())
    ]
    if ignored:
        st.warning(f"Left out of the link, for nothing here is so named: {plain(', '.join(ignored))}.")
