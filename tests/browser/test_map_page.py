"""The map page in Chromium, with every other host blocked."""

import json
import re

import pytest
from playwright.sync_api import expect

from geo.store.incident_store import INCIDENTS_FILE
from tests.browser.conftest import FITS, FOCUSED, VIEW, Playback

MARK_THE_MAP = """() => {
  window.still_here = true;
  window.remounted = 0;
  const ground = document.querySelector('#map_div');
  new MutationObserver(() => { if (!ground.isConnected || !ground.classList.contains('im-ready')) window.remounted++; })
    .observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['class'] });
}"""
HOLLOW = """([counts, disputed]) => [...IncidentMap.symbols.area(counts, disputed).svg.children].slice(2)
  .filter(({ tagName }) => tagName !== 'text')
  .every((part) => part.getAttribute('fill') === IncidentMap.palette().paper)"""
"""Whether the symbol in a badge, or the bar under its number, is hollow."""
BADGES = [([["strike", 1]], 1), ([["strike", 1]], 0), ([["strike", 1], ["clash", 2]], 3), ([["strike", 3]], 2)]
"""What badges stand for by kind, and how many of that are disputed."""
OUTER_LINES = """() => {
  const kinds = [['strike', 3], ['clash', 1]], { area, cluster, donut } = IncidentMap.symbols;
  return [area(kinds, 0, 1), cluster(kinds, 1), donut(kinds, 1, '4'), cluster(kinds, 0)]
    .map(({ svg }) => [...svg.querySelectorAll('[pathLength]')].map((line) => line.getAttribute('stroke-dasharray')));
}"""
"""How far the line of imported incidents goes around a badge and discs of four, of which one or none is imported."""
HAS_FOCUS = "node => node.getRootNode().activeElement === node"
ON_THE_MAP = """() => [document.activeElement.ariaLabel, map_div.getZoom(),
  document.querySelectorAll('.im-list').length]"""
"""Where the keyboard is, how near, and whether a list is open."""
LEGEND_KINDS = """() => {
  const inside = document.querySelector('.im-legend div').innerHTML.toLowerCase();
  return IncidentMap.settings.symbols.categories.map(({ code }) => code)
    .filter((code) => inside.includes(IncidentMap.palette()[code].toLowerCase()));
}"""
"""Kinds of which the legend has the colour."""
UNDER_THE_MAP = """() => {
  const box = (name) => document.querySelector(name).getBoundingClientRect();
  return box('.im-playback').top >= box('#map_div').bottom - 1;
}"""
RINGS = """() => Object.values(map_div._layers)
  .filter((layer) => layer instanceof L.Circle && layer.options.pane === 'rings')
  .map((ring) => [ring.getLatLng().lat, ring.getLatLng().lng, ring.getRadius() / 1000, Boolean(ring.options.dashArray)])
"""
"""Latitude, longitude, kilometres of each circle of uncertainty, and whether it is broken."""
ON_THE_LINE = """async (level) => {
  const { features } = await IncidentMap.file(`${level}-lines`);
  const places = new Set(features.flatMap(({ geometry }) => geometry.coordinates.map(([x, y]) => `${y} ${x}`)));
  const bands = Object.values(map_div._layers)
    .filter((layer) => layer instanceof L.Polyline && !(layer instanceof L.Polygon) && layer.options.pane === 'rings');
  const turns = bands.flatMap((band) => band.getLatLngs().slice(1, -1));
  return bands.length > 0 && turns.every(({ lat, lng }) => places.has(`${lat} ${lng}`));
}"""
"""Whether the bands along borders turn where the lines of a level of detail do."""


@pytest.fixture(scope="module")
def counts():
    """How many incidents a selection has, counted from the file itself."""
    features = json.loads(INCIDENTS_FILE.read_text("utf-8"))["features"]

    def count(condition) -> int:
        return sum(condition(feature["properties"]) for feature in features)

    return count


def of_2025(incident) -> bool:
    return incident["date_start"].startswith("2025")


def chosen(page, name) -> None:
    page.page.get_by_role("button", name=name, exact=True).click()


def test_a_bare_link_brings_the_map_before_the_filter_bar_and_at_its_width(whole) -> None:
    assert whole.order == ["component_instance", "button_group"]
    width = whole.page.evaluate("document.querySelector('iframe[title*=folium]').clientWidth")
    assert whole.page.evaluate("first_width") == width
    assert whole.page.get_by_role("button", name="strike", exact=True).is_visible()


