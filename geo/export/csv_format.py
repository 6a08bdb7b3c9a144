"""CSV, safe from formula injection in spreadsheets, and the W3C CSVW description beside it."""

import csv
import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from geo.export.columns import INCIDENT_SCHEMA, MEANINGS
from geo.export.formats import Beside, Contents, ExportFormat
from geo.export.manifest import MANIFEST, Withheld, about_lines, export_manifest, to_json
from geo.language.messages import LANGUAGE, say
from geo.places.boundaries import Boundaries
from geo.render.left_out import left_out
from geo.selection import Filters
from geo.table.incident_table import IncidentTable

# CSV: one row per incident, with a header, in UTF-8 with a byte-order mark; no cell is read as a formula.

_FORMULA: Final = r"^[=+\-@\t\r\n＝＋－＠]"
"""Characters at the start of a cell that make spreadsheets read it as a formula (OWASP, CSV injection)."""


def write_csv(parts: Iterable[Contents], path: Path) -> None:
    """Write one row per incident, with the columns of INCIDENT_SCHEMA; after the first part, all texts are quoted."""
    options = arrow_csv.WriteOptions(include_header=False)
    with path.open("wb") as file:
        for number, contents in enumerate(parts):
            if number == 0:
                file.write(table_csv(contents.rows))
            else:
                arrow_csv.write_csv(_without_formulas(contents.rows), file, options)


def _without_formulas(rows: pa.Table) -> pa.Table:
    """Apply `csv_cell` to the text columns."""
    for at, field in enumerate(rows.schema):
        if pa.types.is_string(field.type):
            texts = rows[field.name]
            harmful = pc.fill_null(pc.match_substring_regex(texts, _FORMULA), fill_value=False)
            repaired = pc.if_else(harmful, pc.binary_join_element_wise("'", texts, ""), texts)
            rows = rows.set_column(at, field, repaired)
    return rows


def table_csv(rows: pa.Table) -> bytes:
    """Write a table as a CSV file; missing values are empty."""
    return csv_file(csv_text(rows.column_names, (row.values() for row in rows.to_pylist())))


def csv_file(text: str) -> bytes:
    r"""Encode a CSV as UTF-8 with a byte-order mark, without which Excel assumes the system's code page.

    >>> csv_file("é")
    b'\xef\xbb\xbf\xc3\xa9'
    """
    return text.encode("utf-8-sig")


def csv_text(header: Sequence[str], rows: Iterable[Iterable[Any]]) -> str:
    """Write rows as CSV; missing values are empty."""
    return delimited([header, *([csv_cell(value) for value in row] for row in rows)])


def delimited(rows: Iterable[Iterable[str]], *, delimiter: str = ",", newline: str = "\n") -> str:
    r"""Write cells unchanged, quoted where necessary (RFC 4180), each row ended by `newline`.

    >>> delimited([["a", "b, c"], ["d;e", "f"]])
    'a,"b, c"\nd;e,f\n'
    """
    lines = _Lines()
    csv.writer(lines, delimiter=delimiter, lineterminator=_QUOTED_BREAKS).writerows(rows)
    return "".join(line.removesuffix(_QUOTED_BREAKS) + newline for line in lines.written)


_QUOTED_BREAKS: Final = "\r\n"
"""The writer quotes cells that contain its own line ending; either character may occur in a cell."""


class _Lines:
    """File-like object for the writer."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def write(self, line: str) -> None:
        self.written.append(line)


def csv_cell(value: Any) -> str:
    """Write a value; text that a spreadsheet would read as a formula is prefixed with an apostrophe.

    >>> csv_cell("=1+1"), csv_cell(-1), csv_cell(True), csv_cell(None)
    ("'=1+1", '-1', 'true', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float, date)):
        return str(value)
    text = str(value)
    return f"'{text}" if re.match(_FORMULA, text) else text


# Column types for GDAL and QGIS, on one line; otherwise they guess, and take an id that begins with a day for a date.

_CSVT: Final = {
    pa.string(): "String",
    pa.date32(): "Date",
    pa.int64(): "Integer64",
    pa.int32(): "Integer",
    pa.float64(): "Real",
    pa.bool_(): "Integer(Boolean)",
}


