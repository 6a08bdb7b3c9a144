"""A running server and a Chromium that reaches nothing else."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import URLError
from urllib.parse import unquote, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import BrowserContext, Page, Request, WebSocket, sync_playwright
from playwright.sync_api import TimeoutError as TooLateError
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from geo.datasets.folder import FOLDER_VARIABLE
from geo.places.boundaries import Boundaries
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from ui.resources import Resources
from ui.standalone import map_file

ROOT = Path(__file__).resolve().parents[2]
OWN_HOST = re.compile(r"(https?|wss?)://(localhost|127\.0\.0\.1)[:/]|data:|blob:|about:")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",  # every other host is blocked
]
ONE_PROCESS = {"fission.webContentIsolationStrategy": 0}
"""Of Firefox: its driver's keys reach no frame that has a process of its own, as one on another site would."""
PATIENCE_MS = 60_000
HEARD_WITHIN_MS = 5_000
ABORTED = ("net::ERR_ABORTED", "NS_BINDING_ABORTED", "NS_ERROR_FAILURE")
"""How a request ends whose page is left: in Chromium, in Firefox, and there where it is a frame that is taken away."""
IDLE_FOR_400_MS = """() => {
    const idle = document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
        && document.querySelector('[data-testid=stAppViewContainer]')
        && !document.querySelector('[data-testid=stStatusWidget], [data-testid=stSkeleton], [data-stale=true]');
    window.idleSince = idle ? window.idleSince ?? performance.now() : undefined;
    return idle && performance.now() - window.idleSince >= 400;
}"""
VIEW = "() => [map_div.getZoom(), map_div.getCenter().lat, map_div.getCenter().lng]"
FIRST_WIDTH = """(() => {
  const look = () => {
    const map = document.querySelector('iframe[title*=folium]');
    if (!map?.clientWidth) return requestAnimationFrame(look);
    window.first_width = map.clientWidth;
  };
  look();
})()"""
"""Notes how wide the map is at first."""
AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text("utf-8")
FIND = """(off) => axe.run({ exclude: ['[role=spinbutton]'] }, { // parts of a date, Streamlit's own
    resultTypes: ['violations'], iframes: false,
    rules: { 'target-size': { enabled: true }, ...Object.fromEntries(off.map((rule) => [rule, { enabled: false }])) },
  }).then((found) => found.violations
  .filter((violation) => violation.impact !== 'minor')
  .map((violation) => [violation.id, violation.help, violation.nodes.map((node) => node.html.slice(0, 200))]))"""
OF_A_PAGE = ("landmark-one-main", "page-has-heading-one", "meta-viewport")
"""Rules that a page keeps for the documents of its frames."""
IN_SCHEME = """scheme => getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme === scheme
    && document.getAnimations().every(({ playState }) => playState !== 'running')"""
FOCUSED = """() => {
  let node = document.activeElement;
  while (node.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
  return node.innerText;
}"""
GO = """url => {
  window.hasRun = false;
  new MutationObserver((_, watch) => {
    window.hasRun = true;
    watch.disconnect();
  }).observe(document.querySelector('[data-testid=stApp]'), { attributeFilter: ['data-test-script-state'] });
  history.replaceState({}, '', url);
  dispatchEvent(new PopStateEvent('popstate', { state: {} }));
}"""
FITS = "() => document.documentElement.scrollWidth <= innerWidth + 1"
STORED = "cookies,indexeddb,local_storage,service_workers"


