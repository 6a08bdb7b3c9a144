"""How the rows of a file become incidents: what kind they are, and which column holds what."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from geo.imports.mapping.days import either_order
from geo.imports.mapping.guess import guess_columns
from geo.imports.recognise import Kind, Recognised

_DATE_FIELDS: Final = ("event_date", "date_start", "date_end", "SQLDATE")
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
        Column of the file by field, over what was recognised or, in a plain file, guessed.

    """
    guessed = guess_columns(sample) if recognised.kind is Kind.PLAIN and mapping is None else recognised.columns
    columns = {**guessed, **(mapping or {})}
    dates = (sample[columns[field]] for field in _DATE_FIELDS if columns.get(field) in sample.column_names)
    return Plan(
        kind=recognised.kind,
        dataset=_slug(dataset or "") or _DATASET.get(recognised.kind, "plain"),
        source_version=recognised.version,
        retrieved_at=retrieved_at,
        columns=columns,
        day_first=is_day_first(text for column in dates for text in pc.unique(column).to_pylist()),
    )


def is_day_first(dates: Iterable[str | None]) -> bool:
    """Tell whether dates that end with the year begin with the day; they do unless more of them cannot.

    >>> is_day_first(["03/25/2023", "03/04/2023"]), is_day_first(["03/04/2023"])
    (False, True)
    """
    pairs = [pair for text in dates if (pair := either_order(text or ""))]
    day_only = sum(first > 12 >= second for first, second in pairs)  # noqa: PLR2004  # months
    month_only = sum(second > 12 >= first for first, second in pairs)  # noqa: PLR2004  # months
    return day_only >= month_only


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower())[:_MOST_ID].strip("-")
