"""The map page: the map with the card or an overview of the selection beside it, and the chart of months."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.aggregate.coverage import coverage
from geo.casualties import Rule, Total
from geo.incident.vocabulary import MEASURES, About, Category, Status, to_show
from geo.language.messages import (
    LANGUAGE,
    capitalised,
    date_settings,
    day_words,
    list_words,
    month_words,
    period_words,
    say,
)
from geo.render.left_out import left_out_of_chart
from geo.selection import Filters
from geo.sentences import tolls_together, total_words
from geo.table.incident_rows import CURATED
from geo.table.incident_table import MANY, tally
from geo.table.shown_datasets import Mixture, mixture_words, people_words
from ui.parts.card import beside_tolls, choose_or_close, incident_card, row
from ui.parts.components import chart_component, draw_component, draw_panel, palette, plain, render, symbol
from ui.parts.page_frame import mixture_caption
from ui.parts.page_map import is_of_many, map_view, selection_marks
from ui.resources import Resources, resources, storage_errors_shown
from ui.state import INCIDENT_KEY, go_where_asked, put_in_url, set_period, value_in_url

# The overview beside the map while no incident is open: the selection in numbers, and its latest incidents.

_LATEST: Final = 8


def overview(filters: Filters, found: Resources, *, where: str = say("map-where")) -> None:
    """Draw the numbers of the selected incidents, with a column for each dataset, and the latest of them."""
    draw_panel(overview_html(filters, found, where=where), key="overview", on_choose=choose_or_close)


def overview_html(filters: Filters, found: Resources, *, where: str = say("map-where")) -> str:
    """Return the HTML that `overview` draws."""
    return found.kept(("overview", where), filters, lambda: render("overview.html", **_numbers(filters, found, where)))


def _numbers(filters: Filters, found: Resources, where: str) -> dict[str, Any]:
    table, mixture = found.table, found.table.mixture(filters)
    facets = table.facets(filters)
    if facets.empty:
        return {"empty": True}
    by_category, by_status = tally(facets, "category"), tally(facets, "status")
    tolls = {about: table.totals(filters, about) for about in MEASURES}
    if not by_category[Category.CROSSING] and not any(total.toll for total in tolls[About.CROSSED].values()):
        del tolls[About.CROSSED]
    of_record = {about: totals[CURATED] for about, totals in tolls.items() if CURATED in totals}
    parts = [facets[facets["dataset"] == part.id] for part in mixture.parts] if mixture.mixed else [facets]
    return {
        "empty": False,
        "where": where,
        "datasets": [part.title for part in mixture.parts] if mixture.mixed else [],
        "all": [say("number", number=part.incidents) for part in mixture.parts],
        "categories": [
            (symbol(c, Status.REPORTED), c.label, _counts(parts, "category", c)) for c in to_show(Category, by_category)
        ],
        "statuses": [(s.label, _counts(parts, "status", s), s.meaning) for s in to_show(Status, by_status)],
        "tolls": [(about.label, _tolls(totals, mixture)) for about, totals in tolls.items()],
        "about_tolls": capitalised(list_words([about.label for about in tolls])),
        "beside": beside_tolls(of_record, table, incidents=len(table.curated(filters))),
        "shared": tolls_together(table.shared(filters) if filters.province else (), table.total),
        "not_added": people_words(mixture),
        "rule": table.rule.name,
        "rule_sentence": table.rule.sentence,
        "latest": [row(incident) for incident in table.newest(filters, limit=_LATEST)],
    }


def _counts(parts: Sequence[pd.DataFrame], name: str, code: str) -> list[str]:
    """Return the count of a code in the facets of each dataset, as text."""
    return [say("number", number=tally(facets, name)[code]) for facets in parts]


def _tolls(totals: Mapping[str, Total], mixture: Mixture) -> list[str]:
    """Return a toll in words for each dataset; a dash for a dataset without this measure."""
    if not mixture.mixed:
        only = next(iter(totals.values()), None)
        return [total_words(only)]
    return [total_words(totals[part.id]) if part.id in totals else "–" for part in mixture.parts]


# Totals under each rule, computed only on request because it takes a while.

_RULES_KEY: Final = "compare-rules"
_COMPARED: Final = (About.KILLED, About.INJURED)


@st.fragment
@storage_errors_shown()
def rules_compared(filters: Filters) -> None:
    """Draw an expander with the selection's totals under each rule."""
    found = resources()
    with st.expander(say("compare-rules"), key=_RULES_KEY, on_change="rerun") as compared:
        if compared.open:
            html = found.kept("rules", filters, lambda: render("rules.html", **_under_each(filters, found)))
            draw_panel(html, key="rules", on_choose=choose_or_close)


def _under_each(filters: Filters, found: Resources) -> dict[str, Any]:
    """Return template values: totals under each general rule and the current one, by dataset."""
    table, chosen = found.table, found.table.rule
    mixture = table.mixture(filters)
    heads = [part.title for part in mixture.parts] if mixture.mixed else [""]
    rules = [rule for rule in found.rules if not rule.kind.one_claimant or rule.code == chosen.code]

    def under(rule: Rule) -> list[str]:
        return [cell for about in _COMPARED for cell in _tolls(table.totals(filters, about, rule=rule), mixture)]

    return {
        "heads": [(about.label, head) for about in _COMPARED for head in heads],
        "rows": [(rule.title, rule.code == chosen.code, under(rule)) for rule in rules],
    }


# The map with the card beside it, as one fragment: opening an incident reruns nothing else.

