"""GeoPackage: all incidents as one layer, the areas and stretches that they are known to, and the ground they lie on.

Each incident is a row of `incidents`: with a point where its place is known exactly or nearly, else without a geometry,
and `area` names where it is drawn: in `areas` (a district or provinces) or in `stretches` (of a border), in each of
which an area stands once, with the number of its incidents. `uncertainty` holds the circles that places known nearly
lie within, each once for a category.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyogrio
import shapely
from shapely.geometry.base import BaseGeometry

from geo.export.columns import AREA_SCHEMA, GEOPACKAGE, RING_SCHEMA, alias_of
from geo.export.formats import Beside, Contents, ExportFormat, discs
from geo.export.manifest import to_json
from geo.export.qgis import SEVERAL, SHOWS, add_styles, project, project_name, styles
from geo.incident.vocabulary import AS_POINTS, Category, DrawnAs, LocationPrecision
from geo.language.messages import say
from geo.places.boundaries import Boundaries
from geo.places.plane import WGS84
from geo.symbology.symbols import symbol_diameter_px
from geo.table.incident_rows import CURATED
from geo.table.incident_table import MANY

_GEOMETRY: Final = "geom"
_VERSION: Final = "1.2"
"""Of GeoPackage: programs warn of versions that are newer than they are."""
_TYPE_OF: Final = {
    "incidents": "Point",
    "areas": "MultiPolygon",
    "stretches": "LineString",
    "uncertainty": "MultiPolygon",
    "provinces": "MultiPolygon",
    "borders": "LineString",
    "crossing_points": "Point",
    "towns": "Point",
    "neighbours": "MultiPolygon",
}
_SEPARATOR: Final = "; "
"""Between codes of provinces."""
_RINGED: Final = [known.value for known in AS_POINTS if known.coarseness]
"""How well places are known that are drawn as a point with a ring."""


def write_geopackage(parts: Iterable[Contents], path: Path) -> None:
    """Write the layers, WGS84, the manifest as a table and as metadata, and a default style for each layer."""
    kept = _Kept()
    contents = None
    for contents in parts:  # the last one is told about
        append = path.exists()
        _write_incidents(path, contents, kept, append=append)
        if not append:
            _write_ground(path, contents.layers)
        _write(path, "claims", contents.claims, append=append)
        _write(path, "sources", contents.sources, append=append)
    assert contents is not None
    _write(path, "columns", _texts(("layer", "column", "meaning"), _meanings()))
    manifest = {"manifest": to_json(contents.manifest)}
    _write(path, "manifest", _texts(("about", "this_file"), contents.about), dataset_metadata=manifest)
    made = styles(kept.categories, imported=bool(kept.datasets - {CURATED}), many=kept.rows > MANY)
    with closing(sqlite3.connect(path)) as connection, connection:
        _count(connection)
        _describe(connection)
        add_styles(connection, made, geometry=_GEOMETRY)


@dataclass(slots=True)
class _Kept:
    """What is remembered from part to part."""

    rows: int = 0
    categories: set[str] = field(default_factory=set)
    datasets: set[str] = field(default_factory=set)
    areas: set[str] = field(default_factory=set)
    """Those that are written."""
    rings: set[tuple[Any, ...]] = field(default_factory=set)

    def look_at(self, rows: pa.Table) -> None:
        """Count rows, and note what is among them."""
        self.rows += len(rows)
        self.categories |= set(pc.unique(rows["category"]).to_pylist())
        self.datasets |= set(pc.unique(rows["dataset"]).to_pylist())


def _write_incidents(path: Path, contents: Contents, kept: _Kept, *, append: bool) -> None:
    kept.look_at(contents.rows)
    sizes = [symbol_diameter_px(killed) for killed in contents.rows["killed_high"].to_pylist()]
    named = [_area_of(row, contents.layers) for row in _placed(contents.rows)]
    rows = contents.rows.append_column("area", pa.array(named, pa.string()))
    rows = rows.append_column("symbol_px", pa.array(sizes, pa.float64()))
    points = [shape if isinstance(shape, shapely.Point) else None for shape in contents.grounds]
    _write_drawn(path, "incidents", rows, points, append=append)
    new: dict[str, dict[str, int]] = {"areas": {}, "stretches": {}}
    for at, (area, shape) in enumerate(zip(named, contents.grounds, strict=True)):
        if area is not None and area not in kept.areas:
            kept.areas.add(area)
            new["stretches" if isinstance(shape, shapely.LineString) else "areas"][area] = at
    for layer, found in new.items():
        taken = contents.rows.take(pa.array(found.values(), pa.int64()))
        shapes = [_shape(area, contents.grounds[at], contents.layers) for area, at in found.items()]
        _write_drawn(path, layer, _areas(taken, found), shapes, append=append)
    _write_rings(path, contents.rows, kept, append=append)


def _placed(rows: pa.Table) -> list[dict[str, Any]]:
    names = ["location_precision", "lon", "lat", "uncertainty_km", "province_codes", "border"]
    found: list[dict[str, Any]] = rows.select(names).to_pylist()
    return found


def _area_of(row: Mapping[str, Any], layers: Boundaries) -> str | None:
    """Name the area that an incident is drawn in: by codes of provinces, or by middle and radius; None for none."""
    drawn_as = LocationPrecision(row["location_precision"]).drawn_as
    if row["lon"] is None or drawn_as in (DrawnAs.POINT, DrawnAs.NOTHING):
        return None
    if drawn_as is DrawnAs.PROVINCE and _are_known(row["province_codes"], layers):
        codes: str = row["province_codes"]
        return codes
    at = {name: f"{row[name]:.5f}" for name in ("lat", "lon")}
    middle = say("area-middle", **at, km=f"{row['uncertainty_km'] or 0:g}")
    return say("area-on-border", border=row["border"], area=middle) if drawn_as is DrawnAs.STRETCH else middle


def _are_known(codes: str | None, layers: Boundaries) -> bool:
    return codes is not None and all(code in layers.provinces.index for code in codes.split(_SEPARATOR))


def _shape(area: str, ground: BaseGeometry | None, layers: Boundaries) -> BaseGeometry | None:
    """Return the outline of an area: of provinces that of the layer below, which each row by itself simplifies."""
    if not _are_known(area, layers):
        return ground
    return shapely.orient_polygons(shapely.union_all(layers.provinces.geometry[area.split(_SEPARATOR)].to_numpy()))


def _areas(rows: pa.Table, areas: Iterable[str]) -> pa.Table:
    """Return the areas that incidents are known to; what they have in common is counted when all are written."""
    provinces = pc.equal(rows["location_precision"], LocationPrecision.PROVINCE.value)
    named = pc.coalesce(pc.if_else(provinces, rows["provinces"], rows["district"]), rows["place"])
    own = {"area": pa.array(areas, pa.string()), "area_name": named}
    own |= {name: rows[name] for name in ("location_precision", "uncertainty_km")}
    return _as(AREA_SCHEMA, own, len(rows))


def _as(schema: pa.Schema, columns: Mapping[str, Any], rows: int) -> pa.Table:
    """Return the columns in the schema's order; what is not given is missing."""
    arrays = [columns[f.name].cast(f.type) if f.name in columns else pa.nulls(rows, f.type) for f in schema]
    return pa.table(arrays, schema=schema)


