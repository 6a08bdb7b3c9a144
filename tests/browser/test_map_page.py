"""The map page in Chromium, with every other host blocked."""

import json
import re

import pytest

from geo.store import INCIDENTS_FILE

MARK_THE_MAP = """() => {
  window.still_here = true;
  window.remounted = 0;
  const ground = document.querySelector('#map_div');
  new MutationObserver(() => { if (!ground.isConnected || !ground.classList.contains('im-ready')) window.remounted++; })
    .observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['class'] });
}"""
VIEW = "() => [map_div.getZoom(), map_div.getCenter().lat, map_div.getCenter().lng]"


@pytest.fixture(scope="module")
def counts():
    """How many incidents a choice has, counted from the file itself."""
    features = json.loads(INCIDENTS_FILE.read_text("utf-8"))["features"]

    def count(condition) -> int:
        return sum(condition(feature["properties"]) for feature in features)

    return count


def of_2025(incident) -> bool:
    return incident["date_start"].startswith("2025")


HOLLOW = """([counts, disputed]) => [...IncidentMap.symbols.area(counts, disputed).svg.children].slice(2)
  .filter(({ tagName }) => tagName !== 'text')
  .every((part) => part.getAttribute('fill') === IncidentMap.palette().paper)"""
"""Whether the symbol in a badge, or the bar under its number, is hollow."""
BADGES = [([["strike", 1]], 1), ([["strike", 1]], 0), ([["strike", 1], ["clash", 2]], 3), ([["strike", 3]], 2)]
"""What badges stand for by kind, and how many of that are disputed."""


def test_draws_every_incident_with_a_place(server, new_page, counts) -> None:
    page = new_page().open(server)
    everything = counts(lambda _: True)
    assert page.counted() == (everything, everything)
    assert page.drawn() == counts(lambda i: i["location_precision"] != "country")
    assert [page.map.evaluate(HOLLOW, badge) for badge in BADGES] == [True, False, True, False]
    page.clean()


def test_says_how_many_lie_outside_the_view(server, new_page) -> None:
    page = new_page().open(server)
    told = page.map.locator(".im-outside")
    assert told.is_hidden()
    page.map.evaluate("map_div.setView([50, 0], 6, {animate: false})")
    told.filter(has_text=f"{page.drawn()} outside this view").wait_for()
    page.map.evaluate("map_div.setView([33.9, 68.2], 5, {animate: false})")
    told.wait_for(state="hidden")
    page.clean()


def test_badges_that_overlap_are_no_ring_of_known_places(server, new_page) -> None:
    page = new_page().open(f"{server}/?precision=province")
    page.map.locator(".im-cluster.im-area").first.wait_for()
    assert page.map.locator(".im-cluster:not(.im-area)").count() == 0
    page.clean()


def test_pan_and_zoom_send_nothing_to_the_server(server, new_page) -> None:
    page = new_page().open(server)
    inside = page.map
    page.quiet()
    before = page.sent
    inside.evaluate("map_div.panBy([150, -80])")
    page.page.wait_for_timeout(600)
    inside.evaluate("map_div.zoomIn(2)")
    page.page.wait_for_timeout(1200)
    inside.locator(".leaflet-control-zoom-out").click()
    page.page.wait_for_timeout(1200)
    assert page.sent == before
    page.clean()


def test_filter_change_keeps_map_and_view(server, new_page, counts) -> None:
    page = new_page().open(server)
    inside = page.map
    inside.evaluate("map_div.setView([33.5, 70], 8, {animate: false})")
    inside.evaluate(MARK_THE_MAP)
    view = inside.evaluate(VIEW)
    page.page.get_by_role("button", name="2025", exact=True).click()
    page.wait_for_count(counts(of_2025))
    inside.wait_for_function("n => IncidentMap.drawn() === n", arg=counts(of_2025))
    assert inside.evaluate("window.still_here")
    assert inside.evaluate("window.remounted") == 0
    assert inside.evaluate(VIEW) == view
    page.clean()


FIRST_SEEN = """() => {
  const look = () => {
    const bar = document.querySelectorAll('[data-testid=stSidebar] button[data-variant=pills]').length;
    const map = document.querySelector('iframe[title*=folium]');
    if (!bar && !map?.clientWidth) return requestAnimationFrame(look);
    window.first_seen = { bar, width: map?.clientWidth };
  };
  look();
}"""


@pytest.mark.parametrize(
    ("link", "map_first"), [("", True), ("?category=strike", False)], ids=["bare", "with-a-choice"]
)
def test_a_bare_link_brings_the_map_before_the_filter_bar_and_at_its_width(server, new_page, link, map_first) -> None:
    page = new_page()
    page.page.add_init_script(f"({FIRST_SEEN})()")
    page.open(f"{server}/{link}")
    seen = page.page.evaluate("first_seen")
    assert (seen["bar"] == 0) is map_first
    if map_first:
        assert seen["width"] == page.page.evaluate("document.querySelector('iframe[title*=folium]').clientWidth")
    assert page.page.get_by_role("button", name="strike", exact=True).is_visible()
    page.clean()


def test_url_click_and_keyboard_agree(server, new_page, counts) -> None:
    strikes = counts(lambda i: of_2025(i) and i["category"] == "strike")
    by_url = new_page().open(f"{server}/?year=2025&category=strike")
    assert by_url.counted()[0] == strikes

    by_click = new_page().open(server)
    by_click.page.get_by_role("button", name="2025", exact=True).click()
    by_click.wait_for_count(counts(of_2025))
    by_click.page.get_by_role("button", name="strike", exact=True).click()
    by_click.wait_for_count(strikes)
    assert "year=2025" in by_click.page.url

    by_keyboard = new_page().open(server)
    for name in ("2025", "strike"):
        by_keyboard.page.get_by_role("button", name=name, exact=True).focus()
        by_keyboard.page.keyboard.press("Enter")
        by_keyboard.settled()
    by_keyboard.wait_for_count(strikes)


