"""Options that commands share: which incidents, which store, which datasets, under which rule."""

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from itertools import chain
from pathlib import Path, PurePath
from typing import Any, Final

from geo.casualties.rules import RANGE, RULE_CODES, Rule, rules
from geo.cli.terminal import CommandError, TableFormat, printable
from geo.datasets.folder import FOLDER_VARIABLE, AnyFolder, DataFolder
from geo.datasets.object_storage import open_folder
from geo.incident.errors import Fault, StorageError
from geo.incident.record import Claimant, Incident
from geo.incident.vocabulary import NOT_KNOWN
from geo.language.folding import fold
from geo.language.number_words import count_words, list_words
from geo.places.boundaries import boundaries
from geo.selection.filter_field import FilterField, Known
from geo.selection.filters import FIELDS, Filters
from geo.store.incident_store import INCIDENTS_FILE, IncidentStore, StoreContents
from geo.table.incident_rows import CURATED
from geo.table.incident_table import IncidentTable
from geo.table.shown_datasets import ImportedSource, imported_sources, linked_pairs

# The folder of imported datasets that a command works on.


def add_data_option(parser: argparse.ArgumentParser, *, address: bool = False) -> None:
    """Add `--data`, which may be an address where the command only reads, or says so."""
    parser.add_argument(
        "--data",
        metavar="DIR",
        help=f"folder of imported datasets{', or its address, s3://BUCKET/FOLDER' if address else ''} (default: that "
        f"of {FOLDER_VARIABLE}, else one among the user's data)",
    )


def local_folder(arguments: argparse.Namespace) -> DataFolder:
    """Return the folder on disk; raises CommandError for one within the project, and for an address."""
    try:
        return DataFolder(arguments.data)
    except ValueError as error:
        raise CommandError(f"argument --data: {error}") from error


def data_folder(arguments: argparse.Namespace) -> AnyFolder:
    """Return the folder, on disk or elsewhere; raises CommandError for one that cannot be used."""
    try:
        folder = open_folder(arguments.data)
        folder.described()  # what cannot be reached is told of here
    except (ValueError, StorageError) as error:
        raise CommandError(f"argument --data: {error}") from error
    return folder


# The incident file that a command works on.

_MOST_FAULTS: Final = 20


def add_rule_option(parser: argparse.ArgumentParser) -> None:
    """Add `--rule`."""
    parser.add_argument(
        "--rule",
        default=RANGE.code,
        metavar="RULE",
        help=f"casualty counting rule: {list_words(RULE_CODES, 'or')}, one claimant of data/claimants.json (default: "
        f"{RANGE.code}, lowest to highest claim)",
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
        alone = Rule.of_claimant(source.id, claimants)
        offered |= {} if source.leads else {alone.code: alone}
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


# The filters as options: names are the fields of `Filters`, so they are those of links and manifests too.


def add_filter_options(parser: argparse.ArgumentParser) -> None:
    """Add an option for each field of Filters; those that take several values can also be given several times."""
    group = parser.add_argument_group("filters", "all must hold; several values of one are alternatives")
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
        known = ", ".join(f"{code} ({name})" for code, name in names.items())
        raise argparse.ArgumentTypeError(f"{text!r} is none of: {known}, {NOT_KNOWN} (not known)")


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
    for name, entry in FIELDS.items():
        if isinstance(entry.choices, Known) and entry.choices in known:
            _check_known(name, getattr(arguments, name), known[entry.choices])
    given = {name: getattr(arguments, name) for name in FIELDS}
    filters = Filters(**{name: value for name, value in given.items() if value is not None})
    if filters.since and filters.until and filters.since > filters.until:
        raise CommandError(f"argument --until: {filters.until} is before --since {filters.since}")
    return filters


def _any_of(names: Iterable[Iterable[str]]) -> list[str]:
    return sorted(set(chain.from_iterable(names)))


def _check_known(option: str, given: list[str], known: list[str]) -> None:
    folded = {fold(name): name for name in known}
    for name in given:
        if fold(name) not in folded:
            close = get_close_matches(fold(name), folded, n=3, cutoff=0.5)
            close += [other for other in folded if fold(name) in other and other not in close][:3]
            accepted = [folded[other] for other in close] or known
            raise CommandError(f"argument --{option}: no incident has {name!r}; accepted: {', '.join(accepted)}")


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
        help="default: table",
    )
    add_choice_options(parser)


def chosen(arguments: argparse.Namespace) -> tuple[Filters, IncidentTable]:
    """Return the selection and the incidents it is made from; raises CommandError for what no incident could match."""
    table = incident_table(arguments)
    return chosen_filters(arguments, table), table