def test_draws_every_incident_with_a_place(whole, counts) -> None:
    everything = counts(lambda _: True)
    assert whole.counted() == (everything, everything)
    assert whole.drawn() == counts(lambda i: i["location_precision"] != "country")
    assert [whole.map.evaluate(HOLLOW, badge) for badge in BADGES] == [True, False, True, False]
    assert whole.map.evaluate(OUTER_LINES) == [["0.25 1"], ["0.25 1"], ["0.25 1"], []]
    whole.clean()


def test_rings_are_as_wide_as_places_are_uncertain_and_broken_round_districts(whole, incidents) -> None:
    drawn = whole.map.evaluate(RINGS)
    near = {(i.lat, i.lon, i.uncertainty_km) for i in incidents if i.location_precision in ("exact", "near")}
    districts = {i.uncertainty_km for i in incidents if i.location_precision == "district"}
    assert {(lat, lon, round(km, 6)) for lat, lon, km, broken in drawn if not broken} == near
    assert len([ring for ring in drawn if ring[3]]) > 0
    assert {round(km, 6) for _, _, km, broken in drawn if broken} <= districts


@pytest.mark.parametrize(("zoom", "level"), [(5, "overview"), (8, "overview"), (10, "detail"), (13, "detail")])
def test_the_band_of_a_stretch_of_border_lies_on_the_line_as_it_is_drawn(whole, zoom, level) -> None:
    whole.map.evaluate("zoom => void map_div.setView([31, 66.4], zoom, { animate: false })", zoom)
    whole.map.wait_for_function(ON_THE_LINE, arg=level, polling=100)
    whole.as_at_first()


def test_fits_the_screen_and_is_accessible(whole) -> None:
    for width, height in ((1440, 900), (1024, 768)):
        whole.page.set_viewport_size({"width": width, "height": height})
        whole.page.wait_for_function(FITS, polling=50)
        whole.settled()
        frame = whole.page.locator("iframe[title*=folium]").bounding_box()
        assert frame["height"] >= 0.55 * height
        assert whole.page.evaluate(FITS)
    whole.page.set_viewport_size({"width": 1440, "height": 900})
    whole.faultless()


def test_says_how_many_lie_outside_the_view(whole) -> None:
    told = whole.map.locator(".im-outside")
    assert told.is_hidden()
    whole.map.evaluate("void map_div.setView([50, 0], 6, {animate: false})")
    told.filter(has_text=f"{whole.drawn()} outside this view").wait_for()
    assert told.evaluate(
        "node => node.getBoundingClientRect().top >= map_div.getContainer().getBoundingClientRect().bottom"
    )
    told.click()
    told.wait_for(state="hidden")
    whole.clean()


def test_pan_and_zoom_send_nothing_to_the_server(whole) -> None:
    inside = whole.map
    whole.quiet()
    before = whole.sent
    for move in ("map_div.panBy([150, -80])", "map_div.zoomIn(2)"):
        inside.evaluate(f"new Promise((moved) => {{ map_div.once('moveend', () => moved()); {move}; }})")
    zoom = inside.evaluate("map_div.getZoom()")
    inside.locator(".leaflet-control-zoom-out").click()
    inside.wait_for_function("zoom => map_div.getZoom() < zoom", arg=zoom)
    whole.quiet()
    assert whole.sent == before
    whole.clean()


