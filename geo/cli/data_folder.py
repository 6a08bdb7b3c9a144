"""The folder of imported datasets that a command works on."""

import argparse

from geo.cli.fault import CommandError
from geo.datasets import DataFolder
from geo.datasets.folder import FOLDER_VARIABLE


def add_data_option(parser: argparse.ArgumentParser) -> None:
    """Add `--data`."""
    parser.add_argument(
        "--data",
        metavar="DIR",
        help=f"folder of imported datasets (default: that of {FOLDER_VARIABLE}, else one among the user's data)",
    )


def data_folder(arguments: argparse.Namespace) -> DataFolder:
    """Return the folder; raises CommandError for one within the project."""
    try:
        return DataFolder(arguments.data)
    except ValueError as error:
        raise CommandError(f"argument --data: {error}") from error
