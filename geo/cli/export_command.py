"""`export`: the chosen incidents as a file."""

import argparse
import json
import sys
from pathlib import Path
from typing import Final

from geo.boundaries import boundaries
from geo.citation.packed import cited_metadata, pack
from geo.cli.choice import add_choice_options, chosen
from geo.cli.fault import CommandError, told_to_shell
from geo.cli.output import STANDARD_OUTPUT, check_output, ending, output_file, write_output
from geo.export import ExportFormat, Told, export_to, metadata_name
from geo.filters import Filters
from geo.store import IncidentStore
from geo.table import IncidentTable
from geo.wording import count_words

_PACKED: Final = ".zip"
_EPILOG: Final = """\
The ending of the file's name says the format, unless --format does. Every file names the rule under which people were
counted and the data version; all but CSV carry the whole manifest: filters, counts, versions, boundary note. Beside a
CSV, NAME.csv-metadata.json (W3C CSVW) carries it, with what a map leaves out, licence, citation, and what each column
is. With --data, files of millions of incidents are written part by part: the record first, then each dataset; KML holds
at most 2,000 incidents, XLSX at most 1,048,575. A name such as incidents.csv.zip packs the file, a CSV with its
description.

examples:
  python -m geo export -o incidents.xlsx
  python -m geo export --year 2025 --category strike clash -o 2025.gpkg
  python -m geo export --country TJ --format geojson -o - | jq .manifest
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = "%(prog)s [filters] -o FILE.(csv|geojson|gpkg|xlsx|parquet|kml)[.zip] [--store FILE]"
    parser.description = "Write incidents as CSV, GeoJSON, GeoPackage (styled for QGIS), XLSX, GeoParquet or KML."
    parser.epilog = _EPILOG
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="file to write, - for standard output")
    parser.add_argument("--format", choices=list(ExportFormat), help="default: by the file's ending")
    parser.add_argument(
        "--progress", action="store_true", help="say on standard output how far it has come, lines of JSON"
    )
    add_choice_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the file."""
    output = arguments.output
    plain = output.removesuffix(_PACKED)
    wanted = ExportFormat(ending(plain, arguments.format, ExportFormat))
    read = IncidentStore(arguments.store).files
    described = wanted is ExportFormat.CSV and output == plain != STANDARD_OUTPUT
    check_output(output, read)
    if described:
        check_output(metadata_name(output), read)
    if arguments.progress and output == STANDARD_OUTPUT:
        raise CommandError("argument --progress: the file goes to standard output; give it a name with -o")
    filters, table = chosen(arguments)
    told = _telling(filters, table) if arguments.progress else None
    with output_file(output, wanted.value) as new, told_to_shell():
        export_to(new, filters, table, boundaries(), format=wanted, told=told)
        if output != plain:
            unpacked = new.rename(new.with_name("unpacked"))
            pack(new, unpacked, filters, table, name=_name_inside(plain, wanted))
    if described:
        write_output(metadata_name(output), cited_metadata(filters, table, name=Path(output).name))
    if output != STANDARD_OUTPUT:
        counted = f"{table.count(filters):,} of {count_words(len(table), 'incident')}"
        sys.stderr.write(f"{output}: {counted}\n")
    return 0


def _name_inside(name: str, wanted: ExportFormat) -> str:
    """Call the file in a zip what the zip is called, with the ending of its format."""
    inside = Path(name).name
    return inside if inside.endswith(f".{wanted}") else f"{inside}.{wanted}"


def _telling(filters: Filters, table: IncidentTable) -> Told:
    """Say what is written, from which version of the data, and return what says how many are."""
    _say(data_version=table.version, incidents=table.count(filters))
    return lambda written: _say(written=written)


def _say(**said: str | int) -> None:
    sys.stdout.write(f"{json.dumps(said)}\n")
    sys.stdout.flush()
