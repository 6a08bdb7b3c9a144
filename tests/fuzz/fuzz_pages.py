"""Spoil the files of a record and of datasets at random, and run all pages on them, with links at random.

Run by `make fuzz`, as `python -m tests.fuzz.fuzz_pages --seconds 600`. A fault of the program is

- an exception that no page catches, or that is told in an error box or printed as a traceback;
- an error box that holds no message of the catalogue, or words that only a programmer knows;
- what is handed to the browser as JSON and is none;
- a page that takes longer than a minute, a process that ends, or holds more than two gigabytes.

Each is printed with the seed that `--seed` tries again, once or, with `--seconds`, and those after it.
"""

import argparse
import json
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from queue import Empty, Queue
from random import Random
from threading import Thread
from typing import Any, NoReturn

import psutil
from pydantic_core._pydantic_core import list_all_errors
from streamlit.config import set_option
from streamlit.testing.v1 import AppTest

import tests.pages.conftest
import ui.resources
from geo.casualties import RULE_CODES
from geo.datasets.folder import FOLDER_VARIABLE
from geo.incident.vocabulary import Category, to_show
from geo.language.messages import catalogue
from geo.selection import FIELDS
from tests.fuzz.spoiled import DATASETS, RECORD, TEXTS, smaller, spoil, write_sound
from tests.pages.conftest import PAGES, elements, opened
from ui.state import VIEW_KEYS

SECONDS, BYTES = 60, 2 * 2**30
"""Most that a page may take of a processor, and a process may hold."""
PATIENCE_S = 20 * SECONDS
"""How long a page may take on a machine that is busy with other things."""
NEW_PROCESS = 2**30
"""What libraries and caches have gathered by then goes with their process."""


# Links at random: ids and codes of the record, and what nobody would ask for.

OPENED = {
    "incident": ("2021-01-06-mohmand-militant-attack", "acled-afg1", "own-notes-afg2", "gdelt-afg1"),
    "profile": ("AF-KHO", "PK-KP", "TJ-KT", "unknown"),
    "event": ("sher-khan-bandar-june-2021", "strikes-2025-11-24"),
    "claimant": ("pk-ispr", "taliban-government", "acled"),
    "rule": (*(code.replace("ID", "pk-ispr") for code in RULE_CODES), "claimant:acled"),
    "lanes": ("province", "category"),
    "timeline": ("month", "year", "1"),
    "measure": ("incidents", "density", "killed"),
    "scheme": ("quantiles", "equal", "own", "limits"),
    "limits": ("1,2,3", "0", "1e9"),
    "from": ("0.1.0", "0.2.0", "as-first-coded"),
    "to": ("0.2.0", "0.1.0"),
    "view": ("34.5,70.1,8,osm", "60,20,80,40", "nan,nan,nan"),
    "year": ("2025", "2021"),
    "since": ("2025-10-11", "1900-01-01"),
    "until": ("2025-10-11", "2100-12-31"),
    "category": tuple(to_show(Category, ())),
    "country": ("AF", "PK", "TJ"),
    "province": ("AF-KHO", "unknown"),
    "border": ("durand_line", "unknown"),
    "status": ("confirmed", "disputed", "reported"),
    "dataset": ("curated", "acled", "gdelt", "own-notes"),
    "linked": ("once", "each"),
    "q": ("khost", "spin boldak", "زدران", '"', "kill*"),
    "precision": ("exact", "near", "country"),
    "date_precision": ("day", "month"),
    "group": ("sher-khan-bandar-june-2021",),
    "actor": ("Frontier Corps", "Taliban"),
}
KEYS = sorted({*OPENED, *FIELDS, *VIEW_KEYS})


def link(dice: Random, place: Path) -> dict[str, list[str]]:
    """Return parameters of a link, some of them of incidents that stand in the store."""
    asked = {}
    for key in dice.sample(KEYS, dice.choice((0, 1, 2, 4))):
        known = [*OPENED.get(key, ()), *(ids(place) if key == "incident" else ())]
        values = known if known and dice.random() < 0.8 else [text for text in TEXTS if len(text) < 3_000]
        asked[key] = [dice.choice(values).encode("utf-8", "replace").decode() for _ in range(dice.choice((1, 1, 2)))]
    return asked


def ids(place: Path) -> list[str]:
    try:
        features = json.loads((place / RECORD).read_bytes())["features"]
        return [feature["id"] for feature in features if isinstance(feature["id"], str)]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return []


# What is a fault.

