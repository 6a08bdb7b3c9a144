"""Layers of formats read by GDAL, after a check of the format: GeoPackage, shapefile, MapInfo, FlatGeobuf, GML."""

import codecs
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

import pyarrow as pa
import pyarrow.compute as pc
import pyogrio

from geo.apart import pulse
from geo.imports.blocks import Block, Rows
from geo.imports.readers.dialect import Encoding, encoding_asked, encoding_of, named
from geo.imports.readers.source import DEEPEST, READ_BYTES, XML_BYTES, Asked, Source, refuse_doctype
from geo.imports.readers.together import open_layers
from geo.imports.readers.typed import Typed, blocks_of_tables, rows_of_blocks
from geo.incident.errors import UnreadableError
from geo.language.messages import say

# Reading a layer through GDAL, batch by batch.

_BATCH_ROWS: Final = 10_000
_FAULTS: Final = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pa.ArrowException,
    OSError,
    ValueError,
)
Recode = Callable[[str], str]

pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": True, "GML_DOWNLOAD_SCHEMA": False})
"""Rebuild a shapefile's missing index; do not download schemas."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer of a file, and how to open it."""

    path: Path
    source: Source
    damaged: str
    """Message for a layer that cannot be read."""
    layer: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    recode: Recode | None = None
    """Decodes text that GDAL has read as if it were ISO 8859-1; None if GDAL decodes it correctly."""
    notes: tuple[str, ...] = ()
    projected: bool = True
    """Whether the format can state a coordinate system, so that its absence is noted."""

    def rows(self) -> Rows:
        """Open the layer."""
        with self._opened() as (meta, reader):
            names = list(reader.schema.names)
            geometry = meta["geometry_name"] or "wkb_geometry"
            at = names.index(geometry) if geometry in names else None
            if self.recode:
                names = [*map(self.recode, names)]
            typed = Typed.of(names, geometry=at, crs=meta["crs"], name=self.source.name)
        unplaced = at is not None and meta["crs"] is None and self.projected
        notes = (*self.notes, *((say("note-no-crs"),) if unplaced else ()), *typed.notes)
        return rows_of_blocks(self.source, typed.header, notes, partial(self._blocks, typed), typed.point)

    def count(self) -> int:
        """Count the rows."""
        with self.damage_reported():
            info = pyogrio.read_info(self.path, layer=self.layer, force_feature_count=True, **self.options)
        return max(int(info["features"]), 0)

    @contextmanager
    def _opened(self) -> Iterator[tuple[dict[str, Any], pa.RecordBatchReader]]:
        encoding = "ISO-8859-1" if self.recode else None
        with (
            self.damage_reported(),
            pyogrio.raw.open_arrow(
                self.path,
                layer=self.layer,
                encoding=encoding,
                batch_size=_BATCH_ROWS,
                use_pyarrow=True,
                **self.options,
            ) as found,
        ):
            yield found

    @contextmanager
    def damage_reported(self) -> Iterator[None]:
        """Turn GDAL's errors into UnreadableError with the message `damaged`."""
        try:
            yield
        except MemoryError:
            raise
        except UnreadableError:
            raise
        except _FAULTS as error:
            raise UnreadableError(self.source.name, self.damaged) from error

    def _blocks(self, typed: Typed, block_rows: int) -> Iterator[Block]:
        rows = self.count()
        with self._opened() as (_, reader):
            tables = (typed.texts(self._recoded(pa.Table.from_batches([batch]))) for batch in reader)
            yield from blocks_of_tables(tables, block_rows, size=self.source.size, rows=rows)

    def _recoded(self, table: pa.Table) -> pa.Table:
        if self.recode is None:
            return table
        for number, name in enumerate(table.schema.names):
            column = table.column(number)
            if pa.types.is_string(column.type) and not pc.all(pc.string_is_ascii(pc.fill_null(column, ""))).as_py():
                texts = [value and self.recode(value) for value in column.to_pylist()]
                table = table.set_column(number, name, pa.array(texts, pa.string()))
        return table


