"""GeoJSON (RFC 7946): the record with its claims as the store has it, and what is computed from it."""

import json
from collections.abc import Mapping
from typing import Any, Final

from geo.canonical import dump_incidents
from geo.export.columns import TOLLS
from geo.export.contents import Contents
from geo.manifest import to_json

_COMPUTED: Final = (
    *("province_code", "joined_province_code", "border", "border_km", "chainage_km", "side", "side_decided"),
    "side_probability",
    *(f"{about}_{part}" for about in TOLLS for part in ("low", "high", "or_more", "covers", "ratio")),
    "toll_rule",
)


def to_geojson(contents: Contents) -> bytes:
    """Write a FeatureCollection with a foreign member `manifest`.

    Properties are those of the store and `computed`: what is derived from the record, and `best_point`, the store's
    coordinates. The geometry is a point only where the place is known exactly or nearly; else it is the area or the
    stretch of the border that the incident is known to.
    """
    written = {feature["id"]: feature for feature in json.loads(dump_incidents(contents.incidents))["features"]}
    features = [
        _feature(written[row["id"]], row, None if ground is None else ground.__geo_interface__)
        for row, ground in zip(contents.rows.to_pylist(), contents.grounds, strict=True)
    ]
    made = json.loads(to_json(contents.manifest))
    document = {"type": "FeatureCollection", "manifest": made, "features": features}
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False).encode() + b"\n"


def _feature(stored: Mapping[str, Any], row: Mapping[str, Any], geometry: Mapping[str, Any] | None) -> dict[str, Any]:
    point = stored["geometry"]
    computed = {"best_point": point and point["coordinates"], **{name: row[name] for name in _COMPUTED}}
    return {**stored, "geometry": geometry, "properties": {**stored["properties"], "computed": computed}}
