"""All that goes into an exported file, gathered once, before any format is thought of."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Self

import pyarrow as pa
from shapely.geometry.base import BaseGeometry

from geo.boundaries import Boundaries
from geo.export.about import about_lines, export_manifest
from geo.export.ground import ground, grounds
from geo.export.imported_rows import claim_rows, incident_rows, source_rows
from geo.export.rows import claim_table, incident_table, source_table
from geo.filters import Filters
from geo.incident import Incident
from geo.table import IncidentTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The chosen incidents, oldest first, and what made the choice."""

    incidents: tuple[Incident, ...]
    rows: pa.Table
    """One row per incident, in their order; likewise `grounds`."""
    grounds: tuple[BaseGeometry | None, ...]
    """Where each lies, no more exactly than it is known, WGS84; None without a place."""
    claims: pa.Table
    sources: pa.Table
    manifest: dict[str, Any]
    about: list[tuple[str, str]]
    """The manifest as named lines."""
    imported: pa.Table | None = None
    """Rows of IMPORT_SCHEMA, of which no records were made."""

    @classmethod
    def of(cls, filters: Filters, table: IncidentTable, layers: Boundaries, **options: Any) -> Self:
        """Gather what a choice of few incidents holds; `options` go into the manifest. Raises TooManyError."""
        made = export_manifest(filters, table, layers, **options)
        incidents = table.selected(filters)
        return cls(
            incidents=incidents,
            rows=incident_table(filters, table),
            grounds=tuple(ground(incident, layers) for incident in incidents),
            claims=claim_table(incidents, table.claimants),
            sources=source_table(incidents),
            manifest=made,
            about=about_lines(filters, table, layers, made),
        )

    @classmethod
    def parts(cls, filters: Filters, table: IncidentTable, layers: Boundaries, **options: Any) -> Iterator[Self]:
        """Gather the same of any number, a part at a time: first the record's own, then imported ones by the 100,000.

        Imported incidents come without their records: `incidents` is empty. `manifest` is that of the whole choice.
        """
        made = export_manifest(filters, table, layers, **options)
        whole: dict[str, Any] = {"manifest": made, "about": about_lines(filters, table, layers, made)}
        yield replace(cls.of(filters, table.alone(), layers, **options), **whole)
        for rows in table.batches(filters):
            yield cls(
                incidents=(),
                imported=rows,
                rows=incident_rows(rows, table),
                grounds=tuple(grounds(rows, layers)),
                claims=claim_rows(rows, table),
                sources=source_rows(rows, table),
                **whole,
            )
