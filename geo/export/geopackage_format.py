"""GeoPackage: incidents by how well their place is known, the ground they lie on, and styles that QGIS applies.

Each incident stands in exactly one of four layers: `incidents` (points: places known exactly or nearly),
`incidents_in_area` (known to a district or a province), `incidents_on_stretch` (known to a stretch of a border) and
`incidents_without_place` (no geometry). `uncertainty` holds the circle that each place known nearly lies within.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyogrio
import shapely

from geo.export.columns import MEANINGS
from geo.export.contents import Contents, discs
from geo.export.formats import ExportFormat
from geo.export.manifest import to_json
from geo.export.qgis import add_styles
from geo.incident.vocabulary import LocationPrecision
from geo.language.messages import say
from geo.places.boundaries import Boundaries
from geo.places.plane import WGS84
from geo.symbology.symbols import symbol_diameter_px

_GEOMETRY: Final = "geom"
_LAYER_OF: Final = {
    "Point": "incidents",
    "Polygon": "incidents_in_area",
    "MultiPolygon": "incidents_in_area",
    "LineString": "incidents_on_stretch",
}
_TYPE_OF: Final = {
    "incidents": "Point",
    "incidents_in_area": "MultiPolygon",
    "incidents_on_stretch": "LineString",
    "uncertainty": "MultiPolygon",
    "provinces": "MultiPolygon",
    "borders": "LineString",
    "crossing_points": "Point",
}
_SYMBOL: Final = ("incidents", "symbol_px", "Diameter of a circle with the symbol's area, by killed_high, 12 to 40 px")
_IN_AREA: Final = ("incidents_in_area", "in_area", "How many of the chosen incidents are known to the same area")
_RADIUS: Final = ("uncertainty", "uncertainty_km", "Radius of the circle in km; the place lies within it")
_OF_RING: Final = ("id", "title", "category")
_COUNT_IN_AREA: Final = """
    UPDATE incidents_in_area SET in_area = counted.many FROM (
        SELECT fid AS at, count(*) OVER (PARTITION BY coalesce(
            CASE location_precision WHEN 'province' THEN province_codes END,
            lon || ' ' || lat || ' ' || coalesce(uncertainty_km, 0))) AS many
        FROM incidents_in_area) AS counted
    WHERE fid = counted.at
"""
_UPDATE_TRIGGERS: Final = """
    SELECT name, sql FROM sqlite_master
    WHERE type = 'trigger' AND tbl_name = 'incidents_in_area' AND name LIKE 'rtree%update%'
