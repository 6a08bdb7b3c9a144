"""What a figure can be asked to be: its paper, its extent, its title, its file."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import nonmember
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.casualties.rules import RANGE
from geo.incident.record import Incident
from geo.incident.vocabulary import LocationPrecision, Registry
from geo.language.messages import Words, say
from geo.places.boundaries import Boundaries
from geo.places.plane import REGION, BBox
from geo.selection.filters import Filters
from geo.symbology.marks import Marks, marks_of
from geo.table.incident_table import IncidentTable

LONGEST_TITLE: Final = 160
"""Characters; more does not fit on two lines of any paper."""

_JOINERS: Final = "\u200c\u200d"
"""Persian and Pashto are spelt with them."""

LOWEST_DPI, HIGHEST_DPI = 150, 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Measures of a paper, millimetres, and how large what stands on it is."""

    width_mm: float
    height_mm: float
    margin_mm: float
    scale: float
    """Of type and symbols, 1 on A4; a slide is read from far, a column from near."""
    footer_columns: int


_A4: Final = Paper(width_mm=297, height_mm=210, margin_mm=9, scale=1.0, footer_columns=2)
_A4_UPRIGHT: Final = Paper(width_mm=210, height_mm=297, margin_mm=9, scale=1.0, footer_columns=1)
_A3: Final = Paper(width_mm=420, height_mm=297, margin_mm=12, scale=1.25, footer_columns=2)
_A3_UPRIGHT: Final = Paper(width_mm=297, height_mm=420, margin_mm=12, scale=1.25, footer_columns=1)
_SLIDE: Final = Paper(width_mm=338.667, height_mm=190.5, margin_mm=9, scale=1.12, footer_columns=2)
_COLUMN: Final = Paper(width_mm=89, height_mm=150, margin_mm=2.5, scale=0.76, footer_columns=1)


class FigureSize(Registry):
    """Papers, named as in file names and at the command line."""

    A4_LANDSCAPE = "A4-landscape", _A4
    A4_PORTRAIT = "A4-portrait", _A4_UPRIGHT
    A3_LANDSCAPE = "A3-landscape", _A3
    A3_PORTRAIT = "A3-portrait", _A3_UPRIGHT
    SLIDE = "slide-16x9", _SLIDE
    COLUMN = "column", _COLUMN

    label = nonmember(Words("paper"))
    paper: Paper

    @property
    def words(self) -> str:
        """Say what it is, for a choice."""
        width, height = self.paper.width_mm, self.paper.height_mm
        return say("figure-paper-size", paper=self.label, width=round(width), height=round(height))


class FigureFormat(Registry):
    """Files a figure can be written to; the value is the suffix."""

    PNG = "png", "image/png"
    SVG = "svg", "image/svg+xml"
    PDF = "pdf", "application/pdf"

    mime: str


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


# The extents people ask for: around the selected incidents, around a province.

_KM_PER_DEGREE: Final = 111.0
_AROUND: Final = 0.07
"""Share of the extent that is added on each side."""

_LEAST_DEGREES: Final = 0.8
"""An extent is no smaller, so that it can be told where it lies."""


def around_choice(filters: Filters, table: IncidentTable, layers: Boundaries) -> BBox:
    """Return the extent of all that is drawn of a selection; of many without the radius of each."""
    marks = table.marks(filters)
    return _around_spots(table.spots(filters), layers) if marks is None else _around_marks(marks, layers)


def around_incidents(incidents: Sequence[Incident], layers: Boundaries) -> BBox:
    """Return the extent of all that is drawn of incidents with its uncertainty; the whole region if nothing is."""
    return _around_marks(marks_of(incidents, layers, rule=RANGE), layers)


def _around_marks(marks: Marks, layers: Boundaries) -> BBox:
    reach = [(mark.lon, mark.lat, mark.radius_km) for mark in marks.points]
    reach += [(area.lon, area.lat, area.radius_km or 0.0) for area in marks.areas]
    boxes = [
        (lon - r / _KM_PER_DEGREE / np.cos(np.radians(lat)), lat - r / _KM_PER_DEGREE, lon, lat)
        for lon, lat, r in reach
    ]
    boxes += [(lon, lat, 2 * lon - west, 2 * lat - south) for west, south, lon, lat in boxes]
    boxes += [area.stretch.bounds for area in marks.areas if area.stretch is not None]
    boxes += [layers.provinces.geometry[area.province_code].bounds for area in marks.areas if area.province_code]
    if not boxes:
        return REGION
    edges = np.array(boxes, float)
    return _padded(*edges[:, :2].min(axis=0), *edges[:, 2:].max(axis=0))


def _around_spots(spots: pd.DataFrame, layers: Boundaries) -> BBox:
    if spots.empty:
        return REGION
    places = spots[["lon", "lat"]].to_numpy()
    of_province = spots["location_precision"] == LocationPrecision.PROVINCE.value
    named = layers.provinces["label_lon"].isin(spots.loc[of_province, "lon"])
    whole = layers.provinces.geometry[named].bounds.to_numpy()
    corners = np.concatenate([places, whole[:, :2], whole[:, 2:]])
    return _padded(*corners.min(axis=0), *corners.max(axis=0))


def around_province(code: str, layers: Boundaries) -> BBox:
    """Return the extent of a province; raises KeyError for a code that does not exist."""
    return _padded(*layers.provinces.geometry[code].bounds)


def _padded(west: float, south: float, east: float, north: float) -> BBox:
    x = max(_AROUND * (east - west), (_LEAST_DEGREES - (east - west)) / 2)
    y = max(_AROUND * (north - south), (_LEAST_DEGREES - (north - south)) / 2)
    edges = np.round([west - x, south - y, east + x, north + y], 3)
    return BBox(*(float(edge) for edge in edges))
