"""JSON read record by record, without holding the file: GeoJSON, Esri's, uMap's, answers of APIs, lists and lines."""

import codecs
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

import pyproj

from geo.apart import pulse
from geo.imports.blocks import Block, Rows
from geo.imports.readers.dialect import UTF_8, encoding_of
from geo.imports.readers.shapes import is_geometry, place_of, to_wgs84
from geo.imports.readers.source import (
    COLUMNS,
    FEATURE_CHARACTERS,
    HEAD_BYTES,
    READ_BYTES,
    Asked,
    Source,
    Stream,
    read_up_to,
)
from geo.imports.readers.together import named_rows, placed_header, together
from geo.imports.readers.typed import Noted, blocks_of_rows, rows_of_blocks
from geo.imports.recognition import column_names
from geo.incident.errors import UnreadableError
from geo.language.formatting import list_words
from geo.language.messages import say

# The values of a JSON file, one after the other, without holding the file.

_BETWEEN: Final = re.compile(r"[\s,\x1e\ufeff]*")
_MEMBER: Final = re.compile(r"\s*:\s*")
_DEEP: Final = 200
"""Lists and objects of a record from which on it is seen whether they nest too deep to be written."""
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")
_DECODER: Final = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
_OPEN_DEPTH: Final = 3
"""Objects within objects in which a list of records is looked for."""
_WHOLE: Final = frozenset(("geometry", "properties", "attributes", "crs", "spatialReference"))
"""Members that are taken as they are: what stands in them is no list of records."""


@dataclass(slots=True)
class _Text:
    stream: Stream
    name: str
    decoder: codecs.IncrementalDecoder
    held: str
    at: int = 0
    before: int = 0
    """Characters of the file before those held."""

    @classmethod
    def of(cls, stream: Stream, name: str) -> "_Text":
        head = read_up_to(stream, HEAD_BYTES)
        encoding = encoding_of(head)
        decoder = codecs.getincrementaldecoder(encoding.name if encoding.mark or encoding.wide else UTF_8)("replace")
        return cls(stream, name, decoder, decoder.decode(head[encoding.mark :]))

    def next(self) -> str:
        """Give the sign with which what comes next begins; "" at the end of the file."""
        while True:
            self.at = _BETWEEN.match(self.held, self.at).end()  # type: ignore[union-attr]
            if self.at < len(self.held) or not self._read():
                return self.held[self.at : self.at + 1]

    def value(self) -> Any:
        """Read the value that comes next as a whole."""
        while True:
            begin = self.at
            try:
                value, self.at = _DECODER.raw_decode(self.held, begin)
            except json.JSONDecodeError as error:
                self._more(error)
            except RecursionError as error:
                raise UnreadableError(self.name, say("read-too-deep", at=self.before + self.at)) from error
            else:
                if self.at == len(self.held) and not isinstance(value, dict | list) and self._read(begin):
                    continue  # a number may go on
                return self._sound(value, begin)

    def key(self) -> str:
        """Read the name of a member and the colon after it."""
        if self.next() != '"':
            self.fail()
        key = str(self.value())
        while not (found := _MEMBER.match(self.held, self.at)) or found.end() == len(self.held):
            if not self._read():
                self.fail()
        self.at = found.end()
        return key

    def alone(self) -> tuple[Any, bool]:
        """Give the first value of the file, if it ends within what is held, and whether another comes after it."""
        try:
            value, end = _DECODER.raw_decode(self.held, self.at)
        except (json.JSONDecodeError, RecursionError):
            return None, False
        after = _BETWEEN.match(self.held, end).end()  # type: ignore[union-attr]
        return value, self.held[after : after + 1] in {"{", "["}

    def fail(self) -> NoReturn:
        """Say that the file is broken here."""
        raise UnreadableError(self.name, say("read-broken", at=self.before + self.at, error=self.held[self.at :][:20]))

    def _sound(self, value: Any, begin: int) -> Any:
        """Return a value whose texts are text, and which can be written again; half a character is none."""
        try:
            if not _HALF.search(self.held, begin, self.at):
                if sum(self.held.count(sign, begin, self.at) for sign in "[{") > _DEEP:
                    json.dumps(value)
                return value
            written = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode()
            return _DECODER.decode(written)
        except RecursionError as error:
            raise UnreadableError(self.name, say("read-too-deep", at=self.before + begin)) from error

    def _more(self, error: json.JSONDecodeError) -> None:
        """Read on, because a value may end in what comes; what cannot be one is an error."""
        at = self.before + error.pos
        if len(self.held) - self.at > FEATURE_CHARACTERS:
            raise UnreadableError(self.name, say("read-broken", at=at, error=error.msg)) from error
        if not self._read():
            raise UnreadableError(self.name, say("read-breaks-off-at", at=at, error=error.msg)) from error

    def _read(self, begin: int | None = None) -> bool:
        """Read on, and forget what stands before; False at the end of the file."""
        part = self.stream.read(READ_BYTES)
        pulse()
        self.at = self.at if begin is None else begin
        self.before += self.at
        self.held, self.at = self.held[self.at :] + self.decoder.decode(part, final=not part), 0
        return bool(part)


