"""The incidents in time: how long each lasted as far as is known, in lanes, with the card beside them."""

import streamlit as st

from geo.table import MANY
from geo.timeline import lanes_of
from geo.wording import count_words
from ui.header import nothing_chosen, page_header, report_faults
from ui.incident_table import incident_table
from ui.months import months_chart
from ui.resources import resources
from ui.state import current_filters
from ui.timeline_table import timeline_table
from ui.timeline_view import lanes_choice, timeline_view

filters = current_filters()
found = resources()

report_faults(found.faults)
chosen = page_header("Incidents in time", filters, found.table, found.boundaries)
by, whole = lanes_choice(), found.table.whole(filters)
if chosen:
    timeline_view(filters, by)
    st.caption(
        f"{chosen:,} of {count_words(whole, 'incident')} shown. Not on this timeline: "
        f"{whole - chosen:,} filtered out. An incident belongs to the day it began; "
        "without an end on record nothing is drawn to a later day."
    )
else:
    nothing_chosen(filters, found.table, found.faults)
months_chart(filters, found.table)
if chosen > MANY:
    incident_table(filters, found.table)
elif chosen:
    timeline_table(lanes_of(found.table.selected(filters), by))
