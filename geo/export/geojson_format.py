"""GeoJSON (RFC 7946): the record with its claims as stored, plus derived values."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from json.encoder import encode_basestring as quoted
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from shapely.geometry.base import BaseGeometry

from geo.export.columns import COMPUTED, row_of
from geo.export.formats import Contents, ExportFormat, ground
from geo.export.manifest import incident_manifest, to_json
from geo.incident.record import Claimant, Incident
from geo.incident.vocabulary import About, LocationPrecision, Scope, SourceKind, Stance
from geo.language.messages import say
from geo.places.boundaries import Boundaries
from geo.store.incident_store import to_feature
from geo.table.incident_rows import BASIS, LONGEST_SUMMARY, LONGEST_TITLE, NOWHERE, cut
from geo.table.incident_table import IncidentTable

# Bulk GeoJSON features of imported incidents, byte for byte as their records would give. Built as text, column by
# column; creating records takes minutes for a million.

Texts = Sequence[str]

FLAT: Final = ("dataset", *COMPUTED)
"""Properties beside those of the store, named as in other formats."""

_POINT: Final = 0
"""Shapely's type id of points."""
_NULL: Final = "null"
_FEATURE: Final = (
    '{"type": "Feature", "id": %s, "geometry": %s, "properties": {"category": %s, "subtype": %s, "title": %s, '
    '"summary": %s, "date_start": %s, "date_end": %s, "date_precision": %s, "place": %s, "district": %s, '
    '"province": %s, "country": %s, "location_precision": %s, "uncertainty_km": %s, "location_basis": %s, '
    '"location_confidence": null, %s"actors": %s, "status": %s, "event_group": %s, "claims": [%s], "sources": [%s], '
    f'"longitude": %s, "latitude": %s, {", ".join(f"{quoted(name)}: %s" for name in FLAT)}}}}}'
)


def imported_features(contents: Contents) -> Iterator[str]:
    """Yield imported incidents of one dataset as JSON features, in row order."""
    rows, written = contents.imported, contents.rows
    assert rows is not None
    claimant = contents.claimants[rows["dataset"][0].as_py()]
    columns: list[Texts] = [_json(rows["id"]), _geometries(contents.grounds)]
    columns += [_json(rows[name]) for name in ("category", "subtype")]
    columns += [_json(rows["title"], LONGEST_TITLE), _json(written["summary"], LONGEST_SUMMARY)]
    columns += [_json(rows[name]) for name in ("date_start", "date_end", "date_precision")]
    columns += [_place(rows), *(_json(rows[name]) for name in ("district", "province", "country"))]
    columns += _placed(written)
    columns += [_noted(rows["location_note"]), _actors(rows["actors"])]
    columns += [_json(rows[name]) for name in ("status", "event_group")]
    columns += [_claims(contents.claims, claimant), _sources(contents.sources)]
    columns += [_whole(written["lon"]), _whole(written["lat"]), *(_json(written[name]) for name in FLAT)]
    return (_FEATURE % values for values in zip(*columns, strict=True))


def _json(column: Any, longest: int | None = None) -> Texts:
    """Write values as JSON, texts stripped and cut to a length; each distinct value is formatted once."""
    if pa.types.is_floating(column.type):
        return [_NULL if number is None else repr(number) for number in column.to_pylist()]
    is_text = pa.types.is_string(column.type) or pa.types.is_date(column.type)
    found = pa.chunked_array(column.cast(pa.string())).combine_chunks().dictionary_encode()
    texts = found.dictionary.to_pylist()
    written = [_text(text, longest) if is_text else text for text in texts]
    return _taken([*written, _NULL], pc.fill_null(found.indices, len(written)))


def _text(text: str, longest: int | None) -> str:
    sound = (text if longest is None else cut(text, longest)).strip()
    return quoted(sound) if text else _NULL


def _taken(texts: list[str], at: pa.Array) -> Texts:
    found: list[str] = np.array(texts, object)[at.to_numpy(zero_copy_only=False)].tolist()
    return found


def _whole(column: Any) -> Texts:
    """Write numbers, whole ones without a fraction, as the record does."""
    numbers = column.to_pylist()
    return [_NULL if n is None else str(int(n)) if n.is_integer() else repr(n) for n in numbers]


def _place(rows: pa.Table) -> Texts:
    named = [pc.if_else(pc.equal(rows[name], ""), None, rows[name]) for name in ("place", "district", "province")]
    return _json(pc.coalesce(*named, NOWHERE))


def _placed(written: pa.Table) -> list[Texts]:
    precision = written["location_precision"]
    basis = pc.if_else(pc.equal(precision, LocationPrecision.COUNTRY.value), None, BASIS)
    return [_json(precision), _whole(written["uncertainty_km"]), _json(basis)]


def _geometries(grounds: Sequence[BaseGeometry | None]) -> Texts:
    shapes = np.array(grounds, object)
    places = zip(shapes, shapely.get_type_id(shapes), shapely.get_x(shapes), shapely.get_y(shapes), strict=True)
    outlines: dict[int, str] = {}
    return [
        f'{{"type": "Point", "coordinates": [{float(x)!r}, {float(y)!r}]}}'
        if kind == _POINT
        else _shape(shape, outlines)
        for shape, kind, x, y in places
    ]


