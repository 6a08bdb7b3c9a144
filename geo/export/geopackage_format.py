"""GeoPackage: a layer of incidents, the areas they are known to, a base map, and how QGIS 3 shows them.

Each incident is a row of `incidents`: with a point if its location is exact or approximate, else without a geometry,
and with `area` naming where it is drawn: in `areas` (a district or provinces) or `stretches` (border segments). Each
area appears there once, with its number of incidents. `uncertainty` holds the circles of approximate locations, once
per category.
"""

import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyogrio
import shapely
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

from geo.export.columns import ALIASES, AREA_SCHEMA, GEOPACKAGE, RING_SCHEMA, by_schema
from geo.export.formats import Beside, Contents, ExportFormat, discs
from geo.export.manifest import MANIFEST, MANIFEST_KEY, SELECTION, to_json
from geo.incident.vocabulary import (
    AS_POINTS,
    Border,
    Category,
    DrawnAs,
    LocationPrecision,
    Status,
    borders_in_words,
    to_show,
)
from geo.language.messages import capitalised, say
from geo.places.boundaries import Boundaries
from geo.places.plane import CONFORMAL, WGS84
from geo.symbology.symbols import (
    AREA_ALPHA,
    BADGE,
    CLUSTER_RADIUS_PX,
    GROUP,
    HOLLOW,
    HOLLOW_WORDS,
    IMPORTED_PX,
    LIGHT,
    LINES,
    NUMBER_PX,
    RING,
    SHAPES,
    STRETCH,
    STROKE,
    symbol_diameter_px,
)
from geo.table.incident_rows import CURATED
from geo.table.incident_table import MANY

_GEOMETRY: Final = "geom"
_VERSION: Final = "1.2"
"""GeoPackage version: programs warn about versions newer than they know."""
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
"""Between province codes."""
_RINGED: Final = [known.value for known in AS_POINTS if known.coarseness]
"""Location precisions drawn as a point with a ring."""
SEVERAL: Final = "several"
"""Replaces the category of an area with incidents of several."""


def write_geopackage(parts: Iterable[Contents], path: Path) -> None:
    """Write the layers in WGS84, the manifest as a table and as metadata, and a default style per layer."""
    state = _State()
    contents = None
    for contents in parts:  # manifest and styles come from the last part
        append = path.exists()
        _write_incidents(path, contents, state, append=append)
        if not append:
            _write_ground(path, contents.layers)
        _write(path, "claims", contents.claims, append=append)
        _write(path, "sources", contents.sources, append=append)
    assert contents is not None
    _write(path, "columns", _texts(("layer", "column", "meaning"), _meanings()))
    manifest = {MANIFEST_KEY: to_json(contents.manifest)}
    _write(path, "manifest", _texts(("about", "this_file"), contents.about), dataset_metadata=manifest)
    made = styles(state.categories, imported=bool(state.datasets - {CURATED}), many=state.rows > MANY)
    with closing(sqlite3.connect(path)) as connection, connection:
        _count(connection)
        _describe(connection)
        add_styles(connection, made, geometry=_GEOMETRY)


@dataclass(slots=True)
class _State:
    """State carried from part to part."""

    rows: int = 0
    categories: set[str] = field(default_factory=set)
    datasets: set[str] = field(default_factory=set)
    areas: set[str] = field(default_factory=set)
    """Areas already written."""
    rings: set[tuple[Any, ...]] = field(default_factory=set)

    def look_at(self, rows: pa.Table) -> None:
        """Count rows, and collect their categories and datasets."""
        self.rows += len(rows)
        self.categories |= set(pc.unique(rows["category"]).to_pylist())
        self.datasets |= set(pc.unique(rows["dataset"]).to_pylist())


