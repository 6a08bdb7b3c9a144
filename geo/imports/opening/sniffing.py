"""What a file is, told from its first bytes; the name plays no part."""

from enum import StrEnum
from typing import Final

from geo.imports.errors import UnreadableError
from geo.imports.opening.encoding import told_from


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
    if told_from(head).wide:
        return True
    controls = len(head) - sum(byte in _TEXT_BYTES for byte in head)
    return controls <= _CONTROL_SHARE * len(head) and head.count(0) <= _ZERO_SHARE * len(head)
