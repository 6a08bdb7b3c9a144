"""The report figure on its page: what it can be asked to be, the picture, and the button that writes the file."""

from datetime import date
from functools import partial
from typing import Final

import streamlit as st

from geo.figure.drawing import file_name, preview, write_figure
from geo.figure.options import LONGEST_TITLE, FigureFormat, FigureOptions, FigureSize, around_choice, around_province
from geo.figure.panels import STANDING_TITLE
from geo.language.messages import say
from geo.places.boundaries import Boundaries, boundaries
from geo.places.plane import BBox
from geo.selection.filters import Filters
from geo.table.incident_table import IncidentTable
from geo.table.selection_in_words import choice_words
from ui.parts.components import save_button
from ui.resources import resources

# What the report figure can be asked to be, as widgets.

_REGION, _FITTED = "region", "fitted"
_EXTENTS: Final = {_REGION: say("figure-whole-region"), _FITTED: say("figure-fitted")}
_RESOLUTIONS: Final = (150, 200, 300, 400, 600)


def figure_options(filters: Filters, table: IncidentTable, layers: Boundaries) -> FigureOptions:
    """Draw the options and return what they say."""
    title = _title()
    size = st.selectbox(
        say("figure-paper"), list(FigureSize), format_func=lambda s: s.words, key="figure-size", persist_state="session"
    )
    view = _extent(filters, table, layers)
    file_format = _format()
    dpi = st.select_slider(
        say("figure-resolution"),
        _RESOLUTIONS,
        value=300,
        key="figure-dpi",
        persist_state="session",
        disabled=file_format is not FigureFormat.PNG,
        help=say("figure-resolution-help"),
    )
    legend = st.toggle(say("figure-legend"), value=True, key="figure-legend", persist_state="session")
    inset = st.toggle(say("figure-inset"), value=True, key="figure-inset", persist_state="session")
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
        say("column-title"),
        max_chars=LONGEST_TITLE,
        placeholder=STANDING_TITLE,
        key="figure-title",
        persist_state="session",
        help=say("figure-title-help"),
    )


def _extent(filters: Filters, table: IncidentTable, layers: Boundaries) -> BBox | None:
    provinces = layers.provinces["province"].sort_values().to_dict()
    words = _EXTENTS | {code: say("figure-province", name=name) for code, name in provinces.items()}
    chosen = st.selectbox(
        say("figure-extent"),
        list(words),
        index=list(words).index(_FITTED),
        format_func=words.__getitem__,
        key="figure-extent",
        persist_state="session",
        help=say("figure-extent-help"),
    )
    if chosen == _FITTED:
        return around_choice(filters, table, layers)
    return None if chosen == _REGION else around_province(chosen, layers)


def _format() -> FigureFormat:
    chosen = st.segmented_control(
        say("figure-file"),
        list(FigureFormat),
        format_func=str.upper,
        default=FigureFormat.PNG,
        required=True,
        key="figure-format",
        persist_state="session",
        help=say("figure-file-help"),
    )
    return FigureFormat(chosen)


# The report figure on its page: the picture, and the button that writes the file.

MadeOf = tuple[str, str, date]
"""Version of the data, code of the rule, day: what a figure names beside the selection and the options."""
_PREVIEW_PX: Final = 1460
"""Along the longer side; Streamlit draws a wider picture anew, at this width."""


def figure_preview(filters: Filters, options: FigureOptions) -> None:
    """Draw the figure as it will be written."""
    found = resources()
    with st.spinner(say("figure-drawing"), show_time=False):
        picture = _preview(filters, options, _made_of(found.table), found.table)
    words = choice_words(filters, found.table, found.boundaries)
    alt = say("figure-label", selection=words, incidents=found.table.count(filters))
    st.image(picture, width="stretch", alt=alt)


def figure_download(filters: Filters, options: FigureOptions) -> None:
    """Draw the button that writes the figure when somebody asks for it."""
    found = resources()
    save_button(
        say("figure-download", upper=options.format.upper()),
        partial(_file, filters, options, _made_of(found.table), found.table),
        file_name(filters, found.table, found.boundaries, options),
        options.format.mime,
        key="figure-download",
        width="stretch",
    )


@st.cache_data(max_entries=24, show_spinner=False)
def _preview(filters: Filters, options: FigureOptions, made_of: MadeOf, _table: IncidentTable) -> bytes:
    """Draw, which takes up to a second; `made_of`, which the figure names, is part of the cache's key."""
    del made_of
    paper = options.size.paper
    dpi = int(_PREVIEW_PX / max(paper.width_mm, paper.height_mm) * 25.4)
    return preview(filters, _table, boundaries(), dpi=dpi, options=options)


@st.cache_data(max_entries=8, show_spinner=say("figure-writing"))
def _file(filters: Filters, options: FigureOptions, made_of: MadeOf, _table: IncidentTable) -> bytes:
    """Write the file, which takes up to two seconds."""
    del made_of
    asked = {name: getattr(options, name) for name in options.__dataclass_fields__}
    return write_figure(filters, _table, boundaries(), **asked)


def _made_of(table: IncidentTable) -> MadeOf:
    return table.version, table.rule.code, date.today()  # noqa: DTZ011  # the day where the person is
