"""GeoJSON read feature by feature: properties and points as columns, numbers as they are written."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from geo.imports.block import Block, Rows
from geo.imports.errors import UnreadableError
from geo.imports.headers import column_names
from geo.imports.opening.blocks import Unread, blocks_of_rows, rows_of_blocks
from geo.imports.opening.features import features
from geo.imports.opening.limits import COLUMNS
from geo.imports.opening.source import Source
from geo.wording import list_words

_POINT: Final = "Point"
_PLACE: Final = ("longitude", "latitude")


def open_geojson(source: Source) -> Rows:
    """Open a FeatureCollection in WGS84; goes through it once, to know all columns and that it is whole.

    Raises UnreadableError where it is broken, is JSON of another kind, or has other shapes than points only.
    """
    properties: dict[str, None] = {}
    kinds: set[str] = set()
    with source.opened() as (stream, _):
        for feature in features(stream, source.name):
            properties.update(dict.fromkeys(_properties(feature)))
            kinds.add(_kind(feature))
            if len(properties) > COLUMNS:
                raise UnreadableError(source.name, f"its features have more than {COLUMNS:,} different properties")
    placed = set(_PLACE) <= {name.strip().lower() for name in properties}
    shapes = sorted(kinds - {"", _POINT})
    if shapes and _POINT not in kinds and not placed:
        raise UnreadableError(source.name, f"its features are {list_words(shapes)}, not points; incidents need points")
    if not properties and _POINT not in kinds:
        raise UnreadableError(source.name, "it has no features with properties or points")
    header, notes = column_names([*properties, *(() if placed else _PLACE)])
    file = _GeoJsonFile(source, tuple(properties), header, placed)
    return rows_of_blocks(source, header, notes, file.blocks)


@dataclass(frozen=True, slots=True)
class _GeoJsonFile:
    source: Source
    properties: tuple[str, ...]
    header: tuple[str, ...]
    placed: bool
    """Whether the properties say where a feature is."""

    def blocks(self, block_rows: int) -> Iterator[Block]:
        with self.source.opened() as (stream, consumed):
            rows = (self._row(feature) for feature in features(stream, self.source.name))
            yield from blocks_of_rows(rows, self.header, block_rows, consumed)

    def _row(self, feature: Mapping[str, Any]) -> tuple[str, ...] | Unread:
        given = _properties(feature)
        values = tuple(_text(given.get(name)) for name in self.properties)
        if self.placed:
            return values
        kind = _kind(feature)
        if kind not in {"", _POINT}:
            return Unread(_json(feature), f"its geometry is a {kind}, not a point")
        return (*values, *(_point(feature) if kind else ("", "")))


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    given = feature.get("properties")
    given = given if isinstance(given, dict) else {}
    return given if "id" in given or feature.get("id") is None else {"id": feature["id"], **given}


def _kind(feature: Mapping[str, Any]) -> str:
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    return kind[:30] if isinstance(kind, str) else ""


def _point(feature: Mapping[str, Any]) -> tuple[str, str]:
    position = feature["geometry"].get("coordinates")
    if not isinstance(position, list) or len(position) < len(_PLACE):
        return "", ""
    return _text(position[0]), _text(position[1])


def _text(value: Any) -> str:
    """Write a value as text: nothing as "", texts and numbers as they stand, lists and objects as JSON.

    >>> _text(None), _text(True), _text("33.10"), _text(["a"])
    ('', 'true', '33.10', '["a"]')
    """
    if value is None:
        return ""
    return value if isinstance(value, str) else _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode()
