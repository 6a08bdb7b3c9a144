"""The parts of a release (GeoParquet 1.1, one per block of a file): writing, querying and checking them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo.datasets.dataset import IMPORT_SCHEMA, LATER_COLUMNS, PEOPLE_COLUMNS, os_reason
from geo.incident.vocabulary import AS_POINTS, About
from geo.language.messages import say

# Points as columns: bulk WKB, and their order along a space-filling curve.

_LITTLE_ENDIAN, _POINT = 1, 1
_WKB: Final = np.dtype([("order", "u1"), ("kind", "<u4"), ("lon", "<f8"), ("lat", "<f8")])
_CURVE_BITS: Final = 16
"""Bits per axis: a step of the curve is 360° / 2¹⁶, or some 500 m."""


def wkb_points(
    lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64], drawn: npt.NDArray[np.bool_] | None = None
) -> pa.BinaryArray:
    """Write points as WKB, lon before lat, WGS84 degrees, shape (n,); null where one is missing or not `drawn`."""
    there = np.isfinite(lon) & np.isfinite(lat)
    if drawn is not None:
        there &= drawn
    points = np.empty(int(there.sum()), _WKB)
    points["order"], points["kind"] = _LITTLE_ENDIAN, _POINT
    points["lon"], points["lat"] = lon[there], lat[there]
    ends = np.concatenate([[0], np.cumsum(there, dtype=np.int32)]).astype(np.int32) * np.int32(_WKB.itemsize)
    valid = np.packbits(there, bitorder="little")
    buffers = [pa.py_buffer(valid), pa.py_buffer(ends), pa.py_buffer(points.tobytes())]
    return pa.Array.from_buffers(pa.binary(), len(lon), buffers)


def curve_order(lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Return the positions of points in Hilbert-curve order; points without coordinates come last, order kept."""
    nowhere = ~(np.isfinite(lon) & np.isfinite(lat))
    x, y = (_cell(np.where(nowhere, 0, degrees), half) for degrees, half in ((lon, 180.0), (lat, 90.0)))
    last = np.uint32(2**_CURVE_BITS - 1)
    along = np.zeros(len(x), np.int64)
    for bit in range(_CURVE_BITS - 1, -1, -1):
        right, upper = (x >> bit) & 1, (y >> bit) & 1
        along = along << 2 | ((3 * right) ^ upper).astype(np.int64)
        flipped = (upper == 0) & (right == 1)
        x, y = np.where(flipped, last - x, x), np.where(flipped, last - y, y)
        x, y = np.where(upper == 0, y, x), np.where(upper == 0, x, y)
    along[nowhere] = np.iinfo(np.int64).max
    return np.argsort(along, kind="stable")


def _cell(degrees: npt.NDArray[np.float64], half: float) -> npt.NDArray[np.uint32]:
    """Return the position on one axis in curve steps, counted from the west or south."""
    steps = (degrees + half) / (2 * half) * 2**_CURVE_BITS
    return np.clip(steps, 0, 2**_CURVE_BITS - 1).astype(np.uint32)


# Queries of the parts of releases, by DuckDB in bounded memory at any size.

_BESIDE: Final = [pa.field(name, pa.string()) for name in ("raw", "geometry", "filename")]
_NOTHING: Final = pa.schema([*IMPORT_SCHEMA, *_BESIDE]).empty_table()
_MEMORY: Final = "1GB"


