"""Countries and provinces as files name them."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from geo.boundaries import boundaries
from geo.folding import fold, keys_of
from geo.imports.mapping.tables import countries_by, table
from geo.vocabulary import Country

OUTSIDE: Final = "outside"
"""What stands for a country that is none of the three."""

_UNITS: Final = re.compile(
    r"\b(province|provinces|prov|region|district|territory|capital territory|independent city|city|viloyat|viloyati|"
    r"velayat|wilayat|welayat|oblast|autonomous|area|state|ولایت|صوبہ|вилояти|область|области)\b"
)


def country_named(name: str | None) -> str | None:
    """Return the code of a country by its name, OUTSIDE for another country, None for no name.

    >>> country_named("Islamic Republic of Afghanistan"), country_named("Afganistan"), country_named("Iran")
    ('AF', 'AF', 'outside')
    """
    if name is None:
        return None
    found = _countries().get(fold(name)) or _countries().get(_sound(name))
    return found.value if found else OUTSIDE


def province_named(name: str | None, country: str | None) -> str | None:
    """Return the code of a province by the usual spellings of its name; a name in two countries needs the country.

    >>> province_named("Hilmand province", "AF"), province_named("NWFP", None), province_named("Badakhshan", "TJ")
    ('AF-HEL', 'PK-KP', 'TJ-GB')
    """
    if name is None:
        return None
    plain = fold(name)
    bare = " ".join(_UNITS.sub(" ", plain).split())
    for spelling in (plain, bare, _sound(bare)):
        codes = _provinces().get(spelling, frozenset())
        of_country = [code for code in codes if country in (None, OUTSIDE) or code.startswith(f"{country}-")]
        if len(of_country) == 1:
            return of_country[0]
    return None


@cache
def province_labels() -> Mapping[str, str]:
    """Return the names of provinces by code."""
    return MappingProxyType({str(code): str(name) for code, name in boundaries().provinces["province"].items()})


def _sound(name: str) -> str:
    return " ".join(keys_of(name))


@cache
def _countries() -> Mapping[str, Country]:
    names = countries_by("name")
    by_sound = {_sound(name): country for name, country in names.items() if len(name) > 3}  # noqa: PLR2004  # a code
    return MappingProxyType({**by_sound, **{fold(name): country for name, country in names.items()}})


@cache
def _provinces() -> Mapping[str, frozenset[str]]:
    spellings = {line["province_code"]: line["names"].split(";") for line in table("province_names")}
    known = [{fold(name) for name in names} for names in boundaries().place_names]
    codes: dict[str, set[str]] = {}
    for code, names in spellings.items():
        own = {fold(name) for name in (*names, province_labels()[code])}
        more = {name for names in known if province_labels()[code].casefold() in names for name in names}
        for name in own | more:
            for spelling in (name, " ".join(_UNITS.sub(" ", name).split()), _sound(name)):
                codes.setdefault(spelling, set()).add(code)
    codes.pop("", None)
    return MappingProxyType({name: frozenset(of) for name, of in codes.items()})
