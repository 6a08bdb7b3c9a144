"""GeoJSON (RFC 7946): the record with its claims as the store has it, and what is computed from it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO, Final

from shapely.geometry.base import BaseGeometry

from geo.canonical import dump_incidents
from geo.export.columns import TOLLS
from geo.export.contents import Contents
from geo.incident import Claimant, Incident
from geo.manifest import to_json
from geo.table.records import records

_AT_ONCE: Final = 2_000
"""Incidents of which records are made together."""
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
    made = json.loads(to_json(contents.manifest))
    found = list(features(contents.incidents, contents.rows.to_pylist(), contents.grounds))
    document = {"type": "FeatureCollection", "manifest": made, "features": found}
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False).encode() + b"\n"


def write_geojson(parts: Iterable[Contents], claimants: Mapping[str, Claimant], file: BinaryIO) -> None:
    """Write the same of several parts of a choice, a feature to a line."""
    before = b""
    for contents in parts:
        if not before:
            made = json.dumps(json.loads(to_json(contents.manifest)), ensure_ascii=False, allow_nan=False)
            file.write(b'{"type": "FeatureCollection", "manifest": ' + made.encode() + b', "features": [\n')
        for start in range(0, len(contents.grounds), _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            rows = contents.rows.slice(start, _AT_ONCE).to_pylist()
            incidents = contents.incidents[some]
            if contents.imported is not None:
                incidents = records(contents.imported.slice(start, _AT_ONCE), claimants)
            for feature in features(incidents, rows, contents.grounds[some]):
                file.write(before + json.dumps(feature, ensure_ascii=False, allow_nan=False).encode())
                before = b",\n"
        before = before or b" "
    file.write(b"\n]}\n")


def features(
    incidents: Sequence[Incident], rows: Sequence[Mapping[str, Any]], grounds: Sequence[BaseGeometry | None]
) -> Iterator[dict[str, Any]]:
    """Return the features of incidents, in the order of their rows and grounds."""
    written = {feature["id"]: feature for feature in json.loads(dump_incidents(incidents))["features"]}
    for row, ground in zip(rows, grounds, strict=True):
        yield _feature(written[row["id"]], row, None if ground is None else ground.__geo_interface__)


def _feature(stored: Mapping[str, Any], row: Mapping[str, Any], geometry: Mapping[str, Any] | None) -> dict[str, Any]:
    point = stored["geometry"]
    computed = {"best_point": point and point["coordinates"], **{name: row[name] for name in _COMPUTED}}
    return {**stored, "geometry": geometry, "properties": {**stored["properties"], "computed": computed}}
