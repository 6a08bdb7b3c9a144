"""The tables of an export, the same in every format: columns, their meanings, and the rows."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.aggregate.by_province import finite
from geo.casualties import RANGE, by_victims, dispute_ratio, own_toll
from geo.datasets.dataset import SIDES
from geo.datasets.parts import stated
from geo.evidence.denials import Denial, Statement, denials, denied_words
from geo.incident.dates import when_column
from geo.incident.losses import after_figure
from geo.incident.record import Claim, Claimant, Incident
from geo.incident.vocabulary import (
    AS_POINTS,
    MEASURES,
    About,
    Category,
    DatePrecision,
    LocationPrecision,
    Scope,
    SourceKind,
    Stance,
    Status,
    borders_in_words,
    codes_in_words,
)
from geo.language.messages import catalogue, list_words, say
from geo.places.boundaries import decides, side_share
from geo.selection import Filters
from geo.sentences import cluster_claims, countries_of, different_people, figure, flow_claim, speaker, when
from geo.table.incident_rows import NOWHERE, note_of, toll_values
from geo.table.incident_table import IncidentTable

_TEXT = pa.string()
Columns = Sequence[tuple[str, Any, str]]
"""Name, type and meaning of each column."""


def schema_of(columns: Columns) -> pa.Schema:
    """Return the Arrow schema of the columns."""
    return pa.schema([(name, kind) for name, kind, _ in columns])


def meanings_of(columns: Columns) -> Mapping[str, str]:
    """Return meanings by column name."""
    return MappingProxyType({name: meaning for name, _, meaning in columns})


_VALUES: Final = {
    "categories": codes_in_words(Category),
    "statuses": codes_in_words(Status),
    "date_precisions": codes_in_words(DatePrecision),
    "points": list_words(AS_POINTS),
    "borders": borders_in_words(),
}
"""Values available to the messages of meanings."""


def meaning_of(table: str, column: str) -> str:
    """Return the meaning of a column, from its own message in this table or one shared by all tables."""
    own = f"meaning-{table}-{column}"
    return say(own if own in catalogue() else f"meaning-{column}", **_VALUES)


def described(table: str, *columns: tuple[str, Any]) -> Columns:
    """Add meanings to names and types of columns."""
    return tuple((name, kind, meaning_of(table, name)) for name, kind in columns)


_INT: Final = pa.int64()


def _toll_columns(about: About) -> Columns:
    parts = (("low", _INT), ("high", _INT), ("or_more", pa.bool_()), ("differ", _TEXT), ("ratio", pa.float64()))
    values = {"about": about, "column": f"{about}_high"}
    return [(f"{about}_{part}", kind, say(f"meaning-people-{part}", **values)) for part, kind in parts]


def _cluster_columns(about: About) -> Columns:
    named = f"cluster_{about}"
    return [
        (f"{named}_low", _INT, say("meaning-cluster-low", about=about)),
        (f"{named}_high", _INT, say("meaning-cluster-high", about=about)),
        (f"{named}_or_more", pa.bool_(), say("meaning-people-or_more", column=f"{named}_high")),
    ]


_INCIDENT: Final = (
    *described(
        "incidents",
        ("id", _TEXT),
        ("dataset", _TEXT),
        ("category", _TEXT),
        ("subtype", _TEXT),
        ("status", _TEXT),
        ("title", _TEXT),
        ("summary", _TEXT),
        ("date_start", pa.date32()),
        ("date_end", pa.date32()),
        ("date_precision", _TEXT),
        ("when", _TEXT),
        ("place", _TEXT),
        ("district", _TEXT),
        ("province", _TEXT),
        ("province_code", _TEXT),
        ("provinces", _TEXT),
        ("province_codes", _TEXT),
        ("country", _TEXT),
        ("countries", _TEXT),
        ("location_precision", _TEXT),
        ("lon", pa.float64()),
        ("lat", pa.float64()),
        ("uncertainty_km", pa.float64()),
        ("actors", _TEXT),
        ("event_group", _TEXT),
    ),
    *(column for about in MEASURES for column in _toll_columns(about)),
    *described(
        "incidents",
        ("crossed_flows", _TEXT),
    ),
    *(column for about in MEASURES for column in _cluster_columns(about)),
    *described(
        "incidents",
        ("cluster_claims", _TEXT),
        ("toll_rule", _TEXT),
        ("claim_count", pa.int32()),
        ("claims_in_words", _TEXT),
        ("source_count", pa.int32()),
        ("source_urls", _TEXT),
        ("border", _TEXT),
        ("border_km", pa.float64()),
        ("chainage_km", pa.float64()),
        ("side", _TEXT),
        ("side_decided", pa.bool_()),
        ("side_probability", pa.float64()),
        ("joined_province_code", _TEXT),
        ("data_version", _TEXT),
    ),
)
_CLAIM: Final = described(
    "claims",
    ("incident", _TEXT),
    ("number", pa.int32()),
    ("by", _TEXT),
    ("claimant", _TEXT),
    ("claimant_side", _TEXT),
    ("claimant_kind", _TEXT),
    ("independent", pa.bool_()),
    ("by_text", _TEXT),
    ("stance", _TEXT),
    ("about", _TEXT),
    ("value", pa.int64()),
    ("low", pa.int64()),
    ("high", pa.int64()),
    ("of", _TEXT),
    ("scope", _TEXT),
    ("note", _TEXT),
    ("source", pa.int32()),
    ("publisher", _TEXT),
    ("url", _TEXT),
)
_SOURCE: Final = described(
    "sources",
    ("incident", _TEXT),
    ("number", pa.int32()),
    ("publisher", _TEXT),
    ("title", _TEXT),
    ("url", _TEXT),
    ("published", pa.date32()),
    ("kind", _TEXT),
    ("archived_url", _TEXT),
)

INCIDENT_SCHEMA: Final = schema_of(_INCIDENT)
"""One row per incident."""
CLAIM_SCHEMA: Final = schema_of(_CLAIM)
"""One row per claim of a selected incident."""
SOURCE_SCHEMA: Final = schema_of(_SOURCE)
"""One row per source of a selected incident."""

COMPUTED: Final = (
    *(
        "when",
        "province_code",
        "province_codes",
        "countries",
        "joined_province_code",
        "border",
        "border_km",
        "chainage_km",
        "side",
        "side_decided",
    ),
    "side_probability",
    *(name for about in MEASURES for name, _, _ in _toll_columns(about)),
    "crossed_flows",
    *(name for about in MEASURES for name, _, _ in _cluster_columns(about)),
    "cluster_claims",
    "toll_rule",
)
"""Columns of INCIDENT_SCHEMA that are derived from an incident's record."""