def test_a_filter_keeps_the_map_and_goes_to_its_incidents_unless_somebody_sees_them_all(whole, counts) -> None:
    inside = whole.map
    inside.evaluate(MARK_THE_MAP)
    inside.locator(".leaflet-control-zoom-out").click()
    inside.wait_for_function("map_div.getZoom() === 5")
    whole.page.wait_for_url(re.compile(r"view=[\d.,]+,5$"))
    seen = inside.evaluate(VIEW)
    chosen(whole, "2025")
    whole.wait_for_count(counts(of_2025))
    inside.wait_for_function("n => IncidentMap.drawn() === n", arg=counts(of_2025))
    assert inside.evaluate("[window.still_here, window.remounted]") == [True, 0]
    assert inside.evaluate(VIEW) == seen
    for _ in range(3):
        inside.locator(".leaflet-control-zoom-in").click()
        whole.page.wait_for_timeout(400)  # a zoom on its way takes no other
    whole.page.wait_for_url(re.compile(rf"view=[\d.,]+,{inside.evaluate('map_div.getZoom()')}(&|$)"))
    near, link = inside.evaluate(VIEW), whole.page.url
    assert near[0] > seen[0]
    whole.page.reload()
    whole.wait_for_count(counts(of_2025))
    assert whole.map.evaluate(VIEW) == pytest.approx(near, abs=0.01)
    chosen(whole, "Tajikistan")
    in_tajikistan = counts(lambda i: of_2025(i) and i["country"] == "TJ")
    whole.wait_for_count(in_tajikistan)
    whole.map.wait_for_function("map_div.getCenter().lat > 36.5")
    assert "view=" in link
    assert "view=" not in whole.page.url
    whole.map.get_by_role("button", name="Whole region").click()
    whole.map.wait_for_function("map_div.getCenter().lat < 35")
    whole.map.get_by_role("button", name="Fit the selected incidents").click()
    whole.map.wait_for_function("map_div.getCenter().lat > 36.5")
    whole.clean()


def test_the_page_scrolls_over_the_map_unless_the_wheel_is_meant_for_it(whole) -> None:
    frame = whole.page.locator("iframe[title*=folium]").bounding_box()
    whole.page.mouse.move(frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2)
    zoom, scrolled = "map_div.getZoom()", "document.querySelector('[data-testid=stMain]').scrollTop"
    before = whole.map.evaluate(zoom)
    whole.page.mouse.wheel(0, 200)
    whole.page.wait_for_function(f"() => {scrolled} > 0")
    whole.map.get_by_text("click into the map first").wait_for()
    assert whole.map.evaluate(zoom) == before
    whole.page.mouse.wheel(0, -400)
    whole.page.wait_for_function(f"() => {scrolled} === 0")
    whole.page.keyboard.down("Control")
    whole.page.mouse.wheel(0, -200)
    whole.page.keyboard.up("Control")
    whole.map.wait_for_function(f"{zoom} > {before}")
    assert whole.page.evaluate(scrolled) == 0
    assert whole.page.evaluate("innerWidth") == 1440  # the page is not zoomed
    whole.clean()


def test_click_and_keyboard_choose_what_stands_in_the_url(whole, counts) -> None:
    strikes = counts(lambda i: of_2025(i) and i["category"] == "strike")
    chosen(whole, "2025")
    whole.wait_for_count(counts(of_2025))
    chosen(whole, "strike")
    whole.wait_for_count(strikes)
    assert {"year=2025", "category=strike"} <= set(whole.page.url.partition("?")[2].split("&"))
    for name in ("2025", "strike"):
        whole.page.get_by_role("button", name=name, exact=True).focus()
        whole.page.keyboard.press("Enter")
        whole.settled()
    whole.wait_for_count(counts(lambda _: True))
    assert "=" not in whole.page.url
    chosen(whole, "Tajikistan")
    whole.wait_for_count(counts(lambda i: i["country"] == "TJ"))
    assert "country=TJ" in whole.page.url  # its code, not its name


def test_badges_that_overlap_are_no_ring_of_known_places(whole) -> None:
    more = whole.page.get_by_text("More filters")
    more.click()
    chosen(whole, "province")
    whole.page.wait_for_url("**precision=province**")
    whole.settled()
    whole.map.locator(".im-cluster.im-area").first.wait_for()
    assert whole.map.locator(".im-cluster:not(.im-area)").count() == 0
    more.click()  # closed again, as it was
    whole.clean()


def test_the_table_sorts_by_day_and_shows_when_in_words(whole) -> None:
    grid = whole.page.get_by_role("grid", name="The selected incidents, latest first")
    head = grid.get_by_role("button", name="When")
    days = []
    for order in ("ascending", "descending", "none"):
        head.click()
        assert grid.get_by_role("columnheader", name="When").get_attribute("aria-sort") == order
        days.append(grid.locator("td:first-child").evaluate_all("cells => cells.map(cell => cell.dataset.sort)"))
    assert days[0] == sorted(days[0])
    assert days[1] == sorted(days[1], reverse=True)
    assert days[0][0] != days[1][0]
    whole.clean()


