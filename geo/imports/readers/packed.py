"""What is packed in gz and zip files, unpacked as it is read and never past the limits."""

import gzip
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from geo.imports.readers.source import (
    ARCHIVE_MEMBERS,
    PACKED_FREE_BYTES,
    PACKED_RATIO,
    UNPACKED_BYTES,
    RemoteFile,
    SeveralTablesError,
    Source,
    Stream,
    UnreadableError,
    open_file,
)

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
            raise UnreadableError(self.name, _broken_off(self.unpacked)) from error
        except (gzip.BadGzipFile, zipfile.BadZipFile, zlib.error, NotImplementedError, OSError) as error:
            raise UnreadableError(
                self.name, f"it is damaged and cannot be unpacked past byte {self.unpacked:,}; download it again"
            ) from error
        self.unpacked += len(data)
        if self.unpacked > UNPACKED_BYTES:
            raise UnreadableError(self.name, f"it unpacks to more than {UNPACKED_BYTES // 2**30} GB; cut it into parts")
        if self.unpacked > PACKED_FREE_BYTES and self.unpacked > PACKED_RATIO * self.packed():
            raise UnreadableError(
                self.name, f"it unpacks to more than {PACKED_RATIO} times its size, as no table does; nothing was read"
            )
        return data


def _broken_off(unpacked: int) -> str:
    return f"it breaks off after {unpacked:,} unpacked bytes: the download is not complete; download it again"


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

    Raises SeveralTablesError where none is named and there are several, UnreadableError where there is none.
    """
    with open_file(file) as raw:
        size = raw.seek(0, 2)
        with _archive(raw, name) as archive:
            member = _chosen(archive, name, table)

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
        raise UnreadableError(name, f"it holds more than {ARCHIVE_MEMBERS:,} files; unpack it and import the one meant")
    try:
        archive = zipfile.ZipFile(raw)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        reason = "it is damaged or breaks off, so that it cannot be unpacked; download it again"
        raise UnreadableError(name, reason) from error
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
        raise UnreadableError(name, "it is locked with a password; unpack it and import the table in it")
    try:
        return archive.open(member)  # type: ignore[return-value]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise UnreadableError(name, "it cannot be unpacked here; unpack it and import the table in it") from error


def _chosen(archive: zipfile.ZipFile, name: str, table: str | None) -> zipfile.ZipInfo:
    found = [member for member in archive.infolist() if _may_be_table(member)]
    names = [member.filename for member in found]
    if table is not None:
        if table not in names:
            raise SeveralTablesError(name, f"it holds no table {table!r}, but {_named(names)}", names)
        return found[names.index(table)]
    if not found:
        raise UnreadableError(name, "it holds no table: no CSV, TSV, XLSX, GeoJSON, GeoPackage or Parquet file")
    if len(found) > 1:
        reason = f"it holds {len(found):,} tables, and one has to be named: {_named(names)}"
        raise SeveralTablesError(name, reason, names)
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
    more = f" and {len(names) - 10:,} more" if len(names) > 10 else ""  # noqa: PLR2004
    return ", ".join(repr(name[:100]) for name in names[:10]) + more
