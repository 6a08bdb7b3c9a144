"""Choices shown by name and kept in the link by code.

Streamlit writes into the link what a bound widget shows. So a hidden twin that shows codes is bound instead; its
key is the name in the link. What is chosen by name is copied into it, and back before each drawing. A choice that the
script itself wrote into the link would leave an entry of its own for the Back button of the browser.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from ui.state import named_key, take_named


def coded_choices(label: str, names: Mapping[str, str], key: str, draw: Callable[..., Any], **more: Any) -> None:
    """Draw a choice of any number of codes, `names` by code, with `st.pills` or `st.multiselect`."""
    with _hidden(key):
        st.multiselect(label, list(names), key=key, bind="query-params")
    if draw is st.pills:
        more["selection_mode"] = "multi"
    _named(label, names, key, draw, **more)


def coded_choice(label: str, names: Mapping[str, str], key: str, **more: Any) -> str:
    """Draw a choice of one code, the first unless the link says another, and return it."""
    with _hidden(key):
        st.selectbox(label, list(names), key=key, bind="query-params")
    _named(label, names, key, st.selectbox, **more)
    return str(st.session_state[key])


def _named(label: str, names: Mapping[str, str], key: str, draw: Callable[..., Any], **more: Any) -> None:
    st.session_state[named_key(key)] = st.session_state[key]
    draw(
        label,
        list(names),
        format_func=names.__getitem__,
        key=named_key(key),
        on_change=take_named,
        args=(key,),
        **more,
    )


def _hidden(key: str) -> Any:
    return st.container(key=f"coded-{key}")
