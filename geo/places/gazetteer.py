"""Places by name: the towns and crossing points of the map, and whatever else somebody brings in a file."""

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
"""Within which what happened in a town lies, as for any place that is known as well as a town."""
COLUMNS: Final = ("name", "other_names", "country", "longitude", "latitude", "radius_km")
"""Of a file of places; `other_names` are separated by semicolons, and may be left out, as may `radius_km`."""
_MOST_BYTES: Final = 20_000_000
_MOST: Final[Mapping[str, float]] = {"longitude": 180, "latitude": 90, "radius_km": 2000}
_NUMBER: Final = re.compile(r"[-+]?[0-9.]+([eE][-+]?[0-9]+)?")
_LINE_ENDS: Final = re.compile(r"\r\n?")
_DELIMITERS: Final = (",", ";", "\t")
_LONG_CODE: Final = 3
_FAULTS_NAMED: Final = 10
_KM_OF_DEGREE: Final = 111.2
_DIRECTIONS: Final = 16
_SHARES: Final = (0.5, 1.0)
"""Where, on circles around a place that lies in another country than it names, that country is looked for."""


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
    """Places that are looked up by name."""

    places: tuple[NamedPlace, ...]

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[NamedPlace, ...]]:
        found: dict[str, list[NamedPlace]] = {}
        for place in self.places:
            for name in dict.fromkeys(chain.from_iterable(map(_spellings, (place.name, *place.other_names)))):
                found.setdefault(name, []).append(place)
        return {name: tuple(places) for name, places in found.items()}

    def find(self, name: str, country: str | None) -> NamedPlace | None:
        """Return the place of a name, in a country where one is given; None where there is none, or are several.

        >>> shipped().find("Spin Boldak", "AF").name, shipped().find("Atlantis", None)
        ('Spin Boldak', None)
        """
        places = self._named(name, country)
        spots = {(round(place.lon, 1), round(place.lat, 1)) for place in places}
        return places[0] if len(spots) == 1 else None

    def knows(self, name: str, country: str | None) -> bool:
        """Tell whether there is any place of a name, also where there are several."""
        return bool(self._named(name, country))

    def _named(self, name: str, country: str | None) -> Sequence[NamedPlace]:
        """Return the places of a name, by the first spelling that any has."""
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
        NamedPlace(str(name), _others(str(name), spellings), (str(country),), shape.x, shape.y, TOWN_KM)
        for name, country, shape in zip(
            layers.towns["name"], layers.towns["country"], layers.towns.geometry, strict=True
        )
    )
    crossings = (
        NamedPlace(
            point.name,
            (*point.other_names, *_others(point.name, spellings)),
            tuple(country.value for country in point.countries),
            point.lon,
            point.lat,
            point.uncertainty_km,
        )
        for point in layers.crossing_points
    )
    return Gazetteer((*towns, *crossings))


# A file of places that somebody brings.


def read_gazetteer(path: Path) -> tuple[NamedPlace, ...]:
    """Read a CSV file of places, with a header of COLUMNS, in UTF-8 or UTF-16, with commas, semicolons or tabs.

    Raises UnreadableError, which names the first faulty rows, each with its column and what is expected there.
    """
    text = _text(path)
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
    faults |= _elsewhere({number: row.place() for number, row in enumerate(rows, start=1) if number not in faults})
    if faults:
        named = [say("gazetteer-row", row=str(number), fault=faults[number]) for number in sorted(faults)]
        more = len(named) - _FAULTS_NAMED
        shown = [*named[:_FAULTS_NAMED], *([say("gazetteer-more", count=more)] if more > 0 else [])]
        raise UnreadableError(path.name, say("list-semicolon").join(shown))
    return tuple(row.place() for row in rows)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UnreadableError(path.name, say("gazetteer-too-large", mb=_MOST_BYTES // 1_000_000))
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
    """Whether a comma may stand for the point of a number."""

    def text(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def fault(self) -> str | None:
        """Say what is wrong in its first faulty column, and what is expected there."""
        for column in ("name", "country", "longitude", "latitude", "radius_km"):
            if column == "name":
                sound = bool(self.text(column))
            elif column == "country":
                sound = None not in self.countries()
            else:
                number = self.number(column)
                sound = abs(number) <= _MOST[column] and (column != "radius_km" or number > 0)
            if not sound:
                expected = say(f"gazetteer-expected-{column.removesuffix('_km')}")
                return say("gazetteer-fault", column=column, text=repr(self.text(column)[:60]), expected=expected)
        return None

    def countries(self) -> tuple[str | None, ...]:
        """Return codes; None for what is no country of the three."""
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
        """Return what it says, where there is no fault in it."""
        others = tuple(name.strip() for name in self.text("other_names").split(";") if name.strip())
        longitude, latitude, radius = (self.number(column) for column in _MOST)
        countries = tuple(dict.fromkeys(country for country in self.countries() if country))
        return NamedPlace(self.text("name"), others, countries, longitude, latitude, radius)


@cache
def _countries() -> Mapping[str, str]:
    """Return the codes of the three countries by what a file may call them: two or three letters, or the name."""
    short = {country.value: (country.value, country.label) for country in Country}
    long = {code: to[0] for code, to in get_global("territory_aliases").items() if len(code) == _LONG_CODE}
    named = {fold(name): code for code, names in short.items() for name in names}
    return named | {fold(name): code for name, code in long.items() if code in short}


def _elsewhere(places: Mapping[int, NamedPlace]) -> dict[int, str]:
    """Say of which places the circle within which they lie touches none of the countries that they name."""
    if not places:
        return {}
    lon, lat, km = np.array([(one.lon, one.lat, one.radius_km) for one in places.values()]).T
    inside = locate_province(lon, lat)["country"].to_numpy()
    off = [
        at for at, (one, there) in enumerate(zip(places.values(), inside, strict=True)) if there not in one.countries
    ]
    touched: list[set[str]] = [set() for _ in off]
    for share in _SHARES:
        for angle in np.linspace(0, 2 * np.pi, _DIRECTIONS, endpoint=False):
            north = np.clip(lat[off] + share * km[off] * np.sin(angle) / _KM_OF_DEGREE, -90, 90)
            wide = _KM_OF_DEGREE * np.cos(np.radians(np.clip(lat[off], -89, 89)))
            east = (lon[off] + share * km[off] * np.cos(angle) / wide + 180) % 360 - 180
            for found, country in zip(touched, locate_province(east, north)["country"], strict=True):
                found.add(country)
    numbers, named = [*places], [*places.values()]
    return {
        numbers[at]: _lies(named[at], inside[at])
        for at, found in zip(off, touched, strict=True)
        if not found & {*named[at].countries}
    }


def _lies(place: NamedPlace, country: object) -> str:
    point = f"{place.lon:g} {place.lat:g}"
    if country not in [*Country]:
        return say("gazetteer-outside", point=point, name=repr(place.name[:60]))
    named = list_words([Country(code).label for code in place.countries])
    return say("gazetteer-elsewhere", point=point, found=Country(str(country)).label, named=named)


def _others(name: str, spellings: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    return tuple(spellings.get(fold(name), ()))


def _spellings(name: str) -> tuple[str, ...]:
    """Return how a name is looked up: as it is, then by its sound; names too short to have one only as they are."""
    plain, sound = fold(name), " ".join(keys_of(name))
    bare = fold(name.split("(", maxsplit=1)[0])
    return tuple(dict.fromkeys(spelling for spelling in (plain, bare, sound) if spelling))
