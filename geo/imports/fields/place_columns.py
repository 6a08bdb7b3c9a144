"""Where rows lie: provinces as files name them, points checked against names, and location columns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geo.datasets.parts import wkb_points
from geo.imports.blocks import SEVERAL
from geo.imports.fields.cell_values import Ledger, Repair, by_text, joined, shown
from geo.imports.fields.coordinates import to_wgs84
from geo.imports.fields.countries import OUTSIDE
from geo.imports.fields.drafted_rows import BETWEEN, Cells, Draft
from geo.imports.fields.published_tables import table
from geo.imports.fields.row_points import RowPoints, placed_by_name, row_points
from geo.incident.vocabulary import AS_POINTS, Country, LocationPrecision
from geo.language.folding import fold, keys_of
from geo.language.messages import say
from geo.places.boundaries import Boundaries, boundaries
from geo.places.locating import locate_from_nearest_border, locate_province, side_decided
from geo.places.plane import CONFORMAL, TO_PLANE, Floats

# Countries and provinces as files name them.

_LONGEST_PROVINCE: Final = 200
_UNITS: Final = re.compile(
    r"\b(province|provinces|prov|region|district|territory|capital territory|independent city|city|viloyat|viloyati|"
    r"velayat|wilayat|welayat|oblast|autonomous|area|state|ولایت|صوبہ|вилояти|область|области)\b"
)


def province_named(name: str | None, country: str | None) -> str | None:
    """Return the code of a province by common spellings of its name; a name in two countries needs the country.

    >>> province_named("Hilmand province", "AF"), province_named("NWFP", None), province_named("Badakhshan", "TJ")
    ('AF-HEL', 'PK-KP', 'TJ-GB')
    """
    if name is None or len(name) > _LONGEST_PROVINCE:
        return None
    for spelling in _spellings(name):
        codes = _provinces().get(spelling, frozenset())
        of_country = [code for code in codes if country in (None, OUTSIDE) or code.startswith(f"{country}-")]
        if len(of_country) == 1:
            return of_country[0]
    return None


def former_unit(name: str | None) -> str | None:
    """Return the description of a former unit, now part of a province, by name; None for any other name.

    >>> former_unit("FATA"), former_unit("NWFP")
    ('the Federally Administered Tribal Areas (FATA), part of Khyber Pakhtunkhwa since 2018', None)
    """
    if name is None or len(name) > _LONGEST_PROVINCE:
        return None
    return next((unit for spelling in _spellings(name) if (unit := _former_units().get(spelling))), None)


@cache
def province_labels() -> Mapping[str, str]:
    """Return the names of provinces by code."""
    return MappingProxyType({str(code): str(name) for code, name in boundaries().provinces["province"].items()})


def _spellings(name: str) -> tuple[str, str, str]:
    """Return the spellings to look a name up by: folded, without words for units, and its sound key."""
    plain = fold(name)
    bare = " ".join(_UNITS.sub(" ", plain).split())
    return plain, bare, _sound(bare)


def _sound(name: str) -> str:
    return " ".join(keys_of(name))


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


@cache
def _former_units() -> Mapping[str, str]:
    """Return descriptions of former units by the spellings of their names."""
    found = {
        spelling: line["meaning"]
        for line in table("former_units")
        for name in line["names"].split(";")
        for spelling in _spellings(name)
        if spelling  # initials have no sound key
    }
    return MappingProxyType(found)


# Location fields: the same for all kinds of files, except for the names of their columns.


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereColumns:
    """Names of the location columns in a kind of file; "" for one that it does not have."""

    place: tuple[str, ...]
    """Columns that may name the place, the most precise first."""
    district: str
    province: str
    country: str
    longitude: str = "longitude"
    latitude: str = "latitude"


def where(
    cells: Cells,
    columns: WhereColumns,
    precision: tuple[pa.Array, pa.Array],
    *,
    code: pa.Array | None = None,
    spelt: bool = True,
    **instead: pa.Array,
) -> dict[str, pa.Array]:
    """Return the location fields of a draft.

    Parameters
    ----------
    cells
        The block.
    columns
        Names of its location columns.
    precision
        Location precision and radius, km, by the precision code alone.
    code
        Country codes for rows that do not name the country.
    spelt
        Whether the way coordinates are written limits their precision.
    instead
        Fields that replace those read from columns.

    """
    country = cells.text(columns.country)
    by_name = cells.countries(columns.country)
    country_code = by_name if code is None else pc.coalesce(by_name, code)
    shared = np.zeros(0, np.int64)
    if cells.geometry_country is not None:
        unnamed = pc.and_(country.is_null(), country_code.is_null())
        shared = np.flatnonzero(pc.and_(unnamed, pc.fill_null(pc.equal(cells.geometry_country, SEVERAL), False)))  # noqa: FBT003
        of_area = pc.if_else(pc.equal(cells.geometry_country, SEVERAL), None, cells.geometry_country)
        country_code = pc.coalesce(country_code, pc.if_else(unnamed, of_area, None))
    points = row_points(cells, columns.longitude, columns.latitude, spelt=spelt)
    found = {
        "place": _place(cells, columns, country_code),
        "district": cells.text(columns.district),
        "province": cells.text(columns.province),
        "country": country,
        "country_code": country_code,
        "lon": points.lon,
        "lat": points.lat,
        **_no_more_exact(points, precision),
    } | instead
    named = cells.first(columns.place[:1])
    names = {name: found[name] for name in ("district", "province", "country_code")}
    placed = found | placed_by_name(cells, {"place": named, **names}, found, province_named)
    nowhere = np.asarray(pc.and_(placed["lon"].is_null(), placed["lat"].is_null()))
    cells.ledger.reject(shared[nowhere[shared]], field="country", reason=say("reject-shared-area"))
    return placed


def _place(cells: Cells, columns: WhereColumns, country_code: pa.Array) -> pa.Array:
    """Return the most precise place name that each row has; a country's is its usual name, not a code."""
    if columns.place[-1] != columns.country or len(columns.place) == 1:
        return cells.first(columns.place)
    labels = {country.value: country.label for country in Country}
    given = cells.text(columns.country)
    whole = by_text(pc.if_else(given.is_valid(), country_code, None), lambda code: labels.get(code or ""), pa.string())
    return pc.coalesce(cells.first(columns.place[:-1]), whole, given)


