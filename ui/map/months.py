"""Incidents by month under the map, stacked by category; a brush over it sets since and until."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.aggregate.coverage import coverage
from geo.incident.vocabulary import Category, to_show
from geo.language.messages import say
from geo.language.wording import count_words, date_settings, day_words, month_words, period_words
from geo.render.left_out import left_out_of_chart
from geo.selection.filters import Filters
from geo.table.incident_table import IncidentTable
from geo.table.mixture import mixture_words
from ui.parts.charts import chart_component, palette
from ui.parts.header import mixture_caption
from ui.plain_text import plain
from ui.state import set_period

# Incidents by month as the browser draws them, with a brush that mouse, finger and keys move.

_COMPONENT: Final = chart_component("months")


def stacked_months(
    counts: pd.DataFrame,
    *,
    chosen: Callable[[date], bool],
    label: str,
    key: str,
    on_brush: Callable[[date, date], None],
) -> None:
    """Draw counted months and the brush over those that are `chosen`, the others pale.

    `counts` is as `IncidentTable.months` returns it, with at least one row; `on_brush` gets the first day of the first
    and of the last month of a new brush, before the script runs again.
    """
    shown = to_show(Category, set(counts["category"]))
    first = counts["month"].iloc[0].date()
    columns = _columns(counts, [category.value for category in shown])
    months = [_later(first, number) for number in range(len(columns))]
    later = counts.groupby(counts["month"].dt.date)["over_the_end"].sum()
    pale = [int(not chosen(month)) for month in months]
    inside = [n for n, outside in enumerate(pale) if not outside]

    def reported() -> None:
        period = st.session_state[key].period
        if period is not None:
            first, last = (date.fromisoformat(f"{month}-01") for month in period.split("/"))
            on_brush(first, last)

    _COMPONENT(
        key=key,
        data={
            "first": first.isoformat(),
            "colours": [palette().of(category) for category in shown],
            "columns": columns,
            "names": [month_words(month) for month in months],
            "tips": [
                _tip(shown, numbers, int(later.get(month, 0))) for month, numbers in zip(months, columns, strict=True)
            ],
            "dates": date_settings(),
            "pale": pale,
            "brush": [inside[0], inside[-1]] if inside else [0, len(columns) - 1],
            "label": label,
        },
        on_period_change=reported,
    )


def _columns(counts: pd.DataFrame, categories: Sequence[str]) -> list[list[int]]:
    """Return the numbers of a month by category, for each month from the first to the last, also for those without."""
    numbers = [(month.year * 12 + month.month) for month in counts["month"]]
    columns = [[0] * len(categories) for _ in range(numbers[0], numbers[-1] + 1)]
    for number, category, incidents in zip(numbers, counts["category"], counts["incidents"], strict=True):
        columns[number - numbers[0]][categories.index(category)] = int(incidents)
    return columns


def _tip(categories: Sequence[Category], numbers: Sequence[int], later: int) -> list[str]:
    """Say what a month has, and how many of it may belong to a later one."""
    lines = [
        count_words(number, category.value, category.plural)
        for category, number in zip(categories, numbers, strict=True)
        if number
    ]
    doubt = say("months-later", later=later)
    return [*lines, *([doubt] if later else [])] or [say("months-none")]


def _later(month: date, months: int) -> date:
    years, of_year = divmod(month.month - 1 + months, 12)
    return date(month.year + years, of_year + 1, 1)


_KEY: Final = "months-chart"


def months_chart(filters: Filters, table: IncidentTable) -> None:
    """Draw the months of all that the other filters leave, with the chosen period in full colour."""
    others = filters.without("year", "since", "until")
    counts = table.months(others)
    if counts.empty:
        return
    first, last = counts["month"].iloc[0].date(), counts["month"].iloc[-1].date()

    def brushed(since: date, until: date) -> None:
        whole = since <= first and until >= last
        set_period(None, None) if whole else set_period(since, _end_of(until))

    st.markdown(say("months-about-md"))
    stacked_months(
        counts, chosen=partial(_is_chosen, filters=filters), label=_in_words(counts), key=_KEY, on_brush=brushed
    )
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