def _write_incidents(path: Path, contents: Contents, state: _State, *, append: bool) -> None:
    state.look_at(contents.rows)
    sizes = [symbol_diameter_px(killed) for killed in contents.rows["killed_high"].to_pylist()]
    named = [_area_of(row, contents.layers) for row in _placed(contents.rows)]
    rows = contents.rows.append_column("area", pa.array(named, pa.string()))
    rows = rows.append_column("symbol_px", pa.array(sizes, pa.float64()))
    points = [shape if isinstance(shape, shapely.Point) else None for shape in contents.grounds]
    _write_drawn(path, "incidents", rows, points, append=append)
    new: dict[str, dict[str, int]] = {"areas": {}, "stretches": {}}
    for at, (area, shape) in enumerate(zip(named, contents.grounds, strict=True)):
        if area is not None and area not in state.areas:
            state.areas.add(area)
            new["stretches" if isinstance(shape, shapely.LineString) else "areas"][area] = at
    for layer, found in new.items():
        taken = contents.rows.take(pa.array(found.values(), pa.int64()))
        shapes = [_shape(area, contents.grounds[at], contents.layers) for area, at in found.items()]
        _write_drawn(path, layer, _areas(taken, found), shapes, append=append)
    _write_rings(path, contents.rows, state, append=append)


def _placed(rows: pa.Table) -> list[dict[str, Any]]:
    names = ["location_precision", "lon", "lat", "uncertainty_km", "province_codes", "border"]
    found: list[dict[str, Any]] = rows.select(names).to_pylist()
    return found


def _area_of(row: Mapping[str, Any], layers: Boundaries) -> str | None:
    """Return the name of the area an incident is drawn in: province codes, or centre and radius; None if none."""
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
    """Return the outline of an area; for provinces the full one of the base layer, since rows have it simplified."""
    if not _are_known(area, layers):
        return ground
    return shapely.orient_polygons(shapely.union_all(layers.provinces.geometry[area.split(_SEPARATOR)].to_numpy()))


def _areas(rows: pa.Table, areas: Iterable[str]) -> pa.Table:
    """Return the rows of areas; what their incidents have in common is filled in once all are written."""
    provinces = pc.equal(rows["location_precision"], LocationPrecision.PROVINCE.value)
    named = pc.coalesce(pc.if_else(provinces, rows["provinces"], rows["district"]), rows["place"])
    own = {"area": pa.array(areas, pa.string()), "area_name": named}
    own |= {name: rows[name] for name in ("location_precision", "uncertainty_km")}
    return by_schema(AREA_SCHEMA, own, len(rows))


def _write_rings(path: Path, rows: pa.Table, state: _State, *, append: bool) -> None:
    drawn = pc.and_(pc.is_valid(rows["lon"]), pc.is_valid(rows["lat"]))
    near = pc.and_(pc.is_in(rows["location_precision"], pa.array(_RINGED)), drawn)
    taken = rows.filter(pc.and_(near, pc.greater(rows["uncertainty_km"], 0)))
    names = ["category", "lon", "lat", "uncertainty_km"]
    found = dict.fromkeys(zip(*(taken[name].to_pylist() for name in names), strict=True))
    new = [ring for ring in found if ring not in state.rings]
    state.rings.update(new)
    own = {name: pa.array([ring[at] for ring in new], RING_SCHEMA.field(name).type) for at, name in enumerate(names)}
    shapes = discs(*(own[name].to_numpy() for name in names[1:])) if new else []
    _write_drawn(path, "uncertainty", by_schema(RING_SCHEMA, own, len(new)), shapes, append=append)


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


# Values known only once all incidents are written: what those of an area or circle have in common.

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
    """Count the incidents of each area and circle over all parts."""
    rings = ("category", "lon", "lat", "uncertainty_km")
    for layer, of, counted in (
        ("areas", ("area",), _COUNTED),
        ("stretches", ("area",), _COUNTED),
        ("uncertainty", rings, ("incidents",)),
    ):
        # geometries do not change, and the triggers of the spatial index call functions that only GDAL has
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


