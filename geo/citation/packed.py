"""An export as a zip; beside a CSV lies its description, which says how to cite it."""

from pathlib import Path
from typing import BinaryIO

from geo.boundaries import boundaries
from geo.citation import CitationFormat, cite
from geo.citation.view import view_reference
from geo.export import ExportFormat, csv_metadata, zipped
from geo.filters import Filters
from geo.table import IncidentTable


def cited_metadata(filters: Filters, table: IncidentTable, *, name: str) -> bytes:
    """Describe the CSV of a choice, which is called `name`, with its citation."""
    layers = boundaries()
    citation = cite([view_reference(filters, table, layers)], format=CitationFormat.TEXT).strip()
    return csv_metadata(filters, table, layers, name=name, citation=citation)


def pack(file: Path | BinaryIO, contents: Path | bytes, filters: Filters, table: IncidentTable, *, name: str) -> None:
    """Write the zip of an export that is called `name`, whose ending says the format."""
    is_csv = name.endswith(f".{ExportFormat.CSV}")
    zipped(file, contents, name=name, metadata=cited_metadata(filters, table, name=name) if is_csv else None)