def _no_more_exact(points: RowPoints, precision: tuple[pa.Array, pa.Array]) -> dict[str, pa.Array]:
    """Return precision and radius, no finer than the way the coordinates are written."""
    coarse = pa.array(points.within_km > 0)
    codes, radius = precision
    exact = pc.fill_null(pc.equal(codes, LocationPrecision.EXACT.value), False)  # noqa: FBT003  # the fill value
    codes = pc.if_else(pc.and_(exact, coarse), LocationPrecision.NEAR.value, codes)
    as_points = pc.is_in(codes, value_set=pa.array([known.value for known in AS_POINTS]))
    wider = pc.max_element_wise(radius, pa.array(points.within_km))
    return {
        "precision": pc.if_else(pa.array(points.centres), LocationPrecision.COUNTRY.value, codes),
        "uncertainty_km": pc.if_else(pc.and_(coarse, as_points), wider, radius),
    }


# Where rows lie: points checked against the globe and the country named, repaired, located, or not drawn.

OUTSIDE_REASON: Final = say("reject-outside")

Texts = npt.NDArray[np.object_]
Truths = npt.NDArray[np.bool_]

_OURS: Final = tuple(country.value for country in Country)
_MARGIN_DEG: Final = 0.1
"""More than the 2 km within which a point outside the countries is still assigned to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Where the rows of a block lie, each of shape (rows,)."""

    lon: Floats
    """Degrees; NaN if there is no usable point."""
    lat: Floats
    country: Texts
    """AF, PK or TJ; as the file names it, else where the point lies."""
    joined: pd.DataFrame
    """The result of `locate_from_nearest_border`."""

    def filter(self, kept: Truths) -> "Located":
        """Return only some of the rows."""
        return Located(
            lon=self.lon[kept],
            lat=self.lat[kept],
            country=self.country[kept],
            joined=self.joined[kept].reset_index(drop=True),
        )


