"""Where workers leave what they make: a folder that all of them see, or a place in object storage.

What is left there has its whole content from the first moment on, and the same content whoever makes it, so that a
task may be done twice, and a worker may die at any time.
"""

import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from fsspec.core import url_to_fs

from geo.imports.cluster.errors import ClusterError
from geo.imports.cluster.files import TROUBLE, is_address

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A place for files; picklable, so that workers can be told."""

    place: str
    """A folder's path, or an address that fsspec writes to."""

    def address(self, name: str) -> str:
        """Return where a file lies."""
        return f"{self.place}/{name}"

    def leave(self, name: str, make: Callable[[Path], Made]) -> Made:
        """Let a file be made, put it in its place whole, and return what making it returned."""
        if is_address(self.place):
            with tempfile.TemporaryDirectory(prefix="incident-map-") as folder:
                path = Path(folder, name)
                made = make(path)
                system, address = url_to_fs(self.address(name))
                system.put_file(str(path), address)
            return made
        path = Path(self.place, name)
        new = path.with_name(f".{name}.{secrets.token_hex(4)}.new")
        try:
            made = make(new)
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
        return made

    def fetch(self, name: str, to: Path) -> None:
        """Take a file away to a path on this machine; raises ClusterError where it cannot be had."""
        try:
            if is_address(self.place):
                system, address = url_to_fs(self.address(name))
                system.get_file(address, str(to))
            else:
                Path(self.place, name).replace(to)
        except TROUBLE as error:
            raise ClusterError(f"{self.address(name)}, which a worker left, cannot be taken: {error}") from error

    def sees(self, name: str) -> bool:
        """Tell whether a file is there."""
        if is_address(self.place):
            system, address = url_to_fs(self.address(name))
            return bool(system.isfile(address))
        return Path(self.place, name).is_file()


@contextmanager
def exchange_within(folder: Path, address: str | None) -> Iterator[Exchange]:
    """Give a place within a folder, or within that of an address, which is empty, and gone afterwards.

    Raises ClusterError where nothing can be written.
    """
    name = f"exchange-{secrets.token_hex(4)}"
    if address is None:
        place = folder / name
        place.mkdir()
        try:
            yield Exchange(place.as_posix())
        finally:
            shutil.rmtree(place, ignore_errors=True)
        return
    exchange = Exchange(f"{address.rstrip('/')}/{name}")
    try:
        exchange.leave("begun", lambda path: path.write_bytes(b""))
    except (*TROUBLE, ImportError, ValueError) as error:
        raise ClusterError(f"{address}: nothing can be written there: {error}") from error
    try:
        yield exchange
    finally:
        system, path = url_to_fs(exchange.place)
        with suppress(*TROUBLE):  # what is left then is in nobody's way, and its name says what it is
            system.rm(path, recursive=True)
