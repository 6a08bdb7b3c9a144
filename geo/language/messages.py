"""What the program says, by message name: one catalogue per language, in Project Fluent's format.

A message is plain text; whatever shows it as HTML or Markdown escapes the whole sentence. A message whose name ends in
`-md` is Markdown, and its values are escaped.

`INCIDENT_MAP_LANGUAGE`, read at start-up, names the language, or the path of a message file such as `drafts/tg.ftl`.
Messages missing from its catalogue are said in English.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from numbers import Integral
from pathlib import Path
from typing import Any, Final

from babel import Locale
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import Pattern
from fluent.syntax import ast

ENGLISH: Final = Path(__file__).with_name("en.ftl")
_NAMED: Final = os.environ.get("INCIDENT_MAP_LANGUAGE") or ENGLISH.stem
_CHOSEN: Final = Path(_NAMED) if _NAMED.endswith(".ftl") else ENGLISH.with_name(f"{_NAMED}.ftl")
LANGUAGE: Final = _CHOSEN.stem
"""BCP 47 tag: `tg`, `fa-AF`."""
_ENTRY: Final = re.compile(r"^([a-z][\w-]*) =.*(?:\n(?:[ }].*)?)*", re.MULTILINE)
"""One entry of a catalogue. Entries are parsed when first used, since parsing a whole catalogue takes a second."""
_LONGEST: Final = 200
"""Longest value, in characters, that is passed to Fluent, which refuses texts over 2,500 characters."""


def say(name: str, /, **values: object) -> str:
    """Return a message with its values filled in: numbers and plurals in its language, anything else by `str`.

    Raises KeyError for an unknown message, or for a missing value.

    >>> say("incidents", count=1037)
    '1,037 incidents'
    """
    return _filler(name)(values)


@cache
def catalogue(file: Path = ENGLISH) -> Mapping[str, str]:
    """Return the source of a language's messages, by name."""
    if not file.is_file():
        known = ", ".join(sorted(path.stem for path in ENGLISH.parent.glob("*.ftl")))
        raise FileNotFoundError(
            f"INCIDENT_MAP_LANGUAGE is {_NAMED!r}, and there is no file {file}; "
            f"write one of: {known}, or the path of a file that ends in .ftl"
        )
    return {entry[1]: entry[0] for entry in _ENTRY.finditer(file.read_text("utf-8"))}


def require(names: Iterable[str], entry: object) -> None:
    """Raise ValueError, at start-up, if the words of a registry entry are missing."""
    missing = [name for name in names if name not in catalogue(_CHOSEN) and name not in catalogue()]
    if missing:
        raise ValueError(f"en.ftl lacks {' and '.join(missing)}, which {type(entry).__name__} {entry!s} is called by")


class Words:
    """Descriptor for the words of a registry entry: the message `PREFIX-CODE`, or `PREFIX-CODE-ENDING`."""

    def __init__(self, prefix: str, ending: str = "") -> None:
        self._prefix, self._ending = prefix, ending and f"-{ending}"
        self._said: dict[str, str] = {}

    def name(self, code: str) -> str:
        """Return the name of a code's message."""
        return f"{self._prefix}-{code}{self._ending}"

    def __get__(self, entry: str, _: object) -> str:
        """Return the words of an entry, which is its code."""
        found = self._said.get(entry)
        if found is None:
            found = self._said[entry] = say(self.name(entry))
        return found


class Counts(Words):
    """Descriptor for counts of an entry, by the message `PREFIX-CODE-count`."""

    def __init__(self, prefix: str) -> None:
        super().__init__(prefix, "count")

    def __get__(self, entry: str, _: object) -> Callable[[int], str]:  # type: ignore[override]  # a function of a count
        """Return a function that writes a count of an entry."""
        name = self.name(entry)
        return lambda number: say(name, count=number)


def script_words(names: Iterable[str]) -> dict[str, Any]:
    """Return messages for a browser script, by name, with `{value}` as placeholders.

    A message with plurals has one text per plural form of the language, plus the name of the value that decides.
    """
    return {name: _for_scripts(name) for name in names}


def _for_scripts(name: str) -> Any:
    file, pattern = _parsed(name)
    locale = _locale(file)
    counted = re.findall(r"\$(\w+) *->", catalogue(file)[name])
    forms = {form: _template(pattern, locale, form) or "" for form in (*locale.plural_form.tags, "other")}
    texts = {form: text.format_map(_Blanks()) for form, text in forms.items()}
    return {"by": counted[0], **texts} if counted else texts["other"]


