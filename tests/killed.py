"""Kill what changes files at fifty moments each: afterwards all of them are as they were, or as they were to be.

`make killed` takes about twenty minutes of a processor, `python -m tests.killed update --seed 3` a quarter of that.
Moments are spread at random over the time that each takes undisturbed. After a kill the files are read; then a server
starts, or what was killed is done once more, after which nothing temporary may be left.
"""

import argparse
import atexit
import csv
import json
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
import threading
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pyarrow.parquet as pq

import ui.resources
from geo.cli import main as command
from geo.datasets.folder import FOLDER_VARIABLE, DataFolder
from geo.datasets.word_index import index_fault
from tests.fuzz.fuzz_pages import faults_of
from tests.geo.imports.files import acled_file, acled_row, import_file
from tests.pages.conftest import opened

TIMES, ONCE_MORE = 50, 5
"""Kills of each, and after every how many of them what was killed is done once more."""
ROWS, MANY = 500, 2_000
DATA, OUTPUT, TEMPORARY = "datasets", "output", "temporary"


# What a child does in a place of its own; it is forked from a process that has loaded everything.


Task = Callable[[Path, int], Any]
"""Done in a place, at a turn."""


def forked(place: Path, task: Task, turn: int) -> tuple[int, int]:
    """Begin a task in a process of its own, and return its id, and a pipe that it tells in what it returns."""
    assert threading.active_count() == 1, "threads do not outlive a fork"
    heard, tell = os.pipe()
    child = os.fork()
    if child:
        os.close(tell)
        return child, heard
    code = 1
    try:
        os.close(heard)
        quiet = os.open(place / "printed", os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        tempfile.tempdir = os.environ["TMPDIR"] = str(place / TEMPORARY)
        os.environ[FOLDER_VARIABLE] = str(place / DATA)
        os.write(tell, json.dumps(task(place, turn)).encode())
        code = 0
    except Exception:  # noqa: BLE001  # printed where its parent looks
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def ended(process: tuple[int, int]) -> str:
    """Wait until a child has ended and return what it told; raises RuntimeError where it failed."""
    child, heard = process
    with os.fdopen(heard, "rb") as told:
        said = told.read()
    if code := os.waitpid(child, 0)[1]:
        raise RuntimeError(code)
    return said.decode()


def done(place: Path, task: Task, turn: int) -> Any:
    """Let a child do a task, and return what it tells."""
    return json.loads(ended(forked(place, task, turn)))


# What stands in a place, and what is left of who was killed.


def dataset_state(place: Path, _: int) -> Any:
    """Return how many rows stand with how many deaths, or what is wrong; None without a dataset."""
    folder = DataFolder(place / DATA)
    if folder.faults():
        return [str(fault) for fault in folder.faults()]
    if not folder.datasets():
        return None
    dataset = folder.dataset("acled")
    killed = [value for part in folder.files(dataset) for value in pq.read_table(part)["killed_best"].to_pylist()]
    release = folder.release(dataset)
    report = json.loads((release / "report.json").read_bytes())
    whole = sum(killed) == dataset.killed.best and len(killed) == dataset.rows == report["rows"]
    return [len(killed), sum(killed), whole and not any(index_fault(folder.files(dataset)))]


def left_over(place: Path) -> list[str]:
    """Return what is temporary, wherever it lies, and releases that nobody needs."""
    found = [path for path in (place / TEMPORARY).iterdir() if not path.name.endswith(".lock")]
    found += [path for path in place.rglob("*") if path.name.endswith(".new") or path.name.startswith("staging-")]
    found += [path for path in (place / OUTPUT).iterdir() if not path.name.startswith("made")]
    for description in (place / DATA).glob("*/dataset.json"):
        named = json.loads(description.read_bytes())
        releases = description.parent.joinpath("releases").iterdir()
        found += [path for path in releases if path.name not in (named["release"], named["previous"])]
    return sorted({path.relative_to(place).as_posix() for path in found})


def output_state(place: Path, turn: int) -> Any:
    """Return how many incidents stand in a file that was written; raises where it is broken, or its description is."""
    ending = FORMATS[turn]
    path = place / OUTPUT / f"made.{ending}"
    return READ[ending](path) if path.exists() else None


def rows_of_csv(path: Path) -> int:
    description = path.with_name(f"{path.name}-metadata.json")
    if description.exists():
        json.loads(description.read_bytes())
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def rows_of_zip(path: Path) -> int:
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        rows = file.read("made.csv").decode("utf-8-sig")
    return sum(1 for _ in csv.reader(rows.splitlines())) - 1


def rows_of_workbook(path: Path) -> int:
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        return max(file.read(name).count(b"<row ") for name in file.namelist() if "sheet" in name) - 1


def rows_of_geopackage(path: Path) -> int:
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = [name for (name,) in file.execute("SELECT table_name FROM gpkg_contents")]
        return max(file.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables)


READ: Mapping[str, Callable[[Path], int]] = {
    "csv": rows_of_csv,
    "csv.zip": rows_of_zip,
    "xlsx": rows_of_workbook,
    "gpkg": rows_of_geopackage,
    "geojson": lambda path: len(json.loads(path.read_bytes())["features"]),
    "parquet": lambda path: int(pq.ParquetFile(path).metadata.num_rows),
}
FORMATS = tuple(READ)


# What is killed.


@dataclass(frozen=True)
class Scene:
    """What is killed, and how one tells afterwards what stands."""

    task: Task
    state: Task
    again: Task
    """Done after some of the kills, once more."""
    updates: bool = False
    """Whether a dataset stands there already."""
    beside: Task | None = None
    """Goes on meanwhile, and is not killed."""
    turns: int = 1
    swept: bool = True
    """Whether what is left goes as soon as a server starts."""
    finishes: bool = True
    """Whether what is done afterwards is what was killed."""


def run(*words: str | Path) -> None:
    code = command([str(word) for word in words])
    assert code == 0, f"{words}: {code}"


def import_older(place: Path, _: int) -> None:
    import_file(place / "older.csv", DataFolder(place / DATA), dataset="acled")


def import_newer(place: Path, _: int = 0) -> None:
    run("import", place / "newer.csv", "--dataset", "acled", "--yes")


def export(place: Path, turn: int) -> None:
    run("export", "-o", place / OUTPUT / f"made.{FORMATS[turn]}", "--data", place / DATA)


def start(_: Path, __: int = 0) -> None:
    """Draw a page as a server does that was just started."""
    app = opened("data/datasets", {})
    assert not list(faults_of(app))


def sweep(_: Path, __: int) -> None:
    """Do what a server does first."""
    ui.resources.clear_left_overs()


def start_that_imports(place: Path, turn: int) -> None:
    """Likewise, with an import by a thread of the server, as the page has it."""
    importing = threading.Thread(target=import_newer, args=(place,)) if turn % 2 else None
    if importing:
        importing.start()
    start(place)
    if importing:
        importing.join()


def import_beside(place: Path, turn: int) -> None:
    if turn % 2 == 0:
        import_newer(place)


SCENES: Mapping[str, Scene] = {
    "import": Scene(task=import_newer, state=dataset_state, again=import_newer),
    "update": Scene(task=import_newer, state=dataset_state, again=import_newer, updates=True),
    "export": Scene(task=export, state=output_state, again=export, updates=True, turns=len(FORMATS), swept=False),
    "server": Scene(
        task=start_that_imports,
        state=dataset_state,
        again=start,
        updates=True,
        beside=import_beside,
        turns=2,
        finishes=False,
    ),
}


def write_begin(place: Path, *, updates: bool) -> Path:
    """Write what each place begins with: two releases as files, and the first of them imported or not."""
    for name in (OUTPUT, TEMPORARY, DATA):
        (place / name).mkdir(parents=True)
    for name, deaths, rows in (("older", 1, ROWS), ("newer", 2, MANY)):
        days = [f"2025-{1 + number % 12:02d}-{1 + number % 28:02d}" for number in range(rows)]
        made = (acled_row(number, fatalities=deaths, event_date=day) for number, day in enumerate(days))
        acled_file(place / f"{name}.csv", *made)
    if updates:
        done(place, import_older, 0)
    return place


class Kills:
    """Kills one so often; `wrong` is what was found, `counts` what became of them."""

    def __init__(self, name: str, place: Path, dice: Random) -> None:
        self.scene, self.place, self.dice = SCENES[name], place, dice
        self.begin = write_begin(place / "begin", updates=self.scene.updates)
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.undisturbed = [self._undisturbed(turn) for turn in range(self.scene.turns)]
        """For each turn: the seconds, what stood before, and what stood afterwards."""

    def _undisturbed(self, turn: int) -> tuple[float, Any, Any]:
        here = shutil.copytree(self.begin, self.place / "undisturbed")
        before, began = done(here, self.scene.state, turn), time.monotonic()
        beside = forked(here, self.scene.beside, turn) if self.scene.beside else None
        done(here, self.scene.task, turn)
        seconds = time.monotonic() - began
        if beside:
            ended(beside)
        after = done(here, self.scene.state, turn)
        shutil.rmtree(here)
        return seconds, before, after

    def kill(self, number: int) -> None:
        """Kill it once, at some moment, and look at what it leaves."""
        turn = number % self.scene.turns
        here = shutil.copytree(self.begin, self.place / f"kill-{number}")
        after = self.dice.uniform(0, self.undisturbed[turn][0])
        beside = forked(here, self.scene.beside, turn) if self.scene.beside else None
        child, heard = forked(here, self.scene.task, turn)
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(heard)
        try:
            if beside:
                ended(beside)
            wrong = list(self._looked(here, number))
        except (RuntimeError, ValueError):
            wrong = [(here / "printed").read_text("utf-8", "replace")[-1_500:]]
        self.wrong += [f"kill {number}, after {after:.2f} s: {each}" for each in wrong]
        shutil.rmtree(here, ignore_errors=True)

    def _looked(self, here: Path, number: int) -> Iterator[str]:
        turn = number % self.scene.turns
        _, before, new = self.undisturbed[turn]
        state = done(here, self.scene.state, turn)
        self.counts["as before" if state == before else "as it was to be"] += 1
        self.counts["left something"] += bool(left_over(here))
        if state not in (before, new):
            yield f"there stands {state}, neither {before} nor {new}"
        in_full = not self.scene.swept or number % ONCE_MORE == 0
        done(here, self.scene.again if in_full else sweep, turn)
        if left := left_over(here):
            yield f"left after the next: {left}"
        then = done(here, self.scene.state, turn)
        if then != (new if in_full and self.scene.finishes else state):
            yield f"after the next stands {then}"


def main() -> int:
    """Kill all of them, or those that are named, and print what was wrong."""
    asked = argparse.ArgumentParser()
    asked.add_argument("names", nargs="*", default=list(SCENES))
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--times", type=int, default=TIMES)
    given = asked.parse_args()
    failures = 0
    place = tempfile.mkdtemp()  # with no finalizer, which every child would have too
    try:
        for name in given.names:
            kills = Kills(name, Path(place, name), Random(f"{name} {given.seed}"))
            found = 0
            for number in range(given.times):
                kills.kill(number)
                if kills.wrong[found:]:
                    print(name, *kills.wrong[found:], sep="\n    ", flush=True)  # noqa: T201
                    found = len(kills.wrong)
            seconds = max(each[0] for each in kills.undisturbed)
            told = ", ".join(f"{count} {what}" for what, count in sorted(kills.counts.items()))
            line = f"{name}: {given.times} kills within {seconds:.1f} s: {told}, {len(kills.wrong)} failures"
            print(line, flush=True)  # noqa: T201
            failures += len(kills.wrong)
    finally:
        shutil.rmtree(place)
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
