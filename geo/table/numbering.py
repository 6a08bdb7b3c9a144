"""Rows of imported incidents numbered without gaps, so that any choice of them is one bit each."""

from collections.abc import Sequence
from typing import Any, Final

import duckdb
import numpy as np
import numpy.typing as npt

from geo.table.lean import PART_BITS
from geo.table.rows import Refs

Choice = npt.NDArray[np.bool_]
"""Whether each row is chosen, in the order of parts and of rows in them, shape (all rows,)."""

_ROWS: Final = "SELECT file_name, num_rows FROM parquet_file_metadata($files)"


class Numbering:
    """Where the rows of each part begin."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, files: Sequence[str]) -> None:
        cursor: Any = connection.cursor()
        rows = dict(cursor.execute(_ROWS, {"files": list(files)}).fetchall())
        self.rows = tuple(int(rows[name]) for name in files)
        """Of each part."""
        self.starts = np.cumsum([0, *self.rows])
        """Of each part, and in the end how many rows there are."""

    def nothing(self) -> Choice:
        """Return a choice of no row."""
        return np.zeros(int(self.starts[-1]), np.bool_)

    def chosen(self, refs: Refs) -> Choice:
        """Return the choice of some rows."""
        choice = self.nothing()
        choice[self.starts[refs >> PART_BITS] + (refs & ((1 << PART_BITS) - 1))] = True
        return choice

    def refs(self, choice: Choice) -> Refs:
        """Return the rows of a choice, in their order."""
        places = np.flatnonzero(choice)
        of_part = np.diff(np.searchsorted(places, self.starts))
        moved = (np.arange(len(of_part), dtype=np.int64) << PART_BITS) - self.starts[:-1]
        return np.asarray(places + np.repeat(moved, of_part), np.int64)
