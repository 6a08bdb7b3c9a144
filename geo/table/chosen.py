"""Incidents chosen from the record and the imported datasets: counted alike, taken one by one where they are few."""

from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from geo.errors import TooManyError
from geo.filters import Filters
from geo.incident import Incident
from geo.table import answers
from geo.table.joined import Joined
from geo.table.together import added, oldest_first, oldest_rows_first
from geo.vocabulary import Status

MANY: Final = 2_000
"""Up to so many incidents are taken one by one, as records; more are drawn and told by counts."""


class Chosen(Joined):  # noqa: D101  # its docstring is the one of what it adds to
    __doc__ = Joined.__doc__

    def __len__(self) -> int:
        """Count all incidents but leads."""
        return self.whole(Filters())

    def whole(self, filters: Filters) -> int:
        """Count what a choice is made from: all incidents, and leads only if it names them."""
        return self.count(Filters(status=tuple(Status) if Status.LEAD in filters.status else ()))

    def count(self, filters: Filters) -> int:
        """Count the incidents of a choice."""
        own = super().count(filters)
        return own if self._imported is None else own + answers.count(self._imported, filters)

    def curated(self, filters: Filters) -> tuple[Incident, ...]:
        """Return the record's own incidents of a choice, oldest first, however many imported ones there are."""
        return super().selected(filters)

    def selected(self, filters: Filters) -> tuple[Incident, ...]:
        """Return the incidents of a choice as records, oldest first; raises TooManyError for more than MANY."""
        rows = self._few(filters)
        if rows is None:
            return self.curated(filters)
        return tuple(sorted((*self.curated(filters), *self._records(rows)), key=oldest_first))

    def select(self, filters: Filters) -> pd.DataFrame:
        """Return the incidents of a choice, oldest first, indexed by id; the columns are those of the table.

        Raises TooManyError for more than MANY.
        """
        rows = self._few(filters)
        own = super().select(filters)
        return own if rows is None else oldest_rows_first([own, self._frame(rows)])

    def months(self, filters: Filters) -> pd.DataFrame:
        """Count incidents by month and category: columns month (its first day), category, incidents."""
        own = super().months(filters)
        if self._imported is None:
            return own
        return added([own, answers.months(self._imported, filters)], ["month", "category"])

    def province_months(self, filters: Filters) -> pd.DataFrame:
        """Count incidents by province, month and category.

        Columns province_code (missing where an incident spans several or its province is not known), month (its first
        day), category, incidents, disputed, and first and last (days on which incidents began).
        """
        own = super().province_months(filters)
        if self._imported is None:
            return own
        both = [own, answers.province_months(self._imported, filters)]
        return added(both, ["province_code", "month", "category"])

    def actors(self) -> list[str]:
        """List who takes part in incidents, by name."""
        own = super().actors()
        return own if self._imported is None else sorted({*own, *answers.actors(self._imported)})

    def _few(self, filters: Filters) -> pa.Table | None:
        """Return the imported rows of a choice, None where no dataset is shown; raises TooManyError."""
        if self._imported is None:
            return None
        chosen = self.count(filters)
        if chosen > MANY:
            raise TooManyError(chosen, MANY)
        page = answers.page(self._imported, filters, answers.Sort.OLDEST, offset=0, limit=MANY)
        return self._fetch(page["r"].to_numpy(np.int64))
