"""Datasets put into object storage from the command line."""

import argparse
import sys
from typing import Final

from geo.cli.data_folder import local_folder
from geo.cli.fault import CommandError
from geo.cli.terminal import printable
from geo.datasets.dataset import Part
from geo.datasets.publish import Told, publish, publish_links
from geo.datasets.storage import is_address
from geo.datasets.stored_folder import StoredFolder
from geo.errors import DataError, StorageError, UnknownDatasetError
from geo.wording import count_words

PUBLISH: Final = "publish"
PUBLISH_LINKS: Final = "publish-links"

_MEGABYTE: Final = 1e6


def publish_as_asked(arguments: argparse.Namespace) -> int:
    """Publish a dataset, or the links, and say what stands then; raises CommandError where it cannot be done."""
    given = [text for text in (arguments.dataset, arguments.address) if text]
    wanted = 1 if arguments.action == PUBLISH_LINKS else 2
    if len(given) != wanted or not is_address(given[-1]):
        shown = "publish acled s3://bucket/folder" if wanted > 1 else "publish-links s3://bucket/folder"
        raise CommandError(f"say what to publish and to which address, as in: datasets {shown}")
    folder = local_folder(arguments)
    try:
        to = StoredFolder(given[-1])
        if arguments.action == PUBLISH_LINKS:
            done = f"{count_words(publish_links(folder, to), 'decision')} about pairs of reports"
        else:
            made = publish(given[0], folder, to, told=_teller())
            done = f"{made.id}: {count_words(made.rows, 'row')}"
    except DataError:
        raise
    except (StorageError, UnknownDatasetError, ValueError) as error:
        raise CommandError(str(error)) from error
    sys.stdout.write(printable(f"{done}, now at {to.place}") + "\n")
    return 0


def _teller() -> Told | None:
    """Return who says on a terminal what is being copied; nobody where standard error is none."""
    if not sys.stderr.isatty():
        return None

    def tell(part: Part) -> None:
        sys.stderr.write(f"{printable(part.name)}, {part.size / _MEGABYTE:,.1f} MB\n")

    return tell
