"""The pages of claimants and of wider events in Chromium: by mouse, by keyboard and by link, from one to the other."""

import pytest

from tests.browser.conftest import Watched

NIGHT = "durand-line-clashes-2025-10-11"


def told(page: Watched) -> None:
    """Wait until the page of the night has its heading and its days."""
    page.page.get_by_role("heading", name="Fighting along the Durand Line, 11–12 October 2025").wait_for()
    page.page.get_by_role("region", name="The event day by day").wait_for()


@pytest.mark.parametrize("way", ["click", "keyboard", "widget", "link"])
def test_every_way_opens_the_same_event(server, new_page, way) -> None:
    page = new_page().open(f"{server}/events" + (f"?event={NIGHT}" if way == "link" else ""))
    entry = page.page.get_by_role("button", name="Fighting along the Durand Line")
    if way == "click":
        entry.click()
    elif way == "keyboard":
        entry.focus()
        page.page.keyboard.press("Enter")
    elif way == "widget":
        page.page.get_by_role("combobox", name="Wider event").first.fill("Fighting along")
        page.page.keyboard.press("Enter")
    told(page)
    page.page.wait_for_url(f"**event={NIGHT}**")
    assert page.drawn() == 4
    page.clean()


def test_the_map_of_an_event_shows_all_of_it_at_first(server, new_page) -> None:
    page = new_page().open(f"{server}/events?event={NIGHT}")
    inside = page.map.evaluate(
        "() => { const view = IncidentMap.map.getBounds();"
        " return [view.contains([29.4, 63.4]), view.contains([34.9, 71.2]), IncidentMap.map.getZoom() > 5]; }"
    )
    assert inside == [True, True, True]


def test_an_incident_of_an_event_opens_on_the_map_page_and_leads_back(server, new_page) -> None:
    page = new_page().open(f"{server}/events?event={NIGHT}&year=2025")
    told(page)
    assert page.drawn() == 4
    page.page.get_by_role("region", name="The event day by day").get_by_role("button", name="Overnight").click()
    page.page.get_by_role("article", name="Incident").wait_for()
    page.page.wait_for_url("**/?**year=2025**")
    assert "incident=2025-10-11-durand-line-border-clash" in page.page.url
    assert page.drawn() > 4
    page.page.get_by_role("button", name="Fighting along the Durand Line, 11–12 October 2025: day by day").click()
    told(page)
    page.page.wait_for_url("**year=2025**")
    assert page.drawn() == 4
    page.clean()


def test_the_event_on_the_map_page_keeps_to_the_event(server, new_page) -> None:
    page = new_page().open(f"{server}/events?event={NIGHT}")
    told(page)
    page.page.get_by_role("button", name="On the map page").click()
    page.wait_for_count(4)
    page.page.wait_for_url(f"**group={NIGHT}**")
    page.page.reload()
    page.settled()
    assert page.counted() == (4, 232)


def test_a_pair_opens_by_keyboard_and_its_incident_on_the_map(server, new_page) -> None:
    page = new_page().open(f"{server}/who_says_what?year=2025")
    pair = page.page.locator("details.pair").first
    pair.locator("summary").focus()
    page.page.keyboard.press("Enter")
    entry = pair.locator("button.row").first
    entry.wait_for(state="visible")
    assert "denies" in pair.inner_text() or "acknowledges" in pair.inner_text()
    entry.focus()
    page.page.keyboard.press("Enter")
    page.page.get_by_role("article", name="Incident").wait_for()
    page.page.wait_for_url("**/?**year=2025**")
    assert "incident=2025-" in page.page.url
    assert page.drawn() > 0
    page.clean()


def test_a_filter_change_keeps_the_chosen_claimant(server, new_page) -> None:
    page = new_page().open(f"{server}/who_says_what?claimant=pk-ispr")
    page.page.get_by_role("heading", name="The widest gaps: Pakistan military (ISPR)").wait_for()
    page.page.get_by_role("button", name="clash", exact=True).click()
    page.settled()
    page.page.get_by_role("heading", name="The widest gaps: Pakistan military (ISPR)").wait_for()
    page.page.wait_for_url("**category=clash**")
    assert "claimant=pk-ispr" in page.page.url


@pytest.mark.parametrize(("width", "height"), [(390, 844)])
@pytest.mark.parametrize("address", ["/who_says_what", "/events", f"/events?event={NIGHT}"])
def test_fits_the_screen(server, new_page, address, width, height) -> None:
    page = new_page(width=width, height=height).open(server + address)
    page.page.wait_for_timeout(1500)
    assert not page.page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
