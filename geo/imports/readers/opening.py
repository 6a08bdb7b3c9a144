"""Open any supported file, plain or packed, as a table of text; its bytes decide the format, not its name."""

import gzip
import posixpath
import re
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final
from urllib.parse import unquote

from geo.apart import TemporaryFolder
from geo.imports.blocks import Block, Rows
from geo.imports.readers.delimited import open_delimited
from geo.imports.readers.dialect import encoding_of
from geo.imports.readers.excel import open_old_workbook, open_workbook
from geo.imports.readers.json_tables import open_json
from geo.imports.readers.markup import kml_links, open_gpx, open_kml
from geo.imports.readers.opendocument import open_opendocument
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
from geo.imports.readers.together import named_rows, together
from geo.imports.readers.vector import (
    dbf_rows,
    open_dbf,
    open_flatgeobuf,
    open_geopackage,
    open_gml,
    open_mapinfo,
    open_shapefile,
)
from geo.imports.readers.web_tables import open_web_tables
from geo.incident.errors import UnreadableError
from geo.language.messages import list_words, say

# Recognising the format by the first bytes; the name does not matter.


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opening:
    """How files of a format are opened."""

    endings: tuple[str, ...]
    """Of their names; the first is that of a temporary copy, by which openpyxl and GDAL recognise the format."""
    stream: Callable[[Source, Asked], Rows] | None = None
    """Opens files that are read from first byte to last, so that packed ones need not be unpacked to disk."""
    file: Callable[[Path, Source, Asked], Rows] | None = None
    """Opens those that need random access."""
    copied: bool = False
    """Whether they are always copied, to ignore files beside them."""
    one_table: bool = False
    """Whether they hold exactly one table, without a name."""
    names_columns: bool = False
    """Whether they have no header line, since they name their columns."""
    names_encoding: bool = False
    """Whether their encoding is fixed, or stated in the file."""


class Format(Enum):
    """Formats that can be read, each with how it is opened."""

    DELIMITED = _Opening(endings=(".csv", ".tsv", ".txt", ".tab"), stream=open_delimited, one_table=True)
    GZIP = _Opening(endings=(".gz",))
    ZIP = _Opening(endings=(".zip", ".kmz"))
    """Zip archives; spreadsheets are zip files too, and recognised by their contents."""
    WORKBOOK = _Opening(endings=(".xlsx", ".xlsm"), file=open_workbook, names_encoding=True)
    PARQUET = _Opening(
        endings=(".parquet", ".geoparquet"),
        file=open_parquet,
        one_table=True,
        names_columns=True,
        names_encoding=True,
    )
    SQLITE = _Opening(endings=(".gpkg",), file=open_geopackage, names_columns=True, names_encoding=True)
    JSON = _Opening(
        endings=(".json", ".geojson", ".geojsonl", ".geojsons", ".ndjson", ".jsonl", ".umap"),
        stream=open_json,
        names_columns=True,
    )
    OPEN_DOCUMENT = _Opening(endings=(".ods",), file=open_opendocument, names_encoding=True)
    OLD_EXCEL = _Opening(endings=(".xls",), file=open_old_workbook)
    KML = _Opening(endings=(".kml",), stream=lambda source, _: open_kml(source), one_table=True, names_columns=True)
    GPX = _Opening(endings=(".gpx",), stream=lambda source, _: open_gpx(source), one_table=True, names_columns=True)
    GML = _Opening(endings=(".gml",), file=open_gml, copied=True, names_columns=True)
    FLATGEOBUF = _Opening(
        endings=(".fgb",), file=open_flatgeobuf, one_table=True, names_columns=True, names_encoding=True
    )
    HTML = _Opening(endings=(".html", ".htm"), file=open_web_tables)
    """Web pages whose tables are read; some programs save them as `.xls`."""
    DBF = _Opening(endings=(".dbf",), file=open_dbf, copied=True, one_table=True, names_columns=True)


