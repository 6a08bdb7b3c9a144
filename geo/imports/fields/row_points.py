"""The point of each row: from its geometry, columns or text, no more precise than it is written, or by name."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from shapely import Point

from geo.imports.fields.cell_values import Ledger, Repair, by_text, joined, read_column
from geo.imports.fields.coordinates import DEGREES, POINT_FORM, TENTH, WHOLE, degrees, left_open_km, point
from geo.imports.fields.counts import plain_number
from geo.imports.fields.drafted_rows import BETWEEN, GEOMETRY, Cells
from geo.incident.vocabulary import LocationPrecision
from geo.language.messages import say
from geo.places.boundaries import boundaries
from geo.places.gazetteer import Gazetteer, NamedPlace, shipped
from geo.places.locating import NEARBY_KM
from geo.places.plane import Floats

Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class RowPoints:
    """The points of rows, and how precisely they are written; each of shape (rows,)."""

    lon: pa.Array
    """Degrees, not yet checked against the globe; null for none."""
    lat: pa.Array
    within_km: Floats
    """Radius left open by the way the point is written; 0 for none."""
    centres: Truths
    """Whether the point stands for a whole country."""


# Points as written: in the geometry, else in one text, else in columns of longitude and latitude.

_SAME_DEGREES: Final = 0.01
"""Largest difference, about a kilometre, between points that count as the same."""
_CENTRES: Final = (
    *((33.93911, 67.709953), (33.0, 65.0), (33.0, 66.0), (33.8352, 66.0247)),
    *((30.375321, 69.345116), (30.0, 70.0)),
    *((38.861034, 71.276093), (39.0, 71.0)),
)
"""Latitudes and longitudes that gazetteers give for the three countries as a whole."""
_CENTRE_DEGREES: Final = 0.0006


def row_points(cells: Cells, longitude: str, latitude: str, *, spelt: bool = True) -> RowPoints:
    """Return the points of rows; if geometry and columns differ, the geometry is used and the row is noted.

    With `spelt`, points in whole or tenth degrees, or at the centre of a country, are no more precise than that.
    """
    paired, lon, lat = _columns(cells, longitude, latitude)
    within = _rounded(cells.text(longitude), cells.text(latitude))
    for more_lon, more_lat, more_within in (
        *paired,
        _in_one_text(cells.text("coordinates"), cells),
        _of_geometry(cells),
    ):
        there = np.asarray(pc.and_(more_lon.is_valid(), more_lat.is_valid()))
        if there.any():
            _note_difference(lon, lat, more_lon, more_lat, cells.ledger)
            lon, lat = (pc.if_else(pa.array(there), new, old) for new, old in ((more_lon, lon), (more_lat, lat)))
            within = np.where(there, more_within, within)
    if not spelt:
        return RowPoints(lon, lat, np.zeros(cells.rows), np.zeros(cells.rows, bool))
    x, y = (np.asarray(values.fill_null(np.nan), float) for values in (lon, lat))
    centres = np.any([np.hypot(x - c_lon, y - c_lat) < _CENTRE_DEGREES for c_lat, c_lon in _CENTRES], axis=0)
    cells.ledger.repair(Repair.CENTRE, np.flatnonzero(centres))
    cells.ledger.repair(Repair.ROUNDED, np.flatnonzero((within > 0) & ~centres))
    within = np.maximum(within, cells.geometry_km)
    return RowPoints(lon, lat, within, centres)


_Points = tuple[pa.Array, pa.Array, Floats]


def _columns(cells: Cells, longitude: str, latitude: str) -> tuple[list[_Points], pa.Array, pa.Array]:
    """Parse the two columns, and separately any whole points in one of them with nothing else in the other."""
    texts, found = {name: cells.text(name) for name in (longitude, latitude)}, []
    for name, other in ((latitude, longitude), (longitude, latitude)):
        odd = pc.invert(pc.match_substring_regex(texts[name], str(DEGREES.usual)))
        alone = pc.fill_null(pc.or_kleene(texts[other].is_null(), pc.equal(texts[name], texts[other])), False)  # noqa: FBT003
        pair = by_text(pc.if_else(pc.and_(odd, alone), texts[name], None), _is_pair, pa.bool_())
        if pc.any(pair).as_py():
            found.append(_in_one_text(pc.if_else(pair, texts[name], None), cells, name))
            texts = {each: pc.if_else(pair, None, text) for each, text in texts.items()}
    lon, lat = (read_column(texts[name], DEGREES, field=name, ledger=cells.ledger) for name in (longitude, latitude))
    return found, lon, lat


def _is_pair(text: str | None) -> bool:
    return text is not None and bool(degrees(text).fault) and not point(text).fault


def _in_one_text(texts: pa.Array, cells: Cells, field: str = "coordinates") -> _Points:
    read = read_column(texts, POINT_FORM, field=field, ledger=cells.ledger)
    lon, lat, within = (pc.struct_field(read, name) for name in ("lon", "lat", "within_km"))
    return lon, lat, np.asarray(within.fill_null(0.0), float)


def _of_geometry(cells: Cells) -> _Points:
    lon, lat = (cells.degrees(field) for field in GEOMETRY)
    return lon, lat, _rounded(*(cells.text(field) for field in GEOMETRY))


def _note_difference(lon: pa.Array, lat: pa.Array, other_lon: pa.Array, other_lat: pa.Array, ledger: Ledger) -> None:
    off = [pc.abs(pc.subtract(one, other)) for one, other in ((lon, other_lon), (lat, other_lat))]
    differ = pc.fill_null(pc.greater(pc.max_element_wise(*off, skip_nulls=False), _SAME_DEGREES), False)  # noqa: FBT003
    at = np.flatnonzero(np.asarray(differ))
    if len(at):
        where = zip(
            *(values.take(pa.array(at)).to_pylist() for values in (lat, lon, other_lat, other_lon)), strict=True
        )
        said = [f"{Repair.PLACES_DIFFER.words}: {a:g}, {b:g} / {c:g}, {d:g}" for a, b, c, d in where]
        ledger.repair(Repair.PLACES_DIFFER, at, pa.array(said, pa.string()))


def _in_latin_digits(texts: pa.Array) -> pa.Array:
    if pc.all(pc.string_is_ascii(texts)).as_py() is not False:  # None if there are no texts
        return texts
    return by_text(texts, lambda text: None if text is None else plain_number(text)[0], pa.string())


def _rounded(lon: pa.Array, lat: pa.Array) -> Floats:
    """Return the radius, km, that coordinates in whole or tenth degrees leave open; 0 for all others."""
    texts = [_in_latin_digits(text) for text in (lon, lat)]
    whole, tenth = (
        [np.asarray(pc.fill_null(pc.match_substring_regex(text, form), False)) for text in texts]  # noqa: FBT003
        for form in (WHOLE, TENTH)
    )
    km: Floats = left_open_km(whole, tenth)
    return km


# Places known by name alone: located if that was asked for, else only counted.

ProvinceNamed = Callable[[str | None, str | None], str | None]
NAMED: Final = "named"
NAMEABLE: Final = "nameable"
"""Topics of the ledger's counts: rows placed by name, and rows that could be, by what the name was taken as."""


