"""Files of single pages: provinces, claimants with their contradictions, data quality."""

import math
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import pyarrow as pa

from geo.aggregate.by_period import by_period, dataset_columns, dataset_of, incidents_by_dataset, pivot
from geo.aggregate.by_province import (
    CATEGORY_COLUMNS,
    RARE_COLUMNS,
    by_province,
    side_by_side,
    without_province,
)
from geo.aggregate.coverage import GroundYear, coverage, coverage_by_ground, month_states
from geo.evidence.contradictions import Contradiction, Gap, by_claimant, contradictions, widest_gaps
from geo.evidence.denials import Statement
from geo.evidence.reliability import (
    WEAK_KINDS,
    cited_sources,
    first_report,
    outlets,
    read_excluded,
    sources_per_incident,
    speakers_of,
    weakly_sourced,
)
from geo.evidence.similar import IN_ORDER, Similar, differences, similar_pairs, the_same
from geo.export.columns import DENIAL_COLUMNS, Columns, denial_table, described, meaning_of, meanings_of, schema_of
from geo.export.csv_format import table_csv
from geo.export.xlsx_format import page_workbook
from geo.incident.record import Incident
from geo.incident.vocabulary import MEASURES, About, DatePrecision
from geo.language.messages import say
from geo.places.boundaries import Boundaries
from geo.selection import Filters
from geo.sentences import figure, when
from geo.table.incident_table import IncidentTable

_PARTS: Final = ("low", "high", "or_more", "ratio", "without", "differ")
_COLUMNS: Final = (
    *("province_code", "province", "country", "incidents", "in_several", *CATEGORY_COLUMNS, "disputed"),
    *("disputed_share", *(f"{about}_{part}" for about in MEASURES for part in _PARTS)),
    *("crossed_flows", "cluster_claims", "toll_rule", "area_km2", "border_km", "per_10000_km2", "per_100_km_border"),
    *("first", "first_in_words", "last", "last_in_words", "data_version"),
)


def provinces_csv(filters: Filters, table: IncidentTable, layers: Boundaries) -> bytes:
    """Write one row per province, and one for incidents not in a single province, as CSV."""
    rows = province_table(filters, table, layers)
    return table_csv(rows)


def provinces_workbook(filters: Filters, table: IncidentTable, layers: Boundaries) -> bytes:
    """Write provinces, counts by year and category, column meanings and the manifest, as XLSX."""
    counts = by_period(filters, table, period="year")
    names = layers.provinces_in_countries()
    laid_out = {
        "by year": pivot(counts, "province_code", "period", names=names),
        "by category": pivot(counts, "province_code", "category", names=names),
        "year by category": pivot(counts, "period", "category", names=names),
    }
    provinces = province_table(filters, table, layers)
    tables = {"provinces": provinces}
    for name, frame in laid_out.items():
        tables[name] = pa.Table.from_pandas(frame.reset_index(), preserve_index=False)
    meanings = {"provinces": {name: _meaning(name) for name in provinces.column_names}}
    return page_workbook(tables, meanings, filters, table, layers, rows="provinces")


def province_table(filters: Filters, table: IncidentTable, layers: Boundaries) -> pa.Table:
    """Return one row per province, and one for incidents not in a single province."""
    inside, apart = by_province(filters, table, layers), without_province(filters, table)
    rows = pd.concat([inside, apart])
    beside = incidents_by_dataset(filters, table).reindex(rows.index, fill_value=0)
    rows = rows.join(beside).reset_index()
    days: dict[str, Any] = {name: rows[name].dt.date for name in ("first", "last")}
    rows = rows.assign(**days, toll_rule=table.rule.name, data_version=table.version)
    columns = [name for name in _COLUMNS if name not in RARE_COLUMNS or rows[name].any()]
    for about in MEASURES:
        after = columns.index(f"{about}_differ") + 1
        columns[after:after] = side_by_side(rows.columns, about)
    after_incidents = columns.index("incidents") + 1
    columns[after_incidents:after_incidents] = dataset_columns(map(str, beside))
    return pa.Table.from_pandas(rows[columns], preserve_index=False)


def _meaning(column: str) -> str:
    """Return the meaning of a column; columns for further datasets have the dataset's id in their name."""
    about, _, part = column.partition("_")
    if column in RARE_COLUMNS:
        return say("meaning-rare-category")
    if column in CATEGORY_COLUMNS:
        return say("meaning-of-category", incidents=CATEGORY_COLUMNS[column].incidents)
    if about in MEASURES and part in _PARTS:
        return say(f"meaning-province-{part}", people=MEASURES[About(about)].words)
    if dataset_columns([column]):
        return say("meaning-provinces-of-dataset", dataset=dataset_of(column))
    if column not in _COLUMNS:
        end, dataset = part.split("_", 1)
        beside = f"{about}_{end}"
        people = MEASURES[About(about)].words
        return say(f"meaning-provinces-beside-{end}", people=people, dataset=dataset, column=beside)
    return meaning_of("provinces", column)


