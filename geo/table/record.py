"""The curated record as a DuckDB table: filtered by bound parameters, located once, its claims kept as records."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Self

import duckdb
import pandas as pd
import pyarrow as pa

from geo.boundaries import boundaries
from geo.claims import RANGE, Rule, Toll, Total, dispute_ratio, own_toll, total
from geo.errors import UnknownIncidentError
from geo.event_groups import EventGroup
from geo.filters import CONDITION, Filters
from geo.incident import Claimant, Incident
from geo.table_rows import incident_rows, toll_rows
from geo.vocabulary import About, Scope

_COUNT: Final = "SELECT count(*) FROM incident WHERE" + CONDITION
_ROWS: Final = "SELECT * FROM incident JOIN toll USING (id) WHERE" + CONDITION + "ORDER BY date_start, id"
_IDS: Final = "SELECT id FROM incident WHERE" + CONDITION + "ORDER BY date_start, id"
_MONTHS: Final = (
    "SELECT date_trunc('month', date_start)::DATE AS month, category, count(*) AS incidents FROM incident WHERE"
    + CONDITION
    + "GROUP BY ALL ORDER BY ALL"
)
_PROVINCE_MONTHS: Final = (
    "SELECT province_code, date_trunc('month', date_start)::DATE AS month, category, count(*) AS incidents, "
    "count(*) FILTER (status = 'disputed') AS disputed, min(date_start) AS first, max(date_start) AS last "
    "FROM incident WHERE" + CONDITION + "GROUP BY ALL ORDER BY ALL"
)
_PLACED: Final = "SELECT border, border_km, chainage_km, side, side_decided FROM incident WHERE id = $id"
_ACTORS: Final = "SELECT DISTINCT unnest(actors) AS actor FROM incident ORDER BY actor"


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an incident lies from the nearer of the two borders; all None without coordinates."""

    border: str | None
    border_km: float | None
    chainage_km: float | None
    side: str | None
    """ISO 3166-1 alpha-2."""
    side_decided: bool | None
    """False where the incident may lie on another side by its position."""


class Record:
    """The record's incidents, read-only; safe to share between threads.

    Figures for people are those of its `rule`, to begin with the range from the lowest to the highest claim.

    Parameters
    ----------
    incidents, claimants
        As read from the store.
    version
        SHA-256 of what they were read from, hexadecimal.
    event_groups
        The register of wider events, by id.

    """

    def __init__(
        self,
        incidents: Sequence[Incident],
        claimants: Mapping[str, Claimant],
        *,
        version: str,
        event_groups: Mapping[str, EventGroup] = MappingProxyType({}),
    ) -> None:
        self.incidents = tuple(incidents)
        self.version = version
        self.claimants = claimants
        self.event_groups = event_groups
        self.rule = replace(RANGE, register=claimants)
        self._tolls = toll_rows(self.incidents, self.rule)
        self._by_id = {incident.id: incident for incident in incidents}
        self._connection = duckdb.connect()
        self._connection.register("rows", incident_rows(self.incidents, claimants, boundaries()))
        self._connection.execute("CREATE TABLE incident AS SELECT * FROM rows ORDER BY date_start, id")
        self._connection.unregister("rows")

    def under(self, rule: Rule) -> Self:
        """Return the same incidents with figures for people by another rule; nothing but these is made again."""
        ruled = copy(self)
        ruled.rule = replace(rule, register=self.claimants)
        ruled._tolls = toll_rows(self.incidents, ruled.rule)  # noqa: SLF001  # of the same class
        return ruled

    def own_toll(self, incident: Incident, about: About) -> tuple[Toll | None, Scope]:
        """Return an incident's toll by the rule, or else the one its record holds for its event, and which of them."""
        return own_toll(incident, about, self.rule)

    def total(self, incidents: Iterable[Incident], about: About) -> Total:
        """Add up a set of incidents by the rule; a toll for a whole event counts once, whichever incident holds it."""
        return total(incidents, self.incidents, about, self.rule)

    def dispute_ratio(self, incidents: Iterable[Incident], about: About) -> float | None:
        """Return how far apart all claims about a set of incidents are, highest over lowest, whatever the rule."""
        return dispute_ratio(total(incidents, self.incidents, about, RANGE).toll)

    def __len__(self) -> int:
        """Count all incidents."""
        return len(self.incidents)

    def incident(self, incident_id: str) -> Incident:
        """Return one incident; raises UnknownIncidentError."""
        try:
            return self._by_id[incident_id]
        except KeyError as error:
            raise UnknownIncidentError(incident_id) from error

    def placed(self, incident_id: str) -> Placed:
        """Return where an incident lies from the nearer border; raises UnknownIncidentError."""
        self.incident(incident_id)
        row = self._connection.cursor().execute(_PLACED, {"id": incident_id}).fetchall()[0]
        return Placed(*row)

    def event_group(self, group: str) -> tuple[Incident, ...]:
        """Return the incidents of a wider event, oldest first."""
        return tuple(incident for incident in self.incidents if incident.event_group == group)

    def count(self, filters: Filters) -> int:
        """Count the incidents of a choice."""
        return int(self._ask(_COUNT, filters).fetchall()[0][0])

    def select(self, filters: Filters) -> pd.DataFrame:
        """Return the incidents of a choice, oldest first, indexed by id; the columns are those of the table."""
        cursor = self._connection.cursor()
        cursor.register("toll", self._tolls)
        return cursor.execute(_ROWS, filters.parameters()).df().set_index("id")

    def _as_frame(self, rows: pa.Table) -> pd.DataFrame:
        """Return rows with the columns of `select` in the types that it has."""
        cursor = self._connection.cursor()
        cursor.register("those", rows)
        return cursor.execute("SELECT * FROM those").df().set_index("id")

    def selected(self, filters: Filters) -> tuple[Incident, ...]:
        """Return the incidents of a choice as records, oldest first."""
        return tuple(self._by_id[incident_id] for (incident_id,) in self._ask(_IDS, filters).fetchall())

    def months(self, filters: Filters) -> pd.DataFrame:
        """Count incidents by month and category: columns month (its first day), category, incidents."""
        return self._ask(_MONTHS, filters).df()

    def province_months(self, filters: Filters) -> pd.DataFrame:
        """Count incidents by province, month and category.

        Columns province_code (missing where an incident spans several or its province is not known), month (its first
        day), category, incidents, disputed, and first and last (days on which incidents began).
        """
        return self._ask(_PROVINCE_MONTHS, filters).df()

    def actors(self) -> list[str]:
        """List who takes part in incidents, by name."""
        return [actor for (actor,) in self._connection.cursor().execute(_ACTORS).fetchall()]

    def _ask(self, query: str, filters: Filters) -> duckdb.DuckDBPyConnection:
        return self._connection.cursor().execute(query, filters.parameters())
