"""The page on data quality as files: what is known of each incident, the months, pairs that may be one, the rest."""

from typing import Any, Final

import pyarrow as pa

from geo.aggregate.coverage import GroundYear, coverage, coverage_by_ground, month_states
from geo.evidence.publications import WEAK_KINDS, cited_sources
from geo.evidence.reliability import excluded, first_report, only_weak, outlets, sources_per_incident, voices
from geo.evidence.similar import IN_ORDER, Similar, differences, similar_pairs, the_same
from geo.export.columns import meanings_of, schema_of
from geo.export.csv_format import table_csv
from geo.export.xlsx_format import page_workbook
from geo.incident.record import Incident
from geo.incident.vocabulary import DatePrecision
from geo.places.boundaries import Boundaries
from geo.selection.filters import Filters
from geo.sentences import when
from geo.table.incident_table import IncidentTable

_TEXT = pa.string()
_INCIDENTS: Final = (
    ("incident", _TEXT, "The incident's id"),
    ("title", _TEXT, "Title"),
    ("date_start", pa.date32(), "First day; where date_precision is not day, the first that is possible"),
    ("when", _TEXT, "When, in words that are no more exact than the day is known"),
    ("location_precision", _TEXT, "How well the place is known"),
    ("uncertainty_km", pa.float64(), "Radius in km; for a border segment half its length"),
    ("date_precision", _TEXT, "How well the day is known"),
    ("voices", _TEXT, "Who speaks: several sides, one with or without independent voices, or these alone"),
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
    """Write one row per chosen incident, oldest first."""
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
        "voices": voices(incident, table.claimants).value,
        "sources": int(sources_per_incident([incident]).index[-1]),
        "outlets": len(outlets([incident])),
        "weak_sources": sum(source.kind in WEAK_KINDS for source in incident.sources),
        "only_weak": bool(only_weak([incident])),
        "first_report": first,
        "days_to_first_report": (first - incident.date_start).days if first and day_known else None,
        "data_version": table.version,
    }
