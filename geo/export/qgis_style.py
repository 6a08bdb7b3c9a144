"""Styles for QGIS 3 (QML), so that an exported GeoPackage looks there as incidents and ground look here."""

import math
import xml.etree.ElementTree as ET
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from geo.symbols import LIGHT, SHAPES
from geo.vocabulary import Category, to_show

_MM_PER_PX: Final = 25.4 / 96
_MARKER: Final = {
    Category.CROSSING: "diamond",
    Category.STRIKE: "equilateral_triangle",
    Category.CLASH: "circle",
    Category.OTHER: "square",
}
_KIND: Final = "category || if(status = 'disputed', ' disputed', '')"
"""What incidents are told apart by, as a QGIS expression."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paint:
    """One layer of a QGIS symbol."""

    kind: str
    options: Mapping[str, str]
    size: str | None = None
    """Expression for the size of a marker, millimetres."""


def styles(found: Collection[str] = ()) -> dict[str, str]:
    """Return a QML document for each layer of the GeoPackage that has a geometry; `found` are the data's categories."""
    shown = to_show(Category, found)
    durand_line = [_line(LIGHT.durand_casing, 4), _line(LIGHT.durand_line, 2, dashes_px=(8, 4))]
    return {
        "incidents": _by_kind("marker", shown, _incident_marker),
        "incidents_in_area": _by_kind("fill", shown, _incident_area),
        "incidents_on_stretch": _by_kind("line", shown, _incident_stretch),
        "provinces": _single("fill", [_fill(LIGHT.land, LIGHT.province_limit)], label="province"),
        "borders": _single("line", durand_line, label="border"),
        "crossing_points": _single("marker", [_marker("square", LIGHT.paper, LIGHT.text)], label="name"),
    }


def _incident_marker(category: Category, *, hollow: bool) -> _Paint:
    colour = LIGHT.of(category)
    across = max(math.hypot(x, y) for x, y in SHAPES[category])
    return _marker(
        _MARKER[category],
        LIGHT.paper if hollow else colour,
        colour if hollow else LIGHT.casing,
        outline_width=_mm(2 if hollow else 1),
        angle="180" if category is Category.STRIKE else "0",  # QGIS draws a triangle pointing up
        size=f'"symbol_px" * {across * _MM_PER_PX:.4f}',
    )


def _incident_area(category: Category, *, hollow: bool) -> _Paint:
    colour = LIGHT.of(category)
    return _fill(colour, colour, alpha=0 if hollow else 31)


def _incident_stretch(category: Category, *, hollow: bool) -> _Paint:
    return _line(LIGHT.of(category), 5, dashes_px=(2, 2) if hollow else None)


def _marker(name: str, fill: str, edge: str, *, size: str | None = None, **options: str) -> _Paint:
    look = {"name": name, "color": _rgba(fill), "outline_color": _rgba(edge), "outline_width": _mm(1)}
    units = {"outline_width_unit": "MM", "size": _mm(7), "size_unit": "MM"}
    return _Paint(kind="SimpleMarker", options=look | units | options, size=size)


def _fill(colour: str, edge: str, *, alpha: int = 255) -> _Paint:
    options = {"color": _rgba(colour, alpha), "style": "solid", "outline_color": _rgba(edge)}
    options |= {"outline_style": "solid", "outline_width": _mm(0.75), "outline_width_unit": "MM"}
    return _Paint(kind="SimpleFill", options=options)


def _line(colour: str, width_px: float, *, dashes_px: tuple[float, float] | None = None) -> _Paint:
    options = {"line_color": _rgba(colour), "line_width": _mm(width_px), "line_width_unit": "MM", "capstyle": "flat"}
    if dashes_px is not None:
        dashes = ";".join(_mm(length) for length in dashes_px)
        options |= {"use_custom_dash": "1", "customdash": dashes, "customdash_unit": "MM"}
    return _Paint(kind="SimpleLine", options=options)


def _by_kind(geometry: str, shown: Sequence[Category], paint: Callable[..., _Paint]) -> str:
    """Style a layer by category, apart for the disputed."""
    root, renderer = _document("categorizedSymbol", attr=_KIND)
    categories, symbols = ET.SubElement(renderer, "categories"), ET.SubElement(renderer, "symbols")
    for category in shown:
        for hollow in (False, True):
            value = f"{category} disputed" if hollow else str(category)
            number = str(len(symbols))
            look = {"value": value, "label": value.capitalize(), "symbol": number}
            ET.SubElement(categories, "category", {**look, "render": "true", "type": "string"})
            _add_symbol(symbols, geometry, number, [paint(category, hollow=hollow)])
    return _written(root)


def _single(geometry: str, paints: Sequence[_Paint], *, label: str) -> str:
    """Style a layer with one symbol and the labels of a field."""
    root, renderer = _document("singleSymbol")
    _add_symbol(ET.SubElement(renderer, "symbols"), geometry, "0", paints)
    root.set("labelsEnabled", "1")
    settings = ET.SubElement(ET.SubElement(root, "labeling", {"type": "simple"}), "settings")
    letters = {"fontFamily": "Noto Sans", "fontSize": "8", "fontSizeUnit": "Point"}
    text = ET.SubElement(
        settings, "text-style", {"fieldName": label, "textColor": _rgba(LIGHT.province_label), **letters}
    )
    halo = {"bufferDraw": "1", "bufferSize": "0.7", "bufferSizeUnits": "MM", "bufferColor": _rgba(LIGHT.paper)}
    ET.SubElement(text, "text-buffer", halo)
    return _written(root)


def _document(renderer: str, **attributes: str) -> tuple[ET.Element, ET.Element]:
    root = ET.Element("qgis", {"version": "3.34.0", "styleCategories": "Symbology|Labeling", "labelsEnabled": "0"})
    plain = {"type": renderer, "forceraster": "0", "symbollevels": "0", "enableorderby": "0"}
    return root, ET.SubElement(root, "renderer-v2", {**plain, **attributes})


def _add_symbol(symbols: ET.Element, geometry: str, number: str, paints: Sequence[_Paint]) -> None:
    symbol = ET.SubElement(symbols, "symbol", {"type": geometry, "name": number, "alpha": "1", "clip_to_extent": "1"})
    for paint in paints:
        layer = ET.SubElement(symbol, "layer", {"class": paint.kind, "enabled": "1", "locked": "0", "pass": "0"})
        options = _map(layer)
        for name, value in paint.options.items():
            _option(options, name, value)
        if paint.size is not None:
            _add_size(layer, paint.size)


def _add_size(layer: ET.Element, expression: str) -> None:
    collection = _map(ET.SubElement(layer, "data_defined_properties"))
    _option(collection, "name", "")
    size = _map(_map(collection, "properties"), "size")
    _option(size, "active", "true", kind="bool")
    _option(size, "expression", expression)
    _option(size, "type", "3", kind="int")  # an expression, not a field
    _option(collection, "type", "collection")


def _map(parent: ET.Element, name: str | None = None) -> ET.Element:
    return ET.SubElement(parent, "Option", {"type": "Map"} if name is None else {"type": "Map", "name": name})


def _option(parent: ET.Element, name: str, value: str, *, kind: str = "QString") -> None:
    ET.SubElement(parent, "Option", {"name": name, "type": kind, "value": value})


def _rgba(colour: str, alpha: int = 255) -> str:
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) + f",{alpha}"


def _mm(pixels: float) -> str:
    return f"{pixels * _MM_PER_PX:.3f}"


def _written(root: ET.Element) -> str:
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ET.tostring(root, encoding="unicode")
