"""Imports killed at random moments: the state before or the new one, never between."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.geo.imports.files import acled_file, acled_row

pytestmark = pytest.mark.slow

KILLS = 24
ROWS = 60
ROOT = Path(__file__).resolve().parents[3]

NURSERY = """
import json, os, random, signal, sys, time
from pathlib import Path
import pyarrow.parquet as pq
from geo.datasets.folder import DataFolder
from geo.imports.pipeline import import_file
from geo.places.locating import locate

folder, files, dice = DataFolder(sys.argv[1]), [Path(name) for name in sys.argv[2:4]], random.Random(7)

def state():
    dataset = folder.dataset("acled")
    parts = [pq.read_table(part, columns=["killed_best"], use_threads=False) for part in folder.files(dataset)]
    killed = [value for part in parts for value in part["killed_best"].to_pylist()]
    return [len(killed), sorted(set(killed)), sum(killed) == dataset.killed.best, len(folder.faults())]

locate([69.92], [33.34])  # what a process reads once; without threads, which would not outlive a fork
for kill in range(-1, int(sys.argv[4])):
    child = os.fork()
    if child == 0:
        for turn in range(1000 if kill >= 0 else 1):
            import_file(files[(kill + turn) % 2], folder)
        os._exit(0)
    if kill >= 0:
        time.sleep(dice.uniform(0, 0.25))
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    left = list(folder.path.glob("acled/staging-*"))
    print(json.dumps({"state": state(), "left": len(left)}))

with folder.staging("another"):
    pass
left = [path.name for path in (*folder.path.glob("*/staging-*"), *folder.path.glob("acled/releases/*"))]
dataset = folder.dataset("acled")
print(json.dumps({"between": sorted(set(left) - {dataset.release, dataset.previous})}))
"""
"""Kills processes that put one file and the other into a dataset by turns; after each, tells what stands there."""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    place = tmp_path_factory.mktemp("killed")
    for deaths in (1, 2):
        acled_file(place / f"{deaths}.csv", *(acled_row(number, fatalities=deaths) for number in range(ROWS)))
    command = [sys.executable, "-c", NURSERY, place / "data", place / "1.csv", place / "2.csv", str(KILLS)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, timeout=240)
    return [json.loads(line) for line in ran.stdout.splitlines()]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes as POSIX does")
class TestKilledWhileImporting:
    def test_every_kill_left_one_state_or_the_other_whole(self, outcomes):
        states = [outcome["state"] for outcome in outcomes[:-1]]
        assert len(states) == 1 + KILLS
        assert all(state in ([ROWS, [1], True, 0], [ROWS, [2], True, 0]) for state in states)

    def test_kills_came_in_the_middle_of_an_import(self, outcomes):
        assert sum(outcome["left"] for outcome in outcomes[:-1]) > KILLS / 10

    def test_the_next_import_clears_away_what_they_left(self, outcomes):
        assert outcomes[-1] == {"between": []}
