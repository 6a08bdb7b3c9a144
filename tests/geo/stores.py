"""Small stores for tests to break and to write."""

import json
from collections.abc import Iterable
from pathlib import Path

from geo.incident.record import Claimant, EventGroup, oldest_first
from geo.store.incident_store import IncidentStore, dump_incidents
from tests.conftest import make_group


def dump_claimants(claimants: Iterable[Claimant]) -> str:
    """Write the claimant register in canonical form, in the order given."""
    return _dump([claimant.model_dump(mode="json", exclude_none=True) for claimant in claimants])


def dump_event_groups(groups: Iterable[EventGroup]) -> str:
    """Write the register of event groups in canonical form: by first day, then id."""
    return _dump([group.model_dump(mode="json") for group in sorted(groups, key=oldest_first)])


def _dump(rows: list[dict[str, object]]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


SPEAKERS = ("taliban-government", "pk-ispr", "unama", "dawn", "tj-border-troops")
REGISTER = dump_claimants(
    Claimant(id=speaker, name=speaker, side="other", kind="media", independent=True) for speaker in SPEAKERS
)


def store_of(folder: Path, *incidents) -> IncidentStore:
    folder.mkdir(exist_ok=True)
    (folder / "claimants.json").write_text(REGISTER, encoding="utf-8")
    register_groups(folder, *incidents)
    path = folder / "incidents.geojson"
    path.write_text(dump_incidents(incidents), encoding="utf-8", newline="\n")
    return IncidentStore(path)


def register_groups(folder: Path, *incidents) -> None:
    """Write the register of the event groups that the incidents name."""
    groups = {incident.event_group for incident in incidents} - {None}
    (folder / "event_groups.json").write_text(dump_event_groups(map(make_group, groups)), encoding="utf-8")


def edited(store, change) -> IncidentStore:
    """Let a change of the JSON document be written over the store."""
    document = json.loads(store.path.read_text(encoding="utf-8"))
    change(document["features"])
    store.path.write_text(json.dumps(document), encoding="utf-8")
    return store
