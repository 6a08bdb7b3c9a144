"""GeoPackage: incidents by how well their place is known, the ground they lie on, and styles that QGIS 3 applies.

Each incident stands in exactly one of four layers: `incidents` (points: places known exactly or nearly),
`incidents_in_area` (known to a district or a province), `incidents_on_stretch` (known to a stretch of a border) and
`incidents_without_place` (no geometry). `uncertainty` holds the circle that each place known nearly lies within.
"""

import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from copy import deepcopy
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyogrio
import shapely

from geo.export.columns import MEANINGS, meaning_of
from geo.export.formats import Contents, ExportFormat, discs
from geo.export.manifest import to_json
from geo.incident.vocabulary import AS_POINTS, Category, Status, borders_in_words, to_show
from geo.language.formatting import capitalised
from geo.language.messages import say
from geo.places.boundaries import Boundaries
from geo.places.plane import WGS84
from geo.symbology.symbols import (
    AREA_ALPHA,
    HOLLOW,
    HOLLOW_WORDS,
    IMPORTED_PX,
    LIGHT,
    RING,
    SHAPES,
    STRETCH,
    STROKE,
    symbol_diameter_px,
)
from geo.table.incident_rows import CURATED

# Styles for QGIS 3: the files in `qgis_styles`, which QGIS opens as they are, with the looks of one category. What is
# filled in says so: `fill="value=colour"` that the attribute `value` is the colour, `for="hollow"` that an element
# stands once for each category and each status that is drawn hollow; QGIS reads neither.

_FOLDER: Final = Path(__file__).with_name("qgis_styles")
_DOCTYPE: Final = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_MM_PER_PX: Final = 25.4 / 96

SHOWS: Final[Mapping[str, str]] = MappingProxyType(
    {
        layer: say(f"layer-{layer}", hollow=HOLLOW_WORDS, borders=capitalised(borders_in_words()))
        for layer in (
            *("incidents", "incidents_in_area", "incidents_on_stretch", "uncertainty", "provinces", "borders"),
            "crossing_points",
        )
    }
)
"""By layer with a geometry, what its style shows."""

_IMPORTED: Final = " imported"
_KIND: Final = (
    "category"
    + "".join(f" || if(status = '{status}', ' {status}', '')" for status in HOLLOW)
    + f" || if(dataset <> '{CURATED}', '{_IMPORTED}', '')"
)
"""What incidents are told apart by, as a QGIS expression."""


def styles(found: Collection[str] = (), *, imported: bool = False) -> dict[str, str]:
    """Return a QML document for each layer of the GeoPackage that has a geometry.

    `found` are the data's categories; `imported` tells whether it holds incidents of other datasets than the record.
    """
    return {layer: _style(layer, to_show(Category, found), imported=imported) for layer in SHOWS}


def _style(layer: str, shown: Collection[Category], *, imported: bool) -> str:
    root = ET.parse(_FOLDER / f"{layer}.qml").getroot()  # noqa: S314  # the program's own
    for element in root.iter():  # QGIS needs no line breaks
        element.text = element.tail = None
    for each in root.iter("renderer-v2"):
        apart = (False, True) if imported and each.get("fill") == "attr=kind" else (False,)
        for listed in (each.find("categories"), each.find("symbols")):
            if listed is not None:
                _fill_each(listed, shown, apart)
    _fill(root, _GROUND)
    return _DOCTYPE + ET.tostring(root, encoding="unicode")


def _fill_each(listed: ET.Element, shown: Collection[Category], apart: Collection[bool]) -> None:
    """Put in place of the elements in the file those for each category, solid or hollow, imported or not."""
    models = {element.get("for"): element for element in listed if "for" in element.attrib}
    if not models:
        return
    for element in models.values():
        listed.remove(element)
    looks = [(category, status, of) for category in shown for of in apart for status in (None, *HOLLOW)]
    drawn = [(category, status, of) for category, status, of in looks if ("hollow" if status else "solid") in models]
    for number, (category, status, imported) in enumerate(drawn):
        element = deepcopy(models["hollow" if status else "solid"])
        del element.attrib["for"]
        _fill(element, _GROUND | _looks(category, status, imported=imported) | {"number": str(number)})
        if imported and element.tag == "symbol":
            _add_outer_line(element)
        listed.append(element)