_OF_SEVERAL_FILES: Final[Mapping[str, Callable[[Path, Source, Asked], Rows]]] = {
    ".shp": open_shapefile,
    ".tab": open_mapinfo,
    ".mif": open_mapinfo,
}
"""Openers for tables that consist of several files, by the ending of the main one."""
ENDINGS: Final = frozenset((*_OF_SEVERAL_FILES, *(ending for known in Format for ending in known.value.endings)))
"""Endings of names of files that can be read, in lower case."""
_SIGNATURES: Final = (
    (b"\x1f\x8b", Format.GZIP),
    (b"PK\x03\x04", Format.ZIP),
    (b"PK\x05\x06", Format.ZIP),
    (b"PAR1", Format.PARQUET),
    (b"SQLite format 3\0", Format.SQLITE),
    (b"fgb\x03fgb", Format.FLATGEOBUF),
    (b"\xd0\xcf\x11\xe0", Format.OLD_EXCEL),
)
_UNSUPPORTED: Final = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"MZ", "windows_program"),
    (b"\x7fELF", "program"),
    (b"\x00\x00\x27\x0a", "shapefile_part"),
    (b"!table", "mapinfo_part"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "seven_zip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"ARROW1", "arrow"),
    (b"RDX", "r"),
)
_HTML: Final = ("<!doctype html", "<html", "<table", "<head", "<meta", "<style")
_RTF: Final = b"{\\rtf"
_ROOT: Final = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)([^>]*)")
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_XML_BEGINS, _XML_HEAD = 100, 16_000
_XML: Final = {"kml": Format.KML, "gpx": Format.GPX}
_MIF: Final = re.compile(
    rb"version\s+\d+.{0,400}\n\s*(columns|coordsys|delimiter|charset)\b", re.IGNORECASE | re.DOTALL
)
_TEXT_BYTES: Final = frozenset({*range(0x20, 0x100), *b"\t\n\r\f\v\x00\x1a\x1b\x1f"})
_CONTROL_SHARE: Final = 0.02
_ZERO_SHARE: Final = 0.1


def format_of(head: bytes, name: str, *, text: bool = False) -> Format:
    """Return the format, recognised by the first bytes; with `text`, anything unrecognised counts as delimited text.

    Raises UnreadableError if no table can be read from the file.
    """
    if not head:
        raise UnreadableError(name, say("read-empty"))
    for magic, known in _SIGNATURES:
        if head.startswith(magic):
            return known
    for magic, what in _UNSUPPORTED:
        if head.startswith(magic) and not (magic in {b"MZ", b"RDX", b"BZh"} and _is_text(head)):
            raise UnreadableError(name, say("read-other", what=say(f"read-other-{what}")))
    if found := _by_beginning(head, name):
        return found
    if not text and not _is_text(head):
        raise UnreadableError(name, say("read-unknown"))
    return Format.DELIMITED


def _by_beginning(head: bytes, name: str) -> Format | None:
    """Recognise formats by how their text begins, and dBASE tables."""
    begin = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\x1e")[:2_000].lower()
    if begin.startswith(_RTF):
        raise UnreadableError(name, say("read-other", what=say("read-other-rtf")))
    if begin.decode("latin-1").startswith(_HTML):
        return Format.HTML
    if begin.startswith((b"{", b"[")):
        return Format.JSON
    if _MIF.match(begin):
        raise UnreadableError(name, say("read-other", what=say("read-other-mapinfo_part")))
    return Format.DBF if _is_dbf(head) else _of_xml(head, name)


def _of_xml(head: bytes, name: str) -> Format | None:
    """Return the format of XML by its root element; None if it is not XML. Raises UnreadableError for other XML."""
    if b"<" not in head[:_XML_BEGINS]:
        return None
    encoding = encoding_of(head[:_XML_HEAD])
    text = head[encoding.mark :].decode(encoding.name if encoding.wide else "latin-1", "replace").lstrip()
    if encoding.wide and text[:_XML_BEGINS].lower().startswith(_HTML):
        return Format.HTML
    if not text.startswith("<?xml") and not re.match(r"<(!DOCTYPE|(\w+:)?(kml|gpx|FeatureCollection))\b", text):
        return None
    root = _ROOT.search(_COMMENT.sub("", text))
    found = _XML.get(root[1]) if root else None
    if found is None and root and root[1].endswith("FeatureCollection") and re.search(r"gml|wfs|ogr", root[0]):
        found = Format.GML
    if found is None and root and root[1].lower() == "html":
        found = Format.HTML
    if found is None:
        raise UnreadableError(name, say("read-other", what=say("read-other-xml")))
    return found


