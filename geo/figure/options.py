"""What a figure can be asked to be: its paper, its extent, its title, its file."""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Final

from geo.viewport import BBox

LONGEST_TITLE: Final = 160
"""Characters; more does not fit on two lines of any paper."""

_JOINERS: Final = "\u200c\u200d"
"""Persian and Pashto are spelt with them."""

LOWEST_DPI, HIGHEST_DPI = 150, 600


class FigureSize(StrEnum):
    """Papers, named as in file names and at the command line."""

    A4_LANDSCAPE = "A4-landscape"
    A4_PORTRAIT = "A4-portrait"
    A3_LANDSCAPE = "A3-landscape"
    A3_PORTRAIT = "A3-portrait"
    SLIDE = "slide-16x9"
    COLUMN = "column"

    @property
    def paper(self) -> "Paper":
        """Return the measures of the paper."""
        return _PAPERS[self]

    @property
    def words(self) -> str:
        """Say what it is, for a choice."""
        width, height = self.paper.width_mm, self.paper.height_mm
        return f"{_NAMES[self]}, {width:.0f} × {height:.0f} mm"


class FigureFormat(StrEnum):
    """Files a figure can be written to; the value is the suffix."""

    PNG = "png"
    SVG = "svg"
    PDF = "pdf"

    @property
    def mime(self) -> str:
        """Return the media type."""
        return {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Measures of a paper, millimetres, and how large what stands on it is."""

    width_mm: float
    height_mm: float
    margin_mm: float
    scale: float
    """Of type and symbols, 1 on A4; a slide is read from far, a column from near."""
    footer_columns: int


_PAPERS: Final = {
    FigureSize.A4_LANDSCAPE: Paper(width_mm=297, height_mm=210, margin_mm=9, scale=1.0, footer_columns=2),
    FigureSize.A4_PORTRAIT: Paper(width_mm=210, height_mm=297, margin_mm=9, scale=1.0, footer_columns=1),
    FigureSize.A3_LANDSCAPE: Paper(width_mm=420, height_mm=297, margin_mm=12, scale=1.25, footer_columns=2),
    FigureSize.A3_PORTRAIT: Paper(width_mm=297, height_mm=420, margin_mm=12, scale=1.25, footer_columns=1),
    FigureSize.SLIDE: Paper(width_mm=338.667, height_mm=190.5, margin_mm=9, scale=1.12, footer_columns=2),
    FigureSize.COLUMN: Paper(width_mm=89, height_mm=150, margin_mm=2.5, scale=0.76, footer_columns=1),
}
_NAMES: Final = {
    FigureSize.A4_LANDSCAPE: "A4 landscape",
    FigureSize.A4_PORTRAIT: "A4 portrait",
    FigureSize.A3_LANDSCAPE: "A3 landscape",
    FigureSize.A3_PORTRAIT: "A3 portrait",
    FigureSize.SLIDE: "Slide 16:9",
    FigureSize.COLUMN: "Single column",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureOptions:
    """How a figure is made; raises ValueError for a size, a format or a resolution that does not exist."""

    size: FigureSize = FigureSize.A4_LANDSCAPE
    view: BBox | None = None
    """Ground that must be on the map, None for the three countries whole; more is shown where the paper has room."""
    title: str | None = None
    """None or empty for the standing title; lines may be broken."""
    legend: bool = True
    inset: bool = True
    format: FigureFormat = FigureFormat.PNG
    dpi: int = 300
    """Of a PNG, 150 to 600; the other formats have no dots."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "size", FigureSize(self.size))
        object.__setattr__(self, "format", FigureFormat(self.format))
        object.__setattr__(self, "title", _clean(self.title or "") or None)
        if not LOWEST_DPI <= self.dpi <= HIGHEST_DPI:
            raise ValueError(f"{self.dpi} dpi is not possible; choose {LOWEST_DPI} to {HIGHEST_DPI}")

    def recorded(self) -> dict[str, Any]:
        """Return what the manifest keeps: all that shapes the file but the extent, which has a place of its own."""
        kept = {field.name: getattr(self, field.name) for field in fields(self)}
        del kept["view"]
        if self.format is not FigureFormat.PNG:
            del kept["dpi"]
        return kept


def _clean(text: str) -> str:
    """Keep line breaks; drop other control characters, which no font can show and no file may hold."""
    lines = ("".join(c if c.isprintable() or c in _JOINERS else " " for c in line) for line in text.splitlines())
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())[:LONGEST_TITLE].strip()
