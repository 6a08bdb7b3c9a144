"""The table that every page asks, also where millions of incidents are chosen."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from geo.boundaries import boundaries
from geo.claims import Toll, Total, total
from geo.filters import Filters
from geo.incident import Incident
from geo.marks import AreaMark, PointMark, marks_of
from geo.table import answers
from geo.table.answers import Sort, TollsBy
from geo.table.clusters import Clusters
from geo.table.counted import Counted
from geo.table.drawing import Drawer
from geo.table.gathering import facts, gather
from geo.table.heard import told
from geo.table.mercator import Ground, each_to_degrees
from geo.table.record import Record
from geo.table_rows import CURATED
from geo.viewport import BBox
from geo.vocabulary import About, Status


class IncidentTable(Counted):  # noqa: D101  # its docstring is the one of what it adds to
    __doc__ = Counted.__doc__

    def clusters(self, filters: Filters, view: BBox, zoom: float) -> Clusters:
        """Put the incidents of a choice that a view shows into discs, single incidents and badges.

        The same ground at the same zoom gives the same, wherever the view is: `zoom` is taken to the nearest whole
        level, the view to whole tiles. Each incident with a place on that ground is in exactly one of them.
        """
        ground = Ground.around(view, zoom, boundaries())
        drawer = Drawer(
            ground=ground,
            rule=self.rule,
            claimants=self.claimants,
            record=self._by_id,
            added_up=self._killed,
            facts=partial(facts, self._imported, rule=self.rule, claimants=self.claimants),
        )
        return drawer.draw(gather(self._imported, self.curated(filters), filters, ground))

    def _killed(self, incidents: Sequence[Incident]) -> Toll | None:
        """Add up deaths of some of the record's own."""
        key = (self.rule.code, tuple(incident.id for incident in incidents))
        return self._cells.get(key, lambda: self.total(incidents, About.KILLED).toll)

    def page(self, filters: Filters, *, offset: int = 0, limit: int, sort: Sort = Sort.NEWEST) -> pd.DataFrame:
        """Return some incidents of a choice in an order, indexed by id; the columns are those of `select`."""
        own = _in_order(Record.select(self, filters), sort)
        if self._imported is None:
            return own.iloc[offset : offset + limit]
        first = max(0, offset - len(own))
        others = answers.page(self._imported, filters, sort, offset=first, limit=offset + limit - first)
        both = [own.loc[:, _ORDERED].assign(r=_OWN), others]
        order = _in_order(pd.concat([part for part in both if len(part)] or both[:1]), sort)[offset - first :][:limit]
        rows = self._frame(self._fetch(order["r"][order["r"] != _OWN].to_numpy(np.int64)))
        imported = iter(rows.index)
        ids = [name if ref == _OWN else next(imported) for name, ref in order["r"].items()]
        return pd.concat([part for part in (own, rows) if len(part)] or [own]).loc[ids]

    def spots(self, filters: Filters) -> pd.DataFrame:
        """Count the incidents of a choice by where they are drawn; of imported ones to 80 m.

        Columns lon and lat (degrees, WGS84; for a province where its name stands), location_precision, category,
        incidents and disputed (how many of them; none of the imported). Those without a place are left out.
        """
        layers = boundaries()
        marks = marks_of(self.curated(filters), layers, rule=self.rule)
        placed: list[tuple[PointMark | AreaMark, Incident]] = [(mark, mark.incident) for mark in marks.points]
        placed += [(area, incident) for area in marks.areas for incident in area.incidents]
        rows = [
            (at.lon, at.lat, i.location_precision.value, i.category.value, 1, i.status is Status.DISPUTED)
            for at, i in placed
        ]
        own = pd.DataFrame(rows, columns=["lon", "lat", "location_precision", "category", "incidents", "disputed"])
        if self._imported is None:
            return own
        others = answers.spots(self._imported, filters)
        where = np.column_stack(each_to_degrees(others["x"].to_numpy(), others["y"].to_numpy()))
        labels = layers.provinces.reindex(others["province_code"])[["label_lon", "label_lat"]].to_numpy()
        lon, lat = np.where(np.isnan(labels), where, labels).T
        others = others.assign(lon=lon, lat=lat, disputed=0)
        return pd.concat([part for part in (own, others[own.columns]) if len(part)] or [own])

    def batches(self, filters: Filters) -> Iterator[pa.Table]:
        """Return the imported incidents of a choice a part at a time, at most 100,000, in bounded memory.

        Columns as IMPORT_SCHEMA; by dataset, in the order of its parts. The record's own are `curated`.
        """
        if self._imported is not None:
            yield from (rows for _, rows in answers.batches(self._imported, filters))

    def totals(self, filters: Filters, about: About) -> dict[str, Total]:
        """Add up the incidents of a choice by dataset, under the rule; only those that have any of it.

        Totals of two datasets are about the same dead and must not be added. The record's own is first.
        """
        key = (self._imported is None, self.rule.code, filters, about)
        return self._totals.get(key, lambda: self._add_up(filters, about))

    def _add_up(self, filters: Filters, about: About) -> dict[str, Total]:
        found: dict[str, Total] = {}
        own = self.curated(filters)
        if own:
            found[CURATED] = total(own, self.incidents, about, self.rule)
        tolls: Any = self.tolls(filters, TollsBy.ALL) if about is About.KILLED else pd.DataFrame()
        for row in tolls.itertuples():
            toll = self.told(row.dataset, row.low, row.high) if row.figures else None
            silent = int(row.incidents - (row.figures if toll else 0))
            found[row.dataset] = Total(toll=toll, incidents_without_figure=silent, split_groups=())
        return found

    def told(self, dataset: str, low: int | None, high: int | None) -> Toll | None:
        """Return what an imported dataset says of people under the rule; None where it is not heard."""
        return told(self.rule, self.claimants[dataset], low, high)

    def tolls(self, filters: Filters, by: TollsBy) -> pd.DataFrame:
        """Add up deaths of imported incidents by dataset and something else, whatever the rule.

        Columns dataset, key (text, missing where an incident has none), incidents, figures (how many of them give one),
        low and high (people).
        """
        if self._imported is None:
            return pd.DataFrame(columns=["dataset", "key", "incidents", "figures", "low", "high"])
        return answers.tolls(self._imported, filters, by)


_OWN: Final = -1
"""In place of the number of an imported row."""
_ORDERED: Final = ["date_start", "killed_high"]


def _in_order(rows: pd.DataFrame, sort: Sort) -> pd.DataFrame:
    """Sort rows by day or deaths; what is equal stays as it is, and so the record's own before imported ones."""
    keys = ["killed_high", "date_start"] if sort is Sort.DEADLIEST else ["date_start"]
    return rows.sort_values(keys, ascending=sort is Sort.OLDEST, kind="stable", na_position="last")
