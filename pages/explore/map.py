"""The incidents on the map with the card, by month, and as a table."""

import streamlit as st

from geo.aggregate.coverage import coverage
from geo.language.messages import period_words, say
from geo.places.boundaries import BOUNDARY_NOTE
from geo.render.left_out import left_out
from ui.map_and_months import map_and_card, months_chart, rules_compared
from ui.parts.page_frame import mixture_caption, page_header
from ui.parts.tables import incident_table
from ui.resources import resources
from ui.state import current_filters

filters = current_filters()
found = resources()

period = period_words(coverage().first_day, coverage().last_day)
introduction = say("map-introduction", period=period)
page_header(say("title-map"), filters, found, introduction=introduction)
map_and_card(filters)
counted = f"{left_out(filters, found.table).sentences()}{mixture_caption(filters, found.table)}"
st.caption(f"{counted} {BOUNDARY_NOTE}")
if found.table.count(filters):
    rules_compared(filters)
months_chart(filters, found)
incident_table(filters, found)