Found = tuple[str, bool, Any]
"""Where a value stands, whether it is one of a list, or of the values of the whole file, and the value."""


def values_in(stream: Stream, name: str, *, whole: bool = False) -> Iterator[Found]:
    """Yield what stands in a JSON file: records by the list that they stand in, and other members.

    `whole` says that the file is one record. Raises UnreadableError where it is broken, or breaks off.
    """
    text = _Text.of(stream, name)
    begin = text.next()
    if begin == "[":
        yield from _list(text, "")
    elif begin != "{":
        text.fail()
    elif whole or _in_sequence(text):
        while text.next() == "{" or text.next() == "[":
            yield "", True, text.value()
        if text.next():
            text.fail()
    else:
        yield from _members(text, "", 0)
        if text.next() == "{":
            text.fail()


def _in_sequence(text: _Text) -> bool:
    value, more = text.alone()
    return more or text.held[: text.at].count("\x1e") > 0 or (value is not None and _is_record(value))


def _is_record(value: Any) -> bool:
    return isinstance(value, dict) and (value.get("type") == "Feature" or "attributes" in value)


def _list(text: _Text, path: str) -> Iterator[Found]:
    text.at += 1
    while (begin := text.next()) != "]":
        if not begin:
            _breaks_off(text)
        yield path, True, text.value()
    text.at += 1


def _members(text: _Text, path: str, depth: int) -> Iterator[Found]:
    text.at += 1
    while (begin := text.next()) != "}":
        if not begin:
            _breaks_off(text)
        key = text.key()
        place, begin = f"{path}/{key}" if path else key, text.next()
        if begin == "[":
            yield from _list(text, place)
        elif begin == "{" and depth < _OPEN_DEPTH and key not in _WHOLE:
            yield from _members(text, place, depth + 1)
        else:
            yield place, False, text.value()
    text.at += 1


def _breaks_off(text: _Text) -> NoReturn:
    at = text.before + text.at
    raise UnreadableError(text.name, say("read-breaks-off-at", at=at, error=say("read-end-of-file")))


# Records as columns: nested fields with a stroke between the names, lists of texts in one, geometries apart.

_NESTED: Final = 4
_KOBO_PLACE: Final = "_geolocation"
_OF_FEATURE: Final = frozenset(("type", "id", "properties", "geometry", "bbox"))
Values = dict[str, str]


