"""Imported rows as records of incidents, so that whatever works with the record's own works with them."""

from collections.abc import Mapping
from typing import Any, Final

import pyarrow as pa

from geo.incident import Claim, Claimant, Incident, Source
from geo.vocabulary import About, LocationPrecision, Scope, SourceKind, Stance
from geo.wording import list_words

_COPIED: Final = (
    *("id", "category", "subtype", "date_start", "date_end", "date_precision", "district", "province", "country"),
    *("status", "event_group", "location_note"),
)
_PARTS: Final = {
    "killed_side_a": "side A",
    "killed_side_b": "side B",
    "killed_civilians": "civilians",
    "killed_unknown": "people not known",
}
NOWHERE: Final = "place not stated"
LONGEST_TITLE, LONGEST_SUMMARY = 80, 400
BASIS: Final = "coordinates of the imported dataset"


def records(rows: pa.Table, claimants: Mapping[str, Claimant]) -> tuple[Incident, ...]:
    """Return an incident for each row of IMPORT_SCHEMA, in their order, with one claim by its dataset."""
    return tuple(_incident(row, claimants[row["dataset"]]) for row in rows.to_pylist())


def _incident(row: dict[str, Any], claimant: Claimant) -> Incident:
    return Incident.model_validate(
        {name: None if row[name] == "" else row[name] for name in _COPIED}
        | _placed(row)
        | {
            "title": cut(row["title"], LONGEST_TITLE),
            "summary": cut(row["summary"] or row["title"], LONGEST_SUMMARY),
            "place": row["place"] or row["district"] or row["province"] or NOWHERE,
            "actors": tuple(row["actors"] or ()),
            "claims": (_claim(row, claimant),),
            "sources": (_source(row, claimant),),
        }
    )


def _placed(row: dict[str, Any]) -> dict[str, Any]:
    if row["lon"] is None or row["lat"] is None or row["location_precision"] == LocationPrecision.COUNTRY:
        nowhere = dict.fromkeys(("lon", "lat", "uncertainty_km", "location_basis", "location_confidence"))
        return nowhere | {"location_precision": LocationPrecision.COUNTRY}
    return {name: row[name] for name in ("location_precision", "lon", "lat", "uncertainty_km")} | {
        "location_basis": BASIS,
        "location_confidence": None,
    }


def _claim(row: dict[str, Any], claimant: Claimant) -> Claim:
    low, high = row["killed_low"], row["killed_high"]
    if low is not None and high is not None and low > high:  # as some files have it; their rows keep that order
        low, high = high, low
    figure = {"value": low} if low == high else {"low": low, "high": high}
    if low is None and high is None:
        return Claim(by=claimant.id, stance=Stance.ASSERTS, about=About.EVENT, scope=Scope.INCIDENT, source=0)
    return Claim(
        by=claimant.id,
        stance=Stance.ASSERTS,
        about=About.KILLED,
        **figure,
        of="people",
        scope=Scope.INCIDENT,
        note=note_of(row),
        source=0,
    )


def note_of(row: dict[str, Any]) -> str | None:
    """Say the best estimate where it is not the only one, and whose deaths they are; parts are no further claims."""
    said = []
    if row["killed_low"] != row["killed_high"] and row["killed_best"] is not None:
        said.append(f"best estimate {row['killed_best']:,}")
    parts = [f"{row[name]:,} of {words}" for name, words in _PARTS.items() if row[name]]
    return "; ".join([*said, *([f"by its estimate {list_words(parts)}"] if parts else [])]) or None


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
    """Shorten a text to so many characters."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
