"""Where the bytes of a table come from: a file on disk, one that fsspec opens, or what is packed in either."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from geo.imports.opening.limits import READ_BYTES


class RemoteFile(Protocol):
    """A file elsewhere, as `fsspec.open(url)` gives it."""

    path: str

    def open(self) -> BinaryIO:
        """Open the file for reading at its first byte; the stream can seek."""
        ...


class Stream(Protocol):
    """Bytes of a table, from first to last."""

    def read(self, size: int, /) -> bytes:
        """Read up to so many bytes; none at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes of a table, which can be read as often as wanted."""

    name: str
    size: int
    """Of the file as it lies on disk, in bytes."""
    opened: Callable[[], AbstractContextManager[tuple[Stream, Callable[[], int]]]]
    """Begins at the first byte; gives the stream, and what tells how many bytes of the file on disk are read."""
    packed: bool = False


@contextmanager
def open_file(file: Path | RemoteFile) -> Iterator[BinaryIO]:
    """Open a file on disk or elsewhere for reading."""
    with file.open("rb") if isinstance(file, Path) else file.open() as stream:
        yield stream


def file_source(file: Path | RemoteFile, name: str) -> Source:
    """Describe a file that is read as it is."""

    @contextmanager
    def opened() -> Iterator[tuple[Stream, Callable[[], int]]]:
        with open_file(file) as stream:
            yield stream, stream.tell

    with open_file(file) as stream:
        size = stream.seek(0, 2)
    return Source(name, size, opened)


def read_up_to(stream: Stream, size: int) -> bytes:
    """Read so many bytes, fewer only at the end of the stream."""
    parts = []
    while size and (part := stream.read(min(size, READ_BYTES))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def chunks(stream: Stream) -> Iterator[bytes]:
    """Yield the bytes of a stream, part by part."""
    while part := stream.read(READ_BYTES):
        yield part
