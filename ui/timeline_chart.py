"""The timeline as the browser draws it: symbols, bars and fading bars in lanes, or counts where incidents are many."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

import streamlit as st

from geo.describe import when, where
from geo.incident import Incident
from geo.lane_counts import Bin, LaneCounts
from geo.symbols import SHAPES
from geo.timeline import Lane, span_of
from geo.vocabulary import Category
from geo.wording import count_words, list_words, span_words
from ui.chart_parts import chart_component
from ui.scheme import palette

_COMPONENT: Final = chart_component("timeline")
_PLURALS: Final = {Category.CLASH: "clashes", Category.OTHER: "others"}
_KEYS: Final = "Arrow keys go along a lane and from lane to lane, Enter opens. The table below holds the same."


def timeline_chart(
    lanes: Sequence[Lane],
    days: tuple[date, date],
    *,
    key: str,
    chosen: str | None,
    on_choose: Callable[[str], None],
) -> None:
    """Draw each incident of lanes over a span of days; `on_choose` gets the id of one, before the script runs again."""
    named = [(lane.name, len(lane.incidents)) for lane in lanes]
    _draw(_frame(named, days) | {"marks": _marks(lanes), "chosen": chosen}, key, on_choose)


def counts_chart(counts: LaneCounts, *, key: str, on_choose: Callable[[str], None]) -> None:
    """Draw counted lanes; `on_choose` gets the days of a column as `2025-10-01/2025-10-31`."""
    columns = {"columns": [_column(column, counts) for column in counts.bins], "most": counts.most}
    _draw(_frame(counts.lanes, counts.days) | columns, key, on_choose)


def _draw(content: dict[str, Any], key: str, on_choose: Callable[[str], None]) -> None:
    def reported() -> None:
        choice = st.session_state[key].chosen
        if choice is not None:
            on_choose(choice)

    _COMPONENT(key=key, data=content, on_chosen_change=reported)


def lane_name(name: str) -> str:
    """Write a lane's name as a heading."""
    return name[:1].upper() + name[1:]


def _frame(lanes: Sequence[tuple[str, int]], days: tuple[date, date]) -> dict[str, Any]:
    """Return what both kinds of chart have: lanes with their names and numbers of incidents, days, colours."""
    colours = palette()
    total = sum(number for _, number in lanes)
    return {
        "from": days[0].isoformat(),
        "to": days[1].isoformat(),
        "lanes": [{"name": lane_name(name), "total": f"{number:,}"} for name, number in lanes],
        "categories": [category.value for category in Category],
        "palette": {category.value: colours.of(category) for category in Category},
        "shapes": {category.value: shape for category, shape in SHAPES.items()},
        "label": f"Timeline of {count_words(total, 'incident')}, {span_words(*days)}, in "
        f"{count_words(len(lanes), 'lane')}. {_KEYS}",
    }


def _marks(lanes: Sequence[Lane]) -> list[dict[str, Any]]:
    return [_mark(incident, number) for number, lane in enumerate(lanes) for incident in lane.incidents]


def _mark(incident: Incident, lane: int) -> dict[str, Any]:
    span = span_of(incident)
    said = (f"{when(incident)} · {incident.status.value}", f"{incident.subtype.words}, {where(incident)}")
    return {
        "id": incident.id,
        "lane": lane,
        "c": incident.category.value,
        "s": incident.status.value,
        "a": span.first.isoformat(),
        "b": span.last.isoformat(),
        "form": span.form.value,
        "tip": [incident.title, *said],
        "label": f"{incident.title}. {when(incident)}. {incident.status.value}. {where(incident)}.",
    }


def _column(column: Bin, counts: LaneCounts) -> dict[str, Any]:
    title = f"{span_words(column.first, column.last)}: {count_words(column.total, 'incident')}"
    kinds = list_words(
        [
            count_words(number, category.value, _PLURALS.get(category))
            for category, number in zip(Category, column.counts, strict=True)
            if number
        ]
    )
    return {
        "lane": column.lane,
        "a": column.first.isoformat(),
        "b": column.last.isoformat(),
        "n": list(column.counts),
        "tip": [title, kinds],
        "label": f"{lane_name(counts.lanes[column.lane][0])}. {title}: {kinds}. Choose this period.",
    }
