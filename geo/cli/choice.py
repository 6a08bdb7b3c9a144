"""Which incidents a command is about: the options that say so, and the table and the choice that they mean."""

import argparse

from geo.cli.filter_options import add_filter_options, chosen_filters
from geo.cli.source import add_datasets_option, add_rule_option, add_store_option, incident_table
from geo.cli.terminal import TableFormat
from geo.filters import Filters
from geo.table import IncidentTable


def add_choice_options(parser: argparse.ArgumentParser) -> None:
    """Add the rule for people, the incident file, the imported datasets and the filters."""
    add_rule_option(parser)
    add_store_option(parser)
    add_datasets_option(parser)
    add_filter_options(parser)


def add_printed_choice_options(parser: argparse.ArgumentParser) -> None:
    """Add the same for a command that prints a table, and how it is printed."""
    parser.add_argument("--format", choices=list(TableFormat), default=TableFormat.TABLE, help="default: table")
    add_choice_options(parser)


def chosen(arguments: argparse.Namespace) -> tuple[Filters, IncidentTable]:
    """Return the choice and the incidents it is made from; raises CommandError for what no incident could match."""
    table = incident_table(arguments)
    return chosen_filters(arguments, table), table
