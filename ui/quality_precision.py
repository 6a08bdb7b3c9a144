"""How well place and day are known: bars of places, split by how well the day is."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from geo.incident import Incident
from geo.quality import precision_mix
from geo.vocabulary import LocationPrecision
from ui.quality_bars import chart_and_table, in_chart, percent, shades


def precision_section(incidents: Sequence[Incident], *, total: int) -> None:
    """Draw the section; there is at least one incident."""
    mix = precision_mix(incidents)
    chosen = len(incidents)
    dots = int(mix.loc[["exact", "near"]].to_numpy().sum())
    st.markdown("## How well place and day are known")
    st.markdown(
        f"{percent(dots, chosen)} of the chosen incidents have a place known exactly or to some kilometres and are "
        "drawn as points. The others stand for an area: on the map they are badges, and a side that their radius "
        f"leaves open is not decided. The day is known for {percent(int(mix['day'].sum()), chosen)}; for the "
        "others the record holds the days that are possible."
    )
    labels = {place.value: place.label for place in LocationPrecision}
    chart_and_table(
        _chart(mix.rename(index=labels)),
        mix.assign(all=mix.sum(axis=1)).rename(index=labels, columns=str.title).rename_axis("Place known"),
        alt_text=f"Incidents by how well the place is known, split by the day; {dots:,} of {chosen:,} are points.",
    )
    st.caption(in_chart(chosen, chosen=chosen, total=total))


def _chart(named: pd.DataFrame) -> Any:
    days = list(named.columns)
    places = list(named.index)
    drawn = named.rename_axis("place").reset_index().melt("place", var_name="day", value_name="incidents")
    drawn["order"] = drawn["day"].map(days.index)
    return (
        alt.Chart(drawn, height=28 * len(places) + 100)
        .mark_bar()
        .encode(
            y=alt.Y("place:N", sort=places, title=None, axis=alt.Axis(labelLimit=240)),
            x=alt.X("incidents:Q", title="Incidents", stack="zero", axis=alt.Axis(tickCount=5, format="d")),
            color=alt.Color(
                "day:N",
                scale=alt.Scale(domain=days, range=shades(len(days))),
                legend=alt.Legend(orient="top", title="Known to the", symbolType="square"),
            ),
            order="order:Q",
            tooltip=[
                alt.Tooltip("place:N", title="Place known"),
                alt.Tooltip("day:N", title="Time known to the"),
                alt.Tooltip("incidents:Q", title="Incidents", format=","),
            ],
        )
    )
