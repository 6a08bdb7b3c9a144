"""Symbols of a QGIS 3 style (QML): markers, fills and lines, measured in CSS pixels."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

MM_PER_PX: Final = 25.4 / 96


@dataclass(frozen=True, slots=True, kw_only=True)
class Paint:
    """One layer of a QGIS symbol."""

    kind: str
    options: Mapping[str, str]
    size: str | None = None
    """Expression for the size of a marker, millimetres."""


def marker(name: str, colour: str, edge: str, *, size: str | None = None, **options: str) -> Paint:
    """Return a simple marker, 7 px across unless `size` says; `options` are QGIS's own."""
    look = {"name": name, "color": rgba(colour), "outline_color": rgba(edge), "outline_width": mm(1)}
    units = {"outline_width_unit": "MM", "size": mm(7), "size_unit": "MM"}
    return Paint(kind="SimpleMarker", options=look | units | options, size=size)


def fill(colour: str, edge: str, *, alpha: int = 255) -> Paint:
    """Return a filled area with a thin edge; `alpha` is the filling's, 0 to 255."""
    options = {"color": rgba(colour, alpha), "style": "solid", "outline_color": rgba(edge)}
    options |= {"outline_style": "solid", "outline_width": mm(0.75), "outline_width_unit": "MM"}
    return Paint(kind="SimpleFill", options=options)


def line(colour: str, width_px: float, *, dashes_px: tuple[float, float] | None = None) -> Paint:
    """Return a line, of `dashes_px` and gaps where given."""
    options = {"line_color": rgba(colour), "line_width": mm(width_px), "line_width_unit": "MM", "capstyle": "flat"}
    if dashes_px is not None:
        dashes = ";".join(mm(length) for length in dashes_px)
        options |= {"use_custom_dash": "1", "customdash": dashes, "customdash_unit": "MM"}
    return Paint(kind="SimpleLine", options=options)


def add_symbol(symbols: ET.Element, geometry: str, number: str, paints: Sequence[Paint]) -> None:
    """Add a symbol of one or more paints, drawn one over the other."""
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


def rgba(colour: str, alpha: int = 255) -> str:
    """Return a hexadecimal colour as QGIS writes it."""
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) + f",{alpha}"


def mm(pixels: float) -> str:
    """Return a length in millimetres."""
    return f"{pixels * MM_PER_PX:.3f}"
