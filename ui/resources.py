"""What is loaded once for all sessions: the record and imported datasets, as a table under the rule."""

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

# Permanent objects, exempted from garbage collection.


@cache
def settle(page: str) -> None:
    """Exempt everything that exists after a page's first run from garbage collection.

    Collecting the half million permanent objects of libraries and the record takes a sixth of a second, during which no
    browser is answered. It is done once per page, since pages load further libraries. `.streamlit/config.toml` leaves
    collections to Python, as Streamlit would otherwise run one after every run.
    """
    del page
    gc.collect()
    gc.freeze()


# Errors in dataset files while a page is drawn, shown in its place.

_MOST_FAULTS: Final = 20


@contextmanager
def storage_errors_shown() -> Iterator[None]:
    """Show why datasets cannot be read in place of the rest of the page.

    If files on disk turn out to be damaged, the page is redrawn without what needs them.
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
    """Return why datasets cannot be read; other errors of DuckDB are raised again."""
    found = error if isinstance(error, StorageError) else storage_error(error)
    if found is None:
        raise error
    return Fault(where=found.place, field="", message=found.reason)


# The record while it is being edited: the last valid state stays in use until there is a new one.

Version = tuple[tuple[str, int, int, int], ...]
"""State of the files: path, inode, modification time in nanoseconds, size in bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Why the record in use differs from its files."""

    faults: tuple[Fault, ...]
    """At least one."""
    since: datetime
    """When it was first noticed."""


class Standing:
    """The record in use, shared by all sessions."""

    def __init__(self, store: IncidentStore) -> None:
        self._store = store
        self._lock = Lock()
        self._looked: Version | None = None
        self._raw: tuple[bytes, bytes, bytes | None] | None = None
        self._copy: TemporaryFolder | None = None
        self.contents: StoreContents | None = None
        """None until the files have been read once."""
        self.held: Held | None = None
        """None if `contents` match the files."""

    def look(self) -> Self:
        """Read the files if they have changed, and switch to them if they are valid."""
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
        if not found.faults or (self._raw is None and found.incidents):  # at first, the valid part
            self._raw, self.contents, self.held = raw, found, None
        else:
            self._hold(found.faults)

    def _hold(self, faults: Sequence[Fault]) -> None:
        since = self.held.since if self.held else datetime.now().astimezone()
        self.held = Held(faults=tuple(faults), since=since)

    def path(self) -> Path:
        """Return a file with the record in use, for a process that reads it itself."""
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
        with suppress(OSError):  # a missing file counts as a state of its own
            about = file.stat()
            found.append((str(file), about.st_ino, about.st_mtime_ns, about.st_size))
    return tuple(found)


@st.cache_resource(max_entries=4, show_spinner=False)
def _standing(path: Path) -> Standing:
    """Return the record in a file, cached so that it survives faults in the file."""
    return Standing(IncidentStore(path))


# Resources shared by all sessions: the record and imported datasets, as a table under the chosen rule.


_PARTS: Final = 128
"""Number of cached parts of pages; the largest are the marks of 2,000 incidents, 2 to 3 MB."""
_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """The incidents, what belongs to them, and the faults of their files."""

    table: IncidentTable
    """Under the rule selected in the frame."""
    rules: tuple[Rule, ...]
    """Selectable rules."""
    boundaries: Boundaries
    faults: tuple[Fault, ...]
    """Faults of the record in use."""
    dataset_faults: tuple[Fault, ...] = ()
    """Why imported datasets, or files that belong to them, are left out."""
    held: Held | None = None
    """Why the record in use differs from its files; None if it does not."""
    datasets: tuple[Dataset, ...] = ()
    """Imported datasets shown beside the record, by id."""
    linked: bool = False
    """Whether reports of different datasets are linked as one incident."""
    codes: frozenset[str] = frozenset()
    """Categories, imported subtypes, statuses and date precisions that occur, leads included."""
    parts: Cache[tuple[Hashable, ...], Any] = field(default_factory=lambda: Cache(_PARTS))
    """Cache of `kept`."""
    days: tuple[date, date] | None = None
    """First and last day on which an incident began; None without any."""

    def kept(self, part: Hashable, filters: Filters | None, make: Callable[[], _Part]) -> _Part:
        """Return a part of a page that depends only on selection, rule and scheme, cached for all sessions.

        It is made unless recently cached, and must not be modified.
        """
        return cast("_Part", self.parts.get((part, self.table.version, self.table.rule.code, filters, scheme()), make))

    @property
    def period(self) -> tuple[date, date]:
        """First and last day of the years in which incidents began; those of this year if there are none."""
        first, last = self.days or (date.today(), date.today())  # noqa: DTZ011  # nothing to show
        return date(first.year, 1, 1), date(last.year, 12, 31)

    def offers(self, entry: FilterField, value: Any) -> bool:
        """Tell whether a filter offers a value; any province, actor, event cluster or dataset counts as offered."""
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
        """Names of datasets beside numbers of people, by id; empty if there is only the record."""
        if not self.datasets:
            return {}
        return {CURATED: say("record-beside")} | {dataset.id: dataset.title for dataset in self.datasets}

    def of_record(self) -> "Resources":
        """Return the record as if no dataset were shown, for pages about it alone."""
        return replace(self, table=self.table.record(), dataset_faults=(), datasets=(), linked=False)


_CODES: Final = ("category", "status", "date_precision")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loaded:
    """Loaded resources with the tables derived from them, released together since tables may hold millions of rows."""

    resources: Resources
    ruled: dict[str, IncidentTable] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


@cache
def clear_left_overs() -> None:
    """Delete what killed servers and imports have left behind; once, at start-up."""
    sweep_temporary()
    folder, _ = data_folder()
    if isinstance(folder, DataFolder) and folder.path.is_dir():
        with suppress(OSError):  # undeletable files do no harm
            sweep(folder.path)


class NoRecordError(DataError):
    """The record has not been readable since the server started."""


def resources() -> Resources:
    """Return the current record and datasets under the rule selected in the frame.

    If the record has not been readable since the server started, shows that and stops the page. Call it in the script
    and pass the result on: downloads are made outside the script, where no rule is selected.
    """
    try:
        return resources_under(chosen_rule() or RANGE.code)
    except NoRecordError as error:
        without_record(error.faults)


def resources_under(rule: str) -> Resources:
    """Return the current record and datasets under a rule, by its code, for pages and requests.

    Files are read again only if one has changed. Raises NoRecordError.
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
    """Return `resources_under`, at most a second old, for a map that requests twenty tiles at once."""
    global _lately  # noqa: PLW0603  # the last answer, shared by all
    last = _lately
    if last is None or last[0] != rule or monotonic() - last[1] > _LATELY_S:
        last = _lately = (rule, monotonic(), resources_under(rule))
    return last[2]


