"""Sections of the page on data quality, and of the page About."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from geo import __version__
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
from geo.casualties import RULES
from geo.citation import AUTHOR, LICENCE
from geo.evidence.contradictions import side_words
from geo.evidence.reliability import (
    CitedSource,
    Outlet,
    Speakers,
    delays,
    outlets,
    precision_mix,
    read_excluded,
    single_side_counts,
    sources_per_incident,
    speaker_counts,
    weakly_sourced,
)
from geo.evidence.similar import IN_ORDER, Nearness, Similar, is_comparable, near_words, similar_pairs
from geo.export import csv_format, xlsx_format
from geo.export.page_files import quality_csv, quality_workbook
from geo.incident.dates import when_words
from geo.incident.record import Claimant, Incident
from geo.incident.vocabulary import (
    AS_POINTS,
    NEAR_KM,
    Category,
    DatePrecision,
    LocationPrecision,
    Status,
    Subtype,
    Trait,
)
from geo.language.messages import capitalised, day_words, list_words, month_words, number_words, say
from geo.places.boundaries import BOUNDARY_CREDIT, BOUNDARY_NOTE, Boundaries
from geo.render.left_out import left_out_of_chart
from geo.selection import Filters
from geo.symbology.symbols import THIN_COVERAGE, sequential
from geo.symbology.time_lanes import Step, step_end
from geo.table.incident_table import IncidentTable
from ui.parts.card import row, similar_entry
from ui.parts.components import palette, panel, plain, scheme, symbol
from ui.parts.downloads import page_downloads
from ui.resources import Resources
from ui.source_view import NOT_ON_RECORD, cited
from ui.state import ask_for_map

# Shared by the charts: bars beside the same numbers as a table.

_BAR_PX: Final = 26
_LABEL_PX: Final = 240


SHARE: Final = say("column-share")


def shades(number: int) -> list[str]:
    """Return shades of one hue, strongest first."""
    return list(reversed(sequential(number + 1, dark=scheme() == "dark")[1:]))


def with_shares(counts: pd.Series, *, of: int) -> pd.DataFrame:
    """Return a table of counts with their share of `of` in per cent."""
    return pd.DataFrame({say("column-incidents"): counts, SHARE: counts / max(of, 1) * 100})


def bars(counts: pd.Series, *, head: str, of: int, alt_text: str) -> None:
    """Draw a bar for each count, in the order given, beside a table with their shares of `of`."""
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
    """Draw a chart beside a table of its numbers; a column SHARE is in per cent."""
    beside_chart, beside_table = st.columns([3, 2], gap="medium")
    beside_chart.altair_chart(quiet(chart), width="stretch", alt=alt_text)
    beside_table.dataframe(
        numbers,
        height="content" if len(numbers) <= 12 else 420,  # noqa: PLR2004  # rows that fit beside a chart
        width="stretch",
        column_config={
            str(name): st.column_config.NumberColumn(format="%.0f %%" if name == SHARE else "localized", width="small")
            for name in numbers
        },
        alt=say("coverage-as-table", chart=alt_text),
    )


def quiet(chart: Any) -> Any:
    """Keep Vega from exposing every bar to screen readers: the chart has a text alternative, and a table beside it."""
    return chart.configure(aria=False, mark={"aria": False})


def in_chart(shown: int, *, chosen: int, total: int, why_not: str = "") -> str:
    """Say how many incidents a chart shows and leaves out; `why_not` explains the selected ones that it leaves out."""
    if shown == total:
        return say("coverage-all", incidents=total)
    out = [say("coverage-why-not", incidents=chosen - shown, why_not=why_not)] if why_not else []
    out.append(say("coverage-filtered-out", incidents=total - chosen))
    return say("coverage-shown", shown=shown, all=total, left_out=", ".join(out))


def percent(part: int, whole: int) -> str:
    """Return a share in words.

    >>> percent(1, 3), percent(0, 0)
    ('33 %', 'none')
    """
    return say("percent", percent=number_words(part / whole * 100)) if whole else say("value-none")


# Incidents by month, with quiet, thinly covered and unresearched months marked.

_HEIGHT_PX: Final = 190
_GROUNDS: Final = (MonthState.THIN.value, MonthState.OUTSIDE.value)
_LEGEND: Final = [MonthState.RECORDED.value, MonthState.QUIET.value, MonthState.PART.value, *_GROUNDS]
_FEW: Final = 24
"""Largest number of months that are labelled individually on the axis."""


def coverage_section(filters: Filters, table: IncidentTable, layers: Boundaries) -> None:
    """Draw the section; requires at least one incident."""
    known = coverage()
    months = month_states(table.months(filters), filters, known, layers)
    silent = int((months["state"] == MonthState.QUIET.value).sum())
    st.markdown(f"## {say('coverage-by-month')}")
    st.markdown(say("coverage-end-md", month=month_words(known.last_day), answer=end_words(known)))
    st.markdown(say("coverage-about", months=len(months), silent=silent))
    st.altair_chart(quiet(_months_chart(months)), width="stretch", alt=_in_words(months))
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
    """Return sentences on known gaps of coverage in the months shown, within the selection's area."""
    first, last = months.index[0].date(), step_end(months.index[-1].date(), Step.MONTH)
    periods = coverage().thin_on(grounds_of(filters, layers), first, last)
    return [say("coverage-thin", reasons="; ".join(period.words for period in periods))] if periods else []


