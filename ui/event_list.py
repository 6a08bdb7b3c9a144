"""The wider events: which of them the choice holds, latest first, each opening its page."""

from collections.abc import Sequence
from typing import Any, Final

from geo.event_groups import EventGroup
from geo.incident import Incident
from geo.table import IncidentTable
from geo.vocabulary import Category, Status
from geo.wording import count_words, day_words, span_words
from ui.panel import panel, symbol
from ui.state import choose_event

_KEY: Final = "event-list"


def event_list(incidents: Sequence[Incident], table: IncidentTable) -> None:
    """Draw the events of the chosen incidents, and below them, folded, those that the filters leave out."""
    rows = [_row(group, incidents, table) for group in latest_first(table)]
    panel(
        "event_list.html",
        key=_KEY,
        on_choose=choose_event,
        events=[row for row in rows if row["chosen"]],
        others=[row for row in rows if not row["chosen"]],
        alone=count_words(sum(incident.event_group is None for incident in incidents), "incident"),
    )


def latest_first(table: IncidentTable) -> list[EventGroup]:
    """Return the wider events, the one that began last first."""
    return sorted(table.event_groups.values(), key=lambda group: (group.date_start, group.id), reverse=True)


def event_days(group: EventGroup) -> str:
    """Say when a wider event took place."""
    if group.date_end is None:
        return f"from {day_words(group.date_start)}, no end on record"
    return span_words(group.date_start, group.date_end)


def of_all(chosen: int, everything: int) -> str:
    """Say how many of an event's incidents are in the choice."""
    return count_words(everything, "incident") if chosen == everything else f"{chosen:,} of {everything:,} incidents"


def _row(group: EventGroup, incidents: Sequence[Incident], table: IncidentTable) -> dict[str, Any]:
    members = table.event_group(group.id)
    chosen = [incident for incident in incidents if incident.event_group == group.id]
    kinds = {incident.category for incident in members}
    return {
        "id": group.id,
        "name": group.name,
        "when": event_days(group),
        "year": group.date_start.year,
        "summary": group.summary,
        "count": of_all(len(chosen), len(members)),
        "chosen": bool(chosen),
        "split": 0 < len(chosen) < len(members),
        "disputed": sum(incident.status is Status.DISPUTED for incident in members),
        "symbols": [symbol(category, Status.REPORTED) for category in Category if category in kinds],
    }
