"""All that goes into an exported file, gathered once, before any format is thought of."""

from dataclasses import dataclass
from typing import Any, Self

import pyarrow as pa
from shapely.geometry.base import BaseGeometry

from geo.boundaries import Boundaries
from geo.export.about import about_lines, export_manifest
from geo.export.ground import ground
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

    @classmethod
    def of(cls, filters: Filters, table: IncidentTable, layers: Boundaries, **options: Any) -> Self:
        """Gather what a choice holds; `options` go into the manifest."""
        incidents = table.selected(filters)
        made = export_manifest(filters, table, layers, **options)
        return cls(
            incidents=incidents,
            rows=incident_table(filters, table),
            grounds=tuple(ground(incident, layers) for incident in incidents),
            claims=claim_table(incidents, table.claimants),
            sources=source_table(incidents),
            manifest=made,
            about=about_lines(filters, table, layers, made),
        )
