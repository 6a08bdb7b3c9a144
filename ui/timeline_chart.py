"""The timeline as the browser draws it: symbols, bars and fading bars in lanes, or counts where incidents are many."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import streamlit as st

from geo.describe import when, where
from geo.incident import Incident
from geo.symbols import SHAPES
from geo.timeline import Bin, Lane, binned, span_of, step_for
from geo.vocabulary import Category
from geo.webmap import STATIC_FOLDER
from geo.wording import count_words, list_words, span_words
from ui.scheme import palette

_HERE: Final = Path(__file__).parent
_COMPONENT: Final = st.components.v2.component(
    "incident_map_timeline",
    html='<div class="timeline"></div>',
    css=(_HERE / "timeline_chart.css").read_text("utf-8"),
    js=(STATIC_FOLDER / "map" / "days.js").read_text("utf-8") + (_HERE / "timeline_chart.js").read_text("utf-8"),
)
_PLURALS: Final = {Category.CLASH: "clashes"}
_KEYS: Final = "Arrow keys go along a lane and from lane to lane, Enter opens. The table below holds the same."


def timeline_chart(  # noqa: PLR0913  # all but the first two by name
    lanes: Sequence[Lane],
    days: tuple[date, date],
    *,
    key: str,
    chosen: str | None,
    counted: bool,
    on_choose: Callable[[str], None],
) -> None:
    """Draw lanes over a span of days.

    `on_choose` gets the id of a chosen incident, or where incidents are `counted` the days of a column as
    `2025-10-01/2025-10-31`, before the script runs again.
    """

    def reported() -> None:
        choice = st.session_state[key].chosen
        if choice is not None:
            on_choose(choice)

    content = _columns(lanes, days) if counted else {"marks": _marks(lanes), "chosen": chosen}
    _COMPONENT(key=key, data=_frame(lanes, days) | content, on_chosen_change=reported)


def lane_name(lane: Lane) -> str:
    """Write a lane's name as a heading."""
    return lane.name[:1].upper() + lane.name[1:]


def _frame(lanes: Sequence[Lane], days: tuple[date, date]) -> dict[str, Any]:
    colours = palette()
    total = sum(len(lane.incidents) for lane in lanes)
    return {
        "from": days[0].isoformat(),
        "to": days[1].isoformat(),
        "lanes": [{"name": lane_name(lane), "total": f"{len(lane.incidents):,}"} for lane in lanes],
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


def _columns(lanes: Sequence[Lane], days: tuple[date, date]) -> dict[str, Any]:
    columns = binned(lanes, step_for(*days))
    return {
        "columns": [_column(column, lanes) for column in columns],
        "most": max((column.total for column in columns), default=1),
    }


def _column(column: Bin, lanes: Sequence[Lane]) -> dict[str, Any]:
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
        "label": f"{lane_name(lanes[column.lane])}. {title}: {kinds}. Choose this period.",
    }
