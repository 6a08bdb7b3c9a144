"""What could not be done on the page of datasets, told once."""

import streamlit as st

from ui.data_desk import desk
from ui.plain_text import plain


def tell_trouble() -> None:
    """Say why what was asked for last could not be done, if so."""
    on = desk()
    if on.trouble:
        st.error(plain(on.trouble))
        on.trouble = None
