"""What a map draws of incidents, no more exactly than their places are known; the web map and the figure both obey it.

A place known exactly or nearly is a point with its radius. A district, a province or a stretch of the border is an area
with one badge for all incidents known to it. Without a place nothing is drawn.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import shapely

from geo.boundaries import Boundaries
from geo.claims import Rule, own_toll
from geo.incident import Incident
from geo.movement import heading_deg
from geo.symbols import symbol_diameter_px
from geo.viewport import Extent
from geo.vocabulary import About, LocationPrecision

_DRAWN_AS_POINT: Final = (LocationPrecision.EXACT, LocationPrecision.NEAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointMark:
    """An incident whose place is known exactly or nearly."""

    incident: Incident
    lon: float
    lat: float
    radius_km: float
    """The place is within it."""
    diameter_px: float
    """Of a circle with the symbol's area, 12 to 40, by the most deaths under the rule."""
    heading_deg: float | None
    """Which way people crossed, clockwise from up on a Mercator map; None without a movement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaMark:
    """All incidents known to one district, province or stretch of the border only; never a dot."""

    key: str
    """Tells it from every other area."""
    kind: LocationPrecision
    name: str
    lon: float
    lat: float
    """Where the badge goes."""
    incidents: tuple[Incident, ...]
    """Latest first."""
    radius_km: float | None
    """For a district: it lies within."""
    stretch: shapely.LineString | None
    """For a border segment: the part of the border, WGS84, simplified to about 1 km."""
    province_code: str | None
    """For a province: its ISO 3166-2 code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """All that is drawn, and what cannot be."""

    points: tuple[PointMark, ...]
    areas: tuple[AreaMark, ...]
    nowhere: tuple[Incident, ...]
    """Without a place."""

    def within(self, view: Extent) -> "Marks":
        """Keep the marks that stand in a view; `nowhere` stays."""
        return Marks(
            points=tuple(mark for mark in self.points if view.contains(mark.lon, mark.lat)),
            areas=tuple(mark for mark in self.areas if view.contains(mark.lon, mark.lat)),
            nowhere=self.nowhere,
        )

    @property
    def drawn(self) -> int:
        """How many incidents the marks stand for."""
        return len(self.points) + sum(len(area.incidents) for area in self.areas)


def marks_of(incidents: Sequence[Incident], layers: Boundaries, *, rule: Rule) -> Marks:
    """Return what is drawn of incidents, points in the order given, areas in a stable order; deaths by a rule."""
    areas: defaultdict[str, list[Incident]] = defaultdict(list)
    points = []
    for incident in incidents:
        if incident.lon is None or incident.lat is None or incident.uncertainty_km is None:
            continue
        if incident.location_precision in _DRAWN_AS_POINT:
            points.append(_point(incident, (incident.lon, incident.lat, incident.uncertainty_km), layers, rule))
        else:
            areas[_area_key(incident)].append(incident)
    return Marks(
        points=tuple(points),
        areas=tuple(_area(key, inside, layers) for key, inside in sorted(areas.items())),
        nowhere=tuple(incident for incident in incidents if incident.lon is None),
    )


def _point(incident: Incident, place: tuple[float, float, float], layers: Boundaries, rule: Rule) -> PointMark:
    killed, _ = own_toll(incident, About.KILLED, rule)
    lon, lat, radius_km = place
    return PointMark(
        incident=incident,
        lon=lon,
        lat=lat,
        radius_km=radius_km,
        diameter_px=symbol_diameter_px(killed.high if killed else None),
        heading_deg=heading_deg(incident, layers),
    )


def _area_key(incident: Incident) -> str:
    if incident.location_precision is LocationPrecision.PROVINCE:
        return f"province {incident.country} {incident.province or ''}"
    return f"{incident.location_precision} {incident.lon} {incident.lat} {incident.uncertainty_km:g}"


def _area(key: str, inside: Sequence[Incident], layers: Boundaries) -> AreaMark:
    first = inside[0]
    kind = first.location_precision
    lon, lat = first.lon or 0.0, first.lat or 0.0
    code = None
    if kind is LocationPrecision.PROVINCE and first.province:
        code = layers.province_named(first.province, first.country)
    if code is not None:
        row = layers.provinces.loc[code]
        lon, lat = round(float(row["label_lon"]), 4), round(float(row["label_lat"]), 4)
    return AreaMark(
        key=key,
        kind=kind,
        name=_area_name(first),
        lon=lon,
        lat=lat,
        incidents=tuple(sorted(inside, key=lambda incident: incident.date_start, reverse=True)),
        radius_km=first.uncertainty_km if kind is LocationPrecision.DISTRICT else None,
        stretch=border_stretch(first, layers) if kind is LocationPrecision.BORDER_SEGMENT else None,
        province_code=code,
    )


def _area_name(first: Incident) -> str:
    if first.location_precision is LocationPrecision.PROVINCE:
        return first.province or first.country.label
    if first.location_precision is LocationPrecision.BORDER_SEGMENT:
        named = first.district or first.province
        return f"the {named} border" if named else "the Durand Line"
    return first.district or first.place


def border_stretch(incident: Incident, layers: Boundaries) -> shapely.LineString:
    """Return the stretch of the nearer border that an incident is known to, WGS84; vertices about 1 km apart."""
    return _stretch(incident.lon or 0.0, incident.lat or 0.0, incident.uncertainty_km or 0.0, layers)


@lru_cache(maxsize=1024)  # three milliseconds each, and every page asks for the same ones at every run
def _stretch(lon: float, lat: float, half_km: float, layers: Boundaries) -> shapely.LineString:
    border = min(
        (layers.durand_line, layers.afghan_tajik_border), key=lambda line: float(line.measure([lon], [lat])[0][0])
    )
    middle_km = float(border.measure([lon], [lat])[1][0])
    stretch = border.stretch(middle_km - half_km, middle_km + half_km)
    return shapely.LineString(stretch.simplify(0.01).coords)
