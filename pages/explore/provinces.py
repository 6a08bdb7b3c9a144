"""The incidents by province: choropleth, profiles, tables, files."""

import streamlit as st

from geo.language.messages import say
from ui.parts.page_frame import page_header
from ui.province_view import (
    counted_provinces,
    map_and_profiles,
    map_choice,
    province_choice_widget,
    province_downloads,
    province_pivot,
    province_table,
)
from ui.resources import resources
from ui.state import current_filters

filters = current_filters()
found = resources()
table, layers = found.table, found.boundaries

chosen = page_header(say("title-provinces"), filters, found)
provinces = counted_provinces(filters, found)
with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
    choice = map_choice()
    province_choice_widget(layers)
map_and_profiles(provinces, choice, filters, found)
if chosen:
    province_table(provinces, filters, found)
    province_pivot(filters, found)
    province_downloads(filters, table, layers)
