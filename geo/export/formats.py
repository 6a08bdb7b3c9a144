"""What goes into an exported file, gathered once, and what a format is; the formats are the modules `*_format.py`."""

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

# The ground that an incident is known to lie on, as a geometry no more exact than that.

_CORNERS: Final = 48
_SIMPLIFIED_DEG: Final = 0.01
"""About 1 km: what is known to a province only needs no finer outline of it."""

_COARSE_DEG: Final = 0.1
"""Where an outline stands in thousands of rows."""


def ground(incident: Incident, layers: Boundaries) -> BaseGeometry | None:
    """Return where an incident lies, WGS84, coordinates to 1e-6°.

    A point where the place is known exactly or nearly, else the disc it lies in (district), the province, or all of its
    provinces, or the stretch of the border; None without a place.
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
    """Return the same for each imported row, of IMPORT_SCHEMA; provinces with outlines good to 10 km."""
    named = ("location_precision", "lon", "lat", "uncertainty_km", "province_code")
    known, lon, lat, radius_km, code = (rows[name].to_pylist() for name in named)
    found = _points(rows)
    outlines: dict[str, BaseGeometry] = {}
    for at in np.flatnonzero(shapely.is_missing(found)):
        found[at] = _area((known[at], lon[at], lat[at], radius_km[at], code[at]), layers, outlines)
    return list(found)


def discs(lon: Any, lat: Any, radius_km: Any) -> Any:
    """Return the disc around each of n places, WGS84, coordinates to 1e-6°, as an array of polygons, shape (n,)."""
    return _oriented(shapely.polygons(circles(lon, lat, radius_km, corners=_CORNERS).round(6)))


def _points(rows: pa.Table) -> Any:
    """Return a point for each row that has one, all at once; None for the others."""
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
    """Turn outer rings anticlockwise, as RFC 7946 asks, of one polygon or of many."""
    return shapely.orient_polygons(polygon)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The selected incidents, oldest first, and what made the selection."""

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
    layers: Boundaries
    claimants: Mapping[str, Claimant]
    denials: pa.Table = field(default_factory=DENIAL_SCHEMA.empty_table)
    """One row per denial among the claims; datasets of others' reports have none."""
    imported: pa.Table | None = None
    """Rows of IMPORT_SCHEMA, of which no records were made."""
    whole: bool = True
    """Whether it is all that is selected, and not one of several parts."""

    @classmethod
    def of(cls, filters: Filters, table: IncidentTable, layers: Boundaries, **options: Any) -> Self:
        """Gather a selection whole; `options` go into the manifest. Raises TooManyError where the table does."""
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
        """Gather any number: whole if the table can, else in parts, the record's own, then 100,000 imported at a time.

        Imported incidents of a part come without their records: `incidents` is empty. `manifest` is that of all parts.
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


# What a file format of an export is; the formats themselves are the modules `*_format.py`.

_LONGEST_STEM: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A file that lies beside an exported one."""

    called: Callable[[str], str]
    """Returns its name, by that of the exported file."""
    write: Callable[[Path, str], bytes]
    """Returns it, by where the exported file stands and what it is called."""


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
    write: Callable[[Iterable[Contents], Path], None]
    """Writes the parts of a selection to a file that is not there yet, holding one of them at a time."""
    most: int | None = None
    """Incidents that a file holds at the most."""
    check: Callable[[Filters, IncidentTable], None] | None = None
    """Raises TooManyError for a selection that a file cannot hold."""
    shrinks: bool = False
    """Whether a zip makes a fraction of it."""
    beside: Beside | None = None
    """What lies beside a file so that programs open it rightly; without it nothing."""
    packed: bool = False
    """Whether it is offered in a zip with what lies beside it."""
    offered: str = ""
    """What the file holds, beside its button under a selection; without it the format is had at the command line."""

    def bytes_of(self, contents: Contents) -> bytes:
        """Return the file of a selection that is gathered whole."""
        with TemporaryFolder() as folder:
            path = folder / f"export.{self.ending}"
            self.write([contents], path)
            return path.read_bytes()

    def files_beside(self, path: Path, name: str) -> dict[str, bytes]:
        """Return what lies beside the file at a path, which is called `name`, by name."""
        return {} if self.beside is None else {self.beside.called(name): self.beside.write(path, name)}

    def zip_of(self, contents: Contents, name: str) -> bytes:
        """Return a zip of the same file, called `name`, with what lies beside it."""
        packed = io.BytesIO()
        with TemporaryFolder() as folder:
            path = folder / f"export.{self.ending}"
            self.write([contents], path)
            zipped(packed, path, name=name, beside=self.files_beside(path, name))
        return packed.getvalue()


_COMPRESSION: Final = 1
"""A tenth of the size; a higher level takes twice as long for a few per cent more."""


def zipped(file: Path | BinaryIO, contents: bytes | Path, *, name: str, beside: Mapping[str, bytes]) -> None:
    """Write a zip of a file of some name, and of what lies beside it by name; `contents` are bytes or a path."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION) as packed:
        if isinstance(contents, Path):
            packed.write(contents, name)
        else:
            packed.writestr(name, contents)
        for other, content in beside.items():
            packed.writestr(other, content)


def file_name(filters: Filters, *, format: ExportFormat) -> str:  # noqa: A002  # what it is called everywhere
    """Name a file by what is chosen, in letters that every file system takes: incidents-2025-af-kho.gpkg."""
    values = [value for values in filters.to_query().values() for value in values]
    words = re.sub(r"[^a-z0-9]+", "-", fold("-".join(["incidents", *values]))).strip("-")
    return f"{words[:_LONGEST_STEM].rstrip('-')}.{format.ending}"
