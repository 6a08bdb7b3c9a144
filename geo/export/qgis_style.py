"""Styles for QGIS 3 (QML), so that an exported GeoPackage looks there as incidents and ground look here."""

import math
import xml.etree.ElementTree as ET
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from geo.export.qgis_symbol import MM_PER_PX, Paint, add_symbol, fill, line, marker, mm, rgba
from geo.symbols import LIGHT, SHAPES
from geo.vocabulary import Category, to_show

SHOWS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "incidents": (
            "Places known exactly or nearly: shape and colour by category, hollow where disputed, area by killed_high."
        ),
        "incidents_in_area": (
            "Districts and provinces that incidents are known to, by category, unfilled where disputed; the number "
            "counts all chosen incidents of the area."
        ),
        "incidents_on_stretch": (
            "Stretches of a border that incidents are known to, by category, dashed where disputed."
        ),
        "uncertainty": "True-scale circles that the places known nearly lie within, by category.",
        "provinces": "Provinces with their names, as ground for the other layers.",
        "borders": "The Durand Line and the Afghan–Tajik border, dashed, with their names.",
        "crossing_points": "Border crossing points as small squares, with their names.",
    }
)
"""By layer with a geometry, what its style shows."""

_MARKER: Final = {
    Category.CROSSING: "diamond",
    Category.STRIKE: "equilateral_triangle",
    Category.CLASH: "circle",
    Category.OTHER: "square",
}
_KIND: Final = "category || if(status = 'disputed', ' disputed', '')"
"""What incidents are told apart by, as a QGIS expression."""

_OVER_CENTROID: Final = {"placement": "1", "quadOffset": "4", "centroidWhole": "1", "centroidInside": "1"}
"""Of the whole polygon, so that areas that lie on each other have their labels on one spot, where QGIS shows one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    """What is written on a layer's features."""

    column: str
    colour: str = LIGHT.province_label
    placement: Mapping[str, str] | None = None
    """Where; None leaves it to QGIS."""


def styles(found: Collection[str] = ()) -> dict[str, str]:
    """Return a QML document for each layer of the GeoPackage that has a geometry; `found` are the data's categories."""
    shown = to_show(Category, found)
    counted = _Label(column="in_area", colour=LIGHT.text, placement=_OVER_CENTROID)
    durand_line = [line(LIGHT.durand_casing, 4), line(LIGHT.durand_line, 2, dashes_px=(8, 4))]
    crossing = [marker("square", LIGHT.paper, LIGHT.text)]
    return {
        "incidents": _by_kind("marker", shown, _incident_marker),
        "incidents_in_area": _by_kind("fill", shown, _incident_area, label=counted),
        "incidents_on_stretch": _by_kind("line", shown, _incident_stretch),
        "uncertainty": _categorized("category", "fill", {category.value: _ring(category) for category in shown}),
        "provinces": _single("fill", [fill(LIGHT.land, LIGHT.province_limit)], label=_Label(column="province")),
        "borders": _single("line", durand_line, label=_Label(column="border")),
        "crossing_points": _single("marker", crossing, label=_Label(column="name")),
    }


def _incident_marker(category: Category, *, hollow: bool) -> Paint:
    colour = LIGHT.of(category)
    across = max(math.hypot(x, y) for x, y in SHAPES[category])
    return marker(
        _MARKER[category],
        LIGHT.paper if hollow else colour,
        colour if hollow else LIGHT.casing,
        outline_width=mm(2 if hollow else 1),
        angle="180" if category is Category.STRIKE else "0",  # QGIS draws a triangle pointing up
        size=f'"symbol_px" * {across * MM_PER_PX:.4f}',
    )


def _incident_area(category: Category, *, hollow: bool) -> Paint:
    colour = LIGHT.of(category)
    return fill(colour, colour, alpha=0 if hollow else 31)


def _incident_stretch(category: Category, *, hollow: bool) -> Paint:
    return line(LIGHT.of(category), 5, dashes_px=(2, 2) if hollow else None)


def _ring(category: Category) -> Paint:
    return fill(LIGHT.of(category), LIGHT.of(category), alpha=0)  # many on one spot would add up to a solid disc


def _by_kind(
    geometry: str, shown: Sequence[Category], paint: Callable[..., Paint], *, label: _Label | None = None
) -> str:
    """Style a layer by category, apart for the disputed."""
    paints = {
        f"{category} disputed" if hollow else category.value: paint(category, hollow=hollow)
        for category in shown
        for hollow in (False, True)
    }
    return _categorized(_KIND, geometry, paints, label=label)


def _categorized(told_by: str, geometry: str, paints: Mapping[str, Paint], *, label: _Label | None = None) -> str:
    """Style a layer by the values of a column or an expression."""
    root, renderer = _document("categorizedSymbol", attr=told_by)
    categories, symbols = ET.SubElement(renderer, "categories"), ET.SubElement(renderer, "symbols")
    for number, (value, paint) in enumerate(paints.items()):
        look = {"value": value, "label": value.capitalize(), "symbol": str(number)}
        ET.SubElement(categories, "category", {**look, "render": "true", "type": "string"})
        add_symbol(symbols, geometry, str(number), [paint])
    if label is not None:
        _add_label(root, label)
    return _written(root)


def _single(geometry: str, paints: Sequence[Paint], *, label: _Label) -> str:
    """Style a layer with one symbol and the labels of a column."""
    root, renderer = _document("singleSymbol")
    add_symbol(ET.SubElement(renderer, "symbols"), geometry, "0", paints)
    _add_label(root, label)
    return _written(root)


def _add_label(root: ET.Element, label: _Label) -> None:
    root.set("labelsEnabled", "1")
    settings = ET.SubElement(ET.SubElement(root, "labeling", {"type": "simple"}), "settings")
    letters = {"fontFamily": "Noto Sans", "fontSize": "8", "fontSizeUnit": "Point"}
    look = {"fieldName": label.column, "isExpression": "0", "textColor": rgba(label.colour), **letters}
    halo = {"bufferDraw": "1", "bufferSize": "0.7", "bufferSizeUnits": "MM", "bufferColor": rgba(LIGHT.paper)}
    ET.SubElement(ET.SubElement(settings, "text-style", look), "text-buffer", halo)
    if label.placement is not None:
        ET.SubElement(settings, "placement", dict(label.placement))


def _document(renderer: str, **attributes: str) -> tuple[ET.Element, ET.Element]:
    root = ET.Element("qgis", {"version": "3.34.0", "styleCategories": "Symbology|Labeling", "labelsEnabled": "0"})
    plain = {"type": renderer, "forceraster": "0", "symbollevels": "0", "enableorderby": "0"}
    return root, ET.SubElement(root, "renderer-v2", {**plain, **attributes})


def _written(root: ET.Element) -> str:
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ET.tostring(root, encoding="unicode")