_DBF_VERSIONS: Final = frozenset((0x03, 0x83, 0x8B))
_DBF_HEAD, _DBF_COLUMN, _DBF_END = 32, 32, b"\r"


def _is_dbf(head: bytes) -> bool:
    """Recognise a dBASE table by its version, a valid date of change, and a header of the stated length."""
    if len(head) < _DBF_HEAD + _DBF_COLUMN or head[0] not in _DBF_VERSIONS:
        return False
    _, month, day = head[1:4]
    size = int.from_bytes(head[8:10], "little")
    dated = month in range(1, 13) and day in range(1, 32)
    return dated and _DBF_HEAD < size <= len(head) and _DBF_END in head[size - 2 : size + 1]


def _is_text(head: bytes) -> bool:
    """Return whether bytes are text, possibly with a few zeros and control characters."""
    if encoding_of(head).wide:
        return True
    controls = len(head) - sum(byte in _TEXT_BYTES for byte in head)
    return controls <= _CONTROL_SHARE * len(head) and head.count(0) <= _ZERO_SHARE * len(head)


# Packed files, and the tables in them.

_BESIDE: Final[Mapping[str, tuple[str, ...]]] = {
    ".shp": (".dbf", ".shx", ".prj", ".cpg"),
    ".tab": (".dat", ".map", ".id", ".ind"),
    ".mif": (".mid",),
}
"""Endings of the files that belong to one with the same name, which is incomplete without them."""
_DESCRIPTION: Final = "-metadata.json"
"""Ending of the metadata file for a CSV file, by the CSV on the Web standard."""
_TEXT_BESIDE: Final = ("readme", "license", "licence", "codebook", "changelog")
_END_OF_ARCHIVE: Final = b"PK\x05\x06"


@dataclass(slots=True)
class _Unpacking:
    """A stream of unpacked bytes; raises UnreadableError if these exceed the limits, or are damaged or truncated."""

    stream: Stream
    name: str
    packed: Callable[[], int]
    """Returns the number of packed bytes read."""
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
    """Return the source for the contents of a gz file."""

    @contextmanager
    def opened() -> Iterator[tuple[Stream, Callable[[], int]]]:
        with open_file(file) as raw, gzip.GzipFile(fileobj=raw) as stream:
            yield _Unpacking(stream, name, raw.tell), raw.tell

    with open_file(file) as raw:
        size = raw.seek(0, 2)
    return Source(name, size, opened, packed=True)


def member_source(file: Path | RemoteFile, name: str, member: zipfile.ZipInfo) -> Source:
    """Return the source for a file within a zip file."""

    @contextmanager
    def opened() -> Iterator[tuple[Stream, Callable[[], int]]]:
        with open_file(file) as raw, _archive(raw, name) as archive, _member(archive, member, name) as stream:
            begin = raw.tell()
            yield _Unpacking(stream, name, lambda: max(raw.tell() - begin, 1)), raw.tell

    with open_file(file) as raw:
        size = raw.seek(0, 2)
    return Source(f"{name}: {PurePosixPath(member.filename).name}", size, opened, packed=True)


def members(raw: BinaryIO, name: str) -> frozenset[str]:
    """Return the names of the files in a zip file; raises UnreadableError if it is damaged or has too many."""
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
    """Read the number of entries from the end of the archive, to check it before reading them."""
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


@dataclass(frozen=True, slots=True)
class _Table:
    """A file in a zip file, with the files that belong to it."""

    member: zipfile.ZipInfo
    beside: Mapping[str, zipfile.ZipInfo]
    """Files that belong to it, by ending in lower case."""

    @property
    def name(self) -> str:
        return self.member.filename

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()


