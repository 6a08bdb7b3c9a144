"""Places by name: the towns and crossing points of the map, and whatever else somebody brings in a file."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import Final

from geo.incident.errors import UnreadableError
from geo.incident.vocabulary import Country
from geo.language.folding import fold, keys_of
from geo.language.messages import say
from geo.places.boundaries import boundaries

TOWN_KM: Final = 5.0
"""Within which what happened in a town lies, as for any place that is known as well as a town."""
COLUMNS: Final = ("name", "other_names", "country", "longitude", "latitude", "radius_km")
"""Of a file of places; `other_names` are apart by semicolons, and may be left out, as may `radius_km`."""
_MOST_BYTES: Final = 20_000_000
_MOST_KM: Final = 2000


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


def read_gazetteer(path: Path) -> tuple[NamedPlace, ...]:
    """Read a CSV file of places, with a header of COLUMNS; raises UnreadableError, which names row and column."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UnreadableError(path.name, say("gazetteer-too-large", mb=_MOST_BYTES // 1_000_000))
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(path.name, say("gazetteer-unreadable", error=error)) from error
    rows = csv.DictReader(io.StringIO(text, newline=""))
    try:
        missing = [name for name in COLUMNS if name not in ("other_names", "radius_km", *(rows.fieldnames or ()))]
        if missing:
            said = say("gazetteer-columns", missing=", ".join(missing), all=", ".join(COLUMNS))
            raise UnreadableError(path.name, said)
        return tuple(_place(row, number, path.name) for number, row in enumerate(rows, start=1))
    except csv.Error as error:
        raise UnreadableError(path.name, say("gazetteer-unreadable", error=error)) from error


def _place(row: Mapping[str, str | None], number: int, file: str) -> NamedPlace:
    given = {name: (row.get(name) or "").strip() for name in COLUMNS}
    countries = tuple(code.strip().upper() for code in given["country"].split(";"))
    if not given["name"] or not set(countries) <= set(Country):
        column = "country" if given["name"] else "name"
        raise UnreadableError(file, say("gazetteer-row", row=number, column=column, text=repr(given[column][:60])))
    numbers = {}
    for column, most in (("longitude", 180), ("latitude", 90), ("radius_km", _MOST_KM)):
        try:
            text = given[column].replace("_", "?")  # which Python takes for no more than a space
            numbers[column] = float(text or (TOWN_KM if column == "radius_km" else "?"))
        except ValueError:
            numbers[column] = float("nan")
        if not abs(numbers[column]) <= most or (column == "radius_km" and numbers[column] <= 0):
            raise UnreadableError(file, say("gazetteer-row", row=number, column=column, text=repr(given[column][:60])))
    others = tuple(name.strip() for name in given["other_names"].split(";") if name.strip())
    return NamedPlace(given["name"], others, countries, numbers["longitude"], numbers["latitude"], numbers["radius_km"])


def _others(name: str, spellings: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    return tuple(spellings.get(fold(name), ()))


def _spellings(name: str) -> tuple[str, ...]:
    """Return how a name is looked up: as it is, then by its sound; names too short to have one only as they are."""
    plain, sound = fold(name), " ".join(keys_of(name))
    bare = fold(name.split("(", maxsplit=1)[0])
    return tuple(dict.fromkeys(spelling for spelling in (plain, bare, sound) if spelling))
