"""The timeline page in Chromium: by mouse, by keyboard, narrow and wide, few incidents and many."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, serve

TORKHAM = "2025-02-21-torkham-crossing-closed"
NO_END = "2025-10-12-torkham-crossing-closed"
COPIES = 9


@pytest.fixture
def timeline(server, new_page):
    def open_timeline(query="", **screen):
        page = new_page(**screen).open(f"{server}/timeline{query}")
        page.page.locator(".timeline .mark").first.wait_for()
        page.settled()
        return page

    return open_timeline


def mark(page, incident_id):
    return page.page.locator(f'.timeline [data-choose="{incident_id}"]')


@pytest.mark.parametrize("lanes", ["category", "province"])
def test_every_incident_has_a_mark(timeline, incidents, lanes) -> None:
    page = timeline(f"?lanes={lanes}")
    assert page.page.locator(".timeline .mark").count() == len(incidents)
    page.clean()


def test_a_click_opens_the_card_beside_it_and_marks_it(timeline) -> None:
    page = timeline("?year=2025")
    mark(page, TORKHAM).click()
    page.page.wait_for_url(f"**incident={TORKHAM}**")
    page.page.get_by_role("heading", name="Torkham shut in a dispute").wait_for()
    assert mark(page, TORKHAM).get_attribute("aria-current") == "true"
    page.page.get_by_role("button", name="Close the incident").click()
    page.page.wait_for_selector("article", state="detached")
    page.clean()


def test_keys_go_along_a_lane_and_to_the_next_and_open_a_card(timeline) -> None:
    page = timeline("?year=2025")
    mark(page, TORKHAM).focus()
    began = page.page.locator(".timeline [data-lane='0'] .mark").count()
    assert began > 10
    keyboard = page.page.keyboard
    keyboard.press("ArrowDown")
    assert page.page.locator(".timeline [data-lane='1'] .mark:focus").count() == 1
    keyboard.press("End")
    keyboard.press("Home")
    first = page.page.locator(".timeline [data-lane='1'] .mark").first
    assert first.evaluate("node => node.matches(':focus')")
    assert page.page.locator(".timeline .mark[tabindex='0']").count() == 1
    keyboard.press("Enter")
    page.page.wait_for_url(f"**incident={first.get_attribute('data-choose')}**")


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_a_tooltip_says_what_and_when(timeline, way) -> None:
    page = timeline("?year=2025")
    if way == "focus":
        mark(page, "2025-03-19-torkham-crossing-reopened").focus()
        page.page.keyboard.press("ArrowLeft")
        page.page.keyboard.press("ArrowRight")
    else:
        mark(page, NO_END).hover()
    tip = page.page.locator(".timeline .tip")
    tip.wait_for()
    words = "no end on record" if way == "hover" else "2025 ·"
    assert words in tip.inner_text()


def test_without_an_end_on_record_a_bar_fades_and_has_one_length_whatever_the_scale(timeline) -> None:
    widths = []
    for query in ("?year=2025", ""):
        page = timeline(query)
        node = mark(page, NO_END)
        assert "no end on record" in node.get_attribute("aria-label")
        assert node.locator("path[fill^=url]").count() == 1
        widths.append(node.locator("path[fill^=url]").bounding_box()["width"])
    assert widths[0] == pytest.approx(widths[1], abs=1)


def test_a_bar_is_as_long_as_it_lasted(timeline) -> None:
    page = timeline("?year=2025")
    bar = mark(page, TORKHAM).locator("rect:not(.ring)").bounding_box()["width"]
    months = page.page.locator(".timeline line.tick")
    year = months.nth(11).bounding_box()["x"] - months.nth(0).bounding_box()["x"]
    assert bar == pytest.approx(27 * year / 334, abs=2)


def test_a_brush_over_the_months_sets_the_period(timeline) -> None:
    page = timeline()
    page.brush_months()
    shown, _ = page.counted()
    expect(page.page.locator(".timeline .mark")).to_have_count(shown)


@pytest.mark.parametrize(("width", "height"), [(390, 844)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fits_the_screen(timeline, width, height, scheme) -> None:
    page = timeline("?lanes=province", width=width, height=height, scheme=scheme)
    assert not page.page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
    frame = page.page.locator(".timeline").bounding_box()
    for node in page.page.locator(".timeline .mark .ring").all()[::20]:
        box = node.bounding_box()
        assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 8
    page.clean()


@pytest.fixture(scope="module")
def crowded_server(tmp_path_factory) -> Iterator[str]:
    """Serve ten times the incidents, the copies moved in time by some days each."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("geo", "ui", "pages", "data", "static", ".streamlit"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "app.py", folder)
    path = folder / "data" / "incidents.geojson"
    store = json.loads(path.read_text("utf-8"))
    copies = []
    for number in range(1, COPIES + 1):
        for feature in json.loads(json.dumps(store["features"])):
            incident = feature["properties"]
            feature["id"] += f"-copy-{number}"
            incident["event_group"] = None
            for name in ("date_start", "date_end"):
                day = incident[name]
                incident[name] = day and (date.fromisoformat(day) - timedelta(30 * number)).isoformat()
            for claim in incident["claims"]:
                claim["scope"] = "incident" if claim["scope"] == "group" else claim["scope"]
            copies.append(feature)
    store["features"] += copies
    path.write_text(json.dumps(store), encoding="utf-8")
    yield from serve(folder)


def test_many_incidents_are_counts_and_a_column_is_a_period(crowded_server, new_page, incidents) -> None:
    page = new_page().open(crowded_server)
    page.page.get_by_role("link", name="Timeline").click()
    page.page.locator(".timeline .mark").first.wait_for()
    everything = len(incidents) * (COPIES + 1)
    assert page.counted() == (everything, everything)
    columns = page.page.locator(".timeline .mark")
    assert columns.count() < 300
    label = columns.nth(columns.count() // 2).get_attribute("aria-label")
    columns.nth(columns.count() // 2).focus()
    page.page.keyboard.press("Enter")
    page.page.wait_for_url(re.compile("since=.*until="))
    page.settled()
    shown, _ = page.counted()
    assert shown >= int(re.search(r": (\d+) incident", label)[1])
    expect(page.page.locator(".timeline .mark")).to_have_count(shown)
    page.clean()
