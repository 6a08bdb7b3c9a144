"""Files of `static/`, and what an installed program answers in place of those that it does not write there."""

import pytest
from starlette.testclient import TestClient

from geo.render import web_map
from geo.render.web_map import STATIC_FOLDER, bundle, served
from ui.server import guards

YEAR, DAY = "max-age=31536000,immutable", "max-age=86400"


@pytest.fixture
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program as pip installs it: nothing of the map is written."""
    for module in (web_map, guards):
        monkeypatch.setattr(module, "INSTALLED", True)
    monkeypatch.setattr(web_map, "_write", lambda *_: pytest.fail("an installed program writes nothing"))


@pytest.mark.usefixtures("_installed")
@pytest.mark.parametrize(("ending", "kind"), [("js", "javascript"), ("css", "text/css")])
def test_an_installed_program_answers_the_joined_files_from_memory(client: TestClient, ending: str, kind: str) -> None:
    (name,) = [name for name in bundle() if name.endswith(ending)]
    answer = client.get(f"/app/static/{name}?v=1")
    assert answer.text == bundle()[name]
    assert kind in answer.headers["Content-Type"]
    assert answer.headers["Cache-Control"] == YEAR
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert client.head(f"/app/static/{name}").headers["Content-Length"] == answer.headers["Content-Length"]


@pytest.mark.usefixtures("_installed")
def test_an_installed_program_names_the_joined_files() -> None:
    served.cache_clear()
    try:
        assert served() == tuple((name,) for name in bundle())
    finally:
        served.cache_clear()


@pytest.mark.parametrize(
    ("path", "status", "kept"),
    [
        pytest.param("favicon.png", 200, DAY, id="file"),
        pytest.param("map/ground.js?v=1", 200, YEAR, id="by version"),
        pytest.param("nothing.js", 404, None, id="none"),
    ],
)
def test_other_files_come_from_the_folder(client: TestClient, path: str, status: int, kept: str | None) -> None:
    answer = client.get(f"/app/static/{path}")
    assert (answer.status_code, answer.headers.get("Cache-Control")) == (status, kept)
    if status == 200:
        assert answer.content == (STATIC_FOLDER / path.partition("?")[0]).read_bytes()
