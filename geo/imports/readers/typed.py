"""Convert typed tables and records, also with geometries, to blocks of text with longitude and latitude."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyproj
import shapely

from geo.apart import pulse
from geo.imports.blocks import ROW, SEVERAL, Block, Malformed, Repaired, Rows, noted_shape
from geo.imports.fields.countries import OUTSIDE
from geo.imports.readers.delimited import empty_table
from geo.imports.readers.heading import without_totals
from geo.imports.readers.source import (
    BATCH_BYTES,
    BLOCK_BYTES,
    COLUMNS,
    MIB,
    RAW_CHARACTERS,
    SAMPLE_ROWS,
    Source,
    Stream,
)
from geo.imports.readers.together import placed_header
from geo.imports.recognition import column_names
from geo.incident.errors import UnreadableError
from geo.language.messages import say
from geo.places.boundaries import boundaries
from geo.places.plane import CONFORMAL, TO_PLANE, WGS84

# Converting geometries to points in degrees: points as they are, small shapes by one of their points, others with a
# note why they have none.

SMALL_KM: Final = 25
"""Largest extent of a shape that a point may represent: about that of a place with its surroundings."""
_DECIMALS: Final = 8
"""Decimal places kept of computed degrees: about a millimetre."""
_GLOBE: Final = pyproj.Geod(ellps="WGS84")
_POLE: Final = 90
_MAX_POSITIONS: Final = 1_000_000
Shapes = npt.NDArray[np.object_]


def to_wgs84(crs: object, name: str) -> pyproj.Transformer | None:
    """Return the transformer to WGS84, longitude first; None if coordinates are in WGS84 already or `crs` is None.

    Raises UnreadableError for an unknown coordinate system.
    """
    if crs is None:
        return None
    try:
        given = pyproj.CRS.from_user_input(crs)
        if given.equals(WGS84, ignore_axis_order=True) or given.to_authority() == ("OGC", "CRS84"):
            return None
        return pyproj.Transformer.from_crs(given, WGS84, always_xy=True)
    except pyproj.exceptions.ProjError as error:
        raise UnreadableError(name, say("read-unknown-crs")) from error


@dataclass(frozen=True, slots=True)
class Placed:
    """Longitude and latitude of rows (degrees, WGS84; not finite if there is none), and notes on some of the rows."""

    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    notes: Mapping[int, str]
    """Notes by number of the row, from 0."""

    def columns(self) -> list[pa.ChunkedArray]:
        """Return three columns of text: longitude, latitude and note."""
        notes = [self.notes.get(at, "") for at in range(len(self.lon))]
        return [texts(self.lon), texts(self.lat), pa.chunked_array([pa.array(notes, pa.string())])]


def placed(
    shapes: Shapes, transformer: pyproj.Transformer | None, *, unread: npt.NDArray[np.bool_], kind: str = ""
) -> Placed:
    """Convert shapes to points in WGS84.

    `unread` marks the shapes that could not be parsed and are None; `kind` is their type in the file, for messages, if
    it differs from that of `shapes`.
    """
    for _ in range(2):  # a single point may be nested in two collections
        alone = np.isin(shapely.get_type_id(shapes), (4, 7)) & (shapely.get_num_geometries(shapes) == 1)
        shapes = np.where(alone, shapely.get_geometry(shapes, 0), shapes)
    shapes = np.where(shapely.is_empty(shapes), np.array(None, object), shapes)
    lon, lat = shapely.get_x(shapes), shapely.get_y(shapes)
    notes = {int(at): say("geometry-unread") for at in np.flatnonzero(unread)}
    given = np.isfinite(lon) & np.isfinite(lat)
    if transformer is not None:
        lon, lat = (np.round(values, _DECIMALS) for values in transformer.transform(lon, lat))
    for at in np.flatnonzero(given & ~(np.isfinite(lon) & np.isfinite(lat))):
        notes[int(at)] = say("geometry-off-system")
    for at in np.flatnonzero(shapely.get_type_id(shapes) > 0):
        lon[at], lat[at], notes[int(at)] = _standing_for(shapes[at], transformer, kind)
    return Placed(lon, lat, notes)


def _standing_for(shape: Any, transformer: pyproj.Transformer | None, kind: str) -> tuple[float, float, str]:
    """Return a point that represents a shape if it is small enough (else NaN), and a note on it."""
    kind = kind or shape.geom_type
    if transformer is not None:
        shape = shapely.transform(shape, transformer.transform, interleaved=False)  # type: ignore[arg-type]  # x and y apart
    west, south, east, north = shapely.bounds(shape)
    if not np.isfinite([west, south, east, north]).all():
        return np.nan, np.nan, say("geometry-off-system")
    on_globe = -_POLE <= south <= north <= _POLE
    km = _GLOBE.inv(west, south, east, north)[2] / 1000 if on_globe else np.inf
    words = {"shape": kind, "km": f"{km:,.0f}" if km >= 1 else f"{km:.1g}"}
    if not km <= SMALL_KM:
        large = say("geometry-large", most=SMALL_KM, **words)
        country = country_of_area(shape) if on_globe and shapely.get_dimensions(shape) == _AREA else ""
        return np.nan, np.nan, noted_shape(large, country=country)
    try:
        point = shapely.point_on_surface(shape)
    except shapely.errors.GEOSException:
        return np.nan, np.nan, say("geometry-unread")
    return (
        round(point.x, _DECIMALS),
        round(point.y, _DECIMALS),
        noted_shape(say("geometry-small", **words), within_km=km),
    )


_AREA: Final = 2
"""Dimension of polygons, and of collections that contain one."""
_NEARLY_ALL: Final = 0.9
_OUTLINE_M: Final = 2_000
"""Tolerance to which outlines of countries are simplified; areas compared with them extend over 25 km or more."""


def country_of_area(shape: Any) -> str:
    """Return the code of the country that contains at least 90 % of an area; OUTSIDE or SEVERAL if there is none.

    The area is in degrees, WGS84.

    >>> country_of_area(shapely.box(67, 32, 68, 33)), country_of_area(shapely.box(69, 32, 71, 34))
    ('AF', 'several')
    """
    with suppress(shapely.errors.GEOSException):
        area = shapely.make_valid(_on_plane(shape))
        whole = shapely.area(area)
        if np.isfinite(whole) and whole > 0:
            common = {code: shapely.intersection(area, land) for code, land in _countries().items()}
            shares = {code: shapely.area(part) / whole for code, part in common.items()}
            nearly = (code for code, share in shares.items() if share >= _NEARLY_ALL)
            return next(nearly, OUTSIDE if sum(shares.values()) <= 1 - _NEARLY_ALL else SEVERAL)
    return SEVERAL


def _on_plane(shape: Any) -> Any:
    return shapely.transform(shape, TO_PLANE.transform, interleaved=False)  # type: ignore[arg-type]  # x and y apart


@cache
def _countries() -> Mapping[str, Any]:
    provinces = boundaries().provinces.to_crs(CONFORMAL)
    lands = provinces.dissolve("country").geometry.simplify(_OUTLINE_M)
    return {str(code): land for code, land in lands.items()}


def texts(values: npt.NDArray[np.float64]) -> pa.ChunkedArray:
    """Convert numbers to their shortest text; "" for those that are not finite."""
    return pa.chunked_array([[repr(value) if np.isfinite(value) else "" for value in values.tolist()]], pa.string())


# Geometries of GeoJSON and of Esri JSON.

GEOMETRIES: Final = frozenset(
    ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection")
)
_OF_ESRI: Final = {"points": "MultiPoint", "paths": "LineString", "rings": "Polygon"}
_PAIR: Final = 2


def is_geometry(value: object) -> bool:
    """Return whether a value is a GeoJSON geometry."""
    return (
        isinstance(value, dict)
        and value.get("type") in GEOMETRIES
        and isinstance(value.get("coordinates", value.get("geometries")), list)
    )


def place_of(geometry: object, transformer: pyproj.Transformer | None) -> tuple[str, str, str]:
    """Return longitude and latitude of a geometry, as written if a point in WGS84, and a note on it; "" for none."""
    if not isinstance(geometry, dict) or not geometry:
        return "", "", ""
    if transformer is None and geometry.get("type") == "Point":
        at = geometry.get("coordinates")
        if isinstance(at, list) and len(at) >= _PAIR and isinstance(at[0], str) and isinstance(at[1], str):
            return at[0], at[1], ""
    positions = [*_positions_in(geometry, 0)]
    if len(positions) == 1 and transformer is None:
        return _coordinate_text(positions[0][0]), _coordinate_text(positions[0][1]), ""
    if not positions:
        empty = geometry.get("coordinates", geometry.get("geometries")) == [] or "x" in geometry
        return "", "", "" if empty else say("geometry-unread")
    kind = geometry.get("type") or next((_OF_ESRI[name] for name in _OF_ESRI if name in geometry), "")
    try:
        shape = _shape(geometry, positions)
    except (TypeError, ValueError, LookupError, shapely.errors.ShapelyError):
        return "", "", say("geometry-unread")
    found = placed(np.array([shape], object), transformer, unread=np.zeros(1, bool), kind=str(kind)[:30])
    lon, lat, note = (column[0].as_py() for column in found.columns())
    return lon, lat, note


def _shape(geometry: Mapping[str, Any], positions: list[Any]) -> Any:
    """Return a shape of the same extent: outer rings for areas, points for all others."""
    points = [_numbers(position) for position in positions[:_MAX_POSITIONS]]
    if len(points) == 1:
        return shapely.Point(points[0])
    if geometry.get("type") == "Polygon":
        return shapely.Polygon(map(_numbers, geometry["coordinates"][0]))
    if geometry.get("type") == "MultiPolygon":
        return shapely.MultiPolygon([shapely.Polygon(map(_numbers, part[0])) for part in geometry["coordinates"]])
    return shapely.multipoints(np.array(points))


def _numbers(position: Any) -> tuple[float, float]:
    return float(position[0]), float(position[1])


def _positions_in(geometry: Mapping[str, Any], depth: int) -> Iterator[Any]:
    """Yield all positions of a geometry."""
    if depth > 4:  # noqa: PLR2004  # collections of collections
        return
    if "x" in geometry and "type" not in geometry:
        position = [geometry["x"], geometry.get("y")]
        if not any(value is None or value == "NaN" for value in position):
            yield position
        return
    for part in geometry.get("geometries") or ():
        if isinstance(part, dict):
            yield from _positions_in(part, depth + 1)
    for name in ("coordinates", "points", "paths", "rings"):
        yield from _pairs(geometry.get(name), 0)


def _pairs(value: object, depth: int) -> Iterator[list[Any]]:
    if not isinstance(value, list) or depth > 5 or not value:  # noqa: PLR2004  # as deep as a MultiPolygon, and more
        return
    if not isinstance(value[0], list):
        if len(value) >= _PAIR and not isinstance(value[0], dict):
            yield value
        return
    for part in value:
        yield from _pairs(part, depth + 1)


def _coordinate_text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


# Converting typed columns to text, as people would write it in a CSV file.


def text_column(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """Convert a column to text without nulls: whole numbers without a decimal point, dates as ISO, lists as JSON.

    Raises UnreadableError, naming file `name`, if the text would exceed BATCH_BYTES.
    """
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _spread(column, name)
    if pa.types.is_floating(kind):
        column = pc.if_else(pc.is_nan(column), None, column)
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return _by_hand(column)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        _check_size(pc.sum(pc.binary_length(column)).as_py() or 0, name)
    try:
        texts = pc.fill_null(column.cast(pa.string()), "")
        return _without_zeros(texts) if pa.types.is_timestamp(kind) else texts
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return _by_hand(column)


def _spread(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """Expand a dictionary-encoded column, after checking the size of the result."""
    chunks = []
    for chunk in column.chunks:
        values = text_column(pa.chunked_array([chunk.dictionary]), name).combine_chunks()
        lengths = pc.take(pc.binary_length(values), chunk.indices)
        _check_size(pc.sum(lengths).as_py() or 0, name)
        chunks.append(pc.fill_null(pc.take(values, chunk.indices), ""))
    return pa.chunked_array(chunks, pa.string())


def _check_size(size: int, name: str) -> None:
    if size > BATCH_BYTES:
        raise UnreadableError(name, say("read-large-rows", mb=BATCH_BYTES // MIB))


def _without_zeros(times: pa.ChunkedArray) -> pa.ChunkedArray:
    """Drop zero fractions of a second, and midnight, which means the whole day."""
    times = pc.replace_substring_regex(times, r"\.0+(Z?)$", r"\1")
    return pc.replace_substring_regex(times, r" 00:00:00Z?$", "")


def _by_hand(column: pa.ChunkedArray) -> pa.ChunkedArray:
    values = [_text(value) for chunk in column.chunks for value in chunk]
    return pa.chunked_array([pa.array(values, pa.string())])


def _text(value: pa.Scalar) -> str:
    """Convert one value of a type that Arrow does not cast to text."""
    try:
        plain = value.as_py()
    except (ValueError, OverflowError, pa.ArrowException):
        return str(value)
    if plain is None:
        return ""
    if isinstance(plain, bytes):
        return _decoded(plain)
    if isinstance(plain, list | dict | tuple):
        return json.dumps(plain, ensure_ascii=False, default=_in_json)
    return str(plain)


def _in_json(value: Any) -> str:
    return _decoded(value) if isinstance(value, bytes) else str(value)


def _decoded(value: bytes) -> str:
    r"""Decode bytes as UTF-8, or else as hexadecimal digits.

    >>> _decoded("Khost".encode()), _decoded(b"\xff\x00")
    ('Khost', 'ff00')
    """
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.hex()


# Regrouping rows and tables into blocks of a given number of rows.


_PULSE_ROWS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Unread:
    """Takes the place of a row that cannot be read."""

    raw_text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Noted:
    """The values of a row, with a note on its geometry."""

    values: Sequence[str]
    note: str


NOTE: Final = "__note__"
"""Temporary column with a note on each row's geometry, "" for none; removed when the table becomes a block."""


