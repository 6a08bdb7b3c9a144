"""A figure as a file with its manifest inside, the same bytes for the same figure on the same day."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from io import BytesIO
from threading import Lock
from typing import Any, Final

import matplotlib as mpl
from matplotlib.figure import Figure

from geo import __version__
from geo.figure.options import FigureFormat
from geo.figure.svg_fonts import with_fonts
from geo.manifest import to_json

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
        "CreationDate": _midnight(day),
    }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
