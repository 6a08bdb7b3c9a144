"""The incident file, and everything that is wrong with it, each fault by incident and field."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from pydantic import ValidationError

from geo.errors import Fault
from geo.incident import Claimant, Incident
from geo.reading.json_text import parse
from geo.reading.record_faults import faults_of
from geo.reading.registers import CLAIMANTS_FILE, EVENT_GROUPS_FILE
from geo.vocabulary import IMPORTED_ONLY

_OF_A_FEATURE: Final = {"type", "id", "geometry", "properties"}
_NO_PROPERTIES: Final = {"id", "lon", "lat"}
_CODED: Final = ("category", "subtype", "date_precision", "status")


def read_incidents(
    raw: bytes, claimants: Mapping[str, Claimant], groups: Collection[str] | None
) -> tuple[tuple[Incident, ...], list[Fault]]:
    """Return the valid incidents of a FeatureCollection in file order, and everything that is wrong with it.

    Where nobody is registered no incident is valid; that is the register's fault, and is not told for every claim.
    `groups` are the event groups that are registered; None where that cannot be known, and then they are not checked.
    """
    document, faults = parse(raw)
    features = document.get("features") if isinstance(document, dict) else None
    if not faults and not isinstance(features, list):
        message = "is missing or no list; the file must be a GeoJSON FeatureCollection"
        faults = [Fault(where="file", field="features", message=message)]
    incidents: dict[str, Incident] = {}
    for number, feature in enumerate(features or () if not faults else ()):
        incident, found = _read_feature(number, feature)
        if incident is not None:
            found += _unknown_claimants(incident, claimants) if claimants else []
            found += _unknown_group(incident, groups) if groups is not None else []
            if incident.id in incidents:
                found.append(Fault(where=incident.id, field="id", message="is used by an earlier incident too"))
        faults += found
        if incident is not None and not found:
            incidents[incident.id] = incident
    return tuple(incidents.values()) if claimants else (), faults


def _read_feature(number: int, feature: Any) -> tuple[Incident | None, list[Fault]]:
    where = f"feature {number + 1}"
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        return None, [Fault(where=where, field="properties", message="is missing; expected a GeoJSON Feature")]
    where = feature["id"] if isinstance(feature.get("id"), str) and feature["id"] else where
    faults = [Fault(where=where, field=field, message=message) for field, message in _shape_faults(feature)]
    named = {fault.field for fault in faults}
    try:
        incident = Incident.from_feature(feature | ({"geometry": None} if "geometry" in named else {}))
    except ValidationError as error:
        return None, faults + [fault for fault in faults_of(error, where) if fault.field not in named]
    faults += _imported_codes(incident)
    return (None if faults else incident), faults


def _imported_codes(incident: Incident) -> list[Fault]:
    return [
        Fault(where=incident.id, field=field, message=f"{getattr(incident, field)} is for imported datasets only")
        for field in _CODED
        if getattr(incident, field) in IMPORTED_ONLY
    ]


def _shape_faults(feature: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if feature.get("type") != "Feature":
        yield "type", 'is not "Feature"'
    for key in sorted(feature.keys() - _OF_A_FEATURE):
        yield key, "does not belong here; a Feature has type, id, geometry and properties"
    for key in sorted(feature["properties"].keys() & _NO_PROPERTIES):
        yield f"properties.{key}", "does not belong here; the id stands on the Feature, the point is its geometry"
    if feature.get("geometry") is not None and not _is_point(feature["geometry"]):
        yield "geometry", 'expected null or {"type": "Point", "coordinates": [lon, lat]}'


def _is_point(geometry: Any) -> bool:
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    return isinstance(coordinates, list) and len(coordinates) in (2, 3) and geometry.get("type") == "Point"


def _unknown_claimants(incident: Incident, claimants: Mapping[str, Claimant]) -> list[Fault]:
    return [
        Fault(where=incident.id, field=f"claims[{number}].by", message=f"{claim.by!r} is not in {CLAIMANTS_FILE}")
        for number, claim in enumerate(incident.claims)
        if claim.by not in claimants
    ]


def _unknown_group(incident: Incident, groups: Collection[str]) -> list[Fault]:
    if incident.event_group is None or incident.event_group in groups:
        return []
    message = f"{incident.event_group!r} is not in {EVENT_GROUPS_FILE}"
    return [Fault(where=incident.id, field="event_group", message=message)]
