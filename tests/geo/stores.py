"""Small stores for tests to break and to write."""

import json
from pathlib import Path

from geo.incident.record import Claimant
from geo.store.incident_store import IncidentStore, dump_claimants, dump_event_groups, dump_incidents
from tests.conftest import make_group

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
