"""GeoJSON read feature by feature, without holding the file: properties and points as columns."""

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from geo.apart import pulse
from geo.imports.blocks import Block, Rows
from geo.imports.readers.dialect import UTF_8, encoding_of
from geo.imports.readers.source import COLUMNS, FEATURE_CHARACTERS, HEAD_BYTES, READ_BYTES, Source, Stream, read_up_to
from geo.imports.readers.typed import Unread, blocks_of_rows, rows_of_blocks
from geo.imports.recognition import column_names
from geo.incident.errors import UnreadableError
from geo.language.formatting import list_words
from geo.language.messages import say

# The features of a GeoJSON file, one after the other, without holding the file.

_FEATURES: Final = re.compile(r'"features"\s*:\s*\[')
_BETWEEN: Final = re.compile(r"[\s,]*")
_CRS: Final = re.compile(r'"crs"\s*:\s*\{.{0,200}?"name"\s*:\s*"([^"]{1,100})"', re.DOTALL)
_WGS84: Final = ("CRS84", ":4326", "WGS84")
_DEEP: Final = 200
"""Lists and objects of a feature from which on it is seen whether they nest too deep to be written."""
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")
_DECODER: Final = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)


def features(stream: Stream, name: str) -> Iterator[Mapping[str, Any]]:
    """Yield the features of a FeatureCollection, their numbers as texts.

    Raises UnreadableError where the file is not one, is not in WGS84, is broken, or breaks off.
    """
    text = _Text.of(stream, name)
    found = _FEATURES.search(text.held)
    if found is None:
        raise UnreadableError(name, say("read-no-geojson"))
    crs = _CRS.search(text.held, 0, found.start())
    if crs and not crs[1].upper().endswith(_WGS84):
        raise UnreadableError(name, say("read-not-wgs84", crs=crs[1]))
    text.at = found.end()
    while (feature := text.feature()) is not None:
        yield feature


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

    def feature(self) -> Mapping[str, Any] | None:
        """Read the next feature; None at the end of the list."""
        while True:
            self.at = _BETWEEN.match(self.held, self.at).end()  # type: ignore[union-attr]
            if self.held.startswith("]", self.at):
                return None
            begin = self.at
            try:
                value, self.at = _DECODER.raw_decode(self.held, begin)
            except json.JSONDecodeError as error:
                self._more(error)
            except RecursionError as error:
                raise UnreadableError(self.name, say("read-too-deep", at=self.before + self.at)) from error
            else:
                if not isinstance(value, dict):
                    raise UnreadableError(self.name, say("read-no-feature", at=self.before + self.at))
                return self._sound(value, begin)

    def _sound(self, feature: dict[str, Any], begin: int) -> Mapping[str, Any]:
        """Return a feature whose texts are text, and which can be written again; half a character is none."""
        try:
            if not _HALF.search(self.held, begin, self.at):
                if sum(self.held.count(sign, begin, self.at) for sign in "[{") > _DEEP:
                    json.dumps(feature)
                return feature
            written = json.dumps(feature, ensure_ascii=False).encode("utf-8", "replace").decode()
            whole: dict[str, Any] = _DECODER.decode(written)
        except RecursionError as error:
            raise UnreadableError(self.name, say("read-too-deep", at=self.before + begin)) from error
        return whole

    def _more(self, error: json.JSONDecodeError) -> None:
        """Read on, because a feature may end in what comes; what cannot be one is an error."""
        at = self.before + error.pos
        if len(self.held) - self.at > FEATURE_CHARACTERS:
            raise UnreadableError(self.name, say("read-broken", at=at, error=error.msg)) from error
        part = self.stream.read(READ_BYTES)
        pulse()
        if not part:
            raise UnreadableError(self.name, say("read-breaks-off-at", at=at, error=error.msg)) from error
        self.before += self.at
        self.held, self.at = self.held[self.at :] + self.decoder.decode(part), 0


# GeoJSON read feature by feature: properties and points as columns, numbers as they are written.

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
                raise UnreadableError(source.name, say("read-too-many-properties", most=COLUMNS))
    placed = set(_PLACE) <= {name.strip().lower() for name in properties}
    shapes = sorted(kinds - {"", _POINT})
    if shapes and _POINT not in kinds and not placed:
        raise UnreadableError(source.name, say("read-no-points", shapes=list_words(shapes)))
    if not properties and _POINT not in kinds:
        raise UnreadableError(source.name, say("read-no-features"))
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
            return Unread(_json(feature), say("reject-no-point", shape=kind))
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
    return json.dumps(value, ensure_ascii=False)
