"""What a CSV of incidents cannot say itself, in a file beside it: metadata as W3C CSVW has it (“CSV on the Web”).

`incidents.csv-metadata.json` names the choice, what a map of it would leave out, rule, licence, citation and versions,
and the type and meaning of every column. Programs that know CSVW find it by its name.
"""

import json
import zipfile
from pathlib import Path
from typing import Any, BinaryIO, Final

import pyarrow as pa

from geo.boundaries import Boundaries
from geo.export.about import about_lines, export_manifest
from geo.export.columns import INCIDENT_SCHEMA, MEANINGS
from geo.export.formats import ExportFormat
from geo.filters import Filters
from geo.manifest import to_json
from geo.table import IncidentTable
from geo.table_rows import CURATED

_CONTEXT: Final = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
_LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
_TYPES: Final = {
    pa.string(): "string",
    pa.date32(): "date",
    pa.int64(): "integer",
    pa.int32(): "integer",
    pa.float64(): "double",
    pa.bool_(): {"base": "boolean", "format": "true|false"},
}
_SEPARATORS: Final = {"actors": "; ", "source_urls": " ", "claims_in_words": " | "}
"""Of columns that hold several values in a cell."""
_TEXT_NOTE: Final = "A text that a spreadsheet would take for a formula has an apostrophe before it."
_COMPRESSION: Final = 1
"""A tenth of the size; a higher level takes twice as long for a few per cent more."""


def metadata_name(name: str) -> str:
    """Return the name of the file that describes a CSV.

    >>> metadata_name("incidents-2025.csv")
    'incidents-2025.csv-metadata.json'
    """
    return f"{name}-metadata.json"


def csv_metadata(
    filters: Filters, table: IncidentTable, layers: Boundaries, *, name: str, citation: str | None = None
) -> bytes:
    """Describe the CSV of a choice, as JSON.

    Parameters
    ----------
    filters, table, layers
        What the CSV was written from.
    name
        That of the CSV, beside which the description lies.
    citation
        How the choice is to be cited, as text; the credit alone without it.

    """
    made = export_manifest(filters, table, layers, format=str(ExportFormat.CSV))
    lines: dict[str, Any] = dict(about_lines(filters, table, layers, made))
    lines["Manifest"] = json.loads(to_json(made))
    described: dict[str, Any] = {
        "@context": _CONTEXT,
        "url": name,
        "dc:title": made["filters_in_words"],
        "dc:description": f"{lines['On a map']} {_TEXT_NOTE}",
        "dc:rights": made["credit"],
        "dc:bibliographicCitation": citation or made["credit"],
        "dc:issued": {"@value": str(made["made"]), "@type": "xsd:date"},
        **_licence(filters, table),
        "notes": [{"about": about, "this file": said} for about, said in lines.items()],
        "dialect": {"encoding": "utf-8", "delimiter": ",", "doubleQuote": True, "header": True},
        "tableSchema": {"columns": [_column(field) for field in INCIDENT_SCHEMA], "primaryKey": "id"},
    }
    return json.dumps(described, ensure_ascii=False, indent=1).encode()


def zipped(file: Path | BinaryIO, contents: bytes | Path, *, name: str, metadata: bytes | None = None) -> None:
    """Write a zip of a file of some name, and of its description if there is one; `contents` are bytes or a path."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION) as packed:
        if isinstance(contents, Path):
            packed.write(contents, name)
        else:
            packed.writestr(name, contents)
        if metadata is not None:
            packed.writestr(metadata_name(name), metadata)


def _licence(filters: Filters, table: IncidentTable) -> dict[str, Any]:
    """Name the licence where it is that of everything in the file; imported datasets have their own."""
    only_the_record = not table.datasets or filters.dataset == (CURATED,)
    return {"dc:license": {"@id": _LICENCE}} if only_the_record else {}


def _column(field: pa.Field) -> dict[str, Any]:
    described = {
        "name": field.name,
        "titles": field.name,
        "dc:description": MEANINGS["incidents"][field.name],
        "datatype": _TYPES[field.type],
    }
    return described | ({"separator": _SEPARATORS[field.name]} if field.name in _SEPARATORS else {})
