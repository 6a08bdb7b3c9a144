"""The rows of an export: chosen incidents, their claims and their sources, as Arrow tables."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa

from geo.aggregate import finite
from geo.claims import RANGE, dispute_ratio, own_toll
from geo.describe import figure
from geo.dispute import speaker
from geo.export.columns import CLAIM_SCHEMA, INCIDENT_SCHEMA, SOURCE_SCHEMA, TOLLS
from geo.filters import Filters
from geo.incident import Claim, Claimant, Incident
from geo.side import decides, side_share
from geo.table import IncidentTable
from geo.vocabulary import Scope

_DERIVED: Final = (
    *("dataset", "province_code", "border", "border_km", "chainage_km", "side", "side_decided"),
    "joined_province_code",
)
_SCOPE_WORDS: Final = {Scope.GROUP: " for the whole event", Scope.CUMULATIVE: " as a running total"}


def incident_table(filters: Filters, table: IncidentTable) -> pa.Table:
    """Return one row per chosen incident, oldest first, with the columns of INCIDENT_SCHEMA."""
    derived = table.select(filters)[list(_DERIVED)].astype(object)
    placed = derived.where(derived.notna(), None).to_dict("records")
    rows = [
        _incident(incident, table) | _rounded(place) | _side(incident, place)
        for incident, place in zip(table.selected(filters), placed, strict=True)
    ]
    return pa.Table.from_pylist(rows, INCIDENT_SCHEMA)


def claim_table(incidents: Iterable[Incident], claimants: Mapping[str, Claimant]) -> pa.Table:
    """Return one row per claim, in the order of the record, with the columns of CLAIM_SCHEMA."""
    rows = [
        _claim(incident, number, claim, claimants)
        for incident in incidents
        for number, claim in enumerate(incident.claims, 1)
    ]
    return pa.Table.from_pylist(rows, CLAIM_SCHEMA)


def source_table(incidents: Iterable[Incident]) -> pa.Table:
    """Return one row per source, in the order of the record, with the columns of SOURCE_SCHEMA."""
    rows = [
        {"incident": incident.id, "number": number, **source.model_dump()}
        for incident in incidents
        for number, source in enumerate(incident.sources, 1)
    ]
    return pa.Table.from_pylist(rows, SOURCE_SCHEMA)


def toll_columns(incident: Incident, table: IncidentTable) -> dict[str, Any]:
    """Return what an incident's row says about people, under the table's rule; None where nobody says it."""
    row: dict[str, Any] = {}
    for about in TOLLS:
        toll, scope = table.own_toll(incident, about)
        row |= {
            f"{about}_low": toll and toll.low,
            f"{about}_high": toll and toll.high,
            f"{about}_or_more": toll and toll.or_more,
            f"{about}_covers": toll and str(scope),
            f"{about}_ratio": finite(dispute_ratio(own_toll(incident, about, RANGE)[0])),
        }
    return row | {"toll_rule": table.rule.name}


def claim_words(claim: Claim, claimants: Mapping[str, Claimant]) -> str:
    """Say who claims what, in the record's own terms."""
    said = f"{claim.stance} {claim.about} {figure(claim)}".rstrip()
    of = f" ({claim.of})" if claim.of else ""
    note = f", {claim.note}" if claim.note else ""
    return f"{speaker(claim, claimants)}: {said}{of}{_SCOPE_WORDS.get(claim.scope, '')}{note}"


def _incident(incident: Incident, table: IncidentTable) -> dict[str, Any]:
    copied = {name: getattr(incident, name, None) for name in INCIDENT_SCHEMA.names}
    return {
        **copied,
        "actors": "; ".join(incident.actors),
        **toll_columns(incident, table),
        "claim_count": len(incident.claims),
        "claims_in_words": " | ".join(claim_words(claim, table.claimants) for claim in incident.claims),
        "source_count": len(incident.sources),
        "source_urls": " ".join(_urls(incident)),
        "data_version": table.version,
    }


def _side(incident: Incident, placed: dict[Any, Any]) -> dict[str, Any]:
    """Let the share decide, as on the card; the tables of imported datasets hold only what the distance decides."""
    share = side_share(incident, placed["side"])
    return {"side_probability": share, "side_decided": placed["side_decided"] if share is None else decides(share)}


def _urls(incident: Incident) -> Sequence[str]:
    return list(dict.fromkeys(source.url for source in incident.sources if source.url))


def _rounded(placed: dict[Any, Any]) -> dict[str, Any]:
    """Keep distances to the metre; they are good to 0.1 %."""
    kilometres = {name: placed[name] for name in ("border_km", "chainage_km")}
    return placed | {name: None if km is None else round(km, 3) for name, km in kilometres.items()}


def _claim(incident: Incident, number: int, claim: Claim, claimants: Mapping[str, Claimant]) -> dict[str, Any]:
    source, claimant = incident.sources[claim.source], claimants[claim.by]
    return {
        "incident": incident.id,
        "number": number,
        **claim.model_dump(),
        "claimant": claimant.name,
        "claimant_side": claimant.side,
        "claimant_kind": claimant.kind,
        "independent": claimant.independent,
        "source": claim.source + 1,
        "publisher": source.publisher,
        "url": source.url,
    }
