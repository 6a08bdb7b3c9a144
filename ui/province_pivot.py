"""The same counts by year and by category, as tables that add up."""

from typing import Final

import pandas as pd
import streamlit as st

from geo.aggregate import by_period, pivot
from geo.boundaries import Boundaries
from geo.filters import Filters
from geo.table import IncidentTable

_LAYOUTS: Final = {
    "Province by year": ("province_code", "period"),
    "Province by category": ("province_code", "category"),
    "Year by category": ("period", "category"),
}
_HEADS: Final = {"province_code": "Province", "period": "Year"}


def province_pivot(filters: Filters, table: IncidentTable, layers: Boundaries) -> pd.DataFrame:
    """Draw one of the tables and return it; its last row and column add the others up."""
    st.markdown("## By year and by category")
    layout = st.segmented_control(
        "Table", list(_LAYOUTS), default=next(iter(_LAYOUTS)), key="province-pivot", label_visibility="collapsed"
    )
    rows, columns = _LAYOUTS[layout or next(iter(_LAYOUTS))]
    counts = by_period(filters, table, period="year")
    shown = pivot(counts, rows, columns, names=layers.provinces_in_countries())
    st.dataframe(
        shown.rename_axis(_HEADS[rows]),
        height="content",
        width="content",
        alt=f"Incidents, {(layout or '').lower()}",
    )
    st.caption("Incidents, each in the year it began. The last row and column add the others up.")
    return shown.rename_axis(_HEADS[rows]).reset_index()
