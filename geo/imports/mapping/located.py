"""Where rows lie: points held against the globe and the country named, exchanged back, joined, or not drawn."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from geo.boundaries import Boundaries, boundaries
from geo.geodesy import Floats
from geo.imports.mapping.draft import Draft
from geo.imports.mapping.ledger import Ledger
from geo.imports.mapping.names import OUTSIDE
from geo.imports.mapping.repair import Repair
from geo.locate import locate_province
from geo.nearest_border import locate_from_nearest_border
from geo.vocabulary import Country, LocationPrecision

OUTSIDE_REASON: Final = "outside Afghanistan, Pakistan and Tajikistan"

Texts = npt.NDArray[np.object_]
Truths = npt.NDArray[np.bool_]

_OURS: Final = tuple(country.value for country in Country)
_MARGIN_DEG: Final = 0.1
"""More than the 2 km around the countries within which a point is still theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Where the rows of a block lie, each of shape (rows,)."""

    lon: Floats
    """Degrees; missing where nothing may be said of a point."""
    lat: Floats
    country: Texts
    """AF, PK or TJ; as the file names it, else by the join."""
    joined: pd.DataFrame
    """The answer of `locate_from_nearest_border`."""

    def filter(self, kept: Truths) -> "Located":
        """Return only some of the rows."""
        return Located(
            lon=self.lon[kept],
            lat=self.lat[kept],
            country=self.country[kept],
            joined=self.joined[kept].reset_index(drop=True),
        )


def located(draft: Draft, ledger: Ledger) -> Located:
    """Decide where rows lie; rows outside the three countries, or with half a point, are rejected."""
    named = _objects(draft.country_code)
    lon, lat = (np.asarray(values.fill_null(np.nan), float) for values in (draft.lon, draft.lat))
    _reject_half_points(lon, lat, ledger)
    nowhere = np.asarray(draft.precision) == LocationPrecision.COUNTRY
    lon, lat = np.where(nowhere, np.nan, lon), np.where(nowhere, np.nan, lat)
    lon, lat = _exchanged(lon, lat, named, ledger)
    _reject_off_globe(lon, lat, ledger)
    joined = _joined(lon, lat, boundaries())
    side = joined["side"].to_numpy(object)
    ours = np.isin(named, _OURS)
    place = Located(lon=lon, lat=lat, country=np.where(ours, named, side), joined=joined)
    _reject_outside(place, named, ledger)
    return _without(place, np.isfinite(lon) & pd.isna(side) & ours, ledger)


def _reject_half_points(lon: Floats, lat: Floats, ledger: Ledger) -> None:
    for field, other, half in (("longitude", "latitude", np.isnan(lon)), ("latitude", "longitude", np.isnan(lat))):
        whole = np.isnan(lon) & np.isnan(lat)
        ledger.reject(np.flatnonzero(half & ~whole), field=field, reason=f"is missing, though {other} is given")


def _exchanged(lon: Floats, lat: Floats, named: Texts, ledger: Ledger) -> tuple[Floats, Floats]:
    """Exchange latitude and longitude where that, and only that, lands in the country that the row names."""
    maybe = np.flatnonzero(np.isin(named, _OURS) & ~_in_region(lon, lat) & _in_region(lat, lon))
    found = locate_province(lat[maybe], lon[maybe])["country"].to_numpy(object)
    at = maybe[found == named[maybe]]
    words = [
        f"{Repair.SWAPPED.words}: {y:g}, {x:g} read as {x:g}, {y:g}" for x, y in zip(lon[at], lat[at], strict=True)
    ]
    ledger.repair(Repair.SWAPPED, at, pa.array(words, pa.string()))
    turned_lon, turned_lat = lon.copy(), lat.copy()
    turned_lon[at], turned_lat[at] = lat[at], lon[at]
    return turned_lon, turned_lat


def _reject_off_globe(lon: Floats, lat: Floats, ledger: Ledger) -> None:
    for field, values, most in (("latitude", lat, 90), ("longitude", lon, 180)):
        at = np.flatnonzero(np.abs(values) > most)
        ledger.reject(at, field=field, reason=f"is not between −{most} and {most} degrees")


def _joined(lon: Floats, lat: Floats, layers: Boundaries) -> pd.DataFrame:
    """Join each distinct point once; points far from the region lie nowhere."""
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


def _without(place: Located, elsewhere: Truths, ledger: Ledger) -> Located:
    """Take away points that lie in none of the countries though the row names one of them."""
    at = np.flatnonzero(elsewhere & ledger.kept)
    points = zip(place.lon[at], place.lat[at], strict=True)
    words = [f"{Repair.POINT_ELSEWHERE.words}: {lat:g}, {lon:g}" for lon, lat in points]
    ledger.repair(Repair.POINT_ELSEWHERE, at, pa.array(words, pa.string()))
    joined = place.joined.copy()
    joined.loc[elsewhere, ["border", "border_km", "chainage_km"]] = None
    lon, lat = (np.where(elsewhere, np.nan, values) for values in (place.lon, place.lat))
    return Located(lon=lon, lat=lat, country=place.country, joined=joined)


def _reject_outside(place: Located, named: Texts, ledger: Ledger) -> None:
    lost, pointed = pd.isna(place.country), np.isfinite(place.lon)
    ledger.reject(np.flatnonzero(lost & (named == OUTSIDE)), field="country", reason=OUTSIDE_REASON)
    unnamed = lost & pd.isna(named)
    ledger.reject(np.flatnonzero(unnamed & pointed), field="latitude", reason=OUTSIDE_REASON)
    reason = "is missing, and there are no coordinates that would tell it"
    ledger.reject(np.flatnonzero(unnamed & ~pointed), field="country", reason=reason)


def _objects(texts: pa.Array) -> Texts:
    return np.asarray(texts.to_numpy(zero_copy_only=False), object)
