"""What Streamlit's theme cannot say: less air over the title, and a named button for the filters."""

from pathlib import Path
from typing import Final

import streamlit as st

_STYLE: Final = (Path(__file__).parent / "frame.css").read_text("utf-8")


def frame_style(active_filters: int) -> None:
    """Style the frame; on a narrow screen the button that opens the filter bar tells how many filters are set."""
    name = f"Filters · {active_filters} set" if active_filters else "Filters"
    st.html(f"<style>{_STYLE}\n:root {{ --filters-button: '{name}'; }}</style>")
