"""The folium map of the page, what the browser loads for it, and the provinces by class that it draws."""

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

# What a map of provinces shows, in the compact form that `static/map/choropleth.js` draws: a class for each province.
# One without a class says why: left out by the filters, no incident recorded, none recorded with the chosen precision,
# no figure stated, or no border to measure by. These are never the lowest class.


class Unclassed(Registry):
    """Why a province has no class: how a legend says it, and how the province is filled."""

    NONE = "none", say("unclassed-none"), "land"
    IMPRECISE = "imprecise", say("unclassed-coarse"), "hatch"
    NO_FIGURE = "no_figure", say("unclassed-no-figure"), "dots"
    NO_BORDER = "no_border", say("unclassed-no-border"), "neighbour"
    LEFT_OUT = "left_out", say("unclassed-left-out"), "neighbour"

    label: str
    fill: str
    """A field of Palette, or a pattern of `static/map/choropleth.js`."""


def classes_of(provinces: pd.DataFrame, measure: Measure, classes: Classes) -> pd.Series:
    """Return each province's class number, from 0, or why it has none, on the index of `by_province`."""
    found = classes.number(measure.of(provinces)).astype(object)
    why = pd.Series(Unclassed.NO_FIGURE, index=provinces.index, dtype=object)
    why = why.mask(provinces["incidents"] == 0, Unclassed.NONE)
    why = why.mask(provinces["known_only_coarsely"], Unclassed.IMPRECISE)
    if measure is Measure.BORDER:
        why = why.mask(provinces["border_km"].isna(), Unclassed.NO_BORDER)
    why = why.mask(provinces["left_out"] & (provinces["incidents"] == 0), Unclassed.LEFT_OUT)
    return found.where(found.notna(), why)


