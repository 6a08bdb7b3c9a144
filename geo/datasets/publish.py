"""A dataset put into object storage, for whoever reads there: its release first, whole, and then what names it.

Storage has no lock. So nothing is deleted that anybody may still be writing or reading: the release that was named
before stays, and only the one before that goes.
"""

from collections.abc import Callable
from pathlib import Path

from geo.datasets.any_folder import DESCRIPTION, LINKS_FILE, RELEASES
from geo.datasets.dataset import Dataset, Part
from geo.datasets.folder import DataFolder
from geo.datasets.links import read_links
from geo.datasets.stored_folder import StoredFolder, description, release_of
from geo.errors import StorageError

Told = Callable[[Part], None]
"""Told of each file before it is copied."""


def publish(dataset_id: str, folder: DataFolder, to: StoredFolder, *, told: Told | None = None) -> Dataset:
    """Put a dataset into storage, in the place of its release before, and return it as it stands there.

    Files that were copied before are not copied again, so that what was broken off can be gone on with.

    Raises
    ------
    StorageError
        It cannot be done; what stood there stands.
    UnknownDatasetError
        The folder has no such dataset.
    ValueError
        It was removed, its release is not there, or another kind of dataset has its name in storage.

    """
    dataset = folder.dataset(dataset_id)
    files = _files(dataset, folder)
    before = _standing(dataset, to)
    made = dataset.model_copy(update={"parts": tuple(files), "previous": _previous(dataset, before)})
    _copy(made, files, to, told)
    to.storage.write(f"{made.id}/{DESCRIPTION}", description(made))
    to.look_again()
    if before is not None and before.previous not in (None, made.release, made.previous):
        to.storage.drop(f"{made.id}/{RELEASES}/{before.previous}")
    return made


def publish_links(folder: DataFolder, to: StoredFolder) -> int:
    """Put the decisions about pairs of reports into storage, in the place of those there, and return how many.

    Raises DataError where they make no sense, and StorageError.
    """
    links = read_links(folder)
    to.storage.write(LINKS_FILE, folder.links() or b"[]\n")
    to.look_again()
    return len(links)


def _files(dataset: Dataset, folder: DataFolder) -> dict[Part, Path]:
    if dataset.removed_at is not None:
        raise ValueError(f"{dataset.id} was removed; first: python -m geo datasets restore {dataset.id}")
    release = folder.release(dataset)
    paths = sorted(path for path in release.glob("*") if path.is_file())
    if dataset.rows and not folder.files(dataset):
        raise ValueError(f"{release} has no part; import the file of {dataset.id} again")
    return {Part(name=path.name, size=path.stat().st_size): path for path in paths}


def _standing(dataset: Dataset, to: StoredFolder) -> Dataset | None:
    """Return what has the dataset's name there; None where there is none, or none that can be read."""
    to.look_again()
    named = to.named(dataset.id)
    if named is not None and named.kind != dataset.kind:
        raise ValueError(
            f"{to.place} has a dataset {dataset.id} of kind {named.kind}, not {dataset.kind}; publish it elsewhere, or "
            "import the file under another name"
        )
    return named


def _previous(dataset: Dataset, before: Dataset | None) -> str | None:
    if before is None:
        return None
    return before.previous if before.release == dataset.release else before.release


def _copy(made: Dataset, files: dict[Part, Path], to: StoredFolder, told: Told | None) -> None:
    """Copy what is not there yet, and see that all of it is."""
    release = release_of(made)
    there = to.storage.sizes(release)
    for part, path in files.items():
        if there.get(part.name) != part.size:
            if told is not None:
                told(part)
            to.storage.put(f"{release}/{part.name}", path)
    there = to.storage.sizes(release)
    lacking = [part.name for part in files if there.get(part.name) != part.size]
    if lacking:
        raise StorageError(
            f"{to.place}/{release}/{lacking[0]}", "was copied and is not there whole; what stood there stands"
        )
