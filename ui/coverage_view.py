"""Incidents by month, border and province, with what was not researched told apart."""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from geo.aggregate.coverage import (
    GroundKind,
    GroundYear,
    MonthState,
    coverage,
    coverage_by_ground,
    end_words,
    grounds_of,
    month_states,
)
from geo.incident.vocabulary import NEAR_KM
from geo.language.formatting import month_words
from geo.language.messages import number_words, say
from geo.places.boundaries import Boundaries
from geo.render.left_out import left_out_of_chart
from geo.selection import Filters
from geo.symbology.symbols import THIN_COVERAGE, sequential
from geo.symbology.time_lanes import Step, step_end
from geo.table.incident_table import IncidentTable
from ui.parts.components import palette, plain, scheme
from ui.resources import Resources

# What the charts of the page on data quality share: bars beside the same numbers as a table.

_BAR_PX: Final = 26
_LABEL_PX: Final = 240


SHARE: Final = say("column-share")


def shades(number: int) -> list[str]:
    """Return colours of one hue, strongest first."""
    return list(reversed(sequential(number + 1, dark=scheme() == "dark")[1:]))


def with_shares(counts: pd.Series, *, of: int) -> pd.DataFrame:
    """Return counts beside their share of a number, in per cent, for a table."""
    return pd.DataFrame({say("column-incidents"): counts, SHARE: counts / max(of, 1) * 100})


def bars(counts: pd.Series, *, head: str, of: int, alt_text: str) -> None:
    """Draw one bar for each count, in the order given, and the numbers with their share of `of` beside it."""
    drawn = pd.DataFrame({"name": counts.index.astype(str), "incidents": counts.to_numpy()})
    base = alt.Chart(drawn, height=_BAR_PX * len(drawn) + 60).encode(
        y=alt.Y("name:N", sort=list(drawn["name"]), title=None, axis=alt.Axis(labelLimit=_LABEL_PX)),
        x=alt.X("incidents:Q", title=say("column-incidents"), axis=alt.Axis(tickCount=5, tickMinStep=1, format="d")),
        tooltip=[
            alt.Tooltip("name:N", title=head),
            alt.Tooltip("incidents:Q", title=say("column-incidents"), format=","),
        ],
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
            str(name): st.column_config.NumberColumn(format="%.0f %%" if name == SHARE else "localized", width="small")
            for name in numbers
        },
        alt=say("coverage-as-table", chart=alt_text),
    )


def quiet(chart: Any) -> Any:
    """Keep Vega from naming every bar to screen readers: the chart as a whole has its text, and a table beside it."""
    return chart.configure(aria=False, mark={"aria": False})


def in_chart(shown: int, *, chosen: int, total: int, why_not: str = "") -> str:
    """Say how many incidents a chart holds, and what it leaves out; `why_not` names the chosen that are not in it."""
    if shown == total:
        return say("coverage-all", incidents=total)
    out = [say("coverage-why-not", incidents=chosen - shown, why_not=why_not)] if why_not else []
    out.append(say("coverage-filtered-out", incidents=total - chosen))
    return say("coverage-shown", shown=shown, all=total, left_out=", ".join(out))


def percent(part: int, whole: int) -> str:
    """Write a share.

    >>> percent(1, 3), percent(0, 0)
    ('33 %', 'none')
    """
    return say("percent", percent=number_words(part / whole * 100)) if whole else say("value-none")


# Incidents by month, with the months that are quiet, thin or not researched told apart.

_HEIGHT_PX: Final = 190
_GROUNDS: Final = (MonthState.THIN.value, MonthState.OUTSIDE.value)
_LEGEND: Final = [MonthState.RECORDED.value, MonthState.QUIET.value, MonthState.PART.value, *_GROUNDS]
_FEW: Final = 24
"""Up to so many months are named on the axis one by one."""


