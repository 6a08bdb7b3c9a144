"""How the rows of a file become incidents: what kind they are, and which column holds what."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pyarrow as pa

from geo.imports.mapping.day_order import ORDER_FIELD, DayOrder, dates_seen
from geo.imports.mapping.guess import guess_columns
from geo.imports.recognise import Kind, Recognised

_DATASET: Final[Mapping[Kind, str]] = {
    Kind.ACLED: "acled",
    Kind.UCDP_GED: "ucdp-ged",
    Kind.UCDP_CANDIDATE: "ucdp-candidate",
    Kind.GDELT: "gdelt",
}
_MOST_ID: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that mapping a block needs beside its rows; small and picklable, so that a worker can be told."""

    kind: Kind
    dataset: str
    """Id of the dataset, a slug."""
    source_version: str | None
    retrieved_at: datetime
    """When the file was fetched from its publisher; aware."""
    columns: Mapping[str, str]
    """Column of the file by field: the publisher's own column names, or for plain files those of PLAIN_FIELDS."""
    day_first: bool = True
    """Whether 03/04/2025 is 3 April."""
    order: DayOrder | None = None
    """The same where somebody said so; None where it was told from the file."""

    @property
    def mapping(self) -> dict[str, str]:
        """Return what is to be remembered for the next file with the same columns."""
        return {**self.columns, **({ORDER_FIELD: self.order.value} if self.order else {})}


def make_plan(
    recognised: Recognised,
    *,
    retrieved_at: datetime,
    sample: pa.Table,
    dataset: str | None = None,
    mapping: Mapping[str, str] | None = None,
) -> Plan:
    """Plan the import of a file.

    Parameters
    ----------
    recognised
        What the file was recognised as.
    retrieved_at
        When the file was fetched; aware.
    sample
        Its first rows, which tell whether days or months come first in its dates.
    dataset
        Id, or a name to make one of; the publisher's product if None.
    mapping
        Column of the file by field, over what was recognised or, in a plain file, guessed; may also hold a DayOrder
        under ORDER_FIELD, for dates that could be either.

    """
    guessed = guess_columns(sample) if recognised.kind is Kind.PLAIN and mapping is None else recognised.columns
    columns = {**guessed, **(mapping or {})}
    said = columns.pop(ORDER_FIELD, None)
    order = DayOrder(said) if said else None
    return Plan(
        kind=recognised.kind,
        dataset=_slug(dataset or "") or _DATASET.get(recognised.kind, "plain"),
        source_version=recognised.version,
        retrieved_at=retrieved_at,
        columns=columns,
        day_first=(order or dates_seen(sample, columns).order) is DayOrder.DAY_MONTH,
        order=order,
    )


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower())[:_MOST_ID].strip("-")
