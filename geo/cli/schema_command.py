"""`schema`: the JSON Schema of the incident file."""

import argparse
import sys

from geo.cli.terminal import with_examples
from geo.incident.schema import dump_schema
from geo.language.messages import say


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.usage = "%(prog)s"
    parser.description = say("help-schema")
    parser.epilog = with_examples("", "python -m geo schema > incident.schema.json")


def run(arguments: argparse.Namespace) -> int:
    """Print the schema."""
    del arguments
    sys.stdout.write(dump_schema())
    return 0
