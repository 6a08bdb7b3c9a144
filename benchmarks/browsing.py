"""The app in Chromium against the plain folium app: start-up, a filter change, and bytes sent."""

import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, WebSocket, sync_playwright

from benchmarks.measure import Result
from benchmarks.serving import served

ROOT = Path(__file__).resolve().parents[1]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
YEARS = ("2025", "2024", "2023", "2022", "2021", "2026", "2025")
PATIENCE_S = 60
VISITS = 7
OURS_DRAWN = "map => Number(map.document.querySelector('#map_div.im-ready')?.dataset.incidents)"
PEER_DRAWN = "map => map.document.querySelectorAll('path.leaflet-interactive').length"
"""JavaScript that counts the incidents drawn in a map's window."""
ALL = 200
"""More incidents than this are drawn once all that have a place are."""
WATCH = """(() => {
  if (window !== window.top) return;
  const look = () => {
    const map = document.querySelector('iframe[title*=folium]')?.contentWindow;
    if (!map?.document?.body || !((DRAWN)(map) > ALL)) return requestAnimationFrame(look);
    const painted = new MessageChannel(); // answers once the frame has been painted
    painted.port1.onmessage = () => { window.benchmarkDrawn = performance.now(); };
    requestAnimationFrame(() => painted.port2.postMessage(null));
  };
  requestAnimationFrame(look);
})()"""
"""Records when all incidents are on screen, in milliseconds since the page was requested."""


@contextmanager
def peer_script() -> Iterator[Path]:
    """Copy the plain app to a folder where Streamlit finds Leaflet beside it."""
    with tempfile.TemporaryDirectory() as folder:
        app, data = Path(folder, "app"), Path(folder, "data")
        shutil.copytree(ROOT / "static" / "leaflet", app / "static" / "leaflet")
        data.mkdir()
        shutil.copy(ROOT / "data" / "incidents.geojson", data)
        yield Path(shutil.copy(ROOT / "benchmarks" / "peer_app.py", app))


@contextmanager
def server(script: Path) -> Iterator[str]:
    """Run a script over the record alone, and yield its URL."""
    with tempfile.TemporaryDirectory() as nothing_imported, served(script, Path(nothing_imported)) as (port, _):
        yield f"http://localhost:{port}"


class Visit:
    """A page of one app."""

    def __init__(self, browser: Browser, address: str, drawn: str) -> None:
        self.drawn = drawn
        self.received = 0
        self.page: Page = browser.new_page(viewport={"width": 1440, "height": 900})
        self.page.on("websocket", self._listen)
        self.page.set_default_timeout(1000 * PATIENCE_S)
        self.page.add_init_script(WATCH.replace("DRAWN", drawn).replace("ALL", str(ALL)))
        self.page.goto(address)
        self.page.wait_for_function("() => window.benchmarkDrawn", polling=500)  # rarely, so as not to disturb it
        self.first_map_s = self.page.evaluate("benchmarkDrawn") / 1000
        loaded_ms = self.page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
        self.after_load_s = self.first_map_s - loaded_ms / 1000
        self.page.wait_for_timeout(2500)

    def change_year(self, year: str) -> tuple[float, int]:
        """Choose a year; return the seconds until the map shows it, and the bytes received until it is quiet."""
        before, self.received = self._count(), 0
        pill = self.page.locator("button").filter(has_text=re.compile(f"^{year}$")).first
        pill.scroll_into_view_if_needed()
        start = time.perf_counter()
        pill.click()
        self._wait_for(lambda count: count not in (0, before))
        taken = time.perf_counter() - start
        self.page.wait_for_timeout(2000)
        return taken, self.received

    def _count(self) -> int:
        for frame in self.page.frames:
            if "folium" in frame.url:
                with suppress(Error):  # the plain app remounts its map, so its frame may be gone
                    return int(frame.evaluate(f"({self.drawn})(window)") or 0)
        return 0

    def _wait_for(self, reached: Callable[[int], bool]) -> None:
        start = time.perf_counter()
        while not reached(self._count()):
            if time.perf_counter() - start > PATIENCE_S:
                raise TimeoutError(f"{self.page.url}: the map still draws {self._count()} incidents")
            self.page.wait_for_timeout(5)

    def _listen(self, socket: WebSocket) -> None:
        def add(payload: str | bytes) -> None:
            self.received += len(payload)

        socket.on("framereceived", add)


def results() -> Iterator[Result]:
    """Measure both apps alternately, each filter change twice: to a year and back."""
    with (
        sync_playwright() as playwright,
        peer_script() as peer,
        server(ROOT / "app.py") as our_address,
        server(peer) as peer_address,
    ):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for address, drawn in ((our_address, OURS_DRAWN), (peer_address, PEER_DRAWN)):
            Visit(browser, address, drawn).page.close()  # the first visit warms up both servers
        ours, plain = [], []
        for _ in range(VISITS):
            ours.append(Visit(browser, our_address, OURS_DRAWN))
            plain.append(Visit(browser, peer_address, PEER_DRAWN))
        yield _compared(
            "page asked for to map painted, new tab", [v.first_map_s for v in ours], [v.first_map_s for v in plain]
        )
        yield _compared(
            "page loaded to map painted, new tab",
            [v.after_load_s for v in ours],
            [v.after_load_s for v in plain],
            aim="at most 1 s",
        )
        our_changes, peer_changes = [], []
        for year in YEARS:
            our_changes.append(ours[-1].change_year(year))
            ours[-1].change_year(year)  # a second click deselects it
            peer_changes.append(plain[-1].change_year(year))
            plain[-1].change_year(year)
        browser.close()
    yield _compared(
        "filter change to map updated",
        [t for t, _ in our_changes],
        [t for t, _ in peer_changes],
        aim="at most 0.4 s",
    )
    yield _compared(
        "received after a filter change, whole page",
        [size / 1000 for _, size in our_changes],
        [size / 1000 for _, size in peer_changes],
        unit="KB",
    )


def _compared(what: str, ours: list[float], peer: list[float], unit: str = "s", aim: str = "") -> Result:
    return Result(
        what=what,
        ours=statistics.median(ours),
        peer=statistics.median(peer),
        peer_name="plain folium through streamlit-folium",
        unit=unit,
        aim=aim,
    )
