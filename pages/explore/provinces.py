"""The incidents by province: map, profiles, tables, files."""

import streamlit as st

from geo.aggregate.by_period import by_quarter
from geo.aggregate.by_province import by_province, without_province
from geo.language.messages import say
from ui.parts.header import page_header
from ui.province_view import (
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
provinces = by_province(filters, table, layers)
with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
    choice = map_choice()
    province_choice_widget(layers)
map_and_profiles(provinces, choice, filters, found)
if chosen:
    apart, trend = without_province(filters, table), by_quarter(filters, table)
    province_table(provinces, apart, trend, filters, table)
    province_pivot(filters, table, layers)
    province_downloads(filters, table, layers)
