"""The marks of incidents as the browser gets them: every mark no more exact than its place is known.

Equal choices are equal byte for byte, so that nothing on the map is swapped without need.
"""

from collections.abc import Sequence
from typing import Any

from geo.boundaries import Boundaries
from geo.claims import Rule
from geo.describe import deaths, when, where
from geo.incident import Incident
from geo.marks import AreaMark, PointMark, marks_of


def incident_marks(incidents: Sequence[Incident], layers: Boundaries, *, rule: Rule) -> dict[str, Any]:
    """Return the marks of incidents in the compact form that `static/map/incidents.js` reads; deaths by a rule."""
    marks = marks_of(incidents, layers, rule=rule)
    return {
        "size": rule.symbol_words,
        "points": [_point(mark, rule) for mark in marks.points],
        "areas": [_area(mark) for mark in marks.areas],
        "nowhere": [incident.id for incident in marks.nowhere],
    }


def member_mark(incident: Incident) -> dict[str, Any]:
    """Return what is said of an incident; `a` and `b` are its first and last day, one where it has no later day."""
    start, end = incident.date_start, incident.date_end
    return {
        "id": incident.id,
        "c": incident.category.value,
        "s": incident.status.value,
        "t": incident.title,
        "w": when(incident),
        "a": start.isoformat(),
        **({"b": end.isoformat()} if end is not None and end > start else {}),
    }


def _point(mark: PointMark, rule: Rule) -> dict[str, Any]:
    return {
        **member_mark(mark.incident),
        "at": [mark.lat, mark.lon],
        "p": where(mark.incident),
        "k": f"{deaths(mark.incident, rule)} ({rule.name})",
        "d": mark.diameter_px,
        "r": mark.radius_km,
        **({} if mark.heading_deg is None else {"h": mark.heading_deg}),
    }


def _area(mark: AreaMark) -> dict[str, Any]:
    area: dict[str, Any] = {
        "key": mark.key,
        "kind": mark.kind.value,
        "name": mark.name,
        "at": [mark.lat, mark.lon],
        "of": [member_mark(incident) for incident in mark.incidents],
    }
    if mark.radius_km is not None:
        area["r"] = mark.radius_km
    if mark.stretch is not None:
        area["line"] = [[round(y, 3), round(x, 3)] for x, y in mark.stretch.coords]
    return area
