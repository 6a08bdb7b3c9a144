"""Files that several tests read: every format, of everything and of nothing."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from geo.export.formats import ExportFormat
from geo.export.writing import export
from geo.incident.record import Claimant, Incident
from geo.places.boundaries import Boundaries
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from tests.conftest import make_claim, make_incident, make_source

EVERYTHING, NOTHING = Filters(), Filters(year=(1990,))
HOSTILE = "<img src=x onerror=alert(1)>"

Written = Callable[[Filters, ExportFormat], Path]


@pytest.fixture(scope="session")
def written(table: IncidentTable, layers: Boundaries, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Export the shipped incidents to a file, once for each choice and format."""
    folder = tmp_path_factory.mktemp("exports")

    def write(filters: Filters, file_format: ExportFormat) -> Path:
        path = folder / f"{'-'.join(filters.active) or 'everything'}.{file_format.ending}"
        if not path.exists():
            path.write_bytes(export(filters, table, layers, format=file_format))
        return path

    return write


def hostile_incident(text: str) -> Incident:
    """An incident all of whose free text is the same."""
    return make_incident(
        title=text,
        summary=text,
        place=text,
        district=text,
        actors=(text,),
        claims=[make_claim(note=text, by_text=text)],
        sources=[make_source(publisher=text, title=text)],
    )


@pytest.fixture
def export_of(claimants: Mapping[str, Claimant], layers: Boundaries, tmp_path: Path) -> Callable[..., Path]:
    """Export incidents made for a test to a file."""

    def write(incidents: list[Incident], file_format: ExportFormat) -> Path:
        made = IncidentTable(incidents, claimants, version="0" * 64)
        path = tmp_path / f"made.{file_format.ending}"
        path.write_bytes(export(EVERYTHING, made, layers, format=file_format))
        return path

    return write
