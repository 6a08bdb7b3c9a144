"""Read, validate and write the curated store, in the one way that makes a one-word edit a one-line difference."""

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout

from geo.datasets.folder import clear_half_written, replace_file
from geo.incident.errors import DataError, Fault, ShippedStoreError, StoreChangedError, StoreLockedError
from geo.incident.record import Claimant, EventGroup, Incident, oldest_first
from geo.installation import INSTALLED, PROGRAM_FOLDER
from geo.store.reading import (
    CLAIMANTS_FILE,
    EVENT_GROUPS_FILE,
    read_claimants,
    read_event_groups,
    read_incidents,
    unused_groups,
)

# The one way the incident store is written down, so that a one-word edit is a one-line diff.
# Incidents by first day, then id; keys in the order of the record; one value to a line, a point's coordinates on
# one; whole numbers without a fraction; in claims, sources and movements what is null is left out.

_COORDINATES = re.compile(r'("coordinates": \[)\s+(\S+)\s+(\S+)\s+(\])')


def dump_incidents(incidents: Iterable[Incident]) -> str:
    """Write incidents as a GeoJSON FeatureCollection (RFC 7946, WGS84) in canonical form."""
    ordered = sorted(incidents, key=oldest_first)
    document = {"type": "FeatureCollection", "features": [to_feature(incident) for incident in ordered]}
    return _COORDINATES.sub(r"\1\2 \3\4", _dump(document))


def dump_claimants(claimants: Iterable[Claimant]) -> str:
    """Write the claimant register, in the order given."""
    return _dump([_without_nulls(claimant.model_dump(mode="json")) for claimant in claimants])


def dump_event_groups(groups: Iterable[EventGroup]) -> str:
    """Write the register of event groups: by first day, then id."""
    ordered = sorted(groups, key=oldest_first)
    return _dump([group.model_dump(mode="json") for group in ordered])


def _dump(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def to_feature(incident: Incident) -> Any:
    """Return an incident as the GeoJSON feature that stands in the store."""
    feature = incident.to_feature()
    properties = feature["properties"]
    for key in ("aliases", "provinces", "location_note", "movement"):
        if not properties[key]:
            del properties[key]
    for key in ("claims", "sources"):
        properties[key] = [_without_nulls(part) for part in properties[key]]
    if "movement" in properties:
        properties["movement"] = _without_nulls(properties["movement"])
    return _whole_numbers(feature)


def _without_nulls(value: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: inner for key, inner in value.items() if inner is not None}
    return {key: _without_nulls(inner) if isinstance(inner, Mapping) else inner for key, inner in kept.items()}


def _whole_numbers(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _whole_numbers(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_whole_numbers(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


# Read, validate and write the curated incident store.
# Reading is tolerant: a faulty incident is left out and reported, the others are kept. Writing is strict, and
# atomic: a new file is written beside the old one, flushed to disk and put in its place, under a lock that the
# operating system drops when its holder dies.

STORE_VARIABLE: Final = "INCIDENT_MAP_STORE"
SHIPPED_FILE: Final = PROGRAM_FOLDER / "data" / "incidents.geojson"
"""The record that comes with the program. In a clone it is edited; an installed one is for reading only."""
INCIDENTS_FILE: Final = Path(os.environ.get(STORE_VARIABLE) or SHIPPED_FILE).expanduser().absolute()
"""The record where no other is named: that of INCIDENT_MAP_STORE as the program starts, else the shipped one."""
DATA_FOLDER: Final = INCIDENTS_FILE.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreContents:
    """What one reading of the store found."""

    path: Path
    incidents: tuple[Incident, ...]
    """Valid incidents in file order."""
    claimants: Mapping[str, Claimant]
    """By id."""
    event_groups: Mapping[str, EventGroup]
    """By id, in file order."""
    faults: tuple[Fault, ...]
    """Everything wrong, in file order; faulty incidents are not among `incidents`."""
    version: str
    """SHA-256 of the store and its two registers, hexadecimal."""

    def require_valid(self) -> "StoreContents":
        """Return the contents; raise DataError with all faults if there are any."""
        if self.faults:
            raise DataError(self.path.name, self.faults)
        return self


@dataclass(frozen=True, slots=True)
class IncidentStore:
    """An incident file with its registers beside it: `claimants.json` and `event_groups.json`."""

    path: Path = INCIDENTS_FILE

    @property
    def files(self) -> tuple[Path, Path, Path]:
        """The incident file, the claimant register and the register of event groups."""
        return self.path, self.path.with_name(CLAIMANTS_FILE), self.path.with_name(EVENT_GROUPS_FILE)

    def read(self) -> StoreContents:
        """Read the three files as they are now.

        Raises FileNotFoundError without incidents or claimants, and nothing for bad content. Event groups that are
        missing or cannot be read are a fault, and leave no incident out.
        """
        return self.understood(*self.raw())

    def raw(self) -> tuple[bytes, bytes, bytes | None]:
        """Return what stands in the three files now; None for event groups that are not there. Raises OSError."""
        store, claimant_rows, group_rows = self.files
        return store.read_bytes(), claimant_rows.read_bytes(), group_rows.read_bytes() if group_rows.exists() else None

    def understood(self, raw: bytes, register: bytes, group_register: bytes | None) -> StoreContents:
        """Return what the content of the three files says; raises nothing for bad content."""
        claimants, claimant_faults = read_claimants(register)
        groups, group_faults = read_event_groups(group_register)
        incidents, faults = read_incidents(raw, claimants, groups if groups or not group_faults else None)
        found = [*claimant_faults, *group_faults, *faults]
        return StoreContents(
            path=self.path,
            incidents=incidents,
            claimants=claimants,
            event_groups=groups,
            faults=tuple(found or unused_groups(incidents, groups)),
            version=hashlib.sha256(b"\0".join((raw, register, group_register or b""))).hexdigest(),
        )

    def write(self, incidents: Iterable[Incident], *, version: str, timeout_s: float = 10) -> str:
        """Replace the incidents and return the new version.

        Parameters
        ----------
        incidents
            All incidents of the new store.
        version
            The version that the change was made from.
        timeout_s
            How long to wait for another writer.

        Raises
        ------
        ShippedStoreError
            The store came with an installed program, and is for reading only.
        DataError
            The incidents contradict each other or name an unknown claimant or event group; nothing was written.
        StoreChangedError
            The store is no longer the version given; nothing was written.
        StoreLockedError
            Another process did not finish in time; nothing was written.

        """
        if INSTALLED and self.path.resolve().is_relative_to(PROGRAM_FOLDER):
            raise ShippedStoreError(str(self.path), STORE_VARIABLE)
        try:
            with FileLock(self.path.with_name(f".{self.path.name}.lock"), timeout=timeout_s):
                found = self.read()
                if found.version != version:
                    raise StoreChangedError(str(self.path))
                text = dump_incidents(incidents)
                _, faults = read_incidents(text.encode(), found.claimants, found.event_groups)
                if faults:
                    raise DataError(self.path.name, faults)
                clear_half_written(self.path)
                replace_file(self.path, text)
                return self.read().version
        except Timeout as error:
            raise StoreLockedError(str(self.path), timeout_s) from error

    def update(self, change: Callable[[tuple[Incident, ...]], Iterable[Incident]]) -> str:
        """Read, change and write; raises DataError, too, if what is there now has faults.

        A registered event group without incidents is none here: its row is written before its first incident is.
        """
        contents = self.read()
        if contents.faults != tuple(unused_groups(contents.incidents, contents.event_groups)):
            contents.require_valid()
        return self.write(change(contents.incidents), version=contents.version)
