"""Any file opened as a table of texts, by what its bytes are and not by what it is called, also out of gz and zip."""

import gzip
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from geo.apart import TemporaryFolder
from geo.imports.blocks import Block, Rows
from geo.imports.readers.delimited import open_delimited
from geo.imports.readers.dialect import encoding_of
from geo.imports.readers.geopackage import open_geopackage
from geo.imports.readers.json_tables import open_json
from geo.imports.readers.parquet import open_parquet
from geo.imports.readers.source import (
    ARCHIVE_MEMBERS,
    PACKED_FREE_BYTES,
    PACKED_RATIO,
    UNPACKED_BYTES,
    UNPACKED_FILE_BYTES,
    Asked,
    RemoteFile,
    Source,
    Stream,
    chunks,
    file_source,
    open_file,
    read_up_to,
)
from geo.imports.readers.xlsx import open_workbook
from geo.incident.errors import UnreadableError
from geo.language.messages import say

_TABLE_SUFFIXES: Final = frozenset(
    [".csv", ".tsv", ".txt", ".tab", ".xlsx", ".geojson", ".json", ".gpkg", ".parquet", ".gz"]
)
_TEXT_BESIDE: Final = ("readme", "license", "licence", "codebook", "changelog")
_END_OF_ARCHIVE: Final = b"PK\x05\x06"


