"""Any file opened as a table of texts, by what its bytes are and not by what it is called."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Final

from geo.imports.blocks import Block, Rows
from geo.imports.readers.delimited import open_delimited
from geo.imports.readers.dialect import encoding_of
from geo.imports.readers.geojson import open_geojson
from geo.imports.readers.geopackage import open_geopackage
from geo.imports.readers.packed import gzip_source, members, zip_source
from geo.imports.readers.parquet import open_parquet
from geo.imports.readers.source import (
    UNPACKED_FILE_BYTES,
    RemoteFile,
    Source,
    UnreadableError,
    chunks,
    file_source,
    open_file,
    read_up_to,
)
from geo.imports.readers.xlsx import open_workbook

# What a file is, told from its first bytes; the name plays no part.


class Format(StrEnum):
    """Formats that are read."""

    DELIMITED = "delimited"
    GZIP = "gzip"
    ZIP = "zip"
    """Packed files, and XLSX, which is one."""
    PARQUET = "parquet"
    SQLITE = "sqlite"
    JSON = "json"


_READ: Final = (
    (b"\x1f\x8b", Format.GZIP),
    (b"PK\x03\x04", Format.ZIP),
    (b"PK\x05\x06", Format.ZIP),
    (b"PAR1", Format.PARQUET),
    (b"SQLite format 3\0", Format.SQLITE),
)
_OTHER: Final = (
    (b"%PDF", "a PDF; a table in it has to be saved as CSV or XLSX first"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "a file of Excel or Word before 2007, or locked with a password; save it as XLSX or CSV"),
    (b"Rar!", "packed with RAR; unpack it and import the table in it"),
    (b"7z\xbc\xaf\x27\x1c", "packed with 7-Zip; unpack it and import the table in it"),
    (b"BZh", "packed with bzip2; unpack it and import the table in it"),
    (b"\xfd7zXZ", "packed with xz; unpack it and import the table in it"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd; unpack it and import the table in it"),
    (b"ARROW1", "an Arrow file; save it as Parquet or CSV"),
    (b"RDX", "a file of R; save it as CSV"),
)
_MARKUP: Final = (
    (b"<!doctype html", "a web page, likely one that asks to log in; download the table itself again"),
    (b"<html", "a web page, likely one that asks to log in; download the table itself again"),
    (b"<?xml", "XML; save the table as CSV, XLSX or GeoJSON"),
    (b"{\\rtf", "a document (RTF); save the table in it as CSV or XLSX"),
)
_UNKNOWN: Final = (
    "it is neither text nor any other format that is read: CSV, TSV, XLSX, GeoJSON, GeoPackage or Parquet, as it is or"
    " packed with gz or zip"
)
_TEXT_BYTES: Final = frozenset({*range(0x20, 0x100), *b"\t\n\r\f\v\x00\x1a\x1b\x1f"})
_CONTROL_SHARE: Final = 0.02
_ZERO_SHARE: Final = 0.1


def format_of(head: bytes, name: str, *, text: bool = False) -> Format:
    """Tell the format from the first bytes; `text` says that what looks like no format is text.

    Raises UnreadableError for what no table can be read from.
    """
    if not head:
        raise UnreadableError(name, "it is empty: 0 bytes")
    for magic, known in _READ:
        if head.startswith(magic):
            return known
    for magic, what in _OTHER:
        if head.startswith(magic) and not (magic in {b"MZ", b"RDX", b"BZh"} and _is_text(head)):
            raise UnreadableError(name, f"it is no table, but {what}")
    begin = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    for magic, what in _MARKUP:
        if begin.startswith(magic):
            raise UnreadableError(name, f"it is no table, but {what}")
    if begin.startswith((b"{", b"[")):
        return Format.JSON
    if not text and not _is_text(head):
        raise UnreadableError(name, _UNKNOWN)
    return Format.DELIMITED


def _is_text(head: bytes) -> bool:
    """Tell text, even with some zeros and control characters in it, from what is not."""
    if encoding_of(head).wide:
        return True
    controls = len(head) - sum(byte in _TEXT_BYTES for byte in head)
    return controls <= _CONTROL_SHARE * len(head) and head.count(0) <= _ZERO_SHARE * len(head)


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
