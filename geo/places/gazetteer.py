"""Places by name: the towns and crossing points of the map, and those of a file that a user supplies."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from math import nan
from pathlib import Path
from typing import Final

import numpy as np
from babel.core import get_global

from geo.incident.errors import UnreadableError
from geo.incident.vocabulary import Country
from geo.language.folding import fold, keys_of
from geo.language.messages import list_words, say
from geo.places.boundaries import boundaries
from geo.places.locating import locate_province

TOWN_KM: Final = 5.0
"""Radius within which an incident in a town lies: the usual one of an approximate location."""
COLUMNS: Final = ("name", "other_names", "country", "longitude", "latitude", "radius_km")
"""Columns of a file of places; `other_names`, separated by semicolons, and `radius_km` are optional."""
_MAX_BYTES: Final = 20_000_000
_MAX_VALUES: Final[Mapping[str, float]] = {"longitude": 180, "latitude": 90, "radius_km": 2000}
_NUMBER: Final = re.compile(r"[-+]?[0-9.]+([eE][-+]?[0-9]+)?")
_LINE_ENDS: Final = re.compile(r"\r\n?")
_DELIMITERS: Final = (",", ";", "\t")
_LONG_CODE: Final = 3
_FAULTS_NAMED: Final = 10
_KM_OF_DEGREE: Final = 111.2
_DIRECTIONS: Final = 16
_RADIUS_SHARES: Final = (0.5, 1.0)
"""Shares of a place's radius at which points around it are tested for the country that it names."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place with its names."""

    name: str
    other_names: tuple[str, ...]
    countries: tuple[str, ...]
    """Codes of Country."""
    lon: float
    """Degrees, WGS84."""
    lat: float
    radius_km: float


@dataclass(frozen=True)
class Gazetteer:
    """Places to look up by name."""

    places: tuple[NamedPlace, ...]

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[NamedPlace, ...]]:
        found: dict[str, list[NamedPlace]] = {}
        for place in self.places:
            for name in dict.fromkeys(chain.from_iterable(map(_spellings, (place.name, *place.other_names)))):
                found.setdefault(name, []).append(place)
        return {name: tuple(places) for name, places in found.items()}

    def find(self, name: str, country: str | None) -> NamedPlace | None:
        """Return the place with a name, in `country` if given; None if there is none, or more than one.

        >>> shipped().find("Spin Boldak", "AF").name, shipped().find("Atlantis", None)
        ('Spin Boldak', None)
        """
        places = self._named(name, country)
        spots = {(round(place.lon, 1), round(place.lat, 1)) for place in places}
        return places[0] if len(spots) == 1 else None

    def knows(self, name: str, country: str | None) -> bool:
        """Tell whether any place has a name, even if several do."""
        return bool(self._named(name, country))

    def _named(self, name: str, country: str | None) -> Sequence[NamedPlace]:
        """Return the places with a name, by the first of its spellings that is found."""
        found = (
            [place for place in self._by_name.get(spelling, ()) if country in (None, *place.countries)]
            for spelling in _spellings(name)
        )
        return next(filter(None, found), [])


NO_PLACES: Final = Gazetteer(())


@cache
def shipped() -> Gazetteer:
    """Return the places that come with the program."""
    layers = boundaries()
    spellings = {fold(name): names for names in layers.place_names for name in names}
    towns = (
        NamedPlace(str(name), _other_spellings(str(name), spellings), (str(country),), shape.x, shape.y, TOWN_KM)
        for name, country, shape in zip(
            layers.towns["name"], layers.towns["country"], layers.towns.geometry, strict=True
        )
    )
    crossings = (
        NamedPlace(
            point.name,
            (*point.other_names, *_other_spellings(point.name, spellings)),
            tuple(country.value for country in point.countries),
            point.lon,
            point.lat,
            point.uncertainty_km,
        )
        for point in layers.crossing_points
    )
    return Gazetteer((*towns, *crossings))


# A file of places that a user supplies.


def read_gazetteer(path: Path) -> tuple[NamedPlace, ...]:
    """Read a CSV file of places with a header of COLUMNS, in UTF-8 or UTF-16, separated by commas, semicolons or tabs.

    Raises UnreadableError, which names the first faulty rows, each with the column and what is expected there.
    """
    text = _read_text(path)
    first = text.partition("\n")[0].strip()
    try:
        delimiter = max(_DELIMITERS, key=lambda one: len({*COLUMNS} & {*_header(first, one)}))
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        header = [_column(name) for name in next(lines, [])]
        missing = [name for name in COLUMNS if name not in ("other_names", "radius_km", *header)]
        if missing:
            said = say("gazetteer-columns", missing=", ".join(missing), all=", ".join(COLUMNS))
            raise UnreadableError(path.name, said)
        rows = [_Row(dict(zip(header, line, strict=False)), commas=delimiter != ",") for line in lines if line]
    except csv.Error as error:
        raise UnreadableError(path.name, say("gazetteer-no-csv", error=error)) from error
    faults = {number: fault for number, row in enumerate(rows, start=1) if (fault := row.fault())}
    faults |= _place_faults({number: row.place() for number, row in enumerate(rows, start=1) if number not in faults})
    if faults:
        named = [say("gazetteer-row", row=str(number), fault=faults[number]) for number in sorted(faults)]
        more = len(named) - _FAULTS_NAMED
        shown = [*named[:_FAULTS_NAMED], *([say("gazetteer-more", count=more)] if more > 0 else [])]
        raise UnreadableError(path.name, say("list-semicolon").join(shown))
    return tuple(row.place() for row in rows)


