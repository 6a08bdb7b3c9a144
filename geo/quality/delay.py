"""How long after an incident began the first dated report of it appeared."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final

import pandas as pd

from geo.incident import Incident
from geo.vocabulary import DatePrecision

_CLASSES: Final = (
    ("same day", 0),
    ("1 day", 1),
    ("2 days", 2),
    ("3 days", 3),
    ("4–7 days", 7),
    ("8–30 days", 30),
    ("over 30 days", None),
)
"""Names and last days of the classes of the distribution."""
BEFORE: Final = "before it began"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delays:
    """Days from the first day of incidents to the first dated report of each."""

    days: tuple[int, ...]
    """Of incidents with a known day and a dated source, shortest first; negative where a report is dated before it."""
    undated: int
    """Incidents none of whose sources has a date."""
    day_not_known: int
    """Incidents known to a week or month only, though a source has a date."""
    undated_sources: int
    """Source entries without a date, of all the incidents: any could be an earlier report."""
    sources: int

    @property
    def median(self) -> float | None:
        """Return the median in days, None without any."""
        return median(self.days) if self.days else None

    def distribution(self) -> pd.Series:
        """Count incidents by class of days, in order; “before it began” only where there are any."""
        counts = dict.fromkeys((BEFORE, *(name for name, _ in _CLASSES)), 0)
        for days in self.days:
            counts[_class(days)] += 1
        if not counts[BEFORE]:
            del counts[BEFORE]
        return pd.Series(counts, name="incidents", dtype=int).rename_axis("days")


def first_report(incident: Incident) -> date | None:
    """Return the day of the earliest dated source."""
    return min((source.published for source in incident.sources if source.published is not None), default=None)


def delays(incidents: Iterable[Incident]) -> Delays:
    """Measure a choice."""
    days, undated, unknown, entries = [], 0, 0, []
    for incident in incidents:
        entries += [source.published for source in incident.sources]
        first = first_report(incident)
        if first is None:
            undated += 1
        elif incident.date_precision is DatePrecision.DAY:
            days.append((first - incident.date_start).days)
        else:
            unknown += 1
    return Delays(
        days=tuple(sorted(days)),
        undated=undated,
        day_not_known=unknown,
        undated_sources=entries.count(None),
        sources=len(entries),
    )


def _class(days: int) -> str:
    if days < 0:
        return BEFORE
    return next(name for name, last in _CLASSES if last is None or days <= last)
