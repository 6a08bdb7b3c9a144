"""Putting a newer file into a dataset: rows by id, what is gone taken out, what the file does not cover kept."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from geo.datasets.carry import carry
from geo.datasets.change_queries import (
    FATE_COUNTS,
    FATES,
    FIELD_COUNTS,
    FIELDS,
    FIELDS_OF,
    KILLED_AFTER,
    KILLED_BEFORE,
    ROWS,
)
from geo.datasets.dataset import Deaths
from geo.datasets.release import CHANGES_FILE, FieldChange, FieldCount, ReleaseDifference, RowChange
from geo.datasets.scan import answer, batches, scanning

_EXAMPLES: Final = 50
_BATCH: Final = 50_000
_PART: Final = pa.schema([("filename", pa.string()), ("file", pa.int64())])
_CHANGE: Final = pa.schema([(name, pa.string()) for name in ("id", "field", "old", "new")])


def upsert(
    staged: Path,
    before: Sequence[Path],
    *,
    old_version: str | None = None,
    new_version: str | None = None,
    of_files: Sequence[Sequence[Path]] = (),
) -> ReleaseDifference:
    """Complete a staged release with what stays of the one before, and say how they differ.

    Parameters
    ----------
    staged
        Folder with the parts of the newer file, no id twice; parts of rows that are kept, and the file of changes, are
        added to it.
    before
        Parts of the release before.
    old_version, new_version
        What the publisher calls them.
    of_files
        The parts of each file where the newer one is several, each of which covers only what is in it.

    """
    newer = sorted(staged.glob("part-*.parquet"))
    with scanning(staged, newer=newer, older=before) as connection:
        connection.register("part", _files_of_parts(of_files or (newer,)))
        connection.execute(FATES)
        _write_changes(connection, staged / CHANGES_FILE)
        connection.read_parquet(str(staged / CHANGES_FILE)).create_view("change")
        fates = {"new": 0, "changed": 0, "same": 0, "gone": 0, "kept": 0}
        fates |= dict(connection.execute(FATE_COUNTS).fetchall())
        made = ReleaseDifference(
            old_version=old_version,
            new_version=new_version,
            old_rows=sum(fates.values()) - fates["new"],
            new_rows=sum(fates.values()) - fates["gone"],
            **fates,
            fields=tuple(_field_counts(connection)),
            old_killed=_deaths(connection, KILLED_BEFORE),
            new_killed=_deaths(connection, KILLED_AFTER),
            examples=tuple(_examples(connection)),
        )
        carry(connection, staged, first_number=len(newer))
    return made


def _files_of_parts(of_files: Sequence[Sequence[Path]]) -> pa.Table:
    named = [(str(part), number) for number, parts in enumerate(of_files) for part in parts]
    return pa.table({"filename": [name for name, _ in named], "file": [number for _, number in named]}, _PART)


def _write_changes(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    with pq.ParquetWriter(path, _CHANGE, compression="zstd") as file:
        for batch in batches(connection, FIELDS, rows=_BATCH):
            file.write_batch(batch.cast(_CHANGE))


def _field_counts(connection: duckdb.DuckDBPyConnection) -> Iterator[FieldCount]:
    for field, rows in connection.execute(FIELD_COUNTS).fetchall():
        yield FieldCount(field=field, rows=rows)


def _deaths(connection: duckdb.DuckDBPyConnection, query: str) -> Deaths:
    low, best, high = connection.execute(query).fetchall()[0]
    return Deaths(low=int(low), best=int(best), high=int(high))


def _examples(connection: duckdb.DuckDBPyConnection) -> Iterator[RowChange]:
    for what, query in ROWS.items():
        for row in answer(connection, query, most=_EXAMPLES).to_pylist():
            changed = connection.execute(FIELDS_OF, {"id": row["id"]}).fetchall()
            fields = tuple(FieldChange(field=field, old=old, new=new) for field, old, new in changed)
            yield RowChange.model_validate({"what": what, **row, "fields": fields})
