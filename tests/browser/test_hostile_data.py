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


@pytest.mark.parametrize("address", ["/", f"/?incident={CHOSEN}", "/provinces?profile=PK-KP"])
def test_markup_in_the_data_shows_as_text(hostile_server, new_page, address) -> None:
    page = new_page()
    dialogs = []
    page.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.open(hostile_server + address)
    page.page.get_by_text("<img src=x onerror=alert(1)>").first.wait_for(state="attached")
    page.page.wait_for_timeout(2000)
    for frame in page.page.frames:
        assert frame.locator("img[src=x]").count() == 0
    assert dialogs == []
    page.clean()


def test_tooltip_and_list_on_the_map_show_markup_as_text(hostile_server, new_page) -> None:
    page = new_page().open(hostile_server)
    inside = page.map
    inside.locator(".im-area").first.dispatch_event("mouseover")
    inside.locator(".leaflet-tooltip").first.wait_for()
    inside.locator(".im-area").first.dispatch_event("click")
    page.page.wait_for_timeout(800)
    assert inside.locator("img[src=x]").count() == 0
    page.clean()
