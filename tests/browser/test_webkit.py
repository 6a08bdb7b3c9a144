"""The map in WebKitGTK, the relative of Safari that Debian has: `make webkit`, which installs nothing, runs these."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from geo.store.incident_store import INCIDENTS_FILE
from tests.browser.test_walks import OPEN_TITLE
from tests.browser.webkit import ENTER, ESCAPE, Browser, mini_browser, running

MAP = "document.querySelector('iframe[title*=folium]')"
IS_DRAWN = "document.querySelector('#map_div.im-ready[data-incidents]') && IncidentMap.drawn()"
PAINTED = """[...document.querySelectorAll('canvas')].some((canvas) =>
  canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean))"""
"""Whether anything of the ground is on its canvas."""
A_MARK = """[...document.querySelectorAll('.im-mark[role=button]')].find((node) => {
  const { left, right, top, bottom } = node.getBoundingClientRect();
  return left > 0 && right < innerWidth && top > 0 && bottom < innerHeight;
})"""
ANSWERED = "document.querySelector('#map_div').dataset.answered"
TILES = "performance.getEntriesByType('resource').filter(({ name }) => name.includes('/map/tiles/')).length"
SAID = "document.querySelector('output').innerText"


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    driver, browser = shutil.which("WebKitWebDriver"), mini_browser()
    if not (driver and browser and shutil.which("xvfb-run")):
        if os.environ.get("CI"):
            pytest.fail("no WebKitGTK: install Debian's packages webkit2gtk-driver and xvfb")
        pytest.skip("no WebKitWebDriver, MiniBrowser and xvfb-run")
    with running(driver, browser, tmp_path_factory.mktemp("webkit")) as opened:
        yield opened


@pytest.fixture(scope="module")
def started(address: str, window: Browser) -> str:
    """The address of the app, once it knows its pages."""
    window.open(address)
    window.wait_for(MAP)
    return address


def to_map(window: Browser) -> None:
    """Go into the frame of the map, once it is drawn."""
    window.enter(window.wait_for(MAP))
    window.wait_for(IS_DRAWN)


def test_the_map_page_draws_every_incident_with_a_place(started, window) -> None:
    features = json.loads(INCIDENTS_FILE.read_text("utf-8"))["features"]
    placed = [each for each in features if each["properties"]["location_precision"] != "country"]
    window.errors()
    window.open(started)
    to_map(window)
    assert window.evaluate("IncidentMap.drawn()") == len(placed)
    assert window.wait_for(PAINTED)
    assert window.errors() == []


def test_a_card_opens_by_keyboard_and_back_closes_it(started, window) -> None:
    window.open(f"{started}/?year=2024&category=strike")
    to_map(window)
    window.press(window.wait_for(A_MARK), ENTER)
    window.enter()
    title = window.wait_for(f"({OPEN_TITLE})()")
    assert "incident=" in window.address
    window.wait_for("document.activeElement.shadowRoot?.activeElement?.innerText === arguments[0]", title)
    window.back()
    window.wait_for(f"({OPEN_TITLE})() === null")
    assert "incident=" not in window.address
    assert window.errors() == []


def test_many_are_fetched_as_the_map_is_dragged(started, window, served_folder, many_datasets) -> None:
    shutil.copytree(many_datasets, served_folder)
    try:
        window.open(started)
        to_map(window)
        window.wait_for(ANSWERED)
        assert window.evaluate("document.querySelectorAll('.im-group').length") > 0
        window.evaluate("void map_div.setView([34.4, 70.4], 9, { animate: false })")
        window.evaluate("window.still_here = true")
        before, fetched = window.evaluate(ANSWERED), window.evaluate(TILES)
        window.drag(window.evaluate("document.querySelector('#map_div')"), -250, 150)
        window.enter()  # after a drag the driver knows the frame no more
        to_map(window)
        assert window.evaluate("window.still_here")
        window.wait_for(f"{ANSWERED} !== arguments[0]", before)
        window.wait_for(f"{TILES} > arguments[0]", fetched)
        assert window.evaluate("document.querySelectorAll('.im-group, .im-mark').length") > 0
    finally:
        shutil.rmtree(served_folder)
    assert window.errors() == []


def test_another_site_shows_the_map(started, window, news) -> None:
    window.open(f"{news}/?{quote(f'700 {started}/embed?category=strike&year=2025')}")
    window.enter(window.wait_for("document.querySelector('iframe')"))
    shown = window.wait_for(IS_DRAWN)
    assert window.evaluate(SAID).startswith(f"{shown} of ")
    window.click(window.wait_for(A_MARK))
    window.wait_for("document.querySelector('article h2')")
    assert window.errors() == []


def test_a_file_is_searched_and_opens_cards(window, kept: Path, table) -> None:
    window.open(kept.as_uri())
    window.wait_for(IS_DRAWN)
    assert window.evaluate(SAID) == f"{len(table)} of {len(table)} incidents"
    search = window.evaluate("document.querySelector('input[type=search]')")
    window.press(search, "BOKHTAR aircraft")
    window.wait_for(f"{SAID} === arguments[0]", f"1 of {len(table)} incidents")
    window.press(window.wait_for(A_MARK), ENTER)
    assert "Bokhtar" in window.wait_for("document.querySelector('article h2')?.innerText")
    window.press(window.evaluate("document.activeElement"), ESCAPE)
    window.wait_for("!document.querySelector('article')")
    assert window.errors() == []
