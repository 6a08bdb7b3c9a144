"""Which reports of different datasets an analyst holds for the same incident: in a file; nothing is deleted."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, Self

from pydantic import TypeAdapter, ValidationError, model_validator

from geo.datasets.any_folder import LINKS_FILE, AnyFolder
from geo.datasets.atomic import replace_file
from geo.datasets.folder import DataFolder
from geo.datasets.staging import changing
from geo.errors import invalid
from geo.incident import Record, Text


class Verdict(StrEnum):
    """What somebody decided about two reports."""

    LINKED = "linked"
    REJECTED = "rejected"


class Report(Record):
    """An incident as one dataset has it."""

    dataset: Text
    id: Text


class Link(Record):
    """What was decided about two reports, in the order of their datasets and ids."""

    a: Report
    b: Report
    verdict: Verdict
    decided_at: datetime

    @model_validator(mode="after")
    def _of_two(self) -> Self:
        if _key(self.a) >= _key(self.b):
            raise ValueError("give two reports in the order of their datasets and ids")
        return self

    @classmethod
    def of(cls, one: Report, other: Report, verdict: Verdict) -> Self:
        """Decide now about two reports, in any order; raises ValueError for a report and itself."""
        first, second = sorted((one, other), key=_key)
        return cls(a=first, b=second, verdict=verdict, decided_at=datetime.now(UTC).replace(microsecond=0))


_LINKS: Final = TypeAdapter(tuple[Link, ...])


def read_links(folder: AnyFolder) -> tuple[Link, ...]:
    """Return what was decided, oldest first; raises DataError for a file that is not valid."""
    content = folder.links()
    try:
        return () if content is None else _LINKS.validate_json(content)
    except ValidationError as error:
        raise invalid(LINKS_FILE, error) from error


def decide(folder: DataFolder, links: Iterable[Link]) -> tuple[Link, ...]:
    """Enter decisions, each in the place of an earlier one about the same two reports, and return all."""
    new = {(link.a, link.b): link for link in links}
    return _change(folder, lambda old: (*(link for link in old if (link.a, link.b) not in new), *new.values()))


def undo(folder: DataFolder, one: Report, other: Report) -> tuple[Link, ...]:
    """Forget what was decided about two reports, in any order, and return the rest."""
    pair = {one, other}
    return _change(folder, lambda old: tuple(link for link in old if {link.a, link.b} != pair))


def _key(report: Report) -> tuple[str, str]:
    return report.dataset, report.id


def _change(folder: DataFolder, change: Callable[[tuple[Link, ...]], tuple[Link, ...]]) -> tuple[Link, ...]:
    with changing(folder.path):
        links = change(read_links(folder))
        lines = ",\n ".join(link.model_dump_json() for link in links)
        replace_file(folder.path / LINKS_FILE, f"[{lines}]\n")
    return links
