"""`schema`: the JSON Schema (draft 2020-12) of the incident file as it is written, for editors and other programs.

The store also checks what a schema cannot express: that ids are unique, claimants are registered, a claim's source is
in the list, and days and ranges are the right way round.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from typing import Any, Final

from geo.cli.shared import with_examples
from geo.incident.losses import LOSS_OF
from geo.incident.record import Incident
from geo.incident.vocabulary import IMPORTED_ONLY, About, Category, LocationPrecision, Scope, Subtype
from geo.language.messages import say

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_FEATURE_FIELDS: Final = ("id", "lon", "lat")
"""Fields of an incident that are not properties of its Feature."""
_DAY: Final = r"^\d{4}-\d{2}-\d{2}$"
_NOT_BLANK: Final = r"\S"


def incident_schema() -> dict[str, Any]:
    """Return the schema of the whole file: a GeoJSON FeatureCollection of incidents, WGS84, lon, lat."""
    record = Incident.model_json_schema()
    kinds = {name: _plain(kind) for name, kind in record.pop("$defs").items()}
    kinds["Claim"] |= _claim_conditions()
    kinds["Whereabouts"]["dependentRequired"] = {
        field: ["lon", "lat", "uncertainty_km"] for field in ("lon", "lat", "uncertainty_km")
    }
    properties = _plain(record)
    fields = properties["properties"]
    fields["provinces"] |= {"minItems": 2, "uniqueItems": True}
    identity, lon, lat = (fields.pop(name) for name in _FEATURE_FIELDS)
    properties["required"] = [name for name in properties["required"] if name not in _FEATURE_FIELDS]
    kinds["Incident"] = properties | {"allOf": [*_subtypes_of_categories(), _scopes_without_a_cluster()]}
    kinds["Point"] = _point(*(_without_null(axis) for axis in (lon, lat)))
    kinds["Feature"] = _feature(identity)
    return {
        "$schema": _DIALECT,
        "title": "Incidents on the Afghanistan–Pakistan–Tajikistan borders",
        "description": "A GeoJSON FeatureCollection (RFC 7946, WGS84), one Feature per incident, in canonical form.",
        **_closed({"type": {"const": "FeatureCollection"}, "features": {"type": "array", "items": _ref("Feature")}}),
        "$defs": dict(sorted(kinds.items())),
    }


def dump_schema() -> str:
    """Return the schema as JSON text."""
    return json.dumps(incident_schema(), ensure_ascii=False, indent=1) + "\n"


def _closed(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of an object with exactly these members."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _ref(kind: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{kind}"}


def _plain(schema: Any) -> dict[str, Any]:
    """Return pydantic's schema without its generated titles; optional fields may be omitted, but not null."""
    plain = {key: value for key, value in schema.items() if key not in ("title", "default")}
    if "description" in plain:
        plain["description"] = plain["description"].replace("None", "null")
    if "properties" in plain:
        required = plain.get("required", [])
        plain["properties"] = {
            name: _plain(field) if name in required else _without_null(_plain(field))
            for name, field in plain["properties"].items()
        }
    for key in ("anyOf", "allOf", "oneOf"):
        if key in plain:
            plain[key] = [_plain(part) for part in plain[key]]
    if "enum" in plain:
        plain["enum"] = [code for code in plain["enum"] if code not in IMPORTED_ONLY]
    if "items" in plain:
        plain["items"] = _plain(plain["items"])
    if plain.get("format") == "date":
        plain["pattern"] = _DAY
    elif plain.get("minLength"):
        plain["pattern"] = _NOT_BLANK
    return plain


def _without_null(schema: Mapping[str, Any]) -> dict[str, Any]:
    kept = dict(schema)
    choices = [part for part in kept.pop("anyOf", []) if part != {"type": "null"}]
    return kept if not choices else kept | choices[0] if len(choices) == 1 else kept | {"anyOf": choices}


def _point(lon: Mapping[str, Any], lat: Mapping[str, Any]) -> dict[str, Any]:
    coordinates = {"type": "array", "prefixItems": [lon, lat], "items": False, "minItems": 2, "description": "lon, lat"}
    return _closed({"type": {"const": "Point"}, "coordinates": coordinates})


def _feature(identity: Mapping[str, Any]) -> dict[str, Any]:
    members = {
        "type": {"const": "Feature"},
        "id": identity,
        "geometry": {"anyOf": [_ref("Point"), {"type": "null"}]},
        "properties": _ref("Incident"),
    }
    nowhere = {"const": LocationPrecision.COUNTRY.value}
    placed = {"not": {"type": "null"}}

    def both(geometry: Mapping[str, Any], precision: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
        fields = {"location_precision": precision, "uncertainty_km": known, "location_basis": known}
        return {"properties": {"geometry": geometry, "properties": {"properties": fields}}}

    return _closed(members) | {
        "if": {"properties": {"geometry": {"type": "null"}}},
        "then": both({"type": "null"}, nowhere, {"type": "null"}),
        "else": both(placed, {"not": nowhere}, placed),
    }


def _subtypes_of_categories() -> list[dict[str, Any]]:
    return [
        {
            "if": {"properties": {"category": {"const": category.value}}},
            "then": {"properties": {"subtype": {"enum": _curated_subtypes(category)}}},
        }
        for category in Category
        if category not in IMPORTED_ONLY
    ]


def _scopes_without_a_cluster() -> dict[str, Any]:
    """Require that only incidents in an event cluster have claims about the whole cluster."""
    condition = {"not": {"properties": {"scope": {"const": Scope.GROUP.value}}, "required": ["scope"]}}
    return {
        "if": {"properties": {"event_group": {"type": "null"}}},
        "then": {"properties": {"claims": {"items": condition}}},
    }


def _curated_subtypes(category: Category) -> list[str]:
    return [kind.value for kind in Subtype if kind.category is category and kind not in IMPORTED_ONLY]


def _claim_conditions() -> dict[str, Any]:
    """Require that a figure is either exact or a range, and that a toll says whose loss it is."""
    tolls = [About.KILLED.value, About.INJURED.value]
    return {
        "not": {"required": ["value"], "anyOf": [{"required": ["low"]}, {"required": ["high"]}]},
        "if": {"properties": {"about": {"enum": tolls}}},
        "then": {"required": ["of"], "properties": {"of": {"enum": sorted(LOSS_OF)}}},
    }


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.usage = "%(prog)s"
    parser.description = say("help-schema")
    parser.epilog = with_examples("", "python -m geo schema > incident.schema.json")


def run(arguments: argparse.Namespace) -> int:
    """Print the schema."""
    del arguments
    sys.stdout.write(dump_schema())
    return 0
