"""What tests share: the shipped record, its table, the boundary layers, and incidents made by hand."""

import gc
import os
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from threading import Thread
from typing import Any

import anyio
import pytest
from hypothesis import HealthCheck, settings
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import local_script_runner
from xdist.scheduler import LoadFileScheduling

from geo import apart
from geo.casualties import RULES, Rule
from geo.citation import Settings
from geo.cli.synth_command import write_synthetic
from geo.datasets.folder import FOLDER_VARIABLE, DataFolder
from geo.incident.record import Claim, Claimant, EventGroup, ImportedIncident, Incident, Source
from geo.incident.vocabulary import Scope
from geo.places.boundaries import Boundaries, boundaries
from geo.store.incident_store import IncidentStore, StoreContents
from geo.table.incident_rows import incident_rows
from geo.table.incident_table import IncidentTable
from tests.geo.imports.files import import_file

settings.register_profile(  # as many examples as the time of a run allows; `make fuzz` tries for longer
    "geo", max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("check", settings.get_profile("geo"), max_examples=3)
settings.load_profile("geo")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Keep what is loaded for all tests, none of which ever goes, out of the garbage collector's rounds."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let workers give way, once they have other tests, to those that have the longest way to go: in the browser."""
    if "PYTEST_XDIST_WORKER" in os.environ and not item.nodeid.startswith("tests/browser/") and os.nice(0) == 0:
        os.nice(5)


class TwoBrowsers(LoadFileScheduling):
    """Let one worker run all that a file holds, and two the browser tests, which share a server and a browser each."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        if not file.startswith("tests/browser/"):
            return file
        return "browser, first half" if file < "tests/browser/test_n" else "browser, second half"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> TwoBrowsers:
    return TwoBrowsers(config, log)


LOWEST, HIGHEST = Rule(RULES["lowest"]), Rule(RULES["highest"])


def make_claim(**changes: Any) -> Claim:
    """A valid claim that four civilians were killed, with changes; an exact value goes where a range comes."""
    fields = {
        "by": "taliban-government",
        "stance": "asserts",
        "about": "killed",
        "value": 4,
        "of": "civilians",
        "scope": "incident",
        "source": 0,
    }
    if "low" in changes or "high" in changes:
        del fields["value"]
    return Claim.model_validate(fields | changes)


def make_source(**changes: Any) -> Source:
    """A valid source, with changes."""
    return Source.model_validate(
        {"publisher": "Dawn", "url": "https://www.dawn.com/news/1", "kind": "outlet"} | changes
    )


def make_incident(
    id: str = "2025-01-01-khost-air-strike",  # noqa: A002  # the record's own word
    *,
    claims: Iterable[Claim] = (),
    sources: Iterable[Source] = (),
    imported: bool = False,
    **changes: Any,
) -> Incident:
    """A valid strike near Khost city with one claim and what it cites, with changes; in an event cluster if needed."""
    claims = tuple(claims)
    fields: dict[str, Any] = {
        "id": id,
        "category": "strike",
        "subtype": "air_strike",
        "title": "Air strike reported near Khost",
        "summary": "The Taliban accuse Pakistan; Pakistan has not commented.",
        "date_start": "2025-01-01",
        "date_end": "2025-01-01",
        "date_precision": "day",
        "place": "Khost city",
        "district": "Khost",
        "province": "Khost",
        "country": "AF",
        "location_precision": "near",
        "lon": 69.92,
        "lat": 33.34,
        "uncertainty_km": 5,
        "location_basis": "made by hand",
        "location_confidence": "medium",
        "actors": ("Pakistan military (alleged)",),
        "status": "reported",
        "event_group": "chaman-2025" if any(claim.scope is Scope.GROUP for claim in claims) else None,
    }
    more = range(2, 2 + max((claim.source for claim in claims), default=0))
    cited = (make_source(), *(make_source(publisher=f"Dawn {n}", url=f"https://www.dawn.com/news/{n}") for n in more))
    parts = {"claims": claims or (make_claim(),), "sources": tuple(sources) or cited}
    return (ImportedIncident if imported else Incident).model_validate(fields | parts | changes)


def without_place(**changes: Any) -> Incident:
    """A valid incident whose place nobody states, with changes."""
    nowhere = dict.fromkeys(
        ("lon", "lat", "uncertainty_km", "location_basis", "location_confidence", "district", "province")
    )
    return make_incident(**({"location_precision": "country", **nowhere} | changes))


def make_group(group_id: str = "chaman-2025", **changes: Any) -> EventGroup:
    """A valid row of the register of event groups, with changes."""
    fields = {
        "id": group_id,
        "name": "Firing at Chaman, March 2025",
        "date_start": "2025-03-01",
        "date_end": "2025-03-02",
        "summary": "Made by hand.",
    }
    return EventGroup.model_validate(fields | changes)


@pytest.fixture(scope="session", autouse=True)
def no_datasets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty folder of datasets in the place of the user's own, which no test reads, nor a server that it starts."""
    folder = tmp_path_factory.mktemp("home") / "datasets"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER_VARIABLE, str(folder))
        yield folder


