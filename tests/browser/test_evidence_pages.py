"""The pages of claimants and of event clusters in Chromium: by mouse, keyboard and link, from one to the other."""

from tests.browser.conftest import FITS, Watched

NIGHT = "durand-line-clashes-2025-10-11"
MAIN = "document.querySelector('[data-testid=stMain]')"


def told(page: Watched) -> None:
    """Wait until the page of the night has its heading, its days and its seven marks."""
    page.page.get_by_role("heading", name="Fighting along the Durand Line, 11–12 October 2025").wait_for()
    page.page.get_by_role("region", name="The event cluster day by day").wait_for()
    page.page.wait_for_url(f"**event={NIGHT}**")
    assert page.drawn() == 7


def back_to_the_list(page: Watched) -> None:
    page.page.get_by_role("button", name="All event clusters").click()
    page.page.get_by_role("region", name="The event cluster day by day").wait_for(state="detached")
    page.settled()


def test_link_click_keyboard_and_widget_open_the_same_event(server, new_page) -> None:
    page = new_page().open(f"{server}/events?event={NIGHT}&year=2025")
    told(page)
    inside = page.map.evaluate(
        "() => { const view = IncidentMap.map.getBounds();"
        " return [view.contains([29.4, 63.4]), view.contains([34.9, 71.2]), IncidentMap.map.getZoom() > 5]; }"
    )
    assert inside == [True, True, True]
    page.faultless()
    page.fits_a_telephone()
    back_to_the_list(page)
    page.faultless()
    page.fits_a_telephone()
    entry = page.page.get_by_role("button", name="Fighting along the Durand Line")
    entry.click()
    told(page)
    back_to_the_list(page)
    entry.focus()
    page.page.evaluate(f"{MAIN}.scrollTo(0, 300)")
    page.page.keyboard.press("Enter")
    told(page)
    assert page.page.evaluate(f"{MAIN}.scrollTop") == 0  # it is read from its beginning, wherever the list stood
    back_to_the_list(page)
    page.page.get_by_role("combobox", name="Event cluster").first.fill("Fighting along")
    page.page.keyboard.press("Enter")
    told(page)

    page.page.get_by_role("region", name="The event cluster day by day").get_by_role("button", name="Overnight").click()
    page.page.get_by_role("article", name="Incident").wait_for()
    page.page.wait_for_url("**/?**year=2025**")
    assert "incident=2025-10-11-durand-line-border-clash" in page.page.url
    assert page.drawn() > 7
    page.page.get_by_role("button", name="Fighting along the Durand Line, 11–12 October 2025: day by day").click()
    told(page)
    page.page.wait_for_url("**year=2025**")
    page.page.get_by_role("button", name="On the map page").click()
    page.wait_for_count(7)
    page.page.wait_for_url(f"**group={NIGHT}**")
    assert page.counted() == (7, 300)
    page.clean()


def test_a_denial_on_a_telephone_then_a_filter_keeps_the_claimant_and_a_pair_opens_its_incident(
    server, new_page
) -> None:
    page = new_page(width=390, height=844).open(f"{server}/who_says_what")
    denied = page.page.get_by_role("region", name="Who denies what")
    denied.locator("summary", has_text="more denials").focus()
    page.page.keyboard.press("Enter")
    denied.get_by_role("heading", name="October 2025").wait_for(state="visible")
    assert "rejects as lies that Pakistan started it" in denied.inner_text()
    assert page.page.evaluate(FITS)
    denied.get_by_role("button", name="Heavy fighting at Spin Boldak").first.focus()
    page.page.keyboard.press("Enter")
    page.page.get_by_role("article", name="Incident").wait_for()
    page.page.wait_for_url("**incident=2025-10-15-spin-boldak-border-clash**")

    page.page.go_back()
    page.page.wait_for_url("**/who_says_what**", wait_until="commit")
    page.page.set_viewport_size({"width": 1440, "height": 900})
    page.settled()
    page.page.locator("[data-testid=stMain]").get_by_role("combobox", name="Claimant").fill("ISPR")
    page.page.keyboard.press("Enter")
    gaps = page.page.get_by_role("heading", name="The widest gaps: Pakistan military (ISPR)")
    gaps.wait_for()
    page.page.wait_for_url("**claimant=pk-ispr**")
    page.page.get_by_role("button", name="clash", exact=True).click()
    page.page.wait_for_url("**category=clash**")
    page.settled()
    gaps.wait_for()
    assert "claimant=pk-ispr" in page.page.url
    page.faultless()
    page.fits_a_telephone()
    pair = page.page.locator("details.pair").first
    pair.locator("summary").focus()
    page.page.keyboard.press("Enter")
    entry = pair.locator("button.row").first
    entry.wait_for(state="visible")
    assert "denies" in pair.inner_text() or "acknowledges" in pair.inner_text()
    entry.focus()
    page.page.keyboard.press("Enter")
    page.page.get_by_role("article", name="Incident").wait_for()
    page.page.wait_for_url("**/?**category=clash**")
    assert "incident=20" in page.page.url
    assert page.drawn() > 0
    page.clean()