def choropleth(  # noqa: PLR0913  # all but the first three by name
    provinces: pd.DataFrame,
    measure: Measure,
    classes: Classes,
    *,
    rule: Rule,
    open_ended: bool = False,
    by_dataset: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Any]:
    """Return what the map draws; equal numbers give equal values.

    Parameters
    ----------
    provinces
        As `by_province` returns them.
    measure, classes
        What is shown, and its classes.
    rule
        Under which the numbers of people were made.
    open_ended
        Whether the classes were made from other values than these, so that some may lie outside.
    by_dataset
        How many incidents of a province are from which dataset, in words, by its code; empty where there is one only.

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
    if isinstance(found, str):  # pandas may keep the code alone
        return Unclassed(found).label
    said = {"measure": measure.label, "value": measure.write(value)}
    return (
        say("province-value-under", **said, rule=rule.name) if measure.counts_people else say("province-value", **said)
    )


def _split(row: Any, datasets: str) -> str:
    """Say how many incidents there are, of which kinds and from which datasets; empty where there is none."""
    if row.incidents == 0:
        return ""
    kinds = [(getattr(row, name), category) for name, category in CATEGORY_COLUMNS.items()]
    parts = say("list-comma").join(kind.counted(number) for number, kind in kinds if number)
    several = say("province-split-several", incidents=row.in_several) if row.in_several else ""
    of_each = say("province-split-datasets", datasets=datasets) if datasets else ""
    return say("province-split", incidents=row.incidents, kinds=parts, disputed=row.disputed) + several + of_each


# Values written so that they are safe inside a script and inside the templates that run over it.


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
    return text.replace("{{", "{\\u007b").replace("{%", "{\\u0025").replace("{#", "{\\u0023")


# What the browser loads for the map: one script and one style, joined from the files of `static/` when the first map is
# asked for. Twenty files would be twenty requests, several rounds on a weak network.

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
"""In the order in which they run."""
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
"""Of a map that stands on a page of its own."""
_LOG: Final = getLogger(__name__)
_FONT: Final = re.compile(r"@font-face \{[^}]*\}\n?")
_ADDRESS: Final = re.compile(r"""url\((["']?)(?!["']?(?:data:|#))([^"')]+)\1\)""")

_SOURCE_MAP: Final = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


@cache
def served() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the scripts and the styles that a browser loads, by their paths under `static/`.

    One of each, named by its content and written there unless it is there already, by however many servers at once.
    An installed program writes nothing there: its server answers them from memory, by `bundle`. A clone into which
    nothing can be written has the files that they are made of loaded.
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
    """Return the one script and the one style of the map, in this order, by the paths under which they are served."""
    script = joined((path, _text(path)) for path in SCRIPTS)
    style = joined((path, _moved(path, _text(path))) for path in STYLES)
    name = f"map-{hashlib.sha256(f'{script}{style}'.encode()).hexdigest()[:12]}"  # first.js finds one by the other
    return MappingProxyType({f"{name}.js": script, f"{name}.css": style})


def _write(name: str, text: str) -> None:
    sweep(STATIC_FOLDER)
    if not (STATIC_FOLDER / name).is_file():
        with TemporaryFolder(STATIC_FOLDER) as folder:
            new = folder / name
            new.write_text(text, "utf-8", newline="\n")
            new.replace(STATIC_FOLDER / name)


def _text(path: str) -> str:
    """Return a file without the line that names its source map, which is not here."""
    return _SOURCE_MAP.sub("", (STATIC_FOLDER / path).read_text("utf-8")).strip()


def _moved(path: str, style: str) -> str:
    """Let the addresses in a style, which are relative to it, hold from `static/` itself."""
    folder = (STATIC_FOLDER / path).parent

    def address(found: re.Match[str]) -> str:
        target = (folder / found[2]).resolve().relative_to(STATIC_FOLDER)
        return f"url({found[1]}{target.as_posix()}{found[1]})"

    return _ADDRESS.sub(address, style)


def joined(parts: Iterable[tuple[str, str]]) -> str:
    """Join texts, each under its path."""
    return "\n".join(f"/* static/{path} */\n{text}\n" for path, text in parts)


# The folium map of the page: vendored assets only, one base map that never changes, and calls of its scripts.
# The browser does the drawing (`static/map/`); from here it gets one base map that never changes, so that it is
# never mounted again, and per choice of incidents one compact list of marks.

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
"""Farther out there is no ground; ground.js follows the size itself, and the view never moves."""
REGION: Final = ((29.3, 61.4), (38.7, 74.8))
"""South-west and north-east of the first view: lat, lon, as folium has it."""

_ONLINE: Final = {
    "streets": (say("map-online-streets"), xyz.OpenStreetMap.Mapnik),
    "grey": (say("map-online-grey"), xyz.Esri.WorldGrayCanvas),
    "satellite": (say("map-online-satellite"), xyz.Esri.WorldImagery),
}
"""By the code that a link has."""


def online_hosts() -> tuple[str, ...]:
    """Return from where a browser may ask for tiles, once somebody picks an online base layer; as a policy says it."""
    hosts = {urlsplit(tiles.build_url(scale_factor="").replace("{s}", "*")).netloc for _, tiles in _ONLINE.values()}
    return tuple(f"https://{host}" for host in sorted(hosts))


_SAID: Final = re.compile(r'\bsay\(\s*"([\w-]+)"')


@cache
def map_words() -> dict[str, Any]:
    """Return the messages that the map's scripts say."""
    own = [_text(path) for path in (*SCRIPTS, STANDALONE_SCRIPT) if path.startswith("map/")]
    said = {name for text in own for name in _SAID.findall(text)}
    return script_words(sorted(said | {f"category-{category}-count" for category in Category}))


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
        super().__init__(location=list(_MIDDLE), zoom_start=_FIRST_ZOOM, tiles=None)
        self.options |= _OPTIONS  # folium would give the zooms to its tiles only
        version = static_version()
        scripts, styles = ([f"{root}/{path}?v={version}" for path in paths] for paths in served())
        self.default_js = [(address, address) for address in scripts]
        self.default_css: list[tuple[str, str]] = []  # the script adds it, where the component does not lose it again
        own: dict[str, Any] = {"label": label, "height": height_px}
        if view is not None:
            own["view"] = [[view.south, view.west], [view.north, view.east]]
        self.add_child(_Call("start", _settings(root, version, styles) | own))


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


# The same map in a page without Streamlit and folium.


def map_alone(root: str, *, label: str, within: Mapping[str, Any] = MappingProxyType({})) -> dict[str, Any]:
    """Return what `static/map/standalone.js` starts a map with.

    With files of the ground `within`, by name, the map needs nothing from anywhere, and offers no online base layer.
    """
    alone = {"files": dict(within), "online": []} if within else {}
    settings = _settings(root, static_version(), []) | {"label": label, "height": None, "alone": True} | alone
    return {"options": {"center": _MIDDLE, "zoom": _FIRST_ZOOM} | _OPTIONS, "settings": settings}


GROUND_FILES: Final = ("overview-ground", "overview-lines", "detail-ground", "detail-lines", "places", "provinces")
"""What the map draws its ground from, files of `static/base/` without their ending."""


def script_alone() -> str:
    """Return the scripts of a map that needs nothing from anywhere."""
    return joined((path, _text(path)) for path in (*SCRIPTS[1:], STANDALONE_SCRIPT))  # the first fetches


def style_alone() -> str:
    """Return the styles of such a map, without what they would fetch."""
    return joined((path, _ADDRESS.sub("none", _FONT.sub("", _text(path)))) for path in (*STYLES, STANDALONE_STYLE))


@cache
def static_version() -> str:
    """Return a short hash of the files the browser gets, so that it keeps them until they change."""
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
