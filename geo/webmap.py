"""The folium map and what is put on it: vendored assets only, every mark no more exact than its place is known.

The browser does the drawing (`static/map/`); from here it gets one base map that never changes, so that it is never
mounted again, and per choice of incidents one compact list of marks in which equal choices are equal byte for byte.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import folium
import xyzservices.providers as xyz
from branca.element import MacroElement
from folium.template import Template

from geo.boundaries import BOUNDARY_CREDIT, Boundaries
from geo.claims import own_toll
from geo.describe import deaths, when, where
from geo.incident import Incident
from geo.movement import heading_deg
from geo.symbols import DARK, LIGHT, SHAPES, symbol_diameter_px
from geo.vocabulary import About, LocationPrecision

STATIC_FOLDER: Final = Path(__file__).resolve().parents[1] / "static"
REGION: Final = ((29.3, 61.4), (38.7, 74.8))
"""South-west and north-east of the first view: lat, lon, as folium has it."""

_SCRIPTS: Final = (
    "leaflet/leaflet.js",
    "markercluster/leaflet.markercluster.js",
    "map/ground.js",
    "map/labels.js",
    "map/symbols.js",
    "map/incidents.js",
)
_STYLES: Final = ("leaflet/leaflet.css", "markercluster/MarkerCluster.css", "map/map.css")
_ONLINE: Final = {
    "OpenStreetMap (online)": xyz.OpenStreetMap.Mapnik,
    "Light grey (online)": xyz.Esri.WorldGrayCanvas,
    "Satellite (online)": xyz.Esri.WorldImagery,
}
_DRAWN_AS_POINT: Final = (LocationPrecision.EXACT, LocationPrecision.NEAR)


class BaseMap(folium.Map):
    """A folium map that loads from this server alone and draws its ground from vector files.

    Parameters
    ----------
    root
        Path under which `static/` is served, `/app/static` unless the server has a base path.
    label
        What a screen reader calls the map.

    """

    def __init__(self, root: str, *, label: str) -> None:
        super().__init__(location=[33.9, 68.2], zoom_start=6, tiles=None, zoom_control=False, zoom_snap=0.25)
        self.options |= {"minZoom": 4, "maxZoom": 13}  # folium would give them to its tiles only
        version = static_version()
        self.default_js = [(path, f"{root}/{path}?v={version}") for path in _SCRIPTS]
        self.default_css: list[tuple[str, str]] = []  # the scripts add it, where the component does not lose it again
        self.add_child(_Call("start", _settings(root, version) | {"label": label}))


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


def marks_layer(marks: Mapping[str, Any]) -> folium.FeatureGroup:
    """Wrap marks into what streamlit-folium adds to a mounted map."""
    group = folium.FeatureGroup(name="incidents", control=False)
    group.add_child(_Call("show", marks))
    return group


def to_javascript(value: Any) -> str:
    """Write JSON that is safe inside a script, and inside the templates that folium and its component run over it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character, escaped in (
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(character, escaped)
    return text.replace("{{", "{\\u007b").replace("{%", "{\\u0025")


@cache
def static_version() -> str:
    """Return a short hash of the files the browser gets, so that it keeps them until they change."""
    digest = hashlib.sha256()
    for path in sorted(STATIC_FOLDER.rglob("*")):
        if path.is_file() and path.suffix in (".js", ".css", ".json"):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def incident_marks(incidents: Sequence[Incident], layers: Boundaries) -> dict[str, Any]:
    """Return what the map draws of incidents.

    `points` are incidents whose place is known exactly or nearly, with the radius in km; `areas` stand for all
    incidents known to the same district, province or stretch of border; `nowhere` are those without a place.
    """
    placed = [i for i in incidents if i.lon is not None]
    areas: defaultdict[tuple[Any, ...], list[Incident]] = defaultdict(list)
    for incident in placed:
        if incident.location_precision not in _DRAWN_AS_POINT:
            areas[_area_key(incident)].append(incident)
    return {
        "points": [_point(i, layers) for i in placed if i.location_precision in _DRAWN_AS_POINT],
        "areas": [_area(inside, layers) for _, inside in sorted(areas.items(), key=lambda area: str(area[0]))],
        "nowhere": [i.id for i in incidents if i.lon is None],
    }


def _settings(root: str, version: str) -> dict[str, Any]:
    return {
        "root": root,
        "version": version,
        "styles": [f"{root}/{path}?v={version}" for path in _STYLES],
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


def _member(incident: Incident) -> dict[str, Any]:
    return {
        "id": incident.id,
        "c": incident.category.value,
        "s": incident.status.value,
        "t": incident.title,
        "w": when(incident),
    }


def _point(incident: Incident, layers: Boundaries) -> dict[str, Any]:
    killed, _ = own_toll(incident, About.KILLED)
    heading = heading_deg(incident, layers)
    return {
        **_member(incident),
        "at": [incident.lat, incident.lon],
        "p": where(incident),
        "k": deaths(incident),
        "d": symbol_diameter_px(killed.high if killed else None),
        "r": incident.uncertainty_km,
        **({} if heading is None else {"h": heading}),
    }


def _area_key(incident: Incident) -> tuple[Any, ...]:
    if incident.location_precision is LocationPrecision.PROVINCE:
        return ("province", incident.country, incident.province)
    return (incident.location_precision.value, incident.lon, incident.lat, incident.uncertainty_km)


def _area(inside: Sequence[Incident], layers: Boundaries) -> dict[str, Any]:
    first = inside[0]
    kind = first.location_precision
    area: dict[str, Any] = {
        "kind": kind.value,
        "name": _area_name(inside),
        "at": [first.lat, first.lon],
        "of": [_member(incident) for incident in sorted(inside, key=lambda i: i.date_start, reverse=True)],
    }
    if kind is LocationPrecision.DISTRICT:
        area["r"] = first.uncertainty_km
    elif kind is LocationPrecision.BORDER_SEGMENT:
        area["line"] = border_stretch(first, layers)
    else:
        area["at"] = _label_point(first, layers)
    return area


def _area_name(inside: Iterable[Incident]) -> str:
    first = next(iter(inside))
    if first.location_precision is LocationPrecision.PROVINCE:
        return first.province or first.country.label
    if first.location_precision is LocationPrecision.BORDER_SEGMENT:
        named = first.district or first.province
        return f"the {named} border" if named else "the Durand Line"
    return first.district or first.place


def _label_point(incident: Incident, layers: Boundaries) -> list[float | None]:
    code = incident.province and layers.province_named(incident.province, incident.country)
    if not code:
        return [incident.lat, incident.lon]
    row = layers.provinces.loc[code]
    return [round(float(row["label_lat"]), 4), round(float(row["label_lon"]), 4)]


def border_stretch(incident: Incident, layers: Boundaries) -> list[list[float]]:
    """Return the stretch of the nearer border that an incident is known to, as lat, lon; about 1 km apart."""
    lon, lat, half_km = incident.lon or 0.0, incident.lat or 0.0, incident.uncertainty_km or 0.0
    border = min(
        (layers.durand_line, layers.afghan_tajik_border), key=lambda line: float(line.measure([lon], [lat])[0][0])
    )
    middle_km = float(border.measure([lon], [lat])[1][0])
    stretch = border.stretch(middle_km - half_km, middle_km + half_km).simplify(0.01)
    return [[round(y, 3), round(x, 3)] for x, y in stretch.coords]
