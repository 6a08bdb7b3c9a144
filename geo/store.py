"""Read, validate and write the curated incident store.

Reading is tolerant: a faulty incident is left out and reported, the others are kept. Writing is strict, and atomic: a
new file is written beside the old one, flushed to disk and put in its place, under a lock that the operating system
drops when its holder dies.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from geo.canonical import dump_incidents
from geo.errors import DataError, Fault, StoreChangedError, StoreLockedError
from geo.event_groups import EventGroup
from geo.incident import Claimant, Incident
from geo.reading.incidents import read_incidents
from geo.reading.registers import (
    CLAIMANTS_FILE,
    EVENT_GROUPS_FILE,
    read_claimants,
    read_event_groups,
    unused_groups,
)

DATA_FOLDER: Final = Path(__file__).resolve().parents[1] / "data"
INCIDENTS_FILE: Final = DATA_FOLDER / "incidents.geojson"


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
        store, claimant_rows, group_rows = self.files
        raw, register = store.read_bytes(), claimant_rows.read_bytes()
        group_register = group_rows.read_bytes() if group_rows.exists() else None
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
        DataError
            The incidents contradict each other or name an unknown claimant or event group; nothing was written.
        StoreChangedError
            The store is no longer the version given; nothing was written.
        StoreLockedError
            Another process did not finish in time; nothing was written.

        """
        try:
            with FileLock(self.path.with_name(f".{self.path.name}.lock"), timeout=timeout_s):
                found = self.read()
                if found.version != version:
                    raise StoreChangedError(str(self.path))
                text = dump_incidents(incidents)
                _, faults = read_incidents(text.encode(), found.claimants, found.event_groups)
                if faults:
                    raise DataError(self.path.name, faults)
                _replace(self.path, text)
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


def _replace(path: Path, text: str) -> None:
    """Put a complete file in the place of the old one; a crash at any moment leaves one or the other."""
    for left_over in path.parent.glob(f".{path.name}.*.new"):
        left_over.unlink(missing_ok=True)
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    with new.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
