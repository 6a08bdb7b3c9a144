"""The sections of the page on data quality, but for coverage, and of the page About."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from geo import __version__
from geo.aggregate.coverage import coverage
from geo.casualties import RULES
from geo.citation import AUTHOR, LICENCE
from geo.evidence.contradictions import side_words
from geo.evidence.publications import CitedSource
from geo.evidence.reliability import (
    Outlet,
    Speakers,
    delays,
    lone_sides,
    only_weak,
    outlets,
    precision_mix,
    read_excluded,
    sources_per_incident,
    speaker_counts,
)
from geo.evidence.similar import IN_ORDER, Nearness, Similar, is_comparable, near_words, similar_pairs
from geo.export import csv_format, xlsx_format
from geo.export.page_files import quality_csv, quality_workbook
from geo.incident.dates import when_words
from geo.incident.record import Claimant, Incident
from geo.incident.vocabulary import AS_POINTS, Category, DatePrecision, LocationPrecision, Status, Subtype, Trait
from geo.language.formatting import capitalised, day_words, list_words
from geo.language.messages import say
from geo.places.boundaries import BOUNDARY_CREDIT, BOUNDARY_NOTE
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from ui.coverage_view import bars, chart_and_table, in_chart, percent, shades
from ui.parts.card import row, similar_entry
from ui.parts.components import panel, plain, symbol
from ui.parts.downloads import page_downloads
from ui.resources import Resources
from ui.source_view import NOT_ON_RECORD, cited
from ui.state import ask_for_map

# How soon the selected incidents were reported.


def delay_section(incidents: Sequence[Incident], *, total: int) -> None:
    """Draw the section; there is at least one incident."""
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


# The page on data quality in five numbers.


def quality_numbers(incidents: Sequence[Incident], claimants: Mapping[str, Claimant]) -> None:
    """Draw the numbers; there is at least one incident."""
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
        say("quality-one-side"): (percent(alone, chosen), Speakers.ONE.words),
        say("quality-single-source"): (percent(single, chosen), say("quality-single-source-help")),
        say("quality-first-report"): (
            say("not-known") if wait is None else say("days", count=round(wait)),
            say("quality-first-report-help"),
        ),
    }
    for beside, (label, (value, explained)) in zip(st.columns(len(numbers)), numbers.items(), strict=True):
        beside.metric(label, value, help=explained)


# How well place and day are known: bars of places, split by how well the day is.


def _points_of(mix: pd.DataFrame) -> int:
    return int(mix.loc[[known.value for known in AS_POINTS]].to_numpy().sum())


def precision_section(incidents: Sequence[Incident], *, total: int) -> None:
    """Draw the section; there is at least one incident."""
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


# How many sources incidents rest on, which outlets, and which sources are weak.

_MOST: Final = 15


def sources_section(filters: Filters, record: Resources) -> None:
    """Draw the section; there is at least one incident."""
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
        alone = only_weak(incidents)
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


# On whose word the selected incidents rest.


def speakers_section(incidents: Sequence[Incident], claimants: Mapping[str, Claimant], *, total: int) -> None:
    """Draw the section; there is at least one incident."""
    mix = speaker_counts(incidents, claimants)
    chosen, alone = len(incidents), int(mix[Speakers.ONE.value])
    st.markdown(f"## {say('quality-whose-word')}")
    st.markdown(say("quality-one-side-note", percent=percent(alone, chosen), sides=_by_whom(incidents, claimants)))
    bars(mix, head=say("quality-who-speaks"), of=chosen, alt_text=say("quality-speakers-label", alone=alone))
    explained = "; ".join(f"{kind.value}: {kind.words}" for kind in Speakers if mix[kind.value])
    st.caption(f"{in_chart(chosen, chosen=chosen, total=total)} {capitalised(explained)}.")


def _by_whom(incidents: Sequence[Incident], claimants: Mapping[str, Claimant]) -> str:
    sides = lone_sides(incidents, claimants)
    named = [say("quality-side-count", count=count, side=plain(side_words(str(side)))) for side, count in sides.items()]
    return f": {list_words(named)}" if named else ""


# Pairs of the selected incidents that may be one: near each other in place and days, and of a like kind.


_MOST_PAIRS: Final = 100
"""Pairs that are listed; the file of the page has all of them."""


def similar_section(incidents: Sequence[Incident], table: IncidentTable) -> None:
    """Draw the section; there is at least one incident."""
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
    """Return what sorts pairs whose places are known best, and lie nearest, first."""
    return list(Nearness).index(pair.nearness), pair.days, pair.km


def _pair(pair: Similar, table: IncidentTable) -> dict[str, Any]:
    return {"first": row(pair.one), "second": similar_entry(pair, pair.one, table, IN_ORDER)}


# Whether the store is sound, how fresh it is, and what was left out of it.


def store_section(found: Resources) -> None:
    """Draw the state of the store as a whole, whatever the filters."""
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
    """Draw what was considered and left out, with the reason."""
    rows = read_excluded()
    st.markdown(f"## {say('quality-left-out')}")
    st.markdown(say("quality-left-out-about", rows=len(rows)))
    for left in rows:
        days = when_words(left.date_start, left.date_end, DatePrecision.DAY)
        st.markdown(f"- **{plain(left.title)}**, {days}: {plain(left.reason)}.")


# The page on data quality as files.


def quality_downloads(filters: Filters, found: Resources) -> None:
    """Draw the buttons; a file is made only when it is asked for."""
    workbook = partial(quality_workbook, filters, found.table, found.boundaries)
    files = (
        (say("quality-csv"), "quality", csv_format.FORMAT, partial(quality_csv, filters, found.table)),
        (say("download-workbook"), "quality", xlsx_format.FORMAT, workbook),
    )
    page_downloads(filters, files, note=say("quality-files-note"))


# The page About: what the record is, how it is made, what its words mean, and what was not researched.


def about(record: IncidentTable) -> None:
    """Draw all that is said of the record as a whole, whatever the filters."""
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
    """Return the symbol, the name and the meaning of a category, with the kinds of incidents in it."""
    kinds = [kind.label for kind in Subtype if kind.category is category and _of_record(kind)]
    meaning = say("about-kinds", meaning=category.meaning, kinds=list_words(kinds))
    return symbol(category, Status.REPORTED), category.label, meaning
