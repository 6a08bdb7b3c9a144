"""One valid coverage out of two sources: provinces from one, national outlines from the other."""

from collections.abc import Mapping

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

GRID = 1e-5
"""Degrees: about a metre, finer than either source."""

SPECK = 1e-4
"""Square degrees, about 1 km²: what is smaller and comes of rounding or clipping is no place of its own."""

NEAR, FAR_TOLERANCE, FAR_ISLAND = 0.05, 0.03, 1e-2
"""Degrees: up to NEAR our borders the neighbours keep their outline; farther out it is simplified, and islands of under
FAR_ISLAND square degrees are left out."""


def on_grid(geometry: BaseGeometry) -> BaseGeometry:
    """Round to GRID and keep what is polygonal."""
    rounded = shapely.make_valid(shapely.set_precision(geometry, GRID))
    return shapely.union_all([p for p in shapely.get_parts(rounded) if p.geom_type == "Polygon"])


def close_the_panj(afghanistan: BaseGeometry, tajikistan: BaseGeometry) -> BaseGeometry:
    """Fit Tajikistan to Afghanistan's outline.

    Each country's river border was simplified by itself, which left 68 overlaps and 75 gaps, none over 0.33 km².
    """
    both = afghanistan | tajikistan
    gaps = [shapely.Polygon(hole) for part in shapely.get_parts(both) for hole in part.interiors]
    return on_grid(shapely.union_all([tajikistan, *gaps]) - afghanistan)


def fill_country(provinces: Mapping[str, BaseGeometry], outline: BaseGeometry) -> dict[str, BaseGeometry]:
    """Clip the provinces to the outline and share what is left of it among the nearest of them."""
    inside = {code: on_grid(polygon & outline) for code, polygon in provinces.items()}
    left = on_grid(outline - shapely.union_all(list(inside.values())))
    points, owners = [], []
    for code, polygon in inside.items():
        coordinates = shapely.get_coordinates(shapely.segmentize(polygon.boundary, 0.01))
        points.append(coordinates)
        owners += [code] * len(coordinates)
    sites = shapely.points(np.concatenate(points))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(list(sites))))
    tree = shapely.STRtree(sites)
    cell, site = tree.query(cells, predicate="contains")
    owner_of_cell = np.asarray(owners)[site]
    return {
        code: on_grid(polygon | (left & shapely.union_all(cells[cell[owner_of_cell == code]], grid_size=GRID)))
        for code, polygon in inside.items()
    }


def trim_neighbours(others: Mapping[str, BaseGeometry], ours: BaseGeometry) -> dict[str, BaseGeometry]:
    """Cut the neighbours back to our outline; away from it a simplified outline is enough."""
    near = ours.buffer(NEAR)
    trimmed = {}
    for a3, outline in others.items():
        far = shapely.make_valid(outline.simplify(FAR_TOLERANCE)) - near
        parts = shapely.get_parts(on_grid(on_grid(far | (outline & near)) - ours))
        large = [p for p in parts if p.area > (SPECK if p.intersects(near) else FAR_ISLAND)]
        trimmed[a3] = shapely.union_all(large)
    return {a3: polygon for a3, polygon in trimmed.items() if not polygon.is_empty}


def node_together(units: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Make the units one valid coverage: node all outlines, and give each face to the unit it lies in.

    Rounding leaves gaps of some square metres where three outlines meet; they go to a unit around them.
    """
    codes, polygons = list(units), np.array(list(units.values()), dtype=object)
    lines = shapely.union_all(shapely.boundary(polygons), grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    face, unit = shapely.STRtree(polygons).query(shapely.point_on_surface(faces), predicate="within")
    owner = dict(zip(reversed(face.tolist()), reversed(unit.tolist()), strict=True))
    noded = {
        code: shapely.union_all([faces[f] for f, u in owner.items() if u == number])
        for number, code in enumerate(codes)
    }
    for number in set(range(len(faces))) - set(owner):
        if faces[number].area < SPECK:
            heir = longest_shared_edge(faces[number], noded)
            noded[heir] = shapely.union_all([noded[heir], faces[number]])
    return noded


def longest_shared_edge(piece: BaseGeometry, units: Mapping[str, BaseGeometry]) -> str:
    """Name the unit that has the longest edge in common with a piece."""
    near = {code: polygon for code, polygon in units.items() if polygon.intersects(piece)}
    return max(near, key=lambda code: piece.boundary.intersection(near[code]).length)


def give_away_fragments(units: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Give detached specks to the unit of the same country they share the longest edge with."""
    for code in list(units):
        country = {u: p for u, p in units.items() if u[:3] == code[:3] and u != code}
        parts = sorted(shapely.get_parts(units[code]), key=lambda part: -part.area)
        for part in parts[1:]:
            if part.area < SPECK and any(part.boundary.intersection(p).length for p in country.values()):
                heir = longest_shared_edge(part, country)
                units[code] = units[code] - part
                units[heir] = shapely.union_all([units[heir], part])
    return units


def shared_line(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """Return the edge two polygons share as one line, from its south-western end."""
    line = shapely.line_merge(shapely.intersection(one.boundary, other.boundary))
    if line.geom_type != "LineString":
        raise SystemExit(f"the shared edge is in {shapely.get_num_geometries(line)} pieces")
    start, end = line.coords[0], line.coords[-1]
    return line if start[0] + start[1] <= end[0] + end[1] else line.reverse()
