"""Records with fields and a geometry each, of JSON or XML, as a table of texts; gone through twice, and never held."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pyproj

from geo.apart import pulse
from geo.imports.blocks import Block, Rows
from geo.imports.readers.shapes import is_geometry, place_of, to_wgs84
from geo.imports.readers.source import COLUMNS, Source, Stream
from geo.imports.readers.together import placed_header
from geo.imports.readers.typed import Noted, blocks_of_rows, rows_of_blocks
from geo.imports.recognition import column_names
from geo.incident.errors import UnreadableError
from geo.language.messages import say

# Records as columns: nested fields with a stroke between the names, lists of texts in one, geometries apart.

_NESTED: Final = 4
_PULSE_ROWS: Final = 1_000
_KOBO_PLACE: Final = "_geolocation"
_OF_FEATURE: Final = frozenset(("type", "id", "properties", "geometry", "bbox"))
Values = dict[str, str]


def is_feature(record: Mapping[str, Any]) -> bool:
    """Tell a feature, of GeoJSON or of Esri's, from other objects."""
    if record.get("type") == "Feature" or isinstance(record.get("attributes"), dict):
        return True
    return ("properties" in record or "geometry" in record) and not record.keys() - _OF_FEATURE


def columns_of(record: Mapping[str, Any]) -> tuple[Values, object]:
    """Return the texts of a record by column, and its geometry.

    >>> columns_of({"id": "1", "who": {"side": "A"}, "tags": ["a", "b"], "_geolocation": ["34.5", "69.2"]})
    ({'id': '1', 'who/side': 'A', 'tags': 'a; b'}, {'type': 'Point', 'coordinates': ['69.2', '34.5']})
    """
    fields, geometry = fields_of(record)
    return {name: value if isinstance(value, str) else text_of(value) for name, value in fields.items()}, geometry


def fields_of(record: Mapping[str, Any]) -> tuple[Mapping[str, Any], object]:
    """Return the fields of a record by column, those that are nested among them, and its geometry."""
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
    """Return a record with what is nested in it as fields of its own; one without such as it is."""
    if dict not in map(type, record.values()):
        return record
    fields: dict[str, Any] = {}
    _flatten(record, "", 0, fields)
    return fields


_LON: Final = ("lon", "lng", "long", "longitude")
_LAT: Final = ("lat", "latitude")
_OF_DEGREES: Final = frozenset((*_LON, *_LAT, "alt", "altitude", "accuracy", "type"))


def _degrees(value: Any) -> dict[str, Any] | None:
    """Return the point that an object of latitude and longitude is, also one alone in a list.

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
    """Return a value without the type that MongoDB writes around it; any other as it is.

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
    """Write a value as text: nothing as "", lists of texts with semicolons, other lists and objects as JSON.

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


# The coordinate system that a file names; nothing is looked up by it but the authority's code.

_NAMED_CRS: Final = re.compile(
    r"(?:urn:(?:x-)?ogc:def:crs:|https?://www\.opengis\.net/def/crs/)?(EPSG|ESRI|OGC|CRS)(?:[:/][\w.]*[:/]|[:/])(?:CRS)?(\w+)",
    re.IGNORECASE,
)


def crs_named(crs: object, name: str) -> str | None:
    """Return the coordinate system of a `crs` member as authority and code; None for WGS84."""
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
    """Return the coordinate system of Esri's `spatialReference` as authority and code; None where none is given."""
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


# A list of records as a table.

Record = tuple[str, Mapping[str, Any]]
"""The layer that a record is of, "" for none, and what it holds."""
Reads = Callable[[Stream], Iterator[Record]]


@dataclass(slots=True)
class Known:
    """What is known of the records of a list, once all have been seen."""

    rows: int = 0
    columns: dict[str, None] = field(default_factory=dict)
    placed: bool = False
    layers: bool = False
    features: bool = False
    reference: object = None

    @property
    def filled(self) -> bool:
        """Whether there is anything in them."""
        return bool(self.columns) or self.placed

    def take(self, layer: str, record: Mapping[str, Any], name: str) -> None:
        """See a record; raises UnreadableError, in the name of the file, for too many columns."""
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


def rows_of_records(source: Source, read: Reads, known: Known, crs: str | None) -> Rows:
    """Describe records as a table."""
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
    read: Reads
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
