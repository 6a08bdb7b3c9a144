"""KML 2.2: one folder per category, geometries no more precise than known, all text escaped."""

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import shapely
from shapely.geometry.base import BaseGeometry

from geo.export.columns import ALIASES, INCIDENT_SCHEMA
from geo.export.formats import Contents, ExportFormat
from geo.export.manifest import SELECTION
from geo.incident.errors import TooManyError
from geo.incident.record import Incident
from geo.incident.vocabulary import Category, Status, to_show
from geo.language.messages import capitalised, say
from geo.selection import Filters
from geo.sentences import actors, how_known, when, where
from geo.symbology.symbols import AREA_ALPHA, HOLLOW, KML_HOLLOW_ALPHA, KML_LINE_PX, LIGHT
from geo.table.incident_table import IncidentTable

_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SCHEMA: Final = "incident-columns"
_TYPES: Final = {
    pa.string(): "string",
    pa.date32(): "string",  # KML has no date type
    pa.int64(): "int",
    pa.int32(): "int",
    pa.float64(): "double",
    pa.bool_(): "bool",
}
_LABEL_SCALE: Final = "0.8"
_MOST: Final = 2_000
"""The most that KML programs display."""


def write_kml(parts: Iterable[Contents], path: Path) -> None:
    """Write a document described by the manifest, with one Placemark per incident and its row as ExtendedData.

    Programs interpret descriptions as HTML, so text from the record is escaped in them, and balloons show nothing else.
    """
    (contents,) = parts  # few enough to be gathered as one part
    root = ET.Element("kml", {"xmlns": "http://www.opengis.net/kml/2.2"})
    document = _add(root, "Document", id="incidents")
    _add(document, "name", dict(contents.about)[SELECTION])
    _add(document, "description", _paragraphs(f"{name}: {line}" for name, line in contents.about))
    found = {(incident.category, incident.imported) for incident in contents.incidents}
    kinds = [(category, False) for category in to_show(Category, {category for category, _ in found})]
    kinds += [(category, True) for category in Category if (category, True) in found]
    for category, imported in kinds:
        for status in (None, *HOLLOW):
            _add_style(document, category, status, imported=imported)
    _add_schema(document)
    folders = {kind: _add(document, "Folder") for kind in kinds}
    for (category, imported), folder in folders.items():
        kind = category.incidents
        _add(folder, "name", capitalised(say("kind-imported", kind=kind) if imported else kind))
    for incident, row, ground in zip(contents.incidents, contents.rows.to_pylist(), contents.grounds, strict=True):
        _add_placemark(folders[incident.category, incident.imported], incident, row, ground)
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    """Add an element; characters not allowed in XML are replaced."""
    element = ET.SubElement(parent, tag, attributes)
    if text is not None:
        element.text = _NO_XML.sub("\ufffd", text)
    return element


def _paragraphs(lines: Iterable[str]) -> str:
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines)


def _style_of(category: Category, status: Status | None, *, imported: bool) -> str:
    return "-".join([category, *([status] if status in HOLLOW else []), *(["imported"] if imported else [])])


def _add_style(document: ET.Element, category: Category, status: Status | None, *, imported: bool) -> None:
    """Add the style of a category; areas of imported incidents have a dark edge.

    Incidents drawn hollow elsewhere have no fill, and a translucent pin: programs draw their own pins, which a file
    without images can only colour.
    """
    colour = LIGHT.of(category)
    style = _add(document, "Style", id=_style_of(category, status, imported=imported))
    _add(_add(style, "IconStyle"), "color", _abgr(colour, KML_HOLLOW_ALPHA if status else 255))
    _add(_add(style, "LabelStyle"), "scale", _LABEL_SCALE)
    line = _add(style, "LineStyle")
    _add(line, "color", _abgr(LIGHT.text if imported else colour))
    _add(line, "width", f"{KML_LINE_PX}")
    ground = _add(style, "PolyStyle")
    _add(ground, "color", _abgr(colour, AREA_ALPHA))
    if status:
        _add(ground, "fill", "0")
    _add(_add(style, "BalloonStyle"), "text", "$[description]")


