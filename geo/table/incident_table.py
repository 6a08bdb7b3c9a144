"""The table that every page queries: the record and the imported datasets, up to millions of incidents."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, Self, TypeVar

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from geo.casualties import RANGE, Rule, Toll, Total, dispute_ratio, own_toll, total
from geo.datasets.dataset import ROW_SCHEMA
from geo.datasets.folder import AnyFolder
from geo.incident.dates import When
from geo.incident.errors import DataError, Fault, StorageError, TooManyError, UnknownIncidentError
from geo.incident.record import Claimant, EventGroup, Incident, oldest_first
from geo.incident.vocabulary import AS_POINTS, NOT_KNOWN, About, Category, DatePrecision, LocationPrecision, Status
from geo.language.messages import say
from geo.places.boundaries import Boundaries, boundaries
from geo.places.plane import BBox
from geo.selection import Filters, Known, Names, phrase
from geo.sentences import named, when_of
from geo.store.incident_store import StoreContents
from geo.symbology.marks import AreaMark, Marks, PointMark, marks_of
from geo.symbology.symbols import HOLLOW
from geo.symbology.time_lanes import LaneBy, Step
from geo.table import queries
from geo.table.clusters import Badge, Cell, Clusters, Drawer, Ground, each_to_degrees, gather, toll_of
from geo.table.event_index import (
    FIRST_IMPORTED,
    Cache,
    EventIndex,
    ImportedIndex,
    ImportedParts,
    RecordIndex,
    first_of,
    last_of,
    opened_parts,
    senseless_rows,
)
from geo.table.incident_rows import CURATED, SENSELESS, incident_rows, incidents_of, lists_of, toll_rows
from geo.table.queries import Sort, TollsBy
from geo.table.shown_datasets import (
    Holding,
    ImportedSource,
    Links,
    Mixture,
    Selected,
    imported_sources,
    last_possible,
    linked_pairs,
    mixture_of,
    spare_reports,
    version_of,
)
from geo.table.word_search import Refs

MANY: Final = 2_000
"""Largest number of incidents handled one by one as records; larger selections are drawn and described by counts."""
_KEPT: Final = dict.fromkeys(("count", "months", "facets", "totals", "people", "mixture", "holding"), 64) | {
    "killed": 5_000,
    "marks": 2,
    "spots": 2,
}
"""Number of answers cached for all visitors, by what is asked: map cells with deaths recur at every map step, and
laying out a figure asks for the same marks and spots repeatedly."""
_SHOWN: Final = [name for name in ROW_SCHEMA.names if not name.startswith("search")]
"""Columns of a row shared with imported datasets, without those read only by searches, which are half of its bytes."""
_KEYS: Final = ["killed_high", "date_start"]
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an incident lies relative to the nearer of the two borders; all None without coordinates."""

    border: str | None
    border_km: float | None
    chainage_km: float | None
    side: str | None
    """ISO 3166-1 alpha-2."""
    side_decided: bool | None
    """False where the incident may lie on the other side, given the uncertainty of its position."""