MAP_AND_CARD: Final = "map-and-card"
"""Key of the fragment, for parts of the page that open a card."""
_MAP_KEY: Final = "incident-map"


@st.fragment(key=MAP_AND_CARD)
@storage_errors_shown()
def map_and_card(filters: Filters) -> None:
    """Draw the map of the selected incidents with the open card, or the overview, beside it."""
    go_where_asked()
    found = resources()
    chosen = value_in_url(INCIDENT_KEY)
    beside_map, beside_card = st.columns([2, 1], gap="small")
    with beside_map:
        marks = selection_marks(filters, found, chosen=chosen)
        if is_of_many(marks):
            _map(marks)
            st.caption(say("map-of-many", incidents=found.table.count(filters), many=MANY))
        else:
            _map(marks | {"playback": True})
    with beside_card:
        if chosen:
            incident_card(chosen, found.table, in_choice=found.table.holds(filters, chosen))
        else:
            overview(filters, found)


def _map(marks: dict[str, object]) -> None:
    map_view(marks, key=_MAP_KEY, label=say("map-label"), on_choose=partial(put_in_url, INCIDENT_KEY))


# The chart of incidents by month, with a brush that mouse, touch and keyboard move.


def _months(counts: pd.DataFrame, filters: Filters) -> dict[str, Any]:
    """Return the chart's settings from counts by month, as `IncidentTable.months` returns them, with at least one row.

    The brush covers the months of the selected period; the others are pale.
    """
    shown = to_show(Category, set(counts["category"]))
    first = counts["month"].iloc[0].date()
    columns = _columns(counts, [category.value for category in shown])
    months = [_later(first, number) for number in range(len(columns))]
    later = counts.groupby(counts["month"].dt.date)["over_the_end"].sum()
    pale = [int(not _is_chosen(month, filters)) for month in months]
    inside = [n for n, outside in enumerate(pale) if not outside]
    return {
        "first": first.isoformat(),
        "colours": [palette().of(category) for category in shown],
        "columns": columns,
        "names": [month_words(month) for month in months],
        "tips": [
            _tip(shown, numbers, int(later.get(month, 0))) for month, numbers in zip(months, columns, strict=True)
        ],
        "dates": date_settings(),
        "language": LANGUAGE,
        "ends": {"first": say("months-first"), "last": say("months-last")},
        "pale": pale,
        "brush": [inside[0], inside[-1]] if inside else [0, len(columns) - 1],
        "label": _in_words(counts),
    }


def _columns(counts: pd.DataFrame, categories: Sequence[str]) -> list[list[int]]:
    """Return counts by category for each month from the first to the last, including months without incidents."""
    numbers = [(month.year * 12 + month.month) for month in counts["month"]]
    columns = [[0] * len(categories) for _ in range(numbers[0], numbers[-1] + 1)]
    for number, category, incidents in zip(numbers, counts["category"], counts["incidents"], strict=True):
        columns[number - numbers[0]][categories.index(category)] = int(incidents)
    return columns


def _tip(categories: Sequence[Category], numbers: Sequence[int], later: int) -> list[str]:
    """Return the lines of a month's tooltip: counts by category, and how many may belong to a later month."""
    lines = [category.counted(number) for category, number in zip(categories, numbers, strict=True) if number]
    doubt = say("months-later", later=later)
    return [*lines, *([doubt] if later else [])] or [say("months-none")]


def _later(month: date, months: int) -> date:
    years, of_year = divmod(month.month - 1 + months, 12)
    return date(month.year + years, of_year + 1, 1)


_KEY: Final = "months-chart"


def months_chart(filters: Filters, found: Resources) -> None:
    """Draw the months of all incidents that the other filters leave, with the selected period in full colour."""
    table, others = found.table, filters.without("year", "since", "until")
    counts = table.months(others)
    if counts.empty:
        return
    first, last = counts["month"].iloc[0].date(), counts["month"].iloc[-1].date()

    def choose(period: str) -> None:
        since, until = (date.fromisoformat(f"{month}-01") for month in period.split("/"))
        whole = since <= first and until >= last
        set_period(None, None) if whole else set_period(since, _end_of(until))

    st.markdown(say("months-about-md"))
    data = found.kept("months", filters, lambda: _months(counts, filters))
    draw_component(chart_component("months"), key=_KEY, data=data, on_choose=choose)
    pale = say("months-pale") if filters.year or filters.since or filters.until else ""
    end = say("months-record-ends", last_day=day_words(coverage().last_day))
    mixed = mixture_caption(filters, table) if others == filters else f" {plain(mixture_words(table.mixture(others)))}"
    st.caption(f"{left_out_of_chart(others, table, period='month').sentences()}{pale} {end}{mixed}".rstrip())


def _is_chosen(month: date, filters: Filters) -> bool:
    after = filters.since is None or (month.year, month.month) >= (filters.since.year, filters.since.month)
    before = filters.until is None or month <= filters.until
    return after and before and (not filters.year or month.year in filters.year)


def _end_of(month: date) -> date:
    return (pd.Timestamp(month) + pd.offsets.MonthEnd(0)).date()


def _in_words(counts: pd.DataFrame) -> str:
    by_month = counts.groupby(counts["month"].dt.date)["incidents"].sum()
    most: Any = by_month.idxmax()
    span = period_words(by_month.index[0], _end_of(by_month.index[-1]))
    return say("months-label", span=span, incidents=int(by_month.max()), peak=month_words(most))
