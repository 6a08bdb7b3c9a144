"""The columns of a row that say where: as the file has it, as the join has it, and where the two disagree."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geo.boundaries import boundaries
from geo.crs import CONFORMAL
from geo.geodesy import TO_PLANE, Floats
from geo.imports.mapping.draft import BETWEEN, Draft
from geo.imports.mapping.ledger import Ledger
from geo.imports.mapping.located import Located
from geo.imports.mapping.names import province_labels, province_named
from geo.imports.mapping.reading import joined, shown
from geo.nearest_border import side_decided
from geo.vocabulary import Country, LocationPrecision

_DRAWN: Final = (LocationPrecision.EXACT.value, LocationPrecision.NEAR.value)
"""What is drawn as a point; a district or province is a badge on the area."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What file and join say of one place; "" for nothing."""

    country: str
    file_country: str
    province: str
    side: str
    joined: str
    nearby: str

    @property
    def code(self) -> str | None:
        """The province's code by its name, else by the join."""
        return province_named(self.province or None, self.country or None) or self.joined or None

    @property
    def label(self) -> str | None:
        """The province's name in the usual spelling; as the file has it where that is no known one."""
        named = province_named(self.province or None, self.country or None)
        known = named or (None if self.province else self.joined)
        return province_labels()[known] if known else self.province or None

    def contradictions(self) -> list[str]:
        """Say where names and point do not agree."""
        named = province_named(self.province or None, self.country or None)
        labels, said = province_labels(), []
        if self.side and self.side != self.country:
            said.append(f"the file names {Country(self.country).label}, the point lies in {Country(self.side).label}")
        if self.file_country:
            said.append(f"the file names {shown(self.file_country)}, the point lies in {Country(self.side).label}")
        if named and self.joined and named != self.joined:
            said.append(f"the file names {labels[named]} province, the point lies in {labels[self.joined]}")
        return said

    def note(self) -> str | None:
        """Say what is odd about the place."""
        said = self.contradictions()
        if self.province and not province_named(self.province, self.country or None):
            said.append(f"{shown(self.province)} is the name of no province known here")
        if self.nearby:
            said.append("the point lies up to 2 km outside and was given the nearest province")
        return "; ".join(said) or None


def placing(draft: Draft, place: Located, ledger: Ledger) -> dict[str, pa.Array]:
    """Return the columns of where, by name, each of shape (rows,), with `drawn` (whether there is a point to draw)."""
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
        "geometry": points(place.lon, place.lat, np.isin(precision, _DRAWN)),
    }


def points(lon: Floats, lat: Floats, drawn: Any) -> pa.Array:
    """Return points as WKB (little-endian), null where they are not drawn; shape (n,)."""
    layout = np.dtype([("order", "u1"), ("kind", "<u4"), ("x", "<f8"), ("y", "<f8")])
    written = np.zeros(int(drawn.sum()), layout)
    written["order"], written["kind"], written["x"], written["y"] = 1, 1, lon[drawn], lat[drawn]
    offsets = np.concatenate([[0], np.cumsum(np.where(drawn, layout.itemsize, 0))]).astype(np.int32)
    valid = np.packbits(drawn, bitorder="little")
    buffers = [pa.py_buffer(valid), pa.py_buffer(offsets), pa.py_buffer(written)]
    return pa.Array.from_buffers(pa.binary(), len(lon), buffers)


def _named(draft: Draft, place: Located, ledger: Ledger) -> dict[str, pa.Array]:
    side = pa.array(place.joined["side"].to_numpy(object), pa.string(), from_pandas=True)
    outside = pc.equal(draft.country_code, "outside")
    parts = [
        pa.array(place.country, pa.string(), from_pandas=True),
        pc.if_else(pc.fill_null(outside, False), draft.country, ""),  # noqa: FBT003  # what is filled in
        draft.province,
        side,
        pa.array(place.joined["joined_province_code"].to_numpy(object), pa.string(), from_pandas=True),
        pa.array(np.where(place.joined["nearby"].to_numpy(bool), "nearby", "")),
    ]
    encoded = joined([part.cast(pa.string()) for part in parts], BETWEEN).dictionary_encode()
    said = [_Said(*text.split(BETWEEN)[: len(parts)]) for text in encoded.dictionary.to_pylist()]
    contradicted = np.array([bool(one.contradictions()) for one in said], bool)[np.asarray(encoded.indices)]
    ledger.flag("point and names contradict each other", int(contradicted.sum()))
    columns = {"province_code": "code", "province": "label"}
    return {
        **{
            column: pa.array([getattr(one, name) for one in said], pa.string()).take(encoded.indices)
            for column, name in columns.items()
        },
        "location_note": pa.array([one.note() for one in said], pa.string()).take(encoded.indices),
    }


def _radius(draft: Draft, place: Located, precision: Any, province_code: pa.Array) -> Floats:
    """Return radii, km: the code's own, or that within which the whole province lies."""
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
"""Radius where only a province is meant, and neither name nor point says which."""


@cache
def _hulls() -> dict[str, tuple[Floats, Floats]]:
    """Return the corners of each province's hull on the plane of CONFORMAL, metres."""
    hulls = boundaries().provinces.to_crs(CONFORMAL).geometry.convex_hull
    return {str(code): tuple(shapely.get_coordinates(hull).T) for code, hull in hulls.items()}