@dataclass(frozen=True, slots=True)
class _Found:
    lon: float
    lat: float
    precision: str
    uncertainty_km: float | None
    words: str


def placed_by_name(
    cells: Cells,
    names: Mapping[str, pa.Array],
    found: Mapping[str, pa.Array],
    province_named: ProvinceNamed,
) -> dict[str, pa.Array]:
    """Return location fields in which rows with a name but no point are placed; empty unless that was asked for.

    Parameters
    ----------
    cells
        The block.
    names
        Texts of place, district, province and country code.
    found
        Fields without such places: lon, lat, precision, uncertainty_km.
    province_named
        Returns the code of a province by its name and its country's code.

    """
    missing = np.asarray(pc.and_(found["lon"].is_null(), found["lat"].is_null()))
    if not missing.any():
        return {}
    keys = joined([pc.if_else(pa.array(missing), names[name], None) for name in _NAMES], BETWEEN)
    gazetteers = (cells.gazetteer, shipped())
    looked_up = {text: _look_up(text, gazetteers, province_named) for text in pc.unique(keys).to_pylist()}
    words = by_text(keys, partial(_value, looked_up, "words"), pa.string())
    at = np.flatnonzero(np.asarray(words.is_valid()) & missing)
    if not cells.by_name or not len(at):
        cells.ledger.count(NAMEABLE, Counter(words.take(pa.array(at)).to_pylist()))
        return {}
    cells.ledger.count_kept(NAMED, at, words.take(pa.array(at)))
    said = [f"{Repair.BY_NAME.words}: {text}" for text in words.take(pa.array(at)).to_pylist()]
    cells.ledger.repair(Repair.BY_NAME, at, pa.array(said, pa.string()))
    new = {name: by_text(keys, partial(_value, looked_up, name), kind) for name, kind in _KINDS.items()}
    there = np.zeros(cells.rows, bool)
    there[at] = True
    return {name: pc.if_else(pa.array(there), column, found[name]) for name, column in new.items()}


def _value(looked_up: Mapping[str, _Found | None], name: str, text: str | None) -> Any:
    return getattr(looked_up[text or ""], name, None)


_KINDS: Final = {"lon": pa.float64(), "lat": pa.float64(), "precision": pa.string(), "uncertainty_km": pa.float64()}
_NAMES: Final = ("place", "district", "province", "country_code")


def _look_up(text: str, gazetteers: Sequence[Gazetteer], province_named: ProvinceNamed) -> _Found | None:
    """Find the most precise of place, district and province, in the first gazetteer that has its name."""
    place, district, province, country = text.split(BETWEEN)[: len(_NAMES)]
    code = province_named(province or None, country or None)
    if country not in ("", *boundaries().provinces["country"]) or not (country or code):
        return None  # the place could be in any country
    for name, precision in ((place, LocationPrecision.NEAR), (district, LocationPrecision.DISTRICT)):
        knowing = (one for one in gazetteers if one.knows(name, country or None))
        known = next((one.find(name, country or None) for one in knowing), None)
        if known and (code is None or _reaches(known, code)):
            radius = known.radius_km if precision is LocationPrecision.NEAR else precision.usual_km
            return _Found(known.lon, known.lat, precision.value, radius, _words(name, known, radius or 0))
    code = code or province_named(place or None, country or None)
    if code is None:
        return None
    row = boundaries().provinces.loc[code]
    said = say("by-name-province", name=province or place, province=str(row["province"]))
    return _Found(float(row["label_lon"]), float(row["label_lat"]), LocationPrecision.PROVINCE.value, None, said)


def _reaches(place: NamedPlace, province: str) -> bool:
    """Tell whether a place lies in a province, or within its radius of it."""
    area = boundaries().provinces.geometry[province]
    return bool(area.distance(Point(place.lon, place.lat)) * _KM_PER_DEGREE <= max(place.radius_km, NEARBY_KM))


_KM_PER_DEGREE: Final = 111.0


def _words(name: str, known: NamedPlace, radius_km: float) -> str:
    return say("by-name-place", name=name, place=known.name, km=f"{radius_km:g}")
