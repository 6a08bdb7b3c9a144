"""The page of the timeline: the chart with the card beside it, and its table."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.aggregate.by_period import Bin, LaneCounts, lane_counts, province_lanes
from geo.aggregate.coverage import coverage
from geo.incident.record import Incident
from geo.incident.vocabulary import Category, DatePrecision, Status, to_show
from geo.language.messages import capitalised, date_settings, list_words, say, span_words
from geo.selection import Filters
from geo.sentences import when, when_of, where
from geo.symbology.symbols import HOLLOW, SHAPES, STROKE
from geo.symbology.time_lanes import Form, Lane, LaneBy, extent, lanes_of, span_of
from ui.map_and_months import overview
from ui.parts.card import incident_card
from ui.parts.components import chart_component, draw_component, palette, panel, symbol
from ui.parts.filter_bar import one_of_few
from ui.parts.tables import SORTS, TITLE, WHEN, choosable_table, how_to_choose, status_column, when_cell
from ui.resources import Resources, resources, storage_errors_shown
from ui.state import INCIDENT_KEY, go_where_asked, put_in_url, set_period, value_in_url

# The chart: symbols, bars and fading bars in lanes, or counts if there are many incidents.


def timeline_chart(
    lanes: Sequence[Lane],
    days: tuple[date, date],
    *,
    key: str,
    chosen: str | None,
    on_choose: Callable[[str], None],
) -> None:
    """Draw each incident of lanes over a span of days; `on_choose` gets an incident's id, before the script reruns."""
    named = [(lane.name, len(lane.incidents)) for lane in lanes]
    total = len({incident.id for lane in lanes for incident in lane.incidents})
    marks = [_mark(incident, number) for number, lane in enumerate(lanes) for incident in lane.incidents]
    _draw(_frame(named, days, total) | {"marks": marks, "chosen": chosen}, key, on_choose)


def counts_chart(counts: LaneCounts, *, key: str, on_choose: Callable[[str], None]) -> None:
    """Draw counted lanes; `on_choose` gets the days of a column as `2025-10-01/2025-10-31`."""
    columns = {"columns": [_column(column, counts) for column in counts.bins], "most": counts.most}
    _draw(_frame(counts.lanes, counts.days, counts.incidents) | columns, key, on_choose)


def _draw(content: dict[str, Any], key: str, on_choose: Callable[[str], None]) -> None:
    draw_component(chart_component("timeline"), key=key, data=content, on_choose=on_choose)


def lane_name(name: str) -> str:
    """Return a lane's name as a heading."""
    return capitalised(name)


def _frame(lanes: Sequence[tuple[str, int]], days: tuple[date, date], total: int) -> dict[str, Any]:
    """Return the settings of both kinds of chart: lanes with names and numbers of incidents, days, colours."""
    colours = palette()
    return {
        "dates": date_settings(),
        "from": days[0].isoformat(),
        "to": days[1].isoformat(),
        "researched": coverage().last_day.isoformat(),
        "not_researched": say("coverage-not-researched"),
        "lanes": [{"name": lane_name(name), "total": say("number", number=number)} for name, number in lanes],
        "categories": [category.value for category in Category],
        "palette": {category.value: colours.of(category) for category in Category},
        "shapes": {category.value: shape.corners for category, shape in SHAPES.items()},
        "hollow": {status.value: status in HOLLOW for status in Status},
        "stroke": STROKE.chart,
        "keys": say("timeline-keys"),
        "label": say(
            "timeline-label", total=total, days=span_words(*days), lanes=len(lanes), keys=say("timeline-keys")
        ),
    }


def _mark(incident: Incident, lane: int) -> dict[str, Any]:
    span = span_of(incident)
    said = (f"{when(incident)} · {incident.status.label}", f"{incident.subtype.label}, {where(incident)}")
    return {
        "id": incident.id,
        "lane": lane,
        "c": incident.category.value,
        "s": incident.status.value,
        "a": span.first.isoformat(),
        "b": span.last.isoformat(),
        "form": span.form.value,
        "known": when_of(incident).day_known,
        "tip": [incident.title, *said],
        "label": f"{incident.title}. {when(incident)}. {incident.status.label}. {where(incident)}.",
    }


def _column(column: Bin, counts: LaneCounts) -> dict[str, Any]:
    title = f"{span_words(column.first, column.last)}: {say('incidents', count=column.total)}"
    kinds = list_words(
        [category.counted(number) for category, number in zip(Category, column.counts, strict=True) if number]
    )
    return {
        "lane": column.lane,
        "a": column.first.isoformat(),
        "b": column.last.isoformat(),
        "n": list(column.counts),
        "tip": [title, kinds],
        "label": say("timeline-column-label", lane=lane_name(counts.lanes[column.lane][0]), title=title, kinds=kinds),
    }


# The same incidents lane by lane as a table, the text alternative to the chart.

_TABLE_KEY: Final = "timeline-table"
_FORMS: Final = {"bar": say("timeline-lasted-word"), "open": say("timeline-open-ended"), "moment": ""}


