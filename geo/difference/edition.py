"""One version of the store, as far as it can be compared: an older one may be in a form that is no longer valid."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from geo.errors import Fault
from geo.event_groups import EventGroup
from geo.incident import Claimant, Incident
from geo.reading.incidents import read_incidents
from geo.reading.registers import read_claimants, read_event_groups


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
    groups, group_faults = _groups(event_groups, beside)
    known = groups if event_groups and not group_faults else None
    found, incident_faults = read_incidents(incidents, speakers, known)
    without, left = _unreadable_movements(incident_faults), incident_faults
    if without:
        found, left = read_incidents(_without_movements(incidents, without), speakers, known)
    return Edition(
        incidents=found,
        claimants=speakers,
        event_groups=groups,
        version=hashlib.sha256(b"\0".join((incidents, claimants or b"", event_groups or b""))).hexdigest(),
        faults=(*faults, *group_faults, *incident_faults),
        at_fault=frozenset(fault.where for fault in left),
        without_movement=without,
    )


def _groups(raw: bytes | None, beside: Edition | None) -> tuple[Mapping[str, EventGroup], list[Fault]]:
    return read_event_groups(raw) if raw or beside is None else (beside.event_groups, [])


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