"""


def write_geopackage(parts: Iterable[Contents], path: Path) -> None:
    """Write the layers, WGS84, the manifest as a table and as metadata, and a default style for each layer."""
    categories: set[str] = set()
    contents = None
    for contents in parts:  # the last one is told about
        categories |= set(pc.unique(contents.rows["category"]).to_pylist())
        append = path.exists()
        _write_incidents(path, contents, append=append)
        if not append:
            _write_ground(path, contents.layers)
        _write(path, "claims", contents.claims, append=append)
        _write(path, "sources", contents.sources, append=append)
    assert contents is not None
    _write(path, "columns", _texts(("layer", "column", "meaning"), _meanings()))
    manifest = {"manifest": to_json(contents.manifest)}
    _write(path, "manifest", _texts(("about", "this_file"), contents.about), dataset_metadata=manifest)
    with closing(sqlite3.connect(path)) as connection, connection:
        _count_in_area(connection)
        add_styles(connection, categories, geometry=_GEOMETRY)


def _write_incidents(path: Path, contents: Contents, *, append: bool) -> None:
    sizes = [symbol_diameter_px(killed) for killed in contents.rows["killed_high"].to_pylist()]
    rows = contents.rows.append_column(_SYMBOL[1], pa.array(sizes, pa.float64()))
    belongs = ["incidents_without_place" if shape is None else _LAYER_OF[shape.geom_type] for shape in contents.grounds]
    for name in ("incidents", "incidents_in_area", "incidents_on_stretch", "incidents_without_place"):
        inside = [at for at, layer in enumerate(belongs) if layer == name]
        taken = rows.take(pa.array(inside, pa.int64()))
        if name == _IN_AREA[0]:
            taken = taken.append_column(_IN_AREA[1], pa.nulls(len(taken), pa.int64()))  # counted when all are written
        if name in _TYPE_OF:
            _write_drawn(path, name, taken, [contents.grounds[at] for at in inside], append=append)
        else:
            _write(path, name, taken, append=append)
    _write_rings(path, contents.rows, append=append)


def _write_rings(path: Path, rows: pa.Table, *, append: bool) -> None:
    drawn = pc.and_(pc.is_valid(rows["lon"]), pc.is_valid(rows["lat"]))
    near = pc.and_(pc.equal(rows["location_precision"], LocationPrecision.NEAR.value), drawn)
    taken = rows.filter(pc.and_(near, pc.greater(rows["uncertainty_km"], 0)))
    places = np.column_stack([taken[name].to_numpy() for name in ("lon", "lat", "uncertainty_km")])
    once, number = np.unique(places, axis=0, return_inverse=True)  # imported datasets repeat places
    rings = discs(*once.T)
    _write_drawn(path, "uncertainty", taken.select([*_OF_RING, _RADIUS[1]]), rings[number], append=append)


def _write_ground(path: Path, layers: Boundaries) -> None:
    provinces = layers.provinces.reset_index()
    named = pa.Table.from_pandas(provinces[["province_code", "province", "country", "area_km2"]], preserve_index=False)
    _write_drawn(path, "provinces", named, provinces.geometry)
    lines = {border.line: line.line for border, line in layers.borders.items()}
    _write_drawn(path, "borders", pa.table({"border": sorted(lines)}), [lines[name] for name in sorted(lines)])
    points = layers.crossing_points
    described = pa.table(
        {name: [getattr(point, name) for point in points] for name in ("name", "status_note", "uncertainty_km")}
    )
    _write_drawn(path, "crossing_points", described, [shapely.Point(point.lon, point.lat) for point in points])


def _write_drawn(path: Path, layer: str, rows: pa.Table, shapes: Iterable[Any], *, append: bool = False) -> None:
    many = _TYPE_OF[layer] == "MultiPolygon"
    typed = [shapely.multipolygons(shapely.get_parts(shape)) if many else shape for shape in shapes]
    binary = pa.array([shapely.to_wkb(shape) for shape in typed], pa.binary())
    described = {"geometry_name": _GEOMETRY, "geometry_type": _TYPE_OF[layer], "crs": WGS84}
    _write(path, layer, rows.append_column(_GEOMETRY, binary), append=append, **described)


def _write(path: Path, layer: str, rows: pa.Table, **options: Any) -> None:
    pyogrio.write_arrow(rows, path, layer=layer, driver="GPKG", **options)


def _texts(names: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> pa.Table:
    return pa.table({name: [row[at] for row in rows] for at, name in enumerate(names)})


def _meanings() -> list[tuple[str, str, str]]:
    own = [(table, *column) for table, columns in MEANINGS.items() for column in columns.items()]
    of_rings = [("uncertainty", name, MEANINGS["incidents"][name]) for name in _OF_RING]
    return [*own, _SYMBOL, _IN_AREA, *of_rings, _RADIUS]


def _count_in_area(connection: sqlite3.Connection) -> None:
    """Count the incidents of each area, over all parts."""
    # the spatial index does not change, and its triggers call functions that GDAL alone has
    triggers = connection.execute(_UPDATE_TRIGGERS).fetchall()
    for name, _ in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute(_COUNT_IN_AREA)
    for _, sql in triggers:
        connection.execute(sql)


FORMAT: Final = ExportFormat(
    ending="gpkg",
    label="GeoPackage",
    media_type="application/geopackage+sqlite3",
    rank=3,
    write=write_geopackage,
    shrinks=True,
    offered=say("download-gpkg-help"),
)
