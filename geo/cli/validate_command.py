"""`validate`: everything that is wrong with an incident file, all faults together."""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Final

from geo.cli.source import read_store
from geo.cli.terminal import printable, write_json
from geo.store import INCIDENTS_FILE, StoreContents
from geo.wording import count_words

_EPILOG: Final = """\
Each fault names the incident, the field and what is expected. Exit code 1 if there are any.

--format json prints one object: file, valid, incidents (sound ones), claims, version (SHA-256 of the data), and
faults, a list of where, field, message.

examples:
  python -m geo validate
  python -m geo validate draft/incidents.geojson --format json
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = "%(prog)s [FILE] [--format text|json]"
    parser.description = "Check an incident file and the registers of claimants and event groups beside it."
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


def _write_text(contents: StoreContents) -> None:
    for fault in contents.faults:
        sys.stdout.write(f"{printable(str(fault))}\n")
    sound = f"{count_words(len(contents.incidents), 'sound incident')}, {count_words(_claims(contents), 'claim')}"
    faults = count_words(len(contents.faults), "fault") if contents.faults else "no fault"
    sys.stdout.write(f"{contents.path}: {sound}, {faults}\n")


def _write_json(contents: StoreContents) -> None:
    write_json(
        {
            "file": str(contents.path),
            "valid": not contents.faults,
            "incidents": len(contents.incidents),
            "claims": _claims(contents),
            "version": contents.version,
            "faults": [asdict(fault) for fault in contents.faults],
        }
    )
