"""`validate`: all faults of an incident file at once, and warnings of what to look at."""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from geo.cli.shared import printable, read_store, with_examples, write_json
from geo.evidence.denials import reported_denials
from geo.incident.errors import Fault
from geo.language.messages import say
from geo.store.incident_store import INCIDENTS_FILE, StoreContents


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = "%(prog)s [FILE] [--format text|json]"
    parser.description = say("help-validate")
    parser.epilog = with_examples(
        say("help-validate-more"),
        "python -m geo validate",
        "python -m geo validate draft/incidents.geojson --format json",
    )
    parser.add_argument(
        "file", nargs="?", type=Path, default=INCIDENTS_FILE, metavar="FILE", help=say("help-validate-file")
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help=say("help-default", value="text"))


def run(arguments: argparse.Namespace) -> int:
    """Print the faults; return 1 if there are any."""
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
        sys.stdout.write(f"{printable(say('cli-warning', fault=warning))}\n")
    counts = {"incidents": len(contents.incidents), "claims": _claims(contents), "faults": len(contents.faults)}
    sys.stdout.write(f"{say('cli-validated', file=contents.path, warnings=len(warnings), **counts)}\n")


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
