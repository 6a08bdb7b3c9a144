"""The report figure on its page: the picture, and the button that writes the file."""

from datetime import date
from functools import partial
from typing import Final

import streamlit as st

from geo.boundaries import boundaries
from geo.choice import choice_words
from geo.figure import FigureOptions, file_name, preview, write_figure
from geo.filters import Filters
from geo.table import IncidentTable
from ui.resources import resources

MadeOf = tuple[str, str, date]
"""Version of the data, code of the rule, day: what a figure names beside the choice and the options."""
_PREVIEW_PX: Final = 1500
"""Along the longer side."""


def figure_preview(filters: Filters, options: FigureOptions) -> None:
    """Draw the figure as it will be written."""
    found = resources()
    with st.spinner("Drawing the figure …", show_time=False):
        picture = _preview(filters, options, _made_of(found.table), found.table)
    words = choice_words(filters, found.table, found.boundaries)
    alt = f"Map for print. {words}: {found.table.count(filters):,} incidents."
    st.image(picture, width="stretch", alt=alt)


def figure_download(filters: Filters, options: FigureOptions) -> None:
    """Draw the button that writes the figure when somebody asks for it."""
    found = resources()
    st.download_button(
        f"Download {options.format.upper()}",
        data=partial(_file, filters, options, _made_of(found.table), found.table),
        file_name=file_name(filters, found.table, found.boundaries, options),
        mime=options.format.mime,
        key="figure-download",
        on_click="ignore",
        icon=":material/download:",
        width="stretch",
    )


@st.cache_data(max_entries=24, show_spinner=False)
def _preview(filters: Filters, options: FigureOptions, made_of: MadeOf, _table: IncidentTable) -> bytes:
    """Draw, which takes up to a second; `made_of`, which the figure names, is part of the cache's key."""
    del made_of
    paper = options.size.paper
    dpi = round(_PREVIEW_PX / max(paper.width_mm, paper.height_mm) * 25.4)
    return preview(filters, _table, boundaries(), dpi=dpi, options=options)


@st.cache_data(max_entries=8, show_spinner="Writing the figure …")
def _file(filters: Filters, options: FigureOptions, made_of: MadeOf, _table: IncidentTable) -> bytes:
    """Write the file, which takes up to two seconds."""
    del made_of
    asked = {name: getattr(options, name) for name in options.__dataclass_fields__}
    return write_figure(filters, _table, boundaries(), **asked)


def _made_of(table: IncidentTable) -> MadeOf:
    return table.version, table.rule.code, date.today()  # noqa: DTZ011  # the day where the person is