def _layers_of(file: Layer, names: Sequence[str], asked: Asked) -> Rows:
    return open_layers(
        file.source,
        names,
        asked,
        opened=lambda name: replace(file, layer=name).rows(),
        count=lambda name: replace(file, layer=name).count(),
    )


def _listed(file: Layer) -> list[str]:
    """Return the names of the layers that GDAL lists for a file; raises UnreadableError if there are none."""
    with file.damage_reported():
        names = [str(name) for name, _ in pyogrio.list_layers(file.path)]
    if not names:
        raise UnreadableError(file.source.name, file.damaged)
    return names


# FlatGeobuf and GML.

_SCHEMA: Final = re.compile(rb"schemaLocation|OGR\w{2,12}DataSource", re.IGNORECASE)
"""Matches references to schemas, and what makes GDAL take the file for a list of other data sources."""
_OVERLAP: Final = 40


_WITHOUT_GEOMETRY: Final = {"OGR_FLATGEOBUF_STREAM_BASE_IMPL": True}
"""Use GDAL's generic Arrow stream: its own for FlatGeobuf (3.12) stops after a row without a geometry."""


def open_flatgeobuf(path: Path, source: Source, asked: Asked) -> Rows:
    """Open a FlatGeobuf file."""
    pyogrio.set_gdal_config_options(_WITHOUT_GEOMETRY)
    file = Layer(path=path, source=source, damaged=say("read-damaged-vector", format="FlatGeobuf"))
    return _layers_of(file, _listed(file), asked)


def open_gml(path: Path, source: Source, asked: Asked) -> Rows:
    """Open a GML file; entity definitions are refused, and no schema is fetched."""
    _check_xml(path, source.name)
    plain = path.with_name("plain.gml")
    _without_schema(path, plain)
    options = {"DOWNLOAD_SCHEMA": "NO", "WRITE_GFS": "NO"}
    damaged = say("read-damaged-vector", format="GML")
    file = Layer(path=plain, source=source, damaged=damaged, options=options)
    return _layers_of(file, _listed(file), asked)


