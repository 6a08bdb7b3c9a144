"""The frame: page config, navigation, the filter bar that every page obeys, then the page."""

import streamlit as st

from ui.filter_bar import filter_actions, filter_bar
from ui.frame import frame_style
from ui.resources import resources
from ui.state import page_changed

st.set_page_config(page_title="Incident map", page_icon="static/favicon.png", layout="wide")

page = st.navigation(
    {
        "": [
            st.Page("pages/explore/map.py", title="Map", icon=":material/map:", default=True),
            st.Page("pages/explore/provinces.py", title="Provinces", icon=":material/leaderboard:"),
            st.Page("pages/report/figure.py", title="Figure", icon=":material/print:"),
        ],
    },
    position="top",
)
found = resources()
with st.sidebar:
    filters = filter_bar(found.table, found.boundaries, page_changed=page_changed(page.url_path))
    filter_actions(filters)
frame_style(len(filters.active))
page.run()
