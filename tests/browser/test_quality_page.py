"""The page on data quality in Chromium."""

from geo.store.incident_store import IncidentStore

HEADINGS = [
    "Coverage by month",
    "More incidents, or more research?",
    "How well place and day are known",
    "Who makes the claims",
    "How many sources",
    "Which news outlets",
    "Weak sources",
    "Days from event to first report",
    "The store as a whole",
    "Considered and left out",
]


def test_it_draws_obeys_a_filter_saves_a_table_and_opens_an_incident_on_the_map(server, new_page) -> None:
    page = new_page().open(f"{server}/quality")
    page.page.locator("canvas, .vega-embed svg").first.wait_for()
    for heading in HEADINGS:
        page.page.get_by_role("heading", name=heading, exact=True).wait_for()
    page.faultless()
    page.fits_a_telephone()
    shown, everything = page.counted()
    assert shown == everything
    page.page.get_by_role("button", name="clash", exact=True).click()
    page.page.wait_for_url("**category=clash**")
    page.wait_for_count(sum(i.category == "clash" for i in IncidentStore().read().incidents))
    with page.page.expect_download() as saved:
        page.page.get_by_role("button", name="Incidents as CSV").click()
    assert saved.value.suggested_filename == "quality-clash.csv"
    page.page.locator("button.row").first.click()
    page.page.wait_for_url("**/?*incident=**")
    page.page.get_by_role("article", name="Incident").wait_for()
    page.clean()