def _months_chart(months: pd.DataFrame) -> Any:
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


# Incidents along each border and in each province by year, with the sources they were found in.

_MOST_PROVINCES: Final = 12
"""Largest number of rows for which the table does not scroll."""
_HEADS: Final = {GroundKind.BORDER: say("coverage-border"), GroundKind.PROVINCE: say("column-province")}


def ground_section(filters: Filters, record: Resources) -> None:
    """Draw the section; requires at least one incident."""
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
        _table(provinces, GroundKind.PROVINCE, height=420 if len(provinces) > _MOST_PROVINCES else "content")
    st.caption(say("coverage-about-parts", km=NEAR_KM))


def _table(rows: Sequence[GroundYear], kind: GroundKind, *, height: Any) -> None:
    column = st.column_config
    st.dataframe(
        pd.DataFrame([_ground_row(row, _HEADS[kind]) for row in rows]),
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


def _ground_row(row: GroundYear, head: str) -> dict[str, Any]:
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


# Delay until the first report.


def delay_section(incidents: Sequence[Incident], *, total: int) -> None:
    """Draw the section; requires at least one incident."""
    found = delays(incidents)
    chosen, known = len(incidents), len(found.days)
    st.markdown(f"## {say('quality-days-to-report')}")
    if found.median is None:
        st.markdown(say("quality-no-known-day"))
        return
    soon = sum(days <= 1 for days in found.days)
    st.markdown(
        say(
            "quality-median",
            median=round(found.median),
            percent=percent(soon, known),
            undated_sources=found.undated_sources,
            sources=found.sources,
        )
    )
    bars(
        found.distribution(),
        head=say("coverage-first-report"),
        of=known,
        alt_text=say("quality-days-label", median=found.median),
    )
    left = say("quality-undated", undated=found.undated, day_not_known=found.day_not_known)
    st.caption(in_chart(known, chosen=chosen, total=total, why_not=left))


# Summary in five numbers.


def quality_numbers(incidents: Sequence[Incident], claimants: Mapping[str, Claimant]) -> None:
    """Draw the numbers; requires at least one incident."""
    chosen = len(incidents)
    mix = precision_mix(incidents)
    wait = delays(incidents).median
    single = int(sources_per_incident(incidents)[1])
    alone = int(speaker_counts(incidents, claimants)[Speakers.ONE.value])
    numbers = {
        say("quality-as-point"): (
            percent(_points_of(mix), chosen),
            say("quality-as-point-help"),
        ),
        say("quality-day-known"): (percent(int(mix["day"].sum()), chosen), say("quality-day-known-help")),
        say("quality-one-side"): (percent(alone, chosen), Speakers.ONE.meaning),
        say("quality-single-source"): (percent(single, chosen), say("quality-single-source-help")),
        say("quality-first-report"): (
            say("not-known") if wait is None else say("days", count=round(wait)),
            say("quality-first-report-help"),
        ),
    }
    for beside, (label, (value, explained)) in zip(st.columns(len(numbers)), numbers.items(), strict=True):
        beside.metric(label, value, help=explained)


# Location precision, split by date precision.


def _points_of(mix: pd.DataFrame) -> int:
    return int(mix.loc[[known.value for known in AS_POINTS]].to_numpy().sum())


def precision_section(incidents: Sequence[Incident], *, total: int) -> None:
    """Draw the section; requires at least one incident."""
    mix = precision_mix(incidents)
    chosen = len(incidents)
    dots = _points_of(mix)
    st.markdown(f"## {say('quality-place-and-day')}")
    st.markdown(say("quality-points", dots=percent(dots, chosen), known=percent(int(mix["day"].sum()), chosen)))
    labels = {place.value: place.label for place in LocationPrecision}
    chart_and_table(
        _chart(mix.rename(index=labels, columns={day.value: day.label for day in DatePrecision})),
        mix.assign(all=mix.sum(axis=1))
        .rename(
            index=labels,
            columns={**{day.value: capitalised(day.label) for day in DatePrecision}, "all": say("pivot-all")},
        )
        .rename_axis(say("quality-place-known")),
        alt_text=say("quality-place-label", points=dots, chosen=chosen),
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
            x=alt.X("incidents:Q", title=say("column-incidents"), stack="zero", axis=alt.Axis(tickCount=5, format="d")),
            color=alt.Color(
                "day:N",
                scale=alt.Scale(domain=days, range=shades(len(days))),
                legend=alt.Legend(orient="top", title=say("column-known-to-the"), symbolType="square"),
            ),
            order="order:Q",
            tooltip=[
                alt.Tooltip("place:N", title=say("quality-place-known")),
                alt.Tooltip("day:N", title=say("quality-time-known")),
                alt.Tooltip("incidents:Q", title=say("column-incidents"), format=","),
            ],
        )
    )


