"""The provinces page in Chromium: the map of provinces by mouse, by keyboard and by link, never mounted again."""

import re

from geo.aggregate.by_province import by_province
from geo.selection import Filters
from tests.browser.conftest import FOCUSED, Watched

OUTLINED = """() => {
  const { map } = IncidentMap;
  const lines = Object.values(map._layers)
    .filter(({ feature, options }) => feature?.properties.province && options.pane === 'lines');
  const box = lines.reduce((all, line) => all.extend(line.getBounds()), L.latLngBounds([]));
  const inside = lines.length > 0 && map.getBounds().contains(box);
  const corner = (name) => map.latLngToContainerPoint(box[name]());
  const { x, y } = inside ? corner('getSouthEast').subtract(corner('getNorthWest')) : { x: 0, y: 0 };
  const names = lines.map(({ feature }) => feature.properties.province);
  return { names: names.sort(), share: Math.max(x / map.getSize().x, y / map.getSize().y) };
}"""
"""Which provinces are outlined, and how much of the view they take; 0 where they lie outside."""
READY = "#map_div.im-ready[data-provinces='46']"


def province_map(page: Watched):
    """The frame of the map of provinces."""
    frame = page.page.wait_for_selector("iframe[title*=folium]").content_frame()
    frame.wait_for_selector(READY)
    return frame


def opened(page: Watched, province: str, code: str) -> None:
    """Wait until a profile is open."""
    page.page.get_by_role("heading", name=f"{province}: where and when").wait_for()
    page.page.wait_for_url(f"**profile={code}**")


def test_a_link_and_every_other_way_open_a_profile_and_a_filter_keeps_the_map(server, new_page, table, layers) -> None:
    page = new_page().open(f"{server}/provinces?profile=AF-KHO&year=2025&measure=incidents")
    opened(page, "Khost", "AF-KHO")
    frame = province_map(page)
    label = frame.locator("path[data-code=PK-KP]").get_attribute("aria-label")
    incidents = by_province(Filters(year=(2025,)), table, layers)["incidents"]["PK-KP"]
    assert f"Incidents: {incidents}." in label
    page.faultless()
    page.fits_a_telephone()

    zoom = frame.evaluate("IncidentMap.map.getZoom()")
    page.page.reload()  # the map comes from the browser's cache, and shows the whole region too
    page.settled()
    frame = province_map(page)
    assert frame.evaluate("IncidentMap.map.getZoom()") == zoom
    frame.evaluate("() => { window.marked = true; }")
    frame.locator("path[data-code=AF-NAN]").click()
    opened(page, "Nangarhar", "AF-NAN")
    frame.locator("path[data-code=AF-KHO]").focus()
    page.page.keyboard.press("Enter")
    opened(page, "Khost", "AF-KHO")
    page.page.get_by_role("combobox", name="Open a profile").fill("Kunar")
    page.page.keyboard.press("Enter")
    opened(page, "Kunar", "AF-KNR")

    page.page.get_by_role("button", name="Close the profile").press("Enter")
    page.page.get_by_role("region", name="Provinces in order").wait_for()
    page.settled()
    assert page.page.evaluate(FOCUSED).startswith("Kunar")  # in the ranking
    page.page.keyboard.press("Enter")
    opened(page, "Kunar", "AF-KNR")

    frame.locator("path[data-code=AF-KHO]").focus()
    assert frame.locator(".im-keys").inner_text() == "Arrow keys move between provinces, Enter opens."
    page.page.keyboard.press("ArrowUp")
    assert frame.evaluate("document.activeElement.dataset.code") in ("AF-PIA", "AF-NAN", "AF-LOG")

    frame.evaluate("void IncidentMap.map.setView([33, 69], 8, { animate: false })")
    before = frame.locator("path[data-code=AF-KHO]").get_attribute("aria-label")
    page.page.get_by_role("button", name="strike", exact=True).click()
    frame.wait_for_function(
        "label => document.querySelector('path[data-code=AF-KHO]').getAttribute('aria-label') !== label", arg=before
    )
    assert frame.evaluate("() => [window.marked, IncidentMap.map.getZoom()]") == [True, 8]
    page.settled()
    page.page.locator("button.row").first.click()
    page.page.wait_for_url("**/?*incident=2025-**")
    page.page.get_by_role("article", name="Incident").wait_for()
    assert "year=2025" in page.page.url
    page.clean()


def test_the_map_goes_to_the_selected_provinces_and_outlines_and_names_them(server, new_page) -> None:
    page = new_page().open(f"{server}/provinces?province=AF-KHO&province=AF-PKA&year=2022")
    frame = province_map(page)
    outlined = frame.evaluate(OUTLINED)
    assert outlined["names"] == ["Khost", "Paktika"]
    assert outlined["share"] > 0.25  # of the map's height or width
    assert {"Khost", "Paktika"} <= set(frame.locator(".im-label-province").all_inner_texts())
    page.page.locator("[data-testid=stSidebar]").get_by_role("button", name=re.compile("Reset")).click()
    page.wait_for_count(page.counted()[1])
    frame.wait_for_function(f"() => {{ const {{ names, share }} = ({OUTLINED})(); return !names.length && !share; }}")
    assert frame.evaluate("IncidentMap.map.getBounds().contains(IncidentMap.settings.region)")
    page.clean()