def test_keys_go_through_the_table_and_open_a_card_that_leads_back(whole) -> None:
    page, grid = whole.page, whole.page.get_by_role("grid", name="The selected incidents, latest first")
    rows = grid.locator("tbody tr")
    seen = grid.evaluate("grid => [...grid.tHead.rows[0].cells].map(cell => cell.getBoundingClientRect().right)")
    heads = grid.get_by_role("columnheader").all_inner_texts()
    assert seen[heads.index("Killed")] <= grid.locator("xpath=..").evaluate("box => box.getBoundingClientRect().right")
    rows.nth(1).locator("td").first.click()
    card = page.get_by_role("article", name="Incident")
    card.wait_for()
    whole.settled()
    assert rows.nth(1).get_attribute("aria-selected") == "true"
    assert card.locator("h2").evaluate(HAS_FOCUS)
    assert 0 <= card.bounding_box()["y"] < 450
    card.evaluate("card => card.closest('.panel').scrollTo(0, 600)")
    assert page.get_by_role("button", name="Close the incident").is_visible()
    page.keyboard.press("Escape")
    card.wait_for(state="detached")
    assert rows.nth(1).evaluate(HAS_FOCUS)
    assert rows.nth(1).get_attribute("aria-selected") == "false"
    for key, row in (("ArrowDown", 2), ("ArrowDown", 3), ("ArrowUp", 2), ("Home", 0)):
        page.keyboard.press(key)
        assert rows.nth(row).evaluate(HAS_FOCUS)
    assert "incident=" not in page.url
    page.keyboard.press("Space")
    card.wait_for()
    whole.settled()
    page.get_by_role("button", name="Close the incident").click()
    card.wait_for(state="detached")
    assert rows.nth(0).evaluate(HAS_FOCUS)
    whole.clean()


def test_the_selection_is_saved_from_the_head_of_the_page(whole) -> None:
    whole.page.get_by_role("button", name="Files").click()
    for name, file in (("CSV", "incidents.csv"), ("Notes on the CSV", "incidents.csv-metadata.json")):
        with whole.page.expect_download() as saving:
            whole.page.get_by_role("button", name=name, exact=True).click()
        assert saving.value.suggested_filename == file
        assert saving.value.path().read_bytes()[:2] == {"CSV": b"\xef\xbb"}.get(name, b"{\n")
    whole.page.keyboard.press("Escape")
    whole.clean()


@pytest.mark.parametrize(
    ("category", "colours"),
    [pytest.param("strike", {"strike"}, id="strikes"), pytest.param("crossing", {"crossing"}, id="crossings")],
)
def test_the_legend_has_no_colour_that_is_not_drawn(whole, counts, category, colours) -> None:
    chosen(whole, category)
    whole.wait_for_count(counts(lambda i: i["category"] == category))
    whole.map.wait_for_function("n => document.querySelectorAll('.im-legend div p').length > n", arg=3)
    assert set(whole.map.evaluate(LEGEND_KINDS)) == colours
    chosen(whole, category)
    whole.wait_for_count(counts(lambda _: True))


def test_empty_choice_says_what_to_do(whole) -> None:
    box = whole.page.get_by_role("textbox", name="Text")
    box.press_sequentially("zzzz")
    box.press("Enter")
    whole.wait_for_count(0)
    assert whole.page.get_by_text("No incidents match").is_visible()
    assert whole.drawn() == 0
    whole.clean()


@pytest.mark.parametrize("key", ["Enter", "Tab"])
def test_two_dates_count_as_they_are_typed(whole, key) -> None:
    for name, typed in (("Since", "01032025"), ("Until", "30062025")):
        whole.page.get_by_role("spinbutton", name=f"day, {name}").click()
        whole.page.keyboard.type(typed)
        whole.page.keyboard.press(key)
    whole.page.wait_for_url(re.compile("since=2025-03-01&until=2025-06-30"))
    if key == "Enter":  # with its calendar closed
        whole.page.keyboard.type("2026")
        whole.page.keyboard.press(key)
        whole.page.wait_for_url(re.compile("since=2025-03-01&until=2026-06-30"))
    whole.settled()


