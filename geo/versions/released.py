"""The versions of the store: what may differ between two, the log of all, and the stores that are shipped."""

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
    """Somebody says “at least” `high`."""

    @property
    def words(self) -> str:
        """Write the range as text."""
        return range_words(self.low, self.high, or_more=self.or_more)


class FieldChange(Record):
    """A field with what it held and what it holds, as JSON; None where it holds nothing."""

    field: str
    """Dotted where it lies in another: `movement.from.place`."""
    old: Any = None
    new: Any = None


class PartChange(Record):
    """A claim or source of an incident that was added, removed or changed."""

    what: Literal["added", "removed", "changed"]
    number: int
    """Position in the incident from 1: of the new version, or of the old one for what was removed."""
    label: str
    """What it is, in words, as it now is, or last was."""
    bears_on: tuple[About, ...] = ()
    """The incident's own tolls in which a claim counts, or counted, under the difference's rule."""
    fields: tuple[FieldChange, ...] = ()


class TollChange(Record):
    """What a toll was and is; None where nobody states a figure."""

    about: About
    old: Figures | None = None
    new: Figures | None = None


class _OfIncident(Record):
    """Which incident it is, as the new version has it, or the only one that does."""

    id: str
    title: str
    date_start: date
    when: str = ""
    """In words, no more exactly than it is known; logs of versions before 0.2.0 lack it."""

    @property
    def days(self) -> str:
        """Say when it took place."""
        return self.when or day_words(self.date_start)


class IncidentRow(_OfIncident):
    """An incident that only one of the versions holds."""

    category: Category
    status: Status
    claims: int = 0
    """How many claims it holds."""


class IncidentChange(_OfIncident):
    """An incident that both versions hold, and not alike."""

    when_before: str = ""
    """In words, in the old version, where that is something else."""
    fields: tuple[FieldChange, ...] = ()
    claims: tuple[PartChange, ...] = ()
    sources: tuple[PartChange, ...] = ()
    tolls: tuple[TollChange, ...] = ()


class Named(Record):
    """A row of a register."""

    id: str
    name: str


class NamedChange(Named):
    """A row of a register that both versions hold, and not alike."""

    fields: tuple[FieldChange, ...]


class RegisterChange(Record):
    """What differs between two versions of a register, by id."""

    added: tuple[Named, ...] = ()
    removed: tuple[Named, ...] = ()
    changed: tuple[NamedChange, ...] = ()


class Count(Record):
    """How many there were and are."""

    name: str
    old: int
    new: int


class Difference(Record):
    """Everything that differs between two versions of the store."""

    old_version: str
    """SHA-256, hexadecimal, as in every manifest."""
    new_version: str
    rule: str
    """The name of the rule under which every toll here was made."""
    rule_sentence: str
    added: tuple[IncidentRow, ...] = ()
    """Oldest first; likewise the two below."""
    removed: tuple[IncidentRow, ...] = ()
    changed: tuple[IncidentChange, ...] = ()
    claimants: RegisterChange = RegisterChange()
    event_groups: RegisterChange = RegisterChange()
    counts: tuple[Count, ...] = ()
    """Incidents, claims, source entries, and incidents by category and status: all of them, changed or not."""
    totals: tuple[TollChange, ...] = ()
    """Of all incidents together."""
    names: Mapping[str, str] = {}
    """What claimants, event clusters and incidents are called that changes name by their ids, by id."""
    not_compared: tuple[str, ...] = ()
    """Ids of incidents that one version holds in a form that cannot be read; left out of everything here."""
    movement_not_compared: tuple[str, ...] = ()
    """Ids of incidents whose movement alone one version holds in such a form."""
    filters: Mapping[str, tuple[str, ...]] = {}
    """As in a link, where the difference is of a selection: incidents that match in one of the versions or in both."""
    selection: str = ""
    """The filters in words."""
    entered: tuple[IncidentRow, ...] = ()
    """Incidents that both versions hold and only the new one has in the selection, as they now are, oldest first."""
    left: tuple[IncidentRow, ...] = ()
    """Likewise those that only the old one has in it, as they were."""

    @property
    def empty(self) -> bool:
        """Tell whether nothing differs."""
        registers = (self.claimants, self.event_groups)
        rows = [*self.added, *self.removed, *self.changed, *self.entered, *self.left]
        return not rows and all(not (r.added or r.removed or r.changed) for r in registers)

    @property
    def incidents(self) -> frozenset[str]:
        """Ids of the incidents that were added, removed or changed."""
        return frozenset(row.id for row in (*self.added, *self.removed)) | {change.id for change in self.changed}

    @property
    def claim_changes(self) -> Mapping[str, int]:
        """Count the claims that were added, removed and changed, those of incidents added and removed among them."""
        counts = Counter(claim.what for change in self.changed for claim in change.claims)
        return {
            "added": counts["added"] + sum(row.claims for row in self.added),
            "removed": counts["removed"] + sum(row.claims for row in self.removed),
            "changed": counts["changed"],
        }


