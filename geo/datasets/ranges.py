"""Parts in object storage as DuckDB reads them: the ranges it asks for, and no more."""

from collections.abc import Iterable
from typing import Any

from fsspec import AbstractFileSystem
from fsspec.core import split_protocol

from geo.datasets.storage import system_of, told


def range_readers(files: Iterable[str]) -> list[AbstractFileSystem]:
    """Return what reads the addresses among some paths, one for each kind of storage."""
    return [Ranges(protocol) for protocol in sorted({split_protocol(name)[0] or "" for name in files} - {""})]


class Ranges(AbstractFileSystem):  # type: ignore[misc]  # fsspec has no types
    """A system that reads nothing ahead.

    DuckDB knows from the end of a part which ranges hold what it needs. Reading ahead, as systems do by themselves,
    took twenty times the bytes. Sizes are those of the last listing, for a part never changes.
    """

    cachable = False

    def __init__(self, protocol: str) -> None:
        super().__init__()
        self.protocol = protocol
        with told(f"{protocol}://"):
            self._system = system_of(protocol)

    def info(self, path: str, **options: Any) -> Any:
        """Return size and kind of a file."""
        with told(self._address(path)):
            return self._system.info(path, **options)

    def modified(self, path: str) -> Any:
        """Return when a file was written."""
        with told(self._address(path)):
            return self._system.modified(path)

    def ls(self, path: str, detail: bool = True, **options: Any) -> Any:  # noqa: FBT001, FBT002  # fsspec's signature
        """List a folder."""
        with told(self._address(path)):
            return self._system.ls(path, detail=detail, **options)

    def glob(self, path: str, **_: Any) -> list[str]:
        """Return a name as it is: looking whether it is there would hide why it cannot be read."""
        return [path]

    def _open(self, path: str, mode: str = "rb", **_: Any) -> Any:
        address = self._address(path)
        with told(address):
            return _Part(self._system.open(path, mode, cache_type="none"), address)

    def _address(self, path: str) -> str:
        return path if "://" in path else f"{self.protocol}://{path.lstrip('/')}"


class _Part:
    """An open part, whose troubles are told with its address."""

    def __init__(self, file: Any, address: str) -> None:
        self._file, self._address = file, address

    def read(self, size: int = -1) -> Any:
        with told(self._address):
            return self._file.read(size)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)
