"""The one script and the one style that the map loads."""

import re

import pytest

from geo.webmap.bundle import SCRIPT, SCRIPTS, STATIC_FOLDER, STYLE, STYLES, bundle, write_bundle


@pytest.mark.parametrize("name", [SCRIPT, STYLE])
def test_what_is_served_is_made_of_the_files_beside_it(name):
    served = (STATIC_FOLDER / name).read_text("utf-8")
    assert served == bundle()[name], f"static/{name} is not of its sources any more: run `make assets`"


@pytest.mark.parametrize(("kind", "named"), [("*.js", SCRIPTS), ("*.css", STYLES)], ids=["scripts", "styles"])
def test_no_file_of_the_map_is_forgotten(kind, named):
    assert {f"map/{path.name}" for path in (STATIC_FOLDER / "map").glob(kind)} <= set(named)


@pytest.mark.parametrize(("name", "named"), [(SCRIPT, SCRIPTS), (STYLE, STYLES)])
def test_every_file_stands_in_it_once_and_in_order(name, named):
    assert tuple(re.findall(r"/\* static/(\S+) \*/", bundle()[name])) == named


def test_licences_of_others_stay():
    assert "Leaflet 1.9.4, a JS library for interactive maps. https://leafletjs.com" in bundle()[SCRIPT]


def test_every_address_in_the_style_holds_from_where_it_stands():
    addresses = re.findall(r"""url\(["']?(?!#)([^"')]+)""", bundle()[STYLE])
    assert "fonts/NotoSans-Regular.ttf" in addresses
    assert [address for address in addresses if not (STATIC_FOLDER / address).is_file()] == []


def test_no_source_map_is_asked_for_that_is_not_here():
    assert "sourceMappingURL" not in bundle()[SCRIPT]


def test_what_is_asked_for_ahead_is_there():
    first = (STATIC_FOLDER / SCRIPTS[0]).read_text("utf-8")
    names = re.findall(r'"([\w-]+)"', first[first.index("of [") : first.index("])")])
    assert names
    assert all((STATIC_FOLDER / "base" / f"{name}.json").is_file() for name in names)
    assert f'preload("{STYLE}", "style")' in first


def test_writing_it_anew_changes_nothing(tmp_path, monkeypatch):
    for name in (*SCRIPTS, *STYLES):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((STATIC_FOLDER / name).read_bytes())
    monkeypatch.setattr("geo.webmap.bundle.STATIC_FOLDER", tmp_path)
    write_bundle()
    assert {name: (tmp_path / name).read_text("utf-8") for name in (SCRIPT, STYLE)} == bundle()
    assert (tmp_path / SCRIPT).read_bytes() == (STATIC_FOLDER / SCRIPT).read_bytes()