MEANINGS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {"incidents": meanings_of(_INCIDENT), "claims": meanings_of(_CLAIM), "sources": meanings_of(_SOURCE)}
)
"""Meanings by table and column."""

# The layers of a GeoPackage, and display names of columns for programs that show them.

_OF_AREA: Final = (
    *described(
        "areas",
        ("area", _TEXT),
        ("area_name", _TEXT),
        ("location_precision", _TEXT),
        ("uncertainty_km", pa.float64()),
        ("incidents", _INT),
    ),
    *((kind.column, _INT, say("meaning-of-category", incidents=kind.incidents)) for kind in Category),
    *described(
        "areas",
        ("category", _TEXT),
        ("status", _TEXT),
        ("dataset", _TEXT),
    ),
)
_LAYERS: Final[Mapping[str, Columns]] = {
    "incidents": (*_INCIDENT, *described("incidents", ("area", _TEXT), ("symbol_px", pa.float64()))),
    "areas": _OF_AREA,
    "stretches": _OF_AREA,
    "uncertainty": described(
        "uncertainty",
        ("category", _TEXT),
        ("lon", pa.float64()),
        ("lat", pa.float64()),
        ("uncertainty_km", pa.float64()),
        ("incidents", _INT),
    ),
    "provinces": described(
        "boundaries", ("province_code", _TEXT), ("province", _TEXT), ("country", _TEXT), ("area_km2", pa.float64())
    ),
    "borders": described("boundaries", ("border", _TEXT)),
    "neighbours": described("neighbours", ("country", _TEXT)),
    "towns": described("boundaries", ("name", _TEXT), ("country", _TEXT), ("rank", _INT)),
    "crossing_points": described(
        "boundaries", ("name", _TEXT), ("status_note", _TEXT), ("uncertainty_km", pa.float64())
    ),
    "claims": _CLAIM,
    "sources": _SOURCE,
}
GEOPACKAGE: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {layer: meanings_of(columns) for layer, columns in _LAYERS.items()}
)
"""Meanings by layer and column."""
AREA_SCHEMA: Final = schema_of(_OF_AREA)
"""One row per area, or border segment, that incidents are known to."""
RING_SCHEMA: Final = schema_of(_LAYERS["uncertainty"])
"""One row per circle of uncertainty."""


