"""Putting a newer file into a dataset: rows replaced by id, gone rows removed, rows it does not cover carried over."""

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo.datasets.dataset import (
    CHANGES_FILE,
    ENDS_OF_KILLED,
    PEOPLE_COLUMNS,
    Deaths,
    FieldChange,
    FieldCount,
    ReleaseDifference,
    RowChange,
)
from geo.datasets.parts import answer, batches, part_name, scanning, write_part

# Queries for what a newer release changes: rows that are new, changed, gone or not covered.

# Only column names from constants are interpolated into these queries; values are bound.

COMPARED: Final = (
    *("category", "subtype", "title", "summary", "date_start", "date_end", "date_precision", "place", "district"),
    *("province", "country", "location_precision", "lon", "lat", "uncertainty_km", "status", "actors"),
    *(*PEOPLE_COLUMNS, "source_text", "source_url"),
)
"""Columns of IMPORT_SCHEMA that are compared: what the publisher states, not what the join adds."""

_VALUES: Final = ", ".join(COMPARED)
_PAIRS: Final = ", ".join(
    f"{{'field': '{name}', 'old': older.{name}::VARCHAR, 'new': newer.{name}::VARCHAR}}" for name in COMPARED
)

FATES: Final = f"""
CREATE TEMP TABLE fate AS
WITH n AS (SELECT id, hash({_VALUES}) AS content FROM newer),
     o AS (SELECT id, hash({_VALUES}) AS content, filename, country, province_code, subtype, date_start FROM older),
     span AS (
         SELECT file, country, min(date_start) AS first, max(date_start) AS last
         FROM newer JOIN part USING (filename) GROUP BY ALL),
     cover AS (
         SELECT DISTINCT coalesce(newer.country, '') AS c, coalesce(province_code, '') AS p, subtype AS s, first, last
         FROM newer JOIN part USING (filename) JOIN span USING (file)
         WHERE newer.country IS NOT DISTINCT FROM span.country),
     covered AS (
         SELECT id FROM o SEMI JOIN cover ON cover.c = coalesce(o.country, '')
         AND cover.p = coalesce(o.province_code, '') AND cover.s = o.subtype
         AND o.date_start BETWEEN cover.first AND cover.last)
SELECT coalesce(n.id, o.id) AS id, o.filename, CASE
    WHEN o.id IS NULL THEN 'new'
    WHEN n.id IS NOT NULL AND n.content = o.content THEN 'same'
    WHEN n.id IS NOT NULL THEN 'changed'
    WHEN covered.id IS NOT NULL THEN 'gone'
    ELSE 'kept' END AS fate
FROM n FULL JOIN o USING (id) LEFT JOIN covered ON covered.id = o.id
"""
"""The fate of every id in the views `newer` and `older`; `part` gives the file that each part comes from."""

FIELDS: Final = f"""
SELECT id, change.field AS field, change.old AS old, change.new AS new FROM (
    SELECT id, unnest([{_PAIRS}]) AS change
    FROM older JOIN newer USING (id) WHERE id IN (SELECT id FROM fate WHERE fate = 'changed')
) WHERE change.old IS DISTINCT FROM change.new ORDER BY id, field
"""
"""One row per changed field of a changed row."""

FATE_COUNTS: Final = "SELECT fate, count(*) FROM fate GROUP BY fate"
FIELDS_OF: Final = "SELECT field, old, new FROM change WHERE id = $id ORDER BY field"
FIELD_COUNTS: Final = "SELECT field, count(*) AS rows FROM change GROUP BY field ORDER BY rows DESC, field"

KILLED: Final = f"SELECT {', '.join(f'coalesce(sum({end}), 0)' for end in ENDS_OF_KILLED.values())} "
KILLED_BEFORE: Final = KILLED + "FROM older"
KILLED_AFTER: Final = (
    KILLED + "FROM (SELECT killed_low, killed_best, killed_high FROM newer UNION ALL "
    "SELECT killed_low, killed_best, killed_high FROM older WHERE id IN (SELECT id FROM fate WHERE fate = 'kept'))"
)

ROWS: Final[dict[str, str]] = {
    fate: f"SELECT id, source_id, title, date_start, date_end, date_precision FROM {view} "
    f"WHERE id IN (SELECT id FROM fate WHERE fate = '{fate}') ORDER BY date_start DESC, id LIMIT $most"
    for fate, view in (("new", "newer"), ("changed", "newer"), ("gone", "older"))
}
"""The latest rows of each fate."""

STAYING: Final = (
    "SELECT filename, count(*), count(*) FILTER (fate = 'kept') FROM fate WHERE filename IS NOT NULL GROUP BY ALL "
    "ORDER BY filename"
)
"""Number of rows in each part of the older release, and how many of them stay."""

KEPT: Final = "SELECT id FROM fate WHERE fate = 'kept' AND filename = $part"


# Carrying over rows that a newer file does not cover: whole parts by link, from other parts the rows that stay.

_WHOLE: Final = 100_000
_SMALL: Final = 50_000
"""Smaller parts are merged, lest monthly files add ever more small ones."""


def carry(connection: duckdb.DuckDBPyConnection, staged: Path, *, first_number: int) -> None:
    """Add parts with the kept rows to a staged release, numbered from `first_number`."""
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
    """Writes the next parts of a release, in sequence."""

    def __init__(self, folder: Path, number: int) -> None:
        self._folder, self._number = folder, number
        self._gathered: list[pa.Table] = []

    def link(self, part: Path) -> None:
        """Take over a part unchanged, as a hard link where the disk allows it."""
        try:
            os.link(part, self._next())
        except OSError:
            shutil.copyfile(part, self._folder / part_name(self._number - 1))

    def add(self, rows: pa.Table) -> None:
        """Gather rows for the next part, as long as they fit and have the same columns."""
        rows = rows.replace_schema_metadata()
        together = sum(table.num_rows for table in self._gathered) + rows.num_rows
        if self._gathered and (together > _WHOLE or rows.schema != self._gathered[0].schema):
            self.flush()
        self._gathered.append(rows)

    def flush(self) -> None:
        """Write the gathered rows."""
        if self._gathered:
            write_part(pa.concat_tables(self._gathered), self._next())
            self._gathered = []

    def _next(self) -> Path:
        self._number += 1
        return self._folder / part_name(self._number - 1)


# Upsert: rows by id; gone rows are removed, and those the file does not cover are kept.

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
    """Complete a staged release with the rows that stay from the previous one, and return the difference.

    Parameters
    ----------
    staged
        Folder with the parts of the newer file, without duplicate ids; parts of kept rows and the file of changes are
        added to it.
    before
        Parts of the previous release.
    old_version, new_version
        The publisher's names for the releases.
    of_files
        The parts of each file if the newer release has several; each file covers only what is in it.

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
            fields=tuple(
                FieldCount(field=field, rows=rows) for field, rows in connection.execute(FIELD_COUNTS).fetchall()
            ),
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


def _deaths(connection: duckdb.DuckDBPyConnection, query: str) -> Deaths:
    low, best, high = connection.execute(query).fetchall()[0]
    return Deaths(low=int(low), best=int(best), high=int(high))


def _examples(connection: duckdb.DuckDBPyConnection) -> Iterator[RowChange]:
    for what, query in ROWS.items():
        for row in answer(connection, query, most=_EXAMPLES).to_pylist():
            changed = connection.execute(FIELDS_OF, {"id": row["id"]}).fetchall()
            fields = tuple(FieldChange(field=field, old=old, new=new) for field, old, new in changed)
            yield RowChange.model_validate({"what": what, **row, "fields": fields})
