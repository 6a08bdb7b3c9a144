"""The script that Streamlit runs for every visitor: page configuration, navigation, filter bar, current page."""

import streamlit as st

from geo.language.messages import say
from geo.render.web_map import STATIC_FOLDER
from ui.parts.filter_bar import tell_unknown
from ui.parts.page_frame import frame_style, map_first, page_list, report_faults, side_bar
from ui.resources import resources, settle, storage_errors_shown
from ui.state import address_bar, current_filters, note_page

st.set_page_config(page_title=say("program-name"), page_icon=str(STATIC_FOLDER / "favicon.png"), layout="wide")

sections = {
    "": [
        st.Page("../pages/explore/map.py", title=say("page-map"), icon=":material/map:", default=True),
        st.Page("../pages/explore/timeline.py", title=say("page-timeline"), icon=":material/view_timeline:"),
        st.Page("../pages/explore/provinces.py", title=say("page-provinces"), icon=":material/leaderboard:"),
        st.Page("../pages/report/figure.py", title=say("page-figure"), icon=":material/print:"),
    ],
    say("section-evidence"): [
        st.Page("../pages/evidence/who_says_what.py", title=say("page-who-says-what"), icon=":material/forum:"),
        st.Page("../pages/evidence/events.py", title=say("page-event-clusters"), icon=":material/event_note:"),
        st.Page("../pages/evidence/sources.py", title=say("column-sources"), icon=":material/library_books:"),
        st.Page("../pages/evidence/quality.py", title=say("page-quality"), icon=":material/fact_check:"),
        st.Page("../pages/evidence/changes.py", title=say("page-changes"), icon=":material/history:"),
    ],
    say("section-data"): [
        st.Page("../pages/data/datasets.py", title=say("page-datasets"), icon=":material/upload_file:"),
        st.Page("../pages/data/about.py", title=say("page-about"), icon=":material/info:"),
    ],
}
page = st.navigation(sections, position="top")
note_page(page.url_path)
address_bar()
page_list(sections, page.url_path)
found = resources()
room = st.sidebar.container()  # created early even if filled last, so that the page has its width from the start
note = st.container()
bar_last = map_first(page.url_path)
with note:
    report_faults(found)
with storage_errors_shown():
    if not bar_last:
        side_bar(found, room, note)
    frame_style(len(current_filters().active))
    page.run()
    if bar_last:
        side_bar(found, room, note)
    with note:
        tell_unknown()
settle(page.url_path)