# Descriptions of layers and columns where GDAL and QGIS look for them: the GeoPackage Schema extension.

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
        (layer, column, ALIASES[column], ALIASES[column], meaning)
        for layer, columns in GEOPACKAGE.items()
        for column, meaning in columns.items()
    ]
    connection.executemany("INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, ?, NULL, NULL)", named)
    shown = [(text, layer) for layer, text in SHOWS.items()]
    connection.executemany("UPDATE gpkg_contents SET description = ? WHERE table_name = ?", shown)


# How QGIS 3 shows a GeoPackage: a style per layer, and a project file beside it that opens all layers at once. The
# styles are files in `qgis_styles`, which QGIS opens as they are, with sample values for one category and a number in
# every badge. `fill="value=colour"` marks the attribute `value` to be filled in with the colour, and `for="hollow"` an
# element to be repeated for each category and each status drawn hollow; QGIS ignores both.

_FOLDER: Final = Path(__file__).with_name("qgis_styles")
_DOCTYPE: Final = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_MM_PER_PX: Final = 25.4 / 96
_POINTS_PER_PX: Final = 0.75

SHOWS: Final[Mapping[str, str]] = MappingProxyType(
    {
        layer: say(f"layer-{layer}", hollow=HOLLOW_WORDS, borders=capitalised(borders_in_words()))
        for layer in (
            *("incidents", "crossing_points", "towns", "uncertainty", "stretches", "borders", "areas", "provinces"),
            "neighbours",
        )
    }
)
"""What the style of each layer with a geometry shows; topmost layer first."""
TABLES: Final = ("claims", "sources", "columns", "manifest")
"""Tables without a geometry."""

_CIRCLES_FROM: Final = "1000000"
"""Scale from which circles are drawn if there are thousands."""
_IMPORTED: Final = " imported"
_KIND: Final = (
    "category"
    + "".join(f" || if(status = '{status}', ' {status}', '')" for status in HOLLOW)
    + f" || if(dataset <> '{CURATED}', '{_IMPORTED}', '')"
)
"""QGIS expression for the classes of incidents."""


def styles(found: Collection[str] = (), *, imported: bool = False, many: bool = False) -> dict[str, str]:
    """Return a QML document for each layer with a geometry.

    `found` are the categories in the data; `imported`, whether there are incidents of datasets other than the record;
    `many`, whether there are so many that nearby ones are merged into a disc with their number.
    """
    shown = to_show(Category, found)
    made = {layer: _style(layer, shown, imported=imported) for layer in SHOWS}
    if many:
        _count_near(made["incidents"])
        for option in made["towns"].findall(".//Option[@name='AlwaysShow']/Option[@name='active']"):
            option.set("value", "false")  # discs overlap labels
        made["uncertainty"].attrib |= {"hasScaleBasedVisibilityFlag": "1", "minScale": _CIRCLES_FROM, "maxScale": "0"}
    return {layer: _DOCTYPE + ET.tostring(root, encoding="unicode") for layer, root in made.items()}


def _style(layer: str, shown: Collection[Category], *, imported: bool) -> ET.Element:
    root = _read(layer)
    for each in root.iter("renderer-v2"):
        apart = (False, True) if imported and each.get("fill") == "attr=kind" else (False,)
        looks = [
            _looks(category, status, imported=of) for category in shown for of in apart for status in (None, *HOLLOW)
        ]
        if layer == "areas":
            looks += [_looks_of_several(imported=of) for of in apart]
        for listed in (each.find("categories"), each.find("symbols")):
            if listed is not None:
                _fill_each(listed, _BORDERS if layer == "borders" else looks)
    _fill(root, _GROUND | _badge(shown))
    _name_columns(root, layer)
    return root


def _badge(shown: Collection[Category]) -> dict[str, str]:
    """Return expressions for the text and colour of an area's badge: a symbol for one incident, else the number."""
    one = '"incidents" = 1 AND "category" = \'{}\''
    hollow = ", ".join(f"'{status}'" for status in HOLLOW)
    signs, colours = [], []
    for category in shown:
        filled, unfilled = SHAPES[category].signs
        signs.append(f"WHEN {one.format(category)} THEN if(\"status\" IN ({hollow}), '{unfilled}', '{filled}')")
        colours.append(f"WHEN {one.format(category)} THEN '{LIGHT.of(category)}'")
    return {
        "badge": f'CASE {" ".join(signs)} ELSE to_string("incidents") END',
        "badge_colour": f"CASE {' '.join(colours)} ELSE '{LIGHT.text}' END",
    }


