"""Pages are run through the entrypoint, as a browser does, on the shipped store or on one made for the test."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import ui.resources
from geo.store import INCIDENTS_FILE, IncidentStore

APP = Path(__file__).resolve().parents[2] / "app.py"
PATIENCE_S = 60


def run_page(page: str | None = None, **query: str | list[str]) -> AppTest:
    """Run a page with URL parameters, `run_page("explore/provinces", year="2025")`; without a page, the map."""
    app = AppTest.from_file(str(APP), default_timeout=PATIENCE_S)
    for name, value in query.items():
        app.query_params[name] = value
    if page is not None:  # at once, as a link opens it; the map need not be run before
        app.switch_page(f"pages/{page}.py")
    app.run()
    assert not app.exception
    return app


@pytest.fixture
def run() -> Callable[..., AppTest]:
    """`run_page`, for tests that need nothing else from here."""
    return run_page


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
