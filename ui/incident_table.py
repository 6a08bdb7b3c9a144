"""The map's text twin: the same incidents as a table that sorts, with a row to choose; many are paged through."""

from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.filters import Filters
from geo.table import IncidentTable, Sort
from geo.table_rows import CURATED
from geo.wording import range_words
from ui.resources import resources
from ui.row_choice import chosen_row, remember_rows
from ui.state import choose_incident, page_of_rows
from ui.storage import storage_told

PAGE_ROWS: Final = 100
WHOLE_ROWS: Final = 500
"""More are paged through: a thousand rows are as many bytes as all else that a new choice sends."""
_KEY: Final = "incident-table"
_SORTS: Final = {
    Sort.NEWEST: "latest first",
    Sort.OLDEST: "earliest first",
    Sort.DEADLIEST: "most killed first",
}


def incident_table(filters: Filters, table: IncidentTable) -> None:
    """Draw the chosen incidents, latest first; choosing a row opens its card."""
    total = table.count(filters)
    if total > WHOLE_ROWS:
        _pages(filters, total)
        return
    _rows(table.select(filters).iloc[::-1], table, alt="The chosen incidents, latest first", height_px=420)
    st.caption(f"{_about_killed(table)} Click a column's head to sort, a row to open its card.")


@st.fragment
@storage_told()
def _pages(filters: Filters, total: int) -> None:
    """Draw a page of the chosen incidents; turning it reruns nothing else."""
    table = resources().table
    pages = -(-total // PAGE_ROWS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        sort = st.selectbox("Order", list(_SORTS), format_func=_SORTS.__getitem__, key=f"{_KEY}-order", width=190)
        key = page_of_rows(_KEY, f"{sort} {filters.to_query()}", pages)
        page = int(st.number_input(f"Page, of {pages:,}", 1, pages, key=key, width=190))
        first = (page - 1) * PAGE_ROWS
        st.markdown(f"Incidents {first + 1:,}–{min(first + PAGE_ROWS, total):,} of {total:,}")
    rows = table.page(filters, offset=first, limit=PAGE_ROWS, sort=sort)
    _rows(rows, table, alt=f"Page {page:,} of the chosen incidents, {_SORTS[sort]}", height_px=420)
    st.caption(f"{_about_killed(table)} Click a row to open its card; a column's head sorts this page only.")


def _rows(rows: pd.DataFrame, table: IncidentTable, *, alt: str, height_px: int) -> None:
    st.dataframe(
        _shown(rows),
        key=_KEY,
        on_select=_row_chosen,
        selection_mode="single-row",
        hide_index=True,
        height=height_px,
        placeholder="",
        column_config={
            "Began": st.column_config.DateColumn(format="D MMM YYYY", width="small"),
            "Ended": st.column_config.DateColumn(format="D MMM YYYY", width="small"),
            "Incident": st.column_config.TextColumn(width="large"),
            "Killed": st.column_config.TextColumn(help=f"{table.rule.name}; * for the whole wider event"),
            "Killed, upper": st.column_config.NumberColumn(format="localized", help=f"{table.rule.name}; to sort by"),
            "Border km": st.column_config.NumberColumn(format="%.1f", help="To the nearer of the two borders"),
        },
        alt=alt,
    )
    remember_rows(_KEY, rows.index)


def _about_killed(table: IncidentTable) -> str:
    return f"Killed: {table.rule.name}; * for the whole wider event."


def _shown(rows: pd.DataFrame) -> pd.DataFrame:
    whence = {} if (rows["dataset"] == CURATED).all() else {"Dataset": rows["dataset"]}
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
            **whence,
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
