"""Imports killed at random moments: the state before or the new one, never between."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.geo.imports.files import acled_file, acled_row

pytestmark = pytest.mark.slow

IN_THE_MIDDLE, MOST = 8, 200
"""Imports are killed until so many were in the middle, so often at most: how quick the machine is does not matter."""
ROWS = 60
ROOT = Path(__file__).resolve().parents[3]

NURSERY = """
import json, os, random, signal, sys, time
from pathlib import Path
import pyarrow.parquet as pq
from geo.datasets.folder import DataFolder
from geo.imports.pipeline import prepare
from geo.places.locating import locate

folder, files, dice = DataFolder(sys.argv[1]), [Path(name) for name in sys.argv[2:4]], random.Random(7)

def state():
    dataset = folder.dataset("acled")
    parts = [pq.read_table(part, columns=["killed_best"], use_threads=False) for part in folder.files(dataset)]
    killed = [value for part in parts for value in part["killed_best"].to_pylist()]
    return [len(killed), sorted(set(killed)), sum(killed) == dataset.killed.best, len(folder.faults())]

def begin(turn, times):
    # Import one file and the other in a process of their own, which is returned once it has begun.
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(tell, b".")
        for turn in range(turn, turn + times):
            prepare(files[turn % 2], folder).accept()
        os._exit(0)
    os.read(told, 1)
    os.close(told), os.close(tell)
    return child

def report():
    left = len(list(folder.path.glob("acled/staging-*")))
    print(json.dumps({"state": state(), "left": left}))
    return left

locate([69.92], [33.34])  # what a process reads once; without threads, which would not outlive a fork
began = time.monotonic()
os.waitpid(begin(1, 1), 0)
undisturbed = time.monotonic() - began
report()
killed = middle = 0
while middle < int(sys.argv[4]) and killed < int(sys.argv[5]):
    child = begin(killed, 1000)
    time.sleep(dice.uniform(0, undisturbed))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    middle, killed = middle + report(), killed + 1

with folder.staging("another"):
    pass
left = [path.name for path in (*folder.path.glob("*/staging-*"), *folder.path.glob("acled/releases/*"))]
dataset = folder.dataset("acled")
print(json.dumps({"between": sorted(set(left) - {dataset.release, dataset.previous})}))
"""
"""Kills processes that put one file and the other into a dataset by turns, until enough were killed in the middle.
After each it tells what stands there."""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    place = tmp_path_factory.mktemp("killed")
    for deaths in (1, 2):
        acled_file(place / f"{deaths}.csv", *(acled_row(number, fatalities=deaths) for number in range(ROWS)))
    often = map(str, (IN_THE_MIDDLE, MOST))
    command = [sys.executable, "-c", NURSERY, place / "data", place / "1.csv", place / "2.csv", *often]
    ran = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, timeout=600)
    return [json.loads(line) for line in ran.stdout.splitlines()]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes as POSIX does")
class TestKilledWhileImporting:
    def test_every_kill_left_one_state_or_the_other_whole(self, outcomes):
        states = [outcome["state"] for outcome in outcomes[:-1]]
        assert len(states) > IN_THE_MIDDLE
        assert all(state in ([ROWS, [1], True, 0], [ROWS, [2], True, 0]) for state in states)

    def test_kills_came_in_the_middle_of_an_import(self, outcomes):
        assert sum(outcome["left"] for outcome in outcomes[:-1]) >= IN_THE_MIDDLE

    def test_the_next_import_clears_away_what_they_left(self, outcomes):
        assert outcomes[-1] == {"between": []}
