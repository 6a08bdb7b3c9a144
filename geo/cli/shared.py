"""What commands share: options that select incidents, printed tables, output files and errors."""

import argparse
import os
import re
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Self

from geo import COMMAND
from geo.apart import TemporaryFolder
from geo.casualties import RANGE, RULE_CODES, RULES, Rule, rules
from geo.datasets.folder import FOLDER_VARIABLE, AnyFolder, DataFolder
from geo.datasets.object_storage import open_folder
from geo.export.manifest import to_json
from geo.incident.errors import Fault, StorageError, TooManyError
from geo.incident.record import Claimant, Incident
from geo.incident.vocabulary import NOT_KNOWN
from geo.language.folding import fold
from geo.language.messages import list_words, say
from geo.places.boundaries import boundaries, province_code
from geo.render.left_out import place_not_known
from geo.selection import FIELDS, FilterField, Filters, Known
from geo.sentences import shared_words
from geo.store.incident_store import INCIDENTS_FILE, STORE_VARIABLE, IncidentStore, StoreContents
from geo.table.incident_rows import CURATED
from geo.table.incident_table import IncidentTable, known_names, with_datasets
from geo.table.shown_datasets import ImportedSource, dataset_rules, mixture_words, people_words

# Errors in the command, not in the data.


class CommandError(ValueError):
    """A command cannot be carried out as given; the message says what to write instead."""

    @classmethod
    def of(cls, option: str, why: object) -> Self:
        """Return an error that names the option at fault, as argparse does."""
        return cls(say("cli-argument", option=option, why=why))


def with_examples(text: str, *commands: str) -> str:
    """Return the end of a command's help: a text, then examples."""
    called = (command.replace("python -m geo", COMMAND) for command in commands)
    lines = (say("help-examples", count=len(commands)), *(f"  {command}" for command in called))
    return "\n".join((text, "", *lines) if text else lines)


@contextmanager
def too_many_as_fault() -> Iterator[None]:
    """Turn TooManyError into CommandError."""
    try:
        yield
    except TooManyError as error:
        raise CommandError(str(error)) from error


# Tables for a terminal: aligned, and without control characters that text from data could smuggle in.

_HIDDEN: Final = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Unicode categories to replace: control and formatting characters, surrogates, line separators."""


class TableFormat(StrEnum):
    """How a table is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def printable(text: str) -> str:
    r"""Replace characters that would move the cursor, recolour the terminal or change the direction of writing.

    >>> printable("Khost\x1b[2J")
    'Khost�[2J'
    """
    return "".join("\ufffd" if unicodedata.category(c) in _HIDDEN else c for c in text)


def cell(value: Any) -> str:
    """Format a value for people: with thousands separators, and empty if missing.

    >>> cell(1037), cell(0.5), cell(None)
    ('1,037', '0.50', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return say("value-yes" if value else "value-no")
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.2f}" if isinstance(value, float) else printable(str(value))


def aligned(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Lay out a table: numbers aligned right, the rest left, columns two spaces apart.

    >>> print(aligned(["province", "incidents"], [["Khost", 1037], ["Zabul", 3]]), end="")
    province  incidents
    --------  ---------
    Khost         1,037
    Zabul             3
    """
    right = [any(_is_number(row[at]) for row in rows) for at in range(len(header))]
    written = [list(header), *([cell(value) for value in row] for row in rows)]
    widths = [max(_width(line[at]) for line in written) for at in range(len(header))]
    written.insert(1, ["-" * width for width in widths])
    lines = [
        "  ".join(
            _padded(text, width, right=at_right) for text, width, at_right in zip(line, widths, right, strict=True)
        )
        for line in written
    ]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def wrapped(text: str) -> str:
    """Wrap a sentence to the terminal's width, with a hanging indent; leave it whole if there is no terminal."""
    wide = shutil.get_terminal_size().columns
    whole: dict[str, Any] = {"break_long_words": False, "break_on_hyphens": False}
    return textwrap.fill(text, wide, subsequent_indent="  ", **whole) if sys.stdout.isatty() else text


