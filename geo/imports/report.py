"""What became of every row of a file: accepted, repaired or rejected; a value that is shown, and is JSON as well."""

from datetime import datetime
from typing import Final

from geo.datasets.dataset import Deaths
from geo.datasets.release import ReleaseDifference
from geo.incident import Count, Record

MOST_REJECTIONS: Final = 1000
"""How many rejected rows the report itself names; all are in the file of rejected rows."""


class Rejection(Record):
    """A row that was left out."""

    row: int
    """Its number in the file, from 1."""
    field: str
    """Empty where the whole row is at fault."""
    raw: str
    """The text that stands there."""
    reason: str


class Example(Record):
    """A row as an example."""

    row: int
    """Its number in the file, from 1."""
    text: str


class RepairCount(Record):
    """How many rows were mended in one way."""

    kind: str
    words: str
    """What was wrong and what was done."""
    rows: Count
    examples: tuple[Example, ...] = ()


class FaultCount(Record):
    """How many rows were rejected for a field."""

    field: str
    """Empty where whole rows are at fault."""
    rows: Count


class FlagCount(Record):
    """How many rows are odd, and stand as they are."""

    what: str
    rows: Count


class Report(Record):
    """What an import did with a file, or would do."""

    file_name: str
    kind: str
    dataset: str
    """Id."""
    version: str | None
    imported_at: datetime
    rows: Count
    """Data rows of the file: accepted, repaired and rejected ones add up to it."""
    accepted: Count
    """Rows that stand as they came."""
    repaired: Count
    """Rows in which something was mended."""
    rejected: Count
    """Rows that were left out."""
    repairs: tuple[RepairCount, ...] = ()
    """By kind; a row may have several."""
    faults: tuple[FaultCount, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    """The first of them."""
    flags: tuple[FlagCount, ...] = ()
    killed: Deaths | None = None
    """Added up over the accepted and repaired rows; None where no row gives a figure."""
    killed_rejected: Deaths | None = None
    """Likewise, over the rejected rows as far as their figures can be read: both together are the file's sums."""
    notes: tuple[str, ...] = ()
    """What was found of the file as a whole."""
    difference: ReleaseDifference | None = None
    """To the release before; None for a dataset that is new."""
    seconds: float = 0
    """How long the import took."""
    committed: bool = False
    """The dataset stands; False for a dry run, one that was not accepted, and a file without a usable row."""

    def to_json(self) -> str:
        """Write the report as JSON."""
        return self.model_dump_json(indent=1) + "\n"
