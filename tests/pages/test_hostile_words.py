"""Text of data is read as text on every page, in whichever label, option, tooltip or notice it stands."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.message import Message

import ui.resources
from geo.datasets.folder import FOLDER_VARIABLE, DataFolder
from geo.store.incident_store import INCIDENTS_FILE, IncidentStore
from tests.geo.datasets.tables import commit, make_dataset, make_row
from tests.pages.conftest import PAGES, elements, run_page

pytestmark = pytest.mark.slow

IMAGE = "![m](https://evil.example/m.png)"
HOSTILE = f"{IMAGE} :material_home: :streamlit: $x$ www.evil.example"
RAW = re.compile(r"(?<!\\)!\[m|:material_home:|:streamlit:|\$x\$|(?<!\\)\[m\\?\]|www\\?\.evil")
NO_MARKDOWN = {
    "bidi_component",
    "component_instance",
    "code",
    "html",
    "iframe",
    "vega_lite_chart",
    "arrow_vega_lite_chart",
}
"""Elements that show text as it is, or as HTML and JSON that are escaped where they are made."""
AS_IT_IS = {
    "id",
    "options",
    "raw_value",
    "raw_values",
    "placeholder",
    "url",
    "alt",
    "default",
    "value",
    "file_name",
    "query_param_key",
}
"""Fields that Streamlit draws no Markdown from: those of selects, and of what a person types."""
MARKDOWN_OPTIONS = {"button_group", "radio", "select_slider", "slider"}
CLAIMANT = "pk-ispr"


def markdown(kind: str, message: Message, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of an element that is drawn as Markdown, with where it stands."""
    for field, value in message.ListFields():
        here = f"{path}.{field.name}"
        if field.name in AS_IT_IS and not (field.name == "options" and kind in MARKDOWN_OPTIONS):
            continue
        for each in value if field.is_repeated else [value]:
            if isinstance(each, Message):
                yield from markdown(kind, each, here)
            elif isinstance(each, str):
                yield here, each


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> tuple[Path, DataFolder]:
    """A record and two datasets all of whose texts are markup."""
    place: Path = tmp_path_factory.mktemp("hostile")
    for file in IncidentStore().files:
        (place / file.name).write_bytes(file.read_bytes())
    store = IncidentStore(place / INCIDENTS_FILE.name)
    document = json.loads(store.path.read_text("utf-8"))
    document["features"] = document["features"][::6]
    for feature in document["features"]:
        incident = feature["properties"]
        title = f"{IMAGE}{incident['title']}"[:80]
        incident |= {"title": title, "summary": HOSTILE, "place": HOSTILE, "district": HOSTILE, "actors": [HOSTILE]}
        for claim in incident["claims"]:
            claim |= {"by_text": HOSTILE, "note": HOSTILE}
        for source in incident["sources"]:
            source |= {"publisher": HOSTILE, "title": HOSTILE}
    store.path.write_text(json.dumps(document), "utf-8")
    for file in store.files[1:]:
        rows = json.loads(file.read_text("utf-8"))
        for row in rows:
            row |= {"name": f"{row['id']} {IMAGE}"[:60], ("summary" if "summary" in row else "note"): HOSTILE}
        file.write_text(json.dumps(rows), "utf-8")
    folder = DataFolder(place / "datasets")
    said = dict.fromkeys(("title", "version", "licence", "citation", "file_name"), HOSTILE)
    row = dict.fromkeys(("title", "summary", "place", "source_text"), HOSTILE) | {"actors": [HOSTILE]}
    for number, name in enumerate(("own-notes", "others")):
        made = make_row(number, name, uncertainty_km=2.0, **row)
        commit(
            folder, make_dataset(name, kind="plain", first=made["date_start"], last=made["date_start"], **said), made
        )
    return store.path, folder


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("page", PAGES)
def test_no_text_of_data_is_markup(hostile, monkeypatch, page) -> None:
    monkeypatch.setattr(ui.resources, "INCIDENTS_FILE", hostile[0])
    monkeypatch.setenv(FOLDER_VARIABLE, str(hostile[1].path))
    app = run_page(page, rule=f"claimant:{CLAIMANT}")
    found: list[Any] = [
        (kind, where, text)
        for element in elements(app._tree)
        if (kind := getattr(element, "type", "")) not in NO_MARKDOWN
        if isinstance(proto := getattr(element, "proto", None), Message)
        for where, text in markdown(kind, proto)
        if RAW.search(text)
    ]
    assert found == []
    assert "evil" in str(app._tree)  # it stands there, as text
