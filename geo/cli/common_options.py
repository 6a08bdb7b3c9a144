"""Options that commands share: which incidents, which store, which datasets, under which rule."""

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import Any, Final

from geo.casualties import RANGE, RULE_CODES, RULES, Rule, rules
from geo.cli.terminal import CommandError, TableFormat, printable, unreadable
from geo.datasets.folder import FOLDER_VARIABLE, AnyFolder, DataFolder
from geo.datasets.object_storage import open_folder
from geo.incident.errors import Fault, StorageError
from geo.incident.record import Claimant, Incident
from geo.incident.vocabulary import NOT_KNOWN
from geo.language.folding import fold
from geo.language.formatting import list_words
from geo.language.messages import say
from geo.places.boundaries import boundaries
from geo.selection import FIELDS, FilterField, Filters, Known
from geo.store import INCIDENTS_FILE, STORE_VARIABLE, IncidentStore, StoreContents
from geo.table.incident_rows import CURATED
from geo.table.incident_table import IncidentTable, with_datasets
from geo.table.shown_datasets import ImportedSource

# The folder of imported datasets that a command works on.


def add_data_option(parser: argparse.ArgumentParser, *, address: bool = False) -> None:
    """Add `--data`, which may be an address where the command only reads, or says so."""
    parser.add_argument(
        "--data",
        metavar="DIR",
        help=say("help-data-or-address" if address else "help-data", variable=FOLDER_VARIABLE),
    )


def local_folder(arguments: argparse.Namespace) -> DataFolder:
    """Return the folder on disk; raises CommandError for one within the project, and for an address."""
    try:
        return DataFolder(arguments.data)
    except ValueError as error:
        raise CommandError.of("--data", error) from error


def data_folder(arguments: argparse.Namespace) -> AnyFolder:
    """Return the folder, on disk or elsewhere; raises CommandError for one that cannot be used."""
    try:
        folder = open_folder(arguments.data)
        folder.described()  # what cannot be reached is told of here
    except (ValueError, StorageError) as error:
        raise CommandError.of("--data", error) from error
    except OSError as error:
        raise CommandError.of("--data", unreadable(arguments.data or folder.place, error)) from error
    return folder


# The incident file that a command works on.

_MOST_FAULTS: Final = 20


def add_rule_option(parser: argparse.ArgumentParser) -> None:
    """Add `--rule`."""
    parser.add_argument(
        "--rule",
        default=RANGE.code,
        metavar="RULE",
        help=say("help-rule", codes=list_words(RULE_CODES, "or"), usual=RANGE.code),
    )


def add_store_option(parser: argparse.ArgumentParser) -> None:
    """Add `--store`."""
    parser.add_argument(
        "--store",
        type=Path,
        default=INCIDENTS_FILE,
        metavar="FILE",
        help=say("help-store", variable=STORE_VARIABLE),
    )


def add_datasets_option(parser: argparse.ArgumentParser) -> None:
    """Add `--data`, for commands that count imported datasets beside the record."""
    parser.add_argument(
        "--data",
        metavar="DIR",
        help=say("help-also-data"),
    )


def read_store(path: Path) -> StoreContents:
    """Read an incident file; raises CommandError if it, or the claimant register beside it, is not there."""
    try:
        return IncidentStore(path).read()
    except FileNotFoundError as error:
        missing = Path(error.filename or path)
        raise CommandError(say("cli-no-file" if missing == path else "cli-no-register", file=missing)) from error
    except OSError as error:
        raise unreadable(path, error) from error


def incident_table(arguments: argparse.Namespace) -> IncidentTable:
    """Return the sound incidents of the file, and those of `--data`, under the rule; faults go to standard error."""
    contents = read_store(arguments.store)
    warn(contents.faults, contents.path.name)
    if arguments.data is None:
        table = IncidentTable.of(contents)
    else:
        folder = data_folder(arguments)
        table, faults = with_datasets(contents, folder)
        for fault in (*faults, *folder.warnings()):
            sys.stderr.write(f"{printable(say('cli-warning', fault=fault))}\n")
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
        alone = Rule.of_claimant(source.id, claimants)
        offered |= {} if source.leads else {alone.code: alone}
    if code in offered:
        return offered[code]
    try:
        Rule.parse(code, claimants)
    except ValueError as error:
        raise CommandError.of("--rule", _with_advice(error, code, offered)) from error
    raise CommandError.of("--rule", say("cli-rule-without-figures", code=code))


def _with_advice(error: ValueError, code: str, offered: Mapping[str, Rule]) -> str:
    """Say which rules come closest to one that is not there; of claimants by what they are called, too."""
    kind, one_claimant, claimant = code.partition(":")
    spelt = {found: found.partition(":")[2] if one_claimant else found for found in offered}
    given = claimant if one_claimant and kind in RULES else code
    close = [found for found in offered if spelt[found] in get_close_matches(given, spelt.values(), n=3, cutoff=0.6)]
    asked = fold(claimant)
    if len(asked) > 2:  # noqa: PLR2004  # two letters are in nearly every name
        named = {found: fold(rule.register[rule.claimant].name) for found, rule in offered.items() if rule.claimant}
        close += [found for found, name in named.items() if asked in name and found not in close]
    if close:
        return say("cli-rule-close", error=error, close=list_words(close[:3], "or"))
    return say("cli-rule-listed", error=error) if one_claimant else str(error)


