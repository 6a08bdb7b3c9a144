"""Rows that a newer file does not cover, taken over into its release: whole parts as they lie, of others what stays."""

import os
import shutil
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo.datasets.change_queries import KEPT, STAYING
from geo.datasets.parts import part_name, write_part
from geo.datasets.scan import answer

_WHOLE: Final = 100_000
_SMALL: Final = 50_000
"""Parts with fewer rows are put together, so that monthly files do not make ever more small ones."""


def carry(connection: duckdb.DuckDBPyConnection, staged: Path, *, first_number: int) -> None:
    """Add parts with the rows whose `fate` is kept to a staged release, the first one with that number."""
    parts = _Parts(staged, first_number)
    for name, rows, staying in connection.execute(STAYING).fetchall():
        if staying == rows >= _SMALL:
            parts.link(Path(name))
        elif staying:
            part = pq.ParquetFile(name).read()
            kept = answer(connection, KEPT, part=name)["id"]
            parts.add(part.filter(pc.is_in(part["id"], kept.combine_chunks())))
    parts.flush()


class _Parts:
    """The next parts of a release, by their numbers."""

    def __init__(self, folder: Path, number: int) -> None:
        self._folder, self._number = folder, number
        self._gathered: list[pa.Table] = []

    def link(self, part: Path) -> None:
        """Take over a part as it lies, without a copy where the disk can do so."""
        try:
            os.link(part, self._next())
        except OSError:
            shutil.copyfile(part, self._folder / part_name(self._number - 1))

    def add(self, rows: pa.Table) -> None:
        """Put rows into the next part, with others as long as there is room and their columns are the same."""
        rows = rows.replace_schema_metadata()
        together = sum(table.num_rows for table in self._gathered) + rows.num_rows
        if self._gathered and (together > _WHOLE or rows.schema != self._gathered[0].schema):
            self.flush()
        self._gathered.append(rows)

    def flush(self) -> None:
        """Write what was gathered."""
        if self._gathered:
            write_part(pa.concat_tables(self._gathered), self._next())
            self._gathered = []

    def _next(self) -> Path:
        self._number += 1
        return self._folder / part_name(self._number - 1)