def without_record(faults: Sequence[Fault]) -> NoReturn:
    """Show that there is no record, why, and what to do, in place of any page, and stop."""
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
    """Return the location of the incidents for a process that reads them itself: `store`, and `folder` or None."""
    folder, _ = data_folder()
    return {"store": _standing(INCIDENTS_FILE).path(), "folder": folder.place if folder else None}


def data_folder() -> tuple[AnyFolder | None, tuple[Fault, ...]]:
    """Return the folder of imported datasets, or None if it cannot be used, and its faults."""
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
    """Cache the state of object storage for all sessions, to avoid requests at every step."""
    return open_folder(place)


def _under(loaded: _Loaded, code: str) -> IncidentTable:
    """Return the table under a rule, which takes some hundredths of a second, cached."""
    table = loaded.resources.table
    rule = RANGE
    with suppress(ValueError):  # the claimant is no longer in the register
        rule = Rule.parse(code, table.claimants)
    with loaded.lock:
        if rule.code not in loaded.ruled:
            loaded.ruled[rule.code] = table.under(rule)
        return loaded.ruled[rule.code]


@st.cache_resource(max_entries=1, show_spinner=say("resources-reading"))
def _load(place: Path, data_version: str, folder: str, version: str, _contents: StoreContents) -> _Loaded:
    """Build the resources, which takes about a second; cached by all arguments except the contents."""
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
    """Return the subtypes used only by imported datasets that occur."""
    everywhere = (Filters(subtype=(code,), status=tuple(Status)) for code in Subtype if code in IMPORTED_ONLY)
    return frozenset(str(filters.subtype[0]) for filters in everywhere if table.count(filters))


def _day(found: Any) -> date:
    return pd.Timestamp(found).date()
