"""The command line: `python -m geo COMMAND …`, where the program is installed `incident-map COMMAND …`.

Exit codes: 0 success; 1 the data is at fault (the message names the row or incident, the field and the reason); 2 the
command is at fault, or could not finish: interrupted, disk full, output no longer read.
"""

import argparse
import importlib
import io
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NoReturn

from geo import COMMAND, __version__, apart
from geo.cli.shared import CommandError, data_folder, disk_words, printable, with_examples
from geo.incident.errors import DamagedError, DataError, StorageError
from geo.language.messages import say

COMMANDS: Final = {
    name: say(f"command-{name}")
    for name in (
        *("validate", "locate", "list", "aggregate", "figure", "export", "import", "datasets", "diff", "synth"),
        *("schema", "serve"),
    )
}
"""Descriptions of the commands by name; each is a module `geo.cli.NAME_command`."""

_CHANGE_DATASETS: Final = ("import", "datasets")
_IMPORTER: Final = "geo.imports.pipeline"
"""Module that the process for reading files loads in advance."""
_FAULT_OF_DATA, _FAULT_OF_COMMAND = 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return the exit code; `argv` is without the program's name, None for the shell's."""
    given = list(sys.argv[1:] if argv is None else argv)
    try:
        arguments = command_line(given).parse_args(given)
        code = _run(arguments)
        sys.stdout.flush()
    except SystemExit as stop:  # from argparse, for help and for invalid arguments
        return int(stop.code or 0)
    except BrokenPipeError:  # the reader, such as `head`, has stopped reading
        _leave_output()
        _write_error(say("cli-reader-gone"))
        return _FAULT_OF_COMMAND
    except KeyboardInterrupt:
        _write_error(say("cli-interrupted"))
        return _FAULT_OF_COMMAND
    except Exception as error:  # noqa: BLE001  # a traceback is no help at a shell; it goes to a file, which is named
        return _report(given, error)
    return code


def shell() -> NoReturn:
    """Run the command given at a shell, and exit."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")  # on Windows, pipes default to a code page
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.unraisablehook = lambda _: None  # silences file writers that are finalised after an error
    sys.exit(main())


def _report(given: Sequence[str], error: Exception) -> int:
    """Write a sentence that says what went wrong, and return the exit code."""
    found = _expected(error)
    if found is None:
        values = {"error": f"{type(error).__name__}: {error}", "file": _log_error(given, error)}
        _write_error(say("cli-unexpected", program=COMMAND, command=given[0], **values))
        return _FAULT_OF_DATA
    of_command = isinstance(found, CommandError)
    _write_error(say("cli-fault", program=COMMAND, command=given[0], why=found) if of_command else str(found))
    return _FAULT_OF_COMMAND if of_command else _FAULT_OF_DATA


def _write_error(said: str) -> None:
    sys.stderr.write("".join(f"{printable(line)}\n" for line in said.split("\n")))


def _leave_output() -> None:
    """Discard whatever is still written to standard output, even on exit."""
    with suppress(OSError, ValueError):  # in tests it is not a file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _log_error(given: Sequence[str], error: Exception) -> Path:
    """Write an unexpected error with its traceback to a log file, and return the file."""
    import logging  # noqa: PLC0415  # not loaded for help, which must be fast
    import tempfile  # noqa: PLC0415

    from platformdirs import user_log_path  # noqa: PLC0415

    log = logging.getLogger("incident_map")
    for folder in (user_log_path("incident-map", appauthor=False), Path(tempfile.gettempdir())):
        file = folder / "incident-map.log"
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            handler = logging.FileHandler(file, encoding="utf-8", errors="backslashreplace")
            handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
            log.addHandler(handler)
            log.propagate = False
            try:
                log.error("%s %s", COMMAND, " ".join(given), exc_info=error)
            finally:
                log.removeHandler(handler)
                handler.close()
            return file
    return Path(os.devnull)


def _run(arguments: argparse.Namespace) -> int:
    """Run a command, and if it comes upon damaged datasets, run it again without them."""
    run = _module(arguments.command).run
    try:
        return int(run(arguments))
    except DamagedError:
        pass
    except _dataset_errors():
        asked = arguments.command in _CHANGE_DATASETS or getattr(arguments, "data", None)
        if not asked or not _found_damage(arguments):
            raise
    except OSError as error:
        of_output = error.filename is None and "[errno" not in str(error)
        if arguments.command not in _CHANGE_DATASETS or of_output:
            raise
        folder = say("cli-folder-of-datasets") if arguments.data is None else arguments.data
        raise CommandError.of("--data", say("cli-unwritable", file=folder, error=disk_words(error))) from error
    return int(run(arguments))


def _found_damage(arguments: argparse.Namespace) -> bool:
    folder = data_folder(arguments)
    before = folder.version
    folder.examine()
    return folder.version != before


def command_line(given: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser; only the commands that `given` names are loaded, so that help is fast."""
    parser = argparse.ArgumentParser(
        prog=COMMAND,
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
        "python -m geo serve",
        "python -m geo COMMAND --help",
    )


def _module(name: str) -> Any:
    return importlib.import_module(f"geo.cli.{name}_command")


def _dataset_errors() -> tuple[type[Exception], ...]:
    """Return the errors that reading datasets raises, including DuckDB's if it is loaded."""
    return (StorageError, *((sys.modules["duckdb"].Error,) if "duckdb" in sys.modules else ()))


def _expected(error: Exception) -> Exception | None:
    """Return an error of the user, the data or the machine, ready to report; None for a bug."""
    if isinstance(error, CommandError | DataError | StorageError):
        return error
    if isinstance(error, OSError):
        if error.filename is None:
            _leave_output()
        return CommandError(say("cli-disk", file=error.filename or say("cli-standard-output"), error=disk_words(error)))
    if not isinstance(error, _dataset_errors()):
        return None
    from geo.datasets.object_storage import storage_error  # noqa: PLC0415  # not loaded for help, which must be fast

    return storage_error(error)
