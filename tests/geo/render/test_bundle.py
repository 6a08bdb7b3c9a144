"""The one script and the one style that the map loads."""

import re
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import Mock

import pytest

from geo.render import web_map
from geo.render.web_map import (
    SCRIPTS,
    STANDALONE_SCRIPT,
    STANDALONE_STYLE,
    STATIC_FOLDER,
    STYLES,
    BaseMap,
    bundle,
    served,
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of what the map is made of, into which nothing has been written yet."""
    for name in (*SCRIPTS, *STYLES, STANDALONE_SCRIPT):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((STATIC_FOLDER / name).read_bytes())
    monkeypatch.setattr(web_map, "STATIC_FOLDER", tmp_path)
    bundle.cache_clear()
    served.cache_clear()
    yield tmp_path
    bundle.cache_clear()
    served.cache_clear()


def texts():
    (script,), (style,) = served()
    return (STATIC_FOLDER / script).read_text("utf-8"), (STATIC_FOLDER / style).read_text("utf-8")


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        pytest.param("*.js", SCRIPTS, id="scripts"),
        pytest.param("*.css", STYLES, id="styles"),
    ],
)
def test_no_file_of_the_map_is_forgotten(kind, named):
    alone = {STANDALONE_SCRIPT, STANDALONE_STYLE}  # of pages without Streamlit
    assert {f"map/{path.name}" for path in (STATIC_FOLDER / "map").glob(kind)} - alone <= set(named)


def test_every_file_stands_in_it_once_and_in_order():
    for text, named in zip(texts(), (SCRIPTS, STYLES), strict=True):
        assert tuple(re.findall(r"/\* static/(\S+) \*/", text)) == named


def test_licences_of_others_stay():
    assert "Leaflet 1.9.4, a JS library for interactive maps. https://leafletjs.com" in texts()[0]


def test_every_address_in_the_style_holds_from_where_it_stands():
    addresses = re.findall(r"""url\(["']?(?!#)([^"')]+)""", texts()[1])
    assert "fonts/NotoSans-Regular.ttf" in addresses
    assert [address for address in addresses if not (STATIC_FOLDER / address).is_file()] == []


def test_no_source_map_is_asked_for_that_is_not_here():
    assert "sourceMappingURL" not in texts()[0]


def test_what_is_asked_for_ahead_is_there():
    first = (STATIC_FOLDER / SCRIPTS[0]).read_text("utf-8")
    names = re.findall(r'"([\w-]+)"', first[first.index("of [") : first.index("])")])
    assert names
    assert all((STATIC_FOLDER / "base" / f"{name}.json").is_file() for name in names)


def test_a_changed_source_has_another_name(folder):
    before = served()
    (folder / SCRIPTS[-1]).write_text("// changed", "utf-8")
    bundle.cache_clear()
    served.cache_clear()
    (script,), (style,) = served()
    assert {(script,), (style,)} & set(before) == set()
    assert script.removesuffix(".js") == style.removesuffix(".css")
    assert (folder / script).read_text("utf-8").endswith("// changed\n")


def test_servers_that_start_at_once_write_the_same(folder):
    with ThreadPoolExecutor(4) as servers:
        answers = set(servers.map(lambda _: served.__wrapped__(), range(8)))
    assert len(answers) == 1
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == sorted(sum(answers.pop(), ()))


@pytest.mark.usefixtures("folder")
def test_where_nothing_can_be_written_the_files_are_loaded_one_by_one(monkeypatch, caplog):
    refused = Mock(side_effect=PermissionError(13, "Permission denied"))
    monkeypatch.setattr(web_map, "TemporaryFolder", refused)
    loaded = [address for _, address in BaseMap("/app/static", label="Incidents").default_js]
    assert [address.partition("?")[0] for address in loaded] == [f"/app/static/{path}" for path in SCRIPTS]
    assert "The map is loaded as 18 files, slower on a weak network: [Errno 13] Permission denied" in caplog.text