def located(draft: Draft, ledger: Ledger) -> Located:
    """Locate rows; those outside the three countries, or with half a point, are rejected."""
    named = np.asarray(draft.country_code.to_numpy(zero_copy_only=False), object)
    lon, lat = (np.asarray(values.fill_null(np.nan), float) for values in (draft.lon, draft.lat))
    _reject_half_points(lon, lat, ledger)
    nowhere = np.asarray(draft.precision) == LocationPrecision.COUNTRY
    lon, lat = np.where(nowhere, np.nan, lon), np.where(nowhere, np.nan, lat)
    lon, lat = _decimal_point_restored(lon, lat, named, ledger)
    lon, lat = _exchanged(lon, lat, named, ledger)
    _reject_off_globe(lon, lat, ledger)
    joined = _joined(lon, lat, boundaries())
    side = joined["side"].to_numpy(object)
    named = _by_province(named, draft, side)
    ours = np.isin(named, _OURS)
    country = np.where(ours | pd.isna(named), np.where(ours, named, side), np.nan)
    place = Located(lon=lon, lat=lat, country=country, joined=joined)
    _reject_outside(place, draft, named, ledger)
    pointless = np.isnan(lon) & np.isnan(lat) & ~nowhere & ledger.kept
    ledger.flag(say("flag-no-point"), int(pointless.sum()))
    return _without_points(place, np.isfinite(lon) & pd.isna(side) & ours, ledger)


def _by_province(named: Texts, draft: Draft, side: Texts) -> Texts:
    """Return the countries that rows name, or else those of their provinces if their points are in the region.

    Elsewhere there are provinces of the same name, such as Punjab.
    """
    unnamed = pd.isna(named) & np.asarray(draft.country.is_null()) & ~pd.isna(side)
    if not unnamed.any():
        return named
    of_province = by_text(draft.province, _country_of, pa.string()).to_numpy(zero_copy_only=False)
    return np.where(unnamed, of_province, named)


def _country_of(province: str | None) -> str | None:
    code = province_named(province, None)
    return code and code.partition("-")[0]


def _reject_half_points(lon: Floats, lat: Floats, ledger: Ledger) -> None:
    for field, other, half in (("longitude", "latitude", np.isnan(lon)), ("latitude", "longitude", np.isnan(lat))):
        whole = np.isnan(lon) & np.isnan(lat)
        ledger.reject(np.flatnonzero(half & ~whole), field=field, reason=say("reject-half-a-point", other=other))


def _exchanged(lon: Floats, lat: Floats, named: Texts, ledger: Ledger) -> tuple[Floats, Floats]:
    """Exchange latitude and longitude if that, and only that, puts the point in the country that the row names."""
    maybe = np.flatnonzero(np.isin(named, _OURS) & ~_in_region(lon, lat) & _in_region(lat, lon))
    found = locate_province(lat[maybe], lon[maybe])["country"].to_numpy(object)
    at = maybe[found == named[maybe]]
    words = [
        say("repaired-swapped", repair=Repair.SWAPPED.words, lat=f"{y:g}", lon=f"{x:g}")
        for x, y in zip(lon[at], lat[at], strict=True)
    ]
    ledger.repair(Repair.SWAPPED, at, pa.array(words, pa.string()))
    turned_lon, turned_lat = lon.copy(), lat.copy()
    turned_lon[at], turned_lat[at] = lat[at], lon[at]
    return turned_lon, turned_lat


def _decimal_point_restored(lon: Floats, lat: Floats, named: Texts, ledger: Ledger) -> tuple[Floats, Floats]:
    """Restore a decimal point lost in a spreadsheet, after two digits, if that gives a point in the country named."""
    off = (np.abs(lon) > _MAX_LON) | (np.abs(lat) > _MAX_LAT)
    maybe = np.flatnonzero(off & np.isin(named, _OURS))
    if not len(maybe):
        return lon, lat
    tried = [_with_two_digits(values[maybe]) for values in (lon, lat)]
    there = _lie_in(tried[0], tried[1], named[maybe]) & ~_may_be_metres(lon[maybe], lat[maybe], named[maybe])
    there &= ~(_may_be_packed(lon[maybe]) & _may_be_packed(lat[maybe]))
    words = [f"{Repair.POINT_LOST.words}: {y:g}, {x:g}" for x, y in zip(*(t[there] for t in tried), strict=True)]
    ledger.repair(Repair.POINT_LOST, maybe[there], pa.array(words, pa.string()))
    put_back = lon.copy(), lat.copy()
    for values, new in zip(put_back, tried, strict=True):
        values[maybe[there]] = new[there]
    return put_back


_SIXTY: Final = 60