class Watched:
    """A page with everything that a picture does not show: errors, requests, messages to the server."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        self.failed: list[str] = []
        self.elsewhere: list[str] = []
        self.sent = 0
        self.first_view: list[float] = []
        self.order: list[str] = []
        """Whether the map or the filter bar was sent first, by Streamlit's names for what they are."""
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if "Security Policy" in said.text else None)
        page.on("request", self._asked)
        page.on("requestfailed", self._failed)
        page.on("response", lambda answer: self._note(answer.request, answer.status) if answer.status >= 400 else None)
        page.on("websocket", self._listen)
        page.set_default_timeout(PATIENCE_MS)

    def open(self, url: str) -> "Watched":
        self.order.clear()
        self.in_front().page.goto(url)
        self.settled()
        return self

    def go(self, url: str) -> None:
        """Go there as Back and Forward do, without the page being loaded anew unless Streamlit does not hear of it."""
        self.page.evaluate(GO, url)
        try:
            self.page.wait_for_function("() => window.hasRun", polling=50, timeout=HEARD_WITHIN_MS)
        except TooLateError:
            self.page.goto(url)
        self.settled()

    def in_front(self) -> "Watched":
        """Bring the tab before the others: one behind them is drawn once a second."""
        self.page.bring_to_front()
        return self

    def settled(self) -> None:
        """Wait until the script has run, and for 400 ms no other run has followed: one may end in a second."""
        self.page.evaluate("window.idleSince = undefined")
        self.page.wait_for_function(IDLE_FOR_400_MS, polling=50)

    @property
    def address(self) -> str:
        """What the address bar says: of Firefox, Playwright hears only of pages that are loaded."""
        return self.page.evaluate("location.href")

    def moved_from(self, address: str) -> None:
        """Wait until the address is another one, and the page has settled."""
        self.page.wait_for_function("address => location.href !== address", arg=address, polling=50)
        self.settled()

    def as_at_first(self) -> None:
        """Take back every filter, and show all of the map again."""
        reset = self.page.locator("[data-testid=stSidebar]").get_by_role("button", name=re.compile("Reset"))
        if reset.is_enabled():
            reset.click()
            self.wait_for_count(self.counted()[1])
        self.map.evaluate(
            "([zoom, ...centre]) => void map_div.setView(centre, zoom, {animate: false})", self.first_view
        )

    def fits_a_telephone(self, and_then: Callable[[], None] = lambda: None) -> None:
        """Find nothing wider than a telephone, and the page faultless there in the dark; then as it was before."""
        before = self.page.viewport_size
        self.page.set_viewport_size({"width": 390, "height": 844})
        self.coloured("dark")
        self.page.wait_for_function(FITS, polling=50)
        self.settled()  # what is drawn anew for its width may need more of it
        assert self.page.evaluate(FITS)
        self.faultless()
        and_then()
        self.page.set_viewport_size(before)
        self.coloured("light")

    def faultless(self) -> None:
        """Let axe-core find nothing but trifles as the page is now."""
        for frame in self.page.frames:
            if frame.url.startswith("http"):
                frame.evaluate(f"void (window.axe ?? (() => {{ {AXE} }})())")  # it would be taken apart and sent here
                assert frame.evaluate(FIND, OF_A_PAGE if frame.parent_frame else ()) == [], frame.url

    def coloured(self, scheme: str) -> None:
        """Have the page light or dark, and wait until it is so."""
        self.page.emulate_media(color_scheme=scheme)
        self.page.wait_for_function(IN_SCHEME, arg=scheme, polling=50)
        self.settled()  # what waits for a new run is faded

    @property
    def map(self):
        """The frame the map lives in."""
        element = self.page.wait_for_selector("iframe[title*=folium]")
        frame = element.content_frame()
        frame.wait_for_selector("#map_div.im-ready[data-incidents]")
        return frame

    def drawn(self) -> int:
        return int(self.map.evaluate("IncidentMap.drawn()"))

    def counted(self) -> tuple[int, int]:
        """N and M of “N of M incidents”."""
        text = self.page.get_by_text(re.compile(r"^[\d,]+ of [\d,]+ incidents?$")).first.inner_text()
        shown, everything = re.findall(r"[\d,]+", text)
        return int(shown.replace(",", "")), int(everything.replace(",", ""))

    def wait_for_count(self, shown: int) -> None:
        self.page.wait_for_function(
            "n => [...document.querySelectorAll('strong')].some(s => s.textContent.startsWith(n + ' of '))",
            arg=f"{shown:,}",
            polling=50,  # by frame it would wait for ever in a tab behind another
        )
        self.settled()

    def brush_months(self) -> None:
        """Drag over some of the months of the chart, and wait until they are the period."""
        chart = self.page.locator(".months svg")
        chart.scroll_into_view_if_needed()
        box = chart.bounding_box()
        self.page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 50)
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 50, steps=6)
        self.page.mouse.up()
        self.page.wait_for_url(re.compile("since=.*until="))
        self.settled()

    def quiet(self) -> None:
        """Wait until a second has gone by without a message to the server."""
        sent = -1
        while sent != self.sent:
            sent = self.sent
            self.page.wait_for_timeout(1000)

    def clean(self) -> None:
        assert not self.errors
        assert not self.failed
        assert not self.elsewhere

    def _asked(self, request: Request) -> None:
        if not OWN_HOST.match(request.url):
            self.elsewhere.append(request.url)

    def _failed(self, request: Request) -> None:
        if request.failure not in ABORTED:
            self._note(request, request.failure)

    def _note(self, request: Request, what: object) -> None:
        # On a deep link Streamlit's own script first looks for the server below the page's path.
        if OWN_HOST.match(request.url) and not re.search(r"/\w+/_stcore/(health|host-config)$", request.url):
            self.failed.append(f"{what} {request.url}")

    def _listen(self, socket: WebSocket) -> None:
        def count(_: object) -> None:
            self.sent += 1

        socket.on("framesent", count)
        socket.on("framereceived", self._told)

    def _told(self, frame: str | bytes) -> None:
        if len(self.order) == 2 or isinstance(frame, str):
            return
        part = ForwardMsg.FromString(frame).delta.new_element.WhichOneof("type")
        if part in ("component_instance", "button_group") and part not in self.order:
            self.order.append(part)


