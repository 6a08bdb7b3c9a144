"""How far the chosen incidents can be trusted, and what the record does not hold."""

import streamlit as st

from ui.header import nothing_of_record, record_header, report_faults
from ui.province_view import open_asked_incident
from ui.quality_coverage import coverage_section
from ui.quality_delay import delay_section
from ui.quality_downloads import quality_downloads
from ui.quality_numbers import quality_numbers
from ui.quality_precision import precision_section
from ui.quality_sources import sources_section
from ui.quality_store import excluded_section, store_section
from ui.quality_voices import voices_section
from ui.resources import resources
from ui.state import current_filters

open_asked_incident()
filters = current_filters()
found = resources()
record = found.of_record()
table = record.table
incidents = table.selected(filters)

report_faults(found.faults)
if record_header("Data quality", filters, found):
    quality_numbers(incidents, table.claimants)
    coverage_section(filters, table)
    precision_section(incidents, total=len(table))
    voices_section(incidents, table.claimants, total=len(table))
    sources_section(incidents, table.incidents)
    delay_section(incidents, total=len(table))
    quality_downloads(filters, record)
else:
    nothing_of_record(filters, found)
st.divider()
store_section(record)
excluded_section()
