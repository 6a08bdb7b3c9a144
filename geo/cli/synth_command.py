"""`synth`: a made-up ACLED file, for tests and benchmarks."""

import argparse
import os
import sys
from pathlib import Path
from typing import Final

from geo.cli.terminal import STANDARD_OUTPUT, CommandError, check_output
from geo.language.number_words import count_words
from geo.places.boundaries import boundaries
from geo.synth import MOST_ROWS, write_synthetic

_EPILOG: Final = """\
The columns are those of an ACLED event file, in its order. Events lie along the borders and around towns, between 1
January 2017 and 30 September 2026; kinds, precisions and deaths are mixed as in such files. No event is real: every row
says so in notes and in source, and its id begins with SYN. Same number and seed, same file.

examples:
  python -m geo synth 10000 -o synthetic.csv
  python -m geo synth 1000000 --seed 7 -o million.csv
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = "%(prog)s N -o FILE.csv [--seed S]"
    parser.description = "Write a made-up ACLED file for tests and benchmarks."
    parser.epilog = _EPILOG
    parser.add_argument("rows", type=_count, metavar="N", help=f"how many events, up to {MOST_ROWS:,}")
    parser.add_argument(
        "-o", "--output", required=True, metavar="FILE.csv", help="file to write, - for standard output"
    )
    parser.add_argument("--seed", type=_seed, default=0, metavar="S", help="another number, another file (default: 0)")


def run(arguments: argparse.Namespace) -> int:
    """Write the file: whole, or not at all."""
    check_output(arguments.output, [])
    if arguments.output == STANDARD_OUTPUT:
        sys.stdout.flush()
        write_synthetic(sys.stdout.buffer, arguments.rows, boundaries(), seed=arguments.seed)
        return 0
    path = Path(arguments.output)
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with new.open("wb") as file:
            write_synthetic(file, arguments.rows, boundaries(), seed=arguments.seed)
        new.replace(path)
    except OSError as error:
        raise CommandError(f"argument -o: {path} cannot be written: {error.strerror or error}") from error
    finally:
        new.unlink(missing_ok=True)
    sys.stderr.write(f"{path}: {count_words(arguments.rows, 'synthetic event')}\n")
    return 0


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_ROWS):
        raise argparse.ArgumentTypeError(f"{text!r} is no possible number of events; give 1 to {MOST_ROWS}")
    return int(text)


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len("999999999")):
        raise argparse.ArgumentTypeError(f"{text!r} is no seed; give a whole number, as in 7")
    return int(text)
