"""What the report figure can be asked to be, as widgets."""

from typing import Final

import streamlit as st

from geo.boundaries import Boundaries
from geo.figure import (
    STANDING_TITLE,
    FigureFormat,
    FigureOptions,
    FigureSize,
    around_choice,
    around_province,
)
from geo.figure.options import LONGEST_TITLE
from geo.filters import Filters
from geo.table import IncidentTable
from geo.viewport import BBox

_REGION, _FITTED = "region", "fitted"
_EXTENTS: Final = {_REGION: "The three countries whole", _FITTED: "Fit to the chosen incidents"}
_RESOLUTIONS: Final = (150, 200, 300, 400, 600)


def figure_options(filters: Filters, table: IncidentTable, layers: Boundaries) -> FigureOptions:
    """Draw the options and return what they say."""
    title = _title()
    size = st.selectbox(
        "Paper", list(FigureSize), format_func=lambda s: s.words, key="figure-size", persist_state="session"
    )
    view = _extent(filters, table, layers)
    file_format = _format()
    dpi = st.select_slider(
        "Resolution, dots per inch",
        _RESOLUTIONS,
        value=300,
        key="figure-dpi",
        persist_state="session",
        disabled=file_format is not FigureFormat.PNG,
        help="Of a PNG; SVG and PDF are drawn anew at every size",
    )
    legend = st.toggle("Legend", value=True, key="figure-legend", persist_state="session")
    inset = st.toggle("Inset map", value=True, key="figure-inset", persist_state="session")
    return FigureOptions(
        size=size or FigureSize.A4_LANDSCAPE,
        view=view,
        title=title,
        legend=legend,
        inset=inset,
        format=file_format,
        dpi=dpi,
    )


def _title() -> str:
    return st.text_input(
        "Title",
        max_chars=LONGEST_TITLE,
        placeholder=STANDING_TITLE,
        key="figure-title",
        persist_state="session",
        help="What the map shows, or what it finds; one or two lines",
    )


def _extent(filters: Filters, table: IncidentTable, layers: Boundaries) -> BBox | None:
    provinces = layers.provinces["province"].sort_values().to_dict()
    words = _EXTENTS | {code: f"Province: {name}" for code, name in provinces.items()}
    chosen = st.selectbox(
        "Extent",
        list(words),
        index=list(words).index(_FITTED),
        format_func=words.__getitem__,
        key="figure-extent",
        persist_state="session",
        help="Must be on the map; more is shown where the paper has room",
    )
    if chosen == _FITTED:
        return around_choice(filters, table, layers)
    return None if chosen == _REGION else around_province(chosen, layers)


def _format() -> FigureFormat:
    chosen = st.segmented_control(
        "File",
        list(FigureFormat),
        format_func=str.upper,
        default=FigureFormat.PNG,
        required=True,
        key="figure-format",
        persist_state="session",
        help="SVG: text stays text; PDF: fonts embedded",
    )
    return FigureFormat(chosen)