# The page of claimants: who speaks, who denies what, who contradicts whom, and the widest gaps.

_TEXT = pa.string()
_SPEAKERS: Final = described(
    "claimants",
    ("id", _TEXT),
    ("name", _TEXT),
    ("side", _TEXT),
    ("kind", _TEXT),
    ("independent", pa.bool_()),
    ("incidents", pa.int64()),
    ("asserts", pa.int64()),
    ("acknowledges", pa.int64()),
    ("denies", pa.int64()),
    ("unconfirmed", pa.int64()),
    ("figures", pa.int64()),
    ("contradicted", pa.int64()),
    ("data_version", _TEXT),
)


def _statement_columns(end: str) -> Columns:
    claimant = f"{end}_claimant"
    parts = ("stance", "figure", "note", "publisher", "url")
    return (
        *described("statement", (claimant, _TEXT)),
        *((f"{end}_{part}", _TEXT, meaning_of("statement", part)) for part in parts),
    )


_MATTER: Final = described(
    "matter",
    ("incident", _TEXT),
    ("date_start", pa.date32()),
    ("when", _TEXT),
    ("event_group", _TEXT),
    ("about", _TEXT),
    ("whom", _TEXT),
    ("scope", _TEXT),
)
_VERSION: Final = described("statement", ("data_version", _TEXT))
_CONTRADICTIONS: Final = (
    *_MATTER,
    *described("contradictions", ("way", _TEXT)),
    *_statement_columns("one"),
    *_statement_columns("other"),
    *_VERSION,
)
_GAPS: Final = (
    *_MATTER,
    *described("gaps", ("times", pa.float64()), ("apart", pa.int64()), ("lowest", pa.int64())),
    *_statement_columns("lowest"),
    *described("gaps", ("highest", pa.int64())),
    *_statement_columns("highest"),
    *_VERSION,
)
_DENIALS: Final = (*DENIAL_COLUMNS, *_VERSION)
SHEETS: Final[Mapping[str, Any]] = {
    "claimants": _SPEAKERS,
    "denials": _DENIALS,
    "contradictions": _CONTRADICTIONS,
    "gaps": _GAPS,
}
"""Columns of each table: name, type, meaning."""


def evidence_tables(filters: Filters, table: IncidentTable) -> dict[str, pa.Table]:
    """Return the four tables of a selection, by name; gaps by ratio, widest first."""
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
    """Write one of the tables as CSV; raises KeyError for a name not in SHEETS."""
    rows = evidence_tables(filters, table)[name]
    return table_csv(rows)


def evidence_workbook(filters: Filters, table: IncidentTable, layers: Boundaries) -> bytes:
    """Write the four tables, column meanings and the manifest, as XLSX."""
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
        "lowest": gap.lowest.least_named,
        **_statement("lowest", gap.lowest, table),
        "highest": gap.highest.most_named,
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


# The page on data quality: precision of each incident, months, possible duplicates and more.

_INCIDENTS: Final = described(
    "quality",
    ("incident", _TEXT),
    ("title", _TEXT),
    ("date_start", pa.date32()),
    ("when", _TEXT),
    ("location_precision", _TEXT),
    ("uncertainty_km", pa.float64()),
    ("date_precision", _TEXT),
    ("speakers", _TEXT),
    ("sources", pa.int32()),
    ("outlets", pa.int32()),
    ("weak_sources", pa.int32()),
    ("only_weak", pa.bool_()),
    ("first_report", pa.date32()),
    ("days_to_first_report", pa.int32()),
    ("data_version", _TEXT),
)
_COPIED: Final = ("title", "date_start", "location_precision", "uncertainty_km", "date_precision")
_MONTHS: Final = described(
    "months",
    ("month", pa.date32()),
    ("incidents", pa.int32()),
    ("state", _TEXT),
    ("reason", _TEXT),
)
_GROUNDS: Final = described(
    "grounds",
    ("kind", _TEXT),
    ("code", _TEXT),
    ("name", _TEXT),
    ("year", pa.int32()),
    ("incidents", pa.int32()),
    ("source_entries", pa.int32()),
    ("sources_per_incident", pa.float64()),
    ("outlets", pa.int32()),
    ("single_source", pa.int32()),
    ("single_share", pa.float64()),
    ("months_found", pa.int32()),
    ("months", pa.int32()),
    ("median_delay_days", pa.float64()),
    ("gaps", _TEXT),
)
_OUTLETS: Final = described(
    "outlets",
    ("outlet", _TEXT),
    ("incidents", pa.int32()),
    ("alone", pa.int32()),
    ("weak", pa.bool_()),
)
_WEAK: Final = described(
    "weak",
    ("publisher", _TEXT),
    ("title", _TEXT),
    ("url", _TEXT),
    ("published", pa.date32()),
    ("incidents", _TEXT),
)
_PAIRS: Final = described(
    "pairs",
    ("first", _TEXT),
    ("first_title", _TEXT),
    ("second", _TEXT),
    ("second_title", _TEXT),
    ("days_apart", pa.int32()),
    ("km_apart", pa.float64()),
    ("same_event_cluster", pa.bool_()),
    ("differs", _TEXT),
    ("same", _TEXT),
)
_EXCLUDED: Final = described(
    "excluded",
    ("id", _TEXT),
    ("title", _TEXT),
    ("date_start", pa.date32()),
    ("date_end", pa.date32()),
    ("reason", _TEXT),
)
_SHEETS: Final = {
    "incidents": _INCIDENTS,
    "months": _MONTHS,
    "by ground": _GROUNDS,
    "outlets": _OUTLETS,
    "weak sources": _WEAK,
    "may be one": _PAIRS,
    "excluded": _EXCLUDED,
}


