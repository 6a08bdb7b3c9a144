"""What is loaded once for all sessions: the record and the imported datasets, as a table under the rule."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from threading import Lock
from typing import Any, Final

import duckdb
import pandas as pd
import streamlit as st

from geo.apart import sweep as sweep_temporary
from geo.casualties.rules import RANGE, Rule, rules
from geo.datasets.dataset import Dataset
from geo.datasets.folder import AnyFolder, DataFolder, sweep
from geo.datasets.object_storage import is_address, open_folder, place_of_datasets, storage_error
from geo.incident.errors import DataError, Fault, StorageError
from geo.incident.vocabulary import Status
from geo.language.messages import say
from geo.places.boundaries import Boundaries, boundaries
from geo.selection.filters import Filters
from geo.store.incident_store import INCIDENTS_FILE, IncidentStore
from geo.table.event_index import Cache
from geo.table.incident_table import IncidentTable
from geo.table.shown_datasets import imported_sources, linked_pairs
from ui.parts.components import plain
from ui.state import chosen_rule

# What the server keeps for every session is left out of the garbage collector's rounds.


@cache
def settle(page: str) -> None:
    """Leave out of garbage collection all that is there once a page has been drawn for the first time.

    Streamlit collects after every run of the script. That is a sixth of a second over the half million objects of the
    libraries and the record, none of which ever goes, and in it nobody's browser is answered; over what a run leaves
    behind it is a millisecond. Libraries that only one page needs come with it, hence once for each page.
    """
    del page
    gc.collect()
    gc.freeze()


# What goes wrong in object storage while a page is drawn, told in its place.


@contextmanager
def storage_errors_shown() -> Iterator[None]:
    """Say what keeps datasets in object storage from being read, in the place of the rest of the page."""
    try:
        yield
    except (StorageError, duckdb.Error) as error:
        st.error(say("resources-unreadable", fault=plain(str(unread(error)))))


def unread(error: Exception) -> Fault:
    """Return why datasets in object storage cannot be read; what else DuckDB raises is raised again."""
    found = error if isinstance(error, StorageError) else storage_error(error)
    if found is None:
        raise error
    return Fault(where=found.place, field="", message=found.reason)


# What is loaded once for all sessions: the record and the imported datasets, as a table under the chosen rule.


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """The incidents with what they are joined to, and what was wrong with the files."""

    table: IncidentTable
    """Under the rule that the switch in the frame says."""
    rules: tuple[Rule, ...]
    """To choose from."""
    boundaries: Boundaries
    faults: tuple[Fault, ...]
    record_faults: tuple[Fault, ...] = ()
    """Of these, those of the record's own files."""
    datasets: tuple[Dataset, ...] = ()
    """The imported ones that are shown beside the record, by id."""
    linked: bool = False
    """Whether reports of different datasets are linked as being of one incident."""
    codes: frozenset[str] = frozenset()
    """Categories, statuses and precisions of days that some incident has, leads included."""
    marks: Cache[tuple[str, Filters], dict[str, Any]] = field(default_factory=Cache)
    """As the map gets them, by rule and choice: a twelfth of a second to make, and the same for every visitor."""
    days: tuple[date, date] | None = None
    """First and last day on which an incident began; None without any."""

    def of_record(self) -> "Resources":
        """Return the record as it is where no dataset is shown, for pages that are about it alone."""
        return replace(self, table=self.table.record(), faults=self.record_faults, datasets=(), linked=False)


