"""The report figure: a print map of the selection, with its options."""

import streamlit as st

from geo.language.messages import say
from ui.figure_view import figure_download, figure_options, figure_preview
from ui.parts.page_frame import page_header
from ui.resources import resources
from ui.state import current_filters

filters = current_filters()
found = resources()

page_header(say("title-figure"), filters, found)
beside_picture, beside_options = st.columns([11, 5], gap="medium")
with beside_options:
    options = figure_options(filters, found.table, found.boundaries)
    figure_download(filters, options)
with beside_picture:
    figure_preview(filters, options)
