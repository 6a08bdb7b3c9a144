"""A running server and a Chromium that reaches nothing else."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import BrowserContext, Page, Request, WebSocket, sync_playwright

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
PATIENCE_MS = 60_000
STORED = "cookies,indexeddb,local_storage,service_workers"


class Watched:
    """A page with everything that a picture does not show: errors, requests, messages to the server."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        self.failed: list[str] = []
        self.elsewhere: list[str] = []
        self.sent = 0
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._asked)
        page.on("requestfailed", self._failed)
        page.on("response", lambda answer: self._note(answer.request, answer.status) if answer.status >= 400 else None)
        page.on("websocket", self._listen)
        page.set_default_timeout(PATIENCE_MS)

    def open(self, url: str) -> "Watched":
        self.page.goto(url)
        self.settled()
        return self

    def settled(self) -> None:
        """Wait until the script has run and the map, where there is one, has drawn."""
        self.page.wait_for_function(
            "() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"
            " && document.querySelector('[data-testid=stAppViewContainer]')"
            " && !document.querySelector('[data-testid=stStatusWidget], [data-testid=stSkeleton], [data-stale=true]')"
        )
        self.page.wait_for_timeout(400)

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
        if request.failure != "net::ERR_ABORTED":  # so ends what was asked for by a page that is left
            self._note(request, "failed")

    def _note(self, request: Request, what: object) -> None:
        # On a deep link Streamlit's own script first looks for the server below the page's path.
        if OWN_HOST.match(request.url) and not re.search(r"/\w+/_stcore/(health|host-config)$", request.url):
            self.failed.append(f"{what} {request.url}")

    def _listen(self, socket: WebSocket) -> None:
        def count(_: object) -> None:
            self.sent += 1

        socket.on("framesent", count)


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


def know_pages(server: str, browser: BrowserContext) -> None:
    """Open the first page once: until then Streamlit knows no other, and says so over a deep link."""
    page = browser.new_page()
    page.goto(server)
    page.get_by_role("heading", name="Incidents on the map").wait_for(timeout=PATIENCE_MS)
    page.close()


@pytest.fixture(scope="session")
def server(browser: BrowserContext) -> Iterator[str]:
    for address in serve(ROOT):
        know_pages(address, browser)
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[BrowserContext]:
    """One profile for all pages: a page takes half as long once scripts are kept in a profile, compiled."""
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail("no chromium: install Debian's package of that name")
        pytest.skip("no chromium on PATH")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch_persistent_context("", executable_path=chromium, args=FLAGS)
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