def test_brush_over_the_months_sets_the_period(whole) -> None:
    whole.brush_months()
    shown, everything = whole.counted()
    assert 0 < shown < everything
    first, last = (whole.page.get_by_role("slider", name=name) for name in ("First month", "Last month"))
    last.press("End")
    whole.page.wait_for_url(re.compile("until=2026-06-30"))
    first.press("Home")
    whole.wait_for_count(everything)  # all months together are no filter
    assert "since" not in whole.page.url
    first.press("PageUp")
    whole.page.wait_for_url(re.compile("since=2022-"))
    assert first.get_attribute("aria-valuetext").endswith(" 2022")
    assert first.evaluate("node => node.getRootNode().activeElement === node")  # for the next press


@pytest.fixture(scope="module")
def tab(shared_page):
    """A tab beside the first that several tests open links in."""
    return shared_page()


def test_a_link_opens_its_choice_beside_another_tab_and_on_the_next_page(whole, tab, counts, server) -> None:
    second = tab
    second.open(f"{server}/?year=2025&category=strike&rule=lowest")
    strikes = counts(lambda i: of_2025(i) and i["category"] == "strike")
    assert second.counted()[0] == strikes
    assert second.order == ["button_group", "component_instance"]  # who has chosen sees the filter bar first
    chosen(whole.in_front(), "crossing")
    whole.wait_for_count(counts(lambda i: i["category"] == "crossing"))
    assert second.in_front().counted()[0] == strikes
    entries = second.page.evaluate("history.length")
    second.page.get_by_role("link", name="Provinces").click()
    second.page.wait_for_url(re.compile("/provinces"), wait_until="commit")
    second.wait_for_count(strikes)
    assert second.page.evaluate("history.length") == entries + 1
    second.page.go_back()
    second.page.wait_for_url(re.compile(r":\d+/\?"), wait_until="commit")
    second.wait_for_count(strikes)
    assert {"category=strike", "rule=lowest", "year=2025"} <= set(second.page.url.partition("?")[2].split("&"))
    second.clean()

    drawn = second.drawn()
    inside = second.map
    inside.locator(".leaflet-control-layers").hover()
    inside.get_by_text("OpenStreetMap (online)").click()
    inside.get_by_text("the offline map stays").wait_for()
    assert second.elsewhere  # asked for by the user, and only then
    assert inside.evaluate("IncidentMap.drawn()") == drawn > 0
    assert not second.errors


def test_keyboard_opens_a_card_and_closes_it(whole, counts) -> None:
    page, inside = whole, whole.map
    chosen(whole, "2021")
    whole.wait_for_count(counts(lambda i: i["date_start"].startswith("2021")))
    chosen(whole, "Tajikistan")
    few = counts(lambda i: i["date_start"].startswith("2021") and i["country"] == "TJ")
    whole.wait_for_count(few)
    inside.wait_for_function("n => IncidentMap.drawn() === n", arg=few)
    inside.wait_for_selector(".im-mark[role=button][tabindex='0'], .im-cluster[tabindex='0']")
    for _ in range(4):  # clusters open out before an incident can be chosen
        inside.locator(".im-mark[role=button]:visible, .im-cluster:visible").first.focus()
        for key in ("Shift+Tab", "Tab"):  # by the keyboard, which alone is told what it can do
            page.page.keyboard.press(key)
        expect(inside.locator(".im-keys")).to_have_text("Arrow keys move between marks, Enter opens, Escape goes back.")
        page.page.keyboard.press("Enter")
        page.page.wait_for_timeout(900)
        if inside.locator(".im-list button").count():
            inside.locator(".im-list button").first.press("Enter")
        if "incident=" in page.page.url:
            break
    page.page.wait_for_selector("article h2")
    assert "incident=2021" in page.page.url
    title = page.page.locator("article h2").inner_text()
    assert page.page.evaluate(FOCUSED) == title
    chosen(whole, "strike")
    page.settled()
    # Not on the card, though that is another one now: on the pill, or on that which had it last in the group.
    assert page.page.evaluate(FOCUSED) in {"strike", "crossing"}
    inside.wait_for_function("IncidentMap.drawn() === 0")
    page.page.get_by_role("button", name="Close the incident").press("Enter")
    page.page.wait_for_selector("article", state="detached")
    page.settled()
    assert page.page.evaluate(FOCUSED) == "The selected incidents in numbers"
    assert inside.evaluate("IncidentMap.drawn()") == 0  # the map is the same one, though nothing is left on it
    assert "incident=" not in page.page.url
    page.clean()