def _write_rings(path: Path, rows: pa.Table, kept: _Kept, *, append: bool) -> None:
    drawn = pc.and_(pc.is_valid(rows["lon"]), pc.is_valid(rows["lat"]))
    near = pc.and_(pc.is_in(rows["location_precision"], pa.array(_RINGED)), drawn)
    taken = rows.filter(pc.and_(near, pc.greater(rows["uncertainty_km"], 0)))
    names = ["category", "lon", "lat", "uncertainty_km"]
    found = dict.fromkeys(zip(*(taken[name].to_pylist() for name in names), strict=True))
    new = [ring for ring in found if ring not in kept.rings]
    kept.rings.update(new)
    own = {name: pa.array([ring[at] for ring in new], RING_SCHEMA.field(name).type) for at, name in enumerate(names)}
    shapes = discs(*(own[name].to_numpy() for name in names[1:])) if new else []
    _write_drawn(path, "uncertainty", _as(RING_SCHEMA, own, len(new)), shapes, append=append)


def _write_ground(path: Path, layers: Boundaries) -> None:
    provinces = layers.provinces.reset_index()
    named = pa.Table.from_pandas(provinces[list(GEOPACKAGE["provinces"])], preserve_index=False)
    _write_drawn(path, "provinces", named, provinces.geometry)
    lines = {border.line: line.line for border, line in layers.borders.items()}
    _write_drawn(path, "borders", pa.table({"border": sorted(lines)}), [lines[name] for name in sorted(lines)])
    points = layers.crossing_points
    described = pa.table({name: [getattr(point, name) for point in points] for name in GEOPACKAGE["crossing_points"]})
    _write_drawn(path, "crossing_points", described, [shapely.Point(point.lon, point.lat) for point in points])
    for layer, frame in (("towns", layers.towns), ("neighbours", layers.neighbours)):
        rows = pa.Table.from_pandas(frame[list(GEOPACKAGE[layer])], preserve_index=False)
        _write_drawn(path, layer, rows, frame.geometry)


