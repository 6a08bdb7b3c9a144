"""Incidents in time: how long each lasted, as far as is known, and their lanes.

A bar states a fact: first and last day are on record. Without a recorded end, nothing is drawn beyond the first day. An
incident at one unknown time within a span of days is a moment somewhere in that span.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from geo.incident.dates import month_end
from geo.incident.record import Incident, oldest_first
from geo.incident.vocabulary import Category, DatePrecision
from geo.language.messages import say
from geo.selection import Filters

NO_PROVINCE_LANE: Final = say("province-lane-none")
_NIGHT: Final = timedelta(days=1)
"""The night of 11 to 12 October is two days in the record, but not a duration."""


class Form(StrEnum):
    """How an incident is drawn in time."""

    BAR = "bar"
    """Lasted from its first to its last day."""
    OPEN = "open"
    """Began; no end is on record."""
    MOMENT = "moment"
    """Took place on one of its days, or in one night."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days of an incident, inclusive."""

    first: date
    last: date
    """Equal to `first` if no end is on record."""
    form: Form


class LaneBy(StrEnum):
    """What lanes are grouped by."""

    CATEGORY = "category"
    PROVINCE = "province"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """Incidents of one lane, oldest first."""

    name: str
    incidents: tuple[Incident, ...]


class Step(StrEnum):
    """Time step of counts."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


def span_of(incident: Incident) -> Span:
    """Return the days of an incident, and whether it lasted."""
    first, last = incident.date_start, incident.date_end
    if last is None:
        return Span(first=first, last=first, form=Form.OPEN)
    lasted = incident.date_precision is DatePrecision.DAY and last - first > _NIGHT
    return Span(first=first, last=last, form=Form.BAR if lasted else Form.MOMENT)


def extent(incidents: Iterable[Incident], filters: Filters) -> tuple[date, date]:
    """Return the days that a timeline covers: the selected period, extended to incidents that lasted beyond it.

    Raises ValueError without incidents.
    """
    spans = [span_of(incident) for incident in incidents]
    return chosen_days(min(span.first for span in spans), max(span.last for span in spans), filters)


def chosen_days(first: date, last: date, filters: Filters) -> tuple[date, date]:
    """Return the selected period (by default the given days), extended to the given days."""
    years = (date(filters.year[0], 1, 1), date(filters.year[-1], 12, 31)) if filters.year else (None, None)
    since = max((day for day in (filters.since, years[0]) if day), default=first)
    until = min((day for day in (filters.until, years[1]) if day), default=last)
    return min(first, since), max(last, until)


def lanes_of(
    incidents: Sequence[Incident], by: LaneBy, *, names: Mapping[str, str] = MappingProxyType({})
) -> tuple[Lane, ...]:
    """Group incidents into lanes: categories in vocabulary order, provinces by count, with no province last.

    An incident in several provinces is in the lane of each. `names` maps province names to lane names; it is required
    if they lie in several countries or if not all of them have a lane.
    """
    sorted_in: defaultdict[str, list[Incident]] = defaultdict(list)
    for incident in sorted(incidents, key=oldest_first):
        for lane in _lanes(incident, by, names):
            sorted_in[lane].append(incident)
    if by is LaneBy.CATEGORY:
        ordered = [category.label for category in Category if category.label in sorted_in]
    else:
        ordered = sorted(sorted_in, key=lambda name: (name == NO_PROVINCE_LANE, -len(sorted_in[name]), name))
    return tuple(Lane(name=name, incidents=tuple(sorted_in[name])) for name in ordered)


def _lanes(incident: Incident, by: LaneBy, names: Mapping[str, str]) -> list[str]:
    if by is LaneBy.CATEGORY:
        return [incident.category.label]
    lies_in = [name for name in incident.lies_in if name in names] or incident.lies_in
    return [names.get(name, f"{name}, {incident.country.label}") for name in lies_in] or [NO_PROVINCE_LANE]


def step_for(first: date, last: date) -> Step:
    """Return the finest step with at most about a hundred steps in the period; years if there is none."""
    days = (last - first).days + 1
    limits = ((Step.DAY, 1), (Step.WEEK, 7), (Step.MONTH, 30.4))
    return next((step for step, length in limits if days / length <= 100), Step.YEAR)  # noqa: PLR2004  # about a hundred


def step_end(first: date, step: Step) -> date:
    """Return the last day of the step that begins on `first`."""
    if step is Step.MONTH:
        return month_end(first)
    return first.replace(month=12, day=31) if step is Step.YEAR else first + timedelta(days=6 * (step is Step.WEEK))