def _read(name: str) -> ET.Element:
    root = ET.parse(_FOLDER / f"{name}.qml").getroot()  # noqa: S314  # a file of this program
    for element in root.iter():  # QGIS needs no line breaks
        element.text, element.tail = (element.text or "").strip() or None, None
    return root


def _count_near(root: ET.Element) -> None:
    """Replace the displacement of coinciding incidents by discs with the number of nearby ones."""
    counting = _read("incidents_many").find("renderer-v2")
    moving = root.find("renderer-v2")
    assert counting is not None
    assert moving is not None
    inner = moving.find("renderer-v2")
    assert inner is not None
    _fill(counting, _GROUND)
    counting.insert(0, inner)
    root.insert(list(root).index(moving), counting)
    root.remove(moving)


def _name_columns(root: ET.Element, layer: str) -> None:
    """Set the display names of columns, and the description of the layer."""
    aliases = ET.SubElement(root, "aliases")
    for at, column in enumerate(["fid", *GEOPACKAGE[layer]]):
        named = "" if column == "fid" else ALIASES[column]
        ET.SubElement(aliases, "alias", {"field": column, "index": str(at), "name": named})
    if layer not in SHOWS:
        return
    described = ET.SubElement(root, "resourceMetadata")
    for tag, text in (("identifier", layer), ("title", _called(layer)), ("abstract", SHOWS[layer])):
        ET.SubElement(described, tag).text = text


def _called(layer: str) -> str:
    return say(f"layer-called-{layer}")


def _fill_each(listed: ET.Element, looks: Collection[Mapping[str, str]]) -> None:
    """Replace template elements by one for each look; a template's `for` says to which looks it applies."""
    models = {element.get("for"): element for element in listed if "for" in element.attrib}
    if not models:
        return
    for element in models.values():
        listed.remove(element)
    for number, look in enumerate(each for each in looks if each["for"] in models):
        element = deepcopy(models[look["for"]])
        del element.attrib["for"]
        _fill(element, {**_GROUND, **look} | {"number": str(number)})
        if look["value"].endswith(_IMPORTED) and element.tag == "symbol":
            _add_outer_line(element)
        listed.append(element)


def _add_outer_line(symbol: ET.Element) -> None:
    """Mark imported incidents: a dark edge for an area, otherwise a wider dark copy of the first layer beneath it."""
    first = symbol.find("layer")
    assert first is not None
    if first.get("class") == "SimpleFill":
        for option in first.iter("Option"):
            if option.get("name") == "outline_color":
                option.set("value", rgba(LIGHT.text))
        return
    line = deepcopy(first)
    for option in line.iter("Option"):
        name = option.get("name", "")
        if name.endswith("_width"):
            option.set("value", f"{float(option.get('value', 0)) + 2 * IMPORTED_PX * _MM_PER_PX:.3f}")
        elif name.endswith("color"):
            option.set("value", rgba(LIGHT.text))
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
    return _coloured(colour, value, label, imported=imported) | {
        "for": "hollow" if status else "solid",
        "shape": shape.qgis,
        "angle": str(shape.qgis_turn_deg),
        "size": f'"symbol_px" * {shape.reach * _MM_PER_PX:.4f}',
    }


def _looks_of_several(*, imported: bool) -> dict[str, str]:
    """Return the look of an area with incidents of several categories."""
    return {"for": "solid"} | _coloured(LIGHT.muted, SEVERAL, say("area-of-several"), imported=imported)