class IncidentTable:
    """All incidents, read-only; safe to share between threads.

    Figures for people are those of its `rule`, by default the range from the lowest to the highest claim. Leads are
    left out unless a selection names their status.

    Parameters
    ----------
    incidents, claimants
        As read from the store.
    version
        SHA-256 of the files they were read from, in hexadecimal.
    event_groups
        The register of event clusters, by id.
    datasets
        The imported datasets shown; their publishers are added to the claimants.
    links
        Pairs of ids of reports about the same incident.

    """

    def __init__(  # noqa: PLR0913  # all the parts of a table
        self,
        incidents: Sequence[Incident],
        claimants: Mapping[str, Claimant],
        *,
        version: str,
        event_groups: Mapping[str, EventGroup] = MappingProxyType({}),
        datasets: Sequence[ImportedSource] = (),
        links: Links = (),
    ) -> None:
        self.incidents = tuple(incidents)
        self.version = version
        self.claimants: Mapping[str, Claimant] = {**{source.id: source.claimant for source in datasets}, **claimants}
        self.event_groups = event_groups
        self.names = {incident.id: named(incident) for incident in incidents}
        self.datasets = tuple(datasets)
        self._own = (version, claimants)
        self._links = tuple(links)
        self._by_id = {incident.id: incident for incident in incidents}
        self._in_order = tuple(sorted(incidents, key=oldest_first))
        self._clusters = _by_cluster(self.incidents)
        rows = incident_rows(self._in_order, self.claimants, boundaries())
        self._provinces = dict(zip(rows["id"].to_pylist(), rows["province_codes"].to_pylist(), strict=True))
        self._record = RecordIndex(rows)
        self._rows = rows.select([*_SHOWN, "province_codes"])
        self._imported: tuple[ImportedIndex, ...] = ()
        if datasets:
            spare = spare_reports(self._links, [source.id for source in datasets], self._by_id)
            self._imported = (ImportedIndex(opened_parts(self.datasets), spare),)
            self.version = version_of(version, self.datasets, spare)
        self._set_rule(RANGE)
        self._caches: dict[str, Cache[Any, Any]] = {name: Cache(most) for name, most in _KEPT.items()}

    def _set_rule(self, rule: Rule) -> None:
        self.rule = replace(rule, register=self.claimants)
        self._own_rows = _joined(self._rows, toll_rows(self._in_order, self.rule))
        self._order = self._own_rows.select(_KEYS).to_pandas(date_as_object=False)

    @classmethod
    def of(cls, contents: StoreContents, datasets: Sequence[ImportedSource] = (), links: Links = ()) -> Self:
        """Build the table from the contents of the store and imported datasets."""
        return cls(
            contents.incidents,
            contents.claimants,
            version=contents.version,
            event_groups=contents.event_groups,
            datasets=datasets,
            links=links,
        )

    def under(self, rule: Rule) -> Self:
        """Return the same incidents with figures for people under another rule; everything else is shared."""
        ruled = copy(self)
        ruled._set_rule(rule)  # noqa: SLF001  # same class
        return ruled

    def alone(self) -> Self:
        """Return the table without its imported datasets; version and claimants stay."""
        own = copy(self)
        own.datasets, own._imported = (), ()  # noqa: SLF001  # same class
        return own

    def record(self) -> Self:
        """Return the record as if no dataset were shown, with its own version and claimants; the rule stays."""
        own = self.alone()
        own.version, own.claimants = self._own
        return own

    @property
    def titles(self) -> dict[str, str]:
        """Unique titles of the record and the shown datasets, by their code in the filter."""
        named = {CURATED: say("phrase-the-record")} | {each.id: each.title or each.id for each in self.datasets}
        often = Counter(named.values())
        return {code: name if often[name] == 1 else f"{name} ({code})" for code, name in named.items()}

    @property
    def linked(self) -> bool:
        """Whether reports of different datasets are linked as one incident."""
        return bool(self._links)

    @property
    def _indexes(self) -> tuple[EventIndex, ...]:
        return self._record, *self._imported

    def _kept(self, name: str, asked: Hashable, look_up: Callable[[], _Answer]) -> _Answer:
        """Return the cached answer to a question with or without the imported datasets, or look it up."""
        answer: _Answer = self._caches[name].get((len(self._imported), asked), look_up)
        return answer

    # Single incidents, and sets of them.

    def incident(self, incident_id: str) -> Incident:
        """Return one incident; raises UnknownIncidentError."""
        return self._by_id.get(incident_id) or self._incidents(self._ref(incident_id))[0]

    def row(self, incident_id: str) -> pd.DataFrame:
        """Return one incident as a row of `select`; raises UnknownIncidentError."""
        return self._as_frame(self._row_table(self._ref(incident_id)))

    def placed(self, incident_id: str) -> Placed:
        """Return where an incident lies relative to the nearer border; raises UnknownIncidentError."""
        columns = ("border", "border_km", "chainage_km", "side", "side_decided")
        return Placed(*self._row_table(self._ref(incident_id)).select(columns).to_pylist()[0].values())

    def provinces_of(self, incident: Incident) -> tuple[str, ...]:
        """Return the ISO codes of the provinces that an incident of the record lies in; empty if unknown."""
        return tuple(self._provinces[incident.id])

    def event_group(self, group: str) -> tuple[Incident, ...]:
        """Return the incidents of an event cluster, oldest first."""
        return self._clusters.get(group, ())

    def own_toll(self, incident: Incident, about: About) -> Toll | None:
        """Return an incident's own toll under the rule; None without a figure, and for a flow."""
        return own_toll(incident, about, self.rule)

    def total(self, incidents: Iterable[Incident], about: About, *, shared: Iterable[Incident] = ()) -> Total:
        """Add up a set of incidents under the rule, with claims about whole event clusters listed beside the total.

        If they come from several datasets, only the first dataset's are added, since datasets may overlap; the record
        comes first. `IncidentTable.totals` gives a total per dataset. `shared` are incidents selected along with them
        whose toll is stated elsewhere.
        """
        chosen, others = self._of_one_dataset(incidents), tuple(shared)
        return total(chosen, self._around((*chosen, *others)), about, self.rule, shared=others)

    def dispute_ratio(self, incidents: Iterable[Incident], about: About) -> float | None:
        """Return the ratio of the highest to the lowest claim about a set of incidents, regardless of the rule.

        Of several datasets, uses the one that `total` adds up.
        """
        chosen = self._of_one_dataset(incidents)
        return dispute_ratio(total(chosen, self._around(chosen), about, RANGE).toll)

    def _around(self, incidents: Iterable[Incident]) -> list[Incident]:
        """Return all incidents of the event clusters that the given incidents belong to."""
        touched = dict.fromkeys(incident.event_group for incident in incidents)
        return [each for cluster in touched if cluster is not None for each in self.event_group(cluster)]

    def _of_one_dataset(self, incidents: Iterable[Incident]) -> list[Incident]:
        chosen = list(incidents)
        if not self.datasets:
            return chosen
        datasets = [None if incident.id in self._by_id else incident.claims[0].by for incident in chosen]
        first = next((name for name in (None, *(source.id for source in self.datasets)) if name in datasets), None)
        return [incident for incident, name in zip(chosen, datasets, strict=True) if name == first]

    # Selections as records.

    def curated(self, filters: Filters) -> tuple[Incident, ...]:
        """Return the record's incidents of a selection, oldest first, of any number."""
        return tuple(self._in_order[row] for row in queries.refs(self._record, filters))

    def shared(self, filters: Filters) -> tuple[Incident, ...]:
        """Return the incidents of a selection that lie in several provinces, oldest first; only the record has any."""
        return tuple(incident for incident in self.curated(filters) if incident.provinces)

    def selected(self, filters: Filters) -> tuple[Incident, ...]:
        """Return the incidents of a selection as records, oldest first; raises TooManyError for more than MANY."""
        return tuple(sorted(self._incidents(self._limited_refs(filters)), key=oldest_first))

    def select(self, filters: Filters) -> pd.DataFrame:
        """Return the incidents of a selection as a frame indexed by id, oldest first.

        Columns are those of ROW_SCHEMA without the search columns, `province_codes`, and those of TOLL_SCHEMA. Raises
        TooManyError for more than MANY.
        """
        rows = self._row_table(self._limited_refs(filters))
        return self._as_frame(rows.sort_by([("date_start", "ascending"), ("id", "ascending")]))

    def page(self, filters: Filters, *, offset: int = 0, limit: int, sort: Sort = Sort.NEWEST) -> pd.DataFrame:
        """Return one page of a selection as a frame indexed by id, with the columns of `select`.

        Ties keep the order of the datasets, the record first.
        """
        own = queries.refs(self._record, filters)
        found = [self._order.iloc[own].assign(r=own)]
        first = max(0, offset - len(own))
        limits = {"offset": first, "limit": offset + limit - first}
        found += [queries.page(index, filters, sort, **limits) for index in self._imported]
        rows = pd.concat([part for part in found if len(part)] or found[:1])
        keys = _KEYS if sort is Sort.DEADLIEST else _KEYS[1:]
        ordered = rows.sort_values(keys, ascending=sort is Sort.OLDEST, kind="stable", na_position="last")
        return self._as_frame(self._row_table(ordered["r"].to_numpy(np.int64)[offset - first :][:limit]))

    def newest(self, filters: Filters, *, limit: int) -> tuple[Incident, ...]:
        """Return the newest incidents of a selection as records, newest first, at most `limit`."""
        own = queries.refs(self._record, filters)[-limit:]
        rows = [own, *(queries.newest(index, filters, limit) for index in self._imported)]
        return _newest(self._incidents(np.concatenate(rows)), limit)

    def listed(self, filters: Filters, group: Cell | Badge, *, limit: int) -> tuple[Incident, ...]:
        """Return the incidents behind a disc or badge of a selection, newest first, at most `limit`."""
        if isinstance(group, Badge) and group.province_code is not None:
            inside = replace(filters, province=(group.province_code,), precision=(LocationPrecision.PROVINCE,))
            found = self.newest(inside, limit=limit + len(self.shared(inside)))
            return tuple(incident for incident in found if not incident.provinces)[:limit]
        if isinstance(group, Badge) and group.provinces:
            shared = self.shared(replace(filters, precision=(LocationPrecision.PROVINCE,)))
            return _newest((i for i in shared if set(i.provinces) == set(group.provinces)), limit)
        known = (group.kind,) if isinstance(group, Badge) else AS_POINTS
        rows = [queries.refs_at(index, filters, group.ends, known, limit) for index in self._indexes]
        return _newest(self._incidents(np.concatenate(rows)), limit)

    def batches(self, filters: Filters) -> Iterator[pa.Table]:
        """Yield the imported incidents of a selection part by part, at most 100,000 rows each, in bounded memory.

        Columns as in IMPORT_SCHEMA; by dataset, in the order of its parts. `curated` has the record's incidents.
        """
        for index in self._imported:
            yield from queries.batches(index, filters)

    # Counts of selections.

    def __len__(self) -> int:
        """Count all incidents except leads."""
        return self.whole(Filters())

    def whole(self, filters: Filters) -> int:
        """Count all incidents that a selection chooses from, including leads only if it names their status."""
        return self.count(Filters(status=tuple(Status) if any(not status.counts for status in filters.status) else ()))

    def count(self, filters: Filters) -> int:
        """Count the incidents of a selection."""
        return int(self._kept("count", filters, lambda: sum(queries.each(self._indexes, queries.COUNT, filters))))

    def holds(self, filters: Filters, incident_id: str) -> bool:
        """Tell whether a selection contains an incident; False for an unknown id."""
        refs = ((index, index.ref(incident_id)) for index in self._indexes)
        return any(ref is not None and queries.among(index, filters, [ref]) for index, ref in refs)

    def months(self, filters: Filters) -> pd.DataFrame:
        """Count incidents by month and category.

        Columns month (its first day), category, incidents, and over_the_end (how many may belong to a later month,
        their day being unknown).
        """
        keys = ["month", "category"]
        return self._kept("months", filters, lambda: queries.added(self._indexes, queries.MONTHS, filters, keys))

    def province_months(self, filters: Filters) -> pd.DataFrame:
        """Count incidents by province, month and category.

        Columns province_code (missing where no province is known), several, month (its first day), category, incidents,
        disputed, and first and last (the incidents that began first and last, packed as by `geo.table.event_index`).

        Rows with `several` are for incidents in several provinces, which only the record has. They are counted once for
        each province that matches the selected provinces or countries, and once more with a missing province. Rows
        without `several` or without a province therefore count each incident once.
        """
        keys, values = ["province_code", "several", "month", "category"], filters.parameters()
        inside, around = values["province"], values["country"]
        return queries.added(self._indexes, queries.PROVINCE_MONTHS, filters, keys, inside=inside, around=around)

    def facets(self, filters: Filters) -> pd.DataFrame:
        """Count the incidents of a selection by all codes at once.

        Columns dataset, category, status, location_precision, date_precision, incidents, and first and last (days on
        which incidents began); without zeros, in a stable order. Cached, since two parts of a page need it.
        """
        keys = queries.FACET
        return self._kept("facets", filters, lambda: queries.added(self._indexes, queries.FACETS, filters, keys))

    def steps(self, filters: Filters, step: Step, by: LaneBy) -> pd.DataFrame:
        """Count the incidents of a selection by lane, category and time step in which they began.

        Columns lane (a category, or a province code, missing where none is known), category, first (first day of the
        step) and incidents; without zeros, in a stable order. An incident in several provinces is counted for each one
        in the selection.
        """
        keys, by = ["lane", "category", "first"], LaneBy(by)
        counted = queries.added(self._indexes, queries.steps(by), filters, keys, step=Step(step).value)
        if by is LaneBy.CATEGORY or not filters.province:
            return counted
        return counted[counted["lane"].isna() | counted["lane"].isin(filters.province)].reset_index(drop=True)

    def reaching_over(self, filters: Filters, period: str) -> int:
        """Count the incidents whose exact day is unknown and may lie in a later year, quarter or month."""
        return sum(queries.each(self._indexes, queries.OVER, filters, period=period))

    def whens(self, filters: Filters) -> list[When]:
        """Return the dates of a selection's incidents; for more than MANY, only the first and last dates by facet."""
        if self.count(filters) <= MANY:
            return [when_of(incident) for incident in self.selected(filters)]
        rows: Any = self.facets(filters).itertuples()
        ends = [(pd.Timestamp(day).date(), row.date_precision) for row in rows for day in (row.first, row.last)]
        return [When(day, day, DatePrecision(known)) for day, known in ends]

    def last_began(self) -> When | None:
        """Return the date of the incident that began last, ignoring leads; None if there is none."""
        found = queries.each(self._indexes, queries.LAST, Filters())
        whens = [last_of(packed) for packed in found if packed is not None]
        return max(whens, key=lambda when: (when.start, when.day_known), default=None)

    def actors(self) -> list[str]:
        """List all actors by name."""
        return sorted({actor for index in self._indexes for actor in index.actors()})

    # Selections on a map.

    def clusters(self, filters: Filters, view: BBox, zoom: float) -> Clusters:
        """Cluster the incidents of a selection in a view into discs, single incidents and badges.

        The result depends only on the ground and zoom level, not on the exact view: `zoom` is rounded down, and the
        view extended to whole tiles. Each incident located on that ground is in exactly one cluster.
        """
        return self.clusters_on(Ground.around(view, zoom, boundaries()), filters)

    def clusters_on(self, ground: Ground, filters: Filters) -> Clusters:
        """Cluster the incidents of a selection on some ground."""
        drawer = Drawer(
            ground=ground,
            rule=self.rule,
            claimants=self.claimants,
            record=self._in_order,
            added_up=self._killed,
            facts=lambda rows: [fact for index in self._imported for fact in index.facts(rows)],
        )
        return drawer.draw(gather(self._record, self._imported, filters, ground))

    def _killed(self, incidents: Sequence[Incident]) -> Toll | None:
        """Add up the deaths of some of the record's incidents."""
        asked = (self.rule.code, tuple(incident.id for incident in incidents))
        return self._kept("killed", asked, lambda: self.total(incidents, About.KILLED).toll)

    def marks(self, filters: Filters) -> Marks | None:
        """Return the marks of a selection, with deaths under the rule; None for more than MANY (see `spots`)."""
        return self._kept("marks", (self.rule.code, filters), lambda: self._drawn(filters))

    def _drawn(self, filters: Filters) -> Marks | None:
        if self.count(filters) > MANY:
            return None
        return marks_of(self.selected(filters), boundaries(), rule=self.rule)

    def spots(self, filters: Filters) -> pd.DataFrame:
        """Count the incidents of a selection by where they are drawn; above MANY, imported ones are grouped to 80 m.

        Columns lon and lat (WGS84 degrees; the label point for a province), location_precision, category, incidents,
        hollow (number drawn hollow, never imported ones) and imported. Incidents without a place are left out.
        """
        return self._kept("spots", filters, lambda: self._count_spots(filters))

    def _count_spots(self, filters: Filters) -> pd.DataFrame:
        layers, marks = boundaries(), self.marks(filters)
        imported = self._imported if marks is None else ()
        if marks is None:
            marks = marks_of(self.curated(filters), layers, rule=self.rule)
        placed: list[tuple[PointMark | AreaMark, Incident]] = [(mark, mark.incident) for mark in marks.points]
        placed += [(area, incident) for area in marks.areas for incident in area.incidents]
        rows = [
            (at.lon, at.lat, i.location_precision.value, i.category.value, 1, i.status in HOLLOW, i.imported)
            for at, i in placed
        ]
        columns = ["lon", "lat", "location_precision", "category", "incidents", "hollow", "imported"]
        found = [pd.DataFrame(rows, columns=columns)]
        for index in imported:
            counted = queries.spots(index, filters)
            where = np.column_stack(each_to_degrees(counted["x"].to_numpy(), counted["y"].to_numpy()))
            labels = layers.provinces.reindex(counted["province_code"])[["label_lon", "label_lat"]].to_numpy()
            lon, lat = np.where(np.isnan(labels), where, labels).T
            found.append(counted.assign(lon=lon, lat=lat, hollow=0, imported=counted["incidents"])[columns])
        return pd.concat([part for part in found if len(part)] or found[:1])

    # Totals under the rule, and differences between datasets.

    def totals(self, filters: Filters, about: About, *, rule: Rule | None = None) -> dict[str, Total]:
        """Add up a selection by dataset under a rule, by default the table's; only datasets with selected incidents.

        Of a measure other than killed only imported datasets that give any figure of it. The record comes first. Totals
        of different datasets may overlap and must not be added. Figures of imported datasets are queried once for all
        rules.
        """
        under = self.rule if rule is None else replace(rule, register=self.claimants)
        return self._kept("totals", (under.code, filters, about), lambda: self._add_up(filters, about, under))

    def _add_up(self, filters: Filters, about: About, rule: Rule) -> dict[str, Total]:
        found: dict[str, Total] = {}
        own = self.curated(filters)
        if own:
            found[CURATED] = total(own, self._around(own), about, rule)
        tolls: Any = self._kept("people", (filters, about), lambda: self.tolls(filters, TollsBy.ALL, about))
        for row in tolls.itertuples():
            toll = toll_of(rule, self.claimants[row.dataset], row.low, row.high) if row.figures else None
            silent = int(row.incidents - (row.figures if toll else 0))
            found[row.dataset] = Total(toll=toll, incidents_without_figure=silent)
        return found

    def toll_of(self, dataset: str, low: int | None, high: int | None) -> Toll | None:
        """Return an imported dataset's figures for people under the rule; None where it does not count."""
        return toll_of(self.rule, self.claimants[dataset], low, high)

    def tolls(self, filters: Filters, by: TollsBy, about: About = About.KILLED) -> pd.DataFrame:
        """Add up people of imported incidents by dataset and a second key, regardless of the rule.

        Of a measure other than killed only keys for which a dataset gives any figure. Columns dataset, key (text,
        missing where an incident has none), incidents, figures (number of incidents with a figure), low and high
        (people).
        """
        for index in self._imported:
            if about in index.parts.measures:
                found = queries.tolls(index, filters, by, about)
                return found if about is About.KILLED else found[found["figures"] > 0]
        return pd.DataFrame(columns=["dataset", "key", "incidents", "figures", "low", "high"])

    def mixture(self, filters: Filters) -> Mixture:
        """Count a selection by dataset, and compare the datasets' periods, provinces and kinds."""
        return self._kept("mixture", filters, lambda: self._mix(filters))

    def _mix(self, filters: Filters) -> Mixture:
        meant = {name: title for name, title in self.titles.items() if not filters.dataset or name in filters.dataset}
        leads = any(not status.counts for status in filters.status)
        each = (self._holding(name, title, border=filters.border, leads=leads) for name, title in meant.items())
        holdings = [held for held in each if held]
        selected = self._by_dataset(filters)
        anytime = filters.without("year", "since", "until")
        absent = anytime != filters and any(held.id not in selected for held in holdings)
        at_any_time = self._by_dataset(anytime) if absent and len(holdings) > 1 else selected
        return mixture_of(filters, holdings, selected, at_any_time, linked=self._linked(filters))

    def _holding(self, dataset: str, title: str, *, border: tuple[str, ...], leads: bool) -> Holding | None:
        """Return what a dataset holds in all, or near given borders, with or without leads; None if nothing."""
        whole = Filters(dataset=(dataset,), border=border, status=tuple(Status) if leads else ())
        return self._kept("holding", whole, lambda: self._held(dataset, title, whole))

    def _held(self, dataset: str, title: str, whole: Filters) -> Holding | None:
        months = self.province_months(whole)
        if months.empty:
            return None
        return Holding(
            id=dataset,
            title=title,
            days=(first_of(months["first"].min()).start, last_of(months["last"].max()).start),
            provinces=frozenset(str(code) for code in months["province_code"].dropna()),
            categories=frozenset(Category(code) for code in months["category"]),
        )

    def _by_dataset(self, filters: Filters) -> dict[str, Selected]:
        """Count the incidents of a selection by dataset, with their categories and possible first and last days."""
        facets = self.facets(filters)
        lasts = [
            last_possible(pd.Timestamp(last).date(), DatePrecision(known))
            for last, known in zip(facets["last"], facets["date_precision"], strict=True)
        ]
        return {
            str(dataset): Selected(
                incidents=int(rows["incidents"].sum()),
                days=(pd.Timestamp(rows["first"].min()).date(), rows["until"].max()),
                categories=frozenset(Category(code) for code in rows["category"]),
            )
            for dataset, rows in facets.assign(until=lasts).groupby("dataset")
        }

    def _linked(self, filters: Filters) -> int:
        """Count the pairs of reports, both selected, that an analyst linked as one incident."""
        refs = self._linked_refs if self._imported and self._links else {}
        there = {row for index in self._indexes for row in queries.among(index, filters, refs.values())} if refs else ()
        inside = {name for name, row in refs.items() if row in there}
        return sum(one in inside and other in inside for one, other in self._links)

    @cached_property
    def _linked_refs(self) -> dict[str, int]:
        """Rows of the linked reports, by id."""
        names = sorted({name for pair in self._links for name in pair})
        found = ((name, index.ref(name)) for index in self._indexes for name in names)
        return {name: row for name, row in found if row is not None}

    # Whole rows.

    def _ref(self, incident_id: str) -> Refs:
        """Return the row of an incident; raises UnknownIncidentError."""
        found = [row for index in self._indexes if (row := index.ref(incident_id)) is not None]
        if not found:
            raise UnknownIncidentError(incident_id)
        return np.array(found[:1], np.int64)

    def _limited_refs(self, filters: Filters) -> Refs:
        """Return the rows of a selection; raises TooManyError if too many are imported."""
        own = queries.refs(self._record, filters)
        chosen = len(own) + sum(queries.each(self._imported, queries.COUNT, filters))
        if chosen > max(MANY, len(own)):
            raise TooManyError(chosen, MANY)
        return np.concatenate([own, *(queries.refs(index, filters) for index in self._imported)])

    def _incidents(self, rows: Refs) -> list[Incident]:
        """Return the incidents of given rows, the record's first."""
        own = [self._in_order[row] for row in rows[rows < FIRST_IMPORTED]]
        imported = rows[rows >= FIRST_IMPORTED]
        return own + [each for index in self._imported for each in self._of_rows(index.parts, imported)[1]]

    def _of_rows(self, parts: ImportedParts, rows: Refs) -> tuple[pa.Table, tuple[Incident, ...]]:
        """Return imported rows with their incidents; raises StorageError for a row no import could have written."""
        try:
            found = parts.rows(rows)
            return found, incidents_of(found, self.claimants)
        except SENSELESS:
            if len(rows) > 1:
                for row in rows:
                    self._of_rows(parts, np.array([row], np.int64))
                raise
            raise senseless_rows(parts.file_of(rows[0])) from None

    def _as_frame(self, rows: pa.Table) -> pd.DataFrame:
        """Return rows as a frame indexed by id, with the types DuckDB gives in pandas."""
        cursor = self._record.connection.cursor()
        cursor.register("those", rows)
        return cursor.execute("SELECT * FROM those").df().set_index("id")

    def _row_table(self, rows: Refs) -> pa.Table:
        """Return rows with the columns of `select`, in the order given."""
        own = rows < FIRST_IMPORTED
        parts = [self._own_rows.take(pa.array(rows[own]))]
        parts += [self._with_tolls(*self._of_rows(index.parts, rows[~own])) for index in self._imported]
        places = np.argsort(np.concatenate([np.flatnonzero(own), np.flatnonzero(~own)]))
        return pa.concat_tables(parts).take(pa.array(places))

    def _with_tolls(self, rows: pa.Table, incidents: Sequence[Incident]) -> pa.Table:
        known = rows.select(_SHOWN).append_column(
            self._rows.schema.field("province_codes"), lists_of(rows["province_code"])
        )
        return _joined(known, toll_rows(incidents, self.rule))