# Sources per incident, outlets, and weak sources.

_MOST: Final = 15


def sources_section(filters: Filters, record: Resources) -> None:
    """Draw the section; requires at least one incident."""
    incidents = record.table.selected(filters)
    chosen, total = len(incidents), len(record.table.incidents)
    counts = sources_per_incident(incidents)
    st.markdown(f"## {say('quality-how-many-sources')}")
    st.markdown(say("quality-single", percent=percent(int(counts[1]), chosen)))
    named = counts.rename(index=lambda number: say("sources", count=int(number)))
    bars(named, head=say("column-sources"), of=chosen, alt_text=say("quality-sources-label", single=counts[1]))
    st.caption(say("quality-entered-twice", shown=in_chart(chosen, chosen=chosen, total=total)))
    _outlets(outlets(incidents), chosen=chosen, total=total)
    _weak(incidents, cited(filters, record))


def _outlets(found: Sequence[Outlet], *, chosen: int, total: int) -> None:
    st.markdown(f"## {say('quality-which-outlets')}")
    first = found[0]
    st.markdown(say("quality-outlets", found=len(found), incidents=percent(first.incidents, chosen)))
    top = found[:_MOST]
    counts = pd.Series({outlet.name: outlet.incidents for outlet in top}, dtype=int)
    bars(counts, head=say("quality-outlet"), of=chosen, alt_text=say("quality-outlets-label", top=len(top)))
    lone = sum(outlet.alone for outlet in found)
    st.caption(
        say("quality-outlets-note", lone=lone, total=total - chosen)
        + (say("quality-smaller-outlets", found=len(found) - _MOST) if len(found) > _MOST else "")
    )


