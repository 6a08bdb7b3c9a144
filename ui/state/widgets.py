"""Widgets whose value is kept elsewhere or starts anew with another choice."""

import streamlit as st


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
