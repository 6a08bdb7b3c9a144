"""The folium map of a page, the scripts and styles it loads, and the choropleth it draws."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from logging import getLogger
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

import folium
import pandas as pd
import xyzservices.providers as xyz
from branca.element import MacroElement
from folium.template import Template

from geo import INSTALLED, PROGRAM_FOLDER
from geo.aggregate.by_province import CATEGORY_COLUMNS, Classes, Measure
from geo.apart import TemporaryFolder, sweep
from geo.casualties import Rule
from geo.incident.vocabulary import Category, Registry
from geo.language.messages import LANGUAGE, date_settings, say, script_words
from geo.places.boundaries import BOUNDARY_CREDIT
from geo.places.plane import GROUND, BBox
from geo.symbology.symbols import DARK, LIGHT, sequential, web_symbols

# The choropleth, in the compact form that `static/map/choropleth.js` draws: a class for each province, or the reason
# why it has none. Provinces without a class are never shown as the lowest class.


class Unclassed(Registry):
    """Reasons why a province has no class, with their label in the legend and fill on the map."""

    NONE = "none", say("unclassed-none"), "land"
    IMPRECISE = "imprecise", say("unclassed-coarse"), "hatch"
    NO_FIGURE = "no_figure", say("unclassed-no-figure"), "dots"
    NO_BORDER = "no_border", say("unclassed-no-border"), "neighbour"
    LEFT_OUT = "left_out", say("unclassed-left-out"), "neighbour"

    label: str
    fill: str
    """A field of Palette, or a pattern defined in `static/map/choropleth.js`."""


def classes_of(provinces: pd.DataFrame, measure: Measure, classes: Classes) -> pd.Series:
    """Return each province's class number, from 0, or an Unclassed; index as in `provinces`."""
    found = classes.number(measure.of(provinces)).astype(object)
    why = pd.Series(Unclassed.NO_FIGURE, index=provinces.index, dtype=object)
    why = why.mask(provinces["incidents"] == 0, Unclassed.NONE)
    why = why.mask(provinces["known_only_coarsely"], Unclassed.IMPRECISE)
    if measure is Measure.BORDER:
        why = why.mask(provinces["border_km"].isna(), Unclassed.NO_BORDER)
    why = why.mask(provinces["left_out"] & (provinces["incidents"] == 0), Unclassed.LEFT_OUT)
    return found.where(found.notna(), why)


def choropleth(  # noqa: PLR0913  # all but the first three are keyword-only
    provinces: pd.DataFrame,
    measure: Measure,
    classes: Classes,
    *,
    rule: Rule,
    open_ended: bool = False,
    by_dataset: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Any]:
    """Return the choropleth's settings; deterministic for equal input.

    Parameters
    ----------
    provinces
        Table from `by_province`.
    measure, classes
        The measure shown and its classes.
    rule
        Casualty counting rule behind the numbers of people.
    open_ended
        Whether the classes were computed from other values, so that some of these may lie outside them.
    by_dataset
        Counts of incidents per dataset in words, by province code; empty if there is only one dataset.

    """
    found = classes_of(provinces, measure, classes)
    counted = found.value_counts()
    legend: list[dict[str, Any]] = [
        {
            "k": number,
            "label": classes.label(number, measure.write, open_ended=open_ended),
            "n": int(counted.get(number, 0)),
        }
        for number in range(len(classes))
    ]
    legend += [{"k": why.value, "label": why.label, "n": int(counted[why])} for why in Unclassed if why in counted]
    values = measure.of(provinces)
    return {
        "title": measure.label,
        "rule": rule.name if measure.counts_people else "",
        "ramps": {
            scheme: list(sequential(max(len(classes), 1), dark=scheme == "dark"))[: len(classes)]
            for scheme in ("light", "dark")
        },
        "legend": legend,
        "provinces": {
            code: {"k": k, "v": _value(value, k, measure, rule), "s": _split(row, by_dataset.get(code, ""))}
            for code, k, value, row in zip(provinces.index, found, values, provinces.itertuples(), strict=True)
        },
    }


def _value(value: float, found: int | str, measure: Measure, rule: Rule) -> str:
    if isinstance(found, str):  # pandas may have turned the member into its plain code
        return Unclassed(found).label
    said = {"measure": measure.label, "value": measure.write(value)}
    return (
        say("province-value-under", **said, rule=rule.name) if measure.counts_people else say("province-value", **said)
    )


def _split(row: Any, datasets: str) -> str:
    """State the number of incidents by category and dataset; empty if there are none."""
    if row.incidents == 0:
        return ""
    kinds = [(getattr(row, name), category) for name, category in CATEGORY_COLUMNS.items()]
    parts = say("list-comma").join(kind.counted(number) for number, kind in kinds if number)
    several = say("province-split-several", incidents=row.in_several) if row.in_several else ""
    of_each = say("province-split-datasets", datasets=datasets) if datasets else ""
    return say("province-split", incidents=row.incidents, kinds=parts, disputed=row.disputed) + several + of_each