def _by_cluster(incidents: Iterable[Incident]) -> Mapping[str, tuple[Incident, ...]]:
    """Return the incidents of each event cluster, in the order given."""
    clusters: defaultdict[str, list[Incident]] = defaultdict(list)
    for incident in incidents:
        if incident.event_group is not None:
            clusters[incident.event_group].append(incident)
    return {cluster: tuple(inside) for cluster, inside in clusters.items()}


def tally(facets: pd.DataFrame, name: str) -> Counter[str]:
    """Add up the counts of `IncidentTable.facets` by one column."""
    return Counter({str(code): int(number) for code, number in facets.groupby(name)["incidents"].sum().items()})


def _joined(rows: pa.Table, tolls: pa.Table) -> pa.Table:
    for name in tolls.column_names[1:]:
        rows = rows.append_column(name, tolls[name])
    return rows


def _newest(incidents: Iterable[Incident], limit: int) -> tuple[Incident, ...]:
    return tuple(sorted(incidents, key=oldest_first, reverse=True)[:limit])


# The record together with the datasets of a folder; damaged ones are left out and reported.


def with_datasets(contents: StoreContents, folder: AnyFolder) -> tuple[IncidentTable, tuple[Fault, ...]]:
    """Return the table of a store and a folder of datasets, and the faults for which datasets or links were left out.

    Raises StorageError, or a DuckDB error, if something cannot be read although no file in the folder is damaged.
    """
    links, faults = _linked(folder)
    while True:
        version = folder.version
        try:
            table = IncidentTable.of(contents, imported_sources(folder), links)
        except (StorageError, duckdb.Error):
            folder.examine()
            if folder.version == version:
                raise
        else:
            return table, (*folder.faults(), *faults)


def _linked(folder: AnyFolder) -> tuple[Links, tuple[Fault, ...]]:
    try:
        return linked_pairs(folder), ()
    except DataError as error:
        return (), error.faults


# A selection in words, for titles, citations and files.


def choice_words(filters: Filters, table: IncidentTable, layers: Boundaries) -> str:
    """Describe a selection as a phrase that can stand under a title."""
    return phrase(filters, names_of(table, layers))


def names_of(table: IncidentTable, layers: Boundaries) -> Names:
    """Return the display names of provinces, event clusters and datasets."""
    return {
        Known.PROVINCES: {**layers.provinces["province"].to_dict(), NOT_KNOWN: say("filter-not-known")},
        Known.EVENTS: {group_id: group.name for group_id, group in table.event_groups.items()},
        Known.DATASETS: table.titles,
    }


def known_names(table: IncidentTable, layers: Boundaries) -> Names:
    """Return the same with the actors: all codes that depend on the incidents, except years and whether linked."""
    return {**names_of(table, layers), Known.ACTORS: {actor: actor for actor in table.actors()}}
