"""The two registers beside the incident file, claimants and event groups, and what is wrong with them."""

from collections.abc import Iterable
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from geo.errors import Fault
from geo.event_groups import EventGroup
from geo.incident import Claimant, Incident
from geo.reading.json_text import parse
from geo.reading.record_faults import faults_of

CLAIMANTS_FILE: Final = "claimants.json"
EVENT_GROUPS_FILE: Final = "event_groups.json"
_Row = TypeVar("_Row", Claimant, EventGroup)


def read_claimants(raw: bytes) -> tuple[dict[str, Claimant], list[Fault]]:
    """Return the valid claimants of a register by id, and everything that is wrong with it."""
    document, faults = parse(raw)
    if not faults and not (isinstance(document, list) and document):
        faults = [Fault(where="file", field="", message="names nobody; expected a list of claimants")]
    return _read_register(CLAIMANTS_FILE, Claimant, document, faults)


def read_event_groups(raw: bytes | None) -> tuple[dict[str, EventGroup], list[Fault]]:
    """Return the valid event groups of a register by id, and everything that is wrong with it; None: no such file."""
    if raw is None:
        return {}, [Fault(where=EVENT_GROUPS_FILE, field="", message="is missing; it stands beside the incident file")]
    document, faults = parse(raw)
    if not faults and not isinstance(document, list):
        faults = [Fault(where="file", field="", message="is no list; expected a list of event groups")]
    return _read_register(EVENT_GROUPS_FILE, EventGroup, document, faults)


def _read_register(
    file: str, record: type[_Row], document: Any, faults: list[Fault]
) -> tuple[dict[str, _Row], list[Fault]]:
    """Read the rows of a register, unless it already has faults, which then are all there are."""
    rows: dict[str, _Row] = {}
    for number, given in enumerate(document if not faults else ()):
        try:
            row = record.model_validate(given)
        except ValidationError as error:
            faults += faults_of(error, f"row {number + 1}")
            continue
        if row.id in rows:
            faults.append(Fault(where=f"row {number + 1}", field="id", message=f"{row.id!r} stands there twice"))
        rows.setdefault(row.id, row)
    return rows, [Fault(where=f"{file}, {f.where}", field=f.field, message=f.message) for f in faults]


def unused_groups(incidents: Iterable[Incident], groups: Iterable[str]) -> list[Fault]:
    """Return a fault for each registered event group that no incident belongs to."""
    used = {incident.event_group for incident in incidents}
    return [
        Fault(where=EVENT_GROUPS_FILE, field=group, message="is the event group of no incident")
        for group in groups
        if group not in used
    ]