def _alias(column: str) -> str:
    kinds = {kind.column: kind for kind in Category}
    if column in kinds:
        return kinds[column].head
    for about, measure in MEASURES.items():
        if column.startswith(f"cluster_{about}_"):
            return say(f"cluster-alias-{column.removeprefix(f'cluster_{about}_')}", people=measure.words)
        if column.startswith(f"{about}_"):
            return say(f"people-alias-{column.removeprefix(f'{about}_')}", people=measure.words)
    return say(f"alias-{column}")


ALIASES: Final[Mapping[str, str]] = MappingProxyType(
    {column: _alias(column) for columns in GEOPACKAGE.values() for column in columns}
)
"""Display names by column."""


# The rows of an export as Arrow tables: selected incidents, their claims and sources.

_DERIVED: Final = (
    *("dataset", "province_code", "province_codes", "border", "border_km", "chainage_km", "side", "side_decided"),
    "joined_province_code",
)
_SCOPE_WORDS: Final = {Scope.GROUP: say("claim-for-cluster"), Scope.CUMULATIVE: say("claim-in-no-total-words")}


def incident_table(filters: Filters, table: IncidentTable) -> pa.Table:
    """Return one row per selected incident, oldest first, with the columns of INCIDENT_SCHEMA."""
    return _rows_of(table.selected(filters), table.select(filters), table)


def row_of(incident: Incident, table: IncidentTable) -> pa.Table:
    """Return the row of one incident, as if selected alone."""
    return _rows_of([incident], table.row(incident.id), table)


def _rows_of(selected: Sequence[Incident], found: pd.DataFrame, table: IncidentTable) -> pa.Table:
    derived = found[list(_DERIVED)].astype(object)
    placed = derived.where(derived.notna(), None).to_dict("records")
    placed = [row | {"province_codes": "; ".join(row["province_codes"]) or None} for row in placed]
    clusters: defaultdict[str | None, list[Incident]] = defaultdict(list)
    for incident in selected:
        clusters[incident.event_group].append(incident)
    rows = [
        _incident(incident, clusters[incident.event_group] if incident.event_group else [incident], table)
        | _rounded(place)
        | _side(incident, place)
        for incident, place in zip(selected, placed, strict=True)
    ]
    return pa.Table.from_pylist(rows, INCIDENT_SCHEMA)


def claim_table(incidents: Iterable[Incident], claimants: Mapping[str, Claimant]) -> pa.Table:
    """Return one row per claim, in record order, with the columns of CLAIM_SCHEMA."""
    rows = [
        _claim(incident, number, claim, claimants)
        for incident in incidents
        for number, claim in enumerate(incident.claims, 1)
    ]
    return pa.Table.from_pylist(rows, CLAIM_SCHEMA)


def source_table(incidents: Iterable[Incident]) -> pa.Table:
    """Return one row per source, in record order, with the columns of SOURCE_SCHEMA."""
    rows = [
        {"incident": incident.id, "number": number, **source.model_dump()}
        for incident in incidents
        for number, source in enumerate(incident.sources, 1)
    ]
    return pa.Table.from_pylist(rows, SOURCE_SCHEMA)


