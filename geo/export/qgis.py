"""Styles for QGIS 3, so that an exported GeoPackage looks there as incidents and ground do here.

The styles are the files in `qgis_styles`, which QGIS opens as they are, with the looks of one category. What is filled
in says so: `fill="value=colour"` that the attribute `value` is the colour, `for="hollow"` that an element stands once
for each category and each status that is drawn hollow; QGIS reads neither.
"""

import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Collection, Mapping
from copy import deepcopy
from pathlib import Path
from types import MappingProxyType
from typing import Final

from geo.incident.vocabulary import Category, Status, borders_in_words, to_show
from geo.symbology.symbols import AREA_ALPHA, HOLLOW, HOLLOW_WORDS, LIGHT, RING, SHAPES, STRETCH, STROKE

_FOLDER: Final = Path(__file__).with_name("qgis_styles")
_DOCTYPE: Final = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_MM_PER_PX: Final = 25.4 / 96
_BORDERS: Final = borders_in_words()

SHOWS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "incidents": (
            f"Places known exactly or nearly: shape and colour by category, hollow where {HOLLOW_WORDS}, area by "
            "killed_high."
        ),
        "incidents_in_area": (
            f"Districts and provinces that incidents are known to, by category, unfilled where {HOLLOW_WORDS}; the "
            "number counts all chosen incidents of the area."
        ),
        "incidents_on_stretch": (
            f"Stretches of a border that incidents are known to, by category, dashed where {HOLLOW_WORDS}."
        ),
        "uncertainty": "True-scale circles that the places known nearly lie within, by category.",
        "provinces": "Provinces with their names, as ground for the other layers.",
        "borders": f"{_BORDERS[:1].upper()}{_BORDERS[1:]}, dashed, with their names.",
        "crossing_points": "Border crossing points as small squares, with their names.",
    }
)
"""By layer with a geometry, what its style shows."""

_KIND: Final = "category" + "".join(f" || if(status = '{status}', ' {status}', '')" for status in HOLLOW)
"""What incidents are told apart by, as a QGIS expression."""


def styles(found: Collection[str] = ()) -> dict[str, str]:
    """Return a QML document for each layer of the GeoPackage that has a geometry; `found` are the data's categories."""
    return {layer: _style(layer, to_show(Category, found)) for layer in SHOWS}


def _style(layer: str, shown: Collection[Category]) -> str:
    root = ET.parse(_FOLDER / f"{layer}.qml").getroot()  # noqa: S314  # the program's own
    for element in root.iter():  # QGIS needs no line breaks
        element.text = element.tail = None
    for each in root.iter("renderer-v2"):
        for listed in (each.find("categories"), each.find("symbols")):
            if listed is not None:
                _fill_each(listed, shown)
    _fill(root, _GROUND)
    return _DOCTYPE + ET.tostring(root, encoding="unicode")


def _fill_each(listed: ET.Element, shown: Collection[Category]) -> None:
    """Put the elements that stand for each category, solid or hollow, in the place of those in the file."""
    models = {element.get("for"): element for element in listed if "for" in element.attrib}
    if not models:
        return
    for element in models.values():
        listed.remove(element)
    looks = [(category, status) for category in shown for status in (None, *HOLLOW)]
    drawn = [(category, status) for category, status in looks if ("hollow" if status else "solid") in models]
    for number, (category, status) in enumerate(drawn):
        element = deepcopy(models["hollow" if status else "solid"])
        del element.attrib["for"]
        _fill(element, _GROUND | _looks(category, status) | {"number": str(number)})
        listed.append(element)


def _fill(root: ET.Element, values: Mapping[str, str]) -> None:
    for element in root.iter():
        for pair in element.attrib.pop("fill", "").split():
            attribute, name = pair.split("=")
            element.set(attribute, values[name])


def _looks(category: Category, status: Status | None) -> dict[str, str]:
    colour, shape = LIGHT.of(category), SHAPES[category]
    value = f"{category} {status}" if status else category.value
    return {
        "value": value,
        "label": value.capitalize(),
        "colour": rgba(colour),
        "area": rgba(colour, AREA_ALPHA),
        "unfilled": rgba(colour, 0),  # also of rings: many on one spot would add up to a solid disc
        "shape": shape.qgis,
        "angle": str(shape.qgis_turn_deg),
        "size": f'"symbol_px" * {shape.reach * _MM_PER_PX:.4f}',
    }


def rgba(colour: str, alpha: int = 255) -> str:
    """Return a hexadecimal colour as QGIS writes it."""
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) + f",{alpha}"


def _mm(*pixels: float) -> str:
    """Return lengths in millimetres."""
    return ";".join(f"{each * _MM_PER_PX:.3f}" for each in pixels)


_GROUND: Final[dict[str, str]] = {
    **{name: rgba(colour) for name, colour in LIGHT.as_dict().items()},
    "kind": _KIND,
    "stroke": _mm(STROKE.qgis),
    "ring": _mm(RING.qgis),
    "stretch": _mm(STRETCH.qgis),
    "stretch_dash": _mm(*STRETCH.qgis_dash),
}
"""What is filled in whatever the category."""


# The table in which QGIS looks for the styles of a GeoPackage's layers.

_CREATE_STYLES: Final = """
    CREATE TABLE layer_styles (
        id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT, f_table_schema TEXT, f_table_name TEXT,
        f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
        owner TEXT, ui TEXT, update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')));
    INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change)
        SELECT 'layer_styles', 'attributes', 'layer_styles', max(last_change) FROM gpkg_contents;
"""
_ADD_STYLE: Final = """
    INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML,
        styleSLD, useAsDefault, description, owner, update_time)
    SELECT '', '', ?, ?, ?, ?, '', 1, ?, '', last_change FROM gpkg_contents WHERE table_name = 'layer_styles'
"""


def add_styles(connection: sqlite3.Connection, found: Collection[str], *, geometry: str) -> None:
    """Add the table with a default style for each layer, as old as the file; `found` are the data's categories."""
    connection.executescript(_CREATE_STYLES)
    rows = [(layer, geometry, layer, qml, SHOWS[layer]) for layer, qml in styles(found).items()]
    connection.executemany(_ADD_STYLE, rows)