class _Blanks(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


def _parsed(name: str) -> tuple[Path, ast.Pattern]:
    """Return a parsed message and its file, which is the English one if the chosen one lacks it."""
    file = _CHOSEN if name in catalogue(_CHOSEN) else ENGLISH
    if name not in catalogue(file):
        raise KeyError(f"{ENGLISH.name} lacks the message {name!r}")
    message = FluentResource(catalogue(file)[name]).body[0]
    if not isinstance(message, ast.Message) or message.value is None:
        raise ValueError(f"{file.name}: message {name!r} is not written as Fluent wants it")
    return file, message.value


@cache
def _locale(file: Path) -> Locale:
    return Locale.parse(file.stem, sep="-")


@cache
def _filler(name: str) -> Callable[[Mapping[str, object]], str]:
    """Return a function that fills in a message: by a template, or by Fluent where its words depend on values."""
    file, parsed = _parsed(name)
    locale = _locale(file)
    template = _template(parsed, locale)
    if template is not None:
        return lambda values: template.format_map({key: _as_text(value, locale) for key, value in values.items()})
    bundle = FluentBundle([file.stem], use_isolating=locale.text_direction == "rtl")
    bundle.add_resource(FluentResource(catalogue(file)[name]))
    pattern = bundle.get_message(name).value
    assert pattern is not None
    return lambda values: _with_forms(bundle, pattern, tuple((key, _value(value)) for key, value in values.items()))


def _template(pattern: ast.Pattern, locale: Locale, form: str | None = None) -> str | None:
    """Convert a pattern to a `str.format_map` template; None if it has plurals and no plural form is given."""
    parts = []
    for element in pattern.elements:
        inner = element.expression if isinstance(element, ast.Placeable) else element
        if isinstance(inner, ast.VariableReference):
            blank = f"{{{inner.id.name}}}"
            parts.append(f"\u2068{blank}\u2069" if locale.text_direction == "rtl" else blank)
        elif isinstance(inner, ast.TextElement | ast.StringLiteral):
            text = inner.value if isinstance(inner, ast.TextElement) else inner.parse()["value"]
            parts.append(text.replace("{", "{{").replace("}", "}}"))
        elif isinstance(inner, ast.SelectExpression) and form is not None:
            usual = next(variant for variant in inner.variants if variant.default)
            chosen = next((each for each in inner.variants if getattr(each.key, "name", "") == form), usual)
            parts.append(_template(chosen.value, locale, form) or "")
        else:
            return None
    return "".join(parts)


def _value(value: object) -> str | float:
    """Prepare a value for a message; a registry entry is replaced by its label."""
    if isinstance(value, Integral):
        return int(value)
    if type(value) in (str, float):
        return value  # type: ignore[return-value]  # checked above
    return getattr(value, "label", None) or (value if isinstance(value, float) else str(value))


def _as_text(value: object, locale: Locale) -> str:
    value = _value(value)
    return value if isinstance(value, str) else _number(value, locale)


@lru_cache(maxsize=1 << 12)
def _number(value: float, locale: Locale) -> str:
    """Write a number within a message; a float with up to six significant digits."""
    digits = f"{value:g}" if isinstance(value, float) else ""
    return _to_decimals(value, 0 if "e" in digits else len(digits.partition(".")[2]), locale)


@lru_cache(maxsize=1 << 12)
def number_words(value: float, decimals: int = 0, *, signed: bool = False) -> str:
    """Write a number on its own; `signed` adds a plus sign to positive ones.

    >>> number_words(1037.5, 2), number_words(12, signed=True)
    ('1,037.50', '+12')
    """
    return ("+" if signed and value > 0 else "") + _to_decimals(value, decimals, _locale(_CHOSEN))


def _to_decimals(value: float, decimals: int, locale: Locale) -> str:
    pattern = f"#,##0.{'0' * decimals}" if decimals else None
    rounded = Decimal(value if isinstance(value, int) else float(value)).quantize(
        Decimal(1).scaleb(-decimals), ROUND_HALF_UP
    )  # rounds as tables in the browser do
    return format_decimal(rounded, format=pattern, locale=locale)


@lru_cache(maxsize=1 << 14)
def _with_forms(bundle: FluentBundle, pattern: Pattern, values: tuple[tuple[str, str | float], ...]) -> str:
    """Let Fluent choose the words; long values are substituted afterwards."""
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


# Numbers, dates and lists as text, the same in the app, figures, the command line and exports.

_DAY: Final = timedelta(days=1)
_MONTHS: Final = range(1, 13)
_PERIODS: Final = ("day", "days", "days_of_months", "days_of_years", "month", "months", "months_of_years", "year")
"""Names of the messages that format days and periods; browser scripts use them as well."""


def day_words(day: date) -> str:
    """Format a day.

    >>> day_words(date(2025, 10, 11))
    '11 October 2025'
    """
    return _filled("day", day, day)


def span_words(start: date, end: date) -> str:
    """Format a span of days without repeating month and year.

    >>> span_words(date(2025, 10, 11), date(2025, 10, 12))
    '11–12 October 2025'
    >>> span_words(date(2025, 9, 30), date(2025, 10, 2))
    '30 September – 2 October 2025'
    """
    if start == end:
        return day_words(start)
    if start.year != end.year:
        return _filled("days_of_years", start, end)
    return _filled("days" if start.month == end.month else "days_of_months", start, end)


def month_words(day: date) -> str:
    """Format the month of a day.

    >>> month_words(date(2026, 4, 17))
    'April 2026'
    """
    return _filled("month", day, day)


def period_words(first: date, last: date) -> str:
    """Format a period; a whole year or whole months by name.

    >>> period_words(date(2025, 1, 1), date(2025, 3, 31))
    'January–March 2025'
    >>> period_words(date(2025, 10, 11), date(2025, 10, 17))
    '11–17 October 2025'
    """
    if first.day != 1 or (last + _DAY).day != 1:
        return span_words(first, last)
    if first.year != last.year:
        return _filled("months_of_years", first, last)
    if (first.month, last.month) == (_MONTHS[0], _MONTHS[-1]):
        return _filled("year", first, last)
    return _filled("month" if first.month == last.month else "months", first, last)


def date_settings() -> dict[str, Any]:
    """Return what a browser script needs to format dates in the same way."""
    values = ("first_day", "first_month", "first_year", "day", "month", "year", "short_month")
    blanks = {value: f"{{{value}}}" for value in values}
    return {
        "patterns": {
            **{pattern: say(f"date-{pattern}", **blanks) for pattern in _PERIODS},
            "until": say("until-day", until="{until}"),
            **{pattern: say(f"date-{pattern}", **blanks) for pattern in ("short_month", "short_day")},
        },
        "months": [say(f"month-{number}") for number in _MONTHS],
        "short_months": [say(f"short-month-{number}") for number in _MONTHS],
    }


@lru_cache(maxsize=1 << 14)
def _filled(pattern: str, first: date, last: date) -> str:
    return say(
        f"date-{pattern}",
        first_day=str(first.day),
        first_month=say(f"month-{first.month}"),
        first_year=str(first.year),
        day=str(last.day),
        month=say(f"month-{last.month}"),
        year=str(last.year),
        short_month=say(f"short-month-{last.month}"),
    )


_SEVERAL: Final = 2


def list_words(words: Sequence[str], last: str = "and") -> str:
    """Join words as in a sentence, the last one with “and” or “or”.

    >>> list_words(["Khost", "Kunar", "Paktika"])
    'Khost, Kunar and Paktika'
    """
    if len(words) < _SEVERAL:
        return "".join(words)
    return say(f"list-{last}", first=say("list-comma").join(words[:-1]), last=str(words[-1]))


def capitalised(text: str) -> str:
    """Capitalise the first letter.

    >>> capitalised("known to the Tajik side")
    'Known to the Tajik side'
    """
    return text[:1].upper() + text[1:]


def range_words(low: int, high: int, *, or_more: bool = False) -> str:
    """Format a range of figures, lower first; `or_more` if somebody says “at least” the highest.

    The order is corrected because some imported rows, and sums of them, have a low above their high.

    >>> range_words(32, 258, or_more=True), range_words(18, 17)
    ('32–258 or more', '17–18')
    """
    low, high = sorted((low, high))
    span = say("number", number=low) if low == high else say("range", low=low, high=high)
    return say("range-or-more", range=span) if or_more else span
