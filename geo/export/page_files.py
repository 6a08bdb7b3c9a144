"""What a page shows as files of its own: provinces, claimants with their contradictions, the quality of the data."""

import math
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import pyarrow as pa

from geo.aggregate.by_period import by_period, dataset_columns, dataset_of, incidents_by_dataset, pivot
from geo.aggregate.by_province import CATEGORY_COLUMNS, RARE_COLUMNS, by_province, side_by_side, without_province
from geo.aggregate.coverage import GroundYear, coverage, coverage_by_ground, month_states
from geo.casualties.measures import MEASURES
from geo.evidence.contradictions import Contradiction, Gap, by_claimant, contradictions, widest_gaps
from geo.evidence.publications import WEAK_KINDS, cited_sources
from geo.evidence.reliability import excluded, first_report, only_weak, outlets, sources_per_incident, speakers_of
from geo.evidence.similar import IN_ORDER, Similar, differences, similar_pairs, the_same
from geo.evidence.statements import Statement
from geo.export.columns import meanings_of, schema_of
from geo.export.csv_format import table_csv
from geo.export.rows import DENIAL_COLUMNS, denial_table
from geo.export.xlsx_format import page_workbook
from geo.incident.record import Incident
from geo.incident.vocabulary import DatePrecision, borders_in_words
from geo.places.boundaries import Boundaries
from geo.selection.filters import Filters
from geo.sentences import figure, when
from geo.table.incident_table import IncidentTable

_PARTS: Final[Mapping[str, str]] = {
    "low": "{}, lowest figure under toll_rule; empty where nobody gives one; not to be added up",
    "high": "{}, highest figure under toll_rule; not to be added up",
    "or_more": "Whether somebody says “at least” the highest figure",
    "ratio": "Highest over lowest of all claims, whatever the rule; empty without a figure or where it is 0",
    "without": "Incidents in the row without a figure of their own under toll_rule",
    "differ": "Incidents of which the accounts name different people, civilians or militants",
}
"""Of each measure of people, by the last part of the column's name."""
_MEANINGS: Final[Mapping[str, str]] = {
    "province_code": "ISO 3166-2; none for the row of incidents in several provinces, or in one that is not known",
    "province": "Its name",
    "country": "ISO 3166-1 alpha-2",
    "incidents": "Incidents that the filters select, by province as reported; one in several stands in the row of each "
    "and in the row none, so that the column adds up to more than there are",
    "in_several": "Of these, incidents that lie in other provinces too; what is claimed of them stands in the row none",
    **{name: f"Of these, {name}" for name in CATEGORY_COLUMNS},
    **dict.fromkeys(RARE_COLUMNS, "Of these, incidents of other kinds; imported datasets alone have them"),
    "disputed": "Of these, contradicted by a party",
    "disputed_share": "disputed / incidents; empty without incidents",
    **{
        f"{about}_{part}": said.format(measure.words)
        for about, measure in MEASURES.items()
        for part, said in _PARTS.items()
    },
    "crossed_flows": "Single figures of people who crossed in the course of a closure or of returns; never added up",
    "cluster_claims": "What is claimed for whole event clusters; in no figure of the row unless it says so",
    "toll_rule": "The rule under which every figure for people in the row was made",
    "area_km2": "Area, square kilometres",
    "border_km": f"Length of its part of {borders_in_words()}, kilometres",
    "per_10000_km2": "incidents per 10,000 square kilometres",
    "per_100_km_border": "incidents per 100 kilometres of border, near the border or not",
    "first": "Day on which the first incident began, or the first that is possible",
    "first_in_words": "When that was, no more exactly than it is known",
    "last": "Day on which the last incident began, or the first that is possible",
    "last_in_words": "When that was, no more exactly than it is known",
    "data_version": "SHA-256 of the data that the row was made from",
}


def provinces_csv(filters: Filters, table: IncidentTable, layers: Boundaries) -> bytes:
    """Write one row per province, and one for incidents that are in no one province."""
    rows = _provinces(filters, table, layers)
    return table_csv(rows)