def quality_csv(filters: Filters, table: IncidentTable) -> bytes:
    """Write one row per selected incident, oldest first, as CSV."""
    rows = _rows("incidents", [_incident(incident, table) for incident in table.selected(filters)])
    return table_csv(rows)


def quality_workbook(filters: Filters, table: IncidentTable, layers: Boundaries) -> bytes:
    """Write incidents, months, grounds, outlets, weak sources, possible duplicates and excluded incidents, as XLSX."""
    chosen = table.selected(filters)
    months = month_states(table.months(filters), filters, coverage(), layers).reset_index()
    grounds = coverage_by_ground(filters, table, layers, coverage())
    weak = [s for s in cited_sources(table.incidents, [i.id for i in chosen]) if s.weak]
    sheets: dict[str, list[dict[str, Any]]] = {
        "incidents": [_incident(incident, table) for incident in chosen],
        "months": months.assign(month=months["month"].dt.date).to_dict("records"),  # type: ignore[dict-item]  # keys are names
        "by ground": [_ground(row) for row in grounds],
        "outlets": [{"outlet": o.name, **{n: getattr(o, n) for n, *_ in _OUTLETS[1:]}} for o in outlets(chosen)],
        "weak sources": [
            {n: getattr(s, n) for n, *_ in _WEAK[:-1]} | {"incidents": " ".join(s.incidents)} for s in weak
        ],
        "may be one": [_pair(pair, table) for pair in similar_pairs(chosen) if pair.may_be_one],
        "excluded": [row.model_dump() for row in read_excluded()],
    }
    tables = {name: _rows(name, rows) for name, rows in sheets.items()}
    meanings = {name: meanings_of(columns) for name, columns in _SHEETS.items()}
    return page_workbook(tables, meanings, filters, table, layers, rows="quality")


def _rows(sheet: str, rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema_of(_SHEETS[sheet]))


def _ground(row: GroundYear) -> dict[str, Any]:
    shares = {name: _rounded(getattr(row, name)) for name in ("sources_per_incident", "single_share")}
    named = {name: getattr(row, name) for name, *_ in _GROUNDS if name not in shares}
    return named | shares | {"kind": row.kind.value, "gaps": " | ".join(period.words for period in row.gaps) or None}


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 3)


def _pair(pair: Similar, table: IncidentTable) -> dict[str, Any]:
    return {
        "first": pair.one.id,
        "first_title": pair.one.title,
        "second": pair.other.id,
        "second_title": pair.other.title,
        "days_apart": pair.days,
        "km_apart": round(pair.km, 1),
        "same_event_cluster": pair.same_cluster,
        "differs": " ".join(differences(pair, pair.one, table.rule, IN_ORDER)),
        "same": the_same(pair, table.rule),
    }


def _incident(incident: Incident, table: IncidentTable) -> dict[str, Any]:
    first = first_report(incident)
    day_known = first is not None and incident.date_precision is DatePrecision.DAY
    return {
        "incident": incident.id,
        **{name: getattr(incident, name) for name in _COPIED},
        "when": when(incident),
        "speakers": speakers_of(incident, table.claimants).value,
        "sources": int(sources_per_incident([incident]).index[-1]),
        "outlets": len(outlets([incident])),
        "weak_sources": sum(source.kind in WEAK_KINDS for source in incident.sources),
        "only_weak": bool(weakly_sourced([incident])),
        "first_report": first,
        "days_to_first_report": (first - incident.date_start).days if first and day_known else None,
        "data_version": table.version,
    }
