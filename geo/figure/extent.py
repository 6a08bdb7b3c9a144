"""The extents people ask for: around the chosen incidents, around a province."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from geo.boundaries import Boundaries
from geo.claims import RANGE
from geo.filters import Filters
from geo.incident import Incident
from geo.marks import marks_of
from geo.table import MANY, IncidentTable
from geo.viewport import REGION, BBox
from geo.vocabulary import LocationPrecision

_KM_PER_DEGREE: Final = 111.0
_AROUND: Final = 0.07
"""Share of the extent that is added on each side."""

_LEAST_DEGREES: Final = 0.8
"""An extent is no smaller, so that it can be told where it lies."""


def around_choice(filters: Filters, table: IncidentTable, layers: Boundaries) -> BBox:
    """Return the extent of all that is drawn of a choice; of more than MANY without the radius of each."""
    if table.count(filters) > MANY:
        return _around_spots(table.spots(filters), layers)
    return around_incidents(table.selected(filters), layers)


def around_incidents(incidents: Sequence[Incident], layers: Boundaries) -> BBox:
    """Return the extent of all that is drawn of incidents with its uncertainty; the whole region if nothing is."""
    marks = marks_of(incidents, layers, rule=RANGE)
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
