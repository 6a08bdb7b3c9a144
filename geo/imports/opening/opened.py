"""Any file opened as a table of texts, by what its bytes are and not by what it is called."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

from geo.imports.block import Block, Rows
from geo.imports.errors import UnreadableError
from geo.imports.opening.delimited import open_delimited
from geo.imports.opening.geojson import open_geojson
from geo.imports.opening.geopackage import open_geopackage
from geo.imports.opening.limits import UNPACKED_FILE_BYTES
from geo.imports.opening.packed import gzip_source, members, zip_source
from geo.imports.opening.parquet import open_parquet
from geo.imports.opening.sniffing import Format, format_of
from geo.imports.opening.source import RemoteFile, Source, chunks, file_source, open_file, read_up_to
from geo.imports.opening.workbook import open_workbook

_SNIFFED_BYTES: Final = 2**16
_WORKBOOK: Final = "xl/workbook.xml"
_TWICE: Final = "it is packed twice; unpack it once and import what is in it"
_STREAMED: Final = frozenset((Format.DELIMITED, Format.JSON))
"""Formats that are read from first byte to last, so that packed ones need not be unpacked onto the disk."""


def open_rows(
    file: Path | RemoteFile,
    *,
    name: str | None = None,
    table: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Rows:
    """Open a file: delimited text, XLSX, GeoJSON, GeoPackage or Parquet, as it is or packed with gz or zip.

    Parameters
    ----------
    file
        On disk, or as `fsspec.open` gives it.
    name
        What the person who brought it calls it, where the path does not say; for messages only.
    table
        Which sheet, layer or file inside is meant, where there are several.
    encoding, delimiter
        How a delimited text is written; told from its first lines where they are not given.

    Raises
    ------
    SeveralTablesError
        There are several tables and none is named; the error names them.
    UnreadableError
        The file is not a table, is damaged, or asks for more than is given.
    """
    name = name or PurePosixPath(file.as_posix() if isinstance(file, Path) else file.path).name
    wanted = _Wanted(table, encoding, delimiter)
    try:
        source = file_source(file, name)
        found = _format(source, wanted)
        if found is Format.ZIP and not _is_workbook(file, name):
            return _open_packed(zip_source(file, name, table=table), replace(wanted, table=None))
        if found is Format.GZIP:
            return _open_packed(gzip_source(file, name), wanted)
        if found in _STREAMED:
            return _open_stream(source, found, wanted)
        if isinstance(file, Path):
            return _OPENERS[found](file, source, table)
        return _open_unpacked(source, found, table)
    except OSError as error:
        raise UnreadableError(name, f"it cannot be read: {error.strerror or error}") from error


@dataclass(frozen=True, slots=True)
class _Wanted:
    table: str | None
    encoding: str | None
    delimiter: str | None


_OPENERS: Final[Mapping[Format, Callable[[Path, Source, str | None], Rows]]] = {
    Format.ZIP: open_workbook,
    Format.SQLITE: open_geopackage,
    Format.PARQUET: open_parquet,
}

_SUFFIXES: Final = {Format.ZIP: ".xlsx", Format.SQLITE: ".gpkg", Format.PARQUET: ".parquet"}
"""What a copy on the disk has to be called, so that openpyxl and GDAL take it for what it is."""


def _format(source: Source, wanted: _Wanted) -> Format:
    with source.opened() as (stream, _):
        return format_of(read_up_to(stream, _SNIFFED_BYTES), source.name, text=wanted.encoding is not None)


def _is_workbook(file: Path | RemoteFile, name: str) -> bool:
    with open_file(file) as raw:
        return _WORKBOOK in members(raw, name)


def _open_packed(source: Source, wanted: _Wanted) -> Rows:
    found = _format(source, wanted)
    if found in _STREAMED:
        return _open_stream(source, found, wanted)
    if found is Format.GZIP:
        raise UnreadableError(source.name, _TWICE)
    return _open_unpacked(source, found, wanted.table)


def _open_stream(source: Source, found: Format, wanted: _Wanted) -> Rows:
    if found is Format.JSON:
        return open_geojson(source)
    return open_delimited(source, encoding=wanted.encoding, delimiter=wanted.delimiter)


def _open_unpacked(source: Source, found: Format, table: str | None) -> Rows:
    """Copy onto the disk what has to be read here and there; the copy goes when the rows do."""
    folder = tempfile.TemporaryDirectory(prefix="incident-map-", ignore_cleanup_errors=True)
    path = Path(folder.name, f"table{_SUFFIXES[found]}")
    free = min(UNPACKED_FILE_BYTES, shutil.disk_usage(folder.name).free // 2)
    with source.opened() as (stream, _), path.open("wb") as copy:
        for part in chunks(stream):
            copy.write(part)
            if copy.tell() > free:
                raise UnreadableError(
                    source.name, f"it unpacks to more than {free // 2**20:,} MB; save the table as CSV"
                )
    if found is Format.ZIP and not _is_workbook(path, source.name):
        raise UnreadableError(source.name, _TWICE)
    rows = _OPENERS[found](path, source, table)
    return replace(rows, read=_Keeping(folder, rows.read))


@dataclass(frozen=True, slots=True)
class _Keeping:
    """Reads from an unpacked copy, which stays on the disk as long as somebody may read from it."""

    folder: tempfile.TemporaryDirectory[str]
    read: Callable[[int], Iterator[Block]]

    def __call__(self, block_rows: int) -> Iterator[Block]:
        yield from self.read(block_rows)
