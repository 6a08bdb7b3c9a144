"""The page of claimants as files: who speaks, who denies what, who contradicts whom, and the widest gaps.

Each with speakers and sources.
"""

import math
from collections.abc import Mapping
from typing import Any, Final

import pyarrow as pa

from geo.evidence.contradictions import Contradiction, Gap, by_claimant, contradictions, widest_gaps
from geo.evidence.statements import Statement
from geo.export.columns import meanings_of, schema_of
from geo.export.csv_format import table_csv
from geo.export.rows import DENIAL_COLUMNS, denial_table
from geo.export.xlsx_format import page_workbook
from geo.places.boundaries import Boundaries
from geo.selection.filters import Filters
from geo.sentences import figure, when
from geo.table.incident_table import IncidentTable

_TEXT = pa.string()
_SPEAKERS: Final = (
    ("id", _TEXT, "The claimant's id"),
    ("name", _TEXT, "Who speaks"),
    ("side", _TEXT, "Country or party the claimant speaks for"),
    ("kind", _TEXT, "What kind of claimant"),
    ("independent", pa.bool_(), "Whether the claimant is independent of the parties"),
    ("incidents", pa.int64(), "Incidents with a claim of this claimant"),
    ("asserts", pa.int64(), "Incidents of which it asserts something"),
    ("acknowledges", pa.int64(), "Incidents of which it acknowledges something"),
    ("denies", pa.int64(), "Incidents of which it denies something"),
    ("unconfirmed", pa.int64(), "Incidents of which it leaves something unconfirmed"),
    ("figures", pa.int64(), "Numbers it asserts or acknowledges"),
    ("contradicted", pa.int64(), "Incidents in which another claimant contradicts it"),
    ("data_version", _TEXT, "SHA-256 of the data that the row was made from"),
)


def _statement_columns(end: str, who: str) -> tuple[tuple[str, Any, str], ...]:
    return (
        (f"{end}_claimant", _TEXT, who),
        (f"{end}_stance", _TEXT, "asserts, denies or acknowledges"),
        (f"{end}_figure", _TEXT, "Its figure in words; empty without one"),
        (f"{end}_note", _TEXT, "What it says, from the record"),
        (f"{end}_publisher", _TEXT, "Publisher of the source"),
        (f"{end}_url", _TEXT, "Address of the source"),
    )


_MATTER: Final = (
    ("incident", _TEXT, "Id of the incident that opens it"),
    ("date_start", pa.date32(), "First day of that incident; where its day is not known, the first that is possible"),
    ("when", _TEXT, "When it was, in words that are no more exact than the day is known"),
    ("event_group", _TEXT, "Its event cluster"),
    ("about", _TEXT, "What the claims are about"),
    ("whom", _TEXT, "Whose loss, or what; wordings for the same people are one"),
    ("scope", _TEXT, "incident, or group: the whole event cluster"),
)
_CONTRADICTIONS: Final = (
    *_MATTER,
    (
        "way",
        _TEXT,
        (
            "denial: one denies what other says; figures: one is lower, no number fits both; part: of the same people, "
            "one gives for the whole event cluster, or for several places, what leaves no room for other’s figure for "
            "this incident; accounts: of who did it"
        ),
    ),
    *_statement_columns("one", "Who denies, gives the lower figure or that for the whole, or is held first"),
    *_statement_columns("other", "Whom it contradicts"),
    ("data_version", _TEXT, "SHA-256 of the data that the row was made from"),
)
_GAPS: Final = (
    *_MATTER,
    ("times", pa.float64(), "Highest over lowest figure; empty where the lowest is 0"),
    ("apart", pa.int64(), "People between them"),
    ("lowest", pa.int64(), "Lowest figure; of two claimants' accounts of the same people, never to be added"),
    *_statement_columns("lowest", "Who gives it"),
    ("highest", pa.int64(), "Highest figure, likewise"),
    *_statement_columns("highest", "Who gives it"),
    ("data_version", _TEXT, "SHA-256 of the data that the row was made from"),
)
_DENIALS: Final = (*DENIAL_COLUMNS, ("data_version", _TEXT, "SHA-256 of the data that the row was made from"))
SHEETS: Final[Mapping[str, Any]] = {
    "claimants": _SPEAKERS,
    "denials": _DENIALS,
    "contradictions": _CONTRADICTIONS,
    "gaps": _GAPS,
}
"""Columns of each table: name, type, meaning."""


def evidence_tables(filters: Filters, table: IncidentTable) -> dict[str, pa.Table]:
    """Return the four tables of a selection, by name; gaps widest first by their ratio."""
    incidents = table.selected(filters)
    speakers: list[dict[str, Any]] = by_claimant(incidents, table.claimants).reset_index().to_dict("records")  # type: ignore[assignment]  # keys are column names
    rows = {
        "claimants": speakers,
        "denials": denial_table(incidents, table).to_pylist(),
        "contradictions": [_contradiction(c, table) for c in contradictions(incidents, table.claimants)],
        "gaps": [_gap(gap, table) for gap in widest_gaps(incidents)],
    }
    return {
        name: pa.Table.from_pylist([{**row, "data_version": table.version} for row in rows[name]], schema_of(columns))
        for name, columns in SHEETS.items()
    }


def evidence_csv(name: str, filters: Filters, table: IncidentTable) -> bytes:
    """Write one of the tables as CSV; raises KeyError for a name that is none of SHEETS."""
    rows = evidence_tables(filters, table)[name]
    return table_csv(rows)


def evidence_workbook(filters: Filters, table: IncidentTable, layers: Boundaries) -> bytes:
    """Write the four tables, what their columns mean, and the manifest, as XLSX."""
    meanings = {name: meanings_of(columns) for name, columns in SHEETS.items()}
    return page_workbook(evidence_tables(filters, table), meanings, filters, table, layers, rows="claimants")


def _contradiction(found: Contradiction, table: IncidentTable) -> dict[str, Any]:
    return {
        **_matter(found, found.other),
        "way": found.way.value,
        **_statement("one", found.one, table),
        **_statement("other", found.other, table),
    }


def _gap(gap: Gap, table: IncidentTable) -> dict[str, Any]:
    return {
        **_matter(gap, gap.highest),
        "times": None if math.isinf(gap.ratio) else round(gap.ratio, 2),
        "apart": gap.difference,
        "lowest": gap.lowest.lowest,
        **_statement("lowest", gap.lowest, table),
        "highest": gap.highest.highest,
        **_statement("highest", gap.highest, table),
    }


def _matter(found: Gap | Contradiction, held_by: Statement) -> dict[str, Any]:
    return {
        "incident": held_by.incident.id,
        "date_start": held_by.incident.date_start,
        "when": when(held_by.incident),
        "event_group": held_by.incident.event_group,
        "about": found.matter.about.value,
        "whom": found.matter.whom or None,
        "scope": found.matter.scope.value,
    }


def _statement(end: str, statement: Statement, table: IncidentTable) -> dict[str, Any]:
    return {
        f"{end}_claimant": table.claimants[statement.by].name,
        f"{end}_stance": statement.claim.stance.value,
        f"{end}_figure": figure(statement.claim) or None,
        f"{end}_note": statement.claim.note,
        f"{end}_publisher": statement.source.publisher,
        f"{end}_url": statement.source.url,
    }