def records_in(found: Iterator[Found]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield path, layer and record; a collection among the records is opened."""
    for path, one, value in found:
        if not one or not isinstance(value, dict):
            continue
        inside = value.get("features")
        if isinstance(inside, list) and "geometry" not in value:
            layer = _layer_name(value)
            yield from ((path, layer, record) for record in inside if isinstance(record, dict))
        else:
            yield path, "", value


def _layer_name(collection: Mapping[str, Any]) -> str:
    options = collection.get("_umap_options") or collection.get("_storage")
    name = options.get("name") if isinstance(options, dict) else None
    name = name or collection.get("name") or collection.get("title") or ""
    return name if isinstance(name, str) else ""


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
    values: Values = {}
    if is_feature(record):
        inside = record.get("properties", record.get("attributes"))
        inside = inside if isinstance(inside, dict) else {}
        if record.get("id") is not None and "id" not in inside:
            values["id"] = text_of(record["id"])
        _flatten(inside, "", 0, values)
        return values, record.get("geometry")
    geometry = next((value for value in record.values() if is_geometry(value)), None)
    at = record.get(_KOBO_PLACE)
    if geometry is None and isinstance(at, list) and len(at) == 2:  # noqa: PLR2004  # latitude and longitude
        geometry = (
            {"type": "Point", "coordinates": at[::-1]} if None not in at else {"type": "Point", "coordinates": []}
        )
        record = {name: value for name, value in record.items() if name != _KOBO_PLACE}
    _flatten({name: value for name, value in record.items() if value is not geometry}, "", 0, values)
    return values, geometry


def _flatten(record: Mapping[str, Any], before: str, depth: int, into: Values) -> None:
    for name, value in record.items():
        if isinstance(value, dict) and value and depth < _NESTED:
            _flatten(value, f"{before}{name}/", depth + 1, into)
        else:
            into[before + name] = text_of(value)


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


def _esri_crs(reference: object, name: str) -> str | None:
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


# A JSON file as a table.


@dataclass(slots=True)
class _List:
    """What is known of the records of a list."""

    rows: int = 0
    columns: dict[str, None] = field(default_factory=dict)
    placed: bool = False
    layers: bool = False
    features: bool = False
    reference: object = None


def open_json(source: Source, asked: Asked) -> Rows:
    """Open a JSON file; goes through it once, to know its lists, all columns and that it is whole.

    Raises UnreadableError where it is broken, has no records, or several lists of them and none is named, which it
    names.
    """
    members, lists = _looked_through(source, whole=False)
    whole = not any(one.columns or one.placed for one in lists.values()) and _one_record(members, lists)
    if whole:
        members, lists = _looked_through(source, whole=True)
    paths = _chosen({path: one for path, one in lists.items() if one.rows}, asked.tables, source.name)
    opened = [(path, _opened(source, path, lists[path], members, whole=whole)) for path in paths]
    rows = together(source.name, opened, column=say("column-of-layer"))
    several = [path for path, one in lists.items() if one.rows and one.columns and path]
    return (
        rows.noted(say("note-rows-of", list=list_words([repr(path) for path in paths]))) if len(several) > 1 else rows
    )


def _one_record(members: Mapping[str, object], lists: Mapping[str, _List]) -> bool:
    return bool(members) and not any(one.rows for one in lists.values()) and not {"features", "type"} & members.keys()


def _looked_through(source: Source, *, whole: bool) -> tuple[dict[str, object], dict[str, _List]]:
    members: dict[str, object] = {}
    lists: dict[str, _List] = {}
    with source.opened() as (stream, _):

        def seen() -> Iterator[Found]:
            for path, one, value in values_in(stream, source.name, whole=whole):
                if not one and len(members) < COLUMNS:
                    members[path] = value if path.rsplit("/", 1)[-1] in _WHOLE else None
                elif one and len(lists) < COLUMNS:
                    lists.setdefault(path, _List())
                yield path, one, value

        for path, layer, record in records_in(seen()):
            if path in lists:
                _take(lists[path], layer, record, source.name)
    return members, lists


def _take(known: _List, layer: str, record: Mapping[str, Any], name: str) -> None:
    values, geometry = columns_of(record)
    known.rows += 1
    known.columns.update(dict.fromkeys(values))
    known.layers = known.layers or bool(layer)
    known.features = known.features or is_feature(record)
    known.placed = known.placed or known.features or isinstance(geometry, dict)
    if known.reference is None and isinstance(geometry, dict):
        known.reference = geometry.get("spatialReference")
    if len(known.columns) > COLUMNS:
        raise UnreadableError(name, say("read-too-many-properties", most=COLUMNS))


def _chosen(lists: Mapping[str, _List], wanted: tuple[str, ...], name: str) -> Sequence[str]:
    filled = {path: one for path, one in lists.items() if one.columns or one.placed}
    if not filled:
        raise UnreadableError(name, say("read-no-records"))
    features = [path for path, one in filled.items() if one.features]
    paths = [*filled]
    if wanted and all(path in filled for path in wanted):
        return [*dict.fromkeys(wanted)]
    counts = named_rows([(path, one.rows) for path, one in filled.items()])
    if wanted:
        missing = list_words([repr(path) for path in wanted if path not in filled])
        raise UnreadableError(name, say("read-no-such-table", table=missing, tables=counts), paths)
    if len(paths) > 1 and len(features) != 1:
        raise UnreadableError(name, say("read-several-tables", count=len(paths), tables=counts), paths)
    return paths if len(paths) == 1 else features


def _opened(source: Source, path: str, known: _List, members: Mapping[str, object], *, whole: bool) -> Rows:
    above = path.rpartition("/")[0]
    named = members.get(f"{above}/crs" if above else "crs", members.get("crs"))
    reference = members.get(f"{above}/spatialReference" if above else "spatialReference") or known.reference
    crs = crs_named(named, source.name) or _esri_crs(reference, source.name)
    transformer = to_wgs84(crs, source.name) if known.placed else None
    layer = (say("column-of-layer"),) if known.layers else ()
    names = [*known.columns, *layer]
    if known.placed:
        header, notes, point = placed_header(names)
    else:
        (header, notes), point = column_names(names), None
    if transformer is not None:
        notes = (say("note-crs", crs=crs or ""), *notes)
    file = _JsonFile(source, path, tuple(known.columns), header, known.layers, known.placed, transformer, whole)
    return rows_of_blocks(source, header, notes, file.blocks, point)


@dataclass(frozen=True, slots=True)
class _JsonFile:
    source: Source
    path: str
    columns: tuple[str, ...]
    header: tuple[str, ...]
    layers: bool
    placed: bool
    transformer: pyproj.Transformer | None
    whole: bool

    def blocks(self, block_rows: int) -> Iterator[Block]:
        with self.source.opened() as (stream, consumed):
            found = values_in(stream, self.source.name, whole=self.whole)
            rows = (self._row(layer, record) for path, layer, record in records_in(found) if path == self.path)
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
