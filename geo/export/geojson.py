"""GeoJSON (RFC 7946): the record with its claims as the store has it, and what is computed from it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from shapely.geometry.base import BaseGeometry

from geo.canonical import to_feature
from geo.export.columns import COMPUTED
from geo.export.contents import Contents
from geo.export.imported_features import imported_features
from geo.incident import Claimant, Incident
from geo.manifest import to_json


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
    before = ""
    for contents in parts:
        if not before:
            made = _dumped(json.loads(to_json(contents.manifest)))
            file.write(f'{{"type": "FeatureCollection", "manifest": {made}, "features": [\n'.encode())
        for feature in _written(contents, claimants):
            file.write(f"{before}{feature}".encode())
            before = ",\n"
        before = before or " "
    file.write(b"\n]}\n")


def features(
    incidents: Iterable[Incident], rows: Iterable[Mapping[str, Any]], grounds: Iterable[BaseGeometry | None]
) -> Iterator[dict[str, Any]]:
    """Return the features of incidents, in the order of their rows and grounds."""
    for incident, row, ground in zip(incidents, rows, grounds, strict=True):
        yield _feature(to_feature(incident), row, None if ground is None else ground.__geo_interface__)


def _written(contents: Contents, claimants: Mapping[str, Claimant]) -> Iterator[str]:
    if contents.imported is not None:
        return imported_features(contents, claimants[contents.imported["dataset"][0].as_py()])
    return map(_dumped, features(contents.incidents, contents.rows.to_pylist(), contents.grounds))


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _feature(stored: Mapping[str, Any], row: Mapping[str, Any], geometry: Mapping[str, Any] | None) -> dict[str, Any]:
    point = stored["geometry"]
    computed = {"best_point": point and point["coordinates"], **{name: row[name] for name in COMPUTED}}
    return {**stored, "geometry": geometry, "properties": {**stored["properties"], "computed": computed}}