def warn(faults: tuple[Fault, ...], name: str) -> None:
    """Tell of faults on standard error, the first ones in full."""
    if faults:
        lines = [say("cli-faults-left-out", file=name, count=len(faults))]
        lines += [f"  {printable(str(fault))}" for fault in faults[:_MOST_FAULTS]]
        if len(faults) > _MOST_FAULTS:
            lines.append(f"  {say('cli-more-faults', count=len(faults) - _MOST_FAULTS)}")
        sys.stderr.write("\n".join(lines) + "\n")


# The filters as options: names are the fields of `Filters`, so they are those of links and manifests too.


def add_filter_options(parser: argparse.ArgumentParser) -> None:
    """Add an option for each field of Filters; those that take several values can also be given several times."""
    group = parser.add_argument_group(say("help-filters"), say("help-filters-about"))
    for name, entry in sorted(FIELDS.items(), key=lambda named: not named[1].many):
        several: dict[str, Any] = {"nargs": "+", "action": "extend", "default": []} if entry.many else {}
        group.add_argument(f"--{name}", type=_reader(entry), metavar=entry.metavar, help=entry.help_words, **several)


def _reader(entry: FilterField) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        if entry.choices is Known.PROVINCES:
            _check_province(text)
        try:
            entry.read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error
        return text

    return read


def _check_province(text: str) -> None:
    names = boundaries().provinces["province"].to_dict()
    if text not in names and text != NOT_KNOWN:
        known = ", ".join(f"{code} ({name})" for code, name in (*names.items(), (NOT_KNOWN, say("filter-not-known"))))
        raise argparse.ArgumentTypeError(say("cli-none-of", given=repr(text), known=known))


def filters_given(arguments: argparse.Namespace) -> bool:
    """Tell whether any filter was asked for, also one that leaves nothing out."""
    return any(getattr(arguments, name) not in (None, []) for name in FIELDS)


def chosen_filters(arguments: argparse.Namespace, *tables: IncidentTable) -> Filters:
    """Return the selection; raises CommandError for one that no incident of any of the tables could ever match."""
    known = {
        Known.ACTORS: _any_of(table.actors() for table in tables),
        Known.EVENTS: _any_of(table.event_groups for table in tables),
        Known.DATASETS: [CURATED, *_any_of([source.id for source in table.datasets] for table in tables)],
    }
    imported = [name for name in arguments.dataset if fold(name) != CURATED]
    if imported and getattr(arguments, "data", "") is None:
        raise CommandError.of("--dataset", say("cli-dataset-needs-data", dataset=repr(imported[0])))
    for name, entry in FIELDS.items():
        if isinstance(entry.choices, Known) and entry.choices in known:
            _check_known(name, getattr(arguments, name), known[entry.choices])
    given = {name: getattr(arguments, name) for name in FIELDS}
    filters = Filters(**{name: value for name, value in given.items() if value is not None})
    if filters.since and filters.until and filters.since > filters.until:
        raise CommandError.of("--until", say("cli-until-first", until=filters.until, since=filters.since))
    return filters


def _any_of(names: Iterable[Iterable[str]]) -> list[str]:
    return sorted(set(chain.from_iterable(names)))


def _check_known(option: str, given: list[str], known: list[str]) -> None:
    folded = {fold(name): name for name in known}
    for name in given:
        if fold(name) not in folded:
            close = get_close_matches(fold(name), folded, n=3, cutoff=0.5)
            close += [other for other in folded if fold(name) in other and other not in close][:3]
            accepted = ", ".join([folded[other] for other in close] or known)
            raise CommandError.of(f"--{option}", say("cli-no-incident-has", given=repr(name), known=accepted))


# Which incidents a command is about: the options that say so, and the table and the selection that they mean.


def add_choice_options(parser: argparse.ArgumentParser) -> None:
    """Add the casualty counting rule, the incident file, the imported datasets and the filters."""
    add_rule_option(parser)
    add_store_option(parser)
    add_datasets_option(parser)
    add_filter_options(parser)


def add_printed_choice_options(parser: argparse.ArgumentParser) -> None:
    """Add the same for a command that prints a table, and how it is printed."""
    parser.add_argument(
        "--format",
        choices=[each.value for each in TableFormat],
        default=TableFormat.TABLE.value,
        help=say("help-default", value=TableFormat.TABLE.value),
    )
    add_choice_options(parser)


def chosen(arguments: argparse.Namespace) -> tuple[Filters, IncidentTable]:
    """Return the selection and the incidents it is made from; raises CommandError for what no incident could match."""
    table = incident_table(arguments)
    return chosen_filters(arguments, table), table
