"""The page on data quality in Chromium."""

import pytest

HEADINGS = [
    "Coverage by month",
    "How well place and day are known",
    "On whose word",
    "How many sources",
    "Which outlets",
    "Weak sources",
    "Days from event to first report",
    "The store as a whole",
    "Considered and left out",
]


@pytest.mark.parametrize(("width", "height", "scheme"), [(390, 844, "dark")])
def test_it_draws_and_fits_the_screen(server, new_page, width, height, scheme) -> None:
    page = new_page(width=width, height=height, scheme=scheme).open(f"{server}/quality")
    page.page.locator("canvas, .vega-embed svg").first.wait_for()
    for heading in HEADINGS:
        page.page.get_by_role("heading", name=heading, exact=True).wait_for()
    assert not page.page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
    page.clean()


def test_a_filter_changes_what_it_says(server, new_page) -> None:
    page = new_page().open(f"{server}/quality")
    shown, everything = page.counted()
    assert shown == everything
    page.page.get_by_role("button", name="strike", exact=True).click()
    page.page.wait_for_url("**category=strike**")
    page.settled()
    assert page.counted()[0] < everything
    page.clean()


def test_an_incident_on_weak_sources_opens_on_the_map(server, new_page) -> None:
    page = new_page().open(f"{server}/quality")
    page.page.locator("button.row").first.click()
    page.page.wait_for_url("**/?*incident=**")
    page.page.get_by_role("article", name="Incident").wait_for()


def test_the_tables_are_saved(server, new_page) -> None:
    page = new_page().open(f"{server}/quality?year=2025")
    with page.page.expect_download() as saved:
        page.page.get_by_role("button", name="Incidents as CSV").click()
    assert saved.value.suggested_filename == "quality-2025.csv"
