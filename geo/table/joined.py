"""The record and the imported datasets together: what there is of them, and one incident or another."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from types import MappingProxyType
from typing import Any, Final, Self

import numpy as np
import pandas as pd
import pyarrow as pa

from geo.claims import Toll, Total
from geo.datasets.columns import ROW_SCHEMA
from geo.errors import UnknownIncidentError
from geo.event_groups import EventGroup
from geo.incident import Claimant, Incident
from geo.store import StoreContents
from geo.table import answers
from geo.table.imported import Imported, lean_of
from geo.table.kept import Kept
from geo.table.record import Placed, Record
from geo.table.records import records
from geo.table.rows import Refs, fetch
from geo.table.source import ImportedSource, Links, spare_reports, version_of
from geo.table_rows import toll_rows
from geo.vocabulary import About

_CELLS: Final = 5_000
"""Deaths of so many cells of the map are kept: the same ones come back with every step of it."""


class Joined(Record):
    """All incidents, read-only; safe to share between threads.

    Figures for people are those of its `rule`, to begin with the range from the lowest to the highest claim. Leads are
    in nothing unless a choice names their status.

    Parameters
    ----------
    incidents, claimants
        As read from the store.
    version
        SHA-256 of what they were read from, hexadecimal.
    event_groups
        The register of wider events, by id.
    datasets
        The imported datasets that are shown; their publishers join the claimants.
    links
        Pairs of reports that are one incident.

    """

    def __init__(  # noqa: PLR0913  # what there is to know of incidents
        self,
        incidents: Sequence[Incident],
        claimants: Mapping[str, Claimant],
        *,
        version: str,
        event_groups: Mapping[str, EventGroup] = MappingProxyType({}),
        datasets: Sequence[ImportedSource] = (),
        links: Links = (),
    ) -> None:
        publishers = {source.id: source.claimant for source in datasets}
        super().__init__(incidents, {**publishers, **claimants}, version=version, event_groups=event_groups)
        self.datasets = tuple(datasets)
        self._own = (version, claimants)
        self._facets: Kept[Any, pd.DataFrame] = Kept()
        self._totals: Kept[Any, dict[str, Total]] = Kept()
        self._cells: Kept[Any, Toll | None] = Kept(_CELLS)
        self._imported: Imported | None = None
        if datasets:
            spare = spare_reports(links, [source.id for source in datasets], self._by_id)
            self._imported = Imported(lean_of(self.datasets), spare)
            self.version = version_of(version, self.datasets, spare)

    @classmethod
    def of(cls, contents: StoreContents, datasets: Sequence[ImportedSource] = (), links: Links = ()) -> Self:
        """Make the table of what a reading of the store found, and of imported datasets."""
        return cls(
            contents.incidents,
            contents.claimants,
            version=contents.version,
            event_groups=contents.event_groups,
            datasets=datasets,
            links=links,
        )

    def alone(self) -> Self:
        """Return the record without the imported datasets; version and claimants stay."""
        own = copy(self)
        own.datasets = ()
        own._imported = None  # noqa: SLF001  # of the same class
        return own

    def record(self) -> Self:
        """Return the record as it is where no dataset is shown, with its own version and claimants; the rule stays."""
        own = self.alone()
        own.version, own.claimants = self._own
        return own

    def last_day(self) -> date | None:
        """Return the last day on which an incident began, leads apart; None without any."""
        days = [incident.date_start for incident in self.incidents]
        if self._imported is not None:
            days += filter(None, [answers.last_day(self._imported)])
        return max(days, default=None)

    def total(self, incidents: Iterable[Incident], about: About) -> Total:
        """Add up a set of incidents by the rule; of several datasets only the first one's, for they share their dead.

        The record's own are the first. `IncidentTable.totals` tells those of each dataset.
        """
        return super().total(self._of_one_dataset(incidents), about)

    def dispute_ratio(self, incidents: Iterable[Incident], about: About) -> float | None:
        """Return how far apart all claims about a set of incidents are, of the same as `total` adds up."""
        return super().dispute_ratio(self._of_one_dataset(incidents), about)

    def _of_one_dataset(self, incidents: Iterable[Incident]) -> list[Incident]:
        chosen = list(incidents)
        if self._imported is None:
            return chosen
        imported = [i for i in chosen if i.id not in self._by_id]
        if len(imported) < len(chosen):
            return [i for i in chosen if i.id in self._by_id]
        spoken = [source.id for source in self.datasets if any(i.claims[0].by == source.id for i in imported)]
        return [i for i in imported if i.claims[0].by in spoken[:1]]

    def incident(self, incident_id: str) -> Incident:
        """Return one incident; raises UnknownIncidentError."""
        if self._imported is None or incident_id in self._by_id:
            return super().incident(incident_id)
        return self._records(self._rows_of(incident_id))[0]

    def placed(self, incident_id: str) -> Placed:
        """Return where an incident lies from the nearer border; raises UnknownIncidentError."""
        if self._imported is None or incident_id in self._by_id:
            return super().placed(incident_id)
        row = self._rows_of(incident_id).to_pylist()[0]
        return Placed(row["border"], row["border_km"], row["chainage_km"], row["side"], row["side_decided"])

    def _rows_of(self, incident_id: str) -> pa.Table:
        ref = None if self._imported is None else self._imported.ref(incident_id)
        if ref is None:
            raise UnknownIncidentError(incident_id)
        return self._fetch(np.array([ref], np.int64))

    def _fetch(self, refs: Refs) -> pa.Table:
        assert self._imported is not None
        return fetch(self._imported.lean.connection, self._imported.lean.files, refs)

    def _records(self, rows: pa.Table) -> tuple[Incident, ...]:
        return records(rows, self.claimants)

    def _frame(self, rows: pa.Table) -> pd.DataFrame:
        """Return imported rows with the columns of `select`."""
        tolls = toll_rows(self._records(rows), self.rule).drop_columns("id")
        own = rows.select(ROW_SCHEMA.names)
        for name in tolls.column_names:
            own = own.append_column(name, tolls[name])
        return self._as_frame(own)
