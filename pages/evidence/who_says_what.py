"""Who says what: the claimants, whom they contradict, and how far apart their figures are."""

import streamlit as st

from geo.language.messages import say
from ui.claimant_view import HOW_TO_READ, contradiction_view, months_apart, speaker_view, who_downloads, worked_example
from ui.parts.page_frame import nothing_of_record, record_header
from ui.resources import resources
from ui.state import current_filters

filters = current_filters()
found = resources()
record = found.of_record()
table = record.table

if record_header(say("page-who-says-what"), filters, found):
    st.markdown(HOW_TO_READ)
    against = contradiction_view(filters, record)
    worked_example(filters, table)
    speaker_view(table.selected(filters), table.claimants, against)
    months_apart(table.selected(filters), table)
    who_downloads(filters, table, record.boundaries)
else:
    nothing_of_record(filters, found)