def _weak(incidents: Sequence[Incident], sources: Sequence[CitedSource]) -> None:
    weak = [source for source in sources if source.weak]
    st.markdown(f"## {say('quality-weak')}")
    if not weak:
        st.markdown(say("quality-weak-none"))
        return
    st.markdown(
        say("quality-weak-share", weak=len(weak), sources=len(sources), percent=percent(len(weak), len(sources)))
    )
    listed, resting = st.columns([3, 2], gap="medium")
    with listed:
        st.dataframe(
            _shown(weak),
            hide_index=True,
            height=340,
            placeholder=NOT_ON_RECORD,
            column_config={
                say("column-published"): st.column_config.DateColumn(format="D MMM YYYY", width=100),
                say("column-link"): st.column_config.LinkColumn(display_text=say("link-open"), width="small"),
            },
            alt=say("quality-weak-label"),
        )
    with resting:
        alone = weakly_sourced(incidents)
        panel("quality_weak.html", key="quality-weak", on_choose=ask_for_map, incidents=[row(i) for i in alone])


def _shown(weak: Sequence[CitedSource]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            say("column-publisher"): [source.publisher for source in weak],
            say("column-title"): [source.title for source in weak],
            say("column-published"): [source.published for source in weak],
            say("column-incidents"): [len(source.incidents) for source in weak],
            say("column-link"): [source.url for source in weak],
        }
    )


# Claimants of the selected incidents.


def speakers_section(incidents: Sequence[Incident], claimants: Mapping[str, Claimant], *, total: int) -> None:
    """Draw the section; requires at least one incident."""
    mix = speaker_counts(incidents, claimants)
    chosen, alone = len(incidents), int(mix[Speakers.ONE.value])
    st.markdown(f"## {say('quality-whose-word')}")
    st.markdown(say("quality-one-side-note", percent=percent(alone, chosen), sides=_by_whom(incidents, claimants)))
    bars(mix, head=say("quality-who-speaks"), of=chosen, alt_text=say("quality-speakers-label", alone=alone))
    explained = "; ".join(f"{kind.value}: {kind.meaning}" for kind in Speakers if mix[kind.value])
    st.caption(f"{in_chart(chosen, chosen=chosen, total=total)} {capitalised(explained)}.")


def _by_whom(incidents: Sequence[Incident], claimants: Mapping[str, Claimant]) -> str:
    sides = single_side_counts(incidents, claimants)
    named = [say("quality-side-count", count=count, side=plain(side_words(str(side)))) for side, count in sides.items()]
    return f": {list_words(named)}" if named else ""


# Pairs of selected incidents that may be the same: close in place and time, and of a similar kind.


_MOST_PAIRS: Final = 100
"""Largest number of pairs listed; the page's files have all of them."""


def similar_section(incidents: Sequence[Incident], table: IncidentTable) -> None:
    """Draw the section; requires at least one incident."""
    pairs = sorted((pair for pair in similar_pairs(incidents) if pair.may_be_one), key=_nearest_first)
    apart, together = ([pair for pair in pairs if pair.same_cluster is same] for same in (False, True))
    st.markdown(f"## {say('quality-may-be-one')}")
    if not pairs:
        st.markdown(say("quality-no-pairs"))
    else:
        st.markdown(say("quality-pairs", pairs=len(pairs), together=len(together)))
        panel(
            "quality_similar.html",
            key="quality-similar",
            on_choose=ask_for_map,
            apart=[_pair(pair, table) for pair in apart[:_MOST_PAIRS]],
            together=[_pair(pair, table) for pair in together[:_MOST_PAIRS]],
            counts=(len(apart), len(together)),
        )
    coarse = sum(not is_comparable(incident) for incident in incidents)
    st.caption(
        say(
            "quality-pairs-note",
            near_words=near_words(),
            table=len(table) - len(incidents),
            table_2=len(table),
            coarse=coarse,
        )
    )


def _nearest_first(pair: Similar) -> tuple[int, int, float]:
    """Sort key: pairs whose locations are known best and which are nearest in time and place first."""
    return list(Nearness).index(pair.nearness), pair.days, pair.km


def _pair(pair: Similar, table: IncidentTable) -> dict[str, Any]:
    return {"first": row(pair.one), "second": similar_entry(pair, pair.one, table, IN_ORDER)}


