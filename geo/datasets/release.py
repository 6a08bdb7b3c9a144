"""How two releases of a dataset differ; a value that is shown before the newer one is accepted, and is JSON as well."""

from datetime import date
from typing import Final, Literal

from geo.datasets.dataset import Deaths
from geo.incident import Record

CHANGES_FILE: Final = "changes.parquet"
"""Beside the parts: every changed field of every changed row; columns id, field, old, new, all text."""


class FieldCount(Record):
    """How many changed rows hold another value in a field."""

    field: str
    rows: int


class FieldChange(Record):
    """What a field held and holds, as text; None where it holds nothing."""

    field: str
    old: str | None = None
    new: str | None = None


class RowChange(Record):
    """A row that one of the releases holds, or both, and not alike."""

    what: Literal["new", "changed", "gone"]
    id: str
    source_id: str | None
    title: str | None
    date_start: date | None
    fields: tuple[FieldChange, ...] = ()
    """Of a changed row."""


class ReleaseDifference(Record):
    """What becomes of a dataset if the newer file is accepted: its rows are put in, by id, and some taken out."""

    old_version: str | None
    new_version: str | None
    old_rows: int
    new_rows: int
    """Rows that the dataset then holds: new, changed, the same and kept."""
    new: int
    changed: int
    same: int
    gone: int
    """Rows that the file no longer has although it covers them: it has others of their country, province and subtype,
    and begins before and ends after them in their country."""
    kept: int
    """Rows that the file does not cover, as those of other months or countries; they stay as they are."""
    fields: tuple[FieldCount, ...] = ()
    """Most changed first."""
    old_killed: Deaths
    new_killed: Deaths
    examples: tuple[RowChange, ...] = ()
    """The latest new, changed and gone rows; every changed field of every row is in the file of changes."""

    @property
    def empty(self) -> bool:
        """Tell whether nothing would change."""
        return not (self.new or self.changed or self.gone)
