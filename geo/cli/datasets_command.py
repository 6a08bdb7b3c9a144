"""`datasets`: list, enable, disable, remove, restore and publish imported datasets."""

import argparse
import sys
from typing import Any, Final

from geo.cli.shared import (
    CommandError,
    add_data_option,
    aligned,
    data_folder,
    local_folder,
    printable,
    with_examples,
    write_json,
)
from geo.datasets.dataset import Dataset, Part
from geo.datasets.folder import UNDO_FOR, AnyFolder
from geo.datasets.object_storage import ProgressCallback, StoredFolder, is_address, publish, publish_links
from geo.incident.errors import DataError, DatasetBusyError, StorageError, UnknownDatasetError
from geo.language.messages import range_words, say

# Publishing to object storage.

PUBLISH: Final = "publish"
PUBLISH_LINKS: Final = "publish-links"

_MEGABYTE: Final = 1e6


def publish_as_asked(arguments: argparse.Namespace) -> int:
    """Publish a dataset, or the links, and print what was published; raises CommandError if it fails."""
    given = [text for text in (arguments.dataset, arguments.address) if text]
    wanted = 1 if arguments.action == PUBLISH_LINKS else 2
    if len(given) != wanted or not is_address(given[-1]):
        shown = "publish acled s3://bucket/folder" if wanted > 1 else "publish-links s3://bucket/folder"
        raise CommandError(say("cli-publish-what", example=shown))
    folder = local_folder(arguments)
    try:
        to = StoredFolder(given[-1])
        if arguments.action == PUBLISH_LINKS:
            done = say("cli-links-published", count=publish_links(folder, to), place=to.place)
        else:
            made = publish(given[0], folder, to, progress=_progress_callback())
            done = say("cli-dataset-published", id=made.id, rows=made.rows, place=to.place)
    except DataError:
        raise
    except (StorageError, UnknownDatasetError, ValueError) as error:
        raise CommandError(str(error)) from error
    sys.stdout.write(f"{printable(done)}\n")
    return 0


def _progress_callback() -> ProgressCallback | None:
    """Return a callback that writes progress to the terminal; None if standard error is not one."""
    if not sys.stderr.isatty():
        return None

    def write(part: Part) -> None:
        sys.stderr.write(f"{printable(say('cli-copied', file=part.name, mb=f'{part.size / _MEGABYTE:,.1f}'))}\n")

    return write


_COLUMNS: Final = ("id", "title", "version", "rows", "first", "last", "killed", "shown", "file")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = (
        "%(prog)s [list | enable ID | disable ID | remove ID | restore ID | publish ID ADDRESS | "
        "publish-links ADDRESS] [--data DIR] [--format table|json]"
    )
    parser.description = say("help-datasets")
    parser.epilog = with_examples(
        say("help-datasets-more", days=UNDO_FOR.days),
        "python -m geo datasets",
        "python -m geo datasets disable gdelt",
        "python -m geo datasets remove acled --data /srv/incidents",
        "python -m geo datasets publish acled s3://bucket/incidents",
        "python -m geo datasets --data s3://bucket/incidents",
    )
    choices = ("list", "enable", "disable", "remove", "restore", PUBLISH, PUBLISH_LINKS)
    usual = say("help-default", value="list")
    parser.add_argument("action", nargs="?", choices=choices, default="list", metavar="ACTION", help=usual)
    parser.add_argument("dataset", nargs="?", metavar="ID", help=say("help-datasets-id"))
    parser.add_argument("address", nargs="?", metavar="ADDRESS", help=say("help-datasets-address"))
    parser.add_argument("--format", choices=("table", "json"), default="table", help=say("help-default", value="table"))
    add_data_option(parser, address=True)


def run(arguments: argparse.Namespace) -> int:
    """Carry out the action; return 1 if a dataset cannot be read."""
    if arguments.action in (PUBLISH, PUBLISH_LINKS):
        return publish_as_asked(arguments)
    if arguments.address:
        given = {"action": arguments.action, "address": arguments.address}
        raise CommandError(say("cli-takes-no-address", **given))
    folder = data_folder(arguments)
    if arguments.action == "list":
        if arguments.dataset:
            raise CommandError(say("cli-takes-no-dataset", action=arguments.action))
        return _list(folder, arguments.format)
    if not arguments.dataset:
        raise CommandError(say("cli-which-dataset", action=arguments.action))
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
        header = [say(f"heading-{name}") for name in _COLUMNS]
        sys.stdout.write(aligned(header, [_row(dataset) for dataset in found]))
        for dataset in found:
            terms = {"licence": dataset.licence, "citation": dataset.citation}
            known = {name: text or say("filter-not-known") for name, text in terms.items()}
            sys.stdout.write(f"{printable(say('cli-terms', id=dataset.id, **known))}\n")
    elif not folder.faults():
        sys.stdout.write(f"{say('cli-no-datasets', place=folder.place)}\n")
    for fault in (*folder.faults(), *folder.warnings()):
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
        return say("cli-removed")
    return say("heading-shown" if dataset.enabled else "cli-not-shown")
