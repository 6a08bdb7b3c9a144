"""What the wider events are called: one row of `data/event_groups.json` for each event group of the incidents."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from geo.incident import Day, Incident, Record, Slug, Text


class EventGroup(Record):
    """A wider event that several incidents belong to; a row of `data/event_groups.json`."""

    id: Slug
    """What an incident's `event_group` names."""
    name: Annotated[Text, Field(max_length=60)]
    date_start: Day
    """First day of its first incident."""
    date_end: Day | None
    """Last day of its last incident; None means that for one of them no end is on record."""
    summary: Annotated[Text, Field(max_length=300)]

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.date_end is not None and self.date_end < self.date_start:
            raise ValueError(f"date_end {self.date_end} precedes date_start {self.date_start}")
        return self


def days_of(members: Iterable[Incident]) -> tuple[date, date | None]:
    """Return the first and the last day of an event group's incidents; raises ValueError where there are none.

    The last is None where one of them has no end on record.
    """
    incidents = tuple(members)
    ends = [incident.date_end for incident in incidents]
    known = [end for end in ends if end is not None]
    return min(incident.date_start for incident in incidents), max(known) if len(known) == len(ends) else None


def event_names(groups: Mapping[str, EventGroup]) -> dict[str, str]:
    """Return what event groups are called, by id, latest first."""
    ordered = sorted(groups.values(), key=lambda group: (group.date_start, group.id), reverse=True)
    return {group.id: group.name for group in ordered}