def to_javascript(value: Any) -> str:
    """Write JSON that is safe inside a script element and inside the Jinja templates of folium and streamlit-folium."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character, escaped in (
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(character, escaped)
    return text.replace("{{", "{\\u007b").replace("{%", "{\\u0025").replace("{#", "{\\u0023")


# The browser loads one script and one style sheet, bundled from the files of `static/` when the first map is requested:
# twenty files would be twenty requests, which take several round trips on a weak network.

STATIC_FOLDER: Final = PROGRAM_FOLDER / "static"
SCRIPTS: Final = (
    "map/first.js",
    "leaflet/leaflet.js",
    "markercluster/leaflet.markercluster.js",
    "map/ground.js",
    "map/labels.js",
    "map/symbols.js",
    "map/incidents.js",
    "map/outside.js",
    "map/many.js",
    "map/choropleth.js",
    "map/days.js",
    "map/playback.js",
)
"""Scripts in the order in which they run."""
STYLES: Final = (
    "leaflet/leaflet.css",
    "markercluster/MarkerCluster.css",
    "map/map.css",
    "map/many.css",
    "map/choropleth.css",
    "map/playback.css",
)
STANDALONE_SCRIPT: Final = "map/standalone.js"
STANDALONE_STYLE: Final = "map/standalone.css"
"""Style sheet of a map on a page of its own."""
_LOG: Final = getLogger(__name__)
_FONT: Final = re.compile(r"@font-face \{[^}]*\}\n?")
_ADDRESS: Final = re.compile(r"""url\((["']?)(?!["']?(?:data:|#))([^"')]+)\1\)""")

_SOURCE_MAP: Final = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


@cache
def served() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the paths, under `static/`, of the scripts and the style sheets that a browser loads.

    Normally one of each, named after a hash of the content and written to `static/` if missing; several servers may do
    so at once. An installed program writes nothing: its server answers them from memory, with `bundle`. If a clone is
    not writable, the single source files are loaded instead.
    """
    script, style = bundle()
    try:
        if not INSTALLED:
            for name, text in bundle().items():
                _write(name, text)
    except OSError as error:
        number = len(SCRIPTS) + len(STYLES)
        _LOG.warning("The map is loaded as %d files, slower on a weak network: %s", number, error)
        return SCRIPTS, STYLES
    return (script,), (style,)


@cache
def bundle() -> Mapping[str, str]:
    """Return the bundled script and style sheet, in this order, by the paths at which they are served."""
    script = joined((path, _text(path)) for path in SCRIPTS)
    style = joined((path, _moved(path, _text(path))) for path in STYLES)
    name = f"map-{hashlib.sha256(f'{script}{style}'.encode()).hexdigest()[:12]}"  # shared, for first.js
    return MappingProxyType({f"{name}.js": script, f"{name}.css": style})


def _write(name: str, text: str) -> None:
    sweep(STATIC_FOLDER)
    if not (STATIC_FOLDER / name).is_file():
        with TemporaryFolder(STATIC_FOLDER) as folder:
            new = folder / name
            new.write_text(text, "utf-8", newline="\n")
            new.replace(STATIC_FOLDER / name)


def _text(path: str) -> str:
    """Read a file without the reference to its source map, which is not shipped."""
    return _SOURCE_MAP.sub("", (STATIC_FOLDER / path).read_text("utf-8")).strip()


def _moved(path: str, style: str) -> str:
    """Rewrite the relative URLs in a style sheet so that they are relative to `static/`."""
    folder = (STATIC_FOLDER / path).parent

    def address(found: re.Match[str]) -> str:
        target = (folder / found[2]).resolve().relative_to(STATIC_FOLDER)
        return f"url({found[1]}{target.as_posix()}{found[1]})"

    return _ADDRESS.sub(address, style)


def joined(parts: Iterable[tuple[str, str]]) -> str:
    """Join texts, each under a comment with its path."""
    return "\n".join(f"/* static/{path} */\n{text}\n" for path, text in parts)


# The folium map: the browser does the drawing (`static/map/`, vendored assets only). It gets a base map that never
# changes, so that it is not remounted, and one compact list of marks per selection.

_MIDDLE: Final = (33.9, 68.2)
_FIRST_ZOOM: Final = 6
_OPTIONS: Final = {
    "zoomControl": False,
    "zoomSnap": 0.25,
    "minZoom": 5,
    "maxBoundsViscosity": 1.0,
    "maxZoom": 13,
    "trackResize": False,
}
"""`minZoom`: there is no base map beyond; `trackResize`: ground.js tracks the size itself, without moving the view."""
REGION: Final = ((29.3, 61.4), (38.7, 74.8))
"""South-west and north-east corner of the initial view, as lat, lon."""

