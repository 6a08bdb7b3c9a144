"""GeoPackage layers, read batch by batch."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyogrio

from geo.imports.blocks import Block, Rows
from geo.imports.readers.source import Asked, Source
from geo.imports.readers.together import open_layers
from geo.imports.readers.typed import Typed, blocks_of_tables, rows_of_blocks
from geo.incident.errors import UnreadableError
from geo.language.messages import say

_BATCH_ROWS: Final = 10_000
_APPLICATIONS: Final = (b"GPKG", b"GP10", b"GP11")
_APPLICATION_AT: Final = 68
_NAMED: Final = "SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes', 'aspatial')"
_OF_ITS_OWN: Final = ("gpkg_", "rtree_", "sqlite_")
_DAMAGE: Final = (
    *(sqlite3.Error, pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pa.ArrowException, OSError),
    UnicodeDecodeError,  # of a name that is no text
)
_TABLES: Final = """
SELECT name FROM sqlite_master AS made WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'
AND NOT EXISTS (SELECT 1 FROM pragma_table_xinfo(made.name) WHERE hidden <> 0)
"""
"""Neither virtual tables nor those with columns that are computed."""
_BOOKS: Final = (
    "SELECT lower(name) FROM sqlite_master WHERE type IN ('table', 'view') AND name LIKE 'gpkg\\_%' ESCAPE '\\'"
)


def open_geopackage(path: Path, source: Source, asked: Asked) -> Rows:
    """Open the layers of a GeoPackage: the one, those named, or all of them where they have like columns.

    Raises UnreadableError where none is named and there are several that differ, which it names; where the file is
    another SQLite file, or is damaged.
    """
    with path.open("rb") as raw:
        if raw.read(_APPLICATION_AT + 4)[_APPLICATION_AT:] not in _APPLICATIONS:
            raise UnreadableError(source.name, say("read-no-geopackage"))
    with _damage_reported(source.name):
        layers = _tables(path)
    if not layers:
        raise UnreadableError(source.name, say("read-no-layers"))
    return open_layers(
        source,
        layers,
        asked,
        opened=lambda layer: _opened_layer(path, layer, source),
        count=lambda layer: _count(path, layer),
    )


def _opened_layer(path: Path, layer: str, source: Source) -> Rows:
    with _opened(path, layer, source.name) as (meta, reader):
        names = reader.schema.names
        geometry = meta["geometry_name"] or "wkb_geometry"
        at = names.index(geometry) if geometry in names else None
        typed = Typed.of(names, geometry=at, crs=meta["crs"], name=source.name)
    return rows_of_blocks(source, typed.header, typed.notes, _Layer(path, layer, source, typed).blocks, typed.point)


def _count(path: Path, layer: str) -> int:
    return int(pyogrio.read_info(path, layer=layer, force_feature_count=True)["features"])


@dataclass(frozen=True, slots=True)
class _Layer:
    path: Path
    layer: str
    source: Source
    typed: Typed

    def blocks(self, block_rows: int) -> Iterator[Block]:
        done = 0
        rows = max(_count(self.path, self.layer), 1)
        with _opened(self.path, self.layer, self.source.name) as (_, reader):

            def tables() -> Iterator[pa.Table]:
                nonlocal done
                for batch in reader:
                    done += batch.num_rows
                    yield self.typed.texts(pa.Table.from_batches([batch]))

            yield from blocks_of_tables(
                tables(), block_rows, lambda: min(self.source.size, self.source.size * done // rows)
            )


@contextmanager
def _opened(path: Path, layer: str, name: str) -> Iterator[tuple[dict[str, Any], pa.RecordBatchReader]]:
    with (
        _damage_reported(name),
        pyogrio.raw.open_arrow(path, layer=layer, batch_size=_BATCH_ROWS, use_pyarrow=True) as found,
    ):
        yield found


@contextmanager
def _damage_reported(name: str) -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise UnreadableError(name, say("read-damaged-geopackage")) from error


def _tables(path: Path) -> list[str]:
    """Name the layers that are tables which hold their rows; what makes rows, as a view does, is not among them.

    GDAL is not asked, because it runs a view to see what it has. Raises sqlite3.DatabaseError where what GeoPackage
    keeps its own books in is no such table.
    """
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        tables = {str(name).lower(): str(name) for (name,) in connection.execute(_TABLES)}
        if any(name not in tables for (name,) in connection.execute(_BOOKS)):
            raise sqlite3.DatabaseError(path.name)
        named = [str(name).lower() for (name,) in connection.execute(_NAMED)]
    own = [name for name in tables if not name.startswith(_OF_ITS_OWN)]
    return [tables[name] for name in (named or own) if name in tables]