def _tables(archive: zipfile.ZipFile) -> list[_Table]:
    """Return the files that may be tables, each with the files that belong to it, which are not returned themselves."""
    by_name = {member.filename.lower(): member for member in archive.infolist()}
    tables = []
    for member in filter(_may_be_table, archive.infolist()):
        bare, suffix = (
            member.filename[: -len(PurePosixPath(member.filename).suffix)],
            PurePosixPath(member.filename).suffix,
        )
        beside = {
            ending: by_name[f"{bare}{ending}".lower()]
            for ending in _BESIDE.get(suffix.lower(), ())
            if f"{bare}{ending}".lower() in by_name
        }
        tables.append(_Table(member, beside))
    others = {member.filename for table in tables for member in table.beside.values()}
    return [table for table in tables if table.name not in others]


def _chosen(archive: zipfile.ZipFile, name: str, wanted: tuple[str, ...]) -> tuple[list[_Table], tuple[str, ...]]:
    """Choose the only table, or those asked for; also returns the names left to look up within it.

    Raises UnreadableError, listing the tables, if none or an unknown one is named.
    """
    found = _tables(archive)
    by_name = {table.name: table for table in found}
    if not found:
        raise UnreadableError(name, say("read-no-table"))
    if wanted and all(table in by_name for table in wanted):
        return [by_name[table] for table in dict.fromkeys(wanted)], ()
    if len(found) == 1:
        return found, wanted
    maps = [table for table in found if table.suffix == ".kml"]
    if not wanted and len(maps) == len(found) and "doc.kml" in by_name:  # a KMZ's main file, which links to the others
        return [by_name["doc.kml"]], ()
    if wanted:
        missing = list_words([repr(table) for table in wanted if table not in by_name])
        raise UnreadableError(name, say("read-no-such-table", table=missing, tables=_named([*by_name])), [*by_name])
    counts = [(table.name, _rows_of(archive, table)) for table in found]
    known = all(rows is not None for _, rows in counts)
    tables = named_rows([(one, rows or 0) for one, rows in counts]) if known else _named([*by_name])
    raise UnreadableError(name, say("read-several-tables", count=len(found), tables=tables), [*by_name])


def _rows_of(archive: zipfile.ZipFile, table: _Table) -> int | None:
    """Return a shapefile's number of rows; None for other tables, which would have to be read to count them."""
    if ".dbf" not in table.beside:
        return None
    damage = (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error)
    with suppress(*damage), archive.open(table.beside[".dbf"]) as raw:
        return dbf_rows(raw.read(8))
    return None


