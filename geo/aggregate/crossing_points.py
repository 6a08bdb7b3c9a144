"""Which crossing points belong to a province: each belongs to one province on either side."""

from functools import cache

import geopandas as gpd

from geo.boundaries import Boundaries, CrossingPoint
from geo.crs import CONFORMAL, WGS84


def crossing_points_of(code: str, layers: Boundaries) -> tuple[CrossingPoint, ...]:
    """Return the crossing points of a province, by name; empty for a province without any."""
    return tuple(point for point, codes in _provinces_of(layers) if code in codes)


@cache
def _provinces_of(layers: Boundaries) -> tuple[tuple[CrossingPoint, frozenset[str]], ...]:
    """Return each crossing point, by name, with the nearest province in each of its two countries."""
    ordered = sorted(layers.crossing_points, key=lambda point: point.name)
    places = gpd.GeoSeries.from_xy([p.lon for p in ordered], [p.lat for p in ordered], crs=WGS84).to_crs(CONFORMAL)
    plane = layers.provinces.to_crs(CONFORMAL)
    return tuple(
        (
            point,
            frozenset(
                str(plane.geometry[plane["country"] == country.value].distance(place).idxmin())
                for country in point.countries
            ),
        )
        for point, place in zip(ordered, places, strict=True)
    )
