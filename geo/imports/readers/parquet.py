"""Parquet, including GeoParquet, read batch by batch."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from geo.imports.blocks import Block, Rows
from geo.imports.readers.source import COLUMNS, MIB, Asked, Source
from geo.imports.readers.typed import Reads, Typed, blocks_of_tables, of_arrow, of_wkb, of_wkt, rows_of_blocks
from geo.incident.errors import UnreadableError
from geo.language.messages import say

_BATCH_ROWS: Final = 10_000
_CHUNK_BYTES: Final = 1024 * MIB
"""Largest unpacked column chunk, which has to be unpacked as a whole."""
_GEOMETRY_NAMES: Final = frozenset(
    ("geometry", "geom", "wkb_geometry", "the_geom", "geo", "shape", "wkt", "wkb", "point", "location", "coordinates")
)
"""Column names that suggest geometries, used if the file does not declare which column holds them."""
_TRIED: Final = 1_000


def open_parquet(path: Path, source: Source, asked: Asked) -> Rows:  # noqa: ARG001
    """Open a Parquet file, which holds one table.

    Raises UnreadableError if it is damaged, too wide, or in an unknown coordinate system.
    """
    with _opened(path, source.name) as file:
        names = file.schema_arrow.names
        if len(names) > COLUMNS + 1:
            raise UnreadableError(source.name, say("read-too-many-columns", columns=len(names), most=COLUMNS))
        _check_parts(file.metadata, source.name)
        first = next((pa.Table.from_batches([batch]) for batch in file.iter_batches(_BATCH_ROWS)), None)
        found = _geometry(file.schema_arrow, first)
        typed = Typed.of(names, geometry=found.column, crs=found.crs, name=source.name, shapes=found.shapes)
    return rows_of_blocks(source, typed.header, typed.notes, _ParquetFile(path, source, typed).blocks, typed.point)


@dataclass(frozen=True, slots=True)
class _ParquetFile:
    path: Path
    source: Source
    typed: Typed

    def blocks(self, block_rows: int) -> Iterator[Block]:
        with _opened(self.path, self.source.name) as file:
            tables = (self.typed.texts(pa.Table.from_batches([batch])) for batch in file.iter_batches(_BATCH_ROWS))
            yield from blocks_of_tables(tables, block_rows, size=self.source.size, rows=file.metadata.num_rows)


@contextmanager
def _opened(path: Path, name: str) -> Iterator[pq.ParquetFile]:
    try:
        with path.open("rb") as raw:
            schema = pq.read_schema(raw)
            once = [field.name for field in schema if pa.types.is_string(field.type) or pa.types.is_binary(field.type)]
            with pq.ParquetFile(raw, read_dictionary=once) as file:
                yield file
    except MemoryError:  # Arrow's own is an ArrowException as well
        raise
    except (pa.ArrowException, OSError, EOFError, UnicodeDecodeError) as error:
        raise UnreadableError(name, say("read-damaged-parquet")) from error


def _check_parts(metadata: pq.FileMetaData, name: str) -> None:
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        if any(group.column(at).total_uncompressed_size > _CHUNK_BYTES for at in range(group.num_columns)):
            raise UnreadableError(name, say("read-large-column", mb=_CHUNK_BYTES // MIB))


@dataclass(frozen=True, slots=True)
class _Geometry:
    """The geometry column of a table."""

    column: int | None
    crs: object
    """None for WGS84, longitude first."""
    shapes: Reads


def _geometry(schema: pa.Schema, first: pa.Table | None) -> _Geometry:
    """Find the geometry column: the declared primary one, or the first that is one by type, name or content."""
    described = _described(schema.metadata or {})
    columns = described.get("columns", {})
    primary = described.get("primary_column")
    order = sorted(
        range(len(schema)),
        key=lambda number: (schema[number].name != primary, schema[number].name not in columns, number),
    )
    for number in order:
        field = schema[number]
        extension, crs = _extension(field)
        declared = field.name in columns or extension
        shapes = _reader(field.type, expected=declared or field.name.lower() in _GEOMETRY_NAMES)
        if shapes is None or not (declared or _holds_shapes(first, number, shapes)):
            continue
        return _Geometry(number, columns[field.name].get("crs") if field.name in columns else crs, shapes)
    return _Geometry(None, None, of_wkb)


def _extension(field: pa.Field) -> tuple[bool, object]:
    """Return whether a column declares geometries as a GeoArrow extension type, and their coordinate system."""
    kind = field.type if isinstance(field.type, pa.BaseExtensionType) else None
    about = field.metadata or {}
    name = (
        kind.extension_name if kind is not None else about.get(b"ARROW:extension:name", b"").decode("utf-8", "replace")
    )
    if not name.startswith(("geoarrow.", "ogc.wkb")):
        return False, None
    raw = about.get(b"ARROW:extension:metadata", b"")
    if kind is not None and hasattr(kind, "__arrow_ext_serialize__"):
        raw = kind.__arrow_ext_serialize__()
    try:
        described = json.loads(raw or b"{}")
    except (ValueError, RecursionError):
        return True, None
    return True, described.get("crs") if isinstance(described, dict) else None


def _reader(kind: pa.DataType, *, expected: bool) -> Reads | None:
    """Return the reader for geometries of a column type; None if the column is not expected to hold any."""
    kind = kind.storage_type if isinstance(kind, pa.BaseExtensionType) else kind
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    if not expected:
        return None
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return of_wkb
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return of_wkt
    return of_arrow if pa.types.is_nested(kind) else None


def _holds_shapes(first: pa.Table | None, number: int, shapes: Reads) -> bool:
    """Return whether a column named like a geometry is one, judging by its first values."""
    if first is None or not first.num_rows:
        return shapes is of_wkb
    values = first.column(number).slice(0, _TRIED)
    found = sum(shape is not None and not shape.is_empty for shape in shapes(values))
    return found * 2 > len(values) - values.null_count > 0 or (shapes is of_wkb and values.null_count == len(values))


def _described(metadata: Mapping[bytes, bytes]) -> dict[str, Any]:
    """Parse GeoParquet metadata, which may be malformed; returns {} if it is."""
    try:
        described = json.loads(metadata.get(b"geo", b"{}"))
    except (ValueError, RecursionError):
        return {}
    columns = described.get("columns") if isinstance(described, dict) else None
    whole = isinstance(columns, dict) and all(isinstance(column, dict) for column in columns.values())
    return described if whole else {}
