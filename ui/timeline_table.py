"""The timeline's text twin: the same incidents lane by lane, with a row to choose."""

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from geo.describe import when
from geo.timeline import Lane, span_of
from ui.row_choice import chosen_row, remember_rows
from ui.state import choose_incident
from ui.timeline_chart import lane_name

_KEY: Final = "timeline-table"
_FORMS: Final = {"bar": "lasted", "open": "no end on record", "moment": ""}


def timeline_table(lanes: Sequence[Lane]) -> None:
    """Draw the incidents in lanes as rows; choosing a row opens its card."""
    placed = [(lane, incident) for lane in lanes for incident in lane.incidents]
    rows = pd.DataFrame(
        {
            "Lane": [lane_name(lane.name) for lane, _ in placed],
            "Began": [incident.date_start for _, incident in placed],
            "When": [when(incident) for _, incident in placed],
            "Lasted": [_FORMS[span_of(incident).form] for _, incident in placed],
            "Day known to the": [incident.date_precision.value for _, incident in placed],
            "Incident": [incident.title for _, incident in placed],
            "Category": [incident.category.value for _, incident in placed],
            "Status": [incident.status.value for _, incident in placed],
            "Place": [incident.place for _, incident in placed],
        }
    )
    st.dataframe(
        rows,
        key=_KEY,
        on_select=_row_chosen,
        selection_mode="single-row",
        hide_index=True,
        height=420,
        column_config={
            "Began": st.column_config.DateColumn(format="D MMM YYYY", width="small"),
            "Incident": st.column_config.TextColumn(width="large"),
        },
        alt="The incidents of the timeline, lane by lane, oldest first",
    )
    remember_rows(_KEY, (incident.id for _, incident in placed))
    st.caption("Click a column's head to sort, a row to open its card.")


def _row_chosen() -> None:
    incident_id = chosen_row(_KEY)
    if incident_id:
        choose_incident(incident_id)
