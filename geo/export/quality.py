"""The page on data quality as files: what is known of each incident, the months, what was left out."""

from typing import Any, Final

import pyarrow as pa

from geo.boundaries import Boundaries
from geo.export.about import about_lines, export_manifest
from geo.export.formats import ExportFormat
from geo.export.text import csv_text
from geo.export.workbook import write_book
from geo.filters import Filters
from geo.incident import Incident
from geo.quality import coverage, excluded, first_report, month_states, only_weak, outlets, sources_per_incident, voices
from geo.sources import WEAK_KINDS, cited_sources
from geo.table import IncidentTable
from geo.vocabulary import DatePrecision

_TEXT = pa.string()
_INCIDENTS: Final = (
    ("incident", _TEXT, "The incident's id"),
    ("title", _TEXT, "Title"),
    ("date_start", pa.date32(), "First day"),
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
_MONTHS: Final = (
    ("month", pa.date32(), "Its first day"),
    ("incidents", pa.int32(), "Incidents that the filters choose and that began in it"),
    ("state", _TEXT, "What the number means: on record, quiet, thin, not researched"),
    ("reason", _TEXT, "Why it is thin or not researched"),
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
    "outlets": _OUTLETS,
    "weak sources": _WEAK,
    "excluded": _EXCLUDED,
}


def quality_csv(filters: Filters, table: IncidentTable) -> bytes:
    """Write one row per chosen incident, oldest first."""
    rows = _rows("incidents", [_incident(incident, table) for incident in table.selected(filters)])
    return csv_text(rows.column_names, (row.values() for row in rows.to_pylist())).encode()


def quality_workbook(filters: Filters, table: IncidentTable, layers: Boundaries) -> bytes:
    """Write the incidents, months, outlets, weak sources, what was left out, and the manifest, as XLSX."""
    chosen = table.selected(filters)
    months = month_states(table.months(filters), coverage(), countries=filters.country).reset_index()
    weak = [s for s in cited_sources(table.incidents, [i.id for i in chosen]) if s.weak]
    sheets: dict[str, list[dict[str, Any]]] = {
        "incidents": [_incident(incident, table) for incident in chosen],
        "months": months.assign(month=months["month"].dt.date).to_dict("records"),  # type: ignore[dict-item]  # keys are names
        "outlets": [{"outlet": o.name, **{n: getattr(o, n) for n, *_ in _OUTLETS[1:]}} for o in outlets(chosen)],
        "weak sources": [
            {n: getattr(s, n) for n, *_ in _WEAK[:-1]} | {"incidents": " ".join(s.incidents)} for s in weak
        ],
        "excluded": [row.model_dump() for row in excluded()],
    }
    made = export_manifest(filters, table, layers, format=str(ExportFormat.XLSX), rows="quality")
    return write_book(
        {name: _rows(name, rows) for name, rows in sheets.items()},
        meanings={name: {column: meaning for column, _, meaning in columns} for name, columns in _SHEETS.items()},
        about=about_lines(filters, table, layers, made),
        credit=made["credit"],
    )


def _rows(sheet: str, rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(rows, pa.schema([(name, kind) for name, kind, _ in _SHEETS[sheet]]))


def _incident(incident: Incident, table: IncidentTable) -> dict[str, Any]:
    first = first_report(incident)
    day_known = first is not None and incident.date_precision is DatePrecision.DAY
    return {
        "incident": incident.id,
        **{name: getattr(incident, name) for name, *_ in _INCIDENTS[1:6]},
        "voices": voices(incident, table.claimants).value,
        "sources": int(sources_per_incident([incident]).index[-1]),
        "outlets": len(outlets([incident])),
        "weak_sources": sum(source.kind in WEAK_KINDS for source in incident.sources),
        "only_weak": bool(only_weak([incident])),
        "first_report": first,
        "days_to_first_report": (first - incident.date_start).days if first and day_known else None,
        "data_version": table.version,
    }
