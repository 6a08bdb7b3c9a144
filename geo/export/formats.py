"""What a file format of an export is; the formats themselves are the modules `*_format.py`."""

import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geo.export.contents import Contents
from geo.language.folding import fold
from geo.selection.filters import Filters
from geo.table.incident_table import IncidentTable

_LONGEST_STEM: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """A format; the module of each has one as FORMAT, and `geo.export.writing.FORMATS` finds them."""

    ending: str
    """Of the file's name, and the code at the command line and in manifests."""
    label: str
    """The name that people know it by."""
    media_type: str
    """As registered with IANA."""
    rank: int = 100
    """Where it stands in lists: lowest first, then by ending."""
    write: Callable[[Iterable[Contents], Path], None] | None = None
    """Writes the parts of a selection to a file that is not there yet, holding one of them at a time; None where the
    format cannot hold more than `Contents.of` gathers."""
    to_bytes: Callable[[Contents], bytes] | None = None
    """Lays out the file of a few incidents, where that is another layout than of the parts of many."""
    most: int | None = None
    """Incidents that a file holds at the most."""
    check: Callable[[Filters, IncidentTable], None] | None = None
    """Raises TooManyError for a selection that a file cannot hold."""
    shrinks: bool = False
    """Whether a zip makes a fraction of it."""
    offered: str = ""
    """What the file holds, beside its button under a selection; without it the format is had at the command line."""

    def bytes_of(self, contents: Contents) -> bytes:
        """Return the file of a few incidents."""
        if self.to_bytes is not None:
            return self.to_bytes(contents)
        assert self.write is not None, f"{self.label} has no writer"
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"export.{self.ending}"
            self.write([contents], path)
            return path.read_bytes()


def file_name(filters: Filters, *, format: ExportFormat) -> str:  # noqa: A002  # what it is called everywhere
    """Name a file by what is chosen, in letters that every file system takes: incidents-2025-af-kho.gpkg."""
    values = [value for values in filters.to_query().values() for value in values]
    words = re.sub(r"[^a-z0-9]+", "-", fold("-".join(["incidents", *values]))).strip("-")
    return f"{words[:_LONGEST_STEM].rstrip('-')}.{format.ending}"