def provinces_workbook(filters: Filters, table: IncidentTable, layers: Boundaries) -> bytes:
    """Write the provinces, the counts by year and by category, what the columns mean, and the manifest, as XLSX."""
    counts = by_period(filters, table, period="year")
    names = layers.provinces_in_countries()
    laid_out = {
        "by year": pivot(counts, "province_code", "period", names=names),
        "by category": pivot(counts, "province_code", "category", names=names),
        "year by category": pivot(counts, "period", "category", names=names),
    }
    provinces = _provinces(filters, table, layers)
    tables = {"provinces": provinces}
    for name, frame in laid_out.items():
        tables[name] = pa.Table.from_pandas(frame.reset_index(), preserve_index=False)
    meanings = {"provinces": {name: _meaning(name) for name in provinces.column_names}}
    return page_workbook(tables, meanings, filters, table, layers, rows="provinces")


def _provinces(filters: Filters, table: IncidentTable, layers: Boundaries) -> pa.Table:
    inside, apart = by_province(filters, table, layers), without_province(filters, table)
    rows = pd.concat([inside, apart])
    beside = incidents_by_dataset(filters, table).reindex(rows.index, fill_value=0)
    rows = rows.join(beside).reset_index()
    days: dict[str, Any] = {name: rows[name].dt.date for name in ("first", "last")}
    rows = rows.assign(**days, toll_rule=table.rule.name, data_version=table.version)
    columns = [name for name in _MEANINGS if name not in RARE_COLUMNS or rows[name].any()]
    after_killed = columns.index("killed_differ") + 1
    columns[after_killed:after_killed] = side_by_side(rows.columns)
    after_incidents = columns.index("incidents") + 1
    columns[after_incidents:after_incidents] = dataset_columns(map(str, beside))
    return pa.Table.from_pandas(rows[columns], preserve_index=False)


def _meaning(column: str) -> str:
    """Say what a column means; those of datasets beside the record have their names in theirs."""
    if column in _MEANINGS:
        return _MEANINGS[column]
    if dataset_columns([column]):
        return f"Of these, incidents from {dataset_of(column)}; curated is the record itself"
    end, dataset = column.removeprefix("killed_").split("_", 1)
    figure = {"low": "lowest", "high": "highest"}[end]
    return (
        f"People killed, {figure} figure that {dataset} gives, under toll_rule; may overlap with killed_{end}, "
        "never to be added to it"
    )


# The page of claimants as files: who speaks, who denies what, who contradicts whom, and the widest gaps.

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


# The page on data quality as files: what is known of each incident, the months, pairs that may be one, the rest.

