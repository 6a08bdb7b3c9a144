"""What is loaded once for all sessions: the record and the imported datasets, as a table under the rule."""

import gc
import shlex
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, Final, NoReturn, Self, TypeVar, cast

import duckdb
import pandas as pd
import streamlit as st

from geo import COMMAND
from geo.apart import TemporaryFolder
from geo.apart import sweep as sweep_temporary
from geo.casualties import RANGE, Rule, rules
from geo.datasets.dataset import Dataset, os_reason
from geo.datasets.folder import AnyFolder, DataFolder, sweep
from geo.datasets.object_storage import is_address, open_folder, place_of_datasets, storage_error
from geo.incident.errors import DamagedError, DataError, Fault, StorageError
from geo.incident.vocabulary import IMPORTED_ONLY, Status, Subtype
from geo.language.messages import say
from geo.places.boundaries import Boundaries, boundaries
from geo.selection import FilterField, Filters, Known, Widget
from geo.store.incident_store import INCIDENTS_FILE, IncidentStore, StoreContents
from geo.table.event_index import Cache
from geo.table.incident_rows import CURATED
from geo.table.incident_table import IncidentTable, with_datasets
from ui.parts.components import plain, scheme
from ui.roles import may_edit, readable
from ui.state import chosen_rule

# What the server keeps for every session is left out of the garbage collector's rounds.


@cache
def settle(page: str) -> None:
    """Leave out of garbage collection all that is there once a page has been drawn for the first time.

    A round over the half million objects of the libraries and the record, none of which ever goes, is a sixth of a
    second, and in it nobody's browser is answered. Libraries that only one page needs come with it, hence once for each
    page. `.streamlit/config.toml` leaves the rounds to Python, where Streamlit would make one after every run.
    """
    del page
    gc.collect()
    gc.freeze()


# What goes wrong with files of datasets while a page is drawn, shown in its place.

_MOST_FAULTS: Final = 20


@contextmanager
def storage_errors_shown() -> Iterator[None]:
    """Say what keeps datasets from being read, in the place of the rest of the page.

    Where files on disk turn out to be damaged, the page is drawn again without what needs them.
    """
    try:
        yield
    except DamagedError:
        st.rerun()
    except (StorageError, duckdb.Error) as error:
        folder, _ = data_folder()
        before = folder.version if folder else ""
        if folder:
            folder.examine()
        if folder and folder.version != before:
            st.rerun()
        st.error(say("resources-unreadable", fault=plain(readable(str(unread(error))))))


def unread(error: Exception) -> Fault:
    """Return why datasets cannot be read; what else DuckDB raises is raised again."""
    found = error if isinstance(error, StorageError) else storage_error(error)
    if found is None:
        raise error
    return Fault(where=found.place, field="", message=found.reason)


# The record while somebody edits it: what makes sense is shown, and stays until something else does.

Version = tuple[tuple[str, int, int, int], ...]
"""Of the files: path, number on the disk, time of the last change in nanoseconds, size in bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Why the record that is shown is not what stands in its files now."""

    faults: tuple[Fault, ...]
    """At least one."""
    since: datetime
    """When that was first noticed."""


class Standing:
    """The record as it is shown; shared by all sessions."""

    def __init__(self, store: IncidentStore) -> None:
        self._store = store
        self._lock = Lock()
        self._looked: Version | None = None
        self._raw: tuple[bytes, bytes, bytes | None] | None = None
        self._copy: TemporaryFolder | None = None
        self.contents: StoreContents | None = None
        """None until the files could be read once."""
        self.held: Held | None = None
        """None where `contents` are what stands in the files."""

    def look(self) -> Self:
        """Read the files if they have changed since, and change over to them if they make sense."""
        with self._lock:
            now = _version_of(self._store.files)
            if now != self._looked:
                self._read()
                self._looked = now
        return self

    def _read(self) -> None:
        try:
            raw = self._store.raw()
        except OSError as error:
            file = Path(error.filename or self._store.path).name
            self._hold([Fault(where=file, field="", message=say("resources-file-unreadable", why=os_reason(error)))])
            return
        found = self._store.understood(*raw)
        if not found.faults or (self._raw is None and found.incidents):  # at the start, what is sound rather than none
            self._raw, self.contents, self.held = raw, found, None
        else:
            self._hold(found.faults)

    def _hold(self, faults: Sequence[Fault]) -> None:
        since = self.held.since if self.held else datetime.now().astimezone()
        self.held = Held(faults=tuple(faults), since=since)

    def path(self) -> Path:
        """Return a file that holds the record as it is shown, for a process that reads it itself."""
        with self._lock:
            if self.held is None or self._raw is None:
                return self._store.path
            if self._copy is None:
                self._copy = TemporaryFolder()
            copy = IncidentStore(self._copy.path / self._store.path.name)
            for file, content in zip(copy.files, self._raw, strict=True):
                if content is not None:
                    file.write_bytes(content)
            return copy.path