def _may_be_packed(values: Floats) -> Truths:
    """Tell which numbers may be degrees, minutes and seconds without separators, such as 332022 or 3320.37."""
    whole = np.floor(np.abs(np.nan_to_num(values)))
    seconds, minutes = whole % 100, np.floor(whole / 100) % 100
    shortened = whole % 1000 == 0  # 3.10E+05
    of_six = (whole >= 10**5) & (whole < 10**6) & (seconds < _SIXTY) & (minutes < _SIXTY) & ~shortened
    return np.asarray(of_six | ((whole >= 10**3) & (whole < 10**4) & (seconds < _SIXTY)), bool)


_IN_METRES: Final = ("EPSG:3857", "EPSG:32641", "EPSG:32642", "EPSG:32643")
"""Web Mercator, and the UTM zones in which the countries lie."""
_LEAST_NORTHING: Final = 1_000_000


def _may_be_metres(x: Floats, y: Floats, named: Texts) -> Truths:
    """Tell which numbers, read as metres, also give a point in the country named."""
    found = np.zeros(len(x), bool)
    at = np.flatnonzero((x > 0) & (y >= _LEAST_NORTHING))
    for crs in _IN_METRES if len(at) else ():
        lon, lat = (np.where(np.isfinite(values), values, np.nan) for values in to_wgs84(crs)(x[at], y[at]))
        found[at] |= _lie_in(lon, lat, named[at])
    return found


def _lie_in(lon: Floats, lat: Floats, named: Texts) -> Truths:
    return np.asarray(locate_province(lon, lat)["country"].to_numpy(object) == named, bool)


def _with_two_digits(values: Floats) -> Floats:
    """Move the decimal point of numbers of 100 and more to after the second digit, as in the region's coordinates.

    >>> _with_two_digits(np.array([310.058, 31005812.0, 31.0]))
    array([31.0058  , 31.005812, 31.      ])
    """
    sizes = np.abs(np.nan_to_num(values, nan=1.0))
    powers = np.maximum(np.floor(np.log10(np.maximum(sizes, 1.0))) - 1, 0)
    return np.asarray(values / 10.0**powers)


def _reject_off_globe(lon: Floats, lat: Floats, ledger: Ledger) -> None:
    for field, values, limit in (("latitude", lat, _MAX_LAT), ("longitude", lon, _MAX_LON)):
        lost = np.abs(values) >= _NO_ANGLE
        ledger.reject(np.flatnonzero(lost), field=field, reason=say("reject-point-lost"))
        at = np.flatnonzero((np.abs(values) > limit) & ~lost)
        ledger.reject(at, field=field, reason=say("reject-off-globe", most=limit))


_MAX_LAT, _MAX_LON = 90, 180
_NO_ANGLE: Final = 1000
"""Numbers from here on are not angles, but digits without their decimal point, or metres."""


def _joined(lon: Floats, lat: Floats, layers: Boundaries) -> pd.DataFrame:
    """Locate each distinct point once; points far from the region have no location."""
    near = np.flatnonzero(_in_region(lon, lat))
    points, which = np.unique(lon[near] + 1j * lat[near], return_inverse=True)
    placed = locate_from_nearest_border(points.real, points.imag, layers)
    row = np.full(len(lon), -1)
    row[near] = which
    return placed.reindex(row).reset_index(drop=True).assign(nearby=lambda rows: rows["nearby"].eq(True))  # noqa: FBT003


def _in_region(lon: Floats, lat: Floats) -> Truths:
    west, south, east, north = boundaries().provinces.total_bounds
    wide = (lon >= west - _MARGIN_DEG) & (lon <= east + _MARGIN_DEG)
    return np.asarray(wide & (lat >= south - _MARGIN_DEG) & (lat <= north + _MARGIN_DEG), bool)


def _without_points(place: Located, elsewhere: Truths, ledger: Ledger) -> Located:
    """Remove points that lie in none of the countries although the row names one of them."""
    at = np.flatnonzero(elsewhere & ledger.kept)
    points = zip(place.lon[at], place.lat[at], strict=True)
    words = [f"{Repair.POINT_ELSEWHERE.words}: {lat:g}, {lon:g}" for lon, lat in points]
    ledger.repair(Repair.POINT_ELSEWHERE, at, pa.array(words, pa.string()))
    joined = place.joined.copy()
    joined.loc[elsewhere, ["border", "border_km", "chainage_km"]] = None
    lon, lat = (np.where(elsewhere, np.nan, values) for values in (place.lon, place.lat))
    return Located(lon=lon, lat=lat, country=place.country, joined=joined)


