"""Countries as files name them: by name in many languages, by code, or among other words."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from babel import Locale
from babel.core import get_global

from geo.imports.fields.published_tables import countries_by
from geo.incident.vocabulary import Country
from geo.language.folding import FILE_LANGUAGES, fold, keys_of

OUTSIDE: Final = "outside"
"""Code of any country that is not one of the three."""
_OURS: Final = frozenset(country.value for country in Country)
LANGUAGES: Final = (*FILE_LANGUAGES, "hi", "zh")
"""Languages in which the names of all countries are known."""
_CODE_LENGTH: Final = 3
_SIMILARITY: Final = 0.88
"""Similarity from which an unknown name counts as a misspelling of one of the three countries."""
_MORE_NAMES: Final = (
    *("Syrian Arab Republic", "Russian Federation", "Viet Nam", "Lao People's Democratic Republic", "Korea"),
    *("Republic of Korea", "Democratic People's Republic of Korea", "Republic of Moldova", "DR Congo", "DRC"),
    *("Democratic Republic of the Congo", "Democratic Republic of Congo", "Republic of the Congo", "Congo"),
    *("Ivory Coast", "Palestine", "West Bank", "Gaza", "Gaza Strip", "UK", "Great Britain", "Burma", "Swaziland"),
    *("United States of America", "Turkey", "Turkiye", "Macedonia", "Brunei Darussalam", "UAE", "Czech Republic"),
    *("Kyrgyz Republic", "People's Republic of China", "Hong Kong", "Cape Verde", "East Timor", "Bosnia"),
)
"""Names of other countries that CLDR lacks."""
_PARTS: Final = re.compile(r"[/,;&()\[\]|+]|\s[-–—]\s|\band\b|\bund\b|\bet\b|\bи\b")
_MAX_LENGTH: Final = 200
_DENIED: Final = re.compile(r"\b(not|non|outside|except|excluding|other than|ausser|hors|вне|кроме)\b")
_WORD: Final = re.compile(r"[^\W_]+")


def country_named(name: str | None) -> str | None:
    """Return the code of one of the three countries by name, OUTSIDE for others; None if unknown, missing or several.

    >>> country_named("Islamic Republic of Afghanistan"), country_named("Tadschikistan"), country_named("Iran")
    ('AF', 'TJ', 'outside')
    >>> country_named("AFG - Afghanistan"), country_named("Pakistan/Afghanistan"), country_named("South Asia")
    ('AF', None, None)
    """
    if name is None or len(name) > _MAX_LENGTH:
        return None
    whole = _known(name)
    if whole:
        return whole
    if _DENIED.search(fold(name)):
        return None
    found: set[str] = set()
    for part in _PARTS.split(name):
        known = _known(part)
        found |= {known} if known else set(_countries_within(part))
    if found:
        return found.pop() if len(found) == 1 else None
    return next((_names()[like] for like in get_close_matches(fold(name), _own_names(), n=1, cutoff=_SIMILARITY)), None)


def _known(name: str) -> str | None:
    plain, sounds = fold(name), keys_of(name)
    if not plain:
        return None
    words = _WORD.findall(plain)
    spellings = (plain, " ".join(words), " ".join(sounds) if len(sounds) == len(words) else "")  # Af-Pak is not Pak
    return next((code for spelling in spellings if (code := _names().get(spelling))), None)


def _countries_within(name: str) -> Iterable[str]:
    """Yield the countries named in a text, matching the longest names first; codes do not count there."""
    words = _WORD.findall(fold(name))
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + 5), at, -1):
            text = " ".join(words[at:end])
            if len(text) > _CODE_LENGTH and text in _names():
                yield _names()[text]
                at = end
                break
        else:
            at += 1


@cache
def _names() -> Mapping[str, str]:
    """Return AF, PK, TJ or OUTSIDE by name, by the sound keys of the three, and by ISO 3166 codes of any kind."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code.isalpha():
                found.setdefault(fold(name), _code_or_outside(code))
                found.setdefault(" ".join(_WORD.findall(fold(name))), _code_or_outside(code))
    aliases: Any = get_global("territory_aliases")
    for alias, codes in aliases.items():
        if len(codes) == 1 and len(alias) == _CODE_LENGTH:
            found.setdefault(alias.lstrip("0") if alias.isdigit() else alias.lower(), _code_or_outside(codes[0]))
            found.setdefault(alias.lower(), _code_or_outside(codes[0]))
    for code in Locale.parse("en").territories:
        if str(code).isalpha() and len(str(code)) < _CODE_LENGTH:
            found.setdefault(str(code).lower(), _code_or_outside(str(code)))
    found |= {fold(name): OUTSIDE for name in _MORE_NAMES}
    names = countries_by("name")
    found |= {" ".join(keys_of(name)): country.value for name, country in names.items() if len(name) > _CODE_LENGTH}
    found |= {fold(name): country.value for name, country in names.items()}
    found |= {code: country.value for code, country in countries_by("iso_numeric").items()}
    found.pop("", None)
    return MappingProxyType(found)


@cache
def _own_names() -> tuple[str, ...]:
    """Return names of the three countries that are long enough to be recognised when misspelt."""
    return tuple(name for name, code in _names().items() if code != OUTSIDE and len(name) > 2 * _CODE_LENGTH)


def _code_or_outside(code: str) -> str:
    return code if code in _OURS else OUTSIDE
