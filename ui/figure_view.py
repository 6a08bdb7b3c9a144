"""The page of the report figure: its options, a preview, and the download button."""

from datetime import date
from functools import partial
from typing import Any, Final

import streamlit as st

from geo.figure.drawing import figure_name, preview, write_figure
from geo.figure.options import (
    EXTENTS,
    LONGEST,
    USUAL_DPI,
    FigureFormat,
    FigureOptions,
    FigureSize,
    Style,
    TypeSize,
    around_provinces,
    extent_of,
    extent_words,
    usual_extent,
)
from geo.figure.panels import default_title
from geo.language.messages import say
from geo.places.boundaries import Boundaries, boundaries
from geo.places.plane import BBox
from geo.selection import Filters
from geo.table.incident_table import IncidentTable, choice_words
from ui.parts.components import save_button
from ui.resources import resources
from ui.state import MAP_VIEW_KEY, note_ignored, value_in_url

# Options.

_ALWAYS: Final = tuple(name for name in EXTENTS if name != "provinces")
"""Extents that are offered even if no province is selected."""
_VIEW: Final = "view"
_RESOLUTIONS: Final = (150, 200, USUAL_DPI, 400, 600)


def figure_options(filters: Filters, table: IncidentTable, layers: Boundaries) -> FigureOptions:
    """Draw the widgets of the options and return their values."""
    size = st.selectbox(
        say("figure-paper"), list(FigureSize), format_func=lambda s: s.words, key="figure-size", persist_state="session"
    )
    style = st.segmented_control(
        say("figure-style"),
        list(Style),
        format_func=lambda s: s.label,
        default=Style.COLOUR,
        required=True,
        key="figure-style",
        persist_state="session",
        help=say("figure-style-help"),
    )
    size_of_type = st.segmented_control(
        say("figure-type"),
        list(TypeSize),
        default=TypeSize.MEDIUM,
        required=True,
        key="figure-type",
        persist_state="session",
        help=say("figure-type-help"),
    )
    view = _extent(filters, table, layers)
    rest: dict[str, Any] = dict(_texts(filters, table, layers))
    file_format = _format()
    dpi, outlines = _of_format(file_format)
    parts = {"legend": say("figure-legend"), "key": say("figure-key"), "inset": say("figure-inset")}
    for name, label in parts.items():
        rest[name] = st.toggle(label, value=True, key=f"figure-{name}", persist_state="session")
    return FigureOptions(
        size=size or FigureSize.A4_LANDSCAPE,
        style=style,
        type=size_of_type,
        view=view,
        format=file_format,
        dpi=dpi,
        outlines=outlines,
        **rest,
    )


def _of_format(file_format: FigureFormat) -> tuple[int, bool]:
    """Draw the options of a file format; return resolution and whether letters are outlines."""
    if file_format is FigureFormat.SVG:
        outlines = st.toggle(
            say("figure-outlines"), key="figure-outlines", persist_state="session", help=say("figure-outlines-help")
        )
        return USUAL_DPI, outlines
    dpi = st.select_slider(
        say("figure-resolution"),
        _RESOLUTIONS,
        value=USUAL_DPI,
        key="figure-dpi",
        persist_state="session",
        disabled=file_format is not FigureFormat.PNG,
        help=say("figure-resolution-help"),
    )
    return dpi, False


def _texts(filters: Filters, table: IncidentTable, layers: Boundaries) -> dict[str, str]:
    """Draw the fields for text around the map; those left empty use the default."""
    title = _text("title", say("column-title"), say("figure-title-help"), default_title(filters, table, layers))
    with st.expander(say("figure-words")):
        subtitle = _text("subtitle", say("figure-subtitle"))
        caption = _text("caption", say("figure-caption"), say("figure-caption-help"))
        credit = _text("credit", say("figure-credited"), say("figure-credited-help"))
        source = _text("source", say("figure-source"), say("figure-source-help"))
    return {"title": title, "subtitle": subtitle, "caption": caption, "credit": credit, "source": source}


def _text(name: str, label: str, about: str | None = None, placeholder: str | None = None) -> str:
    return st.text_input(
        label,
        max_chars=LONGEST[name],
        placeholder=placeholder,
        key=f"figure-{name}",
        persist_state="session",
        help=about,
    )


def _extent(filters: Filters, table: IncidentTable, layers: Boundaries) -> BBox:
    provinces = layers.provinces["province"].sort_values().to_dict()
    seen = _seen_on_map()
    words = {_VIEW: say("figure-extent-view")} if seen else {}
    usual = usual_extent(filters, layers)
    words |= {name: extent_words(name) for name in EXTENTS if name in (usual, *_ALWAYS)}
    words |= {code: say("figure-province", name=name) for code, name in provinces.items()}
    chosen = st.selectbox(
        say("figure-extent"),
        list(words),
        index=list(words).index(_VIEW if seen else usual),
        format_func=words.__getitem__,
        key="figure-extent",
        persist_state="session",
        help=say("figure-extent-help"),
    )
    if seen and chosen == _VIEW:
        return seen
    return EXTENTS[chosen](filters, table, layers) if chosen in EXTENTS else around_provinces([chosen], layers)


def _seen_on_map() -> BBox | None:
    """Return what the map showed when this page was opened; None if it had not been moved, or for an invalid box."""
    view = value_in_url(MAP_VIEW_KEY)
    try:
        return None if view is None else extent_of(view)
    except ValueError:
        note_ignored(MAP_VIEW_KEY)
        return None


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


# Preview and download.

MadeOf = tuple[str, str, date]
"""Data version, code of the rule, and day, which a figure states besides selection and options."""
_PREVIEW_PX: Final = 1460
"""Length of the longer side; Streamlit resamples wider images to this width."""


def figure_preview(filters: Filters, options: FigureOptions) -> None:
    """Draw a preview of the figure, with notes on what differs from the options."""
    found = resources()
    with st.spinner(say("figure-drawing"), show_time=False):
        picture, notes = _preview(filters, options, _made_of(found.table), found.table)
    words = choice_words(filters, found.table, found.boundaries)
    alt = say("figure-label", selection=words, incidents=found.table.count(filters))
    st.image(picture, width="stretch", alt=alt)
    if notes:
        st.caption(" ".join(notes))


def figure_download(filters: Filters, options: FigureOptions) -> None:
    """Draw the download button; the file is written only when requested."""
    found = resources()
    save_button(
        say("figure-download", upper=options.format.upper()),
        partial(_file, filters, options, _made_of(found.table), found.table),
        figure_name(filters, found.table, found.boundaries, options),
        options.format.mime,
        key="figure-download",
        width="stretch",
    )


@st.cache_data(max_entries=24, show_spinner=False)
def _preview(
    filters: Filters, options: FigureOptions, made_of: MadeOf, _table: IncidentTable
) -> tuple[bytes, tuple[str, ...]]:
    """Draw a preview; cached, as this takes up to a second. `made_of` is part of the cache key."""
    del made_of
    paper = options.size.paper
    dpi = int(_PREVIEW_PX / max(paper.width_mm, paper.height_mm) * 25.4)
    return preview(filters, _table, boundaries(), dpi=dpi, options=options)


@st.cache_data(max_entries=8, show_spinner=say("figure-writing"))
def _file(filters: Filters, options: FigureOptions, made_of: MadeOf, _table: IncidentTable) -> bytes:
    """Write the file; cached, as this takes up to two seconds."""
    del made_of
    return write_figure(filters, _table, boundaries(), options)[0]


def _made_of(table: IncidentTable) -> MadeOf:
    return table.version, table.rule.code, date.today()  # noqa: DTZ011  # local day