def types_name(name: str) -> str:
    """Return the name of the file in which GDAL looks for the column types of a CSV.

    >>> types_name("incidents-2025.csv")
    'incidents-2025.csvt'
    """
    return f"{Path(name).stem}.csvt"


def column_types() -> bytes:
    """Return the types of INCIDENT_SCHEMA; coordinates are plain numbers, since not every place may become a point."""
    return f"{','.join(_CSVT[field.type] for field in INCIDENT_SCHEMA)}\n".encode()


FORMAT: Final = ExportFormat(
    ending="csv",
    label="CSV",
    media_type="text/csv",
    rank=1,
    write=write_csv,
    shrinks=True,
    beside=Beside(called=types_name, write=lambda *_: column_types()),
    offered=say("download-csv-help"),
)


# What a CSV cannot say itself, in a file beside it: W3C CSVW metadata (“CSV on the Web”). `incidents.csv-metadata.json`
# states the selection, what a map of it leaves out, the rule, licence, citation and versions, and the type and meaning
# of every column. CSVW programs find it by its name.

_CONTEXT: Final = ["http://www.w3.org/ns/csvw", {"@language": LANGUAGE}]
_TYPES: Final = {
    pa.string(): "string",
    pa.date32(): "date",
    pa.int64(): "integer",
    pa.int32(): "integer",
    pa.float64(): "double",
    pa.bool_(): {"base": "boolean", "format": "true|false"},
}
_SEPARATORS: Final = {
    "provinces": "; ",
    "province_codes": "; ",
    "countries": "; ",
    "actors": "; ",
    "source_urls": " ",
    "claims_in_words": " | ",
}
"""Separators of columns with several values in a cell."""


def metadata_name(name: str) -> str:
    """Return the name of the metadata file of a CSV.

    >>> metadata_name("incidents-2025.csv")
    'incidents-2025.csv-metadata.json'
    """
    return f"{name}-metadata.json"


def csv_metadata(  # noqa: PLR0913  # the parts of a description
    filters: Filters,
    table: IncidentTable,
    layers: Boundaries,
    *,
    name: str,
    citation: str | None = None,
    withheld: Withheld | None = None,
) -> bytes:
    """Describe the CSV of a selection, as JSON.

    Parameters
    ----------
    filters, table, layers
        Inputs that the CSV was written from.
    name
        File name of the CSV.
    citation
        Citation of the selection, as text; defaults to the credit.
    withheld
        Incidents that may not be passed on and are not in the CSV.

    """
    made = export_manifest(filters, table, layers, withheld=withheld, format=FORMAT.ending)
    lines: dict[str, Any] = dict(about_lines(filters, table, made))
    lines[MANIFEST] = json.loads(to_json(made))
    described: dict[str, Any] = {
        "@context": _CONTEXT,
        "url": name,
        "dc:title": made["filters_in_words"],
        "dc:description": f"{left_out(filters, table).sentences()} {say('csv-formulas')} {say('csv-encoding')}",
        "dc:rights": made["credit"],
        "dc:bibliographicCitation": citation or made["credit"],
        "dc:issued": {"@value": str(made["made"]), "@type": "xsd:date"},
        **({"dc:license": {"@id": made["licence"]}} if "licence" in made else {}),
        "notes": [{"about": about, "this file": said} for about, said in lines.items()],
        "dialect": {"encoding": "utf-8", "delimiter": ",", "doubleQuote": True, "header": True},
        "tableSchema": {"columns": [_column(field) for field in INCIDENT_SCHEMA], "primaryKey": "id"},
    }
    return json.dumps(described, ensure_ascii=False, indent=1).encode()


def _column(field: pa.Field) -> dict[str, Any]:
    described = {
        "name": field.name,
        "titles": field.name,
        "dc:description": MEANINGS["incidents"][field.name],
        "datatype": _TYPES[field.type],
    }
    return described | ({"separator": _SEPARATORS[field.name]} if field.name in _SEPARATORS else {})
