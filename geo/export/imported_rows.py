"""Imported incidents as the rows of an export, many at once; the same as `geo.export.rows` makes of their records.

Only `side_probability` is left empty, and `side_decided` told by the distance: a share takes milliseconds a place.
"""

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.export.columns import CLAIM_SCHEMA, INCIDENT_SCHEMA, SOURCE_SCHEMA
from geo.table import IncidentTable
from geo.table.records import NOWHERE, note_of
from geo.vocabulary import About, LocationPrecision, Scope, SourceKind, Stance

Columns = dict[str, Any]

_SIDES: Final = ("killed_side_a", "killed_side_b", "killed_civilians", "killed_unknown")
_NOTED: Final = ["killed_low", "killed_best", "killed_high", *_SIDES]


def incident_rows(rows: pa.Table, table: IncidentTable) -> pa.Table:
    """Return a row of INCIDENT_SCHEMA for each of IMPORT_SCHEMA, which are of one dataset."""
    claims = claim_rows(rows, table)
    columns: Columns = {name: rows[name] for name in rows.column_names if name in INCIDENT_SCHEMA.names}
    columns |= {name: pc.round(rows[name], 3) for name in ("border_km", "chainage_km")}
    columns |= _killed(rows, table) | _placed(rows)
    columns |= {
        "place": pc.coalesce(rows["place"], rows["district"], rows["province"], NOWHERE),
        "summary": pc.coalesce(rows["summary"], rows["title"]),
        "actors": pc.binary_join(rows["actors"], "; "),
        "toll_rule": table.rule.name,
        "claim_count": 1,
        "claims_in_words": _in_words(claims),
        "source_count": 1,
        "source_urls": pc.fill_null(rows["source_url"], ""),
        "data_version": table.version,
    }
    return _as(INCIDENT_SCHEMA, columns, rows)


def claim_rows(rows: pa.Table, table: IncidentTable) -> pa.Table:
    """Return the one claim of each row, with the columns of CLAIM_SCHEMA."""
    claimant = table.claimants[rows["dataset"][0].as_py()]
    low, high = rows["killed_low"], rows["killed_high"]
    known = pc.or_(pc.is_valid(low), pc.is_valid(high))
    exact = pc.fill_null(pc.equal(low, high), fill_value=False)
    columns: Columns = {
        "incident": rows["id"],
        "number": 1,
        "by": claimant.id,
        "claimant": claimant.name,
        "claimant_side": claimant.side,
        "claimant_kind": claimant.kind.value,
        "independent": claimant.independent,
        "stance": Stance.ASSERTS.value,
        "about": pc.if_else(known, About.KILLED.value, About.EVENT.value),
        "value": _where(exact, low),
        "low": _where(pc.invert(exact), low),
        "high": _where(pc.invert(exact), high),
        "of": _where(known, pa.scalar("people")),
        "scope": Scope.INCIDENT.value,
        "note": _notes(rows),
        "source": 1,
        "publisher": claimant.name,
        "url": rows["source_url"],
    }
    return _as(CLAIM_SCHEMA, columns, rows)


def source_rows(rows: pa.Table, table: IncidentTable) -> pa.Table:
    """Return the one source of each row, with the columns of SOURCE_SCHEMA."""
    publisher = table.claimants[rows["dataset"][0].as_py()].name
    version = pc.if_else(pc.is_valid(rows["source_version"]), _text(" ", rows["source_version"]), "")
    quoted = pc.if_else(pc.is_valid(rows["source_text"]), _text(": ", rows["source_text"]), "")
    columns: Columns = {
        "incident": rows["id"],
        "number": 1,
        "publisher": publisher,
        "title": _text(publisher, pc.fill_null(version, ""), ", ", rows["source_id"], pc.fill_null(quoted, "")),
        "url": rows["source_url"],
        "kind": SourceKind.AGGREGATOR_OR_MIRROR.value,
    }
    return _as(SOURCE_SCHEMA, columns, rows)


