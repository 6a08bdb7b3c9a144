"""A drawn figure as a file with its manifest inside: the same bytes for the same figure on the same day."""

from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from functools import lru_cache
from io import BytesIO
from threading import Lock
from typing import Any, Final

import matplotlib as mpl
from fontTools import subset  # type: ignore[import-untyped]  # it has no types
from matplotlib.figure import Figure
from matplotlib.text import Text

from geo import __version__
from geo.export.manifest import to_json
from geo.figure.options import FigureFormat
from geo.figure.sheet import FONTS_FOLDER

SOFTWARE: Final = f"Incident map {__version__}"

_SETTINGS: Final[Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "incident-map",
    "pdf.fonttype": 42,
    "text.hinting": "no_hinting",
    "font.sans-serif": ["DejaVu Sans"],
}
"""Text stays text in SVG, fonts are embedded in PDF."""

_ONE_AT_A_TIME: Final = Lock()
"""matplotlib's settings are the process's, and read while it writes."""


def picture(figure: Figure, made: Mapping[str, Any], title: str, *, format: FigureFormat, dpi: int) -> bytes:  # noqa: A002  # the word people know
    """Write a figure; `made` is its manifest."""
    file = BytesIO()
    with _ONE_AT_A_TIME, mpl.rc_context(_SETTINGS):
        figure.savefig(file, format=format.value, dpi=dpi, metadata=_metadata(made, title, format))
    return with_fonts(file.getvalue(), figure) if format is FigureFormat.SVG else file.getvalue()


def _metadata(made: Mapping[str, Any], title: str, kind: FigureFormat) -> dict[str, Any]:
    text, day = to_json(dict(made)), made["made"]
    if kind is FigureFormat.PNG:
        return {"Title": title, "Software": SOFTWARE, "Copyright": made["credit"], "Manifest": text}
    if kind is FigureFormat.SVG:
        return {"Title": title, "Creator": SOFTWARE, "Rights": made["credit"], "Date": str(day), "Description": text}
    return {
        "Title": title,
        "Creator": SOFTWARE,
        "Producer": f"matplotlib {mpl.__version__}",
        "Subject": made["credit"],
        "Keywords": text,
        "CreationDate": datetime.combine(day, time(), UTC),
    }


# The shipped fonts inside an SVG, cut down to its characters: its text stays text and looks the same everywhere.
# Without them a viewer that lacks the fonts would set the text in wider ones, and words would run into each other.

_FILES: Final[Mapping[str, Mapping[int, str]]] = {
    "Noto Sans": {400: "NotoSans-Regular.ttf", 600: "NotoSans-SemiBold.ttf", 700: "NotoSans-Bold.ttf"},
    "Noto Sans Arabic": {
        400: "NotoSansArabic-Regular.ttf",
        600: "NotoSansArabic-Bold.ttf",
        700: "NotoSansArabic-Bold.ttf",
    },
}
_OPTIONS: Final = {"flavor": "woff", "layout_features": ["*"], "recalc_timestamp": False, "notdef_outline": True}


def with_fonts(svg: bytes, figure: Figure) -> bytes:
    """Put what a figure's text needs of the fonts into its SVG."""
    faces = "".join(_faces(figure))
    return svg.replace(b"<defs>", f"<defs>\n  <style>{faces}</style>".encode(), 1)


def _faces(figure: Figure) -> Iterator[str]:
    used: defaultdict[int, set[str]] = defaultdict(set)
    for text in figure.findobj(Text):
        if isinstance(text, Text) and text.get_text():
            used[int(text.get_fontweight())] |= set(text.get_text())
    for family, files in _FILES.items():
        for weight, characters in sorted(used.items()):
            if font := _cut_down(files[weight], "".join(sorted(characters))):
                source = f"url(data:font/woff;base64,{b64encode(font).decode()})"
                yield f"@font-face{{font-family:'{family}';font-weight:{weight};src:{source}}}"


@lru_cache(maxsize=32)
def _cut_down(file: str, characters: str) -> bytes:
    """Return a font with some characters only, WOFF; empty if it has none of them. Takes a tenth of a second."""
    options = subset.Options(**_OPTIONS)
    font = subset.load_font(str(FONTS_FOLDER / file), options)
    wanted = {ord(character) for character in characters if not character.isspace()} & set(font.getBestCmap())
    if not wanted:
        return b""
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted | {ord(" ")})
    cutter.subset(font)
    written = BytesIO()
    subset.save_font(font, written, options)
    return written.getvalue()