def _read_text(path: Path) -> str:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise UnreadableError(path.name, say("gazetteer-too-large", mb=_MAX_BYTES // 1_000_000))
        content = path.read_bytes()
        wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        return _LINE_ENDS.sub("\n", content.decode("utf-16" if wide else "utf-8-sig"))
    except FileNotFoundError as error:
        raise UnreadableError(path.name, say("gazetteer-missing")) from error
    except OSError as error:
        raise UnreadableError(path.name, say("read-failed", error=error.strerror or str(error))) from error
    except UnicodeDecodeError as error:
        raise UnreadableError(path.name, say("gazetteer-unreadable", error=error)) from error


def _header(line: str, delimiter: str) -> list[str]:
    return [_column(name) for name in next(csv.reader([line], delimiter=delimiter), [])]


def _column(name: str) -> str:
    return name.strip().lower()


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a file of places."""

    cells: Mapping[str, str]
    commas: bool
    """Whether numbers may have a decimal comma."""

    def text(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def fault(self) -> str | None:
        """Describe the first faulty column and what is expected there; None if there is none."""
        for column in ("name", "country", "longitude", "latitude", "radius_km"):
            if column == "name":
                sound = bool(self.text(column))
            elif column == "country":
                sound = None not in self.countries()
            else:
                number = self.number(column)
                sound = abs(number) <= _MAX_VALUES[column] and (column != "radius_km" or number > 0)
            if not sound:
                expected = say(f"gazetteer-expected-{column.removesuffix('_km')}")
                return say("gazetteer-fault", column=column, text=repr(self.text(column)[:60]), expected=expected)
        return None

    def countries(self) -> tuple[str | None, ...]:
        """Return country codes, with None for anything but the three countries."""
        return tuple(_countries().get(fold(name)) for name in self.text("country").replace("/", ";").split(";"))

    def number(self, column: str) -> float:
        text = self.text(column)
        if self.commas and text.count(",") == 1 and "." not in text:
            text = text.replace(",", ".")
        if column == "radius_km" and not text:
            return TOWN_KM
        try:
            return float(text) if _NUMBER.fullmatch(text) else nan
        except ValueError:
            return nan

    def place(self) -> NamedPlace:
        """Return the row as a place; it must have no fault."""
        others = tuple(name.strip() for name in self.text("other_names").split(";") if name.strip())
        longitude, latitude, radius = (self.number(column) for column in _MAX_VALUES)
        countries = tuple(dict.fromkeys(country for country in self.countries() if country))
        return NamedPlace(self.text("name"), others, countries, longitude, latitude, radius)


@cache
def _countries() -> Mapping[str, str]:
    """Return the codes of the three countries by name and by codes of two and three letters."""
    short = {country.value: (country.value, country.label) for country in Country}
    long = {code: to[0] for code, to in get_global("territory_aliases").items() if len(code) == _LONG_CODE}
    named = {fold(name): code for code, names in short.items() for name in names}
    return named | {fold(name): code for name, code in long.items() if code in short}


def _place_faults(places: Mapping[int, NamedPlace]) -> dict[int, str]:
    """Return the faults, by row, of places whose circle touches none of the countries that they name."""
    if not places:
        return {}
    lon, lat, km = np.array([(one.lon, one.lat, one.radius_km) for one in places.values()]).T
    inside = locate_province(lon, lat)["country"].to_numpy()
    off = [
        at for at, (one, there) in enumerate(zip(places.values(), inside, strict=True)) if there not in one.countries
    ]
    touched: list[set[str]] = [set() for _ in off]
    for share in _RADIUS_SHARES:
        for angle in np.linspace(0, 2 * np.pi, _DIRECTIONS, endpoint=False):
            north = np.clip(lat[off] + share * km[off] * np.sin(angle) / _KM_OF_DEGREE, -90, 90)
            wide = _KM_OF_DEGREE * np.cos(np.radians(np.clip(lat[off], -89, 89)))
            east = (lon[off] + share * km[off] * np.cos(angle) / wide + 180) % 360 - 180
            for found, country in zip(touched, locate_province(east, north)["country"], strict=True):
                found.add(country)
    numbers, named = [*places], [*places.values()]
    return {
        numbers[at]: _elsewhere_words(named[at], inside[at])
        for at, found in zip(off, touched, strict=True)
        if not found & {*named[at].countries}
    }


def _elsewhere_words(place: NamedPlace, country: object) -> str:
    point = f"{place.lon:g} {place.lat:g}"
    if country not in [*Country]:
        return say("gazetteer-outside", point=point, name=repr(place.name[:60]))
    named = list_words([Country(code).label for code in place.countries])
    return say("gazetteer-elsewhere", point=point, found=Country(str(country)).label, named=named)


def _other_spellings(name: str, spellings: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    return tuple(spellings.get(fold(name), ()))


def _spellings(name: str) -> tuple[str, ...]:
    """Return the spellings to look a name up by: as written, without brackets, and its sound key if it has one."""
    plain, sound = fold(name), " ".join(keys_of(name))
    bare = fold(name.split("(", maxsplit=1)[0])
    return tuple(dict.fromkeys(spelling for spelling in (plain, bare, sound) if spelling))
