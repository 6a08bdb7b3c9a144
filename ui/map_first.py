"""A new visitor who has chosen nothing sees the map first; the filter bar, which changes nothing on it then, follows.

The map is drawn in a frame of its own, but by the same thread of the browser that puts the widgets and the table
together. Sent together they make each other wait, and the map is there last.
"""

import time
from typing import Final

import streamlit as st

from geo.table import MANY
from ui.state import FILTER_KEYS, RULE_KEY, filter_bar_drawn

_HEAD_START_S: Final = 0.5
"""What a browser on a slow computer needs from the map's arrival until it is drawn."""


def map_first(page: str) -> bool:
    """Tell whether a session begins on the map, by a link that chooses nothing."""
    return page == "" and not filter_bar_drawn() and not any(key in st.query_params for key in (*FILTER_KEYS, RULE_KEY))


def head_start(incidents: int) -> None:
    """Leave the browser to the map for a moment, where nothing else has been sent yet.

    A map of many incidents asks for its groups within that moment, and is answered only after the run.
    """
    if incidents <= MANY and st.context.headers and not filter_bar_drawn():  # without headers nobody's browser waits
        time.sleep(_HEAD_START_S)
