"""`synth`: a made-up ACLED file, for tests and benchmarks."""

import argparse
import sys

from geo.cli.terminal import STANDARD_OUTPUT, check_output, output_file, with_examples
from geo.language.messages import say
from geo.places.boundaries import boundaries
from geo.synth import MOST_ROWS, write_synthetic


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = "%(prog)s N -o FILE.csv [--seed S]"
    parser.description = say("help-synth")
    parser.epilog = with_examples(
        say("help-synth-more"),
        "python -m geo synth 10000 -o synthetic.csv",
        "python -m geo synth 1000000 --seed 7 -o million.csv",
    )
    parser.add_argument("rows", type=_count, metavar="N", help=say("help-synth-rows", most=MOST_ROWS))
    parser.add_argument("-o", "--output", required=True, metavar="FILE.csv", help=say("help-output"))
    parser.add_argument("--seed", type=_seed, default=0, metavar="S", help=say("help-synth-seed"))


def run(arguments: argparse.Namespace) -> int:
    """Write the file: whole, or not at all."""
    check_output(arguments.output, [])
    if arguments.output == STANDARD_OUTPUT:
        sys.stdout.flush()
        write_synthetic(sys.stdout.buffer, arguments.rows, boundaries(), seed=arguments.seed)
        return 0
    with output_file(arguments.output, "csv") as new, new.open("wb") as file:
        write_synthetic(file, arguments.rows, boundaries(), seed=arguments.seed)
    sys.stderr.write(f"{arguments.output}: {say('cli-synthetic-events', count=arguments.rows)}\n")
    return 0


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_ROWS):
        raise argparse.ArgumentTypeError(say("cli-no-number-of-events", given=repr(text), most=str(MOST_ROWS)))
    return int(text)


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len("999999999")):
        raise argparse.ArgumentTypeError(say("cli-no-seed", given=repr(text)))
    return int(text)