def blocks_of_rows(
    rows: Iterable[Sequence[str] | Unread | Noted],
    header: tuple[str, ...],
    block_rows: int,
    consumed: Callable[[], int],
) -> Iterator[Block]:
    """Group rows, each as wide as the header, into blocks, smaller ones where they would exceed BLOCK_BYTES."""
    gathered = _Gathered(header)
    for row in rows:
        gathered.add(row)
        if not gathered.rows % _PULSE_ROWS:
            pulse()
        if gathered.rows == block_rows or gathered.size > BLOCK_BYTES:
            yield gathered.block(consumed())
            gathered = _Gathered(header, first_row=gathered.first_row + gathered.rows)
    if gathered.rows:
        yield gathered.block(consumed())


@dataclass(slots=True)
class _Gathered:
    header: tuple[str, ...]
    first_row: int = 1
    rows: int = 0
    size: int = 0
    values: list[Sequence[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    malformed: list[Malformed] = field(default_factory=list)
    repaired: list[Repaired] = field(default_factory=list)

    def add(self, row: Sequence[str] | Unread | Noted) -> None:
        number = self.first_row + self.rows
        self.rows += 1
        if isinstance(row, Unread):
            self.malformed.append(Malformed(row=number, raw_text=row.raw_text[:RAW_CHARACTERS], reason=row.reason))
            return
        if isinstance(row, Noted):
            self.repaired.append(Repaired.of_geometry(number, row.note))
            row = row.values
        self.values.append(row)
        self.numbers.append(number)
        self.size += sum(map(len, row))

    def block(self, bytes_read: int) -> Block:
        columns = zip(*self.values, strict=True) if self.values else ((),) * len(self.header)
        arrays = [pa.array(column, pa.string()) for column in columns]
        block = Block(
            first_row=self.first_row,
            table=pa.table([*arrays, pa.array(self.numbers, pa.int64())], names=[*self.header, ROW]),
            malformed=tuple(self.malformed),
            repaired=tuple(self.repaired),
            bytes_read=bytes_read,
        )
        return without_totals(block)


def blocks_of_tables(tables: Iterable[pa.Table], block_rows: int, *, size: int, rows: int) -> Iterator[Block]:
    """Regroup consecutive tables of text into blocks, smaller ones where they would exceed BLOCK_BYTES.

    `size` is the file's in bytes and `rows` their total, by which it is told how many bytes have been read.
    """
    first_row, seen = 1, 0
    waiting: list[pa.Table] = []
    for part in (table.slice(at, 10_000) for table in tables for at in range(0, table.num_rows, 10_000)):
        pulse()
        waiting.append(part)
        seen += part.num_rows
        read = min(size, size * seen // max(rows, 1))
        while (held := sum(part.num_rows for part in waiting)) >= block_rows or _size(waiting) > BLOCK_BYTES:
            joined = pa.concat_tables(waiting)
            head = joined.slice(0, block_rows)
            waiting = [joined.slice(block_rows)] if held > block_rows else []
            yield _numbered(head, first_row, read)
            first_row += head.num_rows
    if waiting:
        yield _numbered(pa.concat_tables(waiting), first_row, read)


def rows_of_blocks(
    source: Source,
    header: tuple[str, ...],
    notes: tuple[str, ...],
    read: Callable[[int], Iterator[Block]],
    point: tuple[str, str] | None = None,
) -> Rows:
    """Return the Rows of a file that is not delimited text, with a sample of its first rows."""
    return Rows(
        name=source.name,
        header=header,
        headerless=False,
        notes=notes,
        encoding="utf-8",
        delimiter="",
        bytes_total=source.size,
        sample=next((block.table for block in read(SAMPLE_ROWS)), empty_table(header)),
        layout=None,
        header_row=0,
        point=point,
        read=read,
    )


def _size(tables: Iterable[pa.Table]) -> int:
    return sum(table.nbytes for table in tables)


def _numbered(table: pa.Table, first_row: int, bytes_read: int) -> Block:
    numbers = pa.array(range(first_row, first_row + table.num_rows), pa.int64())
    repaired: tuple[Repaired, ...] = ()
    if NOTE in table.column_names:
        notes, table = table[NOTE], table.drop_columns(NOTE)
        at = pc.indices_nonzero(pc.not_equal(notes, "")).to_pylist()
        repaired = tuple(Repaired.of_geometry(first_row + one, notes[one].as_py()) for one in at)
    table = table.append_column(ROW, numbers).combine_chunks()
    block = Block(first_row=first_row, table=table, malformed=(), repaired=repaired, bytes_read=bytes_read)
    return without_totals(block)


# Converting tables with a geometry column to tables of text with longitude and latitude.

Reads = Callable[[pa.ChunkedArray], "np.ndarray"]
"""Parses a column of geometries; None for those that cannot be parsed."""


@dataclass(frozen=True, slots=True)
class Typed:
    """How to convert a table's columns to text."""

    name: str
    """Name of the file, for messages."""
    kept: tuple[int, ...]
    """Numbers of the columns to convert to text."""
    header: tuple[str, ...]
    notes: tuple[str, ...]
    point: tuple[str, str] | None
    """Header columns for longitude and latitude."""
    geometry: int | None
    """Number of the geometry column."""
    shapes: Reads
    transformer: pyproj.Transformer | None
    """Transforms coordinates to WGS84; None if they are in WGS84 already."""

    @classmethod
    def of(
        cls, names: Sequence[str], *, geometry: int | None, crs: object, name: str, shapes: Reads | None = None
    ) -> "Typed":
        """Plan a table's conversion; raises UnreadableError for too many columns or an unknown coordinate system."""
        kept = tuple(number for number in range(len(names)) if number != geometry)
        if len(kept) > COLUMNS:
            raise UnreadableError(name, say("read-too-many-columns", columns=len(kept), most=COLUMNS))
        plain, point = [names[number] for number in kept], None
        if geometry is None:
            header, notes = column_names(plain)
        else:
            header, notes, point = placed_header(plain)
        transformer = None if geometry is None else to_wgs84(crs, name)
        return cls(name, kept, header, notes, point, geometry, shapes or of_wkb, transformer)

    def texts(self, table: pa.Table) -> pa.Table:
        """Convert some rows to text without nulls; with geometries, longitude, latitude and NOTE are added."""
        columns = [text_column(table.column(number), self.name) for number in self.kept]
        if self.geometry is None:
            return pa.table(columns, names=list(self.header))
        given = table.column(self.geometry)
        shapes = self.shapes(given)
        unread = np.array([shape is None for shape in shapes], bool) & ~given.is_null().to_numpy()
        columns += placed(shapes, self.transformer, unread=unread).columns()
        return pa.table(columns, names=[*self.header, NOTE])


def of_wkb(column: pa.ChunkedArray) -> np.ndarray:
    """Parse a column of WKB."""
    values = [value if isinstance(value, bytes) and value else None for value in column.to_pylist()]
    return np.asarray(shapely.from_wkb(np.array(values, object), on_invalid="ignore"), object)


def of_wkt(column: pa.ChunkedArray) -> np.ndarray:
    """Parse a column of WKT."""
    values = [value[:_LONGEST_WKT] if isinstance(value, str) and value else None for value in column.to_pylist()]
    return np.asarray(shapely.from_wkt(np.array(values, object), on_invalid="ignore"), object)


def of_arrow(column: pa.ChunkedArray) -> np.ndarray:
    """Parse GeoArrow's native encodings: coordinates as lists of numbers or as x and y, in nested lists."""
    made = np.empty(len(column), object)
    for at, value in enumerate(column.to_pylist()):
        found = [] if value is None else [*_positions(value)]
        if found:
            made[at] = shapely.Point(found[0]) if len(found) == 1 else shapely.MultiPoint(found)
        elif value is not None:
            made[at] = shapely.Point()
    return made


_LONGEST_WKT: Final = 16 * MIB


def _positions(value: Any) -> Iterator[tuple[float, float]]:
    if isinstance(value, dict):
        x, y = value.get("x"), value.get("y")
        if isinstance(x, float | int) and isinstance(y, float | int) and np.isfinite([x, y]).all():
            yield float(x), float(y)
    elif isinstance(value, list) and value and isinstance(value[0], float | int):
        if len(value) > 1 and isinstance(value[1], float | int) and np.isfinite(value[:2]).all():
            yield float(value[0]), float(value[1])
    elif isinstance(value, list):
        for part in value:
            yield from _positions(part)


# Records as columns: names of nested fields are joined with a slash, lists of texts become one text, and geometries are
# separated.

_NESTED: Final = 4
_KOBO_PLACE: Final = "_geolocation"
_OF_FEATURE: Final = frozenset(("type", "id", "properties", "geometry", "bbox"))
Values = dict[str, str]


def is_feature(record: Mapping[str, Any]) -> bool:
    """Return whether an object is a GeoJSON or Esri feature."""
    if record.get("type") == "Feature" or isinstance(record.get("attributes"), dict):
        return True
    return ("properties" in record or "geometry" in record) and not record.keys() - _OF_FEATURE


def columns_of(record: Mapping[str, Any]) -> tuple[Values, object]:
    """Return a record's texts by column, and its geometry.

    >>> columns_of({"id": "1", "who": {"side": "A"}, "tags": ["a", "b"], "_geolocation": ["34.5", "69.2"]})
    ({'id': '1', 'who/side': 'A', 'tags': 'a; b'}, {'type': 'Point', 'coordinates': ['69.2', '34.5']})
    """
    fields, geometry = fields_of(record)
    return {name: value if isinstance(value, str) else text_of(value) for name, value in fields.items()}, geometry


def fields_of(record: Mapping[str, Any]) -> tuple[Mapping[str, Any], object]:
    """Return a record's fields by column, including nested ones, and its geometry."""
    if is_feature(record):
        inside = record.get("properties", record.get("attributes"))
        inside = inside if isinstance(inside, dict) else {}
        if record.get("id") is not None and "id" not in inside:
            inside = {"id": record["id"], **inside}
        return _flat(inside), record.get("geometry")
    field_of = next((name for name, value in record.items() if is_geometry(value)), None)
    geometry = record[field_of] if field_of is not None else None
    if geometry is None:
        places = ((name, _degrees(value)) for name, value in record.items() if isinstance(value, dict | list))
        field_of, geometry = next(((name, place) for name, place in places if place), (None, None))
    at = record.get(_KOBO_PLACE)
    if geometry is None and isinstance(at, list) and len(at) == 2:  # noqa: PLR2004  # latitude and longitude
        geometry = {"type": "Point", "coordinates": [] if None in at else at[::-1]}
        field_of = _KOBO_PLACE
    if field_of is not None:
        record = {name: value for name, value in record.items() if name != field_of}
    return _flat(record), geometry


def _flat(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a record with nested fields flattened; one without nested fields is returned unchanged."""
    if dict not in map(type, record.values()):
        return record
    fields: dict[str, Any] = {}
    _flatten(record, "", 0, fields)
    return fields


_LON: Final = ("lon", "lng", "long", "longitude")
_LAT: Final = ("lat", "latitude")
_OF_DEGREES: Final = frozenset((*_LON, *_LAT, "alt", "altitude", "accuracy", "type"))


def _degrees(value: Any) -> dict[str, Any] | None:
    """Convert an object that holds only latitude and longitude, possibly in a list of one, to a GeoJSON point.

    >>> _degrees([{"lat": "34.5", "lng": "69.2"}]), _degrees({"lat": "34.5", "town": "Kabul"})
    ({'type': 'Point', 'coordinates': ['69.2', '34.5']}, None)
    """
    value = value[0] if isinstance(value, list) and len(value) == 1 else value
    if not isinstance(value, dict) or value.keys() - _OF_DEGREES:
        return None
    lon, lat = (next((value[name] for name in names if name in value), None) for names in (_LON, _LAT))
    if not all(isinstance(one, str) and one for one in (lon, lat)):
        return None
    return {"type": "Point", "coordinates": [lon, lat]}


_TYPED: Final = frozenset(
    ("$date", "$numberLong", "$numberInt", "$numberDouble", "$numberDecimal", "$oid", "$uuid", "$symbol")
)


def _bare(value: Any) -> Any:
    """Unwrap a value from the type that MongoDB writes around it; return others unchanged.

    >>> _bare({"$date": {"$numberLong": "1760140800000"}}), _bare({"$date": "x", "by": "y"})
    ('1760140800000', {'$date': 'x', 'by': 'y'})
    """
    while isinstance(value, dict) and len(value) == 1 and next(iter(value)) in _TYPED:
        value = next(iter(value.values()))
    return value


def _flatten(record: Mapping[str, Any], before: str, depth: int, into: dict[str, Any]) -> None:
    for name, typed in record.items():
        value = _bare(typed)
        if isinstance(value, dict) and value and depth < _NESTED:
            _flatten(value, f"{before}{name}/", depth + 1, into)
        else:
            into[before + name] = value


def text_of(value: Any) -> str:
    """Convert a value to text: null to "", lists of plain values joined by semicolons, others to JSON.

    >>> text_of(None), text_of(True), text_of("33.10"), text_of(["a", "b"]), text_of([{"a": "1"}])
    ('', 'true', '33.10', 'a; b', '[{"a": "1"}]')
    """
    if isinstance(value, str):
        return value
    if value is None or (isinstance(value, list | dict) and not value):
        return ""
    if isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
        return "; ".join(map(text_of, value))
    return json.dumps(value, ensure_ascii=False)


# The coordinate system that a JSON file names, accepted only as an authority's code.

_NAMED_CRS: Final = re.compile(
    r"(?:urn:(?:x-)?ogc:def:crs:|https?://www\.opengis\.net/def/crs/)?(EPSG|ESRI|OGC|CRS)(?:[:/][\w.]*[:/]|[:/])(?:CRS)?(\w+)",
    re.IGNORECASE,
)


def crs_named(crs: object, name: str) -> str | None:
    """Parse a `crs` member into authority and code, such as "EPSG:32642"; None for WGS84.

    Raises UnreadableError, naming file `name`, for any other system.
    """
    if crs is None:
        return None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    given = properties.get("name", properties.get("code")) if isinstance(properties, dict) else crs
    found = _NAMED_CRS.fullmatch(str(given)[:200].strip())
    if found is None and str(given).upper().replace(" ", "") in {"WGS84", "CRS84"}:
        return None
    if found is None:
        raise UnreadableError(name, say("read-unknown-crs"))
    authority, code = found[1].upper(), found[2]
    if authority in {"OGC", "CRS"}:
        if code != "84":
            raise UnreadableError(name, say("read-unknown-crs"))
        return None
    return f"{authority}:{code}"


def esri_crs(reference: object, name: str) -> str | None:
    """Parse Esri's `spatialReference` into authority and code; None if none is given.

    Raises UnreadableError, naming file `name`, for an unknown system.
    """
    if not isinstance(reference, dict):
        return None
    for key in ("latestWkid", "wkid"):
        code = str(reference.get(key) or "")
        for authority in ("EPSG", "ESRI") if code.isdigit() and len(code) < 8 else ():  # noqa: PLR2004
            try:
                pyproj.CRS.from_user_input(f"{authority}:{code}")
            except pyproj.exceptions.ProjError:
                continue
            return f"{authority}:{code}"
    if reference.get("wkid") or reference.get("latestWkid") or reference.get("wkt"):
        raise UnreadableError(name, say("read-unknown-crs"))
    return None


# Reading a list of records as a table.

Record = tuple[str, Mapping[str, Any]]
"""A record's layer, "" for none, and its contents."""
ReadsRecords = Callable[[Stream], Iterator[Record]]


@dataclass(slots=True)
class Known:
    """What is known of the records of a list after a scan."""

    rows: int = 0
    columns: dict[str, None] = field(default_factory=dict)
    placed: bool = False
    layers: bool = False
    features: bool = False
    reference: object = None

    @property
    def filled(self) -> bool:
        """Whether any of the records has a field or a geometry."""
        return bool(self.columns) or self.placed

    def take(self, layer: str, record: Mapping[str, Any], name: str) -> None:
        """Take account of a record; raises UnreadableError, naming file `name`, for too many columns."""
        fields, geometry = fields_of(record)
        self.rows += 1
        if not self.rows % _PULSE_ROWS:
            pulse()
        if not fields.keys() <= self.columns.keys():
            self.columns.update(dict.fromkeys(fields))
        self.layers = self.layers or bool(layer)
        self.features = self.features or is_feature(record)
        self.placed = self.placed or self.features or isinstance(geometry, dict)
        if self.reference is None and isinstance(geometry, dict):
            self.reference = geometry.get("spatialReference")
        if len(self.columns) > COLUMNS:
            raise UnreadableError(name, say("read-too-many-properties", most=COLUMNS))


def rows_of_records(source: Source, read: ReadsRecords, known: Known, crs: str | None) -> Rows:
    """Return the Rows of a list of records; `crs` is as from `crs_named`."""
    transformer = to_wgs84(crs, source.name) if known.placed else None
    names = [*known.columns, *((say("column-of-layer"),) if known.layers else ())]
    if known.placed:
        header, notes, point = placed_header(names)
    else:
        (header, notes), point = column_names(names), None
    if transformer is not None:
        notes = (say("note-crs", crs=crs or ""), *notes)
    file = _Records(source, read, tuple(known.columns), header, known.layers, known.placed, transformer)
    return rows_of_blocks(source, header, notes, file.blocks, point)


@dataclass(frozen=True, slots=True)
class _Records:
    source: Source
    read: ReadsRecords
    columns: tuple[str, ...]
    header: tuple[str, ...]
    layers: bool
    placed: bool
    transformer: pyproj.Transformer | None

    def blocks(self, block_rows: int) -> Iterator[Block]:
        with self.source.opened() as (stream, consumed):
            rows = (self._row(layer, record) for layer, record in self.read(stream))
            yield from blocks_of_rows(rows, self.header, block_rows, consumed)

    def _row(self, layer: str, record: Mapping[str, Any]) -> Sequence[str] | Noted:
        given, geometry = columns_of(record)
        values = [given.get(name, "") for name in self.columns]
        if self.layers:
            values.append(layer)
        if not self.placed:
            return values
        lon, lat, note = place_of(geometry, self.transformer)
        values += [lon, lat]
        return Noted(values, note) if note else values
