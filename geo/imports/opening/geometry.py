"""Tables with a geometry column, Parquet's and GeoPackage's, as tables of texts with longitude and latitude."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyproj
import shapely

from geo.crs import WGS84
from geo.imports.errors import UnreadableError
from geo.imports.headers import column_names
from geo.imports.opening.limits import COLUMNS
from geo.imports.opening.texts import text_column

_PLACE: Final = ("longitude", "latitude")
_DECIMALS: Final = 8
"""Kept of degrees that are computed: about a millimetre."""


@dataclass(frozen=True, slots=True)
class Typed:
    """How the columns of a table become texts."""

    name: str
    """The file's, for messages."""
    kept: tuple[int, ...]
    """Numbers of the columns that become texts."""
    header: tuple[str, ...]
    notes: tuple[str, ...]
    geometry: int | None
    """Number of the column with points in WKB, where no other columns say where a row is."""
    transformer: pyproj.Transformer | None
    """Turns coordinates into WGS84; None where they are."""

    @classmethod
    def of(cls, names: Sequence[str], *, geometry: int | None, crs: object, name: str) -> "Typed":
        """Plan a table's texts; raises UnreadableError for too many columns or an unknown coordinate system."""
        kept = tuple(number for number in range(len(names)) if number != geometry)
        if len(kept) > COLUMNS:
            raise UnreadableError(name, f"it has {len(kept):,} columns, at most {COLUMNS:,} are read")
        plain = [names[number] for number in kept]
        if set(_PLACE) <= {one.strip().lower() for one in plain}:
            geometry = None
        header, notes = column_names([*plain, *(() if geometry is None else _PLACE)])
        transformer = None if geometry is None else _to_wgs84(crs, name)
        return cls(name, kept, header, notes, geometry, transformer)

    def texts(self, table: pa.Table) -> pa.Table:
        """Write the values of some rows as texts, without nulls."""
        columns = [text_column(table.column(number), self.name) for number in self.kept]
        if self.geometry is not None:
            columns += _place(table.column(self.geometry), self.transformer)
        return pa.table(columns, names=list(self.header))

    def check_points(self, table: pa.Table) -> None:
        """Raise UnreadableError where the rows have shapes, and none of them is a point."""
        if self.geometry is None:
            return
        shapes = shapely.from_wkb(_wkb(table.column(self.geometry)), on_invalid="ignore")
        kinds = {shape.geom_type for shape in shapes if shape is not None}
        if kinds and "Point" not in kinds:
            raise UnreadableError(self.name, f"its features are {min(kinds)}, not points; incidents need points")


def _to_wgs84(crs: object, name: str) -> pyproj.Transformer | None:
    if crs is None:
        return None
    try:
        given = pyproj.CRS.from_user_input(crs)
        if given.equals(WGS84, ignore_axis_order=True) or given.to_authority() == ("OGC", "CRS84"):
            return None
        return pyproj.Transformer.from_crs(given, WGS84, always_xy=True)
    except pyproj.exceptions.ProjError as error:
        raise UnreadableError(name, "its coordinate system is not known; save it in WGS84 (EPSG:4326)") from error


def _place(column: pa.ChunkedArray, transformer: pyproj.Transformer | None) -> list[pa.ChunkedArray]:
    """Write points as longitude and latitude, "" where there is none or another shape."""
    shapes = shapely.from_wkb(_wkb(column), on_invalid="ignore")
    x, y = shapely.get_x(shapes), shapely.get_y(shapes)
    if transformer is not None:
        x, y = (np.round(values, _DECIMALS) for values in transformer.transform(x, y))
    return [_texts(x), _texts(y)]


def _wkb(column: pa.ChunkedArray) -> np.ndarray:
    values = column.to_pylist()
    return np.array([value if isinstance(value, bytes) and value else None for value in values], object)


def _texts(values: np.ndarray) -> pa.ChunkedArray:
    return pa.chunked_array([[repr(value) if np.isfinite(value) else "" for value in values.tolist()]], pa.string())
