"""Writing the store."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from geo.incident.errors import DataError, StoreChangedError, StoreLockedError
from geo.store.incident_store import IncidentStore
from tests.conftest import make_claim, make_incident
from tests.geo.stores import edited, register_groups, store_of
from tests.geo.strategies import incidents as any_incident

IN_THE_MIDDLE, MOST = 8, 400
"""Savers are killed until so many were in the middle, so often at most: how quick the machine is does not matter."""
ROOT = Path(__file__).resolve().parents[3]


class TestWriting:
    def test_the_shipped_store_comes_back_byte_for_byte(self, tmp_path, contents):
        store = IncidentStore(tmp_path / "incidents.geojson")
        store.path.write_bytes(contents.path.read_bytes())
        for register in ("claimants.json", "event_groups.json"):
            (tmp_path / register).write_bytes(contents.path.with_name(register).read_bytes())
        version = store.update(reversed)
        assert store.path.read_bytes() == contents.path.read_bytes()
        assert version == contents.version

    def test_what_was_written_is_read(self, store):
        extra = make_incident("2025-03-03-chaman-raid", date_start="2025-03-03", date_end=None)
        version = store.update(lambda incidents: [*incidents, extra])
        assert store.read().incidents[-1] == extra
        assert store.read().version == version

    @pytest.mark.parametrize(
        ("spoiled", "fault"),
        [
            pytest.param([make_incident(), make_incident()], "is already used by an earlier incident", id="twice"),
            pytest.param(
                [make_incident(claims=[make_claim(by="nobody")])],
                "'nobody' is not in claimants.json",
                id="unknown-claimant",
            ),
            pytest.param(
                [make_incident(event_group="nowhere")], "'nowhere' is not in event_groups.json", id="unknown-group"
            ),
        ],
    )
    def test_what_could_not_be_read_is_not_written(self, store, spoiled, fault):
        before = store.path.read_bytes()
        with pytest.raises(DataError, match=fault):
            store.write(spoiled, version=store.read().version)
        assert store.path.read_bytes() == before

    def test_a_store_with_faults_is_not_changed(self, store):
        edited(store, lambda features: features[0]["properties"].update(category="war"))
        with pytest.raises(DataError, match="category"):
            store.update(lambda incidents: incidents)

    def test_a_group_is_registered_before_its_first_incident_is_written(self, store):
        register_groups(store.path.parent, make_incident(event_group="chaman-2025"))
        store.update(lambda incidents: [i.model_copy(update={"event_group": "chaman-2025"}) for i in incidents])
        assert store.read().faults == ()

    def test_a_group_that_lost_its_incidents_is_told_and_stops_no_writing(self, tmp_path):
        store = store_of(tmp_path, make_incident(event_group="chaman-2025"))
        store.update(lambda incidents: [i.model_copy(update={"event_group": None}) for i in incidents])
        store.update(lambda incidents: incidents)
        assert [fault.field for fault in store.read().faults] == ["chaman-2025"]

    @pytest.mark.parametrize("file", ["incidents.geojson", "claimants.json", "event_groups.json"])
    def test_somebody_elses_change_is_not_lost(self, store, file):
        version = store.read().version
        path = store.path.with_name(file)
        path.write_bytes(path.read_bytes() + b"\n")
        with pytest.raises(StoreChangedError, match="nothing was written"):
            store.write([], version=version)
        assert path.read_bytes().endswith(b"\n\n")

    def test_it_waits_for_another_writer_only_so_long(self, store):
        with (
            FileLock(store.path.with_name(".incidents.geojson.lock")),
            pytest.raises(StoreLockedError, match=r"0\.05 s"),
        ):
            store.write([], version=store.read().version, timeout_s=0.05)
        assert len(store.read().incidents) == 2

    def test_nothing_is_left_beside_the_store(self, store):
        store.path.with_name(".incidents.geojson.99999.new").write_text("half of a")
        store.update(lambda incidents: incidents[:1])
        assert not list(store.path.parent.glob("*.new")) + list(store.path.parent.glob(".*.new"))

    @given(st.lists(any_incident(), max_size=3, unique_by=lambda incident: incident.id))
    def test_any_incidents_come_back_byte_for_byte(self, scratch, incidents):
        store = store_of(scratch)
        register_groups(scratch, *incidents)
        store.write(incidents, version=store.read().version)
        first = store.path.read_bytes()
        store.update(lambda read: read)
        assert store.path.read_bytes() == first
        assert {incident.id: incident for incident in store.read().incidents} == {i.id: i for i in incidents}


NURSERY = """
import json, os, random, signal, sys, time
from pathlib import Path
from geo.store.incident_store import IncidentStore