PROGRAMMERS = re.compile(
    r"Traceback|\b\w+(?:Error|Exception|Warning): |object at 0x|<class|NoneType|dtype|unhashable|not subscriptable"
    r"|\bSELECT\b.*\bFROM\b|LINE \d+:|\.py\b|Binder Error|Invalid Input|Conversion|Candidate bindings"
)
"""Words that a program says to whoever wrote it."""
OF_PROGRAMS = ("no_such_attribute", "get_attribute_error", "value_error", "assertion_error")
"""Errors of pydantic that say nothing, or what only a programmer knows."""
BLANK = re.compile(r"\{[^{}]*\}")
ENOUGH = 8
"""Letters that a message has to have of its own to be known by."""


@cache
def own_sentences() -> re.Pattern[str]:
    """Return what finds a message of the catalogue, or of pydantic, in a text, whatever the values in it."""
    known = (each for each in list_all_errors() if each["type"] not in OF_PROGRAMS)
    found = [spaced(each["message_template_python"]) for each in known]
    for name, entry in catalogue().items():
        if name.startswith("problem-title-"):  # of answers to programs
            continue
        words = " ".join(entry.split("=", 1)[1].split())
        if "->" in words:  # the longest run of words that depends on no number
            words = max(re.split(r"\{[^{}]*->|\[\w+\]|\*\[\w+\]|\}", words), key=len)
        if len(letters_of(BLANK.sub("", words))) >= ENOUGH:
            found.append(spaced(words))
    return re.compile("|".join(filter(None, found)), re.DOTALL | re.IGNORECASE)


def spaced(words: str) -> str:
    """Return the pattern of a message, in which anything may stand where it has a value."""
    return ".*?".join(filter(None, (re.escape(letters_of(part)) for part in BLANK.split(words))))


def letters_of(text: str) -> str:
    """Return a text without what escaping and drawing change: letters and numbers, a blank between words."""
    return " ".join(re.sub(r"\W+", " ", text.replace(":red[]", "")).split())


def faults_of(app: AppTest) -> Iterator[str]:
    """Say what is wrong with a page as it was drawn."""
    for exception in app.exception:
        yield f"exception: {exception.message[:300]}\n" + "\n".join(exception.stack_trace[-6:])
    for box in app.error:
        if not own_sentences().search(letters_of(box.value)) or PROGRAMMERS.search(box.value):
            yield f"error box: {box.value[:500]!r}"
    for notice in (*app.warning, *app.info):
        if PROGRAMMERS.search(notice.value):
            yield f"notice: {notice.value[:500]!r}"
    for element in elements(app._tree):
        proto = getattr(element, "proto", None)
        for name in ("json", "spec"):
            text = getattr(proto, name, None)
            if isinstance(text, str) and text:
                try:
                    json.loads(text, parse_constant=no_number)
                except ValueError as error:
                    yield f"no JSON for the browser in {getattr(element, 'type', '')}: {error}"


def no_number(name: str) -> NoReturn:
    raise ValueError(name)


class Heard(logging.Handler):
    """What libraries log with a traceback, which a server prints."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        said = self.format(record)
        if "Traceback" in said:
            self.said.append(said)


# One seed: what is spoiled, which pages are run on it, and what was wrong.


def tried(seed: int, sound: Path, place: Path, *, most: int = len(PAGES), tell: Any = None) -> list[str]:
    """Try one seed in a folder that is not there yet, on so many pages, and return its faults."""
    dice, found = Random(seed), []
    tests.pages.conftest.PATIENCE_S = PATIENCE_S
    shutil.copytree(sound, place)
    if dice.random() < 0.9:
        smaller(dice, place)
    meanwhile = dice.random() < 0.3
    ui.resources.INCIDENTS_FILE = place / RECORD  # type: ignore[misc]
    os.environ[FOLDER_VARIABLE] = str(place / DATASETS)
    set_option("client.showErrorDetails", "full")
    heard = Heard()
    logging.getLogger().addHandler(heard)
    pages = dice.sample(PAGES, most)
    app = opened(pages[0], {}) if meanwhile else None
    said = spoil(dice, place)
    if app is None:
        ui.resources.clear_left_overs.cache_clear()
    if tell:
        tell(begun=seed, said=[("while pages are open: " if meanwhile else ""), *said])
    for page in pages:
        asked = link(dice, place)
        tell and tell(page=page)
        began = time.process_time()
        try:
            if app is not None and page == pages[0]:
                app.run()
            else:
                app = opened(page, asked)
            wrong = list(faults_of(app))
        except RuntimeError as error:  # which is how a page that takes too long is told
            wrong = [str(error)]
        wrong += heard.said
        heard.said.clear()
        found += [f"{page} {asked}: {each}" for each in wrong]
        if time.process_time() - began > SECONDS:
            found.append(f"{page} {asked}: more than {SECONDS} s")
            break
    logging.getLogger().removeHandler(heard)
    shutil.rmtree(place)
    return found


# A process that tries one seed after the other, and the one that watches it.


def work(sound: Path, first: int) -> None:
    """Try seeds from the first on, and tell of each as JSON, until it is ended."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def tell(**what: Any) -> None:
        print(json.dumps(what), file=out, flush=True)

    for seed in range(first, first + 10**9):
        found = tried(seed, sound, sound.with_name(f"seed-{seed}"), tell=tell)
        tell(done=seed, found=found)


