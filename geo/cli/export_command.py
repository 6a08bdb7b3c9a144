"""`export`: the selected incidents as a file."""

import argparse
import json
import sys
from pathlib import Path
from typing import Final

from geo.citation import cited_metadata, usable_settings
from geo.cli.common_options import add_choice_options, chosen
from geo.cli.terminal import (
    STANDARD_OUTPUT,
    CommandError,
    check_output,
    ending,
    output_file,
    printable,
    told_to_shell,
    write_output,
)
from geo.export import csv_format
from geo.export.csv_format import metadata_name, zipped
from geo.export.formats import ExportFormat
from geo.export.writing import FORMATS, Progress, export_to
from geo.language.number_words import count_words, list_words
from geo.places.boundaries import boundaries
from geo.selection.filters import Filters
from geo.store.incident_store import IncidentStore
from geo.table.incident_table import IncidentTable

_PACKED: Final = ".zip"
_LIMITS: Final = "; ".join(
    f"{each.label} holds at most {each.most:,} incidents" for each in FORMATS.values() if each.most
)
_EPILOG: Final = f"""\
The ending of the file's name says the format, unless --format does. Every file names the rule under which people were
counted and the data version; all but CSV carry the whole manifest: filters, counts, versions, boundary note. Beside a
CSV, NAME.csv-metadata.json (W3C CSVW) carries it, with what a map leaves out, licence, citation, and what each column
is. With --data, files of millions of incidents are written part by part: the record first, then each dataset. A name
such as incidents.csv.zip packs the file, a CSV with its description.
{_LIMITS}.

examples:
  python -m geo export -o incidents.xlsx
  python -m geo export --year 2025 --category strike clash -o 2025.gpkg
  python -m geo export --country TJ --format geojson -o - | jq .manifest
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = f"%(prog)s [filters] -o FILE.({'|'.join(FORMATS)})[.zip] [--store FILE]"
    parser.description = f"Write incidents as {list_words([each.label for each in FORMATS.values()], 'or')}."
    parser.epilog = _EPILOG
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="file to write, - for standard output")
    parser.add_argument("--format", choices=list(FORMATS), help="default: by the file's ending")
    parser.add_argument(
        "--progress", action="store_true", help="say on standard output how far it has come, lines of JSON"
    )
    add_choice_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the file."""
    output = arguments.output
    plain = output.removesuffix(_PACKED)
    wanted = FORMATS[ending(plain, arguments.format, FORMATS)]
    read = IncidentStore(arguments.store).files
    cited = wanted is csv_format.FORMAT and output != STANDARD_OUTPUT
    described = cited and output == plain
    check_output(output, read)
    if described:
        check_output(metadata_name(output), read)
    if arguments.progress and output == STANDARD_OUTPUT:
        raise CommandError("argument --progress: the file goes to standard output; give it a name with -o")
    filters, table = chosen(arguments)
    name = Path(output).name if output == plain else _name_inside(plain, wanted)
    progress = _progress(filters, table) if arguments.progress else None
    description = _description(filters, table, name) if cited else None
    with output_file(output, wanted.ending) as new, told_to_shell():
        export_to(new, filters, table, boundaries(), format=wanted, progress=progress)
        if output != plain:
            unpacked = new.rename(new.with_name("unpacked"))
            zipped(new, unpacked, name=name, metadata=description)
    if described and description:
        write_output(metadata_name(output), description)
    if output != STANDARD_OUTPUT:
        counted = f"{table.count(filters):,} of {count_words(len(table), 'incident')}"
        sys.stderr.write(f"{output}: {counted}\n")
    return 0


def _description(filters: Filters, table: IncidentTable, name: str) -> bytes:
    """Describe a CSV; without an address, and with a warning, if the publisher's settings make no sense."""
    settings, fault = usable_settings()
    if fault is not None:
        sys.stderr.write(f"warning: {printable(str(fault))}; the CSV is cited without an address\n")
    return cited_metadata(filters, table, name=name, settings=settings)


def _name_inside(name: str, wanted: ExportFormat) -> str:
    """Call the file in a zip what the zip is called, with the ending of its format."""
    inside = Path(name).name
    return inside if inside.endswith(f".{wanted.ending}") else f"{inside}.{wanted.ending}"


def _progress(filters: Filters, table: IncidentTable) -> Progress:
    """Say what is written, from which version of the data, and return what says how many are."""
    _say(data_version=table.version, incidents=table.count(filters))
    return lambda written: _say(written=written)


def _say(**said: str | int) -> None:
    sys.stdout.write(f"{json.dumps(said)}\n")
    sys.stdout.flush()
