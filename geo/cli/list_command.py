"""`list`: the chosen incidents, oldest first."""

import argparse
import sys
from typing import Any, Final

from geo.boundaries import boundaries
from geo.cli.choice import add_printed_choice_options, chosen
from geo.cli.envelope import JSON_KEYS, envelope, footer
from geo.cli.fault import told_to_shell
from geo.cli.output import STANDARD_OUTPUT, output_file, write_output
from geo.cli.terminal import TableFormat, aligned, write_json
from geo.export import ExportFormat, export_to
from geo.export.rows import incident_table as export_rows
from geo.export.text import csv_text
from geo.table import MANY
from geo.wording import range_words

_EPILOG: Final = f"""\
--format csv prints what `export -o FILE.csv` writes, of any number of incidents; the others list at most 2,000.
{JSON_KEYS}
Rows have the columns of an export.

examples:
  python -m geo list --year 2025 --category strike --status disputed
  python -m geo list --province AF-KHO --since 2025-10-01 --format csv > khost.csv
  python -m geo list --q "spin boldak" --format json
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = "%(prog)s [filters] [--format table|csv|json] [--store FILE]"
    parser.description = "List incidents, oldest first."
    parser.epilog = _EPILOG
    add_printed_choice_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the incidents."""
    filters, table = chosen(arguments)
    if arguments.format == TableFormat.CSV and table.count(filters) > MANY:
        with output_file(STANDARD_OUTPUT, "csv") as new:
            export_to(new, filters, table, boundaries(), format=ExportFormat.CSV)
        return 0
    with told_to_shell():
        rows = export_rows(filters, table)
    if arguments.format == TableFormat.CSV:
        text = csv_text(rows.column_names, (row.values() for row in rows.to_pylist()))
        write_output(STANDARD_OUTPUT, text.encode())
    elif arguments.format == TableFormat.JSON:
        write_json(envelope(filters, table, rows.to_pylist()))
    else:
        header = ("began", "category", "status", "where", "killed", "incident", "id")
        sys.stdout.write(aligned(header, [_shown(row) for row in rows.to_pylist()]))
        sys.stdout.write(footer(filters, table) + "* for the whole wider event\n")
    return 0


def _shown(row: dict[str, Any]) -> tuple[Any, ...]:
    where = row["province_code"] or row["country"]
    return (row["date_start"], row["category"], row["status"], where, _killed(row), row["title"], row["id"])


def _killed(row: dict[str, Any]) -> str:
    if row["killed_low"] is None:
        return ""
    mark = "*" if row["killed_covers"] == "group" else ""
    return range_words(row["killed_low"], row["killed_high"], or_more=row["killed_or_more"]) + mark
