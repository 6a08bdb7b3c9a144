"""The incidents by province: map, profiles, tables, files."""

import streamlit as st

from geo.aggregate import by_province, by_quarter, without_province
from ui.header import nothing_chosen, page_header, report_faults
from ui.many import dataset_names
from ui.province_choice import map_choice
from ui.province_downloads import province_downloads
from ui.province_pivot import province_pivot
from ui.province_table import province_table
from ui.province_view import open_asked_incident, province_choice_widget, province_view
from ui.resources import resources
from ui.state import current_filters

open_asked_incident()
filters = current_filters()
found = resources()
table, layers = found.table, found.boundaries

report_faults(found.faults)
chosen = page_header("Incidents by province", filters, table, layers)
if not chosen:
    nothing_chosen(filters, table, found.faults)
provinces = by_province(filters, table, layers)
with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
    choice = map_choice()
    province_choice_widget(layers)
province_view(provinces, choice, filters, found)
if chosen:
    apart, trend = without_province(filters, table, layers), by_quarter(filters, table)
    province_table(provinces, apart, trend, table.rule, dataset_names(found))
    province_pivot(filters, table, layers)
    province_downloads(filters, table, layers)
