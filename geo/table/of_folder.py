"""The imported datasets of a folder as the table takes them."""

import re
from collections.abc import Sequence
from typing import Final

from geo.datasets.any_folder import AnyFolder
from geo.datasets.dataset import Dataset
from geo.datasets.links import Verdict, read_links
from geo.datasets.terms import claimant
from geo.datasets.word_index import index_names
from geo.table.source import ImportedSource

_FILE_NAME: Final = re.compile(r"[^\\/]+$")


def imported_sources(folder: AnyFolder) -> tuple[ImportedSource, ...]:
    """Return the datasets that are switched on, by id."""
    return tuple(_source(folder, dataset) for dataset in folder.active())


def _source(folder: AnyFolder, dataset: Dataset) -> ImportedSource:
    files = folder.parts(dataset)
    return ImportedSource(
        id=dataset.id,
        files=files,
        words=_words(folder, dataset, files),
        claimant=claimant(dataset),
        rows=dataset.rows,
        title=dataset.title,
        leads=dataset.leads,
        credit=dataset.citation or f"{dataset.title}, {dataset.file_name}",
    )


def _words(folder: AnyFolder, dataset: Dataset, files: Sequence[str]) -> tuple[str, ...]:
    """Return the word indexes of a dataset; none where one is missing, as in releases made before there were any."""
    names = index_names(len(files))
    if any(folder.beside(dataset, name) is None for name in names):
        return ()
    return tuple(_FILE_NAME.sub(name, files[0]) for name in names)


def linked_pairs(folder: AnyFolder) -> tuple[tuple[str, str], ...]:
    """Return the pairs of ids of incidents that are linked as one; raises DataError."""
    return tuple((link.a.id, link.b.id) for link in read_links(folder) if link.verdict is Verdict.LINKED)
