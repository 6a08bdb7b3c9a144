"""The command line: `python -m geo COMMAND …`, where the program is installed `incident-map COMMAND …`.

Exit codes: 0 done, 1 the data is at fault (said which row or incident, which field, why), 2 the command is, or it
could not be finished: interrupted, no room, nobody who reads the output.
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
"""Names and what they do; each has a module `geo.cli.NAME_command`."""

_CHANGE_DATASETS: Final = ("import", "datasets")
_IMPORTER: Final = "geo.imports.pipeline"
"""What the process that reads a file loads, while this one loads what it needs itself."""
_FAULT_OF_DATA, _FAULT_OF_COMMAND = 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; `argv` without the program's name, None for the shell's. Returns the exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    try:
        arguments = command_line(given).parse_args(given)
        code = _run(arguments)
        sys.stdout.flush()
    except SystemExit as stop:  # argparse's, for help and for what it cannot read
        return int(stop.code or 0)
    except BrokenPipeError:  # the reader, `head` say, has seen enough
        _leave_output()
        _tell(say("cli-reader-gone"))
        return _FAULT_OF_COMMAND
    except KeyboardInterrupt:
        _tell(say("cli-interrupted"))
        return _FAULT_OF_COMMAND
    except Exception as error:  # noqa: BLE001  # nobody at a shell is served by a trace: it is in a file, which is named
        return _report(given, error)
    return code


def shell() -> NoReturn:
    """Run the command that stands at a shell, and end the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")  # Windows would write to a pipe in a code page
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.unraisablehook = lambda _: None  # what writers of files have to say when they are cleared away after a fault
    sys.exit(main())


def _report(given: Sequence[str], error: Exception) -> int:
    """Say in a sentence what went wrong, and return the exit code."""
    found = _expected(error)
    if found is None:
        values = {"error": f"{type(error).__name__}: {error}", "file": _logged(given, error)}
        _tell(say("cli-unexpected", program=COMMAND, command=given[0], **values))
        return _FAULT_OF_DATA
    of_command = isinstance(found, CommandError)
    _tell(say("cli-fault", program=COMMAND, command=given[0], why=found) if of_command else str(found))
    return _FAULT_OF_COMMAND if of_command else _FAULT_OF_DATA


def _tell(said: str) -> None:
    sys.stderr.write("".join(f"{printable(line)}\n" for line in said.split("\n")))


def _leave_output() -> None:
    """Let nothing more be written to standard output, also not when the program ends."""
    with suppress(OSError, ValueError):  # a test's, which is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _logged(given: Sequence[str], error: Exception) -> Path:
    """Write a fault of the program with its trace to a file, and return which."""
    import logging  # noqa: PLC0415  # not for help, which comes at once
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
    """Run a command; once more, without what is damaged, where files of datasets turn out to be so only as it runs."""
    run = _module(arguments.command).run
    try:
        return int(run(arguments))
    except DamagedError:
        pass
    except _of_datasets():
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
    """Return the parser; only the commands that `given` names are loaded, so that help comes at once."""
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


def _of_datasets() -> tuple[type[Exception], ...]:
    """Return the errors of reading datasets, DuckDB's among them once a command has loaded it."""
    return (StorageError, *((sys.modules["duckdb"].Error,) if "duckdb" in sys.modules else ()))


def _expected(error: Exception) -> Exception | None:
    """Return what went wrong, as the user or the machine has it; None for a fault of the program."""
    if isinstance(error, CommandError | DataError | StorageError):
        return error
    if isinstance(error, OSError):
        if error.filename is None:
            _leave_output()
        return CommandError(say("cli-disk", file=error.filename or say("cli-standard-output"), error=disk_words(error)))
    if not isinstance(error, _of_datasets()):
        return None
    from geo.datasets.object_storage import storage_error  # noqa: PLC0415  # not for help, which comes at once

    return storage_error(error)
