"""`validate`: everything that is wrong with an incident file, all faults together, and what should be looked at."""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Final

from geo.cli.common_options import read_store
from geo.cli.terminal import printable, write_json
from geo.evidence.denials import reported_denials
from geo.incident.errors import Fault
from geo.language.number_words import count_words
from geo.store.incident_store import INCIDENTS_FILE, StoreContents

_EPILOG: Final = """\
Each fault names the incident, the field and what is expected. Exit code 1 if there are any. A warning names what is
sound but likely wrong, and changes no exit code: a denial under the name of a newspaper that only reports it.

--format json prints one object: file, valid, incidents (sound ones), claims, version (SHA-256 of the data), and
faults and warnings, lists of where, field, message.

examples:
  python -m geo validate
  python -m geo validate draft/incidents.geojson --format json
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = "%(prog)s [FILE] [--format text|json]"
    parser.description = "Check an incident file and the registers of claimants and event clusters beside it."
    parser.epilog = _EPILOG
    parser.add_argument(
        "file", nargs="?", type=Path, default=INCIDENTS_FILE, metavar="FILE", help="default: the one in data/"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def run(arguments: argparse.Namespace) -> int:
    """Print the faults; 1 if there are any."""
    contents = read_store(arguments.file)
    if arguments.format == "json":
        _write_json(contents)
    else:
        _write_text(contents)
    return 1 if contents.faults else 0


def _claims(contents: StoreContents) -> int:
    return sum(len(incident.claims) for incident in contents.incidents)


def _warnings(contents: StoreContents) -> list[Fault]:
    return list(reported_denials(contents.incidents, contents.claimants))


def _write_text(contents: StoreContents) -> None:
    warnings = _warnings(contents)
    for fault in contents.faults:
        sys.stdout.write(f"{printable(str(fault))}\n")
    for warning in warnings:
        sys.stdout.write(f"warning: {printable(str(warning))}\n")
    sound = f"{count_words(len(contents.incidents), 'sound incident')}, {count_words(_claims(contents), 'claim')}"
    faults = count_words(len(contents.faults), "fault") if contents.faults else "no fault"
    beside = f", {count_words(len(warnings), 'warning')}" if warnings else ""
    sys.stdout.write(f"{contents.path}: {sound}, {faults}{beside}\n")


def _write_json(contents: StoreContents) -> None:
    write_json(
        {
            "file": str(contents.path),
            "valid": not contents.faults,
            "incidents": len(contents.incidents),
            "claims": _claims(contents),
            "version": contents.version,
            "faults": [asdict(fault) for fault in contents.faults],
            "warnings": [asdict(warning) for warning in _warnings(contents)],
        }
    )