def write_json(document: Any) -> None:
    """Print a document as JSON, with dates in ISO 8601."""
    sys.stdout.write(to_json(document) + "\n")


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _width(text: str) -> int:
    """Count columns: wide East Asian characters take two, combining marks none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _padded(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space


# Output files: written completely or not at all, and never over an input.

STANDARD_OUTPUT: Final = "-"
_PROBE: Final = 1_000_000
"""Bytes written to find out whether the disk is full."""


def check_output(name: str, inputs: Iterable[Path]) -> None:
    """Raise CommandError if there is no folder to write a file to, or the command reads that file."""
    if name == STANDARD_OUTPUT:
        return
    path = Path(name)
    if path.is_dir() or not path.parent.is_dir():
        raise CommandError.of("-o", say("cli-no-folder", file=name))
    for read in inputs:
        if path.exists() and read.exists() and path.samefile(read):
            raise CommandError.of("-o", say("cli-is-read", file=name))


def unwritable(option: str, name: str | Path, error: OSError) -> CommandError:
    """Return the error for a file that cannot be written."""
    return CommandError.of(option, say("cli-unwritable", file=name, error=disk_words(error)))


def disk_words(error: OSError) -> str:
    """Return the operating system's text for an error, without what some libraries put around it."""
    number = re.search(r"\[errno (\d+)\]", str(error))
    return os.strerror(int(number[1])) if number else str(error.strerror or error)


def unreadable(path: str | Path, error: OSError) -> CommandError:
    """Return the error for a file that cannot be read, or is a folder."""
    if isinstance(error, IsADirectoryError | PermissionError) and Path(path).is_dir():
        return CommandError(say("cli-is-folder", folder=path))
    return CommandError(say("cli-unreadable", file=path, error=disk_words(error)))


def write_output(name: str, content: bytes) -> None:
    """Write to standard output for `-`, else replace the file in one step; raises CommandError."""
    if name == STANDARD_OUTPUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    with output_file(name, "part") as new:
        new.write_bytes(content)


@contextmanager
def output_file(name: str, ending: str) -> Iterator[Path]:
    """Yield a path to write to, then move that file into place, or copy it to standard output for `-`.

    Raises CommandError if it cannot be written; after any error, nothing is left behind.
    """
    try:
        folder = TemporaryFolder(None if name == STANDARD_OUTPUT else Path(name).parent)
    except OSError as error:
        raise unwritable("-o", name, error) from error
    with folder:
        new = folder.path / f"new.{ending}"
        try:
            with _disk_errors_raised(folder.path):
                yield new
            if name == STANDARD_OUTPUT:
                sys.stdout.flush()
                with new.open("rb") as file:
                    shutil.copyfileobj(file, sys.stdout.buffer)
                sys.stdout.buffer.flush()
            else:
                new.replace(name)
        except (BrokenPipeError, StorageError):  # neither is about the output
            raise
        except OSError as error:
            raise unwritable("-o", name, error) from error


@contextmanager
def _disk_errors_raised(folder: Path) -> Iterator[None]:
    """Raise the OSError of a full disk where a file writer hides it behind an error of its own."""
    try:
        yield
    except (CommandError, TooManyError, OSError):
        raise
    except Exception as error:
        found: BaseException | None = error
        while found is not None and not isinstance(found, OSError):
            found = found.__cause__ or found.__context__
        if found is None:
            (folder / "probe").write_bytes(bytes(_PROBE))
            raise
        raise found from error


def ending(name: str, given: str | None, accepted: Iterable[str]) -> str:
    """Return the format given, else the name's ending; raises CommandError if it is not accepted."""
    wanted = given or Path(name).suffix.removeprefix(".").lower()
    if wanted not in (known := list(accepted)):
        raise CommandError.of("-o", say("cli-no-format", file=repr(name), known=", ".join(known)))
    return wanted


# What `list` and `aggregate` print beside the rows: in JSON, and below a table.


def envelope(filters: Filters, table: IncidentTable, rows: Any) -> dict[str, Any]:
    """Return rows as a JSON document, with the keys that the message `help-json-keys` describes."""
    return {
        "incidents": table.count(filters),
        "of": len(table),
        "filters": filters.to_query(),
        "rule": table.rule.as_dict(),
        "data_version": table.version,
        **({"datasets_in_words": words} if (words := mixture_words(table.mixture(filters))) else {}),
        "rows": rows,
    }


