"""The style files that QGIS opens, with the sample values of today: `make schema` writes them."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping

from geo.export.geopackage_format import _BORDERS, _DOCTYPE, _FOLDER, _GROUND, _looks
from geo.incident.vocabulary import Category
from geo.symbology.symbols import HOLLOW, LIGHT

FILES = tuple(sorted(_FOLDER.glob("*.qml")))
_LOOKS = {
    look["for"]: look
    for look in (*_BORDERS, *(_looks(Category.STRIKE, status, imported=False) for status in (None, HOLLOW[0])))
}
"""What stands in for all looks of a template."""
_NUMBER = {"badge": 'to_string("incidents")', "badge_colour": f"'{LIGHT.text}'"}


def sample(qml: str) -> str:
    """Return the text of a style file with its sample values made anew."""
    root = ET.fromstring(qml)
    _set(root, _GROUND | _NUMBER)
    return f"{_DOCTYPE}{ET.tostring(root, encoding='unicode')}\n"


def _set(element: ET.Element, values: Mapping[str, str]) -> None:
    for pair in element.get("fill", "").split():
        attribute, name = pair.split("=")
        element.set(attribute, values[name])
    for number, child in enumerate(element):
        look = _LOOKS.get(child.get("for", ""))
        _set(child, {**values, **look, "number": str(number)} if look else values)


if __name__ == "__main__":
    for path in FILES:
        path.write_text(sample(path.read_text(encoding="utf-8")), encoding="utf-8")