def _add_schema(document: ET.Element) -> None:
    """Declare the type and display name of each column."""
    schema = _add(document, "Schema", id=_SCHEMA, name="incidents")
    for field in INCIDENT_SCHEMA:
        column = _add(schema, "SimpleField", type=_TYPES[field.type], name=field.name)
        _add(column, "displayName", ALIASES[field.name])


def xml_id(name: str) -> str:
    """Return a valid XML id, beginning with a letter; different names get different ids.

    >>> xml_id("2025-10-11-kunar-clash"), xml_id("acled:AFG 1")
    ('incident-2025-10-11-kunar-clash', 'incident-acled_3a_AFG_20_1')
    """
    return f"incident-{re.sub('[^A-Za-z0-9.-]', lambda found: f'_{ord(found[0]):x}_', name)}"


def _abgr(colour: str, alpha: int = 255) -> str:
    """Convert a hexadecimal colour to KML notation."""
    red, green, blue = (colour[at : at + 2].lower() for at in (1, 3, 5))
    return f"{alpha:02x}{blue}{green}{red}"


def _add_placemark(folder: ET.Element, incident: Incident, row: dict[str, Any], ground: BaseGeometry | None) -> None:
    placemark = _add(folder, "Placemark", id=xml_id(incident.id))
    _add(placemark, "name", incident.title)
    _add(placemark, "Snippet", f"{when(incident)} · {where(incident)}", maxLines="1")
    lines = (
        f"{when(incident)} · {where(incident)} · {incident.status.label}",
        how_known(incident),
        incident.summary,
        say("card-took-part", actors=actors(incident)),
        say("kml-claims", claims=row["claims_in_words"]),
        say("kml-sources", sources=row["source_urls"]),
    )
    _add(placemark, "description", f"<p><b>{html.escape(incident.title)}</b></p>{_paragraphs(lines)}")
    span = _add(placemark, "TimeSpan")
    _add(span, "begin", incident.date_start.isoformat())
    if incident.date_end is not None:
        _add(span, "end", incident.date_end.isoformat())
    _add(placemark, "styleUrl", f"#{_style_of(incident.category, incident.status, imported=incident.imported)}")
    values = _add(_add(placemark, "ExtendedData"), "SchemaData", schemaUrl=f"#{_SCHEMA}")
    for name, value in row.items():
        if value is not None:
            _add(values, "SimpleData", _written(value), name=name)
    if ground is not None:
        _add_geometry(placemark, ground)


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _add_geometry(parent: ET.Element, shape: BaseGeometry) -> None:
    if isinstance(shape, shapely.Polygon):
        polygon = _add(parent, "Polygon")
        for tag, ring in (
            ("outerBoundaryIs", shape.exterior),
            *(("innerBoundaryIs", hole) for hole in shape.interiors),
        ):
            _add(_add(_add(polygon, tag), "LinearRing"), "coordinates", _coordinates(ring))
    elif isinstance(shape, (shapely.Point, shapely.LineString)):
        _add(_add(parent, shape.geom_type), "coordinates", _coordinates(shape))
    else:
        together = _add(parent, "MultiGeometry")
        for part in shapely.get_parts(shape):
            _add_geometry(together, part)


def _coordinates(shape: BaseGeometry) -> str:
    return " ".join(f"{round(lon, 6)},{round(lat, 6)}" for lon, lat in shapely.get_coordinates(shape))


def _check_count(filters: Filters, table: IncidentTable) -> None:
    count = table.count(filters)
    if count > _MOST:
        raise TooManyError(count, _MOST, say("kml-too-many"))


FORMAT: Final = ExportFormat(
    ending="kml",
    label="KML",
    media_type="application/vnd.google-earth.kml+xml",
    rank=6,
    write=write_kml,
    most=_MOST,
    check=_check_count,
)
