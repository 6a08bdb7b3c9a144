"""Incidents by month under the map, stacked by category; a brush over it sets since and until."""

from datetime import UTC, date, datetime
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from geo.filters import Filters
from geo.left_out import left_out_of_chart
from geo.table import IncidentTable
from geo.vocabulary import Category
from geo.wording import count_words, span_words
from ui.scheme import category_scale
from ui.state import set_period

_KEY: Final = "months-chart"


def months_chart(filters: Filters, table: IncidentTable) -> None:
    """Draw the months of all that the other filters leave, with the chosen period in full colour."""
    counts = table.months(filters.without("year", "since", "until"))
    if counts.empty:
        return
    st.markdown("**Incidents by month**, stacked by category. Drag over a period to choose it.")
    st.altair_chart(
        _chart(counts, filters),
        key=_KEY,
        on_select=_brushed,
        selection_mode="brush",
        width="stretch",
        alt=_in_words(counts),
    )
    pale = " Pale: outside the chosen period." if filters.year or filters.since or filters.until else ""
    others = filters.without("year", "since", "until")
    st.caption(f"{left_out_of_chart(others, table, period='month').sentences()}{pale}")


def _chart(counts: pd.DataFrame, filters: Filters) -> Any:
    months = counts.assign(
        month_end=counts["month"] + pd.offsets.MonthBegin(1),
        chosen=[_is_chosen(month.date(), filters) for month in counts["month"]],
        order=[list(Category).index(Category(c)) for c in counts["category"]],
    )
    brush = alt.selection_interval(name="brush", encodings=["x"], mark=alt.BrushConfig(fillOpacity=0.12))
    return (
        alt.Chart(months, height=130)
        .mark_bar(binSpacing=1, orient="vertical")
        .encode(
            x=alt.X("month:T", title=None, axis=alt.Axis(format="%Y", tickCount="year", grid=False)),
            x2="month_end:T",
            y=alt.Y("incidents:Q", title=None, stack="zero", axis=alt.Axis(tickCount=3, tickMinStep=1)),
            color=alt.Color(
                "category:N",
                scale=category_scale(set(counts["category"])),
                legend=None,
            ),
            order="order:Q",
            opacity=alt.condition("datum.chosen", alt.value(1), alt.value(0.25)),
            tooltip=[
                alt.Tooltip("month:T", format="%B %Y", title="Month"),
                alt.Tooltip("category:N", title="Category"),
                alt.Tooltip("incidents:Q", title="Incidents", format=","),
            ],
        )
        .add_params(brush)
    )


def _is_chosen(month: date, filters: Filters) -> bool:
    after = filters.since is None or (month.year, month.month) >= (filters.since.year, filters.since.month)
    before = filters.until is None or month <= filters.until
    return after and before and (not filters.year or month.year in filters.year)


def _brushed() -> None:
    """Set the period to the months the brush touches; an empty brush leaves it."""
    selection: Any = st.session_state[_KEY]["selection"].get("brush", {})
    ends = selection.get("month")
    if ends:
        first, last = (datetime.fromtimestamp(end / 1000, tz=UTC).date() for end in sorted(ends))
        set_period(first.replace(day=1), (pd.Timestamp(last) + pd.offsets.MonthEnd(0)).date())


def _in_words(counts: pd.DataFrame) -> str:
    by_month = counts.groupby("month")["incidents"].sum()
    span = span_words(by_month.index[0].date(), (by_month.index[-1] + pd.offsets.MonthEnd(0)).date())
    return (
        f"Incidents by month, {span}, stacked by category; the most in a month are "
        f"{count_words(int(by_month.max()), 'incident')} in {by_month.idxmax():%B %Y}."
    )
