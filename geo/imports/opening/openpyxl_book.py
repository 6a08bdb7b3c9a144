"""A workbook opened by openpyxl: within limits, and its many ways to fail told in one."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

import openpyxl
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.constants import SHARED_STRINGS

from geo.imports.errors import UnreadableError
from geo.imports.opening.limits import MIB, PACKED_FREE_BYTES, PACKED_RATIO, SHARED_STRINGS_BYTES, SHEET_BYTES
from geo.imports.opening.sheet_texts import shared_texts

_SHARED_STRINGS: Final = "xl/sharedStrings.xml"
_FAULTS: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    ExpatError,
    InvalidFileException,
    LookupError,
    NotImplementedError,
    OSError,
    ParseError,
    RecursionError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


def check_sizes(path: Path, name: str) -> None:
    """Refuse a workbook that unpacks to more than a table of events does."""
    with path.open("rb") as raw, _fault_told(name), zipfile.ZipFile(raw) as archive:
        sizes = {member.filename: member.file_size for member in archive.infolist()}
    whole = sum(sizes.values())
    if whole > SHEET_BYTES or sizes.get(_SHARED_STRINGS, 0) > SHARED_STRINGS_BYTES:
        raise UnreadableError(name, f"it unpacks to {whole // MIB:,} MB, too much; save it as CSV (UTF-8)")
    if whole > PACKED_FREE_BYTES and whole > PACKED_RATIO * path.stat().st_size:
        raise UnreadableError(name, f"it unpacks to more than {PACKED_RATIO} times its size, as no table does")


@contextmanager
def opened(path: Path, name: str, texts: list[str] | None = None) -> Iterator[openpyxl.Workbook]:
    """Open a workbook for reading row by row; whatever is found damaged on the way becomes an UnreadableError.

    `texts` are the shared ones, if they have been read; `texts_of` says them.
    """
    with path.open("rb") as raw, _fault_told(name):
        reader = _Reader(raw, read_only=True, data_only=True, keep_links=False)
        reader.known = texts
        reader.read()
        with closing(reader.wb):
            yield reader.wb


def texts_of(book: openpyxl.Workbook) -> list[str]:
    """Return the table of texts that the cells of an opened workbook refer to."""
    return next((sheet._shared_strings for sheet in book.worksheets), [])  # noqa: SLF001  # they are nowhere else


class _Reader(ExcelReader):  # type: ignore[misc]  # openpyxl has no types
    """Reads the shared texts without a tree of their elements, and not again where they are known."""

    known: list[str] | None = None

    def read_strings(self) -> None:
        """Read the shared texts; called by `read`."""
        part = self.package.find(SHARED_STRINGS)
        if self.known is None and part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                self.known = shared_texts(source)
        self.shared_strings = self.known or []


@contextmanager
def _fault_told(name: str) -> Iterator[None]:
    """Turn what openpyxl raises on meeting a damaged part, which may be nearly anything, into a sentence."""
    try:
        yield
    except UnreadableError:
        raise
    except _FAULTS as error:
        reason = "it is damaged and cannot be read as XLSX; save it again, or as CSV (UTF-8)"
        raise UnreadableError(name, reason) from error