def test_reload_keeps_the_choice(server, new_page, counts) -> None:
    page = new_page().open(server)
    page.page.get_by_role("button", name="2025", exact=True).click()
    page.wait_for_count(counts(of_2025))
    page.page.reload()
    page.wait_for_count(counts(of_2025))


def test_page_switch_and_back_keep_the_choice(server, new_page, counts) -> None:
    page = new_page().open(f"{server}/?country=PK&rule=lowest")
    page.page.get_by_role("button", name="2025", exact=True).click()
    wanted = counts(lambda i: of_2025(i) and i["country"] == "PK")
    page.wait_for_count(wanted)
    entries = page.page.evaluate("history.length")
    page.page.get_by_role("link", name="Provinces").click()
    page.page.wait_for_url(re.compile("/provinces"), wait_until="commit")
    page.wait_for_count(wanted)
    assert page.page.evaluate("history.length") == entries + 1
    page.page.go_back()
    page.page.wait_for_url(re.compile(r":\d+/\?"), wait_until="commit")
    page.wait_for_count(wanted)
    assert {"country=PK", "rule=lowest", "year=2025"} <= set(page.page.url.partition("?")[2].split("&"))


def test_labelled_filters_are_codes_in_the_url(server, new_page, counts) -> None:
    page = new_page().open(f"{server}/?country=TJ&precision=near")
    wanted = counts(lambda i: i["country"] == "TJ" and i["location_precision"] == "near")
    assert page.counted()[0] == wanted
    page.page.get_by_role("button", name="Tajikistan", exact=True).click()
    page.wait_for_count(counts(lambda i: i["location_precision"] == "near"))
    assert "precision=near" in page.page.url
    assert "country" not in page.page.url


def test_a_second_tab_is_independent(server, new_page, counts) -> None:
    first, second = new_page().open(server), new_page().open(f"{server}/?category=crossing")
    first.page.get_by_role("button", name="2025", exact=True).click()
    first.wait_for_count(counts(of_2025))
    assert second.counted()[0] == counts(lambda i: i["category"] == "crossing")


def test_keyboard_opens_a_card_and_closes_it(server, new_page) -> None:
    page = new_page().open(f"{server}/?year=2021&country=TJ")
    inside = page.map
    inside.wait_for_selector(".im-mark[role=button][tabindex='0'], .im-cluster[tabindex='0']")
    for _ in range(4):  # clusters open out before an incident can be chosen
        inside.locator(".im-mark[role=button]:visible, .im-cluster:visible").first.focus()
        page.page.keyboard.press("Enter")
        page.page.wait_for_timeout(900)
        if inside.locator(".im-list button").count():
            inside.locator(".im-list button").first.press("Enter")
        if "incident=" in page.page.url:
            break
    page.page.wait_for_selector("article h2")
    assert "incident=2021" in page.page.url
    page.page.get_by_role("button", name="Close the incident").click()
    page.page.wait_for_selector("article", state="detached")
    assert "incident=" not in page.page.url
    page.clean()


def test_link_opens_the_card_with_claims_and_sources(server, new_page) -> None:
    page = new_page().open(f"{server}/?incident=2021-07-25-arundu-troop-flight")
    card = page.page.locator("article")
    card.wait_for()
    text = card.inner_text()
    for words in ("25–27 July 2021", "Who says what", "denies", "46", "Sources", "disputed"):
        assert words in text
    assert card.locator("a[href^=https]").count() > 1


def test_unknown_incident_ends_in_a_sentence(server, new_page) -> None:
    page = new_page().open(f"{server}/?incident=nobody-knows")
    assert "no incident with the id “nobody-knows”" in page.page.locator("section", has_text="No such").inner_text()


def test_empty_choice_says_what_to_do(server, new_page) -> None:
    page = new_page().open(f"{server}/?year=2021&q=zzzz")
    assert page.counted()[0] == 0
    assert page.page.get_by_text("No incident matches").is_visible()
    assert page.drawn() == 0
    page.clean()


def test_brush_over_the_months_sets_the_period(server, new_page) -> None:
    page = new_page().open(server)
    page.brush_months()
    shown, everything = page.counted()
    assert 0 < shown < everything
    first, last = (page.page.get_by_role("slider", name=name) for name in ("First month", "Last month"))
    last.press("End")
    page.page.wait_for_url(re.compile("until=2026-06-30"))
    first.press("Home")
    page.wait_for_count(everything)  # all months together are no filter
    assert "since" not in page.page.url
    first.press("PageUp")
    page.page.wait_for_url(re.compile("since=2022-"))
    assert first.get_attribute("aria-valuetext").endswith(" 2022")
    assert first.evaluate("node => node.getRootNode().activeElement === node")  # for the next press


def test_online_layer_that_does_not_load_leaves_the_vector_map(server, new_page) -> None:
    page = new_page().open(server)
    inside = page.map
    inside.locator(".leaflet-control-layers").hover()
    inside.get_by_text("OpenStreetMap (online)").click()
    inside.get_by_text("the offline map stays").wait_for()
    assert page.elsewhere  # asked for by the user, and only then
    assert inside.evaluate("IncidentMap.drawn()") > 200
    assert not page.errors


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (390, 844)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fits_the_screen(server, new_page, width, height, scheme) -> None:
    page = new_page(width=width, height=height, scheme=scheme).open(server)
    assert page.drawn() > 200
    assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    frame = page.page.locator("iframe[title*=folium]").bounding_box()
    assert frame["height"] >= 0.55 * height
    page.clean()
