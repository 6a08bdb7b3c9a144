"""The incidents on the map, with who claims what, by month, and as a table."""

import streamlit as st

from geo.boundaries import BOUNDARY_NOTE
from geo.left_out import left_out
from ui.explorer import map_and_card
from ui.header import nothing_chosen, page_header, report_faults
from ui.incident_table import incident_table
from ui.map_first import head_start
from ui.months import months_chart
from ui.resources import resources
from ui.state import current_filters

filters = current_filters()
found = resources()

report_faults(found.faults)
chosen = page_header("Incidents on the map", filters, found.table, found.boundaries)
if not chosen:
    nothing_chosen(filters, found.table, found.faults)
map_and_card(filters)
head_start(chosen)
st.caption(f"{left_out(filters, found.table, found.boundaries).sentences()} {BOUNDARY_NOTE}")
months_chart(filters, found.table)
incident_table(filters, found.table)
