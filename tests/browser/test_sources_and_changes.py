"""The pages of sources and of changes in Chromium: by mouse, by keyboard, by link, and with a file."""

import json

from geo.evidence.reliability import cited_sources
from geo.selection import Filters
from geo.store.incident_store import IncidentStore
from geo.versions.comparing import compare
from geo.versions.released import read_edition, read_log, read_release, releases

STORE = IncidentStore()
SAVED = {"BibTeX": "@misc{", "RIS": "TY  - ", "CSL-JSON": "[", "CSV": "\ufeffkey,"}
"""What a file of sources begins with, by the name of its button."""


def test_sources_are_saved_chosen_by_publisher_and_lead_to_an_incident_on_the_map(server, new_page, table) -> None:
    sources = cited_sources(table.selected(Filters(year=(2025,))))
    page = new_page().open(f"{server}/sources?year=2025")
    for name, start in SAVED.items():
        with page.page.expect_download() as saving:
            page.page.get_by_role("button", name=name, exact=True).first.click()
        assert saving.value.suggested_filename.startswith("sources-2025.")
        assert saving.value.path().read_text("utf-8").startswith(start)
    with page.page.expect_download() as saving:
        page.page.get_by_role("button", name="Save as Text").click()
    shown = page.page.locator("[data-testid=stMain] [data-testid=stCode]").inner_text()
    assert saving.value.path().read_text("utf-8").strip() == shown.strip()

    said = f"{sum(source.publisher == 'Dawn' for source in sources)} of {len(sources):,} sources"
    page.page.get_by_role("button", name="Dawn", exact=False).first.focus()
    page.page.keyboard.press("Enter")
    page.page.wait_for_url("**publisher=Dawn**")
    page.page.get_by_text(said).wait_for()
    page.faultless()
    page.fits_a_telephone()
    page.settled()

    rows = page.page.get_by_role("grid")
    assert rows.evaluate("rows => rows.scrollWidth <= rows.parentNode.clientWidth")  # no column is cut
    rows.locator("tbody td").first.click()
    opened = page.page.get_by_role("article", name="Source")
    opened.wait_for()
    page.page.wait_for_url("**source=**")
    opened.locator("button.row").first.click()
    page.page.get_by_role("article", name="Incident").wait_for()
    page.page.wait_for_url("**incident=**")
    page.clean()


def test_changes_are_listed_by_choice_and_by_upload(server, new_page, tmp_path) -> None:
    oldest = releases(read_log())[-1]
    changed = compare(read_edition(*read_release(oldest)), read_edition(*(f.read_bytes() for f in STORE.files)))
    document = json.loads(STORE.path.read_text("utf-8"))
    document["features"][0]["properties"]["title"] = "<img src=x onerror=alert(1)>"
    older = tmp_path / "incidents.geojson"
    older.write_text(json.dumps(document), encoding="utf-8")
    page = new_page().open(f"{server}/changes")
    page.page.get_by_role("combobox", name="Changes since").click()
    page.page.get_by_role("option", name=oldest.name).click()
    page.page.wait_for_url("**from=**")

    def listed() -> None:
        shown = page.page.locator("[data-testid=stMetric]").filter(has_text="Incidents changed")
        shown.get_by_text(f"{len(changed.changed):,}", exact=True).wait_for()
        entries = page.page.get_by_role("group", name="Changes by incident").locator("ul.gaps > li")
        entries.nth(len(changed.incidents) - 1).wait_for(state="attached")
        assert entries.count() == len(changed.incidents)

    def short() -> None:
        assert page.page.locator("[data-testid=stMain]").evaluate("main => main.scrollHeight") < 20_000

    listed()
    page.faultless()
    page.page.locator("input[type=file]").set_input_files(older)
    page.page.get_by_text("1 incident changed.").wait_for()
    page.page.get_by_text("<img src=x onerror=alert(1)>").wait_for()
    assert page.page.locator("img[src=x]").count() == 0
    page.fits_a_telephone(short)
    page.clean()
