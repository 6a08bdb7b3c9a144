"""The parts of a release: GeoParquet 1.1, a part for each block of a file, its rows in the order of a curve.

Rows that lie near each other stand near each other, so that the statistics of row groups tell which of them a view
touches.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo.datasets.points import curve_order, wkb_points
from geo.vocabulary import LocationPrecision

GEOMETRY: Final = "geometry"
RAW: Final = "raw"
ROW_GROUP: Final = 16_384
"""Rows that are read or left out together."""

_DRAWN: Final = (LocationPrecision.EXACT, LocationPrecision.NEAR)
_LEVEL: Final = 1
_FEW: Final = 0.5
"""Distinct values per row, up to which a dictionary of them is worth its making."""
_SOUGHT: Final = {"id": {"ndv": ROW_GROUP, "fpp": 0.01}}
"""Bloom filters, so that one incident is found without reading the ids of all."""


def part_name(number: int) -> str:
    """Name the part of a block, from 0.

    >>> part_name(12)
    'part-00012.parquet'
    """
    return f"part-{number:05d}.parquet"


def write_part(rows: pa.Table, path: Path) -> None:
    """Write rows of IMPORT_SCHEMA with `raw` as a part; equal rows give equal files.

    Without a column `geometry` it is made: a point where the place is known exactly or to some kilometres, else null.
    """
    lon, lat = degrees(rows, "lon"), degrees(rows, "lat")
    if GEOMETRY not in rows.column_names:
        drawn = pc.is_in(rows["location_precision"], pa.array([p.value for p in _DRAWN]))
        rows = rows.append_column(GEOMETRY, wkb_points(lon, lat, drawn.to_numpy(zero_copy_only=False)))
    sorted_rows = rows.take(pa.array(curve_order(lon, lat)))
    described = {b"geo": json.dumps(_geo(rows, lon, lat)).encode()}
    pq.write_table(
        sorted_rows.replace_schema_metadata(described),
        path,
        row_group_size=ROW_GROUP,
        compression="zstd",
        compression_level=_LEVEL,
        use_dictionary=_repetitive(rows),
        write_statistics=_compared(rows.schema),
        bloom_filter_options=_SOUGHT,
    )


def degrees(rows: pa.Table, name: str) -> npt.NDArray[np.float64]:
    """Return a column of numbers, NaN where one is missing."""
    return np.asarray(pc.fill_null(rows[name], np.nan).to_numpy(), np.float64)


def _geo(rows: pa.Table, lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]) -> dict[str, Any]:
    """Return what GeoParquet asks for; without a `crs` it is OGC:CRS84, lon before lat."""
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"]}
    drawn = rows[GEOMETRY].is_valid().to_numpy()
    if drawn.any():
        bounds = (lon[drawn].min(), lat[drawn].min(), lon[drawn].max(), lat[drawn].max())
        column["bbox"] = [float(value) for value in bounds]
    return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}


def _repetitive(rows: pa.Table) -> list[str]:
    """Name the columns whose values repeat; for others a dictionary costs time and saves nothing."""
    sample = rows.slice(0, ROW_GROUP)
    few = max(1, int(sample.num_rows * _FEW))
    return [path for path, column in _leaves(sample) if pc.count_distinct(column, mode="all").as_py() <= few]


def _compared(schema: pa.Schema) -> list[str]:
    """Name the columns that conditions are about, whose statistics are worth their room."""
    return [field.name for field in schema if not pa.types.is_nested(field.type) and field.name not in _LONG]


_LONG: Final = {GEOMETRY, "search", "summary", "title", "source_text", "source_url", "location_note"}


def _leaves(rows: pa.Table) -> Iterable[tuple[str, Any]]:
    """Go through the columns that hold values, by their paths in the file."""
    for field in rows.schema:
        column = rows[field.name].combine_chunks()
        if pa.types.is_struct(field.type):
            yield from ((f"{field.name}.{name.name}", column.field(name.name)) for name in field.type)
        elif pa.types.is_list(field.type):
            yield f"{field.name}.list.element", column.flatten()
        else:
            yield field.name, column
