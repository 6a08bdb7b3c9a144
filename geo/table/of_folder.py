"""The imported datasets of a folder as the table takes them."""

from geo.datasets import DataFolder
from geo.datasets.links import Verdict, read_links
from geo.datasets.terms import claimant
from geo.table.source import ImportedSource


def imported_sources(folder: DataFolder) -> tuple[ImportedSource, ...]:
    """Return the datasets that are switched on, by id."""
    return tuple(
        ImportedSource(
            id=dataset.id,
            files=tuple(str(file) for file in folder.files(dataset)),
            claimant=claimant(dataset),
            rows=dataset.rows,
            leads=dataset.leads,
            credit=dataset.citation or f"{dataset.title}, {dataset.file_name}",
        )
        for dataset in folder.active()
    )


def linked_pairs(folder: DataFolder) -> tuple[tuple[str, str], ...]:
    """Return the pairs of ids of incidents that are linked as one; raises DataError."""
    return tuple((link.a.id, link.b.id) for link in read_links(folder) if link.verdict is Verdict.LINKED)
