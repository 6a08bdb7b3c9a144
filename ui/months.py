"""Incidents by month under the map, stacked by category; a brush over it sets since and until."""

from datetime import date
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from geo.filters import Filters
from geo.left_out import left_out_of_chart
from geo.table import IncidentTable
from geo.wording import count_words, span_words
from ui.months_chart import stacked_months
from ui.state import set_period

_KEY: Final = "months-chart"


def months_chart(filters: Filters, table: IncidentTable) -> None:
    """Draw the months of all that the other filters leave, with the chosen period in full colour."""
    others = filters.without("year", "since", "until")
    counts = table.months(others)
    if counts.empty:
        return
    first, last = counts["month"].iloc[0].date(), counts["month"].iloc[-1].date()

    def brushed(since: date, until: date) -> None:
        whole = since <= first and until >= last
        set_period(None, None) if whole else set_period(since, _end_of(until))

    st.markdown(
        "**Incidents by month**, stacked by category. Drag over a period to choose it, or move its two ends with the "
        "arrow keys; all months together are no filter."
    )
    stacked_months(
        counts, chosen=partial(_is_chosen, filters=filters), label=_in_words(counts), key=_KEY, on_brush=brushed
    )
    pale = " Pale: outside the chosen period." if filters.year or filters.since or filters.until else ""
    st.caption(f"{left_out_of_chart(others, table, period='month').sentences()}{pale}")


def _is_chosen(month: date, filters: Filters) -> bool:
    after = filters.since is None or (month.year, month.month) >= (filters.since.year, filters.since.month)
    before = filters.until is None or month <= filters.until
    return after and before and (not filters.year or month.year in filters.year)


def _end_of(month: date) -> date:
    return (pd.Timestamp(month) + pd.offsets.MonthEnd(0)).date()


def _in_words(counts: pd.DataFrame) -> str:
    by_month = counts.groupby("month")["incidents"].sum()
    span = span_words(by_month.index[0].date(), _end_of(by_month.index[-1]))
    return (
        f"Incidents by month, {span}, stacked by category; the most in a month are "
        f"{count_words(int(by_month.max()), 'incident')} in {by_month.idxmax():%B %Y}."
    )
