"""The ground under the incidents: land, limits, borders, crossing points, and how well places are known."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.figure.paper_marks import MM_PER_PX, Counts, colour_of, counts
from geo.figure.sheet import Frame, Room, Sheet, to_plane
from geo.incident.vocabulary import Border
from geo.places.boundaries import Boundaries
from geo.places.plane import CONFORMAL
from geo.symbology.marks import Marks
from geo.symbology.symbols import CASING_OPACITY, LINES, RING, STRETCH

# The ground under the incidents: land, sea, neighbours, limits and borders, as detailed as the scale needs.

BASE_FOLDER: Final = Path(__file__).resolve().parents[2] / "static" / "base"
"""The display copies that the web map draws as well."""

_DETAIL_FROM_M_PER_MM: Final = 6_000.0
"""At larger scales the overview's simplification to a kilometre would show."""

_FINEST_MM: Final = 0.06
"""Detail below it cannot be seen in print."""

_WINDOW: Final = shapely.box(40, 8, 96, 54)
"""What the neighbours' layer covers, degrees."""

_OUTLINE_MM: Final = 0.25
"""Width of the neighbours' outlines, on A4."""

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
    """By name, as LINES."""


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
    """Draw land, sea and lines; borders with a pale edge, names and marks come on top."""
    drawn = ground(layers, frame.m_per_mm)
    sheet.shape(frame.box, fill=sheet.palette.neighbour)
    outlines = on_sheet(frame, drawn.neighbour_outlines)
    sheet.lines(outlines, colour=sheet.palette.province_limit, width_mm=_OUTLINE_MM * sheet.scale)
    sheet.shape(on_sheet(frame, drawn.sea), fill=sheet.palette.sea)
    sheet.shape(on_sheet(frame, drawn.land), fill=sheet.palette.land)
    for name, style in LINES.items():
        if style.casing is None:
            sheet.lines(
                on_sheet(frame, drawn.lines[name]), colour=style.of(sheet.palette), width_mm=style.mm * sheet.scale
            )


def draw_casings(sheet: Sheet, frame: Frame, layers: Boundaries) -> None:
    """Draw the pale edges of borders; what is known to a stretch of one comes on top."""
    for border, line in cased_borders(frame, layers).items():
        wide = LINES[border].casing_mm * sheet.scale
        sheet.lines(line, colour=sheet.palette.line_casing, width_mm=wide, alpha=CASING_OPACITY)


def draw_cased_borders(sheet: Sheet, frame: Frame, layers: Boundaries) -> None:
    """Draw the borders with a pale edge as the clearest of all lines."""
    for border, line in cased_borders(frame, layers).items():
        style = LINES[border]
        wide = style.mm * sheet.scale
        sheet.lines(line, colour=style.of(sheet.palette), width_mm=wide, dash_mm=style.dashes_mm(wide))


def plain_borders(frame: Frame, layers: Boundaries) -> BaseGeometry:
    """Return the borders without a pale edge on the sheet, as far as the map shows them."""
    lines = ground(layers, frame.m_per_mm).lines
    plain = [name for name, style in LINES.items() if style.casing is None and style.is_border]
    return shapely.union_all([on_sheet(frame, lines[name]) for name in plain])


def cased_borders(frame: Frame, layers: Boundaries) -> dict[Border, BaseGeometry]:
    """Return the borders with a pale edge on the sheet, as far as the map shows them."""
    lines = ground(layers, frame.m_per_mm).lines
    return {
        border: shapely.intersection(shapely.simplify(on_sheet(frame, lines[border.value]), _FINEST_MM), frame.box)
        for border in Border
        if LINES[border].casing is not None
    }


def on_sheet(frame: Frame, geometry: BaseGeometry) -> BaseGeometry:
    """Put ground on the sheet, cut to what the map shows."""
    west, south, east, north = frame.shown_m().bounds
    return shapely.transform(shapely.clip_by_rect(geometry, west, south, east, north), frame.placed_m)


# Crossing points: drawn from a middle scale on, as small squares.

CROSSINGS_FROM: Final = 5_000
"""Largest metres of ground per millimetre of A4 at which they are drawn."""

_HALF_MM: Final = 0.62
"""Of a square's side."""


def crossing_points(frame: Frame, layers: Boundaries, room: Room, scale: float) -> dict[str, tuple[float, float]]:
    """Return where crossing points are drawn, by name: none on small scales, none under a mark or a panel."""
    if frame.m_per_mm * scale > CROSSINGS_FROM:
        return {}
    places = {crossing.name: frame.on_sheet(crossing.lon, crossing.lat) for crossing in layers.crossing_points}
    drawn: dict[str, tuple[float, float]] = {}
    for name, at in places.items():
        apart = all(np.hypot(at[0] - x, at[1] - y) > 3 * _HALF_MM * scale for x, y in drawn.values())
        if apart and room.is_free(square_at(at, scale), gap_mm=0.2):
            drawn[name] = at
    return drawn


def square_at(at: tuple[float, float], scale: float) -> shapely.Polygon:
    """Return the square of a crossing point."""
    half = _HALF_MM * scale
    return shapely.box(at[0] - half, at[1] - half, at[0] + half, at[1] + half)


def draw_square(sheet: Sheet, at: tuple[float, float]) -> None:
    """Draw a crossing point."""
    sheet.shape(
        square_at(at, sheet.scale), fill=sheet.palette.paper, edge=sheet.palette.cased_line, width_mm=0.3 * sheet.scale
    )


# The ground that places are known to lie in: stretches of the border, and circles to scale.


def draw_circles(sheet: Sheet, frame: Frame, marks: Marks) -> None:
    """Draw circles to scale that places are known to lie in, where they can be seen."""
    for area in marks.areas:
        if area.radius_km is not None and ring_shows(frame, area.radius_km, 12, sheet.scale):
            colour = colour_of(sheet, counts(area.incidents))
            draw_ring(sheet, frame.circle(area.lon, area.lat, area.radius_km), colour, broken=True)
    for point in marks.points:
        if ring_shows(frame, point.radius_km, point.diameter_px / 2, sheet.scale):
            colour = sheet.palette.of(point.incident.category)
            draw_ring(sheet, frame.circle(point.lon, point.lat, point.radius_km), colour, broken=False)


def draw_stretches(sheet: Sheet, frame: Frame, marks: Marks) -> None:
    """Draw the stretches of the border that places are known to lie on."""
    for area in marks.areas:
        if area.stretch is not None:
            draw_band(sheet, frame.placed(area.stretch), counts(area.incidents))


def draw_band(sheet: Sheet, line: BaseGeometry, found: Counts) -> None:
    """Draw a stretch of the border, on the map as in the legend."""
    sheet.lines(line, colour=colour_of(sheet, found), width_mm=STRETCH.mm * sheet.scale, alpha=STRETCH.paper_opacity)


def ring_shows(frame: Frame, radius_km: float, symbol_px: float, scale: float) -> bool:
    """Tell whether a circle of uncertainty is larger than the symbol in it."""
    return radius_km * 1000 / frame.m_per_mm > 1.15 * symbol_px * MM_PER_PX * scale


def draw_ring(sheet: Sheet, ring: shapely.Polygon, colour: str, *, broken: bool) -> None:
    """Draw a circle of uncertainty; `broken` for an area rather than a point."""
    sheet.shape(ring, fill=colour, alpha=RING.filling)
    dash_mm, wide = RING.dash_mm if broken else (), RING.mm * sheet.scale
    sheet.lines(ring.exterior, colour=colour, width_mm=wide, dash_mm=dash_mm, alpha=RING.paper_opacity)
