"""`export`: the chosen incidents as a file."""

import argparse
import sys
from pathlib import Path
from typing import Final

from geo.boundaries import boundaries
from geo.citation import CitationFormat, cite, view_reference
from geo.cli.fault import told_to_shell
from geo.cli.filter_options import add_filter_options, chosen_filters
from geo.cli.output import STANDARD_OUTPUT, check_output, ending, output_file, write_output
from geo.cli.source import add_datasets_option, add_rule_option, add_store_option, incident_table
from geo.export import ExportFormat, csv_metadata, export_to, metadata_name
from geo.filters import Filters
from geo.store import IncidentStore
from geo.table import IncidentTable
from geo.wording import count_words

_EPILOG: Final = """\
The ending of the file's name says the format, unless --format does. Every file names the rule under which people were
counted and the data version; all but CSV carry the whole manifest: filters, counts, versions, boundary note. Beside a
CSV, NAME.csv-metadata.json (W3C CSVW) carries it, with what a map leaves out, licence, citation, and what each column
is. With --data, files of millions of incidents are written part by part: the record first, then each dataset; KML holds
at most 2,000 incidents, XLSX at most 1,048,575.

examples:
  python -m geo export -o incidents.xlsx
  python -m geo export --year 2025 --category strike clash -o 2025.gpkg
  python -m geo export --country TJ --format geojson -o - | jq .manifest
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = "%(prog)s [filters] -o FILE.(csv|geojson|gpkg|xlsx|parquet|kml) [--store FILE]"
    parser.description = "Write incidents as CSV, GeoJSON, GeoPackage (styled for QGIS), XLSX, GeoParquet or KML."
    parser.epilog = _EPILOG
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="file to write, - for standard output")
    parser.add_argument("--format", choices=list(ExportFormat), help="default: by the file's ending")
    add_rule_option(parser)
    add_store_option(parser)
    add_datasets_option(parser)
    add_filter_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the file."""
    wanted = ExportFormat(ending(arguments.output, arguments.format, ExportFormat))
    read = IncidentStore(arguments.store).files
    described = wanted is ExportFormat.CSV and arguments.output != STANDARD_OUTPUT
    check_output(arguments.output, read)
    if described:
        check_output(metadata_name(arguments.output), read)
    table = incident_table(arguments)
    filters = chosen_filters(arguments, table)
    with output_file(arguments.output, wanted.value) as new, told_to_shell():
        export_to(new, filters, table, boundaries(), format=wanted)
    if described:
        _describe(arguments.output, filters, table)
    if arguments.output != STANDARD_OUTPUT:
        chosen = f"{table.count(filters):,} of {count_words(len(table), 'incident')}"
        sys.stderr.write(f"{arguments.output}: {chosen}\n")
    return 0


def _describe(name: str, filters: Filters, table: IncidentTable) -> None:
    """Write what a CSV cannot say beside it."""
    layers = boundaries()
    citation = cite([view_reference(filters, table, layers)], format=CitationFormat.TEXT).strip()
    described = csv_metadata(filters, table, layers, name=Path(name).name, citation=citation)
    write_output(metadata_name(name), described)
