"""What the charts of the page on data quality share: bars beside the same numbers as a table."""

from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from geo.ramp import sequential
from geo.wording import count_words
from ui.scheme import palette, scheme

_BAR_PX: Final = 26
_LABEL_PX: Final = 240


def shades(number: int) -> list[str]:
    """Return colours of one hue, strongest first."""
    return list(reversed(sequential(number + 1, dark=scheme() == "dark")[1:]))


def with_shares(counts: pd.Series, *, of: int) -> pd.DataFrame:
    """Return counts beside their share of a number, in per cent, for a table."""
    return pd.DataFrame({"Incidents": counts, "Share": counts / max(of, 1) * 100})


def bars(counts: pd.Series, *, head: str, of: int, alt_text: str) -> None:
    """Draw one bar for each count, in the order given, and the numbers with their share of `of` beside it."""
    drawn = pd.DataFrame({"name": counts.index.astype(str), "incidents": counts.to_numpy()})
    base = alt.Chart(drawn, height=_BAR_PX * len(drawn) + 60).encode(
        y=alt.Y("name:N", sort=list(drawn["name"]), title=None, axis=alt.Axis(labelLimit=_LABEL_PX)),
        x=alt.X("incidents:Q", title="Incidents", axis=alt.Axis(tickCount=5, tickMinStep=1, format="d")),
        tooltip=[alt.Tooltip("name:N", title=head), alt.Tooltip("incidents:Q", title="Incidents", format=",")],
    )
    marks: Any = base.mark_bar(color=shades(3)[1])
    words: Any = base.mark_text(align="left", dx=4, color=palette().text).encode(
        text=alt.Text("incidents:Q", format=",")
    )
    chart_and_table(marks + words, with_shares(counts, of=of).rename_axis(head), alt_text=alt_text)


def chart_and_table(chart: Any, numbers: pd.DataFrame, *, alt_text: str) -> None:
    """Draw a chart and, beside it, its numbers: a table of which a column Share is in per cent."""
    beside_chart, beside_table = st.columns([3, 2], gap="medium")
    beside_chart.altair_chart(quiet(chart), width="stretch", alt=alt_text)
    beside_table.dataframe(
        numbers,
        height="content" if len(numbers) <= 12 else 420,  # noqa: PLR2004  # rows that stand beside a chart
        width="stretch",
        column_config={
            str(name): st.column_config.NumberColumn(
                format="%.0f %%" if name == "Share" else "localized", width="small"
            )
            for name in numbers
        },
        alt=f"{alt_text} As a table.",
    )


def quiet(chart: Any) -> Any:
    """Keep Vega from naming every bar to screen readers: the chart as a whole has its text, and a table beside it."""
    return chart.configure(aria=False)


def in_chart(shown: int, *, chosen: int, total: int, why_not: str = "") -> str:
    """Say how many incidents a chart holds, and what it leaves out; `why_not` names the chosen that are not in it."""
    if shown == total:
        return f"All {count_words(total, 'incident')} are in this chart."
    out = [f"{chosen - shown:,} {why_not}"] if why_not else []
    out.append(f"{total - chosen:,} filtered out")
    return f"{shown:,} of {count_words(total, 'incident')} in this chart. Not in it: {', '.join(out)}."


def percent(part: int, whole: int) -> str:
    """Write a share.

    >>> percent(1, 3), percent(0, 0)
    ('33 %', 'none')
    """
    return f"{part / whole * 100:.0f} %" if whole else "none"
