"""Markup in the data stays text, on a server with a store of its own."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT, serve

MARKUP = "<img src=x onerror=alert(1)> **b** :red[c] {{7*7}}"
CHOSEN = "2021-07-25-arundu-troop-flight"


@pytest.fixture(scope="module")
def hostile_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a copy of the project whose texts are markup."""
    folder: Path = tmp_path_factory.mktemp("project")
    for name in ("geo", "ui", "pages", "data", "static", ".streamlit"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "app.py", folder)
    path = folder / "data" / "incidents.geojson"
    store = json.loads(path.read_text("utf-8"))
    for feature in store["features"]:
        incident = feature["properties"]
        incident |= {"title": MARKUP, "summary": MARKUP, "place": MARKUP, "district": MARKUP, "actors": [MARKUP]}
        for claim in incident["claims"]:
            claim |= {"by_text": MARKUP, "note": MARKUP}
        for source in incident["sources"]:
            source |= {"publisher": MARKUP, "title": MARKUP}
    path.write_text(json.dumps(store), encoding="utf-8")
    yield from serve(folder)


def test_the_first_visitor_of_a_server_may_come_by_a_link_to_any_page(hostile_server, new_page) -> None:
    page = new_page().open(f"{hostile_server}/provinces?year=2024")
    page.page.get_by_role("heading", name="Provinces", exact=False).first.wait_for()
    assert page.page.get_by_text("Page not found").count() == 0
    page.clean()


def test_markup_in_the_data_shows_as_text(hostile_server, new_page) -> None:
    page = new_page()
    dialogs = []
    page.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.open(f"{hostile_server}/?incident={CHOSEN}")
    page.page.get_by_role("article", name="Incident").get_by_text("<img src=x onerror=alert(1)>").first.wait_for()
    inside = page.map
    inside.locator(".im-area").first.dispatch_event("mouseover")
    inside.locator(".leaflet-tooltip").first.wait_for()
    inside.locator(".im-area").first.dispatch_event("click")
    page.page.wait_for_timeout(300)
    page.settled()
    assert not markup_in(page)
    page.page.get_by_role("link", name="Provinces").click()
    page.page.get_by_role("combobox", name="Open a profile").fill("Khyber")
    page.page.keyboard.press("Enter")
    page.page.get_by_role("heading", name="Khyber Pakhtunkhwa: where and when").wait_for()
    page.page.get_by_text("<img src=x onerror=alert(1)>").first.wait_for(state="attached")
    page.settled()
    assert not markup_in(page)
    assert dialogs == []
    page.clean()


def markup_in(page) -> int:
    return sum(frame.locator("img[src=x]").count() for frame in page.page.frames)
