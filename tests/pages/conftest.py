"""Pages are run through the entrypoint, as a browser does, on the shipped store or on one made for the test."""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

import ui.figure_view
import ui.resources
from geo.datasets.folder import FOLDER_VARIABLE
from geo.datasets.object_storage import is_address
from geo.figure.options import FigureOptions
from geo.selection import Filters
from geo.store.incident_store import INCIDENTS_FILE, IncidentStore, StoreContents
from geo.table.incident_table import IncidentTable
from ui.figure_view import MadeOf

APP = Path(__file__).resolve().parents[2] / "ui" / "frame.py"
PAGES = tuple(re.findall(r'st\.Page\("\.\./pages/(\S+)\.py"', APP.read_text(encoding="utf-8")))
"""All pages, in the order of the navigation."""
PATIENCE_S = 60


def run_page(page: str | None = None, **query: str | list[str]) -> AppTest:
    """Run a page with URL parameters, `run_page("explore/provinces", year="2025")`; without a page, the map."""
    app = opened(page, query)
    assert not app.exception
    return app


def opened(page: str | None, query: Mapping[str, str | list[str]]) -> AppTest:
    """Run a page likewise, whatever becomes of it."""
    app = AppTest.from_file(str(APP), default_timeout=PATIENCE_S)
    for name, value in query.items():
        app.query_params[name] = value
    if page is not None:  # at once, as a link opens it; the map need not be run before
        app.switch_page(f"../pages/{page}.py")
    return app.run()


@pytest.fixture
def run() -> Callable[..., AppTest]:
    """`run_page`, for tests that need nothing else from here."""
    return run_page


@pytest.fixture
def seen() -> Callable[..., AppTest]:
    """`run_page`, for tests that only look: the same page with the same link is run once for all of them."""

    def look(page: str | None = None, **query: str | list[str]) -> AppTest:
        asked = tuple((name, value if isinstance(value, str) else tuple(value)) for name, value in query.items())
        return _looked_at(page, asked, ui.resources.INCIDENTS_FILE, os.environ[FOLDER_VARIABLE])

    return look


@lru_cache(maxsize=96)
def _looked_at(page: str | None, asked: tuple[tuple[str, str | tuple[str, ...]], ...], *_: object) -> AppTest:
    app = run_page(page, **{name: value if isinstance(value, str) else list(value) for name, value in asked})

    def refuse(*_: object) -> None:
        raise AssertionError("other tests look at this page too: `run` it to act on it")

    app._run = refuse  # type: ignore[method-assign]
    return app


@pytest.fixture(scope="session", autouse=True)
def _loaded_once() -> Iterator[None]:
    """Keep what was loaded of several folders, where a server keeps the last: tests go from one to another and back."""
    loaded: dict[tuple[object, ...], object] = {}
    read = ui.resources._load.__wrapped__

    def kept(place: Path, data_version: str, folder: str, version: str, contents: StoreContents) -> object:
        nothing = not is_address(folder) and not Path(folder).exists()
        asked = (place, data_version, *(("", "") if nothing else (folder, version)))
        if asked not in loaded:
            loaded[asked] = read(*asked, contents)
            for old in list(loaded)[:-6]:
                del loaded[old]
        return loaded[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ui.resources, "_load", kept)
        yield


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Filters, FigureOptions]]:
    """What the figure page had drawn, last one last; a small grey picture stands in for the figure."""
    drawn: list[tuple[Filters, FigureOptions]] = []
    grey = BytesIO()
    Image.new("L", (4, 3), 200).save(grey, "png")

    def preview(
        filters: Filters, options: FigureOptions, made_of: MadeOf, table: IncidentTable
    ) -> tuple[bytes, tuple[str, ...]]:
        assert made_of[:2] == (table.version, table.rule.code)
        drawn.append((filters, options))
        return grey.getvalue(), (f"Note on type {options.type}.",)

    monkeypatch.setattr(ui.figure_view, "_preview", preview)
    return drawn


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped store that the app reads instead, for a test to change."""
    path = tmp_path / INCIDENTS_FILE.name
    for file in IncidentStore().files:
        (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(ui.resources, "INCIDENTS_FILE", path)
    return path


def texts(app: AppTest) -> str:
    """All Markdown and notices of a page, joined."""
    parts = [*app.markdown, *app.caption, *app.info, *app.warning, *app.error]
    return "\n".join(str(part.value) for part in parts)


def elements(node: Any) -> Iterator[Any]:
    """All elements of a page, blocks included."""
    yield node
    for child in getattr(node, "children", {}).values():
        yield from elements(child)


class _Rows(HTMLParser):
    """Reads what a table shows, and by what each cell sorts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.heads: list[str] = []
        self.rows: list[list[tuple[str, str | None]]] = []
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "th":
            self.heads.append("")
        elif tag == "tr":
            self.rows.append([])
        elif tag == "td":
            self.rows[-1].append(("", dict(attrs).get("data-sort")))
        self._inside = tag if tag in ("th", "td") else self._inside

    def handle_endtag(self, tag: str) -> None:
        self._inside = "" if tag == self._inside else self._inside

    def handle_data(self, data: str) -> None:
        if self._inside == "th":
            self.heads[-1] += data
        elif self._inside == "td":
            shown, sort = self.rows[-1][-1]
            self.rows[-1][-1] = shown + data, sort


def tables_of(app: AppTest, *, sorts: bool = False) -> list[pd.DataFrame]:
    """A page's tables of rows to choose, as they are shown, whole numbers read; `sorts` by what their cells sort."""
    found = [_Rows(html) for html in panels_of(app).values() if '<table role="grid"' in html]
    read = (lambda shown, sort: shown if sort is None else sort) if sorts else _read
    return [pd.DataFrame([[read(*cell) for cell in row] for row in t.rows[1:]], columns=t.heads) for t in found]


def _read(shown: str, sort: str | None) -> str | int:
    plain = shown.replace(",", "")
    return int(plain) if plain.isdigit() and sort is not None and float(sort) == int(plain) else shown


def panels_of(app: AppTest) -> dict[str, str]:
    """The HTML of a page's panels and tables by their keys, in the order in which they stand."""
    drawn = (element.proto for element in elements(app._tree) if getattr(element, "type", "") == "bidi_component")
    data = {proto.id.split("-", 2)[2]: json.loads(proto.json) for proto in drawn}
    return {key: each["html"] for key, each in data.items() if "html" in each}