def _may_be_table(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    hidden = any(part.startswith((".", "__MACOSX")) and part not in {".", ".."} for part in path.parts)
    beside = path.suffix.lower() == ".txt" and path.stem.lower().startswith(_TEXT_BESIDE)
    beside |= path.name.lower().endswith(_DESCRIPTION)
    return not member.filename.endswith("/") and not hidden and not beside and path.suffix.lower() in ENDINGS - {".zip"}


def _named(names: list[str]) -> str:
    """List the first ten tables.

    >>> _named(["a.csv", "b.csv"])
    "'a.csv', 'b.csv'"
    """
    shown = ", ".join(repr(name[:100]) for name in names[:10])
    return say("read-tables-and-more", tables=shown, more=len(names) - 10) if len(names) > 10 else shown  # noqa: PLR2004


# Opening any file according to its format.

_SNIFFED_BYTES: Final = 2**16


def open_rows(file: Path | RemoteFile, asked: Asked = Asked(), *, name: str | None = None) -> Rows:
    """Open a file of any supported format, plain or packed with gz or zip.

    `file` is a path, or a file as returned by `fsspec.open`; `name` is its name for messages, if it differs from the
    path's. Raises UnreadableError if it is not a table, is damaged or exceeds a limit; or if it has several tables and
    none is named, in which case the error's `choices` are the tables.
    """
    name = name or PurePosixPath(file.as_posix() if isinstance(file, Path) else file.path).name
    try:
        source = file_source(file, name)
        found = _format(source, asked)
        if found is Format.ZIP:
            found = _packed_format(file, name)
        if found is Format.ZIP:
            return _open_archive(file, name, asked)
        if found is Format.GZIP:
            return _open_packed(gzip_source(file, name), asked)
        return _opened(found, source, asked, path=file if isinstance(file, Path) else None)
    except OSError as error:
        raise UnreadableError(name, say("read-failed", error=error.strerror or error)) from error


def _format(source: Source, wanted: Asked) -> Format:
    with source.opened() as (stream, _):
        return format_of(read_up_to(stream, _SNIFFED_BYTES), source.name, text=wanted.encoding is not None)


def _check_asked(found: Format, name: str, wanted: Asked) -> None:
    """Raise UnreadableError if an option is given that makes no sense for the format."""
    if wanted.tables and found.value.one_table:
        raise UnreadableError(name, say("read-one-table", table=list_words([repr(table) for table in wanted.tables])))
    if wanted.header_row is not None and found.value.names_columns:
        raise UnreadableError(name, say("read-names-columns", row=str(wanted.header_row)))
    if wanted.encoding is not None and found.value.names_encoding:
        raise UnreadableError(name, say("read-own-encoding", encoding=repr(wanted.encoding)))


def _packed_format(file: Path | RemoteFile, name: str) -> Format:
    """Return the format of a zip file: a spreadsheet, or an archive of other files."""
    with open_file(file) as raw:
        held = members(raw, name)
    if "xl/workbook.bin" in held:
        raise UnreadableError(name, say("read-other", what=say("read-other-binary_workbook")))
    if "xl/workbook.xml" in held:
        return Format.WORKBOOK
    return Format.OPEN_DOCUMENT if {"content.xml", "META-INF/manifest.xml"} <= held else Format.ZIP


def _open_archive(file: Path | RemoteFile, name: str, wanted: Asked) -> Rows:
    with open_file(file) as raw, _archive(raw, name) as archive:
        tables, within = _chosen(archive, name, wanted.tables)
        linked = _linked(file, name, archive, tables[0].member) if len(tables) == 1 and not wanted.tables else {}
    if len(linked) > 1:
        return _open_linked(file, name, linked)
    wanted = replace(wanted, tables=within)
    opened = [(table.name, _open_member(file, name, table, wanted)) for table in tables]
    return opened[0][1] if len(opened) == 1 else together(name, opened, column=say("column-of-file"))


_LINKED: Final = 200
"""Largest number of linked files read from a KMZ."""


@dataclass(frozen=True, slots=True)
class _Map:
    """A KML file in a KMZ."""

    placemarks: int = 0
    links: tuple[str, ...] = ()
    elsewhere: bool = True
    """Whether any of the links leads to something that is not read."""


def _linked(
    file: Path | RemoteFile, name: str, archive: zipfile.ZipFile, first: zipfile.ZipInfo
) -> dict[zipfile.ZipInfo, _Map]:
    """Find the files within a KMZ that its main file links to, directly or through others, each once."""
    maps = [member for member in filter(_may_be_table, archive.infolist()) if member.filename.lower().endswith(".kml")]
    held = {posixpath.normpath(member.filename.replace("\\", "/")): member for member in maps}
    found: dict[zipfile.ZipInfo, _Map] = {}
    waiting = {first: None} if first in maps and len(maps) > 1 else {}
    while waiting:
        member = next(iter(waiting))
        del waiting[member]
        source = member_source(file, name, member)
        if _format(source, Asked()) is not Format.KML:
            found[member] = _Map()
            continue
        placemarks, links = kml_links(source)
        inside = [next((held[path] for path in _paths(member.filename, link) if path in held), None) for link in links]
        for other in filter(None, inside):
            if other is not member and other not in found and len(found) + len(waiting) < _LINKED:
                waiting[other] = None
        known = {member, *found, *waiting}
        found[member] = _Map(placemarks, links, any(other not in known for other in inside))
    return found


def _paths(base: str, link: str) -> Iterator[str]:
    """Yield the paths in an archive that a link from one of its files may refer to.

    >>> [*_paths("a/doc.kml", "../b%20c.kml#d")], [*_paths("doc.kml", "../x.kml")], [*_paths("doc.kml", "/x.kml")]
    (['b%20c.kml', 'b c.kml'], [], [])
    """
    bare = link.partition("#")[0].partition("?")[0].replace("\\", "/")
    for one in dict.fromkeys((bare, unquote(bare))):
        path = posixpath.normpath(posixpath.join(posixpath.dirname(base), one))
        if one and ":" not in one and not path.startswith(("/", "../")) and path not in {".", ".."}:
            yield path


def _open_linked(file: Path | RemoteFile, name: str, linked: Mapping[zipfile.ZipInfo, _Map]) -> Rows:
    """Open those of a KMZ's linked files that have placemarks, as one table."""
    elsewhere = any(one.elsewhere for one in linked.values())
    opened = [
        (member.filename, open_kml(member_source(file, name, member), one.links))
        for member, one in linked.items()
        if one.placemarks
    ]
    if not opened:
        raise UnreadableError(name, say("read-kml-elsewhere" if elsewhere else "read-kml-empty"))
    rows = opened[0][1] if len(opened) == 1 else together(name, opened, column=say("column-of-file"))
    return rows.noted(say("note-kml-elsewhere")) if elsewhere else rows


def _open_member(file: Path | RemoteFile, name: str, table: _Table, wanted: Asked) -> Rows:
    source = member_source(file, name, table.member)
    opener = _OF_SEVERAL_FILES.get(table.suffix)
    if opener is None or (table.suffix == ".tab" and not {".dat", ".map"} <= table.beside.keys()):
        return _open_packed(source, wanted)
    folder = TemporaryFolder()
    path = folder.path / f"table{table.suffix}"
    _copy(source, path)
    for ending, member in table.beside.items():
        _copy(member_source(file, name, member), path.with_suffix(ending))
    rows = opener(path, source, wanted)
    return replace(rows, read=_Keeping(folder, rows.read))


def _open_packed(source: Source, wanted: Asked) -> Rows:
    found = _format(source, wanted)
    if found is Format.GZIP:
        raise UnreadableError(source.name, say("read-packed-twice"))
    return _opened(found, source, wanted)


def _opened(found: Format, source: Source, wanted: Asked, *, path: Path | None = None) -> Rows:
    """Open a file from its bytes, its path, or a temporary copy, which is deleted along with the rows."""
    _check_asked(found, source.name, wanted)
    if found.value.stream is not None:
        return found.value.stream(source, wanted)
    if path is not None and found.value.file is not None and not found.value.copied:
        return found.value.file(path, source, wanted)
    folder = TemporaryFolder()
    path = folder.path / f"table{found.value.endings[0]}"
    _copy(source, path)
    if found is Format.ZIP:
        found = _packed_format(path, source.name)
        if found is Format.ZIP and source.packed and not _is_map(path, source.name):
            raise UnreadableError(source.name, say("read-packed-twice"))
    if found.value.file is None:
        rows = _open_archive(path, source.name, wanted)
    else:
        rows = found.value.file(path, source, wanted)
    return replace(rows, read=_Keeping(folder, rows.read))


def _is_map(path: Path, name: str) -> bool:
    """Return whether a zip file is a KMZ, which may itself be within a zip file."""
    with open_file(path) as raw:
        return any(member.lower().endswith(".kml") for member in members(raw, name))


def _copy(source: Source, path: Path) -> None:
    free = min(UNPACKED_FILE_BYTES, shutil.disk_usage(path.parent).free // 2)
    with source.opened() as (stream, _), path.open("wb") as copy:
        for part in chunks(stream):
            copy.write(part)
            if copy.tell() > free:
                raise UnreadableError(source.name, say("read-too-large-here", mb=free // 2**20))


@dataclass(frozen=True, slots=True)
class _Keeping:
    """Reads from a temporary copy, and keeps it on disk as long as it may be read."""

    folder: TemporaryFolder
    read: Callable[[int], Iterator[Block]]

    def __call__(self, block_rows: int) -> Iterator[Block]:
        yield from self.read(block_rows)