ELSEWHERE: Final = "elsewhere"
"""Topics of the ledger's counts: rows outside, by country named, and those with a point inside once exchanged."""
EXCHANGED: Final = "exchanged"


def _reject_outside(place: Located, draft: Draft, named: Texts, ledger: Ledger) -> None:
    """Reject rows that lie elsewhere, by the country that they name or else by their point."""
    lost, pointed = pd.isna(place.country), np.isfinite(place.lon)
    others = lost & (named == OUTSIDE) & ledger.kept
    inside = others & ~pd.isna(place.joined["side"].to_numpy(object))
    ledger.reject(np.flatnonzero(inside), field="country", reason=say("reject-other-country"))
    ledger.reject(np.flatnonzero(others), field="country", reason=OUTSIDE_REASON)
    unnamed = lost & pd.isna(named) & ledger.kept
    away = unnamed & pointed
    ledger.reject(np.flatnonzero(away), field="latitude", reason=OUTSIDE_REASON)
    said = np.asarray(draft.country.is_valid())
    ledger.reject(np.flatnonzero(unnamed & said), field="country", reason=say("reject-unknown-country"))
    ledger.reject(np.flatnonzero(unnamed & ~said), field="country", reason=say("reject-no-country"))
    names = draft.country.take(pa.array(np.flatnonzero(others))).fill_null("")
    counted = {entry["values"][:_LONGEST_NAME]: entry["counts"] for entry in pc.value_counts(names).to_pylist()}
    ledger.count(ELSEWHERE, counted | ({"": int(away.sum())} if away.any() else {}))
    at = np.flatnonzero(away & _in_region(place.lat, place.lon))
    if len(at):
        ledger.count(EXCHANGED, {"": int(locate_province(place.lat[at], place.lon[at])["country"].notna().sum())})


_LONGEST_NAME: Final = 60


# Location columns: as the file has them, as the point is located, and where the two disagree.


@dataclass(frozen=True, slots=True)
class _Said:
    """What a row's names and its point say of one place; "" for nothing."""

    country: str
    file_country: str
    province: str
    side: str
    joined: str
    nearby: str

    @property
    def code(self) -> str | None:
        """The province's code by its name, else where the point lies, if that is in the country."""
        named = province_named(self.province or None, self.country or None)
        return named or (self.joined if self.joined.startswith(f"{self.country}-") else None)

    @property
    def label(self) -> str | None:
        """The province's name in the usual spelling, or as in the file if it is unknown."""
        named = province_named(self.province or None, self.country or None)
        known = named or (None if self.province else self.code)
        return province_labels()[known] if known else self.province or None

    @property
    def former(self) -> str | None:
        """The former unit that the file names, if it is now part of a province."""
        named = self.province and province_named(self.province, self.country or None)
        return former_unit(self.province) if named else None

    def contradictions(self) -> list[str]:
        """Describe where names and point disagree."""
        named = province_named(self.province or None, self.country or None)
        labels, said = province_labels(), []
        if self.side and self.side != self.country:
            said.append(say("note-country", named=Country(self.country).label, found=Country(self.side).label))
        if self.file_country:
            said.append(say("note-unknown-country", name=shown(self.file_country), found=Country(self.side).label))
        if named and self.joined and named != self.joined:
            said.append(say("note-province", named=labels[named], found=labels[self.joined]))
        return said

    def note(self) -> str | None:
        """Describe what is odd about the place; None if nothing is."""
        said = self.contradictions()
        if self.former:
            said.append(say("note-former-unit", unit=self.former))
        if self.province and not province_named(self.province, self.country or None):
            said.append(say("note-no-province", name=shown(self.province)))
        if self.nearby:
            said.append(say("note-nearest-province"))
        return "; ".join(said) or None