def footer(filters: Filters, table: IncidentTable) -> str:
    """Return the lines below a table: counts, datasets, counting rule, and notes on filters by place."""
    chosen = say("counted-of", chosen=table.count(filters), total=len(table))
    found = table.mixture(filters)
    lines = [say("cli-footer", counted=chosen, rule=table.rule.name, rule_sentence=table.rule.sentence)]
    lines += [printable(words) for words in (mixture_words(found), people_words(found)) if words]
    if filters.province and (shared := table.shared(filters)):
        lines.append(shared_words(shared))
    for unknown in place_not_known(filters, table):
        asked = " ".join(unknown.filters.to_query()[unknown.by])
        lines.append(f"{unknown.words}: --{unknown.by} {asked}")
    return "\n" + "".join(f"{wrapped(line)}\n" for line in lines)


# The folder of imported datasets that a command works on.


def add_data_option(parser: argparse.ArgumentParser, *, address: bool = False) -> None:
    """Add `--data`; with `address`, its help says that it may be an address in object storage."""
    parser.add_argument(
        "--data",
        metavar="DIR",
        help=say("help-data-or-address" if address else "help-data", variable=FOLDER_VARIABLE),
    )


def local_folder(arguments: argparse.Namespace) -> DataFolder:
    """Return the folder on disk; raises CommandError for a folder inside the project, or an address."""
    try:
        return DataFolder(arguments.data)
    except ValueError as error:
        raise CommandError.of("--data", error) from error


def data_folder(arguments: argparse.Namespace) -> AnyFolder:
    """Return the folder, on disk or in object storage; raises CommandError if it cannot be used."""
    try:
        folder = open_folder(arguments.data)
        folder.described()  # raises if it cannot be reached
    except (ValueError, StorageError) as error:
        raise CommandError.of("--data", error) from error
    except OSError as error:
        raise CommandError.of("--data", unreadable(arguments.data or folder.place, error)) from error
    return folder


# The incident file that a command works on.

_MAX_FAULTS: Final = 20


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
    """Read an incident file; raises CommandError if it, or the claimant register beside it, is missing."""
    try:
        return IncidentStore(path).read()
    except FileNotFoundError as error:
        missing = Path(error.filename or path)
        raise CommandError(say("cli-no-file" if missing == path else "cli-no-register", file=missing)) from error
    except OSError as error:
        raise unreadable(path, error) from error


def incident_table(arguments: argparse.Namespace) -> IncidentTable:
    """Return the valid incidents of the file and of `--data`, under the rule; faults go to standard error."""
    contents = read_store(arguments.store)
    warn(contents.faults, contents.path.name)
    if arguments.data is None:
        table = IncidentTable.of(contents)
    else:
        folder = data_folder(arguments)
        if isinstance(folder, DataFolder) and not folder.path.is_dir():
            raise CommandError.of("--data", say("cli-no-data-folder", folder=arguments.data))
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
    """Return the rule of `--rule`; raises CommandError if it does not exist, or has no figures to count."""
    code = arguments.rule
    every = (*rules(incidents, claimants), *dataset_rules(datasets, claimants))
    offered = {rule.code: rule for rule in every}
    if code in offered:
        return offered[code]
    try:
        Rule.parse(code, claimants)
    except ValueError as error:
        raise CommandError.of("--rule", _with_suggestions(error, code, offered)) from error
    raise CommandError.of("--rule", say("cli-rule-without-figures", code=code))


def _with_suggestions(error: ValueError, code: str, offered: Mapping[str, Rule]) -> str:
    """Add the closest rules to the error for an unknown one; claimants are also matched by name."""
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
    """Write faults to standard error, the first ones in full."""
    if faults:
        lines = [say("cli-faults-left-out", file=name, count=len(faults))]
        lines += [f"  {printable(str(fault))}" for fault in faults[:_MAX_FAULTS]]
        if len(faults) > _MAX_FAULTS:
            lines.append(f"  {say('cli-more-faults', count=len(faults) - _MAX_FAULTS)}")
        sys.stderr.write("\n".join(lines) + "\n")


