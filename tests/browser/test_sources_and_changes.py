"""The pages of sources and of changes in Chromium: by mouse, by keyboard, by link, and with a file."""

import json

import pytest

from geo.sources import cited_sources
from geo.store import IncidentStore


@pytest.fixture(scope="module")
def sources():
    return cited_sources(IncidentStore().read().incidents)


@pytest.fixture(scope="module")
def most_cited(sources):
    return max(sources, key=lambda source: len(source.incidents))


def test_a_publisher_is_chosen_by_keyboard_and_stays_after_a_reload(server, new_page, sources) -> None:
    said = f"{sum(source.publisher == 'Dawn' for source in sources)} of {len(sources)} sources"
    page = new_page().open(f"{server}/sources")
    page.page.get_by_role("button", name="Dawn", exact=False).first.focus()
    page.page.keyboard.press("Enter")
    page.page.wait_for_url("**publisher=Dawn**")
    page.page.get_by_text(said).wait_for()
    page.page.reload()
    page.page.get_by_text(said).wait_for()
    page.clean()


def test_a_row_opens_its_source(server, new_page) -> None:
    page = new_page().open(f"{server}/sources")
    table = page.page.locator("[data-testid=stDataFrame]").first
    table.wait_for()
    table.click(position={"x": 20, "y": 55})
    page.page.get_by_role("article", name="Source").wait_for()
    page.page.wait_for_url("**source=**")
    page.clean()


def test_a_linked_source_leads_to_an_incident_on_the_map(server, new_page, most_cited) -> None:
    page = new_page().open(f"{server}/sources?source={most_cited.key}")
    opened = page.page.get_by_role("article", name="Source")
    opened.get_by_role("heading", name=most_cited.title).wait_for()
    opened.get_by_role("button", name="Angoor Adda").click()
    page.page.get_by_role("article", name="Incident").wait_for()
    page.page.wait_for_url("**incident=2025-10-12-angoor-adda-crossing-closed**")
    page.clean()


@pytest.mark.parametrize(
    ("name", "start"), [("BibTeX", "@misc{"), ("RIS", "TY  - "), ("CSL-JSON", "["), ("CSV", "key,")]
)
def test_the_sources_are_saved_as_a_file(server, new_page, name, start) -> None:
    page = new_page().open(f"{server}/sources?year=2025")
    with page.page.expect_download() as saving:
        page.page.get_by_role("button", name=name, exact=True).first.click()
    assert saving.value.suggested_filename.startswith("sources-2025.")
    assert saving.value.path().read_text("utf-8").startswith(start)
    page.clean()


def test_the_citation_is_saved_as_it_is_shown(server, new_page) -> None:
    page = new_page().open(f"{server}/sources?year=2025")
    with page.page.expect_download() as saving:
        page.page.get_by_role("button", name="Save as Text").click()
    shown = page.page.locator("[data-testid=stMain] [data-testid=stCode]").inner_text()
    assert saving.value.path().read_text("utf-8").strip() == shown.strip()
    page.clean()


def test_an_older_file_is_compared_by_upload(server, new_page, tmp_path) -> None:
    document = json.loads(IncidentStore().path.read_text("utf-8"))
    document["features"][0]["properties"]["title"] = "<img src=x onerror=alert(1)>"
    older = tmp_path / "incidents.geojson"
    older.write_text(json.dumps(document), encoding="utf-8")
    page = new_page().open(f"{server}/changes")
    page.page.locator("input[type=file]").set_input_files(older)
    page.page.get_by_text("1 incident changed.").wait_for()
    page.page.get_by_text("<img src=x onerror=alert(1)>").wait_for()
    assert page.page.locator("img[src=x]").count() == 0
    page.clean()


@pytest.mark.parametrize("address", ["/sources", "/changes"])
def test_is_no_wider_than_a_telephone(server, new_page, address) -> None:
    page = new_page(width=390, height=844).open(server + address)
    page.page.get_by_role("heading", level=2).first.wait_for()
    assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    page.clean()