# One version of the store, as far as it can be compared: an older one may be in a form that is no longer valid.


class StoreFiles(NamedTuple):
    """What stands in the files of a version of the store; None for a register that is not there."""

    incidents: bytes
    claimants: bytes | None
    event_groups: bytes | None

    @property
    def version(self) -> str:
        """SHA-256 of the files, hexadecimal, as in every manifest."""
        return hashlib.sha256(b"\0".join(content or b"" for content in self)).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What a version of the store holds."""

    incidents: tuple[Incident, ...]
    """Those that can be read, in file order."""
    claimants: Mapping[str, Claimant]
    event_groups: Mapping[str, EventGroup]
    version: str
    """SHA-256 of its files, hexadecimal, as in every manifest."""
    faults: tuple[Fault, ...]
    """Everything that is wrong with it, in file order."""
    at_fault: frozenset[str]
    """Ids of incidents, or their places in the file, that cannot be read."""
    without_movement: frozenset[str]
    """Ids of incidents that were read without their movement, since it cannot be read."""

    @property
    def unreadable(self) -> bool:
        """Whether nothing of it can be compared: none of its incidents can be read, or nobody is known who speaks."""
        return not self.incidents and (bool(self.at_fault) or not self.claimants)


def read_edition(
    incidents: bytes, claimants: bytes | None, event_groups: bytes | None, *, beside: Edition | None = None
) -> Edition:
    """Read a version; raises nothing for bad content.

    Parameters
    ----------
    incidents, claimants, event_groups
        Contents of the three files; None for one that is not there.
    beside
        The version whose registers to take where there are none.

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
    told = (*faults, *group_faults, *incident_faults)
    return Edition(
        incidents=found,
        claimants=speakers,
        event_groups=groups,
        version=StoreFiles(incidents, claimants, event_groups).version,
        faults=told or tuple(unused_groups(found, groups) if event_groups else ()),
        at_fault=frozenset(fault.where for fault in left),
        without_movement=without,
    )


MOST_COMPARED: Final = 2_000
"""Incidents of a version from outside: several times those of the record, and some seconds to join and compare."""
_EDITION: Final = TypeAdapter(Edition)