def toll_columns(incident: Incident, selected: Sequence[Incident], table: IncidentTable) -> dict[str, Any]:
    """Return the columns about people in an incident's row, under the table's rule; None without a figure.

    `selected` are the selected incidents of its event cluster.
    """
    row: dict[str, Any] = {}
    claims: list[str] = []
    flows: list[str] = []
    for about in MEASURES:
        own = [claim for claim in incident.claims if claim.scope is Scope.INCIDENT]
        row |= toll_values(str(about), table.own_toll(incident, about)) | {
            f"{about}_differ": different_people(by_victims(own, about), table.claimants) or None,
            f"{about}_ratio": finite(dispute_ratio(own_toll(incident, about, RANGE))),
        }
        found = table.total(selected, about)
        row |= toll_values(f"cluster_{about}", found.clusters[0].toll if found.clusters else None)
        claims += cluster_claims(found, about, claimants=table.claimants, clusters=table.event_groups)
        flows += [flow_claim(said, table.claimants) for said in found.flows if said.incident is incident]
    words = {"crossed_flows": " | ".join(flows) or None, "cluster_claims": " | ".join(claims) or None}
    return row | words | {"toll_rule": table.rule.name}


def claim_words(claim: Claim, claimants: Mapping[str, Claimant]) -> str:
    """Say who claims what, in the record's own terms."""
    number = figure(claim)
    said = f"{claim.stance.label} {claim.about.label} {number}".rstrip()
    of = f" ({after_figure(claim.of, number)})" if claim.of else ""
    note = f", {claim.note}" if claim.note else ""
    return f"{speaker(claim, claimants)}: {said}{of}{_SCOPE_WORDS.get(claim.scope, '')}{note}"


def _incident(incident: Incident, selected: Sequence[Incident], table: IncidentTable) -> dict[str, Any]:
    copied = {name: getattr(incident, name, None) for name in INCIDENT_SCHEMA.names}
    return {
        **copied,
        "when": when(incident),
        "provinces": "; ".join(incident.lies_in) or None,
        "countries": "; ".join(sorted(countries_of(incident))),
        "actors": "; ".join(incident.actors),
        **toll_columns(incident, selected, table),
        "claim_count": len(incident.claims),
        "claims_in_words": " | ".join(claim_words(claim, table.claimants) for claim in incident.claims),
        "source_count": len(incident.sources),
        "source_urls": " ".join(dict.fromkeys(source.url for source in incident.sources if source.url)),
        "data_version": table.version,
    }


def _side(incident: Incident, placed: dict[Any, Any]) -> dict[str, Any]:
    """Decide the side by the share of its circle, as on the card; datasets store only the decision by distance."""
    share = side_share(incident, placed["side"])
    return {"side_probability": share, "side_decided": placed["side_decided"] if share is None else decides(share)}


def _rounded(placed: dict[Any, Any]) -> dict[str, Any]:
    """Round distances to the metre; they are accurate to 0.1 %."""
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


# Denials as rows: what each denies, in which source, and who says the opposite, if anybody.

DENIAL_COLUMNS: Final = described(
    "denials",
    ("incident", _TEXT),
    ("number", pa.int32()),
    ("when", _TEXT),
    ("date_start", pa.date32()),
    ("title", _TEXT),
    ("event_group", _TEXT),
    ("by", _TEXT),
    ("claimant", _TEXT),
    ("claimant_side", _TEXT),
    ("claimant_kind", _TEXT),
    ("by_text", _TEXT),
    ("denies", _TEXT),
    ("about", _TEXT),
    ("figure", _TEXT),
    ("of", _TEXT),
    ("scope", _TEXT),
    ("note", _TEXT),
    ("publisher", _TEXT),
    ("published", pa.date32()),
    ("url", _TEXT),
    ("answer", _TEXT),
    ("contradicts", _TEXT),
    ("beside_it", _TEXT),
    ("running_totals", _TEXT),
    ("own_side_acknowledges", _TEXT),
)
"""Name, type and meaning of each column."""
DENIAL_SCHEMA: Final = schema_of(DENIAL_COLUMNS)


