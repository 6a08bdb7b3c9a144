"""`list`: the selected incidents, oldest first."""

import argparse
import sys
from typing import Any

from geo.cli.shared import (
    STANDARD_OUTPUT,
    TableFormat,
    add_printed_choice_options,
    aligned,
    chosen,
    envelope,
    footer,
    output_file,
    too_many_as_fault,
    with_examples,
    write_json,
)
from geo.export import csv_format
from geo.export.columns import incident_table as export_rows
from geo.export.writing import export_to
from geo.language.messages import range_words, say
from geo.places.boundaries import boundaries
from geo.sentences import NO_FIGURE


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = "%(prog)s [filters] [--format table|csv|json] [--store FILE]"
    parser.description = say("help-list")
    parser.epilog = with_examples(
        say("help-list-more", json_keys=say("help-json-keys")),
        "python -m geo list --year 2025 --category strike --status disputed",
        "python -m geo list --province AF-KHO --since 2025-10-01 --format csv > khost.csv",
        "python -m geo list --border afghan_tajik_border --category clash",
        'python -m geo list --q "spin boldak" --format json',
    )
    add_printed_choice_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the incidents."""
    filters, table = chosen(arguments)
    if arguments.format == TableFormat.CSV:
        with output_file(STANDARD_OUTPUT, "csv") as new:
            export_to(new, filters, table, boundaries(), format=csv_format.FORMAT)
        return 0
    with too_many_as_fault():
        rows = export_rows(filters, table)
    if arguments.format == TableFormat.JSON:
        write_json(envelope(filters, table, rows.to_pylist()))
    else:
        names = ("when", "category", "status", "where", "killed", "incident", "id")
        header = [say(f"heading-{name}") for name in names]
        sys.stdout.write(aligned(header, [_shown(row) for row in rows.to_pylist()]))
        sys.stdout.write(footer(filters, table))
    return 0


def _shown(row: dict[str, Any]) -> tuple[Any, ...]:
    where = row["province_codes"] or row["country"]
    return (row["when"], row["category"], row["status"], where, _killed(row), row["title"], row["id"])


def _killed(row: dict[str, Any]) -> str:
    if row["killed_low"] is None:
        return NO_FIGURE
    return range_words(row["killed_low"], row["killed_high"], or_more=row["killed_or_more"])
