"""The contents of an exported file, gathered once, and the definition of a format; formats are in `*_format.py`."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, Final, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from shapely.geometry.base import BaseGeometry

from geo.apart import TemporaryFolder
from geo.export.columns import (
    DENIAL_SCHEMA,
    claim_table,
    denial_table,
    imported_claim_rows,
    imported_incident_rows,
    imported_source_rows,
    incident_table,
    source_table,
)
from geo.export.manifest import about_lines, export_manifest
from geo.incident.errors import TooManyError
from geo.incident.record import Claimant, Incident
from geo.incident.vocabulary import AS_POINTS, DrawnAs, LocationPrecision
from geo.language.folding import fold
from geo.places.boundaries import Boundaries
from geo.places.plane import circles
from geo.selection import Filters
from geo.symbology.marks import border_stretch
from geo.table.incident_table import IncidentTable

# The ground that an incident is known to lie on, as a geometry no more precise than that.

_CORNERS: Final = 48
_SIMPLIFIED_DEG: Final = 0.01
"""About 1 km; an incident known only to a province needs no finer outline."""

_COARSE_DEG: Final = 0.1
"""For outlines repeated in thousands of rows."""


def ground(incident: Incident, layers: Boundaries) -> BaseGeometry | None:
    """Return the geometry of an incident's location, WGS84, coordinates rounded to 1e-6°.

    A point for an exact or approximate location, otherwise the disc (district), province or provinces, or border
    segment; None without a place.
    """
    if incident.lon is None or incident.lat is None:
        return None
    drawn_as = incident.location_precision.drawn_as
    if drawn_as is DrawnAs.POINT:
        return shapely.Point(incident.lon, incident.lat)
    if drawn_as is DrawnAs.STRETCH:
        return border_stretch(incident, layers)
    codes = layers.provinces_of(incident)
    if drawn_as is DrawnAs.PROVINCE and codes:
        return _outline(shapely.union_all(layers.provinces.geometry[list(codes)].to_numpy()), _SIMPLIFIED_DEG)
    return _disc(incident.lon, incident.lat, incident.uncertainty_km or 0.0)


def grounds(rows: pa.Table, layers: Boundaries) -> list[BaseGeometry | None]:
    """Return the geometry of each imported row of IMPORT_SCHEMA, with province outlines simplified to 10 km."""
    named = ("location_precision", "lon", "lat", "uncertainty_km", "province_code")
    known, lon, lat, radius_km, code = (rows[name].to_pylist() for name in named)
    found = _points(rows)
    outlines: dict[str, BaseGeometry] = {}
    for at in np.flatnonzero(shapely.is_missing(found)):
        found[at] = _area((known[at], lon[at], lat[at], radius_km[at], code[at]), layers, outlines)
    return list(found)


def discs(lon: Any, lat: Any, radius_km: Any) -> Any:
    """Return discs around n places as an array of polygons, shape (n,), WGS84, coordinates rounded to 1e-6°."""
    return _oriented(shapely.polygons(circles(lon, lat, radius_km, corners=_CORNERS).round(6)))


def _points(rows: pa.Table) -> Any:
    """Return a point for each row that has one, and None for the others, in bulk."""
    drawn = pc.and_(
        pc.is_in(rows["location_precision"], pa.array([known.value for known in AS_POINTS])),
        pc.and_(pc.is_valid(rows["lon"]), pc.is_valid(rows["lat"])),
    )
    at = np.flatnonzero(drawn.to_numpy(zero_copy_only=False))
    found = np.full(len(rows), None, object)
    found[at] = shapely.points(*(rows[name].take(pa.array(at)).to_numpy() for name in ("lon", "lat")))
    return found


def _area(place: tuple[Any, ...], layers: Boundaries, outlines: dict[str, BaseGeometry]) -> BaseGeometry | None:
    known, lon, lat, radius_km, code = place
    drawn_as = LocationPrecision(known).drawn_as
    if lon is None or lat is None or drawn_as is DrawnAs.NOTHING:
        return None
    if drawn_as is DrawnAs.PROVINCE and code in layers.provinces.index:
        if code not in outlines:
            outlines[code] = _outline(layers.provinces.geometry[code], _COARSE_DEG)
        return outlines[code]
    return _disc(lon, lat, radius_km or 0.0)


def _disc(lon: float, lat: float, radius_km: float) -> BaseGeometry:
    disc: BaseGeometry = discs([lon], [lat], [radius_km])[0]
    return disc


def _outline(province: BaseGeometry, simplified_deg: float) -> BaseGeometry:
    outline: BaseGeometry = _oriented(shapely.simplify(province, simplified_deg))
    return outline


def _oriented(polygon: Any) -> Any:
    """Orient outer rings of one or many polygons anticlockwise, as RFC 7946 requires."""
    return shapely.orient_polygons(polygon)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The selected incidents, oldest first, and what describes the selection."""

    incidents: tuple[Incident, ...]
    rows: pa.Table
    """One row per incident, in the same order; so too `grounds`."""
    grounds: tuple[BaseGeometry | None, ...]
    """Geometry of each location, no more precise than it is known, WGS84; None without a place."""
    claims: pa.Table
    sources: pa.Table
    manifest: dict[str, Any]
    about: list[tuple[str, str]]
    """The manifest as labelled lines."""
    layers: Boundaries
    claimants: Mapping[str, Claimant]
    denials: pa.Table = field(default_factory=DENIAL_SCHEMA.empty_table)
    """One row per denial among the claims; imported datasets have none."""
    imported: pa.Table | None = None
    """Rows of IMPORT_SCHEMA for which no records were created."""
    whole: bool = True
    """Whether it is the entire selection rather than one of several parts."""

    @classmethod
    def of(cls, filters: Filters, table: IncidentTable, layers: Boundaries, **options: Any) -> Self:
        """Gather an entire selection; `options` go into the manifest. Raises TooManyError if the table does."""
        incidents = table.selected(filters)
        made = export_manifest(filters, table, layers, **options)
        return cls(
            incidents=incidents,
            rows=incident_table(filters, table),
            grounds=tuple(ground(incident, layers) for incident in incidents),
            claims=claim_table(incidents, table.claimants),
            sources=source_table(incidents),
            denials=denial_table(incidents, table),
            manifest=made,
            about=about_lines(filters, table, made),
            layers=layers,
            claimants=table.claimants,
        )

    @classmethod
    def parts(cls, filters: Filters, table: IncidentTable, layers: Boundaries, **options: Any) -> Iterator[Self]:
        """Gather a selection of any size: whole if possible, else the record's incidents, then imported ones in parts.

        Parts have up to 100,000 imported incidents, without their records: `incidents` is empty. `manifest` describes
        all parts together.
        """
        with suppress(TooManyError):
            yield cls.of(filters, table, layers, **options)
            return
        made = export_manifest(filters, table, layers, **options)
        common: dict[str, Any] = {"manifest": made, "about": about_lines(filters, table, made), "whole": False}
        common |= {"layers": layers, "claimants": table.claimants}
        yield replace(cls.of(filters, table.alone(), layers, **options), **common)
        for rows in table.batches(filters):
            yield cls(
                incidents=(),
                imported=rows,
                rows=imported_incident_rows(rows, table),
                grounds=tuple(grounds(rows, layers)),
                claims=imported_claim_rows(rows, table),
                sources=imported_source_rows(rows, table),
                **common,
            )


