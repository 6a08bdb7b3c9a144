"""GeoParquet 1.1: one row per incident with nested claims and sources, a bounding box, and the manifest as metadata."""

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geo.export.formats import Contents, ExportFormat
from geo.export.manifest import MANIFEST_KEY, to_json

_GEOMETRY: Final = "geometry"
_BOX: Final = "bbox"
"""Column by which readers skip features elsewhere (`covering`)."""
_EDGES: Final = ("xmin", "ymin", "xmax", "ymax")


def write_parquet(parts: Iterable[Contents], path: Path) -> None:
    """Write incident rows with claims, sources and a WKB geometry (lon, lat, WGS84) as precise as the place is known.

    With several parts, the overall extent is left out.
    """
    writer: pq.ParquetWriter | None = None
    for contents in parts:
        table = _described(_table(contents), contents, _extent(contents) if contents.whole else {"geometry_types": []})
        writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table)
    if writer is not None:
        writer.close()


FORMAT: Final = ExportFormat(
    ending="parquet",
    label="GeoParquet",
    media_type="application/vnd.apache.parquet",
    rank=5,
    write=write_parquet,
)


def _described(table: pa.Table, contents: Contents, extent: dict[str, Any]) -> pa.Table:
    """Add the manifest and the GeoParquet metadata; without a `crs`, it is OGC:CRS84, lon before lat."""
    column = {"encoding": "WKB", "covering": {"bbox": {edge: [_BOX, edge] for edge in _EDGES}}} | extent
    geo = {"version": "1.1.0", "primary_column": _GEOMETRY, "columns": {_GEOMETRY: column}}
    metadata = {b"geo": json.dumps(geo).encode(), MANIFEST_KEY.encode(): to_json(contents.manifest).encode()}
    return table.replace_schema_metadata(metadata)


def _extent(contents: Contents) -> dict[str, Any]:
    drawn = [shape for shape in contents.grounds if shape is not None]
    extent: dict[str, Any] = {"geometry_types": sorted({shape.geom_type for shape in drawn})}
    return extent | ({"bbox": shapely.total_bounds(drawn).tolist()} if drawn else {})


def _table(contents: Contents) -> pa.Table:
    ids = contents.rows["id"].to_pylist()
    table = contents.rows
    for name, parts in (("claims", contents.claims), ("sources", contents.sources)):
        table = table.append_column(name, _nested(parts, ids))
    grounds = np.array(contents.grounds, object)
    table = table.append_column(_BOX, _boxes(grounds))
    return table.append_column(_GEOMETRY, pa.array(shapely.to_wkb(grounds), pa.binary()))


def _boxes(grounds: Any) -> pa.Array:
    """Return the bounding box of each geometry; null without a geometry."""
    edges = [pa.array(edge, pa.float64()) for edge in shapely.bounds(grounds).reshape(-1, 4).T]
    return pa.StructArray.from_arrays(edges, _EDGES, mask=pa.array(shapely.is_missing(grounds)))


def _nested(parts: pa.Table, ids: list[str]) -> pa.Array:
    """Group the rows by incident into lists."""
    if parts["incident"].to_pylist() == ids:  # one each, as for imported incidents
        columns = [parts[name].combine_chunks() for name in parts.column_names if name != "incident"]
        names = [name for name in parts.column_names if name != "incident"]
        structs = pa.StructArray.from_arrays(columns, names)
        return pa.ListArray.from_arrays(pa.array(range(len(ids) + 1), pa.int32()), structs)
    inside: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in parts.to_pylist():
        inside[row.pop("incident")].append(row)
    kind = pa.struct([field for field in parts.schema if field.name != "incident"])
    return pa.array([inside[incident_id] for incident_id in ids], pa.list_(kind))