def _coloured(colour: str, value: str, label: str, *, imported: bool) -> dict[str, str]:
    return {
        "value": value + _IMPORTED * imported,
        "label": capitalised(say("kind-imported", kind=label) if imported else label),
        "colour": rgba(colour),
        "area": rgba(colour, AREA_ALPHA),
        "band": rgba(colour, round(255 * STRETCH.opacity)),
        "unfilled": rgba(colour, 0),  # for rings too: many on one spot would add up to a solid disc
    }


def rgba(colour: str, alpha: int = 255) -> str:
    """Convert a hexadecimal colour to QGIS notation."""
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) + f",{alpha}"


def _mm(*pixels: float) -> str:
    """Convert pixels to millimetres."""
    return ";".join(f"{each * _MM_PER_PX:.3f}" for each in pixels)


_GROUND: Final[dict[str, str]] = {
    **{name: rgba(colour) for name, colour in LIGHT.as_dict().items()},
    "kind": _KIND,
    "stroke": _mm(STROKE.qgis),
    "ring": _mm(RING.qgis),
    "stretch": _mm(STRETCH.width),
    "stretch_dash": _mm(*STRETCH.qgis_dash),
    "other_border": _mm(LINES["other_border"].width),
    "limit": _mm(LINES["province_limit"].width),
    "badge_edge": _mm(BADGE.edge),
    "badge_dash": _mm(*BADGE.dash),
    "badge_corner": _mm(BADGE.corner),
    "number_pt": f"{NUMBER_PX[0] * _POINTS_PER_PX:g}",
    "disc": f"min({GROUP.least} + {GROUP.tenfold} * log10(@cluster_size), {GROUP.most}) * {_MM_PER_PX:.4f}",
    "disc_ring": _mm(GROUP.ring / 2),
    "near": _mm(CLUSTER_RADIUS_PX),
    "number_mm": _mm(NUMBER_PX[0]),
}
"""Values to fill in that do not depend on the category."""


def _looks_of_border(border: Border) -> dict[str, str]:
    style = LINES[border]
    cased = {"casing_width": _mm(style.casing), "dash": _mm(*style.dash)} if style.casing else {}
    return cased | {
        "for": "cased" if style.casing else "plain",
        "value": border.line,
        "label": capitalised(border.words),
        "line": rgba(style.of(LIGHT)),
        "width": _mm(style.width),
    }


_BORDERS: Final = tuple(_looks_of_border(border) for border in Border)


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


def add_styles(connection: sqlite3.Connection, made: Mapping[str, str], *, geometry: str) -> None:
    """Add the table with a default style per layer, with the file's timestamp."""
    connection.executescript(_CREATE_STYLES)
    rows = [(layer, geometry, layer, qml, SHOWS[layer]) for layer, qml in made.items()]
    connection.executemany(_ADD_STYLE, rows)


# The project: ordered layers over a base map, tables, and the relations between them.

PROJECT_ENDING: Final = "qgs"
_QGIS_VERSION: Final = "3.22.0-Białowieża"
"""First QGIS version that opens the project without a warning."""
_ELLIPSOID: Final = "EPSG:7030"
"""Ellipsoid for measuring lengths and areas."""
_LONGLAT: Final = "+proj=longlat +datum=WGS84 +no_defs"
_GEOMETRIES: Final = {"Point": "Point", "LineString": "Line", "MultiPolygon": "Polygon", None: "No geometry"}
_RELATIONS: Final = (
    ("incidents", "area", "areas", "area"),
    ("incidents", "area", "stretches", "area"),
    ("claims", "incident", "incidents", "id"),
    ("sources", "incident", "incidents", "id"),
)
"""Layer, its column, the layer that this refers to, and the column there."""
_MARGIN: Final = 0.06
"""Margin as a share of the extent, on each side."""
_SMALLEST_M: Final = 60_000
"""Smallest half-extent."""
_MAP: Final = ("incidents", "uncertainty", "stretches", "areas")
"""Layers that determine the first view; without any incident, the provinces do."""


