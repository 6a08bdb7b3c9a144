"""One of several codes, or any, chosen by name and kept in the link."""

from typing import Final

import streamlit as st

from ui.state import pull_one, push_one

ANY: Final = "any"


def one_of(label: str, key: str, names: dict[str, str]) -> str:
    """Draw the choice and return the code, ANY unless something is chosen; `names` by code."""
    named = {ANY: "any"} | names
    pull_one(key, list(named))
    chosen: str = st.selectbox(
        label, list(named), format_func=named.__getitem__, key=key, on_change=push_one, args=(key, ANY)
    )
    return chosen
