"""Incidents by month, with the months that are quiet, thin or not researched told apart."""

from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from geo.filters import Filters
from geo.left_out import left_out_of_chart
from geo.quality import MonthState, coverage, month_states
from geo.table import IncidentTable
from geo.wording import count_words, day_words
from ui.quality_bars import quiet, shades
from ui.scheme import palette

_HEIGHT_PX: Final = 190
_GROUNDS: Final = (MonthState.THIN.value, MonthState.OUTSIDE.value)
_LEGEND: Final = [MonthState.RECORDED.value, MonthState.QUIET.value, *_GROUNDS]


def coverage_section(filters: Filters, table: IncidentTable) -> None:
    """Draw the section; there is at least one incident."""
    known = coverage()
    months = month_states(table.months(filters), known, countries=filters.country)
    silent = int((months["state"] == MonthState.QUIET.value).sum())
    st.markdown("## Coverage by month")
    st.markdown(
        f"The record covers {day_words(known.first_day)} to {day_words(known.last_day)}. A ring on the axis is a "
        f"quiet month, in which nothing of this choice was found ({silent:,}). A shaded month says nothing when it is "
        "low or empty: the record is known to be thin there, or nobody has looked. A rise is a rise in what was "
        "found, and press attention rises with the fighting."
    )
    st.altair_chart(quiet(_chart(months)), width="stretch", alt=_in_words(months))
    with st.expander("The months as a table"):
        st.dataframe(
            _shown(months),
            hide_index=True,
            height=420,
            column_config={"Month": st.column_config.DateColumn(format="MMMM YYYY")},
            alt="Incidents by month, with what the number means",
        )
    reasons = dict.fromkeys(
        f"{p.since:%B %Y} to {p.until:%B %Y}: {p.reason}" for p in known.thin if p.concerns(filters.country)
    )
    thin = f" Thin: {'; '.join(reasons)}." if reasons else ""
    st.caption(f"{left_out_of_chart(filters, table, period='month').sentences()}{thin}")


def _chart(months: pd.DataFrame) -> Any:
    drawn = months.reset_index()
    drawn["end"] = drawn["month"] + pd.offsets.MonthBegin(1)
    drawn["middle"] = drawn["month"] + pd.Timedelta(days=15)
    strong, faint = shades(3)[:2]
    colours = [strong, faint, "#C9A24B", palette().muted]
    scale = alt.Scale(domain=_LEGEND, range=colours)
    legend = alt.Legend(orient="top", title=None, columns=2, labelLimit=220, symbolType="square", symbolOpacity=1)
    color = alt.Color("state:N", scale=scale, legend=legend)
    tooltip = [
        alt.Tooltip("month:T", format="%B %Y", title="Month"),
        alt.Tooltip("incidents:Q", title="Incidents", format=","),
        alt.Tooltip("state:N", title="What it means"),
        alt.Tooltip("reason:N", title="Why"),
    ]
    x = alt.X("month:T", title=None, axis=alt.Axis(format="%Y", tickCount="year", grid=False))
    base = alt.Chart(drawn, height=_HEIGHT_PX)
    shaded = drawn[drawn["state"].isin(_GROUNDS)]
    grounds: Any = alt.Chart(shaded).mark_rect(opacity=0.3).encode(x=x, x2="end:T", color=color, tooltip=tooltip)
    columns: Any = base.mark_bar(binSpacing=1, orient="vertical", color=strong).encode(
        x=x,
        x2="end:T",
        y=alt.Y("incidents:Q", title="Incidents", stack="zero", axis=alt.Axis(tickCount=4, tickMinStep=1, format="d")),
        tooltip=tooltip,
    )
    nothing = drawn[drawn["state"] == MonthState.QUIET.value]
    rings: Any = (
        alt.Chart(nothing)
        .mark_point(size=28, strokeWidth=1.5, filled=False)
        .encode(x="middle:T", y=alt.Y("incidents:Q"), color=color, tooltip=tooltip)
    )
    return grounds + columns + rings


def _shown(months: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Month": months.index,
            "Incidents": months["incidents"],
            "What it means": months["state"],
            "Why": months["reason"],
        }
    )


def _in_words(months: pd.DataFrame) -> str:
    states = months["state"].value_counts()
    said = ", ".join(f"{states.get(state, 0):,} {state}" for state in _LEGEND)
    most = months["incidents"].idxmax()
    return (
        f"Incidents by month; of {count_words(len(months), 'month')}: {said}. The most are "
        f"{count_words(int(months['incidents'].max()), 'incident')} in {most:%B %Y}."
    )
