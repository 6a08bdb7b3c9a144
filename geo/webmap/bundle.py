"""What the browser loads for the map, one script and one style, put together from the files beside them.

Twenty files would be twenty requests, several rounds on a weak network. `make assets` writes `static/map.js` and
`static/map.css` anew after a change to what they are made of.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

STATIC_FOLDER: Final = Path(__file__).resolve().parents[2] / "static"
SCRIPT: Final = "map.js"
STYLE: Final = "map.css"
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
_HEAD: Final = "/* Made by `make assets` of the files named below: change those. */"
_ADDRESS: Final = re.compile(r"""url\((["']?)(?!["']?(?:data:|#))([^"')]+)\1\)""")

_SOURCE_MAP: Final = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def bundle() -> dict[str, str]:
    """Return the text of the script and of the style, by their names under `static/`."""
    return {
        SCRIPT: _joined((path, _text(path)) for path in SCRIPTS),
        STYLE: _joined((path, _moved(path, _text(path))) for path in STYLES),
    }


def write_bundle() -> None:
    """Write both anew under `static/`."""
    for name, text in bundle().items():
        (STATIC_FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


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


def _joined(parts: Iterable[tuple[str, str]]) -> str:
    return "\n".join((_HEAD, *(f"/* static/{path} */\n{text}\n" for path, text in parts)))
