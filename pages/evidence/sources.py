"""The sources of the selected incidents, what rests on each, and how to cite them and the selection."""

import streamlit as st

from geo.language.messages import say
from ui.parts.page_frame import nothing_of_record, record_header
from ui.resources import resources
from ui.source_view import cite_view, cited, source_choice, source_downloads, source_panel, source_table
from ui.state import SOURCE_KEY, current_filters, value_in_url

filters = current_filters()
found = resources()
record = found.of_record()
table = record.table

if record_header(say("column-sources"), filters, found):
    everything = cited(filters, record)
    sources = source_choice(everything)
    beside_table, beside_panel = st.columns([2, 1], gap="small")
    with beside_table:
        source_table(sources, everything=len(everything), opened=value_in_url(SOURCE_KEY))
    with beside_panel:
        source_panel(sources, value_in_url(SOURCE_KEY), table)
    source_downloads(sources, filters, table.version)
else:
    nothing_of_record(filters, found)
cite_view(filters, found)
