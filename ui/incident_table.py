"""The map's text twin: the same incidents as a table that sorts, with a row to choose."""

from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.filters import Filters
from geo.table import IncidentTable
from geo.wording import range_words
from ui.row_choice import chosen_row, remember_rows
from ui.state import choose_incident

_KEY: Final = "incident-table"


def incident_table(filters: Filters, table: IncidentTable) -> None:
    """Draw the chosen incidents, latest first; choosing a row opens its card."""
    rows = table.select(filters).iloc[::-1]
    st.dataframe(
        _shown(rows),
        key=_KEY,
        on_select=_row_chosen,
        selection_mode="single-row",
        hide_index=True,
        height=420,
        column_config={
            "Began": st.column_config.DateColumn(format="D MMM YYYY", width="small"),
            "Ended": st.column_config.DateColumn(format="D MMM YYYY", width="small"),
            "Incident": st.column_config.TextColumn(width="large"),
            "Killed": st.column_config.TextColumn(help=f"{table.rule.name}; * for the whole wider event"),
            "Killed, upper": st.column_config.NumberColumn(format="localized", help=f"{table.rule.name}; to sort by"),
            "Border km": st.column_config.NumberColumn(format="%.1f", help="To the nearer of the two borders"),
        },
        alt="The chosen incidents, latest first",
    )
    remember_rows(_KEY, rows.index)
    st.caption(
        f"Killed: {table.rule.name}; * for the whole wider event. Click a column's head to sort, "
        "a row to open its card."
    )


def _shown(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Began": rows["date_start"],
            "Ended": rows["date_end"],
            "Incident": rows["title"],
            "Category": rows["category"],
            "Subtype": rows["subtype"].str.replace("_", " "),
            "Status": rows["status"],
            "Place": rows["place"],
            "Province": rows["province"].fillna("several or not known"),
            "Country": rows["country"],
            "Known to": rows["location_precision"].str.replace("_", " "),
            "Killed": [_killed(row) for row in rows.itertuples()],
            "Killed, upper": rows["killed_high"],
            "Border km": rows["border_km"],
            "Claims": rows["claims"],
            "Sources": rows["sources"],
        }
    )


def _killed(row: Any) -> str:
    if pd.isna(row.killed_low):
        return ""
    mark = "*" if row.killed_scope == "group" else ""
    return range_words(int(row.killed_low), int(row.killed_high), or_more=bool(row.killed_or_more)) + mark


def _row_chosen() -> None:
    incident_id = chosen_row(_KEY)
    if incident_id:
        choose_incident(incident_id)
