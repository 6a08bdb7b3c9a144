"""Sentences stand in the catalogue: code puts none together by itself."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MADE_UP = ROOT / "geo/cli/synth_command.py"
"""Its texts are those of a file like ACLED's, in English as theirs are, and the same whatever the language."""
ALL = [*(p for top in ("geo", "ui", "pages") for p in (ROOT / top).rglob("*.py")), ROOT / "app.py"]
PATHS = sorted(path for path in ALL if path != MADE_UP)
RAISED_FOR_PEOPLE = ("geo/cli/", "geo/datasets/", "geo/imports/", "geo/incident/", "geo/store/")
"""Here an error that is raised ends on a screen or in a terminal."""
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
    """Where a file puts sentences together; those of errors that it raises only in rooms whose errors people read."""
    found = []
    all_read = named(path).startswith(RAISED_FOR_PEOPLE)

    def look(node):
        if isinstance(node, ast.Assert) or (isinstance(node, ast.Raise) and not all_read):
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
    assert sentences_in(path) == []


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
    assert found == []


SCRIPTS = sorted(path for folder in ("static/map", "ui/parts") for path in (ROOT / folder).glob("*.js"))
NO_WORDS = re.compile(r"Enter|Escape|Tab|Home|End|(Arrow|Page)\w*|Feature(Collection)?|Noto Sans.*")


@pytest.mark.parametrize("path", SCRIPTS, ids=named)
def test_scripts_have_their_words_from_the_server(path) -> None:
    code = re.sub(r"(^|\s)//.*", "", path.read_text(encoding="utf-8"))
    texts = [text for pair in re.findall(r'"([^"\n]*)"|`([^`]*)`', code) for text in pair]
    assert [text for text in texts if re.match(r"[A-Z][a-z]{2}", text) and not NO_WORDS.fullmatch(text)] == []
    assert [text for text in texts if re.search(r"\$\{[^}]*\} [a-z]{3}", text)] == []
    assert 'toLocaleString("' not in code
