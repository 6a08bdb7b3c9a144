"""Versions of the store: the model of their differences, the log of versions, and the shipped stores."""

import hashlib
import json
import lzma
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NamedTuple

from pydantic import Field, TypeAdapter, ValidationError

from geo import PROGRAM_FOLDER
from geo.apart import Talk, TemporaryFolder, process
from geo.incident.errors import DataError, Fault, UnreadableError, in_its_folder, invalid
from geo.incident.record import Claimant, Day, EventGroup, Incident, Record, Text
from geo.incident.vocabulary import About, Category, Status
from geo.language.messages import day_words, range_words, say
from geo.store.incident_store import parse, read_claimants, read_event_groups, read_incidents, unused_groups


class Figures(Record):
    """A toll under the difference's rule, people."""

    low: int
    high: int
    or_more: bool = False
    """Whether somebody says “at least” `high`."""

    @property
    def words(self) -> str:
        """The range as text."""
        return range_words(self.low, self.high, or_more=self.or_more)


class FieldChange(Record):
    """Old and new value of a field, as JSON; None if absent."""

    field: str
    """Dotted for nested fields: `movement.from.place`."""
    old: Any = None
    new: Any = None


class PartChange(Record):
    """A claim or source of an incident that was added, removed or changed."""

    what: Literal["added", "removed", "changed"]
    number: int
    """Position in the incident, from 1, in the new version, or in the old one if removed."""
    label: str
    """Its label in the new version, or in the old one if removed."""
    bears_on: tuple[About, ...] = ()
    """The incident's own tolls in which the claim counts, or counted, under the difference's rule."""
    fields: tuple[FieldChange, ...] = ()


class TollChange(Record):
    """Old and new toll; None without a figure."""

    about: About
    old: Figures | None = None
    new: Figures | None = None


class _OfIncident(Record):
    """Identity of an incident, as in the new version if it is there."""

    id: str
    title: str
    date_start: date
    when: str = ""
    """Date in words, only as precise as it is known; missing in logs of versions before 0.2.0."""

    @property
    def days(self) -> str:
        """When it took place, in words."""
        return self.when or day_words(self.date_start)


class IncidentRow(_OfIncident):
    """An incident in only one of the versions."""

    category: Category
    status: Status
    claims: int = 0
    """Number of its claims."""


class IncidentChange(_OfIncident):
    """An incident that differs between the versions."""

    when_before: str = ""
    """Date in words in the old version, if different."""
    fields: tuple[FieldChange, ...] = ()
    claims: tuple[PartChange, ...] = ()
    sources: tuple[PartChange, ...] = ()
    tolls: tuple[TollChange, ...] = ()


class Named(Record):
    """A row of a register."""

    id: str
    name: str


class NamedChange(Named):
    """A register row that differs between the versions."""

    fields: tuple[FieldChange, ...]


class RegisterChange(Record):
    """Differences between two versions of a register, by id."""

    added: tuple[Named, ...] = ()
    removed: tuple[Named, ...] = ()
    changed: tuple[NamedChange, ...] = ()


class Count(Record):
    """An old and a new count."""

    name: str
    old: int
    new: int


class Difference(Record):
    """Everything that differs between two versions of the store."""

    old_version: str
    """SHA-256, hexadecimal, as in every manifest."""
    new_version: str
    rule: str
    """Name of the rule for all tolls here."""
    rule_sentence: str
    added: tuple[IncidentRow, ...] = ()
    """Oldest first, as are the two below."""
    removed: tuple[IncidentRow, ...] = ()
    changed: tuple[IncidentChange, ...] = ()
    claimants: RegisterChange = RegisterChange()
    event_groups: RegisterChange = RegisterChange()
    counts: tuple[Count, ...] = ()
    """Totals of incidents, claims, source entries, and incidents by category and status, whether changed or not."""
    totals: tuple[TollChange, ...] = ()
    """Over all incidents."""
    names: Mapping[str, str] = {}
    """Names of claimants, event clusters and incidents whose ids appear in changes, by id."""
    not_compared: tuple[str, ...] = ()
    """Ids of incidents that are unreadable in one version and left out of everything here."""
    movement_not_compared: tuple[str, ...] = ()
    """Ids of incidents of which only the movement is unreadable in one version."""
    filters: Mapping[str, tuple[str, ...]] = {}
    """As in a link, if the difference is restricted to a selection: incidents that match in either version."""
    selection: str = ""
    """The filters in words."""
    entered: tuple[IncidentRow, ...] = ()
    """Incidents in both versions but only in the new selection, as in the new version, oldest first."""
    left: tuple[IncidentRow, ...] = ()
    """Incidents in both versions but only in the old selection, as in the old version."""

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        registers = (self.claimants, self.event_groups)
        rows = [*self.added, *self.removed, *self.changed, *self.entered, *self.left]
        return not rows and all(not (r.added or r.removed or r.changed) for r in registers)

    @property
    def incidents(self) -> frozenset[str]:
        """Ids of the incidents that were added, removed or changed."""
        return frozenset(row.id for row in (*self.added, *self.removed)) | {change.id for change in self.changed}

    @property
    def claim_changes(self) -> Mapping[str, int]:
        """Number of claims added, removed and changed, including those of added and removed incidents."""
        counts = Counter(claim.what for change in self.changed for claim in change.claims)
        return {
            "added": counts["added"] + sum(row.claims for row in self.added),
            "removed": counts["removed"] + sum(row.claims for row in self.removed),
            "changed": counts["changed"],
        }