@contextmanager
def scanning(scratch: Path, **releases: Sequence[Path]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a connection with one view per release, named after it.

    A view has the columns of IMPORT_SCHEMA, `raw`, `geometry` and `filename`. Data that does not fit into memory is
    spilled to the folder `scratch`, and deleted with the connection.
    """
    spill = scratch / "spill"
    connection = duckdb.connect(config={"memory_limit": _MEMORY, "temp_directory": str(spill)})
    try:
        for name, parts in releases.items():
            if parts:
                files = [str(part) for part in parts]
                found = connection.read_parquet(files, union_by_name=True, filename=True)
                with_later_columns(found).create_view(name)
            else:
                connection.register(name, _NOTHING)
        yield connection
    finally:
        connection.close()
        if spill.exists():
            spill.rmdir()


def stated(rows: pa.Table | Mapping[str, pa.Array], about: About) -> npt.NDArray[np.bool_]:
    """Tell which rows give a figure of a measure of people, shape (rows,)."""
    return np.asarray(pc.or_(*(pc.is_valid(rows[f"{about}_{end}"]) for end in ("low", "high"))), bool)


def with_later_columns(rows: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """Add to rows of parts what earlier versions did not write of IMPORT_SCHEMA, null in every row."""
    missing = [f"NULL::BIGINT AS {name}" for name in LATER_COLUMNS if name not in rows.columns]
    return rows.project(", ".join(["*", *missing])) if missing else rows


def answer(connection: duckdb.DuckDBPyConnection, query: str, **values: Any) -> pa.Table:
    """Return the result of a query with bound values."""
    relation: Any = connection.sql(query, params=values)
    return relation.to_arrow_table()


def batches(connection: duckdb.DuckDBPyConnection, query: str, *, rows: int, **values: Any) -> Iterator[pa.RecordBatch]:
    """Yield the result of a query with bound values, in batches of up to `rows` rows."""
    relation: Any = connection.sql(query, params=values)
    yield from relation.to_arrow_reader(rows)


# Writing parts: GeoParquet 1.1, one per block of a file, with rows along a space-filling curve. Nearby incidents are
# thus stored together, so that row-group statistics tell which groups a view touches.

GEOMETRY: Final = "geometry"
ROW_GROUP: Final = 16_384
"""Number of rows that are read or skipped together."""

_LEVEL: Final = 1
_DISTINCT_PER_ROW: Final = 0.5
"""Distinct values per row up to which a dictionary pays off."""
_BLOOM_FILTERS: Final = {"id": {"ndv": ROW_GROUP, "fpp": 0.01}}
"""Bloom filters, to find one incident without reading all ids."""


def part_name(number: int) -> str:
    """Return the file name of a block's part, counted from 0.

    >>> part_name(12)
    'part-00012.parquet'
    """
    return f"part-{number:05d}.parquet"


def write_part(rows: pa.Table, path: Path) -> None:
    """Write rows of IMPORT_SCHEMA with `raw` as a part; equal rows give identical files.

    A missing `geometry` column is added: a point for exact and approximate locations, else null.
    """
    lon, lat = degrees(rows, "lon"), degrees(rows, "lat")
    if GEOMETRY not in rows.column_names:
        drawn = pc.is_in(rows["location_precision"], pa.array([known.value for known in AS_POINTS]))
        rows = rows.append_column(GEOMETRY, wkb_points(lon, lat, drawn.to_numpy(zero_copy_only=False)))
    sorted_rows = rows.take(pa.array(curve_order(lon, lat)))
    described = {b"geo": json.dumps(_geo(rows, lon, lat)).encode()}
    pq.write_table(
        sorted_rows.replace_schema_metadata(described),
        path,
        row_group_size=ROW_GROUP,
        compression="zstd",
        compression_level=_LEVEL,
        use_dictionary=_dictionary_columns(rows),
        write_statistics=_statistics_columns(rows.schema),
        bloom_filter_options=_BLOOM_FILTERS,
        write_page_checksum=True,
    )


def degrees(rows: pa.Table, name: str) -> npt.NDArray[np.float64]:
    """Return a numeric column, with NaN for missing values."""
    return np.asarray(pc.fill_null(rows[name], np.nan).to_numpy(), np.float64)


def _geo(rows: pa.Table, lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]) -> dict[str, Any]:
    """Return the GeoParquet metadata; without a `crs` the CRS is OGC:CRS84, lon before lat."""
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"]}
    drawn = rows[GEOMETRY].is_valid().to_numpy()
    if drawn.any():
        bounds = (lon[drawn].min(), lat[drawn].min(), lon[drawn].max(), lat[drawn].max())
        column["bbox"] = [float(value) for value in bounds]
    return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}


def _dictionary_columns(rows: pa.Table) -> list[str]:
    """Return the columns with repeated values; for others a dictionary costs time and saves nothing."""
    sample = rows.slice(0, ROW_GROUP)
    few = max(1, int(sample.num_rows * _DISTINCT_PER_ROW))
    return [path for path, column in _leaves(sample) if pc.count_distinct(column, mode="all").as_py() <= few]


def _statistics_columns(schema: pa.Schema) -> list[str]:
    """Return the columns used in conditions, whose statistics are worth their space."""
    return [field.name for field in schema if not pa.types.is_nested(field.type) and field.name not in _LONG]


_LONG: Final = {GEOMETRY, "search", "summary", "title", "source_text", "source_url", "location_note"}


def _leaves(rows: pa.Table) -> Iterable[tuple[str, Any]]:
    """Yield the leaf columns with their paths in the file."""
    for field in rows.schema:
        column = rows[field.name].combine_chunks()
        if pa.types.is_struct(field.type):
            yield from ((f"{field.name}.{name.name}", column.field(name.name)) for name in field.type)
        elif pa.types.is_list(field.type):
            yield f"{field.name}.list.element", column.flatten()
        else:
            yield field.name, column


# Damage to the files of a release since they were written: truncated, of another type, from another version. Footers
# are checked at once, rows only after a query has failed.

Stamp = tuple[str, int, int]
"""State of a file: path, modification time in nanoseconds, size in bytes."""

_BROKEN: Final[dict[Stamp, str]] = {}
"""Why files with intact footers cannot be read, as found since the program started."""


def stamp(path: Path) -> Stamp:
    """Return the state of a file; raises OSError."""
    about = path.stat()
    return str(path), about.st_mtime_ns, about.st_size


def file_fault(path: Path, schema: pa.Schema) -> str:
    """Return why a file is not valid Parquet with the columns of a schema, as a clause; empty if it is."""
    try:
        now = stamp(path)
    except OSError as error:
        return os_reason(error)
    return _BROKEN.get(now) or _footer(now, schema)[1]


def rows_in(path: Path) -> int:
    """Return the number of rows in an intact part."""
    return _footer(stamp(path), IMPORT_SCHEMA)[0]


@lru_cache(maxsize=1 << 14)
def _footer(now: Stamp, schema: pa.Schema) -> tuple[int, str]:
    try:
        with pq.ParquetFile(now[0]) as file:
            found, about = file.schema_arrow, file.metadata
    except OSError as error:
        return 0, os_reason(error) if error.errno else say("damage-cut")
    except (pa.ArrowException, ValueError):
        return 0, say("damage-cut")
    for field in schema:
        at = found.get_field_index(field.name)
        if at < 0 and field.name in LATER_COLUMNS:
            continue
        if at < 0 or _kind_of_type(found.field(at).type) != _kind_of_type(field.type):
            return 0, say("damage-columns", column=repr(field.name))
    return about.num_rows, "" if _within_bounds(about) else say("damage-rows")


_EPOCH: Final = date(1970, 1, 1).toordinal()
_DAYS: Final = (date.min.toordinal() - _EPOCH, date.max.toordinal() - _EPOCH)
_PEOPLE: Final = (0, 2**31 - 1)
_BOUNDS: Final = {
    **dict.fromkeys(("date_start", "date_end"), _DAYS),
    "year": (date.min.year, date.max.year),
    "lon": (-180, 180),
    "lat": (-90, 90),
    **dict.fromkeys(("uncertainty_km", "border_km", "chainage_km"), (-40_100, 40_100)),
    **dict.fromkeys(PEOPLE_COLUMNS, _PEOPLE),
}
"""Smallest and largest value that an import writes to each column, with days counted from 1970."""


def _within_bounds(about: pq.FileMetaData) -> bool:
    """Check the columns against their bounds, using the row-group statistics of a file."""
    for number in range(about.num_row_groups):
        group = about.row_group(number)
        for at in range(group.num_columns):
            column = group.column(at)
            bounds = _BOUNDS.get(column.path_in_schema)
            if bounds and column.is_stats_set and column.statistics.has_min_max:
                least, most = column.statistics.min_raw, column.statistics.max_raw
                if not bounds[0] <= least <= most <= bounds[1]:
                    return False
    return True


def _bounded(rows: pa.RecordBatch) -> bool:
    """Check the columns of some rows against their bounds; NaN is out of bounds."""
    for name, (least, most) in _BOUNDS.items():
        at = rows.schema.get_field_index(name)
        if at >= 0:
            kind = pa.int32() if pa.types.is_date32(rows.schema.field(at).type) else pa.float64()
            column = rows.column(at).cast(kind, safe=False)
            inside = pc.and_(pc.greater_equal(column, least), pc.less_equal(column, most))
            if not pc.all(inside, min_count=0).as_py():
                return False
    return True


def _kind_of_type(kind: pa.DataType) -> object:
    """Return the kind of a type's values, regardless of width."""
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return "list", _kind_of_type(kind.value_type)
    if pa.types.is_dictionary(kind):
        return _kind_of_type(kind.value_type)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return "text"
    alike = (pa.types.is_integer, pa.types.is_floating, pa.types.is_date, pa.types.is_timestamp)
    return next((each for each in alike if each(kind)), str(kind))


def note_broken(path: Path, reason: str) -> bool:
    """Remember why a file cannot be read in its current state; False if it is missing or not local."""
    try:
        _BROKEN[stamp(path)] = reason
    except OSError:
        return False
    return True


def examine(paths: Iterable[Path]) -> None:
    """Read Parquet files completely, and remember the damaged ones."""
    for path in paths:
        why = _inside(path)
        if why:
            note_broken(path, why)


def _inside(path: Path) -> str:
    """Return what is wrong with the content of a file, as a clause; empty if nothing is."""
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            for rows in file.iter_batches(ROW_GROUP):
                rows.validate(full=True)
                if not _bounded(rows):
                    return say("damage-rows")
    except (pa.ArrowException, OSError, ValueError):
        return say("damage-inside")
    return ""


def state_of(path: Path) -> str:
    """Return a text that changes with a file and with what is known of its damage."""
    try:
        now = stamp(path)
    except OSError as error:
        return type(error).__name__
    return f"{now[1:]}{_BROKEN.get(now, '')}"
