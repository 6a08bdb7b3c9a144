"""`aggregate`: the chosen incidents added up by province, year, month or category."""

import argparse
import sys
from typing import Final

from geo.aggregate import side_by_side
from geo.boundaries import boundaries
from geo.cli.added_up import By, Row, added_up
from geo.cli.added_up import everything as whole
from geo.cli.choice import add_printed_choice_options, chosen
from geo.cli.envelope import JSON_KEYS, envelope, footer
from geo.cli.output import STANDARD_OUTPUT, write_output
from geo.cli.terminal import TableFormat, aligned, write_json
from geo.export.columns import TOLLS
from geo.export.text import csv_text
from geo.filters import Filters
from geo.table import IncidentTable
from geo.wording import range_words

_EPILOG: Final = f"""\
An incident counts for the day it began and for the province its record reports; those that span several provinces, or
whose province is not known, have a row of their own (none). Rows of people must not be added up: a toll for a whole
event counts once, and *_split says how many such events lie partly in another row (* in the table).

{JSON_KEYS}
Rows have province_code, province and country, or year, month or category; incidents, crossings, strikes, clashes,
others (only where there are any), disputed; killed_, injured_ and crossed_ each with low, high, or_more, split and
ratio (highest over lowest of all claims, whatever the rule); toll_rule. total is one such row. With --data, figures of
datasets stand side by side and are never added, for they share their dead: killed_low_NAME and killed_high_NAME are
those of a dataset beside the first.

examples:
  python -m geo aggregate --by province --year 2025
  python -m geo aggregate --by month --since 2025-10-01 --format csv
  python -m geo aggregate --by category --country TJ --format json
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = "%(prog)s --by province|year|month|category [filters] [--format table|csv|json] [--store FILE]"
    parser.description = "Add incidents up."
    parser.epilog = _EPILOG
    parser.add_argument("--by", required=True, choices=list(By), help="what a row is")
    add_printed_choice_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the rows."""
    filters, table = chosen(arguments)
    rows = added_up(filters, table, boundaries(), by=By(arguments.by))
    everything = whole(filters, table)
    if not everything["others"]:
        for row in (*rows, everything):
            row.pop("others", None)
    if arguments.format == TableFormat.JSON:
        write_json(envelope(filters, table, rows) | {"total": everything})
    elif arguments.format == TableFormat.CSV:
        header = list(rows[0] if rows else {arguments.by: None} | everything)
        write_output(STANDARD_OUTPUT, csv_text(header, (row.values() for row in rows)).encode())
    else:
        _write_table(filters, table, [row for row in rows if row["incidents"]], everything, By(arguments.by))
    return 0


def _write_table(filters: Filters, table: IncidentTable, rows: list[Row], everything: Row, by: By) -> None:
    named = ("province_code", "province") if by is By.PROVINCE else (by.value,)
    counted = [
        name for name in ("incidents", "crossings", "strikes", "clashes", "others", "disputed") if _has(rows, name)
    ]
    last = dict.fromkeys(named, "") | {named[0]: "all"} | everything
    others = [name.removeprefix("killed_low_") for name in side_by_side(everything) if name.startswith("killed_low_")]
    lines = [
        [
            *(row[name] for name in (*named, *counted)),
            *(_people(row, about.value) for about in TOLLS),
            *(_killed(row, dataset) for dataset in others),
        ]
        for row in (*rows, last)
    ]
    sys.stdout.write(
        aligned(
            [*named, *counted, *(about.value for about in TOLLS), *(f"killed by {dataset}" for dataset in others)],
            lines,
        )
    )
    sys.stdout.write(footer(filters, table) + "* holds the toll of an event that lies partly in another row\n")


def _has(rows: list[Row], name: str) -> bool:
    return all(name in row for row in rows)


def _people(row: Row, about: str) -> str:
    if row[f"{about}_low"] is None:
        return ""
    mark = "*" if row[f"{about}_split"] else ""
    return range_words(row[f"{about}_low"], row[f"{about}_high"], or_more=row[f"{about}_or_more"]) + mark


def _killed(row: Row, dataset: str) -> str:
    low, high = row.get(f"killed_low_{dataset}"), row.get(f"killed_high_{dataset}")
    return "" if low is None or high is None else range_words(low, high, or_more=False)
