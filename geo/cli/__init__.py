"""The command line: `python -m geo COMMAND …`.

Exit codes: 0 done, 1 the data is at fault (said which row or incident, which field, why), 2 the command is.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any, Final

from geo import __version__, apart
from geo.cli.terminal import CommandError, printable, with_examples
from geo.incident.errors import DataError, StorageError
from geo.language.messages import say

COMMANDS: Final = {
    name: say(f"command-{name}")
    for name in (
        *("validate", "locate", "list", "aggregate", "figure", "export", "import", "datasets", "diff", "synth"),
        "schema",
    )
}
"""Names and what they do; each has a module `geo.cli.NAME_command`."""

_IMPORTER: Final = "geo.imports.pipeline"
"""What the process that reads a file loads, while this one loads what it needs itself."""
_FAULT_OF_DATA, _FAULT_OF_COMMAND, _INTERRUPTED = 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; `argv` without the program's name, None for the shell's. Returns the exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    try:
        arguments = command_line(given).parse_args(given)
        code = int(_module(arguments.command).run(arguments))
        sys.stdout.flush()
    except SystemExit as stop:  # argparse's, for help and for what it cannot read
        return int(stop.code or 0)
    except _faults() as error:
        found = _expected(error)
        if found is None:
            raise
        of_command = isinstance(found, CommandError)
        said = say("cli-fault", command=given[0], why=found) if of_command else str(found)
        sys.stderr.write("".join(f"{printable(line)}\n" for line in said.split("\n")))
        return _FAULT_OF_COMMAND if of_command else _FAULT_OF_DATA
    except BrokenPipeError:  # the reader, `head` say, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _INTERRUPTED
    return code


def command_line(given: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser; only the commands that `given` names are loaded, so that help comes at once."""
    parser = argparse.ArgumentParser(
        prog="python -m geo",
        description=say("help-geo"),
        epilog=f"{_examples()}\n\n{say('help-exit-codes')}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=say("help-version", version=__version__))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    if "import" in given and not {"-h", "--help"} & set(given):
        apart.warm(_IMPORTER)
    for name, help_text in COMMANDS.items():
        command = commands.add_parser(
            name, help=help_text, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
        )
        if name in given:
            _module(name).configure(command)
    return parser


def _examples() -> str:
    return with_examples(
        "",
        "python -m geo validate",
        "python -m geo list --year 2025 --category strike",
        "python -m geo aggregate --by province --since 2025-10-01 --format csv",
        "python -m geo export --province AF-KHO AF-PKA -o khost-paktika.gpkg",
        "python -m geo COMMAND --help",
    )


def _module(name: str) -> Any:
    return importlib.import_module(f"geo.cli.{name}_command")


def _faults() -> tuple[type[Exception], ...]:
    """Return what is told in a sentence; what DuckDB raises is among it once a command has loaded it."""
    loaded = (sys.modules["duckdb"].Error,) if "duckdb" in sys.modules else ()
    return (CommandError, DataError, StorageError, *loaded)


def _expected(error: Exception) -> Exception | None:
    """Return what went wrong; of what DuckDB says only that object storage could not be read, else None."""
    if isinstance(error, CommandError | DataError | StorageError):
        return error
    from geo.datasets.object_storage import storage_error  # noqa: PLC0415  # not for help, which comes at once

    return storage_error(error)
