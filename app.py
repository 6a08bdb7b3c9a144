"""The frame: page config, navigation, the filter bar that every page obeys, and the page."""

import streamlit as st

from ui.frame import frame_style
from ui.garbage import settle
from ui.map_first import map_first
from ui.resources import resources
from ui.side_bar import side_bar
from ui.state import current_filters, note_page
from ui.storage import storage_told

st.set_page_config(page_title="Incident map", page_icon="static/favicon.png", layout="wide")

page = st.navigation(
    {
        "": [
            st.Page("pages/explore/map.py", title="Map", icon=":material/map:", default=True),
            st.Page("pages/explore/timeline.py", title="Timeline", icon=":material/view_timeline:"),
            st.Page("pages/explore/provinces.py", title="Provinces", icon=":material/leaderboard:"),
            st.Page("pages/report/figure.py", title="Figure", icon=":material/print:"),
        ],
        "Evidence": [
            st.Page("pages/evidence/who_says_what.py", title="Who says what", icon=":material/forum:"),
            st.Page("pages/evidence/events.py", title="Events", icon=":material/event_note:"),
            st.Page("pages/evidence/sources.py", title="Sources", icon=":material/library_books:"),
            st.Page("pages/evidence/quality.py", title="Data quality", icon=":material/fact_check:"),
            st.Page("pages/evidence/changes.py", title="Changes", icon=":material/history:"),
        ],
        "Data": [
            st.Page("pages/data/datasets.py", title="Your data", icon=":material/upload_file:"),
        ],
    },
    position="top",
)
note_page(page.url_path)
found = resources()
room = st.sidebar.container()  # also where it is filled last: the page has its width from the start
note = st.container()
bar_last = map_first(page.url_path)
if not bar_last:
    side_bar(found, room, note)
frame_style(len(current_filters().active))
with storage_told():
    page.run()
if bar_last:
    side_bar(found, room, note)
settle(page.url_path)
