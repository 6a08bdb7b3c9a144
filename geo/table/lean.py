"""The columns that imported incidents are counted and drawn by: in memory where they fit, else read from the parts.

Both are one relation `lean`, one row per imported incident, beside `part`, all columns but the raw ones as they are on
disk. A row is known by `r`: the number of its part, and in the lower 32 bits that of its row there.
"""

from collections.abc import Sequence
from typing import Any, Final

import duckdb
import pyarrow as pa

from geo.boundaries import Boundaries
from geo.conditions import NO_LEADS
from geo.datasets.columns import IMPORT_SCHEMA
from geo.datasets.ranges import range_readers
from geo.table.source import ImportedSource
from geo.vocabulary import Category, Country, DatePrecision, LocationPrecision, Status, Subtype

FITS: Final = 20_000_000
"""Rows that stay in memory, at about 70 bytes each."""
PART_BITS: Final = 32
WORLD: Final = 1 << 30
"""Width of the Web Mercator square in the units of `x` and `y`, which run from its north-western corner."""

_MEMORY: Final = "1500MB"
"""For DuckDB; beside it the process holds the record, the boundaries and its libraries."""
_CODES: Final = {
    "category": Category,
    "subtype": Subtype,
    "country": Country,
    "status": Status,
    "location_precision": LocationPrecision,
    "date_precision": DatePrecision,
}
_NAMES: Final = ", ".join(IMPORT_SCHEMA.names)
_CAST: Final = "array_to_string(part.actors, chr(10))"
_SPOT: Final = (
    "CASE WHEN part.location_precision = 'district' THEN coalesce(part.district, part.place) ELSE part.place END"
)
_COLUMNS: Final = f"""
    part.r,
    date_start, year::SMALLINT AS year, dataset::dataset_code AS dataset,
    try_cast(province_code AS province_code) AS province_code,
    {", ".join(f"try_cast({name} AS {name}_code) AS {name}" for name in _CODES)},
    least({WORLD - 1}, floor({WORLD} * (0.5 + lon / 360)))::INTEGER AS x,
    floor({WORLD} * (0.5 - asinh(tan(radians(greatest(-85, least(85, lat))))) / (2 * pi())))::INTEGER AS y,
    uncertainty_km::FLOAT AS uncertainty_km, coalesce(killed_low, 0 * killed_high)::INTEGER AS killed_low,
    coalesce(killed_high, killed_low)::INTEGER AS killed_high,
    substr(id, len(dataset) + 2) AS key"""


def open_lean(sources: Sequence[ImportedSource], layers: Boundaries, *, in_memory: bool) -> duckdb.DuckDBPyConnection:
    """Return a connection that has `part` and `lean`, in memory `cast_list` and `coarse` too; nothing goes to disk."""
    connection = duckdb.connect(config={"memory_limit": _MEMORY, "temp_directory": ""})
    for system in range_readers(name for source in sources for name in source.files):
        connection.register_filesystem(system)
    _make_types(connection, sources, layers)
    first = 0
    for number, source in enumerate(sources):
        _make_view(connection, f"part_{number}", source, first)
        first += len(source.files)
    all_parts = " UNION ALL ".join(f"SELECT * FROM part_{number}" for number in range(len(sources)))
    connection.execute(f"CREATE VIEW part AS {all_parts}")
    for query in (*_IN_MEMORY, _COARSE) if in_memory else _ON_DISK:
        connection.execute(query)
    return connection


def _make_types(connection: duckdb.DuckDBPyConnection, sources: Sequence[ImportedSource], layers: Boundaries) -> None:
    values: dict[str, list[str]] = {name: [code.value for code in codes] for name, codes in _CODES.items()}
    values |= {"dataset": [source.id for source in sources], "province_code": [str(c) for c in layers.provinces.index]}
    for name, codes in values.items():
        connection.register("codes", pa.table({"code": codes}))
        connection.execute(f"CREATE TYPE {name.removesuffix('_code')}_code AS ENUM (SELECT code FROM codes)")
        connection.unregister("codes")


def _make_view(connection: Any, name: str, source: ImportedSource, first: int) -> None:
    """Make a view of a dataset's parts; parameters cannot stand in a view, but a relation keeps them."""
    query = (
        f"SELECT {_NAMES}, ((file_index + $first)::BIGINT << {PART_BITS}) | file_row_number AS r "
        "FROM read_parquet($files, union_by_name = true, file_row_number = true)"
    )
    connection.sql(query, params={"files": list(source.files), "first": first}).create_view(name)


_IN_MEMORY: Final = (
    f"""CREATE TABLE spot AS SELECT row_number() OVER () AS number, name
    FROM (SELECT {_SPOT} AS name FROM part GROUP BY name)""",
    f"""CREATE TABLE cast_list AS SELECT row_number() OVER ()::INTEGER AS number, {_CAST} AS name,
    any_value(actors) AS actors, any_value(actors_folded) AS folded FROM part GROUP BY name""",
    f"""CREATE TABLE lean AS SELECT {_COLUMNS},
    spot.number::INTEGER AS spot, cast_list.number AS cast_list
    FROM part LEFT JOIN spot ON spot.name = {_SPOT} LEFT JOIN cast_list ON cast_list.name = {_CAST}""",
)
COARSE_BITS: Final = 18
"""Of coordinates, within a square of `coarse`: a cell of the map at zoom 10."""
_COARSE: Final = f"""
CREATE TABLE coarse AS
SELECT x >> {COARSE_BITS} AS x, y >> {COARSE_BITS} AS y, location_precision, category, dataset,
    count(*) AS incidents, sum(killed_low)::BIGINT AS low, sum(killed_high)::BIGINT AS high,
    count(killed_low) AS figures, sum(x)::BIGINT AS sum_x, sum(y)::BIGINT AS sum_y,
    min(x) AS west, max(x) AS east, min(y) AS north, max(y) AS south, min(r) AS r
FROM lean WHERE {NO_LEADS} AND x IS NOT NULL GROUP BY ALL
"""
"""What is counted of a view, by small squares: of millions of rows the few tens of thousands of places remain."""
_ON_DISK: Final = (f"CREATE VIEW lean AS SELECT {_COLUMNS} FROM part",)
