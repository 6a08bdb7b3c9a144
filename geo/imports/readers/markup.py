"""KML and GPX, read placemark by placemark from streamed XML: no element tree is built, and nothing is fetched."""

import html
import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar
from xml.parsers import expat

from geo.imports.blocks import Rows
from geo.imports.fields.days import read_dates
from geo.imports.readers.source import ARCHIVE_MEMBERS, DEEPEST, FEATURE_CHARACTERS, Source, Stream, parsed
from geo.imports.readers.typed import Known, Record, rows_of_records
from geo.incident.errors import UnreadableError
from geo.language.messages import say

# Handling elements as they are parsed, each with its text; what is not needed is dropped at once.

_TAG: Final = re.compile(r"<br\s*/?>|</p>|</div>|</tr>|</li>", re.IGNORECASE)
_MARKS: Final = re.compile(r"<[^<>]{0,2000}>")
_SPACES: Final = re.compile(r"[ \t\xa0]+")


def elements(stream: Stream, name: str, into: "Places") -> Iterator[Record]:
    """Read a file to its end, and yield the records found.

    Raises UnreadableError if it is broken, truncated, or defines entities.
    """
    try:
        for _ in parsed(stream, into):
            yield from into.found
            into.found.clear()
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UnreadableError(name, say("read-damaged-xml", format=into.format)) from error
    yield from into.found


@dataclass(slots=True)
class Places:
    """Collects the places of a file from its elements."""

    complete: bool = False
    format: str = ""
    found: list[Record] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    """Names of the open elements, without namespaces."""
    held: list[str] = field(default_factory=list)
    size: int = 0
    record: dict[str, str] | None = None
    """Fields of the open place."""
    positions: list[list[Any]] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Handle the start of an element."""
        bare = name.rpartition("}")[2]
        self.path.append(bare)
        if len(self.path) > DEEPEST:
            raise ValueError(bare)
        self.held.clear()
        self.begun(bare, attributes)

    def text(self, text: str) -> None:
        """Handle part of an element's text."""
        self.size += len(text)
        if self.size > FEATURE_CHARACTERS:
            raise ValueError(self.size)
        self.held.append(text)

    def end(self, name: str) -> None:
        """Handle the end of an element."""
        bare = name.rpartition("}")[2]
        self.ended(bare, "".join(self.held).strip())
        self.path.pop()
        self.held.clear()
        if self.record is None:
            self.size = 0

    def begun(self, name: str, attributes: Mapping[str, str]) -> None:
        """Process the start of an element, in subclasses."""

    def ended(self, name: str, text: str) -> None:
        """Process the end of an element, in subclasses."""

    def put(self, name: str, text: str) -> None:
        """Set a field of the open place; a second value for the same name is appended."""
        if self.record is not None and name and text:
            before = self.record.get(name)
            self.record[name] = text if before in {None, text} else f"{before}; {text}"

    def close(self, layer: str) -> None:
        """Complete the open place."""
        if self.record is None:
            return
        kind = self.kinds[0] if len(self.kinds) == 1 else "MultiPoint"
        geometry: dict[str, Any] | None = None
        if self.positions:
            coordinates: Any = self.positions
            if kind == "Point" and len(self.positions) == 1:
                coordinates = self.positions[0]
            elif kind == "Polygon":
                coordinates = [self.positions]
            geometry = {"type": kind, "coordinates": coordinates}
        self.found.append((layer, {"type": "Feature", "properties": self.record, "geometry": geometry}))
        self.record, self.positions, self.kinds, self.size = None, [], [], 0


def plain_text(text: str) -> str:
    r"""Convert an HTML description to plain text, keeping line breaks.

    >>> plain_text("<b>Two</b> killed<br>in Khost &amp; Paktia")
    'Two killed\nin Khost & Paktia'
    """
    if "<" in text or "&" in text:
        text = html.unescape(_MARKS.sub("", _TAG.sub("\n", text)))
    return "\n".join(filter(None, (_SPACES.sub(" ", line).strip() for line in text.splitlines())))


# KML.

_KML_FIELDS: Final = {"name": "name", "description": "description", "address": "address", "phoneNumber": "phone"}
_KML_TIMES: Final = {"when": "timestamp", "begin": "begin", "end": "end"}
_LINKS: Final = frozenset(("Link", "Url"))
_KML_SHAPES: Final = frozenset(("Point", "LineString", "LinearRing", "Polygon", "Track"))