def _shape(shape: BaseGeometry | None, outlines: dict[int, str]) -> str:
    """Write an outline, cached, since thousands of incidents share one."""
    if id(shape) not in outlines:
        outlines[id(shape)] = _NULL if shape is None else json.dumps(shape.__geo_interface__)
    return outlines[id(shape)]


def _noted(notes: Any) -> Texts:
    return ["" if note is _NULL else f'"location_note": {note}, ' for note in _json(notes)]


def _actors(actors: Any) -> Texts:
    named = {names: json.dumps([n.strip() for n in names], ensure_ascii=False) for names in set(_tuples(actors))}
    return [named[names] for names in _tuples(actors)]


def _tuples(actors: Any) -> list[tuple[str, ...]]:
    return [tuple(names or ()) for names in actors.to_pylist()]


def _claims(claims: pa.Table, claimant: Claimant) -> Texts:
    """Write the claims of each incident; in `claims` they stand one after another."""
    begin = f'{{"by": {quoted(claimant.id)}, "stance": "{Stance.ASSERTS}", "about": '
    event = f'{begin}"{About.EVENT}", "scope": "{Scope.INCIDENT}", "source": 0}}'
    counted = f'{begin}"%s", %s, "of": "people", "scope": "{Scope.INCIDENT}", %s"source": 0}}'
    values = zip(*(claims[name].to_pylist() for name in ("about", "value", "low", "high", "note")), strict=True)
    texts = [
        event
        if about == About.EVENT
        else counted % (about, _figure(value, low, high), f'"note": {quoted(note)}, ' if note else "")
        for about, value, low, high, note in values
    ]
    first = np.flatnonzero(pc.equal(claims["number"], 1)).tolist()
    if len(first) == len(texts):
        return texts
    return [", ".join(texts[start:end]) for start, end in pairwise([*first, len(texts)])]


def _figure(value: int | None, low: int | None, high: int | None) -> str:
    if value is not None:
        return f'"value": {value}'
    if low is not None and high is not None and low > high:  # some files swap them
        low, high = high, low
    return ", ".join(f'"{end}": {number}' for end, number in (("low", low), ("high", high)) if number is not None)


def _sources(sources: pa.Table) -> Texts:
    kind = f'"kind": "{SourceKind.AGGREGATOR_OR_MIRROR}"'
    parts = zip(*(_json(sources[name]) for name in ("publisher", "title", "url")), strict=True)
    return [
        f'{{"publisher": {publisher}, "title": {title}, {kind}}}'
        if url is _NULL
        else f'{{"publisher": {publisher}, "title": {title}, "url": {url}, {kind}}}'
        for publisher, title, url in parts
    ]


def write_geojson(parts: Iterable[Contents], path: Path) -> None:
    """Write a FeatureCollection with a foreign member `manifest`; if in several parts, one feature per line.

    Properties are those of the store, its coordinates as `longitude` and `latitude`, and derived values, each a plain
    value, since programs cannot style by nested ones. The geometry is a point only for an exact or approximate
    location; otherwise it is the area or border segment that the incident is known to.
    """
    before = ""
    with path.open("wb") as file:
        for contents in parts:
            made = json.loads(to_json(contents.manifest))
            if contents.whole:
                found = list(features(contents.incidents, contents.rows.to_pylist(), contents.grounds))
                document = {"type": "FeatureCollection", "manifest": made, "features": found}
                file.write(json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False).encode() + b"\n")
                return
            if not before:
                file.write(f'{{"type": "FeatureCollection", "manifest": {_dumped(made)}, "features": [\n'.encode())
            for feature in _written(contents):
                file.write(f"{before}{feature}".encode())
                before = ",\n"
            before = before or " "
        file.write(b"\n]}\n")


FORMAT: Final = ExportFormat(
    ending="geojson",
    label="GeoJSON",
    media_type="application/geo+json",
    rank=2,
    write=write_geojson,
    shrinks=True,
    offered=say("download-geojson-help"),
)


def features(
    incidents: Iterable[Incident], rows: Iterable[Mapping[str, Any]], grounds: Iterable[BaseGeometry | None]
) -> Iterator[dict[str, Any]]:
    """Yield the features of incidents, with their rows and geometries."""
    for incident, row, area in zip(incidents, rows, grounds, strict=True):
        yield _feature(to_feature(incident), row, None if area is None else area.__geo_interface__)


def incident_document(incident: Incident, table: IncidentTable, layers: Boundaries) -> dict[str, Any]:
    """Return one incident as a Feature under the table's rule, with foreign members that describe it.

    `manifest` has its versions, rule, credit and licence, and how precisely a map shows it.
    """
    rows = row_of(incident, table).to_pylist()
    (found,) = features([incident], rows, [ground(incident, layers)])
    return {**found, "manifest": json.loads(to_json(incident_manifest(incident, rows[0]["dataset"], table, layers)))}


def _written(contents: Contents) -> Iterator[str]:
    if contents.imported is not None:
        return imported_features(contents)
    return map(_dumped, features(contents.incidents, contents.rows.to_pylist(), contents.grounds))


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _feature(stored: Mapping[str, Any], row: Mapping[str, Any], geometry: Mapping[str, Any] | None) -> dict[str, Any]:
    point = stored["geometry"]
    longitude, latitude = point["coordinates"] if point else (None, None)
    derived = {"longitude": longitude, "latitude": latitude, **{name: row[name] for name in FLAT}}
    return {**stored, "geometry": geometry, "properties": {**stored["properties"], **derived}}
