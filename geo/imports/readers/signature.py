"""What a file is, told from its first bytes; the name plays no part."""

import re
from enum import StrEnum
from typing import Final

from geo.imports.readers.dialect import encoding_of
from geo.incident.errors import UnreadableError
from geo.language.messages import say


class Format(StrEnum):
    """Formats that are read."""

    DELIMITED = "delimited"
    GZIP = "gzip"
    ZIP = "zip"
    """Packed files; spreadsheets are zip files as well, and told from others by what is in them."""
    WORKBOOK = "workbook"
    PARQUET = "parquet"
    SQLITE = "sqlite"
    JSON = "json"
    OPEN_DOCUMENT = "open_document"
    OLD_EXCEL = "old_excel"
    KML = "kml"
    GPX = "gpx"
    GML = "gml"
    FLATGEOBUF = "flatgeobuf"


_READ: Final = (
    (b"\x1f\x8b", Format.GZIP),
    (b"PK\x03\x04", Format.ZIP),
    (b"PK\x05\x06", Format.ZIP),
    (b"PAR1", Format.PARQUET),
    (b"SQLite format 3\0", Format.SQLITE),
    (b"fgb\x03fgb", Format.FLATGEOBUF),
    (b"\xd0\xcf\x11\xe0", Format.OLD_EXCEL),
)
_OTHER: Final = (
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
_MARKUP: Final = ((b"<!doctype html", "web_page"), (b"<html", "web_page"), (b"{\\rtf", "rtf"))
"""What no table is read from, by how it begins; a message's name says what it is and what to do."""
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
    if found := _by_beginning(head, name):
        return found
    if not text and not _is_text(head):
        raise UnreadableError(name, say("read-unknown"))
    return Format.DELIMITED


def _by_beginning(head: bytes, name: str) -> Format | None:
    """Tell formats that are text, and begin in their own way."""
    begin = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\x1e")[:2_000].lower()
    for magic, what in _MARKUP:
        if begin.startswith(magic):
            raise UnreadableError(name, say("read-other", what=say(f"read-other-{what}")))
    if begin.startswith((b"{", b"[")):
        return Format.JSON
    if _MIF.match(begin) or _is_dbf(head):
        part = "mapinfo_part" if _MIF.match(begin) else "shapefile_part"
        raise UnreadableError(name, say("read-other", what=say(f"read-other-{part}")))
    return _of_xml(head, name)


def _of_xml(head: bytes, name: str) -> Format | None:
    """Tell the format of XML by its first element; None for what is no XML."""
    if b"<" not in head[:_XML_BEGINS]:
        return None
    encoding = encoding_of(head[:_XML_HEAD])
    text = head[encoding.mark :].decode(encoding.name if encoding.wide else "latin-1", "replace").lstrip()
    if not text.startswith("<?xml") and not re.match(r"<(!DOCTYPE|(\w+:)?(kml|gpx|FeatureCollection))\b", text):
        return None
    root = _ROOT.search(_COMMENT.sub("", text))
    found = _XML.get(root[1]) if root else None
    if found is None and root and root[1].endswith("FeatureCollection") and re.search(r"gml|wfs|ogr", root[0]):
        found = Format.GML
    if found is None:
        web = bool(root) and root[1].lower() == "html"  # type: ignore[index]
        raise UnreadableError(name, say("read-other", what=say("read-other-web_page" if web else "read-other-xml")))
    return found


_DBF_VERSIONS: Final = frozenset((0x03, 0x83, 0x8B))
_DBF_HEAD, _DBF_COLUMN, _DBF_END = 32, 32, b"\r"


def _is_dbf(head: bytes) -> bool:
    """Tell a table of a shapefile: the day of its last change, and a head of as many bytes as its columns take."""
    if len(head) < _DBF_HEAD + _DBF_COLUMN or head[0] not in _DBF_VERSIONS:
        return False
    _, month, day = head[1:4]
    size = int.from_bytes(head[8:10], "little")
    dated = month in range(1, 13) and day in range(1, 32)
    return dated and _DBF_HEAD < size <= len(head) and _DBF_END in head[size - 2 : size + 1]


def _is_text(head: bytes) -> bool:
    """Tell text, even with some zeros and control characters in it, from what is not."""
    if encoding_of(head).wide:
        return True
    controls = len(head) - sum(byte in _TEXT_BYTES for byte in head)
    return controls <= _CONTROL_SHARE * len(head) and head.count(0) <= _ZERO_SHARE * len(head)
