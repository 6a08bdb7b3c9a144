"""Incidents as rows of the table, with their derived columns; and imported rows as incidents."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from geo.casualties import Rule, Toll, cluster_tolls, own_toll
from geo.datasets.dataset import ROW_SCHEMA
from geo.incident.record import Claim, Claimant, ImportedIncident, Incident, Source, whose_losses
from geo.incident.vocabulary import MEASURES, About, Border, LocationPrecision, Scope, SourceKind, Stance
from geo.language.folding import fold
from geo.language.messages import list_words, say
from geo.places.boundaries import Boundaries, decides, side_share
from geo.places.locating import locate_from_nearest_border
from geo.selection import search_text

# The rows of the incident table: stored values, and values derived from them that are never stored.

CURATED: Final = "curated"
"""Dataset code of the record."""

RECORD_SCHEMA: Final = pa.schema(
    [
        *ROW_SCHEMA,
        ("province_codes", pa.list_(pa.string())),
        ("countries", pa.list_(pa.string())),
        ("crossed", pa.string()),
    ]
)
"""Columns and types of a row of the record. In addition to those of imported datasets: `province_codes`, all provinces
it lies in (empty if unknown); `countries`, those of the provinces and its own; and `crossed`, the code in `Border` of
the line that people crossed."""

CLUSTER: Final = "cluster_"
"""Prefix of the columns for claims about the whole event cluster."""
_TEXT = pa.string()
TOLL_SCHEMA: Final = pa.schema(
    [
        ("id", _TEXT),
        *(
            (f"{prefix}{about}_{part}", kind)
            for prefix in ("", CLUSTER)
            for about in MEASURES
            for part, kind in (("low", pa.int64()), ("high", pa.int64()), ("or_more", pa.bool_()))
        ),
    ]
)
"""Tolls under a rule: of the incident itself, and of its whole event cluster (the same for all incidents of the
cluster)."""


def incident_rows(incidents: Sequence[Incident], claimants: Mapping[str, Claimant], layers: Boundaries) -> pa.Table:
    """Return one row per incident with the columns of RECORD_SCHEMA, in the order given."""
    described = [_recorded(incident, claimants, layers) for incident in incidents]
    placed = _placed(incidents, layers)
    return pa.Table.from_pylist([{**row, **place} for row, place in zip(described, placed, strict=True)], RECORD_SCHEMA)


def lists_of(column: pa.ChunkedArray) -> pa.Array:
    """Wrap each value in a list of one; a missing value gives an empty list."""
    values = column.combine_chunks()
    ends = pa.array(np.cumsum([0, *values.is_valid().to_numpy(zero_copy_only=False)]), pa.int32())
    return pa.ListArray.from_arrays(ends, values.drop_null())


def toll_rows(incidents: Sequence[Incident], rule: Rule) -> pa.Table:
    """Return one row per incident with its tolls under a rule, in the order given; null where nobody gives a figure.

    `incidents` must hold all or none of the incidents of an event cluster.
    """
    whole = {
        about: {each.cluster: each.toll for each in cluster_tolls(incidents, incidents, about, rule)}
        for about in MEASURES
    }
    rows = []
    for incident in incidents:
        row: dict[str, Any] = {"id": incident.id}
        for about in MEASURES:
            row |= toll_values(str(about), own_toll(incident, about, rule))
            row |= toll_values(f"{CLUSTER}{about}", whole[about].get(incident.event_group or ""))
        rows.append(row)
    return pa.Table.from_pylist(rows, TOLL_SCHEMA)


def toll_values(name: str, toll: Toll | None) -> dict[str, Any]:
    """Return a toll as columns `NAME_low`, `NAME_high` and `NAME_or_more`; all None if there is none."""
    return {
        f"{name}_low": toll and toll.low,
        f"{name}_high": toll and toll.high,
        f"{name}_or_more": toll and toll.or_more,
    }


def _recorded(incident: Incident, claimants: Mapping[str, Claimant], layers: Boundaries) -> Mapping[str, Any]:
    return _described(incident, tuple(claimants[c.by] for c in incident.claims if c.by in claimants), layers)


@lru_cache(maxsize=4096)  # takes a millisecond; unaffected by switching a dataset or editing another incident
def _described(incident: Incident, speakers: tuple[Claimant, ...], layers: Boundaries) -> Mapping[str, Any]:
    searched = search_text(incident, {speaker.id: speaker for speaker in speakers}, layers.place_names)
    codes = layers.provinces_of(incident)
    province = incident.province and layers.province_named(incident.province, incident.country)
    copied = (
        *("id", "category", "subtype", "title", "summary", "date_start", "date_end", "date_precision", "place"),
        *("district", "province", "country", "location_precision", "lon", "lat", "uncertainty_km", "status"),
        "event_group",
    )
    return {
        **{name: getattr(incident, name) for name in copied},
        "dataset": CURATED,
        "year": incident.date_start.year,
        "province_code": province,
        "province_codes": list(codes),
        "countries": sorted({incident.country.value, *(code[:2] for code in codes)}),
        "crossed": _crossed(incident),
        "actors": list(incident.actors),
        "actors_folded": [fold(actor) for actor in incident.actors],
        "claims": len(incident.claims),
        "sources": len(incident.sources),
        "search": searched.text,
        "search_keys": list(searched.keys),
    }


def _crossed(incident: Incident) -> Border | None:
    """Return the border line between the origin and destination of a movement; None without one."""
    if incident.movement is None:
        return None
    ends = {incident.movement.origin.country, incident.movement.destination.country}
    return next((border for border in Border if set(border.countries) == ends), None)


def _placed(incidents: Sequence[Incident], layers: Boundaries) -> list[dict[str, Any]]:
    """Measure each incident from its nearer border, and tell whether its side is certain."""
    nan = float("nan")
    lon = np.array([nan if i.lon is None else i.lon for i in incidents], float)
    lat = np.array([nan if i.lat is None else i.lat for i in incidents], float)
    placed = _none_for_missing(locate_from_nearest_border(lon, lat, layers).drop(columns="nearby"))
    return [
        row | {"side_decided": None if row["side"] is None else decides(side_share(incident, row["side"]))}
        for incident, row in zip(incidents, placed, strict=True)
    ]


def _none_for_missing(frame: pd.DataFrame) -> list[dict[str, Any]]:
    plain = frame.astype(object)
    return plain.where(plain.notna(), None).to_dict("records")  # type: ignore[return-value]  # keys are column names


# Imported rows as `Incident` values, so that code for the record's incidents works with them too.

_COPIED: Final = (
    *("id", "category", "subtype", "date_start", "date_end", "date_precision", "district", "province", "country"),
    *("status", "event_group", "location_note"),
)
_PARTS: Final = {
    "killed_side_a": say("claim-side-a"),
    "killed_side_b": say("claim-side-b"),
    "killed_civilians": say("claim-civilians"),
    "killed_unknown": say("claim-unknown-people"),
}
NOWHERE: Final = say("place-not-stated")
LONGEST_TITLE, LONGEST_SUMMARY = 80, 400
BASIS: Final = say("place-by-dataset")


SENSELESS: Final = (ValueError, TypeError, KeyError, OverflowError)
"""Errors that rows not written by an import can cause."""


def incidents_of(rows: pa.Table, claimants: Mapping[str, Claimant]) -> tuple[Incident, ...]:
    """Return an incident per row of IMPORT_SCHEMA, in order, each with the claims of its dataset.

    Raises one of SENSELESS for an invalid row.
    """
    return tuple(_incident(row, claimants[row["dataset"]]) for row in rows.to_pylist())


def _incident(row: dict[str, Any], claimant: Claimant) -> Incident:
    return ImportedIncident.model_validate(
        {name: None if row[name] == "" else row[name] for name in _COPIED}
        | _stated_place(row)
        | {
            "title": cut(row["title"], LONGEST_TITLE),
            "summary": cut(row["summary"] or row["title"], LONGEST_SUMMARY),
            "place": row["place"] or row["district"] or row["province"] or NOWHERE,
            "actors": tuple(row["actors"] or ()),
            "claims": _claims(row, claimant),
            "sources": (_source(row, claimant),),
        }
    )


def _stated_place(row: dict[str, Any]) -> dict[str, Any]:
    if row["lon"] is None or row["lat"] is None or row["location_precision"] == LocationPrecision.COUNTRY:
        nowhere = dict.fromkeys(("lon", "lat", "uncertainty_km", "location_basis", "location_confidence"))
        return nowhere | {"location_precision": LocationPrecision.COUNTRY}
    return {name: row[name] for name in ("location_precision", "lon", "lat", "uncertainty_km")} | {
        "location_basis": BASIS,
        "location_confidence": None,
    }


def _claims(row: dict[str, Any], claimant: Claimant) -> tuple[Claim, ...]:
    """Return a claim for each measure of people of which the row has a figure; that it happened, if of none."""
    found = tuple(claim for about in MEASURES if (claim := _claim(row, about, claimant)))
    return found or (Claim(by=claimant.id, stance=Stance.ASSERTS, about=About.EVENT, scope=Scope.INCIDENT, source=0),)


def _claim(row: dict[str, Any], about: About, claimant: Claimant) -> Claim | None:
    low, high = row[f"{about}_low"], row[f"{about}_high"]
    if low is None and high is None:
        return None
    if low is not None and high is not None and low > high:  # some files swap them, and their rows keep that order
        low, high = high, low
    return Claim(
        by=claimant.id,
        stance=Stance.ASSERTS,
        about=about,
        **({"value": low} if low == high else {"low": low, "high": high}),
        of="people",
        scope=Scope.INCIDENT,
        note=note_of(row, about, claimant),
        source=0,
    )


def note_of(row: Mapping[str, Any], about: About, claimant: Claimant) -> str | None:
    """Return the note of a claim: whose losses they are; of the killed also the best estimate and the parts.

    The parts go here because they are not claims of their own.
    """
    whose = whose_losses(claimant) if MEASURES[about].losses else None
    said = [whose] if whose else []
    if about is not About.KILLED:
        return whose
    if row["killed_low"] != row["killed_high"] and row["killed_best"] is not None:
        said.append(say("claim-best-estimate", killed=row["killed_best"]))
    parts = [say("claim-part", killed=row[name], whose=words) for name, words in _PARTS.items() if row[name]]
    return "; ".join([*said, *([say("claim-by-its-estimate", parts=list_words(parts))] if parts else [])]) or None


def _source(row: dict[str, Any], claimant: Claimant) -> Source:
    version = f" {row['source_version']}" if row["source_version"] else ""
    quoted = f": {row['source_text']}" if row["source_text"] else ""
    url = row["source_url"]
    return Source.model_validate(
        {
            "publisher": claimant.name,
            "title": f"{claimant.name}{version}, {row['source_id']}{quoted}",
            "url": url,
            "kind": SourceKind.AGGREGATOR_OR_MIRROR,
        }
    )


def cut(text: str, longest: int) -> str:
    """Shorten a text to at most `longest` characters."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
