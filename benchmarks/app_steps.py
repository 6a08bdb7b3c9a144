"""The app with imported incidents in Chromium: panning its map, and choosing years."""

import re
import shutil
from typing import Final

from playwright.sync_api import Frame, Page, sync_playwright

from benchmarks import material
from benchmarks.byte_counter import ByteCounter, byte_counter
from benchmarks.map_timings import STEPS, WAYS, YEARS, MapTimings
from benchmarks.measure import ROOT, memory_gb
from benchmarks.serving import served
from benchmarks.watching import Watched, chromium

_ZOOMS: Final = (6, 8, 7, 9)
"""Zoom levels, for a quarter of the pans each."""
_BUSY: Final = """() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState !== 'notRunning'
  || [...document.querySelectorAll('iframe[title*=folium]')].some((map) =>
    map.contentDocument?.querySelector('.im-busy:not([hidden])') || !map.contentDocument?.querySelector('.im-ready'))"""
_READY: Final = """() => [...document.querySelectorAll('iframe[title*=folium]')].some((map) =>
    map.contentDocument?.querySelector('#map_div.im-ready[data-answered], #map_div.im-ready[data-incidents]'))"""


def app_steps(rows: int) -> MapTimings:
    """Take all steps with `rows` imported incidents; raises GivenUpError."""
    timings = MapTimings()
    with (
        sync_playwright() as playwright,
        chromium(playwright, shutil.which("chromium")) as browser,
        served(ROOT / "app.py", material.imported(rows).path) as (port, process),
        byte_counter(port) as counted,
    ):
        first = Watched(browser, _BUSY)
        first.open(counted.address, _drawn)  # makes the server load its data
        first.close()
        watched = Watched(browser, _BUSY)
        timings.first = watched.open(counted.address, _drawn)
        _pan(watched, counted, timings)
        _filter(watched, counted, timings)
        timings.memory_gb = memory_gb(process)
    return timings


def _pan(watched: Watched, counted: ByteCounter, timings: MapTimings) -> None:
    for step in range(STEPS):
        if step % (STEPS // len(_ZOOMS)) == 0:
            _map(watched.page).evaluate(f"map_div.setView([33.2, 69.8], {_ZOOMS[step * len(_ZOOMS) // STEPS]})")
            watched.page.wait_for_timeout(3000)
        before = counted.sent
        by = WAYS[step % len(WAYS)]
        timings.pans.append(watched.drag(lambda: _map(watched.page), _middle_of_map(watched.page), by))
        watched.page.wait_for_timeout(300)
        timings.pan_kb.append((counted.sent - before) / 1000)


def _filter(watched: Watched, counted: ByteCounter, timings: MapTimings) -> None:
    _map(watched.page).evaluate("map_div.setView([33.2, 69.8], 6)")
    watched.page.wait_for_timeout(3000)
    for step in range(STEPS):  # choose a year, then deselect it
        year = YEARS[step // 2 % len(YEARS)]
        pill = watched.page.locator("button").filter(has_text=re.compile(f"^{year}$")).first
        before = counted.sent
        timings.filters.append(watched.click(pill.click, lambda: _map(watched.page)))
        watched.page.wait_for_timeout(1000)
        timings.filter_kb.append((counted.sent - before) / 1000)


def _drawn(page: Page) -> bool:
    return bool(page.evaluate(_READY))


def _map(page: Page) -> Frame:
    return next(frame for frame in page.frames if "folium" in frame.url)


def _middle_of_map(page: Page) -> tuple[float, float]:
    box = page.locator("iframe[title*=folium]").first.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, min(box["y"] + box["height"] / 2, 700)