# One version of the store, as far as it can be compared; older ones may have an obsolete form.


class StoreFiles(NamedTuple):
    """File contents of a version of the store; None for a missing register."""

    incidents: bytes
    claimants: bytes | None
    event_groups: bytes | None

    @property
    def version(self) -> str:
        """SHA-256 of the files, hexadecimal, as in every manifest."""
        return hashlib.sha256(b"\0".join(content or b"" for content in self)).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The contents of a version of the store."""

    incidents: tuple[Incident, ...]
    """Readable incidents, in file order."""
    claimants: Mapping[str, Claimant]
    event_groups: Mapping[str, EventGroup]
    version: str
    """SHA-256 of its files, hexadecimal, as in every manifest."""
    faults: tuple[Fault, ...]
    """Everything wrong with it, in file order."""
    at_fault: frozenset[str]
    """Ids of unreadable incidents, or their positions in the file."""
    without_movement: frozenset[str]
    """Ids of incidents read without their unreadable movement."""

    @property
    def unreadable(self) -> bool:
        """Whether nothing can be compared: no incident is readable, or no claimant is known."""
        return not self.incidents and (bool(self.at_fault) or not self.claimants)


def read_edition(
    incidents: bytes, claimants: bytes | None, event_groups: bytes | None, *, beside: Edition | None = None
) -> Edition:
    """Parse a version; raises nothing for bad content.

    Parameters
    ----------
    incidents, claimants, event_groups
        Contents of the three files; None for a missing one.
    beside
        Version whose registers stand in for missing ones.

    """
    speakers, faults = read_claimants(claimants or b"[]") if claimants or beside is None else (beside.claimants, [])
    groups, group_faults = (
        read_event_groups(event_groups) if event_groups or beside is None else (beside.event_groups, [])
    )
    known = groups if event_groups and not group_faults else None
    found, incident_faults = read_incidents(incidents, speakers, known)
    without, left = _unreadable_movements(incident_faults), incident_faults
    if without:
        found, left = read_incidents(_without_movements(incidents, without), speakers, known)
    all_faults = (*faults, *group_faults, *incident_faults)
    return Edition(
        incidents=found,
        claimants=speakers,
        event_groups=groups,
        version=StoreFiles(incidents, claimants, event_groups).version,
        faults=all_faults or tuple(unused_groups(found, groups) if event_groups else ()),
        at_fault=frozenset(fault.where for fault in left),
        without_movement=without,
    )


MOST_COMPARED: Final = 2_000
"""Largest number of incidents in a version from outside: several times the record's, and seconds to compare."""
_EDITION: Final = TypeAdapter(Edition)


def read_apart(files: StoreFiles, *, name: str, beside: Edition, stopped: Callable[[], None] | None = None) -> Edition:
    """Parse a version from outside in a separate process, as `read_edition` does.

    Raises UnreadableError if that exceeds what the file sizes justify, or if there are too many incidents to compare;
    and whatever `stopped` raises, which is called several times a second.
    """
    folder = TemporaryFolder()
    try:
        for number, content in enumerate(files):
            if content is not None:
                (folder.path / str(number)).write_bytes(content)
        (folder.path / _BESIDE).write_bytes(_EDITION.dump_json(beside))
        size = sum(len(content or b"") for content in files)
        with process(_read_edition, name=name, size=size, stopped=stopped, folder=str(folder.path), file=name) as one:
            return _EDITION.validate_python(one.hear())
    finally:
        folder.cleanup()


_BESIDE: Final = "beside"