class Worker:
    """The process that tries; ended where it takes or holds too much."""

    def __init__(self, sound: Path, first: int) -> None:
        self._said = (sound.parent / "printed").open("w+b")
        words = [sys.executable, "-W", "ignore", "-m", "tests.fuzz.fuzz_pages", "--work", sound, "--seed", str(first)]
        self.child = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=self._said, text=True)
        self._lines: Queue[str] = Queue()
        self._heard = 0
        self.largest = 0
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self.child.stdout or ():
            self._lines.put(line)
        self._lines.put("")

    def hear(self) -> dict[str, Any] | str:
        """Return what it says next, or what is wrong with it."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            try:
                line = self._lines.get(timeout=0.1)
            except Empty:
                if self.held() > BYTES:
                    return f"more than {BYTES >> 30} GB resident"
                continue
            return json.loads(line) if line else f"the process ended with {self.child.wait()}: {self.printed()[-800:]}"
        return f"nothing for {PATIENCE_S} s"

    def held(self) -> int:
        """Return how many bytes it holds."""
        try:
            now = psutil.Process(self.child.pid).memory_info().rss
        except psutil.Error:
            return 0
        self.largest = max(self.largest, now)
        return now

    def printed(self) -> str:
        """Return what it printed since it was asked last."""
        self._said.flush()
        text = Path(self._said.name).read_bytes().decode("utf-8", "replace")
        new, self._heard = text[self._heard :], len(text)
        return new

    def end(self) -> None:
        self.child.kill()
        self.child.wait()


def kind_of(fault: str) -> str:
    """Return what faults of one kind have in common: the page and the link left out, and all numbers."""
    return re.sub(r"\d+", "#", fault.split("}: ", 1)[-1])[:160]


class Session:
    """Seed after seed, with what became of them."""

    def __init__(self, sound: Path, first: int) -> None:
        self._sound, self._seed = sound, first
        self._worker, self._said, self._page = Worker(sound, first), [""], ""
        self._counts: Counter[str] = Counter()
        self._kinds: Counter[str] = Counter()
        self._largest = 0

    def next(self) -> None:
        """Try the next seed, and print what is wrong."""
        heard = self._worker.hear()
        while isinstance(heard, dict) and "done" not in heard:
            if "begun" in heard:
                self._said = heard["said"]
                self._counts["mutations"] += sum(each.count("; ") + 1 for each in self._said[1:])
            else:
                self._page = heard["page"]
                self._counts["pages"] += 1
            heard = self._worker.hear()
        found = [f"{self._page}: {heard}"] if isinstance(heard, str) else heard["found"]
        if not isinstance(heard, str) and "Traceback" in (printed := self._worker.printed()):
            found.append(f"{self._page}: printed {printed[printed.index('Traceback') :][-1500:]}")
        self._counts["seeds"] += 1
        self._counts["failures"] += len(found)
        self._kinds.update(map(kind_of, found))
        for fault in {kind_of(fault): fault for fault in found}.values():
            print(f"--seed {self._seed}: {' | '.join(self._said)}\n    {fault}", flush=True)  # noqa: T201
        self._seed += 1
        if isinstance(heard, str) or self._worker.held() > NEW_PROCESS:
            self.end()
            self._worker = Worker(self._sound, self._seed)

    def end(self) -> None:
        """End the process that tries."""
        self._largest = max(self._largest, self._worker.largest)
        self._worker.end()

    @property
    def failures(self) -> int:
        return self._counts["failures"]

    def __str__(self) -> str:
        told = ", ".join(f"{self._counts[name]} {name}" for name in ("seeds", "mutations", "pages", "failures"))
        return f"{told} of {len(self._kinds)} kinds; at most {self._largest >> 20} MB held"


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--seconds", type=float, default=0)
    asked.add_argument("--seed", type=int)
    asked.add_argument("--work", type=Path)
    given = asked.parse_args()
    seed = given.seed if given.seed is not None else int(time.time())
    if given.work:
        work(given.work, seed)
    until = time.monotonic() + given.seconds
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder, "sound")
        sound.mkdir()
        write_sound(sound)
        session = Session(sound, seed)
        session.next()
        while time.monotonic() < until:
            session.next()
        session.end()
    print(session)  # noqa: T201
    return bool(session.failures)


if __name__ == "__main__":
    sys.exit(main())