def _version_of(files: Iterable[Path]) -> Version:
    found = []
    for file in files:
        with suppress(OSError):  # what is not there is one version more
            about = file.stat()
            found.append((str(file), about.st_ino, about.st_mtime_ns, about.st_size))
    return tuple(found)


@st.cache_resource(max_entries=4, show_spinner=False)
def _standing(path: Path) -> Standing:
    """Return the record of a file, which outlasts what is wrong with it."""
    return Standing(IncidentStore(path))


# What is loaded once for all sessions: the record and the imported datasets, as a table under the chosen rule.


_PARTS: Final = 128
"""Parts of pages that are kept; the largest are the marks of 2,000 incidents, 2 to 3 MB."""
_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """The incidents with what they are joined to, and what was wrong with the files."""

    table: IncidentTable
    """Under the rule that the switch in the frame says."""
    rules: tuple[Rule, ...]
    """To choose from."""
    boundaries: Boundaries
    faults: tuple[Fault, ...]
    """Of the record's own files, as it is shown."""
    dataset_faults: tuple[Fault, ...] = ()
    """Why imported datasets, or what belongs to them, are left out."""
    held: Held | None = None
    """Why the record is not what stands in its files now; None if it is."""
    datasets: tuple[Dataset, ...] = ()
    """The imported ones that are shown beside the record, by id."""
    linked: bool = False
    """Whether reports of different datasets are linked as being of one incident."""
    codes: frozenset[str] = frozenset()
    """Categories, subtypes of datasets, statuses and precisions of days that some incident has, leads included."""
    parts: Cache[tuple[Hashable, ...], Any] = field(default_factory=lambda: Cache(_PARTS))
    """What `kept` has kept."""
    days: tuple[date, date] | None = None
    """First and last day on which an incident began; None without any."""

    def kept(self, part: Hashable, filters: Filters | None, make: Callable[[], _Part]) -> _Part:
        """Return a part of a page that depends on selection, rule and scheme alone, from the cache of all sessions.

        It is made where nobody has asked for it of late; nobody may change it.
        """
        return cast("_Part", self.parts.get((part, self.table.version, self.table.rule.code, filters, scheme()), make))

    @property
    def period(self) -> tuple[date, date]:
        """First and last day of the years in which incidents began, of this year without any."""
        first, last = self.days or (date.today(), date.today())  # noqa: DTZ011  # nothing to show
        return date(first.year, 1, 1), date(last.year, 12, 31)

    def offers(self, entry: FilterField, value: Any) -> bool:
        """Tell whether there is a choice of a value; of provinces, actors, event clusters and datasets any is one."""
        first, last = self.period
        if value == entry.default:
            return True
        if entry.widget is Widget.DAY:
            return bool(first <= value <= last)
        if entry.choices is Known.YEARS:
            return bool(first.year <= int(value) <= last.year)
        if entry.choices is Known.LINKED:
            return self.linked
        return not isinstance(entry.choices, Mapping) or value not in IMPORTED_ONLY or value in self.codes

    @property
    def dataset_names(self) -> dict[str, str]:
        """What datasets are called beside numbers of people, by id; empty where there is the record alone."""
        if not self.datasets:
            return {}
        return {CURATED: say("record-beside")} | {dataset.id: dataset.title for dataset in self.datasets}

    def of_record(self) -> "Resources":
        """Return the record as it is where no dataset is shown, for pages that are about it alone."""
        return replace(self, table=self.table.record(), dataset_faults=(), datasets=(), linked=False)


_CODES: Final = ("category", "status", "date_precision")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loaded:
    """What was read, and the tables made of it, which are released together: a table may hold millions of rows."""

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


class NoRecordError(DataError):
    """The record could not be read since the server started."""