def denial_table(incidents: Iterable[Incident], table: IncidentTable) -> pa.Table:
    """Return one row per denial in the given incidents, in order, with the columns of DENIAL_SCHEMA.

    Opposing claims are looked for in all incidents of the table, not only those given.
    """
    found = denials(incidents, table.claimants, everything=table.incidents)
    return pa.Table.from_pylist([_row(denial, table) for denial in found], DENIAL_SCHEMA)


def _row(denial: Denial, table: IncidentTable) -> dict[str, Any]:
    statement = denial.statement
    claim, incident, source = statement.claim, statement.incident, statement.source
    claimant = table.claimants[claim.by]
    return {
        "incident": incident.id,
        "number": denial.number,
        "when": when(incident),
        "date_start": incident.date_start,
        "title": incident.title,
        "event_group": incident.event_group,
        "by": claim.by,
        "claimant": claimant.name,
        "claimant_side": claimant.side,
        "claimant_kind": claimant.kind.value,
        "by_text": claim.by_text,
        "denies": denied_words(claim),
        "about": claim.about.value,
        "figure": figure(claim) or None,
        "of": claim.of,
        "scope": claim.scope.value,
        "note": claim.note,
        "publisher": source.publisher,
        "published": source.published,
        "url": source.url,
        **_against(denial, table),
    }


def _against(denial: Denial, table: IncidentTable) -> dict[str, Any]:
    return {
        "answer": say(f"answer-{denial.answer}"),
        "contradicts": _said(denial.opposite, table),
        "beside_it": _said(denial.beside, table),
        "running_totals": _said(denial.running, table),
        "own_side_acknowledges": _said(denial.own_side, table),
    }


def _said(statements: Sequence[Statement], table: IncidentTable) -> str | None:
    return " | ".join(_one(statement, table) for statement in statements) or None


def _one(statement: Statement, table: IncidentTable) -> str:
    source = ", ".join(part for part in (statement.source.publisher, statement.source.url) if part)
    return f"{claim_words(statement.claim, table.claimants)} [{source}; {statement.incident.id}]"


# Bulk rows of imported incidents, equal to those made from their records, except that `side_probability` is empty and
# `side_decided` goes by distance, since computing a share takes milliseconds per place.

_Values = dict[str, Any]

_NOTED: Final = ["killed_low", "killed_best", "killed_high", *SIDES]


def imported_incident_rows(rows: pa.Table, table: IncidentTable) -> pa.Table:
    """Return a row of INCIDENT_SCHEMA for each row of IMPORT_SCHEMA; all must be from one dataset."""
    columns: _Values = {name: rows[name] for name in rows.column_names if name in INCIDENT_SCHEMA.names}
    columns |= {name: pc.round(rows[name], 3) for name in ("border_km", "chainage_km")}
    for about in MEASURES:
        columns |= _tolls(about, rows, table)
    words = [_where(there, _in_words(claims)) for there, claims in _claims_by_measure(rows, table)]
    columns |= _placed(rows)
    columns |= {
        "when": when_column(*(rows[name] for name in ("date_start", "date_end", "date_precision"))),
        "place": pc.coalesce(rows["place"], rows["district"], rows["province"], NOWHERE),
        "summary": pc.coalesce(rows["summary"], rows["title"]),
        "provinces": rows["province"],
        "province_codes": rows["province_code"],
        "countries": rows["country"],
        "actors": pc.binary_join(rows["actors"], "; "),
        "toll_rule": table.rule.name,
        "claim_count": rows["claims"],
        "claims_in_words": pc.binary_join_element_wise(*words, " | ", null_handling="skip"),
        "source_count": 1,
        "source_urls": pc.fill_null(rows["source_url"], ""),
        "data_version": table.version,
    }
    return by_schema(INCIDENT_SCHEMA, columns, len(rows))


def imported_claim_rows(rows: pa.Table, table: IncidentTable) -> pa.Table:
    """Return the claims of each row, in order, with the columns of CLAIM_SCHEMA."""
    found = list(_claims_by_measure(rows, table))
    at = np.concatenate([np.flatnonzero(there) for there, _ in found])
    claims = pa.concat_tables(claims.filter(there) for there, claims in found)
    return claims if len(found) == 1 else claims.take(pa.array(np.argsort(at, kind="stable")))


