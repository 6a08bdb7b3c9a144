"""The incidents on the map, with who claims what, by month, and as a table."""

import streamlit as st

from geo.boundaries import BOUNDARY_NOTE
from ui.explorer import map_and_card
from ui.header import nothing_chosen, page_header, report_faults
from ui.incident_table import incident_table
from ui.months import months_chart
from ui.not_on_map import not_on_map
from ui.resources import resources
from ui.state import current_filters

filters = current_filters()
found = resources()

report_faults(found.faults)
if not page_header("Incidents on the map", filters, found.table, found.boundaries):
    nothing_chosen(filters)
map_and_card(filters)
st.caption(f"{not_on_map(filters, found.table)} {BOUNDARY_NOTE}")
months_chart(filters, found.table)
incident_table(filters, found.table)
