"""The one way the incident store is written down, so that a one-word edit is a one-line diff.

Incidents by first day, then id; keys in the order of the record; one value to a line, a point's coordinates on one;
whole numbers without a fraction; in claims, sources and movements what is null is left out.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from geo.event_groups import EventGroup
from geo.incident import Claimant, Incident

_COORDINATES = re.compile(r'("coordinates": \[)\s+(\S+)\s+(\S+)\s+(\])')


def dump_incidents(incidents: Iterable[Incident]) -> str:
    """Write incidents as a GeoJSON FeatureCollection (RFC 7946, WGS84) in canonical form."""
    ordered = sorted(incidents, key=lambda incident: (incident.date_start, incident.id))
    document = {"type": "FeatureCollection", "features": [to_feature(incident) for incident in ordered]}
    return _COORDINATES.sub(r"\1\2 \3\4", _dump(document))


def dump_claimants(claimants: Iterable[Claimant]) -> str:
    """Write the claimant register, in the order given."""
    return _dump([_without_nulls(claimant.model_dump(mode="json")) for claimant in claimants])


def dump_event_groups(groups: Iterable[EventGroup]) -> str:
    """Write the register of event groups: by first day, then id."""
    ordered = sorted(groups, key=lambda group: (group.date_start, group.id))
    return _dump([group.model_dump(mode="json") for group in ordered])


def _dump(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def to_feature(incident: Incident) -> Any:
    """Return an incident as the GeoJSON feature that stands in the store."""
    feature = incident.to_feature()
    properties = feature["properties"]
    for key in ("aliases", "location_note", "movement"):
        if not properties[key]:
            del properties[key]
    for key in ("claims", "sources"):
        properties[key] = [_without_nulls(part) for part in properties[key]]
    if "movement" in properties:
        properties["movement"] = _without_nulls(properties["movement"])
    return _whole_numbers(feature)


def _without_nulls(value: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: inner for key, inner in value.items() if inner is not None}
    return {key: _without_nulls(inner) if isinstance(inner, Mapping) else inner for key, inner in kept.items()}


def _whole_numbers(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _whole_numbers(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_whole_numbers(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