def resources() -> Resources:
    """Return what is shown of the record and the datasets now, under the rule that the switch in the frame says.

    Where the record could not be read since the server started, the page says so, and ends. Call it in the script and
    hand on what is found: a download is made outside of it, where no rule is chosen.
    """
    try:
        return resources_under(chosen_rule() or RANGE.code)
    except NoRecordError as error:
        without_record(error.faults)


def resources_under(rule: str) -> Resources:
    """Return what is shown of the record and the datasets now, under a rule by its code, to pages and to requests.

    Files are read again only after one has changed. Raises NoRecordError.
    """
    clear_left_overs()
    standing = _standing(INCIDENTS_FILE).look()
    if standing.contents is None:
        raise NoRecordError(str(INCIDENTS_FILE), standing.held.faults if standing.held else ())
    contents, (folder, faults) = standing.contents, data_folder()
    of_record = contents.path, contents.version
    try:
        loaded = _load(*of_record, folder.place if folder else "", folder.version if folder else "", contents)
    except (StorageError, duckdb.Error) as error:
        loaded, faults = _load(*of_record, "", "", contents), (*faults, unread(error))
    found = replace(loaded.resources, table=_under(loaded, rule), held=standing.held)
    return replace(found, dataset_faults=(*found.dataset_faults, *faults))


_LATELY_S: Final = 1.0
_lately: tuple[str, float, Resources] | None = None


def resources_lately(rule: str) -> Resources:
    """Return what `resources_under` found within the last second, for a map that asks for twenty tiles at once."""
    global _lately  # noqa: PLW0603  # the last answer, whoever asked
    last = _lately
    if last is None or last[0] != rule or monotonic() - last[1] > _LATELY_S:
        last = _lately = (rule, monotonic(), resources_under(rule))
    return last[2]


def without_record(faults: Sequence[Fault]) -> NoReturn:
    """Say, in the place of every page, that there is no record to show, why, and what to do; end the page."""
    st.markdown(f"# {say('no-record')}")
    for fault in faults[:_MOST_FAULTS]:
        st.error(plain(readable(f"{fault}.")))
    if not may_edit():
        st.markdown(say("no-record-viewer"))
        st.stop()
    st.markdown(say("no-record-repair-md", file=plain(str(INCIDENTS_FILE))))
    command = shlex.join([*COMMAND.split(), "validate", str(INCIDENTS_FILE)])
    st.code(command, language=None, wrap_lines=True)
    st.stop()


def sources() -> dict[str, Any]:
    """Return where the incidents are, for a process that reads them itself: `store`, and `folder` or None."""
    folder, _ = data_folder()
    return {"store": _standing(INCIDENTS_FILE).path(), "folder": folder.place if folder else None}


def data_folder() -> tuple[AnyFolder | None, tuple[Fault, ...]]:
    """Return the folder of imported datasets, on disk or elsewhere, None where it may not be used, and why."""
    try:
        folder = _opened(place_of_datasets())
        folder.described()
    except StorageError as error:
        return None, (Fault(where=error.place, field="", message=error.reason),)
    except OSError as error:
        message = say("resources-folder-unreadable", why=os_reason(error))
        return None, (Fault(where=str(error.filename or place_of_datasets()), field="", message=message),)
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
def _load(place: Path, data_version: str, folder: str, version: str, _contents: StoreContents) -> _Loaded:
    """Join, which takes about a second and is needed by every rerun; all but the contents is the cache's key."""
    del place, data_version, version
    imported = _opened(folder) if folder else None
    table, faults = with_datasets(_contents, imported) if imported else (IncidentTable.of(_contents), ())
    facets = table.facets(Filters(status=tuple(Status)))
    return _Loaded(
        resources=Resources(
            table=table,
            rules=rules(_contents.incidents, table.claimants),
            boundaries=boundaries(),
            faults=_contents.faults,
            dataset_faults=faults,
            datasets=imported.active() if imported else (),
            linked=table.linked,
            codes=frozenset(str(code) for name in _CODES for code in facets[name].unique()) | _subtypes(table),
            days=(_day(facets["first"].min()), _day(facets["last"].max())) if len(facets) else None,
        )
    )


def _subtypes(table: IncidentTable) -> frozenset[str]:
    """Return which subtypes of imported datasets only some incident has."""
    everywhere = (Filters(subtype=(code,), status=tuple(Status)) for code in Subtype if code in IMPORTED_ONLY)
    return frozenset(str(filters.subtype[0]) for filters in everywhere if table.count(filters))


def _day(found: Any) -> date:
    return pd.Timestamp(found).date()
