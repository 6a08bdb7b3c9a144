"""The provinces page in Chromium: the map of provinces by mouse, by keyboard and by link, never mounted again."""

import pytest

from geo.aggregate import by_province
from geo.filters import Filters
from tests.browser.conftest import Watched

READY = "#map_div.im-ready[data-provinces='46']"


def province_map(page: Watched):
    """The frame of the map of provinces."""
    frame = page.page.wait_for_selector("iframe[title*=folium]").content_frame()
    frame.wait_for_selector(READY)
    return frame


def opened(page: Watched, province: str) -> None:
    """Wait until a profile is open."""
    page.page.get_by_role("heading", name=f"{province}: where and when").wait_for()


@pytest.mark.parametrize("way", ["click", "keyboard", "list", "link"])
def test_every_way_opens_the_same_profile(server, new_page, way) -> None:
    link = f"{server}/provinces?profile=AF-KHO" if way == "link" else f"{server}/provinces"
    page = new_page().open(link)
    frame = province_map(page)
    if way == "click":
        frame.locator("path[data-code=AF-KHO]").click()
    elif way == "keyboard":
        frame.locator("path[data-code=AF-KHO]").focus()
        page.page.keyboard.press("Enter")
    elif way == "list":
        page.page.get_by_role("combobox", name="Open a profile").fill("Khost")
        page.page.keyboard.press("Enter")
    opened(page, "Khost")
    page.page.wait_for_url("**profile=AF-KHO**")
    page.clean()


def test_arrow_keys_go_from_province_to_province(server, new_page) -> None:
    page = new_page().open(f"{server}/provinces")
    frame = province_map(page)
    frame.locator("path[data-code=AF-KHO]").focus()
    page.page.keyboard.press("ArrowUp")
    assert frame.evaluate("document.activeElement.dataset.code") in ("AF-PIA", "AF-NAN", "AF-LOG")


def test_a_filter_change_keeps_the_map_and_its_view(server, new_page) -> None:
    page = new_page().open(f"{server}/provinces")
    frame = province_map(page)
    frame.evaluate("() => { window.marked = true; IncidentMap.map.setView([33, 69], 8, { animate: false }); }")
    before = frame.locator("path[data-code=AF-KHO]").get_attribute("aria-label")
    page.page.get_by_role("button", name="strike", exact=True).click()
    frame.wait_for_function(
        "label => document.querySelector('path[data-code=AF-KHO]').getAttribute('aria-label') !== label", arg=before
    )
    assert frame.evaluate("() => [window.marked, IncidentMap.map.getZoom()]") == [True, 8]
    page.clean()


def test_the_map_says_what_the_table_holds(server, new_page, table, layers) -> None:
    page = new_page().open(f"{server}/provinces?year=2025&measure=incidents")
    label = province_map(page).locator("path[data-code=PK-KP]").get_attribute("aria-label")
    incidents = by_province(Filters(year=(2025,)), table, layers)["incidents"]["PK-KP"]
    assert f"Incidents: {incidents}." in label


def test_an_incident_of_a_profile_opens_on_the_map_page(server, new_page) -> None:
    page = new_page().open(f"{server}/provinces?profile=AF-KHO&year=2025")
    opened(page, "Khost")
    page.page.locator("button.row").first.click()
    page.page.wait_for_url("**/?*incident=2025-**")
    page.page.get_by_role("article", name="Incident").wait_for()
    assert "year=2025" in page.page.url


def test_the_first_view_is_the_whole_region_from_the_browsers_cache_too(server, new_page) -> None:
    page = new_page().open(f"{server}/provinces")
    before = province_map(page).evaluate("IncidentMap.map.getZoom()")
    page.page.reload()
    page.settled()
    assert province_map(page).evaluate("IncidentMap.map.getZoom()") == before


@pytest.mark.parametrize(("width", "height"), [(390, 844)])
def test_fits_the_screen(server, new_page, width, height) -> None:
    page = new_page(width=width, height=height).open(f"{server}/provinces?profile=PK-KP")
    province_map(page)
    assert not page.page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