# Definition of an export format; the formats themselves are the modules `*_format.py`.

_LONGEST_STEM: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A file that accompanies an exported one."""

    called: Callable[[str], str]
    """Returns its name, given that of the exported file."""
    write: Callable[[Path, str], bytes]
    """Returns its content, given the path and the name of the exported file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """An export format; each module defines one as FORMAT, collected in `geo.export.writing.FORMATS`."""

    ending: str
    """File name extension; also its code on the command line and in manifests."""
    label: str
    """Common name."""
    media_type: str
    """As registered with IANA."""
    rank: int = 100
    """Position in lists: ascending, then by ending."""
    write: Callable[[Iterable[Contents], Path], None]
    """Writes the parts of a selection to a new file, holding one part at a time."""
    most: int | None = None
    """Largest number of incidents in a file."""
    check: Callable[[Filters, IncidentTable], None] | None = None
    """Raises TooManyError for a selection that a file cannot hold."""
    shrinks: bool = False
    """Whether zipping reduces it to a fraction."""
    beside: Beside | None = None
    """File beside it that programs need to open it properly, if any."""
    packed: bool = False
    """Whether it is offered as a zip together with the file beside it."""
    offered: str = ""
    """Description beside its download button; formats without one are available on the command line only."""

    def bytes_of(self, contents: Contents) -> bytes:
        """Return the file of an entire selection."""
        with TemporaryFolder() as folder:
            path = folder / f"export.{self.ending}"
            self.write([contents], path)
            return path.read_bytes()

    def files_beside(self, path: Path, name: str) -> dict[str, bytes]:
        """Return the files that belong beside the file at `path`, to be called `name`, by name."""
        return {} if self.beside is None else {self.beside.called(name): self.beside.write(path, name)}

    def zip_of(self, contents: Contents, name: str) -> bytes:
        """Return a zip of the file, called `name`, and the files beside it."""
        packed = io.BytesIO()
        with TemporaryFolder() as folder:
            path = folder / f"export.{self.ending}"
            self.write([contents], path)
            zipped(packed, path, name=name, beside=self.files_beside(path, name))
        return packed.getvalue()


_COMPRESSION: Final = 1
"""Shrinks to a tenth; a higher level takes twice as long to save a few per cent more."""


def zipped(file: Path | BinaryIO, contents: bytes | Path, *, name: str, beside: Mapping[str, bytes]) -> None:
    """Write a zip of a file, given as bytes or path, and of the files beside it by name."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION) as packed:
        if isinstance(contents, Path):
            packed.write(contents, name)
        else:
            packed.writestr(name, contents)
        for other, content in beside.items():
            packed.writestr(other, content)


def file_name(filters: Filters, *, format: ExportFormat) -> str:  # noqa: A002  # called so everywhere
    """Name a file by its selection, in characters that every file system accepts: incidents-2025-af-kho.gpkg."""
    values = [value for values in filters.to_query().values() for value in values]
    words = re.sub(r"[^a-z0-9]+", "-", fold("-".join(["incidents", *values]))).strip("-")
    return f"{words[:_LONGEST_STEM].rstrip('-')}.{format.ending}"
