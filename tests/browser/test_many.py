"""The map of many in Chromium: the record beside 3,000 synthetic incidents, fetched tile by tile."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import VIEW

KB_PER_STEP = 30
ANSWERED = "() => document.querySelector('#map_div').dataset.answered"
FROM_GROUP = "n => n.getAttribute('aria-label')"
IN_VIEW = """label => {
  const view = document.querySelector('#map_div').getBoundingClientRect();
  return [...document.querySelectorAll('.im-group')].findIndex((node) => {
    const box = node.getBoundingClientRect();
    const inside = box.left > 260 && box.right < view.right - 80 && box.top > 40 && box.bottom < view.bottom - 40;
    return inside && node.getAttribute('aria-label').includes(label);
  });
}"""


A_PIXEL = 0.025
"""Degrees of longitude, at the zoom of the first view: Leaflet moves a map by whole pixels."""


class Crowd:
    """A page with the map of many, and what goes over the wire."""

    def __init__(self, page, url: str) -> None:
        self.page = page
        self.tiles: list = []
        page.page.on("response", lambda answer: self.tiles.append(answer) if "/map/tiles/" in answer.url else None)
        page.open(url)
        self.map = page.map
        self.map.wait_for_selector("#map_div[data-answered]")
        page.settled()
        self.first_view = self.map.evaluate(VIEW)

    def moved(self, move: str) -> int:
        """Move the map, wait for what is drawn then, and return the bytes of the tiles that were fetched."""
        self.tiles.clear()
        before = self.map.evaluate(ANSWERED)
        self.map.evaluate(f"void {move}")  # what it returns, the map, would be taken apart and sent here
        self.map.wait_for_function(f"before => ({ANSWERED})() !== before", arg=before)
        self.page.page.wait_for_timeout(300)
        return sum(answer.request.sizes()["responseBodySize"] for answer in self.tiles)

    def group(self, label: str):
        """A disc or badge well inside the view whose name holds a text."""
        at = self.map.evaluate(IN_VIEW, label)
        assert at >= 0, label
        return self.map.locator(".im-group").nth(at)


@pytest.fixture(scope="module")
def opened(crowded, shared_page):
    return Crowd(shared_page(), crowded)


@pytest.fixture
def here(opened):
    """The one page that the tests share, with the first view again at the end."""
    opened.page.in_front()
    yield opened
    zoom, *centre = opened.first_view
    if opened.map.evaluate(VIEW) != pytest.approx(opened.first_view, abs=A_PIXEL):
        opened.moved(f"map_div.setView({centre}, {zoom}, {{animate: false}})")


def test_a_pan_fetches_tiles_and_sends_nothing_to_the_script(here) -> None:
    inside, sent = here.map, here.page.sent
    inside.evaluate("window.still_here = true")
    for move in ("map_div.setView([34.4, 70.4], 8, {animate: false})", "map_div.panBy([-900, 600], {animate: false})"):
        assert 0 < here.moved(move) < KB_PER_STEP * 1000
    assert inside.evaluate("window.still_here")
    assert inside.evaluate("document.querySelectorAll('.im-group').length") > 0
    assert here.page.sent == sent
    here.page.clean()


def test_what_was_fetched_is_not_asked_for_again(here) -> None:
    here.moved("map_div.setView([34.4, 70.4], 8, {animate: false})")
    drawn = here.map.evaluate("IncidentMap.drawn()")
    here.moved("map_div.setView([34.4, 70.4], 9, {animate: false})")
    assert here.moved("map_div.setView([34.4, 70.4], 8, {animate: false})") == 0
    assert here.map.evaluate("IncidentMap.drawn()") == drawn > 0


def test_the_ground_around_the_view_is_there_before_it_is_wanted(here) -> None:
    here.moved("map_div.setView([34.4, 70.4], 8, {animate: false})")
    here.page.page.wait_for_timeout(500)
    before = here.map.evaluate(ANSWERED)
    after = here.map.evaluate(f"map_div.panBy([400, 0], {{animate: false}}) && ({ANSWERED})()")
    assert after != before  # in the same step, without an answer from anywhere


def test_where_the_server_does_not_answer_the_map_says_so_and_asks_again(here) -> None:
    page = here.page.page
    page.route("**/map/tiles/**", lambda route: route.fulfill(status=503))
    here.map.evaluate("void map_div.setView([37.5, 71.5], 10, {animate: false})")
    here.map.get_by_text("The server is not responding").wait_for()
    before = here.map.evaluate(ANSWERED)
    page.unroute("**/map/tiles/**")
    here.map.wait_for_function(f"before => ({ANSWERED})() !== before", arg=before)
    assert not here.map.locator(".im-busy").is_visible()
    here.page.failed.clear()


def test_a_filter_changes_the_groups_and_goes_to_them_on_the_same_map(here) -> None:
    here.map.evaluate("window.still_here = true")
    before, view = here.map.evaluate("IncidentMap.drawn()"), here.map.evaluate(VIEW)
    here.page.page.get_by_role("button", name="other", exact=True).click()
    here.map.wait_for_function("before => IncidentMap.drawn() < before", arg=before)
    here.map.wait_for_function(f"view => ({VIEW})()[0] !== view[0]", arg=view)
    here.page.page.get_by_role("button", name="other", exact=True).click()
    here.map.wait_for_function("before => IncidentMap.drawn() === before", arg=before)
    assert here.map.evaluate("window.still_here")
    assert here.map.evaluate(VIEW) == pytest.approx(view, abs=A_PIXEL)
    here.page.clean()


def test_keyboard_zooms_in_lists_and_opens_a_card(here) -> None:
    page = here.page.page
    group = here.group("zoom in")
    group.focus()
    zoom, words = here.map.evaluate("[map_div.getZoom(), document.activeElement.ariaLabel]")
    page.keyboard.press("Enter")
    here.map.wait_for_function("zoom => map_div.getZoom() > zoom", arg=zoom)
    here.map.wait_for_function("() => document.activeElement.matches('.im-group, .im-mark, .im-cluster')")
    page.keyboard.press("Escape")
    here.map.wait_for_function("zoom => map_div.getZoom() === zoom", arg=zoom)
    here.map.wait_for_function("words => document.activeElement.ariaLabel === words", arg=words)
    here.moved("map_div.setView([33.34, 69.92], 8, {animate: false})")
    here.group("list them").focus()
    page.keyboard.press("Enter")
    here.map.locator(".im-list button").first.press("Enter")
    page.wait_for_selector("article h2")
    assert "incident=" in page.url
    here.map.wait_for_selector(".im-halo")
    page.get_by_role("button", name="Close the incident").click()
    page.wait_for_selector("article", state="detached")
    here.page.settled()
    here.page.clean()


def test_names_say_numbers_kinds_and_deaths_by_dataset_under_the_rule(here) -> None:
    names = here.map.locator(".im-cluster.im-group").evaluate_all(f"nodes => nodes.map({FROM_GROUP})")
    assert names
    for name in names:
        assert " incidents. " in name
        assert "Press Enter to" in name
    assert any("ACLED: " in name and "killed (lowest–highest claim)" in name for name in names)


def test_few_are_each_shown_again_and_can_be_played(here) -> None:
    assert not here.map.locator(".im-play").is_visible()
    here.page.page.get_by_role("button", name="the record", exact=True).click()
    here.map.wait_for_selector(".im-play:visible")
    assert here.map.locator(".im-group").count() == 0
    assert here.map.evaluate("IncidentMap.drawn()") == here.page.counted()[0] - 1  # one has no place
    here.page.page.get_by_role("button", name="the record", exact=True).click()
    here.map.wait_for_selector(".im-group")
    here.page.clean()


def test_fits_a_telephone(here) -> None:
    width = here.map.evaluate("map_div.getSize().x")
    groups = []
    here.page.fits_a_telephone(lambda: groups.append(here.map.locator(".im-group").count()))
    assert groups[0] > 5
    here.map.wait_for_function("width => map_div.getSize().x === width", arg=width)
    zoom, *centre = here.first_view
    here.map.evaluate(f"void map_div.setView({centre}, {zoom}, {{animate: false}})")
    here.page.clean()


def test_on_the_timeline_they_are_counts_and_a_column_is_a_period(opened) -> None:
    page = opened.page
    shown, everything = page.counted()
    assert shown == everything > 3_000
    page.page.get_by_role("link", name="Timeline").click()
    columns = page.page.locator(".timeline .mark")
    columns.first.wait_for()
    page.settled()
    assert columns.count() < 300
    labels = columns.evaluate_all("nodes => nodes.map((node) => node.getAttribute('aria-label'))")
    counts = [int(re.search(r": ([\d,]+) incident", label)[1].replace(",", "")) for label in labels]
    fewest = counts.index(min(counts))
    columns.nth(fewest).focus()
    page.page.keyboard.press("Enter")
    page.page.wait_for_url(re.compile("since=.*until="))
    page.settled()
    shown, _ = page.counted()
    assert counts[fewest] <= shown < everything
    expect(columns).to_have_count(shown)
    page.clean()
