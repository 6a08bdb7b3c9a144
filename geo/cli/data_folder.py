"""The folder of imported datasets that a command works on."""

import argparse

from geo.cli.fault import CommandError
from geo.datasets import DataFolder
from geo.datasets.any_folder import AnyFolder
from geo.datasets.folder import FOLDER_VARIABLE
from geo.datasets.place import open_folder
from geo.errors import StorageError


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