def _check_xml(path: Path, name: str) -> None:
    depth = 0

    def start(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise ValueError(depth)

    def end(*_: object) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        with path.open("rb") as raw:
            while part := raw.read(XML_BYTES):
                pulse()
                parser.Parse(part)
            parser.Parse(b"", True)  # noqa: FBT003  # expat's
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UnreadableError(name, say("read-damaged-xml", format="GML")) from error


def _without_schema(path: Path, to: Path) -> None:
    """Copy a file without its references to schemas, which GDAL would look for."""
    with path.open("rb") as raw, to.open("wb") as copy:
        rest = b""
        while part := raw.read(READ_BYTES):
            held = _SCHEMA.sub(lambda found: b"x" * len(found[0]), rest + part)
            copy.write(held[:-_OVERLAP])
            rest = held[-_OVERLAP:]
        copy.write(rest)


# Shapefiles: several files with the same name, and text in whatever encoding their author used.

_SHAPES: Final = b"\x00\x00\x27\x0a"
_DBF_HEAD: Final = 32
_DBF_SAMPLE: Final = 2**20
_LANGUAGES: Final = {
    0x02: "cp850",
    0x26: "cp866",
    0x64: "cp852",
    0x65: "cp866",
    0x68: "cp857",
    0x6B: "cp857",
    0x7E: "cp1256",
    0xC8: "cp1250",
    0xC9: "cp1251",
    0xCA: "cp1254",
    0x96: "mac-cyrillic",
}
"""Code pages by language driver number, without the number for Western Windows, which is written for any encoding."""
_PAGE: Final = re.compile(r"(?:windows|ansi|cp|oem|ms)?[\s_-]*(\d{3,5})", re.IGNORECASE)
_ISO: Final = re.compile(r"iso[\s_-]*8859[\s_-]*(\d{1,2})", re.IGNORECASE)


def open_shapefile(path: Path, source: Source, asked: Asked) -> Rows:
    """Open a shapefile by its `.shp`; its other files must be next to it under the same name."""
    with path.open("rb") as raw:
        if raw.read(len(_SHAPES)) != _SHAPES:
            raise UnreadableError(source.name, say("read-damaged-vector", format="Shapefile"))
    if not path.with_suffix(".dbf").exists():
        raise UnreadableError(source.name, say("read-lone-shapefile"))
    return _open_with_dbf(path, source, asked, say("read-damaged-vector", format="Shapefile"))


def open_dbf(path: Path, source: Source, asked: Asked) -> Rows:
    """Open a dBASE table on its own; a note says that if it is part of a shapefile, its points are missing."""
    rows = _open_with_dbf(path, source, asked, say("read-damaged-vector", format="DBF"))
    return rows.noted(say("note-dbf-alone"))


def _open_with_dbf(path: Path, source: Source, asked: Asked, damaged: str) -> Rows:
    if _breaks_off(path.with_suffix(".dbf")):
        raise UnreadableError(source.name, damaged)
    encoding, note = _dbf_encoding(path, source.name, asked.encoding)
    layer = Layer(
        path=path,
        source=source,
        damaged=damaged,
        recode=lambda text: text.encode("latin-1", "replace").decode(encoding, "replace").rstrip("\ufffd"),
        notes=(note,) if note else (),
    )
    return layer.rows().encoded(encoding)


def _breaks_off(dbf: Path) -> bool:
    """Return whether a dBASE table is shorter than its header states, so that rows would be lost."""
    with dbf.open("rb") as raw:
        head = raw.read(_DBF_HEAD)
    begin, size = (int.from_bytes(head[at : at + 2], "little") for at in (8, 10))
    return begin + size * dbf_rows(head) > dbf.stat().st_size


def dbf_rows(head: bytes) -> int:
    """Read a dBASE table's number of rows from its first bytes."""
    return int.from_bytes(head[4:8], "little")


def _dbf_encoding(path: Path, name: str, wanted: str | None) -> tuple[str, str]:
    """Return the encoding of the text (as asked for, as the file states, or as detected), and a note on it."""
    head, sample = _sampled(path)
    if wanted is not None:
        return encoding_asked(wanted, b"", name).name, ""
    if sample.isascii():
        return "utf-8", ""
    stated = _page_named(path) or _LANGUAGES.get(head[29] if len(head) > 29 else 0)  # noqa: PLR2004  # language driver
    if stated and _fits(sample, stated):
        return stated, say("note-encoding", encoding=say("dbf-encoding", encoding=stated))
    guess: Encoding = encoding_of(sample)
    if stated:
        return guess.name, say("note-encoding-not-as-said", encoding=guess.name, said=stated)
    return guess.name, guess.notes[0] if guess.notes else say("note-encoding-told", encoding=guess.name.upper())


def _sampled(path: Path) -> tuple[bytes, bytes]:
    """Read the first bytes of the table, and its first non-ASCII texts, one per line."""
    with path.with_suffix(".dbf").open("rb") as raw:
        head = raw.read(_DBF_HEAD)
        begin = int.from_bytes(head[8:10], "little")
        raw.seek(_DBF_HEAD)
        names = raw.read(max(begin - _DBF_HEAD, 0))
        rows = raw.read(_DBF_SAMPLE)
    columns = b"  ".join(names[at : at + 11].split(b"\0")[0] for at in range(0, len(names), _DBF_HEAD))
    values = re.split(rb"[\x00 ]{2,}", columns + b"  " + rows)
    return head, b"\n".join(value for value in values if not value.isascii())


def _page_named(path: Path) -> str | None:
    """Read the encoding from the `.cpg` file, if there is one."""
    beside = path.with_suffix(".cpg")
    if not beside.exists():
        return None
    text = beside.read_bytes()[:100].decode("ascii", "replace").strip("\ufeff\ufffd \r\n\t\0")
    iso, page = _ISO.fullmatch(text), _PAGE.fullmatch(text)
    tried = [f"iso8859-{iso[1]}" if iso else "", "utf-8" if page and page[1] == "65001" else "", text]
    tried += [f"iso8859-{page[1][4:]}" if page[1].startswith("8859") else f"cp{page[1]}"] if page else []
    for name in filter(None, tried):
        with suppress(LookupError, ValueError):
            if found := named(codecs.lookup(name).name, b""):
                return found.name
    return None


def _fits(sample: bytes, encoding: str) -> bool:
    """Return whether texts can be in an encoding; a few may be truncated within a character."""
    lines = sample.split(b"\n")
    wrong = 0
    for line in lines:
        text = line.decode(encoding, "replace")
        wrong += "\ufffd" in text.rstrip("\ufffd")
    return wrong <= len(lines) // 20


# MapInfo tables, in TAB or MIF format.

_NATIVE: Final = re.compile(rb"\btype\s+native\b", re.IGNORECASE)
_TAB_BYTES: Final = 2**20


def open_mapinfo(path: Path, source: Source, asked: Asked) -> Rows:  # noqa: ARG001
    """Open a MapInfo table by its `.tab` or `.mif`; its other files must be next to it under the same name."""
    with path.open("rb") as raw:
        text = raw.read(_TAB_BYTES)
    tab = text.lstrip()[:6].lower() == b"!table"
    if tab and (not _NATIVE.search(text) or b"seamless" in text.lower()):
        raise UnreadableError(source.name, say("read-tab-of-others"))
    if not tab and not text.lstrip()[:7].lower().startswith(b"version"):
        raise UnreadableError(source.name, say("read-damaged-vector", format="MapInfo"))
    damaged = say("read-damaged-vector", format="MapInfo")
    return Layer(path=path, source=source, damaged=damaged).rows()


# GeoPackage layers, read batch by batch.

_APPLICATIONS: Final = (b"GPKG", b"GP10", b"GP11")
_APPLICATION_AT: Final = 68
_NAMED: Final = "SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes', 'aspatial')"
_INTERNAL: Final = ("gpkg_", "rtree_", "sqlite_")
_TABLES: Final = """
SELECT name FROM sqlite_master AS made WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'
AND NOT EXISTS (SELECT 1 FROM pragma_table_xinfo(made.name) WHERE hidden <> 0)
"""
"""Excludes virtual tables and tables with generated columns."""
_OWN_TABLES: Final = (
    "SELECT lower(name) FROM sqlite_master WHERE type IN ('table', 'view') AND name LIKE 'gpkg\\_%' ESCAPE '\\'"
)


def open_geopackage(path: Path, source: Source, asked: Asked) -> Rows:
    """Open the layers of a GeoPackage: the only one, those asked for, or all of them if they have similar columns.

    Raises UnreadableError as `open_layers` does, and if the file is not a GeoPackage, or is damaged.
    """
    with path.open("rb") as raw:
        if raw.read(_APPLICATION_AT + 4)[_APPLICATION_AT:] not in _APPLICATIONS:
            raise UnreadableError(source.name, say("read-no-geopackage"))
    damaged = say("read-damaged-geopackage")
    try:
        layers = _tables(path)
    except (sqlite3.Error, OSError, UnicodeDecodeError) as error:  # the last for a name that is not text
        raise UnreadableError(source.name, damaged) from error
    if not layers:
        raise UnreadableError(source.name, say("read-no-layers"))

    return _layers_of(Layer(path=path, source=source, damaged=damaged, projected=False), layers, asked)


def _tables(path: Path) -> list[str]:
    """Return the layers that are plain tables, not views or others that compute their rows.

    This avoids GDAL, which runs a view to find its columns. Raises sqlite3.DatabaseError if one of GeoPackage's own
    tables is not a plain table.
    """
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        tables = {str(name).lower(): str(name) for (name,) in connection.execute(_TABLES)}
        if any(name not in tables for (name,) in connection.execute(_OWN_TABLES)):
            raise sqlite3.DatabaseError(path.name)
        named = [str(name).lower() for (name,) in connection.execute(_NAMED)]
    others = [name for name in tables if not name.startswith(_INTERNAL)]
    return [tables[name] for name in (named or others) if name in tables]
