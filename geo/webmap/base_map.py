"""The folium map of the page: vendored assets only, one base map that never changes, and calls of its scripts.

The browser does the drawing (`static/map/`); from here it gets one base map that never changes, so that it is never
mounted again, and per choice of incidents one compact list of marks.
"""

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import folium
import xyzservices.providers as xyz
from branca.element import MacroElement
from folium.template import Template

from geo.boundaries import BOUNDARY_CREDIT
from geo.symbols import DARK, LIGHT, SHAPES
from geo.viewport import BBox
from geo.webmap.bundle import SCRIPT, STATIC_FOLDER, STYLE
from geo.webmap.javascript import to_javascript

REGION: Final = ((29.3, 61.4), (38.7, 74.8))
"""South-west and north-east of the first view: lat, lon, as folium has it."""

_ONLINE: Final = {
    "OpenStreetMap (online)": xyz.OpenStreetMap.Mapnik,
    "Light grey (online)": xyz.Esri.WorldGrayCanvas,
    "Satellite (online)": xyz.Esri.WorldImagery,
}


class BaseMap(folium.Map):
    """A folium map that loads from this server alone and draws its ground from vector files.

    Parameters
    ----------
    root
        Path under which `static/` is served, `/app/static` unless the server has a base path.
    label
        What a screen reader calls the map.
    height_px
        Height of the map, None for a share of the page's.
    view
        What is seen first, None for the whole region.

    """

    def __init__(self, root: str, *, label: str, height_px: int | None = None, view: BBox | None = None) -> None:
        super().__init__(location=[33.9, 68.2], zoom_start=6, tiles=None, zoom_control=False, zoom_snap=0.25)
        # Folium would give the zooms to its tiles only; ground.js follows the size itself, and the view never moves.
        self.options |= {"minZoom": 4, "maxZoom": 13, "trackResize": False}
        version = static_version()
        self.default_js = [("map", f"{root}/{SCRIPT}?v={version}")]
        self.default_css: list[tuple[str, str]] = []  # the script adds it, where the component does not lose it again
        own = {"label": label, "height": height_px, **_first_view(view)}
        self.add_child(_Call("start", _settings(root, version) | own))


class _Call(MacroElement):
    """A call of a function of `static/map/`, with data in JSON."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        IncidentMap.{{ this.function }}({{ this.argument }});
        {% endmacro %}
        """
    )

    def __init__(self, function: str, argument: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca has no types here
        self._name = "Call"
        self.function = function
        self.argument = to_javascript(argument)


def marks_layer(marks: Mapping[str, Any], *, function: str = "show") -> folium.FeatureGroup:
    """Wrap marks, or what another function of `static/map/` draws, into what streamlit-folium adds to a mounted map."""
    group = folium.FeatureGroup(name="incidents", control=False)
    group.add_child(_Call(function, marks))
    return group


@cache
def static_version() -> str:
    """Return a short hash of the files the browser gets, so that it keeps them until they change."""
    digest = hashlib.sha256()
    for path in sorted(STATIC_FOLDER.rglob("*")):
        if path.is_file() and path.suffix in (".js", ".css", ".json"):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _first_view(view: BBox | None) -> dict[str, Any]:
    return {} if view is None else {"view": [[view.south, view.west], [view.north, view.east]]}


def _settings(root: str, version: str) -> dict[str, Any]:
    return {
        "root": root,
        "version": version,
        "style": f"{root}/{STYLE}?v={version}",
        "region": REGION,
        "credit": BOUNDARY_CREDIT,
        "palettes": {"light": LIGHT.as_dict(), "dark": DARK.as_dict()},
        "shapes": {
            category.value: [[round(x, 4), round(y, 4)] for x, y in shape] for category, shape in SHAPES.items()
        },
        "online": [
            {
                "name": name,
                "url": tiles.build_url(scale_factor=""),
                "attribution": tiles.html_attribution,
                "maxZoom": tiles.get("max_zoom", 19),
            }
            for name, tiles in _ONLINE.items()
        ],
    }
