"""The report figure on its page: the picture, and the button that writes the file."""

from datetime import date
from functools import partial
from typing import Final

import streamlit as st

from geo.figure import FigureOptions, file_name, preview, write_figure
from geo.filters import Filters
from ui.resources import resources

_PREVIEW_PX: Final = 1500
"""Along the longer side."""


def figure_preview(filters: Filters, options: FigureOptions) -> None:
    """Draw the figure as it will be written."""
    with st.spinner("Drawing the figure …", show_time=False):
        picture = _preview(filters, options, resources().table.version, _today())
    found = resources()
    names = found.boundaries.provinces["province"].to_dict()
    alt = f"Map for print. {filters.describe(names)}: {found.table.count(filters):,} incidents."
    st.image(picture, width="stretch", alt=alt)


def figure_download(filters: Filters, options: FigureOptions) -> None:
    """Draw the button that writes the figure when somebody asks for it."""
    found = resources()
    st.download_button(
        f"Download {options.format.upper()}",
        data=partial(_file, filters, options, found.table.version, _today()),
        file_name=file_name(filters, found.table, found.boundaries, options),
        mime=options.format.mime,
        key="figure-download",
        on_click="ignore",
        type="primary",
        icon=":material/download:",
        width="stretch",
    )


@st.cache_data(max_entries=24, show_spinner=False)
def _preview(filters: Filters, options: FigureOptions, version: str, day: date) -> bytes:
    """Draw, which takes up to a second; `version` and `day`, which the figure names, are part of the cache's key."""
    del version, day
    found, paper = resources(), options.size.paper
    dpi = round(_PREVIEW_PX / max(paper.width_mm, paper.height_mm) * 25.4)
    return preview(filters, found.table, found.boundaries, dpi=dpi, options=options)


@st.cache_data(max_entries=8, show_spinner="Writing the figure …")
def _file(filters: Filters, options: FigureOptions, version: str, day: date) -> bytes:
    """Write the file, which takes up to two seconds."""
    del version, day
    found = resources()
    asked = {name: getattr(options, name) for name in options.__dataclass_fields__}
    return write_figure(filters, found.table, found.boundaries, **asked)


def _today() -> date:
    return date.today()  # noqa: DTZ011  # the day where the person is