def awaited(function: Callable[..., Coroutine[Any, Any, Any]], *arguments: Any) -> Any:
    """Return what an asynchronous function does; in a thread, for in this one Playwright keeps a loop of its own."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, function, *arguments).result()


class ReaderInThread:
    """What reads a file from outside, in a thread of the tests: a process of its own takes seconds to start.

    Everything goes through pipes as JSON, as it does there; limits and crashes are what `tests/geo/test_apart.py` and
    `tests/hostile.py` try, with processes.
    """

    def __init__(self, module: str, folder: Path) -> None:
        del folder
        (heard, tell), (hear, said) = os.pipe(), os.pipe()
        self.stdin, self.stdout, self.pid = os.fdopen(tell, "wb"), os.fdopen(hear, "rb"), os.getpid()
        self._said = os.fdopen(said, "wb")
        self._talk = apart.Talk(os.fdopen(heard, "rb"), self._said, lambda: self._talk._answers.put(None))
        self._thread = Thread(target=self._serve, args=(module,), daemon=True)
        self._thread.start()

    def _serve(self, module: str) -> None:
        with suppress(OSError, TypeError), self._said:  # nobody listens any more, or there is nothing to do
            apart.serve(self._talk, module)

    def poll(self) -> int | None:
        return None

    def wait(self, timeout: float | None = None) -> int:
        self._thread.join(timeout)
        return 0

    def kill(self) -> None:
        with suppress(OSError):
            self.stdin.close()


@pytest.fixture(scope="session", autouse=True)
def readers_in_threads() -> Iterator[None]:
    """Let files from outside be read by threads; tests that are about the processes take `readers_apart`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apart, "start", ReaderInThread)
        patch.setattr(apart, "warm", lambda _: None)
        patch.setattr(apart, "_hold_to", lambda *_: None)
        patch.setattr(apart, "resident", lambda _: 0)
        yield


_START, _WARM, _RESIDENT = apart.start, apart.warm, apart.resident


@pytest.fixture
def readers_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files from outside be read by processes, as they are outside of tests."""
    for name, own in (("start", _START), ("warm", _WARM), ("resident", _RESIDENT)):
        monkeypatch.setattr(apart, name, own)


@pytest.fixture(scope="session", autouse=True)
def scanned_once() -> Iterator[None]:
    """Let AppTest look through the installed packages for components once, not for each page: a third of a second."""
    with pytest.MonkeyPatch.context() as patch:
        scan = manifest_scanner.scan_component_manifests
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(scan))
        yield


@pytest.fixture(scope="session", autouse=True)
def waited_for() -> Iterator[None]:
    """Let AppTest wait for the end of a page's thread, not look for it a thousand times a second."""
    look = local_script_runner.require_widgets_deltas

    def wait(runner: local_script_runner.LocalScriptRunner, timeout: float) -> None:
        runner._script_thread.join(timeout)
        look(runner, timeout if runner.script_stopped() else 0)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local_script_runner, "require_widgets_deltas", wait)
        yield


@pytest.fixture(scope="session", autouse=True)
def understood_once() -> Iterator[None]:
    """Let what stands in a store be understood once, whichever page or command reads it, and its rows be made once."""
    made: dict[tuple[int, ...], tuple[object, ...]] = {}

    def rows(incidents: Sequence[Incident], claimants: Mapping[str, Claimant], layers: Boundaries) -> object:
        parts = (layers, *incidents, *claimants.values())
        asked = tuple(map(id, parts))  # these stay theirs, for `parts` is kept
        if asked not in made:
            made[asked] = incident_rows(incidents, claimants, layers), parts
            for old in list(made)[:-12]:
                del made[old]
        return made[asked][0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(IncidentStore, "understood", lru_cache(maxsize=12)(IncidentStore.understood))
        patch.setattr("geo.table.incident_table.incident_rows", rows)
        yield


@pytest.fixture(scope="session")
def many_datasets(tmp_path_factory: pytest.TempPathFactory, layers: Boundaries) -> Path:
    """A folder of datasets with one of 3,000 synthetic incidents, imported as somebody would."""
    folder = tmp_path_factory.mktemp("many-datasets")
    file = folder / "synthetic.csv"
    with file.open("wb") as sink:
        write_synthetic(sink, 3_000, layers, seed=4)
    import_file(file, DataFolder(folder / "datasets"))
    return folder / "datasets"


@cache
def shipped() -> StoreContents:
    """The shipped store, as it is read; read once."""
    return IncidentStore().read()


@cache
def shipped_table() -> IncidentTable:
    """The table of the shipped store, made once; for tests whose examples cannot have a fixture."""
    return IncidentTable.of(shipped())


@pytest.fixture(scope="session")
def contents() -> StoreContents:
    """The shipped store, as it is read."""
    return shipped()


@pytest.fixture(scope="session")
def incidents(contents: StoreContents) -> tuple[Incident, ...]:
    """The shipped incidents, in file order."""
    return contents.incidents


@pytest.fixture(scope="session")
def claimants(contents: StoreContents) -> Mapping[str, Claimant]:
    """The shipped claimants, by id."""
    return contents.claimants


@pytest.fixture(scope="session")
def table() -> IncidentTable:
    """The shipped incidents as the table that every page asks."""
    return shipped_table()


@pytest.fixture(scope="session")
def layers() -> Boundaries:
    """The shipped boundary layers."""
    return boundaries()


@pytest.fixture
def bad_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let data/settings.toml be one that makes no sense."""
    file = tmp_path / "data" / "settings.toml"
    file.parent.mkdir()
    file.write_text("address = 0", "utf-8")
    read = Settings.read
    monkeypatch.setattr(Settings, "read", classmethod(lambda _: read(file)))