@dataclass(slots=True)
class _Unpacking:
    """A stream of unpacked bytes that stops where they grow out of proportion, and says so where they break off."""

    stream: Stream
    name: str
    packed: Callable[[], int]
    """Tells how many packed bytes have been read."""
    unpacked: int = 0

    def read(self, size: int, /) -> bytes:
        try:
            data = self.stream.read(size)
        except EOFError as error:
            raise UnreadableError(self.name, say("read-breaks-off", bytes=self.unpacked)) from error
        except (gzip.BadGzipFile, zipfile.BadZipFile, zlib.error, NotImplementedError, OSError) as error:
            raise UnreadableError(self.name, say("read-damaged-past", byte=self.unpacked)) from error
        self.unpacked += len(data)
        if self.unpacked > UNPACKED_BYTES:
            raise UnreadableError(self.name, say("read-too-large", gb=UNPACKED_BYTES // 2**30))
        if self.unpacked > PACKED_FREE_BYTES and self.unpacked > PACKED_RATIO * self.packed():
            raise UnreadableError(self.name, say("read-bomb", times=PACKED_RATIO))
        return data


def gzip_source(file: Path | RemoteFile, name: str) -> Source:
    """Describe what is in a gz file."""

    @contextmanager
    def opened() -> Iterator[tuple[Stream, Callable[[], int]]]:
        with open_file(file) as raw, gzip.GzipFile(fileobj=raw) as stream:
            yield _Unpacking(stream, name, raw.tell), raw.tell

    with open_file(file) as raw:
        size = raw.seek(0, 2)
    return Source(name, size, opened, packed=True)


def zip_source(file: Path | RemoteFile, name: str, *, table: str | None) -> Source:
    """Describe the one table in a zip file, or the one with the name given.

    Raises UnreadableError where there is none, or none is named and there are several, which it names.
    """
    with open_file(file) as raw:
        size = raw.seek(0, 2)
        with _archive(raw, name) as archive:
            member = _pick_member(archive, name, table)

    @contextmanager
    def opened() -> Iterator[tuple[Stream, Callable[[], int]]]:
        with open_file(file) as raw, _archive(raw, name) as archive, _member(archive, member, name) as stream:
            begin = raw.tell()
            yield _Unpacking(stream, name, lambda: max(raw.tell() - begin, 1)), raw.tell

    return Source(f"{name}: {PurePosixPath(member.filename).name}", size, opened, packed=True)


def members(raw: BinaryIO, name: str) -> frozenset[str]:
    """Name what a zip file holds; raises UnreadableError where it is damaged."""
    with _archive(raw, name) as archive:
        return frozenset(archive.namelist())


@contextmanager
def _archive(raw: BinaryIO, name: str) -> Iterator[zipfile.ZipFile]:
    if _number_of_members(raw) > ARCHIVE_MEMBERS:
        raise UnreadableError(name, say("read-too-many-files", most=ARCHIVE_MEMBERS))
    try:
        archive = zipfile.ZipFile(raw)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        raise UnreadableError(name, say("read-damaged-archive")) from error
    with archive:
        yield archive


def _number_of_members(raw: BinaryIO) -> int:
    """Read the number of entries from the end of the archive, before all of them are read."""
    size = raw.seek(0, 2)
    raw.seek(max(0, size - 2**16 - 100))
    tail = raw.read()
    at = tail.rfind(_END_OF_ARCHIVE)
    raw.seek(0)
    if at < 0 or len(tail) < at + 16:
        return 0
    entries, length = struct.unpack("<HI", tail[at + 10 : at + 16])
    return max(int(entries), int(length) // 46 if length > 46 * ARCHIVE_MEMBERS * 20 else 0)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> "zipfile.ZipExtFile":
    if member.flag_bits & 1:
        raise UnreadableError(name, say("read-locked"))
    try:
        return archive.open(member)  # type: ignore[return-value]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise UnreadableError(name, say("read-not-unpacked")) from error


def _pick_member(archive: zipfile.ZipFile, name: str, table: str | None) -> zipfile.ZipInfo:
    found = [member for member in archive.infolist() if _may_be_table(member)]
    names = [member.filename for member in found]
    if table is not None:
        if table not in names:
            raise UnreadableError(name, say("read-no-such-table", table=repr(table), tables=_named(names)), names)
        return found[names.index(table)]
    if not found:
        raise UnreadableError(name, say("read-no-table"))
    if len(found) > 1:
        raise UnreadableError(name, say("read-several-tables", count=len(found), tables=_named(names)), names)
    return found[0]


def _may_be_table(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    hidden = any(part.startswith((".", "__MACOSX")) and part not in {".", ".."} for part in path.parts)
    beside = path.suffix.lower() == ".txt" and path.stem.lower().startswith(_TEXT_BESIDE)
    return not member.filename.endswith("/") and not hidden and not beside and path.suffix.lower() in _TABLE_SUFFIXES


def _named(names: list[str]) -> str:
    """Name the first tables.

    >>> _named(["a.csv", "b.csv"])
    "'a.csv', 'b.csv'"
    """
    shown = ", ".join(repr(name[:100]) for name in names[:10])
    return say("read-tables-and-more", tables=shown, more=len(names) - 10) if len(names) > 10 else shown  # noqa: PLR2004


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
    (b"%PDF", "pdf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"MZ", "windows_program"),
    (b"\x7fELF", "program"),
    (b"\xd0\xcf\x11\xe0", "old_office"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "seven_zip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"ARROW1", "arrow"),
    (b"RDX", "r"),
)
_MARKUP: Final = ((b"<!doctype html", "web_page"), (b"<html", "web_page"), (b"<?xml", "xml"), (b"{\\rtf", "rtf"))
"""What no table is read from, by how it begins; a message's name says what it is and what to do."""
_TEXT_BYTES: Final = frozenset({*range(0x20, 0x100), *b"\t\n\r\f\v\x00\x1a\x1b\x1f"})
_CONTROL_SHARE: Final = 0.02
_ZERO_SHARE: Final = 0.1


def format_of(head: bytes, name: str, *, text: bool = False) -> Format:
    """Tell the format from the first bytes; `text` says that what looks like no format is text.

    Raises UnreadableError for what no table can be read from.
    """
    if not head:
        raise UnreadableError(name, say("read-empty"))
    for magic, known in _READ:
        if head.startswith(magic):
            return known
    for magic, what in _OTHER:
        if head.startswith(magic) and not (magic in {b"MZ", b"RDX", b"BZh"} and _is_text(head)):
            raise UnreadableError(name, say("read-other", what=say(f"read-other-{what}")))
    begin = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\x1e")[:200].lower()
    for magic, what in _MARKUP:
        if begin.startswith(magic):
            raise UnreadableError(name, say("read-other", what=say(f"read-other-{what}")))
    if begin.startswith((b"{", b"[")):
        return Format.JSON
    if not text and not _is_text(head):
        raise UnreadableError(name, say("read-unknown"))
    return Format.DELIMITED


def _is_text(head: bytes) -> bool:
    """Tell text, even with some zeros and control characters in it, from what is not."""
    if encoding_of(head).wide:
        return True
    controls = len(head) - sum(byte in _TEXT_BYTES for byte in head)
    return controls <= _CONTROL_SHARE * len(head) and head.count(0) <= _ZERO_SHARE * len(head)


_SNIFFED_BYTES: Final = 2**16
_WORKBOOK: Final = "xl/workbook.xml"
_STREAMED: Final = frozenset((Format.DELIMITED, Format.JSON))
"""Formats that are read from first byte to last, so that packed ones need not be unpacked onto the disk."""


def open_rows(  # noqa: PLR0913  # what can be said of a file
    file: Path | RemoteFile,
    *,
    name: str | None = None,
    table: str | None = None,
    tables: Sequence[str] = (),
    header_row: int | None = None,
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
    table, tables
        Which sheet, layer or file inside is meant, where there are several; more than one are read as one table.
    header_row
        Number of the line, or row of the sheet, that is the header, from 1; 0 where there is none. Told from the first
        lines where it is not given.
    encoding, delimiter
        How a delimited text is written; told from its first lines where they are not given. The encoding is also that
        of the texts of a shapefile.

    Raises
    ------
    UnreadableError
        The file is not a table, is damaged, or asks for more than is given; or there are several tables and none is
        named, which then are the error's choices.
    """
    name = name or PurePosixPath(file.as_posix() if isinstance(file, Path) else file.path).name
    wanted = Asked(
        tables=tuple(dict.fromkeys([*([table] if table is not None else []), *tables])),
        header_row=header_row,
        encoding=encoding,
        delimiter=delimiter,
    )
    try:
        source = file_source(file, name)
        found = _format(source, wanted)
        if found is Format.ZIP and not _is_workbook(file, name):
            return _open_packed(
                zip_source(file, name, table=wanted.tables[0] if wanted.tables else None), replace(wanted, tables=())
            )
        if found is Format.GZIP:
            return _open_packed(gzip_source(file, name), wanted)
        if found in _STREAMED:
            return _open_stream(source, found, wanted)
        if isinstance(file, Path):
            return _OPENERS[found](file, source, wanted)
        return _open_unpacked(source, found, wanted)
    except OSError as error:
        raise UnreadableError(name, say("read-failed", error=error.strerror or error)) from error


_OPENERS: Final[Mapping[Format, Callable[[Path, Source, Asked], Rows]]] = {
    Format.ZIP: open_workbook,
    Format.SQLITE: open_geopackage,
    Format.PARQUET: open_parquet,
}

_SUFFIXES: Final = {Format.ZIP: ".xlsx", Format.SQLITE: ".gpkg", Format.PARQUET: ".parquet"}
"""What a copy on the disk has to be called, so that openpyxl and GDAL take it for what it is."""


def _format(source: Source, wanted: Asked) -> Format:
    with source.opened() as (stream, _):
        return format_of(read_up_to(stream, _SNIFFED_BYTES), source.name, text=wanted.encoding is not None)


def _is_workbook(file: Path | RemoteFile, name: str) -> bool:
    with open_file(file) as raw:
        return _WORKBOOK in members(raw, name)


def _open_packed(source: Source, wanted: Asked) -> Rows:
    found = _format(source, wanted)
    if found in _STREAMED:
        return _open_stream(source, found, wanted)
    if found is Format.GZIP:
        raise UnreadableError(source.name, say("read-packed-twice"))
    return _open_unpacked(source, found, wanted)


def _open_stream(source: Source, found: Format, wanted: Asked) -> Rows:
    if found is Format.JSON:
        return open_json(source, wanted)
    return open_delimited(source, encoding=wanted.encoding, delimiter=wanted.delimiter, header_row=wanted.header_row)


def _open_unpacked(source: Source, found: Format, wanted: Asked) -> Rows:
    """Copy onto the disk what has to be read here and there; the copy goes when the rows do."""
    folder = TemporaryFolder()
    path = folder.path / f"table{_SUFFIXES[found]}"
    free = min(UNPACKED_FILE_BYTES, shutil.disk_usage(folder.path).free // 2)
    with source.opened() as (stream, _), path.open("wb") as copy:
        for part in chunks(stream):
            copy.write(part)
            if copy.tell() > free:
                raise UnreadableError(source.name, say("read-too-large-here", mb=free // 2**20))
    if found is Format.ZIP and not _is_workbook(path, source.name):
        raise UnreadableError(source.name, say("read-packed-twice"))
    rows = _OPENERS[found](path, source, wanted)
    return replace(rows, read=_Keeping(folder, rows.read))


@dataclass(frozen=True, slots=True)
class _Keeping:
    """Reads from an unpacked copy, which stays on the disk as long as somebody may read from it."""

    folder: TemporaryFolder
    read: Callable[[int], Iterator[Block]]

    def __call__(self, block_rows: int) -> Iterator[Block]:
        yield from self.read(block_rows)
