"""The open profile below the map of provinces: its ground with its incidents, and when they took place."""

from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from geo.aggregate import Period, by_period
from geo.boundaries import BOUNDARY_NOTE
from geo.filters import Filters
from geo.left_out import left_out, left_out_of_chart
from geo.table import MANY, IncidentTable
from geo.vocabulary import Category
from geo.webmap import incident_marks
from geo.wording import count_words
from ui.many import base_marks, many_marks
from ui.map_view import map_view
from ui.plain_text import plain
from ui.resources import Resources
from ui.scheme import category_scale, scheme
from ui.state import ask_for_map

_HEIGHT_PX: Final = 320


def profile_details(province: Any, here: Filters | None, filters: Filters, found: Resources) -> None:
    """Draw the map and the timeline of a province, a row of `by_province` with its code as Index.

    `here` is the choice in this province only, None where it leaves it out.
    """
    table, layers = found.table, found.boundaries
    many = here is not None and table.count(here) > MANY
    if many:
        marks = base_marks(None, found)
    else:
        marks = incident_marks(table.selected(here) if here else (), layers, rule=table.rule)
    st.markdown(f"## {plain(province.province)}: where and when")
    ground, time = st.columns([1, 1], gap="medium")
    with ground:
        map_view(
            {
                "code": province.Index,
                "marks": marks | {"selected": None, "scheme": scheme()},
            },
            key="profile-map",
            label=f"Map of {province.province} with its chosen incidents",
            on_choose=ask_for_map,
            function="province",
            height_px=_HEIGHT_PX,
        )
        counts = left_out(filters, table, layers, province_code=province.Index)
        st.caption(f"{counts.sentences()} {BOUNDARY_NOTE}")
        if many and here is not None:
            many_marks(here)
    with time:
        _timeline(province, filters, table)


def _timeline(province: Any, filters: Filters, table: IncidentTable) -> None:
    chosen = st.segmented_control(
        "Incidents by",
        [period.value for period in Period],
        default=Period.QUARTER.value,
        key="timeline",
        bind="query-params",
    )
    period = Period(chosen or Period.QUARTER)
    everywhere = by_period(filters, table, period=period)
    here = everywhere[everywhere["province_code"] == province.Index]
    if here.empty:
        st.caption(f"No incident in {plain(province.province)} among those chosen.")
        return
    st.altair_chart(_chart(here, everywhere["period"]), width="stretch", alt=_in_words(here, period))
    counts = left_out_of_chart(filters, table, period=period.value, province_code=province.Index)
    axis = "Stacked by category. The axis spans all chosen incidents, so that provinces can be compared."
    st.caption(f"{counts.sentences()} {axis}")


def _chart(counts: pd.DataFrame, span: pd.Series) -> Any:
    dated = pd.DataFrame(
        {
            "start": counts["period"].dt.start_time,
            "end": counts["period"].dt.end_time.dt.ceil("D"),
            "category": counts["category"],
            "incidents": counts["incidents"],
            "named": counts["period"].astype(str),
            "order": [list(Category).index(Category(category)) for category in counts["category"]],
        }
    )
    domain = [f"{span.min().start_time:%Y-%m-%d}", f"{span.max().end_time:%Y-%m-%d}"]
    return (
        alt.Chart(dated, height=_HEIGHT_PX - 110)
        .mark_bar(binSpacing=1, orient="vertical")
        .encode(
            x=alt.X(
                "start:T",
                title=None,
                scale=alt.Scale(domain=domain),
                axis=alt.Axis(format="%Y", tickCount="year", grid=False),
            ),
            x2="end:T",
            y=alt.Y("incidents:Q", title=None, stack="zero", axis=alt.Axis(tickCount=4, tickMinStep=1, format="d")),
            color=alt.Color(
                "category:N",
                scale=category_scale(set(counts["category"])),
                legend=alt.Legend(orient="top", title=None, symbolType="square"),
            ),
            order="order:Q",
            tooltip=[
                alt.Tooltip("named:N", title="Period"),
                alt.Tooltip("category:N", title="Category"),
                alt.Tooltip("incidents:Q", title="Incidents", format=","),
            ],
        )
    )


def _in_words(counts: pd.DataFrame, period: Period) -> str:
    sums = counts.groupby("period")["incidents"].sum()
    most = f"{count_words(int(sums.max()), 'incident')} in {sums.idxmax()}"
    return f"Incidents by {period}, {sums.index[0]} to {sums.index[-1]}, by category; the most are {most}."