def _read_edition(talk: Talk, folder: str, file: str) -> Any:
    """Carry out `read_apart` in the separate process."""
    del talk
    incidents, *registers = (Path(folder, str(number)) for number in range(len(StoreFiles._fields)))
    beside = _EDITION.validate_json(Path(folder, _BESIDE).read_bytes())
    given = (path.read_bytes() if path.exists() else None for path in registers)
    found = read_edition(incidents.read_bytes(), *given, beside=beside)
    if len(found.incidents) > MOST_COMPARED:
        raise UnreadableError(file, say("changes-too-many", count=len(found.incidents), most=MOST_COMPARED))
    return _EDITION.dump_python(found, mode="json")


def _unreadable_movements(faults: list[Fault]) -> frozenset[str]:
    """Return the incidents whose only faults are in their movement."""
    fields: dict[str, set[str]] = {}
    for fault in faults:
        fields.setdefault(fault.where, set()).add(fault.field.split(".")[0])
    return frozenset(where for where, at_fault in fields.items() if at_fault == {"movement"})


def _without_movements(incidents: bytes, ids: frozenset[str]) -> bytes:
    document = json.loads(incidents.decode("utf-8-sig"))
    for feature in document["features"]:
        if isinstance(feature, dict) and feature.get("id") in ids:
            feature["properties"].pop("movement", None)
    return json.dumps(document).encode()


# The log of versions, `data/CHANGELOG.json`: the changes of each, readable without a repository.

LOG_FILE: Final = PROGRAM_FOLDER / "data" / "CHANGELOG.json"


class Version(Record):
    """A version of the record, and its changes from the one before."""

    version: Annotated[Text, Field(max_length=40)]
    date: Day
    """Date of its entry in the log."""
    before: Annotated[Text, Field(max_length=40)]
    """Name of the version it is compared with."""
    difference: Difference


_LOG: Final = TypeAdapter(tuple[Version, ...])


def read_log(path: Path = LOG_FILE) -> tuple[Version, ...]:
    """Return the versions, newest first; empty without a log. Raises DataError if it cannot be read."""
    try:
        return _LOG.validate_json(path.read_bytes())
    except FileNotFoundError:
        return ()
    except OSError as error:
        named, reason = in_its_folder(path), say("version-log-unreadable", reason=error.strerror or error)
        raise DataError(named, [Fault(where=named, field="", message=reason)]) from error
    except ValidationError as error:
        raise invalid(in_its_folder(path), error) from error


def entered(log: Sequence[Version], entry: Version) -> tuple[Version, ...]:
    """Return the log with an entry added at its head, or replacing the one with the same name."""
    if all(version.version != entry.version for version in log):
        return (entry, *log)
    return tuple(entry if version.version == entry.version else version for version in log)


def dump_log(log: Sequence[Version]) -> str:
    """Write the log as JSON, one value per line."""
    document = [version.model_dump(mode="json", exclude_defaults=True) for version in log]
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


# Released versions of the record: those in the log, and their shipped stores. A shipped store is one file in
# `data/versions/`, XZ-compressed JSON of a few tens of kilobytes, with the exact text of the three files of the store,
# so that its data version matches the log. It is decompressed in memory, up to a limit, and only ever parsed as JSON.

VERSIONS_FOLDER: Final = LOG_FILE.with_name("versions")
TODAY: Final = "today"
"""Name among versions for the current record; no version has it."""

_ENDING: Final = ".json.xz"
_NAME: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9 ._-]{0,38}[A-Za-z0-9_-])?")
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])( *\..*)?", re.IGNORECASE)
"""Names of devices on Windows, with any extension."""
_MOST_PACKED: Final = 10_000_000
_MOST_UNPACKED: Final = 50_000_000
"""Bytes; the record of 2026 has 80,000 packed and 800,000 unpacked."""
_MOST_MEMORY: Final = 64 * 1024**2
"""Memory limit in bytes for decompression; files packed here need 9 MiB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A version known to the log."""

    name: str
    date: date | None
    """Date of its entry in the log; None for one mentioned only as the predecessor of another."""
    data_version: str
    """SHA-256, hexadecimal."""


class _Packed(Record):
    """The compressed document: version name and texts of the files."""

    version: str
    incidents: str
    claimants: str | None = None
    event_groups: str | None = None

    def files(self) -> StoreFiles:
        """Return the files; lone surrogates, which JSON allows but files do not, become question marks."""
        claimants, groups = (
            None if text is None else text.encode(errors="replace") for text in (self.claimants, self.event_groups)
        )
        return StoreFiles(self.incidents.encode(errors="replace"), claimants, groups)


