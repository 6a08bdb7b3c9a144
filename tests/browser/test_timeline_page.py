"""The timeline page in Chromium: by mouse, by keyboard, narrow and wide, few incidents and many."""

import re

import pytest
from playwright.sync_api import expect

TORKHAM = "2025-02-21-torkham-crossing-closed"
NO_END = "2025-10-12-torkham-crossing-closed"


def opened(page, server, query=""):
    page.open(f"{server}/timeline{query}")
    page.page.locator(".timeline .mark").first.wait_for()
    page.settled()
    return page


@pytest.fixture(scope="module")
def timeline(first_page):
    """The page, come to from the map page, to which it goes back at the end."""
    first_page.in_front().as_at_first()
    first_page.page.get_by_role("link", name="Timeline").click()
    first_page.page.locator(".timeline .mark").first.wait_for()
    first_page.settled()
    yield first_page
    first_page.page.get_by_role("link", name="Map", exact=True).click()
    assert first_page.drawn() > 0


def with_years(page, *, of_2025: bool):
    """Have all years shown, or 2025 alone."""
    if ("year=2025" in page.page.url) is not of_2025:
        before = page.page.locator(".timeline .mark").count()
        page.page.get_by_role("button", name="2025", exact=True).click()
        expect(page.page.locator(".timeline .mark")).not_to_have_count(before)
        page.settled()
    return page


@pytest.fixture
def all_years(timeline):
    """The page with everything, which tests leave as it is."""
    return with_years(timeline, of_2025=False)


@pytest.fixture
def one_year(timeline):
    """The page of 2025, which tests leave without a card."""
    return with_years(timeline, of_2025=True)


def mark(page, incident_id):
    return page.page.locator(f'.timeline [data-choose="{incident_id}"]')


def close_card(page) -> None:
    page.page.get_by_role("button", name="Close the incident").click()
    page.page.wait_for_selector("article", state="detached")
    page.settled()


def test_every_incident_has_a_mark_in_its_lane(all_years, incidents) -> None:
    assert all_years.page.locator(".timeline .mark").count() == len(incidents)
    all_years.clean()


def test_a_day_that_is_not_known_is_marked_however_short_its_days_are(all_years, incidents) -> None:
    unsure = [incident.id for incident in incidents if incident.date_precision != "day"]
    signs = all_years.page.locator(".timeline .mark:has(path.within)")
    assert sorted(signs.evaluate_all("nodes => nodes.map((node) => node.dataset.choose)")) == sorted(unsure)


def test_a_click_opens_the_card_beside_it_and_marks_it(one_year) -> None:
    mark(one_year, TORKHAM).click()
    one_year.page.wait_for_url(f"**incident={TORKHAM}**")
    one_year.page.get_by_role("heading", name="Torkham shut in a dispute").wait_for()
    assert mark(one_year, TORKHAM).get_attribute("aria-current") == "true"
    close_card(one_year)
    one_year.clean()


def test_keys_go_along_a_lane_and_to_the_next_and_open_a_card(one_year) -> None:
    mark(one_year, TORKHAM).focus()
    began = one_year.page.locator(".timeline [data-lane='0'] .mark").count()
    assert began > 10
    keyboard = one_year.page.keyboard
    keyboard.press("ArrowDown")
    assert one_year.page.locator(".timeline [data-lane='1'] .mark:focus").count() == 1
    keyboard.press("End")
    keyboard.press("Home")
    first = one_year.page.locator(".timeline [data-lane='1'] .mark").first
    assert first.evaluate("node => node.matches(':focus')")
    assert one_year.page.locator(".timeline .mark[tabindex='0']").count() == 1
    keyboard.press("Enter")
    one_year.page.wait_for_url(f"**incident={first.get_attribute('data-choose')}**")
    close_card(one_year)


def test_a_tooltip_says_what_and_when_by_mouse_and_by_keyboard(one_year) -> None:
    tip = one_year.page.locator(".timeline .tip")
    mark(one_year, NO_END).hover()
    tip.wait_for()
    assert "no end on record" in tip.inner_text()
    assert "Arrow keys" not in tip.inner_text()
    one_year.page.mouse.move(5, 5)
    mark(one_year, "2025-03-19-torkham-crossing-reopened").focus()
    one_year.page.keyboard.press("ArrowLeft")
    one_year.page.keyboard.press("ArrowRight")
    expect(tip).to_contain_text("2025 ·")
    expect(tip).to_contain_text("Arrow keys move along a lane")


def test_a_bar_is_as_long_as_it_lasted(one_year) -> None:
    bar = mark(one_year, TORKHAM).locator("rect:not(.ring)").bounding_box()["width"]
    months = one_year.page.locator(".timeline line.tick")
    year = months.nth(11).bounding_box()["x"] - months.nth(0).bounding_box()["x"]
    assert bar == pytest.approx(27 * year / 334, abs=2)


def test_it_is_accessible(one_year) -> None:
    one_year.faultless()
    one_year.fits_a_telephone()


def test_without_an_end_on_record_a_bar_fades_and_has_one_length_whatever_the_scale(timeline) -> None:
    widths = []
    for of_2025 in (True, False):
        node = mark(with_years(timeline, of_2025=of_2025), NO_END)
        assert "no end on record" in node.get_attribute("aria-label")
        assert node.locator("path[fill^=url]").count() == 1
        widths.append(node.locator("path[fill^=url]").bounding_box()["width"])
    assert widths[0] == pytest.approx(widths[1], abs=1)


def test_a_brush_over_the_months_sets_the_period(all_years) -> None:
    all_years.brush_months()
    shown, everything = all_years.counted()
    expect(all_years.page.locator(".timeline .mark")).to_have_count(shown)
    all_years.page.locator("[data-testid=stSidebar]").get_by_role("button", name=re.compile("Reset")).click()
    all_years.wait_for_count(everything)
    all_years.clean()


def test_lanes_of_provinces_fit_the_screen_with_a_mark_in_each_lane(server, new_page, incidents) -> None:
    page = opened(new_page(width=390, height=844, scheme="dark"), server, "?lanes=province")
    assert page.page.locator(".timeline .mark").count() == sum(len(i.provinces) or 1 for i in incidents)
    assert not page.page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
    frame = page.page.locator(".timeline").bounding_box()
    for node in page.page.locator(".timeline .mark .ring").all()[::20]:
        box = node.bounding_box()
        assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 8
    page.clean()
