"""Pages of folium, pydeck and kepler.gl in Chromium: panned, and made again for a year."""

import gzip
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import material
from benchmarks.map_timings import STEPS, WAYS, YEARS, MapTimings
from benchmarks.measure import PATIENCE_S, alone
from benchmarks.watching import GivenUpError, Watched, chromium

_PANNING_S: Final = 30
"""Time limit for all pans."""
_FILTERS: Final = 3
"""Only a few, since each makes the page again, which takes long."""


def peer_steps(kind: str, rows: int) -> MapTimings:
    """Open a peer's page, pan its map, and choose years, for each of which it is made again."""
    timings = MapTimings()
    folder = material.scratch("peer")
    with (
        sync_playwright() as playwright,
        chromium(playwright, shutil.which("chromium")) as browser,
        _files(folder) as address,
    ):
        try:
            _open(kind, rows, folder, browser, address, timings, None)
            for year in YEARS[:_FILTERS]:
                timings.filters.append(_open(kind, rows, folder, browser, address, None, year))
                timings.filter_kb.append(_sent_kb(folder))
        except GivenUpError as error:
            timings.said = str(error)
    return timings


def _open(  # noqa: PLR0913, PLR0917  # called in one place
    kind: str, rows: int, folder: Path, browser: Browser, address: str, panned: MapTimings | None, year: str | None
) -> float:
    """Make and open a page, and pan if asked; return the seconds for making and opening it."""
    made = alone("peer_pages", kind, material.imported(rows).path, folder, *([year] if year else []))
    if made is None:
        raise GivenUpError(f"making the page takes over {PATIENCE_S} s")
    watched = Watched(browser)
    try:
        opened = watched.open(address, _painted)
        if made["seconds"] + opened > PATIENCE_S:
            raise GivenUpError(f"over {PATIENCE_S} s")
        if panned is None:
            return float(made["seconds"]) + opened
        panned.first = float(made["seconds"]) + opened
        for step in range(STEPS):
            by = WAYS[step % len(WAYS)]
            panned.pans.append(watched.drag(lambda: watched.page.main_frame, (720, 450), by))
            if sum(panned.pans) > _PANNING_S:
                break
    finally:
        watched.close()
    return float(made["seconds"]) + opened


def _painted(page: Page) -> bool:
    """Tell whether markers have been painted: folium clusters, or WebGL points."""
    return bool(
        page.evaluate(
            "() => document.querySelector('.marker-cluster, path.leaflet-interactive')"
            " || window.benchmarkSeen.drawings > 0"
        )
    )


def _sent_kb(folder: Path) -> float:
    """Return the compressed size of a page without libraries that a browser caches."""
    weights = [
        len(gzip.compress(file.read_bytes(), 6)) for file in folder.glob("*") if file.suffix in (".html", ".json")
    ]
    return sum(weights) / 1000


@contextmanager
def _files(folder: Path) -> Iterator[str]:
    """Serve a folder."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Log nothing."""

    server = ThreadingHTTPServer(("localhost", 0), partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}/index.html"
    finally:
        server.shutdown()
