"""`datasets`: which datasets were imported, and what is done with them."""

import argparse
import sys
from typing import Any, Final

from geo.cli.common_options import add_data_option, data_folder, local_folder
from geo.cli.terminal import CommandError, aligned, printable, write_json
from geo.datasets.dataset import Dataset, Part
from geo.datasets.folder import UNDO_FOR, AnyFolder
from geo.datasets.object_storage import ProgressCallback, StoredFolder, is_address, publish, publish_links
from geo.incident.errors import DataError, DatasetBusyError, StorageError, UnknownDatasetError
from geo.language.number_words import count_words, range_words

# Datasets put into object storage from the command line.

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
            made = publish(given[0], folder, to, progress=_progress_callback())
            done = f"{made.id}: {count_words(made.rows, 'row')}"
    except DataError:
        raise
    except (StorageError, UnknownDatasetError, ValueError) as error:
        raise CommandError(str(error)) from error
    sys.stdout.write(printable(f"{done}, now at {to.place}") + "\n")
    return 0


def _progress_callback() -> ProgressCallback | None:
    """Return who says on a terminal what is being copied; nobody where standard error is none."""
    if not sys.stderr.isatty():
        return None

    def tell(part: Part) -> None:
        sys.stderr.write(f"{printable(part.name)}, {part.size / _MEGABYTE:,.1f} MB\n")

    return tell


_EPILOG: Final = f"""\
  list          the datasets, with version, licence and citation (the default)
  enable ID     show a dataset beside the record
  disable ID    do not show it; it stays where it is
  remove ID     take it away
  restore ID    bring a removed one back; within {UNDO_FOR.days} days, then the next import deletes it

  publish ID s3://BUCKET/FOLDER        put a dataset of the folder into object storage, for whoever reads there
  publish-links s3://BUCKET/FOLDER     likewise which reports are linked as one incident

--data also takes such an address; so does INCIDENT_MAP_DATA, for the map, which only reads there. Credentials are those
of your environment. A dataset that is removed there keeps its files until you delete them.

--format json prints a list of objects: what each dataset is, with counts, days, figures, licence and citation.

examples:
  python -m geo datasets
  python -m geo datasets disable gdelt
  python -m geo datasets remove acled --data /srv/incidents
  python -m geo datasets publish acled s3://bucket/incidents
  python -m geo datasets --data s3://bucket/incidents
"""
_HEADER: Final = ("id", "title", "version", "rows", "first", "last", "killed", "shown", "file")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = (
        "%(prog)s [list | enable ID | disable ID | remove ID | restore ID | publish ID ADDRESS | "
        "publish-links ADDRESS] [--data DIR] [--format table|json]"
    )
    parser.description = "List imported datasets, show them or not, remove, restore and publish them."
    parser.epilog = _EPILOG
    choices = ("list", "enable", "disable", "remove", "restore", PUBLISH, PUBLISH_LINKS)
    parser.add_argument("action", nargs="?", choices=choices, default="list", metavar="ACTION", help="default: list")
    parser.add_argument("dataset", nargs="?", metavar="ID", help="of a dataset, as listed")
    parser.add_argument("address", nargs="?", metavar="ADDRESS", help="to publish to, s3://BUCKET/FOLDER")
    parser.add_argument("--format", choices=("table", "json"), default="table", help="default: table")
    add_data_option(parser, address=True)


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked for; 1 if a dataset cannot be read."""
    if arguments.action in (PUBLISH, PUBLISH_LINKS):
        return publish_as_asked(arguments)
    if arguments.address:
        raise CommandError(f"{arguments.action} takes no address; name the folder with --data {arguments.address}")
    folder = data_folder(arguments)
    if arguments.action == "list":
        if arguments.dataset:
            raise CommandError("list takes no dataset")
        return _list(folder, arguments.format)
    if not arguments.dataset:
        raise CommandError(f"say which dataset to {arguments.action}, as in: datasets {arguments.action} acled")
    try:
        changed = _change(folder, arguments.action, arguments.dataset)
    except (UnknownDatasetError, DatasetBusyError, StorageError) as error:
        raise CommandError(str(error)) from error
    sys.stdout.write(f"{changed.id}: {_state(changed)}\n")
    return 0


def _change(folder: AnyFolder, action: str, dataset_id: str) -> Dataset:
    match action:
        case "remove":
            return folder.remove(dataset_id)
        case "restore":
            return folder.restore(dataset_id)
        case _:
            return folder.set_enabled(dataset_id, action == "enable")


def _list(folder: AnyFolder, wanted: str) -> int:
    found = [*folder.datasets(), *folder.removed()]
    if wanted == "json":
        write_json([dataset.model_dump(mode="json") for dataset in found])
    elif found:
        sys.stdout.write(aligned(_HEADER, [_row(dataset) for dataset in found]))
        for dataset in found:
            terms = [f"licence: {dataset.licence or 'not known'}", f"cite: {dataset.citation or 'not known'}"]
            sys.stdout.write(printable(f"{dataset.id}: {'; '.join(terms)}") + "\n")
    elif not folder.faults():
        sys.stdout.write(f"No dataset has been imported into {folder.place}.\n")
    for fault in folder.faults():
        sys.stderr.write(f"{printable(str(fault))}\n")
    return 1 if folder.faults() else 0


def _row(dataset: Dataset) -> list[Any]:
    killed = dataset.killed and range_words(dataset.killed.low, dataset.killed.high)
    return [
        *(dataset.id, dataset.title, dataset.version, dataset.rows, dataset.first, dataset.last),
        *(killed, _state(dataset), dataset.file_name),
    ]


def _state(dataset: Dataset) -> str:
    if dataset.removed_at is not None:
        return "removed"
    return "shown" if dataset.enabled else "not shown"
