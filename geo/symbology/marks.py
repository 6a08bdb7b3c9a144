"""What a map draws of incidents, only as precisely as their places are known; for the web map and the figure.

An exact or approximate location is a point with its radius. A district, province or border segment is an area with one
badge for all incidents known to it. Nothing is drawn for incidents without a place.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import shapely

from geo.casualties import Rule, Toll, own_toll
from geo.incident.record import Incident, Whereabouts, oldest_first
from geo.incident.vocabulary import About, Border, Country, DrawnAs, LocationPrecision
from geo.language.messages import list_words, say
from geo.places.boundaries import BorderLine, Boundaries
from geo.places.plane import Extent
from geo.symbology.symbols import symbol_diameter_px

# Direction of movement on the map.

_STRETCH_KM = 4.0
"""The border's direction is measured over this distance on either side of its nearest point."""

_MERCATOR_ENDS = 85.0
"""Latitude limit in degrees; the poles are at infinity."""


def heading_deg(incident: Incident, layers: Boundaries) -> float | None:
    """Return the direction of an incident's movement on a Mercator map, degrees clockwise from up; None without one.

    Between two known points, it is the direction from one to the other. If either is known only to a province, it is
    straight across the border into the country of destination.
    """
    movement = incident.movement
    if movement is None or incident.lon is None or incident.lat is None:
        return None
    ends = _plane_point(movement.origin), _plane_point(movement.destination)
    if ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
        return round(_direction(ends[0], ends[1]), 1)
    border = _between(movement.origin.country, movement.destination.country)
    along = _direction_of(layers.borders[border], incident.lon, incident.lat)
    return round((along + (-90 if movement.destination.country is border.left else 90)) % 360, 1)


def _between(origin: Country, destination: Country) -> Border:
    """Return the border between two countries; the first border if there is none."""
    return next((border for border in Border if {*border.countries} == {origin, destination}), next(iter(Border)))


