"""The map on pages of its own in Chromium: in a frame on another site, and as a file with the network off."""

from urllib.parse import quote

import pytest

from geo.selection import Filters
from tests.browser.conftest import AXE, FIND, FITS
from ui.resources import Resources
from ui.standalone import map_file

MOST_FOR_A_FRAME = 300_000
MOST_FOR_A_FILE = 3_000_000
STARTS = "words => document.querySelector('output').innerText.startsWith(words)"
MARKS = ".im-mark[role=button], .im-cluster"
RECEIVED = """() => ['navigation', 'resource'].flatMap((kind) => performance.getEntriesByType(kind))
  .reduce((sum, { transferSize }) => sum + transferSize, 0)"""
"""Bytes over the wire: what the page asked for twice and got once is none."""


@pytest.fixture
def framed(server, news, new_page):
    """Open a page of another site with the map in a frame of a width; returns the frame and what it received."""

    def open_frame(query, *, width=700, scheme="light"):
        watched = new_page(width=width + 40, height=700, scheme=scheme)
        answers = []
        watched.page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  # playwright marks it
        watched.page.goto(f"{news}/?{quote(f'{width} {server}/embed?{query}')}")
        frame = watched.page.wait_for_selector("iframe").content_frame()
        frame.wait_for_selector("#map_div.im-ready[data-incidents]")
        return watched, frame, answers

    return open_frame


def faultless(frame) -> None:
    frame.evaluate(f"window.axe ?? (() => {{ {AXE} }})()")
    assert frame.evaluate(FIND, ()) == []


def test_another_site_shows_the_map_and_gets_no_cookie(framed) -> None:
    watched, frame, answers = framed("category=strike&year=2025")
    watched.page.wait_for_load_state("networkidle")
    assert 50_000 < frame.evaluate(RECEIVED) < MOST_FOR_A_FRAME
    assert [answer.header_value("set-cookie") for answer in answers] == [None] * len(answers)
    shown = int(frame.evaluate("IncidentMap.drawn()"))
    assert frame.locator("output").inner_text().startswith(f"{shown} of ")
    full = frame.get_by_role("link", name="Open the full view")
    assert full.get_attribute("href") == "/?year=2025&category=strike"
    assert frame.get_by_text("OpenStreetMap contributors").first.is_visible()
    faultless(frame)
    watched.clean()


def test_in_a_narrow_dark_frame_a_card_opens_and_closes_by_keyboard(framed) -> None:
    watched, frame, _ = framed("province=AF-KHO&year=2024", width=320, scheme="dark")
    assert frame.evaluate(FITS)
    frame.locator(".im-mark[role=button]").locator("visible=true").first.press("Enter")
    frame.get_by_role("article").get_by_role("heading", level=2).wait_for()
    frame.wait_for_selector(".im-halo")
    faultless(frame)
    watched.page.keyboard.press("Escape")
    frame.get_by_role("article").wait_for(state="detached")
    assert frame.evaluate("document.activeElement.matches('.im-mark, .im-cluster')")
    watched.clean()


def test_a_frame_opens_at_an_incident(framed) -> None:
    _, frame, _ = framed("incident=2021-07-25-arundu-troop-flight")
    assert "Arundu" in frame.get_by_role("article").get_by_role("heading", level=2).inner_text()


def test_what_is_copied_shows_the_same_view_in_a_page_opened_from_a_disk(server, new_page, tmp_path) -> None:
    watched = new_page().open(f"{server}/?year=2025&view=34.1,71.1,9")
    assert watched.map.evaluate("map_div.getZoom()") == 9
    watched.page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    watched.page.get_by_role("button", name="Link").click()
    watched.page.get_by_role("button", name="Copy HTML to embed").click()
    own = tmp_path / "own.html"
    own.write_text(f"<h1>My page</h1>{watched.page.evaluate('copied')}", "utf-8")
    watched.page.goto(own.as_uri())
    frame = watched.page.wait_for_selector("iframe").content_frame()
    frame.wait_for_selector("#map_div.im-ready[data-incidents]")
    assert frame.evaluate("IncidentMap.map.getZoom()") == 9
    assert frame.evaluate("IncidentMap.map.getCenter().distanceTo([34.1, 71.1])") < 200
    full = frame.get_by_role("link", name="Open the full view").get_attribute("href")
    assert full == "/?year=2025&view=34.1%2C71.1%2C9"


def test_a_file_needs_nothing_from_anywhere(kept, table, new_page) -> None:
    assert kept.stat().st_size < MOST_FOR_A_FILE
    watched = new_page(width=390, height=844)
    asked = []
    watched.page.on("request", lambda request: asked.append(request.url))
    watched.page.goto(kept.as_uri())
    watched.page.wait_for_selector("#map_div.im-ready[data-incidents]")
    assert watched.page.evaluate(FITS)
    output = watched.page.locator("output")
    assert output.inner_text() == "300 of 300 incidents"
    watched.page.get_by_label("2024").check(force=True)
    watched.page.get_by_role("searchbox").fill("SPERA air")
    watched.page.wait_for_function("() => document.querySelector('output').innerText.startsWith('1 of ')")
    watched.page.locator(MARKS).locator("visible=true").first.press("Enter")
    card = watched.page.get_by_role("article")
    assert "Spera" in card.get_by_role("heading", level=2).inner_text()
    assert card.get_by_role("link").count() > 0
    watched.page.keyboard.press("Escape")
    watched.page.get_by_role("button", name="Reset").click()
    watched.page.wait_for_function("() => document.querySelector('output').innerText.startsWith('300 of ')")
    for words in ("1,037", "chaman's", "Kunar Khost"):
        watched.page.get_by_role("searchbox").fill(words)
        watched.page.wait_for_function(STARTS, arg=f"{table.count(Filters(q=words))} of ")
    faultless(watched.page)
    assert set(asked) <= {kept.as_uri()}  # of which Playwright does not hear in Firefox
    assert watched.errors == []


def test_a_card_of_a_file_leads_only_to_what_is_in_it(table, layers, tmp_path, new_page) -> None:
    path = tmp_path / "khost.html"
    found = Resources(table=table, rules=(), boundaries=layers, faults=())
    path.write_bytes(map_file(Filters(province=("AF-KHO",), year=(2025,)), found))
    page = new_page().page
    page.goto(path.as_uri())
    page.wait_for_selector("#map_div.im-ready[data-incidents]")
    page.evaluate("() => IncidentMap.onChoose('2025-01-02-alisher-khost-artillery')")
    card = page.get_by_role("article")
    other = card.locator("[data-choose='2024-12-24-barmal-air-strike']").first
    assert other.is_disabled()
    assert card.locator("[data-choose^='event:']").first.is_disabled()  # there is no app to open it in
    assert page.title() == "Incidents, 2025, in Khost – Incident map"
