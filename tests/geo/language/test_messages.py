"""The catalogue: each message is used, each use has its message and its values, numbers are counted as they should."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from fluent.runtime import FluentResource
from fluent.syntax import ast as ftl
from jinja2 import Environment, nodes

from geo.figure.options import FigureSize
from geo.incident.vocabulary import LocationPrecision, Registry, Vocabulary
from geo.language.messages import ENGLISH, Words, catalogue, say, script_words

ROOT = Path(__file__).resolve().parents[3]
CODE = [*sorted(path for top in ("geo", "ui", "pages") for path in (ROOT / top).rglob("*.py")), ROOT / "app.py"]
TEMPLATES = sorted((ROOT / "ui").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static/map").glob("*.js"))


def named(path):
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def names_in(node):
    """The names that an argument of `say` may have; one that is put together is a pattern."""
    if isinstance(node, ast.Constant):
        return [re.escape(node.value)]
    if isinstance(node, ast.IfExp):
        return names_in(node.body) + names_in(node.orelse)
    if isinstance(node, ast.JoinedStr):
        return ["".join(re.escape(part.value) if isinstance(part, ast.Constant) else r"[\w-]*" for part in node.values)]
    return []


@cache
def calls_in(path):
    """Patterns of names, with the values that are given, of a file's calls of `say`."""
    return tuple(_calls_in(path))


def _calls_in(path):
    if path.suffix == ".js":
        for name, values in re.findall(r'say\("([\w-]+)"(?:, (\{[^}]*\}|values))?\)', path.read_text(encoding="utf-8")):
            yield [name], None if values == "values" else set(re.findall(r"[{,] (\w+)(?=[:,} ])", values))
        return
    if path.suffix == ".html":
        for call in Environment(autoescape=True).parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in {"say", "say_html"}:
                first = call.args[0]
                either = [first.expr1, first.expr2] if isinstance(first, nodes.CondExpr) else [first]
                names = [re.escape(name.value) for name in either if isinstance(name, nodes.Const)]
                yield names, {word.key for word in call.kwargs}
        return
    for call in ast.walk(tree_of(path)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "say" and call.args:
            yield names_in(call.args[0]), None if None in (given := {w.arg for w in call.keywords}) else given


@cache
def message(name):
    (entry,) = FluentResource(catalogue(ENGLISH)[name]).body
    assert isinstance(entry, ftl.Message), name
    assert entry.value is not None, name
    return entry


def found_in(node, kind):
    """All nodes of a kind in a message."""
    if isinstance(node, kind):
        yield node
    for value in vars(node).values():
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, ftl.BaseNode):
                yield from found_in(part, kind)


def values_of(name):
    return {variable.id.name for variable in found_in(message(name).value, ftl.VariableReference)}


def counted_in(name):
    """The values of a message that its plurals go by."""
    return {
        select.selector.id.name
        for select in found_in(message(name).value, ftl.SelectExpression)
        if any(getattr(variant.key, "name", "") == "one" for variant in select.variants)
    }


@pytest.mark.parametrize("path", CODE + TEMPLATES + SCRIPTS, ids=named)
def test_what_is_said_has_its_message_and_its_values(path) -> None:
    for patterns, given in calls_in(path):
        for pattern in patterns:
            like = re.compile(pattern)
            meant = [name for name in catalogue(ENGLISH) if like.fullmatch(name)]
            assert meant, f"{pattern} is not in the catalogue"
            for name in meant if given is not None else ():
                assert values_of(name) <= given if len(meant) > 1 else values_of(name) == given, f"{name}: {given}"


def test_each_message_is_said() -> None:
    words = {
        node.value
        for path in CODE
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    patterns = {pattern for path in CODE + TEMPLATES + SCRIPTS for names, _ in calls_in(path) for pattern in names}
    said = re.compile("|".join(sorted(patterns)))
    words |= {
        called.name(code)
        for vocabulary in (*Vocabulary.__subclasses__(), *Registry.__subclasses__(), FigureSize)
        for called in vars(vocabulary).values()
        if isinstance(called, Words)
        for code in vocabulary
    }
    unsaid = [name for name in catalogue(ENGLISH) if name not in words and not said.fullmatch(name)]
    assert unsaid == []


def test_no_message_is_there_twice_and_all_are_read() -> None:
    text = (ROOT / "geo/language/en.ftl").read_text("utf-8")
    body = FluentResource(text).body
    assert [entry.content for entry in body if isinstance(entry, ftl.Junk)] == []
    names = Counter(entry.id.name for entry in body if isinstance(entry, ftl.Message))
    assert [name for name, times in names.items() if times > 1] == []
    assert set(names) == set(catalogue(ENGLISH))


@pytest.mark.parametrize("number", [pytest.param(n, id=f"{n:,}") for n in (0, 1, 2, 1000)])
def test_numbers_have_their_plural_and_their_separators(number) -> None:
    for name in catalogue(ENGLISH):
        counted = counted_in(name)
        said = say(name, **{value: number if value in counted else "x" for value in values_of(name)})
        assert "{" not in re.sub(r"\{\"[{}]\"\}", "", said), name
        assert "1000" not in said, name
        if len(counted) == 1 and number == 1:
            more = say(name, **{value: 2 if value in counted else "x" for value in values_of(name)})
            assert said != more.replace("2", "1"), f"{name}: one is said as many are"


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        pytest.param(lambda: say("no-such-message"), "lacks the message 'no-such-message'", id="no such message"),
        pytest.param(lambda: say("figure-province"), "name", id="a value is missing"),
        pytest.param(lambda: say("incidents"), "count", id="the number is missing"),
    ],
)
def test_what_cannot_be_said_is_an_error(call, fault) -> None:
    with pytest.raises(KeyError, match=fault):
        call()


def test_a_language_without_a_file_is_an_error_that_says_what_to_write(tmp_path) -> None:
    with pytest.raises(FileNotFoundError, match=r"there is no file .*tg\.ftl; write one of: en, or the path"):
        catalogue(tmp_path / "tg.ftl")


@pytest.mark.parametrize(
    ("number", "written"),
    [
        pytest.param(1234567, "1,234,567", id="whole"),
        pytest.param(69.9113, "69.9113", id="with the decimals it has"),
        pytest.param(36.0, "36", id="none"),
    ],
)
def test_a_number_in_a_message(number, written) -> None:
    assert say("number", number=number) == written


def test_a_value_that_is_an_entry_is_said_by_what_it_is_called() -> None:
    assert say("phrase-place", precision=LocationPrecision.NEAR) == "place approximate"


def test_a_script_is_handed_each_plural_form_with_blanks_for_values() -> None:
    assert script_words(["legend-hollow", "map-in-view"]) == {
        "legend-hollow": "Hollow: {statuses}",
        "map-in-view": {
            "by": "incidents",
            "one": "{incidents} incident in view",
            "other": "{incidents} incidents in view",
        },
    }


def test_hostile_values_stay_as_they_are() -> None:
    long = "{ $count } <b> " * 1000
    assert say("figure-province", name=long) == f"Province: {long}"
    assert long in say("profile-filters-leave-none", recorded=1, province=long, advice="x")