def _write_drawn(path: Path, layer: str, rows: pa.Table, shapes: Iterable[Any], *, append: bool = False) -> None:
    many = _TYPE_OF[layer] == "MultiPolygon"
    typed = [shapely.multipolygons(shapely.get_parts(shape)) if many else shape for shape in shapes]
    binary = pa.array([None if shape is None else shapely.to_wkb(shape) for shape in typed], pa.binary())
    described = {"geometry_name": _GEOMETRY, "geometry_type": _TYPE_OF[layer], "crs": WGS84}
    _write(path, layer, rows.append_column(_GEOMETRY, binary), append=append, **described)


def _write(path: Path, layer: str, rows: pa.Table, **options: Any) -> None:
    pyogrio.write_arrow(rows, path, layer=layer, driver="GPKG", dataset_options={"VERSION": _VERSION}, **options)


def _texts(names: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> pa.Table:
    return pa.table({name: [row[at] for row in rows] for at, name in enumerate(names)})


def _meanings() -> list[tuple[str, str, str]]:
    return [(layer, *column) for layer, columns in GEOPACKAGE.items() for column in columns.items()]


# What can only be said when all incidents are written: what those of an area, or of a circle, have in common.

_ONE: Final = "CASE WHEN count(DISTINCT {0}) = 1 THEN min({0}) {1}END AS {0}"
_IN_COMMON: Final = [
    "count(*) AS incidents",
    *(f"sum(category = '{kind}') AS {kind.column}" for kind in Category),
    _ONE.format("category", f"ELSE '{SEVERAL}' "),
    *(_ONE.format(name, "") for name in ("status", "dataset")),
]
_COUNTED: Final = ("incidents", *(kind.column for kind in Category), "category", "status", "dataset")
_COUNT: Final = """
    UPDATE {layer} SET {values} FROM (SELECT {of}, {what} FROM incidents GROUP BY {of}) AS counted WHERE {same}
"""
_UPDATE_TRIGGERS: Final = """
    SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? AND name LIKE 'rtree%update%'
"""


def _count(connection: sqlite3.Connection) -> None:
    """Count the incidents of each area and circle, over all parts."""
    rings = ("category", "lon", "lat", "uncertainty_km")
    for layer, of, counted in (
        ("areas", ("area",), _COUNTED),
        ("stretches", ("area",), _COUNTED),
        ("uncertainty", rings, ("incidents",)),
    ):
        # the spatial index does not change, and its triggers call functions that GDAL alone has
        triggers = connection.execute(_UPDATE_TRIGGERS, (layer,)).fetchall()
        for name, _ in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(
            _COUNT.format(
                layer=layer,
                values=", ".join(f"{name} = counted.{name}" for name in counted),
                of=", ".join(of),
                what=", ".join(_IN_COMMON if counted is _COUNTED else _IN_COMMON[:1]),
                same=" AND ".join(f"{layer}.{name} = counted.{name}" for name in of),
            )
        )
        for _, sql in triggers:
            connection.execute(sql)


# What a layer shows and a column means, where GDAL and QGIS look for it: the Schema extension of GeoPackage.

_CREATE_COLUMNS: Final = """
    CREATE TABLE gpkg_data_columns (
        table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT,
        constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
        CONSTRAINT gdc_tn UNIQUE (table_name, name));
    CREATE TABLE gpkg_data_column_constraints (
        constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
        min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
        CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
"""
_EXTENSION: Final = "INSERT INTO gpkg_extensions VALUES (?, NULL, 'gpkg_schema', ?, 'read-write')"
_SPECIFIED: Final = "http://www.geopackage.org/spec121/#extension_schema"


def _describe(connection: sqlite3.Connection) -> None:
    connection.executescript(_CREATE_COLUMNS)
    for table in ("gpkg_data_columns", "gpkg_data_column_constraints"):
        connection.execute(_EXTENSION, (table, _SPECIFIED))
    named = [
        (layer, column, alias_of(column), alias_of(column), meaning)
        for layer, columns in GEOPACKAGE.items()
        for column, meaning in columns.items()
    ]
    connection.executemany("INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, ?, NULL, NULL)", named)
    shown = [(text, layer) for layer, text in SHOWS.items()]
    connection.executemany("UPDATE gpkg_contents SET description = ? WHERE table_name = ?", shown)


FORMAT: Final = ExportFormat(
    ending="gpkg",
    label="GeoPackage",
    media_type="application/geopackage+sqlite3",
    rank=3,
    write=write_geopackage,
    shrinks=True,
    beside=Beside(called=project_name, write=project),
    packed=True,
    offered=say("download-gpkg-help"),
)