def _claims_by_measure(rows: pa.Table, table: IncidentTable) -> Iterator[tuple[pa.Array, pa.Table]]:
    """Yield where rows have a claim about a measure of people, and the claims, of which the others are to be left out.

    The first are also those of rows without any figure, whose one claim is that it happened.
    """
    claimant = table.claimants[rows["dataset"][0].as_py()]
    known = {about: stated(rows, about) for about in MEASURES}
    silent = ~np.logical_or.reduce(list(known.values()))
    number = np.zeros(len(rows), np.int32)
    for about, given in known.items():
        there = given | silent if about is About.KILLED else given
        number += there
        if about is not About.KILLED and not there.any():
            continue
        low, high = rows[f"{about}_low"], rows[f"{about}_high"]
        exact = pc.fill_null(pc.equal(low, high), fill_value=False)
        figure = pa.array(given)
        columns: _Values = {
            "incident": rows["id"],
            "number": pa.array(number.copy()),
            "by": claimant.id,
            "claimant": claimant.name,
            "claimant_side": claimant.side,
            "claimant_kind": claimant.kind.value,
            "independent": claimant.independent,
            "stance": Stance.ASSERTS.value,
            "about": pc.if_else(figure, about.value, About.EVENT.value),
            "value": _where(exact, low),
            "low": _where(pc.invert(exact), low),
            "high": _where(pc.invert(exact), high),
            "of": _where(figure, pa.scalar("people")),
            "scope": Scope.INCIDENT.value,
            "note": _notes(rows, about, claimant, figure),
            "source": 1,
            "publisher": claimant.name,
            "url": rows["source_url"],
        }
        yield pa.array(there), by_schema(CLAIM_SCHEMA, columns, len(rows))


def imported_source_rows(rows: pa.Table, table: IncidentTable) -> pa.Table:
    """Return the single source of each row, with the columns of SOURCE_SCHEMA."""
    publisher = table.claimants[rows["dataset"][0].as_py()].name
    version = pc.if_else(pc.is_valid(rows["source_version"]), _text(" ", rows["source_version"]), "")
    quoted = pc.if_else(pc.is_valid(rows["source_text"]), _text(": ", rows["source_text"]), "")
    columns: _Values = {
        "incident": rows["id"],
        "number": 1,
        "publisher": publisher,
        "title": _text(publisher, pc.fill_null(version, ""), ", ", rows["source_id"], pc.fill_null(quoted, "")),
        "url": rows["source_url"],
        "kind": SourceKind.AGGREGATOR_OR_MIRROR.value,
    }
    return by_schema(SOURCE_SCHEMA, columns, len(rows))


def _tolls(about: About, rows: pa.Table, table: IncidentTable) -> _Values:
    """Return the columns of people of a measure, under the table's rule; a dataset counts as one claimant."""
    low, high = rows[f"{about}_low"], rows[f"{about}_high"]
    low = pc.coalesce(low, pc.multiply(high, 0))
    open_ended = pc.and_(pc.is_valid(low), pc.is_null(high))
    high = pc.coalesce(high, low)
    ratio = pc.round(pc.divide(high.cast(pa.float64()), _where(pc.greater(low, 0), low).cast(pa.float64())), 2)
    same = pc.equal(low, high)
    columns: _Values = {f"{about}_ratio": pc.if_else(pc.fill_null(same, fill_value=False), _where(same, 1.0), ratio)}
    probe = table.toll_of(rows["dataset"][0].as_py(), 0, 1)
    if probe is not None:
        known = pc.is_valid(low)
        columns |= {
            f"{about}_low": high if probe.low else low,
            f"{about}_high": high if probe.high else low,
            f"{about}_or_more": _where(known, open_ended),
        }
    else:
        columns |= dict.fromkeys((f"{about}_low", f"{about}_high", f"{about}_or_more"))
    return columns