_INCIDENTS: Final = (
    ("incident", _TEXT, "The incident's id"),
    ("title", _TEXT, "Title"),
    ("date_start", pa.date32(), "First day; where date_precision is not day, the first that is possible"),
    ("when", _TEXT, "When, in words that are no more exact than the day is known"),
    ("location_precision", _TEXT, "How well the place is known"),
    ("uncertainty_km", pa.float64(), "Radius in km; for a border segment half its length"),
    ("date_precision", _TEXT, "How well the day is known"),
    ("speakers", _TEXT, "Who speaks: several sides, one with or without independent claimants, or these alone"),
    ("sources", pa.int32(), "Publications, each once"),
    ("outlets", pa.int32(), "Outlets that published them"),
    ("weak_sources", pa.int32(), "Source entries that are mirrors or aggregators"),
    ("only_weak", pa.bool_(), "Whether all of them are"),
    ("first_report", pa.date32(), "Day of the earliest dated source; an undated one may be earlier"),
    ("days_to_first_report", pa.int32(), "From date_start; empty where the day is not known"),
    ("data_version", _TEXT, "SHA-256 of the data that the row was made from"),
)
_COPIED: Final = ("title", "date_start", "location_precision", "uncertainty_km", "date_precision")
_MONTHS: Final = (
    ("month", pa.date32(), "Its first day; only months of which the filters choose a day"),
    ("incidents", pa.int32(), "Incidents that the filters choose and that began in it"),
    ("state", _TEXT, "What the number means: on record, quiet, thin, selected in part, not researched"),
    ("reason", _TEXT, "Why it is not researched, or thin on all or some of the ground that the filters choose"),
)
_GROUNDS: Final = (
    (
        "kind",
        _TEXT,
        "border or province: each incident is in one row of the former, and in one for each of its provinces",
    ),
    ("code", _TEXT, "Code of the border, or ISO 3166-2; unknown where it lies along neither, or in no known province"),
    ("name", _TEXT, "Its name"),
    ("year", pa.int32(), "Year that the filters choose and the record covers"),
    ("incidents", pa.int32(), "Incidents that the filters choose and that began in it"),
    ("source_entries", pa.int32(), "Their source entries"),
    ("sources_per_incident", pa.float64(), "source_entries / incidents; empty without incidents"),
    ("outlets", pa.int32(), "Outlets that published them, an agency's text under the outlet that carries it"),
    ("single_source", pa.int32(), "Of the incidents, how many rest on one publication"),
    ("single_share", pa.float64(), "single_source / incidents; empty without incidents"),
    ("months_found", pa.int32(), "Months in which at least one of the incidents began"),
    ("months", pa.int32(), "Months of the year that the filters choose and the record covers"),
    ("median_delay_days", pa.float64(), "From the first day to the first dated report; empty where none can be told"),
    ("gaps", _TEXT, "When and why the record is known to be thin there, separated by |"),
)
_OUTLETS: Final = (
    ("outlet", _TEXT, "Who published, agencies' texts under the outlet that carries them"),
    ("incidents", pa.int32(), "Incidents with a source of the outlet"),
    ("alone", pa.int32(), "Of these, incidents with no other outlet"),
    ("weak", pa.bool_(), "Whether all its entries are mirrors or aggregators"),
)
_WEAK: Final = (
    ("publisher", _TEXT, "Publisher"),
    ("title", _TEXT, "Title"),
    ("url", _TEXT, "Address"),
    ("published", pa.date32(), "Day of publication"),
    ("incidents", _TEXT, "Ids of the incidents that cite it, separated by spaces"),
)
_PAIRS: Final = (
    ("first", _TEXT, "The earlier incident's id"),
    ("first_title", _TEXT, "Its title"),
    ("second", _TEXT, "The later incident's id"),
    ("second_title", _TEXT, "Its title"),
    ("days_apart", pa.int32(), "Between the days that each may be of; 0 where these overlap"),
    ("km_apart", pa.float64(), "Between their best points; read it with uncertainty_km of both"),
    ("same_event_cluster", pa.bool_(), "Whether the record has both in one event cluster"),
    ("differs", _TEXT, "What differs between them, under the casualty counting rule"),
    ("same", _TEXT, "What does not"),
)
_EXCLUDED: Final = (
    ("id", _TEXT, "Id it was coded under"),
    ("title", _TEXT, "Title"),
    ("date_start", pa.date32(), "First day"),
    ("date_end", pa.date32(), "Last day"),
    ("reason", _TEXT, "Why it was left out"),
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
    """Write one row per selected incident, oldest first."""
    rows = _rows("incidents", [_incident(incident, table) for incident in table.selected(filters)])
    return table_csv(rows)


def quality_workbook(filters: Filters, table: IncidentTable, layers: Boundaries) -> bytes:
    """Write incidents, months, borders and provinces, outlets, weak sources, likely pairs, what was left out; XLSX."""
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
        "excluded": [row.model_dump() for row in excluded()],
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
        "only_weak": bool(only_weak([incident])),
        "first_report": first,
        "days_to_first_report": (first - incident.date_start).days if first and day_known else None,
        "data_version": table.version,
    }