store, dice = IncidentStore(Path(sys.argv[1])), random.Random(7)
change = lambda word: store.update(lambda read: [i.model_copy(update={"title": word}) for i in read])
change("Nobody was killed yet")
began = time.monotonic()
change("Undisturbed")
undisturbed = time.monotonic() - began
killed = middle = 0
while middle < int(sys.argv[2]) and killed < int(sys.argv[3]):
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        sys.addaudithook(lambda what, of: what == "open" and str(of[0]).endswith(".new") and os.write(tell, b"."))
        turn = 0
        while True:
            turn += 1
            change(f"Kill {killed}, turn {turn} " + "x" * (turn % 40))
    os.read(told, 1)
    os.close(told), os.close(tell)
    time.sleep(dice.uniform(0, undisturbed / 2))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    left = len(list(store.path.parent.glob(".*.new")))
    found = store.read()
    change(f"After kill {killed}")
    middle, killed = middle + left, killed + 1
    print(json.dumps({
        "faults": len(found.faults),
        "incidents": len(found.incidents),
        "titles": len({incident.title for incident in found.incidents}),
        "left": left,
        "left_after": len(list(store.path.parent.glob(".*.new"))),
    }))
"""
"""Kills savers at random moments once they have begun to write, until enough were in the middle of a save.
After each it tells what stands in the store, then saves once more itself."""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("killed")
    store = store_of(folder, *(make_incident(f"2025-01-01-strike-{number}") for number in range(30)))
    command = [sys.executable, "-c", NURSERY, store.path, str(IN_THE_MIDDLE), str(MOST)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, timeout=600)
    return [json.loads(line) for line in ran.stdout.splitlines()]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes as POSIX does")
class TestKilledWhileSaving:
    def test_every_kill_left_a_whole_store(self, outcomes):
        states = {(outcome["faults"], outcome["incidents"], outcome["titles"]) for outcome in outcomes}
        assert len(outcomes) >= IN_THE_MIDDLE
        assert states == {(0, 30, 1)}

    def test_some_kills_came_in_the_middle_of_a_save(self, outcomes):
        assert sum(outcome["left"] for outcome in outcomes) >= IN_THE_MIDDLE

    def test_no_kill_stops_the_next_save_or_leaves_anything_behind_it(self, outcomes):
        assert {outcome["left_after"] for outcome in outcomes} == {0}


def test_the_record_of_an_installed_program_is_not_written_to(tmp_path, monkeypatch):
    monkeypatch.setattr("geo.store.incident_store.INSTALLED", True)
    monkeypatch.setattr("geo.store.incident_store.PROGRAM_FOLDER", tmp_path)
    for file in IncidentStore().files:
        (tmp_path / file.name).write_bytes(file.read_bytes())
    store = IncidentStore(tmp_path / "incidents.geojson")
    with pytest.raises(PermissionError, match=r"incidents\.geojson came with the program, .* or INCIDENT_MAP_STORE"):
        store.update(lambda incidents: incidents[1:])
    assert store.path.read_bytes() == IncidentStore().path.read_bytes()
    assert len(list(tmp_path.iterdir())) == len(store.files)
