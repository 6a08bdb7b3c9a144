"""KML 2.2: a folder per category, places no more exact than known, all text as text."""

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from geo.export.formats import Contents, ExportFormat
from geo.export.manifest import SELECTION
from geo.incident.errors import TooManyError
from geo.incident.record import Incident
from geo.incident.vocabulary import Category, to_show
from geo.language.formatting import capitalised
from geo.language.messages import say
from geo.selection.filters import Filters
from geo.sentences import actors, how_known, when, where
from geo.symbology.symbols import AREA_ALPHA, KML_LINE_PX, LIGHT
from geo.table.incident_table import IncidentTable

_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOST: Final = 2_000
"""What programs that read KML still show."""


def write_kml(parts: Iterable[Contents], path: Path) -> None:
    """Write a document whose description is the manifest; a Placemark per incident holds its row as ExtendedData.

    Programs that read KML take descriptions for HTML, so text from the record is escaped in them, and a balloon shows
    nothing else.
    """
    (contents,) = parts  # few enough that the table gathers them whole
    root = ET.Element("kml", {"xmlns": "http://www.opengis.net/kml/2.2"})
    document = _add(root, "Document")
    _add(document, "name", dict(contents.about)[SELECTION])
    _add(document, "description", _paragraphs(f"{name}: {line}" for name, line in contents.about))
    found = {(incident.category, incident.imported) for incident in contents.incidents}
    kinds = [(category, False) for category in to_show(Category, {category for category, _ in found})]
    kinds += [(category, True) for category in Category if (category, True) in found]
    for category, imported in kinds:
        _add_style(document, category, imported=imported)
    folders = {kind: _add(document, "Folder") for kind in kinds}
    for (category, imported), folder in folders.items():
        kind = category.incidents
        _add(folder, "name", capitalised(say("kind-imported", kind=kind) if imported else kind))
    for incident, row, ground in zip(contents.incidents, contents.rows.to_pylist(), contents.grounds, strict=True):
        _add_placemark(folders[incident.category, incident.imported], incident, row, ground)
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    """Add an element; characters that XML cannot hold are replaced."""
    element = ET.SubElement(parent, tag, attributes)
    if text is not None:
        element.text = _NO_XML.sub("\ufffd", text)
    return element


def _paragraphs(lines: Iterable[str]) -> str:
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines)


def _style_of(category: Category, *, imported: bool) -> str:
    return f"{category}-imported" if imported else str(category)


def _add_style(document: ET.Element, category: Category, *, imported: bool) -> None:
    """Add the style of a category; the edge of an area is dark where it is of imported incidents."""
    colour = LIGHT.of(category)
    style = _add(document, "Style", id=_style_of(category, imported=imported))
    _add(_add(style, "IconStyle"), "color", _abgr(colour))
    line = _add(style, "LineStyle")
    _add(line, "color", _abgr(LIGHT.text if imported else colour))
    _add(line, "width", f"{KML_LINE_PX}")
    _add(_add(style, "PolyStyle"), "color", _abgr(colour, AREA_ALPHA))
    _add(_add(style, "BalloonStyle"), "text", "$[description]")


def _abgr(colour: str, alpha: int = 255) -> str:
    """Return a hexadecimal colour as KML writes it."""
    red, green, blue = (colour[at : at + 2].lower() for at in (1, 3, 5))
    return f"{alpha:02x}{blue}{green}{red}"


def _add_placemark(folder: ET.Element, incident: Incident, row: dict[str, Any], ground: BaseGeometry | None) -> None:
    placemark = _add(folder, "Placemark", id=incident.id)
    _add(placemark, "name", incident.title)
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
    _add(placemark, "styleUrl", f"#{_style_of(incident.category, imported=incident.imported)}")
    values = _add(placemark, "ExtendedData")
    for name, value in row.items():
        if value is not None:
            _add(_add(values, "Data", name=name), "value", str(value))
    if ground is not None:
        _add_geometry(placemark, ground)


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