_CODES: Final = ("category", "status", "date_precision")
Version = tuple[tuple[str, int, int], ...]
"""Of the files: path, time of the last change in nanoseconds, size in bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loaded:
    """What was read, and the tables made of it: they go with it, for a table may hold millions of rows."""

    resources: Resources
    ruled: dict[str, IncidentTable] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


@cache
def clear_left_overs() -> None:
    """Delete what a server or an import that was killed has left behind; once, when the server starts."""
    sweep_temporary()
    folder, _ = data_folder()
    if isinstance(folder, DataFolder) and folder.path.is_dir():
        with suppress(OSError):  # what cannot be deleted is in nobody's way
            sweep(folder.path)


def resources() -> Resources:
    """Return the store as it is on disk now; read again only after a file has changed.

    Call it in the script and hand on what is found: a download is made outside of it, where no rule is chosen.
    """
    clear_left_overs()
    files = [file for file in IncidentStore(INCIDENTS_FILE).files if file.exists()]
    changed = tuple((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files)
    folder, faults = data_folder()
    try:
        loaded = _load(changed, folder.place if folder else "", folder.version if folder else "")
    except (StorageError, duckdb.Error) as error:
        loaded, faults = _load(changed, "", ""), (*faults, unread(error))
    found = replace(loaded.resources, table=_under(loaded, chosen_rule() or RANGE.code))
    return replace(found, faults=(*found.faults, *faults))


def sources() -> dict[str, Any]:
    """Return where the incidents are, for a process that reads them itself: `store`, and `folder` or None."""
    folder, _ = data_folder()
    return {"store": INCIDENTS_FILE, "folder": folder.place if folder else None}


def data_folder() -> tuple[AnyFolder | None, tuple[Fault, ...]]:
    """Return the folder of imported datasets, on disk or elsewhere, None where it may not be used, and why."""
    try:
        folder = _opened(place_of_datasets())
        folder.described()
    except StorageError as error:
        return None, (Fault(where=error.place, field="", message=error.reason),)
    except ValueError as error:
        return None, (Fault(where=say("resources-imported-datasets"), field="", message=str(error)),)
    return folder, folder.warnings()


def _opened(place: str | None) -> AnyFolder:
    return _stored(place) if place and is_address(place) else open_folder(place)


@st.cache_resource(max_entries=4, show_spinner=False)
def _stored(place: str) -> AnyFolder:
    """Keep what was seen in object storage for all sessions, so that it is not asked at each step."""
    return open_folder(place)


def _under(loaded: _Loaded, code: str) -> IncidentTable:
    """Count people under a rule, which takes some hundredths of a second."""
    table = loaded.resources.table
    rule = RANGE
    with suppress(ValueError):  # a claimant that the register has lost since
        rule = Rule.parse(code, table.claimants)
    with loaded.lock:
        if rule.code not in loaded.ruled:
            loaded.ruled[rule.code] = table.under(rule)
        return loaded.ruled[rule.code]


@st.cache_resource(max_entries=1, show_spinner=say("resources-reading"))
def _load(changed: Version, folder: str, version: str) -> _Loaded:
    """Read and join, which takes about a second and is needed by every rerun; the arguments are the cache's key."""
    del changed, version
    contents = IncidentStore(INCIDENTS_FILE).read()
    imported = _opened(folder) if folder else None
    shown = imported.active() if imported else ()
    pairs, faults = _links(imported)
    sources = imported_sources(imported) if imported else ()
    table = IncidentTable.of(contents, sources, links=pairs)
    facets = table.facets(Filters(status=tuple(Status)))
    return _Loaded(
        resources=Resources(
            table=table,
            rules=rules(contents.incidents, table.claimants),
            boundaries=boundaries(),
            faults=(*contents.faults, *(imported.faults() if imported else ()), *faults),
            record_faults=contents.faults,
            datasets=shown,
            linked=bool(pairs),
            codes=frozenset(str(code) for name in _CODES for code in facets[name].unique()),
            days=(_day(facets["first"].min()), _day(facets["last"].max())) if len(facets) else None,
        )
    )


def _day(found: Any) -> date:
    return pd.Timestamp(found).date()


def _links(folder: AnyFolder | None) -> tuple[tuple[tuple[str, str], ...], tuple[Fault, ...]]:
    """Return the pairs of linked incidents, by their ids."""
    if folder is None:
        return (), ()
    try:
        return linked_pairs(folder), ()
    except DataError as error:
        return (), error.faults
