"""Sentences stand in the catalogue: what code puts together by itself is listed here, and the list only shrinks."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PATHS = sorted([*(p for top in ("geo", "ui", "pages") for p in (ROOT / top).rglob("*.py")), ROOT / "app.py"])
LEFT = {
    "geo/casualties/rules.py": 3,
    "geo/citation.py": 1,
    "geo/cli/__init__.py": 1,
    "geo/cli/aggregate_command.py": 3,
    "geo/cli/common_options.py": 5,
    "geo/cli/datasets_command.py": 5,
    "geo/cli/diff_command.py": 7,
    "geo/cli/export_command.py": 4,
    "geo/cli/figure_command.py": 4,
    "geo/cli/import_command.py": 15,
    "geo/cli/locate_command.py": 10,
    "geo/cli/synth_command.py": 1,
    "geo/cli/terminal.py": 2,
    "geo/cli/validate_command.py": 1,
    "geo/datasets/folder.py": 1,
    "geo/datasets/object_storage.py": 7,
    "geo/evidence/denials.py": 1,
    "geo/export/columns.py": 11,
    "geo/export/geopackage_format.py": 4,
    "geo/export/page_files.py": 4,
    "geo/figure/drawing.py": 2,
    "geo/figure/panels.py": 1,
    "geo/imports/distributed_run.py": 1,
    "geo/imports/workers.py": 3,
    "geo/imports/fields/cell_values.py": 1,
    "geo/imports/fields/identity.py": 1,
    "geo/imports/fields/numbers_and_days.py": 2,
    "geo/imports/fields/place_columns.py": 9,
    "geo/imports/pipeline.py": 2,
    "geo/imports/readers/delimited.py": 3,
    "geo/imports/readers/dialect.py": 5,
    "geo/imports/readers/geojson.py": 3,
    "geo/imports/readers/geopackage.py": 1,
    "geo/imports/readers/opening.py": 3,
    "geo/imports/readers/xlsx.py": 3,
    "geo/imports/recognition.py": 9,
    "geo/imports/sources/ucdp.py": 2,
    "geo/incident/errors.py": 9,
    "geo/incident/record.py": 6,
    "geo/selection/filters.py": 2,
    "geo/store/reading.py": 15,
    "geo/symbology/marks.py": 1,
    "geo/synth.py": 7,
    "geo/versions/released.py": 3,
    "ui/parts/downloads.py": 1,
}
"""How many sentences a file still puts together: faults, help of the command line, texts of files."""
LEFT_ON_SCREEN = {"ui/parts/downloads.py": 1, "ui/parts/file_job.py": 1}
"""How many texts on screens a file holds itself, the command that a page shows among them."""
_WORDS = re.compile(r"[A-Za-z’]{2,}[,;:.]? [a-z]{2,}|[a-z]{2,}[,;:]? \0|\0 [a-z]{2,}")
_NO_PROSE = re.compile(
    r"\b(SELECT|FROM|WHERE|WHEN|CASE|JOIN|UNION|ORDER BY|GROUP BY|DROP|COPY|INSERT|CREATE|ALTER|DELETE|SET|AND|OR|IN)\b"
    r"|::|[<>]|[a-z]\(|--|\{\\|coalesce"
)


def named(path):
    return path.relative_to(ROOT).as_posix()


def put_together(node):
    """The text of a node that is put together from pieces, with a zero byte for each value; None for another one."""
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "\0" for part in node.values)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"format", "join"}:
        held = node.func.value
        if isinstance(held, ast.Constant) and isinstance(held.value, str):
            return f"\0{held.value}\0" if node.func.attr == "join" else re.sub(r"\{\w*\}", "\0", held.value)
    return None


@cache
def sentences_in(path):
    """Where a file puts sentences together, but in errors that it raises."""
    found = []

    def look(node):
        if isinstance(node, ast.Raise):
            return
        text = put_together(node)
        if text and _WORDS.search(text) and not _NO_PROSE.search(text):
            found.append(f"{named(path)}:{node.lineno}: {text.replace(chr(0), '…')}")
        for child in ast.iter_child_nodes(node):
            look(child)

    look(ast.parse(path.read_text(encoding="utf-8")))
    return found


@pytest.mark.parametrize("path", PATHS, ids=named)
def test_sentences_are_messages(path) -> None:
    found = sentences_in(path)
    assert len(found) == LEFT.get(named(path), 0), "\n".join(found)


ON_SCREEN = [path for path in PATHS if named(path).startswith(("ui/", "pages/", "app.py"))]


@pytest.mark.parametrize("path", ON_SCREEN, ids=named)
def test_what_a_screen_says_is_a_message(path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    found = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare
        if _WORDS.search(node.value) and not _NO_PROSE.search(node.value)
    ]
    assert len(found) == LEFT_ON_SCREEN.get(named(path), 0), "\n".join(found)


def test_what_is_left_is_there() -> None:
    assert set(LEFT) <= {named(path) for path in PATHS}
