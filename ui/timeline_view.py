"""The timeline with the card beside it: as one fragment while each incident has a mark, so that choosing is quick."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

import streamlit as st

from geo.filters import Filters
from geo.incident import Incident
from geo.lane_counts import lane_counts
from geo.timeline import Form, LaneBy, extent, lanes_of, span_of
from geo.vocabulary import Category, DatePrecision, Status, to_show
from geo.wording import count_words
from ui.card import incident_card
from ui.event_view import open_asked_event
from ui.overview import overview
from ui.panel import panel, symbol
from ui.resources import Resources, resources
from ui.state import choose_incident, chosen_incident, set_period
from ui.storage import storage_told
from ui.timeline_chart import counts_chart, timeline_chart

MOST_MARKS: Final = 500
"""Above this many, lanes hold counts: a symbol for each would be a wall of colour."""
_KEY: Final = "timeline-chart"


def lanes_choice() -> LaneBy:
    """Draw the choice of lanes, which the link holds, and return it."""
    chosen = st.segmented_control(
        "Lanes by",
        [by.value for by in LaneBy],
        default=LaneBy.CATEGORY.value,
        key="lanes",
        bind="query-params",
    )
    return LaneBy(chosen or LaneBy.CATEGORY)


def timeline_view(filters: Filters, by: LaneBy) -> None:
    """Draw the chosen incidents in lanes and, beside them, the open card or the choice in numbers."""
    if resources().table.count(filters) > MOST_MARKS:
        _chart_and_card(filters, by)  # a column sets the period, which is everybody's: the whole page runs again
    else:
        st.fragment(storage_told()(_chart_and_card))(filters, by)


def _chart_and_card(filters: Filters, by: LaneBy) -> None:
    open_asked_event()
    found = resources()
    chosen = chosen_incident()
    beside_chart, beside_card = st.columns([2, 1], gap="small")
    with beside_chart:
        if found.table.count(filters) > MOST_MARKS:
            _counts(filters, found, by)
        else:
            _marks(filters, found, by, chosen)
    with beside_card:
        if chosen:
            incident_card(chosen, found.table, in_choice=found.table.holds(filters, chosen))
        else:
            overview(filters, found, where="in the chart")


def _marks(filters: Filters, found: Resources, by: LaneBy, chosen: str | None) -> None:
    incidents = found.table.selected(filters)
    _legend(incidents, {incident.category for incident in incidents}, columns="")
    timeline_chart(
        lanes_of(incidents, by),
        extent(incidents, filters),
        key=f"{_KEY}-marks",
        chosen=chosen,
        on_choose=choose_incident,
    )


def _counts(filters: Filters, found: Resources, by: LaneBy) -> None:
    counts = lane_counts(filters, found.table, found.boundaries, by)
    words = (
        f"Columns: incidents by the {counts.step} they began, the highest {counts.most:,}. "
        "Choose a column to see its period more closely."
    )
    _legend((), found.codes, columns=words)
    counts_chart(counts, key=f"{_KEY}-counts", on_choose=_choose_period)


def _choose_period(days: str) -> None:
    """Set the filters to the days of a column, as far as the filter bar offers them."""
    first, last = (date.fromisoformat(day) for day in days.split("/"))
    since, until = resources().days or (first, last)
    set_period(max(first, date(since.year, 1, 1)), min(last, date(until.year, 12, 31)))


def _legend(incidents: Sequence[Incident], categories: Collection[str], *, columns: str) -> None:
    open_ended = sum(span_of(incident).form is Form.OPEN for incident in incidents)
    bounded = sum(incident.date_precision is not DatePrecision.DAY for incident in incidents)
    panel(
        "timeline_legend.html",
        key="timeline-legend",
        on_choose=choose_incident,
        kinds=[(symbol(category, Status.REPORTED, 13), category.value) for category in to_show(Category, categories)],
        hollow=symbol(Category.CLASH, Status.DISPUTED, 13),
        columns=columns,
        open_ended=count_words(open_ended, "incident") if open_ended else "",
        bounded=count_words(bounded, "incident") if bounded else "",
    )
