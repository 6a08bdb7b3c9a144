"""What commands print and write: aligned tables, envelopes, files written whole, and what is wrong with a command."""

import json
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Self

from geo.apart import TemporaryFolder
from geo.incident.errors import StorageError, TooManyError
from geo.installation import COMMAND
from geo.language.messages import say
from geo.render.left_out import place_not_known
from geo.selection import Filters
from geo.sentences import shared_words
from geo.table.dataset_mix import mixture_words, people_words
from geo.table.incident_table import IncidentTable

# What is wrong with a command, not with the data.


class CommandError(ValueError):
    """A command cannot be carried out as it was given; the message says what to write instead."""

    @classmethod
    def of(cls, option: str, why: object) -> Self:
        """Name the option that is at fault, as argparse does."""
        return cls(say("cli-argument", option=option, why=why))


def with_examples(text: str, *commands: str) -> str:
    """Write what a command's help ends with: what there is to know, and examples."""
    called = (command.replace("python -m geo", COMMAND) for command in commands)
    lines = (say("help-examples", count=len(commands)), *(f"  {command}" for command in called))
    return "\n".join((text, "", *lines) if text else lines)


@contextmanager
def told_to_shell() -> Iterator[None]:
    """Turn a selection of too many incidents into a fault of the command."""
    try:
        yield
    except TooManyError as error:
        raise CommandError(str(error)) from error


# Tables for people at a terminal: aligned, and without control characters that text from data could smuggle in.

_HIDDEN: Final = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Unicode categories: control and formatting characters, surrogates, line separators."""


class TableFormat(StrEnum):
    """How a table is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def printable(text: str) -> str:
    r"""Replace characters that would move the cursor, recolour the terminal or turn the direction of writing.

    >>> printable("Khost\x1b[2J")
    'Khost�[2J'
    """
    return "".join("\ufffd" if unicodedata.category(c) in _HIDDEN else c for c in text)


def cell(value: Any) -> str:
    """Write a value for people: thousands apart, nothing for what is missing.

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
    """Lay out a table: numbers to the right, the rest to the left, columns two spaces apart.

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


def write_json(document: Any) -> None:
    """Print a document as JSON, days as ISO 8601."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False, default=_day) + "\n")


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value)}: {value!r}")


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _width(text: str) -> int:
    """Count columns: letters of East Asia take two, combining marks none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _padded(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space


# Where a command writes its file: whole or not at all, and never over what it reads.

STANDARD_OUTPUT: Final = "-"
_PROBE: Final = 1_000_000
"""Bytes for which there is room on a disk that is not full."""


def check_output(name: str, inputs: Iterable[Path]) -> None:
    """Raise CommandError if a file cannot be written there, or is one that the command reads."""
    if name == STANDARD_OUTPUT:
        return
    path = Path(name)
    if path.is_dir() or not path.parent.is_dir():
        raise CommandError.of("-o", say("cli-no-folder", file=name))
    for read in inputs:
        if path.exists() and read.exists() and path.samefile(read):
            raise CommandError.of("-o", say("cli-is-read", file=name))


def unwritable(option: str, name: str | Path, error: OSError) -> CommandError:
    """Return the fault of a file that cannot be written."""
    return CommandError.of(option, say("cli-unwritable", file=name, error=disk_words(error)))


def disk_words(error: OSError) -> str:
    """Say in the words of the operating system what went wrong; some libraries have their own around these."""
    number = re.search(r"\[errno (\d+)\]", str(error))
    return os.strerror(int(number[1])) if number else str(error.strerror or error)


def unreadable(path: str | Path, error: OSError) -> CommandError:
    """Return the fault of a file that cannot be read, or is a folder."""
    if isinstance(error, IsADirectoryError | PermissionError) and Path(path).is_dir():
        return CommandError(say("cli-is-folder", folder=path))
    return CommandError(say("cli-unreadable", file=path, error=disk_words(error)))


def write_output(name: str, content: bytes) -> None:
    """Write to standard output for `-`, else put a complete file in its place; raises CommandError."""
    if name == STANDARD_OUTPUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    with output_file(name, "part") as new:
        new.write_bytes(content)


@contextmanager
def output_file(name: str, ending: str) -> Iterator[Path]:
    """Give a path to write to, and then put what stands there in its place, or on standard output for `-`.

    Raises CommandError where it cannot be written; leaving with an error leaves nothing behind.
    """
    try:
        folder = TemporaryFolder(None if name == STANDARD_OUTPUT else Path(name).parent)
    except OSError as error:
        raise unwritable("-o", name, error) from error
    with folder:
        new = folder.path / f"new.{ending}"
        try:
            with _disk_heard(folder.path):
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
def _disk_heard(folder: Path) -> Iterator[None]:
    """Raise the OSError of a full disk where a writer of files has its own words for it."""
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
    """Return the file format: the one given, else the name's ending; raises CommandError for another."""
    wanted = given or Path(name).suffix.removeprefix(".").lower()
    if wanted not in (known := list(accepted)):
        raise CommandError.of("-o", say("cli-no-format", file=repr(name), known=", ".join(known)))
    return wanted


# What stands around the rows that `list` and `aggregate` print as JSON, and the line under those for people.


def envelope(filters: Filters, table: IncidentTable, rows: Any) -> dict[str, Any]:
    """Return what the message `help-json-keys` describes."""
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
    """Say how many incidents are selected, of which datasets, under which rule, and what a filter by place does."""
    chosen = say("counted-of", chosen=table.count(filters), total=len(table))
    found = table.mixture(filters)
    lines = [say("cli-footer", counted=chosen, rule=table.rule.name, rule_sentence=table.rule.sentence)]
    lines += [printable(words) for words in (mixture_words(found), people_words(found)) if words]
    if filters.province and (shared := table.shared(filters)):
        lines.append(shared_words(shared))
    for unknown in place_not_known(filters, table):
        asked = " ".join(unknown.filters.to_query()[unknown.by])
        lines.append(f"{unknown.words}: --{unknown.by} {asked}")
    return "\n" + "".join(f"{line}\n" for line in lines)