def placing(draft: Draft, place: Located, ledger: Ledger) -> dict[str, pa.Array]:
    """Return the location columns by name, each of shape (rows,), with `geometry` (the point to draw, or null)."""
    missing = np.isnan(place.lon)
    precision = np.where(
        missing, LocationPrecision.COUNTRY.value, np.asarray(draft.precision.to_numpy(zero_copy_only=False))
    )
    columns = _named(draft, place, ledger)
    radius = _radius(draft, place, precision, columns["province_code"])
    table = place.joined.assign(side_decided=side_decided(place.joined, radius))
    return {
        **columns,
        "country": pa.array(place.country, pa.string(), from_pandas=True),
        "location_precision": pa.array(precision, pa.string()),
        "lon": pa.array(place.lon, from_pandas=True),
        "lat": pa.array(place.lat, from_pandas=True),
        "uncertainty_km": pa.array(radius, from_pandas=True),
        **{
            name: pa.array(table[name].to_numpy(object), kind, from_pandas=True)
            for name, kind in (
                ("border", pa.string()),
                ("border_km", pa.float64()),
                ("chainage_km", pa.float64()),
                ("side", pa.string()),
                ("side_decided", pa.bool_()),
                ("joined_province_code", pa.string()),
            )
        },
        "geometry": wkb_points(place.lon, place.lat, np.isin(precision, [known.value for known in AS_POINTS])),
    }


def _named(draft: Draft, place: Located, ledger: Ledger) -> dict[str, pa.Array]:
    side = pa.array(place.joined["side"].to_numpy(object), pa.string(), from_pandas=True)
    found = pa.array(place.joined["joined_province_code"].to_numpy(object), pa.string(), from_pandas=True)
    parts = [
        pa.array(place.country, pa.string(), from_pandas=True),
        pc.if_else(draft.country_code.is_null(), draft.country, ""),
        draft.province,
        side,
        found,
        pa.array(np.where(place.joined["nearby"].to_numpy(bool), "nearby", "")),
    ]
    if draft.provinces_stated:
        parts[4] = pc.if_else(draft.province.is_null(), None, found)
    encoded = joined([part.cast(pa.string()) for part in parts], BETWEEN).dictionary_encode()
    said = [_Said(*text.split(BETWEEN)[: len(parts)]) for text in encoded.dictionary.to_pylist()]
    contradicted = np.array([bool(one.contradictions()) for one in said], bool)[np.asarray(encoded.indices)]
    ledger.flag(say("flag-contradiction"), int(contradicted.sum()))
    _flag_former(said, np.asarray(encoded.indices), ledger)
    columns = {"province_code": "code", "province": "label"}
    return {
        **{
            column: pa.array([getattr(one, name) for one in said], pa.string()).take(encoded.indices)
            for column, name in columns.items()
        },
        "location_note": pa.array([one.note() for one in said], pa.string()).take(encoded.indices),
    }


def _flag_former(said: Sequence[_Said], rows: Any, ledger: Ledger) -> None:
    """Count the rows that name a former unit that is now part of a province."""
    units = [one.former for one in said]
    for unit in dict.fromkeys(filter(None, units)):
        places = [at for at, named in enumerate(units) if named == unit]
        ledger.flag(say("flag-former-unit", unit=unit), int(np.isin(rows, places).sum()))


def _radius(draft: Draft, place: Located, precision: Any, province_code: pa.Array) -> Floats:
    """Return radii, km: as given, or wide enough for the whole province."""
    radius = np.array(draft.uncertainty_km.fill_null(np.nan), float)
    codes = pd.Series(province_code.to_numpy(zero_copy_only=False), dtype=object)
    wide = np.isnan(radius) & (precision == LocationPrecision.PROVINCE)
    x, y = TO_PLANE.transform(place.lon, place.lat)
    for code, at in codes[wide].groupby(codes[wide]).indices.items():
        rows = np.flatnonzero(wide)[at]
        hull_x, hull_y = _hulls()[str(code)]
        off = np.hypot(x[rows, None] - hull_x, y[rows, None] - hull_y)
        radius[rows] = np.ceil(off.max(axis=1) / 1000)
    radius[wide & np.isnan(radius)] = _NO_PROVINCE_KM
    return np.where(np.isnan(place.lon), np.nan, np.minimum(radius, 2000))


_NO_PROVINCE_KM: Final = 200.0
"""Radius if only a province is meant, and neither name nor point says which."""


@cache
def _hulls() -> dict[str, tuple[Floats, Floats]]:
    """Return the corners of each province's convex hull in CONFORMAL, metres."""
    hulls = boundaries().provinces.to_crs(CONFORMAL).geometry.convex_hull
    return {str(code): tuple(shapely.get_coordinates(hull).T) for code, hull in hulls.items()}
