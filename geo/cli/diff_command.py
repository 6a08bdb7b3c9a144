"""`diff`: what changed between two versions of the store."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Final

from geo.cli.edition import editions
from geo.cli.fault import CommandError
from geo.cli.output import write_output
from geo.cli.source import add_rule_option, chosen_rule
from geo.cli.terminal import printable
from geo.difference import Difference, compare
from geo.difference.document import to_json, to_markdown, to_text
from geo.difference.log import LOG_FILE, Version, dump_log, entered, read_log
from geo.reading.registers import CLAIMANTS_FILE

_EPILOG: Final = """\
OLD and NEW are an incident file, the folder it stands in, or git:REVISION. Registers are read from beside the file; a
file without claimants.json is read with the registers of the other side.
Said are incidents added, removed and changed by field, with their claims and sources, changes of the registers, and
what became of the totals, under the rule that --rule names. Order and layout do not count. Claims and sources are
matched by content, so that one that moved is no change.

Exit code 0 whether or not anything differs; 1 if incidents of either version cannot be read and were not compared. If
none of a version can be read, no difference is printed.

--release NAME also enters the difference into the log of versions, which the page of changes shows.

examples:
  python -m geo diff git:v0.1.0 data
  python -m geo diff old/incidents.geojson data/incidents.geojson --format markdown > changes.md
  python -m geo diff git:HEAD data --rule independent
  python -m geo diff git:v0.1.0 data --release 0.2.0 --before 0.1.0
"""
_UNREADABLE: Final = (
    "no incident of it can be read, so nothing was compared; mend what is said above, or name a version that has a "
    f"{CLAIMANTS_FILE} as the other"
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = (
        "%(prog)s OLD NEW [--format text|json|markdown] [--rule RULE] [--release NAME --before NAME [--log FILE]]"
    )
    parser.description = "Say what changed between two versions of the store."
    parser.epilog = _EPILOG
    parser.add_argument("old", metavar="OLD", help="file, folder or git:REVISION")
    parser.add_argument("new", metavar="NEW", help="likewise")
    parser.add_argument("--format", choices=("text", "json", "markdown"), default="text", help="default: text")
    add_rule_option(parser)
    parser.add_argument("--release", metavar="NAME", help="enter the difference into the log as version NAME")
    parser.add_argument("--before", metavar="NAME", help="what OLD is called there")
    parser.add_argument("--log", type=Path, default=LOG_FILE, metavar="FILE", help="default: data/CHANGELOG.json")


def run(arguments: argparse.Namespace) -> int:
    """Print the difference; 1 if incidents could not be compared."""
    if bool(arguments.release) != bool(arguments.before):
        raise CommandError("--release and --before go together: the name of NEW and the name of OLD")
    old, new = editions(arguments.old, arguments.new)
    unreadable = [name for name, side in ((arguments.old, old), (arguments.new, new)) if side.unreadable]
    if unreadable:
        sys.stderr.write("".join(f"{printable(name)}: {_UNREADABLE}\n" for name in unreadable))
        return 1
    claimants = {**old.claimants, **new.claimants}
    found = compare(old, new, rule=chosen_rule(arguments, (*old.incidents, *new.incidents), claimants))
    if arguments.release:
        _enter(found, arguments)
    sys.stdout.write(_written(found, arguments.format))
    return 1 if found.not_compared else 0


def _written(found: Difference, wanted: str) -> str:
    if wanted == "json":
        return to_json(found)
    text = to_markdown(found) if wanted == "markdown" else to_text(found)
    return "".join(f"{printable(line)}\n" for line in text.split("\n")[:-1])


def _enter(found: Difference, arguments: argparse.Namespace) -> None:
    today = date.today()  # noqa: DTZ011  # the day where the person is
    entry = Version(version=arguments.release, date=today, before=arguments.before, difference=found)
    write_output(str(arguments.log), dump_log(entered(read_log(arguments.log), entry)).encode())
    sys.stderr.write(f"{arguments.log}: version {arguments.release} entered\n")