PULL = """(slider, words) => {
  for (let step = 0; step <= Number(slider.max); step += 1) {
    slider.value = step;
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    if (slider.getAttribute('aria-valuetext') === words) return true;
  }
  return false;
}"""


class Playback:
    """The bar under the map."""

    def __init__(self, page: Watched) -> None:
        self.page = page
        self.map = page.map

    def open(self) -> "Playback":
        """Open the bar, which plays at once, and go back to the start."""
        self.map.get_by_role("button", name="Play over time").click()
        self.map.get_by_role("region", name="Playback over time").wait_for()
        self.map.get_by_role("button", name="Pause", exact=True).click()
        self.slider.press("Home")
        return self

    @property
    def slider(self):
        return self.map.get_by_role("slider", name="Date")

    @property
    def words(self) -> str:
        return self.slider.get_attribute("aria-valuetext")

    def choose(self, label: str, value: str) -> None:
        self.map.get_by_label(label, exact=True).select_option(value)

    def to(self, words: str) -> None:
        """Pull the slider from the start until the date is there."""
        assert self.slider.evaluate(PULL, words), f"never came to {words}"

    def drawn(self) -> int:
        return self.map.evaluate("IncidentMap.drawn()")

    def as_at_first(self) -> None:
        """Choose what the bar has at first, and close it."""
        if not self.slider.is_visible():
            self.open()
        for label, value in (("Step", "month"), ("What is shown", "window"), ("Speed", "2")):
            self.choose(label, value)
        self.slider.press("Escape")


def serve(folder: Path) -> Iterator[str]:
    """Run the app that stands in a folder on a free port."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    log = (folder / "server.log").open("wb") if folder != ROOT else subprocess.DEVNULL
    server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=os.environ)
    try:
        wait_for(f"http://localhost:{port}/_stcore/health")
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(20)


def wait_for(url: str) -> None:
    for _ in range(300):
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"{url} does not answer")


@pytest.fixture(scope="session")
def served_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of datasets that the server reads: none is there, but while a module puts some."""
    return tmp_path_factory.mktemp("served") / "datasets"