def _plane_point(end: Whereabouts) -> tuple[float, float] | None:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PointMark:
    """An incident with an exact or approximate location."""

    incident: Incident
    lon: float
    lat: float
    radius_km: float
    """Radius within which the incident lies."""
    diameter_px: float
    """Diameter of the circle with the symbol's area, 12 to 40 px, by the highest death toll under the rule."""
    killed: Toll | None
    """Its own deaths under the rule; None without a figure."""
    heading_deg: float | None
    """Direction in which people crossed, degrees clockwise from up on a Mercator map; None without a movement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaMark:
    """All incidents known only to the same district, province or border segment; never a dot."""

    key: str
    """Unique among the areas."""
    kind: LocationPrecision
    name: str
    lon: float
    lat: float
    """Position of the badge."""
    incidents: tuple[Incident, ...]
    """Latest first."""
    radius_km: float | None
    """For a district: radius within which it lies."""
    stretch: shapely.LineString | None
    """For a border segment: that part of the border, WGS84, simplified to about 1 km."""
    border: Border | None
    """For a border segment: the border it is part of."""
    province_code: str | None
    """For a province: its ISO 3166-2 code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Everything that is drawn, and what cannot be."""

    points: tuple[PointMark, ...]
    areas: tuple[AreaMark, ...]
    nowhere: tuple[Incident, ...]
    """Incidents without a place."""

    def within(self, view: Extent) -> "Marks":
        """Keep the marks inside a view; `nowhere` is unchanged."""
        return Marks(
            points=tuple(mark for mark in self.points if view.contains(mark.lon, mark.lat)),
            areas=tuple(mark for mark in self.areas if view.contains(mark.lon, mark.lat)),
            nowhere=self.nowhere,
        )


def marks_of(incidents: Sequence[Incident], layers: Boundaries, *, rule: Rule) -> Marks:
    """Return the marks of incidents: points in the order given, areas in a stable order; deaths under a rule."""
    areas: defaultdict[str, list[Incident]] = defaultdict(list)
    points = []
    for incident in incidents:
        if incident.lon is None or incident.lat is None or incident.uncertainty_km is None:
            continue
        if incident.location_precision.drawn_as is DrawnAs.POINT:
            points.append(_point(incident, (incident.lon, incident.lat, incident.uncertainty_km), layers, rule))
        else:
            areas[_area_key(incident)].append(incident)
    return Marks(
        points=tuple(points),
        areas=tuple(_area(key, inside, layers) for key, inside in sorted(areas.items())),
        nowhere=tuple(incident for incident in incidents if incident.lon is None),
    )


def _point(incident: Incident, place: tuple[float, float, float], layers: Boundaries, rule: Rule) -> PointMark:
    killed = own_toll(incident, About.KILLED, rule)
    lon, lat, radius_km = place
    return PointMark(
        incident=incident,
        lon=lon,
        lat=lat,
        radius_km=radius_km,
        diameter_px=symbol_diameter_px(killed.high if killed else None),
        killed=killed,
        heading_deg=heading_deg(incident, layers),
    )


def _area_key(incident: Incident) -> str:
    if incident.location_precision.drawn_as is DrawnAs.PROVINCE:
        return f"{LocationPrecision.PROVINCE} {incident.country} {', '.join(sorted(incident.lies_in))}"
    return f"{incident.location_precision} {incident.lon} {incident.lat} {incident.uncertainty_km:g}"


def _area(key: str, inside: Sequence[Incident], layers: Boundaries) -> AreaMark:
    first = min(inside, key=oldest_first)
    kind = first.location_precision
    lon, lat = _place(first)
    codes = layers.provinces_of(first) if kind.drawn_as is DrawnAs.PROVINCE else ()
    code = codes[0] if len(codes) == 1 else None
    on_border = kind.drawn_as is DrawnAs.STRETCH
    if code is not None:
        row = layers.provinces.loc[code]
        lon, lat = round(float(row["label_lon"]), 4), round(float(row["label_lat"]), 4)
    return AreaMark(
        key=key,
        kind=kind,
        name=_area_name(first, layers),
        lon=lon,
        lat=lat,
        incidents=tuple(sorted(inside, key=lambda incident: incident.date_start, reverse=True)),
        radius_km=first.uncertainty_km if kind.drawn_as is DrawnAs.CIRCLE else None,
        stretch=border_stretch(first, layers) if on_border else None,
        border=_nearest(*_place(first), layers) if on_border else None,
        province_code=code,
    )


def _area_name(first: Incident, layers: Boundaries) -> str:
    named = list_words(first.lies_in)
    if first.location_precision.drawn_as is DrawnAs.PROVINCE:
        return named or first.country.label
    if first.location_precision.drawn_as is DrawnAs.STRETCH:
        named = first.district or named
        if named:
            return say("area-border", place=named)
        return say("area-line", line=_nearest(*_place(first), layers).words)
    return first.district or first.place


def border_stretch(incident: Incident, layers: Boundaries) -> shapely.LineString:
    """Return the stretch of the nearer border that an incident is known to; WGS84, vertices about 1 km apart."""
    return _stretch(*_place(incident), incident.uncertainty_km or 0.0, layers)


def _place(incident: Incident) -> tuple[float, float]:
    return incident.lon or 0.0, incident.lat or 0.0


def _nearest(lon: float, lat: float, layers: Boundaries) -> Border:
    return min(layers.borders, key=lambda border: float(layers.borders[border].measure([lon], [lat])[0][0]))


@lru_cache(maxsize=1024)  # takes 3 ms each, and every page needs the same ones at every run
def _stretch(lon: float, lat: float, half_km: float, layers: Boundaries) -> shapely.LineString:
    border = layers.borders[_nearest(lon, lat, layers)]
    middle_km = float(border.measure([lon], [lat])[1][0])
    stretch = border.stretch(middle_km - half_km, middle_km + half_km)
    return shapely.LineString(stretch.simplify(0.01).coords)