# Filters as options, named like the fields of `Filters`, so as in links and manifests.


def add_filter_options(parser: argparse.ArgumentParser) -> None:
    """Add an option for each field of Filters; those that take several values may be repeated."""
    group = parser.add_argument_group(say("help-filters"), say("help-filters-about"))
    for name, entry in sorted(FIELDS.items(), key=lambda named: not named[1].many):
        several: dict[str, Any] = {"nargs": "+", "action": "extend", "default": []} if entry.many else {}
        group.add_argument(f"--{name}", type=_reader(entry), metavar=entry.metavar, help=entry.help_words, **several)


def _reader(entry: FilterField) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        if entry.choices is Known.PROVINCES:
            text = _province(text)
        try:
            entry.read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error
        return text

    return read


def _province(text: str) -> str:
    """Return the code of a province given by code or name."""
    if text == NOT_KNOWN:
        return text
    code = province_code(text, boundaries())
    if code is None:
        names = boundaries().provinces["province"].to_dict()
        known = ", ".join(f"{code} ({name})" for code, name in (*names.items(), (NOT_KNOWN, say("filter-not-known"))))
        raise argparse.ArgumentTypeError(say("cli-none-of", given=repr(text), known=known))
    return code


def filters_given(arguments: argparse.Namespace) -> bool:
    """Tell whether any filter was given, even one that excludes nothing."""
    return any(getattr(arguments, name) not in (None, []) for name in FIELDS)


def chosen_filters(arguments: argparse.Namespace, *tables: IncidentTable) -> Filters:
    """Return the filters given; raises CommandError if no incident of any of the tables could match."""
    known = [known_names(table, boundaries()) for table in tables]
    imported = [name for name in arguments.dataset if fold(name) != CURATED]
    if imported and getattr(arguments, "data", "") is None:
        raise CommandError.of("--dataset", say("cli-dataset-needs-data", dataset=repr(imported[0])))
    for name, entry in FIELDS.items():
        if isinstance(entry.choices, Known) and entry.choices in known[0]:
            codes = {code for names in known for code in entry.names(names)}
            _check_known(name, getattr(arguments, name), sorted(codes, key=lambda code: (code != CURATED, code)))
    given = {name: getattr(arguments, name) for name in FIELDS}
    filters = Filters(**{name: value for name, value in given.items() if value is not None})
    if filters.since and filters.until and filters.since > filters.until:
        raise CommandError.of("--until", say("cli-until-first", until=filters.until, since=filters.since))
    return filters


def _check_known(option: str, given: list[str], known: list[str]) -> None:
    folded = {fold(name): name for name in known}
    for name in given:
        if fold(name) not in folded:
            close = get_close_matches(fold(name), folded, n=3, cutoff=0.5)
            close += [other for other in folded if fold(name) in other and other not in close][:3]
            accepted = ", ".join([folded[other] for other in close] or known)
            raise CommandError.of(f"--{option}", say("cli-no-incident-has", given=repr(name), known=accepted))


# Options that select incidents, and the filters and the table that they give.


def add_choice_options(parser: argparse.ArgumentParser) -> None:
    """Add the casualty counting rule, the incident file, the imported datasets and the filters."""
    add_rule_option(parser)
    add_store_option(parser)
    add_datasets_option(parser)
    add_filter_options(parser)


def add_printed_choice_options(parser: argparse.ArgumentParser) -> None:
    """Add the same, and `--format`, for a command that prints a table."""
    parser.add_argument(
        "--format",
        choices=[each.value for each in TableFormat],
        default=TableFormat.TABLE.value,
        help=say("help-default", value=TableFormat.TABLE.value),
    )
    add_choice_options(parser)


def chosen(arguments: argparse.Namespace) -> tuple[Filters, IncidentTable]:
    """Return the filters and the table they select from; raises CommandError if no incident could match."""
    table = incident_table(arguments)
    return chosen_filters(arguments, table), table
