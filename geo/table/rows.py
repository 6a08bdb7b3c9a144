"""Whole rows of imported incidents, fetched from the parts by their numbers."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from geo.datasets.columns import IMPORT_SCHEMA
from geo.table.lean import PART_BITS

Refs = npt.NDArray[np.int64]
"""Rows as `lean.r` numbers them, shape (n,)."""

_ROW: Final = (1 << PART_BITS) - 1
_SOUGHT: Final = {"search": "''", "search_keys": "[]"}
"""Only searches read them, and they are half the bytes of a row."""
_QUERY: Final = (
    "SELECT {columns}, file_row_number AS row FROM read_parquet($file, file_row_number = true) "
    "WHERE file_row_number IN (SELECT unnest($rows))"
)


def fetch(connection: duckdb.DuckDBPyConnection, files: Sequence[str], refs: Refs) -> pa.Table:
    """Return rows in the order of `refs`; only the pages that hold them are read.

    Columns as IMPORT_SCHEMA has them, those that are searched empty.
    """
    parts = [part for _, part in by_part(connection, files, refs)]
    if not parts:
        return IMPORT_SCHEMA.empty_table()
    return pa.concat_tables(parts).take(pa.array(_places(refs)))


def by_part(connection: duckdb.DuckDBPyConnection, files: Sequence[str], refs: Refs) -> Iterator[tuple[int, pa.Table]]:
    """Return the same rows and columns part by part, each with its number, in the order in which they stand there."""
    query = _QUERY.format(columns=", ".join(f"{_SOUGHT.get(name, name)} AS {name}" for name in IMPORT_SCHEMA.names))
    for part in np.unique(refs >> PART_BITS):
        rows = refs[refs >> PART_BITS == part] & _ROW
        found: Any = connection.cursor().sql(query, params={"file": files[part], "rows": rows.tolist()})
        table = found.to_arrow_table()
        yield int(part), table.sort_by("row").drop_columns("row").cast(IMPORT_SCHEMA)


def _places(refs: Refs) -> npt.NDArray[np.intp]:
    """Return where each row is among all of them sorted."""
    places = np.empty(len(refs), np.intp)
    places[np.argsort(refs, kind="stable")] = np.arange(len(refs))
    return places