# Validity and age of the store, and what was excluded from it.


def store_section(found: Resources) -> None:
    """Draw the state of the whole store, regardless of the filters."""
    table, faults = found.table, found.faults
    st.markdown(f"## {say('quality-store')}")
    st.caption(say("quality-whatever-filters"))
    if faults:
        at_fault = say("quality-fault-left-out")
        st.warning(say("quality-faults", faults=len(faults), at_fault=at_fault))
    else:
        st.success(say("quality-valid"))
    last = table.last_began()
    lines = {
        say("quality-last-incident"): last.words if last else say("value-none"),
        say("quality-covered-until"): day_words(coverage().last_day),
        say("quality-last-edited"): day_words(coverage().worked_on),
        say("quality-holds"): sizes_words(table),
        say("quality-data-version"): table.version,
        say("quality-boundary-version"): found.boundaries.version,
    }
    st.dataframe(
        pd.DataFrame({"": lines.keys(), say("quality-the-store"): lines.values()}),
        hide_index=True,
        width="stretch",
        height="content",
        alt=say("quality-store-label"),
    )


def excluded_section() -> None:
    """Draw the list of incidents that were considered but excluded, with reasons."""
    rows = read_excluded()
    st.markdown(f"## {say('quality-left-out')}")
    st.markdown(say("quality-left-out-about", rows=len(rows)))
    for left in rows:
        days = when_words(left.date_start, left.date_end, DatePrecision.DAY)
        st.markdown(f"- **{plain(left.title)}**, {days}: {plain(left.reason)}.")


# Downloads.


def quality_downloads(filters: Filters, found: Resources) -> None:
    """Draw the download buttons; a file is made only when requested."""
    workbook = partial(quality_workbook, filters, found.table, found.boundaries)
    files = (
        (say("quality-csv"), "quality", csv_format.FORMAT, partial(quality_csv, filters, found.table)),
        (say("download-workbook"), "quality", xlsx_format.FORMAT, workbook),
    )
    page_downloads(filters, files, note=say("quality-files-note"))


# The page About.


def about(record: IncidentTable) -> None:
    """Draw the description of the whole record, regardless of the filters."""
    known = coverage()
    panel(
        "about.html",
        key="about",
        on_choose=lambda _: None,
        first_day=day_words(known.first_day),
        last_day=day_words(known.last_day),
        sizes=sizes_words(record),
        worked_on=day_words(known.worked_on),
        thin=[period.words for period in known.thin],
        excluded=len(read_excluded()),
        rules=[kind.counted for kind in RULES.values()],
        boundaries=(BOUNDARY_NOTE, BOUNDARY_CREDIT),
        definitions=[
            (say("column-category"), [_category(category) for category in Category if _of_record(category)]),
            (say("column-status"), [("", status.label, status.meaning) for status in Status]),
            (
                say("filter-place-known"),
                [("", at.label, say("where-precision", precision=at.meaning)) for at in LocationPrecision],
            ),
            (say("filter-day-known"), [("", at.label, capitalised(at.meaning)) for at in DatePrecision]),
        ],
        made=say("about-made-by", author=AUTHOR, version=__version__, data_version=record.version[:8], licence=LICENCE),
    )


def sizes_words(record: IncidentTable) -> str:
    """Say how many incidents, claims, claimants and source entries the record holds."""
    return say(
        "quality-sizes",
        table=len(record),
        claims=sum(len(incident.claims) for incident in record.incidents),
        claimants=len(record.claimants),
        sources=sum(len(incident.sources) for incident in record.incidents),
    )


def _of_record(entry: Category | Subtype) -> bool:
    return Trait.IMPORTED not in entry.traits


def _category(category: Category) -> tuple[str, str, str]:
    """Return the symbol, name and meaning of a category, with its subtypes."""
    kinds = [kind.label for kind in Subtype if kind.category is category and _of_record(kind)]
    meaning = say("about-kinds", meaning=category.meaning, kinds=list_words(kinds))
    return symbol(category, Status.REPORTED), category.label, meaning
