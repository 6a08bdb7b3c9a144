"""Counts that a page needs whole: by every code at once, by step of time, and the incidents of one spot."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.filters import CONDITION, Filters
from geo.incident import Incident
from geo.table import answers
from geo.table.answers import Sort
from geo.table.chosen import Chosen
from geo.table.clusters import Badge, Cell
from geo.table.mercator import Ends, to_units
from geo.timeline import LaneBy, Step
from geo.vocabulary import LocationPrecision

_FACET: Final = ["dataset", "category", "status", "location_precision", "date_precision"]
_STEP: Final = ["lane", "category", "first"]
_LANES: Final = {LaneBy.CATEGORY: "category", LaneBy.PROVINCE: "province_code"}
_FACETS: Final = f"""
SELECT {", ".join(f"{name}::VARCHAR AS {name}" for name in _FACET)}, incidents, first, last
FROM (
    SELECT {", ".join(_FACET)}, count(*) AS incidents, min(date_start) AS first, max(date_start) AS last
    FROM {{table}} WHERE {{where}} GROUP BY ALL
)
"""
_STEPS: Final = """
SELECT lane::VARCHAR AS lane, category::VARCHAR AS category, date_trunc($step, day)::DATE AS first,
    sum(incidents)::BIGINT AS incidents
FROM (
    SELECT {lane} AS lane, category, date_start AS day, count(*) AS incidents FROM {table} WHERE {where} GROUP BY ALL
)
GROUP BY ALL
"""
_OVER: Final = """
SELECT count(*) AS incidents FROM {table} WHERE {where} AND date_precision <> 'day'
    AND date_trunc($period, date_start) <> date_trunc($period, {end})
"""
_LAST_DAY: Final = """
    CASE date_precision::VARCHAR WHEN 'week' THEN date_start + INTERVAL 6 DAY
        WHEN 'year' THEN make_date(year(date_start), 12, 31) ELSE last_day(date_start) END
"""
"""Of imported incidents the table keeps the first day that is possible: a week is taken to be whole."""
_HOLDS: Final = "SELECT count(*) FROM lean WHERE {where} AND r = $ref"
_AT: Final = """
SELECT r FROM lean WHERE {where} AND x BETWEEN $west AND $east AND y BETWEEN $north AND $south
    AND list_contains($known, location_precision::VARCHAR) ORDER BY date_start DESC, r DESC LIMIT $limit
"""


class Counted(Chosen):  # noqa: D101  # its docstring is the one of what it adds to
    __doc__ = Chosen.__doc__

    def facets(self, filters: Filters) -> pd.DataFrame:
        """Count the incidents of a choice by every code at once.

        Columns dataset, category, status, location_precision, date_precision, incidents, and first and last (days on
        which incidents began); only what is not zero, in a stable order. Two parts of a page ask for the same.
        """
        ends = {"first": "min", "last": "max"}
        return self._facets.get(
            (self._imported is None, filters), lambda: _added(self._both(_FACETS, _FACETS, filters), _FACET, ends)
        )

    def steps(self, filters: Filters, step: Step, by: LaneBy) -> pd.DataFrame:
        """Count the incidents of a choice by lane, category and the step of time in which they began.

        Columns lane (a category, or a province's code, missing where there is no one province), category, first (day of
        the step) and incidents; only what is not zero, in a stable order.
        """
        query = _STEPS.replace("{lane}", _LANES[LaneBy(by)])
        return _added(self._both(query, query, filters, step=Step(step).value), _STEP, {})

    def reaching_over(self, filters: Filters, period: str) -> int:
        """Count the incidents of a choice whose day is not known and may lie in a later year, quarter or month."""
        own, others = (_OVER.replace("{end}", end) for end in ("date_end", _LAST_DAY))
        found = self._both(own, others, filters, period=period)
        return sum(int(part["incidents"].sum()) for part in found)

    def listed(self, filters: Filters, group: Cell | Badge, *, limit: int) -> tuple[Incident, ...]:
        """Return the incidents that a disc or a badge of a choice stands for, newest first, at most so many."""
        if isinstance(group, Badge) and group.province_code is not None:
            inside = replace(filters, province=(group.province_code,), precision=(LocationPrecision.PROVINCE,))
            return self.newest(inside, limit=limit)
        known = (group.kind,) if isinstance(group, Badge) else (LocationPrecision.EXACT, LocationPrecision.NEAR)
        return _newest(self._at(filters, group.ends, known, limit), limit)

    def holds(self, filters: Filters, incident_id: str) -> bool:
        """Tell whether a choice has an incident; not if there is no such incident."""
        if any(incident.id == incident_id for incident in self.curated(filters)):
            return True
        ref = self._imported and self._imported.ref(incident_id)
        if self._imported is None or ref is None:
            return False
        return bool(self._imported.ask(_HOLDS, filters, ref=ref).fetchall()[0][0])

    def newest(self, filters: Filters, *, limit: int) -> tuple[Incident, ...]:
        """Return the incidents of a choice as records, newest first, at most so many."""
        found = list(self.curated(filters)[-limit:])
        if self._imported is not None:
            refs = answers.page(self._imported, filters, Sort.NEWEST, offset=0, limit=limit)["r"]
            found += self._records(self._fetch(refs.to_numpy(np.int64)))
        return _newest(found, limit)

    def _at(self, filters: Filters, ends: Ends, known: tuple[LocationPrecision, ...], limit: int) -> list[Incident]:
        found = [i for i in self.curated(filters) if i.location_precision in known and _is_within(i, ends)]
        if self._imported is not None:
            edges = dict(zip(("west", "east", "north", "south"), ends, strict=True))
            bound = edges | {"known": [kind.value for kind in known], "limit": limit}
            refs = self._imported.ask(_AT, filters, **bound).fetchnumpy()["r"]
            found += self._records(self._fetch(np.asarray(refs, np.int64)))
        return found

    def _both(self, own: str, others: str, filters: Filters, **bound: Any) -> list[pd.DataFrame]:
        """Ask the record and the imported datasets."""
        query = own.replace("{table}", "incident").replace("{where}", CONDITION)
        found = [self._connection.cursor().execute(query, filters.parameters() | bound).df()]
        if self._imported is not None:
            found.append(self._imported.ask(others.replace("{table}", "lean"), filters, **bound).df())
        return found


def tally(facets: pd.DataFrame, name: str) -> Counter[str]:
    """Count by one column of `IncidentTable.facets`."""
    return Counter({str(code): int(number) for code, number in facets.groupby(name)["incidents"].sum().items()})


def _added(parts: list[pd.DataFrame], by: list[str], more: dict[str, str]) -> pd.DataFrame:
    both = pd.concat([part for part in parts if len(part)] or parts[:1])
    counted = both.groupby(by, as_index=False, dropna=False).agg({"incidents": "sum"} | more)
    return counted.sort_values(by, ignore_index=True)


def _newest(incidents: Iterable[Incident], limit: int) -> tuple[Incident, ...]:
    return tuple(sorted(incidents, key=lambda each: (each.date_start, each.id), reverse=True)[:limit])


def _is_within(incident: Incident, ends: Ends) -> bool:
    if incident.lon is None or incident.lat is None:
        return False
    (x,), (y,) = to_units([incident.lon], [incident.lat])
    west, east, north, south = ends
    return bool(west <= x <= east and north <= y <= south)
