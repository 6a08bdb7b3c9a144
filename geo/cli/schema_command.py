"""`schema`: the JSON Schema of the incident file."""

import argparse
import sys

from geo.incident.schema import dump_schema


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.usage = "%(prog)s"
    parser.description = "Print the JSON Schema of data/incidents.geojson."
    parser.epilog = "example:\n  python -m geo schema > incident.schema.json"


def run(arguments: argparse.Namespace) -> int:
    """Print the schema."""
    del arguments
    sys.stdout.write(dump_schema())
    return 0
