"""What the program says, by name: a catalogue for each language, in Project Fluent's format.

A message is plain text: what shows it as HTML or Markdown escapes the whole sentence. One whose name ends in `-md` is
Markdown, and its values are escaped.
`INCIDENT_MAP_LANGUAGE` names the language when the program starts; what its catalogue lacks is said in English.
"""

import os
import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from numbers import Integral
from pathlib import Path
from typing import Final

from babel import Locale
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import Pattern
from fluent.syntax import ast

ENGLISH: Final = "en"
LANGUAGE: Final = os.environ.get("INCIDENT_MAP_LANGUAGE") or ENGLISH
_ENTRY: Final = re.compile(r"^([a-z][\w-]*) =.*(?:\n(?:[ }].*)?)*", re.MULTILINE)
"""Messages are read one by one, when first said: a whole catalogue takes a second."""
_LONGEST: Final = 200
"""Characters of a value that Fluent places itself: it refuses texts of more than 2,500."""


def say(name: str, /, **values: object) -> str:
    """Return a message with its values in it: numbers and plurals as its language has them, all else as `str` has it.

    Raises KeyError for a name that the catalogue lacks, and for a value that the message needs and is not given.

    >>> say("incidents", count=1037)
    '1,037 incidents'
    """
    return _filler(name, LANGUAGE)(values)


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return a language's messages as its file has them, by name."""
    text = Path(__file__).with_name(f"{language}.ftl").read_text("utf-8")
    return {entry[1]: entry[0] for entry in _ENTRY.finditer(text)}


@cache
def _filler(name: str, language: str) -> Callable[[Mapping[str, object]], str]:
    """Return what puts values into a message: a template, or Fluent where words depend on them."""
    if name not in catalogue(language) and language != ENGLISH:
        return _filler(name, ENGLISH)
    resource = FluentResource(catalogue(language)[name])
    message = resource.body[0]
    if not isinstance(message, ast.Message) or message.value is None:
        raise ValueError(f"{language}.ftl: message {name!r} is not written as Fluent wants it")
    locale = Locale.parse(language)
    isolating = locale.text_direction == "rtl"
    template = _template(message.value, isolating=isolating)
    if template is not None:
        return lambda values: template.format_map({key: _written(value, locale) for key, value in values.items()})
    bundle = FluentBundle([language], use_isolating=isolating)
    bundle.add_resource(resource)
    pattern = bundle.get_message(name).value
    assert pattern is not None
    return lambda values: _chosen(bundle, pattern, tuple((key, _value(value)) for key, value in values.items()))


def _template(pattern: ast.Pattern, *, isolating: bool) -> str | None:
    """Write a pattern of words and values for `str.format_map`; None where it is more than that."""
    parts = []
    for element in pattern.elements:
        inner = element.expression if isinstance(element, ast.Placeable) else element
        if isinstance(inner, ast.VariableReference):
            parts.append(f"\u2068{{{inner.id.name}}}\u2069" if isolating else f"{{{inner.id.name}}}")
        elif isinstance(inner, ast.TextElement | ast.StringLiteral):
            text = inner.value if isinstance(inner, ast.TextElement) else inner.parse()["value"]
            parts.append(text.replace("{", "{{").replace("}", "}}"))
        else:
            return None
    return "".join(parts)


def _value(value: object) -> str | float:
    if isinstance(value, Integral):
        return int(value)
    return value if isinstance(value, str | float) else str(value)


def _written(value: object, locale: Locale) -> str:
    value = _value(value)
    return value if isinstance(value, str) else _number(value, locale)


@lru_cache(maxsize=1 << 12)
def _number(value: float, locale: Locale) -> str:
    return format_decimal(value, locale=locale)


@lru_cache(maxsize=1 << 14)
def _chosen(bundle: FluentBundle, pattern: Pattern, values: tuple[tuple[str, str | float], ...]) -> str:
    """Let Fluent choose the words; long values are put in afterwards."""
    given, long = dict(values), {}
    for key, value in values:
        if isinstance(value, str) and len(value) > _LONGEST:
            given[key] = mark = f"\ue000{key}\ue001"
            long[mark] = value
    said, errors = bundle.format_pattern(pattern, given)
    if errors:
        raise KeyError(str(errors[0]))
    words = str(said)
    for mark, text in long.items():
        words = words.replace(mark, text)
    return words
