"""Export of the selected incidents in any format, at once, or part by part in bounded memory."""

import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Final

from geo import export as room
from geo.export.formats import Contents, ExportFormat, file_name
from geo.export.manifest import Withheld
from geo.places.boundaries import Boundaries
from geo.selection import Filters
from geo.table.incident_table import IncidentTable


def _found() -> Mapping[str, ExportFormat]:
    names = (module.name for module in pkgutil.iter_modules(room.__path__) if module.name.endswith("_format"))
    entries: list[ExportFormat] = [import_module(f"{room.__name__}.{name}").FORMAT for name in names]
    found = {entry.ending: entry for entry in sorted(entries, key=lambda entry: (entry.rank, entry.ending))}
    if len(found) < len(entries):
        raise ValueError("two export formats have one ending")
    return MappingProxyType(found)


FORMATS: Final = _found()
"""Formats by ending: the FORMAT of every module `*_format` in this package. All hold the same rows, and all but CSV the
whole manifest; CSV holds the rule and data version, with a description beside it."""

Progress = Callable[[int], None]
"""Called with the number of incidents written so far; may raise to stop."""


def check_count(filters: Filters, table: IncidentTable, format: ExportFormat) -> None:  # noqa: A002  # called so everywhere
    """Raise TooManyError if a format cannot hold a selection."""
    if format.check is not None:
        format.check(filters, table)


def export(filters: Filters, table: IncidentTable, layers: Boundaries, *, format: ExportFormat) -> bytes:  # noqa: A002  # called so everywhere
    """Return the selected incidents as a file; an empty selection gives a file without rows.

    Raises TooManyError if the table does; `export_to` writes any number.
    """
    return format.bytes_of(Contents.of(filters, table, layers, format=format.ending))


def export_zip(filters: Filters, table: IncidentTable, layers: Boundaries, *, format: ExportFormat) -> bytes:  # noqa: A002  # called so everywhere
    """Return the same file in a zip, with the files beside it."""
    contents = Contents.of(filters, table, layers, format=format.ending)
    return format.zip_of(contents, file_name(filters, format=format))


def export_to(  # noqa: PLR0913  # the settings of a file
    path: Path,
    filters: Filters,
    table: IncidentTable,
    layers: Boundaries,
    *,
    format: ExportFormat,  # noqa: A002  # called so everywhere
    progress: Progress | None = None,
    withheld: Withheld | None = None,
) -> None:
    """Write any number of selected incidents to a new file, in bounded memory.

    `progress` is called as parts are written, and may raise. `withheld` is what may not be passed on and is not in the
    file. Raises TooManyError if the format cannot hold the selection.
    """
    check_count(filters, table, format)
    parts = Contents.parts(filters, table, layers, withheld=withheld, format=format.ending)
    format.write(_counted(parts, progress), path)


def _counted(parts: Iterable[Contents], progress: Progress | None) -> Iterator[Contents]:
    written = 0
    for contents in parts:
        yield contents
        written += len(contents.rows)
        if progress is not None:
            progress(written)
