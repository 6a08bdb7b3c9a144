"""Incidents by month as the browser draws them, with a brush that mouse, finger and keys move."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from geo.vocabulary import Category, to_show
from ui.chart_parts import chart_component
from ui.scheme import palette

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

    `counts` has columns month (its first day), category, incidents, and at least one row; `on_brush` gets the first
    day of the first and of the last month of a new brush, before the script runs again.
    """
    shown = to_show(Category, set(counts["category"]))
    first = counts["month"].iloc[0].date()
    columns = _columns(counts, [category.value for category in shown])
    pale = [int(not chosen(_later(first, months))) for months in range(len(columns))]
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
            "categories": [category.value for category in shown],
            "colours": [palette().of(category) for category in shown],
            "columns": columns,
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


def _later(month: date, months: int) -> date:
    years, of_year = divmod(month.month - 1 + months, 12)
    return date(month.year + years, of_year + 1, 1)
