"""Draw the pictures of README.md anew: two pages in Chromium, and a figure.

python -m docs.pictures
"""

import shutil
import tempfile
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import sync_playwright

from benchmarks.serving import served
from geo.figure.drawing import preview
from geo.figure.options import EXTENTS, FigureOptions
from geo.places.boundaries import boundaries
from geo.selection import Filters
from geo.store.incident_store import IncidentStore
from geo.table.incident_table import IncidentTable

HERE = Path(__file__).parent
SCREEN = {"width": 1440, "height": 900}
PAGES = {
    "map": ("", {"since": "2025-10-01", "until": "2025-10-31", "incident": "2025-10-11-durand-line-border-clash"}),
    "provinces": ("provinces", {"year": "2025"}),
}
FIGURE = Filters(province=("AF-KHO", "AF-NAN", "AF-PKA"))
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
SETTLED_MS = 5_000


def screens() -> None:
    """Take a picture of each page as it opens by a link."""
    with (
        tempfile.TemporaryDirectory() as nothing_imported,
        served(HERE.parent / "app.py", Path(nothing_imported)) as (port, _),
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, (path, asked) in PAGES.items():
            page = browser.new_page(viewport=SCREEN)
            page.goto(f"http://localhost:{port}/{path}?{urlencode(asked)}")
            page.frame_locator("iframe[title*=folium]").locator("path").last.wait_for(state="attached")
            page.wait_for_timeout(SETTLED_MS)
            save(page.screenshot(), name)


def figure() -> None:
    """Draw a figure of three provinces on A4."""
    table, layers = IncidentTable.of(IncidentStore().read()), boundaries()
    options = FigureOptions(view=EXTENTS["selection"](FIGURE, table, layers))
    save(preview(FIGURE, table, layers, dpi=150, options=options)[0], "figure")


def save(png: bytes, name: str) -> None:
    """Keep a picture in all of its colours, which mean something."""
    Image.open(BytesIO(png)).convert("RGB").save(HERE / f"{name}.png", optimize=True)


if __name__ == "__main__":
    screens()
    figure()