@pytest.mark.parametrize(
    ("centre", "zoom", "mark"),
    [
        pytest.param([33.5, 70], 6, ".im-cluster:not(.im-area)", id="disc"),
        pytest.param([34.1, 71.1], 14, ".im-cluster:not(.im-area)", id="disc that zooming does not part"),
        pytest.param([34.1, 71.1], 10, ".im-mark.im-area[aria-label^='2 incidents']", id="badge with a list"),
    ],
)
def test_escape_takes_back_what_enter_has_opened_with_the_keyboard_where_it_was(whole, centre, zoom, mark) -> None:
    inside = whole.map
    inside.evaluate("([centre, zoom]) => void map_div.setView(centre, zoom, { animate: false })", [centre, zoom])
    whole.page.wait_for_timeout(500)  # until discs have come apart
    inside.locator(f"{mark}:visible").first.focus()
    before = inside.evaluate(ON_THE_MAP)
    whole.page.keyboard.press("Enter")
    inside.wait_for_function(f"before => JSON.stringify(({ON_THE_MAP})()) !== JSON.stringify(before)", arg=before)
    inside.wait_for_function("document.activeElement.matches('.im-mark, .im-cluster, .im-list button')")
    whole.page.keyboard.press("Escape")
    inside.wait_for_function(f"before => JSON.stringify(({ON_THE_MAP})()) === JSON.stringify(before)", arg=before)
    whole.as_at_first()


def test_link_opens_the_card_with_claims_and_sources(server, tab) -> None:
    tab.elsewhere.clear()  # what a test before had asked for
    page = tab.open(f"{server}/?incident=2021-07-25-arundu-troop-flight")
    card = page.page.locator("article")
    card.wait_for()
    text = card.inner_text()
    for words in ("25–27 July 2021", "Who says what", "denies", "46", "Sources", "disputed"):
        assert words in text
    assert card.locator("a[href^=https]").count() > 1
    page.faultless()
    page.clean()

    playback = Playback(page)  # the ring stays only while the incident is shown
    assert playback.map.locator(".im-halo").count() == 1
    playback.open().to("June 2021")
    assert playback.map.locator(".im-halo").count() == 0
    playback.to("July 2021")
    assert playback.map.locator(".im-halo").count() == 1


def test_a_link_to_an_incident_shows_all_of_the_stretch_on_which_it_may_have_been(server, tab) -> None:
    page = tab.open(f"{server}/?incident=2025-10-11-durand-line-border-clash")
    page.page.locator("article").wait_for()
    south, north = page.map.evaluate("() => [map_div.getBounds().getSouth(), map_div.getBounds().getNorth()]")
    assert north - south > 5  # degrees, of a stretch of 1,660 km


def test_fits_a_telephone_with_the_bar_of_playback_under_the_map_and_the_pages_by_a_button(server, new_page) -> None:
    page = new_page(width=390, height=844, scheme="dark").open(server)
    assert page.drawn() > 200
    page.faultless()
    assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    assert page.page.locator("iframe[title*=folium]").bounding_box()["height"] >= 0.55 * 844

    playback = Playback(page).open()
    playback.map.wait_for_function(UNDER_THE_MAP)
    bar, ground = (playback.map.locator(name).bounding_box() for name in (".im-playback", "#map_div"))
    assert bar["y"] >= ground["y"] + ground["height"] - 1
    assert bar["width"] <= 390
    assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")

    page.page.locator("[data-testid=stExpandSidebarButton]").click()
    filters = page.page.locator("[data-testid=stSidebar]")
    filters.get_by_role("button", name="strike", exact=True).click()
    page.page.wait_for_url("**category=strike**")
    assert not filters.get_by_role("link", name="Timeline").is_visible()  # the pages are not among the filters
    filters.get_by_role("button").first.press("Enter")  # away with them
    entries = page.page.evaluate("history.length")
    page.page.locator("summary", has_text="Pages").press("Enter")
    pages = page.page.get_by_role("navigation", name="Pages")
    assert pages.get_by_role("link", name="Map", exact=True).get_attribute("aria-current") == "page"
    assert pages.get_by_role("listitem").count() == pages.get_by_role("link").count() > 9
    pages.get_by_role("link", name="Provinces", exact=True).click()
    page.page.wait_for_url("**/provinces?category=strike")
    page.page.get_by_role("heading", name="Incidents by province").wait_for()
    assert page.page.evaluate("history.length") == entries + 1
    page.clean()