def coverage_section(filters: Filters, table: IncidentTable, layers: Boundaries) -> None:
    """Draw the section; there is at least one incident."""
    known = coverage()
    months = month_states(table.months(filters), filters, known, layers)
    silent = int((months["state"] == MonthState.QUIET.value).sum())
    st.markdown(f"## {say('coverage-by-month')}")
    st.markdown(say("coverage-end-md", month=month_words(known.last_day), answer=end_words(known)))
    st.markdown(say("coverage-about", months=len(months), silent=silent))
    st.altair_chart(quiet(_chart(months)), width="stretch", alt=_in_words(months))
    with st.expander(say("coverage-months-table")):
        st.dataframe(
            _months_shown(months),
            hide_index=True,
            height=min(420, 38 + 35 * len(months)),
            placeholder="",
            column_config={say("column-month"): st.column_config.DateColumn(format="MMMM YYYY")},
            alt=say("coverage-months-label"),
        )
    left = left_out_of_chart(filters, table, period="month").sentences()
    st.caption(" ".join([left, *map(plain, _thin(months, filters, layers))]))


def _thin(months: pd.DataFrame, filters: Filters, layers: Boundaries) -> list[str]:
    """Name the known gaps of the months shown, on the ground that the selection is about."""
    first, last = months.index[0].date(), step_end(months.index[-1].date(), Step.MONTH)
    periods = coverage().thin_on(grounds_of(filters, layers), first, last)
    return [say("coverage-thin", reasons="; ".join(period.words for period in periods))] if periods else []


def _chart(months: pd.DataFrame) -> Any:
    drawn = months.reset_index()
    drawn["end"] = drawn["month"] + pd.offsets.MonthBegin(1)
    drawn["middle"] = drawn["month"] + pd.Timedelta(days=15)
    drawn["named"] = [month_words(month) for month in drawn["month"]]
    strong, faint = shades(3)[:2]
    colours = [strong, faint, faint, THIN_COVERAGE, palette().muted]
    named = [state for state in _LEGEND if state in set(drawn["state"])]
    scale = alt.Scale(domain=named, range=[colours[_LEGEND.index(state)] for state in named])
    shapes = alt.Scale(
        domain=named, range=["circle" if state == MonthState.QUIET.value else "square" for state in named]
    )
    legend = alt.Legend(orient="top", title=None, columns=2, labelLimit=220, symbolOpacity=1)
    color = alt.Color("state:N", scale=scale, legend=legend)
    shape = alt.Shape("state:N", scale=shapes, legend=legend)
    tooltip = [
        alt.Tooltip("named:N", title=say("column-month")),
        alt.Tooltip("incidents:Q", title=say("column-incidents"), format=","),
        alt.Tooltip("state:N", title=say("coverage-what-it-means")),
        alt.Tooltip("reason:N", title=say("coverage-known-gaps")),
    ]
    few = len(drawn) <= _FEW
    axis = alt.Axis(
        format="%b %Y" if few else "%Y", tickCount="month" if few else "year", grid=False, labelOverlap=True
    )
    x = alt.X("month:T", title=None, axis=axis)
    base = alt.Chart(drawn, height=_HEIGHT_PX)
    shaded = drawn[drawn["state"].isin(_GROUNDS)]
    grounds: Any = alt.Chart(shaded).mark_rect(opacity=0.3).encode(x=x, x2="end:T", color=color, tooltip=tooltip)
    columns: Any = base.mark_bar(binSpacing=1, orient="vertical", color=strong).encode(
        x=x,
        x2="end:T",
        y=alt.Y(
            "incidents:Q",
            title=say("column-incidents"),
            stack="zero",
            axis=alt.Axis(tickCount=4, tickMinStep=1, format="d"),
        ),
        tooltip=tooltip,
    )
    nothing = drawn[drawn["state"] == MonthState.QUIET.value]
    dots: Any = (
        alt.Chart(nothing)
        .mark_point(size=28, filled=True, opacity=1)
        .encode(x="middle:T", y=alt.Y("incidents:Q"), color=color, shape=shape, tooltip=tooltip)
    )
    return grounds + columns + dots


