"""GeoParquet 1.1: one row per incident with its claims and sources nested, the manifest in the file's metadata."""

import io
import json
from collections import defaultdict
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geo.export.contents import Contents
from geo.manifest import to_json

_GEOMETRY: Final = "geometry"
MANIFEST_KEY: Final = b"manifest"
"""In the file's key-value metadata."""


def to_parquet(contents: Contents) -> bytes:
    """Write the incident rows, a WKB geometry (lon, lat, WGS84) as exact as the place is known, claims and sources."""
    ids = contents.rows["id"].to_pylist()
    table = contents.rows
    for name, parts in (("claims", contents.claims), ("sources", contents.sources)):
        table = table.append_column(name, _nested(parts, ids))
    shapes = [None if shape is None else shapely.to_wkb(shape) for shape in contents.grounds]
    table = table.append_column(_GEOMETRY, pa.array(shapes, pa.binary()))
    metadata = {b"geo": json.dumps(_geo(contents)).encode(), MANIFEST_KEY: to_json(contents.manifest).encode()}
    file = io.BytesIO()
    pq.write_table(table.replace_schema_metadata(metadata), file, compression="zstd")
    return file.getvalue()


def _nested(parts: pa.Table, ids: list[str]) -> pa.Array:
    """Gather the rows of each incident into one list."""
    inside: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in parts.to_pylist():
        inside[row.pop("incident")].append(row)
    kind = pa.struct([field for field in parts.schema if field.name != "incident"])
    return pa.array([inside[incident_id] for incident_id in ids], pa.list_(kind))


def _geo(contents: Contents) -> dict[str, Any]:
    """Return what GeoParquet asks for; without a `crs` it is OGC:CRS84, lon before lat."""
    drawn = [shape for shape in contents.grounds if shape is not None]
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": sorted({shape.geom_type for shape in drawn})}
    if drawn:
        column["bbox"] = shapely.total_bounds(drawn).tolist()
    return {"version": "1.1.0", "primary_column": _GEOMETRY, "columns": {_GEOMETRY: column}}