def timeline_table(lanes: Sequence[Lane]) -> None:
    """Draw the incidents in lanes as rows; choosing a row opens its card."""
    placed = [(lane, incident) for lane in lanes for incident in lane.incidents]
    rows = pd.DataFrame(
        {
            say("column-lane"): [lane_name(lane.name) for lane, _ in placed],
            say("column-when"): [when_cell(incident.date_start, when(incident)) for _, incident in placed],
            say("column-incident"): [incident.title for _, incident in placed],
            say("column-category"): [incident.category.label for _, incident in placed],
            say("column-status"): [incident.status.label for _, incident in placed],
            say("column-place"): [incident.place for _, incident in placed],
            say("column-lasted"): [_FORMS[span_of(incident).form] for _, incident in placed],
            say("column-day-known-to"): [incident.date_precision.label for _, incident in placed],
        }
    )
    choosable_table(
        rows,
        key=_TABLE_KEY,
        ids=(incident.id for _, incident in placed),
        on_choose=partial(put_in_url, INCIDENT_KEY),
        chosen=value_in_url(INCIDENT_KEY),
        label=say("timeline-table-label"),
        height=420,
        columns={
            say("column-when"): WHEN,
            say("column-incident"): TITLE,
            say("column-status"): status_column(),
        },
    )
    st.caption(f"{SORTS} {how_to_choose(say('table-open-card'))}")


# The timeline with the card beside it; a fragment while each incident has a mark, so that choosing one is quick.

MOST_MARKS: Final = 500
"""Largest number of incidents drawn as symbols; more would be a wall of colour, so lanes show counts instead."""
_KEY: Final = "timeline-chart"


def lanes_choice() -> LaneBy:
    """Draw the choice of lanes, which is kept in the link, and return it."""
    names = {LaneBy.CATEGORY.value: say("lanes-category"), LaneBy.PROVINCE.value: say("lanes-province")}
    return LaneBy(one_of_few(say("timeline-lanes-by"), "lanes", names, default=LaneBy.CATEGORY))


def in_each_lane(incidents: int) -> str:
    """Say that incidents in several provinces appear in the lane of each; empty for none."""
    if not incidents:
        return ""
    return f" {say('timeline-several', incidents=incidents)}"


def timeline_and_card(filters: Filters, by: LaneBy) -> None:
    """Draw the selected incidents in lanes with the open card, or the overview, beside them."""
    if resources().table.count(filters) > MOST_MARKS:
        _chart_and_card(filters, by)  # a column sets the period, a filter of the whole page, which must rerun
    else:
        st.fragment(storage_errors_shown()(_chart_and_card))(filters, by)


def _chart_and_card(filters: Filters, by: LaneBy) -> None:
    go_where_asked()
    found = resources()
    chosen = value_in_url(INCIDENT_KEY)
    beside_chart, beside_card = st.columns([2, 1], gap="small")
    with beside_chart:
        if found.table.count(filters) > MOST_MARKS:
            _counts(filters, found, by)
        else:
            _marks(filters, found, by, chosen)
    with beside_card:
        if chosen:
            incident_card(chosen, found.table, in_choice=found.table.holds(filters, chosen))
        else:
            overview(filters, found, where=say("timeline-where"))


def _marks(filters: Filters, found: Resources, by: LaneBy, chosen: str | None) -> None:
    incidents = found.table.selected(filters)
    days = extent(incidents, filters)
    _legend(incidents, {incident.category for incident in incidents}, until=days[1])
    timeline_chart(
        lanes_of(incidents, by, names=province_lanes(filters, found.boundaries)),
        days,
        key=f"{_KEY}-marks",
        chosen=chosen,
        on_choose=partial(put_in_url, INCIDENT_KEY),
    )


def _counts(filters: Filters, found: Resources, by: LaneBy) -> None:
    counts = lane_counts(filters, found.table, found.boundaries, by)
    later = found.table.reaching_over(filters, counts.step.value)
    words = say("timeline-columns", step=say(f"step-{counts.step}"), most=counts.most)
    if later:
        words += say("timeline-columns-later", incidents=later)
    _legend((), found.codes, until=counts.days[1], columns=words)
    counts_chart(counts, key=f"{_KEY}-counts", on_choose=_choose_period)


def _choose_period(days: str) -> None:
    """Set the period filter to the days of a column, within the years that the filter bar offers."""
    first, last = (date.fromisoformat(day) for day in days.split("/"))
    since, until = resources().days or (first, last)
    set_period(max(first, date(since.year, 1, 1)), min(last, date(until.year, 12, 31)))


def _legend(incidents: Sequence[Incident], categories: Collection[str], *, until: date, columns: str = "") -> None:
    """Draw the legend of a chart that ends at `until`; `columns` explains its columns, if it has any."""
    open_ended = sum(span_of(incident).form is Form.OPEN for incident in incidents)
    bounded = sum(incident.date_precision is not DatePrecision.DAY for incident in incidents)
    panel(
        "timeline_legend.html",
        key="timeline-legend",
        on_choose=partial(put_in_url, INCIDENT_KEY),
        kinds=[(symbol(category, Status.REPORTED, 13), category.label) for category in to_show(Category, categories)],
        hollow=[(symbol(Category.CLASH, status, 13), status) for status in HOLLOW],
        columns=columns,
        beyond=until >= coverage().last_day,
        open_ended=say("incidents", count=open_ended) if open_ended else "",
        bounded=say("incidents", count=bounded) if bounded else "",
    )