_ONLINE: Final = {
    "streets": (say("map-online-streets"), xyz.OpenStreetMap.Mapnik),
    "grey": (say("map-online-grey"), xyz.Esri.WorldGrayCanvas),
    "satellite": (say("map-online-satellite"), xyz.Esri.WorldImagery),
}
"""Online base layers by their code in links: label and tile provider."""


def online_hosts() -> tuple[str, ...]:
    """Return the origins of the online base layers' tiles, as written in a Content-Security-Policy."""
    hosts = {urlsplit(tiles.build_url(scale_factor="").replace("{s}", "*")).netloc for _, tiles in _ONLINE.values()}
    return tuple(f"https://{host}" for host in sorted(hosts))


_SAID: Final = re.compile(r'\bsay\(\s*"([\w-]+)"')


@cache
def map_words() -> dict[str, Any]:
    """Return the messages that the map's scripts use."""
    scripts = [_text(path) for path in (*SCRIPTS, STANDALONE_SCRIPT) if path.startswith("map/")]
    names = {name for script in scripts for name in _SAID.findall(script)}
    return script_words(sorted(names | {f"category-{category}-count" for category in Category}))


class BaseMap(folium.Map):
    """A folium map that loads only from this server and draws its base map from vector files.

    Parameters
    ----------
    root
        Path under which `static/` is served, `/app/static` unless the server has a base path.
    label
        Accessible name of the map.
    height_px
        Height of the map, None for a share of the page height.
    view
        Initial view, None for the whole region.

    """

    def __init__(self, root: str, *, label: str, height_px: int | None = None, view: BBox | None = None) -> None:
        super().__init__(location=list(_MIDDLE), zoom_start=_FIRST_ZOOM, tiles=None)
        self.options |= _OPTIONS  # folium would pass the zoom limits only to its tile layers
        version = static_version()
        scripts, styles = ([f"{root}/{path}?v={version}" for path in paths] for paths in served())
        self.default_js = [(address, address) for address in scripts]
        self.default_css: list[tuple[str, str]] = []  # the script adds it, since the component would lose it
        options: dict[str, Any] = {"label": label, "height": height_px}
        if view is not None:
            options["view"] = [[view.south, view.west], [view.north, view.east]]
        self.add_child(_Call("start", _settings(root, version, styles) | options))


class _Call(MacroElement):
    """A call of a function of `static/map/` with a JSON argument."""

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
    """Wrap marks, or the argument of another `function` of `static/map/`, as a layer to add to a mounted map."""
    group = folium.FeatureGroup(name="incidents", control=False)
    group.add_child(_Call(function, marks))
    return group


# The same map on a page without Streamlit and folium.


def map_alone(root: str, *, label: str, within: Mapping[str, Any] = MappingProxyType({})) -> dict[str, Any]:
    """Return the settings with which `static/map/standalone.js` starts a map.

    If the GROUND_FILES are embedded, given as `within` by name, the map makes no requests and offers no online layers.
    """
    alone = {"files": dict(within), "online": []} if within else {}
    settings = _settings(root, static_version(), []) | {"label": label, "height": None, "alone": True} | alone
    return {"options": {"center": _MIDDLE, "zoom": _FIRST_ZOOM} | _OPTIONS, "settings": settings}


GROUND_FILES: Final = ("overview-ground", "overview-lines", "detail-ground", "detail-lines", "places", "provinces")
"""Names of the base map's files in `static/base/`, without suffix."""


def script_alone() -> str:
    """Return the scripts of a self-contained map, which makes no requests."""
    return joined((path, _text(path)) for path in (*SCRIPTS[1:], STANDALONE_SCRIPT))  # first.js makes requests


def style_alone() -> str:
    """Return the styles of a self-contained map, without fonts and images to load."""
    return joined((path, _ADDRESS.sub("none", _FONT.sub("", _text(path)))) for path in (*STYLES, STANDALONE_STYLE))


@cache
def static_version() -> str:
    """Return a short hash of the static files, which lets browsers cache them until they change."""
    digest = hashlib.sha256()
    for path in sorted(STATIC_FOLDER.glob("*/**/*")):
        if path.is_file() and path.suffix in (".js", ".css", ".json"):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _settings(root: str, version: str, styles: Sequence[str]) -> dict[str, Any]:
    return {
        "root": root,
        "version": version,
        "styles": styles,
        "region": REGION,
        "ground": [[GROUND.south, GROUND.west], [GROUND.north, GROUND.east]],
        "credit": BOUNDARY_CREDIT,
        "palettes": {"light": LIGHT.as_dict(), "dark": DARK.as_dict()},
        "symbols": web_symbols(),
        "unclassed": {why.value: why.fill for why in Unclassed},
        "language": LANGUAGE,
        "words": map_words(),
        "dates": date_settings(),
        "online": [
            {
                "code": code,
                "name": name,
                "url": tiles.build_url(scale_factor=""),
                "attribution": tiles.html_attribution,
                "maxZoom": tiles.get("max_zoom", 19),
            }
            for code, (name, tiles) in _ONLINE.items()
        ],
    }
