"""Dependencies point one way: app → pages → ui → geo, and inside geo downwards."""

import ast
import subprocess
import sys
from collections import Counter
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAYERS = (
    ("__init__", "language"),
    ("incident",),
    ("apart",),
    ("casualties", "datasets", "places", "selection"),
    ("imports", "sentences", "store", "symbology"),
    ("evidence", "table"),
    ("aggregate", "versions"),
    ("render",),
    ("export",),
    ("citation", "figure"),
    ("cli", "notebook"),
    ("__main__",),
)
"""Rooms of geo, lowest first; each may import from the layers below its own."""
LAYER = {name: number for number, names in enumerate(LAYERS) for name in names}
GEO = sorted((ROOT / "geo").rglob("*.py"))
UI = sorted((ROOT / "ui").rglob("*.py"))
PAGES = sorted((ROOT / "pages").rglob("*.py"))


@cache
def imported(path):
    """Full names of what a file imports, wherever in it the import stands."""
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports in full"
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


def part_of_geo(path):
    return path.relative_to(ROOT / "geo").with_suffix("").parts[0]


def named(path):
    return path.relative_to(ROOT).as_posix()


def test_each_part_of_geo_has_a_layer():
    assert {part_of_geo(path) for path in GEO} == set(LAYER)


@pytest.mark.parametrize("path", GEO, ids=named)
def test_inside_geo_imports_point_downwards(path):
    own = part_of_geo(path)
    used = {name.split(".")[1] for name in imported(path) if name.startswith("geo.")} - {own}
    used = {part if part in LAYER else "__init__" for part in used}
    assert {part for part in used if LAYER[part] >= LAYER[own]} == set()


@pytest.mark.parametrize("path", GEO, ids=named)
def test_geo_knows_no_user_interface(path):
    roots = {name.split(".")[0] for name in imported(path)}
    assert not roots & {"streamlit", "streamlit_folium", "ui", "pages", "app", "tests"}


def test_geo_loads_without_streamlit():
    modules = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in GEO if path.stem != "__main__"]
    code = f"import sys; [__import__(name) for name in {modules}]; print('streamlit' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == "False"


@pytest.mark.parametrize("path", UI, ids=named)
def test_ui_knows_no_page(path):
    assert not {name.split(".")[0] for name in imported(path)} & {"pages", "app", "tests"}


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_a_page_is_a_short_script(path):
    text = path.read_text(encoding="utf-8")
    defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    assert len(text.splitlines()) <= 60
    assert not [node for node in ast.walk(ast.parse(text)) if isinstance(node, defined)]
    assert not {name.split(".")[0] for name in imported(path)} & {"pages", "app", "tests"}


def test_pages_stand_in_a_folder_per_section():
    assert list((ROOT / "pages").glob("*.py")) == []


def modules():
    """Each module of geo and ui, with the modules it imports when it is loaded."""
    names = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in GEO + UI
    }
    for name, path in names.items():
        used = set()
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ImportFrom):
                used |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
        yield name, (used & set(names)) - {name}


def test_no_modules_import_each_other_in_a_circle():
    TopologicalSorter(dict(modules())).prepare()  # raises CycleError with the circle


def test_no_room_is_larger_than_a_reader_can_survey():
    rooms = Counter(path.parent.relative_to(ROOT).as_posix() for path in GEO + UI if path.name != "__init__.py")
    assert {room: size for room, size in rooms.items() if size > 20} == {}


def test_no_two_modules_have_one_name():
    names = Counter(path.stem for path in GEO + UI + PAGES if path.stem not in {"__init__", "__main__"})
    entries = {"geojson", "parquet"}  # readers of imported files are entries of a registry
    assert {name for name, times in names.items() if times > 1} - entries == set()
