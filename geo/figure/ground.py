"""The ground under the incidents: land, sea, neighbours, limits and borders, as detailed as the scale needs."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.boundaries import Boundaries
from geo.crs import CONFORMAL
from geo.figure.frame import Frame, to_plane
from geo.figure.sheet import Sheet

BASE_FOLDER: Final = Path(__file__).resolve().parents[2] / "static" / "base"
"""The display copies that the web map draws as well."""

_DETAIL_FROM_M_PER_MM: Final = 6_000.0
"""At larger scales the overview's simplification to a kilometre would show."""

_FINEST_MM: Final = 0.06
"""Detail below it cannot be seen in print."""

_DURAND_MM: Final = 0.6
"""Width of the Durand Line on A4."""

_WINDOW: Final = shapely.box(40, 8, 96, 54)
"""What the neighbours' layer covers, degrees."""

_TOLERANCE_M: Final = {"overview": 800.0, "detail": 150.0}
"""How much of the provinces' detail is given up, as in the display copies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Layers on the plane of CONFORMAL, metres."""

    land: BaseGeometry
    """The three countries whole."""
    provinces: gpd.GeoSeries
    """By ISO 3166-2 code."""
    neighbours: gpd.GeoSeries
    """By ISO 3166-1 alpha-3 code."""
    sea: BaseGeometry
    neighbour_outlines: BaseGeometry
    lines: gpd.GeoSeries
    """By name: durand_line, afghan_tajik_border, other_border, province_limit."""


def ground(layers: Boundaries, m_per_mm: float) -> Ground:
    """Return the ground at the detail that a scale needs."""
    return _project(layers, "detail" if m_per_mm < _DETAIL_FROM_M_PER_MM else "overview")


@cache
def _project(layers: Boundaries, level: str) -> Ground:
    """Read and project, which takes a fifth of a second; kept, since a figure is rarely the last."""
    drawn = _read("overview-ground").set_index("ground")
    neighbours = _read(f"{level}-ground").query("ground == 'neighbour'").set_index("country").geometry
    sea = drawn.geometry["sea"]
    units = layers.provinces.geometry.to_crs(CONFORMAL)
    provinces = gpd.GeoSeries(shapely.coverage_simplify(units.to_numpy(), _TOLERANCE_M[level]), units.index)
    return Ground(
        land=shapely.coverage_union_all(provinces.to_numpy()),
        provinces=provinces,
        neighbours=neighbours,
        sea=sea,
        neighbour_outlines=_outlines(neighbours),
        lines=_read(f"{level}-lines").set_index("line").geometry,
    )


def _outlines(neighbours: gpd.GeoSeries) -> BaseGeometry:
    """Return the neighbours' outlines but for the edges along which their layer is cut off."""
    cut = shapely.transform(shapely.segmentize(_WINDOW.exterior, 0.05), to_plane).buffer(500)
    lines = shapely.get_parts(shapely.boundary(neighbours.to_numpy()))
    return shapely.MultiLineString(list(shapely.get_parts(shapely.difference(lines, cut))))


def _read(name: str) -> gpd.GeoDataFrame:
    return gpd.read_file(BASE_FOLDER / f"{name}.json").to_crs(CONFORMAL)


def draw_ground(sheet: Sheet, frame: Frame, layers: Boundaries) -> None:
    """Draw land, sea and lines; names and marks come on top."""
    drawn = ground(layers, frame.m_per_mm)
    hair = 0.1 * sheet.scale
    sheet.shape(frame.box, fill=sheet.palette.neighbour)
    sheet.lines(on_sheet(frame, drawn.neighbour_outlines), colour=sheet.palette.province_limit, width_mm=2.5 * hair)
    sheet.shape(on_sheet(frame, drawn.sea), fill=sheet.palette.sea)
    sheet.shape(on_sheet(frame, drawn.land), fill=sheet.palette.land)
    sheet.lines(
        on_sheet(frame, drawn.lines["province_limit"]), colour=sheet.palette.province_limit, width_mm=1.8 * hair
    )
    sheet.lines(on_sheet(frame, drawn.lines["other_border"]), colour=sheet.palette.border, width_mm=3.2 * hair)
    sheet.lines(on_sheet(frame, drawn.lines["afghan_tajik_border"]), colour=sheet.palette.border, width_mm=4.5 * hair)


def draw_durand_casing(sheet: Sheet, frame: Frame, layers: Boundaries) -> None:
    """Draw the pale edge of the Durand Line; what is known to a stretch of it comes on top."""
    wide = 2.6 * _DURAND_MM * sheet.scale
    sheet.lines(durand_line(frame, layers), colour=sheet.palette.durand_casing, width_mm=wide, alpha=0.85)


def draw_durand_line(sheet: Sheet, frame: Frame, layers: Boundaries) -> None:
    """Draw the Durand Line as the clearest of all lines."""
    wide = _DURAND_MM * sheet.scale
    dash = 4 * wide, 2 * wide
    sheet.lines(durand_line(frame, layers), colour=sheet.palette.durand_line, width_mm=wide, dash_mm=dash)


def borders_on(frame: Frame, layers: Boundaries) -> BaseGeometry:
    """Return the other borders on the sheet, as far as the map shows them."""
    lines = ground(layers, frame.m_per_mm).lines
    return shapely.union_all([on_sheet(frame, lines[name]) for name in ("afghan_tajik_border", "other_border")])


def durand_line(frame: Frame, layers: Boundaries) -> BaseGeometry:
    """Return the Durand Line on the sheet, as far as the map shows it."""
    line = ground(layers, frame.m_per_mm).lines["durand_line"]
    return shapely.intersection(shapely.simplify(on_sheet(frame, line), _FINEST_MM), frame.box)


def on_sheet(frame: Frame, geometry: BaseGeometry) -> BaseGeometry:
    """Put ground on the sheet, cut to what the map shows."""
    west, south, east, north = frame.shown_m().bounds
    return shapely.transform(shapely.clip_by_rect(geometry, west, south, east, north), frame.placed_m)
