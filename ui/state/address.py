"""What belongs to one page only, kept in step with the address bar.

Streamlit binds the frame's widgets to it by itself, those with names beside their codes through a hidden twin
(`ui/coded.py`).
"""

from collections.abc import Sequence
from typing import Final

import streamlit as st

_PAGE_KEY: Final = "page-last-run"
_CHANGED_KEY: Final = "page-just-changed"


def note_page(url_path: str) -> None:
    """Note which page runs, and whether this is its first run after another page's."""
    before = st.session_state.get(_PAGE_KEY)
    st.session_state[_PAGE_KEY] = url_path
    st.session_state[_CHANGED_KEY] = before is not None and before != url_path


def pull_one(key: str, known: Sequence[str]) -> None:
    """Bring a widget that holds one code in step with the URL, before it is drawn; the first code is the default."""
    restore(key, default=known[0])
    in_url = st.query_params.get(key)
    code = in_url if in_url in known else known[0]
    if code != st.session_state.get(written(key)) or st.session_state.get(key) not in known:
        st.session_state[key] = st.session_state[written(key)] = code


def push_one(key: str, default: str) -> None:
    """Write the code that a widget holds into the URL, none for the default; its callback."""
    code = st.session_state[key]
    st.session_state[written(key)] = code
    set_query(key, [] if code == default else [code])


def restore(key: str, *, default: str | None = None) -> None:
    """Put back into the URL what a switch of pages has dropped from it."""
    before = st.session_state.get(written(key))
    if before not in (None, default) and st.session_state.get(_CHANGED_KEY) and key not in st.query_params:
        set_query(key, [str(before)])


def set_query(key: str, values: list[str]) -> None:
    """Write values into the URL, or take a key out of it."""
    if values:
        st.query_params[key] = values
    elif key in st.query_params:
        del st.query_params[key]


def written(key: str) -> str:
    """Return where the session keeps what was last written into the URL under a key."""
    return f"{key}-in-url"