def project_name(name: str) -> str:
    """Return the name of the project file beside a GeoPackage.

    >>> project_name("incidents-2025.gpkg")
    'incidents-2025.qgs'
    """
    return f"{Path(name).stem}.{PROJECT_ENDING}"


def project(path: Path, name: str) -> bytes:
    """Return a project for the GeoPackage at `path`, which is called `name` and lies in the same folder."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        qmls = dict(connection.execute("SELECT f_table_name, styleQML FROM layer_styles"))
        about = dict(connection.execute("SELECT about, this_file FROM manifest"))
        extent = _first_view(connection)
    root = ET.Element("qgis", {"version": _QGIS_VERSION, "projectname": about[SELECTION]})
    ET.SubElement(root, "title").text = about[SELECTION]
    ET.SubElement(root, "projectCrs").append(_crs(CONFORMAL))
    _add_tree(root, name)
    _add_relations(root)
    _add_view(root, extent)
    layers = ET.SubElement(root, "projectlayers")
    for layer in (*SHOWS, *TABLES):
        layers.append(_layer(layer, name, qmls.get(layer)))
    order = ET.SubElement(root, "layerorder")
    for layer in SHOWS:
        ET.SubElement(order, "layer", {"id": _id(layer)})
    _add_properties(root, about)
    return (_DOCTYPE + ET.tostring(root, encoding="unicode")).encode()


def _id(layer: str) -> str:
    """Return the id of a layer in the project; QGIS replaces shorter ids."""
    return f"incident_map_{layer}"


def _source(layer: str, name: str) -> str:
    return f"./{name}|layername={layer}"


def _layer(layer: str, name: str, qml: str | None) -> ET.Element:
    geometry = _TYPE_OF.get(layer)
    kinds = {"geometry": _GEOMETRIES[geometry], "wkbType": geometry or "NoGeometry"}
    element = ET.Element("maplayer", {"type": "vector", **kinds, "readOnly": "1"})
    ET.SubElement(element, "id").text = _id(layer)
    ET.SubElement(element, "datasource").text = _source(layer, name)
    ET.SubElement(element, "layername").text = _called(layer)
    ET.SubElement(element, "provider", {"encoding": "UTF-8"}).text = "ogr"
    if geometry:
        ET.SubElement(element, "srs").append(_crs(WGS84))
    if not geometry and layer in GEOPACKAGE:
        _name_columns(element, layer)
    if qml:
        style = ET.fromstring(qml.removeprefix(_DOCTYPE))  # noqa: S314  # written by this module
        element.attrib |= {key: value for key, value in style.items() if key not in ("version", "styleCategories")}
        element.extend(style)
    return element


def _add_tree(root: ET.Element, name: str) -> None:
    tree = ET.SubElement(root, "layer-tree-group")
    for layer in SHOWS:
        _add_leaf(tree, layer, name, expanded=layer in ("incidents", "areas"))
    group = ET.SubElement(tree, "layer-tree-group", {"name": say("project-tables"), "checked": "Qt::Checked"})
    group.set("expanded", "0")
    for layer in TABLES:
        _add_leaf(group, layer, name, expanded=False)


def _add_leaf(group: ET.Element, layer: str, name: str, *, expanded: bool) -> None:
    attributes = {"id": _id(layer), "name": _called(layer), "source": _source(layer, name), "providerKey": "ogr"}
    ET.SubElement(
        group, "layer-tree-layer", attributes | {"checked": "Qt::Checked", "expanded": "1" if expanded else "0"}
    )


def _add_relations(root: ET.Element) -> None:
    relations = ET.SubElement(root, "relations")
    for own, column, other, key in _RELATIONS:
        attributes = {"id": f"{own}_{other}", "name": _called(own), "strength": "Association"}
        relation = ET.SubElement(
            relations, "relation", attributes | {"referencingLayer": _id(own), "referencedLayer": _id(other)}
        )
        ET.SubElement(relation, "fieldRef", {"referencingField": column, "referencedField": key})


def _first_view(connection: sqlite3.Connection) -> tuple[float, float, float, float]:
    """Return west, south, east, north in metres in the CRS of the project."""
    boxes = {
        str(layer): box
        for layer, *box in connection.execute("SELECT table_name, min_x, min_y, max_x, max_y FROM gpkg_contents")
        if box[0] is not None
    }
    held = [boxes[layer] for layer in _MAP if layer in boxes] or [boxes["provinces"]]
    west, south, east, north = (pick(box[at] for box in held) for at, pick in enumerate((min, min, max, max)))
    left, bottom, right, top = Transformer.from_crs(WGS84, CONFORMAL, always_xy=True).transform_bounds(
        west, south, east, north
    )
    x, y = (left + right) / 2, (bottom + top) / 2
    half_x, half_y = (max((b - a) * (0.5 + _MARGIN), _SMALLEST_M) for a, b in ((left, right), (bottom, top)))
    return x - half_x, y - half_y, x + half_x, y + half_y


def _add_view(root: ET.Element, extent: tuple[float, float, float, float]) -> None:
    edges = dict(zip(("xmin", "ymin", "xmax", "ymax"), (f"{edge:.0f}" for edge in extent), strict=True))
    canvas = ET.SubElement(root, "mapcanvas", {"name": "theMapCanvas"})
    ET.SubElement(canvas, "units").text = "meters"
    box = ET.SubElement(canvas, "extent")
    for tag, value in edges.items():
        ET.SubElement(box, tag).text = value
    ET.SubElement(canvas, "destinationsrs").append(_crs(CONFORMAL))
    view = ET.SubElement(root, "ProjectViewSettings", {"UseProjectScales": "0", "rotation": "0"})
    ET.SubElement(view, "DefaultViewExtent", edges).append(_crs(CONFORMAL))


def _crs(definition: str) -> ET.Element:
    found = CRS.from_user_input(definition)
    element = ET.Element("spatialrefsys", {"nativeFormat": "Wkt"})
    ET.SubElement(element, "wkt").text = found.to_wkt("WKT2_2019")
    ET.SubElement(element, "proj4").text = _LONGLAT if definition == WGS84 else definition
    ET.SubElement(element, "authid").text = definition if definition == WGS84 else ""
    ET.SubElement(element, "ellipsoidacronym").text = _ELLIPSOID
    ET.SubElement(element, "geographicflag").text = "true" if found.is_geographic else "false"
    return element


def _add_properties(root: ET.Element, about: Mapping[str, str]) -> None:
    """Set the background colour, ellipsoidal measurement in kilometres, and the description."""
    ground = LIGHT.neighbour
    channels = {"Red": ground[1:3], "Green": ground[3:5], "Blue": ground[5:7]}
    said = [("Gui", f"CanvasColor{name}Part", "int", str(int(value, 16))) for name, value in channels.items()]
    properties = ET.SubElement(root, "properties")
    for group, name, kind, text in (*said, *_said(about)):
        parent = properties.find(group)
        parent = ET.SubElement(properties, group) if parent is None else parent
        ET.SubElement(parent, name, {"type": kind}).text = text
    described = ET.SubElement(root, "projectMetadata")
    ET.SubElement(described, "title").text = about[SELECTION]
    lines = (f"{name}: {line}" for name, line in about.items() if name != MANIFEST)
    ET.SubElement(described, "abstract").text = "\n".join(lines)


def _said(about: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    yield "Measure", "Ellipsoid", "QString", _ELLIPSOID
    yield "SpatialRefSys", "ProjectionsEnabled", "int", "1"
    yield "Measurement", "DistanceUnits", "QString", "km"
    yield "Measurement", "AreaUnits", "QString", "km2"
    yield "Paths", "Absolute", "bool", "false"
    note = "\n".join((about[SELECTION], about[say("manifest-on-map")], about[say("manifest-credit")]))
    yield "CopyrightLabel", "Enabled", "bool", "true"
    yield "CopyrightLabel", "Label", "QString", note


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