def _placed(rows: pa.Table) -> _Values:
    """Return location columns, empty where no place is known."""
    unknown = pc.or_(pc.is_null(rows["lon"]), pc.equal(rows["location_precision"], LocationPrecision.COUNTRY.value))
    known = pc.invert(unknown)
    columns: _Values = {name: _where(known, rows[name]) for name in ("lon", "lat", "uncertainty_km")}
    return columns | {"location_precision": pc.if_else(known, rows["location_precision"], "country")}


def _notes(rows: pa.Table, about: About, claimant: Claimant, known: pa.Array) -> pa.Array:
    """Write the notes; most rows have none, unless every figure needs a note on whose losses it counts."""
    whose = note_of(dict.fromkeys(_NOTED), about, claimant)
    if about is not About.KILLED:
        return _where(known, pa.scalar(whose, pa.string()))
    sides = [pc.fill_null(pc.greater(rows[name], 0), fill_value=False).to_numpy() for name in SIDES]
    differ = pc.fill_null(pc.not_equal(rows["killed_low"], rows["killed_high"]), fill_value=True).to_numpy()
    noted = np.flatnonzero(np.asarray(known) if whose else np.any([differ, *sides], axis=0))
    written = np.full(len(rows), None, object)
    parts = rows.select(_NOTED).take(pa.array(noted)).to_pylist()
    written[noted] = [note_of(row, about, claimant) for row in parts]
    return pa.array(written, pa.string())


def _in_words(claims: pa.Table) -> Any:
    """Say who claims what, as `claim_words` does."""
    low, high = claims["low"], claims["high"]
    turned = pc.fill_null(pc.greater(low, high), fill_value=False)  # some files swap them; the columns keep that order
    ends = [pc.if_else(turned, one, other).cast(pa.string()) for one, other in ((high, low), (low, high))]
    exact = claims["value"].cast(pa.string())
    figure = pc.coalesce(
        exact,
        _filled("range", low=ends[0], high=ends[1]),
        _filled("figure-at-least", number=ends[0]),
        _filled("figure-up-to", number=ends[1]),
    )
    about = _labels(claims["about"], About)
    said = pc.coalesce(_text(about, " ", figure), about)
    one = pc.is_in(figure, pa.array(["1", say("figure-at-least", number="1"), say("figure-up-to", number="1")]))
    whom = pc.if_else(one, after_figure("people", "1"), claims["of"])
    of = pc.fill_null(_text(" (", whom, ")"), "")
    note = pc.fill_null(_text(", ", claims["note"]), "")
    return _text(claims["claimant"], ": ", _labels(claims["stance"], Stance), " ", said, of, note)


def _labels(codes: Any, vocabulary: type[About | Stance]) -> Any:
    """Replace codes by their labels."""
    return pa.array([code.label for code in vocabulary]).take(pc.index_in(codes, pa.array([*map(str, vocabulary)])))


def _filled(message: str, **columns: Any) -> Any:
    """Fill a message with text columns; missing where any of them is."""
    parts = re.split("\0(\\w+)\0", say(message, **{name: f"\0{name}\0" for name in columns}))
    return _text(*(columns[part] if at % 2 else part for at, part in enumerate(parts)))


def _text(*parts: Any) -> Any:
    """Concatenate texts; missing where any of them is."""
    return pc.binary_join_element_wise(*parts, "")


def _where(condition: Any, value: Any) -> Any:
    kind = value.type if isinstance(value, (pa.Scalar, pa.ChunkedArray, pa.Array)) else pa.scalar(value).type
    return pc.if_else(condition, value, pa.scalar(None, kind))


def by_schema(schema: pa.Schema, columns: Mapping[str, Any], rows: int) -> pa.Table:
    """Return the columns in schema order; scalars are repeated in every row, and columns not given are missing."""
    arrays = []
    for field in schema:
        given = columns.get(field.name)
        if not isinstance(given, (pa.Array, pa.ChunkedArray)):
            given = pa.repeat(pa.scalar(given, field.type), rows)
        arrays.append(given.cast(field.type))
    return pa.table(arrays, schema=schema)
