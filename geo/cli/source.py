"""The incident file that a command works on."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path, PurePath
from typing import Final

from geo.claims import RANGE, Rule, RuleKind, rules
from geo.cli.data_folder import data_folder
from geo.cli.fault import CommandError
from geo.cli.terminal import printable
from geo.errors import Fault
from geo.incident import Claimant, Incident
from geo.store import INCIDENTS_FILE, IncidentStore, StoreContents
from geo.table import ImportedSource, IncidentTable
from geo.table.of_folder import imported_sources, linked_pairs
from geo.wording import count_words, list_words

_MOST_FAULTS: Final = 20
_GENERAL: Final = tuple(kind.value for kind in RuleKind if kind is not RuleKind.CLAIMANT)


def add_rule_option(parser: argparse.ArgumentParser) -> None:
    """Add `--rule`."""
    parser.add_argument(
        "--rule",
        default=RANGE.code,
        metavar="RULE",
        help=f"under which people are counted: {', '.join(_GENERAL)}, or claimant:ID for one claimant's word, an id of "
        f"data/claimants.json (default: {RANGE.code}, lowest to highest claim)",
    )


def add_store_option(parser: argparse.ArgumentParser) -> None:
    """Add `--store`."""
    parser.add_argument(
        "--store",
        type=Path,
        default=INCIDENTS_FILE,
        metavar="FILE",
        help="another incident file, with its registers beside it (default: the one in data/)",
    )


def add_datasets_option(parser: argparse.ArgumentParser) -> None:
    """Add `--data`, for commands that count imported datasets beside the record."""
    parser.add_argument(
        "--data",
        metavar="DIR",
        help="also the imported datasets of this folder, or at this address, s3://BUCKET/FOLDER, that are switched on "
        "(default: the record alone)",
    )


def read_store(path: Path) -> StoreContents:
    """Read an incident file; raises CommandError if it, or the claimant register beside it, is not there."""
    try:
        return IncidentStore(path).read()
    except FileNotFoundError as error:
        missing = Path(error.filename or path)
        beside = "" if missing == path else "; the claimant register must stand beside the incident file"
        raise CommandError(f"there is no file {missing}{beside}") from error
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror or error}") from error


def incident_table(arguments: argparse.Namespace) -> IncidentTable:
    """Return the sound incidents of the file, and those of `--data`, under the rule; faults go to standard error."""
    contents = read_store(arguments.store)
    warn(contents.faults, contents.path.name)
    if arguments.data is None:
        table = IncidentTable.of(contents)
    else:
        folder = data_folder(arguments)
        warn(folder.faults(), PurePath(folder.place).name)
        table = IncidentTable.of(contents, imported_sources(folder), linked_pairs(folder))
    return table.under(chosen_rule(arguments, table.incidents, table.claimants, table.datasets))


def chosen_rule(
    arguments: argparse.Namespace,
    incidents: Sequence[Incident],
    claimants: Mapping[str, Claimant],
    datasets: Sequence[ImportedSource] = (),
) -> Rule:
    """Return the rule of `--rule`, which has figures to count; raises CommandError for any other."""
    code = arguments.rule
    offered = {rule.code: rule for rule in rules(incidents, claimants)}
    for source in datasets:
        heard = Rule(RuleKind.CLAIMANT, source.id, claimants)
        offered |= {} if source.leads else {heard.code: heard}
    if code in offered:
        return offered[code]
    try:
        Rule.parse(code, claimants)
    except ValueError as error:
        close = get_close_matches(code, offered, n=3, cutoff=0.5)
        meant = f"; did you mean {list_words(close, 'or')}?" if close else ""
        raise CommandError(f"argument --rule: {error}{meant}") from error
    raise CommandError(f"argument --rule: {code} states no figure that counts; choose a claimant who does")


def warn(faults: tuple[Fault, ...], name: str) -> None:
    """Tell of faults on standard error, the first ones in full."""
    if faults:
        lines = [f"{name}: {count_words(len(faults), 'fault')}; what is at fault is left out"]
        lines += [f"  {printable(str(fault))}" for fault in faults[:_MOST_FAULTS]]
        if len(faults) > _MOST_FAULTS:
            lines.append(f"  … and {len(faults) - _MOST_FAULTS:,} more; `python -m geo validate` lists all")
        sys.stderr.write("\n".join(lines) + "\n")
