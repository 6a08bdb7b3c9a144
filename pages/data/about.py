"""About the record: what it is, how it is made, its terms, what was not researched, and how to cite it."""

import streamlit as st

from geo.language.messages import say
from ui.quality_view import about
from ui.resources import resources
from ui.source_view import cite_view
from ui.state import current_filters

found = resources()

st.markdown(f"# {say('page-about')}")
about(found.of_record().table)
cite_view(current_filters(), found)
