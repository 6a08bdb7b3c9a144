"""`export`: the selected incidents as a file."""

import argparse
import json
import sys
from pathlib import Path
from typing import Final

from geo.citation import cited_metadata, usable_settings
from geo.cli.shared import (
    STANDARD_OUTPUT,
    CommandError,
    add_choice_options,
    check_output,
    chosen,
    ending,
    output_file,
    printable,
    too_many_as_fault,
    with_examples,
    write_output,
)
from geo.export import csv_format
from geo.export.csv_format import metadata_name
from geo.export.formats import ExportFormat, zipped
from geo.export.writing import FORMATS, Progress, export_to
from geo.language.messages import list_words, say
from geo.places.boundaries import boundaries
from geo.selection import Filters
from geo.store.incident_store import IncidentStore
from geo.table.incident_table import IncidentTable

_ZIP: Final = ".zip"


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = f"%(prog)s [filters] -o FILE.({'|'.join(FORMATS)})[.zip] [--store FILE]"
    parser.description = say("help-export", formats=list_words([each.label for each in FORMATS.values()], "or"))
    limits = (say("help-export-limit", format=each.label, most=each.most) for each in FORMATS.values() if each.most)
    parser.epilog = with_examples(
        say("help-export-more", limits="; ".join(limits)),
        "python -m geo export -o incidents.xlsx",
        "python -m geo export --year 2025 --category strike clash -o 2025.gpkg",
        "python -m geo export --country TJ --format geojson -o - | jq .manifest",
    )
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help=say("help-output"))
    parser.add_argument("--format", choices=list(FORMATS), help=say("help-format-by-ending"))
    parser.add_argument("--progress", action="store_true", help=say("help-export-progress"))
    add_choice_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the file."""
    output = arguments.output
    plain = output.removesuffix(_ZIP)
    wanted = FORMATS[ending(plain, arguments.format, FORMATS)]
    read = IncidentStore(arguments.store).files
    check_output(output, read)
    name = Path(output).name if output == plain else _name_inside(plain, wanted)
    cited = wanted is csv_format.FORMAT and output != STANDARD_OUTPUT
    alone = output == plain and output != STANDARD_OUTPUT
    for called in _names_beside(wanted, name, cited=cited) if alone else ():
        check_output(_in_folder_of(output, called), read)
    if arguments.progress and output == STANDARD_OUTPUT:
        raise CommandError.of("--progress", say("cli-output-in-the-way"))
    filters, table = chosen(arguments)
    progress = _progress(filters, table) if arguments.progress else None
    beside = {metadata_name(name): _description(filters, table, name)} if cited else {}
    with output_file(output, wanted.ending) as new, too_many_as_fault():
        export_to(new, filters, table, boundaries(), format=wanted, progress=progress)
        if output != STANDARD_OUTPUT:
            beside |= wanted.files_beside(new, name)
        if output != plain:
            unpacked = new.rename(new.with_name("unpacked"))
            zipped(new, unpacked, name=name, beside=beside)
    for called, content in beside.items() if alone else ():
        write_output(_in_folder_of(output, called), content)
    if output != STANDARD_OUTPUT:
        counted = say("counted-of", chosen=table.count(filters), total=len(table))
        sys.stderr.write(f"{output}: {counted}\n")
    return 0


def _names_beside(wanted: ExportFormat, name: str, *, cited: bool) -> list[str]:
    """Return the names of files written beside the export."""
    described = [metadata_name(name)] if cited else []
    return described if wanted.beside is None else [*described, wanted.beside.called(name)]


def _in_folder_of(output: str, name: str) -> str:
    return str(Path(output).with_name(name))


def _description(filters: Filters, table: IncidentTable, name: str) -> bytes:
    """Return the metadata of a CSV; if the publisher's settings are invalid, warn and leave out the address."""
    settings, fault = usable_settings()
    if fault is not None:
        sys.stderr.write(f"{printable(say('cli-warning', fault=say('cli-no-address', fault=fault)))}\n")
    return cited_metadata(filters, table, name=name, settings=settings)


def _name_inside(name: str, wanted: ExportFormat) -> str:
    """Return the name of the file inside a zip: that of the zip, with the ending of its format."""
    inside = Path(name).name
    return inside if inside.endswith(f".{wanted.ending}") else f"{inside}.{wanted.ending}"


def _progress(filters: Filters, table: IncidentTable) -> Progress:
    """Print the data version and the number of incidents, and return the progress callback."""
    _say(data_version=table.version, incidents=table.count(filters))
    return lambda written: _say(written=written)


def _say(**said: str | int) -> None:
    sys.stdout.write(f"{json.dumps(said)}\n")
    sys.stdout.flush()