def _months_shown(months: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            say("column-month"): months.index,
            say("column-incidents"): months["incidents"],
            say("coverage-what-it-means"): months["state"],
            say("coverage-known-gaps"): months["reason"],
        }
    )


def _in_words(months: pd.DataFrame) -> str:
    states = months["state"].value_counts()
    said = ", ".join(
        say("mixture-count", dataset=say("number", number=int(states[state])), count=state)
        for state in _LEGEND
        if state in states
    )
    most: Any = months["incidents"].idxmax()
    return say(
        "coverage-label", months=len(months), said=said, max=int(months["incidents"].max()), peak=month_words(most)
    )


# How much was found along each border and in each province, year by year, beside what it was found in.

_MOST: Final = 12
"""Rows of a table that does not scroll."""
_HEADS: Final = {GroundKind.BORDER: say("coverage-border"), GroundKind.PROVINCE: say("column-province")}


def ground_section(filters: Filters, record: Resources) -> None:
    """Draw the section; there is at least one incident."""
    rows = record.kept(
        "ground", filters, lambda: coverage_by_ground(filters, record.table, record.boundaries, coverage())
    )
    st.markdown(f"## {say('coverage-more-incidents')}")
    st.markdown(
        say("coverage-compare-years") + (say("coverage-one-year") if len({row.year for row in rows}) == 1 else "")
    )
    _table([row for row in rows if row.kind is GroundKind.BORDER], GroundKind.BORDER, height="content")
    provinces = [row for row in rows if row.kind is GroundKind.PROVINCE]
    with st.expander(say("coverage-by-province")):
        _table(provinces, GroundKind.PROVINCE, height=420 if len(provinces) > _MOST else "content")
    st.caption(say("coverage-about-parts", km=NEAR_KM))


def _table(rows: Sequence[GroundYear], kind: GroundKind, *, height: Any) -> None:
    column = st.column_config
    st.dataframe(
        pd.DataFrame([_shown(row, _HEADS[kind]) for row in rows]),
        hide_index=True,
        height=height,
        placeholder="",
        column_config={
            say("column-year"): column.NumberColumn(format="%d", width=55),
            say("column-incidents"): column.NumberColumn(format="localized", width=75),
            say("coverage-months"): column.TextColumn(width=75, alignment="right", help=say("coverage-months-help")),
            say("column-sources"): column.NumberColumn(format="localized", width=70, help=say("coverage-sources-help")),
            say("coverage-per-incident"): column.NumberColumn(
                format="%.1f", width=90, help=say("coverage-per-incident-help")
            ),
            say("coverage-outlets"): column.NumberColumn(
                format="localized", width=70, help=say("coverage-outlets-help")
            ),
            say("coverage-one-source"): column.NumberColumn(
                format="%.0f %%", width=105, help=say("coverage-one-source-help")
            ),
            say("coverage-first-report"): column.TextColumn(
                width=90, alignment="right", help=say("coverage-first-report-help")
            ),
            say("coverage-thin-column"): column.TextColumn(width=300, help=say("coverage-thin-help")),
        },
        alt=say("coverage-table-label", kind=_HEADS[kind].lower()),
    )


def _shown(row: GroundYear, head: str) -> dict[str, Any]:
    share, delay = row.single_share, row.median_delay_days
    return {
        head: row.name,
        say("column-year"): row.year,
        say("column-incidents"): row.incidents,
        say("coverage-months"): say("coverage-months-of", months_found=row.months_found, months=row.months),
        say("column-sources"): row.source_entries,
        say("coverage-per-incident"): row.sources_per_incident,
        say("coverage-outlets"): row.outlets,
        say("coverage-one-source"): None if share is None else 100 * share,
        say("coverage-first-report"): "" if delay is None else say("days", count=delay),
        say("coverage-thin-column"): "; ".join(period.days for period in row.gaps),
    }