@pytest.fixture(scope="session")
def address(served_folder: Path) -> Iterator[str]:
    """One server for all browser tests but those of a store of their own; the first page of each takes long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER_VARIABLE, str(served_folder))
        yield from serve(ROOT)


@pytest.fixture(scope="session")
def first_page(browser: BrowserContext, address: str) -> Watched:
    """The map page as the first visitor of a server opens it: only then does Streamlit know the other pages."""
    page = browser.new_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="light")
    page.add_init_script(FIRST_WIDTH)
    watched = Watched(page).open(address)
    watched.first_view = watched.map.evaluate(VIEW)
    return watched


@pytest.fixture
def whole(first_page: Watched) -> Iterator[Watched]:
    """The map page with all incidents; opening it takes longer than most of what is tried on it."""
    yield first_page.in_front()
    first_page.as_at_first()


@pytest.fixture(scope="session")
def server(address: str, first_page: Watched) -> str:
    """The address of the app with the shipped record, once it knows its pages."""
    del first_page
    return address


@pytest.fixture(scope="module")
def crowded(server: str, served_folder: Path, many_datasets: Path) -> Iterator[str]:
    """The address of the app with 3,000 synthetic incidents beside the record."""
    shutil.copytree(many_datasets, served_folder)
    yield server
    shutil.rmtree(served_folder)


class News(BaseHTTPRequestHandler):
    """A page of another site, with what its address says in a frame."""

    def do_GET(self) -> None:
        if not self.path.startswith("/?"):
            self.send_error(404)
            return
        width, source = unquote(self.path[2:]).split(" ", 1)
        page = f'<h1>News</h1><iframe src="{source}" style="width:{width}px;height:560px;border:0"></iframe>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *_) -> None:
        pass


@pytest.fixture(scope="module")
def news() -> Iterator[str]:
    """The address of another site."""
    with ThreadingHTTPServer(("127.0.0.1", 0), News) as site:
        Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{site.server_port}"
        site.shutdown()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, table: IncidentTable, layers: Boundaries) -> Path:
    """The map of the record as a file."""
    path = tmp_path_factory.mktemp("stick") / "map.html"
    path.write_bytes(map_file(Filters(), Resources(table=table, rules=(), boundaries=layers, faults=())))
    return path


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--firefox", action="store_true", help="drive firefox-esr, not chromium")
    parser.addoption("--webkit", action="store_true", help="try the map in WebKitGTK, too")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    asked = config.getoption("--webkit", default=False)
    return True if collection_path.name == "test_webkit.py" and not asked else None


@pytest.fixture(scope="session")
def browser(pytestconfig: pytest.Config) -> Iterator[BrowserContext]:
    """One profile for all pages: a page takes half as long once scripts are kept in a profile, compiled."""
    name = "firefox-esr" if pytestconfig.getoption("--firefox", default=False) else "chromium"
    executable = shutil.which(name)
    if executable is None:
        if os.environ.get("CI"):
            pytest.fail(f"no {name}: install Debian's package of that name")
        pytest.skip(f"no {name} on PATH")
    with sync_playwright() as playwright:
        if name == "chromium":
            running = playwright.chromium.launch_persistent_context("", executable_path=executable, args=FLAGS)
        else:
            running = playwright.firefox.launch_persistent_context(
                "",
                executable_path=Path(__file__).parent / "firefox.py",
                channel="moz-firefox",
                firefox_user_prefs=ONE_PROCESS,
                env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
            )
        yield running
        running.close()


def pages_of(browser: BrowserContext) -> Iterator[Callable[..., Watched]]:
    """Open pages; at the end they are closed, and forgotten is what they stored, but for files that are kept."""
    opened = []

    def open_page(*, width: int = 1440, height: int = 900, scheme: str = "light") -> Watched:
        page = browser.new_page()
        opened.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        return Watched(page)

    yield open_page
    for page in opened:
        page.close()
    if browser.browser.browser_type.name != "chromium":
        return
    devtools = browser.new_cdp_session(browser.pages[0])
    for host in {urlsplit(page.url).netloc for page in opened} - {""}:
        devtools.send("Storage.clearDataForOrigin", {"origin": f"http://{host}", "storageTypes": STORED})
    devtools.detach()


@pytest.fixture
def new_page(browser: BrowserContext) -> Iterator[Callable[..., Watched]]:
    yield from pages_of(browser)


@pytest.fixture(scope="module")
def shared_page(browser: BrowserContext) -> Iterator[Callable[..., Watched]]:
    """Open pages that several tests use, each of which leaves them as they were."""
    yield from pages_of(browser)
