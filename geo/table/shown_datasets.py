"""The imported datasets that are shown beside the record: their files, and which of their reports are linked."""

import hashlib
import re
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from geo.datasets.dataset import Dataset
from geo.datasets.folder import AnyFolder
from geo.datasets.links import Verdict, read_links
from geo.imports.recognition import claimant, may_be_passed_on
from geo.incident.record import Claimant

_TELLING: Final = 3
"""Parts of a path that tell a release: dataset, release and part; where the folder lies says nothing."""

Links = Iterable[tuple[str, str]]
"""Pairs of ids of incidents that an analyst found to be one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedSource:
    """The parts of a dataset's release; equal ones hold the same rows."""

    id: str
    """Of the dataset, and of who claims its figures."""
    files: tuple[str, ...]
    """Parquet parts in their order, at least one, as `geo.datasets.dataset.IMPORT_SCHEMA` has them: paths, or addresses
    that fsspec reads."""
    claimant: Claimant
    rows: int
    title: str = ""
    """What people call it; its id where empty."""
    words: tuple[str, ...] = ()
    """The indexes of its words, as `geo.datasets.word_index` writes them; without them a search reads all texts."""
    leads: bool = False
    """Its rows are leads: in no count and no total unless asked for."""
    credit: str = ""
    """How it is to be cited wherever it is shown, with the day of access."""
    passed_on: bool = False
    """Whether its single incidents may be given to whoever asks; not where nobody has said so."""


def spare_reports(links: Links, datasets: Sequence[str], record: Container[str]) -> frozenset[str]:
    """Return the imported reports that are left out where linked ones count once.

    Of reports linked with each other, also over others, the record's stay, or else the one of the first dataset.

    Parameters
    ----------
    links
        Also of reports that are not there: these leave nobody out.
    datasets
        Ids of the datasets that are shown, in their order.
    record
        Ids of the record's own incidents.

    Examples
    --------
    >>> links = [("acled-2", "ucdp-1"), ("ucdp-1", "ucdp-9"), ("khost", "acled-3"), ("gone-1", "acled-4")]
    >>> sorted(spare_reports(links, ["acled", "ucdp"], {"khost"}))
    ['acled-3', 'ucdp-1', 'ucdp-9']

    """
    joined: dict[str, set[str]] = {}
    for one, other in links:
        together = joined.get(one, {one}) | joined.get(other, {other})
        joined |= dict.fromkeys(together, together)
    spare: set[str] = set()
    for together in {id(group): group for group in joined.values()}.values():
        there = {report: -1 for report in together if report in record}
        there |= {report: rank for report in together if (rank := _rank(report, datasets)) is not None}
        _, *others = sorted(there, key=lambda report: (there[report], report)) or [""]
        spare |= {report for report in others if there[report] >= 0}
    return frozenset(spare)


def _rank(report: str, datasets: Sequence[str]) -> int | None:
    """Return the place of a report's dataset, the longest name that its id begins with; None for another's."""
    of = [dataset for dataset in datasets if report.startswith(f"{dataset}-")]
    return datasets.index(max(of, key=len)) if of else None


def version_of(version: str, datasets: Sequence[ImportedSource], spare: Collection[str]) -> str:
    """Return a SHA-256, hexadecimal, that changes with the record's, the releases and what is left out as linked."""
    digest = hashlib.sha256(version.encode())
    for name in (*(name for source in datasets for name in source.files), *sorted(spare)):
        digest.update(b"\0" + "/".join(re.split(r"[\\/]", name)[-_TELLING:]).encode())
    return digest.hexdigest()


# The imported datasets of a folder as the table takes them.


def imported_sources(folder: AnyFolder) -> tuple[ImportedSource, ...]:
    """Return the datasets that are switched on, by id."""
    return tuple(_source(folder, dataset) for dataset in folder.active() if dataset.rows)


def _source(folder: AnyFolder, dataset: Dataset) -> ImportedSource:
    files = folder.parts(dataset)
    return ImportedSource(
        id=dataset.id,
        files=files,
        words=folder.words(dataset),
        claimant=claimant(dataset),
        rows=dataset.rows,
        title=dataset.title,
        leads=dataset.leads,
        credit=dataset.citation or f"{dataset.title}, {dataset.file_name}",
        passed_on=may_be_passed_on(dataset),
    )


def linked_pairs(folder: AnyFolder) -> tuple[tuple[str, str], ...]:
    """Return the pairs of ids of incidents that are linked as one; raises DataError."""
    return tuple((link.a.id, link.b.id) for link in read_links(folder) if link.verdict is Verdict.LINKED)