@dataclass(slots=True)
class _Kml(Places):
    format: str = "KML"
    folders: list[str] = field(default_factory=list)
    """Names of the open folders."""
    data: str = ""
    """Name of the open data element."""
    inner: bool = False
    """Whether the boundary of a hole is open."""
    links: dict[str, None] = field(default_factory=dict)
    """Addresses of linked files."""
    link: str = ""
    """Address of the open link."""
    spans: bool = False
    """Whether any placemark has a time span; those with only a time stamp then get it as a span as well."""
    stamped: int = 0
    """Number of placemarks with a stamp within their span, which are dated by the stamp."""
    contradicted: int = 0
    """Number of placemarks with a stamp outside their span, which are dated by the span."""

    def begun(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Placemark":
            self.record = {}
        elif name == "Folder":
            self.folders.append("")
        elif name in {"Data", "SimpleData"}:
            self.data = attributes.get("name", "")
        elif name == "innerBoundaryIs":
            self.inner = True
        elif name == "NetworkLink":
            self.link = ""
        elif (
            name in _KML_SHAPES
            and self.record is not None
            and not (name == "LinearRing" and "Polygon" in self.kinds[-1:])
        ):
            self.kinds.append("LineString" if name in {"LinearRing", "Track"} else name)

    def ended(self, name: str, text: str) -> None:
        above = self.path[-2] if len(self.path) > 1 else ""
        if name == "Placemark":
            self._date()
            self.close(next((folder for folder in reversed(self.folders) if folder), ""))
        elif name == "Folder":
            self.folders.pop()
        elif name == "name" and above == "Folder":
            self.folders[-1] = text
        elif name == "innerBoundaryIs":
            self.inner = False
        elif name == "href" and above in _LINKS:
            self.link = text
        elif name == "NetworkLink" and len(self.links) < ARCHIVE_MEMBERS:
            self.links[self.link] = None
        elif self.record is not None and not self.inner:
            self._field(name, above, text)

    def _date(self) -> None:
        """Reconcile a placemark's time stamp and time span."""
        if self.record is None:
            return
        stamp, begin, end = (self.record.get(name, "") for name in ("timestamp", "begin", "end"))
        within = not (begin or end) or _is_within(stamp, begin, end)
        if (begin or end) and stamp:
            self.stamped, self.contradicted = self.stamped + within, self.contradicted + (not within)
        self.spans = self.spans or bool(begin or end)
        if stamp and within and self.spans:
            self.record |= {"begin": stamp, "end": stamp}

    def _field(self, name: str, above: str, text: str) -> None:
        """Handle an element within a placemark."""
        if name in _KML_FIELDS and above == "Placemark":
            self.put(_KML_FIELDS[name], plain_text(text) if name == "description" else text)
        elif name in _KML_TIMES and above in {"TimeStamp", "TimeSpan"}:
            self.put(_KML_TIMES[name], text)
        elif name == "SimpleData" or (name == "value" and above == "Data"):
            self.put(self.data, text)
        elif above == "ExtendedData":  # fields in a custom namespace
            self.put(name, text)
        elif name == "coordinates":
            self.positions += [part.split(",") for part in text.split() if "," in part]
        elif name == "coord":
            self.positions.append(text.split())


def open_kml(source: Source, read: Container[str] = ()) -> Rows:
    """Open a KML file, with the placemarks of all its folders; linked files are not fetched, but noted.

    `read` are the addresses of linked files that are read as well, and need no note.
    """
    known, places = _seen(source, _Kml())
    elsewhere = any(link not in read for link in places.links)
    if not known.rows:
        raise UnreadableError(source.name, say("read-kml-elsewhere" if elsewhere else "read-kml-empty"))
    rows = rows_of_records(source, _reading(source, lambda: _Kml(spans=places.spans)), known, None)
    notes = [say("note-kml-elsewhere")] if elsewhere else []
    notes += [say("note-kml-stamped", count=places.stamped)] if places.stamped else []
    notes += [say("note-kml-contradicted", count=places.contradicted)] if places.contradicted else []
    return rows.noted(*notes)


def _is_within(stamp: str, begin: str, end: str) -> bool:
    """Return whether a time stamp is within a time span, of which one end may be open."""
    stamped, *ends = (read_dates(text).value if text else None for text in (stamp, begin, end))
    if stamped is None or any(text and day is None for text, day in zip((begin, end), ends, strict=True)):
        return False
    first, last = ends
    return (first is None or first.first <= stamped.first) and (last is None or stamped.last <= last.last)


def kml_links(source: Source) -> tuple[int, tuple[str, ...]]:
    """Return the number of placemarks in a KML file, and the addresses of the files it links to."""
    known, places = _seen(source, _Kml())
    return known.rows, tuple(places.links)


# GPX.


@dataclass(slots=True)
class _Gpx(Places):
    format: str = "GPX"
    linked: bool = False
    """Whether there are tracks or routes."""

    def begun(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "wpt":
            self.record = {}
            self.kinds.append("Point")
            self.positions.append([attributes.get("lon"), attributes.get("lat")])
        elif name in {"trk", "rte"}:
            self.linked = True
        elif name == "link" and self.record is not None:
            self.put("link", attributes.get("href", ""))

    def ended(self, name: str, text: str) -> None:
        if name == "wpt":
            self.close("")
        elif self.record is not None and self.path[-2] == "wpt" and name not in {"link", "extensions"}:
            self.put(name, plain_text(text))
        elif "extensions" in self.path and text:
            self.put(name, text)


def open_gpx(source: Source) -> Rows:
    """Open the waypoints of a GPX file; tracks and routes are not incidents, and are only noted."""
    known, places = _seen(source, _Gpx())
    if not known.rows:
        raise UnreadableError(source.name, say("read-gpx-elsewhere" if places.linked else "read-gpx-empty"))
    rows = rows_of_records(source, _reading(source, _Gpx), known, None)
    return rows.noted(say("note-gpx-elsewhere")) if places.linked else rows


# Both formats.


P = TypeVar("P", _Kml, _Gpx)


def _seen(source: Source, places: P) -> tuple[Known, P]:
    """Scan a file once for its columns and contents."""
    known = Known()
    with source.opened() as (stream, _):
        for layer, record in elements(stream, source.name, places):
            known.take(layer, record, source.name)
    return known, places


def _reading(source: Source, kind: Callable[[], Places]) -> Callable[[Stream], Iterator[Record]]:
    def read(stream: Stream) -> Iterator[Record]:
        yield from elements(stream, source.name, kind())

    return read