def read_apart(files: StoreFiles, *, name: str, beside: Edition, stopped: Callable[[], None] | None = None) -> Edition:
    """Read a version from outside by a process of its own, as `read_edition` does.

    Raises UnreadableError where that takes more than the files explain, or more incidents are in it than can be
    compared; and what `stopped` raises, which is called several times a second.
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
    """Do what `read_apart` asks for, there."""
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


# The log of versions, `data/CHANGELOG.json`: what each changed, kept where it can be read without a repository.

LOG_FILE: Final = PROGRAM_FOLDER / "data" / "CHANGELOG.json"


class Version(Record):
    """A version of the record, and what it changed from the one before."""

    version: Annotated[Text, Field(max_length=40)]
    date: Day
    """When it was entered into the log."""
    before: Annotated[Text, Field(max_length=40)]
    """What the version that it is compared with is called."""
    difference: Difference


_LOG: Final = TypeAdapter(tuple[Version, ...])


def read_log(path: Path = LOG_FILE) -> tuple[Version, ...]:
    """Return the versions, newest first; none where there is no log. Raises DataError for one that cannot be read."""
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
    """Return the log with an entry at its head, or in the place of the one that has its name."""
    if all(version.version != entry.version for version in log):
        return (entry, *log)
    return tuple(entry if version.version == entry.version else version for version in log)


def dump_log(log: Sequence[Version]) -> str:
    """Write the log as JSON, one value to a line."""
    document = [version.model_dump(mode="json", exclude_defaults=True) for version in log]
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


# The released versions of the record: which the log knows, and the stores of them that are shipped.
# A shipped store is one file in `data/versions/`, XZ-compressed JSON of a few tens of kilobytes: the text of the
# three files of the store, byte for byte, so that its data version is the one in the log. It is unpacked in memory,
# up to a limit, and read as JSON and as nothing else.

VERSIONS_FOLDER: Final = LOG_FILE.with_name("versions")
TODAY: Final = "today"
"""What the record as it is now is called among versions; no version has this name."""

_ENDING: Final = ".json.xz"
_NAME: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9 ._-]{0,38}[A-Za-z0-9_-])?")
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])( *\..*)?", re.IGNORECASE)
"""What Windows takes for a device, whatever ending follows it."""
_MOST_PACKED: Final = 10_000_000
_MOST_UNPACKED: Final = 50_000_000
"""Bytes; the record of 2026 has 80,000 and 800,000."""
_MOST_MEMORY: Final = 64 * 1024**2
"""Bytes that unpacking may take beside its result; what is packed here needs 9 MiB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A version that the log knows."""

    name: str
    date: date | None
    """When it was entered into the log; None for one that the log only names as what came before another."""
    data_version: str
    """SHA-256, hexadecimal."""


class _Packed(Record):
    """The document that is compressed: the version's name, and the text of its files."""

    version: str
    incidents: str
    claimants: str | None = None
    event_groups: str | None = None

    def files(self) -> StoreFiles:
        """Return the files; half a character, which JSON can hold and no file, becomes a question mark."""
        claimants, groups = (
            None if text is None else text.encode(errors="replace") for text in (self.claimants, self.event_groups)
        )
        return StoreFiles(self.incidents.encode(errors="replace"), claimants, groups)


def releases(log: Sequence[Version]) -> tuple[Release, ...]:
    """Return the versions of a log, newest first, then those that it only names as what came before another."""
    entered = {
        entry.version: Release(name=entry.version, date=entry.date, data_version=entry.difference.new_version)
        for entry in log
    }
    before = {
        entry.before: Release(name=entry.before, date=None, data_version=entry.difference.old_version) for entry in log
    }
    return tuple((before | entered)[name] for name in {**entered, **before})


def may_be_named(name: str) -> bool:
    """Tell whether a version can have this name, which is a file's too.

    >>> [may_be_named(name) for name in ("0.2.0", "as first coded", "../0.2.0", "0.2.0 ", "nul", "today")]
    [True, True, False, False, False, False]
    """
    return bool(_NAME.fullmatch(name)) and not _DEVICES.fullmatch(name) and name.casefold() != TODAY


def too_like(name: str, other: str) -> bool:
    """Tell whether two names are different, and their files one where case does not count.

    >>> [too_like(name, "as first coded") for name in ("As first coded", "as-first-coded", "as first coded", "0.2.0")]
    [True, True, False, False]
    """
    return name != other and release_file(name).name.casefold() == release_file(other).name.casefold()


def release_file(name: str, folder: Path = VERSIONS_FOLDER) -> Path:
    """Return where the store of a version is shipped.

    >>> release_file("as first coded", Path("versions")).as_posix()
    'versions/as-first-coded.json.xz'
    """
    return folder / (re.sub(r"[^A-Za-z0-9._-]+", "-", name) + _ENDING)


def pack_release(name: str, files: StoreFiles) -> bytes:
    """Return the content of a version's file; raises DataError for a store that is no text or too large."""
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
    """Return the files of a shipped version; raises DataError if it is missing, damaged or another one."""
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
    """Return the document that a file holds; None for any other JSON, or none."""
    document, faults = parse(unpacked)
    try:
        return None if faults else _Packed.model_validate(document, strict=True)
    except ValidationError:
        return None


def _unpacked(path: Path) -> bytes:
    """Return what a file holds; raises DataError if it is missing, no whole XZ stream or too large."""
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
