"""How reliable the selected incidents are, and what the record does not cover."""

import streamlit as st

from geo.language.messages import say
from ui.parts.page_frame import nothing_of_record, record_header
from ui.quality_view import (
    coverage_section,
    delay_section,
    excluded_section,
    ground_section,
    precision_section,
    quality_downloads,
    quality_numbers,
    similar_section,
    sources_section,
    speakers_section,
    store_section,
)
from ui.resources import resources
from ui.state import current_filters

filters = current_filters()
found = resources()
record = found.of_record()
table = record.table
incidents = table.selected(filters)

if record_header(say("page-quality"), filters, found):
    quality_numbers(incidents, table.claimants)
    coverage_section(filters, table, record.boundaries)
    ground_section(filters, record)
    precision_section(incidents, total=len(table))
    speakers_section(incidents, table.claimants, total=len(table))
    sources_section(filters, record)
    similar_section(incidents, table)
    delay_section(incidents, total=len(table))
    quality_downloads(filters, record)
else:
    nothing_of_record(filters, found)
st.divider()
store_section(record)
excluded_section()