def releases(log: Sequence[Version]) -> tuple[Release, ...]:
    """Return the versions in a log, newest first, then those mentioned only as predecessors."""
    entered = {
        entry.version: Release(name=entry.version, date=entry.date, data_version=entry.difference.new_version)
        for entry in log
    }
    before = {
        entry.before: Release(name=entry.before, date=None, data_version=entry.difference.old_version) for entry in log
    }
    return tuple((before | entered)[name] for name in {**entered, **before})


def may_be_named(name: str) -> bool:
    """Tell whether a name is allowed for a version, and thus for its file.

    >>> [may_be_named(name) for name in ("0.2.0", "as first coded", "../0.2.0", "0.2.0 ", "nul", "today")]
    [True, True, False, False, False, False]
    """
    return bool(_NAME.fullmatch(name)) and not _DEVICES.fullmatch(name) and name.casefold() != TODAY


def too_like(name: str, other: str) -> bool:
    """Tell whether two different names have the same file name if case is ignored.

    >>> [too_like(name, "as first coded") for name in ("As first coded", "as-first-coded", "as first coded", "0.2.0")]
    [True, True, False, False]
    """
    return name != other and release_file(name).name.casefold() == release_file(other).name.casefold()


def release_file(name: str, folder: Path = VERSIONS_FOLDER) -> Path:
    """Return the path of a version's shipped store.

    >>> release_file("as first coded", Path("versions")).as_posix()
    'versions/as-first-coded.json.xz'
    """
    return folder / (re.sub(r"[^A-Za-z0-9._-]+", "-", name) + _ENDING)


def pack_release(name: str, files: StoreFiles) -> bytes:
    """Return the content of a version's file; raises DataError if the store is not text or too large."""
    try:
        texts = {field: None if raw is None else raw.decode() for field, raw in files._asdict().items()}
    except UnicodeDecodeError as error:
        raise _unpackable(name, say("version-not-utf-8")) from error
    document = {field: text for field, text in {"version": name, **texts}.items() if text is not None}
    unpacked = json.dumps(document, ensure_ascii=False).encode()
    if len(unpacked) > _MOST_UNPACKED:
        raise _unpackable(name, say("version-too-large", most=_MOST_UNPACKED))
    return lzma.compress(unpacked, preset=6 | lzma.PRESET_EXTREME)


def read_release(release: Release, folder: Path = VERSIONS_FOLDER) -> StoreFiles:
    """Return the files of a shipped version; raises DataError if it is missing, damaged or a different one."""
    path = release_file(release.name, folder)
    packed = _document_in(_unpacked(path))
    if packed is None or packed.version != release.name:
        raise _damaged(path, say("version-of-another", version=release.name))
    files = packed.files()
    if files.version != release.data_version:
        versions = {"held": files.version[:8], "logged": release.data_version[:8], "version": release.name}
        raise _damaged(path, say("version-differs", **versions))
    return files


def _document_in(unpacked: bytes) -> _Packed | None:
    """Return the document in a file; None if it is not one."""
    document, faults = parse(unpacked)
    try:
        return None if faults else _Packed.model_validate(document, strict=True)
    except ValidationError:
        return None


def _unpacked(path: Path) -> bytes:
    """Return the decompressed content; raises DataError if it is missing, not one whole XZ stream, or too large."""
    try:
        if path.stat().st_size > _MOST_PACKED:
            raise _damaged(path, say("version-file-too-large", most=_MOST_PACKED))
        reader = lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=_MOST_MEMORY)
        unpacked = reader.decompress(path.read_bytes(), max_length=_MOST_UNPACKED + 1)
    except FileNotFoundError as error:
        raise _damaged(path, say("version-missing")) from error
    except OSError as error:
        raise _damaged(path, say("version-unreadable", reason=error.strerror or error)) from error
    except lzma.LZMAError as error:
        raise _damaged(path, say("version-no-xz")) from error
    if len(unpacked) > _MOST_UNPACKED:
        raise _damaged(path, say("version-unpacks-too-large", most=_MOST_UNPACKED))
    if not reader.eof or reader.unused_data:
        raise _damaged(path, say("version-cut-off"))
    return unpacked


def _unpackable(name: str, message: str) -> DataError:
    return DataError(name, [Fault(where=name, field="", message=message)])


def _damaged(path: Path, message: str) -> DataError:
    named = in_its_folder(path, folders=2)
    said = say("version-put-back", fault=message)
    return DataError(named, [Fault(where=named, field="", message=said)])
