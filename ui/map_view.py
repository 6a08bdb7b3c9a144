"""The map in the page: mounted once, told what to show, asked what was clicked."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from geo.viewport import BBox
from geo.webmap import BaseMap, marks_layer
from ui.scheme import scheme


def static_root() -> str:
    """Return the path under which the browser finds `static/`."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/app/static" if base else "/app/static"


def map_view(  # noqa: PLR0913  # all but the first by name
    marks: dict[str, Any],
    *,
    key: str,
    label: str,
    on_choose: Callable[[str], None],
    function: str = "show",
    height_px: int | None = None,
    view: BBox | None = None,
) -> None:
    """Draw the map; `on_choose` is called with the id of what somebody chooses on it, before the script runs again.

    `function` of `static/map/` draws the marks; without `height_px` the map takes a share of the page's height,
    without `view` it first shows the whole region. The base map is the same text on every run and the marks are equal
    byte for byte for equal choices, so that the browser never mounts the map again and swaps only what changed.
    """

    def chosen() -> None:
        drawing = (st.session_state.get(key) or {}).get("last_active_drawing") or {}
        chosen_id = (drawing.get("properties") or {}).get("id")
        if isinstance(chosen_id, str):
            on_choose(chosen_id)

    st_folium(
        BaseMap(static_root(), label=label, height_px=height_px, view=view),
        key=key,
        height=height_px or 560,
        use_container_width=True,
        feature_group_to_add=marks_layer(marks | {"scheme": scheme()}, function=function),
        returned_objects=["last_active_drawing"],
        on_change=chosen,
    )
