"""The report figure against a browser screenshot of a folium map, which is how folium makes a PNG."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.browsing import FLAGS, ROOT
from benchmarks.measure import Result, in_turn
from benchmarks.peer_app import markers
from geo.figure.drawing import write_figure
from geo.figure.options import FigureOptions, FigureSize
from geo.places.boundaries import boundaries
from geo.selection import Filters
from geo.store.incident_store import IncidentStore
from geo.table.incident_table import IncidentTable


def results() -> Iterator[Result]:
    """Measure an A4 figure of everything at 300 dpi, and folium's PNG of the same incidents at 1440 × 900."""
    table, layers = IncidentTable.of(IncidentStore().read()), boundaries()

    def figure() -> bytes:
        return write_figure(Filters(), table, layers, FigureOptions(size=FigureSize.A4_LANDSCAPE, dpi=300))[0]

    def screenshot() -> bytes:
        plain, _ = markers(None)
        page_source = plain.get_root().render().replace("/app/static", (ROOT / "static").as_uri())
        with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
            path = Path(folder) / "map.html"
            path.write_text(page_source, encoding="utf-8")
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(path.as_uri())
            page.wait_for_selector("path.leaflet-interactive")
            picture = page.screenshot()
            browser.close()
            return picture

    ours, peer = in_turn(figure, screenshot, rounds=3)
    yield Result(
        what="A4 figure of all incidents, PNG, 300 dpi (3,508 × 2,480 px)",
        ours=ours,
        peer=peer,
        peer_name="folium's PNG through Chromium, 1,440 × 900 px, no legend or credit",
        aim="at most 2 s",
    )
