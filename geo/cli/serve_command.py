"""`serve`: the map in a browser, served by Streamlit in its own process."""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from geo import INSTALLED, PROGRAM_FOLDER
from geo.cli.shared import CommandError, add_data_option, printable, with_examples
from geo.datasets.folder import FOLDER_VARIABLE
from geo.datasets.object_storage import open_folder
from geo.language.messages import say
from geo.store.incident_store import INCIDENTS_FILE, SHIPPED_FILE, STORE_VARIABLE

_PORTS: Final = range(1, 65_536)


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = "%(prog)s [--port N] [--address NAME] [--store FILE] [--data DIR] [--no-browser] [-- OPTION …]"
    parser.description = say("help-serve")
    parser.epilog = with_examples(
        say("help-serve-more"),
        "python -m geo serve",
        "python -m geo serve --port 8600 --no-browser",
        "python -m geo serve --store record/incidents.geojson --data datasets",
        "python -m geo serve -- --server.baseUrlPath map",
    )
    parser.add_argument("--port", type=_port, default=8501, metavar="N", help=say("help-default", value="8501"))
    parser.add_argument("--address", metavar="NAME", help=say("help-serve-address"))
    parser.add_argument("--store", type=Path, metavar="FILE", help=say("help-store", variable=STORE_VARIABLE))
    add_data_option(parser, address=True)
    parser.add_argument("--no-browser", action="store_true", help=say("help-serve-no-browser"))
    parser.add_argument("options", nargs="*", metavar="OPTION", help=say("help-serve-options"))


def run(arguments: argparse.Namespace) -> int:
    """Print what is served, run the server until it ends, and return its exit code."""
    store = (arguments.store or INCIDENTS_FILE).expanduser().absolute()
    if not store.is_file():
        raise CommandError.of("--store", say("cli-no-file", file=arguments.store or store))
    shipped = "serve-shipped-record" if INSTALLED and store == SHIPPED_FILE else "serve-record"
    try:
        folder = open_folder(arguments.data)
    except ValueError as error:
        raise CommandError.of("--data", error) from error
    for line in (say(shipped, file=store, variable=STORE_VARIABLE), say("serve-datasets", place=folder.place)):
        sys.stdout.write(f"{printable(line)}\n")
    sys.stdout.flush()
    os.environ |= {STORE_VARIABLE: str(store), FOLDER_VARIABLE: folder.place}
    command = [sys.executable, *(["-P"] if INSTALLED else []), "-m", "streamlit", "run", str(PROGRAM_FOLDER / "app.py")]
    command += [f"--server.port={arguments.port}", "--server.showEmailPrompt=false"]
    command += [f"--server.address={arguments.address}"] if arguments.address else []
    command += ["--server.headless=true"] if arguments.no_browser else []
    return _served([*command, *arguments.options])


def _served(command: list[str]) -> int:
    if sys.platform == "win32":
        return subprocess.call(command)  # noqa: S603  # no shell
    return os.execv(command[0], command)  # noqa: S606  # no shell; signals reach the server itself


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) not in _PORTS:
        raise argparse.ArgumentTypeError(say("cli-no-port", given=repr(text), most=str(_PORTS[-1])))
    return int(text)
