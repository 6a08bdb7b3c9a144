"""The frame around every page: the bar beside it, and what a new visitor sees first."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.language.messages import say
from geo.symbology.symbols import DARK, LIGHT
from ui.parts.filter_bar import asked_by_link, filter_actions, filter_bar, rule_switch, tell_ignored
from ui.resources import Resources
from ui.state import FILTER_KEYS, RULE_KEY, filter_bar_drawn

# What Streamlit's theme cannot say: less air over the title, and a named button for the filters.

_STYLE: Final = (Path(__file__).parent / "page_frame.css").read_text("utf-8")


def frame_style(active_filters: int) -> None:
    """Style the frame; on a narrow screen the button that opens the filter bar tells how many filters are set."""
    name = say("frame-filters-set", count=active_filters) if active_filters else say("frame-filters")
    names = f"--filters-button: '{name}'; --on-primary: light-dark({LIGHT.paper}, {DARK.paper});"
    st.html(f"<style>{_STYLE}\n:root {{ {names} }}</style>")


# The pages by a button of their own on a narrow screen, where Streamlit puts the navigation away with the filters.

_PARTS: Final = Path(__file__).parent
_PAGE_LIST: Final = st.components.v2.component(
    "incident_map_page_list",
    html="<details><summary></summary><nav><ul></ul></nav></details>",
    css=(_PARTS / "page_list.css").read_text("utf-8"),
    js=(_PARTS / "page_list.js").read_text("utf-8"),
)


def page_list(sections: Mapping[str, Sequence[st.Page]], here: str) -> None:
    """Draw the button, and behind it a link to each page that keeps the selection; a wide screen does not show it."""
    pages = [
        {"title": page.title, "path": page.url_path, "section": "" if number else section}
        for section, pages in sections.items()
        for number, page in enumerate(pages)
    ]
    _PAGE_LIST(key="page-list", data={"label": say("frame-pages"), "pages": pages, "here": here})


# The bar beside every page: the filters, the rule, and what can be done with the selection.


def side_bar(found: Resources, room: DeltaGenerator, note: DeltaGenerator) -> None:
    """Draw the bar into the room it has, and note over the page what of the link it could not take."""
    asked = asked_by_link()
    with room:
        filters = filter_bar(found)
        rule_switch(found.rules)
        filter_actions(filters)
    with note:
        tell_ignored(asked)


# A new visitor who has chosen nothing sees the map first; the filter bar, which changes nothing on it then,
# follows.
# The map is drawn in a frame of its own, but by the same thread of the browser that puts the widgets and the table
# together. Sent together they make each other wait, and the map is there last.


def map_first(page: str) -> bool:
    """Tell whether a session begins on the map, by a link that chooses nothing."""
    return page == "" and not filter_bar_drawn() and not any(key in st.query_params for key in (*FILTER_KEYS, RULE_KEY))
