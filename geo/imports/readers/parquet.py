"""Parquet, GeoParquet among it, read batch by batch."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from geo.imports.blocks import Block, Rows
from geo.imports.readers.source import COLUMNS, MIB, Source
from geo.imports.readers.typed import Typed, blocks_of_tables, rows_of_blocks
from geo.incident.errors import UnreadableError
from geo.language.messages import say

_BATCH_ROWS: Final = 10_000
_CHUNK_BYTES: Final = 1024 * MIB
"""Largest part of a column; a part has to be unpacked as a whole."""
_GEOMETRY_NAMES: Final = frozenset(("geometry", "geom", "wkb_geometry"))


def open_parquet(path: Path, source: Source, table: str | None) -> Rows:  # noqa: ARG001
    """Open a Parquet file, which holds one table.

    Raises UnreadableError where it is damaged, too wide, or has other shapes than points.
    """
    with _opened(path, source.name) as file:
        names = file.schema_arrow.names
        if len(names) > COLUMNS + 1:
            raise UnreadableError(source.name, say("read-too-many-columns", columns=len(names), most=COLUMNS))
        _check_parts(file.metadata, source.name)
        geometry, crs = _geometry(file.schema_arrow)
        typed = Typed.of(names, geometry=geometry, crs=crs, name=source.name)
        for batch in file.iter_batches(_BATCH_ROWS):
            typed.check_points(pa.Table.from_batches([batch]))
            break
    return rows_of_blocks(source, typed.header, typed.notes, _ParquetFile(path, source, typed).blocks)


@dataclass(frozen=True, slots=True)
class _ParquetFile:
    path: Path
    source: Source
    typed: Typed

    def blocks(self, block_rows: int) -> Iterator[Block]:
        done = 0
        with _opened(self.path, self.source.name) as file:
            rows = max(file.metadata.num_rows, 1)

            def tables() -> Iterator[pa.Table]:
                nonlocal done
                for batch in file.iter_batches(_BATCH_ROWS):
                    done += batch.num_rows
                    yield self.typed.texts(pa.Table.from_batches([batch]))

            yield from blocks_of_tables(tables(), block_rows, lambda: self.source.size * done // rows)


@contextmanager
def _opened(path: Path, name: str) -> Iterator[pq.ParquetFile]:
    try:
        with path.open("rb") as raw:
            schema = pq.read_schema(raw)
            once = [field.name for field in schema if pa.types.is_string(field.type) or pa.types.is_binary(field.type)]
            with pq.ParquetFile(raw, read_dictionary=once) as file:
                yield file
    except MemoryError:  # Arrow's is one of its own exceptions as well
        raise
    except (pa.ArrowException, OSError, EOFError, UnicodeDecodeError) as error:
        raise UnreadableError(name, say("read-damaged-parquet")) from error


def _check_parts(metadata: pq.FileMetaData, name: str) -> None:
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        if any(group.column(at).total_uncompressed_size > _CHUNK_BYTES for at in range(group.num_columns)):
            raise UnreadableError(name, say("read-large-column", mb=_CHUNK_BYTES // MIB))


def _geometry(schema: pa.Schema) -> tuple[int | None, object]:
    """Give the number of the geometry column and its coordinate system, None for WGS84."""
    described = _described(schema.metadata or {})
    primary = described.get("primary_column")
    for number, field in enumerate(schema):
        kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        binary = pa.types.is_binary(kind) or pa.types.is_large_binary(kind)
        if binary and (field.name == primary or (primary is None and field.name.lower() in _GEOMETRY_NAMES)):
            column = described.get("columns", {}).get(field.name, {})
            return number, column.get("crs")
    return None, None


def _described(metadata: Mapping[bytes, bytes]) -> dict[str, Any]:
    """Read GeoParquet's own metadata, which may be anything in somebody else's file."""
    try:
        described = json.loads(metadata.get(b"geo", b"{}"))
    except (ValueError, RecursionError):
        return {}
    columns = described.get("columns") if isinstance(described, dict) else None
    whole = isinstance(columns, dict) and all(isinstance(column, dict) for column in columns.values())
    return described if whole else {}
