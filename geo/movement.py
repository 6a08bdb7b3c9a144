"""Which way people crossed, as a direction on the map."""

import math

from geo.border_line import BorderLine
from geo.boundaries import Boundaries
from geo.incident import Incident, Whereabouts
from geo.vocabulary import Country

_STRETCH_KM = 4.0
"""On either side of the nearest point of the border: its direction is taken over this much of it."""

_MERCATOR_ENDS = 85.0
"""Degrees north and south; the poles themselves lie at infinity."""


def heading_deg(incident: Incident, layers: Boundaries) -> float | None:
    """Return the direction of an incident's movement on a Mercator map, degrees clockwise from up; None without one.

    Between two known points it is their direction; where an end is known to a province only, it is straight across the
    border into the country of destination.
    """
    movement = incident.movement
    if movement is None or incident.lon is None or incident.lat is None:
        return None
    ends = _point(movement.origin), _point(movement.destination)
    if ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
        return round(_direction(ends[0], ends[1]), 1)
    countries = {movement.origin.country, movement.destination.country}
    border = layers.afghan_tajik_border if Country.TJ in countries else layers.durand_line
    along = _direction_of(border, incident.lon, incident.lat)
    # From their south-western ends the Durand Line has Afghanistan on its left, the other has Tajikistan there.
    left = Country.TJ if Country.TJ in countries else Country.AF
    return round((along + (-90 if movement.destination.country is left else 90)) % 360, 1)


def _point(end: Whereabouts) -> tuple[float, float] | None:
    return None if end.lon is None or end.lat is None else (end.lon, end.lat)


def _direction_of(border: BorderLine, lon: float, lat: float) -> float:
    _, chainage = border.measure([lon], [lat])
    before, after = border.point_at([chainage[0] - _STRETCH_KM, chainage[0] + _STRETCH_KM])
    return _direction((before[0], before[1]), (after[0], after[1]))


def _direction(start: tuple[float, float], end: tuple[float, float]) -> float:
    east = math.radians(end[0] - start[0])
    north = _mercator(end[1]) - _mercator(start[1])
    return math.degrees(math.atan2(east, north)) % 360


def _mercator(lat: float) -> float:
    shown = max(-_MERCATOR_ENDS, min(_MERCATOR_ENDS, lat))
    return math.log(math.tan(math.pi / 4 + math.radians(shown) / 2))
