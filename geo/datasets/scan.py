"""Questions to the parts of releases, answered by DuckDB in bounded memory, whatever their size."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa

from geo.datasets.columns import IMPORT_SCHEMA

_BESIDE: Final = [pa.field(name, pa.string()) for name in ("raw", "geometry", "filename")]
_NOTHING: Final = pa.schema([*IMPORT_SCHEMA, *_BESIDE]).empty_table()
_MEMORY: Final = "1GB"


@contextmanager
def scanning(scratch: Path, **releases: Sequence[Path]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection with a view for each release of that name, by its parts.

    A view has the columns of IMPORT_SCHEMA, `raw`, `geometry`, and `filename`. What does not fit into memory goes to
    the folder `scratch`, and is gone with the connection.
    """
    spill = scratch / "spill"
    connection = duckdb.connect(config={"memory_limit": _MEMORY, "temp_directory": str(spill)})
    try:
        for name, parts in releases.items():
            if parts:
                files = [str(part) for part in parts]
                connection.read_parquet(files, union_by_name=True, filename=True).create_view(name)
            else:
                connection.register(name, _NOTHING)
        yield connection
    finally:
        connection.close()
        if spill.exists():
            spill.rmdir()


def answer(connection: duckdb.DuckDBPyConnection, query: str, **values: Any) -> pa.Table:
    """Return what a query answers, its values bound."""
    relation: Any = connection.sql(query, params=values)
    return relation.to_arrow_table()


def batches(connection: duckdb.DuckDBPyConnection, query: str, *, rows: int, **values: Any) -> Iterator[pa.RecordBatch]:
    """Return what a query answers, so many rows at a time, its values bound."""
    relation: Any = connection.sql(query, params=values)
    yield from relation.to_arrow_reader(rows)