def _add_outer_line(symbol: ET.Element) -> None:
    """Put a symbol's first layer once more beneath it, dark and wider by the line of what is imported."""
    line = deepcopy(symbol.find("layer"))
    assert line is not None
    for option in line.iter("Option"):
        name = option.get("name", "")
        if name.endswith("_width"):
            option.set("value", f"{float(option.get('value', 0)) + 2 * IMPORTED_PX * _MM_PER_PX:.3f}")
        elif name.endswith("color"):
            is_filling = line.get("class") == "SimpleFill" and name == "color"
            option.set("value", rgba(LIGHT.text, 0 if is_filling else 255))
    symbol.insert(0, line)


def _fill(root: ET.Element, values: Mapping[str, str]) -> None:
    for element in root.iter():
        for pair in element.attrib.pop("fill", "").split():
            attribute, name = pair.split("=")
            element.set(attribute, values[name])


def _looks(category: Category, status: Status | None, *, imported: bool) -> dict[str, str]:
    colour, shape = LIGHT.of(category), SHAPES[category]
    value = f"{category} {status}" if status else category.value
    label = f"{category.label} {status.label}" if status else category.label
    return {
        "value": value + _IMPORTED * imported,
        "label": capitalised(say("kind-imported", kind=label) if imported else label),
        "colour": rgba(colour),
        "area": rgba(colour, AREA_ALPHA),
        "unfilled": rgba(colour, 0),  # also of rings: many on one spot would add up to a solid disc
        "shape": shape.qgis,
        "angle": str(shape.qgis_turn_deg),
        "size": f'"symbol_px" * {shape.reach * _MM_PER_PX:.4f}',
    }


def rgba(colour: str, alpha: int = 255) -> str:
    """Return a hexadecimal colour as QGIS writes it."""
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) + f",{alpha}"


def _mm(*pixels: float) -> str:
    """Return lengths in millimetres."""
    return ";".join(f"{each * _MM_PER_PX:.3f}" for each in pixels)


_GROUND: Final[dict[str, str]] = {
    **{name: rgba(colour) for name, colour in LIGHT.as_dict().items()},
    "kind": _KIND,
    "stroke": _mm(STROKE.qgis),
    "ring": _mm(RING.qgis),
    "stretch": _mm(STRETCH.qgis),
    "stretch_dash": _mm(*STRETCH.qgis_dash),
}
"""What is filled in whatever the category."""


# The table in which QGIS looks for the styles of a GeoPackage's layers.

_CREATE_STYLES: Final = """
    CREATE TABLE layer_styles (
        id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT, f_table_schema TEXT, f_table_name TEXT,
        f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
        owner TEXT, ui TEXT, update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')));
    INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change)
        SELECT 'layer_styles', 'attributes', 'layer_styles', max(last_change) FROM gpkg_contents;
"""
_ADD_STYLE: Final = """
    INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML,
        styleSLD, useAsDefault, description, owner, update_time)
    SELECT '', '', ?, ?, ?, ?, '', 1, ?, '', last_change FROM gpkg_contents WHERE table_name = 'layer_styles'
"""


def add_styles(connection: sqlite3.Connection, found: Collection[str], *, imported: bool, geometry: str) -> None:
    """Add the table with a default style for each layer, as old as the file, for data as `styles` has it."""
    connection.executescript(_CREATE_STYLES)
    made = styles(found, imported=imported)
    rows = [(layer, geometry, layer, qml, SHOWS[layer]) for layer, qml in made.items()]
    connection.executemany(_ADD_STYLE, rows)


# GeoPackage: incidents by how well their place is known, the ground they lie on, and styles that QGIS applies.

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
_SYMBOL: Final = ("incidents", "symbol_px", meaning_of("incidents", "symbol_px"))
_IN_AREA: Final = ("incidents_in_area", "in_area", meaning_of("incidents_in_area", "in_area"))
_RADIUS: Final = ("uncertainty", "uncertainty_km", meaning_of("uncertainty", "uncertainty_km"))
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
    datasets: set[str] = set()
    contents = None
    for contents in parts:  # the last one is told about
        categories |= set(pc.unique(contents.rows["category"]).to_pylist())
        datasets |= set(pc.unique(contents.rows["dataset"]).to_pylist())
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
        add_styles(connection, categories, imported=bool(datasets - {CURATED}), geometry=_GEOMETRY)


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


_RINGED: Final = [known.value for known in AS_POINTS if known.coarseness]
"""How well places are known that are drawn as a point with a ring."""


def _write_rings(path: Path, rows: pa.Table, *, append: bool) -> None:
    drawn = pc.and_(pc.is_valid(rows["lon"]), pc.is_valid(rows["lat"]))
    near = pc.and_(pc.is_in(rows["location_precision"], pa.array(_RINGED)), drawn)
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