def _killed(rows: pa.Table, table: IncidentTable) -> Columns:
    """Return the five columns of people killed, under the table's rule; a dataset is one voice."""
    low, high = pc.coalesce(rows["killed_low"], pc.multiply(rows["killed_high"], 0)), rows["killed_high"]
    open_ended = pc.and_(pc.is_valid(low), pc.is_null(high))
    high = pc.coalesce(high, low)
    ratio = pc.round(pc.divide(high.cast(pa.float64()), _where(pc.greater(low, 0), low).cast(pa.float64())), 2)
    same = pc.equal(low, high)
    columns: Columns = {"killed_ratio": pc.if_else(pc.fill_null(same, fill_value=False), _where(same, 1.0), ratio)}
    told = table.told(rows["dataset"][0].as_py(), 0, 1)
    if told is not None:
        known = pc.is_valid(low)
        columns |= {
            "killed_low": high if told.low else low,
            "killed_high": high if told.high else low,
            "killed_or_more": _where(known, open_ended),
            "killed_covers": _where(known, pa.scalar(Scope.INCIDENT.value)),
        }
    else:
        columns |= dict.fromkeys(("killed_low", "killed_high", "killed_or_more", "killed_covers"))
    return columns


def _placed(rows: pa.Table) -> Columns:
    """Say nothing of a place where none is known."""
    unknown = pc.or_(pc.is_null(rows["lon"]), pc.equal(rows["location_precision"], LocationPrecision.COUNTRY.value))
    known = pc.invert(unknown)
    columns: Columns = {name: _where(known, rows[name]) for name in ("lon", "lat", "uncertainty_km")}
    return columns | {"location_precision": pc.if_else(known, rows["location_precision"], "country")}


def _notes(rows: pa.Table) -> pa.Array:
    """Write the notes, which most rows have none of."""
    sides = [pc.fill_null(pc.greater(rows[name], 0), fill_value=False).to_numpy() for name in _SIDES]
    differ = pc.fill_null(pc.not_equal(rows["killed_low"], rows["killed_high"]), fill_value=True).to_numpy()
    noted = np.flatnonzero(np.any([differ, *sides], axis=0))
    written = np.full(len(rows), None, object)
    written[noted] = [note_of(row) for row in rows.select(_NOTED).take(pa.array(noted)).to_pylist()]
    return pa.array(written, pa.string())


def _in_words(claims: pa.Table) -> Any:
    """Say who claims what, as `geo.export.rows.claim_words` does."""
    exact, ends = claims["value"].cast(pa.string()), [claims[end].cast(pa.string()) for end in ("low", "high")]
    figure = pc.coalesce(exact, _text(ends[0], "–", ends[1]), _text("at least ", ends[0]), _text("up to ", ends[1]))
    said = pc.coalesce(_text(claims["about"], " ", figure), claims["about"])
    of = pc.fill_null(_text(" (", claims["of"], ")"), "")
    note = pc.fill_null(_text(", ", claims["note"]), "")
    return _text(claims["claimant"], ": ", claims["stance"], " ", said, of, note)


def _text(*parts: Any) -> Any:
    """Join texts; missing where one of them is."""
    return pc.binary_join_element_wise(*parts, "")


def _where(condition: Any, value: Any) -> Any:
    kind = value.type if isinstance(value, (pa.Scalar, pa.ChunkedArray, pa.Array)) else pa.scalar(value).type
    return pc.if_else(condition, value, pa.scalar(None, kind))


def _as(schema: pa.Schema, columns: Columns, rows: pa.Table) -> pa.Table:
    """Return the columns in the schema's order; a single value stands in each row, what is not given is missing."""
    arrays = []
    for field in schema:
        given = columns.get(field.name)
        if not isinstance(given, (pa.Array, pa.ChunkedArray)):
            given = pa.repeat(pa.scalar(given, field.type), len(rows))
        arrays.append(given.cast(field.type))
    return pa.table(arrays, schema=schema)
